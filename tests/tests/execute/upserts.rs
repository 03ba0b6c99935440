use cqrs_core::execute::Error;
use cqrs_migrate::Dialect;

use super::shop::{
    ArticleKey, ArticleRead, ArticleUnique, ArticleWrite, CustomerKey, CustomerRead, CustomerUnique, CustomerWrite,
    article, customer, each_shop,
};

#[tokio::test]
async fn by_the_primary_key() {
    each_shop(|shop| async move {
        let (write, read) = (shop.database.write(), shop.database.read());
        let key = ArticleKey { code: "A".to_owned() };
        assert_eq!(write.upsert(&article("A", Some(1))).await.unwrap(), key);
        let changed = ArticleWrite { title: "Other".to_owned(), ..article("A", None) };
        let stored: ArticleRead = write.upsert_returning(&changed).await.unwrap();
        assert_eq!((stored.title.as_str(), stored.price), ("Other", None), "{}", shop.dialect);
        assert_eq!(read.query::<ArticleRead>().count().await.unwrap(), 1);

        let mut transaction = write.begin().await.unwrap();
        transaction.upsert(&article("A", Some(5))).await.unwrap();
        transaction.upsert(&article("B", Some(6))).await.unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(read.query::<ArticleRead>().count().await.unwrap(), 1);
        assert_eq!(read.get::<ArticleRead>(&key).await.unwrap().unwrap().price, None);
    })
    .await;
}

#[tokio::test]
async fn by_a_unique_key_the_rest_stays_and_the_version_counts() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        let named = CustomerWrite { name: Some("Ada".to_owned()), points: Some(7), ..customer(1) };
        let made = write.upsert_on(CustomerUnique::Email, &named).await.unwrap();
        assert_eq!(made, CustomerKey { id: 1 });
        let first: CustomerRead = shop.database.read().get(&made).await.unwrap().unwrap();
        assert_eq!((first.points, first.double_points, first.version), (7, 14, 1));

        let renamed = CustomerWrite { name: Some("Ida".to_owned()), badge: 9, ..customer(1) };
        let stored: CustomerRead = write.upsert_on_returning(CustomerUnique::Email, &renamed).await.unwrap();
        let expected = CustomerRead { name: Some("Ida".to_owned()), badge: 9, version: 2, ..first.clone() };
        assert_eq!(stored, expected, "{}: points were left to their default, and stay", shop.dialect);

        let by_badge = CustomerWrite { email: "new@example.com".to_owned(), ..customer(9) };
        assert_eq!(write.upsert_on(CustomerUnique::ShopBadge, &by_badge).await.unwrap(), made);
        let stored: CustomerRead = shop.database.read().get(&made).await.unwrap().unwrap();
        assert_eq!((stored.email.as_str(), stored.name, stored.version), ("new@example.com", None, 3));
    })
    .await;
}

#[tokio::test]
async fn another_row_with_another_unique_value_is_never_changed() {
    each_shop(|shop| async move {
        let write = shop.database.write();
        write.insert(&customer(1)).await.unwrap();
        write.insert(&customer(2)).await.unwrap();
        let before: Vec<CustomerRead> = shop.database.read().list(10).await.unwrap();

        let new_email = CustomerWrite { email: "3@example.com".to_owned(), ..customer(2) };
        let error = write.upsert_on(CustomerUnique::Email, &new_email).await.unwrap_err();
        assert!(matches!(error, Error::UniqueViolation { table: "customers", .. }), "{}: {error:?}", shop.dialect);
        assert_eq!(error.constraint(), Some("customers_shop_badge_key"), "{}", shop.dialect);

        let of_the_first = CustomerWrite { badge: 2, ..customer(1) };
        let error = write.upsert_on(CustomerUnique::Email, &of_the_first).await.unwrap_err();
        assert!(matches!(error, Error::UniqueViolation { .. }), "{}: {error:?}", shop.dialect);
        assert_eq!(shop.database.read().list::<CustomerRead>(10).await.unwrap(), before);

        write.insert(&article("A", Some(1))).await.unwrap();
        let taken = ArticleWrite { code: "B".to_owned(), ..article("A", Some(2)) };
        let error = write.upsert(&taken).await.unwrap_err();
        assert_eq!(error.constraint(), Some("articles_title_key"), "{}", shop.dialect);
        // By its title it is the same article, whose key stays.
        assert_eq!(write.upsert_on(ArticleUnique::Title, &taken).await.unwrap(), ArticleKey { code: "A".to_owned() });
    })
    .await;
}

#[tokio::test]
async fn many_at_once_make_one_row() {
    each_shop(|shop| async move {
        if shop.dialect == Dialect::Sqlite {
            return; // one writer at a time
        }
        let upserts = (0..16).map(|points| {
            let shop = shop.clone();
            tokio::spawn(async move {
                let row = CustomerWrite { points: Some(points), ..customer(1) };
                shop.database.write().upsert_on(CustomerUnique::Email, &row).await
            })
        });
        for outcome in upserts.collect::<Vec<_>>() {
            outcome.await.unwrap().unwrap();
        }
        let rows: Vec<CustomerRead> = shop.database.read().list(10).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].version, 16, "{}", shop.dialect);
    })
    .await;
}
