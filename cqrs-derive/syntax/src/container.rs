use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Expr, Ident, Lit, LitStr};

use crate::column::{Deferrable, ForeignKey, ReferentialAction, action, belongs_to, deferrable};
use crate::entry::{Entry, Item, Once, Value, entries, items};
use crate::errors::Errors;
use crate::index::{IndexSpec, index};
use crate::names::did_you_mean;

pub(crate) const ATTRIBUTES: [&str; 13] = [
    "table",
    "schema",
    "domain",
    "name",
    "code",
    "module",
    "renamed_from",
    "index",
    "unique",
    "check",
    "primary_key",
    "no_primary_key",
    "foreign_key",
];

/// What `primary_key(…)`, `unique(…)` and `check(…)` take besides fields and conditions.
pub(crate) const KEY_OPTIONS: [&str; 1] = ["name"];

/// What `foreign_key(…)` takes besides fields.
pub(crate) const FOREIGN_KEY_OPTIONS: [&str; 4] = ["on_delete", "on_update", "deferrable", "name"];

/// The arguments of `#[object_model(…)]`.
#[derive(Default)]
pub(crate) struct Container {
    pub(crate) table: Option<LitStr>,
    /// Whether `table` is there, be its value good or bad.
    pub(crate) table_is_written: bool,
    pub(crate) schema: Option<LitStr>,
    pub(crate) domain: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    pub(crate) code: Option<LitStr>,
    pub(crate) module: Option<LitStr>,
    pub(crate) renamed_from: Option<LitStr>,
    pub(crate) primary_key: Option<PrimaryKeySpec>,
    /// The words that the table has none.
    pub(crate) no_primary_key: Option<Ident>,
    pub(crate) indexes: Vec<IndexSpec>,
    pub(crate) uniques: Vec<UniqueSpec>,
    pub(crate) checks: Vec<CheckSpec>,
    pub(crate) foreign_keys: Vec<ForeignKeySpec>,
}

/// `primary_key(a, b, name = "…")`.
#[derive(Default)]
pub(crate) struct PrimaryKeySpec {
    /// The name given to it.
    pub(crate) name: Option<LitStr>,
    /// The fields' names, without `r#`.
    pub(crate) fields: Vec<Ident>,
}

/// `unique(a, b, name = "…")`.
pub struct UniqueSpec {
    /// The name given to it.
    pub name: Option<LitStr>,
    /// The fields' names, without `r#`.
    pub fields: Vec<Ident>,
}

/// `foreign_key(a = Other::x, b = Other::y, on_delete = cascade, name = "…")`.
#[derive(Default)]
pub struct ForeignKeySpec {
    /// The name given to it.
    pub name: Option<LitStr>,
    /// The fields' names, without `r#`, each with the field that it refers to.
    pub parts: Vec<(Ident, ForeignKey)>,
    /// What happens when the row referred to is deleted.
    pub on_delete: Option<ReferentialAction>,
    /// What happens when the key referred to changes.
    pub on_update: Option<ReferentialAction>,
    /// Whether a transaction may defer the check.
    pub deferrable: Option<Deferrable>,
}

/// `check("…")` or `check(name = "…", "…")`.
pub struct CheckSpec {
    /// The name given to it.
    pub name: Option<LitStr>,
    /// The SQL condition.
    pub expression: LitStr,
}

impl Container {
    pub(crate) fn parse(arguments: TokenStream, errors: &mut Errors) -> Self {
        let mut container = Self::default();
        let mut once = Once::default();
        for entry in entries(arguments, errors) {
            let name = entry.name.to_string();
            if !matches!(name.as_str(), "index" | "unique" | "check" | "foreign_key") && !once.check(&entry, errors) {
                continue;
            }
            match name.as_str() {
                "table" => {
                    container.table_is_written = true;
                    container.table = entry.text(errors);
                }
                "schema" => container.schema = entry.text(errors),
                "domain" => container.domain = entry.text(errors),
                "name" => container.name = entry.text(errors),
                "code" => container.code = entry.text(errors),
                "module" => container.module = entry.text(errors),
                "renamed_from" => container.renamed_from = entry.text(errors),
                "primary_key" => container.primary_key = primary_key(&entry, errors),
                "no_primary_key" => container.no_primary_key = entry.flag(errors).then(|| entry.name.clone()),
                "index" => container.indexes.extend(index(&entry, errors)),
                "unique" => container.uniques.extend(unique(&entry, errors)),
                "check" => container.checks.extend(check(&entry, errors)),
                "foreign_key" => container.foreign_keys.extend(foreign_key(&entry, errors)),
                _ => unknown(&entry.name, errors),
            }
        }
        container
    }
}

fn unknown(name: &Ident, errors: &mut Errors) {
    let help = did_you_mean(&name.to_string(), ATTRIBUTES);
    errors.at(name, format!("unknown attribute `{name}` of an object model{help}"));
}

fn primary_key(entry: &Entry, errors: &mut Errors) -> Option<PrimaryKeySpec> {
    let mut key = PrimaryKeySpec::default();
    let (mut once, before) = (Once::default(), errors.len());
    for part in entries(entry.list("first_field, second_field", errors)?, errors) {
        match (part.name.to_string().as_str(), &part.value) {
            ("name", Value::Expr(_)) => {
                if once.check(&part, errors) {
                    key.name = part.text(errors);
                }
            }
            (option, Value::Expr(_)) => errors.at(&part.name, unknown_option(option, &KEY_OPTIONS)),
            _ => key.fields.extend(plain_field(part, errors)),
        }
    }
    if key.fields.is_empty() && errors.len() == before {
        errors.at(&entry.name, "`primary_key` names no field: write `primary_key(first_field, second_field)`");
    }
    Some(key)
}

fn plain_field(part: Entry, errors: &mut Errors) -> Option<Ident> {
    if let Value::Flag = part.value {
        return Some(part.name.unraw());
    }
    errors.at(&part.name, "expected the name of a field and nothing behind it");
    None
}

fn unknown_option(option: &str, known: &[&str]) -> String {
    format!("unknown option `{option}`{}", did_you_mean(option, known.iter().copied()))
}

fn unique(entry: &Entry, errors: &mut Errors) -> Option<UniqueSpec> {
    let mut unique = UniqueSpec { name: None, fields: Vec::new() };
    let (mut once, before) = (Once::default(), errors.len());
    for part in entries(entry.list("field, other", errors)?, errors) {
        match (part.name.to_string().as_str(), &part.value) {
            ("name", Value::Expr(_)) => {
                if once.check(&part, errors) {
                    unique.name = part.text(errors);
                }
            }
            (option, Value::Expr(_)) => errors.at(&part.name, unknown_option(option, &KEY_OPTIONS)),
            _ => unique.fields.extend(plain_field(part, errors)),
        }
    }
    if unique.fields.is_empty() && errors.len() == before {
        errors.at(&entry.name, "`unique` names no field: write `unique(field, other)`");
    }
    (!unique.fields.is_empty()).then_some(unique)
}

fn foreign_key(entry: &Entry, errors: &mut Errors) -> Option<ForeignKeySpec> {
    let mut key = ForeignKeySpec::default();
    let (mut once, before) = (Once::default(), errors.len());
    for part in entries(entry.list("field = Other::field, second = Other::second", errors)?, errors) {
        let is_name = matches!(&part.value, Value::Expr(expr) if matches!(&**expr, Expr::Lit(_)));
        match part.name.to_string().as_str() {
            "on_delete" | "on_update" | "deferrable" if !once.check(&part, errors) => {}
            "on_delete" => key.on_delete = action(&part, errors).map(|(_, action)| action),
            "on_update" => key.on_update = action(&part, errors).map(|(_, action)| action),
            "deferrable" => key.deferrable = deferrable(&part, errors),
            "name" if is_name => {
                if once.check(&part, errors) {
                    key.name = part.text(errors);
                }
            }
            _ => {
                let Some(target) = belongs_to(&part, errors) else { continue };
                match key.parts.first() {
                    Some((_, first)) if first.model != target.model => {
                        let message = "a foreign key refers to one model: write another `foreign_key` for this one";
                        errors.at(&target.model, message);
                    }
                    _ => key.parts.push((part.name.unraw(), target)),
                }
            }
        }
    }
    if key.parts.is_empty() && errors.len() == before {
        errors.at(&entry.name, "`foreign_key` names no field: write `foreign_key(field = Other::field)`");
    }
    (!key.parts.is_empty()).then_some(key)
}

fn check(entry: &Entry, errors: &mut Errors) -> Option<CheckSpec> {
    let (mut name, mut expression) = (None, None);
    let (mut once, before) = (Once::default(), errors.len());
    for item in items(entry.list("name = \"…\", \"amount > 0\"", errors)?, errors) {
        match item {
            Item::Literal(Lit::Str(text)) if expression.is_none() && !text.value().trim().is_empty() => {
                expression = Some(text);
            }
            Item::Literal(other) => errors.at(other, "expected one SQL condition in a string: `check(\"amount > 0\")`"),
            Item::Entry(option) if option.name == "name" => {
                if once.check(&option, errors) {
                    name = option.text(errors);
                }
            }
            Item::Entry(option) => {
                errors.at(&option.name, unknown_option(&option.name.to_string(), &KEY_OPTIONS));
            }
        }
    }
    if expression.is_none() && errors.len() == before {
        errors.at(&entry.name, "`check` has no condition: write `check(\"amount > 0\")`");
    }
    Some(CheckSpec { name, expression: expression? })
}
