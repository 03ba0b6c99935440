use sqlx::error::ErrorKind;

use super::violated;
use crate::model::EncodeError;
use crate::schema::Table;

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
    #[error(
        "table `{table}` has a row with this unique value already{}: {source}; change that row, or use `upsert`",
        named(constraint)
    )]
    UniqueViolation {
        /// The table.
        table: &'static str,
        /// The constraint or index, by the database's own name: `PRIMARY` is MySQL's for a primary key.
        constraint: Option<String>,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row refers to one that does not exist, or is referred to by one that does.
    #[error(
        "a row of `{table}` refers to a row that does not exist, or other rows refer to it{}: {source}; insert what is referred to first, and delete it last",
        named(constraint)
    )]
    ForeignKeyViolation {
        /// The table.
        table: &'static str,
        /// The foreign key. SQLite does not tell it.
        constraint: Option<String>,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row does not meet a check constraint.
    #[error("a row of `{table}` does not meet a check{}: {source}; give a value that does", named(constraint))]
    CheckViolation {
        /// The table.
        table: &'static str,
        /// The check.
        constraint: Option<String>,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The row lacks a value that is required.
    #[error("a row of `{table}` lacks a value{}: {source}; set it in the command", named(column))]
    NotNullViolation {
        /// The table.
        table: &'static str,
        /// The column.
        column: Option<String>,
        /// What the database says.
        source: sqlx::Error,
    },
    /// Another transaction changed what this one read, and the two cannot have happened one after the other.
    #[error("another transaction changed what this one read: {source}; run the whole transaction again")]
    Serialization {
        /// What the database says.
        source: sqlx::Error,
    },
    /// This transaction and another waited for each other, and the database ended this one.
    #[error("two transactions waited for each other: {source}; run the whole transaction again")]
    Deadlock {
        /// What the database says.
        source: sqlx::Error,
    },
    /// Another transaction holds a lock for longer than the database lets this one wait.
    #[error("another transaction holds a lock: {source}; run the whole transaction again")]
    Locked {
        /// What the database says.
        source: sqlx::Error,
    },
    /// An upsert has no value for a column of the key by which the row is found.
    #[error("a row of `{table}` has no value for `{column}`, by which it would be found: set it, or use `insert`")]
    NoValue {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The rows cannot be read in pages that follow each other.
    #[error("rows of `{table}` cannot be paged: {reason}")]
    Unpaged {
        /// The table.
        table: &'static str,
        /// Why, and what to do.
        reason: String,
    },
    /// A cursor that no page of this query ended with.
    #[error("the cursor is not of this query: {reason}; begin again without it")]
    Cursor {
        /// Why.
        reason: String,
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
    /// The constraint that a row violates, where the database tells it.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::UniqueViolation { constraint, .. }
            | Self::ForeignKeyViolation { constraint, .. }
            | Self::CheckViolation { constraint, .. } => constraint.as_deref(),
            _ => None,
        }
    }

    /// Whether the same transaction may succeed when it is run again from its beginning: it lost against another one.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Serialization { .. } | Self::Deadlock { .. } | Self::Locked { .. })
    }

    pub(super) fn encode(table: &'static Table) -> impl Fn(EncodeError) -> Self {
        move |source| Self::Encode { table: &table.name, source }
    }

    /// Tells apart what the database says of a statement on a table.
    pub(super) fn statement(table: &'static Table) -> impl Fn(sqlx::Error) -> Self {
        move |source| {
            let name: &'static str = &table.name;
            let sqlx::Error::Database(error) = &source else {
                return match source {
                    sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnNotFound(_) | sqlx::Error::Decode(_) => {
                        Self::Unreadable { table: name, source }
                    }
                    _ => Self::Database { table: name, source },
                };
            };
            let constraint = || violated::constraint(table, error.as_ref());
            match error.kind() {
                ErrorKind::UniqueViolation => Self::UniqueViolation { table: name, constraint: constraint(), source },
                ErrorKind::ForeignKeyViolation => {
                    Self::ForeignKeyViolation { table: name, constraint: constraint(), source }
                }
                ErrorKind::CheckViolation => Self::CheckViolation { table: name, constraint: constraint(), source },
                ErrorKind::NotNullViolation => {
                    Self::NotNullViolation { table: name, column: violated::column(error.as_ref()), source }
                }
                _ if is_missing_table(error.as_ref()) => Self::NoTable { table: name, source },
                _ => Self::lost(source).unwrap_or_else(|source| Self::Database { table: name, source }),
            }
        }
    }

    /// What the database says at the end of a transaction.
    pub(super) fn transaction(source: sqlx::Error) -> Self {
        Self::lost(source).unwrap_or_else(|source| Self::Transaction { source })
    }

    /// Whether this transaction lost against another one.
    ///
    /// SQLSTATEs of PostgreSQL and MySQL, primary and extended result codes of SQLite, which have no letters.
    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>, <https://www.sqlite.org/rescode.html>,
    /// <https://mariadb.com/kb/en/mariadb-error-code-reference/>
    pub(super) fn lost(source: sqlx::Error) -> Result<Self, sqlx::Error> {
        let Some(error) = source.as_database_error() else { return Err(source) };
        let code = error.code().unwrap_or_default().into_owned();
        match (code.as_str(), violated::mysql_number(error)) {
            (_, Some(1213)) | ("40P01", _) => Ok(Self::Deadlock { source }),
            (_, Some(1205 | 3572)) | ("55P03", _) => Ok(Self::Locked { source }),
            (_, Some(1020)) | ("40001", None) => Ok(Self::Serialization { source }),
            ("517", None) => Ok(Self::Serialization { source }),
            ("5" | "6" | "261" | "262" | "773", None) => Ok(Self::Locked { source }),
            _ => Err(source),
        }
    }
}

fn named(name: &Option<String>) -> String {
    name.as_ref().map_or_else(String::new, |name| format!(" (`{name}`)"))
}

/// SQLSTATE 42P01 on PostgreSQL and 42S02 on MySQL; SQLite has no code of its own for it.
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn is_missing_table(error: &dyn sqlx::error::DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("42P01" | "42S02")) || error.message().starts_with("no such table: ")
}
