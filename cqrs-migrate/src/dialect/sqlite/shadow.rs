//! A throw-away database: memory, which nothing survives.

use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _};

use crate::connection::{Connection, DatabaseUrl};
use crate::error::Error;

pub(crate) struct Shadow {
    connection: Connection,
}

impl Shadow {
    /// An empty database, whatever the live one holds: nothing of a file has a bearing on how SQLite reads SQL.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        let connection = SqliteConnectOptions::new()
            .in_memory(true)
            .shared_cache(false)
            .foreign_keys(false)
            .busy_timeout(Duration::ZERO)
            .connect()
            .await
            .map_err(|source| Error::Connect { url: url.to_string(), source })?;
        Ok(Self { connection: Connection::Sqlite(connection) })
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    pub(crate) async fn close(self) -> Result<(), Error> {
        match self.connection {
            Connection::Sqlite(connection) => {
                connection.close().await.map_err(Error::database("closing the database in memory"))
            }
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            _ => Ok(()),
        }
    }
}
