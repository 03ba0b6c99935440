//! Runs cases on real databases.

use std::env;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use cqrs_migrate::Dialect;

use crate::case::{Case, CaseOption, tidy};
use crate::{TestDatabase, database, sql};

/// What takes a live database to the models given as Rust source: the statements in order, or the message of a
/// refusal.
pub type Planner<'a> = &'a (dyn Fn(&TestDatabase, &str, &[CaseOption]) -> Result<Vec<String>, String> + Sync);

/// The folder of a topic's cases.
#[must_use]
pub fn cases(topic: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(topic)
}

/// Runs every case of a folder and the folders below on every database, and holds:
///
/// 1. the plan to `before` is accepted by an empty database;
/// 2. the plan from there to `after` is the expected one, or with `CQRS_BLESS=1` becomes it;
/// 3. the database accepts it, and what `keep` queries stays the same;
/// 4. a second plan to `after` is empty.
///
/// `CQRS_CASE=text` runs only the cases whose path contains the text.
///
/// # Panics
/// With everything that does not hold, in all cases.
pub fn run_cases(folder: &Path, plan: Planner<'_>) {
    let bless = env::var_os("CQRS_BLESS").is_some_and(|value| value == "1");
    if let Err(problems) = check_cases(folder, plan, bless) {
        panic!("{problems}");
    }
}

/// As [`run_cases`].
///
/// # Errors
/// Everything that does not hold, in all cases.
pub fn check_cases(folder: &Path, plan: Planner<'_>, bless: bool) -> Result<(), String> {
    let mut problems = Vec::new();
    let mut cases = Vec::new();
    let files = case_files(folder);
    if files.is_empty() {
        return Err(format!("there are no cases in `{}`", folder.display()));
    }
    let wanted = env::var("CQRS_CASE").unwrap_or_default();
    for file in files.into_iter().filter(|file| file.to_string_lossy().contains(&wanted)) {
        match read(&file) {
            Ok(case) => cases.push((file, case)),
            Err(error) => problems.push(format!("{}: {error}", file.display())),
        }
    }
    let outcomes = thread::scope(|scope| {
        let cases = &cases;
        Dialect::ALL
            .map(|dialect| scope.spawn(move || run_on(dialect, cases, plan)))
            .map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    for (dialect, outcomes) in Dialect::ALL.into_iter().zip(outcomes) {
        for ((file, case), outcome) in cases.iter_mut().zip(outcomes) {
            let unexpected = match &outcome.actual {
                Some(actual) if bless => {
                    case.set_expected(dialect, actual);
                    None
                }
                Some(actual) => difference(case.expected(dialect), actual),
                None => None,
            };
            let found = outcome.problem.into_iter().chain(unexpected);
            problems.extend(found.map(|problem| format!("{} on {dialect}: {problem}", file.display())));
        }
    }
    if bless {
        for (file, case) in &cases {
            fs::write(file, case.to_string()).map_err(|error| format!("cannot write `{}`: {error}", file.display()))?;
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
}

/// What came of one case on one database.
#[derive(Default)]
struct Outcome {
    /// What stands in the database's section; `None` where it did not come to that, or there is no such database.
    actual: Option<String>,
    problem: Option<String>,
}

fn run_on(dialect: Dialect, cases: &[(PathBuf, Case)], plan: Planner<'_>) -> Vec<Outcome> {
    let run = |(_, case): &(PathBuf, Case)| {
        let Some(database) = database::fresh(dialect) else { return Outcome::default() };
        let mut outcome = Outcome::default();
        outcome.problem = run_one(case, &database, plan, &mut outcome.actual).err();
        outcome
    };
    cases.iter().map(run).collect()
}

fn run_one(case: &Case, database: &TestDatabase, plan: Planner<'_>, actual: &mut Option<String>) -> Result<(), String> {
    let url = database.url();
    let before = plan(database, case.before(), &[]).map_err(|error| format!("cannot plan `before`: {error}"))?;
    apply(url, &before, "before")?;
    if !case.rows().is_empty() {
        sql::try_execute(url, case.rows()).map_err(|error| format!("the database refuses `rows`: {error}"))?;
    }
    let kept = keep(url, case.keep().iter().map(|kept| &kept.before))?;

    let planned = plan(database, case.after(), case.options());
    *actual = Some(match &planned {
        Ok(statements) => script(statements),
        Err(message) => tidy(&format!("error: {message}")),
    });
    let Ok(statements) = planned else { return Ok(()) };
    apply(url, &statements, "after")?;
    for ((kept, before), after) in
        case.keep().iter().zip(kept).zip(keep(url, case.keep().iter().map(|kept| &kept.after))?)
    {
        if before != after {
            return Err(format!("not kept: `{}`\n  before: {before:?}\n  after:  {after:?}", kept.before));
        }
    }
    match plan(database, case.after(), case.options()) {
        Ok(again) if again.is_empty() => Ok(()),
        Ok(again) => Err(format!("a second plan is not empty:\n{}", script(&again))),
        Err(message) => Err(format!("a second plan is refused: {message}")),
    }
}

fn apply(url: &str, statements: &[String], what: &str) -> Result<(), String> {
    sql::execute_each(url, statements)
        .map_err(|error| format!("the database refuses `{what}`: {error}\n{}", script(statements)))
}

fn keep<'a>(url: &str, queries: impl Iterator<Item = &'a String>) -> Result<Vec<sql::Rows>, String> {
    queries
        .map(|query| sql::query(url, std::slice::from_ref(query)).map_err(|error| format!("`{query}`: {error}")))
        .collect()
}

fn script(statements: &[String]) -> String {
    let ended: Vec<String> = statements.iter().map(|statement| format!("{statement};")).collect();
    tidy(&ended.join("\n"))
}

fn difference(expected: Option<&str>, actual: &str) -> Option<String> {
    let help = "to accept this: CQRS_BLESS=1";
    match expected {
        Some(expected) if expected == actual => None,
        Some(expected) => Some(format!("not as expected\n--- expected\n{expected}\n--- actual\n{actual}\n--- {help}")),
        None => Some(format!("nothing is expected yet\n--- actual\n{actual}\n--- {help}")),
    }
}

fn read(file: &Path) -> Result<Case, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    Case::parse(&text).map_err(|error| error.to_string())
}

/// Every `.txt` file below a folder, in order.
#[must_use]
pub fn case_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
