//! Foreign keys: they go before what they hold, and come after what they need.

use std::collections::{BTreeSet, HashSet};
use std::iter;

use cqrs_core::schema::{ForeignKey, IndexKey, IndexPart, ObjectName, Str, Table};

use super::{Planner, alterations_in, is_added_key_or_index};
use crate::change::{TableAlteration, TableChange, former_name};

impl<'a> Planner<'a> {
    /// Foreign keys that go, that stand between tables that go, or that hold a column or key that changes.
    pub(super) fn drop_foreign_keys(&mut self) {
        if !self.in_parts() {
            return;
        }
        let held = self.held_foreign_keys();
        for (name, table) in &self.before.tables {
            let alteration = self.alterations().find(|alteration| alteration.after.object_name() == *name);
            let mut drops: Vec<TableChange> = alteration
                .iter()
                .flat_map(|alteration| alteration.changes.iter())
                .flat_map(|change| self.without_rename(change))
                .filter(|change| matches!(change, TableChange::DropForeignKey(_)))
                .collect();
            drops.extend(
                held.iter().filter(|(of, _)| of == name).map(|(_, key)| TableChange::DropForeignKey(key.clone())),
            );
            if drops.is_empty() {
                continue;
            }
            // Nothing is renamed yet: the table still has its old name.
            let former = former_name(name, self.changes);
            let old = Table { schema: former.schema, name: former.name, ..table.clone() };
            let alteration = TableAlteration { before: old.clone(), after: old, changes: Vec::new() };
            self.alter(&alteration, drops);
        }
        let dropped = self.dropped_tables();
        for (table, keys) in backwards_keys(&dropped) {
            let alteration = TableAlteration { before: table.clone(), after: table, changes: Vec::new() };
            self.alter(&alteration, keys.into_iter().map(TableChange::DropForeignKey).collect());
        }
    }

    /// Foreign keys that stay, but over a column whose type changes, or pointing at a key that is dropped, or at a table of which
    /// a partition is none for a while: they are dropped first and made again last. Those of a table that goes, which is dropped last, are
    /// only dropped.
    pub(super) fn held_foreign_keys(&self) -> Vec<(ObjectName, ForeignKey)> {
        let mut touched: HashSet<(ObjectName, Str)> = HashSet::new();
        let mut divided: HashSet<&ObjectName> = HashSet::new();
        for alteration in self.alterations().chain(alterations_in(self.asked)) {
            if alteration.changes.contains(&TableChange::SetInheritance) && alteration.after.partition_bound.is_some() {
                divided.extend(self.wholes_of(&alteration.before));
            }
            let name = alteration.after.object_name();
            let retyped = self.rules.retyped_with_table(alteration);
            touched.extend(retyped.into_iter().map(|column| (name.clone(), column)));
            for change in &alteration.changes {
                let columns: Vec<Str> = match change {
                    TableChange::AlterColumn { before, after }
                        if before.column_type != after.column_type || before.collation != after.collation =>
                    {
                        vec![after.name.clone()]
                    }
                    TableChange::DropColumn(column) => vec![column.name.clone()],
                    TableChange::DropPrimaryKey(key) => key.columns.to_vec(),
                    TableChange::DropUnique(unique) => unique.columns.to_vec(),
                    // What is made again under its name has gone with the key of the table that this is a partition of.
                    TableChange::AddPrimaryKey(_) => {
                        alteration.before.primary_key.iter().flat_map(|key| key.columns.to_vec()).collect()
                    }
                    TableChange::AddUnique(unique) => {
                        let same = alteration.before.uniques.iter().filter(|old| old.name == unique.name);
                        same.flat_map(|old| old.columns.to_vec()).collect()
                    }
                    TableChange::DropIndex(index) if index.unique || self.rules.capabilities().any_index_holds_keys => {
                        index.parts.iter().filter_map(column_of).cloned().collect()
                    }
                    _ => vec![],
                };
                touched.extend(columns.into_iter().map(|column| (name.clone(), column)));
            }
        }
        let mut held = Vec::new();
        for (name, table) in &self.before.tables {
            let after = self.after.tables.get(name);
            let stays = |key: &ForeignKey| after.is_none_or(|after| after.foreign_keys.contains(key));
            for key in table.foreign_keys.iter().filter(|key| stays(key)) {
                let own = key.columns.iter().any(|column| touched.contains(&(name.clone(), column.clone())));
                let theirs = (key.referenced_columns.iter())
                    .any(|column| touched.contains(&(key.references.clone(), column.clone())));
                if own || theirs || divided.contains(&key.references) {
                    held.push((name.clone(), key.clone()));
                }
            }
        }
        held
    }

    /// The tables that a table is a part of, the next one first.
    fn wholes_of(&self, table: &'a Table) -> impl Iterator<Item = &'a ObjectName> {
        iter::successors(table.partition_of(), |name| self.before.tables.get(*name).and_then(Table::partition_of))
    }

    /// Whether others refer to a table that this is a partition of.
    pub(super) fn is_part_of_referred(&self, table: &'a Table) -> bool {
        self.wholes_of(table).any(|whole| self.referred.contains(whole))
    }

    /// The foreign keys of a new table that can be made with it, and those that wait: for a table made later, or for
    /// one whose keys are being changed.
    pub(super) fn split_foreign_keys<'t>(
        &self,
        table: &'t Table,
        later: &HashSet<ObjectName>,
    ) -> (Vec<&'t ForeignKey>, Vec<&'t ForeignKey>) {
        table.foreign_keys.iter().partition(|key| {
            !self.in_parts() || (!later.contains(&key.references) && !self.altered.contains(&key.references))
        })
    }

    pub(super) fn add_foreign_keys(&mut self) {
        if !self.in_parts() {
            return;
        }
        let mut adds: Vec<(ObjectName, ForeignKey)> = Vec::new();
        let mut later: HashSet<ObjectName> = self.created_tables().map(Table::object_name).collect();
        for table in &self.created {
            later.remove(&table.object_name());
            let (_, waiting) = self.split_foreign_keys(table, &later);
            adds.extend(waiting.into_iter().map(|key| (table.object_name(), key.clone())));
        }
        for alteration in self.alterations() {
            let name = alteration.after.object_name();
            for change in alteration.changes.iter().flat_map(|change| self.without_rename(change)) {
                if let TableChange::AddForeignKey(key) = change {
                    adds.push((name.clone(), key));
                }
            }
        }
        adds.extend(self.held_foreign_keys());
        let (late, now): (Vec<_>, Vec<_>) = {
            let late_keys = self.late_keys();
            adds.into_iter().partition(|(_, key)| {
                let columns: BTreeSet<&Str> = key.referenced_columns.iter().collect();
                let is_key = |of: &BTreeSet<&Str>| columns.is_empty() || columns == *of;
                late_keys.iter().any(|(table, of)| *table == key.references && is_key(of))
            })
        };
        now.into_iter().for_each(|(name, key)| self.add_foreign_key(&name, key));
        let steps = std::mem::take(&mut self.steps);
        let mut later = std::mem::take(&mut self.later);
        late.into_iter().for_each(|(name, key)| self.add_foreign_key(&name, key));
        later.append(&mut self.steps);
        later.append(&mut self.later);
        (self.steps, self.later) = (steps, later);
    }

    pub(super) fn add_foreign_key(&mut self, table: &ObjectName, key: ForeignKey) {
        let Some(table) = self.after.tables.get(table) else { return };
        let before = self.before.tables.get(&table.object_name()).unwrap_or(table).clone();
        let alteration = TableAlteration { before, after: table.clone(), changes: Vec::new() };
        self.alter_online(&alteration, vec![TableChange::AddForeignKey(key)]);
    }

    /// The keys that are made later, and those that may go only then to make room for them, each as its table and columns: a
    /// foreign key to one has to wait. Of two keys over its columns, only the server knows on which one it stands.
    pub(super) fn late_keys(&self) -> Vec<(ObjectName, BTreeSet<&Str>)> {
        let mut keys = Vec::new();
        for alteration in self.alterations() {
            let is_late = |change: &TableChange| {
                self.online(alteration, change).is_some()
                    || (self.in_parts() && Self::waits_for_fill(alteration, change))
            };
            let of_keys = alteration.changes.iter().filter_map(|change| Some((change, key_columns(change)?)));
            let (added, dropped): (Vec<_>, Vec<_>) = of_keys.partition(|(change, _)| is_added_key_or_index(change));
            let late: Vec<_> = added.into_iter().filter(|(change, _)| is_late(change)).collect();
            if !late.is_empty() {
                let all = late.into_iter().chain(dropped);
                keys.extend(all.map(|(_, columns)| (alteration.after.object_name(), columns)));
            }
        }
        keys
    }
}

/// The columns of a key that is added or dropped.
fn key_columns(change: &TableChange) -> Option<BTreeSet<&Str>> {
    match change {
        TableChange::AddPrimaryKey(key) | TableChange::DropPrimaryKey(key) => Some(key.columns.iter().collect()),
        TableChange::AddUnique(key) | TableChange::DropUnique(key) => Some(key.columns.iter().collect()),
        TableChange::AddIndex(index) | TableChange::DropIndex(index) if index.unique => {
            Some(index.parts.iter().filter_map(column_of).collect())
        }
        _ => None,
    }
}

fn column_of(part: &IndexPart) -> Option<&Str> {
    match &part.key {
        IndexKey::Column(column) => Some(column),
        IndexKey::Expression(_) => None,
    }
}

/// Of tables in the order in which they are dropped: the foreign keys that point at a table dropped before their own.
fn backwards_keys(dropped: &[Table]) -> Vec<(Table, Vec<ForeignKey>)> {
    let mut gone: HashSet<ObjectName> = HashSet::new();
    let mut backwards = Vec::new();
    for table in dropped {
        let keys: Vec<ForeignKey> =
            table.foreign_keys.iter().filter(|key| gone.contains(&key.references)).cloned().collect();
        if !keys.is_empty() {
            backwards.push((table.clone(), keys));
        }
        gone.insert(table.object_name());
    }
    backwards
}

#[cfg(test)]
mod tests {
    use cqrs_core::schema::{Column, ColumnType, Dependency, ObjectId, ObjectKind, Schema, SqlObject};

    use super::*;
    use crate::dialect::Dialect;
    use crate::diff::{Renames, diff};
    use crate::plan::plan;

    /// By itself `users` would be made before `drafts`, which refers to it; with what both stand around, after it.
    #[test]
    fn a_foreign_key_waits_where_an_object_is_made_between_two_tables() {
        let table = |name: &'static str| {
            let mut table = Table::new(name);
            table.columns = vec![Column::new("id", ColumnType::native("bigint"))].into();
            table
        };
        let sequence = ObjectId::new(ObjectKind::Sequence, ObjectName::new("numbers"));
        let (mut drafts, mut users) = (table("drafts"), table("users"));
        drafts.foreign_keys = vec![ForeignKey {
            name: Some("of_user".into()),
            columns: vec!["id".into()].into(),
            references: users.object_name(),
            referenced_columns: vec!["id".into()].into(),
            ..ForeignKey::default()
        }]
        .into();
        users.depends_on = vec![Dependency::on(sequence.clone())].into();
        let mut after = Schema::new();
        after.add_object(SqlObject {
            depends_on: vec![Dependency::on(ObjectId::table(drafts.object_name()))],
            ..SqlObject::new(sequence, "CREATE SEQUENCE numbers")
        });
        after.add_table(drafts);
        after.add_table(users);
        let before = Schema::new();
        let plan = plan(Dialect::Postgres, &before, &after, &diff(&before, &after, &Renames::default()));
        let sql = plan.sql();
        assert!(sql.contains("FOREIGN KEY"), "{sql}");
    }
}
