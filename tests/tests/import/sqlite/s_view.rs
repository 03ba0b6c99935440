//! View `s_view`.

use cqrs_core::read_model;

#[read_model(
    view = "s_view",
    query = r#"SELECT id, name, level * 2, CAST(level * 3 AS INTEGER), "order" FROM s_customers"#
)]
pub struct SView {
    pub customer: Option<i64>,
    pub name: Option<String>,
    pub thrice: Option<i64>,
    pub order: Option<i64>,
}
