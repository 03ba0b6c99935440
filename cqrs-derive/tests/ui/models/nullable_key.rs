//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

type Maybe = Option<i64>;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key)]
    id: Option<i64>,
}

#[object_model(table = "suppliers")]
struct Supplier {
    #[column(primary_key)]
    id: Maybe,
}

fn main() {}
