//! `COMPAT…`: what breaks the version of the service that runs until the new one has taken its place.

use cqrs_core::schema::{Column, ObjectKind, PrimaryKey, Str};

use super::Hazard;
use super::types::{driver_type, lost_labels};
use crate::change::{Change, TableAlteration, TableChange, former_name};

const DROP_LATER: &str = "deploy a version that does not use it first, and drop it in a later revision";
const RENAME_LATER: &str =
    "add the new one beside it, write to both, move the readers over, and drop the old one in a later revision";

pub(super) fn hazards(change: &Change, changes: &[Change]) -> Vec<Hazard> {
    match change {
        Change::DropTable(table) => {
            vec![Hazard::new(
                "COMPAT001",
                former_name(&table.object_name(), changes),
                "the running version may still use the table",
                DROP_LATER,
            )]
        }
        Change::DropView(view) => {
            let name = former_name(&view.name, changes);
            vec![Hazard::new("COMPAT001", name, "the running version may still read the view", DROP_LATER)]
        }
        Change::DropObject(object) if is_called(object.id.kind) => {
            let message = format!("the running version may still use the {}", object.id.kind);
            vec![Hazard::new("COMPAT001", &object.id.name, message, DROP_LATER)]
        }
        Change::RenameTable { from, to } => vec![Hazard::new(
            "COMPAT003",
            from,
            format!("the running version does not know that the table is `{to}` now"),
            RENAME_LATER,
        )],
        Change::RenameObject { from, to } => vec![Hazard::new(
            "COMPAT003",
            &from.name,
            format!("the running version does not know that the {} is `{to}` now", to.kind),
            RENAME_LATER,
        )],
        Change::RenameLabel { enum_type, from, to } => {
            vec![Hazard::new("COMPAT008", enum_type, knows_labels([(from, to)]), RENAME_LATER)]
        }
        Change::AlterTable(alteration) => {
            let of_columns = alteration.changes.iter().filter_map(|change| of_column(alteration, change));
            of_columns.chain(primary_key(alteration)).collect()
        }
        Change::AlterEnum { before, after } if before.values.iter().any(|value| !after.values.contains(value)) => {
            vec![enum_label(&after.name)]
        }
        _ => vec![],
    }
}

/// What statements of a service name by itself, and not only by way of a table.
fn is_called(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Aggregate | ObjectKind::Sequence)
}

fn of_column(alteration: &TableAlteration, change: &TableChange) -> Option<Hazard> {
    let table = alteration.after.object_name();
    let hazard =
        |code, name: &Str, message: String, help| Some(Hazard::new(code, format!("{table}.{name}"), message, help));
    match change {
        TableChange::DropColumn(column) => {
            let message = "the running version may still use the column".to_owned();
            hazard("COMPAT002", &column.name, message, DROP_LATER)
        }
        TableChange::RenameColumn { from, to } => {
            let message = format!("the running version does not know that the column is `{to}` now");
            hazard("COMPAT004", from, message, RENAME_LATER)
        }
        TableChange::RenameLabels { after, labels, .. } => {
            hazard("COMPAT008", &after.name, knows_labels(labels), RENAME_LATER)
        }
        TableChange::AddColumn(column) if is_required(column) => hazard(
            "COMPAT005",
            &column.name,
            "the running version does not set the new column, which must not be null and has no default".to_owned(),
            "give it a default, or make it required once no version runs that does not set it",
        ),
        TableChange::AlterColumn { before, after } => {
            of_altered(before, after).and_then(|(code, message, help)| hazard(code, &after.name, message, help))
        }
        _ => None,
    }
}

fn of_altered(before: &Column, after: &Column) -> Option<(&'static str, String, &'static str)> {
    let (old, new) = (before.column_type.native_text(), after.column_type.native_text());
    if lost_labels(old, new).is_some() {
        return Some((
            "COMPAT008",
            "the running version may still write the label that goes".to_owned(),
            "deploy a version that does not write it first",
        ));
    }
    if before.generated.is_none() && after.generated.is_some() {
        return Some((
            "COMPAT006",
            "the running version may still write the column, which becomes a generated one".to_owned(),
            "deploy a version that does not write it first",
        ));
    }
    if driver_type(old) != driver_type(new) {
        return Some((
            "COMPAT006",
            format!("the running version reads and writes {old}, and the column becomes {new}"),
            "add a column of the new type beside it, write to both, move the readers over, and drop the old one later",
        ));
    }
    (is_required(after) && !is_required(before)).then(|| {
        (
            "COMPAT005",
            "the running version may leave the column out or write a null".to_owned(),
            "deploy a version that always sets it first",
        )
    })
}

/// Labels: old -> new.
fn knows_labels<'l>(labels: impl IntoIterator<Item = (&'l Str, &'l Str)>) -> String {
    let told: Vec<String> = labels.into_iter().map(|(from, to)| format!("the label `{from}` is `{to}` now")).collect();
    format!("the running version does not know that {}", told.join(" and "))
}

fn is_required(column: &Column) -> bool {
    !column.nullable && column.default.is_none() && column.generated.is_none() && !column.auto_increment
}

fn primary_key(alteration: &TableAlteration) -> Option<Hazard> {
    let columns = |key: &PrimaryKey| format!("({})", key.columns.join(", "));
    let or_none = |key: Option<&PrimaryKey>| key.map_or_else(|| "none".to_owned(), columns);
    let (mut dropped, mut added) = (None, None);
    for change in &alteration.changes {
        match change {
            TableChange::DropPrimaryKey(key) => dropped = Some(key),
            TableChange::AddPrimaryKey(key) => added = Some(key),
            _ => {}
        }
    }
    let (old, new) = (or_none(dropped), or_none(added));
    (old != new).then(|| {
        Hazard::new(
            "COMPAT007",
            alteration.after.object_name(),
            format!("the primary key changes from {old} to {new}, by which the running version tells rows apart"),
            "keep a unique constraint over the old columns until no version runs that relies on them",
        )
    })
}

fn enum_label(name: &dyn std::fmt::Display) -> Hazard {
    Hazard::new(
        "COMPAT008",
        name,
        "the running version may still write the label that goes",
        "deploy a version that does not write it first",
    )
}
