//! What of a live database is this project's, and what is somebody else's.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{
    List, MatchType, ObjectId, ObjectKind, ObjectName, ReferentialAction, Schema, SqlObject, Str, Table, View,
};

use crate::beside::{enforce_policies, release_policies};
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::{Dialect, NotManaged};
use crate::diff::{Renames, diff};
use crate::error::Error;
use crate::graph::needed_by;
use crate::history::beside_tables;
use crate::introspect::{Selection, introspect_within};
use crate::prepare::{describe, is_same};
use crate::rename::declared_objects;

/// Takes the part out of the live schema that is this project's, with what its tables need, and tells the names of the other
/// tables and views. `managed` are tables, and `beside` are views and objects. What is no table stays in the live schema too.
pub(crate) fn take_managed_part(
    live: &mut Schema,
    managed: &BTreeSet<ObjectName>,
    beside: &BTreeSet<ObjectId>,
    after: &Schema,
) -> (Schema, Vec<ObjectName>) {
    let mut part = Schema::new();
    let needed = needed_by(live, |table| managed.contains(table));
    (part.tables, live.tables) =
        std::mem::take(&mut live.tables).into_iter().partition(|(name, _)| managed.contains(name));
    let mut rest: Vec<ObjectName> = live.tables.keys().cloned().collect();
    for (name, enum_type) in &live.enums {
        if after.enums.contains_key(name) || needed.contains(&ObjectId::enum_type(name.clone())) {
            part.add_enum(enum_type.clone());
        }
    }
    let former: BTreeSet<ObjectId> = declared_objects(after).into_values().collect();
    for (name, view) in &live.views {
        let id = ObjectId::view(name.clone());
        if after.views.contains_key(name) || former.contains(&id) || beside.contains(&id) {
            part.add_view(view.clone());
        } else {
            rest.push(name.clone());
        }
    }
    for (id, object) in &live.objects {
        if needed.contains(id) || after.objects.contains_key(id) || beside.contains(id) || former.contains(id) {
            part.add_object(object.clone());
        }
    }
    (part, rest)
}

/// The views and objects that a schema declares.
pub(crate) fn declared_beside(declared: &Schema) -> BTreeSet<ObjectId> {
    beside_tables(declared).collect()
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
/// and of views, exclusion constraints, inheritance, comments of keys and indexes, foreign keys to tables that no model
/// declares, objects, enum types that only columns in the database's own words have. It is somebody else's: it stays as it
/// is, and is told. `beside` are the objects that are this project's.
pub(crate) fn adopt(
    dialect: Dialect,
    expected: &mut Schema,
    actual: &Schema,
    beside: &BTreeSet<ObjectId>,
) -> Vec<NotManaged> {
    let mut adopted = Vec::new();
    // What a policy says of its table is no word of the model.
    let declared: Vec<ObjectId> = expected.objects.keys().cloned().collect();
    release_policies(expected, &declared);
    let known = if foreign_keys_differ(expected, actual) { keys_by_table([actual, expected]) } else { BTreeMap::new() };
    for (name, table) in &mut expected.tables {
        if let Some(actual) = actual.tables.get(name) {
            adopt_in_table(table, actual, &mut adopted);
            if !known.is_empty() {
                adopt_foreign_keys(dialect, table, actual, &known, &mut adopted);
            }
        }
    }
    for (name, view) in &mut expected.views {
        if let Some(actual) = actual.views.get(name).filter(|_| beside.contains(&ObjectId::view(name.clone()))) {
            adopt_in_view(view, actual, &mut adopted);
        }
    }
    for (id, object) in expected.objects.iter_mut().filter(|(id, _)| beside.contains(*id)) {
        if let Some(actual) = actual.objects.get(id) {
            adopt_in_object(object, actual, &mut adopted);
        }
    }
    for (id, object) in &actual.objects {
        if !expected.objects.contains_key(id) && !beside.contains(id) {
            expected.add_object(object.clone());
        }
    }
    for (name, actual) in &actual.enums {
        if let Some(declared) = expected.enums.get_mut(name) {
            declared.comment = declared.comment.take().or_else(|| actual.comment.clone());
        } else if is_used(expected, name) {
            expected.add_enum(actual.clone());
        }
    }
    release_policies(expected, beside);
    enforce_policies(expected);
    adopted
}

/// Whether an option takes a statement of its own, which `sql_object!` has no place for. The rules of a domain are said in
/// the one that makes it.
/// <https://www.postgresql.org/docs/current/sql-createdomain.html>
pub(crate) fn is_apart(kind: ObjectKind, option: &str) -> bool {
    kind != ObjectKind::Domain || option.starts_with("COMMENT ON ") || option.ends_with(" NOT VALID")
}

fn foreign_keys_differ(expected: &Schema, actual: &Schema) -> bool {
    expected.tables.iter().any(|(name, table)| {
        let actual = actual.tables.get(name).into_iter().flat_map(|actual| actual.foreign_keys.iter());
        actual.into_iter().any(|key| !table.foreign_keys.contains(key))
    })
}

/// The columns of each table's primary key, the later schema's where both have the table.
fn keys_by_table(schemas: [&Schema; 2]) -> BTreeMap<ObjectName, List<Str>> {
    let key = |table: &Table| table.primary_key.as_ref().map(|key| key.columns.clone()).unwrap_or_default();
    schemas.into_iter().flat_map(|schema| &schema.tables).map(|(name, table)| (name.clone(), key(table))).collect()
}

/// Whether an object needs an enum type, or a column says in the database's own words that it is of it, or a list of it.
fn is_used(schema: &Schema, enum_type: &ObjectName) -> bool {
    let id = ObjectId::enum_type(enum_type.clone());
    let name = enum_type.to_string();
    let is_of = |native: &str| {
        let unquoted: Vec<String> = native.split("\"\"").map(|part| part.replace('"', "")).collect();
        unquoted.join("\"").trim_end_matches("[]") == name
    };
    let mut needed = schema.objects.values().flat_map(|object| &object.depends_on);
    let mut columns = schema.tables.values().flat_map(|table| table.columns.iter());
    needed.any(|needed| needed.on == id) || columns.any(|column| is_of(column.column_type.native_text()))
}

/// Foreign keys to tables that are nobody's, and what a model cannot say of the others: `MATCH FULL`, that the columns
/// referred to are those of the primary key whatever it is, and `NO ACTION` where that is another word for `RESTRICT`.
fn adopt_foreign_keys(
    dialect: Dialect,
    table: &mut Table,
    actual: &Table,
    known: &BTreeMap<ObjectName, List<Str>>,
    adopted: &mut Vec<NotManaged>,
) {
    let one_word = dialect.rules().capabilities().no_action_restricts;
    let same_action = |left: ReferentialAction, right: ReferentialAction| {
        let refuses = |action| matches!(action, ReferentialAction::NoAction | ReferentialAction::Restrict);
        one_word && refuses(left) && refuses(right)
    };
    let owner = table.object_name();
    for key in actual.foreign_keys.iter() {
        let declared = table.foreign_keys.to_mut().iter_mut().find(|declared| {
            declared.columns == key.columns
                && declared.references == key.references
                && (declared.name == key.name || key.name.is_none())
        });
        match declared {
            Some(declared) => {
                if key.referenced_columns.is_empty() && known.get(&key.references) == Some(&declared.referenced_columns)
                {
                    declared.referenced_columns = List::default();
                }
                if declared.match_type == MatchType::Simple {
                    declared.match_type = key.match_type;
                }
                if same_action(declared.on_delete, key.on_delete) {
                    declared.on_delete = key.on_delete;
                }
                if same_action(declared.on_update, key.on_update) {
                    declared.on_update = key.on_update;
                }
            }
            None if !known.contains_key(&key.references) => {
                let name = key.name.clone().unwrap_or_else(|| key.columns.join(", ").into());
                let kind = "foreign key to a table without a model";
                adopted.push(NotManaged { kind, name, table: Some(owner.clone()) });
                table.foreign_keys.to_mut().push(key.clone());
            }
            None => {}
        }
    }
}

fn adopt_in_object(object: &mut SqlObject, actual: &SqlObject, adopted: &mut Vec<NotManaged>) {
    let id = &object.id;
    if object.definition == actual.definition {
        object.depends_on = actual.depends_on.clone();
    }
    // Without the comment that an extension has by itself: no doc comment says so.
    if actual.comment.as_deref() == Some("") {
        object.comment = object.comment.take().or_else(|| actual.comment.clone());
    }
    if object.options.iter().any(|option| is_apart(id.kind, option)) {
        return;
    }
    let apart = actual.options.iter().filter(|option| is_apart(id.kind, option));
    adopted.extend(apart.clone().map(|option| NotManaged {
        kind: "option of an SQL object",
        name: format!("{id}: {option}").into(),
        table: None,
    }));
    let is_lost = |option: &&Str| !actual.options.contains(option);
    let lost: Vec<Str> = object.options.iter().filter(is_lost).cloned().collect();
    let kept = actual.options.iter().filter(|option| is_apart(id.kind, option) || object.options.contains(option));
    object.options = kept.cloned().chain(lost).collect();
}

fn adopt_in_view(view: &mut View, actual: &View, adopted: &mut Vec<NotManaged>) {
    let mut tell = |kind: &'static str, name: String| {
        adopted.push(NotManaged { kind, name: name.into(), table: Some(actual.name.clone()) });
    };
    if view.query == actual.query {
        view.depends_on = actual.depends_on.clone();
    }
    if view.options.is_empty() {
        actual.options.iter().for_each(|option| tell("view option", option.to_string()));
        view.options = actual.options.clone();
    }
    for index in &mut view.indexes {
        let Some(same) = actual.indexes.iter().find(|same| same.name == index.name) else { continue };
        index.comment = index.comment.take().or_else(|| same.comment.clone());
        if index.options.is_empty() {
            let name = index.name.as_deref().unwrap_or_default();
            same.options.iter().for_each(|option| tell("index option", format!("{name}: {option}")));
            index.options = same.options.clone();
        }
    }
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
    let key_of = |table: &Table| table.primary_key.as_ref().map(|key| key.columns.clone());
    let same_key = key_of(table).filter(|key| key_of(actual).as_ref() == Some(key)).unwrap_or_default();
    for actual in actual.columns.iter() {
        // SQLite lets a key be null, and no model says so. <https://www.sqlite.org/lang_createtable.html#the_primary_key>
        let is_key_with_nulls = actual.nullable && same_key.contains(&actual.name);
        if (is_key_with_nulls || !actual.options.is_empty())
            && let Some(column) = table.columns.to_mut().iter_mut().find(|column| column.name == actual.name)
        {
            take_options("column option", &column.name, &mut column.options, &actual.options);
            column.nullable |= is_key_with_nulls;
        }
    }
    if let (Some(key), Some(actual)) = (&mut table.primary_key, &actual.primary_key) {
        take_options("key option", "primary key", &mut key.options, &actual.options);
        key.comment = key.comment.take().or_else(|| actual.comment.clone());
    }
    macro_rules! take_parts {
        ($($parts:ident: $kind:literal),*) => {$(
            for actual in actual.$parts.iter().filter(|part| !part.options.is_empty() || part.comment.is_some()) {
                let is_same = |name: &Option<Str>| name.is_some() && *name == actual.name;
                if let Some(part) = table.$parts.to_mut().iter_mut().find(|part| is_same(&part.name)) {
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
    let needed: Vec<_> = actual.depends_on.iter().filter(|need| !table.depends_on.contains(need)).cloned().collect();
    if !needed.is_empty() {
        table.depends_on.to_mut().extend(needed);
    }
}

/// Whether all that a schema says is found by reading these tables.
fn is_about(schema: &Schema, tables: &BTreeSet<ObjectName>) -> bool {
    let needed = needed_by(schema, |table| tables.contains(table));
    let belongs = |id: &ObjectId| needed.contains(id) || id.table_name().is_some_and(|table| tables.contains(&table));
    schema.views.is_empty() && schema.objects.keys().all(belongs)
}

/// The database must be what was expected, and nothing else of those names may be there.
pub(crate) async fn compare(
    connection: &mut Connection,
    url: &DatabaseUrl,
    expected: &Schema,
    touched: &BTreeSet<ObjectId>,
) -> Result<(), Error> {
    let tables = touched.iter().filter(|id| id.kind == ObjectKind::Table).map(|id| &id.name);
    let names = expected.tables.keys().chain(tables).cloned().collect();
    let only_tables = touched.iter().all(|id| id.kind == ObjectKind::Table) && is_about(expected, &names);
    let tables = only_tables.then(|| names.clone());
    let mut live = introspect_within(connection, &Selection { tables, ..Selection::schema_only() }).await?;
    let (live, _) = take_managed_part(&mut live, &names, touched, expected);
    let mut expected = expected.clone();
    adopt(connection.dialect(), &mut expected, &live, touched);
    let left = diff(&live, &expected, &Renames::default());
    if left.is_empty() || is_same(url, &live, &expected, &left).await? {
        return Ok(());
    }
    Err(Error::NotArrived { differences: describe(&left) })
}
