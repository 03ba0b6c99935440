use sea_query::Value;

use crate::model::SqlText;
use crate::schema::ColumnType;

/// `SqlType` for a type that sqlx and sea-query both know, and read in the same way from every database.
macro_rules! sql_type {
    ($type:ty, $column_type:expr, $null:expr) => {
        impl $crate::model::SqlType for $type {
            const TYPE: $crate::schema::ColumnType = $column_type;

            fn to_value(
                &self,
                driver: $crate::model::Driver,
            ) -> Result<::sea_query::Value, $crate::model::EncodeError> {
                $crate::types::encode(self.clone().into(), driver)
            }

            fn null(_: $crate::model::Driver) -> ::sea_query::Value {
                $null
            }

            #[cfg(feature = "sqlite")]
            fn from_sqlite(row: &::sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, ::sqlx::Error> {
                $crate::types::row::get_sqlite(row, column)
            }

            #[cfg(feature = "postgres")]
            fn from_postgres(row: &::sqlx::postgres::PgRow, column: &str) -> Result<Self, ::sqlx::Error> {
                ::sqlx::Row::try_get(row, column)
            }

            #[cfg(feature = "mysql")]
            fn from_mysql(row: &::sqlx::mysql::MySqlRow, column: &str) -> Result<Self, ::sqlx::Error> {
                ::sqlx::Row::try_get(row, column)
            }
        }
    };
}
#[cfg(any(feature = "chrono", feature = "uuid"))]
pub(super) use sql_type;

sql_type!(bool, ColumnType::Boolean, Value::Bool(None));
sql_type!(i16, ColumnType::SmallInteger, Value::SmallInt(None));
sql_type!(i32, ColumnType::Integer, Value::Int(None));
sql_type!(i64, ColumnType::BigInteger, Value::BigInt(None));
sql_type!(f32, ColumnType::Float, Value::Float(None));
sql_type!(f64, ColumnType::Double, Value::Double(None));
sql_type!(String, ColumnType::String { length: None }, Value::String(None));
sql_type!(Vec<u8>, ColumnType::Binary, Value::Bytes(None));

impl SqlText for String {}
