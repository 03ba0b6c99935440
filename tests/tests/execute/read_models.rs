//! Read models of tables and of views, against databases that migrations made.

use cqrs_core::execute::Database;
use cqrs_core::model::{Read, Relation};
use cqrs_core::sea_query::{Expr, ExprTrait, Order};
use cqrs_core::{compiled_schema, object_model, read_model, sql_object};
use cqrs_migrate::Migrator;

#[object_model(table = "goods")]
struct Article {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(length = 80, column_name = "heading")]
    title: String,
    price: i64,
    #[column(write_only, length = 20)]
    supplier: String,
}

#[read_model(of = Article)]
struct ArticleCard {
    #[column(field = title)]
    name: String,
    price: Option<i64>,
}

/// What costs little.
#[read_model(
    view = "cheap_articles",
    query = "SELECT id, heading, price FROM goods WHERE price < 100",
    materialized(postgres),
    index(id, unique)
)]
struct CheapArticle {
    id: i64,
    #[column(column_name = "heading")]
    title: String,
    price: i64,
}

sql_object! {
    function "no_negative_price()",
    postgres = "CREATE FUNCTION no_negative_price() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.price := greatest(NEW.price, 0); RETURN NEW; END $$",
}

sql_object! {
    trigger "goods_price" on "goods",
    postgres = "CREATE TRIGGER goods_price BEFORE INSERT ON goods FOR EACH ROW EXECUTE FUNCTION no_negative_price()",
    mysql = "CREATE TRIGGER goods_price BEFORE INSERT ON goods FOR EACH ROW SET NEW.price = greatest(NEW.price, 0)",
    sqlite = "CREATE TRIGGER goods_price AFTER INSERT ON goods WHEN NEW.price < 0
        BEGIN UPDATE goods SET price = 0 WHERE id = NEW.id; END",
}

async fn read_what_was_written(url: &str) {
    let migrator = Migrator::new(url, compiled_schema().unwrap()).unwrap();
    migrator.migrate().await.unwrap();
    let database = Database::connect(url).await.unwrap();
    for (title, price) in [("nut", 3), ("engine", 5000), ("gift", -1)] {
        let article = ArticleWrite { title: title.to_owned(), price, supplier: "s".to_owned() };
        database.write().insert(&article).await.unwrap();
    }
    let dear: Vec<ArticleCard> =
        database.read().query().filter(Expr::col(ArticleColumn::Price).gt(100)).all().await.unwrap();
    assert_eq!(dear, [ArticleCard { name: "engine".to_owned(), price: Some(5000) }]);
    let first: Option<ArticleCard> = database.read().get(&ArticleKey { id: 1 }).await.unwrap();
    assert_eq!(first.unwrap().name, "nut");

    database.write().refresh::<CheapArticle>().await.unwrap();
    let cheap = || async {
        let query = database.read().query::<CheapArticle>().order_by(CheapArticleColumn::Id, Order::Asc);
        query.all().await.unwrap().into_iter().map(|row| (row.title, row.price)).collect::<Vec<_>>()
    };
    assert_eq!(cheap().await, [("nut".to_owned(), 3), ("gift".to_owned(), 0)]);
    let article = ArticleWrite { title: "bolt".to_owned(), price: 4, supplier: "s".to_owned() };
    database.write().insert(&article).await.unwrap();
    database.write().refresh_concurrently::<CheapArticle>().await.unwrap();
    assert_eq!(cheap().await.len(), 3);
    assert!(migrator.plan().await.unwrap().is_empty());
}

#[tokio::test]
async fn tables_and_views_are_read_through_read_models() {
    let file = tempfile::tempdir().unwrap();
    read_what_was_written(&format!("sqlite:{}", file.path().join("test.db").display())).await;
    for database in cqrs_tests::databases() {
        read_what_was_written(database.url()).await;
    }
}

#[test]
fn a_read_model_reads_the_columns_of_its_fields() {
    assert_eq!(ArticleCard::COLUMNS, ["heading", "price"]);
    assert_eq!(CheapArticle::COLUMNS, ["id", "heading", "price"]);
    assert_eq!(<CheapArticle as Relation>::RELATION.primary_key, None);
}
