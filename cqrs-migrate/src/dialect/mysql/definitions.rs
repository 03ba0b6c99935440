//! What the server prints of each object.

use std::collections::{BTreeMap, HashMap};

use cqrs_core::schema::Str;
use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, Column as _, Decode, MySql, MySqlConnection, Row, ValueRef};

use super::introspect::{Listed, fetch, text};
use super::printed_object::Settings;
use super::printed_table::Server;
use super::text::{literal, quote, text_of};
use crate::error::Error;

/// The texts of `SHOW CREATE`.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// By the word behind `SHOW CREATE` and the name.
    printed: HashMap<(&'static str, String), (String, Settings)>,
    columns: BTreeMap<String, Vec<Str>>,
    /// Why a statement gave nothing, by its text.
    failed: HashMap<String, String>,
}

impl Definitions {
    /// The text of an object, once; `None` where the server did not print it.
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

    fn add(&mut self, row: &MySqlRow) -> Result<(), sqlx::Error> {
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
                    self.printed.insert((word, row.try_get(0)?), (printed, settings));
                }
            }
        }
        Ok(())
    }
}

/// Reads the definitions of what is listed. MariaDB prints all of them in one statement. MySQL has no statement for that
/// (from the manual): one for each object, sent together, in one round trip.
pub(super) async fn read_definitions(
    connection: &mut MySqlConnection,
    server: &Server,
    listed: &[&Listed],
) -> Result<Definitions, Error> {
    let mut statements: Vec<String> = listed.iter().filter_map(|object| show_create(object)).collect();
    let views = listed.iter().filter(|object| object.kind == "VIEW");
    let mut found = Definitions::default();
    if statements.is_empty() {
        return Ok(found);
    }
    let sql = if server.mariadb {
        statements.extend(views.map(|view| view_columns(&view.name)));
        let list = serde_json::Value::from(statements).to_string();
        include_str!("queries/definitions_mariadb.sql").replace(":statements", &literal(&list))
    } else {
        if views.count() > 0 {
            let rows = fetch(connection, include_str!("queries/view_columns.sql"), |row| {
                Ok((text(row, "view_name")?, text(row, "column_name")?))
            });
            for (view, column) in rows.await? {
                found.columns.entry(view).or_default().push(column.into());
            }
        }
        statements.join(";\n")
    };
    let doing = || Error::database("reading definitions");
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *connection).await.map_err(doing())?;
    for row in &rows {
        found.add(row).map_err(doing())?;
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
