use rust_decimal::Decimal;
use sea_query::Value;

use super::decimal;
use crate::model::{Driver, EncodeError, SqlDecimal, SqlType};
use crate::schema::ColumnType;

impl SqlType for Decimal {
    const TYPE: ColumnType = ColumnType::Numeric { precision: None, scale: None };

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        super::encode((*self).into(), driver)
    }

    fn null(driver: Driver) -> Value {
        match driver {
            Driver::Sqlite => Value::String(None),
            Driver::Postgres | Driver::MySql => Value::Decimal(None),
        }
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        let text = decimal::read_sqlite(row, column)?;
        parsed(&text).map_err(|error| super::row::unreadable(column, format!("`{text}` is no decimal: {error}")))
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

impl SqlDecimal for Decimal {}

pub(super) fn encode_sqlite(number: Option<Decimal>) -> Result<Value, EncodeError> {
    match number {
        Some(number) => decimal::encode_sqlite(number.normalize().to_string()),
        None => Ok(Value::String(None)),
    }
}

#[cfg(feature = "sqlite")]
fn parsed(text: &str) -> Result<Decimal, rust_decimal::Error> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).map(|number: Decimal| number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> Result<Value, EncodeError> {
        text.parse::<Decimal>().unwrap().to_value(Driver::Sqlite)
    }

    #[test]
    fn sqlite_takes_fifteen_digits_or_a_bigint() {
        assert_eq!(encoded("1.50"), Ok(Value::String(Some("1.5".to_owned()))));
        assert_eq!(encoded("9223372036854775807.00"), Ok(Value::String(Some("9223372036854775807".to_owned()))));
        assert!(encoded("123456789012.345").is_ok());
        assert!(encoded("1234567890123.456").is_err());
        assert!(encoded("9223372036854775808").is_err());
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn reals_are_read_as_the_decimal_they_stand_for() {
        let read = |real: &str| parsed(real).unwrap().to_string();
        assert_eq!(read("1.00000000000000e-1"), "0.1");
        assert_eq!(read("-1.23456789012345e11"), "-123456789012.345");
        assert_eq!(read("1.00000000000000e20"), "100000000000000000000");
        assert!(parsed("inf").is_err());
    }
}
