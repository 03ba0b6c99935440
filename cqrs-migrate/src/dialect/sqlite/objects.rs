//! Triggers and virtual tables.

use cqrs_core::schema::{ObjectKind, SqlObject};

use super::statement;
use super::words::quote;
use crate::dialect::{Lock, Statement};

pub(super) fn create(object: &SqlObject) -> Vec<Statement> {
    vec![statement(object.definition.to_string(), Lock::Writes)]
}

/// Dropping a virtual table drops the tables that it keeps its rows in.
pub(super) fn drop(object: &SqlObject) -> Vec<Statement> {
    let word = if object.id.kind == ObjectKind::Trigger { "TRIGGER" } else { "TABLE" };
    vec![statement(format!("DROP {word} IF EXISTS {}", quote(&object.id.name.name)), Lock::Writes)]
}

/// SQLite replaces nothing.
pub(super) fn alter(_: &SqlObject, _: &SqlObject) -> Option<Vec<Statement>> {
    None
}
