//! Ways from one schema to another: those of `tests/changes`, and a sample of the independent cases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::thread;

use cqrs_tests::Dialect;
use cqrs_tests::change_files;
use cqrs_tests::judge::{Verdict, judge};
use serde::Deserialize;

/// How many independent cases of a database are tried, unless `CQRS_ALL_CASES` is set: a minute's worth of all three.
fn sample_of(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Sqlite => 40,
        Dialect::MySql => 24,
        Dialect::Postgres => 14,
    }
}

/// What is known to be stopped by its rows while no hazard says so. One that arrives must go.
const KNOWN: [&str; 0] = [];

#[test]
fn every_change_goes_there_and_back() {
    let problems = change_files::judge_all();
    assert!(problems.is_empty(), "{} problems:\n\n{}", problems.len(), problems.join("\n\n"));
}

#[test]
fn every_property_has_a_file_that_changes_it() {
    let problems = change_files::unlisted_properties();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// `docs/conformance.md` says which; `CQRS_BLESS=1` writes it.
#[test]
fn the_papers_name_the_files_of_each_property() {
    const BEGIN: &str = "<!-- made by the test of changes: begin -->\n";
    const END: &str = "<!-- made by the test of changes: end -->\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/conformance.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = change_files::table_of_properties();
    if env::var_os("CQRS_BLESS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, table, "`docs/conformance.md` says something else: CQRS_BLESS=1 writes what is so");
    }
}

/// A line of `../shared/cases/*.jsonl`.
#[derive(Debug, Deserialize)]
struct Case {
    suite: String,
    name: String,
    dialect: String,
    before_sql: String,
    after_sql: String,
    #[serde(default)]
    roles: Vec<String>,
}

#[test]
fn independent_cases_arrive() {
    let Some(cases) = cases() else {
        let _ = writeln!(
            std::io::stderr(),
            "\nNOT TESTED: independent cases: there is no `../shared`, and CQRS_SHARED_DIR names no other\n"
        );
        return;
    };
    let problems: Vec<String> = thread::scope(|scope| {
        let threads = Dialect::ALL.map(|dialect| {
            let mine: Vec<&Case> = cases.iter().filter(|case| case.dialect == dialect.name()).collect();
            scope.spawn(move || judge_sample(dialect, &mine))
        });
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    assert!(problems.is_empty(), "{} problems:\n\n{}", problems.len(), problems.join("\n\n"));
}

/// Every n-th of the cases, so that they are the same in every run.
fn judge_sample(dialect: Dialect, cases: &[&Case]) -> Vec<String> {
    let step =
        if env::var_os("CQRS_ALL_CASES").is_some() { 1 } else { cases.len().div_ceil(sample_of(dialect)).max(1) };
    let wanted = env::var("CQRS_CASE").unwrap_or_default();
    let (mut exact, mut not_taken) = (0, 0);
    let mut problems = Vec::new();
    for case in cases.iter().step_by(step).filter(|case| case.name.contains(&wanted)) {
        let name = format!("{}/{}", case.suite, case.name);
        let is_known = KNOWN.contains(&name.as_str());
        match judge(dialect, &case.before_sql, &case.after_sql) {
            Some(Verdict::Exact(_)) if is_known => problems.push(format!("{name}: arrives: take it out of KNOWN")),
            Some(_) if is_known => not_taken += 1,
            None => not_taken += 1,
            Some(Verdict::Exact(_)) => exact += 1,
            Some(Verdict::Refused(why)) => problems.push(format!("{name}: refused: {why}")),
            Some(Verdict::Wrong(what, script)) => {
                problems.push(format!("{name}: {what}\n{script}"));
            }
        }
    }
    let _ = writeln!(
        std::io::stderr(),
        "{dialect}: {exact} exact, {} not, {not_taken} known or not taken by the server",
        problems.len()
    );
    problems
}

/// In order of their names. Those that need roles of the server are left to the replay.
fn cases() -> Option<Vec<Case>> {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = match env::var_os("CQRS_SHARED_DIR") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![workspace.join("../shared"), workspace.join("../../shared")],
    };
    let folder = folders.into_iter().map(|folder| folder.join("cases")).find(|folder| folder.is_dir())?;
    let mut cases: Vec<Case> = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            let text = fs::read_to_string(&path).unwrap();
            cases.extend(text.lines().map(|line| serde_json::from_str::<Case>(line).unwrap()));
        }
    }
    let needs_role = |case: &Case| {
        let sql = (case.before_sql.clone() + &case.after_sql).to_uppercase();
        case.dialect == "postgres" && (!case.roles.is_empty() || sql.contains("GRANT ") || sql.contains("ROLE "))
    };
    cases.retain(|case| !needs_role(case));
    cases.sort_by(|a, b| (&a.suite, &a.name).cmp(&(&b.suite, &b.name)));
    Some(cases)
}
