//! What goes, and what has to go for a while because something under it changes.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, ObjectName, SqlObject, Str, Table, View};

use super::Planner;
use crate::change::{Change, Part, TableAlteration, TableChange, former_id, former_name};
use crate::diff::part_names;
use crate::graph::is_of_type;

impl Planner<'_> {
    /// The views and objects that go, that cannot be altered where they stand, or that stand on what changes under them:
    /// they are dropped and, where they stay, made again.
    pub(super) fn moved(&self) -> BTreeSet<ObjectId> {
        let follows = self.rules.capabilities().renames_follow;
        let mut gone: BTreeSet<ObjectId> = BTreeSet::new();
        let mut tables: BTreeMap<ObjectId, BTreeSet<&Str>> = BTreeMap::new();
        for change in self.changes {
            match change {
                Change::DropView(_) | Change::DropObject(_) => {
                    gone.insert(change.object());
                }
                Change::AlterView { before, after } if self.rules.alter_view(before, after).is_none() => {
                    gone.insert(change.object());
                }
                Change::AlterObject { before, after } if self.rules.alter_object(before, after).is_none() => {
                    gone.insert(change.object());
                }
                Change::DropTable(_) => {
                    tables.insert(change.object(), BTreeSet::new());
                }
                Change::AlterEnum { before, after } if self.rules.replaces_enum(before, after) => {
                    tables.insert(change.object(), BTreeSet::new());
                    for (name, table) in &self.before.tables {
                        let columns = table.columns.iter().filter(|column| is_of_type(column, &before.name));
                        let columns: BTreeSet<&Str> = columns.map(|column| &column.name).collect();
                        if !columns.is_empty() {
                            tables.entry(ObjectId::table(name.clone())).or_default().extend(columns);
                        }
                    }
                }
                Change::RenameTable { .. } if !follows => {
                    tables.insert(change.object(), BTreeSet::new());
                }
                Change::AlterTable(alteration) => {
                    let columns: BTreeSet<&Str> =
                        alteration.changes.iter().filter_map(|change| moved_column(change, follows)).collect();
                    if columns.is_empty() {
                        continue;
                    }
                    match tables.entry(change.object()) {
                        // Where the whole table moves, so do its columns.
                        Entry::Occupied(known) if known.get().is_empty() => {}
                        Entry::Occupied(mut known) => known.get_mut().extend(columns),
                        Entry::Vacant(new) => drop(new.insert(columns)),
                    }
                }
                _ => {}
            }
        }
        let stands_on_moved = |user: &ObjectId, need: &Dependency| {
            !matches!(user.kind, ObjectKind::Table | ObjectKind::Enum)
                && match tables.get(&need.on) {
                    Some(columns) if !columns.is_empty() => {
                        need.columns.iter().any(|column| columns.contains(column))
                            || (need.columns.is_empty() && user.kind == ObjectKind::View)
                    }
                    _ => true,
                }
        };
        let roots = gone.iter().chain(tables.keys()).cloned().collect();
        let mut moved = self.stood_on.dependents(&roots, stands_on_moved);
        moved.extend(gone);
        moved
    }

    /// What moves and no table stands on.
    pub(super) fn drop_dependents(&mut self, moved: &BTreeSet<ObjectId>) {
        let early = moved.difference(&self.under_tables).cloned().collect();
        for id in self.stood_on.ordered(&early).into_iter().rev() {
            // Nothing is renamed yet.
            self.drop_called(&id, former_id(&id, self.changes));
        }
    }

    /// Tables and enums that go and whose names, or those of their keys and indexes, something else shall have: they go first. An
    /// enum that a table has until it is altered cannot.
    pub(super) fn drop_in_the_way(&mut self, moved: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        let mut gone: BTreeSet<ObjectId> =
            self.dropped(moved).into_iter().filter(|id| id.kind == ObjectKind::Table).collect();
        let enums = self.changes.iter().filter(|change| matches!(change, Change::DropEnum(_))).map(Change::object);
        let enums: Vec<ObjectId> = enums.collect();
        if gone.is_empty() && enums.is_empty() {
            return gone;
        }
        let named = |schema: &Option<Str>, name: &Str| ObjectName { schema: schema.clone(), name: name.clone() };
        let index_names = self.after.tables.values().flat_map(|table| {
            table.indexes.iter().filter_map(|index| index.name.as_ref()).map(|name| named(&table.schema, name))
        });
        let taken: HashSet<ObjectName> = index_names
            .chain(self.after.views.keys().cloned())
            .chain(self.after.enums.keys().cloned())
            .chain(self.after.objects.keys().filter(|id| id.table.is_none()).map(|id| id.name.clone()))
            .collect();
        let mut taken_by_parts: HashSet<ObjectName> = HashSet::new();
        for change in self.changes {
            match change {
                Change::CreateTable(table) => {
                    taken_by_parts.extend(part_names(table).iter().map(|name| named(&table.schema, name)));
                }
                Change::AlterTable(alteration) => {
                    let names = alteration.changes.iter().filter_map(|change| match change {
                        TableChange::RenamePart { to, .. } => Some(to.name().to_owned().into()),
                        TableChange::AddPrimaryKey(key) => key.name.clone(),
                        TableChange::AddUnique(key) => key.name.clone(),
                        TableChange::AddIndex(index) => index.name.clone(),
                        _ => None,
                    });
                    taken_by_parts.extend(names.map(|name| named(&alteration.after.schema, &name)));
                }
                _ => {}
            }
        }
        gone.retain(|id| {
            let parts = self.before.tables.get(&id.name).map(part_names).unwrap_or_default();
            taken.contains(&id.name) || parts.iter().any(|name| taken_by_parts.contains(&named(&id.name.schema, name)))
        });
        for id in &gone {
            self.drop_table(id);
        }
        for id in enums {
            let is_taken = self.after.tables.contains_key(&id.name) || taken.contains(&id.name);
            let users = self.stood_on.dependents(&[id.clone()].into(), |_, _| true);
            let is_dropped =
                |user: &ObjectId| gone.contains(user) || moved.contains(user) && !self.under_tables.contains(user);
            if is_taken && users.iter().all(is_dropped) {
                self.drop_enum(&id);
                gone.insert(id);
            }
        }
        gone
    }

    fn drop_enum(&mut self, id: &ObjectId) {
        if let Some(enum_type) = self.before.enums.get(&id.name) {
            self.push(format!("drop enum `{id}`"), true, self.rules.drop_enum(enum_type));
        }
    }

    /// Indexes and keys that go and whose names something of another table, or another object, shall have: they go first.
    pub(super) fn drop_parts_in_the_way(&mut self) {
        if !self.rules.capabilities().indexes_share_names {
            return;
        }
        for alteration in self.alterations() {
            for change in alteration.changes.iter().flat_map(|change| self.without_rename(change)).collect::<Vec<_>>() {
                let Some(part) = self.dropped_with_index(&change) else { continue };
                if !part.name().is_empty() && self.takes_name(alteration, &part) {
                    self.alter(alteration, vec![change]);
                    self.gone_parts.insert((alteration.after.object_name(), part.name().to_owned().into()));
                }
            }
        }
    }

    /// A part that goes and has an index. Where a table is made again for each change, the names of its keys are its own.
    fn dropped_with_index(&self, change: &TableChange) -> Option<Part> {
        let part = change.dropped_part()?;
        match part {
            Part::Index(_) => Some(part),
            Part::PrimaryKey(_) | Part::Unique(_) | Part::Exclusion(_) if self.in_parts() => Some(part),
            _ => None,
        }
    }

    pub(super) fn is_gone(&self, alteration: &TableAlteration, change: &TableChange) -> bool {
        let Some(part) = self.dropped_with_index(change) else { return false };
        self.gone_parts.contains(&(alteration.after.object_name(), part.name().to_owned().into()))
    }

    pub(super) fn drop_rest(&mut self, moved: &BTreeSet<ObjectId>, gone: &BTreeSet<ObjectId>) {
        for id in self.dropped(moved).into_iter().filter(|id| !gone.contains(id)) {
            match id.kind {
                ObjectKind::Table => self.drop_table(&id),
                ObjectKind::Enum => self.drop_enum(&id),
                _ => self.drop_one(&id),
            }
        }
    }

    /// Everything that goes and that [`Planner::drop_dependents`] leaves, each before what it stands on.
    pub(super) fn dropped(&self, moved: &BTreeSet<ObjectId>) -> Vec<ObjectId> {
        let late = moved.iter().filter(|id| self.under_tables.contains(*id) && !self.is_after(id)).cloned();
        let tables_and_enums =
            self.changes.iter().filter(|change| matches!(change, Change::DropTable(_) | Change::DropEnum(_)));
        let mut order = self.stood_on.ordered(&tables_and_enums.map(Change::object).chain(late).collect());
        order.reverse();
        order
    }

    pub(super) fn dropped_tables(&self) -> Vec<Table> {
        let order = self.dropped(&BTreeSet::new()).into_iter().filter(|id| id.kind == ObjectKind::Table);
        order.filter_map(|id| self.before.tables.get(&id.name)).cloned().collect()
    }

    pub(super) fn drop_table(&mut self, id: &ObjectId) {
        if let Some(table) = self.before.tables.get(&id.name) {
            let mut statements = vec![];
            if !self.detached.contains(&id.name) && self.is_part_of_referred(table) {
                statements = self.rules.detach_partition(table);
            }
            statements.extend(self.rules.drop_table(table));
            self.push(format!("drop table `{id}`"), false, statements);
        }
    }

    /// Partitions that become tables of their own, or parts of other tables, or get other bounds: before anything reaches them
    /// by way of the table that they are parts of. Those that go make room for those that come.
    pub(super) fn detach_partitions(&mut self) {
        let is_altered = |it: &&TableAlteration| it.changes.contains(&TableChange::SetInheritance);
        let comes = self.created_tables().chain(self.alterations().filter(is_altered).map(|it| &it.after));
        let growing: HashSet<&ObjectName> = comes.filter_map(Table::partition_of).collect();
        let dropped = self.changes.iter().filter_map(|change| match change {
            Change::DropTable(table) => table.partition_of().filter(|whole| growing.contains(whole)).map(|_| table),
            _ => None,
        });
        let altered = self.alterations().filter(is_altered).map(|it| &it.before);
        for table in altered.chain(dropped).collect::<Vec<_>>() {
            // Nothing is renamed yet.
            let former = former_name(&table.object_name(), self.changes);
            let inherits = table.inherits.iter().map(|parent| former_name(parent, self.changes)).collect();
            let old = Table { schema: former.schema, name: former.name, inherits, ..table.clone() };
            let statements = self.rules.detach_partition(&old);
            self.detached.extend((!statements.is_empty()).then(|| table.object_name()));
            self.push(format!("detach partition `{}`", old.object_name()), true, statements);
        }
    }

    /// A view or object that is there.
    pub(super) fn drop_one(&mut self, id: &ObjectId) {
        self.drop_called(id, id.clone());
    }

    /// A view or object by what it is called at the time.
    fn drop_called(&mut self, id: &ObjectId, called: ObjectId) {
        let description = format!("drop {} `{called}`", id.kind);
        if let Some(view) = self.before.views.get(&id.name).filter(|_| id.kind == ObjectKind::View) {
            let view = View { name: called.name, ..view.clone() };
            self.push(description, true, self.rules.drop_view(&view));
        } else if let Some(object) = self.before.objects.get(id) {
            let object = SqlObject { id: called, ..object.clone() };
            self.push(description, true, self.rules.drop_object(&object));
        }
    }
}

/// The column under which a change pulls away what stands on it, by the name that it shall have.
fn moved_column(change: &TableChange, follows: bool) -> Option<&Str> {
    match change {
        TableChange::RenameColumn { to, .. } if !follows => Some(to),
        TableChange::DropColumn(column) | TableChange::AlterColumn { after: column, .. } => Some(&column.name),
        _ => None,
    }
}
