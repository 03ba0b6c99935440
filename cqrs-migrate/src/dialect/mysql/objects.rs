//! Routines, triggers, events and sequences.

use cqrs_core::schema::{ObjectKind, SqlObject};

use super::SESSION;
use super::reader::Reader;
use super::render::statement;
use super::text::quote;
use crate::dialect::{Held, Lock, Statement, Transaction};

/// What an object was made under is kept with it: its options are settings of the session that makes it.
/// <https://mariadb.com/kb/en/stored-routine-privileges/>, <https://mariadb.com/kb/en/show-create-procedure/>
pub(super) fn create(object: &SqlObject) -> Vec<Statement> {
    let made = statement(object.definition.to_string(), lock(object));
    if object.options.is_empty() {
        return vec![made];
    }
    let set = |sql: String| Statement { sql, lock: Lock::None, held: Held::Briefly, transaction: Transaction::Joined };
    let before = object.options.iter().map(|option| format!("SESSION {option}")).collect::<Vec<_>>().join(", ");
    vec![set(format!("SET {before}")), made, set("SET NAMES utf8mb4".to_owned()), set(SESSION.to_owned())]
}

pub(super) fn drop(object: &SqlObject) -> Vec<Statement> {
    match object.id.kind {
        ObjectKind::Privileges => return revoke(object),
        // It is never gone.
        ObjectKind::DatabaseDefault => return Vec::new(),
        _ => {}
    }
    let word = object.id.kind.name().to_uppercase();
    vec![statement(format!("DROP {word} IF EXISTS {}", quote(&object.id.name.name)), lock(object))]
}

/// Word for word what was granted, and the right to hand it on.
/// <https://mariadb.com/kb/en/revoke/>
fn revoke(object: &SqlObject) -> Vec<Statement> {
    let text = object.definition.strip_suffix(" WITH GRANT OPTION");
    let granted = text.unwrap_or(&object.definition);
    let target = object.id.signature.as_deref().unwrap_or_default();
    let privileges = granted.strip_prefix("GRANT ").and_then(|rest| rest.strip_suffix(target)).unwrap_or_default();
    let target = target.replacen(" TO ", " FROM ", 1);
    let mut statements = Vec::new();
    if privileges.trim() != "USAGE" {
        statements.push(statement(format!("REVOKE {privileges}{target}"), Lock::None));
    }
    if text.is_some() {
        statements.push(statement(format!("REVOKE GRANT OPTION {target}"), Lock::None));
    }
    statements
}

/// What is said of the database itself is altered in any case. A routine has no form of `ALTER` that changes its body; a sequence keeps its value when it is altered.
/// <https://mariadb.com/kb/en/alter-procedure/>, <https://mariadb.com/kb/en/alter-sequence/>
pub(super) fn alter(before: &SqlObject, after: &SqlObject) -> Option<Vec<Statement>> {
    if after.id.kind == ObjectKind::DatabaseDefault {
        return Some(create(after));
    }
    if after.id.kind != ObjectKind::Sequence {
        return None;
    }
    let (before, after_text) = (sequence_options(&before.definition)?, sequence_options(&after.definition)?);
    let same_engine = before.1 == after_text.1;
    let altered = format!("ALTER SEQUENCE {} {}", quote(&after.id.name.name), after_text.0);
    same_engine.then(|| vec![statement(altered, lock(after))])
}

/// What follows the name, and the engine and whatever stands behind it.
fn sequence_options(definition: &str) -> Option<(&str, &str)> {
    let mut reader = Reader::new(definition);
    if !reader.take("CREATE SEQUENCE") {
        return None;
    }
    reader.name()?;
    let rest = reader.rest();
    Some(rest.split_once(" ENGINE=").unwrap_or((rest, "")))
}

fn lock(object: &SqlObject) -> Lock {
    if object.id.kind == ObjectKind::Trigger { Lock::ReadsAndWrites } else { Lock::None }
}
