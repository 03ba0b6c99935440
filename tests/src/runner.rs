//! Runs cases on real databases.

use std::env;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use cqrs_core::schema::Schema;
use cqrs_migrate::diff::{Renames, diff};
use cqrs_migrate::{Dialect, Planned};

use crate::case::{Case, CaseOption, tidy};
use crate::{TestDatabase, database, road, sql};

/// The folder of a topic's cases.
#[must_use]
pub fn cases(topic: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(topic)
}

/// Runs every case of a folder and the folders below on every database, and holds:
///
/// 1. an empty database is migrated to `before`;
/// 2. the plan from there to `after` is the expected one, or with `CQRS_BLESS=1` becomes it; a refusal changes nothing;
/// 3. it is migrated to `after`, what `keep` queries stays the same, and a second plan is empty;
/// 4. it is migrated back to `before`, and is what it was.
///
/// `CQRS_CASE=text` runs only the cases whose path contains the text.
///
/// # Panics
/// With everything that does not hold, in all cases.
pub fn run_cases(folder: &Path) {
    let bless = env::var_os("CQRS_BLESS").is_some_and(|value| value == "1");
    if let Err(problems) = check_cases(folder, bless) {
        panic!("{problems}");
    }
}

/// As [`run_cases`].
///
/// # Errors
/// Everything that does not hold, in all cases.
pub fn check_cases(folder: &Path, bless: bool) -> Result<(), String> {
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
        // The slowest database would keep one core busy and leave the others idle.
        let (first, second) = cases.split_at(cases.len() / 2);
        Dialect::ALL
            .map(|dialect| [first, second].map(|cases| scope.spawn(move || run_on(dialect, cases))))
            .map(|halves| halves.map(|half| half.join().unwrap_or_else(|panic| resume_unwind(panic))))
            .map(|halves| halves.into_iter().flatten().collect::<Vec<_>>())
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

fn run_on(dialect: Dialect, cases: &[(PathBuf, Case)]) -> Vec<Outcome> {
    let run = |(_, case): &(PathBuf, Case)| {
        let Some(database) = database::fresh(dialect) else { return Outcome::default() };
        let mut outcome = Outcome::default();
        outcome.problem = run_one(case, &database, &mut outcome.actual).err();
        outcome
    };
    cases.iter().map(run).collect()
}

fn run_one(case: &Case, database: &TestDatabase, actual: &mut Option<String>) -> Result<(), String> {
    let start = match migrate(database, case.before()) {
        Ok(start) => start,
        Err(message) => {
            *actual = Some(tidy(&format!("error in `before`: {message}")));
            return Ok(());
        }
    };
    if !case.rows().is_empty() {
        sql::try_execute(database.url(), case.rows())
            .map_err(|error| format!("the database refuses `rows`: {error}"))?;
    }
    let kept = keep(case, database, Side::Before)?;

    let migrator =
        road::migrator(database, case.after(), case.options()).map_err(|error| format!("`after`: {error}"))?;
    let planned = road::migrate(&migrator);
    *actual = Some(match &planned {
        Ok(planned) => script(planned),
        Err(message) => tidy(&format!("error: {}", without_scratch_name(&message.replace(&database.name(), "test")))),
    });
    let planned = match planned {
        Ok(planned) => planned,
        Err(message) => {
            // Steps that were committed before the one that failed are done, and recorded.
            let partly = message.starts_with("step ") && !message.contains("nothing was changed");
            if !partly {
                same_schema(&start, &road::introspect(database)?, "a refusal changes something")?;
            }
            return same_rows(case, &kept, &keep(case, database, Side::Before)?);
        }
    };
    same_rows(case, &kept, &keep(case, database, Side::After)?)?;
    // Nobody answers twice what is recorded.
    let unanswered: Vec<CaseOption> =
        case.options().iter().filter(|option| !matches!(option, CaseOption::Rename { .. })).cloned().collect();
    let migrator = road::migrator(database, case.after(), &unanswered).map_err(|error| format!("`after`: {error}"))?;
    let again = road::plan(&migrator).map_err(|error| format!("a second plan is refused: {error}"))?;
    if !again.is_empty() {
        return Err(format!("a second plan is not empty:\n{}", script(&again)));
    }
    let arrived = road::introspect(database)?;
    go_back(case, database, &planned, &arrived, &kept)
        .and_then(|end| same_schema(&start, &end, "not what it was after going back"))
}

/// From `after` to `before`, with every hazard allowed. The rows stay unless a column comes back that they need values
/// for; and what was kept until here is still there, unless a hazard was taken on the way there.
fn go_back(
    case: &Case,
    database: &TestDatabase,
    planned: &Planned,
    arrived: &Schema,
    kept: &[sql::Rows],
) -> Result<Schema, String> {
    let back = road::migrator(database, case.before(), &[])?.renames(road::renames_back(&planned.changes));
    let careful = road::reckless(back.clone(), &["FAIL002"]);
    let needs_values = match road::migrate(&careful) {
        Ok(_) => false,
        Err(error) if error.contains("FAIL002") => {
            road::delete_rows(database, arrived)?;
            road::migrate(&road::reckless(back, &[]))
                .map_err(|error| format!("going back without rows fails: {error}"))?;
            true
        }
        Err(error) => return Err(format!("going back fails: {error}")),
    };
    if !needs_values && !planned.hazards.iter().any(|hazard| hazard.code.starts_with("DATA")) {
        same_rows(case, kept, &keep(case, database, Side::Before)?).map_err(|error| format!("going back: {error}"))?;
    }
    road::introspect(database)
}

fn migrate(database: &TestDatabase, models: &str) -> Result<Schema, String> {
    road::migrate(&road::migrator(database, models, &[])?)?;
    road::introspect(database)
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

fn keep(case: &Case, database: &TestDatabase, side: Side) -> Result<Vec<sql::Rows>, String> {
    let rows = |query: &String| {
        sql::query(database.url(), std::slice::from_ref(query)).map_err(|error| format!("`{query}`: {error}"))
    };
    case.keep()
        .iter()
        .map(|kept| match side {
            Side::Before => rows(&kept.before),
            Side::After => rows(&kept.after),
        })
        .collect()
}

fn same_rows(case: &Case, before: &[sql::Rows], after: &[sql::Rows]) -> Result<(), String> {
    for ((kept, before), after) in case.keep().iter().zip(before).zip(after) {
        if before != after {
            return Err(format!("not kept: `{}`\n  before: {before:?}\n  after:  {after:?}", kept.before));
        }
    }
    Ok(())
}

fn same_schema(expected: &Schema, actual: &Schema, problem: &str) -> Result<(), String> {
    if expected == actual {
        return Ok(());
    }
    let changes = diff(actual, expected, &Renames::default());
    Err(format!("{problem}; still to be done:\n{changes:#?}"))
}

/// MariaDB names in its messages the table that it is making: `#sql-alter-3d05-e`.
fn without_scratch_name(message: &str) -> String {
    match message.split_once("#sql-alter-") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_hexdigit() || c == '-');
            format!("{before}#sql-alter{after}")
        }
        None => message.to_owned(),
    }
}

fn script(planned: &Planned) -> String {
    let ended: Vec<String> = planned.plan.statements().iter().map(|statement| format!("{};", statement.sql)).collect();
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
