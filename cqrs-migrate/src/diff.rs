//! Two schemas -> what changes. Equal by name, never by position.

use std::collections::{BTreeMap, HashMap, HashSet};

use cqrs_core::schema::{Column, IndexKey, ObjectId, ObjectKind, ObjectName, Schema, Str, Table};

use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::error::Error;

/// What has another name now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Tables: new name -> old name.
    pub tables: BTreeMap<ObjectName, ObjectName>,
    /// Columns: table (under its new name) and new name -> old name.
    pub columns: BTreeMap<(ObjectName, Str), Str>,
}

impl Renames {
    /// The renames that `after` declares with `renamed_from` and that are not done yet: the old name is there and the
    /// new one is not.
    #[must_use]
    pub fn declared(before: &Schema, after: &Schema) -> Self {
        let mut renames = Self::default();
        for table in after.tables.values() {
            let name = table.object_name();
            let mut old_table = before.tables.get(&name);
            if let (None, Some(old)) = (old_table, table.former_name()) {
                old_table = before.tables.get(&old);
                if old_table.is_some() && !after.tables.contains_key(&old) {
                    renames.tables.insert(name.clone(), old);
                }
            }
            let Some(old_table) = old_table else { continue };
            for column in table.columns.iter() {
                if let Some(old) = &column.renamed_from
                    && old_table.column(&column.name).is_none()
                    && old_table.column(old).is_some()
                    && table.column(old).is_none()
                {
                    renames.columns.insert((name.clone(), column.name.clone()), old.clone());
                }
            }
        }
        renames
    }

    /// Keeps of renames that somebody asked for those that are not done yet.
    ///
    /// # Errors
    /// [`Error::BadRename`] where there is nothing to rename, and nothing of the new name either.
    pub(crate) fn keep_pending(&mut self, before: &Schema, after: &Schema) -> Result<(), Error> {
        let mut tables = BTreeMap::new();
        for (to, from) in &self.tables {
            let (live, declared) = (|name| before.tables.contains_key(name), |name| after.tables.contains_key(name));
            let pending = is_pending([live(from), live(to)], [declared(from), declared(to)]);
            let bad = |reason| Error::BadRename { from: from.to_string(), to: to.to_string(), reason };
            if pending.map_err(bad)? {
                tables.insert(to.clone(), from.clone());
            }
        }
        let mut columns = BTreeMap::new();
        for ((table, to), from) in &self.columns {
            let has = |table: Option<&Table>, column: &Str| table.is_some_and(|table| table.column(column).is_some());
            let (live, declared) = (before.tables.get(tables.get(table).unwrap_or(table)), after.tables.get(table));
            let pending = is_pending([has(live, from), has(live, to)], [has(declared, from), has(declared, to)]);
            let bad =
                |reason| Error::BadRename { from: format!("{table}.{from}"), to: format!("{table}.{to}"), reason };
            if pending.map_err(bad)? {
                columns.insert((table.clone(), to.clone()), from.clone());
            }
        }
        (self.tables, self.columns) = (tables, columns);
        Ok(())
    }

    /// Adds the tables and columns whose names differ in nothing but the case of their letters.
    pub(crate) fn respell(&mut self, before: &Schema, after: &Schema) {
        let differs_in_case = |from: &str, to: &str| from != to && from.eq_ignore_ascii_case(to);
        let old_names: HashMap<String, &ObjectName> =
            before.tables.keys().map(|name| (name.name.to_ascii_lowercase(), name)).collect();
        for (name, table) in &after.tables {
            let respelled = old_names.get(&name.name.to_ascii_lowercase()).copied();
            if let Some(old) = respelled.filter(|old| differs_in_case(&old.name, &name.name))
                && !before.tables.contains_key(name)
                && !after.tables.contains_key(old)
            {
                self.tables.entry(name.clone()).or_insert_with(|| old.clone());
            }
            let Some(old_table) = before.tables.get(self.tables.get(name).unwrap_or(name)) else { continue };
            for column in table.columns.iter().filter(|column| old_table.column(&column.name).is_none()) {
                let old = old_table.columns.iter().find(|old| differs_in_case(&old.name, &column.name));
                if let Some(old) = old {
                    let renamed = (name.clone(), column.name.clone());
                    self.columns.entry(renamed).or_insert_with(|| old.name.clone());
                }
            }
        }
    }

    /// Whether nothing is renamed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.columns.is_empty()
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let columns = self.columns.iter().map(|((table, to), from)| {
            let table = self.tables.get(table).unwrap_or(table);
            ((table.clone(), from.clone()), to.clone())
        });
        Self {
            tables: self.tables.iter().map(|(to, from)| (from.clone(), to.clone())).collect(),
            columns: columns.collect(),
        }
    }

    /// The name that a table shall have.
    fn new_table_name(&self, old: &ObjectName) -> ObjectName {
        self.tables.iter().find(|(_, from)| *from == old).map_or_else(|| old.clone(), |(to, _)| to.clone())
    }

    /// The name that a column shall have, its table under the new name.
    fn new_column_name(&self, table: &ObjectName, old: &Str) -> Str {
        self.columns
            .iter()
            .find(|((of, _), from)| of == table && *from == old)
            .map_or_else(|| old.clone(), |((_, to), _)| to.clone())
    }

    /// The schema as it stands once the renames are done. Expressions keep their text: only the database can rename in
    /// them.
    #[must_use]
    pub fn applied_to(&self, before: &Schema) -> Schema {
        if self.is_empty() {
            return before.clone();
        }
        let mut renamed = Schema { tables: BTreeMap::new(), ..before.clone() };
        for table in before.tables.values() {
            let mut table = table.clone();
            let name = self.new_table_name(&table.object_name());
            (table.schema, table.name) = (name.schema.clone(), name.name.clone());
            let rename = |columns: &mut [Str]| {
                for column in columns {
                    *column = self.new_column_name(&name, column);
                }
            };
            for column in table.columns.to_mut() {
                column.name = self.new_column_name(&name, &column.name);
            }
            if let Some(key) = &mut table.primary_key {
                rename(key.columns.to_mut());
            }
            for unique in table.uniques.to_mut() {
                rename(unique.columns.to_mut());
            }
            for index in table.indexes.to_mut() {
                rename(index.include.to_mut());
                for part in index.parts.to_mut() {
                    if let IndexKey::Column(column) = &mut part.key {
                        *column = self.new_column_name(&name, column);
                    }
                }
            }
            for key in table.foreign_keys.to_mut() {
                rename(key.columns.to_mut());
                key.references = self.new_table_name(&key.references);
                for column in key.referenced_columns.to_mut() {
                    *column = self.new_column_name(&key.references, column);
                }
            }
            for need in table.depends_on.to_mut() {
                self.rename_in(&mut need.on);
            }
            for parent in table.inherits.to_mut() {
                *parent = self.new_table_name(parent);
            }
            renamed.add_table(table);
        }
        for need in renamed.views.values_mut().flat_map(|view| &mut view.depends_on) {
            self.rename_in(&mut need.on);
        }
        renamed.objects = BTreeMap::new();
        for mut object in before.objects.values().cloned() {
            self.rename_in(&mut object.id);
            for need in &mut object.depends_on {
                self.rename_in(&mut need.on);
            }
            renamed.add_object(object);
        }
        renamed
    }

    /// The id of a table, or of what belongs to one.
    fn rename_in(&self, id: &mut ObjectId) {
        if id.kind == ObjectKind::Table {
            id.name = self.new_table_name(&id.name);
        } else if let Some(table) = id.table_name() {
            let table = self.new_table_name(&table);
            (id.name.schema, id.table) = (table.schema, Some(table.name));
        }
    }
}

/// Whether a rename that was asked for is still to be done, by whether the database has, and the models declare, the old
/// name and the new one; or why it can be neither done nor done already.
fn is_pending(live: [bool; 2], declared: [bool; 2]) -> Result<bool, &'static str> {
    match (live, declared) {
        (_, [_, false]) => Err("no model declares the new name"),
        ([true, false], [true, _]) => Err("the old name is still declared"),
        ([true, false], _) => Ok(true),
        ([true, true], _) => Err("the database has both"),
        ([false, true], _) => Ok(false),
        ([false, false], _) => Err("the database has neither"),
    }
}

/// What must change in `before` to become `after`. Both are in one database's own words; `before` still has the old
/// names.
#[must_use]
pub fn diff(before: &Schema, after: &Schema, renames: &Renames) -> Vec<Change> {
    diff_renamed(&renames.applied_to(before), after, renames)
}

/// As [`diff`], of a schema in which the renames are done already.
pub(crate) fn diff_renamed(renamed: &Schema, after: &Schema, renames: &Renames) -> Vec<Change> {
    let mut changes = Vec::new();
    by_name(
        &renamed.enums,
        &after.enums,
        |change| changes.push(change),
        |enum_type| Change::CreateEnum(enum_type.clone()),
        |enum_type| Change::DropEnum(enum_type.clone()),
        |before, after| (before != after).then(|| Change::AlterEnum { before: before.clone(), after: after.clone() }),
    );
    for (to, from) in &renames.tables {
        changes.push(Change::RenameTable { from: from.clone(), to: to.clone() });
    }
    by_name(
        &renamed.tables,
        &after.tables,
        |change| changes.push(change),
        |table| Change::CreateTable(table.clone()),
        |table| Change::DropTable(table.clone()),
        |before, after| alteration(before, after, renames).map(Change::AlterTable),
    );
    by_name(
        &renamed.views,
        &after.views,
        |change| changes.push(change),
        |view| Change::CreateView(view.clone()),
        |view| Change::DropView(view.clone()),
        |before, after| (before != after).then(|| Change::AlterView { before: before.clone(), after: after.clone() }),
    );
    by_name(
        &renamed.objects,
        &after.objects,
        // A schema that does not speak of the database itself says nothing of it.
        |change| {
            let is_new_or_gone = matches!(change, Change::CreateObject(_) | Change::DropObject(_));
            if !(is_new_or_gone && change.object().kind == ObjectKind::DatabaseDefault) {
                changes.push(change);
            }
        },
        |object| Change::CreateObject(object.clone()),
        |object| Change::DropObject(object.clone()),
        |before, after| (before != after).then(|| Change::AlterObject { before: before.clone(), after: after.clone() }),
    );
    changes
}

fn by_name<K: Ord, T>(
    before: &BTreeMap<K, T>,
    after: &BTreeMap<K, T>,
    mut push: impl FnMut(Change),
    create: impl Fn(&T) -> Change,
    drop: impl Fn(&T) -> Change,
    alter: impl Fn(&T, &T) -> Option<Change>,
) {
    for (name, object) in after {
        match before.get(name) {
            None => push(create(object)),
            Some(old) => alter(old, object).into_iter().for_each(&mut push),
        }
    }
    before.iter().filter(|(name, _)| !after.contains_key(*name)).for_each(|(_, object)| push(drop(object)));
}

/// `before` has the new names already.
fn alteration(before: &Table, after: &Table, renames: &Renames) -> Option<TableAlteration> {
    let name = after.object_name();
    let mut changes: Vec<TableChange> = renames
        .columns
        .iter()
        .filter(|((table, _), _)| *table == name)
        .map(|((_, to), from)| TableChange::RenameColumn { from: from.clone(), to: to.clone() })
        .collect();
    let mut old_names = before.clone();
    for change in &changes {
        if let TableChange::RenameColumn { from, to } = change {
            for column in old_names.columns.to_mut().iter_mut().filter(|column| column.name == *to) {
                column.name = from.clone();
            }
        }
    }
    columns(before, after, &mut changes);
    let taken = part_names(before);
    primary_key(before, after, &mut changes);
    parts(&before.uniques, &after.uniques, Part::Unique, &taken, &mut changes);
    parts(&before.indexes, &after.indexes, Part::Index, &taken, &mut changes);
    parts(&before.foreign_keys, &after.foreign_keys, Part::ForeignKey, &taken, &mut changes);
    parts(&before.checks, &after.checks, Part::Check, &taken, &mut changes);
    parts(&before.exclusions, &after.exclusions, Part::Exclusion, &taken, &mut changes);
    if (&before.inherits, &before.partition_bound) != (&after.inherits, &after.partition_bound) {
        changes.push(TableChange::SetInheritance);
    }
    let sorted = |options: &[Str]| {
        let mut options = options.to_vec();
        options.sort();
        options
    };
    if sorted(&before.options) != sorted(&after.options) {
        changes.push(TableChange::SetOptions { before: before.options.clone(), after: after.options.clone() });
    }
    if before.comment != after.comment {
        changes.push(TableChange::SetComment { before: before.comment.clone(), after: after.comment.clone() });
    }
    (!changes.is_empty()).then(|| TableAlteration { before: old_names, after: after.clone(), changes })
}

fn columns(before: &Table, after: &Table, changes: &mut Vec<TableChange>) {
    let old: HashMap<&str, &Column> = before.columns.iter().map(|column| (column.name.as_ref(), column)).collect();
    let new: HashMap<&str, &Column> = after.columns.iter().map(|column| (column.name.as_ref(), column)).collect();
    for column in before.columns.iter().filter(|column| !new.contains_key(column.name.as_ref())) {
        changes.push(TableChange::DropColumn(column.clone()));
    }
    for column in after.columns.iter() {
        match old.get(column.name.as_ref()) {
            None => changes.push(TableChange::AddColumn(column.clone())),
            Some(old) if !same_column(old, column) => {
                changes.push(TableChange::AlterColumn { before: (*old).clone(), after: column.clone() });
            }
            Some(_) => {}
        }
    }
}

/// What the database knows of a column; what only the model knows does not count.
fn same_column(before: &Column, after: &Column) -> bool {
    before.column_type == after.column_type
        && before.nullable == after.nullable
        && before.default == after.default
        && before.generated == after.generated
        && before.auto_increment == after.auto_increment
        && before.collation == after.collation
        && before.options == after.options
        && before.comment == after.comment
}

fn primary_key(before: &Table, after: &Table, changes: &mut Vec<TableChange>) {
    match (&before.primary_key, &after.primary_key) {
        (Some(old), Some(new))
            if Part::PrimaryKey(old.clone()).unnamed() == Part::PrimaryKey(new.clone()).unnamed() =>
        {
            if let (Some(from), Some(to)) = (&old.name, &new.name)
                && from != to
            {
                changes.push(TableChange::RenamePart { from: from.clone(), to: Part::PrimaryKey(new.clone()) });
            }
        }
        (old, new) => {
            changes.extend(old.clone().map(TableChange::DropPrimaryKey));
            changes.extend(new.clone().map(TableChange::AddPrimaryKey));
        }
    }
}

/// The names of the parts that a table has: a part cannot be renamed to one of them, even to one that is dropped.
fn part_names(table: &Table) -> HashSet<Str> {
    (table.uniques.iter().map(|unique| &unique.name))
        .chain(table.indexes.iter().map(|index| &index.name))
        .chain(table.foreign_keys.iter().map(|key| &key.name))
        .chain(table.checks.iter().map(|check| &check.name))
        .chain(table.exclusions.iter().map(|exclusion| &exclusion.name))
        .flatten()
        .cloned()
        .collect()
}

/// Parts of one kind: the same by name and content, renamed when only the name differs, else dropped and added. A part
/// without a name (SQLite keeps unnamed constraints) is known by its content.
fn parts<T: Clone + PartialEq>(
    before: &[T],
    after: &[T],
    part: impl Fn(T) -> Part,
    taken: &HashSet<Str>,
    changes: &mut Vec<TableChange>,
) {
    let mut old: Vec<Part> = before.iter().filter(|item| !after.contains(item)).cloned().map(&part).collect();
    let mut added = Vec::new();
    let mut renamed = Vec::new();
    for to in after.iter().filter(|item| !before.contains(item)).cloned().map(&part) {
        let same = |from: &Part| {
            from.clone().unnamed() == to.clone().unnamed()
                && (from.name().is_empty() || to.name().is_empty() || !taken.contains(to.name()))
        };
        match old.iter().position(same) {
            None => added.push(to.add()),
            Some(at) => {
                let from = old.remove(at);
                if !from.name().is_empty() && !to.name().is_empty() {
                    renamed.push(TableChange::RenamePart { from: from.name().to_owned().into(), to });
                }
            }
        }
    }
    changes.extend(old.into_iter().map(Part::drop));
    changes.extend(renamed);
    changes.extend(added);
}
