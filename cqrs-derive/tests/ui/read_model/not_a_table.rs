//! A case.
#![allow(dead_code)]

use cqrs_core::execute::{Error, WriteHandle};
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

#[read_model(view = "article_list", query = "SELECT id FROM articles", materialized)]
struct OneNameTwice {
    id: i64,
}

#[read_model(of = Article)]
struct ArticleCard {
    id: i64,
}

async fn a_view_is_not_written(write: WriteHandle, row: ArticleList, card: ArticleCard) -> Result<(), Error> {
    write.insert(&row).await?;
    write.insert(&card).await?;
    write.refresh::<ArticleList>().await?;
    write.refresh_concurrently::<OneNameTwice>().await
}

fn main() {}
