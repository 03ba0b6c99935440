//! Table `s_customers`.

use chrono::{DateTime, NaiveDate, Utc};
use cqrs_core::object_model;
use rust_decimal::Decimal;

#[object_model(
    table = "s_customers",
    domain = "sqlite",
    index(expr("lower(\"name\")", desc), name = "active_names", unique, where = "\"active\""),
    check("\"level\" BETWEEN 1 AND 5")
)]
pub struct SCustomer {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique, length = 254)]
    pub email: String,
    #[column(text, collation = "NOCASE", default_value = "it's")]
    pub name: String,
    pub order: Option<i32>,
    #[column(column_name = "first-name", column_type(sqlite = "NVARCHAR(20)"))]
    pub first_name: Option<String>,
    #[column(column_name = "🦀", column_type(sqlite = "REAL"))]
    pub column: Option<f64>,
    #[column(column_type(sqlite = ""))]
    pub anything: Option<Vec<u8>>,
    #[column(column_type(sqlite = "INTEGER"), default_value = 1)]
    pub level: i64,
    #[column(default_value = true)]
    pub active: bool,
    #[column(precision = 12, scale = 2)]
    pub balance: Option<Decimal>,
    #[column(indexed)]
    pub born: Option<NaiveDate>,
    #[column(default_expr = "now()")]
    pub made: DateTime<Utc>,
    pub data: Option<Vec<u8>>,
    #[column(column_type(sqlite = "INTEGER"), generated = "\"level\" * 2", virtual)]
    pub doubled: Option<i64>,
}
