//! Table `m_log`.

use chrono::NaiveDateTime;
use cqrs_core::object_model;

#[object_model(table = "m_log", domain = "mysql", no_primary_key)]
pub struct MLog {
    pub at: NaiveDateTime,
    pub what: Option<String>,
}
