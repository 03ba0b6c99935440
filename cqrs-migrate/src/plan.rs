//! Changes -> ordered steps. The order is the same for every database; what a step says is the dialect's.

mod drops;
mod fills;
mod foreign_keys;
mod print;
mod renames;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str, Table};

use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::dialect::{Dialect, Online, Rules, Statement, is_default_privileges};
use crate::diff::{Renames, diff};
use crate::graph::{Graph, is_of_type};
use crate::lint;
use crate::shadow::NotOnline;

pub(crate) use fills::{batch_key, fill_step, relabelled};
pub(crate) use print::as_comment;

/// What to do, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The database that it is for.
    pub dialect: Dialect,
    /// The steps. None where there is nothing to do.
    pub steps: Vec<Step>,
    /// What a script does at its end, where applying it looks by itself: list the rows that refer to nothing.
    pub(crate) checks: Vec<String>,
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
    let asked = changes;
    let settled = dialect.rules().without_inherited(before, after, changes);
    let changes = settled.as_deref().unwrap_or(changes);
    let filled = fills::with_varying_defaults(dialect.rules(), before, after, changes);
    let changes = filled.as_deref().unwrap_or(changes);
    let stood_on = Graph::of(before);
    let mut planner = Planner {
        rules: dialect.rules(),
        before,
        after,
        under_tables: under_tables(before, &stood_on),
        stood_on,
        stands_on: Graph::of(after),
        altered: alterations_in(changes).map(|alteration| alteration.after.object_name()).collect(),
        asked,
        changes,
        referred: before
            .tables
            .values()
            .flat_map(|table| table.foreign_keys.iter())
            .map(|key| &key.references)
            .collect(),
        default_privileges: before.objects.values().filter(|object| is_default_privileges(&object.id)).collect(),
        in_trees: in_trees([before, after]),
        partitioned: partitioned(after),
        over_partitions: vec![],
        needed: BTreeSet::new(),
        gone_parts: HashSet::new(),
        gone_objects: changes
            .iter()
            .filter(|change| matches!(change, Change::DropObject(_)))
            .map(Change::object)
            .collect(),
        detached: HashSet::new(),
        steps: vec![],
        later: vec![],
        created: vec![],
    };
    let moved = planner.moved();
    planner.push("keep the sequences of columns that go", true, planner.rules.released(before, after));
    planner.drop_dependents(&moved);
    planner.drop_foreign_keys();
    planner.detach_partitions();
    planner.rename(&moved);
    let gone = planner.drop_in_the_way(&moved);
    planner.drop_parts_in_the_way();
    planner.rename_parts();
    planner.make(&moved);
    planner.add_foreign_keys();
    planner.drop_rest(&moved, &gone);
    planner.steps.append(&mut planner.later);
    Plan { dialect, steps: planner.steps, checks: dialect.rules().checks(after) }
}

fn alterations_in(changes: &[Change]) -> impl Iterator<Item = &TableAlteration> {
    changes.iter().filter_map(|change| match change {
        Change::AlterTable(alteration) => Some(alteration),
        _ => None,
    })
}

/// The tables that inherit, or from which others inherit.
fn in_trees(schemas: [&Schema; 2]) -> HashSet<ObjectName> {
    let tables = schemas.into_iter().flat_map(|schema| &schema.tables);
    let children = tables.filter(|(_, table)| !table.inherits.is_empty());
    children.flat_map(|(name, table)| table.inherits.iter().chain([name])).cloned().collect()
}

/// The tables that have partitions.
fn partitioned(schema: &Schema) -> HashSet<&ObjectName> {
    schema.tables.values().filter_map(Table::partition_of).collect()
}

/// What the tables and enums of a schema stand on.
fn under_tables(schema: &Schema, stood_on: &Graph<'_>) -> BTreeSet<ObjectId> {
    let tables = schema.tables.keys().cloned().map(ObjectId::table);
    let enums = schema.enums.keys().cloned().map(ObjectId::enum_type);
    let mut under = stood_on.with_needs(tables.chain(enums));
    under.retain(|id| id.kind != ObjectKind::Table);
    under
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
    /// What shall change, also by what the database makes of another change.
    asked: &'a [Change],
    changes: &'a [Change],
    /// The tables to which foreign keys refer.
    referred: HashSet<&'a ObjectName>,
    default_privileges: Vec<&'a SqlObject>,
    /// The tables that inherit, or from which others inherit.
    in_trees: HashSet<ObjectName>,
    /// The tables that have partitions.
    partitioned: HashSet<&'a ObjectName>,
    /// The keys and indexes that they get, and what is said of these: once their partitions have theirs, which they take
    /// over. Those that the server makes for partitions that have none get a name of its choice.
    over_partitions: Vec<(TableAlteration, Vec<TableChange>)>,
    /// What the views and objects stand on that are made.
    needed: BTreeSet<ObjectId>,
    /// The indexes and keys that were in the way and are gone, by table and name.
    gone_parts: HashSet<(ObjectName, Str)>,
    /// The SQL objects that go.
    gone_objects: HashSet<ObjectId>,
    /// The partitions that were taken out of their table: until they are attached again, or for good.
    detached: HashSet<ObjectName>,
    steps: Vec<Step>,
    /// What keeps nobody waiting and takes its time: after everything else, so that nothing waits for it in a transaction.
    later: Vec<Step>,
    /// The tables that are new, in the order in which they are made.
    created: Vec<&'a Table>,
}

impl<'a> Planner<'a> {
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

    fn alterations(&self) -> impl Iterator<Item = &'a TableAlteration> + use<'a> {
        alterations_in(self.changes)
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
            // It goes before what it stands on, or takes the place of one that does.
            TableChange::DropIndex(_) | TableChange::AddIndex(_) => self.stands_on_gone(&id),
            TableChange::AddPrimaryKey(_)
            | TableChange::AddUnique(_)
            | TableChange::DropPrimaryKey(_)
            | TableChange::DropUnique(_) => self.needed.contains(&id),
            TableChange::AddForeignKey(key) => self.in_trees.contains(&key.references),
            _ => false,
        };
        let is_there = self.before.tables.contains_key(&table) && !self.in_trees.contains(&table);
        if is_there && !is_in_the_way { self.rules.online(alteration, change) } else { None }
    }

    /// Whether a table stands on something that goes: its index may be what does, and goes first.
    fn stands_on_gone(&self, table: &ObjectId) -> bool {
        !self.gone_objects.is_empty()
            && self.stood_on.with_needs([table.clone()]).iter().any(|need| self.gone_objects.contains(need))
    }

    /// Whether something else shall have the name of an index or key that goes, and is not another index of the same table, nor
    /// another key in the place of a key.
    pub(super) fn takes_name(&self, TableAlteration { after: table, .. }: &TableAlteration, gone: &Part) -> bool {
        let name = gone.name();
        if name.is_empty() {
            return true;
        }
        let is_named = |other: &Option<Str>| other.as_deref() == Some(name);
        let of_table = |other: &Table| {
            let is_other = other.object_name() != table.object_name();
            let uniques = other.uniques.iter().map(|key| &key.name);
            let mut keys = uniques.chain(other.primary_key.iter().map(|key| &key.name));
            other.name == *name
                || (is_other || matches!(gone, Part::Index(_))) && keys.any(is_named)
                || is_other && other.indexes.iter().any(|index| is_named(&index.name))
        };
        self.after.tables.values().filter(|other| other.schema == table.schema).any(of_table)
            || (self.after.views.values())
                .any(|view| view.name.name == *name || view.indexes.iter().any(|index| is_named(&index.name)))
            || self.after.objects.keys().any(|id| id.table.is_none() && id.name.name == *name)
    }

    /// Everything that is new, altered or made again, each after what it stands on.
    fn make(&mut self, moved: &BTreeSet<ObjectId>) {
        let changes: BTreeMap<ObjectId, &Change> = self
            .changes
            .iter()
            .filter(|change| {
                let is_rename = |change: &Change| {
                    matches!(
                        change,
                        Change::RenameTable { .. } | Change::RenameObject { .. } | Change::RenameLabel { .. }
                    )
                };
                !is_rename(change)
            })
            .map(|change| (change.object(), change))
            .collect();
        let mut later: HashSet<ObjectName> = self.created_tables().map(Table::object_name).collect();
        let made: BTreeSet<ObjectId> = changes.keys().chain(moved).cloned().collect();
        let others = made.iter().filter(|id| !matches!(id.kind, ObjectKind::Table | ObjectKind::Enum));
        self.needed = self.stands_on.with_needs(others.cloned());
        let (of_new, made): (Vec<_>, Vec<_>) =
            self.stands_on.ordered(&made).into_iter().partition(is_default_privileges);
        for id in made.into_iter().chain(of_new) {
            match changes.get(&id) {
                Some(Change::CreateTable(table)) => {
                    later.remove(&id.name);
                    self.created.extend(self.after.tables.get(&id.name));
                    let (inline, _) = self.split_foreign_keys(table, &later);
                    let after_partitions = self.rules.after_partitions(table);
                    let first = after_partitions.as_ref().map_or(table, |alteration| &alteration.before);
                    let mut statements = self.rules.create_table(first, &inline);
                    statements.extend(self.without_default_privileges(&id, moved));
                    self.push(format!("create table `{id}`"), true, statements);
                    self.over_partitions.extend(after_partitions.map(|later| (later.clone(), later.changes)));
                }
                Some(Change::AlterTable(alteration)) => self.alter_table(alteration),
                Some(change @ Change::CreateEnum(enum_type)) => {
                    let mut statements = self.rules.create_enum(enum_type);
                    statements.extend(self.without_default_privileges(&id, moved));
                    self.push(change.to_string(), true, statements);
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
                    self.create_one(&id, moved);
                }
            }
        }
        // Those of a partition that has partitions before those of the table that it is a part of.
        for (alteration, changes) in std::mem::take(&mut self.over_partitions).into_iter().rev() {
            self.alter_filling(&alteration, changes);
        }
    }

    fn is_after(&self, id: &ObjectId) -> bool {
        self.after.objects.contains_key(id) || (id.kind == ObjectKind::View && self.after.views.contains_key(&id.name))
    }

    /// A view or object that shall be there.
    fn create_one(&mut self, id: &ObjectId, moved: &BTreeSet<ObjectId>) {
        let mut statements = if let Some(view) = self.after.views.get(&id.name).filter(|_| id.kind == ObjectKind::View)
        {
            self.rules.create_view(view)
        } else if let Some(object) = self.after.objects.get(id) {
            self.rules.create_object(object)
        } else {
            return;
        };
        statements.extend(self.without_default_privileges(id, moved));
        self.push(format!("create {} `{id}`", id.kind), true, statements);
    }

    /// Takes from what was made what it has only because of when it was.
    fn without_default_privileges(&self, id: &ObjectId, moved: &BTreeSet<ObjectId>) -> Vec<Statement> {
        let stay = self
            .default_privileges
            .iter()
            .filter(|object| !moved.contains(&object.id) && !self.gone_objects.contains(&object.id));
        stay.filter_map(|object| self.rules.without_default_privileges(object, id, self.after)).collect()
    }

    /// The tables that are new.
    fn created_tables(&self) -> impl Iterator<Item = &'a Table> {
        self.changes.iter().filter_map(|change| match change {
            Change::CreateTable(table) => Some(table),
            _ => None,
        })
    }

    fn alter_table(&mut self, alteration: &TableAlteration) {
        let mut alteration = Cow::Borrowed(alteration);
        if self.detached.contains(&alteration.after.object_name()) {
            let before = Table { inherits: vec![].into(), partition_bound: None, ..alteration.before.clone() };
            alteration = Cow::Owned(TableAlteration { before, ..alteration.into_owned() });
        }
        let alteration = &*alteration;
        let mut changes: Vec<TableChange> =
            alteration.changes.iter().flat_map(|change| self.without_rename(change)).collect();
        changes.sort_by_key(phase_order);
        changes.retain(|change| !self.is_gone(alteration, change));
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
        if self.partitioned.contains(&alteration.after.object_name()) && changes.iter().any(is_added_key_or_index) {
            let (last, rest): (Vec<_>, Vec<_>) = changes.into_iter().partition(is_after_partitions);
            self.over_partitions.push((alteration.clone(), last));
            changes = rest;
        }
        let is_relabelling = |change: &TableChange| matches!(change, TableChange::RenameLabels { .. });
        if self.in_parts() && changes.iter().any(is_relabelling) {
            let (first, rest): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| phase_order(change) < RELABEL);
            let (labels, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_relabelling);
            self.alter_filling(alteration, first);
            labels.iter().for_each(|change| self.relabel(alteration, change));
            changes = rest;
        }
        self.alter_filling(alteration, changes);
    }
}

fn is_added_key_or_index(change: &TableChange) -> bool {
    matches!(change, TableChange::AddPrimaryKey(_) | TableChange::AddUnique(_) | TableChange::AddIndex(_))
}

fn is_after_partitions(change: &TableChange) -> bool {
    use TableChange::{AlterPart, SetComment, SetOptions};
    is_added_key_or_index(change) || matches!(change, AlterPart { .. } | SetOptions { .. } | SetComment { .. })
}

/// The place of labels that get other names among the changes of a table.
const RELABEL: u8 = 6;

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

/// Drops before alterations before additions, and what others stand on first.
fn phase_order(change: &TableChange) -> u8 {
    match change {
        TableChange::RenameColumn { .. } | TableChange::RenamePart { .. } => 0,
        TableChange::DropForeignKey(_) => 1,
        TableChange::DropIndex(_) | TableChange::DropCheck(_) | TableChange::DropExclusion(_) => 2,
        TableChange::DropUnique(_) | TableChange::DropPrimaryKey(_) => 3,
        // What is computed from a column goes before it, or lets go of it.
        TableChange::DropColumn(column) if column.generated.is_some() => 4,
        TableChange::AlterColumn { before, after } if before.generated.is_some() && after.generated.is_none() => 4,
        TableChange::DropColumn(_) => 5,
        TableChange::RenameLabels { .. } => RELABEL,
        TableChange::AlterColumn { .. } => 7,
        TableChange::AddColumn(_) => 8,
        // What was the primary key may stay unique: without a gap.
        TableChange::AddUnique(_) => 9,
        TableChange::AddPrimaryKey(_) => 10,
        TableChange::AddCheck(_)
        | TableChange::AddIndex(_)
        | TableChange::AddExclusion(_)
        | TableChange::AlterPart { .. } => 11,
        TableChange::AddForeignKey(_) => 12,
        TableChange::SetInheritance => 13,
        TableChange::SetOptions { .. } => 14,
        TableChange::SetComment { .. } => 15,
    }
}
