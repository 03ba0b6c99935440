//! A case.
#![allow(dead_code)]

use cqrs_core::model::{Materialized, UniquelyIndexed, Write};
use cqrs_core::{object_model, read_model};

#[object_model(table = "articles")]
struct Article {
    #[column(primary_key)]
    id: i64,
}

#[read_model(view = "article_list", query = "SELECT id FROM articles")]
struct ArticleList {
    id: i64,
}

#[read_model(of = Article)]
struct ArticleCard {
    id: i64,
}

#[read_model(view = "stored_articles", query = "SELECT id FROM articles", materialized, index(id))]
struct Stored {
    id: i64,
}

fn insert<W: Write>(_: &W) {}
fn refresh<V: Materialized>() {}
fn refresh_concurrently<V: UniquelyIndexed>() {}

fn a_view_is_not_written(row: ArticleList, card: ArticleCard) {
    insert(&row);
    insert(&card);
    refresh::<ArticleList>();
    refresh::<Stored>();
    refresh_concurrently::<Stored>();
}

fn main() {}
