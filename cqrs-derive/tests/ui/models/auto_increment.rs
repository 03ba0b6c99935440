//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, auto_increment)]
    id: String,
}

fn main() {}
