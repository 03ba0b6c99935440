//! The virtual table modules that come with SQLite, and what they keep in tables of their own.

use sqlite3_parser::dialect::TokenType::TK_USING;

use super::tokens::{Tokens, tokenize};
use super::words::unquote;

/// What is behind the virtual table's name in the names of its tables.
/// <https://www.sqlite.org/vtab.html#the_xshadowname_method>
const MODULES: [(&str, &[&str]); 7] = [
    ("fts3", FTS3),
    ("fts4", FTS3),
    ("fts5", &["config", "content", "data", "docsize", "idx"]),
    ("rtree", RTREE),
    ("rtree_i32", RTREE),
    ("geopoly", RTREE),
    ("spellfix1", &["vocab"]),
];

const FTS3: &[&str] = &["content", "docsize", "segdir", "segments", "stat"];
const RTREE: &[&str] = &["node", "parent", "rowid"];

/// The tables, in lower case, that may be there for a virtual table.
pub(super) fn keeps_rows_in(name: &str, sql: &str) -> Vec<String> {
    let module = module(sql).unwrap_or_default();
    let suffixes = MODULES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&module)).map_or(&[][..], |(_, s)| s);
    suffixes.iter().map(|suffix| format!("{}_{suffix}", name.to_ascii_lowercase())).collect()
}

/// The module of `CREATE VIRTUAL TABLE … USING module`.
pub(super) fn module(sql: &str) -> Option<String> {
    let list = tokenize(sql).ok()?;
    let tokens = Tokens::new(sql, &list);
    let using = (0..tokens.len()).find(|at| tokens.kind(*at) == Some(TK_USING))?;
    Some(unquote(tokens.text(using + 1)).into_owned()).filter(|module| !module.is_empty())
}
