//! `…Unique`: the unique keys by which a row is found that a command may make or change.

use cqrs_syntax::{Field, IndexDef, IndexKeyDef, ObjectModel, lower};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Nothing where the model has no unique key whose columns commands set.
pub(super) fn uniques(model: &ObjectModel) -> Option<TokenStream> {
    let keys = unique_keys(model);
    if keys.is_empty() {
        return None;
    }
    let (vis, class) = (&model.vis, &model.ident);
    let name = format_ident!("{class}Unique");
    let doc = format!("The unique keys of [`{class}`] besides its primary key.");
    let variants = keys.iter().map(|fields| {
        let columns: Vec<String> = fields.iter().map(|field| format!("`{}`", field.column_name())).collect();
        let (doc, variant) = (format!("By {}.", columns.join(", ")), variant(fields));
        quote!(#[doc = #doc] #variant)
    });
    let columns = keys.iter().map(|fields| {
        let (variant, columns) = (variant(fields), fields.iter().map(|field| field.column_name()));
        quote!(Self::#variant => &[#(#columns),*])
    });
    Some(quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(dead_code, clippy::enum_variant_names)]
        #vis enum #name { #(#variants,)* }

        #[automatically_derived]
        impl ::cqrs_core::__private::UniqueKey for #name {
            type Model = #class;
            fn columns(&self) -> &'static [&'static str] {
                match *self { #(#columns,)* }
            }
        }
    })
}

/// Unique constraints, and unique indexes over columns and over all rows; each once.
fn unique_keys(model: &ObjectModel) -> Vec<Vec<&Field>> {
    let table = lower(model);
    let of_constraints = table.uniques.iter().map(|unique| unique.columns.clone());
    let of_indexes = table.indexes.iter().filter_map(columns_of_unique);
    let mut keys: Vec<Vec<&Field>> = Vec::new();
    for columns in of_constraints.chain(of_indexes) {
        let field = |column: &String| model.fields.iter().find(|field| field.column_name() == *column);
        let Some(fields) = columns.iter().map(field).collect::<Option<Vec<&Field>>>() else { continue };
        let known = keys.iter().any(|key| variant(key) == variant(&fields));
        if !fields.is_empty() && !known && fields.iter().all(|field| field.is_writable()) {
            keys.push(fields);
        }
    }
    keys
}

fn columns_of_unique(index: &IndexDef) -> Option<Vec<String>> {
    if !index.unique || index.predicate.is_some() {
        return None;
    }
    let column = |part: &cqrs_syntax::IndexPartDef| match &part.key {
        IndexKeyDef::Column(column) if part.prefix_length.is_none() => Some(column.clone()),
        _ => None,
    };
    index.parts.iter().map(column).collect()
}

fn variant(fields: &[&Field]) -> Ident {
    if let [field] = fields {
        return field.variant();
    }
    let name: String = fields.iter().map(|field| field.variant().to_string()).collect();
    format_ident!("{name}")
}
