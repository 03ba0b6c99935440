//! Table `p_archive`.

use chrono::NaiveDateTime;
use cqrs_core::object_model;

#[object_model(table = "p_archive", domain = "postgres", no_primary_key)]
pub struct PArchive {
    pub at: NaiveDateTime,
    #[column(text)]
    pub what: Option<String>,
    #[column(length = 254)]
    pub customer_email: Option<String>,
}
