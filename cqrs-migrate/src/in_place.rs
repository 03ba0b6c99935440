//! Parts of tables that need not be dropped and made again, because the database alters them where they stand.

use std::collections::BTreeSet;

use cqrs_core::schema::{ObjectName, Str, Table};

use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::dialect::Rules;

/// The changes, with a [`TableChange::AlterPart`] for each part that is dropped and added under one name and that the
/// database alters in place.
pub(crate) fn in_place(rules: &dyn Rules, mut changes: Vec<Change>) -> Vec<Change> {
    pair(rules, &mut changes, |part| !matches!(part, Part::ForeignKey(_)));
    // Foreign keys stand on the keys that by now are known to stay.
    pair(rules, &mut changes, |part| matches!(part, Part::ForeignKey(_)));
    for change in &mut changes {
        if let Change::AlterTable(alteration) = change {
            set_again(rules, alteration);
        }
    }
    changes
}

/// What a table says of a part is gone with the part, and said again of the one that takes its place.
fn set_again(rules: &dyn Rules, alteration: &mut TableAlteration) {
    let TableAlteration { before: table, after, changes } = alteration;
    let gone: Vec<Part> = changes.iter().filter_map(TableChange::dropped_part).collect();
    let is_lost = |clause: &Str| gone.iter().any(|part| rules.goes_with_part(table, part.name(), clause));
    let lost: Vec<Str> =
        table.options.iter().filter(|clause| after.options.contains(clause) && is_lost(clause)).cloned().collect();
    if lost.is_empty() {
        return;
    }
    let set = changes.iter_mut().find_map(|change| match change {
        TableChange::SetOptions { before, .. } => Some(before),
        _ => None,
    });
    match set {
        Some(before) => before.to_mut().retain(|clause| !lost.contains(clause)),
        None => changes.push(TableChange::SetOptions {
            before: table.options.iter().filter(|clause| !lost.contains(clause)).cloned().collect(),
            after: after.options.clone(),
        }),
    }
}

fn pair(rules: &dyn Rules, changes: &mut [Change], is_meant: impl Fn(&Part) -> bool) {
    let unsettled: BTreeSet<ObjectName> = changes
        .iter()
        .filter_map(|change| match change {
            Change::AlterTable(alteration) if alteration.changes.iter().any(takes_keys_along) => {
                Some(alteration.after.object_name())
            }
            _ => None,
        })
        .collect();
    let is_settled = |table: &Table, changes: &[TableChange], part: &Part| {
        let refers_to = match part {
            Part::ForeignKey(key) => Some(&key.references),
            _ => None,
        };
        !changes.iter().any(takes_parts_along)
            && refers_to.is_none_or(|name| !unsettled.contains(name) && !unsettled.contains(&table.object_name()))
    };
    for change in changes {
        let Change::AlterTable(TableAlteration { after: table, changes, .. }) = change else { continue };
        let mut altered: Vec<(usize, usize, TableChange)> = Vec::new();
        for (added_at, change) in changes.iter().enumerate() {
            let Some(after) = change.added_part().filter(&is_meant) else { continue };
            let Some((dropped_at, before)) = same_dropped(changes, &after) else { continue };
            if is_settled(table, changes, &after) && rules.alters_part(table, &before, &after) {
                altered.push((dropped_at, added_at, TableChange::AlterPart { before, after }));
            }
        }
        let gone: BTreeSet<usize> = altered.iter().map(|(dropped_at, ..)| *dropped_at).collect();
        for (_, added_at, change) in altered {
            changes[added_at] = change;
        }
        let mut at = 0..;
        changes.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
    }
}

/// Whether a change makes what stands on a column be dropped and made again.
fn takes_parts_along(change: &TableChange) -> bool {
    match change {
        TableChange::DropColumn(_) | TableChange::SetInheritance => true,
        TableChange::AlterColumn { before, after } => {
            before.column_type != after.column_type
                || before.collation != after.collation
                || before.generated != after.generated
        }
        _ => false,
    }
}

/// Whether a change makes the foreign keys to and from a table be dropped and made again.
fn takes_keys_along(change: &TableChange) -> bool {
    let drops_key =
        matches!(change, TableChange::DropPrimaryKey(_) | TableChange::DropUnique(_) | TableChange::DropIndex(_));
    drops_key || takes_parts_along(change)
}

/// The part of the same kind and name that is dropped, and where that is said.
fn same_dropped(changes: &[TableChange], after: &Part) -> Option<(usize, Part)> {
    let parts = changes.iter().enumerate().filter_map(|(at, change)| Some((at, change.dropped_part()?)));
    parts
        .into_iter()
        .find(|(_, before)| !after.name().is_empty() && before.name() == after.name() && before.kind() == after.kind())
}
