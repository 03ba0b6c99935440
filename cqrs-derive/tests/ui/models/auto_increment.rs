//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, auto_increment)]
    id: String,
}

#[object_model(table = "suppliers")]
struct Supplier {
    #[column(primary_key)]
    id: i64,
    #[column(auto_increment)]
    number: i64,
}

fn main() {}
