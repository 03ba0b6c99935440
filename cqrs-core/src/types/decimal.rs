//! Exact decimals in SQLite, which has none.

use sea_query::Value;

use super::encode::{SQLITE_DIGITS, significant_digits};
use crate::model::{Driver, EncodeError};

/// A decimal as text, which a `NUMERIC` column turns into an integer or a real.
pub(super) fn encode_sqlite(normalized: String) -> Result<Value, EncodeError> {
    if normalized.parse::<i64>().is_err() && significant_digits(&normalized) > SQLITE_DIGITS {
        return Err(Driver::Sqlite.refuse(
            normalized,
            format!("it has more than {SQLITE_DIGITS} significant digits: round it, or store it as a `String`"),
        ));
    }
    Ok(Value::String(Some(normalized)))
}

/// A decimal of a `NUMERIC` column, spelled so that it can be parsed.
#[cfg(feature = "sqlite")]
pub(super) fn read_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<String, sqlx::Error> {
    use super::row::{Stored, stored, unreadable};

    match stored(row, column)? {
        Stored::Integer(number) => Ok(number.to_string()),
        // The decimal of at most 15 digits that the real stands for.
        Stored::Real(number) => Ok(format!("{number:.*e}", SQLITE_DIGITS - 1)),
        Stored::Text(text) => Ok(text),
        Stored::Blob(_) => Err(unreadable(column, "a blob is no decimal number")),
    }
}
