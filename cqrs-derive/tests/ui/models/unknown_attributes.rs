//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(tabel = "customers", table = "customers", domian = "sales", index(nmae), index(name, uniqe = true))]
struct Customer {
    #[column(primary_key, lenght = 36)]
    id: String,
    #[column(nullable)]
    name: Option<String>,
    #[column(zebra)]
    height: i32,
    #[column(type = "text", references = Customer::id)]
    guardian: String,
}

fn main() {}
