//! Keys and indexes of partitions. The server makes them with those of the partitioned table, as parts of these, and drops
//! them with these; a part cannot be dropped or taken out alone.
//! <https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE>
//!
//! An index of a partitioned table comes after those of the partitions, and takes over each that is like it. Where it could
//! take the wrong one, or shall leave some out, it is made alone, and told its parts.

use std::collections::{BTreeMap, HashMap, HashSet};

use cqrs_core::schema::{Index, ObjectName, Schema, Str, Table};

use super::clauses::{ATTACH_PARTITION, CASCADE, ONLY, has};
use super::partition_parts::{attached, columns, is_about, keys, put, with_options, with_whole};
use super::parts::schema_prefix;
use super::sql::quote;
use crate::change::{Change, Part, TableAlteration, TableChange};

/// The partitions of two schemas, and what changes in their keys and indexes.
pub(super) struct Trees<'a> {
    before: &'a Schema,
    after: &'a Schema,
    /// The tables that are partitions of the same table all the time, each after that table.
    stay: Vec<(&'a Table, &'a Table)>,
    /// The partitions of each table.
    parts_before: HashMap<&'a ObjectName, Vec<&'a Table>>,
    parts_after: HashMap<&'a ObjectName, Vec<&'a Table>>,
    /// The changes of each table that is altered.
    altered: BTreeMap<ObjectName, Vec<TableChange>>,
    /// The keys and indexes that go with one of the partitioned table.
    gone: HashSet<(ObjectName, Str)>,
}

impl<'a> Trees<'a> {
    pub(super) fn of(before: &'a Schema, after: &'a Schema, changes: &[Change]) -> Self {
        let altered = changes.iter().filter_map(|change| match change {
            Change::AlterTable(alteration) => Some((alteration.after.object_name(), alteration.changes.clone())),
            _ => None,
        });
        let altered: BTreeMap<_, _> = altered.collect();
        let stays = |(name, after): (&ObjectName, &'a Table)| {
            let table = before.tables.get(name)?;
            let parent = before.tables.get(table.partition_of()?)?;
            let is_detached = altered.get(name).is_some_and(|changes| changes.contains(&TableChange::SetInheritance));
            (!is_detached && table.partition_of() == after.partition_of()).then_some((table, parent))
        };
        let mut stay: Vec<_> = after.tables.iter().filter_map(stays).collect();
        stay.sort_by_key(|(table, _)| depth(after, table));
        let parts = [before, after].map(|schema| {
            let mut parts: HashMap<&ObjectName, Vec<&Table>> = HashMap::new();
            for table in schema.tables.values() {
                table.partition_of().into_iter().for_each(|whole| parts.entry(whole).or_default().push(table));
            }
            parts
        });
        let [parts_before, parts_after] = parts;
        Self { before, after, stay, parts_before, parts_after, altered, gone: HashSet::new() }
    }

    /// The changes as they are made. First what stays is found, by another name or alone; then what has to be made again, from
    /// the parts to the wholes; then what goes with a whole, from the wholes to the parts; and last how what is there by then
    /// becomes a part.
    pub(super) fn settled(mut self, changes: &[Change]) -> Vec<Change> {
        self.keep();
        self.rename();
        self.make_again();
        self.drop_with_parent();
        self.attach();
        self.tell_parts();
        let mut settled: Vec<Change> = Vec::with_capacity(changes.len());
        for change in changes {
            settled.push(match change {
                Change::AlterTable(alteration) => {
                    let changes = self.altered.remove(&alteration.after.object_name()).unwrap_or_default();
                    Change::AlterTable(TableAlteration { changes, ..alteration.clone() })
                }
                Change::CreateTable(table) => Change::CreateTable(self.with_told_parts(table)),
                other => other.clone(),
            });
        }
        for (name, changes) in self.altered {
            if let (Some(before), Some(after)) = (self.before.tables.get(&name), self.after.tables.get(&name)) {
                let (before, after) = (before.clone(), after.clone());
                settled.push(Change::AlterTable(TableAlteration { before, after, changes }));
            }
        }
        settled
    }

    fn changes(&self, table: &ObjectName) -> &[TableChange] {
        self.altered.get(table).map_or(&[], Vec::as_slice)
    }

    /// What becomes of a key or index: `None` where it goes.
    fn fate(&self, table: &ObjectName, part: &Part) -> Option<Part> {
        if self.gone.contains(&(table.clone(), part.name().to_owned().into())) {
            return None;
        }
        let is_it = |other: &Part| other.kind() == part.kind() && other.name() == part.name();
        for change in self.changes(table) {
            match change {
                TableChange::AlterPart { before, after } if is_it(before) => return Some(after.clone()),
                TableChange::RenamePart { from, to } if to.kind() == part.kind() && **from == *part.name() => {
                    return Some(to.clone());
                }
                change if change.dropped_part().as_ref().is_some_and(is_it) => return None,
                _ => {}
            }
        }
        Some(part.clone())
    }

    /// What becomes of the index that one of a partition is a part of: `None` where it goes.
    fn fate_of_whole(&self, parent: &Table, whole: &str) -> Option<Part> {
        let found = keys(parent).find(|part| quote(part.name()) == whole)?;
        self.fate(&parent.object_name(), &found)
    }

    /// What a table that begins or ceases to be a partition has stays, whatever it is a part of, perhaps by another name.
    fn keep(&mut self) {
        for changes in self.altered.values_mut().filter(|changes| changes.contains(&TableChange::SetInheritance)) {
            let alone = |part: &Part| with_whole(part.clone(), None).unnamed();
            let dropped: Vec<Part> = changes.iter().filter_map(TableChange::dropped_part).collect();
            for old in dropped {
                let added: Vec<Part> = changes.iter().filter_map(TableChange::added_part).collect();
                let mut alike = added.into_iter().filter(|new| alone(new) == alone(&old));
                let Some(new) = alike.clone().find(|new| new.name() == old.name()).or_else(|| alike.next()) else {
                    continue;
                };
                changes.retain(|change| {
                    change.dropped_part().as_ref() != Some(&old) && change.added_part().as_ref() != Some(&new)
                });
                if new.name() != old.name() {
                    changes.push(TableChange::RenamePart { from: old.name().to_owned().into(), to: new });
                }
            }
        }
    }

    /// A part that has another name, beside the whole that has another name too, is renamed.
    fn rename(&mut self) {
        for (table, parent) in self.stay.clone() {
            let name = table.object_name();
            for part in keys(table) {
                let Some(whole) = attached(&part) else { continue };
                let Some(now) = self.fate_of_whole(parent, whole).filter(|now| quote(now.name()) != whole) else {
                    continue;
                };
                if self.fate(&name, &part).is_some() {
                    continue;
                }
                let wanted = with_whole(part.clone(), Some(&quote(now.name()))).unnamed();
                let Some(changes) = self.altered.get_mut(&name) else { continue };
                let like =
                    changes.iter().position(|change| change.added_part().is_some_and(|new| new.unnamed() == wanted));
                if let Some(to) = like.and_then(|at| changes[at].added_part()) {
                    let from: Str = part.name().to_owned().into();
                    changes.retain(|change| {
                        change.dropped_part().as_ref() != Some(&part) && change.added_part().as_ref() != Some(&to)
                    });
                    changes.push(TableChange::RenamePart { from, to });
                }
            }
        }
    }

    /// An index loses a part only by being made again.
    fn make_again(&mut self) {
        for (table, parent) in self.stay.clone().into_iter().rev() {
            let (name, parent_name) = (table.object_name(), parent.object_name());
            for part in keys(table) {
                let Some(whole) = attached(&part) else { continue };
                let Some(now) = self.fate_of_whole(parent, whole) else { continue };
                let now_whole = quote(now.name());
                let stays = self.fate(&name, &part).is_some_and(|part| attached(&part) == Some(&now_whole));
                if !stays {
                    self.drop_and_add(&parent_name, whole, now);
                }
            }
        }
        let parents: Vec<&Table> =
            self.before.tables.values().filter(|table| self.altered.contains_key(&table.object_name())).collect();
        for parent in parents {
            let name = parent.object_name();
            for part in keys(parent).filter(|part| has(part.options(), ONLY)) {
                let Some(now) = self.fate(&name, &part).filter(|now| !has(now.options(), ONLY)) else { continue };
                let (whole, now_whole) = (quote(part.name()), quote(now.name()));
                let gains = |table: &&Table| {
                    let before = self.before.tables.get(&table.object_name());
                    let had = |part: &Part| {
                        let is_it = |old: &Part| old.name() == part.name() && attached(old) == Some(&whole);
                        before.is_some_and(|table| keys(table).any(|old| is_it(&old)))
                    };
                    keys(table).any(|part| attached(&part) == Some(&now_whole) && !had(&part))
                };
                if !self.parts_after.get(&name).into_iter().flatten().any(gains) {
                    self.drop_and_add(&name, &whole, now);
                }
            }
        }
    }

    fn drop_and_add(&mut self, table: &ObjectName, whole: &str, now: Part) {
        let Some(old) =
            self.before.tables.get(table).and_then(|table| keys(table).find(|part| quote(part.name()) == whole))
        else {
            return;
        };
        let changes = self.altered.entry(table.clone()).or_default();
        changes.retain(|change| !is_about(change, &old));
        changes.extend([old.drop(), now.add()]);
    }

    /// What goes with the parent's needs no statement, and is made again where it stays.
    fn drop_with_parent(&mut self) {
        for (table, parent) in self.stay.clone() {
            let name = table.object_name();
            for part in keys(table) {
                let Some(whole) = attached(&part) else { continue };
                if self.fate_of_whole(parent, whole).is_some() {
                    continue;
                }
                let now = self.fate(&name, &part);
                if let Some(changes) = self.altered.get_mut(&name) {
                    changes.retain(|change| !is_about(change, &part));
                }
                if let Some(now) = now {
                    self.altered.entry(name.clone()).or_default().push(now.add());
                }
                self.gone.insert((name.clone(), part.name().to_owned().into()));
            }
        }
    }

    /// What becomes a part of an index that stays is attached to it. One that comes takes its parts over by itself, and a
    /// table that becomes a partition brings its own.
    fn attach(&mut self) {
        let altered: Vec<ObjectName> = self.altered.keys().cloned().collect();
        for name in altered {
            let Some(changes) = self.altered.remove(&name) else { continue };
            let parent = self.after.tables.get(&name).and_then(Table::partition_of);
            let becomes_partition = changes.contains(&TableChange::SetInheritance);
            let comes = |whole: &str| {
                let changes = parent.map_or(&[][..], |parent| self.changes(parent));
                changes.iter().filter_map(TableChange::added_part).any(|part| quote(part.name()) == whole)
            };
            let is_given = |part: &Part| attached(part).is_none_or(|whole| becomes_partition || comes(whole));
            let mut settled = Vec::with_capacity(changes.len());
            for change in changes {
                match (change.added_part(), change) {
                    (Some(new), change) if is_given(&new) => settled.push(change),
                    (Some(new), _) => {
                        let alone = with_whole(new.clone(), None);
                        settled.extend([alone.clone().add(), TableChange::AlterPart { before: alone, after: new }]);
                    }
                    (None, TableChange::AlterPart { before, after }) if attached(&before) != attached(&after) => {
                        let stays = attached(&before).zip(parent).is_some_and(|(whole, parent)| {
                            let parent = self.before.tables.get(parent);
                            parent.and_then(|parent| self.fate_of_whole(parent, whole)).is_some()
                        });
                        let is_there = stays || is_given(&after);
                        let before = if is_there { with_whole(before, attached(&after)) } else { before };
                        if before != after {
                            settled.push(TableChange::AlterPart { before, after });
                        }
                    }
                    (None, change) => settled.push(change),
                }
            }
            self.altered.insert(name, settled);
        }
    }

    /// Indexes that shall leave a partition out, or could take the wrong one of two that are alike, and those that take keys
    /// of partitions with them.
    fn tell_parts(&mut self) {
        let altered: Vec<ObjectName> = self.altered.keys().cloned().collect();
        for name in altered {
            let Some(mut changes) = self.altered.remove(&name) else { continue };
            for change in &mut changes {
                if let Some(told) = change.added_part().and_then(|part| self.told(&name, &part)) {
                    *change = told.add();
                } else if let TableChange::DropIndex(index) = change
                    && self.has_keys(&name, index)
                {
                    index.options.to_mut().push(CASCADE.into());
                }
            }
            self.altered.insert(name, changes);
        }
    }

    /// The index with its parts, where they have to be told.
    fn told(&self, table: &ObjectName, whole: &Part) -> Option<Part> {
        let name = quote(whole.name());
        let partitions = || self.parts_after.get(table).into_iter().flatten();
        // By what they are over, and by nothing else: what is told once too often does no harm.
        let could_mistake = |partition: &&Table| {
            let is_part = |part: &Part| attached(part) == Some(&*name);
            let like: Vec<Part> = keys(partition).filter(|part| columns(part) == columns(whole)).collect();
            like.iter().any(is_part) && like.iter().any(|part| attached(part).is_none())
        };
        if !has(whole.options(), ONLY) && !partitions().any(could_mistake) {
            return None;
        }
        let parts = partitions().flat_map(|partition| {
            let prefix = schema_prefix(&partition.object_name());
            let parts = keys(partition).filter(|part| attached(part) == Some(&*name));
            parts.map(move |part| format!("{ATTACH_PARTITION}{prefix}{}", quote(part.name())).into())
        });
        let told = [ONLY.into()].into_iter().chain(parts);
        let others = whole.options().iter().filter(|clause| **clause != ONLY).cloned();
        Some(with_options(whole.clone(), others.chain(told).collect()))
    }

    /// Whether keys of partitions are parts of an index that is none: the server drops them only where that is said.
    /// <https://www.postgresql.org/docs/current/sql-dropindex.html>
    fn has_keys(&self, table: &ObjectName, whole: &Index) -> bool {
        let name = whole.name.as_deref().map(quote);
        let is_key = |part: &Part| !matches!(part, Part::Index(_)) && attached(part) == name.as_deref();
        let mut partitions = self.parts_before.get(table).into_iter().flatten();
        partitions.any(|partition| keys(partition).any(|part| is_key(&part)))
    }

    fn with_told_parts(&self, table: &Table) -> Table {
        let name = table.object_name();
        let mut made = table.clone();
        for part in keys(table).filter(|part| has(part.options(), ONLY)) {
            if let Some(told) = self.told(&name, &part) {
                put(&mut made, told);
            }
        }
        made
    }
}

/// The keys and indexes that a new table gets once it has its partitions, which are told to them.
pub(super) fn after_partitions(table: &Table) -> Option<TableAlteration> {
    later(table, |part| has(part.options(), ONLY))
}

/// The keys and indexes that a new partition gets once it is one: they could be taken for parts of the partitioned table's.
pub(super) fn after_attaching(table: &Table) -> Option<TableAlteration> {
    table.partition_of()?;
    let parts: Vec<Part> = keys(table).filter(|part| attached(part).is_some()).collect();
    let is_alike = |part: &Part| parts.iter().any(|other| columns(other) == columns(part));
    later(table, |part| attached(part).is_none() && is_alike(part))
}

/// A table without some of its keys and indexes in `before`, and what adds them.
fn later(table: &Table, is_late: impl Fn(&Part) -> bool) -> Option<TableAlteration> {
    let late: Vec<Part> = keys(table).filter(is_late).collect();
    if late.is_empty() {
        return None;
    }
    let mut before = table.clone();
    before.primary_key = before.primary_key.filter(|key| !late.contains(&Part::PrimaryKey(key.clone())));
    before.uniques.to_mut().retain(|key| !late.contains(&Part::Unique(key.clone())));
    before.indexes.to_mut().retain(|index| !late.contains(&Part::Index(index.clone())));
    Some(TableAlteration { before, after: table.clone(), changes: late.into_iter().map(Part::add).collect() })
}

fn depth(schema: &Schema, table: &Table) -> usize {
    let parent = |table: &Table| table.partition_of().and_then(|name| schema.tables.get(name));
    std::iter::successors(parent(table), |table| parent(table)).count()
}
