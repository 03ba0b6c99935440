//! The column types of what is no base type, for the types' own files and for the reader of source files, which has their
//! names and not their crates.

#![cfg(any(feature = "ipnetwork", feature = "range", feature = "extract"))]

use std::borrow::Cow;

use crate::schema::{ColumnType, List};

/// The longest network address as text: `xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:255.255.255.255/128` has 49 characters.
#[cfg(any(feature = "ipnetwork", feature = "extract"))]
pub(crate) const IP_NETWORK: ColumnType = ColumnType::PerDatabase {
    postgres: Some(Cow::Borrowed("inet")),
    mysql: None,
    sqlite: None,
    otherwise: List::Constant(&[ColumnType::String { length: Some(49) }]),
};

/// A range, which PostgreSQL has and no other database.
#[cfg(any(feature = "range", feature = "extract"))]
pub(crate) const fn range(name: &'static str) -> ColumnType {
    ColumnType::PerDatabase {
        postgres: Some(Cow::Borrowed(name)),
        mysql: None,
        sqlite: None,
        otherwise: List::Constant(&[]),
    }
}

/// The range type over values of that type. <https://www.postgresql.org/docs/current/rangetypes.html>
#[cfg(feature = "extract")]
pub(crate) fn range_of(element: &ColumnType) -> Option<ColumnType> {
    Some(range(match element {
        ColumnType::Integer => "int4range",
        ColumnType::BigInteger => "int8range",
        ColumnType::Numeric { .. } => "numrange",
        ColumnType::Date => "daterange",
        ColumnType::DateTime { time_zone: false } => "tsrange",
        ColumnType::DateTime { time_zone: true } => "tstzrange",
        _ => return None,
    }))
}

/// Whether an array may hold values of that type.
#[cfg(feature = "extract")]
pub(crate) fn is_element(of: &ColumnType) -> bool {
    matches!(
        of,
        ColumnType::Boolean
            | ColumnType::SmallInteger
            | ColumnType::Integer
            | ColumnType::BigInteger
            | ColumnType::Float
            | ColumnType::Double
            | ColumnType::String { .. }
            | ColumnType::Numeric { .. }
            | ColumnType::Date
            | ColumnType::Time
            | ColumnType::DateTime { .. }
            | ColumnType::Uuid
    )
}
