//! Whole numbers that not every database has: native on MySQL, the next wider signed type elsewhere. A number is checked on
//! its way in and out.

use sea_query::Value;

use crate::model::{Driver, EncodeError, SqlType};
use crate::schema::{ColumnType, IntegerSize};

macro_rules! integer {
    ($type:ty, $column_type:expr, $null:expr, $on_postgres:ty) => {
        impl SqlType for $type {
            const TYPE: ColumnType = $column_type;

            fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
                super::encode((*self).into(), driver)
            }

            fn null(driver: Driver) -> Value {
                super::encode($null, driver).unwrap_or($null)
            }

            #[cfg(feature = "sqlite")]
            fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
                narrowed(column, super::row::get_sqlite::<i64>(row, column)?)
            }

            #[cfg(feature = "postgres")]
            fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
                narrowed(column, sqlx::Row::try_get::<$on_postgres, _>(row, column)?)
            }

            #[cfg(feature = "mysql")]
            fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
                sqlx::Row::try_get(row, column)
            }
        }
    };
}

integer!(i8, ColumnType::TinyInteger, Value::TinyInt(None), i16);
integer!(u8, ColumnType::Unsigned(IntegerSize::Tiny), Value::TinyUnsigned(None), i16);
integer!(u16, ColumnType::Unsigned(IntegerSize::Small), Value::SmallUnsigned(None), i32);
integer!(u32, ColumnType::Unsigned(IntegerSize::Normal), Value::Unsigned(None), i64);
integer!(u64, ColumnType::Unsigned(IntegerSize::Big), Value::BigUnsigned(None), i64);

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn narrowed<W: Copy + std::fmt::Display, T: TryFrom<W>>(column: &str, number: W) -> Result<T, sqlx::Error> {
    T::try_from(number)
        .map_err(|_| super::row::unreadable(column, format!("{number} is no `{}`", std::any::type_name::<T>())))
}
