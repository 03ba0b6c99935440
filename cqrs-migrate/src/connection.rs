//! Connections to the three databases.

use std::fmt;
#[cfg(feature = "sqlite")]
use std::time::Duration;

use sqlx::AssertSqlSafe;

use crate::dialect::Dialect;
use crate::error::{Error, said};

/// How long a reader waits for an SQLite file in which a migration is being committed.
/// <https://www.sqlite.org/lockingv3.html#excl_lock>
#[cfg(feature = "sqlite")]
const READ_PATIENCE: Duration = Duration::from_secs(15);

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
        if dialect != Dialect::Sqlite && !rest.starts_with("//") {
            return Err(bad(&format!("after `{scheme}:` it must go on with `//`")));
        }
        if rest.trim_start_matches('/').is_empty() {
            return Err(bad("it names no database"));
        }
        check_with_driver(dialect, url).map_err(|error| bad(&said(&error)))?;
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

/// What the driver finds wrong with a URL before it connects, so that a bad one is never found too late.
fn check_with_driver(dialect: Dialect, url: &str) -> Result<(), sqlx::Error> {
    match dialect {
        #[cfg(feature = "sqlite")]
        Dialect::Sqlite => url.parse::<sqlx::sqlite::SqliteConnectOptions>().map(drop),
        #[cfg(feature = "postgres")]
        Dialect::Postgres => url.parse::<sqlx::postgres::PgConnectOptions>().map(drop),
        #[cfg(feature = "mysql")]
        Dialect::MySql => url.parse::<sqlx::mysql::MySqlConnectOptions>().map(drop),
        #[allow(unreachable_patterns)]
        _ => Ok(()),
    }
}

/// The text without what may be a password: what stands between the user's name and the last `@`, and the values of
/// parameters whose names sound like one. It is also used on what is not quite a URL, and rather hides too much.
pub(crate) fn redact(text: &str) -> String {
    let start = text.find("://").map_or(0, |scheme| scheme + "://".len());
    let (scheme, rest) = text.split_at(start);
    let shown = match rest.rsplit_once('@') {
        Some((user, place)) => match user.split_once(':') {
            Some((name, _)) => format!("{scheme}{name}:****@{place}"),
            None => text.to_owned(),
        },
        None => text.to_owned(),
    };
    let Some((head, query)) = shown.split_once('?') else { return shown };
    let parameters: Vec<String> = query.split('&').map(redact_parameter).collect();
    format!("{head}?{}", parameters.join("&"))
}

fn redact_parameter(parameter: &str) -> String {
    let secret = |key: &str| ["pass", "pwd", "secret", "token"].iter().any(|word| key.contains(word));
    match parameter.split_once('=') {
        Some((key, _)) if secret(&key.to_ascii_lowercase()) => format!("{key}=****"),
        _ => parameter.to_owned(),
    }
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
            Some(_) => {
                let connection = crate::dialect::sqlite::connect::connect(url, false).await?;
                let mut connection = Self::Sqlite(connection);
                let patience = format!("PRAGMA busy_timeout = {}", READ_PATIENCE.as_millis());
                connection.execute(&patience).await.map_err(Error::database("setting how long to wait for locks"))?;
                Ok(Some(connection))
            }
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
        self.affect(sql).await.map(drop)
    }

    /// As [`Connection::execute`]. Returns how many rows were changed.
    pub(crate) async fn affect(&mut self, sql: &str) -> Result<u64, sqlx::Error> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        each_connection!(self, inner => query.execute(&mut *inner).await.map(|done| done.rows_affected()))
    }
}

#[cfg(test)]
mod tests {
    use super::{DatabaseUrl, redact};

    #[test]
    fn no_text_of_a_url_shows_its_password() {
        for (url, shown) in [
            ("postgres://u:secret@h:5432/db", "postgres://u:****@h:5432/db"),
            ("postgres://u:se@c:r/e?t@h/db", "postgres://u:****@h/db"),
            ("postgres:/u:secret@h/db", "postgres:****@h/db"),
            ("u:secret@h/db", "u:****@h/db"),
            ("mysql://h/db?password=secret&ssl-mode=off", "mysql://h/db?password=****&ssl-mode=off"),
            ("postgres://u@h/db?sslPassword=secret", "postgres://u@h/db?sslPassword=****"),
            ("postgres://u@h:5432/db", "postgres://u@h:5432/db"),
            ("sqlite:/tmp/a:b.db?mode=ro", "sqlite:/tmp/a:b.db?mode=ro"),
        ] {
            assert_eq!(redact(url), shown);
        }
    }

    #[test]
    fn what_is_no_url_is_refused_without_its_password() {
        for url in ["postgres:/u:secret@h/db", "u:secret@h/db", "oracle://u:secret@h/db", "", "sqlite:", "mysql://"] {
            let error = DatabaseUrl::parse(url).unwrap_err();
            assert!(!error.to_string().contains("secret") && error.help().is_some(), "{error}");
        }
    }
}
