//! Ways from one schema to others and back, in one database's own SQL: `tests/changes/DATABASE/*.sql`.
//!
//! ```sql
//! -- What this shows, in a line or more.
//! -- properties: a property, another
//!
//! -- == without ==
//! CREATE TABLE t (a int);
//!
//! -- == with ==
//! CREATE TABLE t (a int CHECK (a > 0));
//!
//! -- == altered ==
//! CREATE TABLE t (a int CHECK (a > 1));
//!
//! -- == without to with ==
//! -- == with to altered ==
//! -- == altered to with ==
//! -- == with to without ==
//! ```
//!
//! The states are walked in their order and back, every step judged ([`crate::judge`]). What follows them are the statements
//! that are planned, or `-- refused: ` and why; `CQRS_BLESS=1` writes them.
//!
//! `tests/changes/DATABASE.txt` lists the properties that can change, a line each: every one has its file, and no file
//! names another.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use cqrs_migrate::Dialect;

use crate::judge::{Verdict, walk};

/// How many of a server's databases are worked on at a time.
const AT_A_TIME: usize = 2;

/// Judges every file of every database. `CQRS_CASE=text` takes only those whose path contains the text. Returns what does
/// not hold.
///
/// # Panics
/// Where a file cannot be read or written.
#[must_use]
pub fn judge_all() -> Vec<String> {
    let wanted = env::var("CQRS_CASE").unwrap_or_default();
    let of = |dialect: Dialect, nth: usize| {
        let mut files = files(dialect);
        files.retain(|file| file.path.to_string_lossy().contains(&wanted));
        files.iter().skip(nth).step_by(AT_A_TIME).flat_map(|file| file.judge(dialect)).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let turns = Dialect::ALL.into_iter().flat_map(|dialect| (0..AT_A_TIME).map(move |nth| (dialect, nth)));
        let threads: Vec<_> = turns.map(|(dialect, nth)| scope.spawn(move || of(dialect, nth))).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// The properties that no file shows, and those that are shown and not listed.
///
/// # Panics
/// Where a file cannot be read.
#[must_use]
pub fn unlisted_properties() -> Vec<String> {
    let of = |dialect: Dialect| {
        let listed = properties(dialect);
        let shown: BTreeSet<String> = files(dialect).iter().flat_map(File::properties).collect();
        let not_shown = listed.iter().filter(|property| !shown.contains(*property));
        let not_listed = shown.iter().filter(|property| !listed.contains(property));
        let not_shown = not_shown.map(|property| format!("{dialect}: no file shows `{property}`"));
        not_shown.chain(not_listed.map(|property| format!("{dialect}: `{property}` is not listed"))).collect::<Vec<_>>()
    };
    Dialect::ALL.into_iter().flat_map(of).collect()
}

/// A table for each database: the properties, the files that show them, and what is refused of it.
///
/// # Panics
/// Where a file cannot be read.
#[must_use]
pub fn table_of_properties() -> String {
    let mut table = String::new();
    for dialect in [Dialect::Postgres, Dialect::MySql, Dialect::Sqlite] {
        let files = files(dialect);
        let _ = write!(table, "| {} | shown by | refused |\n|---|---|---|\n", title(dialect));
        for property in properties(dialect) {
            let shown: Vec<&File> = files.iter().filter(|file| file.properties().contains(&property)).collect();
            let names: Vec<String> = shown.iter().map(|file| format!("`{}`", file.name())).collect();
            let refused: Vec<String> = shown.iter().filter_map(|file| file.refused()).collect();
            let _ = writeln!(table, "| {property} | {} | {} |", names.join(", "), refused.join("; "));
        }
        table.push('\n');
    }
    table
}

fn title(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "PostgreSQL",
        Dialect::MySql => "MariaDB",
        Dialect::Sqlite => "SQLite",
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("changes")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Those that are listed, in their order.
fn properties(dialect: Dialect) -> Vec<String> {
    let text = read(&folder().join(format!("{}.txt", dialect.name())));
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn files(dialect: Dialect) -> Vec<File> {
    let folder = folder().join(dialect.name());
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    paths.sort();
    paths.into_iter().map(File::read).collect()
}

struct File {
    path: PathBuf,
    head: String,
    states: Vec<(String, String)>,
    /// By `A to B`.
    plans: BTreeMap<String, String>,
}

impl File {
    fn read(path: PathBuf) -> Self {
        let text = read(&path);
        let mut sections = text.split("-- == ");
        let head = sections.next().unwrap_or_default().trim().to_owned();
        let named = sections.filter_map(|section| section.split_once(" ==\n"));
        let named = named.map(|(name, body)| (name.to_owned(), body.trim_matches('\n').to_owned()));
        let (plans, states) = named.partition(|(name, _): &(String, String)| name.contains(" to "));
        let plans = Vec::into_iter(plans).collect();
        Self { path, head, states, plans }
    }

    fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn properties(&self) -> Vec<String> {
        let lines = self.head.lines().filter_map(|line| line.strip_prefix("-- properties: "));
        lines.flat_map(|line| line.split(", ")).map(str::to_owned).collect()
    }

    /// Which of its steps are refused.
    fn refused(&self) -> Option<String> {
        let refused = self
            .ways()
            .into_iter()
            .filter(|way| self.plans.get(way).is_some_and(|plan| plan.starts_with("-- refused: ")));
        let refused: Vec<String> = refused.collect();
        (!refused.is_empty()).then(|| format!("`{}`: {}", self.name(), refused.join(", ")))
    }

    /// The names of the steps, in the order in which they are walked.
    fn ways(&self) -> Vec<String> {
        let way = |from: &(String, String), to: &(String, String)| format!("{} to {}", from.0, to.0);
        let there = self.states.windows(2).map(|pair| way(&pair[0], &pair[1]));
        there.chain(self.states.windows(2).rev().map(|pair| way(&pair[1], &pair[0]))).collect()
    }

    fn judge(&self, dialect: Dialect) -> Vec<String> {
        let problem = |what: &str| format!("{}: {what}", self.path.display());
        if self.states.len() < 2 {
            return vec![problem("it has fewer than two states")];
        }
        let scripts: Vec<&str> = self.states.iter().map(|(_, script)| script.as_str()).collect();
        let verdicts = match walk(dialect, &scripts) {
            None => return Vec::new(),
            Some(Err(error)) => return vec![problem(&format!("the server does not take it: {error}"))],
            Some(Ok(verdicts)) => verdicts,
        };
        let is_blessed = env::var_os("CQRS_BLESS").is_some();
        let (mut problems, mut plans) = (Vec::new(), self.plans.clone());
        for (way, verdict) in self.ways().into_iter().zip(verdicts) {
            let planned = match verdict {
                Verdict::Exact(script) => statements(&script),
                Verdict::Refused(why) => format!("-- refused: {}", reason(&why)),
                Verdict::Wrong(what, script) => {
                    problems.push(problem(&format!("{way}: {what}\n{script}")));
                    continue;
                }
            };
            let expected = self.plans.get(&way).map(String::as_str).unwrap_or_default();
            if planned != expected && !is_blessed {
                problems.push(problem(&format!("{way}: expected\n{expected}\nand it is\n{planned}")));
            }
            plans.insert(way, planned);
        }
        if is_blessed {
            self.write(&plans);
        }
        problems
    }

    fn write(&self, plans: &BTreeMap<String, String>) {
        let mut text = format!("{}\n", self.head);
        let plans = self.ways().into_iter().filter_map(|way| plans.get(&way).map(|plan| (way.clone(), plan.clone())));
        for (name, body) in self.states.iter().cloned().chain(plans) {
            let _ = write!(text, "\n-- == {name} ==\n{body}\n");
        }
        fs::write(&self.path, text).unwrap_or_else(|error| panic!("{}: {error}", self.path.display()));
    }
}

/// The message of an error as it is shown, in one line and without the help and the name of the shadow.
fn reason(shown: &str) -> String {
    let message = shown.split("help:").next().unwrap_or_default();
    let words = message.split_whitespace().filter(|word| !["×", "│"].contains(word));
    words.map(without_shadow).collect::<Vec<_>>().join(" ")
}

fn without_shadow(word: &str) -> String {
    let around = word.split_once("`cqrs_shadow_").and_then(|(before, rest)| Some((before, rest.split_once("`.")?.1)));
    around.map_or_else(|| word.to_owned(), |(before, after)| format!("{before}{after}"))
}

/// What a script says, without its comments and what it begins and ends with on every database of the kind.
fn statements(script: &str) -> String {
    let is_frame = |line: &str| {
        line.is_empty()
            || line.starts_with("-- ")
            || line.starts_with("SET ")
            || line.starts_with("\\set ")
            || line.starts_with("PRAGMA foreign_key")
            || ["BEGIN;", "COMMIT;", "BEGIN IMMEDIATE;"].contains(&line)
    };
    script.lines().filter(|line| !is_frame(line)).collect::<Vec<_>>().join("\n")
}
