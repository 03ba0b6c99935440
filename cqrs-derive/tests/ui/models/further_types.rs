//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;
use cqrs_core::types::Range;

#[object_model(table = "further")]
struct Further {
    #[column(primary_key)]
    id: u128,
    list: Vec<i8>,
    range: Range<String>,
    #[column(default_value = -1)]
    count: u32,
    #[column(column_type(postgresql = "citext"))]
    word: String,
    #[column(column_type(postgres = "citext"), length = 3)]
    both: String,
}

#[object_model(table = "checked")]
struct Checked {
    #[column(primary_key)]
    id: i64,
    list: Vec<i8>,
    range: Range<String>,
    #[column(default_value = -1)]
    count: u32,
    wide: u128,
}

fn main() {}
