//! What stands on what, in one schema.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use cqrs_core::schema::{Column, Dependency, ObjectId, ObjectKind, ObjectName, Schema, Table};

/// What each object of a schema needs. Foreign keys are apart, because they can be made later than their tables.
pub(crate) struct Graph<'a> {
    needs: BTreeMap<ObjectId, Vec<Dependency>>,
    schema: &'a Schema,
}

/// What those tables need, and what that needs.
pub(crate) fn needed_by(schema: &Schema, is_meant: impl Fn(&ObjectName) -> bool) -> BTreeSet<ObjectId> {
    let enums = spelled_enums(schema);
    let tables = schema.tables.iter().filter(|(name, _)| is_meant(name));
    let needs: Vec<Dependency> = tables.flat_map(|(_, table)| table_needs(table, &enums)).collect();
    // Most need nothing, and a graph of thousands of tables takes its time.
    if needs.is_empty() {
        return BTreeSet::new();
    }
    Graph::of(schema).with_needs(needs.into_iter().map(|need| need.on))
}

impl<'a> Graph<'a> {
    pub(crate) fn of(schema: &'a Schema) -> Self {
        let mut needs = BTreeMap::new();
        let enums = spelled_enums(schema);
        for table in schema.tables.values() {
            needs.insert(ObjectId::table(table.object_name()), table_needs(table, &enums));
        }
        for name in schema.enums.keys() {
            needs.insert(ObjectId::enum_type(name.clone()), in_namespace(name).into_iter().collect());
        }
        for view in schema.views.values() {
            needs.insert(ObjectId::view(view.name.clone()), view.depends_on.clone());
        }
        for object in schema.objects.values() {
            needs.insert(object.id.clone(), object.depends_on.clone());
        }
        Self { needs, schema }
    }

    /// What an object needs, in the order of its own list.
    pub(crate) fn needs(&self, id: &ObjectId) -> &[Dependency] {
        self.needs.get(id).map_or(&[], Vec::as_slice)
    }

    /// The objects, and everything that they need, and what that needs.
    pub(crate) fn with_needs(&self, ids: impl IntoIterator<Item = ObjectId>) -> BTreeSet<ObjectId> {
        let mut all = BTreeSet::new();
        let mut next: Vec<ObjectId> = ids.into_iter().collect();
        while let Some(id) = next.pop() {
            next.extend(self.needs(&id).iter().map(|need| need.on.clone()).filter(|need| !all.contains(need)));
            all.insert(id);
        }
        all
    }

    /// What stands on the objects, directly or not; `is_through` says which dependencies count.
    pub(crate) fn dependents(
        &self,
        ids: &BTreeSet<ObjectId>,
        is_through: impl Fn(&ObjectId, &Dependency) -> bool,
    ) -> BTreeSet<ObjectId> {
        let mut users: BTreeMap<&ObjectId, Vec<(&ObjectId, &Dependency)>> = BTreeMap::new();
        for (id, needs) in &self.needs {
            for need in needs {
                users.entry(&need.on).or_default().push((id, need));
            }
        }
        let mut all = BTreeSet::new();
        let mut next: Vec<ObjectId> = ids.iter().cloned().collect();
        while let Some(id) = next.pop() {
            for (user, need) in users.get(&id).into_iter().flatten() {
                if !ids.contains(*user) && !all.contains(*user) && is_through(user, need) {
                    all.insert((*user).clone());
                    next.push((*user).clone());
                }
            }
        }
        all
    }

    /// The objects such that each comes after what it needs and, where that can be, after the tables that its foreign
    /// keys refer to and the routines that its text calls. Where objects need each other in a circle, one of them comes first.
    pub(crate) fn ordered(&self, ids: &BTreeSet<ObjectId>) -> Vec<ObjectId> {
        let ids: Vec<&ObjectId> = ids.iter().collect();
        let place: BTreeMap<&ObjectId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut routines: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, id) in ids.iter().enumerate().filter(|(_, id)| is_called(id.kind)) {
            routines.entry(&id.name.name).or_default().push(at);
        }
        // How much each waits for: what it needs, and then what it refers to or calls.
        let mut waits = vec![(0_usize, 0_usize); ids.len()];
        let mut users: Vec<Vec<(usize, bool)>> = vec![Vec::new(); ids.len()];
        for (at, id) in ids.iter().enumerate() {
            let needed: BTreeSet<usize> =
                self.needs(id).iter().filter_map(|need| place.get(&need.on)).copied().filter(|on| *on != at).collect();
            for &on in &needed {
                waits[at].0 += 1;
                users[on].push((at, true));
            }
            let mut referred: BTreeSet<usize> =
                self.foreign_tables(id).filter_map(|table| place.get(&table).copied()).collect();
            if !routines.is_empty() {
                referred.extend(self.words(id).filter_map(|word| routines.get(word)).flatten());
            }
            for on in referred.into_iter().filter(|on| *on != at && !needed.contains(on)) {
                waits[at].1 += 1;
                users[on].push((at, false));
            }
        }
        let mut ready: BinaryHeap<Reverse<((usize, usize), usize)>> =
            waits.iter().copied().enumerate().map(|(at, wait)| Reverse((wait, at))).collect();
        let mut done = vec![false; ids.len()];
        let mut order = Vec::with_capacity(ids.len());
        while let Some(Reverse((wait, at))) = ready.pop() {
            // An entry is out of date once something that it waited for is done: a better one is in the heap.
            if done[at] || wait != waits[at] {
                continue;
            }
            done[at] = true;
            order.push(ids[at].clone());
            for &(user, is_needed) in &users[at] {
                if is_needed {
                    waits[user].0 -= 1
                } else {
                    waits[user].1 -= 1
                }
                if !done[user] {
                    ready.push(Reverse((waits[user], user)));
                }
            }
        }
        order
    }

    /// The words in the text of a function or procedure. What it calls is known to no server where that is a string, and is
    /// needed as soon as an index, generated column or materialized view calls the function.
    fn words(&self, id: &ObjectId) -> impl Iterator<Item = &'a str> {
        let routine = self.schema.objects.get(id).filter(|_| is_called(id.kind));
        let text = routine.map_or("", |routine| routine.definition.as_ref());
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$')
    }

    fn foreign_tables(&self, id: &ObjectId) -> impl Iterator<Item = ObjectId> {
        let table = self.schema.tables.get(&id.name).filter(|_| *id == ObjectId::table(id.name.clone()));
        table.into_iter().flat_map(|table| table.foreign_keys.iter()).map(|key| ObjectId::table(key.references.clone()))
    }
}

fn is_called(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Aggregate)
}

/// The enum types, by each text that a column's type may call them.
fn spelled_enums(schema: &Schema) -> HashMap<String, &ObjectName> {
    schema.enums.keys().flat_map(|name| spellings(name).map(move |text| (text, name))).collect()
}

/// The schema that an object of that name is in, where it is not the default one.
fn in_namespace(name: &ObjectName) -> Option<Dependency> {
    let namespace = ObjectName::new(name.schema.clone()?);
    Some(Dependency::on(ObjectId::new(ObjectKind::Namespace, namespace)))
}

/// What the database told, what the table inherits from, and its schema and the enum types of its columns, which a declared
/// table does not list.
fn table_needs(table: &Table, enums: &HashMap<String, &ObjectName>) -> Vec<Dependency> {
    let mut needs = table.depends_on.to_vec();
    needs.extend(in_namespace(&table.object_name()));
    needs.extend(table.inherits.iter().map(|parent| Dependency::on(ObjectId::table(parent.clone()))));
    if !enums.is_empty() {
        let used = table.columns.iter().filter_map(|column| enums.get(element_type(column)));
        needs.extend(used.map(|name| Dependency::on(ObjectId::enum_type((*name).clone()))));
    }
    needs.sort();
    needs.dedup();
    needs
}

/// Whether a column is of a named type, or an array of it.
pub(crate) fn is_of_type(column: &Column, name: &ObjectName) -> bool {
    is_spelled(name, element_type(column))
}

/// Whether that is a way to write a name.
pub(crate) fn is_spelled(name: &ObjectName, text: &str) -> bool {
    spellings(name).any(|spelling| spelling == text)
}

fn element_type(column: &Column) -> &str {
    column.column_type.native_text().trim_end_matches("[]")
}

/// The ways in which a type's name is written: each part in quotes or not.
fn spellings(name: &ObjectName) -> impl Iterator<Item = String> {
    let ways = |part: &str| [part.to_owned(), format!("\"{}\"", part.replace('"', "\"\""))];
    let schemas =
        name.schema.as_ref().map_or([String::new(), String::new()], |schema| ways(schema).map(|schema| schema + "."));
    let names = ways(&name.name);
    schemas.into_iter().flat_map(move |schema| names.clone().map(|name| schema.clone() + &name))
}

#[cfg(test)]
mod tests {
    use cqrs_core::schema::{ForeignKey, SqlObject};

    use super::*;

    fn table(name: &'static str, refers_to: &[&'static str], needs: &[ObjectId]) -> Table {
        let mut table = Table::new(name);
        let key = |target: &&'static str| ForeignKey { references: ObjectName::new(*target), ..ForeignKey::default() };
        table.foreign_keys = refers_to.iter().map(key).collect();
        table.depends_on = needs.iter().cloned().map(Dependency::on).collect();
        table
    }

    fn function(name: &'static str, needs: &[ObjectId]) -> SqlObject {
        let id = ObjectId::new(ObjectKind::Function, ObjectName::new(name));
        SqlObject { depends_on: needs.iter().cloned().map(Dependency::on).collect(), ..SqlObject::new(id, "") }
    }

    fn order(schema: &Schema) -> Vec<String> {
        let graph = Graph::of(schema);
        let ids = graph.needs.keys().cloned().collect();
        graph.ordered(&ids).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_needed_comes_first_and_foreign_keys_give_way() {
        let id = |name| ObjectId::table(ObjectName::new(name));
        let f = function("f", &[id("b")]);
        let mut schema = Schema::new();
        // `a` needs `f`, which needs `b`, which refers to `a`.
        schema.add_table(table("a", &[], std::slice::from_ref(&f.id)));
        schema.add_table(table("b", &["a"], &[]));
        schema.add_table(table("c", &["d"], &[]));
        schema.add_table(table("d", &["a"], &[]));
        schema.add_object(f);
        assert_eq!(order(&schema), ["b", "f", "a", "d", "c"]);
    }

    #[test]
    fn a_routine_comes_after_those_that_it_calls() {
        let calling = |name: &'static str, text: &'static str| SqlObject {
            definition: format!("CREATE FUNCTION {name}() RETURNS int AS $${text}$$").into(),
            ..function(name, &[])
        };
        let (a, b, c) = (calling("a", "SELECT b()"), calling("b", "SELECT c() + b()"), calling("c", "SELECT 1"));
        let mut schema = Schema::new();
        schema.add_table(table("t", &[], std::slice::from_ref(&a.id)));
        [a, b, c].into_iter().for_each(|function| schema.add_object(function));
        assert_eq!(order(&schema), ["c", "b", "a", "t"]);
    }

    #[test]
    fn a_circle_has_an_order_too() {
        let id = |name| ObjectId::table(ObjectName::new(name));
        let mut schema = Schema::new();
        schema.add_table(table("a", &["b"], &[id("b")]));
        schema.add_table(table("b", &[], &[id("a")]));
        assert_eq!(order(&schema), ["a", "b"]);
        let graph = Graph::of(&schema);
        assert_eq!(graph.with_needs([id("a")]), [id("a"), id("b")].into());
        assert_eq!(graph.dependents(&[id("a")].into(), |_, _| true), [id("b")].into());
    }
}
