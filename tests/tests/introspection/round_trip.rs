//! Every schema that there is, introspected and made again.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cqrs_tests::round_trip::{Outcome, SchemaFile, own_files, run, shared_files};

#[test]
fn own_schemas_are_made_again_exactly() {
    let files = own_files();
    assert!(files.len() >= 3);
    report(&files, &run(&files));
}

/// `docs/conformance.md` says how each of them fares; `CQRS_BLESS=1` writes it.
#[test]
fn real_schemas_are_made_again_exactly() {
    let files = shared_files();
    let outcomes = run(&files);
    // Of a part of them no table can be made.
    if !files.is_empty() && outcomes.iter().all(Option::is_some) {
        compare_with_papers(&table(&files, &outcomes));
    }
    report(&files, &outcomes);
}

/// Fails with every problem of every file.
#[track_caller]
pub(crate) fn report(files: &[SchemaFile], outcomes: &[Option<Outcome>]) {
    let mut problems = Vec::new();
    for (file, outcome) in files.iter().zip(outcomes) {
        let of_file = outcome.iter().flat_map(|outcome| &outcome.problems);
        problems.extend(of_file.map(|problem| format!("{file}: {problem}")));
    }
    assert!(problems.is_empty(), "{} problems:\n\n{}", problems.len(), problems.join("\n\n"));
}

const BEGIN: &str = "<!-- made by the test: begin -->\n";
const END: &str = "<!-- made by the test: end -->\n";

fn table(files: &[SchemaFile], outcomes: &[Option<Outcome>]) -> String {
    let mut text =
        "| schema | database | tables | views | objects in all | made again exactly | not managed |\n".to_owned();
    text.push_str("|---|---|---|---|---|---|---|\n");
    for (file, outcome) in files.iter().zip(outcomes).filter_map(|(file, outcome)| Some((file, outcome.as_ref()?))) {
        let exactly = if outcome.problems.is_empty() {
            "yes".to_owned()
        } else {
            format!("no: {} differences", outcome.problems.len())
        };
        let not_managed =
            if outcome.not_managed.is_empty() { "nothing".to_owned() } else { outcome.not_managed.join("; ") };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {exactly} | {not_managed} |",
            file.name,
            database(file),
            outcome.tables,
            outcome.views,
            outcome.objects,
        );
    }
    text
}

fn database(file: &SchemaFile) -> &'static str {
    match file.dialect {
        cqrs_migrate::Dialect::Sqlite => "SQLite",
        cqrs_migrate::Dialect::Postgres => "PostgreSQL",
        cqrs_migrate::Dialect::MySql => "MariaDB",
    }
}

fn compare_with_papers(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/conformance.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if env::var_os("CQRS_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, table, "`docs/conformance.md` says something else: CQRS_BLESS=1 writes what is so");
    }
}
