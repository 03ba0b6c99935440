//! What `#[object_model]` expands to.

pub(crate) mod columns;
mod companions;
pub(crate) mod table;
mod uniques;

use cqrs_syntax::{ObjectModel, parse_object_model};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemStruct};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut item = match as_struct(item, "an object model") {
        Ok(item) => item,
        Err(error) => return error,
    };
    let parsed = parse_object_model(arguments, &mut item);
    let errors = parsed.error.map(syn::Error::into_compile_error);
    let expansion = parsed.tree.map(|model| expansion(&model, errors.is_none()));
    quote! {
        #[allow(dead_code)]
        #item
        #expansion
        #errors
    }
}

/// The struct; of anything else, the item as it is with an error.
pub(crate) fn as_struct(item: TokenStream, what: &str) -> Result<ItemStruct, TokenStream> {
    match syn::parse2(item.clone()) {
        Ok(Item::Struct(item)) => Ok(item),
        Ok(other) => {
            let error = syn::Error::new_spanned(&other, format!("{what} is a struct with named fields"));
            let error = error.into_compile_error();
            Err(quote!(#item #error))
        }
        Err(error) => {
            let error = error.into_compile_error();
            Err(quote!(#item #error))
        }
    }
}

/// The same items whether the model is sound or not, so that one mistake is one error; only a sound one is registered.
fn expansion(model: &ObjectModel, sound: bool) -> TokenStream {
    let write = companions::write(model);
    let patch = companions::patch(model);
    let key = (!model.primary_key.is_empty()).then(|| companions::key(model)).into_iter().flatten();
    let read = companions::read(model);
    let stored = companions::stored(model);
    let columns = columns::columns(model);
    let uniques = uniques::uniques(model);
    let table = table::implementation(model, sound);
    let only_one = sound.then(|| table::only_one(model));
    quote! {
        #(#write)*
        #(#patch)*
        #(#key)*
        #(#read)*
        #stored
        #columns
        #uniques
        #table
        #only_one
    }
}
