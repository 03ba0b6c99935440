//! What stands beside tables: views and SQL objects, as far as they can be declared.

use std::collections::BTreeSet;

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Table, View};
use cqrs_syntax::OBJECT_KINDS;

use super::draft::enum_of;
use super::modules::declared_object;
use super::text::{CARRIAGE_RETURNS, docs, is_doc, keeps_lines, literal};
use super::{Import, Left, views};
use crate::dialect::{Dialect, ROW_SECURITY};
use crate::graph::Graph;
use crate::managed::is_apart;

/// What is written beside the models of tables.
pub(super) struct Beside {
    /// Each with the columns that are read.
    pub(super) views: Vec<(Table, View)>,
    /// In an order in which they can be made.
    pub(super) objects: Vec<SqlObject>,
}

/// Whether `sql_object!` has a word for that kind of object on a database.
pub(crate) fn is_declarable(dialect: Dialect, kind: ObjectKind) -> bool {
    dialect.rules().capabilities().object_kinds.contains(&kind) && OBJECT_KINDS.contains(&word(kind).as_str())
}

fn word(kind: ObjectKind) -> String {
    kind.name().replace(' ', "_")
}

/// The objects that are written with some tables and views: what these need, what belongs to them, and what that needs.
pub(crate) fn asked(dialect: Dialect, schema: &Schema, relations: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
    let is_theirs = |id: &&ObjectId| {
        let table = id.table_name();
        table.is_some_and(|table| relations.contains(&schema.relation(&table)))
    };
    let theirs = schema.objects.keys().filter(is_theirs).cloned();
    let mut ids = Graph::of(schema).with_needs(relations.iter().cloned().chain(theirs));
    ids.retain(|id| schema.objects.contains_key(id) && is_declarable(dialect, id.kind));
    ids
}

/// The database schema whose domain an object is in. One that nothing is in has no domain.
pub(super) fn namespace<'a>(schema: &Schema, id: &'a ObjectId) -> Option<&'a str> {
    if id.kind != ObjectKind::Namespace {
        return id.name.schema.as_deref();
    }
    let mut names =
        schema.tables.keys().chain(schema.views.keys()).chain(schema.objects.keys().map(|object| &object.name));
    names.any(|name| name.schema.as_ref() == Some(&id.name.name)).then_some(&id.name.name)
}

/// The views and objects that are asked for, without those that cannot be said or stand on what is not written.
pub(super) fn beside(import: &Import, tables: &[Table], left: &mut Vec<Left>) -> Beside {
    let live = import.schema;
    let declared = declared(import, tables);
    let has_model = |of: &ObjectName| declared.contains(&ObjectId::enum_type(of.clone()));
    let mut read = Vec::new();
    let mut written = BTreeSet::new();
    for id in import.asked {
        let said = match (import.refused.get(id), live.views.get(&id.name), live.objects.get(id)) {
            (Some(_), ..) if id.kind == ObjectKind::Table => continue,
            (Some(why), ..) => Err(why.clone()),
            (_, Some(view), _) if id.kind == ObjectKind::View => {
                views::readable(import, view, &has_model, left).map(|table| read.push((table, view.clone())))
            }
            (_, _, Some(object)) => reason_against(import, object).map_or(Ok(()), Err),
            _ => continue,
        };
        match said {
            Ok(()) => {
                written.insert(id.clone());
            }
            Err(why) => left.push(Left::whole(id, why)),
        }
    }
    let graph = Graph::of(live);
    let missing = |id: &ObjectId, written: &BTreeSet<ObjectId>| {
        let table = id.table_name().map(|table| live.relation(&table));
        let mut needs = graph.needs(id).iter().map(|need| need.on.clone()).chain(table);
        needs.find(|need| !written.contains(need) && !declared.contains(need) && !import.known.declares(need))
    };
    while let Some((id, on)) = written.iter().find_map(|id| Some((id.clone(), missing(id, &written)?))) {
        written.remove(&id);
        let why =
            format!("it stands on {} `{on}`, which nothing declares: it stays as it is, or declare both", on.kind);
        left.push(Left::whole(&id, why));
    }
    read.retain(|(_, view)| written.contains(&ObjectId::view(view.name.clone())));
    let objects = graph.ordered(&written).into_iter().filter_map(|id| live.objects.get(&id).cloned()).collect();
    Beside { views: read, objects }
}

/// The tables that have models, and the enum types of their columns.
fn declared(import: &Import, tables: &[Table]) -> BTreeSet<ObjectId> {
    let known = import.schema.tables.values().filter(|table| import.known.models.contains_key(&table.object_name()));
    let mut ids = BTreeSet::new();
    for table in tables.iter().chain(known) {
        ids.insert(ObjectId::table(table.object_name()));
        for column in table.columns.iter() {
            let labels = enum_of(import, table, column.column_type.native_text());
            ids.extend(labels.map(|labels| ObjectId::enum_type(labels.name.clone())));
        }
    }
    ids
}

/// Why an object cannot be declared, and what to do.
fn reason_against(import: &Import, object: &SqlObject) -> Option<String> {
    let dialect = import.dialect;
    if !keeps_lines(&object.definition) {
        return Some(CARRIAGE_RETURNS.to_owned());
    }
    let table = object.id.table_name().and_then(|table| import.schema.tables.get(&table));
    if object.id.kind == ObjectKind::Policy
        && table.is_some_and(|table| !table.options.iter().any(|option| option == ROW_SECURITY))
    {
        return Some(
            "row security of its table is off, and declaring a policy switches it on: it stays as it is".to_owned(),
        );
    }
    if let Some(comment) = object.comment.as_deref().filter(|comment| !is_doc(comment)) {
        return Some(format!("its comment {comment:?} is no doc comment: change it in the database, and import again"));
    }
    let read = syn::parse_str::<syn::ItemMacro>(&declaration(dialect, object)).ok();
    let is_read = read.and_then(|item| declared_object(dialect, item)).as_ref() == Some(&object.id);
    (!is_read).then(|| "its name would be read as another one: give it another name in the database".to_owned())
}

/// An object as it is declared.
pub(super) fn declaration(dialect: Dialect, object: &SqlObject) -> String {
    let ObjectId { kind, name, table, signature } = &object.id;
    let of = table.as_ref().map_or_else(String::new, |table| format!(" on {table:?}"));
    let schema = name.schema.as_ref().map_or_else(String::new, |schema| format!("    schema = {schema:?},\n"));
    let name = format!("{}{}", name.name, signature.as_deref().unwrap_or_default());
    let comment = docs(object.comment.as_deref().filter(|comment| !comment.is_empty()), "    ");
    let (kind, sql, database) = (word(*kind), literal(&statement(object)), dialect.name());
    format!("\ncqrs_core::sql_object! {{\n{comment}    {kind} {name:?}{of},\n{schema}    {database} = {sql},\n}}\n")
}

/// The one statement that makes an object, as far as one can.
fn statement(object: &SqlObject) -> String {
    match object.id.kind {
        // The rules of a domain are told apart, each with the statement that adds it.
        // <https://www.postgresql.org/docs/current/sql-createdomain.html>
        ObjectKind::Domain => {
            let clause = |option: &str| {
                let clause = option.strip_prefix("SET ").or_else(|| option.strip_prefix("ADD "))?;
                Some(format!("\n    {clause}"))
            };
            let said = object.options.iter().filter(|option| !is_apart(object.id.kind, option));
            let clauses: String = said.filter_map(|option| clause(option)).collect();
            format!("{}{clauses}", object.definition)
        }
        // Nothing in the statement tells what else it needs, and so in which order it is made.
        // <https://www.postgresql.org/docs/current/sql-createextension.html>
        ObjectKind::Extension if object.depends_on.iter().any(|need| need.on.kind == ObjectKind::Extension) => {
            format!("{} CASCADE", object.definition)
        }
        _ => object.definition.to_string(),
    }
}
