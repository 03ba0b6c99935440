use cqrs_core::model::Read;
use cqrs_core::{ObjectModel, object_model};
use cqrs_migrate::Dialect;

use crate::with_table;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cache(u32);

impl Default for Cache {
    fn default() -> Self {
        Self(7)
    }
}

/// Something with a field of its own.
#[object_model(table = "skipping", index(name))]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Skipping {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
    #[column(skip)]
    pub(crate) cache: Cache,
    #[column(skip)]
    pub(crate) r#type: Option<std::time::Duration>,
}

#[tokio::test]
async fn a_skipped_field_is_no_column_and_its_default_where_the_struct_is_read() {
    assert_eq!(SkippingRead::COLUMNS, ["id", "name"]);
    assert_eq!(Skipping::TABLE.columns.len(), 2);
    for database in cqrs_tests::databases() {
        let live = with_table::<Skipping>(&database).await;
        live.write().insert(&SkippingWrite { id: 1, name: "one".to_owned() }).await.unwrap();
        let sql = "SELECT id, name FROM skipping";
        let row: Skipping = match database.dialect() {
            Dialect::Sqlite => {
                let pool = sqlx::SqlitePool::connect(database.url()).await.unwrap();
                sqlx::query_as(sql).fetch_one(&pool).await.unwrap()
            }
            Dialect::Postgres => {
                let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
                sqlx::query_as(sql).fetch_one(&pool).await.unwrap()
            }
            Dialect::MySql => {
                let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
                sqlx::query_as(sql).fetch_one(&pool).await.unwrap()
            }
        };
        assert_eq!(row, Skipping { id: 1, name: "one".to_owned(), cache: Cache(7), r#type: None });
    }
}
