//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(
    table = "customers",
    primary_key(idd),
    index(emial, name(desc)),
    unique(name, emial),
    index(name, name(desc), name = "by_name"),
    unique(name, name = "by_name"),
    index(name, include(emial)),
)]
struct Customer {
    id: i64,
    name: String,
    email: String,
}

#[object_model(table = "suppliers", primary_key(id, id))]
struct Supplier {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
