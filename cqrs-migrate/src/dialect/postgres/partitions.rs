//! What the server does to partitions by itself when the table that they are parts of is altered.
//! <https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE>

use std::collections::HashMap;

use cqrs_core::schema::{Check, Column, ObjectName, Schema, Str, Table};

use super::alter::uses;
use super::clauses::{PARTITION_BY, value};
use super::owned::of_partitions;
use super::partition_indexes::Trees;
use super::sql::mentions;
use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::dialect::{Dialect, LowerError};

/// The changes, those of partitions without what comes to them from the table that they are parts of. None where there is no
/// partition.
pub(super) fn without_inherited(before: &Schema, after: &Schema, changes: &[Change]) -> Option<Vec<Change>> {
    if ![before, after].iter().any(|schema| schema.tables.values().any(|table| table.partition_of().is_some())) {
        return None;
    }
    let mut settled = Trees::of(before, after, changes).settled(changes);
    let altered: HashMap<ObjectName, &TableAlteration> = settled
        .iter()
        .filter_map(|change| match change {
            Change::AlterTable(alteration) => Some((alteration.after.object_name(), alteration)),
            _ => None,
        })
        .collect();
    let parent_of = |TableAlteration { before, after, changes }: &TableAlteration| {
        before.partition_of()?;
        if changes.contains(&TableChange::SetInheritance) { None } else { altered.get(after.partition_of()?) }
    };
    let left: Vec<Option<Vec<TableChange>>> = (settled.iter())
        .map(|change| {
            let Change::AlterTable(alteration) = change else { return None };
            let parent = parent_of(alteration)?;
            Some(alteration.changes.iter().filter_map(|change| own(change, parent)).collect())
        })
        .collect();
    for (change, left) in settled.iter_mut().zip(left) {
        if let (Change::AlterTable(alteration), Some(left)) = (change, left) {
            alteration.changes = left;
        }
    }
    Some(settled)
}

/// How a table is partitioned is said when it is made, and never again.
/// <https://www.postgresql.org/docs/current/ddl-partitioning.html>
pub(super) fn refuses(alteration: &TableAlteration) -> Option<LowerError> {
    let key = |table: &Table| value(&table.options, PARTITION_BY).map(|key| format!("`{PARTITION_BY}{key}`"));
    let (before, after) = (key(&alteration.before), key(&alteration.after));
    (before != after).then(|| LowerError {
        dialect: Dialect::Postgres,
        table: alteration.after.object_name().to_string(),
        what: match (before, after) {
            (Some(before), Some(after)) => format!("{after} instead of {before}"),
            (None, Some(after)) => format!("{after} from now on"),
            (before, _) => format!("no {} any more", before.unwrap_or_default()),
        },
        reason:
            "a table that is there cannot be partitioned otherwise: make a table of another name, copy the rows, drop \
                 the old one and rename the new one"
                .to_owned(),
    })
}

/// What is left to do in a partition once its parent is altered.
fn own(change: &TableChange, parent: &TableAlteration) -> Option<TableChange> {
    let by_parent = |is_it: &dyn Fn(&TableChange) -> bool| parent.changes.iter().any(is_it);
    match change {
        TableChange::RenameColumn { .. } if parent.changes.contains(change) => None,
        TableChange::AddColumn(column) => add_column(column, parent).unwrap_or_else(|| Some(change.clone())),
        TableChange::DropColumn(column) => {
            let is_gone = by_parent(&|other| match other {
                TableChange::DropColumn(dropped) => dropped.name == column.name,
                TableChange::RenameColumn { from, .. } => *from == column.name,
                _ => false,
            });
            (!is_gone).then(|| change.clone())
        }
        TableChange::AlterColumn { before, after } => alter_column(before, after, parent),
        TableChange::DropCheck(rule) => {
            let is_gone = by_parent(&|other| matches!(other, TableChange::DropCheck(gone) if gone.name == rule.name));
            (!is_gone).then(|| change.clone())
        }
        TableChange::AddCheck(rule) => {
            let above = parent.changes.iter().find_map(|other| match other {
                TableChange::AddCheck(new) if new.name == rule.name => Some(new),
                _ => None,
            });
            let Some(above) = above else { return Some(change.clone()) };
            let (before, after) = (Check { comment: None, ..above.clone() }, rule.clone());
            (before != after)
                .then_some(TableChange::AlterPart { before: Part::Check(before), after: Part::Check(after) })
        }
        _ if goes_with_column(change, parent) => None,
        _ => Some(change.clone()),
    }
}

/// Whether a part of a partition is dropped that stands on a column which the parent loses, and with it the partition.
fn goes_with_column(change: &TableChange, parent: &TableAlteration) -> bool {
    let lost = |name: &Str| {
        let is_it = |change: &TableChange| matches!(change, TableChange::DropColumn(column) if column.name == *name);
        parent.changes.iter().any(is_it)
    };
    let mut columns = parent.before.columns.iter().map(|column| &column.name).filter(|name| lost(name));
    match change {
        TableChange::DropPrimaryKey(key) => key.columns.iter().any(lost),
        TableChange::DropUnique(key) => key.columns.iter().any(lost),
        TableChange::DropIndex(index) => columns.any(|column| uses(index, column)),
        TableChange::DropForeignKey(key) => key.columns.iter().any(lost),
        TableChange::DropCheck(rule) => columns.any(|column| mentions(&rule.expression, column)),
        _ => false,
    }
}

/// A column that the parent has by now under that name; what differs in the partition is altered. None where it has not.
fn add_column(column: &Column, parent: &TableAlteration) -> Option<Option<TableChange>> {
    let there = parent.changes.iter().find_map(|change| match change {
        TableChange::AddColumn(added) if added.name == column.name => Some(added),
        TableChange::RenameColumn { to, .. } if *to == column.name => parent.after.column(to),
        _ => None,
    })?;
    let before = Column { comment: None, ..of_partitions(&parent.after.object_name(), there) };
    Some((before != *column).then(|| TableChange::AlterColumn { before, after: column.clone() }))
}

/// What is left of an alteration after that of the parent's column, which goes for all its partitions but for the comment
/// and the options.
fn alter_column(before: &Column, after: &Column, parent: &TableAlteration) -> Option<TableChange> {
    let above = parent.changes.iter().find_map(|change| match change {
        TableChange::AlterColumn { before: old, after: new } if new.name == after.name => {
            Some((of_partitions(&parent.before.object_name(), old), of_partitions(&parent.after.object_name(), new)))
        }
        _ => None,
    });
    let mut now = before.clone();
    if let Some((old, new)) = above {
        now.column_type = new.column_type;
        now.collation = new.collation;
        now.generated = new.generated;
        if old.nullable != new.nullable {
            now.nullable = new.nullable;
        }
        if old.default != new.default {
            now.default = new.default;
        }
    }
    (now != *after).then(|| TableChange::AlterColumn { before: now, after: after.clone() })
}
