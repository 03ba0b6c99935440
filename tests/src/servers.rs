//! Database servers that live as long as the test process.

#[cfg(unix)]
pub(crate) mod keeper;

use std::io::Write as _;
use std::sync::LazyLock;

use cqrs_migrate::Dialect;

/// A server to create databases in: its URL with a database to connect to for that.
pub(crate) struct Server {
    pub(crate) admin_url: String,
    /// The server runs while this is held.
    #[cfg(unix)]
    keeper: Option<keeper::Keeper>,
}

static POSTGRES: LazyLock<Result<Server, String>> = LazyLock::new(|| find_or_note(Dialect::Postgres));
static MYSQL: LazyLock<Result<Server, String>> = LazyLock::new(|| find_or_note(Dialect::MySql));

/// The process's server of a dialect, started on first use; `None` where there is none and none is required.
///
/// # Panics
/// Where the server is missing and `CQRS_TEST_REQUIRE` names it. SQLite has no server.
pub(crate) fn server(dialect: Dialect) -> Option<&'static Server> {
    let required = required();
    let found = match dialect {
        Dialect::Postgres => LazyLock::force(&POSTGRES),
        Dialect::MySql => LazyLock::force(&MYSQL),
        Dialect::Sqlite => panic!("SQLite has no server"),
    };
    match found {
        Ok(server) => Some(server),
        Err(reason) => {
            let name = dialect.name();
            let help = how_to_test(dialect);
            assert!(
                !required.contains(&dialect),
                "CQRS_TEST_REQUIRE names `{name}`, and there is none: {reason}\n{help}"
            );
            None
        }
    }
}

/// A server for one test, which may end it. It ends with the value.
#[cfg(unix)]
pub struct OwnServer {
    url: String,
    _keeper: keeper::Keeper,
}

#[cfg(unix)]
impl OwnServer {
    /// Starts one; `None` where there are no programs for it, or where tests use a server that is there already.
    #[must_use]
    pub fn start(dialect: Dialect) -> Option<Self> {
        if dialect == Dialect::Sqlite || std::env::var_os(url_variable(dialect)).is_some() {
            return None;
        }
        // The caller may be inside a runtime, in which the server cannot be waited for.
        let started = std::thread::spawn(move || start(dialect)).join();
        let server = started.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).ok()?;
        Some(Self { url: server.admin_url, _keeper: server.keeper? })
    }

    /// A database in it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// What `CQRS_TEST_REQUIRE` names.
fn required() -> Vec<Dialect> {
    let names = std::env::var("CQRS_TEST_REQUIRE").unwrap_or_default();
    names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| name.parse().unwrap_or_else(|error| panic!("CQRS_TEST_REQUIRE: {error}")))
        .collect()
}

fn find_or_note(dialect: Dialect) -> Result<Server, String> {
    let found = find(dialect);
    if let Err(reason) = &found {
        // The test harness captures what the print macros write, and this has to be seen.
        let help = how_to_test(dialect);
        let _ = writeln!(std::io::stderr(), "\nNOT TESTED on {}: {reason}\n{help}\n", server_name(dialect));
    }
    found
}

fn find(dialect: Dialect) -> Result<Server, String> {
    let variable = url_variable(dialect);
    if let Ok(url) = std::env::var(variable) {
        if url == "none" {
            return Err(format!("{variable} is `none`"));
        }
        return Ok(Server {
            admin_url: url,
            #[cfg(unix)]
            keeper: None,
        });
    }
    start(dialect)
}

#[cfg(unix)]
fn start(dialect: Dialect) -> Result<Server, String> {
    let recipe = match dialect {
        Dialect::Postgres => keeper::postgres(&crate::programs::postgres()?),
        _ => keeper::mysql(&crate::programs::mysql()?),
    };
    let (keeper, admin_url) = keeper::start(&recipe)?;
    Ok(Server { admin_url, keeper: Some(keeper) })
}

#[cfg(not(unix))]
fn start(_: Dialect) -> Result<Server, String> {
    Err("servers are started on Unix only".to_owned())
}

fn url_variable(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "CQRS_TEST_POSTGRES_URL",
        _ => "CQRS_TEST_MYSQL_URL",
    }
}

fn server_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "PostgreSQL",
        _ => "MariaDB or MySQL",
    }
}

fn how_to_test(dialect: Dialect) -> String {
    format!("  to test it: run `scripts/test.sh`, which installs what is missing, or set {}", url_variable(dialect))
}
