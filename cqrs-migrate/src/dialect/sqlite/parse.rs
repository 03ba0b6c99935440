//! `CREATE` statements as `sqlite_schema` keeps them -> schema types.
//!
//! The statements are read token by token after the grammar of SQLite, rule by rule
//! (<https://www.sqlite.org/src/file/src/parse.y>), and not by way of a syntax tree: no tree says how a type or an
//! expression was written, and that is what SQLite keeps and what tells two databases apart.

use std::borrow::Cow;
use std::ops::Range;

use cqrs_core::schema::{Str, Table};
use sqlite3_parser::dialect::TokenType::{self, *};

use super::print::{self, Scope};
use super::tokens::{Token, Tokens, tokenize, tokenize_into};
use super::words::{quote, unquote};

mod columns;
mod indexes;
mod keys;

pub(super) use indexes::index;

/// Why a statement could not be read.
pub(super) type Problem = String;

/// A table, from `CREATE TABLE`. The name is the catalog's: the statement's own may be quoted or in other letters.
/// The list is for the tokens, from one statement to the next.
pub(super) fn table(name: &str, sql: &str, list: &mut Vec<Token>) -> Result<Table, Problem> {
    tokenize_into(list, sql)?;
    let mut reader = Reader::new(Tokens::new(sql, list));
    reader.create(&[TK_TABLE])?;
    if reader.peek() != Some(TK_LP) {
        return Err(reader.unexpected());
    }
    let body = reader.group()?;
    let mut table = Table::new(name.to_owned());
    while let Some(option) = reader.option()? {
        table.options.to_mut().push(option);
    }
    table.options.to_mut().sort();
    reader.end()?;
    TableReader { table, columns: Vec::new() }.read(reader.tokens.slice(body))
}

/// What a view's statement says: the list of its columns in parentheses, and the query as it was written.
pub(super) struct ParsedView {
    pub(super) columns: Option<String>,
    pub(super) query: String,
    /// What the query may read.
    pub(super) reads: Vec<String>,
}

/// A view, from `CREATE VIEW`.
pub(super) fn view(sql: &str) -> Result<ParsedView, Problem> {
    let list = tokenize(sql)?;
    let mut reader = Reader::new(Tokens::new(sql, &list));
    reader.create(&[TK_VIEW])?;
    let columns = match reader.peek() {
        Some(TK_LP) => Some(reader.group()?),
        _ => None,
    };
    reader.expect(TK_AS)?;
    let query = reader.tokens.from(reader.at);
    if query.is_empty() {
        return Err(reader.unexpected());
    }
    let columns = columns.map(|columns| {
        let names = reader.tokens.slice(columns).split();
        let names = names.iter().map(|name| name.only_name().unwrap_or_else(|| print::sql(*name, Scope::NONE).into()));
        format!("({})", names.map(|name| quote(&name)).collect::<Vec<_>>().join(", "))
    });
    Ok(ParsedView { columns, query: query.as_written().to_owned(), reads: reads(query) })
}

/// The names of what a trigger's statement reads and writes.
pub(super) fn trigger(sql: &str) -> Result<Vec<String>, Problem> {
    let list = tokenize(sql)?;
    Ok(reads(Tokens::new(sql, &list)))
}

/// The names that may be tables and views which a statement reads or writes: what follows `FROM`, `JOIN`, `INTO`,
/// `UPDATE`, `IN`, `,` or `(`. In rare cases it is a column of the same name.
fn reads(tokens: Tokens<'_>) -> Vec<String> {
    let leads = |kind| matches!(kind, TK_FROM | TK_JOIN | TK_INTO | TK_UPDATE | TK_IN | TK_COMMA | TK_LP | TK_DOT);
    (1..tokens.len())
        .filter(|at| tokens.kind(at - 1).is_some_and(leads) && tokens.from(*at).slice(0..1).only_name().is_some())
        .map(|at| unquote(tokens.text(at)).into_owned())
        .collect()
}

/// Reads tokens one after the other.
struct Reader<'a> {
    tokens: Tokens<'a>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(tokens: Tokens<'a>) -> Self {
        Self { tokens, at: 0 }
    }

    fn peek(&self) -> Option<TokenType> {
        self.tokens.kind(self.at)
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether the next tokens are these.
    fn sees(&self, kinds: &[TokenType]) -> bool {
        kinds.iter().enumerate().all(|(ahead, kind)| self.tokens.kind(self.at + ahead) == Some(*kind))
    }

    /// Goes past the next tokens if they are these.
    fn eat(&mut self, kinds: &[TokenType]) -> bool {
        let sees = self.sees(kinds);
        if sees {
            self.at += kinds.len();
        }
        sees
    }

    fn expect(&mut self, kind: TokenType) -> Result<(), Problem> {
        if self.eat(&[kind]) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn end(&self) -> Result<(), Problem> {
        if self.is_at_end() { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> Problem {
        match self.tokens.text(self.at) {
            "" => "it ends too early".to_owned(),
            word => format!("`{word}` was not expected"),
        }
    }

    /// The next word as it is written.
    fn word(&mut self) -> Result<&'a str, Problem> {
        let word = self.tokens.text(self.at);
        if matches!(self.peek(), None | Some(TK_LP | TK_RP | TK_COMMA)) {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(word)
    }

    fn name(&mut self) -> Result<String, Problem> {
        self.name_in_text().map(Cow::into_owned)
    }

    fn name_in_text(&mut self) -> Result<Cow<'a, str>, Problem> {
        self.word().map(unquote)
    }

    /// What is within the parentheses that come next.
    fn group(&mut self) -> Result<Range<usize>, Problem> {
        match self.tokens.after_group(self.at).filter(|_| self.peek() == Some(TK_LP)) {
            Some(after) => {
                let inner = self.at + 1..after - 1;
                self.at = after;
                Ok(inner)
            }
            None => Err(self.unexpected()),
        }
    }

    /// `CREATE …` with the name. SQLite leaves out `TEMP`, `IF NOT EXISTS` and the name of the database when it keeps a
    /// statement.
    fn create(&mut self, kinds: &[TokenType]) -> Result<(), Problem> {
        self.expect(TK_CREATE)?;
        if !self.eat(kinds) {
            return Err(self.unexpected());
        }
        self.eat(&[TK_IF, TK_NOT, TK_EXISTS]);
        self.name()?;
        if self.eat(&[TK_DOT]) {
            self.name()?;
        }
        Ok(())
    }

    /// `STRICT` or `WITHOUT ROWID`, behind the body of a table.
    fn option(&mut self) -> Result<Option<Str>, Problem> {
        if self.is_at_end() {
            return Ok(None);
        }
        self.eat(&[TK_COMMA]);
        if self.eat(&[TK_WITHOUT]) {
            return match self.name()? {
                name if name.eq_ignore_ascii_case("rowid") => Ok(Some("WITHOUT ROWID".into())),
                other => Err(format!("`WITHOUT {other}` was not expected")),
            };
        }
        match self.name()? {
            name if name.eq_ignore_ascii_case("strict") => Ok(Some("STRICT".into())),
            other => Err(format!("`{other}` was not expected")),
        }
    }
}

/// Reads the body of a table.
struct TableReader<'a> {
    table: Table,
    /// The names of all columns, known before anything that speaks of them is read.
    columns: Vec<Cow<'a, str>>,
}

impl<'a> TableReader<'a> {
    fn read(mut self, body: Tokens<'a>) -> Result<Table, Problem> {
        let items = body.split();
        let is_constraint = |item: &Tokens<'_>| {
            matches!(item.kind(0), Some(TK_CONSTRAINT | TK_PRIMARY | TK_UNIQUE | TK_CHECK | TK_FOREIGN))
        };
        let columns = items.iter().position(is_constraint).unwrap_or(items.len());
        for item in &items[..columns] {
            self.columns.push(Reader::new(*item).name_in_text()?);
        }
        let mut read = Vec::with_capacity(columns);
        for item in &items[..columns] {
            read.push(self.column(*item)?);
        }
        self.table.columns = read.into();
        for item in &items[columns..] {
            self.constraints(*item)?;
        }
        self.keys_are_not_null();
        Ok(self.table)
    }

    fn expression(&self, tokens: Tokens<'_>) -> Str {
        print::sql(tokens, Scope { columns: &self.columns, table: &self.table.name }).into()
    }

    /// A column's name as its definition spells it.
    fn spelled(&self, name: Cow<'_, str>) -> Str {
        let own = self.columns.iter().find(|column| column.eq_ignore_ascii_case(&name));
        own.map_or_else(|| name.into_owned(), |own| own.clone().into_owned()).into()
    }
}
