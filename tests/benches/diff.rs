//! What comparing costs.
//!
//! ```text
//! cargo bench -p cqrs-tests --bench diff                        # 1,000, 5,000 and 10,000 tables
//! cargo bench -p cqrs-tests --bench diff -- 1000 20000          # these sizes
//! cargo bench -p cqrs-tests --bench diff -- postgres            # a check that finds nothing, on this database alone
//! ```
//!
//! Two things are measured, each as the median of some runs (of their ratio, where two are compared):
//!
//! 1. the diff alone, of two schemas in memory that differ in a hundred tables, beside the smallest size, for the growth;
//! 2. a check that finds nothing, which reads a database, lowers what is declared and compares, beside reading alone. The
//!    two take turns.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "its result is what it prints")]

use std::env;
use std::time::Instant;

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, ForeignKey, Index, IndexKey, IndexPart, ObjectName, PrimaryKey, Schema,
    Table,
};
use cqrs_migrate::diff::{Renames, diff};
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Migrator, Selection, introspect};
use cqrs_tests::{TestDatabase, fresh, sample};

const RUNS: usize = 15;

/// How many tables differ.
const CHANGES: usize = 100;

/// How many tables a database has in which a check finds nothing.
const TABLES_OF_CHECK: usize = 1000;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let named: Vec<Dialect> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if named.is_empty() {
        let sizes = if sizes.is_empty() { vec![1_000, 5_000, 10_000] } else { sizes };
        diff_alone(&sizes);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for dialect in Dialect::ALL.into_iter().filter(|dialect| named.is_empty() || named.contains(dialect)) {
        let Some(database) = fresh(dialect) else { continue };
        sample::make_tables(&database, TABLES_OF_CHECK);
        runtime.block_on(check_that_finds_nothing(&database));
    }
}

fn diff_alone(sizes: &[usize]) {
    println!("the diff alone, {CHANGES} tables of which differ: median of {RUNS} runs");
    let mut smallest: Option<(usize, f64)> = None;
    for &size in sizes {
        let before = schema(size);
        let mut after = before.clone();
        let step = (size / CHANGES).max(1);
        for table in after.tables.values_mut().step_by(step).take(CHANGES) {
            table.columns.to_mut().push(text_column("added"));
        }
        let time = median((0..RUNS).map(|_| {
            let start = Instant::now();
            let changes = diff(&before, &after, &Renames::default());
            assert_eq!(changes.len(), CHANGES.min(size));
            start.elapsed().as_secs_f64()
        }));
        let (least, least_time) = *smallest.get_or_insert((size, time));
        println!(
            "  {size:>6} tables {:>9.1} ms {:>8.2} x the time of {least} for {:.2} x the tables",
            time * 1000.0,
            time / least_time,
            size as f64 / least as f64
        );
    }
}

/// Tables of twelve columns, each with a key, a foreign key, two indexes and a check.
fn schema(size: usize) -> Schema {
    let mut schema = Schema::new();
    for number in 0..size {
        let mut table = Table::new(format!("table_{number}"));
        table.columns = (0..12).map(|at| text_column(&format!("column_{at}"))).collect();
        let name = |suffix: &str| Some(format!("table_{number}_{suffix}").into());
        table.primary_key =
            Some(PrimaryKey { name: name("pkey"), columns: vec!["column_0".into()].into(), ..PrimaryKey::default() });
        let index = |at: usize| Index {
            name: name(&format!("index_{at}")),
            parts: vec![IndexPart::new(IndexKey::Column(format!("column_{at}").into()))].into(),
            ..Index::default()
        };
        table.indexes = vec![index(1), index(2)].into();
        let check = Check { name: name("check"), expression: "column_3 <> ''::text".into(), ..Check::default() };
        table.checks = vec![check].into();
        let key = ForeignKey {
            name: name("fkey"),
            columns: vec!["column_4".into()].into(),
            references: ObjectName::new(format!("table_{}", number / 2)),
            referenced_columns: vec!["column_0".into()].into(),
            ..ForeignKey::default()
        };
        table.foreign_keys = vec![key].into();
        schema.add_table(table);
    }
    schema
}

fn text_column(name: &str) -> Column {
    let default = Some(DefaultValue::expression("'x'::text"));
    Column { nullable: true, default, ..Column::new(name.to_owned(), ColumnType::native("text")) }
}

async fn check_that_finds_nothing(database: &TestDatabase) {
    let url = DatabaseUrl::parse(database.url()).unwrap();
    let read = async || {
        let mut connection = Connection::open(&url).await.unwrap();
        let found = introspect(&mut connection, &Selection::default()).await.unwrap();
        connection.close().await;
        found.schema
    };
    // As models declare it: only what they say.
    let declared = Schema::declare(read().await.tables.into_values()).unwrap();
    compare("no history", database, &declared, &read).await;
    Migrator::new(database.url(), declared.clone()).unwrap().migrate().await.unwrap();
    compare("a history of all of them", database, &declared, &read).await;
}

/// What a check costs beside reading alone.
async fn compare(what: &str, database: &TestDatabase, declared: &Schema, read: &impl AsyncFn() -> Schema) {
    let (mut reading, mut checking) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let start = Instant::now();
        drop(read().await);
        reading.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let planned = Migrator::new(database.url(), declared.clone()).unwrap().plan().await.unwrap();
        checking.push(start.elapsed().as_secs_f64());
        assert!(planned.plan.is_empty(), "{planned}");
    }
    // Of the two that follow each other: the machine's own speed is not the same all the time.
    let ratio = median(checking.iter().zip(&reading).map(|(check, read)| check / read));
    println!(
        "{}, {TABLES_OF_CHECK} tables, {what}: reading {:.1} ms, a check that finds nothing {:.1} ms: {ratio:.2} x",
        database.dialect(),
        median(reading) * 1000.0,
        median(checking) * 1000.0,
    );
}

fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
