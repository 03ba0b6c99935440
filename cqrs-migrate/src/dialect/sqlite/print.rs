//! One spelling for SQL: keywords in upper case, single spaces, no comments, the columns of the table in question quoted
//! and spelled as the table spells them. Every other token is as it was written: SQLite keeps `!=` and `<>` apart, and
//! so do those who compare what it keeps.

use std::borrow::Cow;

use sqlite3_parser::dialect::TokenType::{self, *};

use super::tokens::Tokens;
use super::words::{quote, unquote};

/// The table that an expression belongs to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The names of its columns.
    pub(super) columns: &'a [Cow<'a, str>],
    /// The table's name, which may stand in front of a column.
    pub(super) table: &'a str,
}

impl<'a> Scope<'a> {
    /// No table at all.
    pub(super) const NONE: Self = Self { columns: &[], table: "" };

    /// The column's own spelling of a name: names are equal without regard to case.
    pub(super) fn column(&self, name: &str) -> Option<&'a str> {
        self.columns.iter().find(|column| column.eq_ignore_ascii_case(name)).map(AsRef::as_ref)
    }
}

/// Keywords that have no part in an expression, where they can only be names.
const NAMES: [TokenType; 13] = [
    TK_ACTION,
    TK_COLUMNKW,
    TK_DATABASE,
    TK_IMMEDIATE,
    TK_INITIALLY,
    TK_KEY,
    TK_NO,
    TK_OFFSET,
    TK_PLAN,
    TK_QUERY,
    TK_TEMP,
    TK_TRIGGER,
    TK_VIEW,
];

struct Word<'a> {
    kind: TokenType,
    text: Cow<'a, str>,
}

/// Tokens in that spelling.
pub(super) fn sql(tokens: Tokens<'_>, scope: Scope<'_>) -> String {
    if tokens.len() == 1 {
        return spelled(tokens, 0, scope).into_owned();
    }
    let mut words = Vec::with_capacity(tokens.len());
    for at in 0..tokens.len() {
        words.extend(tokens.kind(at).map(|kind| Word { kind, text: spelled(tokens, at, scope) }));
    }
    join(&words)
}

fn spelled<'a>(tokens: Tokens<'a>, at: usize, scope: Scope<'_>) -> Cow<'a, str> {
    let word = tokens.text(at);
    let kind = tokens.kind(at);
    if kind != Some(TK_ID) && !kind.is_some_and(|kind| NAMES.contains(&kind) && scope.column(word).is_some()) {
        let is_keyword = word.starts_with(|first: char| first.is_ascii_alphabetic()) && !word.contains('\'');
        let is_function = tokens.kind(at + 1) == Some(TK_LP) && kind == Some(TK_REPLACE);
        return if is_keyword && !is_function { upper(word) } else { word.into() };
    }
    let before = at.checked_sub(1).and_then(|before| tokens.kind(before));
    let is_function = tokens.kind(at + 1) == Some(TK_LP);
    let is_type_or_collation = matches!(before, Some(TK_AS | TK_COLLATE));
    if tokens.kind(at + 1) == Some(TK_DOT) {
        if unquote(word).eq_ignore_ascii_case(scope.table) {
            return quote(scope.table).into();
        }
    } else if !is_function && !is_type_or_collation {
        if let Some(column) = scope.column(&unquote(word)) {
            return quote(column).into();
        }
        if word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") {
            return upper(word);
        }
    }
    // A type of several words starts with a quote only if all of it is quoted.
    if word.starts_with(['[', '`']) { quote(&unquote(word)).into() } else { word.into() }
}

fn upper(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|byte| byte.is_ascii_lowercase()) { word.to_ascii_uppercase().into() } else { word.into() }
}

fn join(words: &[Word<'_>]) -> String {
    let mut sql = String::with_capacity(words.iter().map(|word| word.text.len() + 1).sum());
    for (at, word) in words.iter().enumerate() {
        if at > 0 && needs_space(words, at) {
            sql.push(' ');
        }
        sql.push_str(&word.text);
    }
    sql
}

fn needs_space(words: &[Word<'_>], at: usize) -> bool {
    let (previous, this) = (words[at - 1].kind, words[at].kind);
    match (previous, this) {
        (_, TK_COMMA | TK_RP | TK_DOT | TK_SEMI) | (TK_LP | TK_DOT, _) => false,
        (TK_ID | TK_CAST | TK_RAISE | TK_REPLACE, TK_LP) => false,
        // `- -1` must not become a comment.
        (TK_MINUS | TK_PLUS, TK_MINUS | TK_PLUS) => true,
        (TK_MINUS | TK_PLUS | TK_BITNOT, _) => !is_unary(words, at - 1),
        _ => true,
    }
}

/// A sign is unary unless it follows something that has a value.
fn is_unary(words: &[Word<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| words[at].kind) else { return true };
    !matches!(
        before,
        TK_ID
            | TK_STRING
            | TK_FLOAT
            | TK_INTEGER
            | TK_BLOB
            | TK_NULL
            | TK_CTIME_KW
            | TK_VARIABLE
            | TK_RP
            | TK_END
            | TK_ISNULL
            | TK_NOTNULL
            | TK_KEY
    )
}
