//! The values of a row in the columns of an order: what a cursor keeps, and what rows are compared with.

use sea_query::{Enum, OptionEnum, Value};
use serde::{Deserialize, Serialize};

use super::Error;
use super::cursor::OrderedBy;
use crate::model::{Driver, EncodeError, SqlRow, SqlType};
use crate::schema::{Column, ColumnType, IntegerSize, Str, Table};

/// Does the same with the Rust type of a column, if its values can be kept in a cursor.
macro_rules! with_type {
    ($column_type:expr, $type:ident => $body:expr, else $otherwise:expr) => {
        match $column_type {
            ColumnType::Boolean => with_type!(@ bool, $type, $body),
            ColumnType::TinyInteger => with_type!(@ i8, $type, $body),
            ColumnType::SmallInteger => with_type!(@ i16, $type, $body),
            ColumnType::Integer => with_type!(@ i32, $type, $body),
            ColumnType::BigInteger => with_type!(@ i64, $type, $body),
            ColumnType::Unsigned(IntegerSize::Tiny) => with_type!(@ u8, $type, $body),
            ColumnType::Unsigned(IntegerSize::Small) => with_type!(@ u16, $type, $body),
            ColumnType::Unsigned(IntegerSize::Normal) => with_type!(@ u32, $type, $body),
            ColumnType::Unsigned(IntegerSize::Big) => with_type!(@ u64, $type, $body),
            ColumnType::Float | ColumnType::Double => with_type!(@ Number, $type, $body),
            ColumnType::String { .. } | ColumnType::Text => with_type!(@ String, $type, $body),
            ColumnType::Enum { .. } => with_type!(@ Label, $type, $body),
            ColumnType::Binary => with_type!(@ Vec<u8>, $type, $body),
            #[cfg(feature = "chrono")]
            ColumnType::Date => with_type!(@ chrono::NaiveDate, $type, $body),
            #[cfg(feature = "chrono")]
            ColumnType::Time => with_type!(@ chrono::NaiveTime, $type, $body),
            #[cfg(feature = "chrono")]
            ColumnType::DateTime { time_zone: true } => with_type!(@ chrono::DateTime<chrono::Utc>, $type, $body),
            #[cfg(feature = "chrono")]
            ColumnType::DateTime { time_zone: false } => with_type!(@ chrono::NaiveDateTime, $type, $body),
            #[cfg(feature = "rust_decimal")]
            ColumnType::Numeric { .. } => with_type!(@ rust_decimal::Decimal, $type, $body),
            #[cfg(feature = "uuid")]
            ColumnType::Uuid => with_type!(@ uuid::Uuid, $type, $body),
            _ => $otherwise,
        }
    };
    (@ $rust:ty, $type:ident, $body:expr) => {{
        type $type = $rust;
        $body
    }};
}

pub(super) fn is_kept(column_type: &ColumnType) -> bool {
    with_type!(column_type, Of => std::mem::size_of::<Of>() > 0, else false)
}

/// The values of a row in the columns of the order.
///
/// # Errors
/// [`Error::Unreadable`], and [`Error::Unpaged`] for a value by whose beginning alone the database sorts.
pub(super) fn place_of(
    driver: Driver,
    table: &'static Table,
    row: &impl SqlRow,
    order: &[OrderedBy],
) -> Result<Vec<serde_json::Value>, Error> {
    let value = |by: &OrderedBy| {
        let name = by.name();
        let value = with_type!(
            &by.column.column_type,
            Of => {
                let value = row.read::<Option<Of>>(name).map_err(Error::statement(table))?;
                serde_json::to_value(value)
            },
            else Ok(serde_json::Value::Null)
        );
        let value = value.map_err(|error| Error::statement(table)(sqlx::Error::Decode(error.into())))?;
        if driver == Driver::MySql && is_long(&value) {
            let reason = format!(
                "a value of `{name}` is so long that MySQL sorts by its beginning: order by another column, or use `limit` and `offset`"
            );
            return Err(Error::Unpaged { table: &table.name, reason });
        }
        Ok(value)
    };
    order.iter().map(value).collect()
}

/// Whether the value is, or may be in a collation that weighs a character in four bytes, beyond the 1024 bytes that MySQL
/// sorts by. <https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_max_sort_length>
fn is_long(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.chars().nth(255).is_some(),
        serde_json::Value::Array(bytes) => bytes.len() > 1_000,
        _ => false,
    }
}

/// What rows are compared with, out of a cursor; `None` for null.
///
/// # Errors
/// [`Error::Cursor`] for what is no value of the column.
pub(super) fn value_at(driver: Driver, column: &Column, place: &serde_json::Value) -> Result<Option<Value>, Error> {
    let invalid = |reason: String| Error::Cursor { reason: format!("`{}`: {reason}", column.name) };
    let value = with_type!(
        &column.column_type,
        Of => {
            let value: Option<Of> =
                Deserialize::deserialize(place).map_err(|error: serde_json::Error| invalid(error.to_string()))?;
            value.map(|value| value.to_value(driver)).transpose().map_err(|error| invalid(error.to_string()))?
        },
        else None
    );
    match (&column.column_type, value) {
        (ColumnType::Enum { name, values, .. }, Some(Value::String(Some(label)))) => {
            label_value(driver, name, values, label).map(Some).map_err(invalid)
        }
        (_, value) => Ok(value),
    }
}

/// A label, as enums are sorted: on MySQL by its number, while a text is compared with as text.
/// <https://dev.mysql.com/doc/refman/8.0/en/enum.html#enum-sorting>
fn label_value(driver: Driver, name: &Str, labels: &[Str], label: String) -> Result<Value, String> {
    let Some(at) = labels.iter().position(|known| *known == label) else {
        return Err(format!("`{label}` is no label of enum `{name}`"));
    };
    Ok(match driver {
        Driver::Sqlite => label.into(),
        Driver::Postgres => {
            Value::Enum(OptionEnum::Some(Box::new(Enum { type_name: name.to_string().into(), value: label.into() })))
        }
        Driver::MySql => Value::BigInt(i64::try_from(at + 1).ok()),
    })
}

/// The label of an enum, whichever it is.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Label(String);

impl SqlType for Label {
    const TYPE: ColumnType = ColumnType::Text;

    fn to_value(&self, _: Driver) -> Result<Value, EncodeError> {
        Ok(self.0.clone().into())
    }

    fn null(_: Driver) -> Value {
        Value::String(None)
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        String::from_sqlite(row, column).map(Self)
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        sqlx::Row::try_get_unchecked(row, column).map(Self)
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        sqlx::Row::try_get(row, column).map(Self)
    }
}

/// A floating point number of either size, exactly as it is stored: SQLite has 64 bits in every column. Kept as text, because
/// JSON has neither NaN nor infinity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
struct Number(f64);

impl From<Number> for String {
    fn from(Number(number): Number) -> Self {
        format!("{number:e}")
    }
}

impl TryFrom<String> for Number {
    type Error = std::num::ParseFloatError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl SqlType for Number {
    const TYPE: ColumnType = ColumnType::Double;

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        self.0.to_value(driver)
    }

    fn null(driver: Driver) -> Value {
        f64::null(driver)
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        f64::from_sqlite(row, column).map(Self)
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        let single = f32::from_postgres(row, column).map(f64::from);
        single.or_else(|_| f64::from_postgres(row, column)).map(Self)
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        f64::from_mysql(row, column).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_exactly() {
        for number in [0.1, -0.0, f64::from(0.1_f32), 1e300, f64::MIN_POSITIVE, f64::INFINITY, f64::NEG_INFINITY] {
            let kept = serde_json::to_value(Number(number)).unwrap();
            let Number(back) = serde_json::from_value(kept).unwrap();
            assert_eq!(back.to_bits(), number.to_bits());
        }
        let Number(back) = serde_json::from_value(serde_json::to_value(Number(f64::NAN)).unwrap()).unwrap();
        assert!(back.is_nan());
    }

    #[test]
    fn a_label_is_compared_as_enums_are_sorted() {
        let mut column = Column::new("mood", ColumnType::Text);
        let values = vec!["low".into(), "high".into()].into();
        column.column_type =
            ColumnType::Enum { name: "mood".into(), values, renamed_from: None, former_labels: Vec::new().into() };
        assert_eq!(value_at(Driver::MySql, &column, &"high".into()).unwrap(), Some(Value::BigInt(Some(2))));
        assert_eq!(value_at(Driver::Sqlite, &column, &"high".into()).unwrap(), Some("high".into()));
        assert_eq!(value_at(Driver::Sqlite, &column, &serde_json::Value::Null).unwrap(), None);
        let error = value_at(Driver::Postgres, &column, &"hi".into()).unwrap_err().to_string();
        assert!(error.contains("`mood`: `hi` is no label of enum `mood`"), "{error}");
    }
}
