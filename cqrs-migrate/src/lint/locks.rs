//! `LOCK…`: which statements of a plan keep others waiting for as long as a table is large.

use cqrs_core::schema::Column;

use super::Hazard;
use crate::change::TableChange;
use crate::dialect::{Dialect, Held, Lock};
use crate::plan::{Plan, Step};

/// Once for each code and object, with the strongest lock.
pub(super) fn hazards(plan: &Plan) -> Vec<Hazard> {
    let mut hazards: Vec<Hazard> = Vec::new();
    for step in &plan.steps {
        let statement = &step.statement;
        if statement.lock == Lock::None || statement.held == Held::Briefly {
            continue;
        }
        let found = hazard(plan.dialect, step);
        match hazards.iter_mut().find(|known| known.code == found.code && known.object == found.object) {
            Some(known) if known.lock < found.lock => *known = found,
            Some(_) => {}
            None => hazards.push(found),
        }
    }
    hazards
}

fn hazard(dialect: Dialect, step: &Step) -> Hazard {
    let (lock, held) = (step.statement.lock, step.statement.held);
    let code = code(dialect, step);
    let waiting = match (dialect, lock) {
        (Dialect::Sqlite, _) => "every other write to the file waits",
        (_, Lock::ReadsAndWrites) => "reads and writes of the table wait",
        (_, _) => "writes to the table wait",
    };
    let (done, help) = match code {
        "LOCK002" => ("an index is built", "build it at a quiet hour, or by hand while others go on"),
        "LOCK003" => ("every row is read to prove the check", "add it at a quiet hour, or without validating it first"),
        "LOCK004" => {
            ("every row is read to prove the foreign key", "add it at a quiet hour, or without validating it first")
        }
        "LOCK005" => (
            "every row is written anew, because the new column's value is computed for each",
            "add the column without a default, fill it in batches, and set the default afterwards",
        ),
        "LOCK006" => (
            "the table is written anew with all of its rows",
            "migrate at a quiet hour, with room for a copy on the disk",
        ),
        "LOCK007" => (
            "the table is copied with all of its rows",
            "migrate at a quiet hour, or with a tool that copies in the background",
        ),
        "LOCK008" => {
            ("every row is read to prove NOT NULL", "add a check that is not validated, validate it, then set NOT NULL")
        }
        _ => (
            "every row is written anew",
            "add a new column, fill it in batches, and drop the old one in a later revision",
        ),
    };
    let tables: Vec<String> = step.tables.iter().map(ToString::to_string).collect();
    let object = if tables.is_empty() { step.description.clone() } else { tables.join("`, `") };
    let hazard = Hazard::new(code, object, format!("{done}, and {waiting} meanwhile"), help);
    Hazard { lock: Some(lock), held: Some(held), ..hazard.of_rows_in(step.tables.iter().cloned()) }
}

/// What a statement is that holds its lock for long: of the changes that it may be part of, the one that takes as long.
fn code(dialect: Dialect, step: &Step) -> &'static str {
    if step.changes.iter().any(|change| is_built_by(&step.statement.sql, change)) {
        return "LOCK002";
    }
    let whole = match dialect {
        Dialect::Sqlite if step.statement.held == Held::Scan => return "LOCK003",
        // The indexes of a table that is made again are built again.
        Dialect::Sqlite => return "LOCK006",
        Dialect::MySql => "LOCK007",
        Dialect::Postgres => "LOCK001",
    };
    let of_kind: Vec<&str> = (step.changes.iter().map(|change| kind(change, whole)))
        .filter(|(held, _)| *held == step.statement.held)
        .map(|(_, code)| code)
        .collect();
    match of_kind.iter().find(|code| **code == whole).or(of_kind.first()) {
        Some(code) => code,
        None if step.statement.held == Held::Scan => "LOCK003",
        None => whole,
    }
}

/// Whether a statement does nothing but build the index that a change adds.
fn is_built_by(sql: &str, change: &TableChange) -> bool {
    let TableChange::AddIndex(index) = change else { return false };
    let builds_index = sql.starts_with("CREATE") && sql.split_whitespace().take(3).any(|word| word == "INDEX");
    builds_index && index.name.as_ref().is_none_or(|name| sql.contains(name.as_ref()))
}

/// How long a change takes where no way around that is known, and its code. `whole` is that of a table written anew.
fn kind(change: &TableChange, whole: &'static str) -> (Held, &'static str) {
    match change {
        TableChange::AddPrimaryKey(_) if whole == "LOCK007" => (Held::Rewrite, whole),
        TableChange::AddPrimaryKey(_)
        | TableChange::AddUnique(_)
        | TableChange::AddIndex(_)
        | TableChange::AddExclusion(_) => (Held::Rewrite, "LOCK002"),
        TableChange::AddCheck(_) => (Held::Scan, "LOCK003"),
        TableChange::AddForeignKey(_) => (Held::Scan, "LOCK004"),
        TableChange::AddColumn(column) if whole == "LOCK001" && is_computed(column) => (Held::Rewrite, "LOCK005"),
        TableChange::AlterColumn { before, after }
            if before.column_type == after.column_type && before.nullable && !after.nullable =>
        {
            (Held::Scan, "LOCK008")
        }
        _ => (Held::Rewrite, whole),
    }
}

fn is_computed(column: &Column) -> bool {
    column.default.is_some() || column.generated.is_some() || column.auto_increment
}
