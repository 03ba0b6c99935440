//! Models as Rust source -> a live database, by way of the migrator: history, locks, proof and the comparison
//! afterwards are all in play.

use std::fs;

use cqrs_core::extract::extract_crate;
use cqrs_core::schema::{ObjectName, Schema};
use cqrs_migrate::change::{Change, TableChange};
use cqrs_migrate::diff::{LabelsOf, Renames};
use cqrs_migrate::lint::CODES;
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Error, Migrator, Planned};

use crate::TestDatabase;
use crate::case::CaseOption;
use crate::sql::{self, wait_for};

/// The schema that models declare.
///
/// # Errors
/// What the extractor says, without the place of the file.
pub fn declared(models: &str) -> Result<Schema, String> {
    let folder = crate::temporary_directory();
    let file = folder.path().join("lib.rs");
    fs::write(&file, models).map_err(|error| format!("cannot write the models: {error}"))?;
    let place = format!("{}:", file.display());
    extract_crate(&file).map_err(|errors| errors.to_string().replace(&place, ""))
}

/// A migrator of a database to models, with what a person would have answered.
///
/// # Errors
/// As [`declared`].
pub fn migrator(database: &TestDatabase, models: &str, options: &[CaseOption]) -> Result<Migrator, String> {
    let mut renames = Renames::default();
    let mut migrator = Migrator::new(database.url(), declared(models)?).map_err(|error| message(&error))?;
    for option in options {
        match option {
            CaseOption::Allow(code) => migrator = migrator.allow(code, "the case says so"),
            CaseOption::Rename { from, to } => match (from.split_once('.'), to.split_once('.')) {
                (Some((_, from)), Some((table, to))) => {
                    let place = (ObjectName::new(table.to_owned()), to.to_owned().into());
                    renames.columns.insert(place, from.to_owned().into());
                }
                _ => {
                    renames.tables.insert(ObjectName::new(to.clone()), ObjectName::new(from.clone()));
                }
            },
        }
    }
    Ok(migrator.renames(renames))
}

/// Brings a database to models.
///
/// # Errors
/// The message of the refusal or failure, and its help.
pub fn migrate(migrator: &Migrator) -> Result<Planned, String> {
    let migrated = wait_for(|| async { migrator.migrate().await });
    migrated.map(|migrated| migrated.planned).map_err(|error| message(&error))
}

/// What would bring a database to models.
///
/// # Errors
/// As [`migrate`].
pub fn plan(migrator: &Migrator) -> Result<Planned, String> {
    wait_for(|| async { migrator.plan().await }).map_err(|error| message(&error))
}

/// What is in a database.
///
/// # Errors
/// What the database says.
pub fn introspect(database: &TestDatabase) -> Result<Schema, String> {
    let read = async || {
        let mut connection = Connection::open(&DatabaseUrl::parse(database.url())?).await?;
        let found = cqrs_migrate::introspect(&mut connection, &cqrs_migrate::Selection::default()).await?;
        connection.close().await;
        Ok(found.schema)
    };
    wait_for(read).map_err(|error: Error| message(&error))
}

/// The same migrator with every hazard allowed, except some.
#[must_use]
pub fn reckless(migrator: Migrator, except: &[&str]) -> Migrator {
    let allowed = CODES.iter().filter(|(code, _)| !except.contains(code));
    allowed.fold(migrator, |migrator, (code, _)| migrator.allow(*code, "nothing here is dear to anybody"))
}

/// The renames that lead back from where changes led.
#[must_use]
pub fn renames_back(changes: &[Change]) -> Renames {
    let mut there = Renames::default();
    for change in changes {
        match change {
            Change::RenameTable { from, to } => {
                there.tables.insert(to.clone(), from.clone());
            }
            Change::RenameObject { from, to } => {
                there.objects.insert(to.clone(), from.clone());
            }
            Change::RenameLabel { enum_type, from, to } => {
                there.labels.insert((LabelsOf::Type(enum_type.clone()), to.clone()), from.clone());
            }
            Change::AlterTable(alteration) => {
                let table = alteration.after.object_name();
                for change in &alteration.changes {
                    match change {
                        TableChange::RenameColumn { from, to } => {
                            there.columns.insert((table.clone(), to.clone()), from.clone());
                        }
                        TableChange::RenameLabels { after, labels, .. } => {
                            let of = LabelsOf::Column(table.clone(), after.name.clone());
                            let labels = labels.iter().map(|(from, to)| ((of.clone(), to.clone()), from.clone()));
                            there.labels.extend(labels);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    there.inverse()
}

/// Deletes every row of every table of a schema.
///
/// # Errors
/// What the database says.
pub fn delete_rows(database: &TestDatabase, schema: &Schema) -> Result<(), String> {
    let (unchecked, quote) = match database.dialect() {
        Dialect::Sqlite => ("PRAGMA foreign_keys = OFF", '"'),
        Dialect::Postgres => ("SET session_replication_role = replica", '"'),
        Dialect::MySql => ("SET foreign_key_checks = 0", '`'),
    };
    let mut statements = vec![unchecked.to_owned()];
    for name in schema.tables.keys() {
        let doubled = name.name.replace(quote, &format!("{quote}{quote}"));
        statements.push(format!("DELETE FROM {quote}{doubled}{quote}"));
    }
    sql::execute_each(database.url(), &statements).map_err(|error| format!("cannot delete the rows: {error}"))
}

fn message(error: &Error) -> String {
    let text = match error.help() {
        Some(help) => format!("{error}\nhelp: {help}"),
        None => error.to_string(),
    };
    text.lines().map(without_source_line).collect::<Vec<_>>().join("\n")
}

/// PostgreSQL says in which line of its own source an error was raised: another in every version.
fn without_source_line(line: &str) -> &str {
    match line.rsplit_once(" at line ") {
        Some((text, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => text,
        _ => line,
    }
}
