use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sqlx::{AssertSqlSafe, Row};

use super::Error;
use super::cursor::OrderedBy;
use super::database::Pool;
use super::place::place_of;
use super::statement::Statement;
use crate::model::{Driver, FromRow};

/// A connection that is ours for as long as we hold it, in a transaction or not.
pub(super) enum Held {
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::pool::PoolConnection<sqlx::Sqlite>),
    #[cfg(feature = "sqlite")]
    SqliteTransaction(sqlx::Transaction<'static, sqlx::Sqlite>),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::pool::PoolConnection<sqlx::Postgres>),
    #[cfg(feature = "postgres")]
    PostgresTransaction(sqlx::Transaction<'static, sqlx::Postgres>),
    #[cfg(feature = "mysql")]
    MySql(sqlx::pool::PoolConnection<sqlx::MySql>),
    #[cfg(feature = "mysql")]
    MySqlTransaction(sqlx::Transaction<'static, sqlx::MySql>),
}

/// The connection of a transaction, for SQL of one's own.
#[derive(Debug)]
#[non_exhaustive]
pub enum Connection<'c> {
    /// To SQLite.
    #[cfg(feature = "sqlite")]
    Sqlite(&'c mut sqlx::SqliteConnection),
    /// To PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(&'c mut sqlx::PgConnection),
    /// To MySQL or MariaDB.
    #[cfg(feature = "mysql")]
    MySql(&'c mut sqlx::MySqlConnection),
}

/// Where a query runs: on any connection, or on that of a transaction.
pub(super) enum Connections<'c> {
    Pool(Pool),
    Transaction(&'c mut Held),
}

/// A connection to run a query on.
pub(super) enum Lent<'c> {
    Own(Held),
    Transaction(&'c mut Held),
}

/// Does the same with the connection inside, whichever it is.
macro_rules! each_connection {
    ($held:expr, $inner:ident => $body:expr) => {
        match $held {
            #[cfg(feature = "sqlite")]
            Held::Sqlite($inner) => $body,
            #[cfg(feature = "sqlite")]
            Held::SqliteTransaction($inner) => $body,
            #[cfg(feature = "postgres")]
            Held::Postgres($inner) => $body,
            #[cfg(feature = "postgres")]
            Held::PostgresTransaction($inner) => $body,
            #[cfg(feature = "mysql")]
            Held::MySql($inner) => $body,
            #[cfg(feature = "mysql")]
            Held::MySqlTransaction($inner) => $body,
        }
    };
}

impl Held {
    pub(super) fn driver(&self) -> Driver {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) | Self::SqliteTransaction(_) => Driver::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) | Self::PostgresTransaction(_) => Driver::Postgres,
            #[cfg(feature = "mysql")]
            Self::MySql(_) | Self::MySqlTransaction(_) => Driver::MySql,
        }
    }

    /// Whether it is PostgreSQL's, and in no transaction, which a statement that fails would end.
    pub(super) fn is_postgres_alone(&self) -> bool {
        #[cfg(feature = "postgres")]
        if matches!(self, Self::Postgres(_)) {
            return true;
        }
        false
    }

    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(inner) => Connection::Sqlite(inner),
            #[cfg(feature = "sqlite")]
            Self::SqliteTransaction(inner) => Connection::Sqlite(inner),
            #[cfg(feature = "postgres")]
            Self::Postgres(inner) => Connection::Postgres(inner),
            #[cfg(feature = "postgres")]
            Self::PostgresTransaction(inner) => Connection::Postgres(inner),
            #[cfg(feature = "mysql")]
            Self::MySql(inner) => Connection::MySql(inner),
            #[cfg(feature = "mysql")]
            Self::MySqlTransaction(inner) => Connection::MySql(inner),
        }
    }

    /// How many rows the statement touched.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<u64, Error> {
        let Statement { table, sql, values, kept } = statement;
        each_connection!(self, inner => sqlx::query_with(AssertSqlSafe(sql), values).persistent(kept)
            .execute(&mut **inner)
            .await
            .map(|done| done.rows_affected()))
        .map_err(Error::statement(table))
    }

    /// All rows.
    pub(super) async fn fetch<R: FromRow + Send + Unpin>(&mut self, statement: Statement) -> Result<Vec<R>, Error> {
        let Statement { table, sql, values, kept } = statement;
        each_connection!(self, inner => sqlx::query_as_with::<_, R, _>(AssertSqlSafe(sql), values).persistent(kept)
            .fetch_all(&mut **inner)
            .await)
        .map_err(Error::statement(table))
    }

    /// The one row, if there is one.
    pub(super) async fn fetch_one<R: FromRow>(&mut self, statement: Statement) -> Result<Option<R>, Error> {
        let Statement { table, sql, values, kept } = statement;
        each_connection!(self, inner => sqlx::query_with(AssertSqlSafe(sql), values).persistent(kept)
            .fetch_optional(&mut **inner)
            .await
            .and_then(|row| row.map(|row| R::from_row(&row)).transpose()))
        .map_err(Error::statement(table))
    }

    /// The number that the one row consists of.
    pub(super) async fn fetch_number(&mut self, statement: Statement) -> Result<Option<i64>, Error> {
        let Statement { table, sql, values, kept } = statement;
        each_connection!(self, inner => sqlx::query_with(AssertSqlSafe(sql), values).persistent(kept)
            .fetch_optional(&mut **inner)
            .await
            .and_then(|row| row.map(|row| row.try_get::<i64, _>(0)).transpose()))
        .map_err(Error::statement(table))
    }

    /// Whether there is a row.
    pub(super) async fn fetch_any(&mut self, statement: Statement) -> Result<bool, Error> {
        let Statement { table, sql, values, kept } = statement;
        each_connection!(self, inner => sqlx::query_with(AssertSqlSafe(sql), values).persistent(kept)
            .fetch_optional(&mut **inner)
            .await
            .map(|row| row.is_some()))
        .map_err(Error::statement(table))
    }

    /// So many rows; and if there are more, where the last of them stands in that order.
    pub(super) async fn fetch_page<R: FromRow>(
        &mut self,
        statement: Statement,
        most: usize,
        order: &[OrderedBy],
    ) -> Result<(Vec<R>, Option<Vec<serde_json::Value>>), Error> {
        let Statement { table, sql, values, kept } = statement;
        let driver = self.driver();
        each_connection!(self, inner => {
            let mut found = sqlx::query_with(AssertSqlSafe(sql), values).persistent(kept)
                .fetch_all(&mut **inner)
                .await
                .map_err(Error::statement(table))?;
            let more = found.len() > most;
            found.truncate(most);
            let last = match found.last().filter(|_| more) {
                Some(row) => Some(place_of(driver, table, row, order)?),
                None => None,
            };
            let rows: Result<Vec<R>, _> = found.iter().map(|row| R::from_row(row)).collect();
            Ok((rows.map_err(Error::statement(table))?, last))
        })
    }

    fn stream<'c, R: FromRow + Send + Unpin + 'c>(
        &'c mut self,
        statement: Statement,
    ) -> BoxStream<'c, Result<R, Error>> {
        let Statement { table, sql, values, kept } = statement;
        each_connection!(self, inner => sqlx::query_as_with::<_, R, _>(AssertSqlSafe(sql), values).persistent(kept)
            .fetch(&mut **inner)
            .map(move |row| row.map_err(Error::statement(table)))
            .boxed())
    }

    /// Ends the transaction, if there is one.
    pub(super) async fn commit(self) -> Result<(), Error> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::SqliteTransaction(transaction) => transaction.commit().await,
            #[cfg(feature = "postgres")]
            Self::PostgresTransaction(transaction) => transaction.commit().await,
            #[cfg(feature = "mysql")]
            Self::MySqlTransaction(transaction) => transaction.commit().await,
            _ => Ok(()),
        }
        .map_err(Error::transaction)
    }

    /// Undoes the transaction, if there is one.
    pub(super) async fn rollback(self) -> Result<(), Error> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::SqliteTransaction(transaction) => transaction.rollback().await,
            #[cfg(feature = "postgres")]
            Self::PostgresTransaction(transaction) => transaction.rollback().await,
            #[cfg(feature = "mysql")]
            Self::MySqlTransaction(transaction) => transaction.rollback().await,
            _ => Ok(()),
        }
        .map_err(Error::transaction)
    }
}

impl<'c> Connections<'c> {
    pub(super) fn driver(&self) -> Driver {
        match self {
            Self::Pool(pool) => pool.driver(),
            Self::Transaction(held) => held.driver(),
        }
    }

    pub(super) async fn lend(&mut self) -> Result<Lent<'_>, Error> {
        match self {
            Self::Pool(pool) => pool.acquire().await.map(Lent::Own),
            Self::Transaction(held) => Ok(Lent::Transaction(held)),
        }
    }

    /// The rows one after the other, as the database sends them.
    pub(super) fn stream<R: FromRow + Send + Unpin + 'c>(
        self,
        statement: Statement,
    ) -> BoxStream<'c, Result<R, Error>> {
        match self {
            Self::Pool(pool) => pool.stream(statement),
            Self::Transaction(held) => held.stream(statement),
        }
    }
}

impl Lent<'_> {
    pub(super) fn held(&mut self) -> &mut Held {
        match self {
            Self::Own(held) => held,
            Self::Transaction(held) => held,
        }
    }
}
