//! How long those who read and write a table wait while it changes on PostgreSQL: with the plan that is made for it, and
//! with the statement that one would write without thinking.
//!
//! ```text
//! cargo bench -p cqrs-tests --bench online               # 200,000 rows, about two minutes
//! cargo bench -p cqrs-tests --bench online -- 1000000    # so many rows
//! ```
//!
//! Four connections change and read single rows one after the other; the longest that any of them waited is printed, for the
//! time in which the change runs. A bench in debug mode (`--profile dev`) shows the same: the server does the work.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "its result is what it prints")]

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cqrs_migrate::{Dialect, Migrator};
use cqrs_tests::{TestDatabase, execute, fresh, road};
use sqlx::{Connection as _, PgConnection};
use tokio::runtime::Runtime;

const CONNECTIONS: u64 = 4;

const MODELS: &str = r#"
/// What others refer to.
#[object_model(table = "kinds")]
pub struct Kind {
    #[column(primary_key)]
    pub id: i64,
}
/// What is read and written.
#[object_model(table = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 80)]
    pub name: String,
    pub note: Option<String>,
    pub stock: i32,
    pub kind_id: i64,
    #[column(indexed)]
    pub place: i32,
}
"#;

/// What changes, what is another in the models, and the statement without thinking.
const CHANGES: [(&str, &str, &str, &str); 13] = [
    ("an index", "#[column(length = 80)]", "#[column(length = 80, indexed)]", "CREATE INDEX i ON items (name)"),
    (
        "a unique constraint",
        "#[column(length = 80)]",
        "#[column(length = 80, unique)]",
        "ALTER TABLE items ADD CONSTRAINT i UNIQUE (name)",
    ),
    (
        "a foreign key",
        "    pub kind_id",
        "    #[column(belongs_to = Kind::id)]\n    pub kind_id",
        "ALTER TABLE items ADD FOREIGN KEY (kind_id) REFERENCES kinds (id)",
    ),
    (
        "a check",
        "    pub stock",
        "    #[column(check = \"stock > -1000000\")]\n    pub stock",
        "ALTER TABLE items ADD CHECK (stock > -1000000)",
    ),
    ("not null", "Option<String>", "String", "ALTER TABLE items ALTER COLUMN note SET NOT NULL"),
    (
        "a column with a default",
        "    pub stock",
        "    #[column(default_value = 1)]\n    pub level: i32,\n    pub stock",
        "ALTER TABLE items ADD COLUMN level integer NOT NULL DEFAULT 1",
    ),
    (
        "a column, filled",
        "    pub stock",
        "    #[column(backfill = \"stock + 1\")]\n    pub level: i32,\n    pub stock",
        "ALTER TABLE items ADD COLUMN level integer; UPDATE items SET level = stock + 1; \
         ALTER TABLE items ALTER COLUMN level SET NOT NULL",
    ),
    (
        "a default for each row",
        "    pub stock",
        "    #[column(default_expr = \"random()\")]\n    pub level: f64,\n    pub stock",
        "ALTER TABLE items ADD COLUMN level double precision NOT NULL DEFAULT random()",
    ),
    (
        "another primary key",
        "    pub kind_id",
        "    #[column(primary_key)]\n    pub kind_id",
        "ALTER TABLE items DROP CONSTRAINT items_pkey, ADD PRIMARY KEY (id, kind_id)",
    ),
    ("a wider text", "length = 80", "length = 200", "ALTER TABLE items ALTER COLUMN name TYPE varchar(200)"),
    ("another type", "pub stock: i32", "pub stock: i64", "ALTER TABLE items ALTER COLUMN stock TYPE bigint"),
    ("an index dropped", "    #[column(indexed)]\n", "", "DROP INDEX items_place_idx"),
    ("a column dropped", "    pub note: Option<String>,\n", "", "ALTER TABLE items DROP COLUMN note"),
];

fn main() {
    let rows = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200_000);
    println!(
        "{rows} rows; the longest that one of {CONNECTIONS} readers and writers waited, and how long the change took"
    );
    println!("{:<26}{:>16}{:>16}{:>16}{:>16}", "", "plan: wait", "change", "naive: wait", "change");
    for (what, from, to, naive) in CHANGES {
        let changed = MODELS.replacen(from, to, 1);
        assert_ne!(changed, MODELS, "{what}");
        let Some((wait, time)) = measure(rows, |database| {
            road::migrate(&migrator(database, &changed)).unwrap();
        }) else {
            println!("no PostgreSQL");
            return;
        };
        let (naive_wait, naive_time) = measure(rows, |database| execute(database.url(), naive)).unwrap();
        let [wait, time, naive_wait, naive_time] = [wait, time, naive_wait, naive_time].map(milliseconds);
        println!("{what:<26}{wait:>16}{time:>16}{naive_wait:>16}{naive_time:>16}");
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

fn migrator(database: &TestDatabase, models: &str) -> Migrator {
    road::reckless(road::migrator(database, models, &[]).unwrap(), &[])
}

/// The longest wait while the change is made, and how long the change took.
fn measure(rows: u64, change: impl FnOnce(&TestDatabase)) -> Option<(Duration, Duration)> {
    let database = fresh(Dialect::Postgres)?;
    road::migrate(&migrator(&database, MODELS)).unwrap();
    execute(
        database.url(),
        &format!(
            "INSERT INTO kinds SELECT generate_series(1, 100);
             INSERT INTO items (id, name, note, stock, kind_id, place)
             SELECT id, 'name ' || id, repeat('note ', 20), 0, 1 + id % 100, id % 1000 FROM generate_series(1, {rows}) id;
             ANALYZE"
        ),
    );
    let stop = Arc::new(AtomicBool::new(false));
    let load: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let (url, stop) = (database.url().to_owned(), Arc::clone(&stop));
            thread::spawn(move || Runtime::new().unwrap().block_on(read_and_write(&url, rows, number, &stop)))
        })
        .collect();
    thread::sleep(Duration::from_secs(1));
    let begun = Instant::now();
    change(&database);
    let time = begun.elapsed();
    stop.store(true, Ordering::Relaxed);
    let waits = load.into_iter().flat_map(|thread| thread.join().unwrap());
    let longest = waits.filter(|(at, wait)| *at + *wait >= begun).map(|(_, wait)| wait).max();
    Some((longest.unwrap_or_default(), time))
}

/// When each statement began, and how long it took. The short ones are left out.
async fn read_and_write(url: &str, rows: u64, number: u64, stop: &AtomicBool) -> Vec<(Instant, Duration)> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let mut waits = Vec::new();
    let mut id = number;
    while !stop.load(Ordering::Relaxed) {
        id = (id * 6_364_136_223 + 1_442_695) % rows;
        let id = i64::try_from(id + 1).unwrap();
        for sql in ["UPDATE items SET stock = stock + 1 WHERE id = $1", "SELECT name FROM items WHERE id = $1"] {
            let begun = Instant::now();
            // Without a plan that is kept: a change of the table would make it an error once.
            sqlx::query(sql).persistent(false).bind(id).execute(&mut connection).await.unwrap();
            let wait = begun.elapsed();
            if wait > Duration::from_millis(1) {
                waits.push((begun, wait));
            }
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    connection.close().await.unwrap();
    waits
}
