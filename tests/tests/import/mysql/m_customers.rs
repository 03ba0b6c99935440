//! Table `m_customers`.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use cqrs_core::{SqlEnum, object_model};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum MCustomerType {
    A,
    #[sql_enum(rename = "b-c")]
    BC,
    #[sql_enum(rename = "it's")]
    ItS,
}

/// Who buys.
#[object_model(
    table = "m_customers",
    domain = "mysql",
    index(body(length = 20), day, name = "by_body"),
    index(body, name = "words", method = "fulltext"),
    check(name = "amount_range", "`amount` >= 0")
)]
pub struct MCustomer {
    /// Counts up.
    #[column(primary_key, auto_increment)]
    pub id: u32,
    #[column(unique, length = 254)]
    pub email: String,
    #[column(default_value = "b-c")]
    pub r#type: MCustomerType,
    #[column(column_type(mysql = "set('x','y')"))]
    pub flags: Option<String>,
    #[column(default_value = true)]
    pub active: bool,
    #[column(default_value = -3)]
    pub small: i8,
    #[column(column_type(mysql = "mediumint unsigned"))]
    pub medium: Option<u32>,
    pub huge: Option<u64>,
    #[column(precision = 10, scale = 2, default_value = 0.00)]
    pub amount: Decimal,
    #[column(column_type(mysql = "mediumtext"))]
    pub body: Option<String>,
    #[column(column_type(mysql = "char(2)"), collation = "latin1_bin")]
    pub code: Option<String>,
    #[column(column_type(mysql = "blob"))]
    pub picture: Option<Vec<u8>>,
    #[column(column_type(mysql = "binary(16)"))]
    pub hash: Option<Vec<u8>>,
    #[column(column_type(mysql = "year"))]
    pub born: Option<u16>,
    pub day: Option<NaiveDate>,
    #[column(column_type(mysql = "time(3)"))]
    pub clock: Option<NaiveTime>,
    #[column(column_type(mysql = "datetime"))]
    pub seen: Option<NaiveDateTime>,
    #[column(column_type(mysql = "timestamp"), default_expr = "now()")]
    pub made: DateTime<Utc>,
    #[column(precision = 10, scale = 2, generated = "`amount` * 2")]
    pub total: Option<Decimal>,
}
