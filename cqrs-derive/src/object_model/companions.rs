//! The structs of the two sides: `…Write`, `…Patch`, `…Key` for commands, `…Read` for queries.

use cqrs_syntax::{Field, ObjectModel, SkippedField, is_option};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, parse_quote};

/// A generated struct, and what is implemented for it.
type Companion = [TokenStream; 2];

pub(super) fn write(model: &ObjectModel) -> Companion {
    let fields: Vec<&Field> = model.fields.iter().filter(|field| field.is_writable()).collect();
    let declared = fields.iter().map(|field| declaration(model, field, model.may_be_left_out(field)));
    let doc = format!(
        "A new [`{}`]. A field that may be left to the database's default is an `Option` of its type.",
        model.ident
    );
    let values = fields.iter().map(|field| value(field, model.may_be_left_out(field)));
    let [item, implementation] = command(model, "Write", &doc, quote!(Debug, Clone), declared, values, None);
    let new = new_row(model, &fields);
    [item, quote!(#implementation #new)]
}

/// What must be given, and nothing else: the rest is for `..ScorProcessWrite::new(…)`.
fn new_row(model: &ObjectModel, fields: &[&Field]) -> TokenStream {
    let (vis, name) = (&model.vis, format_ident!("{}Write", model.ident));
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| !model.may_be_left_out(field) && !is_option(&field.ty));
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
    let version = model.version();
    let declared = (version.iter().map(|field| declaration(model, field, false)))
        .chain(fields.iter().map(|field| declaration(model, field, true)));
    let doc = format!("Changes to a [`{}`] that is there. What is `None` stays as it is.", model.ident);
    let values = fields.iter().map(|field| value(field, true));
    let Some(version) = version else {
        return command(model, "Patch", &doc, quote!(Debug, Clone, Default), declared, values, None);
    };
    let new = unchanged(model, version, &fields);
    let [item, implementation] =
        command(model, "Patch", &doc, quote!(Debug, Clone), declared, values, Some(version_value(version)));
    [item, quote!(#implementation #new)]
}

/// No changes yet: `..ScorProcessPatch::new(read.version)`.
fn unchanged(model: &ObjectModel, version: &Field, fields: &[&Field]) -> TokenStream {
    let (vis, name) = (&model.vis, format_ident!("{}Patch", model.ident));
    let (version, ty) = (&version.ident, &version.ty);
    let fields = fields.iter().map(|field| &field.ident);
    let doc = format!("No changes to a [`{}`] of that version.", model.ident);
    quote! {
        #[automatically_derived]
        impl #name {
            #[doc = #doc]
            #[allow(dead_code)]
            #[must_use]
            #vis fn new(#version: #ty) -> Self {
                Self { #version, #(#fields: ::core::option::Option::None,)* }
            }
        }
    }
}

fn version_value(field: &Field) -> TokenStream {
    let (ident, ty, column) = (&field.ident, &field.ty, field.column_name());
    quote! {
        fn version(
            &self,
            driver: ::cqrs_core::__private::Driver,
        ) -> ::core::result::Result<
            ::core::option::Option<::cqrs_core::__private::ColumnValue>,
            ::cqrs_core::__private::EncodeError,
        > {
            let value = <#ty as ::cqrs_core::SqlType>::to_value(&self.#ident, driver)?;
            ::core::result::Result::Ok(::core::option::Option::Some((#column, value)))
        }
    }
}

pub(super) fn key(model: &ObjectModel) -> Companion {
    let fields = key_fields(model);
    let declared = fields.iter().map(|field| declaration(model, field, false));
    let doc = format!("The primary key of a [`{}`].", model.ident);
    let values = fields.iter().map(|field| value(field, false));
    let [item, implementation] = command(model, "Key", &doc, quote!(Debug, Clone, PartialEq), declared, values, None);
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
    let (from_row, serde) = (from_row(&name, &fields), serde(&name, &fields));
    let item = quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq)]
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
        #serde
    };
    [item, implementation]
}

/// What the derives of serde would do, in a small part of the code: they are most of what a struct costs to compile.
fn serde(name: &syn::Ident, fields: &[&Field]) -> TokenStream {
    let (idents, types): (Vec<_>, Vec<_>) = fields.iter().map(|field| (&field.ident, &field.ty)).unzip();
    let text = name.unraw().to_string();
    let (names, length) = (idents.iter().map(|ident| ident.unraw().to_string()).collect::<Vec<_>>(), fields.len());
    let at = 0..length;
    let mutable = (length > 0).then(|| quote!(mut));
    quote! {
        const _: () = {
            use ::cqrs_core::__private as __cqrs;
            #[automatically_derived]
            impl __cqrs::serde::Serialize for #name {
                fn serialize<__S: __cqrs::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                    let #mutable fields = __cqrs::Fields::begin(serializer, #text, #length);
                    #(<#types as __cqrs::FieldValue>::write(&self.#idents, &mut fields, #names);)*
                    fields.end()
                }
            }
            #[automatically_derived]
            impl<'de> __cqrs::serde::Deserialize<'de> for #name {
                fn deserialize<__D: __cqrs::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    __cqrs::deserialize(deserializer)
                }
            }
            #[allow(unreachable_pub)]
            pub struct __Slots { #(#idents: ::core::option::Option<#types>,)* }
            #[automatically_derived]
            impl<'de> __cqrs::Assemble<'de> for #name {
                type Slots = __Slots;
                const NAME: &'static str = #text;
                const FIELDS: &'static [&'static str] = &[#(#names),*];
                fn empty() -> __Slots {
                    __Slots { #(#idents: ::core::option::Option::None,)* }
                }
                #[allow(unused_variables)]
                fn fill<__A: __cqrs::NextValue<'de>>(
                    slots: &mut __Slots,
                    at: usize,
                    values: &mut __A,
                ) -> ::core::result::Result<(), __A::Error> {
                    match at {
                        #(#at => <#types as __cqrs::FieldValue>::fill(&mut slots.#idents, #names, values),)*
                        _ => ::core::result::Result::Ok(()),
                    }
                }
                #[allow(unused_variables)]
                fn assemble<__E: __cqrs::serde::de::Error>(slots: __Slots) -> ::core::result::Result<Self, __E> {
                    ::core::result::Result::Ok(Self {
                        #(#idents: match __cqrs::filled::<#types, __E>(slots.#idents, #names) {
                            ::core::result::Result::Ok(value) => value,
                            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
                        },)*
                    })
                }
            }
        };
    }
}

fn command(
    model: &ObjectModel,
    side: &str,
    doc: &str,
    derives: TokenStream,
    declared: impl Iterator<Item = TokenStream>,
    values: impl Iterator<Item = TokenStream>,
    methods: Option<TokenStream>,
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
            fn column_values(
                &self,
                driver: ::cqrs_core::__private::Driver,
            ) -> ::core::result::Result<
                ::std::vec::Vec<::cqrs_core::__private::ColumnValue>,
                ::cqrs_core::__private::EncodeError,
            > {
                ::cqrs_core::__private::values(driver, &[#(#values),*])
            }
        }
        #[automatically_derived]
        impl ::cqrs_core::__private::#side for #name {
            type Model = #class;
            #methods
        }
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
    let set = if optional { quote!(set_if_some) } else { quote!(set) };
    quote!((#column, <#ty as ::cqrs_core::SqlType>::#set(&self.#ident)))
}

fn from_row(name: &syn::Ident, fields: &[&Field]) -> TokenStream {
    let fields = fields.iter().map(|field| read_field(field));
    quote!(::cqrs_core::impl_from_row!(#name { #(#fields),* });)
}

fn read_field(field: &Field) -> TokenStream {
    let (ident, ty, column) = (&field.ident, &field.ty, field.column_name());
    quote!(#ident: #ty = #column)
}

/// The declared struct: one row as stored.
pub(super) fn stored(model: &ObjectModel) -> TokenStream {
    let class = &model.ident;
    if model.skipped.is_empty() && model.fields.iter().all(Field::is_readable) {
        let (read, fields) = (format_ident!("{class}Read"), model.fields.iter().map(|field| &field.ident));
        return quote!(::cqrs_core::__impl_from_row_of!(#class { #(#fields),* } of #read););
    }
    let fields = model.fields.iter().map(read_field);
    let (functions, skipped): (Vec<_>, Vec<_>) = (model.skipped.iter())
        .map(|SkippedField { ident, ty }| {
            let name = format_ident!("default_of_{}", ident.unraw());
            let function = quote_spanned!(ty.span()=>
                #[allow(dead_code, non_snake_case)]
                fn #name() -> #ty {
                    <#ty as ::core::default::Default>::default()
                }
            );
            (function, quote!(#ident = #name()))
        })
        .unzip();
    quote! {
        const _: () = {
            #(#functions)*
            ::cqrs_core::impl_from_row!(#class { #(#fields),* } skip { #(#skipped),* });
        };
    }
}

pub(super) fn key_fields(model: &ObjectModel) -> Vec<&Field> {
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
