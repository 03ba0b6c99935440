use proc_macro2::TokenStream;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Index, Member, Meta, Type};

use crate::errors::Errors;
use crate::model::Parsed;
use crate::native::NativeTypes;
use crate::types::is_option;

/// A struct around one value, under `#[derive(SqlType)]`.
pub struct SqlNewtype {
    /// The struct's name.
    pub ident: Ident,
    /// Its one field.
    pub field: Member,
    /// The type of the field.
    pub inner: Type,
    /// What `#[sql_type(…)]` calls the type, where it is not that of the field.
    pub native: Option<NativeTypes>,
}

/// Reads a newtype.
#[must_use]
pub fn parse_sql_type(item: &DeriveInput) -> Parsed<SqlNewtype> {
    let mut errors = Errors::default();
    let tree = parse(item, &mut errors);
    Parsed { tree, error: errors.into_error() }
}

fn parse(item: &DeriveInput, errors: &mut Errors) -> Option<SqlNewtype> {
    let fields = match &item.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(_) => {
            errors.at(&item.ident, "`SqlType` is for a struct around one value: an enum derives `SqlEnum`");
            return None;
        }
        Data::Union(_) => {
            errors.at(&item.ident, "`SqlType` is for a struct around one value");
            return None;
        }
    };
    let native = native(&item.attrs, errors);
    if !item.generics.params.is_empty() {
        errors.at(&item.generics, "the type of a column cannot be generic: remove the parameters");
        return None;
    }
    let Some(only) = fields.iter().next().filter(|_| fields.len() == 1) else {
        let message =
            format!("a column holds one value: write a struct with one field, as in `struct {}(String);`", item.ident);
        errors.at(&item.ident, message);
        return None;
    };
    if is_option(&only.ty) {
        errors.at(
            &only.ty,
            "whether a column may be null is said where it is used: write `Option` around the field there",
        );
        return None;
    }
    let field = match (fields, &only.ident) {
        (Fields::Named(_), Some(ident)) => Member::Named(ident.clone()),
        _ => Member::Unnamed(Index::from(0)),
    };
    Some(SqlNewtype { ident: item.ident.clone(), field, inner: only.ty.clone(), native })
}

fn native(attributes: &[Attribute], errors: &mut Errors) -> Option<NativeTypes> {
    let mut native: Option<NativeTypes> = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("sql_type")) {
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        if tokens.is_empty() {
            let message = "`#[sql_type]` says nothing: write `#[sql_type(postgres = \"…\")]`, or remove it";
            errors.at(attribute, message);
        } else if native.is_some() {
            errors.at(attribute, "`#[sql_type]` is written twice: put both into one");
        } else {
            native = NativeTypes::parse(tokens, errors);
        }
    }
    native
}
