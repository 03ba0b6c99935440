use sqlx::error::ErrorKind;

use crate::model::EncodeError;

/// Why a command or query was not carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A database URL that no driver understands.
    #[error(
        "unknown database `{scheme}`: write a URL like `sqlite:app.db`, `postgres://user@host/db` or `mysql://user@host/db`"
    )]
    UnknownScheme {
        /// What stands before the first `:` of the URL.
        scheme: String,
    },
    /// A database whose driver is not compiled in.
    #[error("the driver for {database} is not compiled in: switch on the feature `{feature}` of `cqrs-core`")]
    NoDriver {
        /// The database.
        database: &'static str,
        /// The feature that compiles its driver.
        feature: &'static str,
    },
    /// The database cannot be reached, or refuses the login, or has no connection free.
    #[error("cannot connect to {database}: {source}")]
    Connect {
        /// The database.
        database: &'static str,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// A table that the database does not have.
    #[error("table `{table}` does not exist: run the migrations first")]
    NoTable {
        /// The table.
        table: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// A value that the database cannot hold exactly. Nothing was written.
    #[error("a value for table `{table}` was refused: {source}")]
    Encode {
        /// The table.
        table: &'static str,
        /// The value, and why.
        source: EncodeError,
    },
    /// A row with the same unique value exists.
    #[error("table `{table}` has a row with this unique value already: {source}")]
    UniqueViolation {
        /// The table.
        table: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row refers to one that does not exist, or is referred to by one that does.
    #[error("a row of `{table}` refers to a row that does not exist, or other rows refer to it: {source}")]
    ForeignKeyViolation {
        /// The table.
        table: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row does not meet a check constraint.
    #[error("a row of `{table}` does not meet a check: {source}")]
    CheckViolation {
        /// The table.
        table: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row lacks a value that is required.
    #[error("a row of `{table}` lacks a value: {source}")]
    NotNullViolation {
        /// The table.
        table: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row was changed since it was read: it does not have the version that the command names. Nothing was written.
    #[error("a row of `{table}` was changed since it was read: read it again, and decide by what is there now")]
    Stale {
        /// The table.
        table: &'static str,
    },
    /// The key of a new row was made by the database, which does not tell it.
    #[error("a row of `{table}` was written, and this database does not tell its key: set the key in the command")]
    KeyNotReturned {
        /// The table.
        table: &'static str,
    },
    /// A table without a primary key has no key to return.
    #[error("`{table}` has no primary key, and nothing was written: write the row with `insert_many(&[row])`")]
    NoKey {
        /// The table.
        table: &'static str,
    },
    /// A row does not fit its read struct: the database is not at the version of the models.
    #[error("a row of `{table}` cannot be read: {source}; check that the migrations have been run")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// Anything else that the database says.
    #[error("table `{table}`: {source}")]
    Database {
        /// The table.
        table: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// A transaction could not be committed or rolled back.
    #[error("cannot end the transaction: {source}")]
    Transaction {
        /// What the database says.
        source: sqlx::Error,
    },
}

impl Error {
    pub(super) fn encode(table: &'static str) -> impl Fn(EncodeError) -> Self {
        move |source| Self::Encode { table, source }
    }

    /// Tells apart what the database says of a statement on a table.
    pub(super) fn statement(table: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |source| match &source {
            sqlx::Error::Database(error) => match error.kind() {
                ErrorKind::UniqueViolation => Self::UniqueViolation { table, source },
                ErrorKind::ForeignKeyViolation => Self::ForeignKeyViolation { table, source },
                ErrorKind::CheckViolation => Self::CheckViolation { table, source },
                ErrorKind::NotNullViolation => Self::NotNullViolation { table, source },
                _ if is_missing_table(error.as_ref()) => Self::NoTable { table, source },
                _ => Self::Database { table, source },
            },
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnNotFound(_) | sqlx::Error::Decode(_) => {
                Self::Unreadable { table, source }
            }
            _ => Self::Database { table, source },
        }
    }
}

/// SQLSTATE 42P01 on PostgreSQL and 42S02 on MySQL; SQLite has no code of its own for it.
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn is_missing_table(error: &dyn sqlx::error::DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("42P01" | "42S02")) || error.message().starts_with("no such table: ")
}
