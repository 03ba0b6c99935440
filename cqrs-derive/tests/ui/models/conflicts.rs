//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, primary_key)]
    id: i64,
    #[column(read_only, write_only)]
    secret: String,
    #[column(length = 3, text)]
    name: String,
    #[column(column_type = "citext", length = 3)]
    email: String,
    #[column(default_value = 1, default_expr = "now()")]
    level: i32,
    #[column(generated = "level * 2", default_value = 1)]
    twice: i32,
    #[column(virtual)]
    thrice: i32,
    #[column(on_delete = cascade)]
    other: i64,
    #[column(scale = 2)]
    price: i64,
    #[column(precision = 2, scale = 3)]
    amount: rust_decimal::Decimal,
}

fn main() {}
