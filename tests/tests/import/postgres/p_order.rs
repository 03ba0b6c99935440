//! Table `p_order`.

use cqrs_core::object_model;

#[object_model(table = "p_order", domain = "postgres")]
pub struct POrder {
    #[column(primary_key, auto_increment, column_type(postgres = "serial"))]
    pub id: i32,
}
