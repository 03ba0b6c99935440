//! Constraints and indexes that are altered where they stand.
//!
//! | what changes | by |
//! |---|---|
//! | the comment of any | `COMMENT ON` |
//! | a check or foreign key that was `NOT VALID` and is valid | `VALIDATE CONSTRAINT` |
//! | when a foreign key is checked | `ALTER CONSTRAINT` |
//! | storage parameters, tablespace and statistics of an index, also of a key's | `ALTER INDEX` |
//! | whether it is a part of an index of the partitioned table | `ATTACH PARTITION`; never back (`partition_indexes.rs`) |
//! | whether all partitions have an index | by itself, when the last of them gets its part |
//!
//! <https://www.postgresql.org/docs/current/sql-altertable.html>, <https://www.postgresql.org/docs/current/sql-alterindex.html>

use cqrs_core::schema::{Deferrable, ForeignKey, Str, Table};

use super::clauses::{
    ALTER_COLUMN, ATTACH_PARTITION, INDEX_TABLESPACE, NOT_VALID, ONLY, PARTITION_BY, PARTITION_OF, STATISTICS,
    TABLESPACE, WITH, has, parameter, parameter_name, value,
};
use super::parts::schema_prefix;
use super::render::{constraint_comment, object_comment, statement};
use super::sql::{quote, quote_name};
use crate::change::Part;
use crate::dialect::{Held, Lock, Statement};

/// Whether everything in which two parts differ can be altered.
pub(super) fn is_possible(table: &Table, before: &Part, after: &Part) -> bool {
    if always_deferred(before.clone().plain()) != always_deferred(after.clone().plain()) {
        return false;
    }
    let differing = || {
        let gone = before.options().iter().filter(|clause| !has(after.options(), clause));
        gone.chain(after.options().iter().filter(|clause| !has(before.options(), clause)))
    };
    let parameters_differ = parameters(before.options()) != parameters(after.options());
    let takes_parameters = value(&table.options, PARTITION_BY).is_none();
    match after {
        Part::ForeignKey(_) | Part::Check(_) => {
            differing().all(|clause| clause == NOT_VALID) && !has(after.options(), NOT_VALID)
                || before.options() == after.options()
        }
        Part::Index(_) | Part::PrimaryKey(_) | Part::Unique(_) => {
            let begins_to_lack = !has(before.options(), ONLY) && has(after.options(), ONLY);
            differing().all(|clause| is_of_index(clause)) && (takes_parameters || !parameters_differ) && !begins_to_lack
        }
        Part::Exclusion(_) => true,
    }
}

/// When a foreign key is checked is nothing that it is made again for.
fn always_deferred(part: Part) -> Part {
    match part {
        Part::ForeignKey(key) => Part::ForeignKey(ForeignKey { deferrable: Deferrable::InitiallyDeferred, ..key }),
        part => part,
    }
}

fn is_of_index(clause: &str) -> bool {
    let beginnings = [WITH, TABLESPACE, INDEX_TABLESPACE, ALTER_COLUMN, PARTITION_OF];
    beginnings.iter().any(|beginning| clause.starts_with(beginning)) || clause == ONLY
}

pub(super) fn alter_part(of: &Table, before: &Part, after: &Part) -> Vec<Statement> {
    let table = &of.object_name();
    let name = quote(after.name());
    let on_table = |action: &str| format!("ALTER TABLE {} {action}", quote_name(table));
    let mut statements = Vec::new();
    if let (Part::ForeignKey(before), Part::ForeignKey(after)) = (before, after)
        && before.deferrable != after.deferrable
    {
        let when = match after.deferrable {
            Deferrable::No => "NOT DEFERRABLE",
            Deferrable::InitiallyImmediate => "DEFERRABLE INITIALLY IMMEDIATE",
            Deferrable::InitiallyDeferred => "DEFERRABLE INITIALLY DEFERRED",
        };
        statements.push(statement(on_table(&format!("ALTER CONSTRAINT {name} {when}")), Lock::ReadsAndWrites));
    }
    match after {
        Part::ForeignKey(_) | Part::Check(_) => {
            if has(before.options(), NOT_VALID) && !has(after.options(), NOT_VALID) {
                // Reads every row, and lets others write meanwhile.
                let validate = statement(on_table(&format!("VALIDATE CONSTRAINT {name}")), Lock::None);
                statements.push(Statement { held: Held::Scan, ..validate });
            }
        }
        _ => {
            let index = schema_prefix(table) + &name;
            let actions = index_actions(before.options(), after.options());
            let alter = |action| statement(format!("ALTER INDEX {index} {action}"), Lock::ReadsAndWrites);
            statements.extend(actions.into_iter().map(alter));
            let whole = value(after.options(), PARTITION_OF);
            if let Some((whole, parent)) = whole.filter(|_| !attached_alike(before, after)).zip(of.inherits.first()) {
                let sql = format!("ALTER INDEX {}{whole} {ATTACH_PARTITION}{index}", schema_prefix(parent));
                statements.push(statement(sql, Lock::ReadsAndWrites));
            }
        }
    }
    if before.comment() != after.comment() {
        statements.push(match after {
            Part::Index(_) => object_comment("INDEX", &(schema_prefix(table) + &name), after.comment()),
            _ => constraint_comment(table, &name, after.comment()),
        });
    }
    statements
}

fn attached_alike(before: &Part, after: &Part) -> bool {
    value(before.options(), PARTITION_OF) == value(after.options(), PARTITION_OF)
}

fn index_actions(before: &[Str], after: &[Str]) -> Vec<String> {
    let mut actions = parameter_actions(before, after);
    let tablespace = |options| value(options, TABLESPACE).or_else(|| value(options, INDEX_TABLESPACE));
    if tablespace(before) != tablespace(after) {
        actions.push(format!("SET TABLESPACE {}", tablespace(after).unwrap_or("pg_default")));
    }
    let targets = |options: &[Str]| -> Vec<(String, String)> {
        let clauses = options.iter().filter_map(|clause| clause.strip_prefix(ALTER_COLUMN));
        let split = clauses.filter_map(|clause| clause.split_once(&format!(" SET {STATISTICS}")));
        split.map(|(column, target)| (column.to_owned(), target.to_owned())).collect()
    };
    let (before, after) = (targets(before), targets(after));
    for (column, _) in before.iter().filter(|(column, _)| !after.iter().any(|(other, _)| other == column)) {
        actions.push(format!("{ALTER_COLUMN}{column} SET {STATISTICS}-1"));
    }
    for (column, target) in after.iter().filter(|target| !before.contains(target)) {
        actions.push(format!("{ALTER_COLUMN}{column} SET {STATISTICS}{target}"));
    }
    actions
}

/// What gives an index or view other storage parameters. All of them are set, so that the server keeps, and prints, them in
/// the order in which they shall be.
pub(super) fn parameter_actions(before: &[Str], after: &[Str]) -> Vec<String> {
    let wanted = parameters(after);
    if parameters(before) == wanted {
        return Vec::new();
    }
    let names = |options: &[Str]| -> Vec<String> {
        options.iter().filter_map(|clause| parameter_name(clause)).map(str::to_owned).collect()
    };
    let kept = names(after);
    let gone: Vec<String> = names(before).into_iter().filter(|name| !kept.contains(name)).collect();
    let reset = (!gone.is_empty()).then(|| format!("RESET ({})", gone.join(", ")));
    let set = (!wanted.is_empty()).then(|| format!("SET ({})", wanted.join(", ")));
    reset.into_iter().chain(set).collect()
}

fn parameters(options: &[Str]) -> Vec<&str> {
    options.iter().filter_map(|clause| parameter(clause)).collect()
}
