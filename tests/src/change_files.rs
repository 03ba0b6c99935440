//! Ways from one schema to another and back, in one database's own SQL: `tests/changes/DATABASE/*.sql`.
//!
//! ```sql
//! -- What this shows, in a line or more.
//!
//! -- == before ==
//! CREATE TABLE t (a int);
//!
//! -- == after ==
//! CREATE TABLE t (a bigint);
//!
//! -- == there ==
//! -- == back ==
//! ```
//!
//! Both ways are judged ([`crate::judge`]). `there` and `back` are the statements that are planned, or `-- refused: ` and
//! why; `CQRS_BLESS=1` writes them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use cqrs_migrate::Dialect;

use crate::judge::{Verdict, judge};

const SECTIONS: [&str; 4] = ["before", "after", "there", "back"];

/// Judges every file of every database, those of different databases at the same time. `CQRS_CASE=text` takes only those
/// whose path contains the text. Returns what does not hold.
///
/// # Panics
/// Where a file cannot be read or written.
#[must_use]
pub fn judge_all() -> Vec<String> {
    let of = |dialect: Dialect| files(dialect).iter().flat_map(|file| judge_file(dialect, file)).collect::<Vec<_>>();
    thread::scope(|scope| {
        let threads = Dialect::ALL.map(|dialect| scope.spawn(move || of(dialect)));
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn files(dialect: Dialect) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("changes").join(dialect.name());
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let wanted = env::var("CQRS_CASE").unwrap_or_default();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    files.retain(|file| file.to_string_lossy().contains(&wanted));
    files.sort();
    files
}

fn judge_file(dialect: Dialect, file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (head, [before, after, there, back]) = sections(&text);
    let mut problems = Vec::new();
    let mut made = [there.clone(), back.clone()];
    for (at, (from, to, expected)) in [(&before, &after, &there), (&after, &before, &back)].into_iter().enumerate() {
        let mut problem = |what: String| problems.push(format!("{} {}: {what}", file.display(), SECTIONS[at + 2]));
        let planned = match judge(dialect, from, to) {
            None => {
                problem("the server does not take it".to_owned());
                continue;
            }
            Some(Verdict::Exact(script)) => statements(&script),
            Some(Verdict::Refused(why)) => format!("-- refused: {}", reason(&why)),
            Some(Verdict::Wrong(what, script)) => {
                problem(format!("{what}\n{script}"));
                continue;
            }
        };
        if planned != *expected && env::var_os("CQRS_BLESS").is_none() {
            problem(format!("expected\n{expected}\nand it is\n{planned}"));
        }
        made[at] = planned;
    }
    if env::var_os("CQRS_BLESS").is_some() {
        let bodies = [before, after, made[0].clone(), made[1].clone()];
        let parts: String =
            SECTIONS.iter().zip(bodies).map(|(name, body)| format!("\n-- == {name} ==\n{body}\n")).collect();
        fs::write(file, format!("{head}\n{parts}")).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    problems
}

/// The message of an error as it is shown, in one line and without the help.
fn reason(shown: &str) -> String {
    let message = shown.split("help:").next().unwrap_or_default();
    message.split_whitespace().filter(|word| !["×", "│"].contains(word)).collect::<Vec<_>>().join(" ")
}

/// The text before the first section, and the sections, each without blank lines at its ends.
fn sections(text: &str) -> (String, [String; 4]) {
    let body = |name: &str| {
        let rest = text.split_once(&format!("-- == {name} ==\n")).map_or("", |(_, rest)| rest);
        rest.split("-- == ").next().unwrap_or_default().trim_matches('\n').to_owned()
    };
    (text.split("-- == ").next().unwrap_or_default().trim().to_owned(), SECTIONS.map(body))
}

/// What a script says, without its comments and what it begins and ends with on every database of the kind.
fn statements(script: &str) -> String {
    let is_frame = |line: &str| {
        line.is_empty()
            || line.starts_with("-- ")
            || line.starts_with("SET ")
            || line.starts_with("PRAGMA foreign_key")
            || ["BEGIN;", "COMMIT;", "BEGIN IMMEDIATE;"].contains(&line)
    };
    script.lines().filter(|line| !is_frame(line)).collect::<Vec<_>>().join("\n")
}
