//! The values of a statement, as they are bound.

use sea_query::{Value, Values};
use sea_query_sqlx::SqlxValues;

/// What a statement is given for its placeholders.
pub(super) enum Given {
    /// A value for each.
    Values(Vec<Value>),
    /// A list of values for each, to PostgreSQL.
    #[cfg(feature = "postgres")]
    Lists(sqlx::postgres::PgArguments),
}

impl Given {
    fn values(self) -> SqlxValues {
        SqlxValues(Values(match self {
            Self::Values(values) => values,
            // No other database reads a statement with lists.
            #[cfg(feature = "postgres")]
            Self::Lists(_) => Vec::new(),
        }))
    }
}

#[cfg(feature = "sqlite")]
impl sqlx::IntoArguments<sqlx::Sqlite> for Given {
    fn into_arguments(self) -> sqlx::sqlite::SqliteArguments {
        sqlx::IntoArguments::<sqlx::Sqlite>::into_arguments(self.values())
    }
}

#[cfg(feature = "mysql")]
impl sqlx::IntoArguments<sqlx::MySql> for Given {
    fn into_arguments(self) -> sqlx::mysql::MySqlArguments {
        sqlx::IntoArguments::<sqlx::MySql>::into_arguments(self.values())
    }
}

#[cfg(feature = "postgres")]
impl sqlx::IntoArguments<sqlx::Postgres> for Given {
    fn into_arguments(self) -> sqlx::postgres::PgArguments {
        match self {
            Self::Lists(lists) => lists,
            one_by_one => sqlx::IntoArguments::<sqlx::Postgres>::into_arguments(one_by_one.values()),
        }
    }
}

/// The values of rows, a list for each column. `None` where a column has values of several types, or of one that makes no
/// list: an array in a list is no element of it.
#[cfg(feature = "postgres")]
pub(super) fn lists(rows: &[Vec<crate::model::ColumnValue>]) -> Option<sqlx::postgres::PgArguments> {
    let mut lists = sqlx::postgres::PgArguments::default();
    for at in 0..rows.first()?.len() {
        add_list(&mut lists, rows, at)?;
    }
    Some(lists)
}

#[cfg(feature = "postgres")]
fn add_list(lists: &mut sqlx::postgres::PgArguments, rows: &[Vec<crate::model::ColumnValue>], at: usize) -> Option<()> {
    use sea_query::OptionEnum;
    use sqlx::Arguments;

    macro_rules! list {
        ($variant:ident) => {
            list!($variant, Option::as_ref)
        };
        ($variant:ident, $element:expr) => {{
            let elements = rows.iter().map(|row| match &row.get(at)?.1 {
                Value::$variant(value) => Some($element(value)),
                _ => None,
            });
            lists.add(elements.collect::<Option<Vec<_>>>()?).ok()
        }};
    }
    // As sea-query-sqlx binds one by one.
    match &rows.first()?.get(at)?.1 {
        Value::Bool(_) => list!(Bool),
        Value::SmallInt(_) => list!(SmallInt),
        Value::Int(_) => list!(Int),
        Value::BigInt(_) => list!(BigInt),
        Value::TinyUnsigned(_) => list!(TinyUnsigned, |number: &Option<u8>| number.map(i16::from)),
        Value::SmallUnsigned(_) => list!(SmallUnsigned, |number: &Option<u16>| number.map(i32::from)),
        Value::Unsigned(_) => list!(Unsigned, |number: &Option<u32>| number.map(i64::from)),
        Value::Float(_) => list!(Float),
        Value::Double(_) => list!(Double),
        Value::String(_) => list!(String, Option::as_deref),
        Value::Bytes(_) => list!(Bytes, Option::as_deref),
        Value::Enum(_) => list!(Enum, |label: &OptionEnum| match label {
            OptionEnum::Some(label) => Some(label.value.to_string()),
            OptionEnum::None(_) => None,
        }),
        #[cfg(feature = "chrono")]
        Value::ChronoDate(_) => list!(ChronoDate),
        #[cfg(feature = "chrono")]
        Value::ChronoTime(_) => list!(ChronoTime),
        #[cfg(feature = "chrono")]
        Value::ChronoDateTime(_) => list!(ChronoDateTime),
        #[cfg(feature = "chrono")]
        Value::ChronoDateTimeUtc(_) => list!(ChronoDateTimeUtc),
        #[cfg(feature = "uuid")]
        Value::Uuid(_) => list!(Uuid),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(_) => list!(Decimal),
        #[cfg(feature = "bigdecimal")]
        Value::BigDecimal(_) => list!(BigDecimal, Option::as_deref),
        #[cfg(feature = "json")]
        Value::Json(_) => list!(Json, Option::as_deref),
        #[cfg(feature = "ipnetwork")]
        Value::IpNetwork(_) => list!(IpNetwork),
        _ => None,
    }
}
