//! Rows that refer to nothing: SQLite checks no foreign key while a table is made again, so all of them are checked before
//! and after a migration. What was broken before is not the migration's doing.
//! <https://www.sqlite.org/pragma.html#pragma_foreign_key_check>

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use super::words::quote;
use crate::error::Error;

/// How many rows are told.
const TOLD: usize = 5;

/// The foreign keys of a database that do not hold.
#[derive(Debug, Default)]
pub(crate) struct Broken {
    /// The tables, in lower case.
    tables: BTreeSet<String>,
    /// By the table and the one that it refers to, in lower case: how many rows refer to nothing, and some of them.
    rows: BTreeMap<(String, String), (usize, Vec<String>)>,
    /// What SQLite says of tables whose foreign keys refer to columns that are no key, by the table in lower case. It
    /// checks no row of such a table. <https://www.sqlite.org/foreignkeys.html#fk_indexes>
    mismatched: BTreeMap<String, String>,
}

impl Broken {
    /// Checks every foreign key.
    pub(crate) async fn find(connection: &mut SqliteConnection) -> Result<Self, Error> {
        let failed = || Error::database("checking foreign keys");
        let listed = "SELECT name FROM main.sqlite_schema WHERE type = 'table'";
        let tables: Vec<String> = sqlx::query_scalar(listed).fetch_all(&mut *connection).await.map_err(failed())?;
        let mut found =
            Self { tables: tables.iter().map(|table| table.to_ascii_lowercase()).collect(), ..Self::default() };
        match found.check(connection, "PRAGMA main.foreign_key_check").await {
            Err(error) if is_mismatch(&error) => {}
            checked => return checked.map(|()| found).map_err(failed()),
        }
        found.rows.clear();
        for table in tables {
            let sql = format!("PRAGMA main.foreign_key_check({})", quote(&table));
            match found.check(connection, &sql).await {
                Err(error) if is_mismatch(&error) => {
                    let message =
                        error.as_database_error().map_or_else(|| error.to_string(), |it| it.message().to_owned());
                    found.mismatched.insert(table.to_ascii_lowercase(), message);
                }
                checked => checked.map_err(failed())?,
            }
        }
        let Self { rows, mismatched, .. } = &mut found;
        rows.retain(|(table, _), _| !mismatched.contains_key(table));
        Ok(found)
    }

    async fn check(&mut self, connection: &mut SqliteConnection, sql: &str) -> Result<(), sqlx::Error> {
        for row in sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false).fetch_all(connection).await? {
            let (table, id, parent): (String, Option<i64>, String) =
                (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let of = (table.to_ascii_lowercase(), parent.to_ascii_lowercase());
            let (count, told) = self.rows.entry(of).or_default();
            *count += 1;
            if told.len() < TOLD {
                let row = id.map_or("a row".to_owned(), |id| format!("row {id}"));
                told.push(format!("{row} of `{table}` refers to `{parent}`"));
            }
        }
        Ok(())
    }

    /// Fails where something is broken that was not `before`.
    ///
    /// Rows are counted, because a table that is made again may number them anew. What was counted of tables that are gone
    /// is taken off what is counted of tables that are new: they may have been renamed.
    pub(crate) fn since(&self, before: &Self) -> Result<(), Error> {
        let mut gone = 0;
        for ((table, parent), (count, _)) in &before.rows {
            if !self.tables.contains(table) || !self.tables.contains(parent) {
                gone += count;
            }
        }
        let mut rows = Vec::new();
        for (of, (count, told)) in &self.rows {
            let known = before.rows.get(of).map_or(0, |(count, _)| *count);
            if *count <= known {
                continue;
            }
            let is_new = [&of.0, &of.1].into_iter().any(|table| !before.tables.contains(table));
            if is_new && *count <= gone {
                gone -= count;
                continue;
            }
            rows.extend(told.iter().cloned());
        }
        if !rows.is_empty() {
            rows.truncate(TOLD);
            return Err(Error::BrokenReferences { rows: rows.join(", ") });
        }
        // As many as before, under other names, are those that were renamed.
        let new = self.mismatched.iter().find(|(table, _)| !before.mismatched.contains_key(*table));
        match new {
            Some((_, message)) if self.mismatched.len() > before.mismatched.len() => {
                Err(Error::NoKeyToReferTo { message: message.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// The error has no code of its own.
fn is_mismatch(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().starts_with("foreign key mismatch"))
}
