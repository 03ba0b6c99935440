use cqrs_core::execute::{Database, Error};

use super::databases::each;
use super::models::{
    Code, LineKey, LineRead, LineWrite, MissingKey, MissingRead, MissingWrite, SampleKey, SampleName, SampleRead,
    SampleWrite,
};

fn sample(name: &str) -> SampleWrite {
    SampleWrite { name: Some(Some(Code(name.to_owned()))), ..SampleWrite::default() }
}

fn line(order: &str, position: i32) -> LineWrite {
    LineWrite {
        order_code: Some(Code(order.to_owned())),
        position: Some(position),
        note: Some("by road".to_owned()),
        ..LineWrite::default()
    }
}

fn line_key(order: &str, position: i32) -> LineKey {
    LineKey { order_code: Code(order.to_owned()), position }
}

#[tokio::test]
async fn insert_returns_the_key() {
    each(|live| async move {
        let write = live.database.write();
        assert_eq!(write.insert(&sample("first")).await.unwrap(), SampleKey { id: 1 });
        assert_eq!(write.insert(&sample("second")).await.unwrap(), SampleKey { id: 2 });
        let given = SampleWrite { id: Some(70), ..sample("given") };
        assert_eq!(write.insert(&given).await.unwrap(), SampleKey { id: 70 });
        assert_eq!(write.insert(&line("A-1", 3)).await.unwrap(), line_key("A-1", 3));
    })
    .await;
}

#[tokio::test]
async fn a_column_left_out_gets_its_default() {
    each(|live| async move {
        let key = live.database.write().insert(&line("A-1", 1)).await.unwrap();
        let expected = LineRead {
            order_code: Code("A-1".to_owned()),
            position: 1,
            sample_id: None,
            quantity: 1,
            note: "by road".to_owned(),
        };
        assert_eq!(live.database.read().get(&key).await.unwrap(), Some(expected));
    })
    .await;
}

#[tokio::test]
async fn update_changes_one_row_and_tells_whether_it_is_there() {
    each(|live| async move {
        let (write, read) = (live.database.write(), live.database.read());
        for position in [1, 2] {
            write.insert(&line("A-1", position)).await.unwrap();
        }
        let patch = LineWrite { quantity: Some(5), ..LineWrite::default() };
        assert!(write.update(&line_key("A-1", 2), &patch).await.unwrap());
        assert!(write.update(&line_key("A-1", 2), &patch).await.unwrap(), "the same values again are still a row");
        assert!(!write.update(&line_key("A-1", 3), &patch).await.unwrap());
        assert!(write.update(&line_key("A-1", 1), &LineWrite::default()).await.unwrap());
        assert!(!write.update(&line_key("A-1", 3), &LineWrite::default()).await.unwrap());

        let quantities: Vec<i32> = read.list::<LineRead>(10).await.unwrap().iter().map(|line| line.quantity).collect();
        assert_eq!(quantities, [1, 5]);
    })
    .await;
}

#[tokio::test]
async fn delete_removes_one_row_and_tells_whether_it_was_there() {
    each(|live| async move {
        let write = live.database.write();
        for position in [1, 2] {
            write.insert(&line("A-1", position)).await.unwrap();
        }
        assert!(write.delete(&line_key("A-1", 1)).await.unwrap());
        assert!(!write.delete(&line_key("A-1", 1)).await.unwrap());
        assert_eq!(live.database.read().list::<LineRead>(10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn violations_are_told_apart() {
    each(|live| async move {
        let write = live.database.write();
        write.insert(&sample("taken")).await.unwrap();
        let error = write.insert(&sample("taken")).await.unwrap_err();
        assert!(matches!(error, Error::UniqueViolation { table: "samples", .. }), "{error:?}");

        write.insert(&line("A-1", 1)).await.unwrap();
        let error = write.insert(&line("A-1", 1)).await.unwrap_err();
        assert!(matches!(error, Error::UniqueViolation { table: "lines", .. }), "{error:?}");

        let orphan = LineWrite { sample_id: Some(Some(404)), ..line("A-1", 2) };
        let error = write.insert(&orphan).await.unwrap_err();
        assert!(matches!(error, Error::ForeignKeyViolation { table: "lines", .. }), "{error:?}");

        write.insert(&LineWrite { sample_id: Some(Some(1)), ..line("A-1", 3) }).await.unwrap();
        let error = write.delete(&SampleKey { id: 1 }).await.unwrap_err();
        assert!(matches!(error, Error::ForeignKeyViolation { table: "samples", .. }), "{error:?}");

        let patch = LineWrite { quantity: Some(0), ..LineWrite::default() };
        let error = write.update(&line_key("A-1", 1), &patch).await.unwrap_err();
        assert!(matches!(error, Error::CheckViolation { table: "lines", .. }), "{error:?}");

        let error = write.insert(&LineWrite { note: None, ..line("A-1", 4) }).await.unwrap_err();
        assert!(matches!(error, Error::NotNullViolation { table: "lines", .. }), "{error:?}");

        let error = write.insert(&MissingWrite::default()).await.unwrap_err();
        assert!(matches!(error, Error::NoTable { table: "missing", .. }), "{error:?}");
        let error = live.database.read().get::<MissingRead>(&MissingKey { id: 1 }).await.unwrap_err();
        assert_eq!(error.to_string(), "table `missing` does not exist: run the migrations first");

        let lines = live.database.read().list::<LineRead>(10).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.position).collect::<Vec<_>>(), [1, 3], "what was refused left nothing");
    })
    .await;
}

#[tokio::test]
async fn a_transaction_is_done_as_a_whole_or_not_at_all() {
    each(|live| async move {
        let write = live.database.write();
        let mut transaction = write.begin().await.unwrap();
        let key = transaction.insert(&sample("kept")).await.unwrap();
        assert!(transaction.get::<SampleRead>(&key).await.unwrap().is_some());
        transaction.commit().await.unwrap();

        let mut transaction = write.begin().await.unwrap();
        transaction.insert(&sample("rolled back")).await.unwrap();
        transaction.rollback().await.unwrap();

        let mut transaction = write.begin().await.unwrap();
        transaction.insert(&sample("dropped")).await.unwrap();
        transaction.delete(&key).await.unwrap();
        drop(transaction);

        let names: Vec<String> =
            live.database.read().list::<SampleName>(10).await.unwrap().into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["kept"]);
    })
    .await;
}

#[tokio::test]
async fn insert_many_makes_all_rows_or_none() {
    each(|live| async move {
        let (write, read) = (live.database.write(), live.database.read());
        let mut rows: Vec<LineWrite> = (1..=20_000).map(|position| line("A-1", position)).collect();
        rows[700].quantity = Some(9);
        assert_eq!(write.insert_many(&rows).await.unwrap(), 20_000);
        let odd: LineRead = read.get(&line_key("A-1", 701)).await.unwrap().unwrap();
        assert_eq!(odd.quantity, 9);
        assert!(read.get::<LineRead>(&line_key("A-1", 20_000)).await.unwrap().is_some());

        let error = write.insert_many(&[line("B-1", 1), line("A-1", 5)]).await.unwrap_err();
        assert!(matches!(error, Error::UniqueViolation { table: "lines", .. }), "{error:?}");
        assert_eq!(read.get::<LineRead>(&line_key("B-1", 1)).await.unwrap(), None);

        assert_eq!(write.insert_many::<LineWrite>(&[]).await.unwrap(), 0);
        assert_eq!(write.insert_many(&[SampleWrite::default(), SampleWrite::default()]).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_url_that_is_none_says_what_to_write() {
    let error = Database::connect("oracle://db").await.unwrap_err();
    assert!(matches!(&error, Error::UnknownScheme { scheme } if scheme == "oracle"), "{error:?}");
    let error = Database::connect("sqlite:/no/such/folder/app.db").await.unwrap_err();
    assert!(matches!(error, Error::Connect { database: "SQLite", .. }), "{error:?}");
}
