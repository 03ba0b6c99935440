//! Tests. Those that need a server take the test harness's.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod lowering;
mod spelling;

#[cfg(feature = "mysql")]
mod alterations;
#[cfg(feature = "mysql")]
mod character_sets;
#[cfg(feature = "mysql")]
mod database;
#[cfg(feature = "mysql")]
mod introspection;
#[cfg(feature = "mysql")]
mod names;
#[cfg(feature = "mysql")]
mod printed;
#[cfg(feature = "mysql")]
mod real_schemas;
#[cfg(feature = "mysql")]
mod round_trip;
#[cfg(feature = "mysql")]
mod sessions;

use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, ForeignKey, Index, IndexPart, ObjectName, PrimaryKey, ReferentialAction, Str,
    Table,
};

/// A table whose primary key is its column `id`.
fn table(name: &'static str, columns: Vec<Column>) -> Table {
    let mut table = Table::new(name);
    let mut all = vec![Column::new("id", ColumnType::BigInteger)];
    all.extend(columns);
    table.columns = all.into();
    table.primary_key = Some(PrimaryKey { name: None, columns: names(&["id"]).into(), ..Default::default() });
    table
}

fn names(names: &[&'static str]) -> Vec<Str> {
    names.iter().map(|name| Str::Borrowed(*name)).collect()
}

fn column(name: &'static str, column_type: ColumnType) -> Column {
    Column::new(name, column_type)
}

fn nullable(name: &'static str, column_type: ColumnType) -> Column {
    Column { nullable: true, ..Column::new(name, column_type) }
}

fn with_default(name: &'static str, column_type: ColumnType, default: DefaultValue) -> Column {
    Column { default: Some(default), ..Column::new(name, column_type) }
}

fn varchar(length: u32) -> ColumnType {
    ColumnType::String { length: Some(length) }
}

fn index(name: &'static str, parts: Vec<IndexPart>) -> Index {
    Index {
        name: Some(name.into()),
        parts: parts.into(),
        unique: false,
        method: None,
        predicate: None,
        include: Vec::new().into(),
        nulls_not_distinct: false,
        ..Default::default()
    }
}

fn foreign_key(
    name: &'static str,
    columns: &[&'static str],
    target: &'static str,
    targets: &[&'static str],
) -> ForeignKey {
    ForeignKey {
        name: Some(name.into()),
        columns: names(columns).into(),
        references: ObjectName::new(target),
        referenced_columns: names(targets).into(),
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        match_type: Default::default(),
        deferrable: Default::default(),
        ..Default::default()
    }
}
