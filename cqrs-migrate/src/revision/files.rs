//! The folder of a revision: `revision.toml`, `up.DIALECT.sql`, `down.DIALECT.sql`, `schema.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Revision;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::history::SchemaDelta;
use crate::migrator::hex;

pub(super) const MANIFEST: &str = "revision.toml";
const SCHEMA: &str = "schema.json";

/// `revision.toml`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) id: String,
    pub(super) parents: Vec<String>,
    pub(super) message: String,
    /// RFC 3339, UTC.
    pub(super) created: String,
    /// Hazard codes that were allowed, each with the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) allowed: BTreeMap<String, String>,
    /// On which databases the plan was executed in a shadow and compared: dialect -> the server's version.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) verified: BTreeMap<String, String>,
    /// For which databases that was not done: dialect -> why.
    #[serde(default, rename = "not-verified", skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) not_verified: BTreeMap<String, String>,
}

/// The folders of revisions in a migrations folder, in order of name. Files and hidden folders beside them are not
/// revisions.
pub(super) fn folders(migrations: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(migrations) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file(migrations)(error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::file(migrations))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

pub(super) fn read(folder: &Path) -> Result<Revision, Error> {
    let bad = |file: &str, reason: String| Error::BadRevision { path: folder.join(file), reason };
    let manifest: Manifest =
        toml::from_str(&text(folder, MANIFEST)?).map_err(|error| bad(MANIFEST, error.to_string()))?;
    if manifest.id.is_empty() || manifest.id.contains(char::is_whitespace) {
        return Err(bad(MANIFEST, format!("`{}` is no id: it must be one word", manifest.id)));
    }
    let delta: SchemaDelta =
        serde_json::from_str(&text(folder, SCHEMA)?).map_err(|error| bad(SCHEMA, error.to_string()))?;
    Ok(Revision {
        id: manifest.id,
        parents: manifest.parents,
        message: manifest.message,
        folder: folder.to_owned(),
        delta,
        allowed: manifest.allowed,
        verified: manifest.verified.into_keys().collect::<BTreeSet<_>>(),
    })
}

/// A file of a revision, with `\n` line endings whatever version control made of them.
fn text(folder: &Path, file: &str) -> Result<String, Error> {
    let path = folder.join(file);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.replace("\r\n", "\n")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::BadRevision { path, reason: "the file is missing: restore it from version control".to_owned() })
        }
        Err(error) => Err(Error::file(path)(error)),
    }
}

impl Revision {
    /// The SQL that applies it on a database.
    ///
    /// # Errors
    /// [`Error::BadRevision`] where the revision was not made for that database.
    pub fn up_sql(&self, dialect: Dialect) -> Result<String, Error> {
        let file = format!("up.{}.sql", dialect.name());
        if !self.folder.join(&file).exists() {
            return Err(Error::BadRevision {
                path: self.folder.join(&file),
                reason: format!(
                    "the revision has no SQL for {dialect}: restore the file from version control, or list `{}` in the `databases` of the service's settings and make the revision again",
                    dialect.name()
                ),
            });
        }
        text(&self.folder, &file)
    }

    /// The checksum of what is applied to a database: the SQL, the schema after it, the parents. Line endings do not
    /// count.
    ///
    /// # Errors
    /// As [`Revision::up_sql`].
    pub fn checksum(&self, dialect: Dialect) -> Result<String, Error> {
        let mut digest = Sha256::new();
        for part in [self.id.as_str(), &self.parents.join(" "), &self.up_sql(dialect)?, &text(&self.folder, SCHEMA)?] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
        Ok(hex(&digest.finalize()))
    }
}

/// Writes a whole revision: first under a hidden name, then renamed, so that a kill leaves no half of one.
pub(super) fn write(
    migrations: &Path,
    name: &str,
    manifest: &Manifest,
    delta: &SchemaDelta,
    sql: &[(String, String)],
) -> Result<PathBuf, Error> {
    let folder = migrations.join(name);
    let draft = migrations.join(format!(".{name}.draft"));
    fs::create_dir_all(&draft).map_err(Error::file(&draft))?;
    let put = |file: &str, text: &str| fs::write(draft.join(file), text).map_err(Error::file(draft.join(file)));
    let serialized = |error: String| Error::BadRevision { path: folder.clone(), reason: error };
    put(MANIFEST, &toml::to_string(manifest).map_err(|error| serialized(error.to_string()))?)?;
    let schema = serde_json::to_string_pretty(delta).map_err(|error| serialized(error.to_string()))?;
    put(SCHEMA, &format!("{schema}\n"))?;
    for (file, text) in sql {
        put(file, text)?;
    }
    fs::rename(&draft, &folder).map_err(Error::file(&folder))?;
    Ok(folder)
}
