//! A live database -> `Schema`, in two statements.

use std::collections::HashMap;

use cqrs_core::schema::{Dependency, ObjectId, ObjectName, Schema, Str};

use super::parse;
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged};
use crate::error::Error;
use crate::introspect::Selection;

/// An object as the catalog has it: kind, name, table, statement.
type Made = (String, String, String, String);

pub(crate) async fn introspect(connection: &mut sqlx::SqliteConnection, _: &Selection) -> Result<Introspected, Error> {
    let catalog: Vec<Made> = sqlx::query_as(include_str!("queries/catalog.sql"))
        .fetch_all(&mut *connection)
        .await
        .map_err(Error::database("reading the catalog"))?;
    // One view that reads a table which is gone makes this fail; then no view's columns are told.
    let view_columns: Vec<(String, String)> =
        sqlx::query_as(include_str!("queries/view_columns.sql")).fetch_all(&mut *connection).await.unwrap_or_default();
    Ok(read(&catalog, view_columns))
}

fn read(catalog: &[Made], view_columns: Vec<(String, String)>) -> Introspected {
    let mut found = Introspected::default();
    let mut reads: HashMap<ObjectName, Vec<String>> = HashMap::new();
    // Objects that belong to a table come after it, unless it was altered by making it again.
    let (first, then): (Vec<&Made>, Vec<&Made>) =
        catalog.iter().partition(|(kind, ..)| !matches!(kind.as_str(), "index" | "trigger"));
    for (kind, name, table, sql) in first.into_iter().chain(then) {
        if table.eq_ignore_ascii_case(HISTORY_TABLE) {
            continue;
        }
        match kind.as_str() {
            "table" => match parse::table(name, sql) {
                Ok(parsed) => {
                    let owner = parsed.table.object_name();
                    found.not_managed.extend(
                        parsed.unsaid.into_iter().map(|(kind, name)| not_managed(kind, &name, Some(owner.clone()))),
                    );
                    found.schema.add_table(parsed.table);
                }
                Err(_) => found.not_managed.push(not_managed("table in unknown SQL", name, None)),
            },
            "view" => match parse::view(name, sql) {
                Ok((view, names)) => {
                    reads.insert(view.name.clone(), names);
                    found.schema.add_view(view);
                }
                Err(_) => found.not_managed.push(not_managed("view in unknown SQL", name, None)),
            },
            "index" => add_index(&mut found, name, table, sql),
            "trigger" => found.not_managed.push(not_managed("trigger", name, Some(ObjectName::new(table.clone())))),
            "virtual" => found.not_managed.push(not_managed("virtual table", name, None)),
            _ => found.not_managed.push(not_managed("table of a virtual table", name, None)),
        }
    }
    for (view, column) in view_columns {
        if let Some(view) = found.schema.views.get_mut(&ObjectName::new(view)) {
            view.columns.push(column.into());
        }
    }
    spell_references(&mut found.schema);
    add_dependencies(&mut found.schema, &reads);
    found.not_managed.sort_by(|left, right| (left.kind, &left.name).cmp(&(right.kind, &right.name)));
    found
}

fn not_managed(kind: &'static str, name: &str, table: Option<ObjectName>) -> NotManaged {
    NotManaged { kind, name: name.to_owned().into(), table }
}

fn add_index(found: &mut Introspected, name: &str, table: &str, sql: &str) {
    let owner = ObjectName::new(table.to_owned());
    let index = found.schema.tables.get(&owner).and_then(|table| parse::index(name, sql, table).ok());
    match (index, found.schema.tables.get_mut(&owner)) {
        (Some(index), Some(table)) => table.indexes.to_mut().push(index),
        _ => found.not_managed.push(not_managed("index in unknown SQL", name, Some(owner))),
    }
}

/// Foreign keys name tables and columns without regard to case: they are given the spelling of what they refer to.
fn spell_references(schema: &mut Schema) {
    let tables: HashMap<String, (ObjectName, Vec<Str>)> = (schema.tables.iter())
        .map(|(name, table)| {
            let columns = table.columns.iter().map(|column| column.name.clone()).collect();
            (name.name.to_ascii_lowercase(), (name.clone(), columns))
        })
        .collect();
    for table in schema.tables.values_mut() {
        for key in table.foreign_keys.to_mut() {
            let Some((name, columns)) = tables.get(&key.references.name.to_ascii_lowercase()) else { continue };
            key.references = name.clone();
            for column in key.referenced_columns.to_mut() {
                if let Some(own) = columns.iter().find(|own| own.eq_ignore_ascii_case(column)) {
                    *column = own.clone();
                }
            }
        }
    }
}

fn add_dependencies(schema: &mut Schema, reads: &HashMap<ObjectName, Vec<String>>) {
    let known: HashMap<String, ObjectId> = (schema.tables.keys().chain(schema.views.keys()))
        .map(|name| (name.name.to_ascii_lowercase(), schema.relation(name)))
        .collect();
    for (name, view) in &mut schema.views {
        let names = reads.get(name).map(Vec::as_slice).unwrap_or_default();
        let read = names.iter().filter_map(|name| known.get(&name.to_ascii_lowercase()));
        view.depends_on = read.filter(|id| id.name != *name).cloned().map(Dependency::on).collect();
        view.depends_on.sort();
        view.depends_on.dedup();
    }
}
