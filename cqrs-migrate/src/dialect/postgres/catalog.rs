//! The catalog of a live database, as one session sees it.

use std::collections::{HashMap, HashSet};

use cqrs_core::schema::{ObjectName, Str};
use futures_util::TryStreamExt;
use sqlx::postgres::PgArguments;
use sqlx::postgres::types::Oid;
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, PgConnection, Postgres};

use super::rows::{Address, Fields, reading};
use crate::error::Error;
use crate::introspect::Selection;

/// The catalog queries join in the order in which they are written: to look for a better one costs the server more than
/// it saves, and so does compiling them. For this transaction only.
/// <https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-JOIN-COLLAPSE-LIMIT>
const IN_PART: &str = "SET LOCAL join_collapse_limit = 1; SET LOCAL from_collapse_limit = 1; SET LOCAL jit = off; \
    SET LOCAL enable_nestloop = on";

/// Where every table is read, each catalog is read once and hashed. The server would look some rows up one by one, and
/// where its statistics are not up to date with what was just made, that takes the square of their number.
const WHOLE: &str = "SET LOCAL join_collapse_limit = 1; SET LOCAL from_collapse_limit = 1; SET LOCAL jit = off; \
    SET LOCAL enable_nestloop = off";

/// The kind of object that [`Catalog::present`] has where what cannot be expressed shall be reported.
const REPORTS: &str = "reports";

pub(super) struct Catalog<'c> {
    connection: &'c mut PgConnection,
    version: i32,
    pub(super) default_schema: String,
    pub(super) only_schema: Option<String>,
    /// The relations to read, where not all are; else the schemas.
    chosen: Option<Vec<Oid>>,
    schemas: Vec<Oid>,
    /// The kinds of objects that there are some of.
    present: HashSet<String>,
}

impl<'c> Catalog<'c> {
    /// Bare names then mean the default schema and nothing else, so that the server prints every other name with its
    /// schema. A shadow inside a transaction keeps its own path: live types and functions are bare in it too.
    pub(super) async fn open(connection: &'c mut PgConnection, selection: &Selection) -> Result<Self, Error> {
        let mut catalog = Self::of_session(connection, selection).await?;
        if catalog.default_schema.is_empty() {
            return Err(Error::Unreadable {
                object: "the default schema".to_owned(),
                reason: "no schema of the `search_path` exists: create one, or set another `search_path`".to_owned(),
            });
        }
        if catalog.only_schema.is_none() {
            sqlx::query("SELECT set_config('search_path', quote_ident($1), true)")
                .bind(&catalog.default_schema)
                .execute(&mut *catalog.connection)
                .await
                .map_err(reading())?;
        }
        if let Some(tables) = &selection.tables {
            catalog.chosen = Some(catalog.resolve(tables).await?);
        }
        catalog.look_around(selection).await?;
        catalog.set(if catalog.chosen.is_some() { IN_PART } else { WHOLE }).await?;
        Ok(catalog)
    }

    /// As [`Catalog::open`], with the settings of the session as they are, and as if there were objects of these kinds and
    /// no others.
    pub(super) async fn of_kinds(connection: &'c mut PgConnection, kinds: &[&str]) -> Result<Self, Error> {
        let mut catalog = Self::of_session(connection, &Selection::schema_only()).await?;
        catalog.present = kinds.iter().copied().map(str::to_owned).collect();
        Ok(catalog)
    }

    async fn of_session(connection: &'c mut PgConnection, selection: &Selection) -> Result<Self, Error> {
        let schemas: Option<Vec<&String>> = selection.schemas.as_ref().map(|schemas| schemas.iter().collect());
        let row = sqlx::query(include_str!("queries/session.sql"))
            .bind(schemas)
            .fetch_one(&mut *connection)
            .await
            .map_err(reading())?;
        let mut row = Fields::of(&row);
        let version = row.take()?;
        let default_schema = row.take::<Option<String>>()?.unwrap_or_default();
        let only_schema = row.take()?;
        let schemas = row.take()?;
        Ok(Self { connection, version, default_schema, only_schema, chosen: None, schemas, present: HashSet::new() })
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

    /// Which kinds of objects there are.
    async fn look_around(&mut self, selection: &Selection) -> Result<(), Error> {
        if selection.not_managed {
            self.present.insert(REPORTS.to_owned());
        }
        let Some(sql) = self.adapted(include_str!("queries/present.sql")) else { return Ok(()) };
        let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(&self.schemas)
            .fetch_all(&mut *self.connection)
            .await
            .map_err(reading())?;
        self.present.extend(found);
        Ok(())
    }

    pub(super) async fn set(&mut self, settings: &'static str) -> Result<(), Error> {
        sqlx::raw_sql(settings).execute(&mut *self.connection).await.map(drop).map_err(reading())
    }

    /// The rest is about few objects, which the server may look up one by one.
    pub(super) async fn in_part(&mut self) -> Result<(), Error> {
        self.set(IN_PART).await
    }

    pub(super) fn has(&self, kind: &str) -> bool {
        self.present.contains(kind)
    }

    /// A query about relations. Its `$1` is the relations to read where some were chosen, else the schemas; its `$2` is the
    /// default schema.
    pub(super) async fn relations(
        &mut self,
        query: &str,
        read: impl FnMut(Fields<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(sql) = self.adapted(query) else { return Ok(()) };
        let takes_default_schema = sql.contains("$2");
        let mut query = sqlx::query(AssertSqlSafe(sql));
        query = query.bind(self.chosen.clone().unwrap_or_else(|| self.schemas.clone()));
        if takes_default_schema {
            query = query.bind(self.default_schema.clone());
        }
        self.each(query, read).await
    }

    /// A query about other objects. Its `$1` is the only schema to read, or null for all; its `$2` is the default schema;
    /// its `$3` is the relations to read, or null for all.
    pub(super) async fn objects(
        &mut self,
        query: &str,
        read: impl FnMut(Fields<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(sql) = self.adapted(query) else { return Ok(()) };
        let takes = ["$1", "$2", "$3"].map(|parameter| sql.contains(parameter));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        if takes[0] {
            query = query.bind(self.only_schema.clone());
        }
        if takes[1] {
            query = query.bind(self.default_schema.clone());
        }
        if takes[2] {
            query = query.bind(self.chosen.clone());
        }
        self.each(query, read).await
    }

    /// A query that takes no part of the catalog, but what its text says.
    pub(super) async fn bound(
        &mut self,
        query: &'static str,
        bind: impl FnOnce(Query<'static, Postgres, PgArguments>) -> Query<'static, Postgres, PgArguments>,
        read: impl FnMut(Fields<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.each(bind(sqlx::query(query)), read).await
    }

    async fn each(
        &mut self,
        query: Query<'_, Postgres, PgArguments>,
        mut read: impl FnMut(Fields<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut rows = query.fetch(&mut *self.connection);
        while let Some(row) = rows.try_next().await.map_err(reading())? {
            read(Fields::of(&row))?;
        }
        Ok(())
    }

    /// Every comment, for those that read the objects to take theirs.
    pub(super) async fn comments(&mut self) -> Result<Comments, Error> {
        let mut comments = Comments::default();
        let Some(sql) = self.adapted(include_str!("queries/comments.sql")) else { return Ok(comments) };
        let mut query = sqlx::query(AssertSqlSafe(sql));
        if let Some(chosen) = &self.chosen {
            query = query.bind(chosen.clone());
        }
        self.each(query, |mut row| {
            let (address, column): (Address, i32) = (row.address()?, row.take()?);
            comments.0.insert((address, column), row.text()?);
            Ok(())
        })
        .await?;
        Ok(comments)
    }

    /// What belongs to extensions, each with its extension.
    pub(super) async fn members(&mut self) -> Result<HashMap<Address, u32>, Error> {
        let mut members = HashMap::new();
        if self.has("extensions") {
            let add = |mut row: Fields<'_>| {
                members.insert(row.address()?, row.id()?);
                Ok(())
            };
            self.bound(include_str!("queries/members.sql"), |query| query, add).await?;
        }
        Ok(members)
    }

    /// A query as it is for this server, for what it has, and for what is read of that. None where it has nothing of what
    /// the query is about.
    ///
    /// A line `-- where KIND` begins a branch of the query that is only there where the database has objects of that kind. A
    /// line that ends with a mark is only there where that holds: `-- since` or `-- before` a version, `-- with` or
    /// `-- without` a kind, `-- all` or `-- chosen` relations.
    fn adapted(&self, query: &str) -> Option<String> {
        let mut branches = query.split("\n-- where ");
        let head = self.marked(branches.next().unwrap_or_default());
        let has_branches = query.contains("\n-- where ");
        let branches: Vec<String> = branches
            .filter_map(|branch| branch.split_once('\n'))
            .filter(|(kind, _)| self.has(kind))
            .map(|(_, sql)| self.marked(sql))
            .filter(|sql| sql.lines().any(|line| !line.trim_start().starts_with("--")))
            .collect();
        match (has_branches, branches.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("{head}\n{}", branches.join("\nUNION ALL\n"))),
            (false, _) => Some(head),
        }
    }

    fn marked(&self, sql: &str) -> String {
        let is_version = |version: &str, holds: fn(&i32, &i32) -> bool| {
            version.parse().is_ok_and(|version: i32| holds(&self.version, &version))
        };
        let applies = |line: &&str| match line.rsplit_once("-- ") {
            Some((_, "all")) => self.chosen.is_none(),
            Some((_, "chosen")) => self.chosen.is_some(),
            Some((_, mark)) => match mark.split_once(' ') {
                Some(("since", version)) => is_version(version, i32::ge),
                Some(("before", version)) => is_version(version, i32::lt),
                Some(("with", kind)) => self.has(kind),
                Some(("without", kind)) => !self.has(kind),
                _ => true,
            },
            None => true,
        };
        sql.lines().filter(applies).collect::<Vec<_>>().join("\n")
    }
}

/// The comments of a database, by what they are on: an object, and the number of its column or zero.
#[derive(Default)]
pub(super) struct Comments(HashMap<(Address, i32), Str>);

impl Comments {
    /// The comment on an object.
    pub(super) fn take(&mut self, class: u32, id: u32) -> Option<Str> {
        self.0.remove(&((class, id), 0))
    }

    pub(super) fn take_of_column(&mut self, class: u32, id: u32, column: i16) -> Option<Str> {
        self.0.remove(&((class, id), i32::from(column)))
    }
}
