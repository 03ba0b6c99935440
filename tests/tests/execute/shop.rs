//! Models as a service declares them, on every database, in a shop.

use chrono::{DateTime, Utc};
use cqrs_core::execute::{Database, Pool};
use cqrs_core::schema::Schema;
use cqrs_core::{ObjectModel, object_model};
use cqrs_migrate::{Dialect, Migrator};

/// Somebody who buys.
#[object_model(table = "customers")]
pub(crate) struct Customer {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(unique, length = 80)]
    pub(crate) email: String,
    #[column(unique_key = "badge", length = 10)]
    pub(crate) shop: String,
    #[column(unique_key = "badge")]
    pub(crate) badge: i32,
    #[column(length = 40)]
    pub(crate) name: Option<String>,
    #[column(default_value = 3, check = "points >= 0")]
    pub(crate) points: i32,
    #[column(generated = "points * 2")]
    pub(crate) double_points: i32,
    #[column(default_expr = "now()", read_only)]
    pub(crate) since: DateTime<Utc>,
    #[column(write_only, length = 40, default_value = "none")]
    pub(crate) secret: String,
    #[column(version)]
    pub(crate) version: i64,
}

/// Something to buy, with a key of its own.
#[object_model(table = "articles")]
pub(crate) struct Article {
    #[column(primary_key, length = 10)]
    pub(crate) code: String,
    #[column(unique, length = 40)]
    pub(crate) title: String,
    pub(crate) price: Option<i64>,
    #[column(belongs_to = Customer::id)]
    pub(crate) bought_by: Option<i64>,
}

/// What somebody did: no row of it is ever looked up by itself.
#[object_model(table = "visits", no_primary_key)]
pub(crate) struct Visit {
    #[column(length = 40, unique)]
    pub(crate) page: String,
    #[column(default_value = 1)]
    pub(crate) times: i32,
}

pub(crate) struct Shop {
    pub(crate) dialect: Dialect,
    pub(crate) database: Database,
    pub(crate) pool: Pool,
    _held: cqrs_tests::TestDatabase,
}

/// Runs the test on every database there is.
pub(crate) async fn each_shop<F: Future<Output = ()> + Send>(test: impl Fn(std::sync::Arc<Shop>) -> F) {
    for held in cqrs_tests::databases() {
        let schema = Schema::declare([Customer::TABLE.clone(), Article::TABLE.clone(), Visit::TABLE.clone()]).unwrap();
        Migrator::new(held.url(), schema).unwrap().migrate().await.unwrap();
        let pool = Pool::connect(held.url()).await.unwrap();
        let shop = Shop { dialect: held.dialect(), database: pool.clone().into(), pool, _held: held };
        test(std::sync::Arc::new(shop)).await;
    }
}

/// A customer of the first shop.
pub(crate) fn customer(badge: i32) -> CustomerWrite {
    CustomerWrite::new(format!("{badge}@example.com"), "first".to_owned(), badge)
}

pub(crate) fn article(code: &str, price: Option<i64>) -> ArticleWrite {
    ArticleWrite { price, ..ArticleWrite::new(code.to_owned(), format!("Title of {code}")) }
}
