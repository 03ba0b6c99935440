//! A drop and an add that look like one rename: asked about, never made.

use std::collections::BTreeMap;
use std::fmt;

use cqrs_core::schema::{Column, ObjectName, SqlObject, Str, Table};

use super::RENAMED;
use super::answers::Named;
use crate::change::{Change, TableAlteration, TableChange};

/// A table or column that goes, while others come that look like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyRename {
    pub(crate) old: Named,
    /// The table under its new name, where a column goes.
    pub(crate) table: ObjectName,
    /// At least one, the likeliest first.
    pub(crate) candidates: Vec<Named>,
}

impl LikelyRename {
    /// Whether it is what a change speaks of: by the name that the table shall have.
    #[cfg(feature = "cli")]
    pub(crate) fn is_about(&self, table: &ObjectName, column: Option<&str>) -> bool {
        self.table == *table && self.old.column.as_deref() == column
    }

    /// The name that goes: `orders.total`.
    #[must_use]
    pub fn old(&self) -> String {
        self.old.to_string()
    }

    /// The names that it may have now, the likeliest first: `orders.amount`.
    #[must_use]
    pub fn candidates(&self) -> Vec<String> {
        self.candidates.iter().map(ToString::to_string).collect()
    }

    /// The answers that say which of the candidates it is, as they are typed: `--rename orders.total=orders.amount`.
    #[must_use]
    pub fn rename_options(&self) -> Vec<String> {
        self.candidates.iter().map(|new| format!("--rename {}", for_shell(&format!("{}={new}", self.old)))).collect()
    }

    /// The answer that says that it is none of them, as it is typed: `--drop orders.total`.
    #[must_use]
    pub fn drop_option(&self) -> String {
        format!("--drop {}", for_shell(&self.old.to_string()))
    }
}

/// One line: `` `orders.total` may be `orders.amount` now``.
impl fmt::Display for LikelyRename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` may be `{}` now", self.old, self.candidates().join("` or `"))
    }
}

/// In quotes where a shell would read anything else into it.
pub(crate) fn for_shell(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_.=-".contains(letter);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// The drops among changes that look like renames.
pub(crate) fn likely_renames(changes: &[Change]) -> Vec<LikelyRename> {
    let old_names: BTreeMap<&ObjectName, &ObjectName> = changes
        .iter()
        .filter_map(|change| match change {
            Change::RenameTable { from, to } => Some((to, from)),
            _ => None,
        })
        .collect();
    let created: Vec<&Table> = changes
        .iter()
        .filter_map(|change| match change {
            Change::CreateTable(table) => Some(table),
            _ => None,
        })
        .collect();
    let mut likely = Vec::new();
    for change in changes {
        match change {
            // What was renamed to make way is known to go.
            Change::DropTable(table) if !old_names.contains_key(&table.object_name()) => {
                let like = created.iter().filter_map(|new| Some((table_likeness(table, new)?, new.object_name())));
                let named = |table| Named { table, column: None };
                let name = table.object_name();
                likely.extend(likely_rename(named(name.clone()), &name, like.map(|(like, name)| (like, named(name)))));
            }
            Change::DropEnum(_) | Change::DropView(_) | Change::DropObject(_) => {
                let gone = change.object().name;
                let like = changes.iter().filter_map(|new| Some((object_likeness(change, new)?, new.object().name)));
                let named = |table| Named { table, column: None };
                likely.extend(likely_rename(named(gone.clone()), &gone, like.map(|(like, name)| (like, named(name)))));
            }
            Change::AlterTable(alteration) => {
                let name = alteration.after.object_name();
                let old_name = old_names.get(&name).copied().unwrap_or(&name);
                likely.extend(likely_columns(alteration, old_name));
            }
            _ => {}
        }
    }
    likely
}

fn likely_columns(alteration: &TableAlteration, old_table: &ObjectName) -> Vec<LikelyRename> {
    let (mut dropped, mut added): (Vec<&Column>, Vec<&Column>) = (Vec::new(), Vec::new());
    for change in &alteration.changes {
        match change {
            TableChange::DropColumn(column) => dropped.push(column),
            TableChange::AddColumn(column) => added.push(column),
            _ => {}
        }
    }
    let made_way = |name: &Str| {
        alteration.changes.iter().any(|change| matches!(change, TableChange::RenameColumn { to, .. } if to == name))
    };
    let holds_values = |column: &&&Column| column.generated.is_none() && !made_way(&column.name);
    let table = alteration.after.object_name();
    let rename = |old: &&Column| {
        let like = added.iter().filter(|new| new.generated.is_none()).filter_map(|new| {
            let named = Named { table: table.clone(), column: Some(new.name.clone()) };
            Some((column_likeness(old, new)?, named))
        });
        likely_rename(Named { table: old_table.clone(), column: Some(old.name.clone()) }, &table, like)
    };
    dropped.iter().filter(holds_values).filter_map(rename).collect()
}

fn likely_rename(
    old: Named,
    table: &ObjectName,
    candidates: impl Iterator<Item = (f64, Named)>,
) -> Option<LikelyRename> {
    let mut candidates: Vec<(f64, Named)> = candidates.collect();
    candidates.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let candidates: Vec<Named> = candidates.into_iter().map(|(_, named)| named).collect();
    (!candidates.is_empty()).then_some(LikelyRename { old, table: table.clone(), candidates })
}

/// How alike two names are that may be one.
const SIMILAR: f64 = 0.85;

fn name_likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(&one.to_lowercase(), &other.to_lowercase())
}

/// Columns of one type are alike, and those with similar names.
fn column_likeness(old: &Column, new: &Column) -> Option<f64> {
    let same_type = old.column_type == new.column_type && old.nullable == new.nullable;
    let likeness = name_likeness(&old.name, &new.name);
    (same_type || likeness >= SIMILAR).then_some(likeness + if same_type { 1.0 } else { 0.0 })
}

/// Enum types are alike that have the same labels, views of the same query, and other types and sequences that say the same
/// but for their names.
fn object_likeness(gone: &Change, new: &Change) -> Option<f64> {
    let is_alike = match (gone, new) {
        (Change::DropEnum(gone), Change::CreateEnum(new)) => gone.values == new.values,
        (Change::DropView(gone), Change::CreateView(new)) => {
            gone.query == new.query && gone.materialized == new.materialized
        }
        (Change::DropObject(gone), Change::CreateObject(new)) => {
            gone.id.kind == new.id.kind && RENAMED.contains(&gone.id.kind) && without_name(gone) == without_name(new)
        }
        _ => false,
    };
    is_alike.then(|| name_likeness(&gone.object().name.name, &new.object().name.name))
}

/// What an object says but for its name.
fn without_name(object: &SqlObject) -> Vec<String> {
    let texts = object.options.iter().chain([&object.definition]);
    texts.map(|text| text.replace(&*object.id.name.name, "\0")).collect()
}

/// Tables are alike that have nearly the same columns; half of them do where the names are similar.
fn table_likeness(old: &Table, new: &Table) -> Option<f64> {
    let shared = (old.columns.iter())
        .filter(|column| new.column(&column.name).is_some_and(|other| other.column_type == column.column_type))
        .count();
    let all = old.columns.len() + new.columns.len();
    let share = if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 };
    let likeness = name_likeness(&old.name, &new.name);
    let alike = share >= 0.75 || share >= 0.5 && likeness >= SIMILAR;
    alike.then_some(share + likeness)
}
