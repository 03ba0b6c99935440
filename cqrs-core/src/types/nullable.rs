use sea_query::Value;

use crate::model::{Driver, EncodeError, SqlDecimal, SqlText, SqlType};
use crate::schema::ColumnType;

impl<T: SqlType> SqlType for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    const NULLABLE: bool = true;

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        match self {
            Some(value) => value.to_value(driver),
            None => Ok(T::null(driver)),
        }
    }

    fn null(driver: Driver) -> Value {
        T::null(driver)
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        if is_null(row, column)? { Ok(None) } else { T::from_sqlite(row, column).map(Some) }
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        if is_null(row, column)? { Ok(None) } else { T::from_postgres(row, column).map(Some) }
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        if is_null(row, column)? { Ok(None) } else { T::from_mysql(row, column).map(Some) }
    }
}

impl<T: SqlText> SqlText for Option<T> {}
impl<T: SqlDecimal> SqlDecimal for Option<T> {}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
fn is_null<'c, R: sqlx::Row>(row: &R, column: &'c str) -> Result<bool, sqlx::Error>
where
    &'c str: sqlx::ColumnIndex<R>,
{
    row.try_get_raw(column).map(|value| sqlx::ValueRef::is_null(&value))
}
