//! Live database -> Schema, in a number of statements that does not depend on the number of tables.

use std::collections::BTreeSet;

use cqrs_core::schema::{ObjectName, Schema};

use crate::connection::Connection;
use crate::dialect::Introspected;
use crate::error::Error;

/// What of a database is read. Everything but privileges and owners, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The database schemas to read (PostgreSQL); every one that is not the server's own where there is none.
    pub schemas: Option<BTreeSet<String>>,
    /// The tables to read, with their enum types and what else they need, and the tables that these refer to; everything
    /// where there is none. A name that no table has is no error.
    pub tables: Option<BTreeSet<ObjectName>>,
    /// Whether the privileges of roles are read too.
    pub privileges: bool,
    /// Whether the owners of objects are read too. Only PostgreSQL has them.
    pub owners: bool,
    /// Whether what the schema cannot say is looked for, and reported.
    pub not_managed: bool,
}

impl Default for Selection {
    fn default() -> Self {
        Self { schemas: None, tables: None, privileges: false, owners: false, not_managed: true }
    }
}

impl Selection {
    /// Only what a [`Schema`] can say, and no reports.
    #[must_use]
    pub fn schema_only() -> Self {
        Self { not_managed: false, ..Self::default() }
    }
}

/// Reads the catalog of the database that a connection is to.
///
/// Names in the connection's default schema come out bare, all others with their schema. The history table of this
/// project is left out.
///
/// # Errors
/// [`Error::Database`] where the database refuses a catalog query, [`Error::Unreadable`] where the catalog holds
/// something that cannot be understood.
pub async fn introspect(connection: &mut Connection, selection: &Selection) -> Result<Introspected, Error> {
    match connection {
        #[cfg(feature = "sqlite")]
        Connection::Sqlite(connection) => crate::dialect::sqlite::introspect::introspect(connection, selection).await,
        #[cfg(feature = "postgres")]
        Connection::Postgres(connection) => {
            crate::dialect::postgres::introspect::introspect(connection, selection).await
        }
        #[cfg(feature = "mysql")]
        Connection::MySql(connection) => crate::dialect::mysql::introspect::introspect(connection, selection).await,
    }
}

/// What the schema can say of a database, on a connection that is in a transaction, and as that transaction sees it.
pub(crate) async fn introspect_within(connection: &mut Connection, selection: &Selection) -> Result<Schema, Error> {
    match connection {
        #[cfg(feature = "postgres")]
        Connection::Postgres(connection) => {
            crate::dialect::postgres::introspect::introspect_within(connection, selection).await
        }
        #[allow(unreachable_patterns)]
        connection => Ok(introspect(connection, selection).await?.schema),
    }
}
