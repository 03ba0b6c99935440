//! Words of a field with a value that they do not take.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, auto_increment = true)]
    id: i64,
    #[column(unique = "email")]
    email: String,
    #[column(unique_key)]
    drive: String,
    #[column(indexed = "customers_city")]
    city: String,
    #[column(column_name = kind)]
    kind: String,
    #[column(column_type = Text)]
    note: String,
    #[column(column_type(postgres = "citext", postgres = "text"))]
    word: String,
    #[column(text = true)]
    body: String,
    #[column(precision = "12", scale = 2.5)]
    price: rust_decimal::Decimal,
    #[column(default_expr = now())]
    created_at: i64,
    #[column(default_expr())]
    changed_at: i64,
    #[column(default_expr(postgresql = "now()"))]
    sent_at: i64,
    #[column(generated(id), virtual = true)]
    twice: i64,
    #[column(belongs_to = Customer::id, on_delete, on_update = "cascade", deferrable = "later")]
    parent: Option<i64>,
    #[column(renamed_from = former)]
    latter: i64,
    #[column(check(id))]
    checked: i64,
    #[column(collation = C)]
    sorted: String,
    #[column(comment)]
    remark: String,
    #[column(read_only = true)]
    seen: i64,
    #[column(write_only = true)]
    secret: String,
    #[column(skip = true)]
    cache: i64,
    #[column(on_update = cascade)]
    lonely: i64,
}

fn main() {}
