use sea_query::Value;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::encode::{SQLITE_DIGITS, significant_digits};
use crate::model::{Driver, EncodeError, SqlType};
use crate::schema::ColumnType;

impl SqlType for serde_json::Value {
    const TYPE: ColumnType = ColumnType::Json;

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        super::encode(Value::Json(Some(Box::new(self.clone()))), driver)
    }

    fn null(_: Driver) -> Value {
        Value::Json(None)
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        use super::row::{Stored, stored, unreadable};

        let document = match stored(row, column)? {
            Stored::Integer(number) => return Ok(number.into()),
            Stored::Real(number) => return Ok(number.into()),
            Stored::Text(text) => serde_json::from_str(&text),
            Stored::Blob(bytes) => serde_json::from_slice(&bytes),
        };
        document.map_err(|error| unreadable(column, format!("not JSON: {error}")))
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

/// A value that is stored as a JSON document, by its own serde.
///
/// ```
/// use cqrs_core::types::Json;
///
/// let tags = Json(vec!["red", "round"]);
/// assert_eq!(tags.0.len(), 2);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T: Serialize + DeserializeOwned> SqlType for Json<T> {
    const TYPE: ColumnType = ColumnType::Json;

    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        let document = serde_json::to_value(self).map_err(|error| driver.refuse("a document", error.to_string()))?;
        document.to_value(driver)
    }

    fn null(_: Driver) -> Value {
        Value::Json(None)
    }

    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error> {
        read(column, SqlType::from_sqlite(row, column)?)
    }

    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error> {
        read(column, SqlType::from_postgres(row, column)?)
    }

    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error> {
        read(column, SqlType::from_mysql(row, column)?)
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(super) fn read<T: DeserializeOwned>(column: &str, document: serde_json::Value) -> Result<T, sqlx::Error> {
    serde_json::from_value(document).map_err(|error| super::row::unreadable(column, error.to_string()))
}

/// A column of type `JSON` has numeric affinity: a document that is a number and nothing else is stored as a number, with
/// its limits. <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
pub(super) fn encode_sqlite(json: Box<serde_json::Value>) -> Result<Value, EncodeError> {
    if let serde_json::Value::Number(number) = json.as_ref()
        && number.as_i64().is_none()
        && significant_digits(&number.to_string()) > SQLITE_DIGITS
    {
        return Err(Driver::Sqlite.refuse(
            number,
            format!("a bare number keeps {SQLITE_DIGITS} significant digits: put it into an array or object"),
        ));
    }
    Ok(Value::Json(Some(json)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_numbers_have_limits() {
        let number = serde_json::json!(18_446_744_073_709_551_615_u64);
        assert!(number.to_value(Driver::Sqlite).is_err());
        assert!(serde_json::json!([number]).to_value(Driver::Sqlite).is_ok());
        assert!(serde_json::json!(1.5).to_value(Driver::Sqlite).is_ok());
    }
}
