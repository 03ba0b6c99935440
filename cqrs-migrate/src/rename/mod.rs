//! What has another name now: declared or asked for, never guessed.

mod answers;
mod labels;
mod likely;
mod order;
mod pending;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use cqrs_core::schema::{Column, ColumnType, IndexKey, ObjectId, ObjectKind, ObjectName, Schema, Str, Table};

use crate::change::TableChange;
use crate::graph::is_of_type;

use labels::{NewLabels, labels_of, relabel, relabel_default};

pub use answers::Answers;
pub use likely::LikelyRename;

pub(crate) use labels::{strings, with_labels_of};
#[cfg(feature = "cli")]
pub(crate) use likely::for_shell;
pub(crate) use likely::likely_renames;
pub(crate) use order::{Move, column_renames, free_name, in_order};
pub(crate) use pending::{declared_objects, pending};

/// What besides tables and columns can get another name. A range type has a multirange type beside it, which would keep the
/// old one. <https://www.postgresql.org/docs/current/sql-createtype.html>
pub(crate) const RENAMED: [ObjectKind; 5] =
    [ObjectKind::View, ObjectKind::Enum, ObjectKind::CompositeType, ObjectKind::Domain, ObjectKind::Sequence];

/// What has another name now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Tables: new name -> old name.
    pub tables: BTreeMap<ObjectName, ObjectName>,
    /// Columns: table (under its new name) and new name -> old name.
    pub columns: BTreeMap<(ObjectName, Str), Str>,
    /// Views, types and sequences: new name -> old name.
    pub objects: BTreeMap<ObjectId, ObjectId>,
    /// Labels of enums: what has them, and new label -> old label.
    pub labels: BTreeMap<(LabelsOf, Str), Str>,
}

/// What has labels, under the names that it shall have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelsOf {
    /// An enum type, where the database has such types.
    Type(ObjectName),
    /// A column, where its own type or a check has them: table and column.
    Column(ObjectName, Str),
}

/// `kind`, `items.kind`
impl fmt::Display for LabelsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(name) => write!(f, "{name}"),
            Self::Column(table, column) => write!(f, "{table}.{column}"),
        }
    }
}

impl Renames {
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
            let Some(old_table) = self.old_table(before, name) else { continue };
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
        self.tables.is_empty() && self.columns.is_empty() && self.objects.is_empty() && self.labels.is_empty()
    }

    /// These renames too.
    pub fn extend(&mut self, others: Self) {
        self.tables.extend(others.tables);
        self.columns.extend(others.columns);
        self.objects.extend(others.objects);
        self.labels.extend(others.labels);
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
            objects: self.objects.iter().map(|(to, from)| (from.clone(), to.clone())).collect(),
            labels: self
                .labels
                .iter()
                .map(|((of, to), from)| ((self.old_owner(of), from.clone()), to.clone()))
                .collect(),
        }
    }

    /// What has labels, under the names that it has.
    fn old_owner(&self, of: &LabelsOf) -> LabelsOf {
        match of {
            LabelsOf::Type(name) => {
                let id = ObjectId::enum_type(name.clone());
                LabelsOf::Type(self.objects.get(&id).unwrap_or(&id).name.clone())
            }
            LabelsOf::Column(table, column) => {
                let old_table = self.tables.get(table).unwrap_or(table).clone();
                LabelsOf::Column(old_table, self.old_column_name(table, column))
            }
        }
    }

    /// The labels of a type or column that get other names.
    fn new_labels(&self, of: &LabelsOf) -> NewLabels {
        let renamed = self.labels.iter().filter(|((owner, _), _)| owner == of);
        renamed.map(|((_, to), from)| (from.clone(), to.clone())).collect()
    }

    /// A table in which the renames are done as it is but for those of labels, and these as changes of it.
    pub(crate) fn before_labels<'t>(&self, renamed: &'t Table) -> (Cow<'t, Table>, Vec<TableChange>) {
        let (mut before, mut changes) = (Cow::Borrowed(renamed), Vec::new());
        if self.labels.is_empty() {
            return (before, changes);
        }
        for after in renamed.columns.iter() {
            let labels = self.new_labels(&LabelsOf::Column(renamed.object_name(), after.name.clone()));
            if labels.is_empty() {
                continue;
            }
            let called = [after.name.clone(), self.old_column_name(&renamed.object_name(), &after.name)];
            let there = labels_of(renamed, after, &called);
            if !labels.values().all(|to| there.contains(to)) {
                continue;
            }
            let back = labels.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
            relabel(before.to_mut(), &after.name, &called, &back);
            let Some(column) = before.column(&after.name).cloned() else { continue };
            changes.push(TableChange::RenameLabels { before: column, after: after.clone(), labels });
        }
        (before, changes)
    }

    /// The way from `after` back to `before`, of which this is the way there.
    pub(crate) fn back(&self, before: &Schema, after: &Schema) -> Self {
        let mut back = self.inverse();
        // What made way and was dropped does not come back by a rename.
        back.tables.retain(|to, from| before.tables.contains_key(to) && after.tables.contains_key(from));
        back.objects.retain(|to, from| has_object(before, to) && has_object(after, from));
        back.columns = std::mem::take(&mut back.columns)
            .into_iter()
            .filter(|((table, _), from)| has_column(back.old_table(after, table), from))
            .collect();
        back.labels = pending::labels_there(after, before, &std::mem::take(&mut back.labels), &back);
        back.make_way(after);
        back
    }

    /// The table that shall have this name, as it is.
    pub(crate) fn old_table<'s>(&self, before: &'s Schema, name: &ObjectName) -> Option<&'s Table> {
        match self.tables.get(name) {
            Some(old) => before.tables.get(old),
            None if self.tables.values().any(|moved| moved == name) => None,
            None => before.tables.get(name),
        }
    }

    /// Writes the renames into a schema as declared ones, so that its record tells that they are done.
    pub(crate) fn declare_in(&self, after: &mut Schema) {
        for (to, from) in &self.tables {
            // A former name is one in the same schema.
            if let Some(table) = after.tables.get_mut(to).filter(|_| to.schema == from.schema) {
                table.renamed_from = Some(from.name.clone());
            }
        }
        for ((table, to), from) in &self.columns {
            let Some(table) = after.tables.get_mut(table) else { continue };
            for column in table.columns.to_mut().iter_mut().filter(|column| column.name == *to) {
                column.renamed_from = Some(from.clone());
            }
        }
        for (to, from) in self.objects.iter().filter(|(to, from)| to.name.schema == from.name.schema) {
            let former = Some(from.name.name.clone());
            match to.kind {
                ObjectKind::View => {
                    after.views.entry(to.name.clone()).and_modify(|view| view.renamed_from = former);
                }
                ObjectKind::Enum => declare_enum(after, &to.name, former),
                _ => {
                    after.objects.entry(to.clone()).and_modify(|object| object.renamed_from = former);
                }
            }
        }
    }

    /// Whether a column of the table, which has its new name, is there afterwards under whatever name.
    fn keeps_column(&self, after: &Schema, table: &ObjectName, old: &Str) -> bool {
        has_column(after.tables.get(table), &self.new_column_name(table, old))
            && (self.new_column_name(table, old) != *old || !self.columns.contains_key(&(table.clone(), old.clone())))
    }

    /// What has a name that something else gets, and gets no other, goes: until it is dropped it has a name of nobody's.
    fn make_way(&mut self, before: &Schema) {
        let is_left =
            |to: &ObjectName| !self.tables.values().any(|moved| moved == to) && before.tables.contains_key(to);
        let tables: Vec<ObjectName> = self.tables.keys().filter(|to| is_left(to)).cloned().collect();
        for old in tables {
            let taken = |name: &str| before.tables.keys().chain(self.tables.keys()).any(|other| other.name == name);
            let name = ObjectName { schema: old.schema.clone(), name: free_name(&old.name, taken) };
            self.tables.insert(name, old);
        }
        let columns: Vec<(ObjectName, Str)> = (self.columns.keys())
            .filter(|(table, to)| {
                let moves = |((of, _), from): (&(ObjectName, Str), &Str)| of == table && from == to;
                !self.columns.iter().any(moves) && has_column(self.old_table(before, table), to)
            })
            .cloned()
            .collect();
        for (table, old) in columns {
            let taken = |name: &str| {
                has_column(self.old_table(before, &table), name)
                    || self.columns.keys().any(|(of, to)| *of == table && to == name)
            };
            let name = free_name(&old, taken);
            self.columns.insert((table, name), old);
        }
        let is_left = |to: &ObjectId| !self.objects.values().any(|moved| moved == to) && has_object(before, to);
        let objects: Vec<ObjectId> = self.objects.keys().filter(|to| is_left(to)).cloned().collect();
        for old in objects {
            let new =
                |name: Str| ObjectId { name: ObjectName { schema: old.name.schema.clone(), name }, ..old.clone() };
            let taken = |name: &str| {
                let new = new(name.to_owned().into());
                has_object(before, &new) || self.objects.contains_key(&new)
            };
            let new = new(free_name(&old.name.name, taken));
            self.objects.insert(new, old);
        }
    }

    /// The name that a table shall have.
    fn new_table_name(&self, old: &ObjectName) -> ObjectName {
        self.tables.iter().find(|(_, from)| *from == old).map_or_else(|| old.clone(), |(to, _)| to.clone())
    }

    /// The name that a table or view shall have.
    fn new_relation_name(&self, old: &ObjectName) -> ObjectName {
        match self.objects.iter().find(|(_, from)| from.kind == ObjectKind::View && from.name == *old) {
            Some((to, _)) => to.name.clone(),
            None => self.new_table_name(old),
        }
    }

    /// What a view, type or sequence shall be known by.
    fn new_object(&self, old: ObjectId) -> ObjectId {
        let renamed = self.objects.iter().find(|(_, from)| **from == old).map(|(to, _)| to.clone());
        renamed.unwrap_or(old)
    }

    /// The name that a column has, by the one that it shall have.
    fn old_column_name(&self, table: &ObjectName, new: &Str) -> Str {
        self.columns.get(&(table.clone(), new.clone())).unwrap_or(new).clone()
    }

    /// The name that a column shall have, its table under the new name.
    fn new_column_name(&self, table: &ObjectName, old: &Str) -> Str {
        self.columns
            .iter()
            .find(|((of, _), from)| of == table && *from == old)
            .map_or_else(|| old.clone(), |((_, to), _)| to.clone())
    }

    /// The schema as it stands once the renames are done. Expressions keep their text: only the database can rename in
    /// them. In the statement that makes an object its own name is looked for.
    #[must_use]
    pub fn applied_to<'s>(&self, before: &'s Schema) -> Cow<'s, Schema> {
        if self.is_empty() {
            return Cow::Borrowed(before);
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
                self.rename_type(column);
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
            self.relabel(&mut table);
            renamed.add_table(table);
        }
        renamed.enums = BTreeMap::new();
        for mut enum_type in before.enums.values().cloned() {
            enum_type.name = self.new_object(ObjectId::enum_type(enum_type.name)).name;
            let labels = self.new_labels(&LabelsOf::Type(enum_type.name.clone()));
            for value in &mut enum_type.values {
                *value = labels.get(value).unwrap_or(value).clone();
            }
            renamed.add_enum(enum_type);
        }
        renamed.views = BTreeMap::new();
        for mut view in before.views.values().cloned() {
            view.name = self.new_object(ObjectId::view(view.name)).name;
            for need in &mut view.depends_on {
                self.rename_in(&mut need.on);
            }
            renamed.add_view(view);
        }
        renamed.objects = BTreeMap::new();
        for mut object in before.objects.values().cloned() {
            let name = object.id.name.name.clone();
            self.rename_in(&mut object.id);
            if object.id.table.is_none() && object.id.name.name != name {
                object.definition = with_word(&object.definition, &name, &object.id.name.name).into();
            }
            for need in &mut object.depends_on {
                self.rename_in(&mut need.on);
            }
            renamed.add_object(object);
        }
        Cow::Owned(renamed)
    }

    /// The labels of a table's columns, which has its new name.
    fn relabel(&self, table: &mut Table) {
        let owners: BTreeSet<&LabelsOf> = self.labels.keys().map(|(of, _)| of).collect();
        for of in owners {
            match of {
                LabelsOf::Column(name, column) if *name == table.object_name() => {
                    let called = [self.old_column_name(name, column)];
                    relabel(table, column, &called, &self.new_labels(of));
                }
                LabelsOf::Type(name) => {
                    let labels = self.new_labels(of);
                    let is_of_it = |column: &&mut Column| is_of_type(column, name);
                    let columns = table.columns.to_mut().iter_mut().filter(is_of_it);
                    columns.for_each(|column| relabel_default(column, &labels));
                }
                LabelsOf::Column(..) => {}
            }
        }
    }

    /// A column of a type that is renamed, or of an array of it.
    fn rename_type(&self, column: &mut Column) {
        let is_type = |kind| matches!(kind, ObjectKind::Enum | ObjectKind::CompositeType | ObjectKind::Domain);
        let types = self.objects.iter().filter(|(to, _)| is_type(to.kind));
        let Some((to, _)) = types.into_iter().find(|(_, from)| is_of_type(column, &from.name)) else { return };
        let text = column.column_type.native_text();
        let brackets = &text[text.trim_end_matches("[]").len()..];
        column.column_type = ColumnType::native(format!("{}{brackets}", as_written(&to.name)));
    }

    /// The id of a table, view, type or sequence, or of what belongs to one.
    fn rename_in(&self, id: &mut ObjectId) {
        if id.kind == ObjectKind::Table {
            id.name = self.new_table_name(&id.name);
        } else if let Some(table) = id.table_name() {
            let table = self.new_relation_name(&table);
            (id.name.schema, id.table) = (table.schema, Some(table.name));
        } else if self.objects.values().any(|old| old == id) {
            *id = self.new_object(id.clone());
        }
    }
}

/// The former name of an enum type, which models tell with each column of it.
fn declare_enum(after: &mut Schema, name: &ObjectName, former: Option<Str>) {
    for table in after.tables.values_mut().filter(|table| table.schema == name.schema) {
        for column in table.columns.to_mut() {
            if let ColumnType::Enum { name: of, renamed_from, .. } = &mut column.column_type
                && *of == name.name
            {
                renamed_from.clone_from(&former);
            }
        }
    }
    after.enums.entry(name.clone()).and_modify(|enum_type| enum_type.renamed_from = former);
}

/// Whether a schema has a view, type or sequence.
pub(crate) fn has_object(schema: &Schema, id: &ObjectId) -> bool {
    match id.kind {
        ObjectKind::View => schema.views.contains_key(&id.name),
        ObjectKind::Enum => schema.enums.contains_key(&id.name),
        _ => schema.objects.contains_key(id),
    }
}

/// A text with another word in the place of one, which may be written in capital letters.
fn with_word(text: &str, old: &str, new: &str) -> String {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        let (between, word) = rest.split_at(start);
        let (word, behind) = word.split_at(word.find(|c| !is_of_word(c)).unwrap_or(word.len()));
        result.push_str(between);
        result.push_str(if word.eq_ignore_ascii_case(old) { new } else { word });
        rest = behind;
    }
    result + rest
}

/// A type's name as the database most likely prints it. Where it does not, the shadow decides.
fn as_written(name: &ObjectName) -> String {
    let is_plain = |part: &str| {
        part.chars().all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit())
            && !part.starts_with(|c: char| c.is_ascii_digit())
    };
    let written = |part: &Str| {
        if is_plain(part) { part.to_string() } else { format!("\"{}\"", part.replace('"', "\"\"")) }
    };
    name.schema.iter().chain([&name.name]).map(written).collect::<Vec<_>>().join(".")
}

fn has_column(table: Option<&Table>, column: &str) -> bool {
    table.is_some_and(|table| table.column(column).is_some())
}
