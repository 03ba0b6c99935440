//! Objects that are their SQL: functions, triggers, domains, sequences, ….

use cqrs_core::schema::{ObjectKind, SqlObject};

use super::render::statement;
use super::sql::{quote, quote_name};
use crate::dialect::{Lock, Statement};

pub(super) fn create(object: &SqlObject) -> Vec<Statement> {
    vec![statement(object.definition.to_string(), lock(object))]
}

pub(super) fn drop(object: &SqlObject) -> Vec<Statement> {
    let word = object.id.kind.name().to_uppercase();
    let name = match object.id.table_name() {
        Some(table) => format!("{} ON {}", quote(&object.id.name.name), quote_name(&table)),
        None => quote_name(&object.id.name) + object.id.signature.as_deref().unwrap_or_default(),
    };
    vec![statement(format!("DROP {word} IF EXISTS {name}"), lock(object))]
}

pub(super) fn alter(_: &SqlObject, _: &SqlObject) -> Option<Vec<Statement>> {
    None
}

fn lock(object: &SqlObject) -> Lock {
    match object.id.kind {
        ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Policy => Lock::ReadsAndWrites,
        _ => Lock::None,
    }
}
