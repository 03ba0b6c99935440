use bigdecimal::BigDecimal;
use sea_query::Value;

use super::decimal;
use crate::model::{Driver, EncodeError, SqlDecimal, SqlType};
use crate::schema::ColumnType;

impl SqlType for BigDecimal {
    const TYPE: ColumnType = ColumnType::Numeric { precision: None, scale: None };

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        super::encode(self.clone().into(), driver)
    }

    fn null(driver: Driver) -> Value {
        match driver {
            Driver::Sqlite => Value::String(None),
            Driver::Postgres | Driver::MySql => Value::BigDecimal(None),
        }
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        let text = decimal::read_sqlite(row, column)?;
        let number: Self =
            text.parse().map_err(|error| super::row::unreadable(column, format!("`{text}` is no decimal: {error}")))?;
        Ok(number.normalized())
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        sqlx::Row::try_get(row, column)
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        sqlx::Row::try_get(row, column)
    }
}

impl SqlDecimal for BigDecimal {}

pub(super) fn encode_sqlite(number: Option<Box<BigDecimal>>) -> Result<Value, EncodeError> {
    match number {
        Some(number) => decimal::encode_sqlite(number.normalized().to_plain_string()),
        None => Ok(Value::String(None)),
    }
}
