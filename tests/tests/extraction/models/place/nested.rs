use super::super::aliases::*;

#[cqrs_core::object_model(table = "nested")]
pub(crate) struct Nested {
    #[column(primary_key)]
    pub(crate) id: Identifier,
    pub(crate) maybe: Maybe,
}
