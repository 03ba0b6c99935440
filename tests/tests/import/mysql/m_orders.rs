//! Table `m_orders`.

use super::m_customers::MCustomer;
use cqrs_core::object_model;

#[object_model(
    table = "m_orders",
    domain = "mysql",
    foreign_key(customer_id = MOrder::customer_id, previous = MOrder::number, name = "order_after"),
    foreign_key(customer_id = MCustomer::id, on_update = cascade, name = "order_of"),
)]
pub struct MOrder {
    #[column(primary_key)]
    pub customer_id: u32,
    #[column(primary_key)]
    pub number: u16,
    pub previous: Option<u16>,
}
