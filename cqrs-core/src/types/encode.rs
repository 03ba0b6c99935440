use sea_query::Value;

use crate::model::{Driver, EncodeError};

/// The value in the form in which this database stores it, so that equal values compare equal and sort in order.
///
/// Moments are kept to the microsecond, which is what the three databases have in common.
///
/// # Errors
/// [`EncodeError`] where the database cannot hold the value exactly: it would be stored as something else.
pub fn encode(value: Value, driver: Driver) -> Result<Value, EncodeError> {
    match value {
        Value::Float(Some(number)) => encode_float(f64::from(number), driver).map(|()| value),
        Value::Double(Some(number)) => encode_float(number, driver).map(|()| value),
        Value::BigUnsigned(Some(number)) if driver != Driver::MySql && i64::try_from(number).is_err() => {
            Err(driver.refuse(number, "it is greater than the greatest `bigint`: use a decimal"))
        }
        // To sqlx an `i8` is PostgreSQL's `"char"`. <https://www.postgresql.org/docs/current/datatype-character.html>
        Value::TinyInt(number) if driver == Driver::Postgres => Ok(Value::SmallInt(number.map(i16::from))),
        #[cfg(feature = "time")]
        Value::TimeDate(_) | Value::TimeTime(_) | Value::TimeDateTime(_) | Value::TimeDateTimeWithTimeZone(_) => {
            super::time::encode(value, driver)
        }
        #[cfg(feature = "jiff")]
        Value::JiffDate(_) | Value::JiffTime(_) | Value::JiffDateTime(_) | Value::JiffTimestamp(_) => {
            super::jiff::encode(value, driver)
        }
        #[cfg(feature = "ipnetwork")]
        Value::IpNetwork(network) if driver != Driver::Postgres => {
            Ok(Value::String(network.map(|network| network.to_string())))
        }
        #[cfg(feature = "array")]
        Value::Array(..) if driver != Driver::Postgres => {
            Err(driver.refuse("an array", "this database has no arrays: compare the JSON document"))
        }
        #[cfg(feature = "bigdecimal")]
        Value::BigDecimal(decimal) if driver == Driver::Sqlite => super::bigdecimal::encode_sqlite(decimal),
        #[cfg(feature = "chrono")]
        Value::ChronoDate(_)
        | Value::ChronoTime(_)
        | Value::ChronoDateTime(_)
        | Value::ChronoDateTimeUtc(_)
        | Value::ChronoDateTimeLocal(_)
        | Value::ChronoDateTimeWithTimeZone(_) => super::chrono::encode(value, driver),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(decimal) if driver == Driver::Sqlite => super::rust_decimal::encode_sqlite(decimal),
        #[cfg(feature = "json")]
        Value::Json(Some(json)) if driver == Driver::Sqlite => super::json::encode_sqlite(json),
        other => Ok(other),
    }
}

impl Driver {
    /// The database's name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::MySql => "MySQL",
        }
    }

    pub(crate) fn refuse(self, value: impl ToString, reason: impl Into<String>) -> EncodeError {
        EncodeError { value: value.to_string(), database: self.name(), reason: reason.into() }
    }
}

/// SQLite stores NaN as null (<https://www.sqlite.org/floatingpoint.html>); MySQL has neither NaN nor infinity
/// (<https://dev.mysql.com/doc/refman/8.0/en/number-literals.html>).
fn encode_float(number: f64, driver: Driver) -> Result<(), EncodeError> {
    match driver {
        Driver::Sqlite if number.is_nan() => Err(driver.refuse(number, "it would be stored as null: use an `Option`")),
        Driver::MySql if !number.is_finite() => Err(driver.refuse(number, "only finite numbers can be stored")),
        _ => Ok(()),
    }
}

/// How many digits of a number survive in SQLite's `NUMERIC`. <https://www.sqlite.org/datatype3.html#type_affinity>
#[cfg(any(feature = "bigdecimal", feature = "json", feature = "rust_decimal"))]
pub(super) const SQLITE_DIGITS: usize = 15;

/// The digits from the first to the last that is not zero.
#[cfg(any(feature = "bigdecimal", feature = "json", feature = "rust_decimal"))]
pub(super) fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_that_a_database_does_not_have_are_refused() {
        assert!(encode(f64::NAN.into(), Driver::Sqlite).is_err());
        assert!(encode(f64::INFINITY.into(), Driver::Sqlite).is_ok());
        assert!(encode(f32::NEG_INFINITY.into(), Driver::MySql).is_err());
        assert!(encode(f64::NAN.into(), Driver::Postgres).is_ok());
    }

    #[test]
    fn unsigned_numbers_beyond_bigint_are_refused() {
        assert!(encode(u64::MAX.into(), Driver::Sqlite).is_err());
        assert!(encode(u64::MAX.into(), Driver::MySql).is_ok());
    }

    #[cfg(any(feature = "bigdecimal", feature = "json", feature = "rust_decimal"))]
    #[test]
    fn zeros_at_the_ends_do_not_count() {
        assert_eq!(significant_digits("-0.00120"), 2);
        assert_eq!(significant_digits("100"), 1);
        assert_eq!(significant_digits("1.5e300"), 2);
        assert_eq!(significant_digits("0"), 0);
    }
}
