//! Types that are written and read as another type.

/// `SqlType` for a type that travels as another: `to` makes the carrier of it, `from` reads it out of the carrier. Both say
/// why where they cannot.
macro_rules! carried {
    ($type:ty as $carrier:ty, $column_type:expr, $to:expr, $from:expr) => {
        impl $crate::model::SqlType for $type {
            const TYPE: $crate::schema::ColumnType = $column_type;

            fn to_value(
                &self,
                driver: $crate::model::Driver,
            ) -> Result<::sea_query::Value, $crate::model::EncodeError> {
                let to: fn(&$type) -> Result<$carrier, String> = $to;
                let carrier = to(self).map_err(|reason| driver.refuse(self, reason))?;
                $crate::model::SqlType::to_value(&carrier, driver)
            }

            fn null(driver: $crate::model::Driver) -> ::sea_query::Value {
                <$carrier as $crate::model::SqlType>::null(driver)
            }

            #[cfg(feature = "sqlite")]
            fn from_sqlite(row: &::sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, ::sqlx::Error> {
                $crate::types::carried::read(
                    column,
                    <$carrier as $crate::model::SqlType>::from_sqlite(row, column)?,
                    $from,
                )
            }

            #[cfg(feature = "postgres")]
            fn from_postgres(row: &::sqlx::postgres::PgRow, column: &str) -> Result<Self, ::sqlx::Error> {
                $crate::types::carried::read(
                    column,
                    <$carrier as $crate::model::SqlType>::from_postgres(row, column)?,
                    $from,
                )
            }

            #[cfg(feature = "mysql")]
            fn from_mysql(row: &::sqlx::mysql::MySqlRow, column: &str) -> Result<Self, ::sqlx::Error> {
                $crate::types::carried::read(
                    column,
                    <$carrier as $crate::model::SqlType>::from_mysql(row, column)?,
                    $from,
                )
            }
        }
    };
}
pub(super) use carried;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(super) fn read<T, C>(column: &str, carrier: C, from: fn(C) -> Result<T, String>) -> Result<T, sqlx::Error> {
    from(carrier).map_err(|reason| super::row::unreadable(column, reason))
}
