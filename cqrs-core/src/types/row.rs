//! Reading what the drivers have no type for.

#[cfg(all(feature = "sqlite", any(feature = "bigdecimal", feature = "json", feature = "rust_decimal")))]
pub(super) use sqlite::{Stored, stored};

/// A value that is there, and is not what the column's type says.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(super) fn unreadable(column: &str, reason: impl Into<String>) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: format!("`{column}`"), source: reason.into().into() }
}

/// A value that sqlx reads. SQLite's nulls are told apart here, because sqlx reads them as zero and as empty text.
#[cfg(feature = "sqlite")]
pub(super) fn get_sqlite<'r, T>(row: &'r sqlx::sqlite::SqliteRow, column: &str) -> Result<T, sqlx::Error>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    use sqlx::{Row, TypeInfo, ValueRef};

    let value = row.try_get_raw(column)?;
    if value.is_null() {
        return Err(unreadable(column, "unexpected null; try decoding as an `Option`"));
    }
    let stored_as = value.type_info();
    if !T::compatible(&stored_as) {
        return Err(unreadable(
            column,
            format!("`{}` is stored there, not `{}`", stored_as.name(), T::type_info().name()),
        ));
    }
    T::decode(value).map_err(|source| sqlx::Error::ColumnDecode { index: format!("`{column}`"), source })
}

#[cfg(all(feature = "sqlite", any(feature = "bigdecimal", feature = "json", feature = "rust_decimal")))]
mod sqlite {
    use sqlx::{Row, TypeInfo, ValueRef};

    use super::get_sqlite;

    /// A value by its storage class, which in SQLite the value has and not the column.
    /// <https://www.sqlite.org/datatype3.html>
    pub(in crate::types) enum Stored {
        Integer(i64),
        Real(f64),
        Text(String),
        #[cfg_attr(not(feature = "json"), allow(dead_code, reason = "only JSON is read from bytes"))]
        Blob(Vec<u8>),
    }

    pub(in crate::types) fn stored(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Stored, sqlx::Error> {
        match row.try_get_raw(column)?.type_info().name() {
            "INTEGER" => get_sqlite(row, column).map(Stored::Integer),
            "REAL" => get_sqlite(row, column).map(Stored::Real),
            "TEXT" => get_sqlite(row, column).map(Stored::Text),
            _ => get_sqlite(row, column).map(Stored::Blob),
        }
    }
}
