//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Money(i64);

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key)]
    id: i64,
    balance: Money,
    #[column(length = 3)]
    age: i32,
    #[column(text)]
    size: i32,
    #[column(precision = 3)]
    name: String,
}

fn main() {}
