//! Indexes.

use std::borrow::Cow;

use cqrs_core::schema::{Index, IndexKey, IndexPart, SortOrder, Table};
use sqlite3_parser::dialect::TokenType::*;

use super::{Problem, Reader};
use crate::dialect::sqlite::print::{self, Scope};
use crate::dialect::sqlite::render::index_part;
use crate::dialect::sqlite::tokens::{Token, Tokens, tokenize, tokenize_into};
use crate::dialect::sqlite::words::{canonical_collation, unquote};

/// An index, from `CREATE INDEX`.
pub(in crate::dialect::sqlite) fn index(
    name: &str,
    sql: &str,
    table: &Table,
    list: &mut Vec<Token>,
) -> Result<Index, Problem> {
    let columns: Vec<Cow<'_, str>> = table.columns.iter().map(|column| Cow::Borrowed(&*column.name)).collect();
    let scope = Scope { columns: &columns, table: &table.name };
    tokenize_into(list, sql)?;
    let mut reader = Reader::new(Tokens::new(sql, list));
    let unique = reader.sees(&[TK_CREATE, TK_UNIQUE]);
    match unique {
        true => reader.create(&[TK_UNIQUE, TK_INDEX])?,
        false => reader.create(&[TK_INDEX])?,
    }
    reader.expect(TK_ON)?;
    reader.name()?;
    let tokens = reader.tokens;
    let key = tokens.slice(reader.group()?);
    let mut index = Index { name: Some(name.to_owned().into()), unique, ..Index::default() };
    if reader.eat(&[TK_WHERE]) {
        let predicate = tokens.from(reader.at);
        if predicate.is_empty() {
            return Err(reader.unexpected());
        }
        index.predicate = Some(print::sql(predicate, scope).into());
    } else {
        reader.end()?;
    }
    let parts = key.split();
    index.parts = parts.iter().map(|part| read_part(*part, scope, table)).collect();
    // There is one way to say a name, and a name that goes down.
    let is_plain = |part: &Tokens<'_>| match part.len() {
        1 => part.kind(0) == Some(TK_ID),
        2 => part.kind(0) == Some(TK_ID) && part.kind(1) == Some(TK_DESC),
        _ => false,
    };
    if parts.iter().all(is_plain) {
        return Ok(index);
    }
    let rendered = index.parts.iter().map(index_part).collect::<Vec<_>>().join(", ");
    let written = print::sql(key, scope);
    if !says_the_same(&rendered, &written) {
        index.options = vec![format!("({written})").into()].into();
    }
    Ok(index)
}

/// One part of the key: parentheses around a column say nothing, and a collation that the column has anyway neither.
fn read_part(part: Tokens<'_>, scope: Scope<'_>, table: &Table) -> IndexPart {
    let (mut key, mut order) = (part, SortOrder::Ascending);
    match part.kind(part.len().saturating_sub(1)) {
        Some(TK_DESC) => (key, order) = (part.slice(0..part.len() - 1), SortOrder::Descending),
        Some(TK_ASC) => key = part.slice(0..part.len() - 1),
        _ => {}
    }
    let whole = key;
    let mut collation = None;
    loop {
        if let Some(inner) = key.within_parentheses() {
            key = inner;
        } else if key.len() > 2 && key.kind(key.len() - 2) == Some(TK_COLLATE) {
            collation = collation.or_else(|| Some(unquote(key.text(key.len() - 1)).into_owned()));
            key = key.slice(0..key.len() - 2);
        } else {
            break;
        }
    }
    let column = key.only_name().and_then(|name| table.column(scope.column(&name)?));
    let mut part = match column {
        Some(column) => IndexPart::column(column.name.clone()),
        None => {
            let (key, own) = expression(whole);
            collation = own;
            IndexPart::new(IndexKey::Expression(print::sql(key, scope).into()))
        }
    };
    let implied = column.and_then(|column| column.collation.clone()).unwrap_or(Cow::Borrowed("BINARY"));
    part.collation = collation.map(canonical_collation).filter(|own| !own.eq_ignore_ascii_case(&implied));
    part.order = order;
    part
}

/// An expression without the parentheses around it, and the collation behind it.
fn expression(key: Tokens<'_>) -> (Tokens<'_>, Option<String>) {
    let (key, collation) = match key.len() > 2 && key.kind(key.len() - 2) == Some(TK_COLLATE) {
        true => (key.slice(0..key.len() - 2), Some(unquote(key.text(key.len() - 1)).into_owned())),
        false => (key, None),
    };
    (key.within_parentheses().unwrap_or(key), collation)
}

/// Whether two lists of keys differ in nothing but the quotes around names and their letters.
fn says_the_same(rendered: &str, written: &str) -> bool {
    let plain = |sql: &str| match tokenize(sql) {
        Ok(list) => {
            let tokens = Tokens::new(sql, &list);
            (0..tokens.len())
                .map(|at| match tokens.kind(at) {
                    Some(TK_STRING) => tokens.text(at).to_owned(),
                    _ => unquote(tokens.text(at)).to_ascii_lowercase(),
                })
                .collect::<Vec<_>>()
        }
        Err(_) => vec![sql.to_owned()],
    };
    rendered == written || plain(rendered) == plain(written)
}
