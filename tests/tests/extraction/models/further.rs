//! Types of optional crates, newtypes, and fields that are more or less than a column.

use chrono::{DateTime, NaiveDate, Utc};
use cqrs_core::types::{Json, Range};
use cqrs_core::{SqlType, object_model};
use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use self::words::{Code, Word};

pub(crate) mod words {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
    #[sql_type(postgres = "citext")]
    pub(crate) struct Word(String);

    type Inner = Word;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
    pub(crate) struct Code {
        word: Inner,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, cqrs_core::SqlType)]
pub(crate) struct Count(u32);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, cqrs_core::SqlType)]
#[sql_type(postgres = "money", mysql = "decimal(20,2)", sqlite = "NUMERIC")]
pub(crate) struct Price(Decimal);

#[object_model(table = "further")]
pub(crate) struct Further {
    #[column(primary_key, auto_increment)]
    pub(crate) id: Count,
    pub(crate) tiny: i8,
    #[column(default_value = 0)]
    pub(crate) byte: u8,
    pub(crate) short: u16,
    pub(crate) long: u64,
    #[column(precision = 9)]
    pub(crate) big: bigdecimal::BigDecimal,
    pub(crate) moment: OffsetDateTime,
    pub(crate) wall: time::PrimitiveDateTime,
    pub(crate) day: time::Date,
    pub(crate) clock: time::Time,
    pub(crate) stamp: Option<Timestamp>,
    pub(crate) civil_wall: civil::DateTime,
    pub(crate) civil_day: civil::Date,
    pub(crate) civil_clock: jiff::civil::Time,
    pub(crate) network: ipnetwork::IpNetwork,
    pub(crate) tags: Vec<String>,
    pub(crate) moments: Option<Vec<DateTime<Utc>>>,
    pub(crate) settings: Json<Vec<Count>>,
    pub(crate) whole: Range<i32>,
    pub(crate) days: Option<Range<NaiveDate>>,
    #[column(length = 30)]
    pub(crate) short_word: Word,
    pub(crate) word: Option<Code>,
    pub(crate) price: Price,
    #[column(column_type(postgres = "tsvector", mysql = "longtext"))]
    pub(crate) search: String,
    #[column(version)]
    pub(crate) version: Count,
    #[column(skip)]
    pub(crate) skipped: std::collections::BTreeMap<String, String>,
}
