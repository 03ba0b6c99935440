//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "pairs")]
struct Pair(i64, i64);

#[object_model(table = "boxes")]
struct Boxed<T> {
    #[column(primary_key)]
    id: T,
}

#[object_model(table = "choices")]
enum Choice {
    One,
}

#[object_model(table = "conditions")]
struct Conditional {
    #[column(primary_key)]
    id: i64,
    #[cfg(unix)]
    file: String,
}

fn main() {}
