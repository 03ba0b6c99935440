//! Models that use everything that the grammar has, spread over every kind of module.

mod aliases;
pub(crate) mod entry;
mod further;
#[path = "../elsewhere/by_path.rs"]
mod moved;
mod place;
pub(crate) mod read;
mod types;

include!("../elsewhere/included.rs");

/// Inline modules have folders too.
mod inline {
    pub(crate) mod child;

    use cqrs_core::object_model;

    #[object_model(table = "inline")]
    pub(crate) struct Inline {
        #[column(primary_key)]
        pub(crate) id: i64,
        #[column(belongs_to = self::child::InlineChild::r#type)]
        pub(crate) child: String,
    }
}

/// The reader leaves tests out.
#[cfg(test)]
mod only_in_tests {}
