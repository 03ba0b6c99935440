//! Columns that are filled in the rows that are there: made so that they may be null, filled, then made what they shall be.

use std::collections::BTreeMap;
use std::sync::Arc;

use cqrs_core::schema::{Column, DefaultValue, IndexKey, ObjectId, Schema, Str, Table};

use super::{Planner, Step, phase_order, steps};
use crate::batches::directive;
use crate::change::{Change, TableAlteration, TableChange};
use crate::dialect::{Held, Lock, Rules, Statement, Transaction};
use crate::diff::same_column;
use crate::rename::with_labels_of;

/// A column that a change fills: as it is once it may be null and new rows get its default, and as it shall be.
struct Fill {
    filled: Column,
    after: Column,
}

impl Fill {
    fn of(change: &TableChange) -> Option<Self> {
        let after = match change {
            TableChange::AddColumn(after) => after,
            TableChange::AlterColumn { before, after } if before.nullable && !after.nullable => after,
            _ => return None,
        };
        after.backfill.as_ref()?;
        Some(Self { filled: Column { nullable: true, ..after.clone() }, after: after.clone() })
    }
}

/// The changes with a fill for each new column whose default may be another for each row: with the column, the database
/// would write all rows anew at once. None where there is no such column, or no key to write them by in batches.
pub(super) fn with_varying_defaults(
    rules: &dyn Rules,
    before: &Schema,
    after: &Schema,
    changes: &[Change],
) -> Option<Vec<Change>> {
    let mut filled: Option<Vec<Change>> = None;
    for (at, change) in changes.iter().enumerate() {
        let Change::AlterTable(alteration) = change else { continue };
        for (part, change) in alteration.changes.iter().enumerate() {
            if let TableChange::AddColumn(column) = change
                && let Some(DefaultValue::Expression(default)) = &column.default
                && column.backfill.is_none()
                && rules.default_varies(column)
                && key_of_rows(rules, before, after, &alteration.after).is_some()
                && let Change::AlterTable(alteration) = &mut filled.get_or_insert_with(|| changes.to_vec())[at]
            {
                let backfill = Some(default.clone());
                alteration.changes[part] = TableChange::AddColumn(Column { backfill, ..column.clone() });
            }
        }
    }
    filled
}

/// The key by which the rows of a table that is there are filled in batches.
fn key_of_rows<'t>(rules: &dyn Rules, before: &Schema, after: &Schema, table: &'t Table) -> Option<&'t [Str]> {
    let name = table.object_name();
    // The rows of tables that inherit are in no order of their parent's key.
    let has_children =
        after.tables.values().any(|other| other.inherits.contains(&name) && other.partition_bound.is_none());
    batch_key(rules, before.tables.get(&name).filter(|_| !has_children)?, table)
}

/// The key by which the rows of a table are filled in batches: one that the table has, and had before.
pub(crate) fn batch_key<'t>(rules: &dyn Rules, before: &Table, table: &'t Table) -> Option<&'t [Str]> {
    let had: &[Str] = before.primary_key.as_ref().map(|key| &*key.columns)?;
    rules.batch_key(table).filter(|key| *key == had)
}

impl Planner<'_> {
    /// Makes the changes of a table. What stands on a column that is filled waits until it is.
    pub(super) fn alter_filling(&mut self, alteration: &TableAlteration, changes: Vec<TableChange>) {
        let fills: Vec<Fill> = changes.iter().filter_map(Fill::of).collect();
        if fills.is_empty() || !self.in_parts() {
            return self.alter_online(alteration, changes);
        }
        let (mut first, mut waiting, mut defaults) = (Vec::new(), Vec::new(), Vec::new());
        for change in changes {
            match (Fill::of(&change), change) {
                (Some(Fill { filled, .. }), TableChange::AddColumn(_)) => {
                    // A default that comes with the column would be the value of the rows that are there.
                    let bare = Column { default: None, ..filled.clone() };
                    first.push(TableChange::AddColumn(bare.clone()));
                    if filled.default.is_some() {
                        defaults.push(TableChange::AlterColumn { before: bare, after: filled });
                    }
                }
                (Some(Fill { filled, .. }), TableChange::AlterColumn { before, .. }) => {
                    if !same_column(&before, &filled) {
                        first.push(TableChange::AlterColumn { before, after: filled });
                    }
                }
                (_, change) if fills.iter().any(|fill| stands_on(&change, &fill.after.name)) => waiting.push(change),
                (_, change) => first.push(change),
            }
        }
        first.sort_by_key(phase_order);
        self.alter_online(alteration, first);
        self.alter(alteration, defaults);
        let (steps, later) = (std::mem::take(&mut self.steps), std::mem::take(&mut self.later));
        for fill in fills {
            self.fill(alteration, &fill);
        }
        self.alter_online(alteration, waiting);
        let (now, then) = (std::mem::replace(&mut self.steps, steps), std::mem::replace(&mut self.later, later));
        // What a view needs of the table is there before the view is.
        let is_needed = self.needed.contains(&ObjectId::table(alteration.after.object_name()));
        if is_needed { &mut self.steps } else { &mut self.later }.extend(now);
        self.later.extend(then);
    }

    /// Fills a column; where it may not be null then, again once no null can come in any more.
    fn fill(&mut self, alteration: &TableAlteration, Fill { filled, after }: &Fill) {
        let step = self.fill_step(&alteration.after, after);
        self.steps.push(step.clone());
        if after.nullable {
            return;
        }
        let change = TableChange::AlterColumn { before: filled.clone(), after: after.clone() };
        match self.online(alteration, &change) {
            None => self.alter(alteration, vec![change]),
            Some(online) => {
                self.alter(alteration, online.now);
                if step.statement.transaction == Transaction::Batches {
                    self.steps.push(step);
                }
                let table = alteration.after.object_name();
                let description = format!("table `{table}`: {}", online.what);
                self.later.extend(steps([table], vec![change], description, true, online.later));
            }
        }
    }

    /// Gives labels other names where they are a column's own: the column takes both, the rows get the new ones, and the old
    /// ones go.
    pub(super) fn relabel(&mut self, alteration: &TableAlteration, change: &TableChange) {
        let TableChange::RenameLabels { before, after, labels } = change else { return };
        let both = with_labels_of(before, after);
        if both != *before {
            let widened = TableChange::AlterColumn { before: before.clone(), after: both.clone() };
            self.alter(alteration, vec![widened]);
        }
        let table = &alteration.after;
        let column = self.rules.quote(&after.name);
        let is_old: Vec<String> = labels.keys().map(|label| self.rules.text(label)).collect();
        let sql = format!(
            "UPDATE {} SET {column} = {} WHERE {column} IN ({})",
            self.rules.quote_name(&table.object_name()),
            relabelled(self.rules, &after.name, labels),
            is_old.join(", ")
        );
        let key = key_of_rows(self.rules, self.before, self.after, table);
        self.steps.push(Step {
            description: format!("table `{}`: {change}", table.object_name()),
            statement: of_rows(self.rules, key, sql),
            reversible: true,
            tables: Arc::from([table.object_name()]),
            changes: Arc::from([change.clone()]),
        });
        let done = self.steps.len();
        self.alter(alteration, vec![TableChange::AlterColumn { before: both, after: after.clone() }]);
        // No row has the labels that go now.
        self.steps[done..].iter_mut().for_each(|step| step.reversible = true);
    }

    fn fill_step(&self, table: &Table, column: &Column) -> Step {
        let key = key_of_rows(self.rules, self.before, self.after, table);
        fill_step(self.rules, key, table, column)
    }

    /// Whether a key is made only when its columns are filled.
    pub(super) fn waits_for_fill(alteration: &TableAlteration, change: &TableChange) -> bool {
        alteration.changes.iter().filter_map(Fill::of).any(|fill| stands_on(change, &fill.after.name))
    }
}

/// Gives a column its value in the rows that have none: in batches where there is a key for them.
pub(crate) fn fill_step(rules: &dyn Rules, key: Option<&[Str]>, table: &Table, column: &Column) -> Step {
    let (name, column_name) = (rules.quote_name(&table.object_name()), rules.quote(&column.name));
    let expression = column.backfill.as_deref().unwrap_or("NULL");
    let sql = format!("UPDATE {name} SET {column_name} = ({expression}) WHERE {column_name} IS NULL");
    Step {
        description: format!("table `{}`: fill column `{}`", table.object_name(), column.name),
        statement: of_rows(rules, key, sql),
        reversible: true,
        tables: Arc::from([table.object_name()]),
        changes: Arc::from([TableChange::AddColumn(column.clone())]),
    }
}

/// What writes rows: in batches where there is a key for them.
fn of_rows(rules: &dyn Rules, key: Option<&[Str]>, sql: String) -> Statement {
    match key {
        Some(key) => {
            let key: Vec<String> = key.iter().map(|column| rules.quote(column)).collect();
            let sql = directive(&key) + &sql;
            Statement { sql, lock: Lock::None, held: Held::Briefly, transaction: Transaction::Batches }
        }
        None => {
            let (lock, transaction) = (Lock::Writes, Transaction::Joined);
            Statement { sql, lock, held: Held::Rewrite, transaction }
        }
    }
}

/// The new label of a column for the old one that it has.
pub(crate) fn relabelled(rules: &dyn Rules, column: &str, labels: &BTreeMap<Str, Str>) -> String {
    let column = rules.quote(column);
    let cases = labels.iter().map(|(from, to)| format!("WHEN {} THEN {}", rules.text(from), rules.text(to)));
    format!("CASE {column} {} ELSE {column} END", cases.collect::<Vec<_>>().join(" "))
}

/// Whether a key, index or condition is made of a column.
fn stands_on(change: &TableChange, column: &Str) -> bool {
    let mentions = |sql: &str| sql.contains(&**column);
    match change {
        TableChange::AddPrimaryKey(key) => key.columns.contains(column),
        TableChange::AddUnique(key) => key.columns.contains(column),
        TableChange::AddIndex(index) => {
            index.include.contains(column)
                || index.predicate.as_deref().is_some_and(mentions)
                || index.parts.iter().any(|part| match &part.key {
                    IndexKey::Column(name) => name == column,
                    IndexKey::Expression(sql) => mentions(sql),
                })
        }
        TableChange::AddCheck(check) => mentions(&check.expression),
        TableChange::AddExclusion(exclusion) => mentions(&exclusion.definition),
        _ => false,
    }
}
