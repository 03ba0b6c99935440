//! Somebody else's session, which stays open while a test goes on.

use cqrs_migrate::Dialect;
use cqrs_tests::TestDatabase;
use sqlx::{AssertSqlSafe, Connection as _};
use tokio::runtime::Runtime;

/// One connection, after some SQL.
pub(crate) struct Session {
    runtime: Runtime,
    connection: Connection,
}

enum Connection {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
    MySql(sqlx::MySqlConnection),
}

impl Session {
    pub(crate) fn start(database: &TestDatabase, sql: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        macro_rules! open {
            ($connection:ty) => {
                runtime.block_on(async {
                    let mut connection = <$connection>::connect(database.url()).await.unwrap();
                    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
                    connection
                })
            };
        }
        let connection = match database.dialect() {
            Dialect::Sqlite => Connection::Sqlite(open!(sqlx::SqliteConnection)),
            Dialect::Postgres => Connection::Postgres(open!(sqlx::PgConnection)),
            Dialect::MySql => Connection::MySql(open!(sqlx::MySqlConnection)),
        };
        Self { runtime, connection }
    }

    /// Ends it, and with it what it holds.
    pub(crate) fn end(self) {
        let Self { runtime, connection } = self;
        let closed = match connection {
            Connection::Sqlite(connection) => runtime.block_on(connection.close()),
            Connection::Postgres(connection) => runtime.block_on(connection.close()),
            Connection::MySql(connection) => runtime.block_on(connection.close()),
        };
        closed.unwrap();
    }
}
