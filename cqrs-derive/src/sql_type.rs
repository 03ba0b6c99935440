use cqrs_syntax::{SqlNewtype, parse_sql_type};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let parsed = match syn::parse2(item) {
        Ok(item) => parse_sql_type(&item),
        Err(error) => return error.into_compile_error(),
    };
    let errors = parsed.error.map(syn::Error::into_compile_error);
    let implementation = parsed.tree.map(|tree| implementation(&tree));
    quote!(#errors #implementation)
}

fn implementation(tree: &SqlNewtype) -> TokenStream {
    let SqlNewtype { ident, field, inner, native } = tree;
    let column_type = match native {
        Some(native) => {
            let [postgres, mysql, sqlite] = native.texts().map(optional);
            quote!(::cqrs_core::__private::per_database::<#inner>(#postgres, #mysql, #sqlite))
        }
        None => quote!(<#inner as ::cqrs_core::SqlType>::TYPE),
    };
    // What the field's type can, the struct can. A bound over a lifetime is not looked at before it is needed.
    let passed_on = [quote!(SqlText), quote!(SqlDecimal), quote!(SqlInteger)].map(|name| {
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl ::cqrs_core::__private::#name for #ident
            where
                for<'passed_on> #inner: ::cqrs_core::__private::#name
            {}
        }
    });
    let newtype =
        quote_spanned!(inner.span()=> ::cqrs_core::__impl_sql_newtype!(#ident { #field: #inner }, #column_type););
    quote! {
        #newtype
        #(#passed_on)*
    }
}

fn optional(text: Option<String>) -> TokenStream {
    match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}
