use rust_decimal::Decimal;
use sea_query::Value;

use super::encode::{SQLITE_DIGITS, significant_digits};
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
        use super::row::{Stored, stored};

        match stored(row, column)? {
            Stored::Integer(number) => Ok(Self::from(number)),
            Stored::Real(number) => from_real(number).ok_or_else(|| format!("`{number}` is no decimal number")),
            Stored::Text(text) => text.parse().map_err(|error| format!("`{text}` is no decimal number: {error}")),
            Stored::Blob(_) => Err("a blob is no decimal number".to_owned()),
        }
        .map_err(|reason| super::row::unreadable(column, reason))
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

/// As text, which a `NUMERIC` column turns into an integer or a real.
pub(super) fn encode_sqlite(decimal: Option<Decimal>) -> Result<Value, EncodeError> {
    let Some(decimal) = decimal else { return Ok(Value::String(None)) };
    let text = decimal.normalize().to_string();
    if text.parse::<i64>().is_err() && significant_digits(&text) > SQLITE_DIGITS {
        return Err(Driver::Sqlite.refuse(
            decimal,
            format!("it has more than {SQLITE_DIGITS} significant digits: round it, or store it as a `String`"),
        ));
    }
    Ok(Value::String(Some(text)))
}

/// The decimal of at most 15 digits that a real stands for.
#[cfg(feature = "sqlite")]
fn from_real(number: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{number:.*e}", SQLITE_DIGITS - 1)).ok().map(|decimal| decimal.normalize())
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
        assert_eq!(from_real(0.1), Some("0.1".parse().unwrap()));
        assert_eq!(from_real(-123_456_789_012.345), Some("-123456789012.345".parse().unwrap()));
        assert_eq!(from_real(1e20), Some("100000000000000000000".parse().unwrap()));
        assert_eq!(from_real(f64::INFINITY), None);
    }
}
