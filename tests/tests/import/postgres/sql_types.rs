//! Types of columns.

use cqrs_core::{SqlEnum, SqlType};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
#[sql_enum(rename_all = "kebab-case")]
pub enum Mood {
    Fine,
    SoSo,
    #[sql_enum(rename = "Bad")]
    Bad,
    #[sql_enum(rename = "")]
    Empty,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
#[sql_type(postgres = "percent")]
pub struct Percent(pub Decimal);
