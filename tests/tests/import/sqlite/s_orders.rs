//! Table `s_orders`.

use super::s_customers::SCustomer;
use cqrs_core::object_model;

#[object_model(
    table = "s_orders",
    domain = "sqlite",
    foreign_key(previous = SOrder::number, deferrable = initially_deferred, name = "after"),
)]
pub struct SOrder {
    #[column(primary_key, text)]
    pub number: String,
    #[column(column_type(sqlite = "INTEGER"), belongs_to = SCustomer::id, on_delete = cascade)]
    pub customer_id: Option<i64>,
    #[column(text)]
    pub previous: Option<String>,
}
