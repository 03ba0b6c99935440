use cqrs_syntax::{SqlEnum, parse_sql_enum};
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let parsed = match syn::parse2(item) {
        Ok(item) => parse_sql_enum(&item),
        Err(error) => return error.into_compile_error(),
    };
    let errors = parsed.error.map(syn::Error::into_compile_error);
    let implementation = parsed.tree.filter(|tree| !tree.variants.is_empty()).map(|tree| implementation(&tree));
    quote!(#errors #implementation)
}

fn implementation(tree: &SqlEnum) -> TokenStream {
    let SqlEnum { ident, name, renamed_from, variants } = tree;
    let renamed_from = renamed_from.iter();
    let renamed = variants.iter().filter_map(|variant| Some((variant.renamed_from.as_ref()?, &variant.label)));
    let renamed: Vec<_> = renamed.map(|(old, new)| quote!(#old => #new)).collect();
    let labels_from = (!renamed.is_empty()).then(|| quote!(, labels_from = [#(#renamed),*]));
    let variants = variants.iter().map(|variant| {
        let (ident, label) = (&variant.ident, &variant.label);
        quote!(#ident = #label)
    });
    quote!(::cqrs_core::impl_sql_enum!(#ident, #name #(, renamed_from = #renamed_from)* #labels_from, { #(#variants),* });)
}
