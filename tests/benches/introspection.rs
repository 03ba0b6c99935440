//! How long introspection takes and how much memory, beside `pg_dump -s`, the bare catalog queries and sea-schema.
//!
//! ```text
//! cargo bench -p cqrs-tests --bench introspection                       # 100 and 1,000 tables, about a minute
//! cargo bench -p cqrs-tests --bench introspection -- 100 1000 10000     # these sizes
//! cargo bench -p cqrs-tests --bench introspection -- 1000 postgres      # one database
//! ```
//!
//! The bare queries are what introspection has sent, by the server's log, sent again in the same order over the same
//! driver, their rows fetched and dropped. Everything but the CPU time on SQLite includes connecting. The runs of what is
//! compared take turns, and their median is printed. sea-schema runs once, for at most twenty seconds.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "its result is what it prints")]

use std::collections::BTreeSet;
use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

use cqrs_core::schema::ObjectName;
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Introspected, Selection, introspect};
use cqrs_tests::sent::{self, Sent};
use cqrs_tests::{TestDatabase, dump, fresh, sample};
use sqlx::{AssertSqlSafe, Connection as _};

const RUNS: usize = 5;

/// Names the database that a child process reads, to tell how much memory it took.
const CHILD: &str = "CQRS_BENCH_READ";

/// What sea-schema needs for more takes minutes.
const MOST_FOR_SEA_SCHEMA: usize = 100;

/// It is stopped after this time.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    if let Ok(url) = env::var(CHILD) {
        runtime.block_on(read(&url, &Selection::default()));
        println!("{}", peak_memory().unwrap_or_default());
        return;
    }
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let named: Vec<Dialect> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1000] } else { sizes };
    for dialect in Dialect::ALL.into_iter().filter(|dialect| named.is_empty() || named.contains(dialect)) {
        for &size in &sizes {
            let Some(database) = fresh(dialect) else { continue };
            sample::make_tables(&database, size);
            runtime.block_on(measure(&database, size));
        }
    }
}

async fn measure(database: &TestDatabase, size: usize) {
    let log = sent::log(database);
    let found = read(database.url(), &Selection::default()).await;
    assert_eq!(found.schema.tables.len(), size);
    let queries = log.map(sent::Log::end).unwrap_or_default();
    let ten = Selection {
        tables: Some(
            (1..=size)
                .rev()
                .step_by(size.div_ceil(10))
                .map(|at| ObjectName::new(format!("t{at}")))
                .collect::<BTreeSet<_>>(),
        ),
        ..Selection::schema_only()
    };

    let mut times = Times::default();
    for _ in 0..RUNS {
        times.take("introspection", async { drop(read(database.url(), &Selection::default()).await) }).await;
        times
            .take("  without what is not managed", async {
                drop(read(database.url(), &Selection::schema_only()).await)
            })
            .await;
        times.take("  ten of the tables", async { drop(read(database.url(), &ten).await) }).await;
        if !queries.is_empty() {
            times.take("the bare queries", send(database, &queries)).await;
        }
        if database.dialect() == Dialect::Postgres {
            times.take("pg_dump -s", async { drop(dump::pg_dump(database).unwrap()) }).await;
        }
        if database.dialect() == Dialect::Sqlite {
            times.add("introspection, CPU", cpu_of_reading(database.url()).await);
        }
    }
    if database.dialect() == Dialect::Postgres && size <= MOST_FOR_SEA_SCHEMA {
        // Its time is this one where it was stopped.
        let discovered = async { drop(tokio::time::timeout(PATIENCE, discover(database.url())).await) };
        times.take("sea-schema, once", discovered).await;
    }
    times.print(&format!("{}, {size} tables", version(database.url()).await), queries.len());
    println!("  {:<32}{:>10} MB at its peak\n", "memory of a process that reads", memory_of_reading(database.url()));
}

async fn open(url: &str) -> Connection {
    Connection::open(&DatabaseUrl::parse(url).unwrap()).await.unwrap()
}

async fn read(url: &str, selection: &Selection) -> Introspected {
    let mut connection = open(url).await;
    let found = introspect(&mut connection, selection).await.unwrap();
    connection.close().await;
    found
}

async fn version(url: &str) -> String {
    open(url).await.version().await.unwrap()
}

/// The same statements over the bare driver.
async fn send(database: &TestDatabase, statements: &[Sent]) {
    macro_rules! send {
        ($connection:ty) => {{
            let mut connection = <$connection>::connect(database.url()).await.unwrap();
            for Sent { sql, prepared } in statements {
                let sql = AssertSqlSafe(sql.clone());
                if *prepared {
                    sqlx::query(sql).execute(&mut connection).await.unwrap();
                } else {
                    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                }
            }
            connection.close().await.unwrap();
        }};
    }
    match database.dialect() {
        Dialect::Sqlite => {}
        Dialect::Postgres => send!(sqlx::PgConnection),
        Dialect::MySql => send!(sqlx::MySqlConnection),
    }
}

async fn discover(url: &str) {
    let pool = sqlx::PgPool::connect(url).await.unwrap();
    let discovery = sea_schema::postgres::discovery::SchemaDiscovery::new(pool, "public");
    assert!(!discovery.discover().await.unwrap().tables.is_empty());
}

/// In megabytes, by a process that does nothing else.
fn memory_of_reading(url: &str) -> String {
    let output = Command::new(env::current_exe().unwrap()).env(CHILD, url).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Linux tells it: <https://man7.org/linux/man-pages/man5/proc_pid_status.5.html>
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(format!("{:.1}", kilobytes / 1024.0))
}

/// What reading takes of one core, in all of this process's threads; without connecting.
async fn cpu_of_reading(url: &str) -> Option<Duration> {
    let mut connection = open(url).await;
    let before = cpu_time()?;
    let found = introspect(&mut connection, &Selection::default()).await.unwrap();
    let after = cpu_time()?;
    drop(found);
    connection.close().await;
    after.checked_sub(before)
}

/// The first number is the time on the CPU, in nanoseconds: <https://docs.kernel.org/scheduler/sched-stats.html>
fn cpu_time() -> Option<Duration> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = threads.filter_map(|thread| {
        let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(nanoseconds.sum()))
}

/// The times of each thing, in the order in which the things came first.
#[derive(Default)]
struct Times {
    of: Vec<(&'static str, Vec<Duration>)>,
}

impl Times {
    async fn take(&mut self, name: &'static str, work: impl Future<Output = ()>) {
        let start = Instant::now();
        work.await;
        self.add(name, Some(start.elapsed()));
    }

    fn add(&mut self, name: &'static str, time: Option<Duration>) {
        let Some(time) = time else { return };
        match self.of.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => times.push(time),
            None => self.of.push((name, vec![time])),
        }
    }

    fn median(&self, name: &str) -> Option<f64> {
        let (_, times) = self.of.iter().find(|(known, _)| *known == name)?;
        let mut times = times.clone();
        times.sort();
        Some(times[times.len() / 2].as_secs_f64())
    }

    fn print(&self, title: &str, queries: usize) {
        println!("{title}: median of {RUNS} runs; {queries} statements");
        let (dump, bare) = (self.median("pg_dump -s"), self.median("the bare queries"));
        for (name, times) in &self.of {
            let median = self.median(name).unwrap_or_default();
            let ratio =
                |to: Option<f64>, of: &str| to.map(|to| format!("{:>8.2} x {of}", median / to)).unwrap_or_default();
            let range = times.iter().min().zip(times.iter().max());
            let range = range.map(|(least, most)| format!("{:.1} to {:.1}", ms(*least), ms(*most))).unwrap_or_default();
            println!(
                "  {name:<32}{:>10.1} ms {range:>20}{}{}",
                median * 1000.0,
                ratio(dump, "pg_dump"),
                ratio(bare, "bare"),
            );
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
