//! One migration at a time on one database.
//!
//! PostgreSQL: a session's advisory lock, one a schema. MySQL and MariaDB: `GET_LOCK`, one a database. SQLite: the
//! write lock of the transaction that holds the whole migration, because SQLite has no other.

use std::time::Duration;
#[cfg(feature = "postgres")]
use std::time::Instant;

use crate::connection::Connection;
use crate::error::Error;
#[cfg(feature = "sqlite")]
use crate::error::{SQLITE_BUSY, sqlite_code};

/// The first key of the advisory lock; the second is the schema's hash.
#[cfg(feature = "postgres")]
const POSTGRES_KEY: i32 = 0x6371_7273;

/// The session that holds the lock must end soon where the client's machine is gone, which only TCP can tell.
/// <https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-TCP-KEEPALIVES-IDLE>
#[cfg(feature = "postgres")]
const POSTGRES_SESSION: &str = "
    SET tcp_keepalives_idle = 30;
    SET tcp_keepalives_interval = 10;
    SET tcp_keepalives_count = 3";

/// What every database can count in.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// Takes the lock, waiting for it no longer than that, and no longer than a day. Released with [`release`], or when the connection ends.
pub(crate) async fn acquire(connection: &mut Connection, wait: Duration) -> Result<(), Error> {
    let wait = wait.min(LONGEST_WAIT);
    let taken = match connection {
        #[cfg(feature = "sqlite")]
        Connection::Sqlite(connection) => sqlite(connection, wait).await,
        #[cfg(feature = "postgres")]
        Connection::Postgres(connection) => postgres(connection, wait).await,
        #[cfg(feature = "mysql")]
        Connection::MySql(connection) => mysql(connection, wait).await,
    };
    match taken.map_err(Error::database("taking the migration lock"))? {
        true => Ok(()),
        false => Err(Error::Locked { waited: wait }),
    }
}

/// Gives the lock back. On SQLite that ends the transaction: `keep` commits it, otherwise it is rolled back.
pub(crate) async fn release(connection: &mut Connection, keep: bool) -> Result<(), Error> {
    let sql = match connection {
        #[cfg(feature = "sqlite")]
        Connection::Sqlite(_) if keep => "COMMIT",
        #[cfg(feature = "sqlite")]
        Connection::Sqlite(_) => "ROLLBACK",
        #[cfg(feature = "postgres")]
        Connection::Postgres(_) => "SELECT pg_advisory_unlock_all()",
        #[cfg(feature = "mysql")]
        Connection::MySql(_) => "DO RELEASE_LOCK(CONCAT('cqrs_', MD5(DATABASE())))",
    };
    let _ = keep;
    connection.execute(sql).await.map_err(Error::database(if sql == "COMMIT" {
        "committing the migration"
    } else {
        "releasing the migration lock"
    }))
}

/// `foreign_keys` is a no-op inside a transaction, so it has to be off before this begins one.
/// <https://www.sqlite.org/pragma.html#pragma_foreign_keys>
#[cfg(feature = "sqlite")]
async fn sqlite(connection: &mut sqlx::SqliteConnection, wait: Duration) -> Result<bool, sqlx::Error> {
    let timeout = format!("PRAGMA busy_timeout = {}", wait.as_millis());
    sqlx::raw_sql(sqlx::AssertSqlSafe(timeout)).execute(&mut *connection).await?;
    sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *connection).await?;
    let enforced: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *connection).await?;
    if enforced != 0 {
        return Err(sqlx::Error::Protocol("`PRAGMA foreign_keys = OFF` had no effect".to_owned()));
    }
    match sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await {
        Ok(_) => Ok(true),
        Err(error) if sqlite_code(&error) == Some(SQLITE_BUSY) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(feature = "postgres")]
async fn postgres(connection: &mut sqlx::PgConnection, wait: Duration) -> Result<bool, sqlx::Error> {
    sqlx::raw_sql(POSTGRES_SESSION).execute(&mut *connection).await?;
    let deadline = Instant::now() + wait;
    loop {
        let taken: bool =
            sqlx::query_scalar("SELECT pg_try_advisory_lock($1, hashtext(coalesce(current_schema(), '')))")
                .bind(POSTGRES_KEY)
                .fetch_one(&mut *connection)
                .await?;
        if taken || Instant::now() >= deadline {
            return Ok(taken);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[cfg(feature = "mysql")]
async fn mysql(connection: &mut sqlx::MySqlConnection, wait: Duration) -> Result<bool, sqlx::Error> {
    let taken: Option<i64> = sqlx::query_scalar("SELECT GET_LOCK(CONCAT('cqrs_', MD5(DATABASE())), ?)")
        .bind(wait.as_secs().max(1))
        .fetch_one(&mut *connection)
        .await?;
    Ok(taken == Some(1))
}
