use std::collections::{HashMap, HashSet};

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::{Fields, Ident, ItemStruct, LitStr, Visibility};

use crate::container::{CheckSpec, Container, ForeignKeySpec, UniqueSpec};
use crate::errors::Errors;
use crate::field::{AnyField, Field, SkippedField, comment};
use crate::index::IndexSpec;
use crate::names::{did_you_mean, screaming_snake_case, table_name, title};

/// The longest name that every database keeps whole, in bytes.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>
const LONGEST_NAME: usize = 63;

/// A struct under `#[object_model]`, with its spans.
pub struct ObjectModel {
    /// The struct's name.
    pub ident: Ident,
    /// The struct's visibility.
    pub vis: Visibility,
    /// The doc comment as text.
    pub comment: Option<String>,
    /// The table's name.
    pub table: LitStr,
    /// The database schema.
    pub schema: Option<LitStr>,
    /// The domain.
    pub domain: String,
    /// The name for people.
    pub name: String,
    /// The code for machines.
    pub code: String,
    /// The module.
    pub module: String,
    /// The name that the table had before.
    pub renamed_from: Option<LitStr>,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// The fields that are no columns.
    pub skipped: Vec<SkippedField>,
    /// The primary key's fields, in key order, without `r#`.
    pub primary_key: Vec<Ident>,
    /// The name given to the primary key.
    pub primary_key_name: Option<LitStr>,
    /// The words that the table has no primary key.
    pub no_primary_key: Option<Ident>,
    /// `index(…)`.
    pub indexes: Vec<IndexSpec>,
    /// `unique(…)`.
    pub uniques: Vec<UniqueSpec>,
    /// `check(…)`.
    pub checks: Vec<CheckSpec>,
    /// `foreign_key(…)`.
    pub foreign_keys: Vec<ForeignKeySpec>,
}

impl ObjectModel {
    /// The field that counts the updates.
    #[must_use]
    pub fn version(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.column.version.is_some())
    }

    /// Whether a command may leave the field to the database: it has a default, or SQLite numbers it by itself.
    /// <https://www.sqlite.org/lang_createtable.html#rowid>
    #[must_use]
    pub fn may_be_left_out(&self, field: &Field) -> bool {
        let is_whole_key = field.in_primary_key && self.primary_key.len() == 1;
        field.has_default() || (is_whole_key && field.is_sqlite_integer())
    }
}

/// What was understood, and everything that is wrong with it.
pub struct Parsed<T> {
    /// The item, without what could not be understood. `None` where nothing could.
    pub tree: Option<T>,
    /// Every error, combined.
    pub error: Option<syn::Error>,
}

/// Reads the arguments of `#[object_model(…)]` and the struct below it, and takes the `#[column]`s off its fields.
pub fn parse_object_model(arguments: TokenStream, item: &mut ItemStruct) -> Parsed<ObjectModel> {
    let mut errors = Errors::default();
    let tree = parse(arguments, item, &mut errors);
    for field in &mut item.fields {
        field.attrs.retain(|attribute| !attribute.path().is_ident("column"));
    }
    Parsed { tree, error: errors.into_error() }
}

fn parse(arguments: TokenStream, item: &ItemStruct, errors: &mut Errors) -> Option<ObjectModel> {
    let container = Container::parse(arguments, errors);
    if !item.generics.params.is_empty() {
        errors.at(&item.generics, "an object model is one table, and cannot be generic: remove the parameters");
        return None;
    }
    let Fields::Named(fields) = &item.fields else {
        errors.at(&item.ident, "an object model is a struct with named fields: write `struct Name { field: Type }`");
        return None;
    };
    let (mut columns, mut skipped) = (Vec::new(), Vec::new());
    for field in fields.named.iter().filter_map(|field| AnyField::parse(field, errors)) {
        match field {
            AnyField::Column(field) => columns.push(*field),
            AnyField::Skipped(field) => skipped.push(*field),
        }
    }
    let model = build(container, item, columns, skipped, errors);
    check_version(&model, errors);
    check_names(&model, errors);
    check_columns(&model, errors);
    check_primary_key(&model, errors);
    Some(model)
}

fn build(
    mut container: Container,
    item: &ItemStruct,
    mut fields: Vec<Field>,
    skipped: Vec<SkippedField>,
    errors: &mut Errors,
) -> ObjectModel {
    let class = item.ident.unraw().to_string();
    let table = container.table.take().unwrap_or_else(|| {
        let suggestion = table_name(&class);
        if !container.table_is_written {
            errors.at(&item.ident, format!("the table has no name: write `#[object_model(table = \"{suggestion}\")]`"));
        }
        LitStr::new(&suggestion, Span::call_site())
    });
    let text = |slot: Option<LitStr>, otherwise: String| slot.map_or(otherwise, |text| text.value());
    let domain = text(container.domain.take(), "default".to_owned());
    let primary_key_name = container.primary_key.as_mut().and_then(|key| key.name.take());
    let primary_key = primary_key(&mut container, &mut fields, &skipped, errors);
    known_fields(&mut container, Declared { fields: &fields, skipped: &skipped }, errors);
    ObjectModel {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        comment: comment(&item.attrs),
        table,
        schema: container.schema,
        name: text(container.name, title(&class)),
        code: text(container.code, screaming_snake_case(&class)),
        module: text(container.module, domain.to_uppercase()),
        domain,
        renamed_from: container.renamed_from,
        fields,
        skipped,
        primary_key,
        primary_key_name,
        no_primary_key: container.no_primary_key,
        indexes: container.indexes,
        uniques: container.uniques,
        checks: container.checks,
        foreign_keys: container.foreign_keys,
    }
}

/// The fields of the primary key in key order: what `primary_key(…)` says, or the fields that say it of themselves.
fn primary_key(
    container: &mut Container,
    fields: &mut [Field],
    skipped: &[SkippedField],
    errors: &mut Errors,
) -> Vec<Ident> {
    let marked: Vec<Ident> =
        fields.iter().filter(|field| field.in_primary_key).map(|field| field.ident.unraw()).collect();
    let Some(mut listed) = container.primary_key.take().map(|key| key.fields) else { return marked };
    if let Some(keyword) = fields.iter().find_map(|field| field.column.primary_key.as_ref()) {
        let message =
            "the primary key is declared twice: keep `primary_key(…)` of the model or `primary_key` of the fields";
        errors.at(keyword, message);
    }
    retain_known(&mut listed, |field| Some(field), Declared { fields, skipped }, errors);
    for field in fields.iter_mut() {
        field.in_primary_key = listed.contains(&field.ident.unraw());
    }
    listed
}

/// What the model's own attributes may name.
#[derive(Clone, Copy)]
pub(crate) struct Declared<'a> {
    pub(crate) fields: &'a [Field],
    pub(crate) skipped: &'a [SkippedField],
}

impl Declared<'_> {
    /// What is wrong with a name, if something is.
    fn unknown(&self, written: &Ident) -> Option<String> {
        if self.fields.iter().any(|field| field.ident.unraw() == *written) {
            return None;
        }
        if self.skipped.iter().any(|field| field.ident.unraw() == *written) {
            return Some(format!("`{written}` is no column: it has `skip`"));
        }
        let names: Vec<String> = self.fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        let help = did_you_mean(&written.to_string(), names.iter().map(String::as_str));
        Some(format!("no field `{written}`{help}"))
    }
}

pub(crate) fn known_fields(container: &mut Container, declared: Declared, errors: &mut Errors) {
    for index in &mut container.indexes {
        retain_known(&mut index.parts, |part| part.field(), declared, errors);
        retain_known(&mut index.include, |field| Some(field), declared, errors);
    }
    for unique in &mut container.uniques {
        retain_known(&mut unique.fields, |field| Some(field), declared, errors);
    }
    for key in &mut container.foreign_keys {
        retain_known(&mut key.parts, |(field, _)| Some(field), declared, errors);
    }
    container.foreign_keys.retain(|key| !key.parts.is_empty());
    container.indexes.retain(|index| !index.parts.is_empty());
    container.uniques.retain(|unique| !unique.fields.is_empty());
}

/// Drops what names a field that is not there, or names one a second time, with an error for each.
fn retain_known<T>(parts: &mut Vec<T>, name: impl Fn(&T) -> Option<&Ident>, declared: Declared, errors: &mut Errors) {
    let mut seen: HashSet<Ident> = HashSet::new();
    parts.retain(|part| {
        let Some(written) = name(part) else { return true };
        if !seen.insert(written.clone()) {
            errors.at(written, format!("`{written}` is named twice: remove one"));
            return false;
        }
        let wrong = declared.unknown(written);
        if let Some(message) = &wrong {
            errors.at(written, message);
        }
        wrong.is_none()
    });
}

fn check_primary_key(model: &ObjectModel, errors: &mut Errors) {
    match &model.no_primary_key {
        Some(word) if !model.primary_key.is_empty() => {
            errors.at(word, "the table has a primary key: remove `no_primary_key`, or the key");
        }
        None if model.primary_key.is_empty() && errors.len() == 0 => errors.at(
            &model.ident,
            "no primary key: write `#[column(primary_key)]` on a field, or `primary_key(a, b)` on the model",
        ),
        _ => {}
    }
    for field in &model.fields {
        if field.in_primary_key && crate::is_option(&field.ty) {
            errors.at(&field.ty, "a primary key is never null: remove `Option`");
        }
    }
}

fn check_version(model: &ObjectModel, errors: &mut Errors) {
    let mut versions = model.fields.iter().filter(|field| field.column.version.is_some());
    let Some(first) = versions.next() else { return };
    for field in versions {
        errors.at(&field.column.version, format!("`{}` is the version already: remove `version` here", first.ident));
    }
    if first.column.primary_key.is_none() && model.primary_key.contains(&first.ident.unraw()) {
        errors.at(&first.ident, "the version changes with each update, and a primary key must not: keep one");
    }
}

pub(crate) fn check_columns(model: &ObjectModel, errors: &mut Errors) {
    let mut columns: HashMap<String, &Field> = HashMap::new();
    let mut variants: HashMap<Ident, &Field> = HashMap::new();
    for field in &model.fields {
        let name = field.column_name();
        if let Some(first) = columns.insert(name.to_lowercase(), field) {
            let message = format!("the column `{name}` is declared twice: also by field `{}`", first.ident);
            match &field.column.column_name {
                Some(written) => errors.at(written, message),
                None => errors.at(&field.ident, message),
            }
        } else if let Some(first) = variants.insert(field.variant(), field) {
            let message = format!(
                "the fields `{}` and `{}` look alike once written in capitals: rename one",
                first.ident, field.ident
            );
            errors.at(&field.ident, message);
        }
    }
}

pub(crate) fn check_names(model: &ObjectModel, errors: &mut Errors) {
    let check = |name: &str, tokens: &dyn quote::ToTokens, errors: &mut Errors| {
        if name.len() > LONGEST_NAME {
            let message = format!(
                "`{name}` has {} bytes: PostgreSQL keeps {LONGEST_NAME} of a name, write a shorter one",
                name.len()
            );
            errors.at(tokens, message);
        }
    };
    check(&model.table.value(), &model.table, errors);
    for field in &model.fields {
        match &field.column.column_name {
            Some(written) => check(&written.value(), written, errors),
            None => check(&field.column_name(), &field.ident, errors),
        }
    }
    let given = (model.indexes.iter().map(|index| &index.name))
        .chain(model.uniques.iter().map(|unique| &unique.name))
        .chain(model.checks.iter().map(|check| &check.name))
        .chain(model.foreign_keys.iter().map(|key| &key.name))
        .chain([&model.primary_key_name])
        .flatten();
    let mut seen = HashSet::new();
    for name in given {
        check(&name.value(), name, errors);
        if !seen.insert(name.value()) {
            errors.at(name, format!("the name `{}` is given twice: choose another", name.value()));
        }
    }
}
