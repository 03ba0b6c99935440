//! How many statements introspection takes, counted on the server: as many for 200 tables as for one. In a process of its
//! own, because SQLite's are counted for the process.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "the numbers are worth knowing")]

use std::sync::atomic::{AtomicUsize, Ordering};

use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Selection, introspect};
use cqrs_tests::{TestDatabase, databases, fresh, sample, sent};
use sqlx::Row as _;

const SIZES: [usize; 3] = [1, 20, 200];

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_tables() {
    for first in databases() {
        let dialect = first.dialect();
        let mut counts = Vec::new();
        for size in SIZES {
            let database = fresh(dialect).unwrap();
            sample::make_tables(&database, size);
            sample::make_objects(&database, size);
            counts.extend(count(&database, size).await);
        }
        println!("{dialect}: {counts:?} statements for {SIZES:?} tables");
        assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{dialect}: {counts:?} for {SIZES:?} tables");
        assert!(counts.iter().all(|&count| count > 0), "{dialect}: {counts:?}");
    }
}

/// `None` where this server's statements cannot be counted.
async fn count(database: &TestDatabase, tables: usize) -> Option<usize> {
    match database.dialect() {
        Dialect::Sqlite => Some(count_on_sqlite(database, tables).await),
        Dialect::Postgres => count_on_postgres(database, tables).await,
        Dialect::MySql => Some(count_on_mysql(database, tables).await),
    }
}

async fn read(connection: &mut Connection, tables: usize) {
    let found = introspect(connection, &Selection::default()).await.unwrap();
    assert_eq!(found.schema.tables.len(), tables);
}

async fn open(database: &TestDatabase) -> Connection {
    Connection::open(&DatabaseUrl::parse(database.url()).unwrap()).await.unwrap()
}

/// The driver tells of each statement that it has run.
struct Counter(AtomicUsize);

static COUNTER: Counter = Counter(AtomicUsize::new(0));

impl log::Log for Counter {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        if record.target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn flush(&self) {}
}

async fn count_on_sqlite(database: &TestDatabase, tables: usize) -> usize {
    let _ = log::set_logger(&COUNTER);
    let mut connection = open(database).await;
    log::set_max_level(log::LevelFilter::Debug);
    let before = COUNTER.0.load(Ordering::SeqCst);
    read(&mut connection, tables).await;
    let counted = COUNTER.0.load(Ordering::SeqCst) - before;
    log::set_max_level(log::LevelFilter::Off);
    counted
}

/// The server's log.
async fn count_on_postgres(database: &TestDatabase, tables: usize) -> Option<usize> {
    let Some(log) = sent::log(database) else {
        println!("NOT TESTED: the statements on PostgreSQL: this server's log is not there to be read");
        return None;
    };
    let mut connection = open(database).await;
    sqlx::raw_sql("SELECT 'here it begins'").execute(inner(&mut connection)).await.unwrap();
    read(&mut connection, tables).await;
    Some(log.end().iter().rev().take_while(|sent| !sent.sql.contains("here it begins")).count())
}

fn inner(connection: &mut Connection) -> &mut sqlx::PgConnection {
    match connection {
        Connection::Postgres(connection) => connection,
        other => panic!("no connection to PostgreSQL: {other:?}"),
    }
}

/// The session's own counter: the statements that the client has sent.
/// <https://mariadb.com/kb/en/server-status-variables/#questions>
async fn count_on_mysql(database: &TestDatabase, tables: usize) -> usize {
    let mut connection = open(database).await;
    let before = questions(&mut connection).await;
    read(&mut connection, tables).await;
    // Asking is a statement too.
    questions(&mut connection).await - before - 1
}

async fn questions(connection: &mut Connection) -> usize {
    let Connection::MySql(connection) = connection else { panic!("no connection to MySQL") };
    let row = sqlx::raw_sql("SHOW SESSION STATUS LIKE 'Questions'").fetch_one(connection).await.unwrap();
    row.get::<String, _>(1).parse().unwrap()
}
