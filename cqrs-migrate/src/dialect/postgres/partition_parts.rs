//! The keys and indexes of a table as parts, and what of them is about partitions.

use cqrs_core::schema::{IndexKey, List, Str, Table};

use super::clauses::{PARTITION_OF, sort, value};
use crate::change::{Part, TableChange};

pub(super) fn keys(table: &Table) -> impl Iterator<Item = Part> {
    let primary_key = table.primary_key.iter().cloned().map(Part::PrimaryKey);
    let uniques = table.uniques.iter().cloned().map(Part::Unique);
    primary_key.chain(uniques).chain(table.indexes.iter().cloned().map(Part::Index))
}

/// The index that one of a partition is a part of, in quotes.
pub(super) fn attached(part: &Part) -> Option<&str> {
    value(part.options(), PARTITION_OF)
}

pub(super) fn with_whole(part: Part, whole: Option<&str>) -> Part {
    let others = part.options().iter().filter(|clause| !clause.starts_with(PARTITION_OF)).cloned();
    let whole = whole.map(|whole| format!("{PARTITION_OF}{whole}").into());
    let mut options: Vec<Str> = others.chain(whole).collect();
    sort(&mut options);
    with_options(part, options.into())
}

pub(super) fn with_options(mut part: Part, options: List<Str>) -> Part {
    match &mut part {
        Part::PrimaryKey(key) => key.options = options,
        Part::Unique(key) => key.options = options,
        Part::Index(index) => index.options = options,
        Part::ForeignKey(_) | Part::Check(_) | Part::Exclusion(_) => {}
    }
    part
}

/// Puts a key or index in the place of the one of its name.
pub(super) fn put(table: &mut Table, part: Part) {
    match part {
        Part::PrimaryKey(key) => table.primary_key = Some(key),
        Part::Unique(key) => {
            table.uniques.to_mut().iter_mut().filter(|old| old.name == key.name).for_each(|old| *old = key.clone());
        }
        Part::Index(index) => {
            table.indexes.to_mut().iter_mut().filter(|old| old.name == index.name).for_each(|old| *old = index.clone());
        }
        Part::ForeignKey(_) | Part::Check(_) | Part::Exclusion(_) => {}
    }
}

/// What a key or index is over.
pub(super) fn columns(part: &Part) -> Vec<IndexKey> {
    match part {
        Part::PrimaryKey(key) => key.columns.iter().cloned().map(IndexKey::Column).collect(),
        Part::Unique(key) => key.columns.iter().cloned().map(IndexKey::Column).collect(),
        Part::Index(index) => index.parts.iter().map(|part| part.key.clone()).collect(),
        Part::ForeignKey(_) | Part::Check(_) | Part::Exclusion(_) => Vec::new(),
    }
}

/// Whether a change says what becomes of a key or index.
pub(super) fn is_about(change: &TableChange, part: &Part) -> bool {
    match change {
        TableChange::AlterPart { before, .. } => before == part,
        TableChange::RenamePart { from, to } => to.kind() == part.kind() && **from == *part.name(),
        change => change.dropped_part().as_ref() == Some(part),
    }
}
