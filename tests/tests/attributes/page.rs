//! A page of `docs/attributes`, and its index.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quote::ToTokens;
use syn::{Block, Stmt};

use crate::words::{Words, said};

const SECTIONS: [&str; 4] = ["Example", "In the database", "Rules", "Mistakes"];

/// Which page a word of a place has.
pub(crate) fn index(text: &str) -> BTreeMap<(String, String), String> {
    let mut pages = BTreeMap::new();
    let mut place = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            place = heading.replace('`', "");
        }
        let cells = cells(line);
        if let ([words, _, ..], Some(page)) = (cells.as_slice(), cells.last().and_then(|cell| link(cell))) {
            pages.extend(quoted(words).map(|word| ((place.clone(), word.to_owned()), page.to_owned())));
        }
    }
    pages
}

fn cells(line: &str) -> Vec<&str> {
    let Some(row) = line.strip_prefix('|').and_then(|row| row.trim_end().strip_suffix('|')) else { return Vec::new() };
    row.split(" | ").map(str::trim).collect()
}

fn link(cell: &str) -> Option<&str> {
    cell.split_once("](")?.1.split([')', '#']).next()
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

pub(crate) struct Page {
    text: String,
}

impl Page {
    pub(crate) fn read(path: &Path) -> Self {
        Self { text: fs::read_to_string(path).unwrap() }
    }

    fn section(&self, name: &str) -> Option<&str> {
        let heading = format!("\n## {name}\n");
        let rest = &self.text[self.text.find(&heading)? + heading.len()..];
        Some(rest.find("\n## ").map_or(rest, |end| &rest[..end]))
    }

    fn blocks<'a>(section: &'a str, language: &str) -> impl Iterator<Item = &'a str> {
        let fence = format!("```{language}");
        let starts: Vec<usize> = section.match_indices(&fence).map(|(at, _)| at).collect();
        starts.into_iter().filter_map(move |start| {
            let body = section[start..].split_once('\n')?.1;
            body.split_once("\n```").map(|(body, _)| body)
        })
    }

    pub(crate) fn missing_sections(&self) -> impl Iterator<Item = &'static str> {
        SECTIONS.into_iter().filter(|name| self.section(name).is_none())
    }

    /// What `rustdoc` compiles of the example: lines that it hides begin with `#`.
    fn example(&self) -> String {
        let blocks = Self::blocks(self.section("Example").unwrap_or_default(), "rust");
        let lines = blocks.flat_map(str::lines).map(|line| match line.strip_prefix("# ") {
            Some(hidden) => hidden,
            None if line == "#" => "",
            None => line,
        });
        lines.collect::<Vec<&str>>().join("\n")
    }

    pub(crate) fn words(&self) -> Words {
        said(&self.example())
    }

    /// The example without its statements: a file of a crate.
    pub(crate) fn items(&self) -> String {
        let block: Block = syn::parse_str(&format!("{{ {} }}", self.example())).unwrap();
        let items = block.stmts.into_iter().filter_map(|statement| match statement {
            Stmt::Item(item) => Some(item.into_token_stream().to_string()),
            Stmt::Macro(invocation) => Some(invocation.into_token_stream().to_string()),
            _ => None,
        });
        items.filter(|item| !item.starts_with("assert")).collect::<Vec<String>>().join("\n")
    }

    /// What under "Mistakes" the compiler does not say. The file that says it stands before each quotation.
    pub(crate) fn misquoted(&self, project: &Path) -> Vec<String> {
        let section = self.section("Mistakes").unwrap_or_default();
        let case = quoted(section).find(|text| text.starts_with("cqrs-derive/tests/ui/"));
        let Some(case) = case else { return vec!["names no case in `cqrs-derive/tests/ui`".to_owned()] };
        let Ok(messages) = fs::read_to_string(project.join(case)) else { return vec![format!("there is no {case}")] };
        let quotations: Vec<&str> = Self::blocks(section, "text").flat_map(str::lines).collect();
        if quotations.is_empty() {
            return vec!["quotes no message".to_owned()];
        }
        let said = |line: &&str| !messages.lines().any(|message| message.trim_end() == line.trim_end());
        quotations.into_iter().filter(said).map(|line| format!("{case} does not say: {line}")).collect()
    }

    /// What the row of a database quotes and the plan does not have.
    pub(crate) fn misstated(&self, database: &str, outcome: &str) -> Option<String> {
        let section = self.section("In the database")?;
        let rows = section.lines().map(cells).filter(|cells| cells.len() > 1 && cells[0] == database);
        let cells: Vec<&str> = rows.flat_map(|cells| cells[1..].to_vec()).collect();
        if cells.is_empty() {
            return Some("no row of the table says anything of it".to_owned());
        }
        let refused = cells.iter().any(|cell| cell.starts_with("refused"));
        if refused != outcome.starts_with("error: ") {
            return Some(format!("refused is said {refused}, and this came:\n{outcome}"));
        }
        let plain = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
        let outcome_as_one_line = plain(outcome);
        let missing: Vec<&str> = (cells.iter())
            .flat_map(|cell| quoted_sql(cell))
            .filter(|sql| !outcome_as_one_line.contains(&plain(sql)))
            .collect();
        (!missing.is_empty()).then(|| format!("not there: {}\n{outcome}", missing.join(" … ")))
    }
}

/// What stands in backticks, one or two of them.
fn quoted_sql(cell: &str) -> Vec<&str> {
    if cell.contains("``") {
        return cell.split("``").skip(1).step_by(2).map(str::trim).collect();
    }
    quoted(cell).collect()
}
