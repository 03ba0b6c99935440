use cqrs_core::execute::futures_util::TryStreamExt;
use cqrs_core::execute::{Cursor, Database, Page, Pool};
use cqrs_core::schema::Schema;
use cqrs_core::sea_query::{Alias, Expr, ExprTrait, Func, Order};
use cqrs_core::{ObjectModel, SqlEnum, object_model};
use cqrs_migrate::{Dialect, Migrator};

use super::shop::{
    Article, ArticleColumn, ArticleKey, ArticleRead, ArticleWrite, CustomerColumn, CustomerRead, article, customer,
    each_shop,
};

/// Codes in the order of pages of that size, a row being inserted and one deleted in between.
async fn codes(shop: &super::shop::Shop, size: u64, order: &[(ArticleColumn, Order)]) -> Vec<String> {
    let (mut codes, mut after): (Vec<String>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let mut query = shop.database.read().query::<ArticleRead>();
        for (column, direction) in order {
            query = query.order_by(*column, direction.clone());
        }
        let page = query.after(after.take()).page(size).await.unwrap();
        codes.extend(page.rows.into_iter().map(|row| row.code));
        let Some(next) = page.next else { return codes };
        after = Some(serde_json::from_str(&serde_json::to_string(&next).unwrap()).unwrap());
    }
}

#[tokio::test]
async fn keyset_pages_are_all_rows_in_order_whatever_their_size() {
    each_shop(|shop| async move {
        let prices = [Some(3), None, Some(1), Some(3), None, Some(2), Some(3)];
        let rows: Vec<ArticleWrite> =
            (b'a'..).zip(prices).map(|(code, price)| article(&char::from(code).to_string(), price)).collect();
        shop.database.write().insert_many(&rows).await.unwrap();
        for direction in [Order::Asc, Order::Desc] {
            for order in [
                vec![(ArticleColumn::Price, direction.clone())],
                vec![(ArticleColumn::Price, direction.clone()), (ArticleColumn::Code, Order::Desc)],
                vec![(ArticleColumn::Code, direction.clone())],
                vec![(ArticleColumn::Title, direction.clone()), (ArticleColumn::Price, Order::Asc)],
                vec![],
            ] {
                let whole = codes(&shop, 100, &order).await;
                assert_eq!(whole.len(), 7);
                for size in [1, 2, 3, 6, 7] {
                    assert_eq!(codes(&shop, size, &order).await, whole, "{}: {size} of {order:?}", shop.dialect);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_come_and_go_shift_no_page() {
    each_shop(|shop| async move {
        let (write, read) = (shop.database.write(), shop.database.read());
        for code in ["b", "d", "f", "h"] {
            write.insert(&article(code, None)).await.unwrap();
        }
        let first: Page<ArticleRead> = read.query().page(2).await.unwrap();
        write.insert(&article("a", None)).await.unwrap();
        write.delete(&ArticleKey { code: "d".to_owned() }).await.unwrap();
        let second: Page<ArticleRead> = read.query().after(first.next).page(2).await.unwrap();
        assert_eq!(second.rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["f", "h"]);
        assert_eq!(second.next, None);
    })
    .await;
}

#[tokio::test]
async fn an_order_need_not_be_read() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        write.insert_many(&(1..=5).map(customer).collect::<Vec<_>>()).await.unwrap();
        let query = || shop.database.read().query::<CustomerRead>().order_by(CustomerColumn::Secret, Order::Desc);
        let page = query().page(3).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.badge).collect::<Vec<_>>(), [1, 2, 3]);
        let rest = query().order_by(CustomerColumn::Id, Order::Asc).after(page.next.clone()).all().await.unwrap();
        assert_eq!(rest.iter().map(|row| row.badge).collect::<Vec<_>>(), [4, 5]);
        let by_moment = shop.database.read().query::<CustomerRead>().order_by(CustomerColumn::Since, Order::Asc);
        let by_moment = by_moment.page(4).await.unwrap();
        let behind = shop.database.read().query::<CustomerRead>().order_by(CustomerColumn::Since, Order::Asc);
        assert_eq!(behind.after(by_moment.next).page(4).await.unwrap().rows.len(), 1, "{}", shop.dialect);

        let error = shop.database.read().query::<CustomerRead>().after(page.next).page(1).await.unwrap_err();
        let message = "the cursor is not of this query: its order is `-secret, id`, not `id`; begin again without it";
        assert_eq!(error.to_string(), message);
    })
    .await;
}

/// Labels whose order as text is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, SqlEnum, serde::Serialize, serde::Deserialize)]
pub(crate) enum Size {
    Small,
    Medium,
    Large,
}

/// Values of which a database compares some otherwise than it sorts them.
#[object_model(table = "parcels")]
pub(crate) struct Parcel {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) size: Option<Size>,
    pub(crate) label: Option<Vec<u8>>,
    pub(crate) single: Option<f32>,
    pub(crate) twice: Option<f64>,
    pub(crate) fragile: Option<bool>,
    #[column(text)]
    pub(crate) note: Option<String>,
    pub(crate) document: Option<serde_json::Value>,
}

async fn parcels(live: &cqrs_tests::TestDatabase) -> Database {
    let schema = Schema::declare([Parcel::TABLE.clone()]).unwrap();
    Migrator::new(live.url(), schema).unwrap().migrate().await.unwrap();
    Pool::connect(live.url()).await.unwrap().into()
}

#[tokio::test]
async fn pages_by_values_of_every_type_cross_equal_ones_and_nulls() {
    for live in cqrs_tests::databases() {
        let database = parcels(&live).await;
        let mut twice = vec![None, Some(0.1), Some(f64::from(0.1_f32)), Some(-0.0), Some(0.0), Some(1e300), Some(0.1)];
        if live.dialect() == Dialect::Postgres {
            twice.extend([Some(f64::NAN), Some(f64::NAN), Some(f64::INFINITY)]);
        }
        let sizes = [Some(Size::Large), None, Some(Size::Small), Some(Size::Medium)];
        let bytes = [Some(vec![0, 255]), None, Some(vec![0]), Some(Vec::new())];
        let rows: Vec<ParcelWrite> = (0..20_usize)
            .map(|at| ParcelWrite {
                size: sizes[at % 4],
                label: bytes[at % 4].clone(),
                single: [Some(0.1), None, Some(-7.5)][at % 3],
                twice: twice[at % twice.len()],
                fragile: [None, Some(true), Some(false)][at % 3],
                ..ParcelWrite::new(at as i64)
            })
            .collect();
        database.write().insert_many(&rows).await.unwrap();
        // What a default or somebody else stores has more bits than the field.
        if let Pool::Sqlite(pool) = database.pool() {
            cqrs_core::sqlx::query("UPDATE parcels SET single = 0.3 WHERE id < 5").execute(pool).await.unwrap();
        }
        for column in ["size", "label", "single", "twice", "fragile"] {
            for order in [Order::Asc, Order::Desc] {
                let query = || database.read().query::<ParcelRead>().order_by(column, order.clone());
                let ids = |rows: &[ParcelRead]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
                let whole = ids(&query().order_by("id", Order::Asc).all().await.unwrap());
                for size in [1, 2, 3, 7] {
                    let (mut paged, mut after): (Vec<i64>, Option<Cursor>) = (Vec::new(), None);
                    loop {
                        let page = query().after(after.take()).page(size).await.unwrap();
                        paged.extend(ids(&page.rows));
                        let Some(next) = page.next else { break };
                        after = Some(next.to_string().parse().unwrap());
                    }
                    assert_eq!(paged, whole, "{}: {size} by {column} {order:?}", live.dialect());
                }
            }
        }
    }
}

#[tokio::test]
async fn what_cannot_be_paged_says_so() {
    for live in cqrs_tests::databases() {
        let database = parcels(&live).await;
        let parcels = || database.read().query::<ParcelRead>();
        let error = parcels().order_by("document", Order::Asc).page(3).await.unwrap_err();
        let message = "rows of `parcels` cannot be paged: a value of `document` cannot be kept in a cursor: order by another column, or use `limit` and `offset`";
        assert_eq!(error.to_string(), message);
        let error = parcels().order_by("prize", Order::Asc).page(3).await.unwrap_err();
        let message = "rows of `parcels` cannot be paged: it has no column `prize`: order by columns of the model";
        assert_eq!(error.to_string(), message);

        let note = |id| ParcelWrite { note: Some(format!("{}{id}", "long".repeat(300))), ..ParcelWrite::new(id) };
        database.write().insert_many(&[note(2), note(1)]).await.unwrap();
        let page = parcels().order_by("note", Order::Asc).page(1).await;
        match live.dialect() {
            Dialect::MySql => {
                let message = "rows of `parcels` cannot be paged: a value of `note` is so long that MySQL sorts by its beginning: order by another column, or use `limit` and `offset`";
                assert_eq!(page.unwrap_err().to_string(), message);
            }
            _ => assert_eq!(page.unwrap().rows[0].id, 1),
        }
    }
}

#[tokio::test]
async fn count_exists_and_stream() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let rows: Vec<ArticleWrite> = (0..1_000).map(|number| article(&format!("{number:04}"), Some(number))).collect();
        write.insert_many(&rows).await.unwrap();
        let cheap = || shop.database.read().query::<ArticleRead>().filter(Expr::col(ArticleColumn::Price).lt(300));
        assert_eq!(cheap().limit(7).count().await.unwrap(), 300);
        assert!(cheap().exists().await.unwrap());
        assert!(!cheap().filter(Expr::col(ArticleColumn::Code).eq("0999")).exists().await.unwrap());

        let mut page = cheap().order_by(ArticleColumn::Code, Order::Desc).limit(2).offset(1);
        assert_eq!(page.count().await.unwrap(), 300);
        let codes: Vec<String> = page.all().await.unwrap().into_iter().map(|row| row.code).collect();
        assert_eq!(codes, ["0298", "0297"]);

        let sum = |sum: i64, row: ArticleRead| async move { Ok(sum + row.price.unwrap_or_default()) };
        assert_eq!(cheap().stream().unwrap().try_fold(0, sum).await.unwrap(), 299 * 300 / 2, "{}", shop.dialect);

        let mut transaction = write.begin().await.unwrap();
        transaction.insert(&article("new", Some(1))).await.unwrap();
        assert_eq!(transaction.query::<ArticleRead>().count().await.unwrap(), 1_001);
        let streamed: Vec<ArticleRead> = transaction.query().stream().unwrap().try_collect().await.unwrap();
        assert_eq!(streamed.len(), 1_001);
        // A stream that is left in the middle leaves the connection usable.
        let first: ArticleRead = transaction.query().stream().unwrap().try_next().await.unwrap().unwrap();
        assert!(transaction.get::<ArticleRead>(&ArticleKey { code: first.code }).await.unwrap().is_some());
        transaction.rollback().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn statements_go_out_to_sea_query_and_come_back() {
    each_shop(|shop| async move {
        let (write, read) = (shop.database.write(), shop.database.read());
        write.insert_many(&["a", "b", "c"].map(|code| article(code, Some(1)))).await.unwrap();

        let mut select =
            read.query::<ArticleRead>().filter(Expr::col(ArticleColumn::Code).gt("a")).into_select().unwrap();
        select.and_where(Expr::expr(Func::upper(Expr::col(ArticleColumn::Code))).eq("B"));
        let rows: Vec<ArticleRead> = read.fetch(&select).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["b"], "{}", shop.dialect);

        let mut insert = write.insert_statement(&article("b", Some(2))).unwrap();
        if shop.dialect == Dialect::MySql {
            insert.on_conflict(cqrs_core::sea_query::OnConflict::new().update_column(ArticleColumn::Price).to_owned());
        } else {
            let conflict = cqrs_core::sea_query::OnConflict::column(ArticleColumn::Code);
            insert.on_conflict(conflict.clone().update_column(ArticleColumn::Price).to_owned());
        }
        write.execute::<Article>(&insert).await.unwrap();

        let patch = super::shop::ArticlePatch { price: Some(Some(9)), ..Default::default() };
        let mut update = write.update_statement(&patch).unwrap();
        update.and_where(Expr::col((Alias::new("articles"), ArticleColumn::Price)).eq(1));
        let mut transaction = write.begin().await.unwrap();
        assert_eq!(transaction.execute::<Article>(&update).await.unwrap(), 2);
        transaction.commit().await.unwrap();
        let prices: Vec<Option<i64>> = read.list::<ArticleRead>(9).await.unwrap().iter().map(|row| row.price).collect();
        assert_eq!(prices, [Some(9), Some(2), Some(9)]);
    })
    .await;
}
