//! What `#[read_model]` expands to.

use cqrs_syntax::{ObjectModel, ReadField, ReadModel, ReadSource, ViewSpec, lower, parse_read_model};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, ItemStruct, Path, Token, parse_quote};

use crate::object_model::{as_struct, columns, table};
use crate::sql_object::sql;

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut item = match as_struct(item, "a read model") {
        Ok(item) => item,
        Err(error) => return error,
    };
    let parsed = parse_read_model(arguments, &mut item);
    let errors = parsed.error.map(syn::Error::into_compile_error);
    let sound = errors.is_none();
    // Without its source, a read model cannot be read: the struct alone, so that naming it is no second error.
    let expansion = parsed.tree.map(|tree| expansion(&tree, sound));
    derive_the_rest(&mut item);
    quote! {
        #[allow(dead_code)]
        #item
        #expansion
        #errors
    }
}

/// What every read struct derives and this one does not say itself. The macro's own comes first: the attributes of serde
/// are known below a `derive` of it only.
fn derive_the_rest(item: &mut ItemStruct) {
    let said: Vec<String> = item.attrs.iter().flat_map(derived).collect();
    let mut derives: Vec<Path> = Vec::new();
    for (name, path) in [
        ("Debug", parse_quote!(::core::fmt::Debug)),
        ("Clone", parse_quote!(::core::clone::Clone)),
        ("PartialEq", parse_quote!(::core::cmp::PartialEq)),
        ("Serialize", parse_quote!(::cqrs_core::__private::serde::Serialize)),
        ("Deserialize", parse_quote!(::cqrs_core::__private::serde::Deserialize)),
    ] {
        if !said.iter().any(|derived| derived == name) {
            derives.push(path);
        }
    }
    let by_serde = |name: &str| !said.iter().any(|derived| derived == name);
    let mut attributes: Vec<Attribute> = vec![parse_quote!(#[derive(#(#derives),*)])];
    if by_serde("Serialize") && by_serde("Deserialize") {
        attributes.push(parse_quote!(#[serde(crate = "::cqrs_core::__private::serde")]));
    }
    attributes.append(&mut item.attrs);
    item.attrs = attributes;
}

fn derived(attribute: &Attribute) -> Vec<String> {
    if !attribute.path().is_ident("derive") {
        return Vec::new();
    }
    let paths = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
    paths.iter().filter_map(|path| path.segments.last()).map(|last| last.ident.to_string()).collect()
}

fn expansion(tree: &ReadModel, sound: bool) -> TokenStream {
    match &tree.source {
        ReadSource::Model { model, fields } => narrowed(tree, model, fields),
        ReadSource::View { model, view } => of_view(model, view, sound),
    }
}

/// Each field is held against the model where its column is named.
fn narrowed(tree: &ReadModel, model: &Path, fields: &[ReadField]) -> TokenStream {
    let name = &tree.ident;
    let checked = quote_spanned!(model.span()=> <#model as ::cqrs_core::__private::HasColumns>::Model);
    let columns = fields.iter().map(|ReadField { ident, ty, reads }| {
        let Some(reads) = reads else {
            let name = ident.unraw().to_string();
            return quote!(#name);
        };
        let column = quote_spanned!(reads.span()=> <#model as ::cqrs_core::__private::HasColumns>::FIELDS.#reads);
        quote_spanned!(ty.span()=> #column.read_by::<#ty>())
    });
    let from_row = fields.iter().enumerate().map(
        |(at, ReadField { ident, ty, .. })| quote!(#ident: #ty = <#name as ::cqrs_core::__private::Read>::COLUMNS[#at]),
    );
    quote! {
        #[automatically_derived]
        impl ::cqrs_core::__private::Read for #name {
            type Model = #checked;
            const COLUMNS: &'static [&'static str] = &[#(#columns),*];
        }
        ::cqrs_core::impl_from_row!(#name { #(#from_row),* });
    }
}

/// A view is to queries what a table is, and to commands nothing.
fn of_view(model: &ObjectModel, view: &ViewSpec, sound: bool) -> TokenStream {
    let name = &model.ident;
    let definition = lower(model);
    let constant = table::table(&definition);
    let names: Vec<&String> = definition.columns.iter().map(|column| &column.name).collect();
    let from_row = definition.columns.iter().map(|column| {
        let (field, ty, column) = (&column.field, &column.rust_type, &column.name);
        quote!(#field: #ty = #column)
    });
    let columns = columns::columns(model);
    let only_one = sound.then(|| table::only_one(model));
    let registration = sound.then(|| registration(model, view));
    quote! {
        #[automatically_derived]
        impl ::cqrs_core::__private::Read for #name {
            type Model = #name;
            const COLUMNS: &'static [&'static str] = &[#(#names),*];
        }
        ::cqrs_core::impl_from_row!(#name { #(#from_row),* });
        #columns
        #only_one
        const _: () = {
            use ::cqrs_core::__private as __cqrs;
            #[automatically_derived]
            impl __cqrs::Relation for #name {
                const RELATION: &'static __cqrs::Table = &#constant;
            }
            #registration
        };
    }
}

fn registration(model: &ObjectModel, view: &ViewSpec) -> TokenStream {
    let name = &model.ident;
    let (otherwise, on) = sql(&view.query);
    let (materialized, plain_elsewhere) = (view.materialized, view.plain_elsewhere);
    let refreshed = materialized.then(|| quote!(impl __cqrs::Materialized for #name {}));
    let uniquely = (materialized && model.indexes.iter().any(|index| index.covers_all_rows()))
        .then(|| quote!(impl __cqrs::UniquelyIndexed for #name {}));
    quote! {
        fn view() -> __cqrs::View {
            __cqrs::view(<#name as __cqrs::Relation>::RELATION, __cqrs::ViewBody {
                otherwise: #otherwise,
                on: #on,
                materialized: #materialized,
                plain_elsewhere: #plain_elsewhere,
            })
        }
        __cqrs::inventory::submit! { __cqrs::Registration::view(view) }
        #refreshed
        #uniquely
    }
}
