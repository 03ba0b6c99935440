//! A case.
#![allow(dead_code)]

use cqrs_core::{object_model, read_model};

#[object_model(table = "articles")]
struct Article {
    #[column(primary_key)]
    id: i64,
}

#[read_model(view = "articles", query = "SELECT 1 AS id")]
struct ArticleList {
    id: i64,
}

fn main() {}
