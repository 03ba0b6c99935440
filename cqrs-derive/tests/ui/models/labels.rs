//! What an enum and its labels are called.
#![allow(dead_code)]

use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlEnum)]
#[sql_enum(name = state, renamed_from, rename_all = kebab)]
enum State {
    #[sql_enum(rename = open)]
    Open,
    #[sql_enum]
    Paid,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlEnum)]
enum Level {
    Low,
    VeryHigh,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlEnum)]
enum Urgency {
    #[sql_enum(renamed_from)]
    Now,
    #[sql_enum(renamed_from = "soon")]
    Soon,
    #[sql_enum(renamed_from = "whenever")]
    Later,
    #[sql_enum(renamed_from = "whenever", renamed_form = "never")]
    Never,
}

#[object_model(table = "alerts")]
struct Alert {
    #[column(primary_key)]
    id: i64,
    #[column(default_value = "VeryHigh")]
    level: Level,
    #[column(default_value = "low")]
    least: Option<Level>,
}

fn main() {}
