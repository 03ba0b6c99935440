//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(
    table = "customers",
    index(name, methd = "hash", name = "a"),
    index(name, where, name = "b"),
    index(name(descending), name = "c"),
    index(name(desc = true), name = "d"),
    index(name(length), name = "e"),
    index(name(length = "ten"), name = "f"),
    index(expr("lower(name)", nulls_frist), name = "g"),
    index(expr(12), name = "h"),
    index(name, include = "email", name = "i"),
    index(name, include(email(desc)), name = "j"),
    index(name, method = "hash", method = "gin", name = "k"),
    index(include(email), name = "l"),
)]
struct Customer {
    #[column(primary_key)]
    id: i64,
    name: String,
    email: String,
}

fn main() {}
