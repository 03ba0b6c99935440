//! Every word of the grammar has a page with an example, a model in the tests that uses it, and a mistake that the compiler
//! explains; and what a page says of the databases is what a plan for them has.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod page;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cqrs_core::extract::extract_crate;
use cqrs_migrate::{Dialect, Migrator};
use cqrs_syntax::{PLACES, Place};
use cqrs_tests::case::Case;

use page::{Page, index};
use words::{Words, said};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn pages() -> PathBuf {
    project().join("docs/attributes")
}

/// Where a word stands, and the word.
fn each_word() -> impl Iterator<Item = (&'static Place, &'static str)> {
    PLACES.iter().flat_map(|place| place.words.iter().map(move |word| (place, *word)))
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|its| its == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn none(missing: &BTreeSet<String>, what: &str) {
    let list: Vec<&str> = missing.iter().map(String::as_str).collect();
    assert!(list.is_empty(), "{what}:\n{}", list.join("\n"));
}

#[test]
fn every_word_has_a_page_with_an_example() {
    let index = index(&fs::read_to_string(pages().join("README.md")).unwrap());
    let (mut no_page, mut no_example) = (BTreeSet::new(), BTreeSet::new());
    for (place, word) in each_word() {
        let named = format!("`{word}` in {}", place.written);
        match index.get(&(place.written.to_owned(), word.to_owned())) {
            Some(file) if pages().join(file).exists() => {
                if !Page::read(&pages().join(file)).words().contains(&(place.name, word.to_owned())) {
                    no_example.insert(format!("{named}: {file}"));
                }
            }
            Some(file) => {
                no_page.insert(format!("{named}: there is no {file}"));
            }
            None => {
                no_page.insert(format!("{named}: not in the index"));
            }
        }
    }
    none(&no_page, "words without a page in docs/attributes/README.md");
    none(&no_example, "words that the example of their page does not use");

    let known: BTreeSet<(String, String)> =
        each_word().map(|(place, word)| (place.written.to_owned(), word.to_owned())).collect();
    let unknown = index.keys().filter(|key| !known.contains(key)).map(|(place, word)| format!("`{word}` in {place}"));
    none(&unknown.collect(), "words of the index that the grammar does not know");
}

#[test]
fn every_page_is_in_the_index_compiled_and_quotes_the_compiler() {
    let index = index(&fs::read_to_string(pages().join("README.md")).unwrap());
    let linked: BTreeSet<&String> = index.values().collect();
    let compiled = fs::read_to_string(project().join("cqrs-core/src/guide.rs")).unwrap();
    let mut wrong = BTreeSet::new();
    for path in files_below(&pages(), "md") {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        if file == "README.md" {
            continue;
        }
        if !linked.contains(&file) {
            wrong.insert(format!("{file}: not in the index"));
        }
        if !compiled.contains(&format!("docs/attributes/{file}\"")) {
            wrong.insert(format!("{file}: its example is not compiled, add it to cqrs-core/src/guide.rs"));
        }
        let page = Page::read(&path);
        wrong.extend(page.missing_sections().map(|section| format!("{file}: no `## {section}`")));
        wrong.extend(page.misquoted(project()).into_iter().map(|what| format!("{file}: {what}")));
    }
    none(&wrong, "pages in docs/attributes");
}

#[test]
fn every_word_is_used_by_a_model_of_the_tests() {
    let tests = project().join("tests");
    let mut used = Words::new();
    for folder in ["tests", "cases"] {
        for path in files_below(&tests.join(folder), "rs") {
            used.extend(said(&fs::read_to_string(&path).unwrap()));
        }
    }
    for path in files_below(&tests.join("cases"), "txt") {
        let case = Case::parse(&fs::read_to_string(&path).unwrap()).unwrap();
        used.extend([case.before(), case.after()].into_iter().flat_map(said));
    }
    let unused = each_word().filter(|(place, word)| !used.contains(&(place.name, (*word).to_owned())));
    let unused = unused.map(|(place, word)| format!("`{word}` in {}", place.written));
    none(&unused.collect(), "words that no model in tests/tests or tests/cases uses");
}

#[test]
fn every_word_has_a_mistake_that_the_compiler_explains() {
    let mut explained = Words::new();
    for path in files_below(&project().join("cqrs-derive/tests/ui"), "rs") {
        let messages = fs::read_to_string(path.with_extension("stderr")).unwrap();
        let messages: Vec<&str> = messages.lines().filter(|line| line.starts_with("error")).collect();
        let of_file = said(&fs::read_to_string(&path).unwrap());
        explained.extend(of_file.into_iter().filter(|(_, word)| {
            let quoted = [format!("`{word}`"), format!("`{word} "), format!("`{word}(")];
            messages.iter().any(|line| quoted.iter().any(|quoted| line.contains(quoted)))
        }));
    }
    let missing = each_word().filter(|(place, word)| !explained.contains(&(place.name, (*word).to_owned())));
    let missing = missing.map(|(place, word)| format!("`{word}` in {}", place.written));
    none(&missing.collect(), "words of which no error in cqrs-derive/tests/ui speaks");
}

/// The examples are planned on empty databases: what a page quotes must be in the plan, or in the error.
#[tokio::test]
async fn what_pages_say_of_databases_is_in_the_plans() {
    let databases = cqrs_tests::databases();
    let only = std::env::var("CQRS_CASE").unwrap_or_default();
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    for path in files_below(&pages(), "md") {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        if file == "README.md" || !file.contains(&only) {
            continue;
        }
        let page = Page::read(&path);
        let source = cqrs_tests::temporary_directory();
        let root = source.path().join("lib.rs");
        fs::write(&root, page.items()).unwrap();
        let schema = match extract_crate(&root) {
            Ok(schema) => schema,
            Err(errors) => {
                wrong.insert(file, errors.to_string());
                continue;
            }
        };
        for database in &databases {
            let dialect = database.dialect();
            let outcome = match Migrator::new(database.url(), schema.clone()).unwrap().plan().await {
                Ok(planned) => planned.to_string(),
                Err(error) => format!("error: {error}"),
            };
            if let Some(what) = page.misstated(name(dialect), &outcome) {
                wrong.insert(format!("{file}, {}", name(dialect)), what);
            }
        }
    }
    let wrong: Vec<String> = wrong.into_iter().map(|(at, what)| format!("{at}: {what}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "PostgreSQL",
        Dialect::MySql => "MariaDB, MySQL",
        Dialect::Sqlite => "SQLite",
    }
}
