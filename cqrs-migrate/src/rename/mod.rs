//! What has another name now: declared or asked for, never guessed.

mod answers;
mod likely;
mod order;
mod pending;

use std::collections::{BTreeMap, HashMap};

use cqrs_core::schema::{IndexKey, ObjectId, ObjectKind, ObjectName, Schema, Str, Table};

pub use answers::Answers;
pub use likely::LikelyRename;

#[cfg(feature = "cli")]
pub(crate) use likely::for_shell;
pub(crate) use likely::likely_renames;
pub(crate) use order::{Move, column_renames, free_name, in_order};
pub(crate) use pending::pending;

/// What has another name now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Tables: new name -> old name.
    pub tables: BTreeMap<ObjectName, ObjectName>,
    /// Columns: table (under its new name) and new name -> old name.
    pub columns: BTreeMap<(ObjectName, Str), Str>,
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

    /// The way from `after` back to `before`, of which this is the way there.
    pub(crate) fn back(&self, before: &Schema, after: &Schema) -> Self {
        let mut back = self.inverse();
        // What made way and was dropped does not come back by a rename.
        back.tables.retain(|to, from| before.tables.contains_key(to) && after.tables.contains_key(from));
        back.columns = std::mem::take(&mut back.columns)
            .into_iter()
            .filter(|((table, _), from)| has_column(back.old_table(after, table), from))
            .collect();
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

fn has_column(table: Option<&Table>, column: &str) -> bool {
    table.is_some_and(|table| table.column(column).is_some())
}
