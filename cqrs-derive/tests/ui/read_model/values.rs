//! Words of a read model with a value that they do not take, or in the wrong place.
#![allow(dead_code)]

use cqrs_core::{object_model, read_model};

#[object_model(table = "articles")]
struct Article {
    #[column(primary_key)]
    id: i64,
}

#[read_model(of = Article, schema = "shop", renamed_from = "cards", materialized)]
struct Card {
    #[column(field)]
    id: i64,
}

#[read_model(view = articles_too, query = "SELECT 1 AS id", schema, renamed_from = 3, materialized = true)]
struct Wrong {
    #[column(column_name = id)]
    id: i64,
}

#[read_model(view = "articles_seen", query = select)]
struct Seen {
    #[column(comment)]
    id: i64,
}

fn main() {}
