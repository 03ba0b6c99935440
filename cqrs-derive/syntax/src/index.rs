use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Ident, Lit, LitInt, LitStr};

use crate::column::{exclusive, positive};
use crate::entry::{Entry, Item, Once, Value, entries, items};
use crate::errors::Errors;
use crate::names::did_you_mean;

/// What may stand in `index(…)` besides fields.
pub(crate) const OPTIONS: [&str; 6] = ["name", "unique", "method", "where", "include", "nulls_not_distinct"];

/// What may stand behind a field or an expression.
pub(crate) const PART_OPTIONS: [&str; 7] = ["asc", "desc", "nulls_first", "nulls_last", "class", "collation", "length"];

/// `index(a, b(desc), expr("lower(c)"), name = "…", unique, method = "gin", where = "…", include(d))`.
#[derive(Default)]
pub struct IndexSpec {
    /// The name given to it.
    pub name: Option<LitStr>,
    /// What is indexed.
    pub parts: Vec<IndexPart>,
    /// Whether two rows may not have the same key.
    pub unique: bool,
    /// The access method.
    pub method: Option<LitStr>,
    /// The SQL condition of the rows that are in it.
    pub predicate: Option<LitStr>,
    /// The fields that are stored in it and no part of its key.
    pub include: Vec<Ident>,
    /// Whether two nulls count as the same key.
    pub nulls_not_distinct: bool,
}

impl IndexSpec {
    /// Whether it tells all rows apart by their columns.
    #[must_use]
    pub fn covers_all_rows(&self) -> bool {
        self.unique && self.predicate.is_none() && self.parts.iter().all(|part| part.field().is_some())
    }
}

/// One part of an index's key.
pub struct IndexPart {
    /// What is indexed.
    pub key: IndexKey,
    /// `desc`.
    pub descending: bool,
    /// `nulls_first` or `nulls_last`.
    pub nulls_first: Option<bool>,
    /// `class = "…"`: the operator class.
    pub operator_class: Option<LitStr>,
    /// `collation = "…"`.
    pub collation: Option<LitStr>,
    /// `length = n`: how many leading characters are indexed.
    pub prefix_length: Option<LitInt>,
}

/// What a part of an index is of.
pub enum IndexKey {
    /// A field's name, without `r#`.
    Field(Ident),
    /// An SQL expression.
    Expression(LitStr),
}

impl IndexPart {
    pub(crate) fn new(key: IndexKey) -> Self {
        Self { key, descending: false, nulls_first: None, operator_class: None, collation: None, prefix_length: None }
    }

    pub(crate) fn field(&self) -> Option<&Ident> {
        match &self.key {
            IndexKey::Field(field) => Some(field),
            IndexKey::Expression(_) => None,
        }
    }
}

pub(crate) fn index(entry: &Entry, errors: &mut Errors) -> Option<IndexSpec> {
    let mut index = IndexSpec::default();
    let (mut once, before) = (Once::default(), errors.len());
    for part in entries(entry.list("field, other(desc)", errors)?, errors) {
        let name = part.name.to_string();
        let is_option = match &part.value {
            Value::Expr(_) => true,
            Value::Flag => matches!(name.as_str(), "unique" | "nulls_not_distinct"),
            Value::List(_) => name == "include",
        };
        if is_option && OPTIONS.contains(&name.as_str()) && !once.check(&part, errors) {
            continue;
        }
        match (name.as_str(), &part.value) {
            ("name", Value::Expr(_)) => index.name = part.text(errors),
            ("method", Value::Expr(_)) => index.method = part.text(errors),
            // A keyword: no field has this name.
            ("where", _) => index.predicate = part.text(errors),
            ("unique", Value::Flag | Value::Expr(_)) => index.unique = part.flag(errors),
            ("nulls_not_distinct", Value::Flag | Value::Expr(_)) => index.nulls_not_distinct = part.flag(errors),
            ("include", Value::List(_) | Value::Expr(_)) => {
                index.include = part.list("field", errors).map_or_else(Vec::new, |fields| included(fields, errors));
            }
            (option, Value::Expr(_)) => {
                let help = did_you_mean(option, OPTIONS);
                errors.at(&part.name, format!("unknown option `{option}` of an index{help}"));
            }
            (_, Value::Flag) => index.parts.push(IndexPart::new(IndexKey::Field(part.name.unraw()))),
            (_, Value::List(list)) if is_expression(&name, list) => {
                index.parts.extend(expression(list.clone(), errors));
            }
            (_, Value::List(list)) => {
                let mut column = IndexPart::new(IndexKey::Field(part.name.unraw()));
                part_options(&mut column, &name, entries(list.clone(), errors), errors);
                index.parts.push(column);
            }
        }
    }
    if index.parts.is_empty() && errors.len() == before {
        errors.at(&entry.name, "`index` names no field: write `index(field, other(desc))`");
    }
    (!index.parts.is_empty()).then_some(index)
}

fn included(fields: TokenStream, errors: &mut Errors) -> Vec<Ident> {
    let mut names = Vec::new();
    for part in entries(fields, errors) {
        match part.value {
            Value::Flag => names.push(part.name.unraw()),
            _ => errors.at(&part.name, "expected the name of a field and nothing behind it"),
        }
    }
    names
}

/// `expr("…")`, and not a field of that name.
fn is_expression(name: &str, list: &TokenStream) -> bool {
    name == "expr" && matches!(list.clone().into_iter().next(), Some(TokenTree::Literal(_)))
}

fn expression(list: TokenStream, errors: &mut Errors) -> Option<IndexPart> {
    let (mut part, mut options) = (None, Vec::new());
    for item in items(list, errors) {
        match item {
            Item::Literal(Lit::Str(text)) if part.is_none() && !text.value().trim().is_empty() => {
                part = Some(IndexPart::new(IndexKey::Expression(text)));
            }
            Item::Literal(other) => {
                errors.at(other, "expected one SQL expression in a string: `expr(\"lower(name)\")`");
            }
            Item::Entry(option) if part.is_some() => options.push(option),
            Item::Entry(option) => errors.at(&option.name, "expected an SQL expression in a string first"),
        }
    }
    let mut part = part?;
    part_options(&mut part, "expr", options, errors);
    Some(part)
}

fn part_options(part: &mut IndexPart, of: &str, options: Vec<Entry>, errors: &mut Errors) {
    let mut once = Once::default();
    let options: Vec<Entry> = options.into_iter().filter(|option| once.check(option, errors)).collect();
    let names: Vec<Ident> = options.iter().map(|option| option.name.clone()).collect();
    exclusive("say the order", &["asc", "desc"], &names, errors);
    exclusive("say where nulls are", &["nulls_first", "nulls_last"], &names, errors);
    for option in &options {
        part_option(part, of, option, errors);
    }
}

fn part_option(part: &mut IndexPart, of: &str, option: &Entry, errors: &mut Errors) {
    let name = option.name.to_string();
    match (name.as_str(), &option.value) {
        ("asc", Value::Flag) => part.descending = false,
        ("desc", Value::Flag) => part.descending = true,
        ("nulls_first", Value::Flag) => part.nulls_first = Some(true),
        ("nulls_last", Value::Flag) => part.nulls_first = Some(false),
        ("class", Value::Expr(_)) => part.operator_class = option.text(errors),
        ("collation", Value::Expr(_)) => part.collation = option.text(errors),
        ("length", Value::Expr(_)) => part.prefix_length = positive(option, errors),
        ("class" | "collation", _) => {
            errors.at(&option.name, format!("`{name}` takes a string: write `{name} = \"…\"`"));
        }
        ("length", _) => errors.at(&option.name, "`length` takes a whole number: write `length = 12`"),
        (known, _) if PART_OPTIONS.contains(&known) => {
            errors.at(&option.name, format!("`{known}` takes no value: write `{known}`"))
        }
        (other, _) => {
            let help = did_you_mean(other, PART_OPTIONS);
            errors.at(&option.name, format!("`{other}` is no option of `{of}` in an index{help}"));
        }
    }
}
