//! Connections to the three databases.

use std::fmt;

use sqlx::AssertSqlSafe;

use crate::dialect::Dialect;
use crate::error::Error;

/// Where a database is. Its text never shows a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    dialect: Dialect,
    url: String,
}

impl DatabaseUrl {
    /// Reads a URL: `sqlite:app.db`, `sqlite::memory:`, `postgres://user@host/db`, `mysql://user@host/db`,
    /// `mariadb://user@host/db`.
    ///
    /// # Errors
    /// [`Error::BadUrl`] where the scheme is none of these.
    ///
    /// ```
    /// use cqrs_migrate::{DatabaseUrl, Dialect};
    ///
    /// let url = DatabaseUrl::parse("postgres://app:secret@db.example/orders")?;
    /// assert_eq!(url.dialect(), Dialect::Postgres);
    /// assert_eq!(url.to_string(), "postgres://app:****@db.example/orders");
    /// # Ok::<(), cqrs_migrate::Error>(())
    /// ```
    pub fn parse(url: &str) -> Result<Self, Error> {
        let bad = |reason: &str| Error::BadUrl { url: redact(url), reason: reason.to_owned() };
        let (scheme, rest) = url.split_once(':').ok_or_else(|| bad("it has no scheme"))?;
        let dialect = match scheme {
            "sqlite" => Dialect::Sqlite,
            "postgres" | "postgresql" => Dialect::Postgres,
            "mysql" | "mariadb" => Dialect::MySql,
            _ => return Err(bad(&format!("`{scheme}` is no database that is supported"))),
        };
        if rest.trim_start_matches('/').is_empty() {
            return Err(bad("it names no database"));
        }
        Ok(Self { dialect, url: url.to_owned() })
    }

    /// The kind of database.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The file of an SQLite database. `None` for a database in memory, or on a server.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<std::path::PathBuf> {
        let path = self.url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        (path != ":memory:" && !self.url.contains("mode=memory")).then(|| path.into())
    }

    /// A database of the same kind with nothing in it: in memory on SQLite, the same one elsewhere.
    pub(crate) fn empty_like(&self) -> Result<Self, Error> {
        match self.dialect {
            Dialect::Sqlite => Self::parse("sqlite::memory:"),
            Dialect::Postgres | Dialect::MySql => Ok(self.clone()),
        }
    }

    /// The URL with its password.
    pub(crate) fn secret(&self) -> &str {
        &self.url
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact(&self.url))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// The URL without what follows the first `:` of its user part, and without a `password` parameter.
fn redact(url: &str) -> String {
    let (head, query) = match url.split_once('?') {
        Some((head, query)) => (head, Some(query)),
        None => (url, None),
    };
    let mut shown = match head.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (user, place))) => match user.split_once(':') {
            Some((name, _)) => format!("{scheme}://{name}:****@{place}"),
            None => format!("{scheme}://{user}@{place}"),
        },
        None => head.to_owned(),
    };
    if let Some(query) = query {
        let parameters: Vec<String> = query
            .split('&')
            .map(|parameter| match parameter.split_once('=') {
                Some((key, _)) if key.eq_ignore_ascii_case("password") => format!("{key}=****"),
                _ => parameter.to_owned(),
            })
            .collect();
        shown = format!("{shown}?{}", parameters.join("&"));
    }
    shown
}

/// One connection to a live database.
#[derive(Debug)]
#[non_exhaustive]
pub enum Connection {
    /// To an SQLite file or memory.
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::SqliteConnection),
    /// To a PostgreSQL server.
    #[cfg(feature = "postgres")]
    Postgres(sqlx::PgConnection),
    /// To a MySQL or MariaDB server.
    #[cfg(feature = "mysql")]
    MySql(sqlx::MySqlConnection),
}

/// Does the same with the connection inside, whichever it is.
macro_rules! each_connection {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            #[cfg(feature = "sqlite")]
            $crate::connection::Connection::Sqlite($inner) => $body,
            #[cfg(feature = "postgres")]
            $crate::connection::Connection::Postgres($inner) => $body,
            #[cfg(feature = "mysql")]
            $crate::connection::Connection::MySql($inner) => $body,
        }
    };
}
pub(crate) use each_connection;

impl Connection {
    /// Connects for migrating: an SQLite file that is not there is made.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::DriverMissing`].
    pub async fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        match url.dialect {
            #[cfg(feature = "sqlite")]
            Dialect::Sqlite => crate::dialect::sqlite::connect::connect(url, true).await.map(Self::Sqlite),
            #[cfg(feature = "postgres")]
            Dialect::Postgres => crate::dialect::postgres::connect::connect(url).await.map(Self::Postgres),
            #[cfg(feature = "mysql")]
            Dialect::MySql => crate::dialect::mysql::connect::connect(url).await.map(Self::MySql),
            #[allow(unreachable_patterns)]
            dialect => Err(Error::DriverMissing { dialect }),
        }
    }

    /// Connects for reading: `None` where an SQLite file is not there.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::DriverMissing`].
    pub async fn open_existing(url: &DatabaseUrl) -> Result<Option<Self>, Error> {
        match url.sqlite_file() {
            Some(file) if !file.exists() => Ok(None),
            #[cfg(feature = "sqlite")]
            Some(_) => crate::dialect::sqlite::connect::connect(url, false).await.map(Self::Sqlite).map(Some),
            #[allow(unreachable_patterns)]
            _ => Self::open(url).await.map(Some),
        }
    }

    /// Begins a transaction.
    pub(crate) async fn begin(&mut self) -> Result<(), Error> {
        self.execute("BEGIN").await.map_err(Error::database("beginning a transaction"))
    }

    /// Commits what [`Connection::begin`] began.
    pub(crate) async fn commit(&mut self) -> Result<(), Error> {
        self.execute("COMMIT").await.map_err(Error::database("committing the migration"))
    }

    /// Undoes what [`Connection::begin`] began.
    pub(crate) async fn rollback(&mut self) -> Result<(), Error> {
        self.execute("ROLLBACK").await.map_err(Error::database("rolling the migration back"))
    }

    /// The server's name and version: `PostgreSQL 15.18`, `MariaDB 10.11.14`, `SQLite 3.50.4`.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn version(&mut self) -> Result<String, Error> {
        let sql = match self.dialect() {
            Dialect::Sqlite => "SELECT 'SQLite ' || sqlite_version()",
            Dialect::Postgres => "SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)",
            Dialect::MySql => {
                "SELECT CONCAT(IF(version() LIKE '%MariaDB%', 'MariaDB ', 'MySQL '), SUBSTRING_INDEX(version(), '-', 1))"
            }
        };
        each_connection!(self, inner => sqlx::query_scalar(sql).fetch_one(&mut *inner).await)
            .map_err(Error::database("asking the server's version"))
    }

    /// Ends the connection, and tells the server so. What goes wrong on the way out is of no interest to anybody.
    pub async fn close(self) {
        each_connection!(self, inner => sqlx::Connection::close(inner).await.ok());
    }

    /// The kind of database.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => Dialect::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Dialect::Postgres,
            #[cfg(feature = "mysql")]
            Self::MySql(_) => Dialect::MySql,
        }
    }

    /// Runs SQL without parameters, several statements if need be, outside the prepared protocol.
    pub(crate) async fn execute(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        each_connection!(self, inner => query.execute(&mut *inner).await.map(drop))
    }
}
