//! Live database -> Schema: the names of everything, and then the definition of each as the server prints it.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema, Str};
use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, MySqlConnection, Row};

use super::definitions::{Definitions, read_definitions};
use super::options::database_default;
use super::printed_object::{event, routine, sequence, trigger, view};
use super::printed_table::{PrintedTable, Server};
use super::privileges::add_privileges;
use super::rights::hidden;
use super::text::{literal, type_name};
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged};
use crate::error::Error;
use crate::introspect::Selection;

/// Reads the database that the connection is in.
pub(crate) async fn introspect(connection: &mut MySqlConnection, selection: &Selection) -> Result<Introspected, Error> {
    let server = read_server(connection).await?;
    introspect_on(connection, selection, server).await
}

/// As [`introspect`], of a server that is known.
pub(super) async fn introspect_on(
    connection: &mut MySqlConnection,
    selection: &Selection,
    server: Server,
) -> Result<Introspected, Error> {
    let mut found = Found { server, schema: Schema::new(), remarks: Vec::new() };
    match &selection.tables {
        None => {
            let listed = fetch(connection, include_str!("queries/objects.sql"), listed).await?;
            found.read(connection, &listed, false).await?;
            found.schema.add_object(database_default(&found.server.collation));
        }
        Some(tables) => found.read_tables(connection, tables).await?,
    }
    found.add_reference_systems(connection).await?;
    if selection.privileges {
        let is_selected = |name: &ObjectName| selection.tables.as_ref().is_none_or(|tables| tables.contains(name));
        let told = add_privileges(connection, &mut found.schema, is_selected).await?;
        found.remarks.extend(told);
    }
    if selection.not_managed {
        let tables: Vec<&str> = found.schema.tables.keys().map(|name| name.name.as_ref()).collect();
        let only_tables = selection.tables.is_some();
        found.remarks.extend(hidden(connection, &found.server.database, &tables, only_tables).await);
    }
    let key = |remark: &NotManaged| (remark.kind, remark.name.clone(), remark.table.clone());
    found.remarks.retain(|_| selection.not_managed);
    found.remarks.sort_by_cached_key(key);
    Ok(Introspected { schema: found.schema, not_managed: found.remarks })
}

pub(super) async fn read_server(connection: &mut MySqlConnection) -> Result<Server, Error> {
    let servers = fetch(connection, include_str!("queries/server.sql"), |row| {
        Ok((text(row, "version")?, maybe(row, "name")?, text(row, "collation")?))
    })
    .await?;
    let (version, database, collation) = servers.into_iter().next().unwrap_or_default();
    let Some(database) = database else {
        return Err(Error::Unreadable {
            object: "the catalog".to_owned(),
            reason: "the session is in no database: name one in the URL".to_owned(),
        });
    };
    let sets = fetch(connection, include_str!("queries/character_sets.sql"), |row| {
        Ok((text(row, "name")?, text(row, "collation")?))
    });
    let collations = sets.await?.into_iter().collect();
    Ok(Server { mariadb: version.contains("MariaDB"), database, collation, collations })
}

/// One object as it is listed.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) kind: String,
    pub(super) name: String,
    /// A trigger's table.
    pub(super) table: Option<String>,
    /// When a trigger runs: `BEFORE INSERT`.
    moment: Option<String>,
    is_started: bool,
}

fn listed(row: &MySqlRow) -> Result<Listed, sqlx::Error> {
    Ok(Listed {
        kind: text(row, "kind")?,
        name: text(row, "name")?,
        table: maybe(row, "table_name")?,
        moment: maybe(row, "moment")?,
        is_started: row.try_get::<i64, _>("is_started")? != 0,
    })
}

/// What was read so far.
struct Found {
    server: Server,
    schema: Schema,
    remarks: Vec<NotManaged>,
}

impl Found {
    /// The tables and views of these names, with what they need, and the tables that they refer to; nothing else is
    /// looked at.
    async fn read_tables(
        &mut self,
        connection: &mut MySqlConnection,
        tables: &BTreeSet<ObjectName>,
    ) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        let here = tables.iter().filter(|name| name.schema.is_none());
        let mut wanted: BTreeSet<ObjectId> = here.cloned().map(ObjectId::table).collect();
        while !wanted.is_empty() {
            let query = |id: &ObjectId| match id.kind {
                ObjectKind::Function => include_str!("queries/objects_function.sql"),
                _ => include_str!("queries/objects_of_table.sql"),
            };
            let queries: Vec<_> = wanted.iter().map(|id| query(id).replace(":name", &literal(&id.name.name))).collect();
            let listed = fetch(connection, &queries.join("UNION ALL\n"), listed).await?;
            self.read(connection, &listed, true).await?;
            seen.append(&mut wanted);
            let found = self.schema.tables.iter();
            let keys =
                found.clone().filter(|(name, _)| tables.contains(name)).flat_map(|(_, table)| &*table.foreign_keys);
            wanted.extend(keys.map(|key| ObjectId::table(key.references.clone())));
            let of_tables = found.flat_map(|(_, table)| &*table.depends_on);
            let needs = of_tables.chain(self.schema.views.values().flat_map(|view| &view.depends_on));
            // What a sequence or view is called, a table is not.
            wanted.extend(needs.map(|need| match need.on.kind {
                ObjectKind::Function => need.on.clone(),
                _ => ObjectId::table(need.on.name.clone()),
            }));
            wanted.retain(|id| id.name.schema.is_none() && !seen.contains(id));
        }
        self.settle_needs();
        Ok(())
    }

    /// What views need, by what it turned out to be: a name that nothing has is one that the query itself gives.
    fn settle_needs(&mut self) {
        let relations = self.schema.clone();
        for view in self.schema.views.values_mut() {
            view.depends_on.retain_mut(|need| {
                let name = &need.on.name;
                let kinds = [ObjectKind::Table, ObjectKind::View, ObjectKind::Sequence, ObjectKind::Function];
                let called = need.on.kind == ObjectKind::Function;
                let id = kinds.map(|kind| ObjectId::new(kind, name.clone())).into_iter().find(|id| {
                    called == (id.kind == ObjectKind::Function)
                        && match id.kind {
                            ObjectKind::Table => relations.tables.contains_key(name),
                            ObjectKind::View => relations.views.contains_key(name),
                            _ => relations.objects.contains_key(id),
                        }
                });
                id.map(|id| need.on = id).is_some()
            });
        }
    }

    /// Reads what is listed. Where that is a part of the database, whatever is named may be there.
    async fn read(&mut self, connection: &mut MySqlConnection, listed: &[Listed], is_part: bool) -> Result<(), Error> {
        let listed: Vec<&Listed> = listed.iter().filter(|object| object.name != HISTORY_TABLE).collect();
        let mut definitions = read_definitions(connection, &self.server, &listed).await?;
        let functions = listed.iter().filter(|object| object.kind == "FUNCTION");
        let functions: BTreeSet<String> = functions.map(|object| object.name.to_lowercase()).collect();
        let relations: BTreeMap<String, ObjectKind> =
            listed.iter().filter_map(|object| Some((object.name.clone(), relation(&object.kind)?))).collect();
        let mut before: Option<&Listed> = None;
        for object in &listed {
            let Listed { name, is_started, .. } = object;
            let kind = object.kind.as_str();
            if matches!(kind, "PACKAGE" | "PACKAGE BODY") {
                self.remark(if kind == "PACKAGE" { "package" } else { "package body" }, name.clone(), None);
                continue;
            }
            if relation(kind) == Some(ObjectKind::Table)
                && let Some(read) = definitions.take_table(name)
            {
                match read {
                    Ok(PrintedTable { table, unknown }) => {
                        self.schema.add_table(table);
                        for (kind, text) in unknown {
                            self.remark(kind, text, Some(name));
                        }
                    }
                    Err(reason) => self.remark("table that cannot be read", format!("{name}: {reason}"), None),
                }
                continue;
            }
            let Some((printed, settings)) = definitions.take(kind, name) else {
                self.remark_unread(object, &definitions);
                continue;
            };
            let server = &self.server;
            match kind {
                "VIEW" => {
                    let columns = definitions.view_columns(name);
                    // A view over what is no longer there has none.
                    if columns.is_empty() {
                        self.remark("broken view", name.clone(), None);
                        continue;
                    }
                    let what_is = |name: &str, called: bool| match called {
                        true => (is_part || functions.contains(&name.to_lowercase())).then_some(ObjectKind::Function),
                        false => relations.get(name).copied().or(is_part.then_some(ObjectKind::Table)),
                    };
                    match view(server, name, &printed, columns, what_is) {
                        Some(view) => self.schema.add_view(view),
                        None => self.remark("view with an alias that is the database's name", name.clone(), None),
                    }
                }
                "SEQUENCE" => self.schema.add_object(sequence(name, &printed)),
                "TRIGGER" => {
                    let owner = object.table.as_deref().unwrap_or_default();
                    let same = |other: &&Listed| (&other.table, &other.moment) == (&object.table, &object.moment);
                    let after = before.filter(same).map(|before| before.name.as_str());
                    self.schema.add_object(trigger(server, name, owner, after, &printed, settings));
                    before = Some(object);
                }
                "FUNCTION" => self.schema.add_object(routine(server, ObjectKind::Function, name, &printed, settings)),
                "PROCEDURE" => self.schema.add_object(routine(server, ObjectKind::Procedure, name, &printed, settings)),
                _ => self.schema.add_object(event(server, name, *is_started, &printed, settings)),
            }
        }
        Ok(())
    }

    fn remark(&mut self, kind: &'static str, name: impl Into<Str>, table: Option<&str>) {
        let table = table.map(|name| ObjectName::new(name.to_owned()));
        self.remarks.push(NotManaged { kind, name: name.into(), table });
    }

    /// Says what could not be read, and why.
    fn remark_unread(&mut self, object: &Listed, definitions: &Definitions) {
        let kind = match object.kind.as_str() {
            "FUNCTION" | "PROCEDURE" => "routine that the role may not read",
            "VIEW" => "view that cannot be read",
            "TRIGGER" => "trigger that cannot be read",
            "EVENT" => "event that cannot be read",
            "SEQUENCE" => "sequence that cannot be read",
            "BASE TABLE" | "SYSTEM VERSIONED" => "table that cannot be read",
            _ => "table of an unknown kind",
        };
        let name = match definitions.failure(object) {
            Some(message) => format!("{}: {message}", object.name),
            None => object.name.clone(),
        };
        self.remark(kind, name, object.table.as_deref());
    }

    /// What columns say of their reference systems, where there may be such columns.
    async fn add_reference_systems(&mut self, connection: &mut MySqlConnection) -> Result<(), Error> {
        const GEOMETRY: [&str; 8] = [
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
        ];
        let mut columns = self.schema.tables.values().flat_map(|table| table.columns.iter());
        if !self.server.mariadb
            || !columns.any(|column| GEOMETRY.contains(&type_name(column.column_type.native_text())))
        {
            return Ok(());
        }
        let rows = fetch(connection, include_str!("queries/reference_systems.sql"), |row| {
            Ok((text(row, "table_name")?, text(row, "column_name")?, text(row, "srid")?))
        });
        for (table, column, srid) in rows.await? {
            let table = self.schema.tables.get_mut(&ObjectName::new(table));
            let column = table.and_then(|table| table.columns.to_mut().iter_mut().find(|it| it.name == column));
            if let Some(column) = column {
                column.options.to_mut().push(format!("REF_SYSTEM_ID={srid}").into());
                column.options.to_mut().sort();
            }
        }
        Ok(())
    }
}

/// What can stand in a view's list of tables.
fn relation(kind: &str) -> Option<ObjectKind> {
    match kind {
        "BASE TABLE" | "SYSTEM VERSIONED" => Some(ObjectKind::Table),
        "VIEW" => Some(ObjectKind::View),
        "SEQUENCE" => Some(ObjectKind::Sequence),
        _ => None,
    }
}

pub(super) async fn fetch<T>(
    connection: &mut MySqlConnection,
    sql: &str,
    read: impl Fn(&MySqlRow) -> Result<T, sqlx::Error>,
) -> Result<Vec<T>, Error> {
    let rows = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_all(&mut *connection).await;
    let rows = rows.and_then(|rows| rows.iter().map(read).collect());
    rows.map_err(Error::database("reading the catalog"))
}

pub(super) fn text(row: &MySqlRow, column: &str) -> Result<String, sqlx::Error> {
    row.try_get(column)
}

pub(super) fn maybe(row: &MySqlRow, column: &str) -> Result<Option<String>, sqlx::Error> {
    row.try_get(column)
}
