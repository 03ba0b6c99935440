//! Table `p_log`.

use super::p_customers::PCustomer;
use chrono::NaiveDateTime;
use cqrs_core::object_model;

#[object_model(table = "p_log", domain = "postgres", no_primary_key)]
pub struct PLog {
    pub at: NaiveDateTime,
    #[column(text)]
    pub what: Option<String>,
    #[column(length = 254, belongs_to = PCustomer::email)]
    pub customer_email: Option<String>,
}
