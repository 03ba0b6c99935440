//! A case.
#![allow(dead_code)]

use cqrs_core::{object_model, read_model};

#[object_model(table = "articles")]
struct Article {
    #[column(primary_key)]
    id: i64,
}

#[read_model]
struct Nothing {
    id: i64,
}

#[read_model(of = Article, view = "articles_too", query = "SELECT 1")]
struct Both {
    id: i64,
}

#[read_model(of = Article, materialised, query = "SELECT id FROM articles", index(id))]
struct OfWithQuery {
    id: i64,
}

#[read_model(of = "articles")]
struct OfText {
    id: i64,
}

#[read_model(view = "no_query")]
struct NoQuery {
    id: i64,
}

#[read_model(view = "no_database", query())]
struct NoDatabase {
    id: i64,
}

#[read_model(view = "other_database", query(postgres = "SELECT 1 AS id", postgresql = "SELECT 1", oracle = "SELECT 1"))]
struct OtherDatabase {
    id: i64,
}

#[read_model(view = "stored", query = "SELECT 1 AS id", materialized(sqlite))]
struct StoredElsewhere {
    id: i64,
}

#[read_model(view = "indexed", query = "SELECT 1 AS id", index(id))]
struct Indexed {
    id: i64,
}

#[read_model(view = "unknown_field", query = "SELECT 1 AS id", materialized, index(ids))]
struct UnknownField {
    id: i64,
}

#[read_model(view = "field_words", query = "SELECT 1 AS id")]
struct FieldWords {
    #[column(primary_key)]
    id: i64,
    #[column(column_nam = "x")]
    name: String,
    twice: Option<Option<i64>>,
}

#[read_model(of = Article)]
struct ModelWords {
    #[column(column_name = "id")]
    key: i64,
    #[column(field = "id")]
    id: i64,
    #[column(length = 3)]
    length: i64,
}

#[read_model(of = Article)]
struct Generic<T> {
    id: T,
}

#[read_model(of = Article)]
struct Tuple(i64);

#[read_model(of = Article)]
struct Empty {}

#[read_model(of = Article)]
enum NoStruct {
    Id,
}

fn main() {}
