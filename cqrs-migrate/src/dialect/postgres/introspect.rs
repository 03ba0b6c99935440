//! A live PostgreSQL database as a schema: the whole catalog in a fixed number of queries, in one snapshot.

use std::mem;
use std::time::Duration;

use cqrs_core::schema::{EnumType, ObjectName, Schema};
use futures_util::TryStreamExt;
use sqlx::postgres::PgRow;
use sqlx::postgres::types::Oid;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Postgres, Transaction};

use super::indexes::Indexes;
use super::rows::{Fields, is_of_change, reading, texts};
pub(super) use super::rows::{get, optional, text};
use super::sequences::Sequences;
use super::tables::{Tables, add_sequences};
use super::views::Views;
use super::{constraints, not_managed, objects};
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged};
use crate::error::Error;
use crate::introspect::Selection;

/// For how many milliseconds to wait before each further read of a schema that changed while it was read.
const PAUSES: [u64; 5] = [10, 20, 40, 80, 160];

/// Reads the schema, and what it cannot express.
///
/// On a connection that is in a transaction already (a shadow's), in that transaction. Elsewhere a schema that changed
/// meanwhile is read again, in another snapshot; what fails to the last is looked for among the views.
pub(crate) async fn introspect(connection: &mut PgConnection, selection: &Selection) -> Result<Introspected, Error> {
    if connection.is_in_transaction() {
        let transaction = connection.begin().await.map_err(reading())?;
        return read_in(transaction, selection, false).await;
    }
    let mut pauses = PAUSES.into_iter();
    loop {
        let next = pauses.next();
        let transaction = connection.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        match (read_in(transaction.await.map_err(reading())?, selection, next.is_none()).await, next) {
            (Err(error), Some(pause)) if is_of_change(&error) => tokio::time::sleep(Duration::from_millis(pause)).await,
            (found, _) => return found,
        }
    }
}

/// Reads in a transaction, and ends it.
async fn read_in(
    mut transaction: Transaction<'_, Postgres>,
    selection: &Selection,
    find_broken: bool,
) -> Result<Introspected, Error> {
    let found = async {
        let mut catalog = Catalog::open(&mut transaction, selection).await?;
        if find_broken {
            catalog.set(include_str!("queries/broken_views.sql")).await?;
        }
        catalog.read(selection).await
    }
    .await;
    let ended = transaction.rollback().await.map_err(reading());
    let found = found?;
    ended?;
    Ok(found)
}

/// As [`introspect`] inside a transaction that the driver did not begin. Its settings are as they were afterwards.
pub(crate) async fn introspect_within(connection: &mut PgConnection, selection: &Selection) -> Result<Schema, Error> {
    sqlx::raw_sql("SAVEPOINT cqrs_introspect").execute(&mut *connection).await.map_err(reading())?;
    let found = Catalog::open(connection, selection).await?.read(selection).await?;
    sqlx::raw_sql("ROLLBACK TO SAVEPOINT cqrs_introspect").execute(connection).await.map_err(reading())?;
    Ok(found.schema)
}

/// The catalog queries join in the order in which they are written: to look for a better one costs the server more than
/// it saves, and so does compiling them. For this transaction only.
/// <https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-JOIN-COLLAPSE-LIMIT>
const PLANNER: &str = "SET LOCAL join_collapse_limit = 1; SET LOCAL from_collapse_limit = 1; SET LOCAL jit = off";

/// Where every table is read, each catalog is read once and hashed. The server would look some rows up one by one, and
/// where its statistics are not up to date with what was just made, that takes the square of their number.
const WHOLE: &str = "SET LOCAL enable_nestloop = off";
const IN_PART: &str = "SET LOCAL enable_nestloop = on";

/// The catalog, as one session sees it.
struct Catalog<'c> {
    connection: &'c mut PgConnection,
    version: i32,
    default_schema: String,
    only_schema: Option<String>,
    /// The relations to read, where not all are; else the schemas.
    chosen: Option<Vec<Oid>>,
    schemas: Vec<Oid>,
}

impl<'c> Catalog<'c> {
    /// Bare names then mean the default schema and nothing else, so that the server prints every other name with its
    /// schema. A shadow inside a transaction keeps its own path: live types and functions are bare in it too.
    async fn open(connection: &'c mut PgConnection, selection: &Selection) -> Result<Self, Error> {
        let schemas: Option<Vec<&String>> = selection.schemas.as_ref().map(|schemas| schemas.iter().collect());
        let row = sqlx::query(include_str!("queries/session.sql"))
            .bind(schemas)
            .fetch_one(&mut *connection)
            .await
            .map_err(reading())?;
        let mut row = Fields::of(&row);
        let version = row.take()?;
        let Some(default_schema) = row.take::<Option<String>>()? else {
            return Err(Error::Unreadable {
                object: "the default schema".to_owned(),
                reason: "no schema of the `search_path` exists: create one, or set another `search_path`".to_owned(),
            });
        };
        let only_schema: Option<String> = row.take()?;
        let schemas = row.take()?;
        if only_schema.is_none() {
            sqlx::query("SELECT set_config('search_path', quote_ident($1), true)")
                .bind(&default_schema)
                .execute(&mut *connection)
                .await
                .map_err(reading())?;
        }
        let mut catalog = Self { connection, version, default_schema, only_schema, chosen: None, schemas };
        catalog.set(PLANNER).await?;
        if let Some(tables) = &selection.tables {
            catalog.chosen = Some(catalog.resolve(tables).await?);
        }
        Ok(catalog)
    }

    async fn set(&mut self, settings: &'static str) -> Result<(), Error> {
        sqlx::raw_sql(settings).execute(&mut *self.connection).await.map(drop).map_err(reading())
    }

    /// The numbers of chosen tables, and of those that they cannot be without.
    async fn resolve(&mut self, tables: impl IntoIterator<Item = &ObjectName>) -> Result<Vec<Oid>, Error> {
        let (schemas, names): (Vec<&str>, Vec<&str>) = tables
            .into_iter()
            .map(|table| (table.schema.as_deref().unwrap_or(&self.default_schema), &*table.name))
            .unzip();
        sqlx::query_scalar(include_str!("queries/chosen.sql"))
            .bind(&self.schemas)
            .bind(schemas)
            .bind(names)
            .fetch_all(&mut *self.connection)
            .await
            .map_err(reading())
    }

    async fn read(&mut self, selection: &Selection) -> Result<Introspected, Error> {
        self.set(if self.chosen.is_some() { IN_PART } else { WHOLE }).await?;
        let mut tables = Tables::default();
        let mut views = Views::default();
        let mut sequences = Sequences::default();
        let mut indexes = Indexes::default();
        self.each(include_str!("queries/tables.sql"), |row| tables.add(row)).await?;
        self.each(include_str!("queries/inherits.sql"), |row| tables.add_parent(row)).await?;
        self.each(include_str!("queries/views.sql"), |row| views.add(row)).await?;
        self.each(include_str!("queries/sequences.sql"), |row| sequences.add(row)).await?;
        let columns = include_str!("queries/columns.sql");
        self.each(columns, |row| tables.add_column(row, &sequences, &mut views)).await?;
        self.each(include_str!("queries/constraints.sql"), |row| constraints::add(&mut tables, row)).await?;
        let parts = include_str!("queries/indexes.sql");
        self.each(parts, |row| indexes.add_part(row, &mut tables, &mut views)).await?;
        self.set(IN_PART).await?;
        let mut schema = Schema::new();
        for row in self.rows(include_str!("queries/enums.sql")).await? {
            schema.add_enum(enum_type(&row)?);
        }
        let owned = tables.finish(&mut schema);
        let broken = mem::take(&mut views.broken);
        views.finish(&mut schema);
        let mut not_managed = if selection.not_managed { self.not_managed(broken).await? } else { Vec::new() };
        if selection.privileges {
            not_managed.retain(|object| !matches!(object.kind, "privileges" | "default privileges"));
        }
        let chosen: Option<Vec<i64>> =
            self.chosen.as_ref().map(|chosen| chosen.iter().map(|id| i64::from(id.0)).collect());
        let scope = objects::Scope {
            version: self.version,
            default_schema: &self.default_schema,
            only_schema: self.only_schema.as_deref(),
            tables: chosen.as_deref(),
        };
        objects::read(self.connection, &scope, selection, &mut schema).await?;
        add_sequences(&mut schema, owned);
        schema.tables.remove(&ObjectName::new(HISTORY_TABLE));
        Ok(Introspected { schema, not_managed })
    }

    async fn not_managed(&mut self, broken: Vec<ObjectName>) -> Result<Vec<NotManaged>, Error> {
        let mut not_managed: Vec<NotManaged> = broken.into_iter().map(not_managed::broken_view).collect();
        for row in self.rows(include_str!("queries/not_managed_objects.sql")).await? {
            not_managed.push(not_managed::object(&row)?);
        }
        let properties = include_str!("queries/not_managed_properties.sql");
        self.each(properties, |row| {
            not_managed.push(not_managed::property(row)?);
            Ok(())
        })
        .await?;
        let history = ObjectName::new(HISTORY_TABLE);
        not_managed.retain(|object| object.table.as_ref() != Some(&history));
        not_managed.sort_by(|a, b| (a.kind, &a.name, &a.table).cmp(&(b.kind, &b.name, &b.table)));
        Ok(not_managed)
    }

    /// Runs a query about relations, one row at a time. Its `$1` is the relations to read where some were chosen, else
    /// the schemas; its `$2` is the default schema.
    async fn each(&mut self, query: &str, mut read: impl FnMut(&PgRow) -> Result<(), Error>) -> Result<(), Error> {
        let is_for_these = |line: &&str| match &self.chosen {
            Some(_) => !line.ends_with("-- all"),
            None => !line.ends_with("-- chosen"),
        };
        let sql = for_version(query, self.version).lines().filter(is_for_these).collect::<Vec<_>>().join("\n");
        let takes_default_schema = sql.contains("$2");
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(self.chosen.as_ref().unwrap_or(&self.schemas));
        if takes_default_schema {
            query = query.bind(&self.default_schema);
        }
        let mut rows = query.fetch(&mut *self.connection);
        while let Some(row) = rows.try_next().await.map_err(reading())? {
            read(&row)?;
        }
        Ok(())
    }

    /// The rows of a query about other objects. Its `$1` is the only schema to read, or null for all; its `$2` is the
    /// default schema.
    async fn rows(&mut self, query: &str) -> Result<Vec<PgRow>, Error> {
        let sql = for_version(query, self.version);
        let takes_default_schema = sql.contains("$2");
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(&self.only_schema);
        if takes_default_schema {
            query = query.bind(&self.default_schema);
        }
        query.fetch_all(&mut *self.connection).await.map_err(reading())
    }
}

/// A query as it is for one version of the server: without the lines marked `-- since` a later one or `-- before` this
/// one.
pub(super) fn for_version(query: &str, version: i32) -> String {
    let applies = |line: &&str| {
        let number = |mark| line.rsplit_once(mark).and_then(|(_, number)| number.trim().parse::<i32>().ok());
        number("-- since ").is_none_or(|since| version >= since)
            && number("-- before ").is_none_or(|before| version < before)
    };
    query.lines().filter(applies).collect::<Vec<_>>().join("\n")
}

fn enum_type(row: &PgRow) -> Result<EnumType, Error> {
    Ok(EnumType {
        name: ObjectName { schema: optional(row, "schema")?, name: text(row, "name")? },
        values: texts(row, "labels")?,
        comment: optional(row, "comment")?,
    })
}
