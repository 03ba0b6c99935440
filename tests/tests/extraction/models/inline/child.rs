use cqrs_core::object_model;

#[object_model(table = "inline_children")]
pub(crate) struct InlineChild {
    #[column(primary_key, length = 20)]
    pub(crate) r#type: String,
}
