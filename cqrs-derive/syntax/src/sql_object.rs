use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, Lit, LitStr, Token};

use crate::entry::{Item, Once, items};
use crate::errors::Errors;
use crate::field::comment;
use crate::model::Parsed;
use crate::names::did_you_mean;
use crate::native::SqlTexts;

/// The kinds of objects that are declared as SQL.
pub const OBJECT_KINDS: [&str; 17] = [
    "aggregate",
    "collation",
    "composite_type",
    "domain",
    "event",
    "extension",
    "function",
    "policy",
    "procedure",
    "range_type",
    "rule",
    "schema",
    "sequence",
    "statistics",
    "text_search_configuration",
    "trigger",
    "virtual_table",
];

/// What is unique in the table or view that it belongs to.
const OF_TABLES: [&str; 3] = ["policy", "rule", "trigger"];

/// What can get another name where it stands.
const RENAMED: [&str; 3] = ["composite_type", "domain", "sequence"];

/// What stands behind the name. A table is said right behind it, and not after a comma.
pub(crate) const ATTRIBUTES: [&str; 7] = ["on", "schema", "renamed_from", "postgres", "mysql", "sqlite", "otherwise"];

/// `sql_object! { function "touch()", postgres = "CREATE FUNCTION …" }`
pub struct SqlObject {
    /// One of [`OBJECT_KINDS`].
    pub kind: Ident,
    /// Its name, a routine's with the types of its arguments.
    pub name: LitStr,
    /// The table or view that it belongs to.
    pub table: Option<LitStr>,
    /// The database schema.
    pub schema: Option<LitStr>,
    /// The name that it had before.
    pub renamed_from: Option<LitStr>,
    /// The doc comment as text.
    pub comment: Option<String>,
    /// The statement that makes it.
    pub sql: SqlTexts,
}

/// Reads what stands in `sql_object! { … }`.
pub fn parse_sql_object(tokens: TokenStream) -> Parsed<SqlObject> {
    let mut errors = Errors::default();
    let parser = |input: ParseStream| {
        let attributes = input.call(Attribute::parse_outer)?;
        let kind = input.call(Ident::parse_any).map_err(|error| at(error.span(), "a kind"))?;
        let name: LitStr = input.parse().map_err(|error| at(error.span(), "its name in quotes"))?;
        let table = if input.peek(Ident) && input.fork().call(Ident::parse_any)? == "on" {
            input.call(Ident::parse_any)?;
            Some(input.parse::<LitStr>().map_err(|error| at(error.span(), "the name of a table in quotes"))?)
        } else {
            None
        };
        if !input.is_empty() {
            input.parse::<Token![,]>().map_err(|error| at(error.span(), "a comma"))?;
        }
        Ok((attributes, kind, name, table, input.parse::<TokenStream>()?))
    };
    let tree = match parser.parse2(tokens) {
        Ok((attributes, kind, name, table, rest)) => {
            let object = SqlObject {
                comment: comment(&attributes),
                kind,
                name,
                table,
                schema: None,
                renamed_from: None,
                sql: SqlTexts::default(),
            };
            Some(object.with(rest, &mut errors))
        }
        Err(error) => {
            errors.push(error);
            None
        }
    };
    Parsed { tree, error: errors.into_error() }
}

fn at(span: Span, what: &str) -> syn::Error {
    let example = "`sql_object! { function \"touch()\", postgres = \"CREATE FUNCTION …\" }`";
    syn::Error::new(span, format!("expected {what}, as in {example}"))
}

impl SqlObject {
    fn with(mut self, rest: TokenStream, errors: &mut Errors) -> Self {
        let (mut once, before) = (Once::default(), errors.len());
        for item in items(rest, errors) {
            match item {
                Item::Literal(Lit::Str(sql)) if self.sql.otherwise.is_none() => self.sql.otherwise = Some(sql),
                Item::Literal(other) => errors.at(other, "expected one SQL statement in a string"),
                Item::Entry(entry) if !once.check(&entry, errors) => {}
                Item::Entry(entry) if entry.name == "schema" => self.schema = entry.text(errors),
                Item::Entry(entry) if entry.name == "renamed_from" => self.renamed_from = entry.text(errors),
                Item::Entry(entry) => {
                    if !self.sql.take(&entry, errors) {
                        let name = entry.name.to_string();
                        let help = did_you_mean(&name, ATTRIBUTES);
                        errors.at(&entry.name, format!("unknown attribute `{name}` of an SQL object{help}"));
                    }
                }
            }
        }
        if self.sql.is_empty() && errors.len() == before {
            errors
                .at(&self.name, "it has no SQL: write `postgres = \"CREATE …\"`, or `\"CREATE …\"` for every database");
        }
        self.check(errors);
        self
    }

    fn check(&self, errors: &mut Errors) {
        let kind = self.kind.to_string();
        let other_way = match kind.as_str() {
            "table" => Some("a table is an object model: write `#[object_model]`"),
            "view" => Some("a view is a read model: write `#[read_model(view = \"…\", query = \"…\")]`"),
            "enum" => Some("an enum is a Rust enum: write `#[derive(SqlEnum)]`"),
            "index" => Some("an index belongs to its model: write `index(…)` in `#[object_model]`"),
            "type" => {
                Some("which type? Write `composite_type`, `range_type` or `domain`; an enum is `#[derive(SqlEnum)]`")
            }
            _ => None,
        };
        if let Some(message) = other_way {
            errors.at(&self.kind, message);
            return;
        }
        if !OBJECT_KINDS.contains(&kind.as_str()) {
            let help = did_you_mean(&kind, OBJECT_KINDS);
            errors.at(&self.kind, format!("unknown kind `{kind}`{help} (known: {})", OBJECT_KINDS.join(", ")));
            return;
        }
        match (&self.table, OF_TABLES.contains(&kind.as_str())) {
            (None, true) => {
                let name = self.name.value();
                errors.at(&self.name, format!("`{kind}` belongs to a table: write `{kind} \"{name}\" on \"table\"`"));
            }
            (Some(table), false) => {
                errors.at(table, format!("`{kind}` belongs to no table: remove `on`"));
            }
            _ => {}
        }
        if let Some(former) = self.renamed_from.as_ref().filter(|_| !RENAMED.contains(&kind.as_str())) {
            errors.at(
                former,
                "it is dropped and made again under its new name: remove `renamed_from`, which `sequence`, `domain` and \
                 `composite_type` take",
            );
        }
        if self.name.value().trim().is_empty() {
            errors.at(&self.name, "the name is empty");
        }
    }
}
