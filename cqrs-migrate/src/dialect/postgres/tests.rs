//! On a real server. Every test makes and drops a database of its own.

mod changes;
mod lowering;
mod objects;
mod online;
mod real;
mod round_trip;
mod selection;
mod shadows;

use std::sync::atomic::{AtomicU32, Ordering};

use cqrs_core::schema::Schema;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::Postgres;
use super::connect::connect;
use super::introspect::introspect;
use crate::connection::DatabaseUrl;
use crate::dialect::{Introspected, Statement};
use crate::plan::Plan;

/// A database of a test's own.
struct Scratch {
    admin: PgConnection,
    name: String,
    url: DatabaseUrl,
    connection: PgConnection,
    /// The server's major version.
    version: i32,
}

impl Scratch {
    /// None, with a message, where no server is named.
    async fn open() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = server_url()?;
        let mut admin = connect(&DatabaseUrl::parse(&server).unwrap()).await.unwrap();
        let name = format!("cqrs_unit_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run(&mut admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let url = DatabaseUrl::parse(&with_database(&server, &name)).unwrap();
        let mut connection = connect(&url).await.unwrap();
        let version = "SELECT current_setting('server_version_num')::int4 / 10000";
        let version = sqlx::query_scalar(version).fetch_one(&mut connection).await.unwrap();
        Some(Self { admin, name, url, connection, version })
    }

    async fn run(&mut self, sql: &str) {
        run(&mut self.connection, sql).await;
    }

    /// Each statement, in the transaction it asks for: one for those that join, none for the others.
    async fn execute(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.run(&statement.sql).await;
        }
    }

    async fn introspect(&mut self) -> Introspected {
        introspect(&mut self.connection, &crate::introspect::Selection::default()).await.unwrap()
    }

    async fn create(&mut self, schema: &Schema) {
        self.execute(&Plan::create(crate::Dialect::Postgres, schema).statements()).await;
    }

    async fn close(mut self) {
        self.connection.close().await.unwrap();
        run(&mut self.admin, &format!("DROP DATABASE {}", self.name)).await;
    }
}

fn server_url() -> Option<String> {
    cqrs_tests::server_url(cqrs_tests::Dialect::Postgres).map(str::to_owned)
}

/// The URL of another database of the same server.
fn with_database(url: &str, database: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = base.rsplit_once('/').unwrap();
    format!("{server}/{database}?{query}")
}

async fn run(connection: &mut PgConnection, sql: &str) {
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await {
        panic!("{error}\n{sql}");
    }
}
