//! Tables, columns and parts of tables that get other names.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Str};

use super::Planner;
use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::rename::{Move, column_renames, free_name, in_order};

impl Planner<'_> {
    pub(super) fn rename(&mut self, moved: &BTreeSet<ObjectId>) {
        self.rename_objects(moved);
        self.rename_enum_labels();
        self.rename_tables();
        if !self.in_parts() {
            return;
        }
        for alteration in self.alterations() {
            self.rename_columns(alteration);
        }
    }

    /// All but those that are gone by now, to be made again under the new name.
    fn rename_objects(&mut self, moved: &BTreeSet<ObjectId>) {
        let is_gone = |id: &ObjectId| moved.contains(id) && !self.under_tables.contains(id);
        let renames = self.changes.iter().filter_map(|change| match change {
            Change::RenameObject { from, to } if !is_gone(to) => {
                let materialized = self.before.views.get(&to.name).is_some_and(|view| view.materialized);
                let kind = match to.kind {
                    ObjectKind::Enum | ObjectKind::CompositeType => "TYPE",
                    ObjectKind::Domain => "DOMAIN",
                    ObjectKind::Sequence => "SEQUENCE",
                    _ if materialized => "MATERIALIZED VIEW",
                    _ => "VIEW",
                };
                Some(Move { from: from.clone(), to: to.clone(), with: kind })
            }
            _ => None,
        });
        let is_taken = |name: &str| {
            let named = |id: &ObjectId| id.name.name == name;
            self.changes.iter().any(|change| match change {
                Change::RenameObject { from, to } => named(from) || named(to),
                _ => false,
            })
        };
        let is_same = |one: &ObjectId, other: &ObjectId| one.kind == other.kind && one.name == other.name;
        let free = |to: &ObjectId| {
            let name = ObjectName { schema: to.name.schema.clone(), name: free_name(&to.name.name, is_taken) };
            ObjectId { name, ..to.clone() }
        };
        for Move { from, to, with } in in_order(renames.collect(), is_same, free).into_iter().flatten() {
            let statements = self.rules.rename_object(with, &from.name, &to.name);
            self.push(format!("rename {} `{from}` to `{to}`", to.kind), true, statements);
        }
    }

    fn rename_enum_labels(&mut self) {
        let mut by_type: BTreeMap<&ObjectName, Vec<Move<Str, ()>>> = BTreeMap::new();
        for change in self.changes {
            if let Change::RenameLabel { enum_type, from, to } = change {
                by_type.entry(enum_type).or_default().push(Move { from: from.clone(), to: to.clone(), with: () });
            }
        }
        for (enum_type, renames) in by_type {
            let labels = self.after.enums.get(enum_type).map(|found| found.values.clone()).unwrap_or_default();
            let free = |label: &Str| free_name(label, |name| labels.iter().any(|label| label == name));
            for Move { from, to, .. } in in_order(renames, |one, other| one == other, free).into_iter().flatten() {
                let statements = self.rules.rename_label(enum_type, &from, &to);
                self.push(format!("rename label `{from}` of enum `{enum_type}` to `{to}`"), true, statements);
            }
        }
    }

    pub(super) fn rename_tables(&mut self) {
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

    pub(super) fn rename_columns(&mut self, alteration: &TableAlteration) {
        let renames = alteration.changes.iter().filter(|change| matches!(change, TableChange::RenameColumn { .. }));
        if self.rules.capabilities().renames_columns_at_once {
            return self.alter(alteration, renames.cloned().collect());
        }
        for (from, to) in column_renames(alteration) {
            self.alter(alteration, vec![TableChange::RenameColumn { from, to }]);
        }
    }

    /// Their names may be unique in a schema, so that tables that change their names may have to wait for each other.
    pub(super) fn rename_parts(&mut self) {
        if !self.in_parts() {
            return;
        }
        let alterations = self.alterations();
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

    /// A rename of a part that the database cannot rename is a drop and an add.
    pub(super) fn without_rename(&self, change: &TableChange) -> Vec<TableChange> {
        match change {
            TableChange::RenamePart { from, to } if !self.rules.renames(to) => {
                vec![to.clone().named(from.clone()).drop(), to.clone().add()]
            }
            other => vec![other.clone()],
        }
    }

    pub(super) fn is_same_name(&self, one: &ObjectName, other: &ObjectName) -> bool {
        one.schema == other.schema
            && (one.name == other.name
                || self.rules.capabilities().ignores_case && one.name.eq_ignore_ascii_case(&other.name))
    }
}
