use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sqlx::AssertSqlSafe;

use super::connection::Held;
use super::statement::Statement;
use super::{Error, ReadHandle, WriteHandle};
use crate::model::{Driver, FromRow};

/// A database: where commands are written, and where queries are read.
///
/// Cheap to clone: all clones share the connections.
#[derive(Debug, Clone)]
pub struct Database {
    primary: Pool,
    replica: Option<Pool>,
}

impl Database {
    /// Connects to `sqlite:app.db`, `sqlite::memory:`, `postgres://user@host/db`, `mysql://user@host/db` or
    /// `mariadb://user@host/db`.
    ///
    /// # Errors
    /// [`Error::UnknownScheme`], [`Error::NoDriver`] and [`Error::Connect`].
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Pool::connect(url).await.map(Self::from)
    }

    /// Reads from another database, which follows this one: a replica.
    ///
    /// What was just written may not be there yet; [`Transaction::get`](super::Transaction::get) reads it for sure.
    #[must_use]
    pub fn with_replica(mut self, replica: impl Into<Pool>) -> Self {
        self.replica = Some(replica.into());
        self
    }

    /// Where commands go.
    #[must_use]
    pub fn write(&self) -> WriteHandle {
        WriteHandle::new(self.primary.clone())
    }

    /// Where queries go: the replica if there is one.
    #[must_use]
    pub fn read(&self) -> ReadHandle {
        ReadHandle::new(self.replica.as_ref().unwrap_or(&self.primary).clone())
    }

    /// The connections that commands use, for SQL of one's own.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.primary
    }
}

impl<P: Into<Pool>> From<P> for Database {
    fn from(pool: P) -> Self {
        Self { primary: pool.into(), replica: None }
    }
}

/// Connections to one database, of whichever kind.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Pool {
    /// To an SQLite file or memory.
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::SqlitePool),
    /// To a PostgreSQL server.
    #[cfg(feature = "postgres")]
    Postgres(sqlx::PgPool),
    /// To a MySQL or MariaDB server.
    #[cfg(feature = "mysql")]
    MySql(sqlx::MySqlPool),
}

impl Pool {
    /// Connects; see [`Database::connect`].
    ///
    /// # Errors
    /// [`Error::UnknownScheme`], [`Error::NoDriver`] and [`Error::Connect`].
    pub async fn connect(url: &str) -> Result<Self, Error> {
        match url.split_once(':').map_or("", |(scheme, _)| scheme) {
            #[cfg(feature = "sqlite")]
            "sqlite" => connect_sqlite(url).await.map(Self::Sqlite).map_err(failed(Driver::Sqlite)),
            #[cfg(not(feature = "sqlite"))]
            "sqlite" => Err(Error::NoDriver { database: Driver::Sqlite.name(), feature: "sqlite" }),
            #[cfg(feature = "postgres")]
            "postgres" | "postgresql" => {
                sqlx::PgPool::connect(url).await.map(Self::Postgres).map_err(failed(Driver::Postgres))
            }
            #[cfg(not(feature = "postgres"))]
            "postgres" | "postgresql" => {
                Err(Error::NoDriver { database: Driver::Postgres.name(), feature: "postgres" })
            }
            #[cfg(feature = "mysql")]
            "mysql" | "mariadb" => sqlx::MySqlPool::connect(url).await.map(Self::MySql).map_err(failed(Driver::MySql)),
            #[cfg(not(feature = "mysql"))]
            "mysql" | "mariadb" => Err(Error::NoDriver { database: Driver::MySql.name(), feature: "mysql" }),
            scheme => Err(Error::UnknownScheme { scheme: scheme.to_owned() }),
        }
    }

    /// Which database it is.
    #[must_use]
    pub fn driver(&self) -> Driver {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => Driver::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Driver::Postgres,
            #[cfg(feature = "mysql")]
            Self::MySql(_) => Driver::MySql,
        }
    }

    pub(super) async fn acquire(&self) -> Result<Held, Error> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => pool.acquire().await.map(Held::Sqlite),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.acquire().await.map(Held::Postgres),
            #[cfg(feature = "mysql")]
            Self::MySql(pool) => pool.acquire().await.map(Held::MySql),
        }
        .map_err(failed(self.driver()))
    }

    pub(super) async fn begin(&self) -> Result<Held, Error> {
        match self {
            // A transaction that reads first and writes later would fail instead of waiting its turn.
            // <https://www.sqlite.org/lang_transaction.html#immediate>
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => pool.begin_with("BEGIN IMMEDIATE").await.map(Held::SqliteTransaction),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.begin().await.map(Held::PostgresTransaction),
            #[cfg(feature = "mysql")]
            Self::MySql(pool) => pool.begin().await.map(Held::MySqlTransaction),
        }
        .map_err(failed(self.driver()))
    }
}

impl Pool {
    /// The rows one after the other, over a connection that is held until the last of them.
    pub(super) fn stream<'c, R: FromRow + 'c>(&self, statement: Statement) -> BoxStream<'c, Result<R, Error>> {
        let Statement { table, sql, values, kept } = statement;
        macro_rules! stream {
            ($pool:expr) => {
                sqlx::Executor::fetch($pool, sqlx::query_with(AssertSqlSafe(sql), values).persistent(kept))
                    .map(move |row| row.and_then(|row| R::from_row(&row)).map_err(Error::statement(table)))
                    .boxed()
            };
        }
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => stream!(pool),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => stream!(pool),
            #[cfg(feature = "mysql")]
            Self::MySql(pool) => stream!(pool),
        }
    }
}

fn failed(driver: Driver) -> impl FnOnce(sqlx::Error) -> Error {
    move |source| Error::lost(source).unwrap_or_else(|source| Error::Connect { database: driver.name(), source })
}

/// A database in memory lives as long as its connection: one connection, kept.
#[cfg(feature = "sqlite")]
async fn connect_sqlite(url: &str) -> Result<sqlx::SqlitePool, sqlx::Error> {
    let options = sqlx::sqlite::SqlitePoolOptions::new();
    if url.contains(":memory:") || url.contains("mode=memory") {
        options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None).connect(url).await
    } else {
        options.connect(url).await
    }
}

#[cfg(feature = "sqlite")]
impl From<sqlx::SqlitePool> for Pool {
    fn from(pool: sqlx::SqlitePool) -> Self {
        Self::Sqlite(pool)
    }
}

#[cfg(feature = "postgres")]
impl From<sqlx::PgPool> for Pool {
    fn from(pool: sqlx::PgPool) -> Self {
        Self::Postgres(pool)
    }
}

#[cfg(feature = "mysql")]
impl From<sqlx::MySqlPool> for Pool {
    fn from(pool: sqlx::MySqlPool) -> Self {
        Self::MySql(pool)
    }
}
