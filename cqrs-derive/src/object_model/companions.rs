//! The structs of the two sides: `…Write`, `…Patch`, `…Key` for commands, `…Read` for queries.

use cqrs_syntax::{Field, ObjectModel};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, parse_quote};

/// A generated struct, and what is implemented for it.
type Companion = [TokenStream; 2];

pub(super) fn write(model: &ObjectModel) -> Companion {
    let fields: Vec<&Field> = model.fields.iter().filter(|field| field.is_writable()).collect();
    let declared = fields.iter().map(|field| declaration(model, field, field.has_default()));
    let doc = format!(
        "A new [`{}`]. A field that may be left to the database's default is an `Option` of its type.",
        model.ident
    );
    let values = fields.iter().map(|field| value(field, field.has_default()));
    let [item, implementation] = command(model, "Write", &doc, quote!(Debug, Clone), declared, values);
    let new = new_row(model, &fields);
    [item, quote!(#implementation #new)]
}

/// What must be given, and nothing else: the rest is for `..ScorProcessWrite::new(…)`.
fn new_row(model: &ObjectModel, fields: &[&Field]) -> TokenStream {
    let (vis, name) = (&model.vis, format_ident!("{}Write", model.ident));
    let (required, optional): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.is_required());
    let (required, types): (Vec<_>, Vec<_>) = required.iter().map(|field| (&field.ident, &field.ty)).unzip();
    let optional = optional.iter().map(|field| &field.ident);
    let doc = format!("A new [`{}`] with what it must have. The rest is null, or left to its default.", model.ident);
    quote! {
        #[automatically_derived]
        impl #name {
            #[doc = #doc]
            #[allow(dead_code, clippy::new_without_default, clippy::too_many_arguments)]
            #[must_use]
            #vis fn new(#(#required: #types),*) -> Self {
                Self { #(#required,)* #(#optional: ::core::option::Option::None,)* }
            }
        }
    }
}

pub(super) fn patch(model: &ObjectModel) -> Companion {
    let fields: Vec<&Field> =
        model.fields.iter().filter(|field| field.is_writable() && !field.in_primary_key).collect();
    let declared = fields.iter().map(|field| declaration(model, field, true));
    let doc = format!("Changes to a [`{}`] that is there. What is `None` stays as it is.", model.ident);
    let values = fields.iter().map(|field| value(field, true));
    command(model, "Patch", &doc, quote!(Debug, Clone, Default), declared, values)
}

pub(super) fn key(model: &ObjectModel) -> Companion {
    let fields = key_fields(model);
    let declared = fields.iter().map(|field| declaration(model, field, false));
    let doc = format!("The primary key of a [`{}`].", model.ident);
    let values = fields.iter().map(|field| value(field, false));
    let [item, implementation] = command(model, "Key", &doc, quote!(Debug, Clone, PartialEq), declared, values);
    let from_row = from_row(&format_ident!("{}Key", model.ident), &fields);
    [item, quote!(#implementation #from_row)]
}

pub(super) fn read(model: &ObjectModel) -> Companion {
    let (vis, class) = (&model.vis, &model.ident);
    let name = format_ident!("{class}Read");
    let doc = format!("A [`{class}`] as a query returns it.");
    let fields: Vec<&Field> = model.fields.iter().filter(|field| field.is_readable()).collect();
    let declared = fields.iter().map(|field| declaration(model, field, false));
    let columns = fields.iter().map(|field| field.column_name());
    let from_row = from_row(&name, &fields);
    let item = quote! {
        #[doc = #doc]
        #[derive(
            Debug, Clone, PartialEq,
            ::cqrs_core::__private::serde::Serialize, ::cqrs_core::__private::serde::Deserialize,
        )]
        #[serde(crate = "::cqrs_core::__private::serde")]
        #[allow(dead_code)]
        #vis struct #name { #(#declared,)* }
    };
    let implementation = quote! {
        #[automatically_derived]
        impl ::cqrs_core::__private::Read for #name {
            type Model = #class;
            const COLUMNS: &'static [&'static str] = &[#(#columns),*];
        }
        #from_row
    };
    [item, implementation]
}

fn command(
    model: &ObjectModel,
    side: &str,
    doc: &str,
    derives: TokenStream,
    declared: impl Iterator<Item = TokenStream>,
    values: impl Iterator<Item = TokenStream>,
) -> Companion {
    let (vis, class) = (&model.vis, &model.ident);
    let name = format_ident!("{class}{side}");
    let side = format_ident!("{side}");
    let item = quote! {
        #[doc = #doc]
        #[derive(#derives)]
        #[allow(dead_code)]
        #vis struct #name { #(#declared,)* }
    };
    let implementation = quote! {
        #[automatically_derived]
        impl ::cqrs_core::__private::ColumnValues for #name {
            type Model = #class;
            #[allow(unused_mut, unused_variables)]
            fn column_values(
                &self,
                driver: ::cqrs_core::__private::Driver,
            ) -> ::core::result::Result<
                ::std::vec::Vec<::cqrs_core::__private::ColumnValue>,
                ::cqrs_core::__private::EncodeError,
            > {
                let mut values = ::std::vec::Vec::new();
                #(#values)*
                ::core::result::Result::Ok(values)
            }
        }
        #[automatically_derived]
        impl ::cqrs_core::__private::#side for #name {}
    };
    [item, implementation]
}

fn declaration(model: &ObjectModel, field: &Field, optional: bool) -> TokenStream {
    let (vis, ident, ty, docs) = (&model.vis, &field.ident, &field.ty, docs(field));
    if optional {
        quote!(#(#docs)* #vis #ident: ::core::option::Option<#ty>)
    } else {
        quote!(#(#docs)* #vis #ident: #ty)
    }
}

fn value(field: &Field, optional: bool) -> TokenStream {
    let (ident, ty, column) = (&field.ident, &field.ty, field.column_name());
    if optional {
        quote! {
            if let ::core::option::Option::Some(value) = &self.#ident {
                values.push((#column, <#ty as ::cqrs_core::SqlType>::to_value(value, driver)?));
            }
        }
    } else {
        quote!(values.push((#column, <#ty as ::cqrs_core::SqlType>::to_value(&self.#ident, driver)?));)
    }
}

fn from_row(name: &syn::Ident, fields: &[&Field]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let (ident, ty, column) = (&field.ident, &field.ty, field.column_name());
        quote!(#ident: #ty = #column)
    });
    quote!(::cqrs_core::impl_from_row!(#name { #(#fields),* });)
}

fn key_fields(model: &ObjectModel) -> Vec<&Field> {
    (model.primary_key.iter())
        .filter_map(|name| model.fields.iter().find(|field| field.ident.unraw() == *name))
        .collect()
}

/// The field's own documentation, or else a sentence: the user's crate may insist on one.
pub(super) fn docs(field: &Field) -> Vec<Attribute> {
    if field.docs.is_empty() {
        let doc = format!("The column `{}`.", field.column_name());
        return vec![parse_quote!(#[doc = #doc])];
    }
    field.docs.clone()
}
