//! Words of a model with a value that they do not take.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(
    table = "customers",
    schema = accounting,
    domain = "",
    name = 'c',
    code = 7,
    module("SALES"),
    renamed_from,
    no_primary_key = true,
    unique(),
    unique(email, name = by_email),
    primary_key(id, name = 1),
    check(name = 5, "id > 0"),
    foreign_key(id = Customer::id, name = 3, on_update = "cascade", on_delete, deferrable = true),
)]
struct Customer {
    id: i64,
    email: String,
}

#[object_model(
    table = "orders",
    index(id, unique = true, name = "a"),
    index(id, nulls_not_distinct = true, name = "b"),
    index(id, where = total, name = "c"),
    index(id, method = gin, name = "d"),
    index(id, name = 5),
    index(id(asc = true, nulls_first = true, nulls_last = 1), name = "f"),
    index(id(class, collation = C, length = 0), name = "g"),
    index(id(asc, desc, nulls_first, nulls_last), name = "h"),
    index(id(desc, desc), name = "i"),
)]
struct Order {
    #[column(primary_key)]
    id: i64,
    total: i64,
}

fn main() {}
