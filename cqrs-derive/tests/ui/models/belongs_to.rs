//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

struct Stranger;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    code: String,
}

#[object_model(table = "orders")]
struct Order {
    #[column(primary_key)]
    id: i64,
    #[column(belongs_to = Customer::cod)]
    misspelt: String,
    #[column(belongs_to = Customer::id)]
    other_type: i32,
    #[column(belongs_to = Customer::code)]
    optional_other_type: Option<i64>,
    #[column(belongs_to = Custmer::id)]
    no_such_type: i64,
    #[column(belongs_to = Stranger::id)]
    no_model: i64,
}

fn main() {}
