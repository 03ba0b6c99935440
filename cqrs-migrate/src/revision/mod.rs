//! Revisions: stored plans, one folder each, that follow one another.

mod create;
mod files;
mod hazards;
mod split;
mod upgrade;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cqrs_core::schema::Schema;

#[cfg(feature = "cli")]
pub(crate) use split::split;
pub(crate) use split::{Token, tokens, without_comments};

pub use create::{CreatedRevision, NewRevision, NotVerified, create};
pub use upgrade::{Progress, Standing, Upgrade};

use crate::error::Error;
use crate::history::{SchemaDelta, overlay};

/// A stored plan.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its id: when it was made, and eight digits of its own: `20261122T101500_3f9a1c2b`.
    pub id: String,
    /// The ids of the revisions that it follows. None for the first; several for a merge.
    pub parents: Vec<String>,
    /// What it is for, in a few words.
    pub message: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What it changes in the declared schema.
    pub delta: SchemaDelta,
    /// The hazards that were allowed when it was made: code and reason.
    pub allowed: BTreeMap<String, String>,
    /// Where it was proven when it was made: `sqlite`, `postgres`, `mysql`.
    pub verified: BTreeSet<String>,
}

/// A migrations folder.
#[derive(Debug, Clone, Default)]
pub struct RevisionSet {
    /// Where it is.
    pub folder: PathBuf,
    /// The revisions by id, and so by age.
    pub revisions: BTreeMap<String, Revision>,
}

impl RevisionSet {
    /// Reads a migrations folder. One that is not there has no revisions.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::BadRevision`]: a file is missing or cannot be read, two revisions have one id, a parent
    /// is missing, revisions follow each other in a circle.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let mut set = Self { folder: folder.to_owned(), revisions: BTreeMap::new() };
        for path in files::folders(folder)? {
            let revision = files::read(&path)?;
            if let Some(first) = set.revisions.get(&revision.id) {
                return Err(Error::BadRevision {
                    path: path.clone(),
                    reason: format!("its id `{}` is also that of `{}`", revision.id, first.folder.display()),
                });
            }
            set.revisions.insert(revision.id.clone(), revision);
        }
        set.check_graph()?;
        Ok(set)
    }

    fn check_graph(&self) -> Result<(), Error> {
        for revision in self.revisions.values() {
            if let Some(parent) = revision.parents.iter().find(|parent| !self.revisions.contains_key(*parent)) {
                return Err(Error::BadRevision {
                    path: revision.folder.join(files::MANIFEST),
                    reason: format!(
                        "it follows revision `{parent}`, which is not in `{}`: restore that folder from version control",
                        self.folder.display()
                    ),
                });
            }
        }
        let ordered = self.ordered(self.revisions.keys().cloned().collect());
        if ordered.len() < self.revisions.len() {
            let stuck = self.revisions.values().find(|revision| !ordered.iter().any(|done| done.id == revision.id));
            let path = stuck.map_or_else(|| self.folder.clone(), |revision| revision.folder.join(files::MANIFEST));
            return Err(Error::BadRevision { path, reason: "it follows itself by way of its parents".to_owned() });
        }
        Ok(())
    }

    /// The revisions that no other follows.
    #[must_use]
    pub fn heads(&self) -> Vec<&Revision> {
        let followed: BTreeSet<&String> = self.revisions.values().flat_map(|revision| &revision.parents).collect();
        self.revisions.values().filter(|revision| !followed.contains(&revision.id)).collect()
    }

    /// The only head, or none where there are no revisions.
    ///
    /// # Errors
    /// [`Error::SeveralHeads`].
    pub fn head(&self) -> Result<Option<&Revision>, Error> {
        let heads = self.heads();
        if heads.len() > 1 {
            return Err(Error::SeveralHeads { heads: heads.iter().map(|revision| revision.id.clone()).collect() });
        }
        Ok(heads.first().copied())
    }

    /// The revision that some text means: its id, the beginning of its id or of the part after the date, or `head`.
    ///
    /// # Errors
    /// [`Error::UnknownRevision`], [`Error::SeveralHeads`].
    pub fn find(&self, text: &str) -> Result<&Revision, Error> {
        if text == "head" {
            return self.head()?.ok_or_else(|| Error::UnknownRevision {
                reason: format!("there is no head: `{}` has no revisions", self.folder.display()),
            });
        }
        let means = |id: &str| id.starts_with(text) || id.split_once('_').is_some_and(|(_, own)| own.starts_with(text));
        let found: Vec<&Revision> = if text.is_empty() {
            vec![]
        } else {
            self.revisions.values().filter(|revision| means(&revision.id)).collect()
        };
        match found.as_slice() {
            [revision] => Ok(revision),
            [] => Err(Error::UnknownRevision {
                reason: format!("there is no revision `{text}` in `{}`", self.folder.display()),
            }),
            several => {
                let ids: Vec<&str> = several.iter().map(|revision| revision.id.as_str()).collect();
                Err(Error::UnknownRevision {
                    reason: format!("`{text}` means several revisions: `{}`: write more of the id", ids.join("`, `")),
                })
            }
        }
    }

    /// A revision and all that it follows, parents first, and otherwise by age.
    #[must_use]
    pub fn lineage(&self, id: &str) -> Vec<&Revision> {
        let mut ids = BTreeSet::new();
        let mut open = vec![id.to_owned()];
        while let Some(id) = open.pop() {
            if let Some(revision) = self.revisions.get(&id)
                && ids.insert(id)
            {
                open.extend(revision.parents.iter().cloned());
            }
        }
        self.ordered(ids)
    }

    /// Every revision, parents first, and otherwise by age.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Revision> {
        self.ordered(self.revisions.keys().cloned().collect())
    }

    fn ordered(&self, ids: BTreeSet<String>) -> Vec<&Revision> {
        let mut waiting: Vec<&Revision> = ids.iter().filter_map(|id| self.revisions.get(id)).collect();
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let mut ordered = Vec::with_capacity(waiting.len());
        while let Some(at) = waiting.iter().position(|revision| {
            revision.parents.iter().all(|parent| done.contains(parent.as_str()) || !ids.contains(parent))
        }) {
            let revision = waiting.remove(at);
            done.insert(&revision.id);
            ordered.push(revision);
        }
        ordered
    }

    /// The declared schema as it stands after a revision. Without one, nothing.
    ///
    /// # Errors
    /// [`Error::Declare`] where the stored parts do not fit with each other.
    pub fn schema_at(&self, id: Option<&str>) -> Result<Schema, Error> {
        let lineage = id.map(|id| self.lineage(id)).unwrap_or_default();
        Ok(overlay(lineage.into_iter().map(|revision| &revision.delta))?)
    }
}
