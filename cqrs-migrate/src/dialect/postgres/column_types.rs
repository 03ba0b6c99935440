//! What the server calls the types of columns, and their collations.

use std::collections::HashMap;

use cqrs_core::schema::Str;
use sqlx::postgres::types::Oid;

use super::catalog::Catalog;
use crate::error::Error;

/// What a column is of, by the server's numbers: a type, its modifier, and a collation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TypeKey {
    pub(super) id: u32,
    pub(super) modifier: i32,
    pub(super) collation: u32,
}

/// What the columns are of: each once, because many columns are of the same.
#[derive(Default)]
pub(super) struct ColumnTypes {
    keys: Vec<TypeKey>,
    by_key: HashMap<TypeKey, usize>,
    /// In the order of the keys, once they are named.
    named: Vec<NamedType>,
}

/// A type as the server prints it.
pub(super) struct NamedType {
    /// None for one that is no longer there.
    pub(super) name: Option<Str>,
    /// How values of it are kept by default.
    pub(super) storage: &'static str,
    /// Where it is not the type's own.
    pub(super) collation: Option<Str>,
}

impl ColumnTypes {
    pub(super) fn add(&mut self, key: TypeKey) -> usize {
        *self.by_key.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() - 1
        })
    }

    pub(super) fn key(&self, at: usize) -> TypeKey {
        self.keys[at]
    }

    pub(super) fn named(&self, at: usize) -> &NamedType {
        &self.named[at]
    }

    /// Asks the server for the names.
    pub(super) async fn name(&mut self, catalog: &mut Catalog<'_>) -> Result<(), Error> {
        if self.keys.is_empty() {
            return Ok(());
        }
        let types: Vec<Oid> = self.keys.iter().map(|key| Oid(key.id)).collect();
        let modifiers: Vec<i32> = self.keys.iter().map(|key| key.modifier).collect();
        let collations: Vec<Oid> = self.keys.iter().map(|key| Oid(key.collation)).collect();
        let named = &mut self.named;
        let query = include_str!("queries/column_types.sql");
        catalog
            .bound(
                query,
                |query| query.bind(types).bind(modifiers).bind(collations),
                |mut row| {
                    // One of that name is printed with quotes.
                    let name = row.take::<Option<&str>>()?.filter(|name| *name != "???").map(type_name);
                    let storage = storage(row.take::<Option<i8>>()?.unwrap_or_default().cast_unsigned());
                    named.push(NamedType { name, storage, collation: row.visible_name()? });
                    Ok(())
                },
            )
            .await
    }
}

/// <https://www.postgresql.org/docs/current/catalog-pg-attribute.html>
pub(super) fn storage(code: u8) -> &'static str {
    match code {
        b'p' => "PLAIN",
        b'e' => "EXTERNAL",
        b'm' => "MAIN",
        _ => "EXTENDED",
    }
}

/// A type's name. Most columns are of a few types, and share the text.
fn type_name(name: &str) -> Str {
    const COMMON: [&str; 13] = [
        "integer",
        "bigint",
        "smallint",
        "text",
        "boolean",
        "uuid",
        "jsonb",
        "date",
        "numeric",
        "bytea",
        "double precision",
        "timestamp with time zone",
        "timestamp without time zone",
    ];
    match COMMON.iter().find(|common| **common == name) {
        Some(common) => Str::Borrowed(common),
        None => Str::Owned(name.to_owned()),
    }
}
