use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, Fields, Ident, ItemStruct, LitStr, Meta, Path, Type};

use crate::column::ColumnAttributes;
use crate::container::Container;
use crate::entry::{Entry, Once, Value, entries};
use crate::errors::Errors;
use crate::field::{Field, comment, docs, reject_conditions};
use crate::index::index;
use crate::model::{Declared, ObjectModel, Parsed, check_columns, check_names, known_fields};
use crate::names::{did_you_mean, screaming_snake_case, snake_case, title};
use crate::native::SqlTexts;
use crate::types::{is_option, option_inner};

pub(crate) const ATTRIBUTES: [&str; 7] = ["of", "view", "schema", "query", "materialized", "index", "renamed_from"];

/// Of a field that reads a column of a model.
pub(crate) const FIELD_ATTRIBUTES: [&str; 1] = ["field"];

/// Of a field that is a column of a view.
pub(crate) const COLUMN_ATTRIBUTES: [&str; 2] = ["column_name", "comment"];

/// A struct under `#[read_model]`, with its spans.
pub struct ReadModel {
    /// The struct's name.
    pub ident: Ident,
    /// What it reads.
    pub source: ReadSource,
}

/// What a read model reads.
pub enum ReadSource {
    /// `of = Model`: some of the columns of an object model.
    Model {
        /// The object model.
        model: Path,
        /// The fields, in order.
        fields: Vec<ReadField>,
    },
    /// `view = "…"`: a view, whose columns are the fields.
    View {
        /// The view as the model of a table that is read only.
        model: Box<ObjectModel>,
        /// Its query and the like.
        view: ViewSpec,
    },
}

/// A field that reads a column of an object model.
pub struct ReadField {
    /// The field's name.
    pub ident: Ident,
    /// Its Rust type.
    pub ty: Type,
    /// The model's field. `None` where it is not understood.
    pub reads: Option<Ident>,
}

/// What a view is besides its columns.
pub struct ViewSpec {
    /// The query.
    pub query: SqlTexts,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// `materialized(postgres)`: whether it is a plain view on databases that store none.
    pub plain_elsewhere: bool,
}

/// The arguments of `#[read_model(…)]`.
#[derive(Default)]
struct Arguments {
    of: Option<(Ident, Option<Path>)>,
    view: Option<(Ident, Option<LitStr>)>,
    query: Option<SqlTexts>,
    materialized: Option<(Ident, bool)>,
    /// What only a view has, as written.
    of_view: Vec<Ident>,
    rest: Container,
}

impl Arguments {
    fn parse(arguments: TokenStream, errors: &mut Errors) -> Self {
        let mut found = Self::default();
        let mut once = Once::default();
        for entry in entries(arguments, errors) {
            let name = entry.name.to_string();
            if name != "index" && !once.check(&entry, errors) {
                continue;
            }
            match name.as_str() {
                "of" => found.of = Some((entry.name.clone(), model(&entry, errors))),
                "view" => found.view = Some((entry.name.clone(), entry.text(errors))),
                "schema" => found.rest.schema = entry.text(errors),
                "renamed_from" => found.rest.renamed_from = entry.text(errors),
                "index" => found.rest.indexes.extend(index(&entry, errors)),
                "query" => found.query = Some(SqlTexts::of(&entry, errors).unwrap_or_default()),
                "materialized" => found.materialized = Some((entry.name.clone(), plain_elsewhere(&entry, errors))),
                _ => {
                    let help = did_you_mean(&name, ATTRIBUTES);
                    errors.at(&entry.name, format!("unknown attribute `{name}` of a read model{help}"));
                    continue;
                }
            }
            if !matches!(name.as_str(), "of" | "view") {
                found.of_view.push(entry.name);
            }
        }
        found
    }
}

fn model(entry: &Entry, errors: &mut Errors) -> Option<Path> {
    match entry.expr("Model", errors)? {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        other => {
            errors.at(other, "`of` takes the path of an object model: write `of = Model`");
            None
        }
    }
}

/// `materialized` or `materialized(postgres)`.
fn plain_elsewhere(entry: &Entry, errors: &mut Errors) -> bool {
    let help = "write `materialized`, or `materialized(postgres)` for a plain view on the other databases";
    match &entry.value {
        Value::Flag => false,
        Value::List(list) => {
            let before = errors.len();
            let names = entries(list.clone(), errors);
            let is_postgres = |name: &Entry| name.name == "postgres" && matches!(name.value, Value::Flag);
            if errors.len() == before && !matches!(names.as_slice(), [only] if is_postgres(only)) {
                errors.at(&entry.name, format!("only PostgreSQL stores the rows of a view: {help}"));
            }
            true
        }
        Value::Expr(_) => {
            errors.at(&entry.name, format!("`materialized` takes no value: {help}"));
            false
        }
    }
}

/// Reads the arguments of `#[read_model(…)]` and the struct below it, and takes the `#[column]`s off its fields.
pub fn parse_read_model(arguments: TokenStream, item: &mut ItemStruct) -> Parsed<ReadModel> {
    let mut errors = Errors::default();
    let source = source(arguments, item, &mut errors);
    for field in &mut item.fields {
        field.attrs.retain(|attribute| !attribute.path().is_ident("column"));
    }
    let tree = source.map(|source| ReadModel { ident: item.ident.clone(), source });
    Parsed { tree, error: errors.into_error() }
}

fn source(arguments: TokenStream, item: &ItemStruct, errors: &mut Errors) -> Option<ReadSource> {
    let arguments = Arguments::parse(arguments, errors);
    if !item.generics.params.is_empty() {
        errors.at(&item.generics, "a read model reads one table or view, and cannot be generic: remove the parameters");
        return None;
    }
    let Fields::Named(fields) = &item.fields else {
        errors.at(&item.ident, "a read model is a struct with named fields: write `struct Name { field: Type }`");
        return None;
    };
    if fields.named.is_empty() {
        errors.at(&item.ident, "a read model without fields reads nothing: write a field for each column");
        return None;
    }
    match (arguments.of.clone(), arguments.view.clone()) {
        (Some((_, model)), None) => {
            for word in &arguments.of_view {
                errors.at(word, format!("`{word}` is for views: write `view = \"…\"` instead of `of`, or remove it"));
            }
            let fields = fields.named.iter().filter_map(|field| read_field(field, errors)).collect();
            Some(ReadSource::Model { model: model?, fields })
        }
        (None, Some((word, name))) => {
            let fields: Vec<Field> = fields.named.iter().filter_map(|field| column(field, errors)).collect();
            view(arguments, &word, name, item, fields, errors)
        }
        (Some(_), Some((word, _))) => {
            errors.at(&word, "`of` reads a table and `view` a view of its own: keep one");
            None
        }
        (None, None) => {
            let name = snake_case(&item.ident.unraw().to_string());
            let message = format!(
                "what does it read? Write `#[read_model(of = Model)]`, or `#[read_model(view = \"{name}\", query = \"select …\")]`"
            );
            errors.at(&item.ident, message);
            None
        }
    }
}

fn view(
    mut arguments: Arguments,
    word: &Ident,
    name: Option<LitStr>,
    item: &ItemStruct,
    fields: Vec<Field>,
    errors: &mut Errors,
) -> Option<ReadSource> {
    if arguments.query.is_none() {
        errors.at(word, "a view is a query: write `query = \"select …\"`");
    }
    let (materialized, plain_elsewhere) = match &arguments.materialized {
        Some((_, plain_elsewhere)) => (true, *plain_elsewhere),
        None => (false, false),
    };
    if let (false, Some(word)) = (materialized, arguments.of_view.iter().find(|word| *word == "index")) {
        errors.at(word, "only a view whose rows are stored has indexes: add `materialized`, or remove `index`");
    }
    known_fields(&mut arguments.rest, Declared { fields: &fields, skipped: &[] }, errors);
    let class = item.ident.unraw().to_string();
    let model = ObjectModel {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        comment: comment(&item.attrs),
        table: name?,
        schema: arguments.rest.schema,
        name: title(&class),
        code: screaming_snake_case(&class),
        module: "DEFAULT".to_owned(),
        domain: "default".to_owned(),
        renamed_from: arguments.rest.renamed_from,
        fields,
        skipped: Vec::new(),
        primary_key: Vec::new(),
        primary_key_name: None,
        no_primary_key: None,
        indexes: arguments.rest.indexes,
        uniques: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
    };
    check_names(&model, errors);
    check_columns(&model, errors);
    let view = ViewSpec { query: arguments.query.unwrap_or_default(), materialized, plain_elsewhere };
    Some(ReadSource::View { model: Box::new(model), view })
}

/// A field that reads a column of an object model: `#[column(field = other)]` where the model's has another name.
fn read_field(field: &syn::Field, errors: &mut Errors) -> Option<ReadField> {
    let ident = field.ident.clone()?;
    reject_conditions(&field.attrs, errors);
    let (mut reads, before) = (ident.clone(), errors.len());
    for entry in attributes(field, errors) {
        match entry.name.to_string().as_str() {
            "field" => match entry.expr("field_of_the_model", errors) {
                Some(Expr::Path(path)) if path.path.get_ident().is_some() => {
                    reads = path.path.get_ident().cloned().unwrap_or(reads);
                }
                Some(other) => errors.at(other, "`field` takes the name of a field of the model: write `field = name`"),
                None => {}
            },
            "column_name" => errors.at(
                &entry.name,
                "the model says what the column is called: remove `column_name`, or write `field = name` to read another field of the model",
            ),
            name => errors.at(&entry.name, unknown(name, &FIELD_ATTRIBUTES)),
        }
    }
    let is_understood = errors.len() == before;
    Some(ReadField { ty: field.ty.clone(), ident, reads: is_understood.then_some(reads) })
}

/// A field that is a column of a view: `#[column(column_name = "…")]` where the view's has another name.
fn column(field: &syn::Field, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    reject_conditions(&field.attrs, errors);
    let mut column = ColumnAttributes::default();
    for entry in attributes(field, errors) {
        match entry.name.to_string().as_str() {
            "column_name" => column.column_name = entry.text(errors),
            "comment" => column.comment = entry.text(errors),
            name => errors.at(&entry.name, unknown(name, &COLUMN_ATTRIBUTES)),
        }
    }
    if option_inner(&field.ty).is_some_and(is_option) {
        errors.at(&field.ty, "a column is null or not, nothing in between: write `Option` once");
    }
    Some(Field {
        docs: docs(&field.attrs),
        comment: comment(&field.attrs),
        ty: field.ty.clone(),
        ident,
        column,
        in_primary_key: false,
    })
}

fn attributes(field: &syn::Field, errors: &mut Errors) -> Vec<Entry> {
    let (mut once, mut found) = (Once::default(), Vec::new());
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("column")) {
        match &attribute.meta {
            Meta::List(list) => found.extend(entries(list.tokens.clone(), errors)),
            other => {
                errors.at(other.to_token_stream(), "`#[column]` says nothing: write `#[column(…)]`, or remove it");
            }
        }
    }
    found.retain(|entry| once.check(entry, errors));
    found
}

fn unknown(name: &str, known: &[&str]) -> String {
    let help = did_you_mean(name, known.iter().copied());
    format!("`{name}` is no attribute of a read model's field{help} (known: {})", known.join(", "))
}
