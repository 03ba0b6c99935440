//! What the server does to partitions by itself when the table that they are parts of is altered.
//! <https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE>

use std::collections::HashMap;

use cqrs_core::schema::{Column, IndexKey, ObjectName, Str, Table};

use super::clauses::{PARTITION_BY, value};
use super::sql::generated_name;
use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::dialect::{Dialect, LowerError};

/// The changes, those of partitions without what comes to them from the table that they are parts of. None where no
/// partition is altered.
pub(super) fn without_inherited(changes: &[Change]) -> Option<Vec<Change>> {
    let altered: HashMap<ObjectName, &TableAlteration> = changes
        .iter()
        .filter_map(|change| match change {
            Change::AlterTable(alteration) => Some((alteration.after.object_name(), alteration)),
            _ => None,
        })
        .collect();
    let is_partition = |table: &Table| table.partition_bound.is_some();
    if !altered.values().any(|alteration| is_partition(&alteration.before) && is_partition(&alteration.after)) {
        return None;
    }
    let own = |change: &Change| match change {
        Change::AlterTable(alteration) if is_partition(&alteration.before) && is_partition(&alteration.after) => {
            let parent = alteration.after.inherits.first().and_then(|parent| altered.get(parent));
            let changes = match parent {
                Some(parent) => {
                    alteration.changes.iter().filter_map(|change| own(change, alteration, parent)).collect()
                }
                None => alteration.changes.clone(),
            };
            Change::AlterTable(TableAlteration { changes, ..alteration.clone() })
        }
        change => change.clone(),
    };
    Some(changes.iter().map(own).collect())
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
fn own(change: &TableChange, partition: &TableAlteration, parent: &TableAlteration) -> Option<TableChange> {
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
            let is_there = by_parent(&|other| matches!(other, TableChange::AddCheck(new) if new.name == rule.name));
            (!is_there).then(|| change.clone())
        }
        _ => {
            let Some((part, is_added)) = key_or_index(change) else { return Some(change.clone()) };
            let same = by_parent(&|other| {
                key_or_index(other).is_some_and(|(of_parent, is_added_there)| {
                    is_added == is_added_there && of_parent.unnamed() == part.clone().unnamed()
                })
            });
            match (same, is_added) {
                (false, _) => Some(change.clone()),
                (true, false) => None,
                // Under another name it would be a second one.
                (true, true) => (given_name(&partition.after, &part) != part.name()).then(|| change.clone()),
            }
        }
    }
}

/// A column that the parent has by now under that name; what differs in the partition is altered. None where it has not.
fn add_column(column: &Column, parent: &TableAlteration) -> Option<Option<TableChange>> {
    let there = parent.changes.iter().find_map(|change| match change {
        TableChange::AddColumn(added) if added.name == column.name => Some(added),
        TableChange::RenameColumn { to, .. } if *to == column.name => parent.after.column(to),
        _ => None,
    })?;
    let before = Column { comment: None, ..there.clone() };
    Some((before != *column).then(|| TableChange::AlterColumn { before, after: column.clone() }))
}

/// What is left of an alteration after that of the parent's column, which goes for all its partitions but for the comment
/// and the options.
fn alter_column(before: &Column, after: &Column, parent: &TableAlteration) -> Option<TableChange> {
    let above = parent.changes.iter().find_map(|change| match change {
        TableChange::AlterColumn { before, after: column } if column.name == after.name => Some((before, column)),
        _ => None,
    });
    let mut now = before.clone();
    if let Some((old, new)) = above {
        now.column_type = new.column_type.clone();
        now.collation = new.collation.clone();
        now.generated = new.generated.clone();
        if old.nullable != new.nullable {
            now.nullable = new.nullable;
        }
        if old.default != new.default {
            now.default = new.default.clone();
        }
    }
    (now != *after).then(|| TableChange::AlterColumn { before: now, after: after.clone() })
}

/// A key or index that is added (true) or dropped.
fn key_or_index(change: &TableChange) -> Option<(Part, bool)> {
    Some(match change {
        TableChange::AddPrimaryKey(key) => (Part::PrimaryKey(key.clone()), true),
        TableChange::DropPrimaryKey(key) => (Part::PrimaryKey(key.clone()), false),
        TableChange::AddUnique(key) => (Part::Unique(key.clone()), true),
        TableChange::DropUnique(key) => (Part::Unique(key.clone()), false),
        TableChange::AddIndex(index) => (Part::Index(index.clone()), true),
        TableChange::DropIndex(index) => (Part::Index(index.clone()), false),
        _ => return None,
    })
}

/// The name that the server gives to the part of a partition that belongs to one of its parent's.
fn given_name(partition: &Table, part: &Part) -> String {
    let name = |columns: &[Str], suffix| generated_name(&partition.name, &columns.join("_"), suffix);
    match part {
        Part::PrimaryKey(_) => name(&[], "pkey"),
        Part::Unique(key) => name(&key.columns, "key"),
        Part::Index(index) => {
            let columns: Vec<Str> = (index.parts.iter().map(|part| &part.key))
                .map(|key| match key {
                    IndexKey::Column(column) => column.clone(),
                    IndexKey::Expression(_) => "expr".into(),
                })
                .chain(index.include.iter().cloned())
                .collect();
            name(&columns, "idx")
        }
        other => other.name().to_owned(),
    }
}
