//! View `s_view`.

use cqrs_core::read_model;

#[read_model(view = "s_view", query = r#"SELECT id, name, level * 2, "order" FROM s_customers"#)]
pub struct SView {
    pub customer: Option<i64>,
    pub name: Option<String>,
    pub order: Option<i32>,
}
