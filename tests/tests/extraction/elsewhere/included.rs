/// Part of the module that includes it.
#[cqrs_core::object_model(table = "included")]
pub(crate) struct Included {
    #[column(primary_key)]
    pub(crate) id: i64,
}
