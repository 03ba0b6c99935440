use sea_query::{ArrayType, Value, ValueType};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{Driver, EncodeError, SqlType};
use crate::schema::{ColumnType, List};

/// A type that an array can hold: `Vec<T>` is then a column, an array on PostgreSQL and a JSON document elsewhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a value of an array",
    label = "no array of `{Self}` is known",
    note = "use `Json<Vec<{Self}>>` for a JSON document"
)]
pub trait SqlElement: SqlType + Serialize + DeserializeOwned {
    /// What the driver calls an array of these.
    #[doc(hidden)]
    fn array_type() -> ArrayType;

    /// Reads an array.
    ///
    /// # Errors
    /// What sqlx says: no such column, another type, a null, also in the array.
    #[cfg(feature = "postgres")]
    #[doc(hidden)]
    fn array_from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Vec<Self>, sqlx::Error>;
}

macro_rules! element {
    ($($type:ty),* $(,)?) => {
        $(impl SqlElement for $type {
            fn array_type() -> ArrayType {
                <$type as ValueType>::array_type()
            }

            #[cfg(feature = "postgres")]
            fn array_from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Vec<Self>, sqlx::Error> {
                sqlx::Row::try_get(row, column)
            }
        })*
    };
}
element!(bool, i16, i32, i64, f32, f64, String);
#[cfg(feature = "chrono")]
element!(chrono::DateTime<chrono::Utc>, chrono::NaiveDateTime, chrono::NaiveDate, chrono::NaiveTime);
#[cfg(feature = "rust_decimal")]
element!(rust_decimal::Decimal);
#[cfg(feature = "uuid")]
element!(uuid::Uuid);

impl<T: SqlElement> SqlType for Vec<T> {
    const TYPE: ColumnType = ColumnType::Array { element: List::Constant(T::TYPES) };

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        let values: Vec<Value> = self.iter().map(|value| value.to_value(driver)).collect::<Result<_, _>>()?;
        if driver == Driver::Postgres {
            return Ok(Value::Array(T::array_type(), Some(Box::new(values))));
        }
        let document = serde_json::to_value(self).map_err(|error| driver.refuse("an array", error.to_string()))?;
        super::encode(Value::Json(Some(Box::new(document))), driver)
    }

    fn null(driver: Driver) -> Value {
        match driver {
            Driver::Postgres => Value::Array(T::array_type(), None),
            Driver::Sqlite | Driver::MySql => Value::Json(None),
        }
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        super::json::read(column, SqlType::from_sqlite(row, column)?)
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        T::array_from_postgres(row, column)
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        super::json::read(column, SqlType::from_mysql(row, column)?)
    }
}
