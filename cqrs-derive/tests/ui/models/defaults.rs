//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key)]
    id: i64,
    #[column(default_value = "one")]
    level: i32,
    #[column(default_value = 1.5)]
    points: i32,
    #[column(default_value = 1)]
    active: bool,
    #[column(default_value = true)]
    name: Option<String>,
}

fn main() {}
