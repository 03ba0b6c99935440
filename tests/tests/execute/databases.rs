//! The databases that the tests run on, each empty but for the tables of `models.rs`.

use cqrs_core::execute::{Database, Pool};
use cqrs_core::model::Driver;
use sqlx::AssertSqlSafe;

/// A database to test with.
pub(crate) struct Live {
    pub(crate) driver: Driver,
    pub(crate) database: Database,
    pool: Pool,
}

impl Live {
    async fn connect(url: &str) -> Self {
        let pool = Pool::connect(url).await.unwrap();
        let live = Self { driver: pool.driver(), database: pool.clone().into(), pool };
        live.run(match live.driver {
            Driver::Sqlite => include_str!("tables.sqlite.sql"),
            Driver::Postgres => include_str!("tables.postgres.sql"),
            Driver::MySql => include_str!("tables.mysql.sql"),
        })
        .await;
        live
    }

    pub(crate) async fn run(&self, sql: &str) {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &self.pool {
            Pool::Sqlite(pool) => query.execute(pool).await.map(drop),
            Pool::Postgres(pool) => query.execute(pool).await.map(drop),
            Pool::MySql(pool) => query.execute(pool).await.map(drop),
            _ => unreachable!("no other driver"),
        }
        .unwrap_or_else(|error| panic!("{:?}: {error}\n{sql}", self.driver));
    }
}

/// Runs the test on SQLite in memory and on every database there is.
pub(crate) async fn each<F: Future<Output = ()> + Send>(test: impl Fn(Live) -> F) {
    test(Live::connect("sqlite::memory:").await).await;
    for database in cqrs_tests::databases() {
        test(Live::connect(database.url()).await).await;
    }
}
