//! What models say in the words of several databases, in those of one.

use std::borrow::Cow;

use cqrs_core::schema::{Column, ColumnSql, DefaultValue, SqlPerDatabase, Str, Table};

use super::{Dialect, LowerError, Place};

/// The table with the expressions that its columns have on that database.
pub(super) fn in_own_words(dialect: Dialect, declared: &Table) -> Result<Cow<'_, Table>, LowerError> {
    if declared.columns.iter().all(|column| column.sql_on.is_empty()) {
        return Ok(Cow::Borrowed(declared));
    }
    let mut table = declared.clone();
    for column in table.columns.to_mut() {
        for sql in std::mem::take(&mut column.sql_on).iter() {
            choose(dialect, declared, column, sql)?;
        }
    }
    Ok(Cow::Owned(table))
}

fn choose(dialect: Dialect, table: &Table, column: &mut Column, sql: &ColumnSql) -> Result<(), LowerError> {
    let missing = |column: &Column, word: &str| {
        let name = dialect.name();
        Place::of(dialect, table).column(&column.name).refuse(
            format!("`{word}` for other databases only"),
            format!("write `{word}({name} = \"…\")`, or `otherwise = \"…\"` for all that are not named"),
        )
    };
    if !sql.default.is_empty() {
        match dialect.own(&sql.default) {
            Some(own) => column.default = Some(DefaultValue::Expression(own.clone())),
            None if column.default.is_none() => return Err(missing(column, "default_expr")),
            None => {}
        }
    }
    if !sql.backfill.is_empty() {
        match dialect.own(&sql.backfill) {
            Some(own) => column.backfill = Some(own.clone()),
            None if column.backfill.is_none() => return Err(missing(column, "backfill")),
            None => {}
        }
    }
    Ok(())
}

impl Dialect {
    /// What is said for this database.
    pub(crate) fn own(self, named: &SqlPerDatabase) -> Option<&Str> {
        match self {
            Self::Postgres => named.postgres.as_ref(),
            Self::MySql => named.mysql.as_ref(),
            Self::Sqlite => named.sqlite.as_ref(),
        }
    }
}
