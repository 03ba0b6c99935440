use cqrs_syntax::{SqlObject, SqlTexts, parse_sql_object};
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use syn::ext::IdentExt;

use crate::object_model::table::{option, text};

pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    let parsed = parse_sql_object(tokens);
    match (parsed.error, parsed.tree) {
        (Some(error), _) => error.into_compile_error(),
        (None, tree) => tree.as_ref().map(registration).unwrap_or_default(),
    }
}

fn registration(tree: &SqlObject) -> TokenStream {
    let (kind, name) = (text(&tree.kind.unraw().to_string()), text(&tree.name.value()));
    let (table, schema) = (written(&tree.table), written(&tree.schema));
    let renamed_from = written(&tree.renamed_from);
    let comment = option(tree.comment.as_ref().map(text));
    let (otherwise, on) = sql(&tree.sql);
    quote! {
        const _: () = {
            use ::cqrs_core::__private as __cqrs;
            fn object() -> __cqrs::SqlObject {
                __cqrs::sql_object(__cqrs::ObjectParts {
                    kind: #kind,
                    name: #name,
                    table: #table,
                    schema: #schema,
                    renamed_from: #renamed_from,
                    comment: #comment,
                    otherwise: #otherwise,
                    on: #on,
                })
            }
            __cqrs::inventory::submit! { __cqrs::Registration::object(object) }
        };
    }
}

/// SQL for the databases that are not named, and for those that are.
pub(crate) fn sql(texts: &SqlTexts) -> (TokenStream, TokenStream) {
    let [postgres, mysql, sqlite] = texts.on.texts().map(|sql| option(sql.as_ref().map(text)));
    let on = quote!(__cqrs::SqlPerDatabase { postgres: #postgres, mysql: #mysql, sqlite: #sqlite });
    (written(&texts.otherwise), on)
}

fn written(slot: &Option<LitStr>) -> TokenStream {
    option(slot.as_ref().map(|literal| text(&literal.value())))
}
