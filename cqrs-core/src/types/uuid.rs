use sea_query::Value;
use uuid::Uuid;

use super::scalar::sql_type;
use crate::schema::ColumnType;

sql_type!(Uuid, ColumnType::Uuid, Value::Uuid(None));
