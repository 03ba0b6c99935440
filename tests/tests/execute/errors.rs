use cqrs_core::execute::{Connection, Error, Pool};
use cqrs_migrate::Dialect;
use sqlx::AssertSqlSafe;

use super::shop::{
    ArticleKey, ArticlePatch, ArticleRead, ArticleWrite, CustomerPatch, CustomerWrite, Shop, VisitRead, VisitUnique,
    VisitWrite, article, customer, each_shop,
};

#[tokio::test]
async fn constraints_are_named_as_far_as_the_database_tells() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let key = write.insert(&customer(1)).await.unwrap();
        write.insert(&article("A", None)).await.unwrap();

        let error = write.insert(&CustomerWrite { badge: 2, ..customer(1) }).await.unwrap_err();
        assert_eq!(error.constraint(), Some("customers_email_key"), "{}: {error}", shop.dialect);
        assert!(error.to_string().contains("(`customers_email_key`)"), "{error}");
        let error = write.insert(&CustomerWrite { email: "2".to_owned(), ..customer(1) }).await.unwrap_err();
        assert_eq!(error.constraint(), Some("customers_shop_badge_key"), "{}: {error}", shop.dialect);
        let same_code = ArticleWrite { title: "Another".to_owned(), ..article("A", None) };
        let error = write.insert(&same_code).await.unwrap_err();
        let primary = if shop.dialect == Dialect::MySql { "PRIMARY" } else { "articles_pkey" };
        assert_eq!(error.constraint(), Some(primary), "{}: {error}", shop.dialect);

        let error = write.insert(&ArticleWrite { bought_by: Some(404), ..article("B", None) }).await.unwrap_err();
        assert!(matches!(error, Error::ForeignKeyViolation { table: "articles", .. }), "{error:?}");
        let foreign_key = if shop.dialect == Dialect::Sqlite { None } else { Some("articles_bought_by_fkey") };
        assert_eq!(error.constraint(), foreign_key, "{}: {error}", shop.dialect);

        let patch = CustomerPatch { points: Some(-1), ..CustomerPatch::new(1) };
        let error = write.update(&key, &patch).await.unwrap_err();
        assert!(matches!(error, Error::CheckViolation { table: "customers", .. }), "{error:?}");
        assert_eq!(error.constraint(), Some("customers_check"), "{}: {error}", shop.dialect);
        assert!(!error.is_transient());

        let error = run(&shop, "INSERT INTO customers (email, shop) VALUES ('x', 'y')").await.unwrap_err();
        assert!(error.to_string().to_lowercase().contains("badge"), "{error}");
    })
    .await;
}

async fn run(shop: &Shop, sql: &str) -> Result<(), sqlx::Error> {
    let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    match &shop.pool {
        Pool::Sqlite(pool) => query.execute(pool).await.map(drop),
        Pool::Postgres(pool) => query.execute(pool).await.map(drop),
        Pool::MySql(pool) => query.execute(pool).await.map(drop),
        _ => unreachable!("no other driver"),
    }
}

fn price(price: i64) -> ArticlePatch {
    ArticlePatch { price: Some(Some(price)), ..ArticlePatch::default() }
}

#[tokio::test]
async fn a_transaction_that_loses_is_told_to_begin_again() {
    each_shop(|shop| async move {
        if shop.dialect == Dialect::Sqlite {
            return;
        }
        let write = shop.database.write();
        let [first, second] = ["A", "B"].map(|code| ArticleKey { code: code.to_owned() });
        write.insert_many(&["A", "B"].map(|code| article(code, None))).await.unwrap();
        let (mut one, mut other) = (write.begin().await.unwrap(), write.begin().await.unwrap());
        one.update(&first, &price(1)).await.unwrap();
        other.update(&second, &price(2)).await.unwrap();
        let (left, right) = tokio::join!(
            async {
                let outcome = one.update(&second, &price(1)).await;
                if outcome.is_ok() { one.commit().await } else { outcome.map(drop) }
            },
            async {
                let outcome = other.update(&first, &price(2)).await;
                if outcome.is_ok() { other.commit().await } else { outcome.map(drop) }
            }
        );
        let error = left.err().or(right.err()).unwrap();
        assert!(matches!(error, Error::Deadlock { .. }), "{}: {error:?}", shop.dialect);
        assert!(error.is_transient());
        assert!(error.to_string().contains("run the whole transaction again"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn what_serializable_transactions_cannot_both_do_is_told() {
    each_shop(|shop| async move {
        if shop.dialect != Dialect::Postgres {
            return;
        }
        let write = shop.database.write();
        let key = ArticleKey { code: "A".to_owned() };
        write.insert(&article("A", None)).await.unwrap();
        let mut late = write.begin().await.unwrap();
        let Connection::Postgres(connection) = late.connection() else { unreachable!("PostgreSQL") };
        sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(connection).await.unwrap();
        late.get::<ArticleRead>(&key).await.unwrap();
        write.update(&key, &price(1)).await.unwrap();
        let error = late.update(&key, &price(2)).await.unwrap_err();
        assert!(matches!(error, Error::Serialization { .. }) && error.is_transient(), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_is_not_given_up_is_told() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let key = ArticleKey { code: "A".to_owned() };
        write.insert(&article("A", None)).await.unwrap();
        let mut holding = write.begin().await.unwrap();
        holding.update(&key, &price(1)).await.unwrap();
        let error = match &shop.pool {
            Pool::Sqlite(pool) => {
                let mut waiting = pool.acquire().await.unwrap();
                sqlx::query("PRAGMA busy_timeout = 1").execute(&mut *waiting).await.unwrap();
                drop(waiting);
                write.begin().await.map(drop).unwrap_err()
            }
            Pool::Postgres(_) | Pool::MySql(_) => {
                let mut waiting = write.begin().await.unwrap();
                let brief = match waiting.connection() {
                    Connection::Postgres(inner) => sqlx::query("SET lock_timeout = 10").execute(inner).await.map(drop),
                    Connection::MySql(inner) => {
                        sqlx::query("SET innodb_lock_wait_timeout = 1").execute(inner).await.map(drop)
                    }
                    _ => unreachable!("a server"),
                };
                brief.unwrap();
                waiting.update(&key, &price(2)).await.unwrap_err()
            }
            _ => unreachable!("no other driver"),
        };
        assert!(matches!(error, Error::Locked { .. }) && error.is_transient(), "{}: {error:?}", shop.dialect);
        holding.rollback().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rows_without_a_key_are_made_and_returned() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let visit = |page: &str| VisitWrite::new(page.to_owned());
        assert_eq!(write.insert_many(&[visit("start"), visit("end")]).await.unwrap(), 2);
        let made: VisitRead = write.insert_returning(&visit("help")).await.unwrap();
        assert_eq!((made.page.as_str(), made.times), ("help", 1), "{}", shop.dialect);
        let again = VisitWrite { times: Some(2), ..visit("help") };
        let again: VisitRead = write.upsert_on_returning(VisitUnique::Page, &again).await.unwrap();
        assert_eq!(again.times, 2, "{}", shop.dialect);
    })
    .await;
}
