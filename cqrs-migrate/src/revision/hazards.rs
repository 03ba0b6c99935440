//! What a revision may do to a live database that could not be known when it was made: how large the tables are there.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{ObjectName, Schema};

use super::{Revision, Upgrade, without_comments};
use crate::change::Change;
use crate::connection::Connection;
use crate::error::Error;
use crate::history::History;
use crate::introspect::{Selection, introspect};
use crate::lint::{Hazard, gone_under_views, lint, views_left_behind};
use crate::prepare::{Prepared, Request, prepare};
use crate::rename::{Renames, pending};
use crate::sizes::Sizes;
use crate::spelling::Spellings;

impl Upgrade<'_> {
    /// The hazards of pending revisions on the live database, those that stop first: `LOCK…`, `COMPAT…`, `UNDO…`, and
    /// views of others on what goes. What else loses data or may fail had to be allowed when the revision was made. Of statements that were edited since then,
    /// nobody knows.
    ///
    /// # Errors
    /// What the database says; [`Error::BadRevision`], [`Error::Declare`], [`Error::UnknownHazard`].
    pub async fn hazards(&self, history: &History, pending: &[&Revision]) -> Result<Vec<(String, Vec<Hazard>)>, Error> {
        match Connection::open_existing(self.url).await? {
            Some(mut connection) => {
                let hazards = self.hazards_on(&mut connection, history, pending).await;
                connection.close().await;
                hazards
            }
            None => Ok(vec![]),
        }
    }

    /// Refuses what stops and was allowed neither in the revision nor now.
    pub(super) async fn check_hazards(
        &self,
        connection: &mut Connection,
        history: &History,
        pending: &[&Revision],
    ) -> Result<(), Error> {
        let hazards = self.hazards_on(connection, history, pending).await?;
        for ((id, hazards), revision) in hazards.into_iter().zip(pending) {
            let mut remaining = self.allowed.remaining(&hazards);
            remaining.retain(|hazard| !revision.allowed.contains_key(hazard.code));
            if !remaining.is_empty() {
                return Err(Error::RevisionHazards { revision: id, hazards: remaining });
            }
        }
        Ok(())
    }

    async fn hazards_on(
        &self,
        connection: &mut Connection,
        history: &History,
        pending: &[&Revision],
    ) -> Result<Vec<(String, Vec<Hazard>)>, Error> {
        self.allowed.check()?;
        self.policy.check()?;
        let mut schema = history.schema().clone();
        // The names that tables have after the revisions so far, each with the one that it has now.
        let mut live: BTreeMap<ObjectName, ObjectName> =
            schema.tables.keys().map(|name| (name.clone(), name.clone())).collect();
        let mut all = Vec::new();
        for revision in pending {
            let after = revision.delta.applied_to(&schema)?;
            let prepared = self.as_planned(revision, &schema, &after).await?;
            let names_now = live.clone();
            for change in &prepared.changes {
                if let Change::RenameTable { from, to } = change
                    && let Some(name) = live.remove(from)
                {
                    live.insert(to.clone(), name);
                }
            }
            let mut found = lint(&prepared.changes, &prepared.plan);
            found.retain(|hazard| !matches!(hazard.category(), "DATA" | "FAIL"));
            let gone = gone_under_views(self.url.dialect(), &prepared.changes);
            // What a pending revision makes has no views on it yet.
            let gone: Vec<_> =
                gone.into_iter().filter_map(|(table, column)| Some((names_now.get(&table)?.clone(), column))).collect();
            if !gone.is_empty() {
                let live = introspect(connection, &Selection::default()).await?.schema;
                found.extend(views_left_behind(self.url.dialect(), &live, &[&schema, &after], &gone));
            }
            let tables: BTreeSet<&ObjectName> = found.iter().flat_map(|hazard| &hazard.tables).collect();
            let (there, new): (Vec<&ObjectName>, Vec<&ObjectName>) =
                tables.into_iter().partition(|name| live.contains_key(*name));
            let there = there.into_iter().filter_map(|name| Some((name.clone(), live.get(name)?.clone()))).collect();
            let sizes = Sizes::read(connection, &there, &self.policy).await?.with_new(new.into_iter().cloned());
            // Nothing runs yet on a database to which nothing was applied.
            let hazards = if history.records.is_empty() { vec![] } else { self.policy.judge(found, &sizes) };
            all.push((revision.id.clone(), hazards));
            schema = after;
        }
        Ok(all)
    }

    /// What a revision changes, with those steps of a plan for it that are in its file as they are.
    async fn as_planned(&self, revision: &Revision, before: &Schema, after: &Schema) -> Result<Prepared, Error> {
        let dialect = self.url.dialect();
        let statements = self.statements(revision)?;
        let written: BTreeSet<&str> =
            statements.iter().map(|statement| without_comments(&statement.sql, dialect).trim()).collect();
        let request = Request {
            dialect,
            before: &dialect.lower(before)?,
            before_is_live: false,
            after: &dialect.lower(after)?,
            spellings: &Spellings::default(),
            renames: pending(before, after, Some(before), &Renames::default())?.renames,
            shadow: None,
            verify: false,
        };
        let mut prepared = prepare(request).await?;
        prepared.plan.steps.retain(|step| written.contains(without_comments(&step.statement.sql, dialect).trim()));
        Ok(prepared)
    }
}
