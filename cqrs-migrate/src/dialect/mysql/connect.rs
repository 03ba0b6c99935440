//! Opening a session.

use std::str::FromStr;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError};
use sqlx::{ConnectOptions, MySqlConnection};

use super::SESSION;
use crate::connection::DatabaseUrl;
use crate::error::Error;

const PATIENCE: Duration = Duration::from_secs(15);

/// Connects, with the session settings that everything here relies on.
pub(crate) async fn connect(url: &DatabaseUrl) -> Result<MySqlConnection, Error> {
    let failed = |source| Error::Connect { url: url.to_string(), source };
    let options = options(url)?;
    let connecting = async {
        let mut connection = options.connect().await.map_err(|error| failed(advise(error, options.get_database())))?;
        sqlx::raw_sql(SESSION).execute(&mut connection).await.map_err(Error::database("setting up the session"))?;
        Ok(connection)
    };
    match tokio::time::timeout(PATIENCE, connecting).await {
        Ok(connected) => connected,
        Err(_) => {
            let reason =
                format!("no answer within {} seconds: check the host, the port and the firewall", PATIENCE.as_secs());
            Err(failed(sqlx::Error::InvalidArgument(reason)))
        }
    }
}

/// How the URL is read. The SQL mode is set by us alone, so that `||` means what it means to the database's own client.
pub(super) fn options(url: &DatabaseUrl) -> Result<MySqlConnectOptions, Error> {
    MySqlConnectOptions::from_str(url.secret())
        .map(|options| options.pipes_as_concat(false).no_engine_substitution(false).charset("utf8mb4"))
        .map_err(|error| Error::BadUrl { url: url.to_string(), reason: error.to_string() })
}

/// The driver's error with what to do next.
/// <https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html>
fn advise(error: sqlx::Error, database: Option<&str>) -> sqlx::Error {
    let number = match &error {
        sqlx::Error::Database(inner) => inner.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number),
        sqlx::Error::Io(_) => {
            let reason = format!("{error}: is the server running, and are host, port or `?socket=` right");
            return sqlx::Error::InvalidArgument(reason);
        }
        _ => None,
    };
    let database = database.unwrap_or_default();
    let advice = match number {
        Some(1045) => "check the user and the password in the URL".to_owned(),
        Some(1044) => format!("the user may not use database `{database}`: GRANT it the privileges"),
        Some(1049) => format!("create it first: CREATE DATABASE `{database}`"),
        Some(1040) => "close other connections, or raise `max_connections`".to_owned(),
        _ => return error,
    };
    sqlx::Error::InvalidArgument(format!("{error}: {advice}"))
}

/// Whether a statement was refused only because others held a lock for too long, or waited for it in a circle.
/// <https://mariadb.com/kb/en/mariadb-error-codes/>
pub(crate) fn is_try_again(error: &sqlx::Error) -> bool {
    number(error).is_some_and(|number| [1205, 1213].contains(&number))
}

/// Whether a server does not do a change in the way that `LOCK` or `ALGORITHM` asks for.
pub(crate) fn is_not_online(error: &sqlx::Error) -> bool {
    number(error).is_some_and(|number| [1845, 1846].contains(&number))
}

fn number(error: &sqlx::Error) -> Option<u16> {
    let error = error.as_database_error()?.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()?;
    Some(error.number())
}
