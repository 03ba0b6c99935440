//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(domain = "sales")]
struct ProductCategory {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
