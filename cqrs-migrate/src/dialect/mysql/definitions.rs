//! What the server prints of each object.

use std::collections::HashMap;

use cqrs_core::schema::Str;
use futures_util::TryStreamExt as _;
use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, Column as _, Decode, Either, MySql, MySqlConnection, Row, ValueRef};

use super::introspect::{Listed, text};
use super::printed_object::Settings;
use super::printed_table::{PrintedTable, Server, table};
use super::text::{literal, quote, text_of};
use crate::error::{Error, said};

/// What `SHOW CREATE` has told.
#[derive(Default)]
pub(super) struct Definitions {
    /// The tables, which are read as they come, while the server prints the next; or what of one is not understood.
    tables: HashMap<String, Result<PrintedTable, String>>,
    /// The texts of everything else, by the word behind `SHOW CREATE` and the name.
    printed: HashMap<(&'static str, String), (String, Settings)>,
    columns: HashMap<String, Vec<Str>>,
    /// Why a statement gave nothing, by its text.
    failed: HashMap<String, String>,
}

impl Definitions {
    /// A table, once; `None` where the server did not print it.
    pub(super) fn take_table(&mut self, name: &str) -> Option<Result<PrintedTable, String>> {
        self.tables.remove(name)
    }

    /// The text of any other object, once; `None` where the server did not print it.
    pub(super) fn take(&mut self, kind: &str, name: &str) -> Option<(String, Settings)> {
        self.printed.remove(&(word(kind)?, name.to_owned()))
    }

    /// The names of a view's columns. None of a view that no longer works.
    pub(super) fn view_columns(&mut self, view: &str) -> Vec<Str> {
        self.columns.remove(view).unwrap_or_default()
    }

    /// What the server said instead of printing an object.
    pub(super) fn failure(&self, object: &Listed) -> Option<&str> {
        self.failed.get(&show_create(object)?).map(String::as_str)
    }

    /// Takes what statements answer. How many did, and the error of the one that the server refused.
    async fn add_results(
        &mut self,
        connection: &mut MySqlConnection,
        server: &Server,
        sql: String,
    ) -> Result<(usize, Option<sqlx::Error>), sqlx::Error> {
        let mut answered = 0;
        let mut results = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_many(connection);
        loop {
            match results.try_next().await {
                Ok(Some(Either::Left(_))) => answered += 1,
                Ok(Some(Either::Right(row))) => self.add(server, &row)?,
                Ok(None) => return Ok((answered, None)),
                Err(error @ sqlx::Error::Database(_)) => return Ok((answered, Some(error))),
                Err(error) => return Err(error),
            }
        }
    }

    fn add(&mut self, server: &Server, row: &MySqlRow) -> Result<(), sqlx::Error> {
        let columns: Vec<&str> = row.columns().iter().map(|column| column.name()).collect();
        let first = columns.first().copied().unwrap_or_default();
        match first {
            "Failed" => {
                self.failed.insert(row.try_get(0)?, row.try_get(1)?);
            }
            "view_name" => {
                self.columns.entry(text(row, "view_name")?).or_default().push(text(row, "column_name")?.into())
            }
            _ => {
                let is_text = |name: &&str| name.starts_with("Create ") || **name == *"SQL Original Statement";
                let Some(at) = columns.iter().position(is_text) else { return Ok(()) };
                // Empty where the role may not read it.
                let printed = row.try_get_raw(at)?;
                if printed.is_null() {
                    return Ok(());
                }
                let printed = text_of(<&[u8] as Decode<'_, MySql>>::decode(printed).map_err(sqlx::Error::Decode)?);
                let name: String = row.try_get(0)?;
                if first == "Table" && !printed.starts_with("CREATE SEQUENCE") {
                    let read = table(server, &name, &printed);
                    self.tables.insert(name, read);
                    return Ok(());
                }
                let setting = |name: &str| match columns.contains(&name) {
                    true => row.try_get::<Option<String>, _>(name),
                    false => Ok(None),
                };
                let settings = Settings {
                    sql_mode: setting("sql_mode")?.unwrap_or_default(),
                    collation: setting("collation_connection")?.unwrap_or_default(),
                    time_zone: setting("time_zone")?,
                };
                let kind = if printed.starts_with("CREATE SEQUENCE") { "SEQUENCE" } else { &first.to_uppercase() };
                if let Some(word) = word(kind) {
                    self.printed.insert((word, name), (printed, settings));
                }
            }
        }
        Ok(())
    }
}

/// Reads the definitions of what is listed. MariaDB prints all of them in one statement. MySQL has no statement for that
/// (from the manual): one for each object, sent together, in one round trip, and one more for each that it refuses.
pub(super) async fn read_definitions(
    connection: &mut MySqlConnection,
    server: &Server,
    listed: &[&Listed],
) -> Result<Definitions, Error> {
    let mut statements: Vec<String> = listed.iter().filter_map(|object| show_create(object)).collect();
    let views = listed.iter().filter(|object| object.kind == "VIEW");
    statements.extend(views.map(|view| view_columns(&view.name)));
    let mut found = Definitions::default();
    let doing = || Error::database("reading definitions");
    if server.mariadb && !statements.is_empty() {
        let list = serde_json::Value::from(statements).to_string();
        let block = include_str!("queries/definitions_mariadb.sql").replace(":statements", &literal(&list));
        let (_, refused) = found.add_results(connection, server, block).await.map_err(doing())?;
        return refused.map_or(Ok(found), |error| Err(doing()(error)));
    }
    let mut left = statements.as_slice();
    while !left.is_empty() {
        let (answered, refused) = found.add_results(connection, server, left.join(";\n")).await.map_err(doing())?;
        let Some(error) = refused else { break };
        // What comes behind the statement that is refused is not run.
        // https://dev.mysql.com/doc/c-api/8.0/en/c-api-multiple-queries.html
        let Some((statement, rest)) = left.get(answered..).and_then(<[_]>::split_first) else {
            return Err(doing()(error));
        };
        found.failed.insert(statement.clone(), said(&error));
        left = rest;
    }
    Ok(found)
}

fn show_create(object: &Listed) -> Option<String> {
    Some(format!("SHOW CREATE {} {}", word(&object.kind)?, quote(&object.name)))
}

/// Looked up by constants, so that the server opens this view alone; no row, and no error, where it no longer works.
fn view_columns(view: &str) -> String {
    format!(
        "SELECT TABLE_NAME AS view_name, COLUMN_NAME AS column_name FROM information_schema.COLUMNS \
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = {} ORDER BY ORDINAL_POSITION",
        literal(view)
    )
}

/// The word behind `SHOW CREATE`.
fn word(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "BASE TABLE" | "SYSTEM VERSIONED" | "TABLE" => "TABLE",
        "VIEW" => "VIEW",
        "SEQUENCE" => "SEQUENCE",
        "TRIGGER" => "TRIGGER",
        "FUNCTION" => "FUNCTION",
        "PROCEDURE" => "PROCEDURE",
        "EVENT" => "EVENT",
        _ => return None,
    })
}
