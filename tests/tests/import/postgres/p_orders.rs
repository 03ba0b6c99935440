//! Table `p_orders`.

use super::p_customers::PCustomer;
use cqrs_core::object_model;

#[object_model(
    table = "p_orders",
    domain = "postgres",
    primary_key(line, id, name = "orders_key"),
    unique(customer_id, line),
    foreign_key(parent_line = POrders::line, parent_id = POrders::id, name = "orders_parent"),
)]
pub struct POrders {
    pub id: i32,
    pub line: i16,
    #[column(
        column_type(postgres = "integer"),
        belongs_to = PCustomer::id,
        on_delete = set_null,
        on_update = cascade,
        deferrable = initially_deferred,
    )]
    pub customer_id: Option<i64>,
    pub parent_id: Option<i32>,
    pub parent_line: Option<i16>,
}
