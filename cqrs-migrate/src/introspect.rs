//! Live database -> Schema, in a number of statements that does not depend on the number of tables.

use cqrs_core::schema::Schema;

use crate::connection::Connection;
use crate::dialect::Introspected;
use crate::error::Error;

/// Reads the whole catalog of the database that a connection is to.
///
/// Names in the connection's default schema come out bare, all others with their schema. The history table of this
/// project is left out.
///
/// # Errors
/// [`Error::Database`] where the database refuses a catalog query, [`Error::Unreadable`] where the catalog holds
/// something that cannot be understood.
pub async fn introspect(connection: &mut Connection) -> Result<Introspected, Error> {
    match connection {
        #[cfg(feature = "sqlite")]
        Connection::Sqlite(connection) => crate::dialect::sqlite::introspect::introspect(connection).await,
        #[cfg(feature = "postgres")]
        Connection::Postgres(connection) => crate::dialect::postgres::introspect::introspect(connection).await,
        #[cfg(feature = "mysql")]
        Connection::MySql(connection) => crate::dialect::mysql::introspect::introspect(connection).await,
    }
}

/// Only what the schema types have: for a shadow, of which nothing else is asked.
pub(crate) async fn introspect_schema(connection: &mut Connection) -> Result<Schema, Error> {
    match connection {
        #[cfg(feature = "postgres")]
        Connection::Postgres(connection) => crate::dialect::postgres::introspect::introspect_schema(connection).await,
        #[allow(unreachable_patterns)]
        connection => Ok(introspect(connection).await?.schema),
    }
}

/// As [`introspect_schema`], on a connection that is in a transaction, and as that transaction sees it.
pub(crate) async fn introspect_within(connection: &mut Connection) -> Result<Schema, Error> {
    match connection {
        #[cfg(feature = "postgres")]
        Connection::Postgres(connection) => crate::dialect::postgres::introspect::introspect_within(connection).await,
        #[allow(unreachable_patterns)]
        connection => introspect_schema(connection).await,
    }
}
