//! The format of a test case: one readable file.
//!
//! ```text
//! # What this shows, in a line or more.
//!
//! == options ==
//! rename old_name = new_name
//! allow DATA001
//!
//! == before ==
//! #[object_model(table = "things", domain = "shop")]
//! pub struct Thing { … }
//!
//! == rows ==
//! insert into things values (1);
//!
//! == keep ==
//! select count(*) from things;
//! select old_name from things
//! => select new_name from things;
//!
//! == after ==
//! #[object_model(table = "things", domain = "shop")]
//! pub struct Thing { … }
//!
//! == sqlite ==
//! == postgres ==
//! == mysql ==
//! ```
//!
//! `before` and `after` are the models, as Rust source; without `before` the database is empty. A column is renamed by
//! `rename table.old = table.new`. `rows` is SQL to run
//! between the two. `keep` is queries, each ended by `;` at the end of a line, whose result must be the same before
//! and after; a query that has to be written differently afterwards follows `=>`. The sections named after databases
//! are what is expected there: the SQL, or `error: ` and the message. `CQRS_BLESS=1` writes them.

use std::fmt;
use std::ops::Range;

use cqrs_migrate::Dialect;

const SECTIONS: [&str; 8] = ["options", "before", "rows", "keep", "after", "sqlite", "postgres", "mysql"];

/// One case, with everything as it was written, so that writing it again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    description: String,
    sections: Vec<Section>,
    options: Vec<CaseOption>,
    keep: Vec<Kept>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    name: &'static str,
    /// Without blank lines at either end.
    body: String,
    /// The line of the heading.
    line: usize,
}

/// A line of the section `options`: what a person would have answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseOption {
    /// `rename a = b`
    Rename {
        /// The name before.
        from: String,
        /// The name after.
        to: String,
    },
    /// `allow CODE`: the hazard is accepted.
    Allow(String),
}

/// A query whose result the migration must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The query before the migration.
    pub before: String,
    /// The same query afterwards.
    pub after: String,
}

/// What is wrong with a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, and what to write.
    pub message: String,
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for CaseError {}

impl Case {
    /// Reads a file's text.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, CaseError> {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let headings: Vec<usize> = (0..lines.len()).filter(|&i| heading(lines[i]).is_some()).collect();
        let description = description(&lines[..headings.first().copied().unwrap_or(lines.len())])?;
        let mut case = Self { description, sections: Vec::new(), options: Vec::new(), keep: Vec::new() };
        for (i, &start) in headings.iter().enumerate() {
            let end = headings.get(i + 1).copied().unwrap_or(lines.len());
            case.add_section(&lines, start..end)?;
        }
        if case.section("after").is_none() {
            return Err(error(lines.len().max(1), "there is no `== after ==` section: write the models to migrate to"));
        }
        Ok(case)
    }

    fn add_section(&mut self, lines: &[&str], Range { start, end }: Range<usize>) -> Result<(), CaseError> {
        let written = heading(lines[start]).unwrap_or_default();
        let Some(name) = SECTIONS.into_iter().find(|name| *name == written) else {
            let known = SECTIONS.join("`, `");
            return Err(error(start + 1, format!("unknown section `{written}`: write one of `{known}`")));
        };
        if let Some(first) = self.sections.iter().find(|section| section.name == name) {
            let message = format!("section `{name}` stands on line {} already: keep one", first.line);
            return Err(error(start + 1, message));
        }
        let body = &lines[start + 1..end];
        match name {
            "options" => self.options = options(body, start + 2)?,
            "keep" => self.keep = kept(body, start + 2)?,
            _ => {}
        }
        self.sections.push(Section { name, body: body.join("\n").trim_matches('\n').to_owned(), line: start + 1 });
        Ok(())
    }

    fn section(&self, name: &str) -> Option<&str> {
        self.sections.iter().find(|section| section.name == name).map(|section| section.body.as_str())
    }

    /// What the case shows.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The models to start from, as Rust source; empty for an empty database.
    #[must_use]
    pub fn before(&self) -> &str {
        self.section("before").unwrap_or_default()
    }

    /// The models to migrate to, as Rust source.
    #[must_use]
    pub fn after(&self) -> &str {
        self.section("after").unwrap_or_default()
    }

    /// SQL that fills the tables before the migration.
    #[must_use]
    pub fn rows(&self) -> &str {
        self.section("rows").unwrap_or_default()
    }

    /// The queries whose results must stay.
    #[must_use]
    pub fn keep(&self) -> &[Kept] {
        &self.keep
    }

    /// The answers given beforehand.
    #[must_use]
    pub fn options(&self) -> &[CaseOption] {
        &self.options
    }

    /// What is expected on a database; `None` where nothing was written yet.
    #[must_use]
    pub fn expected(&self, dialect: Dialect) -> Option<&str> {
        self.section(dialect.name())
    }

    /// Writes what is expected on a database.
    pub fn set_expected(&mut self, dialect: Dialect, sql: &str) {
        let name = dialect.name();
        let body = tidy(sql);
        if let Some(section) = self.sections.iter_mut().find(|section| section.name == name) {
            section.body = body;
            return;
        }
        let rank = |name: &str| SECTIONS.iter().position(|section| *section == name);
        let is_expectation = |name: &str| rank(name) > rank("after");
        let later = |section: &Section| is_expectation(section.name) && rank(section.name) > rank(name);
        let at = self.sections.iter().position(later).unwrap_or(self.sections.len());
        self.sections.insert(at, Section { name, body, line: 0 });
    }
}

/// The file's text.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.description.lines() {
            writeln!(f, "{}", format!("# {line}").trim_end())?;
        }
        for Section { name, body, .. } in &self.sections {
            writeln!(f, "\n== {name} ==")?;
            if !body.is_empty() {
                writeln!(f, "{body}")?;
            }
        }
        Ok(())
    }
}

/// Text as a section holds it: no white space at the ends of lines, no blank lines at either end.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

fn error(line: usize, message: impl Into<String>) -> CaseError {
    CaseError { line, message: message.into() }
}

/// `before` of `== before ==`.
fn heading(line: &str) -> Option<&str> {
    let name = line.strip_prefix("== ")?.strip_suffix(" ==")?;
    name.chars().all(|c| c.is_ascii_lowercase()).then_some(name)
}

fn description(lines: &[&str]) -> Result<String, CaseError> {
    let mut description = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let Some(text) = line.strip_prefix('#') else {
            let message =
                format!("`{line}` stands in no section: write `# …` for a description, `== before ==` for a section");
            return Err(error(i + 1, message));
        };
        description.push(text.strip_prefix(' ').unwrap_or(text));
    }
    if description.is_empty() {
        return Err(error(1, "there is no description: say in `# …` lines what the case shows"));
    }
    Ok(description.join("\n"))
}

fn options(lines: &[&str], first_line: usize) -> Result<Vec<CaseOption>, CaseError> {
    let filled = lines.iter().enumerate().filter(|(_, line)| !line.is_empty());
    filled
        .map(|(i, line)| {
            option(line).ok_or_else(|| {
                let help = "write `rename old = new` or `allow CODE`";
                error(first_line + i, format!("unknown option `{line}`: {help}"))
            })
        })
        .collect()
}

fn option(line: &str) -> Option<CaseOption> {
    let (word, rest) = line.split_once(' ')?;
    let name = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty() && !text.contains(' '));
    match word {
        "rename" => {
            let (from, to) = rest.split_once('=')?;
            Some(CaseOption::Rename { from: name(from)?, to: name(to)? })
        }
        "allow" => Some(CaseOption::Allow(name(rest)?)),
        _ => None,
    }
}

fn kept(lines: &[&str], first_line: usize) -> Result<Vec<Kept>, CaseError> {
    let mut all = Vec::new();
    let mut query = Vec::new();
    for line in lines {
        query.push(line.strip_suffix(';').unwrap_or(line));
        if line.ends_with(';') {
            let text = std::mem::take(&mut query).join("\n").trim().to_owned();
            let (before, after) = text.split_once("\n=> ").unwrap_or((&text, &text));
            all.push(Kept { before: before.to_owned(), after: after.to_owned() });
        }
    }
    if query.iter().any(|line| !line.is_empty()) {
        return Err(error(first_line + lines.len() - 1, "the last query has no end: write `;` after it"));
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
