//! Which keys batches of rows are told apart by, and how their values are written.

use cqrs_core::schema::{Str, Table};
#[cfg(feature = "mysql")]
use sqlx::MySqlConnection;

use super::options::TableOptions;
use super::text::type_name;
#[cfg(feature = "mysql")]
use crate::batches::Batches;

/// The primary key, of a table whose changes are rolled back together with their record.
pub(super) fn key(table: &Table) -> Option<&[Str]> {
    let key = table.primary_key.as_ref().filter(|_| TableOptions::of(table).engine.is_none())?;
    let is_exact = |name: &Str| {
        let column_type = table.column(name).map(|column| type_name(column.column_type.native_text()));
        column_type.and_then(|name| literal("", name)).is_some()
    };
    key.columns.iter().all(is_exact).then_some(&key.columns)
}

/// SQL that gives a column's value as a literal, which is compared in the column's own character set and collation. `None`
/// of types that are compared otherwise than they are ordered (`enum`), or are no exact text (`float`).
fn literal(column: &str, data_type: &str) -> Option<String> {
    Some(match data_type {
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "decimal" | "year" => {
            format!("CAST({column} AS CHAR)")
        }
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" => {
            format!("CONCAT('_utf8mb4 x''', HEX(CONVERT({column} USING utf8mb4)), '''')")
        }
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => {
            format!("CONCAT('x''', HEX({column}), '''')")
        }
        "date" | "datetime" | "time" | "timestamp" | "uuid" | "inet4" | "inet6" => {
            format!("CONCAT('''', CAST({column} AS CHAR), '''')")
        }
        _ => return None,
    })
}

/// Each column of the key as a literal, and how many rows the statistics count.
#[cfg(feature = "mysql")]
pub(crate) async fn prepare(
    connection: &mut MySqlConnection,
    batches: &Batches,
) -> Result<(Vec<String>, Option<u64>), sqlx::Error> {
    let refuse = |reason: String| sqlx::Error::InvalidArgument(format!("it cannot be run in batches: {reason}"));
    let mut names = batches.name.iter().rev().map(|name| unquoted(name));
    let (table, schema) = (names.next().unwrap_or_default(), names.next());
    let columns: Vec<(String, String, Option<String>, Option<u64>)> =
        sqlx::query_as(include_str!("queries/batches.sql")).bind(&schema).bind(&table).fetch_all(connection).await?;
    let mut literals = Vec::new();
    for name in &batches.key {
        let is_its = |(column, ..): &&(String, _, _, _)| column.to_lowercase() == unquoted(name).to_lowercase();
        let Some((_, data_type, ..)) = columns.iter().find(is_its) else {
            return Err(refuse(format!("table `{table}` has no column {name}")));
        };
        let literal = literal(name, data_type).ok_or_else(|| {
            refuse(format!("{name} is of type `{data_type}`, whose values are not told apart exactly by their text: name another key"))
        })?;
        literals.push(literal);
    }
    let (_, _, engine, rows) = columns.into_iter().next().unwrap_or_default();
    if engine.as_deref() != Some("InnoDB") {
        return Err(refuse(format!(
            "table `{table}` is not stored by InnoDB, so that a batch cannot be recorded together with what it changes: write it without `-- batches:`"
        )));
    }
    Ok((literals, rows))
}

#[cfg(feature = "mysql")]
fn unquoted(name: &str) -> String {
    match name.trim().strip_prefix('`').and_then(|name| name.strip_suffix('`')) {
        Some(inner) => inner.replace("``", "`"),
        None => name.trim().to_owned(),
    }
}
