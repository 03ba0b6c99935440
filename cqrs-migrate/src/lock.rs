//! One migration at a time on one database.
//!
//! PostgreSQL: a session's advisory lock, one a schema. MySQL and MariaDB: `GET_LOCK`, one a database. SQLite: the
//! write lock of the transaction that holds the whole migration, because SQLite has no other.

use std::time::Duration;

use crate::connection::Connection;
use crate::error::Error;

/// The first key of the advisory lock; the second is the schema's hash.
#[cfg(feature = "postgres")]
const POSTGRES_KEY: i32 = 0x6371_7273;

/// Takes the lock, waiting for it no longer than that. Released with [`release`], or when the connection ends.
pub(crate) async fn acquire(connection: &mut Connection, wait: Duration) -> Result<(), Error> {
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
        // SQLITE_BUSY is 5; extended codes keep it in the low byte. <https://www.sqlite.org/rescode.html#busy>
        Err(sqlx::Error::Database(error))
            if error.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

#[cfg(feature = "postgres")]
async fn postgres(connection: &mut sqlx::PgConnection, wait: Duration) -> Result<bool, sqlx::Error> {
    let deadline = std::time::Instant::now() + wait;
    loop {
        let taken: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1, hashtext(current_schema()))")
            .bind(POSTGRES_KEY)
            .fetch_one(&mut *connection)
            .await?;
        if taken || std::time::Instant::now() >= deadline {
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
