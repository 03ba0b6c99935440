//! Table `p_order_key`.

use cqrs_core::object_model;

#[object_model(table = "p_order_key", domain = "postgres")]
pub struct POrderKeyModel {
    #[column(primary_key, auto_increment, column_type(postgres = "bigserial"))]
    pub id: i64,
}
