//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers", table = "customers")]
struct Customer {
    #[column(primary_key)]
    id: i64,
    name: String,
    #[column(column_name = "name")]
    title: String,
}

fn main() {}
