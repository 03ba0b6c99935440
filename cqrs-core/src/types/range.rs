use std::fmt;
use std::ops::Bound;

use sea_query::Value;
use serde::{Deserialize, Serialize};

use super::shapes::range;
use crate::model::{Driver, EncodeError, SqlType};
use crate::schema::ColumnType;

/// All values between two bounds. A range type on PostgreSQL; the other databases have none, and refuse it.
///
/// PostgreSQL writes ranges of whole numbers and days with the lower bound in and the upper one out, and gives them back so.
/// <https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-DISCRETE>
///
/// ```
/// use cqrs_core::types::Range;
///
/// let week = Range::from(1..8);
/// assert_eq!(week.to_string(), r#"["1","8")"#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Range<T> {
    /// No value at all.
    Empty,
    /// The values from the first bound to the second.
    Between(Bound<T>, Bound<T>),
}

/// A type that PostgreSQL has ranges of.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL has no ranges of `{Self}`",
    label = "write `i32`, `i64`, `Decimal`, `NaiveDate`, `NaiveDateTime` or `DateTime<Utc>`"
)]
pub trait RangeElement: SqlType {
    /// The range type.
    const RANGE: &'static str;

    /// A bound as PostgreSQL reads it.
    fn to_text(&self) -> String;

    /// A bound as PostgreSQL prints it.
    fn from_text(text: &str) -> Option<Self>;
}

macro_rules! range_element {
    ($type:ty, $name:literal) => {
        impl RangeElement for $type {
            const RANGE: &'static str = $name;

            fn to_text(&self) -> String {
                self.to_string()
            }

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    };
}
range_element!(i32, "int4range");
range_element!(i64, "int8range");
#[cfg(feature = "rust_decimal")]
range_element!(rust_decimal::Decimal, "numrange");
#[cfg(feature = "chrono")]
range_element!(chrono::NaiveDate, "daterange");

#[cfg(feature = "chrono")]
impl RangeElement for chrono::NaiveDateTime {
    const RANGE: &'static str = "tsrange";

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()
    }
}

#[cfg(feature = "chrono")]
impl RangeElement for chrono::DateTime<chrono::Utc> {
    const RANGE: &'static str = "tstzrange";

    fn to_text(&self) -> String {
        self.to_rfc3339()
    }

    fn from_text(text: &str) -> Option<Self> {
        chrono::DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z").ok().map(|moment| moment.to_utc())
    }
}

impl<T> From<std::ops::Range<T>> for Range<T> {
    fn from(range: std::ops::Range<T>) -> Self {
        Self::Between(Bound::Included(range.start), Bound::Excluded(range.end))
    }
}

impl<T: RangeElement> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Between(start, end) = self else { return f.write_str("empty") };
        match start {
            Bound::Included(value) => write!(f, "[\"{}\"", value.to_text())?,
            Bound::Excluded(value) => write!(f, "(\"{}\"", value.to_text())?,
            Bound::Unbounded => f.write_str("(")?,
        }
        match end {
            Bound::Included(value) => write!(f, ",\"{}\"]", value.to_text()),
            Bound::Excluded(value) => write!(f, ",\"{}\")", value.to_text()),
            Bound::Unbounded => f.write_str(",)"),
        }
    }
}

impl<T: RangeElement> Range<T> {
    /// A range as PostgreSQL prints it: `[1,8)`, `["2026-01-01 00:00:00",)`, `empty`.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "only PostgreSQL has ranges"))]
    fn parse(text: &str) -> Option<Self> {
        if text == "empty" {
            return Some(Self::Empty);
        }
        let (opening, rest) = text.split_at_checked(1)?;
        let (inner, closing) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        let (start, end) = inner.split_once(',')?;
        let bound = |text: &str, included: bool| match text.trim_matches('"') {
            "" => Some(Bound::Unbounded),
            value if included => T::from_text(value).map(Bound::Included),
            value => T::from_text(value).map(Bound::Excluded),
        };
        Some(Self::Between(bound(start, opening == "[")?, bound(end, closing == "]")?))
    }
}

impl<T: RangeElement> SqlType for Range<T> {
    const TYPE: ColumnType = range(T::RANGE);

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        if driver != Driver::Postgres {
            return Err(driver.refuse(self, "only PostgreSQL has ranges: use two columns"));
        }
        if let Self::Between(start, end) = self {
            for bound in [start, end] {
                if let Bound::Included(value) | Bound::Excluded(value) = bound {
                    value.to_value(driver)?;
                }
            }
        }
        Ok(Value::String(Some(self.to_string())))
    }

    fn null(_: Driver) -> Value {
        Value::String(None)
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(_: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        Err(no_ranges(column))
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        let text: String = sqlx::Row::try_get(row, column)?;
        Self::parse(&text).ok_or_else(|| super::row::unreadable(column, format!("`{text}` is no `{}`", T::RANGE)))
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(_: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        Err(no_ranges(column))
    }
}

#[cfg(any(feature = "sqlite", feature = "mysql"))]
fn no_ranges(column: &str) -> sqlx::Error {
    super::row::unreadable(column, "only PostgreSQL has ranges")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_postgresql_prints_them() {
        assert_eq!(Range::<i32>::parse("[1,8)"), Some(Range::from(1..8)));
        assert_eq!(Range::<i64>::parse("(,8]"), Some(Range::Between(Bound::Unbounded, Bound::Included(8))));
        assert_eq!(Range::<i32>::parse("empty"), Some(Range::Empty));
        for broken in ["", "[", "[1", "[1)", "[a,b)", "€"] {
            assert_eq!(Range::<i32>::parse(broken), None, "{broken}");
        }
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn moments_are_quoted() {
        let moment: chrono::DateTime<chrono::Utc> = "2026-01-02T03:04:05.5Z".parse().unwrap();
        let from_then_on = Range::Between(Bound::Excluded(moment), Bound::Unbounded);
        assert_eq!(Range::parse(r#"("2026-01-02 03:04:05.5+00",)"#), Some(from_then_on.clone()));
        assert_eq!(from_then_on.to_string(), r#"("2026-01-02T03:04:05.500+00:00",)"#);
    }

    #[test]
    fn other_databases_refuse_ranges() {
        assert!(Range::from(1..2).to_value(Driver::Sqlite).is_err());
    }
}
