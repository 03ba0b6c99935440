//! Fresh databases.

use std::io::Write as _;

use cqrs_migrate::Dialect;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{servers, sql};

/// A fresh, empty database, dropped when the value goes.
#[derive(Debug)]
pub struct TestDatabase {
    dialect: Dialect,
    url: String,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    File {
        _directory: TempDir,
    },
    /// The server's URL, and the name of the database in it.
    InServer {
        admin_url: &'static str,
        name: String,
    },
}

impl TestDatabase {
    /// The kind of database.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Its name on the server; the file on SQLite.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.kept {
            Kept::File { .. } => self.url.trim_start_matches("sqlite:").to_owned(),
            Kept::InServer { name, .. } => name.clone(),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A fresh database of each dialect that this machine can test; says once on stderr which it cannot.
///
/// # Panics
/// Where a database cannot be created, or one that `CQRS_TEST_REQUIRE` names is missing.
#[must_use]
pub fn databases() -> Vec<TestDatabase> {
    Dialect::ALL.into_iter().filter_map(fresh).collect()
}

/// A fresh SQLite file.
///
/// # Panics
/// Where the file cannot be made.
#[must_use]
pub fn sqlite() -> TestDatabase {
    let directory = crate::temporary_directory();
    let file = directory.path().join("test.db");
    std::fs::File::create(&file).expect("a file can be made in a temporary directory");
    TestDatabase {
        dialect: Dialect::Sqlite,
        url: format!("sqlite:{}", file.display()),
        kept: Kept::File { _directory: directory },
    }
}

/// A fresh PostgreSQL database, `None` where there is no server.
///
/// # Panics
/// Where it cannot be created, or PostgreSQL is required and missing.
#[must_use]
pub fn postgres() -> Option<TestDatabase> {
    // Another session in `template1` would make creating from it fail.
    create(Dialect::Postgres, "template template0 encoding 'UTF8'")
}

/// A fresh MariaDB or MySQL database, `None` where there is no server.
///
/// # Panics
/// Where it cannot be created, or MySQL is required and missing.
#[must_use]
pub fn mysql() -> Option<TestDatabase> {
    create(Dialect::MySql, "character set utf8mb4")
}

/// The URL of the server of a dialect, for a test that makes its own databases; `None` where there is no server. SQLite
/// has none.
///
/// # Panics
/// Where it is required and missing.
#[must_use]
pub fn server_url(dialect: Dialect) -> Option<&'static str> {
    // The caller may be inside a runtime, in which the server cannot be waited for.
    let url = std::thread::spawn(move || servers::server(dialect).map(|server| server.admin_url.as_str()));
    url.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// A fresh database of a dialect, `None` where there is no server.
///
/// # Panics
/// As [`databases`].
#[must_use]
pub fn fresh(dialect: Dialect) -> Option<TestDatabase> {
    match dialect {
        Dialect::Sqlite => Some(sqlite()),
        Dialect::Postgres => postgres(),
        Dialect::MySql => mysql(),
    }
}

/// A fresh database of a dialect with the options of its `CREATE DATABASE` (not on SQLite, which has none), `None` where
/// there is no server.
///
/// # Panics
/// As [`databases`].
#[must_use]
pub fn fresh_with(dialect: Dialect, options: &str) -> Option<TestDatabase> {
    if dialect == Dialect::Sqlite { Some(sqlite()) } else { create(dialect, options) }
}

fn create(dialect: Dialect, options: &str) -> Option<TestDatabase> {
    let admin_url = servers::server(dialect)?.admin_url.as_str();
    let name = format!("cqrs_test_{}", Uuid::new_v4().simple());
    sql::execute(admin_url, &format!("create database {name} {options}"));
    Some(TestDatabase { dialect, url: with_database(admin_url, &name), kept: Kept::InServer { admin_url, name } })
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Kept::InServer { admin_url, name } = &self.kept else { return };
        if let Err(error) = disconnect(self.dialect, admin_url, name)
            .and_then(|()| sql::try_execute(admin_url, &format!("drop database {name}")))
        {
            let _ = writeln!(std::io::stderr(), "cannot drop the test database `{name}`: {error}");
        }
    }
}

/// Ends the sessions that a test left open: a database with sessions cannot be dropped on PostgreSQL, and waits for
/// their transactions on MySQL.
fn disconnect(dialect: Dialect, admin_url: &str, name: &str) -> Result<(), sqlx::Error> {
    if dialect == Dialect::Postgres {
        let sql = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        return sql::try_execute(admin_url, &sql);
    }
    let sessions = format!("select id from information_schema.processlist where db = '{name}'");
    for id in sql::query(admin_url, &[sessions])?.into_iter().flatten().flatten() {
        // A session may end by itself in between.
        let _ = sql::try_execute(admin_url, &format!("kill {id}"));
    }
    Ok(())
}

/// The URL with another database's name.
fn with_database(url: &str, name: &str) -> String {
    let (place, query) = url.split_once('?').map_or((url, None), |(place, query)| (place, Some(query)));
    let authority = place.find("://").map_or(0, |scheme| scheme + "://".len());
    let end = place[authority..].find('/').map_or(place.len(), |slash| authority + slash);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &place[..end])
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_a_url_is_replaced() {
        assert_eq!(
            with_database("postgres://u:p@h:5432/old?host=/tmp/x", "new"),
            "postgres://u:p@h:5432/new?host=/tmp/x"
        );
        assert_eq!(with_database("mysql://root@h/old", "new"), "mysql://root@h/new");
        assert_eq!(with_database("mysql://root@h", "new"), "mysql://root@h/new");
        assert_eq!(with_database("mysql://root@h?socket=/tmp/s", "new"), "mysql://root@h/new?socket=/tmp/s");
    }
}
