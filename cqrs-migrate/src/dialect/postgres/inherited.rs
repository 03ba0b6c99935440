//! What a table has of its own, and what it has from the tables that it inherits from.

use std::collections::HashSet;

use cqrs_core::schema::{Column, DefaultValue, Str};

use super::clauses::{ALTER_COLUMN, COMPRESSION, NOT_NULL_NAME, STORAGE, alter_column, column_action, comment, value};
use super::sql::{default_operand, generated_name, quote, quote_name};
use super::tables::{Reading, Tables};

/// Leaves each table the columns that are its own. What it says of the others, and those that it inherits from do not,
/// is among its options. A partition has all its columns: it is made as a table of its own, and attached.
pub(super) fn separate(tables: &mut Tables) {
    let mut said: Vec<(usize, Vec<Str>)> = Vec::new();
    for (at, reading) in tables.list.iter().enumerate() {
        if reading.table.partition_bound.is_none() && !reading.parents.is_empty() {
            let parents: Vec<&Reading> = reading.parents.iter().filter_map(|id| tables.find(*id)).collect();
            said.push((at, of_inherited(reading, &parents)));
        }
    }
    for (at, clauses) in said {
        let reading = &mut tables.list[at];
        let inherited: HashSet<Str> = reading.inherited.drain(..).collect();
        reading.table.columns.to_mut().retain(|column| !inherited.contains(&column.name));
        reading.table.options.to_mut().extend(clauses);
    }
}

/// What a table says of columns that it inherits, as clauses. Of those that it declares as well, only what a declaration
/// cannot say: that there is no default, or no storage of its own.
fn of_inherited(reading: &Reading, parents: &[&Reading]) -> Vec<Str> {
    let mut clauses = Vec::new();
    for (column, storage) in reading.columns_and_storages() {
        let above: Vec<(&Reading, &Column)> = (parents.iter())
            .filter_map(|parent| parent.table.column(&column.name).map(|column| (*parent, column)))
            .collect();
        if above.is_empty() {
            continue;
        }
        let (own, from) = (default(reading, column), above.iter().find_map(|(parent, column)| default(parent, column)));
        let mut alter = |action: &str| clauses.push(alter_column(&column.name, action));
        if own.is_none() && from.is_some() {
            alter("DROP DEFAULT");
        }
        let is_above = |beginning| above.iter().any(|(_, column)| value(&column.options, beginning).is_some());
        if is_above(STORAGE) && value(&column.options, STORAGE).is_none() {
            alter(&format!("SET {STORAGE}{storage}"));
        }
        if is_above(COMPRESSION) && value(&column.options, COMPRESSION).is_none() {
            alter(&format!("SET {COMPRESSION}DEFAULT"));
        }
        if !reading.inherited.contains(&column.name) {
            continue;
        }
        if let Some(DefaultValue::Expression(sql)) = own.filter(|_| own != from) {
            alter(&format!("SET DEFAULT {}", default_operand(sql)));
        }
        for clause in column.options.iter() {
            let is_taken_over = (clause.starts_with(STORAGE) || clause.starts_with(COMPRESSION))
                && above.iter().any(|(_, column)| column.options.contains(clause));
            if let Some(action) = column_action(clause).filter(|_| !is_taken_over) {
                alter(&action);
            }
        }
        if !column.nullable && above.iter().all(|(_, column)| column.nullable) {
            clauses.push(not_null(reading, column));
        }
        if let Some(text) = &column.comment {
            let place = format!("{}.{}", quote_name(&reading.table.object_name()), quote(&column.name));
            clauses.push(comment("COLUMN", &place, text));
        }
    }
    clauses
}

fn default<'r>(reading: &'r Reading, column: &'r Column) -> Option<&'r DefaultValue> {
    column.default.as_ref().or_else(|| reading.serial_defaults.get(&column.name))
}

fn not_null(reading: &Reading, column: &Column) -> Str {
    let generated = || quote(&generated_name(&reading.table.name, &column.name, "not_null"));
    match value(&column.options, NOT_NULL_NAME) {
        Some(name) if *name != generated() => format!("ADD CONSTRAINT {name} NOT NULL {}", quote(&column.name)).into(),
        _ => format!("{ALTER_COLUMN}{} SET NOT NULL", quote(&column.name)).into(),
    }
}
