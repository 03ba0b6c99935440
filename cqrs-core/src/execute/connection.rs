use sqlx::AssertSqlSafe;

use super::Error;
use super::statement::Statement;
use crate::model::FromRow;

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
    /// How many rows the statement touched.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<u64, Error> {
        let Statement { table, sql, values } = statement;
        each_connection!(self, inner => sqlx::query_with(AssertSqlSafe(sql), values)
            .execute(&mut **inner)
            .await
            .map(|done| done.rows_affected()))
        .map_err(Error::statement(table))
    }

    pub(super) async fn fetch<R: FromRow + Send + Unpin>(&mut self, statement: Statement) -> Result<Vec<R>, Error> {
        let Statement { table, sql, values } = statement;
        each_connection!(self, inner => sqlx::query_as_with::<_, R, _>(AssertSqlSafe(sql), values)
            .fetch_all(&mut **inner)
            .await)
        .map_err(Error::statement(table))
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
        .map_err(|source| Error::Transaction { source })
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
        .map_err(|source| Error::Transaction { source })
    }
}
