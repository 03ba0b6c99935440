use std::collections::HashMap;

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Meta};

use crate::entry::{Entry, Once, entries};
use crate::errors::Errors;
use crate::model::Parsed;
use crate::names::{camel_case, did_you_mean, kebab_case, pascal_case, screaming_snake_case, snake_case};

pub(crate) const ATTRIBUTES: [&str; 3] = ["name", "renamed_from", "rename_all"];

pub(crate) const VARIANT_ATTRIBUTES: [&str; 2] = ["rename", "renamed_from"];

type Spell = fn(&str) -> String;

const STYLES: [(&str, Spell); 7] = [
    ("snake_case", snake_case),
    ("SCREAMING_SNAKE_CASE", screaming_snake_case),
    ("kebab-case", kebab_case),
    ("camelCase", camel_case),
    ("PascalCase", pascal_case),
    ("lowercase", str::to_lowercase),
    ("UPPERCASE", str::to_uppercase),
];

/// An enum under `#[derive(SqlEnum)]`.
pub struct SqlEnum {
    /// The enum's name.
    pub ident: Ident,
    /// The name of the type in a database that has named enum types.
    pub name: String,
    /// The name that the type had before.
    pub renamed_from: Option<String>,
    /// The variants, in order.
    pub variants: Vec<Variant>,
}

/// A variant and how the database spells it.
pub struct Variant {
    /// The variant's name.
    pub ident: Ident,
    /// The label in the database.
    pub label: String,
    /// What the label was before.
    pub renamed_from: Option<String>,
}

/// Reads an enum.
#[must_use]
pub fn parse_sql_enum(item: &DeriveInput) -> Parsed<SqlEnum> {
    let mut errors = Errors::default();
    let tree = parse(item, &mut errors);
    Parsed { tree, error: errors.into_error() }
}

fn parse(item: &DeriveInput, errors: &mut Errors) -> Option<SqlEnum> {
    let Data::Enum(data) = &item.data else {
        errors.at(&item.ident, "`SqlEnum` is for enums");
        return None;
    };
    let (mut name, mut renamed_from, mut style) = (None, None, snake_case as Spell);
    for_each_entry(&item.attrs, errors, |entry, errors| match entry.name.to_string().as_str() {
        "name" => name = entry.text(errors),
        "renamed_from" => renamed_from = entry.text(errors),
        "rename_all" => style = rename_all(entry, errors).unwrap_or(style),
        other => {
            let help = did_you_mean(other, ATTRIBUTES);
            errors.at(&entry.name, format!("unknown attribute `{other}` of an SQL enum{help}"));
        }
    });
    let mut labels: HashMap<String, Ident> = HashMap::new();
    let mut former_labels: HashMap<String, Ident> = HashMap::new();
    let mut variants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(&variant.fields, format!("a label holds no data: remove the fields of `{}`", variant.ident));
        }
        let (label, renamed_from) = variant_label(variant, style, errors);
        if let Some(first) = labels.insert(label.clone(), variant.ident.clone()) {
            errors.at(&variant.ident, format!("`{first}` and `{}` both have the label `{label}`", variant.ident));
        }
        if let Some(former) = &renamed_from {
            let former_label = former.value();
            let other = former_labels.insert(former_label.clone(), variant.ident.clone());
            if let Some(other) = other {
                errors.at(former, format!("`{other}` and `{}` both had the label `{former_label}`", variant.ident));
            } else if former_label == label {
                errors.at(former, format!("`{label}` is still its label: remove `renamed_from`"));
            }
        }
        let renamed_from = renamed_from.map(|label| label.value());
        variants.push(Variant { ident: variant.ident.clone(), label, renamed_from });
    }
    if variants.is_empty() {
        errors.at(&item.ident, "an enum without variants has no values: add one");
    }
    let plain = data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
    if !item.generics.params.is_empty() {
        errors.at(&item.generics, "an SQL enum cannot be generic: remove the parameters");
        return None;
    }
    if !plain {
        return None;
    }
    let name = name.map_or_else(|| snake_case(&item.ident.unraw().to_string()), |name| name.value());
    let renamed_from = renamed_from.map(|name| name.value());
    Some(SqlEnum { ident: item.ident.clone(), name, renamed_from, variants })
}

/// The label, and what it was before.
fn variant_label(variant: &syn::Variant, style: Spell, errors: &mut Errors) -> (String, Option<LitStr>) {
    let (mut rename, mut renamed_from): (Option<LitStr>, Option<LitStr>) = (None, None);
    for_each_entry(&variant.attrs, errors, |entry, errors| match entry.name.to_string().as_str() {
        "rename" => rename = entry.text_or_none(errors),
        "renamed_from" => renamed_from = entry.text(errors),
        other => {
            let help = did_you_mean(other, VARIANT_ATTRIBUTES);
            errors.at(&entry.name, format!("unknown attribute `{other}` of a variant{help}"));
        }
    });
    let label = rename.map_or_else(|| style(&variant.ident.unraw().to_string()), |label| label.value());
    (label, renamed_from)
}

fn for_each_entry(attributes: &[Attribute], errors: &mut Errors, mut read: impl FnMut(&Entry, &mut Errors)) {
    let mut once = Once::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("sql_enum")) {
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => {
                errors.at(attribute, "`#[sql_enum]` says nothing: write `#[sql_enum(…)]`, or remove it");
                TokenStream::new()
            }
        };
        for entry in entries(tokens, errors) {
            if once.check(&entry, errors) {
                read(&entry, errors);
            }
        }
    }
}

fn rename_all(entry: &Entry, errors: &mut Errors) -> Option<Spell> {
    let written = entry.text(errors)?;
    let found = STYLES.into_iter().find(|(style, _)| *style == written.value());
    if found.is_none() {
        let styles = STYLES.map(|(style, _)| style);
        let help = did_you_mean(&written.value(), styles);
        errors.at(&written, format!("unknown style `{}`{help} (known: {})", written.value(), styles.join(", ")));
    }
    found.map(|(_, spell)| spell)
}
