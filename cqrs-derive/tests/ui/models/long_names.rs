//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(
    table = "customers",
    index(id, name = "an_index_of_customers_by_their_number_that_says_it_all_and_then_some_more"),
)]
struct Customer {
    #[column(primary_key)]
    id: i64,
    #[column(column_name = "a_column_that_nobody_will_ever_write_into_a_query_by_hand_but_may")]
    long: i64,
}

fn main() {}
