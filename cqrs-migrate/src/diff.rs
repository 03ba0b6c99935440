//! Two schemas -> what changes. Equal by name, never by position.

use std::collections::{BTreeMap, HashMap, HashSet};

use cqrs_core::schema::{Column, ObjectKind, Schema, Str, Table};

use crate::change::{Change, Part, TableAlteration, TableChange};

pub use crate::rename::{Answers, LabelsOf, LikelyRename, Renames};

/// What must change in `before` to become `after`. Both are in one database's own words; `before` still has the old
/// names.
#[must_use]
pub fn diff(before: &Schema, after: &Schema, renames: &Renames) -> Vec<Change> {
    diff_renamed(&renames.applied_to(before), after, renames)
}

/// As [`diff`], of a schema in which the renames are done already.
pub(crate) fn diff_renamed(renamed: &Schema, after: &Schema, renames: &Renames) -> Vec<Change> {
    let mut changes = Vec::new();
    by_name(
        &renamed.enums,
        &after.enums,
        |change| changes.push(change),
        |enum_type| Change::CreateEnum(enum_type.clone()),
        |enum_type| Change::DropEnum(enum_type.clone()),
        |before, after| (before != after).then(|| Change::AlterEnum { before: before.clone(), after: after.clone() }),
    );
    for (to, from) in &renames.tables {
        changes.push(Change::RenameTable { from: from.clone(), to: to.clone() });
    }
    for (to, from) in &renames.objects {
        changes.push(Change::RenameObject { from: from.clone(), to: to.clone() });
    }
    for ((of, to), from) in &renames.labels {
        if let LabelsOf::Type(enum_type) = of
            && renamed.enums.contains_key(enum_type)
        {
            let enum_type = enum_type.clone();
            changes.push(Change::RenameLabel { enum_type, from: from.clone(), to: to.clone() });
        }
    }
    by_name(
        &renamed.tables,
        &after.tables,
        |change| changes.push(change),
        |table| Change::CreateTable(table.clone()),
        |table| Change::DropTable(table.clone()),
        |before, after| alteration(before, after, renames).map(Change::AlterTable),
    );
    by_name(
        &renamed.views,
        &after.views,
        |change| changes.push(change),
        |view| Change::CreateView(view.clone()),
        |view| Change::DropView(view.clone()),
        |before, after| (before != after).then(|| Change::AlterView { before: before.clone(), after: after.clone() }),
    );
    by_name(
        &renamed.objects,
        &after.objects,
        // A schema that does not speak of the database itself says nothing of it.
        |change| {
            let is_new_or_gone = matches!(change, Change::CreateObject(_) | Change::DropObject(_));
            if !(is_new_or_gone && change.object().kind == ObjectKind::DatabaseDefault) {
                changes.push(change);
            }
        },
        |object| Change::CreateObject(object.clone()),
        |object| Change::DropObject(object.clone()),
        |before, after| (before != after).then(|| Change::AlterObject { before: before.clone(), after: after.clone() }),
    );
    changes
}

fn by_name<K: Ord, T>(
    before: &BTreeMap<K, T>,
    after: &BTreeMap<K, T>,
    mut push: impl FnMut(Change),
    create: impl Fn(&T) -> Change,
    drop: impl Fn(&T) -> Change,
    alter: impl Fn(&T, &T) -> Option<Change>,
) {
    for (name, object) in after {
        match before.get(name) {
            None => push(create(object)),
            Some(old) => alter(old, object).into_iter().for_each(&mut push),
        }
    }
    before.iter().filter(|(name, _)| !after.contains_key(*name)).for_each(|(_, object)| push(drop(object)));
}

/// `before` has the new names already.
fn alteration(before: &Table, after: &Table, renames: &Renames) -> Option<TableAlteration> {
    if renames.columns.is_empty() && renames.labels.is_empty() && is_same_in_order(before, after) {
        return None;
    }
    let name = after.object_name();
    let (unlabelled, labels) = renames.before_labels(before);
    let mut changes: Vec<TableChange> = renames
        .columns
        .iter()
        .filter(|((table, _), _)| *table == name)
        .map(|((_, to), from)| TableChange::RenameColumn { from: from.clone(), to: to.clone() })
        .collect();
    changes.extend(labels);
    columns(before, after, &mut changes);
    let taken = part_names(before);
    primary_key(before, after, &mut changes);
    parts(&before.uniques, &after.uniques, Part::Unique, &taken, &mut changes);
    parts(&before.indexes, &after.indexes, Part::Index, &taken, &mut changes);
    parts(&before.foreign_keys, &after.foreign_keys, Part::ForeignKey, &taken, &mut changes);
    parts(&before.checks, &after.checks, Part::Check, &taken, &mut changes);
    parts(&before.exclusions, &after.exclusions, Part::Exclusion, &taken, &mut changes);
    if (&before.inherits, &before.partition_bound) != (&after.inherits, &after.partition_bound) {
        changes.push(TableChange::SetInheritance);
    }
    let sorted = |options: &[Str]| {
        let mut options = options.to_vec();
        options.sort();
        options
    };
    if sorted(&before.options) != sorted(&after.options) {
        changes.push(TableChange::SetOptions { before: before.options.clone(), after: after.options.clone() });
    }
    if before.comment != after.comment {
        changes.push(TableChange::SetComment { before: before.comment.clone(), after: after.comment.clone() });
    }
    if changes.is_empty() {
        return None;
    }
    let mut old_names = unlabelled.into_owned();
    for column in old_names.columns.to_mut() {
        if let Some(old) = renames.columns.get(&(name.clone(), column.name.clone())) {
            column.name = old.clone();
        }
    }
    Some(TableAlteration { before: old_names, after: after.clone(), changes })
}

/// Whether nothing differs, not even an order: so it is with most tables, and quickly told.
fn is_same_in_order(before: &Table, after: &Table) -> bool {
    let mut columns = before.columns.iter().zip(&after.columns);
    before.columns.len() == after.columns.len()
        && columns.all(|(before, after)| before.name == after.name && same_column(before, after))
        && before.primary_key == after.primary_key
        && before.uniques == after.uniques
        && before.indexes == after.indexes
        && before.foreign_keys == after.foreign_keys
        && before.checks == after.checks
        && before.exclusions == after.exclusions
        && (&before.inherits, &before.partition_bound) == (&after.inherits, &after.partition_bound)
        && before.options == after.options
        && before.comment == after.comment
}

fn columns(before: &Table, after: &Table, changes: &mut Vec<TableChange>) {
    let old: HashMap<&str, &Column> = before.columns.iter().map(|column| (column.name.as_ref(), column)).collect();
    let new: HashMap<&str, &Column> = after.columns.iter().map(|column| (column.name.as_ref(), column)).collect();
    for column in before.columns.iter().filter(|column| !new.contains_key(column.name.as_ref())) {
        changes.push(TableChange::DropColumn(column.clone()));
    }
    for column in after.columns.iter() {
        match old.get(column.name.as_ref()) {
            None => changes.push(TableChange::AddColumn(column.clone())),
            Some(old) if !same_column(old, column) => {
                changes.push(TableChange::AlterColumn { before: (*old).clone(), after: column.clone() });
            }
            Some(_) => {}
        }
    }
}

/// What the database knows of a column; what only the model knows does not count.
pub(crate) fn same_column(before: &Column, after: &Column) -> bool {
    before.column_type == after.column_type
        && before.nullable == after.nullable
        && before.default == after.default
        && before.generated == after.generated
        && before.auto_increment == after.auto_increment
        && before.collation == after.collation
        && before.options == after.options
        && before.comment == after.comment
}

fn primary_key(before: &Table, after: &Table, changes: &mut Vec<TableChange>) {
    match (&before.primary_key, &after.primary_key) {
        (Some(old), Some(new))
            if Part::PrimaryKey(old.clone()).unnamed() == Part::PrimaryKey(new.clone()).unnamed() =>
        {
            if let (Some(from), Some(to)) = (&old.name, &new.name)
                && from != to
            {
                changes.push(TableChange::RenamePart { from: from.clone(), to: Part::PrimaryKey(new.clone()) });
            }
        }
        (old, new) => {
            changes.extend(old.clone().map(TableChange::DropPrimaryKey));
            changes.extend(new.clone().map(TableChange::AddPrimaryKey));
        }
    }
}

/// The names of the parts that a table has: a part cannot be renamed to one of them, even to one that is dropped.
pub(crate) fn part_names(table: &Table) -> HashSet<Str> {
    (table.primary_key.iter().map(|key| &key.name))
        .chain(table.uniques.iter().map(|unique| &unique.name))
        .chain(table.indexes.iter().map(|index| &index.name))
        .chain(table.foreign_keys.iter().map(|key| &key.name))
        .chain(table.checks.iter().map(|check| &check.name))
        .chain(table.exclusions.iter().map(|exclusion| &exclusion.name))
        .flatten()
        .cloned()
        .collect()
}

/// Parts of one kind: the same by name and content, renamed when only the name differs, else dropped and added. A part
/// without a name (SQLite keeps unnamed constraints) is known by its content.
fn parts<T: Clone + PartialEq>(
    before: &[T],
    after: &[T],
    part: impl Fn(T) -> Part,
    taken: &HashSet<Str>,
    changes: &mut Vec<TableChange>,
) {
    // Each stays once: of two that are equal, one may go.
    let mut new: Vec<&T> = after.iter().collect();
    let mut old: Vec<Part> = Vec::new();
    for item in before {
        match new.iter().position(|other| *other == item) {
            Some(at) => drop(new.remove(at)),
            None => old.push(part(item.clone())),
        }
    }
    let mut added = Vec::new();
    let mut renamed = Vec::new();
    for to in new.into_iter().cloned().map(&part) {
        let same = |from: &Part| {
            from.clone().unnamed() == to.clone().unnamed()
                && (from.name().is_empty() || to.name().is_empty() || !taken.contains(to.name()))
        };
        match old.iter().position(same) {
            None => added.push(to.add()),
            Some(at) => {
                let from = old.remove(at);
                if !from.name().is_empty() && !to.name().is_empty() {
                    renamed.push(TableChange::RenamePart { from: from.name().to_owned().into(), to });
                }
            }
        }
    }
    changes.extend(old.into_iter().map(Part::drop));
    changes.extend(renamed);
    changes.extend(added);
}
