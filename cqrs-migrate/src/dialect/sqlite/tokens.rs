//! A statement as the tokens that SQLite reads it in, with their places in the text.

use std::borrow::Cow;
use std::ops::Range;

use sqlite3_parser::dialect::TokenType::{self, *};
use sqlite3_parser::lexer::Splitter as _;
use sqlite3_parser::lexer::sql::Tokenizer;

use super::words::unquote;

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenType,
    start: usize,
    end: usize,
}

/// Some tokens of a statement, without white space and comments, and the text that they are of.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    sql: &'a str,
    list: &'a [Token],
}

/// The tokens of a statement. A semicolon at its end is none of them.
pub(super) fn tokenize(sql: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    tokenize_into(&mut tokens, sql)?;
    Ok(tokens)
}

/// As [`tokenize`], into a list that had the tokens of another statement.
pub(super) fn tokenize_into(tokens: &mut Vec<Token>, sql: &str) -> Result<(), String> {
    tokens.clear();
    let (mut tokenizer, bytes) = (Tokenizer::new(), sql.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        let (token, length) = tokenizer.split(&bytes[at..]).map_err(|error| error.to_string())?;
        if let Some((_, kind)) = token {
            tokens.push(Token { kind, start: at, end: at + length });
        } else if length == 0 {
            break;
        }
        at += length;
    }
    while tokens.last().is_some_and(|token| token.kind == TK_SEMI) {
        tokens.pop();
    }
    Ok(())
}

impl<'a> Tokens<'a> {
    pub(super) fn new(sql: &'a str, list: &'a [Token]) -> Self {
        Self { sql, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenType> {
        self.list.get(at).map(|token| token.kind)
    }

    /// A token as it is written.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |token| &self.sql[token.start..token.end])
    }

    /// The text from the first token to the last, with what stands between them.
    pub(super) fn as_written(&self) -> &'a str {
        match (self.list.first(), self.list.last()) {
            (Some(first), Some(last)) => &self.sql[first.start..last.end],
            _ => "",
        }
    }

    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        Self { sql: self.sql, list: &self.list[range] }
    }

    /// The tokens from a place on.
    pub(super) fn from(&self, at: usize) -> Self {
        self.slice(at.min(self.len())..self.len())
    }

    /// The only token's name. SQLite takes a string, too, where a name is expected.
    /// <https://www.sqlite.org/lang_keywords.html>
    pub(super) fn only_name(&self) -> Option<Cow<'a, str>> {
        (self.len() == 1 && self.list[0].kind != TK_BLOB && is_name(self.text(0))).then(|| unquote(self.text(0)))
    }

    /// Behind the parenthesis that closes the one at a place.
    pub(super) fn after_group(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open..self.len() {
            match self.list[at].kind {
                TK_LP => depth += 1,
                TK_RP => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The parts between the commas that are within no parentheses.
    pub(super) fn split(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let (mut start, mut depth) = (0, 0_usize);
        for (at, token) in self.list.iter().enumerate() {
            match token.kind {
                TK_LP => depth += 1,
                TK_RP => depth = depth.saturating_sub(1),
                TK_COMMA if depth == 0 => {
                    parts.push(self.slice(start..at));
                    start = at + 1;
                }
                _ => {}
            }
        }
        parts.push(self.from(start));
        parts
    }

    /// Without the parentheses around the whole, if there are such.
    pub(super) fn within_parentheses(&self) -> Option<Self> {
        (self.kind(0) == Some(TK_LP) && self.after_group(0) == Some(self.len())).then(|| self.slice(1..self.len() - 1))
    }
}

/// Whether a word can be a name: a letter first, or a quote.
fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| {
        first.is_alphabetic() || matches!(first, '_' | '"' | '`' | '[' | '\'') || first > '\x7f'
    })
}
