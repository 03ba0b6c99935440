//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = customers, check(), index(), unique(name(desc)), index(name(down)), primary_key)]
struct Customer {
    #[column(primary_key = true)]
    id: i64,
    #[column(length = "36")]
    name: String,
    #[column(length = 0)]
    title: String,
    #[column(default_value = now())]
    created_at: i64,
    #[column(column_name = "")]
    nothing: i64,
    #[column(belongs_to = Customer)]
    other: i64,
    #[column(belongs_to = Customer::id, on_delete = casade)]
    parent: i64,
    #[column(belongs_to = Customer::id, on_delete = set_null)]
    uncle: i64,
    #[column(check)]
    checked: i64,
    #[column(unique, "text")]
    literal: i64,
    #[column(default_value =)]
    unfinished: i64,
    #[column]
    empty: i64,
    twice: Option<Option<i64>>,
}

fn main() {}
