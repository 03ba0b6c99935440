//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

struct NoDefault;

#[object_model(table = "skipping", index(cache), unique(id, other))]
struct Skipping {
    #[column(primary_key)]
    id: i64,
    #[column(skip, length = 3)]
    cache: String,
    #[column(skip)]
    other: i32,
}

#[object_model(table = "without_default")]
struct WithoutDefault {
    #[column(primary_key)]
    id: i64,
    #[column(skip)]
    value: NoDefault,
}

fn main() {}
