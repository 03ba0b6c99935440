use sea_query::{Enum, OptionEnum, Value};

use crate::model::Driver;
use crate::schema::{FormerLabel, Str};

/// An enum without fields as the type of a column: one label out of a list.
///
/// Implemented by `#[derive(SqlEnum)]`, or by hand with [`impl_sql_enum!`](crate::impl_sql_enum).
pub trait SqlEnum: Sized + 'static {
    /// The name of the type, where the database has named enum types.
    const NAME: &'static str;
    /// The labels, in the order of the variants.
    const VALUES: &'static [Str];
    /// The name that the type had before.
    const RENAMED_FROM: Option<&'static str> = None;
    /// The labels that had another name before.
    const FORMER_LABELS: &'static [FormerLabel] = &[];

    /// The label of this variant.
    fn label(&self) -> &'static str;

    /// The variant of that label.
    fn from_label(label: &str) -> Option<Self>;
}

/// Named enum types are bound with a cast to the type (`$1::"severity"`); elsewhere an enum is text.
#[doc(hidden)]
#[must_use]
pub fn to_enum_value<T: SqlEnum>(value: Option<&T>, driver: Driver) -> Value {
    match (value, driver) {
        (value, Driver::Sqlite | Driver::MySql) => Value::String(value.map(|value| value.label().to_owned())),
        (Some(value), Driver::Postgres) => {
            Value::Enum(OptionEnum::Some(Box::new(Enum { type_name: T::NAME.into(), value: value.label().into() })))
        }
        (None, Driver::Postgres) => Value::Enum(OptionEnum::None(T::NAME.into())),
    }
}

#[cfg(feature = "sqlite")]
#[doc(hidden)]
pub fn read_sqlite_enum<T: SqlEnum>(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<T, sqlx::Error> {
    variant(column, &super::row::get_sqlite::<String>(row, column)?)
}

/// sqlx does not take a named enum type for text, though it is sent as such.
#[cfg(feature = "postgres")]
#[doc(hidden)]
pub fn read_postgres_enum<T: SqlEnum>(row: &sqlx::postgres::PgRow, column: &str) -> Result<T, sqlx::Error> {
    variant(column, &sqlx::Row::try_get_unchecked::<String, _>(row, column)?)
}

#[cfg(feature = "mysql")]
#[doc(hidden)]
pub fn read_mysql_enum<T: SqlEnum>(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<T, sqlx::Error> {
    variant(column, &sqlx::Row::try_get::<String, _>(row, column)?)
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
fn variant<T: SqlEnum>(column: &str, label: &str) -> Result<T, sqlx::Error> {
    T::from_label(label)
        .ok_or_else(|| super::row::unreadable(column, format!("`{label}` is no label of enum `{}`", T::NAME)))
}
