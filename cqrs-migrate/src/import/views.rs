//! Views -> the columns that a read model reads.

use cqrs_core::schema::{Column, ColumnType, IndexKey, ObjectName, Table, View};

use super::draft::{enum_of, reason_against};
use super::labels::domain;
use super::text::{CARRIAGE_RETURNS, keeps_lines};
use super::{Import, Left, types};
use crate::beside::as_read;
use crate::dialect::Dialect;
use crate::view_columns::{Told, reads};

/// The columns of a view that fields read, told as those of a table; or why there is no read model. `has_model` says of an
/// enum type whether a model declares it.
pub(super) fn readable(
    import: &Import,
    view: &View,
    has_model: &dyn Fn(&ObjectName) -> bool,
    left: &mut Vec<Left>,
) -> Result<Table, String> {
    if !keeps_lines(&view.query) {
        return Err(CARRIAGE_RETURNS.to_owned());
    }
    let mut table = Table::new(view.name.name.clone());
    table.schema = view.name.schema.clone();
    let mut columns = Vec::new();
    let mut unread = Vec::new();
    for told in import.view_columns.get(&view.name).into_iter().flatten() {
        let column = Column {
            nullable: told.nullable != Some(false),
            comment: view.column_comments.get(told.name.as_str()).cloned(),
            ..Column::new(told.name.clone(), ColumnType::native(type_of(import.dialect, &told.native)))
        };
        match why_unread(import, &table, &column, told, has_model) {
            None => columns.push(column),
            Some(why) => unread.push(Left { what: format!("column `{}` of view `{}`", told.name, view.name), why }),
        }
    }
    if columns.is_empty() {
        return Err(match unread.into_iter().next() {
            Some(column) => format!("no field reads any of its columns; {}: {}", column.what, column.why),
            None => "the database does not tell its columns: declare it with `#[read_model(view = …)]`".to_owned(),
        });
    }
    table.columns = columns.into();
    table.indexes = view.indexes.clone().into();
    table.comment = view.comment.clone();
    if let Some(why) = reason_against(&table) {
        return Err(why);
    }
    let keys = table.indexes.iter().flat_map(|index| {
        let parts = index.parts.iter().filter_map(|part| match &part.key {
            IndexKey::Column(column) => Some(column),
            IndexKey::Expression(_) => None,
        });
        parts.chain(index.include.iter())
    });
    if let Some(column) = keys.into_iter().find(|column| table.column(column).is_none()) {
        return Err(format!(
            "an index is over its column `{column}`, which no field reads: cast the column in the query to a type that one reads"
        ));
    }
    left.extend(unread);
    Ok(table)
}

/// SQLite tells of a `CAST` to whole numbers that it is `INT`, which of a table's column would be 32 bits, and here has 64.
/// <https://www.sqlite.org/datatype3.html#storage_classes_and_datatypes>
fn type_of(dialect: Dialect, native: &str) -> String {
    if dialect == Dialect::Sqlite && native.eq_ignore_ascii_case("INT") { "INTEGER" } else { native }.to_owned()
}

/// Why no field reads a column, and what to do.
fn why_unread(
    import: &Import,
    table: &Table,
    column: &Column,
    told: &Told,
    has_model: &dyn Fn(&ObjectName) -> bool,
) -> Option<String> {
    if told.native.is_empty() {
        return Some(format!(
            "{} tells no type of an expression: write a field for it, of the type that its values have, or cast it in the query of the view",
            import.dialect
        ));
    }
    if domain(import.schema, &told.native).is_some() {
        return None;
    }
    if let Some(labels) = enum_of(import, table, &told.native) {
        return (!has_model(&labels.name)).then(|| {
            format!("no model has a column of the enum type `{}`: cast the column to `text` in the query", labels.name)
        });
    }
    let (rust, _) = types::field_type(import.dialect, table, column);
    let of_field = as_read(Column { column_type: rust.column_type.clone(), ..column.clone() });
    let declared = types::lowered(import.dialect, table, of_field);
    let is_read = declared
        .is_some_and(|declared| reads(import.dialect.rules(), declared.column_type.native_text(), &told.native));
    (!is_read).then(|| {
        format!("no field reads `{}`: cast the column in the query, or leave it to SQL of your own", told.native)
    })
}
