//! Routines, triggers, events and sequences.

use cqrs_core::schema::{ObjectKind, SqlObject};

use super::render::statement;
use super::text::quote;
use crate::dialect::{Lock, Statement};

pub(super) fn create(object: &SqlObject) -> Vec<Statement> {
    vec![statement(object.definition.to_string(), lock(object))]
}

pub(super) fn drop(object: &SqlObject) -> Vec<Statement> {
    let word = object.id.kind.name().to_uppercase();
    vec![statement(format!("DROP {word} IF EXISTS {}", quote(&object.id.name.name)), lock(object))]
}

/// A routine has no form of `ALTER` that changes its body: <https://mariadb.com/kb/en/alter-procedure/>.
pub(super) fn alter(_: &SqlObject, _: &SqlObject) -> Option<Vec<Statement>> {
    None
}

fn lock(object: &SqlObject) -> Lock {
    if object.id.kind == ObjectKind::Trigger { Lock::ReadsAndWrites } else { Lock::None }
}
