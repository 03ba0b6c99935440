//! Whether views have the columns that their read models read.

use std::collections::BTreeMap;

use cqrs_core::schema::{Column, ObjectName, Schema, View};
use sqlx::Row;

use crate::connection::{Connection, each_connection};
use crate::dialect::{Dialect, Rules};
use crate::error::Error;

/// A column of a view, as the database tells it.
struct Told {
    native: String,
    /// Only MariaDB and MySQL tell it of the columns of views.
    nullable: Option<bool>,
}

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

fn problem(dialect: Dialect, view: &View, field: &Column, columns: &BTreeMap<String, Told>) -> Option<String> {
    let place = format!("view `{}`, column `{}`", view.name, field.name);
    let Some(told) = columns.get(field.name.as_ref()) else {
        let names: Vec<&str> = columns.keys().map(String::as_str).collect();
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

fn reads(rules: &dyn Rules, declared: &str, told: &str) -> bool {
    let (declared, told) = (rules.reading_family(declared), rules.reading_family(told));
    declared.is_empty() || told.is_empty() || declared == told
}

/// The columns of every view, by the views' names.
async fn read(connection: &mut Connection) -> Result<BTreeMap<ObjectName, BTreeMap<String, Told>>, Error> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => include_str!("dialect/sqlite/queries/view_columns.sql"),
        Dialect::Postgres => include_str!("dialect/postgres/queries/view_columns.sql"),
        Dialect::MySql => include_str!("dialect/mysql/queries/view_columns.sql"),
    };
    let rows: Result<Vec<(ObjectName, String, Told)>, sqlx::Error> = each_connection!(connection, inner => {
        sqlx::query(sql).fetch_all(&mut *inner).await.and_then(|rows| {
            rows.iter()
                .map(|row| {
                    let schema: Option<String> = row.try_get(0)?;
                    let name: String = row.try_get(1)?;
                    let nullable: Option<i64> = row.try_get(4)?;
                    let name = ObjectName { schema: schema.map(Into::into), name: name.into() };
                    let told = Told { native: row.try_get(3)?, nullable: nullable.map(|answer| answer == 1) };
                    Ok((name, row.try_get::<String, _>(2)?, told))
                })
                .collect()
        })
    });
    let mut views: BTreeMap<ObjectName, BTreeMap<String, Told>> = BTreeMap::new();
    for (view, column, told) in rows.map_err(Error::database("reading the columns of views"))? {
        views.entry(view).or_default().insert(column, told);
    }
    Ok(views)
}
