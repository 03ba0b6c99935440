use cqrs_core::execute::{Database, Error, Pool};
use cqrs_core::{object_model, sqlx};

use super::shop::{
    ArticleKey, ArticlePatch, ArticleRead, CustomerKey, CustomerPatch, CustomerRead, CustomerWrite, article, customer,
    each_shop,
};

/// A key that SQLite numbers, without `AUTOINCREMENT`.
#[object_model(table = "tickets")]
pub(crate) struct Ticket {
    #[column(primary_key, column_type(sqlite = "INTEGER"))]
    pub(crate) id: i64,
    pub(crate) seat: String,
}

#[tokio::test]
async fn sqlite_numbers_an_integer_key_that_is_left_out() {
    let database = Database::connect("sqlite::memory:").await.unwrap();
    let Pool::Sqlite(pool) = database.pool() else { unreachable!("SQLite") };
    sqlx::query("CREATE TABLE tickets (id INTEGER PRIMARY KEY, seat VARCHAR NOT NULL)").execute(pool).await.unwrap();
    let (write, seat) = (database.write(), || "7a".to_owned());
    assert_eq!(write.insert(&TicketWrite::new(seat())).await.unwrap(), TicketKey { id: 1 });
    let given = TicketWrite { id: Some(9), seat: seat() };
    assert_eq!(write.upsert(&given).await.unwrap(), TicketKey { id: 9 });
    assert_eq!(
        write.insert_many(&[TicketWrite::new(seat()), given]).await.unwrap_err().constraint(),
        Some("tickets_pkey")
    );
    assert_eq!(write.insert(&TicketWrite::new(seat())).await.unwrap(), TicketKey { id: 10 });
    let error = write.upsert(&TicketWrite::new(seat())).await.unwrap_err();
    assert!(matches!(error, Error::NoValue { table: "tickets", column: "id" }), "{error:?}");
}

#[tokio::test]
async fn an_insert_returns_what_the_database_made() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let made: CustomerRead = write.insert_returning(&customer(1)).await.unwrap();
        assert_eq!((made.id, made.points, made.double_points, made.version), (1, 3, 6, 1), "{}", shop.dialect);
        let mut transaction = write.begin().await.unwrap();
        let second: CustomerRead = transaction.insert_returning(&customer(2)).await.unwrap();
        assert_eq!(transaction.get(&CustomerKey { id: second.id }).await.unwrap(), Some(second));
        transaction.rollback().await.unwrap();
        assert_eq!(shop.database.read().list::<CustomerRead>(9).await.unwrap(), [made]);
    })
    .await;
}

#[tokio::test]
async fn an_update_returns_the_row_as_it_is_then() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let key = write.insert(&customer(1)).await.unwrap();
        let more = CustomerPatch { points: Some(10), ..CustomerPatch::new(1) };
        let changed: CustomerRead = write.update_returning(&key, &more).await.unwrap().unwrap();
        assert_eq!((changed.points, changed.double_points, changed.version), (10, 20, 2), "{}", shop.dialect);

        let error = write.update_returning::<CustomerRead>(&key, &more).await.unwrap_err();
        assert!(matches!(error, Error::Stale { table: "customers" }), "{error:?}");
        let gone = write.update_returning::<CustomerRead>(&CustomerKey { id: 404 }, &more).await;
        assert_eq!(gone.unwrap(), None);
        let nothing: Option<CustomerRead> = write.update_returning(&key, &CustomerPatch::new(2)).await.unwrap();
        assert_eq!(nothing, Some(changed));

        write.insert(&article("A", Some(1))).await.unwrap();
        let mut transaction = write.begin().await.unwrap();
        let key = ArticleKey { code: "A".to_owned() };
        let free = ArticlePatch { price: Some(None), ..ArticlePatch::default() };
        let row: Option<ArticleRead> = transaction.update_returning(&key, &free).await.unwrap();
        assert_eq!(row.unwrap().price, None);
        transaction.rollback().await.unwrap();
        assert_eq!(shop.database.read().get::<ArticleRead>(&key).await.unwrap().unwrap().price, Some(1));
    })
    .await;
}

#[tokio::test]
async fn many_inserts_return_every_row() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let mut rows: Vec<CustomerWrite> = (1..=3_000).map(customer).collect();
        rows[1_500].points = Some(8);
        let made: Vec<CustomerRead> = write.insert_many_returning(&rows).await.unwrap();
        assert_eq!(made.len(), 3_000);
        let badges: Vec<i32> = made.iter().map(|row| row.badge).collect();
        assert_eq!(badges, (1..=3_000).collect::<Vec<_>>(), "{}", shop.dialect);
        assert_eq!((made[1_500].points, made[1_500].double_points), (8, 16));

        let error = write.insert_many_returning::<CustomerRead>(&[customer(4_000), customer(5)]).await.unwrap_err();
        assert!(matches!(error, Error::UniqueViolation { .. }), "{error:?}");
        assert_eq!(shop.database.read().query::<CustomerRead>().count().await.unwrap(), 3_000);
    })
    .await;
}
