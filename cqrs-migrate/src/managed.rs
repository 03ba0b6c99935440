//! What of a live database is this project's, and what is somebody else's.

use std::collections::BTreeSet;

use cqrs_core::schema::{List, ObjectId, ObjectKind, ObjectName, Schema, Str, Table};

use crate::beside::{enforce_policies, release_policies};
use crate::connection::Connection;
use crate::dialect::NotManaged;
use crate::diff::{Renames, diff};
use crate::error::Error;
use crate::graph::Graph;
use crate::introspect::{Selection, introspect_within};
use crate::prepare::describe;

/// The part of the live schema that is this project's, with what its tables need; and the names of the other tables and
/// views. `managed` are tables, and `beside` are views and objects.
pub(crate) fn managed_part(
    live: &Schema,
    managed: &BTreeSet<ObjectName>,
    beside: &BTreeSet<ObjectId>,
    after: &Schema,
) -> (Schema, Vec<ObjectName>) {
    let mut part = Schema::new();
    let mut rest = Vec::new();
    for (name, table) in &live.tables {
        if managed.contains(name) {
            part.add_table(table.clone());
        } else {
            rest.push(name.clone());
        }
    }
    let needed = Graph::of(live).with_needs(part.tables.keys().cloned().map(ObjectId::table));
    for (name, enum_type) in &live.enums {
        if after.enums.contains_key(name) || needed.contains(&ObjectId::enum_type(name.clone())) {
            part.add_enum(enum_type.clone());
        }
    }
    for (name, view) in &live.views {
        let is_former = || after.views.values().any(|view| view.former_name().as_ref() == Some(name));
        let is_managed = || beside.contains(&ObjectId::view(name.clone()));
        if after.views.contains_key(name) || is_former() || is_managed() {
            part.add_view(view.clone());
        } else {
            rest.push(name.clone());
        }
    }
    for (id, object) in &live.objects {
        if needed.contains(id) || after.objects.contains_key(id) || beside.contains(id) {
            part.add_object(object.clone());
        }
    }
    (part, rest)
}

/// The objects of a live schema that are not in its managed part.
pub(crate) fn objects_besides(live: &Schema, part: &Schema) -> Vec<NotManaged> {
    let besides = live.objects.values().filter(|object| !part.objects.contains_key(&object.id));
    besides
        .filter(|object| object.id.kind != ObjectKind::DatabaseDefault)
        .map(|object| NotManaged {
            kind: object.id.kind.name(),
            // Its table is told beside it.
            name: ObjectId { table: None, ..object.id.clone() }.to_string().into(),
            table: object.id.table_name(),
        })
        .collect()
}

/// Lets `expected` have what `actual` has beyond what a model can say and nobody said: options of tables and their parts,
/// and of views, exclusion constraints, inheritance, comments of keys and indexes, objects. It is somebody else's: it stays as it is, and
/// is told. `beside` are the objects that are this project's.
pub(crate) fn adopt(expected: &mut Schema, actual: &Schema, beside: &BTreeSet<ObjectId>) -> Vec<NotManaged> {
    let mut adopted = Vec::new();
    // What a policy says of its table is no word of the model.
    let declared: Vec<ObjectId> = expected.objects.keys().cloned().collect();
    release_policies(expected, &declared);
    for (name, table) in &mut expected.tables {
        if let Some(actual) = actual.tables.get(name) {
            adopt_in_table(table, actual, &mut adopted);
        }
    }
    for (name, view) in &mut expected.views {
        let actual = actual.views.get(name).filter(|_| beside.contains(&ObjectId::view(name.clone())));
        if let Some(actual) = actual.filter(|_| view.options.is_empty()) {
            let told = actual.options.iter().map(|option| NotManaged {
                kind: "view option",
                name: option.clone(),
                table: Some(name.clone()),
            });
            adopted.extend(told);
            view.options = actual.options.clone();
        }
    }
    for (id, object) in &actual.objects {
        if !expected.objects.contains_key(id) && !beside.contains(id) {
            expected.add_object(object.clone());
        }
    }
    release_policies(expected, beside);
    enforce_policies(expected);
    adopted
}

fn adopt_in_table(table: &mut Table, actual: &Table, adopted: &mut Vec<NotManaged>) {
    let owner = table.object_name();
    let mut tell = |kind: &'static str, name: String| {
        adopted.push(NotManaged { kind, name: name.into(), table: Some(owner.clone()) });
    };
    let mut take_options = |kind: &'static str, of: &str, options: &mut List<Str>, actual: &List<Str>| {
        if options.is_empty() && !actual.is_empty() {
            for option in actual.iter() {
                tell(kind, if of.is_empty() { option.to_string() } else { format!("{of}: {option}") });
            }
            *options = actual.clone();
        }
    };
    take_options("table option", "", &mut table.options, &actual.options);
    for column in table.columns.to_mut() {
        if let Some(actual) = actual.column(&column.name) {
            take_options("column option", &column.name, &mut column.options, &actual.options);
        }
    }
    /// The same part on the other side, by its name.
    fn same<'a, T>(parts: &'a [T], name: &Option<Str>, name_of: impl Fn(&T) -> &Option<Str>) -> Option<&'a T> {
        parts.iter().find(|part| name.is_some() && name_of(part) == name)
    }
    if let (Some(key), Some(actual)) = (&mut table.primary_key, &actual.primary_key) {
        take_options("key option", "primary key", &mut key.options, &actual.options);
        key.comment = key.comment.take().or_else(|| actual.comment.clone());
    }
    macro_rules! take_parts {
        ($($parts:ident: $kind:literal),*) => {$(
            for part in table.$parts.to_mut() {
                if let Some(actual) = same(&actual.$parts, &part.name, |part| &part.name) {
                    let name = part.name.clone().unwrap_or_default();
                    take_options($kind, &name, &mut part.options, &actual.options);
                    part.comment = part.comment.take().or_else(|| actual.comment.clone());
                }
            }
        )*};
    }
    take_parts!(
        uniques: "key option", indexes: "index option", foreign_keys: "foreign key option", checks: "check option"
    );
    for exclusion in actual.exclusions.iter().filter(|_| table.exclusions.is_empty()) {
        tell("exclusion constraint", exclusion.name.as_deref().unwrap_or_default().to_owned());
    }
    if table.exclusions.is_empty() {
        table.exclusions = actual.exclusions.clone();
    }
    if table.inherits.is_empty() && !actual.inherits.is_empty() {
        let kind = if actual.partition_bound.is_some() { "partition" } else { "inheritance" };
        tell(kind, actual.inherits.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
        (table.inherits, table.partition_bound) = (actual.inherits.clone(), actual.partition_bound.clone());
    }
    if table.depends_on.is_empty() {
        table.depends_on = actual.depends_on.clone();
    }
}

/// Whether all that a schema says is found by reading these tables.
fn is_about(schema: &Schema, tables: &BTreeSet<ObjectName>) -> bool {
    let needed = Graph::of(schema).with_needs(tables.iter().cloned().map(ObjectId::table));
    let belongs = |id: &ObjectId| needed.contains(id) || id.table_name().is_some_and(|table| tables.contains(&table));
    schema.views.is_empty() && schema.objects.keys().all(belongs)
}

/// The database must be what was expected, and nothing else of those names may be there.
pub(crate) async fn compare(
    connection: &mut Connection,
    expected: &Schema,
    touched: &BTreeSet<ObjectId>,
) -> Result<(), Error> {
    let tables = touched.iter().filter(|id| id.kind == ObjectKind::Table).map(|id| &id.name);
    let names = expected.tables.keys().chain(tables).cloned().collect();
    let only_tables = touched.iter().all(|id| id.kind == ObjectKind::Table) && is_about(expected, &names);
    let tables = only_tables.then(|| names.clone());
    let live = introspect_within(connection, &Selection { tables, ..Selection::schema_only() }).await?;
    let (live, _) = managed_part(&live, &names, touched, expected);
    let mut expected = expected.clone();
    adopt(&mut expected, &live, touched);
    let left = diff(&live, &expected, &Renames::default());
    if left.is_empty() { Ok(()) } else { Err(Error::NotArrived { differences: describe(&left) }) }
}
