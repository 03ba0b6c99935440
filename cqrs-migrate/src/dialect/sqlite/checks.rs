//! What a script looks at when it is done.

use std::collections::BTreeSet;

use cqrs_core::schema::{ForeignKey, IndexKey, IndexPart, Schema, Str, Table};

use super::words::quote;

/// What lists the rows that refer to nothing. To ask about a table whose foreign key refers to columns that are no key is an
/// error, even among others.
pub(super) fn checks(schema: &Schema) -> Vec<String> {
    let can_be_checked = |table: &&Table| table.foreign_keys.iter().all(|key| refers_to_key(schema, key));
    let (checked, others): (Vec<&Table>, Vec<&Table>) = schema.tables.values().partition(can_be_checked);
    if others.is_empty() {
        return vec!["PRAGMA foreign_key_check".to_owned()];
    }
    let with_keys = checked.into_iter().filter(|table| !table.foreign_keys.is_empty());
    with_keys.map(|table| format!("PRAGMA foreign_key_check({})", quote(&table.name))).collect()
}

/// Whether a foreign key refers to nothing at all, or to the primary key, a unique constraint or a unique index of all rows.
/// <https://www.sqlite.org/foreignkeys.html#fk_indexes>
fn refers_to_key(schema: &Schema, key: &ForeignKey) -> bool {
    let Some(table) = schema.tables.get(&key.references) else { return !schema.views.contains_key(&key.references) };
    let primary = table.primary_key.iter().map(|primary| primary.columns.to_vec());
    if key.referenced_columns.is_empty() {
        return primary.into_iter().any(|columns| columns.len() == key.columns.len());
    }
    let unique = table.uniques.iter().map(|unique| unique.columns.to_vec());
    let indexes = table.indexes.iter().filter(|index| index.unique && index.predicate.is_none());
    let indexes = indexes.filter_map(|index| {
        let column = |part: &IndexPart| match &part.key {
            IndexKey::Column(name) if part.collation.is_none() => Some(name.clone()),
            _ => None,
        };
        index.parts.iter().map(column).collect::<Option<Vec<Str>>>()
    });
    let set = |columns: &[Str]| columns.iter().map(|name| name.to_ascii_lowercase()).collect::<BTreeSet<String>>();
    let referred = set(&key.referenced_columns);
    primary.chain(unique).chain(indexes).any(|columns| set(&columns) == referred)
}
