//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    id: i64,
}

#[object_model(table = "orders", no_primary_key)]
struct Order {
    #[column(primary_key)]
    id: i64,
}

#[object_model(table = "parcels", primary_key(id, nme = "parcels_key"))]
struct Parcel {
    id: i64,
}

fn main() {}
