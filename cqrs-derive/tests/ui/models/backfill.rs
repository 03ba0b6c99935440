//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, auto_increment, backfill = "1")]
    id: i64,
    #[column(backfill = " ")]
    name: String,
    #[column(generated = "id * 2", backfill = "1")]
    twice: i64,
    #[column(backfill)]
    level: i32,
    #[column(backfil = "1")]
    points: i32,
    #[column(backfill = "1", backfill = "2")]
    height: i32,
}

fn main() {}
