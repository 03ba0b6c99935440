//! A schema that changes while it is read: what is found was there at one moment.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cqrs_core::schema::Schema;
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Selection};
use cqrs_tests::{TestDatabase, databases, execute_each, try_execute};

/// How often it is read and how often it changes, at least.
const READS: usize = 50;
const CHANGES: usize = 25;

/// The steps that another session goes through, over and over. Each is one transaction, or one statement where the
/// database has no transactions for them.
fn steps(dialect: Dialect) -> Vec<String> {
    let (there, back): (&[&str], &[&str]) = (
        &[
            "CREATE TABLE pair_a (id int PRIMARY KEY, v int DEFAULT 5, w int, CONSTRAINT w_range CHECK (w > 0))",
            "CREATE TABLE pair_b (id int PRIMARY KEY, a int, CONSTRAINT to_a FOREIGN KEY (a) REFERENCES pair_a (id))",
            "ALTER TABLE stays ADD COLUMN more int DEFAULT 7",
            "CREATE INDEX stays_more ON stays (more, id)",
            "CREATE VIEW pairs AS SELECT pair_a.id, pair_a.w FROM pair_a",
        ],
        &[
            "DROP VIEW pairs",
            "DROP INDEX stays_more",
            "ALTER TABLE stays DROP COLUMN more",
            "DROP TABLE pair_b",
            "DROP TABLE pair_a",
        ],
    );
    match dialect {
        Dialect::MySql => there
            .iter()
            .chain(back)
            .map(|sql| sql.replace("INDEX stays_more", "INDEX stays_more ON stays").replace("ON stays ON", "ON"))
            .collect(),
        _ => [there, back].map(|part| format!("BEGIN; {}; COMMIT", part.join("; "))).to_vec(),
    }
}

/// How long it stays as a step leaves it: sometimes for less than a read takes, sometimes for more.
fn pause(dialect: Dialect, number: usize) -> Duration {
    let longest = match dialect {
        Dialect::Postgres => 150,
        Dialect::Sqlite => 10,
        // Its statements take long enough.
        Dialect::MySql => 1,
    };
    Duration::from_millis((number * 37 % longest) as u64)
}

#[test]
fn what_is_found_was_there_at_one_moment() {
    let runtime = super::runtime();
    for database in databases() {
        let dialect = database.dialect();
        try_execute(database.url(), "CREATE TABLE stays (id int PRIMARY KEY, name varchar(20) DEFAULT 'x')").unwrap();
        let steps = steps(dialect);
        let mut moments: Vec<Schema> = Vec::new();
        for step in &steps {
            execute_each(database.url(), std::slice::from_ref(step)).unwrap();
            moments.push(runtime.block_on(read(&database)).unwrap());
        }
        let (done, changes) = (AtomicBool::new(false), AtomicUsize::new(0));
        let mut reads = 0;
        let mut problems = Vec::new();
        let mut seen = vec![0; moments.len()];
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    for step in &steps {
                        execute_each(database.url(), std::slice::from_ref(step)).unwrap();
                        thread::sleep(pause(dialect, changes.fetch_add(1, Ordering::SeqCst)));
                    }
                }
            });
            scope.spawn(|| {
                runtime.block_on(async {
                    while reads < READS || changes.load(Ordering::SeqCst) < CHANGES {
                        reads += 1;
                        match read(&database).await {
                            Ok(found) => match moments.iter().position(|moment| *moment == found) {
                                Some(at) => seen[at] += 1,
                                None => {
                                    problems.push(format!("{dialect}: it never was like this: {}", outline(&found)))
                                }
                            },
                            Err(error) => problems.push(format!("{dialect}: {error}")),
                        }
                    }
                });
                done.store(true, Ordering::SeqCst);
            });
        });
        println!("{dialect}: {reads} reads while it changed {changes:?} times; of the moments were seen: {seen:?}");
        assert!(seen.iter().filter(|reads| **reads > 0).count() > 1, "{dialect}: it was always the same moment");
        assert!(problems.is_empty(), "{} of {reads}:\n{}", problems.len(), problems.join("\n"));
    }
}

async fn read(database: &TestDatabase) -> Result<Schema, String> {
    let url = DatabaseUrl::parse(database.url()).unwrap();
    let mut connection = Connection::open_existing(&url).await.map_err(|error| error.to_string())?.unwrap();
    let found = cqrs_migrate::introspect(&mut connection, &Selection::default()).await;
    connection.close().await;
    found.map(|found| found.schema).map_err(|error| error.to_string())
}

fn outline(schema: &Schema) -> String {
    let tables = schema.tables.values().map(|table| {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_ref()).collect();
        let parts = [table.indexes.len(), table.checks.len(), table.foreign_keys.len()];
        format!("{} ({}) {parts:?}", table.name, columns.join(", "))
    });
    let views = schema.views.values().map(|view| format!("view {} {}", view.name, view.query));
    tables.chain(views).collect::<Vec<_>>().join("; ")
}
