//! `…Column`: the columns for building conditions; and the fields as `belongs_to` and read models refer to them.

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
    let (declared, values): (Vec<_>, Vec<_>) = (model.fields.iter())
        .map(|field| {
            let (ident, ty, column) = (&field.ident, &field.ty, field.column_name());
            let access = (!field.is_readable()).then(|| quote!(, ::cqrs_core::__private::Hidden));
            (
                quote!(#vis #ident: ::cqrs_core::__private::Field<#class, #ty #access>),
                quote!(#ident: ::cqrs_core::__private::Field::new(#schema, #table, #column)),
            )
        })
        .unzip();
    let fields = format_ident!("{class}Fields");
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(dead_code)]
        #vis enum #name { #(#variants,)* }

        #[automatically_derived]
        impl ::cqrs_core::sea_query::Iden for #name {
            fn unquoted(&self) -> &str {
                match *self { #(#spellings,)* }
            }
        }

        const _: () = {
            #[allow(dead_code, unreachable_pub)]
            pub struct #fields { #(#declared,)* }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl ::cqrs_core::__private::HasColumns for #class {
                type Fields = #fields;
                type Model = #class;
                const FIELDS: #fields = #fields { #(#values,)* };
            }
        };
    }
}
