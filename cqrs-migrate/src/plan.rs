//! Changes -> ordered steps. The order is the same for every database; what a step says is the dialect's.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use cqrs_core::schema::{ForeignKey, IndexKey, ObjectName, Schema, Str, Table, View};

use crate::change::{Change, TableAlteration, TableChange};
use crate::dialect::{Dialect, Lock, Rules, Statement};
use crate::diff::{Renames, diff};
use crate::lint;
use crate::prepare::is_of_type;

/// What to do, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The database that it is for.
    pub dialect: Dialect,
    /// The steps. None where there is nothing to do.
    pub steps: Vec<Step>,
}

/// One statement of a plan, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, for people: ``add column `level` to `scor_processes` ``. Statements that together do one thing
    /// share it.
    pub description: String,
    /// The SQL, its lock, and how it goes with transactions.
    pub statement: Statement,
    /// Whether what it does can be undone without loss.
    pub reversible: bool,
}

impl Plan {
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

    /// The statements as SQL text, each under a comment that says what it does. What the database's own client needs
    /// around them is in [`Plan::script`].
    #[must_use]
    pub fn sql(&self) -> String {
        let mut text = String::new();
        let mut said = None;
        for step in &self.steps {
            if said != Some(&step.description) {
                if said.is_some() {
                    text.push('\n');
                }
                for line in step.description.lines() {
                    text.push_str(&format!("-- {line}\n"));
                }
                said = Some(&step.description);
            }
            text.push_str(&step.statement.sql);
            text.push_str(";\n");
        }
        text
    }

    /// A script that the database's own client runs as it stands.
    #[must_use]
    pub fn script(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let (before, after) = self.dialect.rules().script_frame();
        let lines = |statements: &[&str]| statements.iter().map(|sql| format!("{sql};\n")).collect::<String>();
        format!("{}\n{}\n{}", lines(before), self.sql(), lines(after)).trim_start().to_owned()
    }
}

/// The steps numbered, each with its SQL.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = None;
        let mut number = 0;
        for step in &self.steps {
            if said != Some(&step.description) {
                number += 1;
                said = Some(&step.description);
                let mut lines = step.description.lines();
                writeln!(f, "{number:>3}. {}", lines.next().unwrap_or_default())?;
                for line in lines {
                    writeln!(f, "     {line}")?;
                }
                match step.statement.lock {
                    Lock::None => {}
                    Lock::Writes => writeln!(f, "     lock: writes to the table wait")?,
                    Lock::ReadsAndWrites => writeln!(f, "     lock: reads and writes of the table wait")?,
                }
                if !step.reversible {
                    writeln!(f, "     cannot be undone without loss")?;
                }
            }
            for line in step.statement.sql.lines() {
                writeln!(f, "       {line}")?;
            }
        }
        Ok(())
    }
}

/// Orders the changes that lead from `before` to `after`, and renders them. `before` has the new names already; what it
/// was called is in the changes.
pub(crate) fn plan(dialect: Dialect, before: &Schema, after: &Schema, changes: &[Change]) -> Plan {
    let mut planner = Planner { rules: dialect.rules(), before, after, changes, steps: vec![] };
    planner.drop_views();
    planner.drop_foreign_keys();
    planner.rename();
    planner.enums();
    planner.create_tables();
    planner.alter_tables();
    planner.add_foreign_keys();
    planner.drop_tables();
    planner.drop_enums();
    planner.create_views();
    Plan { dialect, steps: planner.steps }
}

/// One method a phase, in the order of [`plan`].
struct Planner<'a> {
    rules: &'static dyn Rules,
    /// The schema as it is, under the names that it shall have.
    before: &'a Schema,
    after: &'a Schema,
    changes: &'a [Change],
    steps: Vec<Step>,
}

impl Planner<'_> {
    fn push(&mut self, description: impl Into<String>, reversible: bool, statements: Vec<Statement>) {
        let description = description.into();
        self.steps.extend(statements.into_iter().map(|statement| Step {
            description: description.clone(),
            statement,
            reversible,
        }));
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
        self.push(description, reversible, statements);
    }

    fn drop_views(&mut self) {
        for view in self.views_to_drop().into_iter().rev() {
            self.push(format!("drop view `{}`", view.name), true, self.rules.drop_view(&view));
        }
    }

    fn create_views(&mut self) {
        let dropped = self.views_to_drop();
        let mut made: BTreeMap<ObjectName, View> = dropped
            .into_iter()
            .filter_map(|view| self.after.views.get(&view.name).map(|view| (view.name.clone(), view.clone())))
            .collect();
        for change in self.changes {
            if let Change::CreateView(view) = change {
                made.insert(view.name.clone(), view.clone());
            }
        }
        for view in dependencies_first(&made) {
            self.push(format!("create view `{}`", view.name), true, self.rules.create_view(&view));
        }
    }

    /// The views that change or go, and those over what changes under them, dependencies first.
    fn views_to_drop(&self) -> Vec<View> {
        let mut moved: BTreeSet<ObjectName> = BTreeSet::new();
        for change in self.changes {
            match change {
                Change::DropView(view) | Change::AlterView { before: view, .. } => {
                    moved.insert(view.name.clone());
                }
                Change::DropTable(table) => {
                    moved.insert(table.object_name());
                }
                Change::AlterTable(alteration) if alteration.changes.iter().any(moves_columns) => {
                    moved.insert(alteration.after.object_name());
                }
                _ => {}
            }
        }
        let all = dependencies_first(&self.before.views);
        let mut dropped = Vec::new();
        for view in all {
            if moved.contains(&view.name) || view.depends_on.iter().any(|name| moved.contains(name)) {
                moved.insert(view.name.clone());
                dropped.push(view);
            }
        }
        dropped
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
                    TableChange::DropIndex(index) => index
                        .parts
                        .iter()
                        .filter_map(|part| match &part.key {
                            IndexKey::Column(column) => Some(column.clone()),
                            IndexKey::Expression(_) => None,
                        })
                        .collect(),
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
        for change in self.changes {
            if let Change::RenameTable { from, to } = change {
                self.push(change.to_string(), true, self.rules.rename_table(from, to));
            }
        }
        if !self.in_parts() {
            return;
        }
        for change in self.changes {
            let Change::AlterTable(alteration) = change else { continue };
            let renames = alteration.changes.iter().filter(|change| match change {
                TableChange::RenameColumn { .. } => true,
                TableChange::RenamePart { to, .. } => self.rules.renames(to),
                _ => false,
            });
            for change in renames {
                self.alter(alteration, vec![change.clone()]);
            }
        }
    }

    fn enums(&mut self) {
        for change in self.changes {
            match change {
                Change::CreateEnum(enum_type) => {
                    self.push(change.to_string(), true, self.rules.create_enum(enum_type));
                }
                Change::AlterEnum { before, after } => {
                    let users: Vec<&Table> = self
                        .before
                        .tables
                        .values()
                        .filter(|table| table.columns.iter().any(|column| is_of_type(column, &before.name)))
                        .collect();
                    let statements = self.rules.alter_enum(before, after, &users);
                    let reversible = before.values.iter().all(|value| after.values.contains(value));
                    self.push(change.to_string(), reversible, statements);
                }
                _ => {}
            }
        }
    }

    fn created_tables(&self) -> Vec<Table> {
        let created = self.changes.iter().filter_map(|change| match change {
            Change::CreateTable(table) => Some(table.clone()),
            _ => None,
        });
        referenced_first(created.collect())
    }

    fn dropped_tables(&self) -> Vec<Table> {
        let dropped = self.changes.iter().filter_map(|change| match change {
            Change::DropTable(table) => Some(table.clone()),
            _ => None,
        });
        let mut order = referenced_first(dropped.collect());
        order.reverse();
        order
    }

    /// The foreign keys of a new table that can be made with it, and those that wait: for a table made later, or for
    /// one whose keys are being changed.
    fn split_foreign_keys<'t>(
        &self,
        table: &'t Table,
        later: &HashSet<ObjectName>,
    ) -> (Vec<&'t ForeignKey>, Vec<&'t ForeignKey>) {
        let altered: HashSet<ObjectName> =
            self.alterations().iter().map(|alteration| alteration.after.object_name()).collect();
        table.foreign_keys.iter().partition(|key| {
            !self.in_parts() || (!later.contains(&key.references) && !altered.contains(&key.references))
        })
    }

    fn create_tables(&mut self) {
        let tables = self.created_tables();
        let mut later: HashSet<ObjectName> = tables.iter().map(Table::object_name).collect();
        for table in &tables {
            later.remove(&table.object_name());
            let (inline, _) = self.split_foreign_keys(table, &later);
            let statements = self.rules.create_table(table, &inline);
            self.push(format!("create table `{}`", table.object_name()), true, statements);
        }
    }

    fn alter_tables(&mut self) {
        for change in self.changes {
            let Change::AlterTable(alteration) = change else { continue };
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
            self.alter(alteration, changes);
        }
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
        for (name, key) in adds {
            let Some(table) = self.after.tables.get(&name) else { continue };
            let alteration = TableAlteration { before: table.clone(), after: table.clone(), changes: Vec::new() };
            self.alter(&alteration, vec![TableChange::AddForeignKey(key)]);
        }
    }

    fn drop_tables(&mut self) {
        for table in self.dropped_tables() {
            self.push(format!("drop table `{}`", table.object_name()), false, self.rules.drop_table(&table));
        }
    }

    fn drop_enums(&mut self) {
        for change in self.changes {
            if let Change::DropEnum(enum_type) = change {
                self.push(change.to_string(), true, self.rules.drop_enum(enum_type));
            }
        }
    }
}

/// Whether a view over the table has to be made again.
fn moves_columns(change: &TableChange) -> bool {
    matches!(change, TableChange::RenameColumn { .. } | TableChange::DropColumn(_) | TableChange::AlterColumn { .. })
}

/// Drops before alterations before additions, and what others stand on first.
fn phase_order(change: &TableChange) -> u8 {
    match change {
        TableChange::RenameColumn { .. } | TableChange::RenamePart { .. } => 0,
        TableChange::DropForeignKey(_) => 1,
        TableChange::DropIndex(_) | TableChange::DropCheck(_) => 2,
        TableChange::DropUnique(_) | TableChange::DropPrimaryKey(_) => 3,
        // What is computed from a column goes before it.
        TableChange::DropColumn(column) if column.generated.is_some() => 4,
        TableChange::DropColumn(_) => 5,
        TableChange::AlterColumn { .. } => 6,
        TableChange::AddColumn(_) => 7,
        TableChange::AddPrimaryKey(_) | TableChange::AddUnique(_) => 8,
        TableChange::AddCheck(_) | TableChange::AddIndex(_) => 9,
        TableChange::AddForeignKey(_) => 10,
        TableChange::SetOptions { .. } => 11,
        TableChange::SetComment { .. } => 12,
    }
}

/// Tables such that what a table refers to comes before it, as far as there are no cycles.
fn referenced_first(tables: Vec<Table>) -> Vec<Table> {
    let names: HashSet<ObjectName> = tables.iter().map(Table::object_name).collect();
    let mut waiting = tables;
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    let mut done: HashSet<ObjectName> = HashSet::new();
    while !waiting.is_empty() {
        let ready = |table: &Table| {
            table.foreign_keys.iter().all(|key| {
                key.references == table.object_name()
                    || !names.contains(&key.references)
                    || done.contains(&key.references)
            })
        };
        let (mut now, rest): (Vec<Table>, Vec<Table>) = waiting.into_iter().partition(ready);
        waiting = rest;
        if now.is_empty() {
            now.push(waiting.remove(0));
        }
        done.extend(now.iter().map(Table::object_name));
        ordered.extend(now);
    }
    ordered
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

fn dependencies_first(views: &BTreeMap<ObjectName, View>) -> Vec<View> {
    fn visit(
        name: &ObjectName,
        views: &BTreeMap<ObjectName, View>,
        seen: &mut BTreeSet<ObjectName>,
        order: &mut Vec<View>,
    ) {
        let Some(view) = views.get(name) else { return };
        if !seen.insert(name.clone()) {
            return;
        }
        for dependency in &view.depends_on {
            visit(dependency, views, seen, order);
        }
        order.push(view.clone());
    }
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for name in views.keys() {
        visit(name, views, &mut seen, &mut order);
    }
    order
}

/// Everything that a schema needs, from nothing.
pub(crate) fn create_all(dialect: Dialect, schema: &Schema) -> Plan {
    let nothing = Schema::new();
    let changes = diff(&nothing, schema, &Renames::default());
    plan(dialect, &nothing, schema, &changes)
}
