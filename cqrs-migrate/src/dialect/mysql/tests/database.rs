//! A database of a test's own.

use std::collections::BTreeMap;

use cqrs_core::schema::{ObjectKind, Schema, Table};
use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection, Row};

use crate::connection::DatabaseUrl;
use crate::dialect::mysql::connect::{connect, is_not_online};
use crate::dialect::mysql::introspect::introspect;
use crate::dialect::mysql::text::quote;
use crate::dialect::{Dialect, Introspected, Statement};
use crate::introspect::Selection;
use crate::plan::Plan;

pub(super) struct TestDatabase {
    pub(super) connection: MySqlConnection,
    pub(super) name: String,
}

/// The URL of the server, if there is one.
pub(super) fn server() -> Option<DatabaseUrl> {
    cqrs_tests::server_url(cqrs_tests::Dialect::MySql).map(|url| DatabaseUrl::parse(url).unwrap())
}

impl TestDatabase {
    pub(super) async fn create(topic: &str) -> Option<Self> {
        Self::create_like(topic, "CHARACTER SET utf8mb4").await
    }

    pub(super) async fn create_like(topic: &str, options: &str) -> Option<Self> {
        let connection = connect(&server()?).await.unwrap();
        let name = format!("cqrs_test_{topic}_{}", std::process::id());
        let mut database = Self { connection, name };
        database
            .run(&format!("DROP DATABASE IF EXISTS {0}; CREATE DATABASE {0} {options}; USE {0}", quote(&database.name)))
            .await;
        Some(database)
    }

    pub(super) async fn drop(mut self) {
        self.run(&format!("DROP DATABASE {}", quote(&self.name))).await;
        self.connection.close().await.unwrap();
    }

    pub(super) async fn try_run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.connection).await.map(drop)
    }

    pub(super) async fn run(&mut self, sql: &str) {
        if let Err(error) = self.try_run(sql).await {
            panic!("{error}\n{sql}");
        }
    }

    pub(super) async fn run_all(&mut self, statements: &[Statement]) {
        for statement in statements {
            match self.try_run(&statement.sql).await {
                Err(error) if is_not_online(&error) => {
                    self.run(&statement.clone().with_lock().unwrap().sql).await;
                }
                result => result.unwrap_or_else(|error| panic!("{error}\n{}", statement.sql)),
            }
        }
    }

    /// Without what is said of the database itself, which is nothing that is made.
    pub(super) async fn introspect(&mut self) -> Introspected {
        let mut found = introspect(&mut self.connection, &Selection::default()).await.unwrap();
        found.schema.objects.retain(|id, _| id.kind != ObjectKind::DatabaseDefault);
        found
    }

    pub(super) async fn schema(&mut self) -> Schema {
        self.introspect().await.schema
    }

    /// The first column of the first row.
    pub(super) async fn text(&mut self, sql: &str) -> Option<String> {
        let row = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.connection).await.unwrap();
        row.try_get_unchecked(0).unwrap()
    }

    /// Everything, by the plan for it.
    pub(super) async fn make(&mut self, schema: &Schema) {
        self.run_all(&Plan::create(Dialect::MySql, schema).statements()).await;
    }

    /// What the server itself says of every table: the lines of `SHOW CREATE TABLE`, sorted.
    pub(super) async fn definitions(&mut self) -> BTreeMap<String, Vec<String>> {
        let sql = "SELECT CAST(TABLE_NAME AS CHAR) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";
        let rows = sqlx::query(sql).fetch_all(&mut self.connection).await.unwrap();
        let mut found = BTreeMap::new();
        for row in rows {
            let name: String = row.get(0);
            let sql = format!("SHOW CREATE TABLE {}", quote(&name));
            let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut self.connection).await.unwrap();
            // A default names its sequence with the database.
            let text = row.get::<String, _>(1).replace(&format!("{}.", quote(&self.name)), "");
            let mut lines: Vec<String> = text
                .lines()
                .map(|line| line.trim_end_matches(',').to_owned())
                .map(|line| without_counter(&line))
                .collect();
            lines.sort();
            found.insert(name, lines);
        }
        found
    }
}

fn without_counter(line: &str) -> String {
    match line.split_once(" AUTO_INCREMENT=") {
        Some((head, tail)) => format!("{head}{}", tail.trim_start_matches(|digit: char| digit.is_ascii_digit())),
        None => line.to_owned(),
    }
}

pub(super) fn lowered(tables: Vec<Table>) -> Schema {
    crate::dialect::Dialect::MySql.lower(&Schema::declare(tables).unwrap()).unwrap()
}

/// Both as text, which shows where they differ.
pub(super) fn assert_same(found: &Schema, wanted: &Schema) {
    for (name, table) in &wanted.tables {
        let other = found.tables.get(name);
        for column in table.columns.iter() {
            let same = other.and_then(|other| other.column(&column.name));
            assert!(same == Some(column), "table {name}\n found: {same:?}\nwanted: {column:?}");
        }
        assert!(other == Some(table), "table {name}\n found: {other:#?}\nwanted: {table:#?}");
    }
    for (name, view) in &wanted.views {
        assert_eq!(found.views.get(name), Some(view));
    }
    assert!(found == wanted, "more than wanted: {:?}", found.tables.keys().collect::<Vec<_>>());
}
