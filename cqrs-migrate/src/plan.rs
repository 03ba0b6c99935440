//! Changes -> ordered steps. The order is the same for every database; what a step says is the dialect's.

mod print;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use cqrs_core::schema::{
    Dependency, ForeignKey, Index, IndexKey, IndexPart, ObjectId, ObjectKind, ObjectName, Schema, Str, Table,
};

use crate::change::{Change, Part, TableAlteration, TableChange, former_name};
use crate::dialect::{Dialect, Online, Rules, Statement};
use crate::diff::{Renames, diff, part_names};
use crate::graph::{Graph, is_of_type};
use crate::lint;
use crate::rename::{Move, column_renames, free_name, in_order};
use crate::shadow::NotOnline;

/// What to do, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The database that it is for.
    pub dialect: Dialect,
    /// The steps. None where there is nothing to do.
    pub steps: Vec<Step>,
}

/// One statement of a plan, and what it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it does, for people: ``add column `level` to `scor_processes` ``. Statements that together do one thing
    /// share it.
    pub description: String,
    /// The SQL, its lock, and how it goes with transactions.
    pub statement: Statement,
    /// Whether what it does can be undone without loss.
    pub reversible: bool,
    /// The tables that are there already whose rows it may have to read or write.
    pub tables: Arc<[ObjectName]>,
    /// What changes in its table. Statements that together do one thing share it.
    pub changes: Arc<[TableChange]>,
}

impl Plan {
    /// Everything that a schema in one database's own words needs, made in an empty database.
    #[must_use]
    pub fn create(dialect: Dialect, schema: &Schema) -> Self {
        let nothing = Schema::new();
        plan(dialect, &nothing, schema, &diff(&nothing, schema, &Renames::default()))
    }

    /// Takes the lock with the statements that the server does not run without it.
    pub(crate) fn lock(&mut self, not_online: &[NotOnline]) {
        for step in &mut self.steps {
            if not_online.iter().any(|refused| refused.sql == step.statement.sql)
                && let Some(locking) = step.statement.clone().with_lock()
            {
                step.statement = locking;
            }
        }
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The statements alone.
    #[must_use]
    pub fn statements(&self) -> Vec<Statement> {
        self.steps.iter().map(|step| step.statement.clone()).collect()
    }
}

/// Orders the changes that lead from `before` to `after`, and renders them. `before` has the new names already; what it
/// was called is in the changes.
pub(crate) fn plan(dialect: Dialect, before: &Schema, after: &Schema, changes: &[Change]) -> Plan {
    let settled = dialect.rules().without_inherited(changes);
    let changes = settled.as_deref().unwrap_or(changes);
    let stood_on = Graph::of(before);
    let mut planner = Planner {
        rules: dialect.rules(),
        before,
        after,
        under_tables: under_tables(before, &stood_on),
        stood_on,
        stands_on: made_after(after, changes),
        altered: changes
            .iter()
            .filter_map(|change| match change {
                Change::AlterTable(alteration) => Some(alteration.after.object_name()),
                _ => None,
            })
            .collect(),
        changes,
        in_trees: in_trees([before, after]),
        needed: BTreeSet::new(),
        steps: vec![],
        later: vec![],
    };
    let moved = planner.moved();
    planner.drop_dependents(&moved);
    planner.drop_foreign_keys();
    planner.rename();
    let gone = planner.drop_in_the_way(&moved);
    planner.rename_parts();
    planner.make(&moved);
    planner.add_foreign_keys();
    planner.drop_rest(&moved, &gone);
    planner.steps.append(&mut planner.later);
    Plan { dialect, steps: planner.steps }
}

/// The tables that inherit, or from which others inherit.
fn in_trees(schemas: [&Schema; 2]) -> HashSet<ObjectName> {
    let tables = schemas.into_iter().flat_map(|schema| &schema.tables);
    let children = tables.filter(|(_, table)| !table.inherits.is_empty());
    children.flat_map(|(name, table)| table.inherits.iter().chain([name])).cloned().collect()
}

/// What the tables and enums of a schema stand on.
fn under_tables(schema: &Schema, stood_on: &Graph<'_>) -> BTreeSet<ObjectId> {
    let tables = schema.tables.keys().cloned().map(ObjectId::table);
    let enums = schema.enums.keys().cloned().map(ObjectId::enum_type);
    let mut under = stood_on.with_needs(tables.chain(enums));
    under.retain(|id| id.kind != ObjectKind::Table);
    under
}

/// What stands on what, and what is new only after the index is gone that has its name.
fn made_after<'a>(after: &'a Schema, changes: &[Change]) -> Graph<'a> {
    let mut graph = Graph::of(after);
    let is_created =
        |change: &&Change| matches!(change, Change::CreateTable(_) | Change::CreateView(_) | Change::CreateObject(_));
    let created: BTreeMap<ObjectName, ObjectId> =
        changes.iter().filter(is_created).map(Change::object).map(|id| (id.name.clone(), id)).collect();
    for change in changes {
        let Change::AlterTable(alteration) = change else { continue };
        for change in &alteration.changes {
            let TableChange::DropIndex(Index { name: Some(name), .. }) = change else { continue };
            let name = ObjectName { schema: alteration.after.schema.clone(), name: name.clone() };
            if let Some(id) = created.get(&name) {
                graph.add_need(id.clone(), ObjectId::table(alteration.after.object_name()));
            }
        }
    }
    graph
}

/// One method a phase, in the order of [`plan`].
struct Planner<'a> {
    rules: &'static dyn Rules,
    /// The schema as it is, under the names that it shall have.
    before: &'a Schema,
    after: &'a Schema,
    /// What stands on what in `before`.
    stood_on: Graph<'a>,
    /// What the tables and enums of `before` stand on.
    under_tables: BTreeSet<ObjectId>,
    /// What stands on what in `after`.
    stands_on: Graph<'a>,
    /// The tables of which parts change.
    altered: HashSet<ObjectName>,
    changes: &'a [Change],
    /// The tables that inherit, or from which others inherit.
    in_trees: HashSet<ObjectName>,
    /// What the views and objects stand on that are made.
    needed: BTreeSet<ObjectId>,
    steps: Vec<Step>,
    /// What keeps nobody waiting and takes its time: after everything else, so that nothing waits for it in a transaction.
    later: Vec<Step>,
}

impl Planner<'_> {
    fn push(&mut self, description: impl Into<String>, reversible: bool, statements: Vec<Statement>) {
        self.push_on([], vec![], description, reversible, statements);
    }

    /// What reads or writes the rows of tables.
    fn push_on(
        &mut self,
        tables: impl IntoIterator<Item = ObjectName>,
        changes: Vec<TableChange>,
        description: impl Into<String>,
        reversible: bool,
        statements: Vec<Statement>,
    ) {
        self.steps.extend(steps(tables, changes, description.into(), reversible, statements));
    }

    fn in_parts(&self) -> bool {
        self.rules.capabilities().alters_in_parts
    }

    fn alterations(&self) -> Vec<&TableAlteration> {
        self.changes
            .iter()
            .filter_map(|change| match change {
                Change::AlterTable(alteration) => Some(alteration),
                _ => None,
            })
            .collect()
    }

    /// Some of the changes of one table, as steps.
    fn alter(&mut self, alteration: &TableAlteration, changes: Vec<TableChange>) {
        if changes.is_empty() {
            return;
        }
        let name = alteration.after.object_name();
        let lines: Vec<String> = changes.iter().map(|change| format!("{change}")).collect();
        let description = match lines.as_slice() {
            [line] => format!("table `{name}`: {line}"),
            lines => format!("table `{name}`:\n  {}", lines.join("\n  ")),
        };
        let reversible = !changes.iter().any(lint::loses_data);
        let part = TableAlteration { before: alteration.before.clone(), after: alteration.after.clone(), changes };
        let statements = self.rules.alter_table(&part);
        self.push_on([name], part.changes, description, reversible, statements);
    }

    /// Some of the changes of one table, what takes its time without keeping anybody waiting later.
    fn alter_online(&mut self, alteration: &TableAlteration, changes: Vec<TableChange>) {
        let (mut now, mut indexes_to_drop) = (Vec::new(), Vec::new());
        for change in changes {
            match self.online(alteration, &change) {
                None => now.push(change),
                Some(online) => {
                    now.extend(online.now);
                    let table = alteration.after.object_name();
                    let description = format!("table `{table}`: {}", online.what);
                    let reversible = !lint::loses_data(&change);
                    // The old one serves until the new one is there.
                    let is_drop = matches!(change, TableChange::DropIndex(_));
                    let steps = steps([table], vec![change], description, reversible, online.later);
                    if is_drop { &mut indexes_to_drop } else { &mut self.later }.extend(steps);
                }
            }
        }
        self.later.append(&mut indexes_to_drop);
        now.sort_by_key(phase_order);
        self.alter(alteration, now);
    }

    /// How a change of a table is made beside those who read and write it: not in a tree of tables, which change together,
    /// nor where something of this plan stands on it or takes its name.
    fn online(&self, alteration: &TableAlteration, change: &TableChange) -> Option<Online> {
        let table = alteration.after.object_name();
        let id = ObjectId::table(table.clone());
        let is_in_the_way = match change {
            TableChange::DropIndex(index) => self.takes_name(alteration, index),
            TableChange::AddPrimaryKey(_) | TableChange::AddUnique(_) => self.needed.contains(&id),
            TableChange::AddForeignKey(key) => self.in_trees.contains(&key.references),
            _ => false,
        };
        let is_there = self.before.tables.contains_key(&table) && !self.in_trees.contains(&table);
        if is_there && !is_in_the_way { self.rules.online(alteration, change) } else { None }
    }

    /// Whether something else than an index of the same table shall have the name of an index.
    fn takes_name(&self, TableAlteration { after: table, .. }: &TableAlteration, index: &Index) -> bool {
        let Some(name) = &index.name else { return true };
        let of_table = |other: &Table| {
            let keys = other.uniques.iter().map(|key| &key.name).chain(other.primary_key.iter().map(|key| &key.name));
            let indexes = other.indexes.iter().filter(|_| other.object_name() != table.object_name());
            other.name == *name
                || keys.chain(indexes.map(|index| &index.name)).any(|other| other.as_ref() == Some(name))
        };
        self.after.tables.values().filter(|other| other.schema == table.schema).any(of_table)
            || self.after.views.values().any(|view| {
                view.name.name == *name || view.indexes.iter().any(|index| index.name.as_ref() == Some(name))
            })
            || self.after.objects.keys().any(|id| id.table.is_none() && id.name.name == *name)
    }

    /// The views and objects that go, that cannot be altered where they stand, or that stand on what changes under them:
    /// they are dropped and, where they stay, made again.
    fn moved(&self) -> BTreeSet<ObjectId> {
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
                Change::RenameTable { .. } if !follows => {
                    tables.insert(change.object(), BTreeSet::new());
                }
                Change::AlterTable(alteration) => {
                    let columns: BTreeSet<&Str> =
                        alteration.changes.iter().filter_map(|change| moved_column(change, follows)).collect();
                    if !columns.is_empty() {
                        // Where the whole table moves, so do its columns.
                        tables.entry(change.object()).or_insert(columns);
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
    fn drop_dependents(&mut self, moved: &BTreeSet<ObjectId>) {
        let early = moved.difference(&self.under_tables).cloned().collect();
        for id in self.stood_on.ordered(&early).into_iter().rev() {
            match self.before.objects.get(&id).zip(id.table_name()) {
                Some((object, table)) => {
                    // Nothing is renamed yet.
                    let mut object = object.clone();
                    let table = former_name(&table, self.changes);
                    (object.id.name.schema, object.id.table) = (table.schema, Some(table.name));
                    self.push(format!("drop {} `{id}`", id.kind), true, self.rules.drop_object(&object));
                }
                None => self.drop_one(&id),
            }
        }
    }

    /// A view or object that is there.
    fn drop_one(&mut self, id: &ObjectId) {
        if let Some(view) = self.before.views.get(&id.name).filter(|_| id.kind == ObjectKind::View) {
            self.push(format!("drop view `{id}`"), true, self.rules.drop_view(view));
        } else if let Some(object) = self.before.objects.get(id) {
            self.push(format!("drop {} `{id}`", id.kind), true, self.rules.drop_object(object));
        }
    }

    /// Everything that is new, altered or made again, each after what it stands on.
    fn make(&mut self, moved: &BTreeSet<ObjectId>) {
        let changes: BTreeMap<ObjectId, &Change> = self
            .changes
            .iter()
            .filter(|change| !matches!(change, Change::RenameTable { .. }))
            .map(|change| (change.object(), change))
            .collect();
        let mut later: HashSet<ObjectName> = self.created_tables().iter().map(Table::object_name).collect();
        let made: BTreeSet<ObjectId> = changes.keys().chain(moved).cloned().collect();
        let others = made.iter().filter(|id| !matches!(id.kind, ObjectKind::Table | ObjectKind::Enum));
        self.needed = self.stands_on.with_needs(others.cloned());
        for id in self.stands_on.ordered(&made) {
            match changes.get(&id) {
                Some(Change::CreateTable(table)) => {
                    later.remove(&id.name);
                    let (inline, _) = self.split_foreign_keys(table, &later);
                    let statements = self.rules.create_table(table, &inline);
                    self.push(format!("create table `{id}`"), true, statements);
                }
                Some(Change::AlterTable(alteration)) => self.alter_table(alteration),
                Some(change @ Change::CreateEnum(enum_type)) => {
                    self.push(change.to_string(), true, self.rules.create_enum(enum_type));
                }
                Some(change @ Change::AlterEnum { before, after }) => {
                    let users: Vec<&Table> = self
                        .before
                        .tables
                        .values()
                        .filter(|table| table.columns.iter().any(|column| is_of_type(column, &before.name)))
                        .collect();
                    let statements = self.rules.alter_enum(before, after, &users);
                    let reversible = before.values.iter().all(|value| after.values.contains(value));
                    let users: Vec<ObjectName> = users.into_iter().map(Table::object_name).collect();
                    self.push_on(users, vec![], change.to_string(), reversible, statements);
                }
                Some(change @ Change::AlterView { before, after }) if !moved.contains(&id) => {
                    let statements = self.rules.alter_view(before, after).unwrap_or_default();
                    self.push(change.to_string(), true, statements);
                }
                Some(change @ Change::AlterObject { before, after }) if !moved.contains(&id) => {
                    let statements = self.rules.alter_object(before, after).unwrap_or_default();
                    self.push(change.to_string(), true, statements);
                }
                _ => {
                    if moved.contains(&id) && self.under_tables.contains(&id) && self.is_after(&id) {
                        self.drop_one(&id);
                    }
                    self.create_one(&id);
                }
            }
        }
    }

    fn is_after(&self, id: &ObjectId) -> bool {
        self.after.objects.contains_key(id) || (id.kind == ObjectKind::View && self.after.views.contains_key(&id.name))
    }

    /// A view or object that shall be there.
    fn create_one(&mut self, id: &ObjectId) {
        if let Some(view) = self.after.views.get(&id.name).filter(|_| id.kind == ObjectKind::View) {
            self.push(format!("create view `{id}`"), true, self.rules.create_view(view));
        } else if let Some(object) = self.after.objects.get(id) {
            self.push(format!("create {} `{id}`", id.kind), true, self.rules.create_object(object));
        }
    }

    /// Foreign keys that go, that stand between tables that go, or that hold a column or key that changes.
    fn drop_foreign_keys(&mut self) {
        if !self.in_parts() {
            return;
        }
        let held = self.held_foreign_keys();
        for (name, table) in &self.before.tables {
            let alteration = self.alterations().into_iter().find(|alteration| alteration.after.object_name() == *name);
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
            let old = self.old_table(table);
            let alteration = TableAlteration { before: old.clone(), after: old, changes: Vec::new() };
            self.alter(&alteration, drops);
        }
        let dropped = self.dropped_tables();
        for (table, keys) in backwards_keys(&dropped) {
            let alteration = TableAlteration { before: table.clone(), after: table, changes: Vec::new() };
            self.alter(&alteration, keys.into_iter().map(TableChange::DropForeignKey).collect());
        }
    }

    /// The table as it stands before anything is renamed.
    fn old_table(&self, renamed: &Table) -> Table {
        let mut table = renamed.clone();
        for change in self.changes {
            if let Change::RenameTable { from, to } = change
                && *to == renamed.object_name()
            {
                (table.schema, table.name) = (from.schema.clone(), from.name.clone());
            }
        }
        table
    }

    /// Foreign keys that stay, but over a column whose type changes, or pointing at a key that is dropped: they are
    /// dropped first and made again last. Those of a table that goes, which is dropped last, are only dropped.
    fn held_foreign_keys(&self) -> Vec<(ObjectName, ForeignKey)> {
        let mut touched: HashSet<(ObjectName, Str)> = HashSet::new();
        for alteration in self.alterations() {
            let name = alteration.after.object_name();
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
                    TableChange::DropIndex(index) => index.parts.iter().filter_map(column_of).cloned().collect(),
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
                if own || theirs {
                    held.push((name.clone(), key.clone()));
                }
            }
        }
        held
    }

    /// A rename of a part that the database cannot rename is a drop and an add.
    fn without_rename(&self, change: &TableChange) -> Vec<TableChange> {
        match change {
            TableChange::RenamePart { from, to } if !self.rules.renames(to) => {
                vec![to.clone().named(from.clone()).drop(), to.clone().add()]
            }
            other => vec![other.clone()],
        }
    }

    fn rename(&mut self) {
        self.rename_tables();
        if !self.in_parts() {
            return;
        }
        for change in self.changes {
            if let Change::AlterTable(alteration) = change {
                self.rename_columns(alteration);
            }
        }
    }

    fn rename_tables(&mut self) {
        let renames = self.changes.iter().filter_map(|change| match change {
            Change::RenameTable { from, to } => Some(Move { from: from.clone(), to: to.clone(), with: () }),
            _ => None,
        });
        let is_taken = |name: &str| self.before.tables.keys().chain(self.after.tables.keys()).any(|t| t.name == name);
        let free = |to: &ObjectName| ObjectName { schema: to.schema.clone(), name: free_name(&to.name, is_taken) };
        for group in in_order(renames.collect(), |one, other| self.is_same_name(one, other), free) {
            let group: Vec<(ObjectName, ObjectName)> = group.into_iter().map(|step| (step.from, step.to)).collect();
            let lines: Vec<String> =
                group.iter().map(|(from, to)| format!("rename table `{from}` to `{to}`")).collect();
            self.push(lines.join("\n"), true, self.rules.rename_tables(&group));
        }
    }

    fn is_same_name(&self, one: &ObjectName, other: &ObjectName) -> bool {
        one.schema == other.schema
            && (one.name == other.name
                || self.rules.capabilities().ignores_case && one.name.eq_ignore_ascii_case(&other.name))
    }

    fn rename_columns(&mut self, alteration: &TableAlteration) {
        let renames = alteration.changes.iter().filter(|change| matches!(change, TableChange::RenameColumn { .. }));
        if self.rules.capabilities().renames_columns_at_once {
            return self.alter(alteration, renames.cloned().collect());
        }
        for (from, to) in column_renames(alteration) {
            self.alter(alteration, vec![TableChange::RenameColumn { from, to }]);
        }
    }

    /// Their names may be unique in a schema, so that tables that change their names may have to wait for each other.
    fn rename_parts(&mut self) {
        if !self.in_parts() {
            return;
        }
        let alterations = self.alterations().into_iter();
        let renames: Vec<Move<ObjectName, (&TableAlteration, Part)>> = alterations
            .flat_map(|alteration| alteration.changes.iter().map(move |change| (alteration, change)))
            .filter_map(|(alteration, change)| match change {
                TableChange::RenamePart { from, to } if self.rules.renames(to) => {
                    let named = |name: &str| ObjectName {
                        schema: alteration.after.schema.clone(),
                        name: name.to_owned().into(),
                    };
                    Some(Move { from: named(from), to: named(to.name()), with: (alteration, to.clone()) })
                }
                _ => None,
            })
            .collect();
        let free = |to: &ObjectName| ObjectName { schema: to.schema.clone(), name: free_name(&to.name, |_| false) };
        let ordered = in_order(renames, |one, other| self.is_same_name(one, other), free);
        let steps: Vec<(TableAlteration, TableChange)> = (ordered.into_iter().flatten())
            .map(|Move { from, to, with: (alteration, part) }| {
                (alteration.clone(), TableChange::RenamePart { from: from.name, to: part.named(to.name) })
            })
            .collect();
        for (alteration, change) in steps {
            self.alter(&alteration, vec![change]);
        }
    }

    /// The tables that are new, in the order in which they are made.
    fn created_tables(&self) -> Vec<Table> {
        let created = self.changes.iter().filter(|change| matches!(change, Change::CreateTable(_)));
        let order = self.stands_on.ordered(&created.map(Change::object).collect());
        order.iter().filter_map(|id| self.after.tables.get(&id.name)).cloned().collect()
    }

    /// Everything that goes and that [`Planner::drop_dependents`] leaves, each before what it stands on.
    fn dropped(&self, moved: &BTreeSet<ObjectId>) -> Vec<ObjectId> {
        let late = moved.iter().filter(|id| self.under_tables.contains(*id) && !self.is_after(id)).cloned();
        let tables_and_enums =
            self.changes.iter().filter(|change| matches!(change, Change::DropTable(_) | Change::DropEnum(_)));
        let mut order = self.stood_on.ordered(&tables_and_enums.map(Change::object).chain(late).collect());
        order.reverse();
        order
    }

    fn dropped_tables(&self) -> Vec<Table> {
        let order = self.dropped(&BTreeSet::new()).into_iter().filter(|id| id.kind == ObjectKind::Table);
        order.filter_map(|id| self.before.tables.get(&id.name)).cloned().collect()
    }

    /// The foreign keys of a new table that can be made with it, and those that wait: for a table made later, or for
    /// one whose keys are being changed.
    fn split_foreign_keys<'t>(
        &self,
        table: &'t Table,
        later: &HashSet<ObjectName>,
    ) -> (Vec<&'t ForeignKey>, Vec<&'t ForeignKey>) {
        table.foreign_keys.iter().partition(|key| {
            !self.in_parts() || (!later.contains(&key.references) && !self.altered.contains(&key.references))
        })
    }

    fn alter_table(&mut self, alteration: &TableAlteration) {
        let mut changes: Vec<TableChange> =
            alteration.changes.iter().flat_map(|change| self.without_rename(change)).collect();
        changes.sort_by_key(phase_order);
        if self.in_parts() {
            changes.retain(|change| {
                !matches!(
                    change,
                    TableChange::RenameColumn { .. }
                        | TableChange::RenamePart { .. }
                        | TableChange::AddForeignKey(_)
                        | TableChange::DropForeignKey(_)
                )
            });
        }
        self.alter_online(alteration, changes);
    }

    fn add_foreign_keys(&mut self) {
        if !self.in_parts() {
            return;
        }
        let mut adds: Vec<(ObjectName, ForeignKey)> = Vec::new();
        let tables = self.created_tables();
        let mut later: HashSet<ObjectName> = tables.iter().map(Table::object_name).collect();
        for table in &tables {
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

    fn add_foreign_key(&mut self, table: &ObjectName, key: ForeignKey) {
        let Some(table) = self.after.tables.get(table) else { return };
        let before = self.before.tables.get(&table.object_name()).unwrap_or(table).clone();
        let alteration = TableAlteration { before, after: table.clone(), changes: Vec::new() };
        self.alter_online(&alteration, vec![TableChange::AddForeignKey(key)]);
    }

    /// The keys that are made later, each as its table and columns: a foreign key to one has to wait.
    fn late_keys(&self) -> Vec<(ObjectName, BTreeSet<&Str>)> {
        let alterations = self.changes.iter().filter_map(|change| match change {
            Change::AlterTable(alteration) => Some(alteration),
            _ => None,
        });
        let changes =
            alterations.flat_map(|alteration| alteration.changes.iter().map(move |change| (alteration, change)));
        let keys = changes.filter_map(|(alteration, change)| {
            let columns: BTreeSet<&Str> = match change {
                TableChange::AddPrimaryKey(key) => key.columns.iter().collect(),
                TableChange::AddUnique(key) => key.columns.iter().collect(),
                TableChange::AddIndex(index) if index.unique => index.parts.iter().filter_map(column_of).collect(),
                _ => return None,
            };
            Some((alteration, change, columns))
        });
        keys.filter(|(alteration, change, _)| self.online(alteration, change).is_some())
            .map(|(alteration, _, columns)| (alteration.after.object_name(), columns))
            .collect()
    }

    /// Tables that go and whose names, or those of their keys and indexes, something else shall have: they go first.
    fn drop_in_the_way(&mut self, moved: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        let mut gone: BTreeSet<ObjectId> =
            self.dropped(moved).into_iter().filter(|id| id.kind == ObjectKind::Table).collect();
        if gone.is_empty() {
            return gone;
        }
        let named = |schema: &Option<Str>, name: &Str| ObjectName { schema: schema.clone(), name: name.clone() };
        let index_names = self.after.tables.values().flat_map(|table| {
            table.indexes.iter().filter_map(|index| index.name.as_ref()).map(|name| named(&table.schema, name))
        });
        let taken: HashSet<ObjectName> = index_names
            .chain(self.after.views.keys().cloned())
            .chain(self.after.objects.keys().filter(|id| id.table.is_none()).map(|id| id.name.clone()))
            .collect();
        let mut taken_by_parts: HashSet<ObjectName> = HashSet::new();
        for change in self.changes {
            match change {
                Change::CreateTable(table) => {
                    taken_by_parts.extend(part_names(table).iter().map(|name| named(&table.schema, name)));
                }
                Change::AlterTable(alteration) => {
                    let renamed = alteration.changes.iter().filter_map(|change| match change {
                        TableChange::RenamePart { to, .. } => Some(to.name().to_owned().into()),
                        _ => None,
                    });
                    taken_by_parts.extend(renamed.map(|name| named(&alteration.after.schema, &name)));
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
        gone
    }

    fn drop_table(&mut self, id: &ObjectId) {
        if let Some(table) = self.before.tables.get(&id.name) {
            self.push(format!("drop table `{id}`"), false, self.rules.drop_table(table));
        }
    }

    fn drop_rest(&mut self, moved: &BTreeSet<ObjectId>, gone: &BTreeSet<ObjectId>) {
        for id in self.dropped(moved).into_iter().filter(|id| !gone.contains(id)) {
            match id.kind {
                ObjectKind::Table => self.drop_table(&id),
                ObjectKind::Enum => {
                    let Some(enum_type) = self.before.enums.get(&id.name) else { continue };
                    self.push(format!("drop enum `{id}`"), true, self.rules.drop_enum(enum_type));
                }
                _ => self.drop_one(&id),
            }
        }
    }
}

/// A step for each statement that together do one thing: with the tables whose rows it reads or writes, and the changes of
/// them.
fn steps(
    tables: impl IntoIterator<Item = ObjectName>,
    changes: Vec<TableChange>,
    description: String,
    reversible: bool,
    statements: Vec<Statement>,
) -> impl Iterator<Item = Step> {
    let (tables, changes): (Arc<[ObjectName]>, Arc<[TableChange]>) = (tables.into_iter().collect(), changes.into());
    statements.into_iter().map(move |statement| Step {
        description: description.clone(),
        statement,
        reversible,
        tables: tables.clone(),
        changes: changes.clone(),
    })
}

fn column_of(part: &IndexPart) -> Option<&Str> {
    match &part.key {
        IndexKey::Column(column) => Some(column),
        IndexKey::Expression(_) => None,
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

/// Drops before alterations before additions, and what others stand on first.
fn phase_order(change: &TableChange) -> u8 {
    match change {
        TableChange::RenameColumn { .. } | TableChange::RenamePart { .. } => 0,
        TableChange::DropForeignKey(_) => 1,
        TableChange::DropIndex(_) | TableChange::DropCheck(_) | TableChange::DropExclusion(_) => 2,
        TableChange::DropUnique(_) | TableChange::DropPrimaryKey(_) => 3,
        // What is computed from a column goes before it.
        TableChange::DropColumn(column) if column.generated.is_some() => 4,
        TableChange::DropColumn(_) => 5,
        TableChange::AlterColumn { .. } => 6,
        TableChange::AddColumn(_) => 7,
        TableChange::AddPrimaryKey(_) | TableChange::AddUnique(_) => 8,
        TableChange::AddCheck(_)
        | TableChange::AddIndex(_)
        | TableChange::AddExclusion(_)
        | TableChange::AlterPart { .. } => 9,
        TableChange::AddForeignKey(_) => 10,
        TableChange::SetInheritance => 11,
        TableChange::SetOptions { .. } => 12,
        TableChange::SetComment { .. } => 13,
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
