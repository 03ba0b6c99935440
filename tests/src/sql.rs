//! SQL against any test database, from tests with and without a runtime of their own.

use std::panic::resume_unwind;
use std::thread;

use cqrs_migrate::{DatabaseUrl, Dialect};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

/// What a query returned, as text; `None` is NULL.
pub type Rows = Vec<Vec<Option<String>>>;

/// Runs SQL, several statements if need be, over one connection.
///
/// PostgreSQL runs them in one transaction, unless they say otherwise: see [`execute_each`].
///
/// # Panics
/// Where the database refuses.
#[track_caller]
pub fn execute(url: &str, sql: &str) {
    if let Err(error) = try_execute(url, sql) {
        panic!("`{url}`: {error}\n{sql}");
    }
}

/// As [`execute`], for SQL that may fail.
///
/// # Errors
/// What the database says.
pub fn try_execute(url: &str, sql: &str) -> Result<(), sqlx::Error> {
    query(url, &[sql.to_owned()]).map(drop)
}

/// Runs statements one after the other over one connection.
///
/// # Errors
/// What the database says of the first that fails.
pub fn execute_each(url: &str, statements: &[String]) -> Result<(), sqlx::Error> {
    query(url, statements).map(drop)
}

/// What a query returns. Values are spelled as the database spells them as text.
///
/// # Panics
/// Where the database refuses, or a value is no UTF-8.
#[must_use]
#[track_caller]
pub fn rows(url: &str, sql: &str) -> Rows {
    query(url, &[sql.to_owned()]).unwrap_or_else(|error| panic!("`{url}`: {error}\n{sql}"))
}

/// Runs statements over one connection, outside the prepared protocol, so that values come back as text.
pub(crate) fn query(url: &str, statements: &[String]) -> Result<Rows, sqlx::Error> {
    macro_rules! query {
        ($connection:ty) => {
            wait_for(|| async move {
                let mut connection = <$connection>::connect(url).await?;
                let mut all = Rows::new();
                for statement in statements {
                    for row in sqlx::raw_sql(AssertSqlSafe(statement.clone())).fetch_all(&mut connection).await? {
                        all.push((0..row.len()).map(|i| row.try_get_unchecked(i)).collect::<Result<_, _>>()?);
                    }
                }
                connection.close().await?;
                Ok(all)
            })
        };
    }
    match dialect(url) {
        Dialect::Sqlite => query!(sqlx::SqliteConnection),
        Dialect::Postgres => query!(sqlx::PgConnection),
        Dialect::MySql => query!(sqlx::MySqlConnection),
    }
}

fn dialect(url: &str) -> Dialect {
    DatabaseUrl::parse(url).unwrap_or_else(|error| panic!("{error}")).dialect()
}

/// Runs a future to its end on a thread of its own, because the caller may be inside a runtime already.
pub(crate) fn wait_for<T: Send, F: Future<Output = T>>(future: impl FnOnce() -> F + Send) -> T {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime can be made").block_on(future())
    };
    thread::scope(|scope| scope.spawn(run).join()).unwrap_or_else(|panic| resume_unwind(panic))
}
