use chrono::{self, DateTime, NaiveDateTime, NaiveTime, Utc};
use cqrs_core::{SqlEnum, object_model};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid as Identifier;

use super::aliases::{Day, Maybe};

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, SqlEnum)]
pub(crate) enum Mood {
    VeryGood,
    Ill,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, SqlEnum)]
#[sql_enum(name = "shout", renamed_from = "cry", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Volume {
    HeyYou,
    #[sql_enum(rename = "psst", renamed_from = "HUSH")]
    Quiet,
}

#[object_model(table = "base_types")]
pub(crate) struct BaseTypes {
    #[column(primary_key)]
    pub(crate) reference: Identifier,
    pub(crate) small: i16,
    pub(crate) int: i32,
    pub(crate) big: i64,
    pub(crate) float: f32,
    pub(crate) double: f64,
    pub(crate) flag: bool,
    pub(crate) name: std::string::String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) moment: DateTime<Utc>,
    pub(crate) wall_clock: std::option::Option<NaiveDateTime>,
    pub(crate) day: chrono::NaiveDate,
    pub(crate) clock: NaiveTime,
    pub(crate) amount: Decimal,
    pub(crate) document: Option<serde_json::Value>,
    pub(crate) aliased: Maybe,
    pub(crate) renamed: Option<Day>,
    pub(crate) mood: Option<Mood>,
    #[column(default_value = "psst")]
    pub(crate) shout: Volume,
}
