//! A case.
#![allow(dead_code)]

use cqrs_core::SqlEnum;

#[derive(SqlEnum)]
enum Severity {
    Low(i32),
    #[sql_enum(renam = "high")]
    High,
    #[sql_enum(rename = "high")]
    Highest,
}

#[derive(SqlEnum)]
#[sql_enum(rename_all = "snakecase", nam = "x")]
enum Status {
    Open,
}

#[derive(SqlEnum)]
struct Plain;

#[derive(SqlEnum)]
enum Empty {}

fn main() {}
