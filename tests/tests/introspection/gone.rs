//! A server that goes away while it is read.

use std::thread;
use std::time::{Duration, Instant};

use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Error, Introspected, Selection};
use cqrs_tests::{OwnServer, TestDatabase, databases, rows, sample, server_url, try_execute};

async fn read(url: &str) -> Result<Introspected, Error> {
    let mut connection = Connection::open(&DatabaseUrl::parse(url)?).await?;
    let found = cqrs_migrate::introspect(&mut connection, &Selection::default()).await;
    connection.close().await;
    found
}

/// Ends every session in a database, and says how many there were.
fn kill(database: &TestDatabase) -> usize {
    let admin = server_url(database.dialect()).unwrap();
    let name = database.name();
    if database.dialect() == Dialect::Postgres {
        return rows(
            admin,
            &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
        )
        .len();
    }
    let sessions = rows(admin, &format!("SELECT id FROM information_schema.processlist WHERE db = '{name}'"));
    let killed = sessions.iter().flatten().flatten().filter(|id| try_execute(admin, &format!("KILL {id}")).is_ok());
    killed.count()
}

fn sessions(database: &TestDatabase) -> usize {
    let admin = server_url(database.dialect()).unwrap();
    let (table, column) = match database.dialect() {
        Dialect::Postgres => ("pg_stat_activity", "datname"),
        _ => ("information_schema.processlist", "db"),
    };
    rows(admin, &format!("SELECT 1 FROM {table} WHERE {column} = '{}'", database.name())).len()
}

/// What to do next is in the help, and of a connection that cannot be made in the message.
#[track_caller]
fn assert_says_what_to_do(error: &Error) {
    let text = error.to_string();
    let is_said = matches!(error, Error::Connect { .. }) && (text.contains("try again") || text.contains("the server"));
    assert!(is_said || error.help().is_some(), "it does not say what to do: {text}");
}

#[test]
fn a_session_that_is_killed_is_an_error_that_says_so() {
    const READS: u32 = 40;
    let runtime = super::runtime();
    for database in databases().into_iter().filter(|database| database.dialect() != Dialect::Sqlite) {
        let dialect = database.dialect();
        sample::make_tables(&database, 60);
        let start = Instant::now();
        let right = runtime.block_on(read(database.url())).unwrap();
        let one_read = start.elapsed();
        let (mut whole, mut errors) = (0, Vec::new());
        for number in 0..READS {
            let moment = one_read * number / (READS - 10);
            let found = thread::scope(|scope| {
                scope.spawn(|| {
                    thread::sleep(moment);
                    kill(&database);
                });
                runtime.block_on(read(database.url()))
            });
            match found {
                Ok(found) => {
                    whole += 1;
                    assert_eq!(found, right);
                }
                Err(error) => errors.push(error),
            }
        }
        let first = errors.first().map(ToString::to_string);
        println!("{dialect}: {whole} of {READS} reads ended well, the others with an error, such as {first:?}");
        assert!(!errors.is_empty(), "{dialect}: no session was killed in time");
        errors.iter().for_each(assert_says_what_to_do);
        assert_eq!(runtime.block_on(read(database.url())).unwrap(), right);
        assert!(wait_until(|| sessions(&database) == 0), "{dialect}: a session is left behind");
    }
}

#[test]
fn a_server_that_ends_is_an_error_that_says_so() {
    let runtime = super::runtime();
    for dialect in [Dialect::Postgres, Dialect::MySql] {
        let Some(server) = OwnServer::start(dialect) else { continue };
        let url = server.url().to_owned();
        let parsed = DatabaseUrl::parse(&url).unwrap();
        let mut connection = runtime.block_on(Connection::open(&parsed)).unwrap();
        let ending = thread::spawn(move || {
            thread::sleep(Duration::from_millis(30));
            drop(server);
        });
        let start = Instant::now();
        let error = loop {
            let found = runtime.block_on(cqrs_migrate::introspect(&mut connection, &Selection::default()));
            if let Err(error) = found {
                break error;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{dialect}: the server does not end");
        };
        ending.join().unwrap();
        println!("{dialect}: {error}");
        assert_says_what_to_do(&error);
        let is_gone = wait_until(|| try_execute(&url, "SELECT 1").is_err());
        assert!(is_gone, "{dialect}: the server does not end");
        let error = runtime.block_on(read(&url)).expect_err("there is no server");
        assert!(error.to_string().contains("localhost"), "{dialect}: it does not say where: {error}");
        assert_says_what_to_do(&error);
    }
}

fn wait_until(is_so: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        if is_so() {
            return true;
        }
        thread::sleep(Duration::from_millis(50));
    }
    false
}
