//! A live database -> `Schema`, in two statements within one read.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use cqrs_core::schema::{Dependency, ForeignKey, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str, View};
use serde::Deserialize;
use sqlx::SqliteConnection;

use super::modules::{keeps_rows_in, module};
use super::parse;
use super::tokens::Token;
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged, push};
use crate::error::Error;
use crate::introspect::Selection;

/// What `queries/catalog.sql` yields: for each object a number, a kind, a name, a table and a length, then the statements.
type Catalog = (String, String, String, String, String, String);
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
    let (catalog, listed) = catalog?;
    released?;
    let mut found = read(&objects(&catalog)?, &listed);
    if !selection.not_managed {
        found.not_managed.clear();
    }
    Ok(found)
}

async fn execute(connection: &mut SqliteConnection, sql: &str) -> Result<(), Error> {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.map(|_| ()).map_err(Error::database("reading the catalog"))
}

async fn fetch(connection: &mut SqliteConnection, selection: &Selection) -> Result<(Catalog, Vec<Listed>), Error> {
    let catalog = match &selection.tables {
        None => sqlx::query_as(include_str!("queries/catalog.sql")).fetch_one(&mut *connection).await,
        Some(tables) => {
            let names: Vec<&str> = tables.iter().map(|table| table.name.as_ref()).collect();
            let names = serde_json::to_string(&names).unwrap_or_default();
            sqlx::query_as(include_str!("queries/catalog_of.sql")).bind(names).fetch_one(&mut *connection).await
        }
    };
    let catalog: Catalog = catalog.map_err(Error::database("reading the catalog"))?;
    let (_, kinds, .., statements) = &catalog;
    if !kinds.contains("\"view\"") && !statements.contains(VIRTUAL) {
        return Ok((catalog, Vec::new()));
    }
    match sqlx::query_as(include_str!("queries/listed.sql")).fetch_all(&mut *connection).await {
        Ok(listed) => Ok((catalog, listed)),
        // Before 3.37 there is no such list.
        Err(error) if error.to_string().contains("no such table: pragma_table_list") => Ok((catalog, Vec::new())),
        Err(error) => Err(Error::database("reading the catalog")(error)),
    }
}

/// An object as the catalog has it.
struct Made<'a> {
    number: i64,
    kind: Cow<'a, str>,
    name: Cow<'a, str>,
    table: Cow<'a, str>,
    sql: &'a str,
}

impl Made<'_> {
    fn is_virtual(&self) -> bool {
        self.sql.starts_with(VIRTUAL)
    }
}

/// The objects in the order of making.
fn objects(catalog: &Catalog) -> Result<Vec<Made<'_>>, Error> {
    let (numbers, kinds, names, tables, lengths, statements) = catalog;
    let unreadable = |reason: String| Error::Unreadable { object: "the catalog".to_owned(), reason };
    let texts = |json| serde_json::from_str::<Vec<Text<'_>>>(json).map_err(|error| unreadable(error.to_string()));
    let integers = |json| serde_json::from_str::<Vec<i64>>(json).map_err(|error| unreadable(error.to_string()));
    let misplaced = || unreadable("a statement in it is no text: see what `PRAGMA integrity_check` says".to_owned());
    let mut rest = statements.as_str();
    let mut objects = Vec::new();
    let named = texts(kinds)?.into_iter().zip(texts(names)?).zip(texts(tables)?);
    for ((number, length), ((kind, name), table)) in integers(numbers)?.into_iter().zip(integers(lengths)?).zip(named) {
        let at = usize::try_from(length).ok().and_then(|length| place_of(rest, length));
        let (sql, behind) = at.map(|at| rest.split_at(at)).ok_or_else(misplaced)?;
        rest = behind;
        objects.push(Made { number, kind: kind.0, name: name.0, table: table.0, sql });
    }
    if !rest.is_empty() {
        return Err(misplaced());
    }
    objects.sort_unstable_by_key(|object| object.number);
    Ok(objects)
}

/// Text that is borrowed where the document has it as it is.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Where the first characters of a text end.
fn place_of(text: &str, characters: usize) -> Option<usize> {
    match text.as_bytes().get(..characters) {
        Some(bytes) if bytes.is_ascii() => Some(characters),
        _ => text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(characters),
    }
}

/// SQLite writes these words itself, in front of what was written.
const VIRTUAL: &str = "CREATE VIRTUAL TABLE";

fn read(made: &[Made<'_>], listed: &[Listed]) -> Introspected {
    let shadows = shadow_tables(made, listed);
    let modules = listed.iter().filter(|(kind, ..)| kind == "module").map(|(_, name, ..)| name.as_str()).collect();
    let relates = made.iter().any(|object| matches!(&*object.kind, "view" | "trigger"));
    let mut reader = Reader { modules, relates, ..Reader::default() };
    // What belongs to a table comes after it, unless the table was altered by making it again.
    let (first, then): (Vec<&Made<'_>>, Vec<&Made<'_>>) =
        made.iter().partition(|object| !matches!(&*object.kind, "index" | "trigger"));
    for object @ Made { kind, name, table, sql, .. } in first.into_iter().chain(then) {
        if table.eq_ignore_ascii_case(HISTORY_TABLE)
            || (!shadows.is_empty() && shadows.contains(&table.to_ascii_lowercase()))
        {
            continue;
        }
        match &**kind {
            "table" if object.is_virtual() => reader.virtual_table(name, sql),
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
fn shadow_tables(made: &[Made<'_>], listed: &[Listed]) -> HashSet<String> {
    let told = listed.iter().filter(|(kind, ..)| kind == "shadow").map(|(_, name, ..)| name.to_ascii_lowercase());
    let virtual_tables = made.iter().filter(|object| object.kind == "table" && object.is_virtual());
    told.chain(virtual_tables.flat_map(|table| keeps_rows_in(&table.name, table.sql))).collect()
}

#[derive(Default)]
struct Reader<'a> {
    /// The modules of virtual tables that there are; none where SQLite does not tell.
    modules: HashSet<&'a str>,
    found: Introspected,
    /// Whether something reads tables and views by their names.
    relates: bool,
    /// Every table and view by its name in lower case, where something reads them by it.
    relations: HashMap<String, ObjectId>,
    /// The names that the statements of views and triggers speak of.
    reads: Vec<(ObjectId, Vec<String>)>,
    /// Room for those of one statement after the other.
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn relate(&mut self, id: impl FnOnce() -> ObjectId) {
        if self.relates {
            let id = id();
            self.relations.insert(id.name.name.to_ascii_lowercase(), id);
        }
    }

    /// What cannot be read is told, and not guessed.
    fn report(&mut self, kind: &'static str, name: &str, table: Option<ObjectName>) {
        self.found.not_managed.push(NotManaged { kind, name: name.to_owned().into(), table });
    }

    fn table(&mut self, name: &str, sql: &str) {
        match parse::table(name, sql, &mut self.tokens) {
            Ok(table) => {
                self.relate(|| ObjectId::table(table.object_name()));
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
        self.relate(|| id.clone());
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
                self.relate(|| id.clone());
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
        match parse::index(name, sql, of, &mut self.tokens) {
            Ok(index) => push(&mut of.indexes, index),
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
    let is_spelled = |key: &ForeignKey| {
        let target = schema.tables.get(&key.references);
        target.is_some_and(|table| key.referenced_columns.iter().all(|name| table.column(name).is_some()))
    };
    if schema.tables.values().flat_map(|table| table.foreign_keys.iter()).all(is_spelled) {
        return;
    }
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
