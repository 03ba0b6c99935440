//! `…Column`: the columns for building conditions, and for `belongs_to` of other models.

use cqrs_syntax::ObjectModel;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::companions::docs;

pub(crate) fn columns(model: &ObjectModel) -> TokenStream {
    let (vis, class) = (&model.vis, &model.ident);
    let name = format_ident!("{class}Column");
    let doc = format!("The columns of [`{class}`].");
    let table = model.table.value();
    let schema = match &model.schema {
        Some(schema) => quote!(::core::option::Option::Some(#schema)),
        None => quote!(::core::option::Option::None),
    };
    let variants = model.fields.iter().map(|field| {
        let (docs, variant) = (docs(field), field.variant());
        quote!(#(#docs)* #variant)
    });
    let spellings = model.fields.iter().map(|field| {
        let (variant, column) = (field.variant(), field.column_name());
        quote!(Self::#variant => #column)
    });
    let constants = model.fields.iter().map(|field| {
        let (docs, ident, ty, column) = (docs(field), &field.ident, &field.ty, field.column_name());
        let access = (!field.is_readable()).then(|| quote!(, ::cqrs_core::__private::Hidden));
        quote! {
            #(#docs)*
            #vis const #ident: ::cqrs_core::__private::Field<#class, #ty #access> =
                ::cqrs_core::__private::Field::new(#schema, #table, #column);
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(dead_code)]
        #vis enum #name { #(#variants,)* }

        #[allow(dead_code, non_upper_case_globals)]
        impl #name { #(#constants)* }

        #[automatically_derived]
        impl ::cqrs_core::sea_query::Iden for #name {
            fn unquoted(&self) -> &str {
                match *self { #(#spellings,)* }
            }
        }

        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::cqrs_core::__private::HasColumns for #class {
            type Columns = #name;
            type Model = #class;
        }
    }
}
