//! View `p_view`.

use super::sql_types::{Mood, Percent};
use cqrs_core::read_model;
use rust_decimal::Decimal;
use serde_json::Value;

/// Who buys, in short.
#[read_model(
    view = "p_view",
    query = r#"SELECT p_customers.id,
    p_customers.email AS "e-mail",
    p_customers.mood,
    p_customers.moods,
    p_customers.discount,
    p_customers.balance,
    p_customers.tags,
    p_customers.raw,
    to_tsvector('simple'::regconfig, (p_customers.email)::text) AS words
   FROM p_customers
  WHERE (p_customers.last_name <> 'no "one"'::text)"#
)]
pub struct PView {
    pub id: Option<i64>,
    #[column(column_name = "e-mail")]
    pub e_mail: Option<String>,
    /// How somebody is.
    pub mood: Option<Mood>,
    pub discount: Option<Percent>,
    pub balance: Option<Decimal>,
    pub tags: Option<Vec<String>>,
    pub raw: Option<Value>,
}
