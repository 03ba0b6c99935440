//! A connection as migrations need it.

use std::io;
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

use crate::connection::DatabaseUrl;
use crate::error::Error;

/// Opens a database: to change it, making the file where there is none (`create`), or to read it.
///
/// Foreign keys are off, because making a table again would delete the rows that refer to it, and the switch has no effect
/// within a transaction. Nobody is waited for: who holds a lock is reported at once.
/// <https://www.sqlite.org/pragma.html#pragma_foreign_keys>
pub(crate) async fn connect(url: &DatabaseUrl, create: bool) -> Result<SqliteConnection, Error> {
    let refused = |source| Error::Connect { url: url.to_string(), source };
    let options = SqliteConnectOptions::from_str(url.secret()).map_err(refused)?;
    check_path(url, &options, create).map_err(refused)?;
    let mut connection = options
        .create_if_missing(create)
        .foreign_keys(false)
        .busy_timeout(Duration::ZERO)
        .connect()
        .await
        .map_err(refused)?;
    // The file is not looked at before the first statement that needs it, and a transaction alone does not need to write.
    let probe = if create {
        "BEGIN IMMEDIATE; CREATE TABLE _cqrs_scratch (a); ROLLBACK"
    } else {
        "SELECT count(*) FROM sqlite_schema"
    };
    match sqlx::raw_sql(probe).execute(&mut connection).await {
        Err(source) if !is_busy(&source) => Err(refused(source)),
        _ => Ok(connection),
    }
}

/// Says which part of the path is missing, where SQLite says `unable to open database file`.
fn check_path(url: &DatabaseUrl, options: &SqliteConnectOptions, create: bool) -> Result<(), sqlx::Error> {
    let path = options.get_filename();
    let in_memory = url.secret().contains(":memory:") || url.secret().contains("mode=memory");
    if in_memory || path.exists() {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let missing = match folder {
        Some(folder) if !folder.is_dir() => {
            format!("the folder `{}` does not exist: create it first", folder.display())
        }
        _ if !create => "the file does not exist: correct the path, or make it with `cqrs upgrade`".to_owned(),
        _ => return Ok(()),
    };
    Err(sqlx::Error::Io(io::Error::new(io::ErrorKind::NotFound, missing)))
}

/// `SQLITE_BUSY`, extended or not: <https://www.sqlite.org/rescode.html#busy>.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}
