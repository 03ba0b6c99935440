//! Table `p_customers`.

use super::sql_types::{Mood, Percent};
use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use cqrs_core::object_model;
use cqrs_core::types::Range;
use ipnetwork::IpNetwork;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

/// Who buys.
///
/// And who does not.
#[object_model(
    table = "p_customers",
    domain = "postgres",
    index(
        expr("lower((email)::text)"),
        born(desc, nulls_last),
        name = "p_customers_lower",
        where = "mood <> 'Bad'::mood",
        include(id)
    ),
    index(tags, name = "p_customers_search", method = "gin"),
    check(name = "positive", "balance >= (0)::numeric")
)]
pub struct PCustomer {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Where to write to.
    #[column(unique, length = 254)]
    pub email: String,
    #[column(text)]
    pub r#type: Option<String>,
    #[column(column_name = "self")]
    pub self_: Option<i32>,
    #[column(column_name = "2fa", default_value = false)]
    pub column_2fa: bool,
    #[column(column_name = "größe")]
    pub größe: Option<i16>,
    #[column(column_name = "first name", text, collation = "C")]
    pub first_name: Option<String>,
    #[column(column_name = "lastName", text, default_value = "it's")]
    pub last_name_2: Option<String>,
    #[column(text)]
    pub last_name: Option<String>,
    #[column(default_value = "so-so")]
    pub mood: Mood,
    #[column(column_type(postgres = "mood[]"))]
    pub moods: Option<Vec<String>>,
    pub discount: Option<Percent>,
    #[column(column_type(postgres = "text[]"), default_expr = "'{}'::text[]")]
    pub tags: Vec<String>,
    pub numbers: Option<Vec<i32>>,
    pub settings: Option<Value>,
    #[column(column_type(postgres = "json"))]
    pub raw: Option<Value>,
    pub address: Option<IpNetwork>,
    pub during: Option<Range<DateTime<Utc>>>,
    #[column(default_expr = "gen_random_uuid()")]
    pub reference: Option<Uuid>,
    #[column(indexed)]
    pub born: Option<NaiveDate>,
    pub wakes_at: Option<NaiveTime>,
    #[column(column_type(postgres = "timestamp(3) with time zone"))]
    pub seen_at: Option<DateTime<Utc>>,
    #[column(default_expr = "now()")]
    pub made_at: DateTime<Utc>,
    #[column(precision = 12, scale = 2, default_value = 0.00)]
    pub balance: Decimal,
    #[column(precision = 60, scale = 10)]
    pub huge: Option<BigDecimal>,
    pub ratio: Option<f64>,
    #[column(column_type(postgres = "character(2)"), comment = "Two\tletters. ")]
    pub code: Option<String>,
    pub data: Option<Vec<u8>>,
    #[column(generated = "length((email)::text)")]
    pub length: Option<i32>,
}
