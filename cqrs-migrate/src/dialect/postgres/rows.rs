//! Rows of the catalog queries.

use std::borrow::Cow;
use std::str::FromStr;

use cqrs_core::schema::{ObjectName, Str};
use sqlx::postgres::PgRow;
use sqlx::postgres::types::Oid;
use sqlx::{Decode, Postgres, Row, Type};

use super::sql::{plain_or_sql, strip_parentheses};
use crate::error::{Error, READING_CATALOG};

/// The number of a catalog table, and that of an object in it.
pub(super) type Address = (u32, u32);

// A catalog table has the same number everywhere:
// https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT
pub(super) const PG_TYPE: u32 = 1247;
pub(super) const PG_CLASS: u32 = 1259;
pub(super) const PG_ATTRDEF: u32 = 2604;
pub(super) const PG_CONSTRAINT: u32 = 2606;
pub(super) const PG_REWRITE: u32 = 2618;
pub(super) const PG_EXTENSION: u32 = 3079;

pub(super) fn reading() -> impl FnOnce(sqlx::Error) -> Error {
    Error::database(READING_CATALOG)
}

/// The columns of a row, one after the other, as the query lists them: to look each up by its name costs more than the
/// rest of the reading.
pub(super) struct Fields<'r> {
    row: &'r PgRow,
    next: usize,
}

impl<'r> Fields<'r> {
    pub(super) fn of(row: &'r PgRow) -> Self {
        Self { row, next: 0 }
    }

    pub(super) fn take<T: Decode<'r, Postgres> + Type<Postgres>>(&mut self) -> Result<T, Error> {
        self.next += 1;
        self.row.try_get(self.next - 1).map_err(reading())
    }

    /// The server's number of something.
    pub(super) fn id(&mut self) -> Result<u32, Error> {
        Ok(self.take::<Oid>()?.0)
    }

    pub(super) fn optional_id(&mut self) -> Result<Option<u32>, Error> {
        Ok(self.take::<Option<Oid>>()?.map(|id| id.0))
    }

    pub(super) fn address(&mut self) -> Result<Address, Error> {
        Ok((self.id()?, self.id()?))
    }

    /// A value of the type `"char"`, zero where it is empty.
    pub(super) fn letter(&mut self) -> Result<u8, Error> {
        Ok(self.take::<i8>()?.cast_unsigned())
    }

    /// Numbers with spaces between, as the server prints its vectors.
    pub(super) fn vector<N: FromStr>(&mut self) -> Result<Vec<N>, Error> {
        Ok(self.take::<&str>()?.split_ascii_whitespace().filter_map(|number| number.parse().ok()).collect())
    }

    pub(super) fn text(&mut self) -> Result<Str, Error> {
        self.take::<String>().map(Cow::Owned)
    }

    pub(super) fn optional(&mut self) -> Result<Option<Str>, Error> {
        Ok(self.take::<Option<String>>()?.map(Cow::Owned))
    }

    pub(super) fn texts(&mut self) -> Result<Vec<String>, Error> {
        Ok(self.take::<Option<Vec<String>>>()?.unwrap_or_default())
    }

    /// A schema, null where it is the default one, and a name.
    pub(super) fn name(&mut self) -> Result<ObjectName, Error> {
        Ok(ObjectName { schema: self.optional()?, name: self.text()? })
    }

    /// As [`Fields::name`], where the name may be null.
    pub(super) fn optional_name(&mut self) -> Result<Option<ObjectName>, Error> {
        let schema = self.optional()?;
        Ok(self.optional()?.map(|name| ObjectName { schema, name }))
    }

    /// A name that the schema types hold as one text: a collation or operator class.
    pub(super) fn visible_name(&mut self) -> Result<Option<Str>, Error> {
        let schema: Option<&str> = self.take()?;
        let name: Option<&str> = self.take()?;
        Ok(name.map(|name| plain_or_sql(schema, name).into()))
    }
}

/// What the server printed of an object, without the parentheses around it. It prints nothing where another session drops
/// the object at that moment.
pub(super) fn printed(sql: Option<&str>, object: impl FnOnce() -> String) -> Result<Str, Error> {
    match sql {
        Some(sql) if !sql.contains(DROPPED_COLUMN) => Ok(strip_parentheses(sql).to_owned().into()),
        _ => Err(changed(object())),
    }
}

/// How the server prints a column that is no longer there.
const DROPPED_COLUMN: &str = "\"?dropped?column?\"";

const CHANGED: &str = "it changed meanwhile: try again";

/// The error for an object that another session changed while it was read.
pub(super) fn changed(object: impl Into<String>) -> Error {
    Error::Unreadable { object: object.into(), reason: CHANGED.to_owned() }
}

/// Whether an error can come of a schema that changes while it is read. What the server looks up by itself, to print it, it
/// looks up in the newest catalog and not in the snapshot; what it does not find there is an internal error.
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
pub(super) fn is_of_change(error: &Error) -> bool {
    match error {
        Error::Unreadable { reason, .. } => reason == CHANGED,
        Error::Database { source, .. } => {
            source.as_database_error().and_then(|error| error.code()).as_deref() == Some("XX000")
        }
        _ => false,
    }
}
