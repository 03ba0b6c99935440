//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key)]
    id: i64,
}

#[object_model(table = "customers", schema = "archive")]
struct OldCustomer {
    #[column(primary_key)]
    id: i64,
}

mod elsewhere {
    #[cqrs_core::object_model(table = "customers")]
    struct Client {
        #[column(primary_key)]
        id: i64,
    }
}

fn main() {}
