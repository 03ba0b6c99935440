//! Table `s_log`.

use super::s_orders::SOrder;
use cqrs_core::object_model;

#[object_model(table = "s_log", domain = "sqlite", no_primary_key)]
pub struct SLog {
    #[column(text)]
    pub at: String,
    #[column(text, belongs_to = SOrder::number)]
    pub number: Option<String>,
}
