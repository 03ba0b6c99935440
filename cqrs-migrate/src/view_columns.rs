//! Whether views have the columns that their read models read.

use std::collections::BTreeMap;

use cqrs_core::schema::{Column, ObjectName, Schema, View};
use sqlx::Row;

use crate::connection::{Connection, each_connection};
use crate::dialect::{Dialect, Rules};
use crate::error::Error;

/// A column of a view, as the database tells it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) name: String,
    /// Its type. Empty where SQLite does not tell.
    pub(crate) native: String,
    /// Only MariaDB and MySQL tell it of the columns of views.
    pub(crate) nullable: Option<bool>,
}

/// The columns of views, in order, by the views' names.
pub(crate) type ViewColumns = BTreeMap<ObjectName, Vec<Told>>;

/// Holds the views of a schema that are in a database against the fields of their read models.
pub(crate) async fn check(connection: &mut Connection, schema: &Schema) -> Result<(), Error> {
    let dialect = connection.dialect();
    let told = read(connection).await?;
    let mut problems = Vec::new();
    for view in schema.views.values() {
        if let Some(columns) = told.get(&view.name) {
            problems.extend(view.fields.iter().filter_map(|field| problem(dialect, view, field, columns)));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::ViewFields { problems }) }
}

fn problem(dialect: Dialect, view: &View, field: &Column, columns: &[Told]) -> Option<String> {
    let place = format!("view `{}`, column `{}`", view.name, field.name);
    let Some(told) = columns.iter().find(|told| told.name == field.name) else {
        let names: Vec<&str> = columns.iter().map(|told| told.name.as_str()).collect();
        return Some(format!("{place}: the read model reads it, and the query has only `{}`", names.join("`, `")));
    };
    let declared = field.column_type.native_text();
    if !reads(dialect.rules(), declared, &told.native) {
        return Some(format!("{place}: {dialect} says `{}`, and the read model `{declared}`", told.native));
    }
    if told.nullable == Some(true) && !field.nullable {
        return Some(format!(
            "{place}: {dialect} says that it may be null, and the read model that it is never: write `Option<…>`"
        ));
    }
    None
}

/// Whether a field whose column is declared so reads a column of that type.
pub(crate) fn reads(rules: &dyn Rules, declared: &str, told: &str) -> bool {
    let (declared, told) = (rules.reading_family(declared), rules.reading_family(told));
    declared.is_empty() || told.is_empty() || declared == told
}

/// The columns of every view.
pub(crate) async fn read(connection: &mut Connection) -> Result<ViewColumns, Error> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => include_str!("dialect/sqlite/queries/view_columns.sql"),
        Dialect::Postgres => include_str!("dialect/postgres/queries/view_columns.sql"),
        Dialect::MySql => include_str!("dialect/mysql/queries/view_columns.sql"),
    };
    let rows: Result<Vec<(ObjectName, Told)>, sqlx::Error> = each_connection!(connection, inner => {
        sqlx::query(sql).fetch_all(&mut *inner).await.and_then(|rows| {
            rows.iter()
                .map(|row| {
                    let schema: Option<String> = row.try_get(0)?;
                    let name: String = row.try_get(1)?;
                    let nullable: Option<i64> = row.try_get(4)?;
                    let name = ObjectName { schema: schema.map(Into::into), name: name.into() };
                    let nullable = nullable.map(|answer| answer == 1);
                    Ok((name, Told { name: row.try_get(2)?, native: row.try_get(3)?, nullable }))
                })
                .collect()
        })
    });
    let rows = match rows {
        // Before 3.37, SQLite has no list that tells which views work.
        Err(error) if error.to_string().contains("no such table: pragma_table_list") => Vec::new(),
        rows => rows.map_err(Error::database("reading the columns of views"))?,
    };
    let mut views = ViewColumns::new();
    for (view, told) in rows {
        views.entry(view).or_default().push(told);
    }
    Ok(views)
}
