//! A live database -> `Schema`, in two statements within one read.

use std::collections::{HashMap, HashSet};

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str, View};
use sqlx::SqliteConnection;

use super::modules::{keeps_rows_in, module};
use super::parse;
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged};
use crate::error::Error;
use crate::introspect::Selection;

/// An object as the catalog has it: number, kind, name, table, statement.
type Made = (i64, String, String, String, String);
/// What `queries/listed.sql` yields: kind, object, column, place.
type Listed = (String, String, String, i64);

/// The savepoint that holds all statements to one state of the database, whether there is a transaction around it or not.
const READ: &str = "cqrs_introspect";

pub(crate) async fn introspect(
    connection: &mut SqliteConnection,
    selection: &Selection,
) -> Result<Introspected, Error> {
    execute(connection, &format!("SAVEPOINT {READ}")).await?;
    let catalog = fetch(connection, selection).await;
    // Nothing was written: there is nothing to keep, whatever came of it.
    let released = execute(connection, &format!("RELEASE {READ}")).await;
    let (made, listed) = catalog?;
    released?;
    let mut found = read(&made, &listed);
    if !selection.not_managed {
        found.not_managed.clear();
    }
    Ok(found)
}

async fn execute(connection: &mut SqliteConnection, sql: &str) -> Result<(), Error> {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.map(|_| ()).map_err(Error::database("reading the catalog"))
}

async fn fetch(connection: &mut SqliteConnection, selection: &Selection) -> Result<(Vec<Made>, Vec<Listed>), Error> {
    let made = match &selection.tables {
        None => sqlx::query_scalar(include_str!("queries/catalog.sql")).fetch_one(&mut *connection).await,
        Some(tables) => {
            let names: Vec<&str> = tables.iter().map(|table| table.name.as_ref()).collect();
            let names = serde_json::to_string(&names).unwrap_or_default();
            sqlx::query_scalar(include_str!("queries/catalog_of.sql")).bind(names).fetch_one(&mut *connection).await
        }
    };
    let made: String = made.map_err(Error::database("reading the catalog"))?;
    let mut made: Vec<Made> = serde_json::from_str(&made)
        .map_err(|error| Error::Unreadable { object: "the catalog".to_owned(), reason: error.to_string() })?;
    made.sort_unstable_by_key(|(number, ..)| *number);
    if !made.iter().any(|(_, kind, _, _, sql)| kind == "view" || is_virtual(sql)) {
        return Ok((made, Vec::new()));
    }
    match sqlx::query_as(include_str!("queries/listed.sql")).fetch_all(&mut *connection).await {
        Ok(listed) => Ok((made, listed)),
        // Before 3.37 there is no such list.
        Err(error) if error.to_string().contains("no such table: pragma_table_list") => Ok((made, Vec::new())),
        Err(error) => Err(Error::database("reading the catalog")(error)),
    }
}

/// SQLite writes these words itself, in front of what was written.
fn is_virtual(sql: &str) -> bool {
    sql.starts_with("CREATE VIRTUAL TABLE")
}

fn read(made: &[Made], listed: &[Listed]) -> Introspected {
    let shadows = shadow_tables(made, listed);
    let modules = listed.iter().filter(|(kind, ..)| kind == "module").map(|(_, name, ..)| name.as_str()).collect();
    let mut reader = Reader { modules, ..Reader::default() };
    // What belongs to a table comes after it, unless the table was altered by making it again.
    let (first, then): (Vec<&Made>, Vec<&Made>) =
        made.iter().partition(|(_, kind, ..)| !matches!(kind.as_str(), "index" | "trigger"));
    for (_, kind, name, table, sql) in first.into_iter().chain(then) {
        if table.eq_ignore_ascii_case(HISTORY_TABLE)
            || (!shadows.is_empty() && shadows.contains(&table.to_ascii_lowercase()))
        {
            continue;
        }
        match kind.as_str() {
            "table" if is_virtual(sql) => reader.virtual_table(name, sql),
            "table" => reader.table(name, sql),
            "view" => reader.view(name, sql),
            "index" => reader.index(name, table, sql),
            _ => reader.trigger(name, table, sql),
        }
    }
    reader.finish(listed)
}

/// The tables that virtual tables keep their rows in, in lower case: as SQLite tells them and, where it does not know the
/// module, as the module names them.
fn shadow_tables(made: &[Made], listed: &[Listed]) -> HashSet<String> {
    let told = listed.iter().filter(|(kind, ..)| kind == "shadow").map(|(_, name, ..)| name.to_ascii_lowercase());
    let virtual_tables = made.iter().filter(|(_, kind, _, _, sql)| kind == "table" && is_virtual(sql));
    told.chain(virtual_tables.flat_map(|(_, _, name, _, sql)| keeps_rows_in(name, sql))).collect()
}

#[derive(Default)]
struct Reader<'a> {
    /// The modules of virtual tables that there are; none where SQLite does not tell.
    modules: HashSet<&'a str>,
    found: Introspected,
    /// Every table and view by its name in lower case.
    relations: HashMap<String, ObjectId>,
    /// The names that the statements of views and triggers speak of.
    reads: Vec<(ObjectId, Vec<String>)>,
}

impl Reader<'_> {
    fn relate(&mut self, id: ObjectId) {
        self.relations.insert(id.name.name.to_ascii_lowercase(), id);
    }

    /// What cannot be read is told, and not guessed.
    fn report(&mut self, kind: &'static str, name: &str, table: Option<ObjectName>) {
        self.found.not_managed.push(NotManaged { kind, name: name.to_owned().into(), table });
    }

    fn table(&mut self, name: &str, sql: &str) {
        match parse::table(name, sql) {
            Ok(table) => {
                self.relate(ObjectId::table(table.object_name()));
                self.found.schema.add_table(table);
            }
            Err(problem) => self.report("table in unknown SQL", &format!("{name}: {problem}"), None),
        }
    }

    /// Without its module, a virtual table can be neither read nor made again.
    fn virtual_table(&mut self, name: &str, sql: &str) {
        let has_module =
            |module: String| self.modules.is_empty() || self.modules.contains(module.to_ascii_lowercase().as_str());
        if !module(sql).is_some_and(has_module) {
            return self.report("virtual table of an unknown module", name, None);
        }
        let id = ObjectId::new(ObjectKind::VirtualTable, ObjectName::new(name.to_owned()));
        self.relate(id.clone());
        self.found.schema.add_object(SqlObject::new(id, sql.to_owned()));
    }

    fn view(&mut self, name: &str, sql: &str) {
        match parse::view(sql) {
            Ok(parsed) => {
                let id = ObjectId::view(ObjectName::new(name.to_owned()));
                self.found.schema.add_view(View {
                    name: id.name.clone(),
                    query: parsed.query.into(),
                    options: parsed.columns.map(Str::from).into_iter().collect(),
                    ..View::default()
                });
                self.relate(id.clone());
                self.reads.push((id, parsed.reads));
            }
            Err(problem) => self.report("view in unknown SQL", &format!("{name}: {problem}"), None),
        }
    }

    fn index(&mut self, name: &str, table: &str, sql: &str) {
        let owner = ObjectName::new(table.to_owned());
        let Some(of) = self.found.schema.tables.get_mut(&owner) else {
            return self.report("index of a table in unknown SQL", name, Some(owner));
        };
        match parse::index(name, sql, of) {
            Ok(index) => of.indexes.to_mut().push(index),
            Err(problem) => self.report("index in unknown SQL", &format!("{name}: {problem}"), Some(owner)),
        }
    }

    fn trigger(&mut self, name: &str, table: &str, sql: &str) {
        // The catalog has the table's name as the trigger's statement spells it.
        let owner = self.relations.get(&table.to_ascii_lowercase()).map(|id| id.name.clone());
        let owner = owner.unwrap_or_else(|| ObjectName::new(table.to_owned()));
        match parse::trigger(sql) {
            Ok(mut reads) => {
                let id = ObjectId::of_table(ObjectKind::Trigger, name.to_owned(), &owner);
                self.found.schema.add_object(SqlObject::new(id.clone(), sql.to_owned()));
                reads.push(owner.name.to_string());
                self.reads.push((id, reads));
            }
            Err(problem) => self.report("trigger in unknown SQL", &format!("{name}: {problem}"), Some(owner)),
        }
    }

    fn finish(mut self, listed: &[Listed]) -> Introspected {
        for (_, view, column, _) in listed.iter().filter(|(kind, ..)| kind == "column") {
            let id = self.relations.get(&view.to_ascii_lowercase());
            if let Some(view) = id.and_then(|id| self.found.schema.views.get_mut(&id.name)) {
                view.columns.push(column.clone().into());
            }
        }
        for (id, names) in std::mem::take(&mut self.reads) {
            let needs = self.needs(&id, &names);
            match id.kind {
                ObjectKind::View => {
                    self.found
                        .schema
                        .views
                        .get_mut(&id.name)
                        .into_iter()
                        .for_each(|view| view.depends_on = needs.clone());
                }
                _ => {
                    self.found.schema.objects.get_mut(&id).into_iter().for_each(|one| one.depends_on = needs.clone());
                }
            }
        }
        spell_references(&mut self.found.schema);
        self.found.not_managed.sort_by(|left, right| (left.kind, &left.name).cmp(&(right.kind, &right.name)));
        self.found
    }

    fn needs(&self, of: &ObjectId, names: &[String]) -> Vec<Dependency> {
        let known = names.iter().filter_map(|name| self.relations.get(&name.to_ascii_lowercase()));
        let mut needs: Vec<Dependency> = known.filter(|id| *id != of).cloned().map(Dependency::on).collect();
        needs.sort();
        needs.dedup();
        needs
    }
}

/// Foreign keys name tables and columns without regard to case: they are given the spelling of what they refer to.
fn spell_references(schema: &mut Schema) {
    let keys = schema.tables.values().flat_map(|table| table.foreign_keys.iter());
    let named: HashSet<String> = keys.map(|key| key.references.name.to_ascii_lowercase()).collect();
    let tables: HashMap<String, (ObjectName, Vec<Str>)> = (schema.tables.iter())
        .map(|(name, table)| (name.name.to_ascii_lowercase(), name, table))
        .filter(|(lower, ..)| named.contains(lower))
        .map(|(lower, name, table)| {
            (lower, (name.clone(), table.columns.iter().map(|column| column.name.clone()).collect()))
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
