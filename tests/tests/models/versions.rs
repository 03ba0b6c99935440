use cqrs_core::execute::Error;
use cqrs_core::schema::Schema;
use cqrs_core::{ObjectModel, object_model};
use cqrs_migrate::Migrator;
use cqrs_tests::execute;

use crate::with_table;

/// Something that several people edit.
#[object_model(table = "documents")]
pub(crate) struct Document {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(length = 80)]
    pub(crate) title: String,
    #[column(text)]
    pub(crate) body: Option<String>,
    /// How often it was edited.
    #[column(version)]
    pub(crate) version: i64,
}

/// Counts from another start, in a column of another name.
#[object_model(table = "editions")]
pub(crate) struct Edition {
    #[column(primary_key)]
    pub(crate) id: i32,
    pub(crate) note: String,
    #[column(version, default_value = 5, column_name = "edition_number")]
    pub(crate) edition: u32,
}

fn title(version: i64, title: &str) -> DocumentPatch {
    DocumentPatch { title: Some(title.to_owned()), ..DocumentPatch::new(version) }
}

#[tokio::test]
async fn an_update_counts_the_version_that_it_names() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Document>(&database).await;
        let (write, read) = (live.write(), live.read());
        let key = write.insert(&DocumentWrite { title: "first".to_owned(), body: None }).await.unwrap();
        let stored = || async { read.get::<DocumentRead>(&key).await.unwrap().unwrap() };
        assert_eq!(stored().await.version, 1);

        assert!(write.update(&key, &title(1, "second")).await.unwrap());
        let now = stored().await;
        assert_eq!((now.version, now.title.as_str()), (2, "second"));

        let error = write.update(&key, &title(1, "too late")).await.unwrap_err();
        assert!(matches!(error, Error::Stale { table: "documents" }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "a row of `documents` was changed since it was read: read it again, and decide by what is there now"
        );
        assert_eq!(stored().await, now, "nothing was written");

        assert!(write.update(&key, &DocumentPatch::new(2)).await.unwrap(), "nothing to change, and it is there");
        assert_eq!(stored().await.version, 2);
        let error = write.update(&key, &DocumentPatch::new(1)).await.unwrap_err();
        assert!(matches!(error, Error::Stale { .. }), "{error:?}");
        assert!(!write.update(&DocumentKey { id: 404 }, &title(1, "no such row")).await.unwrap());
        assert!(!write.update(&DocumentKey { id: 404 }, &DocumentPatch::new(1)).await.unwrap());
    }
}

#[tokio::test]
async fn a_stale_version_leaves_a_transaction_as_it_was() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Document>(&database).await;
        let key = live.write().insert(&DocumentWrite { title: "first".to_owned(), body: None }).await.unwrap();
        let mut transaction = live.write().begin().await.unwrap();
        assert!(matches!(transaction.update(&key, &title(9, "stale")).await, Err(Error::Stale { .. })));
        assert!(transaction.update(&key, &title(1, "second")).await.unwrap());
        assert!(transaction.update(&key, &title(2, "third")).await.unwrap());
        transaction.commit().await.unwrap();
        let row: DocumentRead = live.read().get(&key).await.unwrap().unwrap();
        assert_eq!((row.version, row.title.as_str()), (3, "third"));
    }
}

#[tokio::test]
async fn a_row_can_be_removed_if_nobody_changed_it() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Edition>(&database).await;
        let write = live.write();
        let rows = [1, 2].map(|id| EditionWrite { id, note: "n".to_owned() });
        assert_eq!(write.insert_many(&rows).await.unwrap(), 2);
        let key = EditionKey { id: 1 };
        let patch = EditionPatch { note: Some("m".to_owned()), ..EditionPatch::new(5) };
        assert!(write.update(&key, &patch).await.unwrap());
        assert!(matches!(write.delete_unchanged(&key, &5).await, Err(Error::Stale { table: "editions" })));
        assert!(write.delete_unchanged(&key, &6).await.unwrap());
        assert!(!write.delete_unchanged(&key, &6).await.unwrap(), "it is gone");
        assert!(write.delete(&EditionKey { id: 2 }).await.unwrap(), "whatever its version");
    }
}

#[tokio::test]
async fn of_two_that_read_the_same_version_one_writes() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Document>(&database).await;
        let key = live.write().insert(&DocumentWrite { title: "first".to_owned(), body: None }).await.unwrap();
        let write = live.write();
        let (a, b) = (title(1, "a"), title(1, "b"));
        let outcomes = tokio::join!(write.update(&key, &a), write.update(&key, &b));
        let won = [&outcomes.0, &outcomes.1].into_iter().filter(|outcome| matches!(outcome, Ok(true))).count();
        let stale = [&outcomes.0, &outcomes.1]
            .into_iter()
            .filter(|outcome| matches!(outcome, Err(Error::Stale { .. })))
            .count();
        assert_eq!((won, stale), (1, 1), "{}: {outcomes:?}", database.dialect());
    }
}

#[tokio::test]
async fn rows_that_are_there_get_the_first_version() {
    for database in cqrs_tests::databases() {
        let mut before = Edition::TABLE.clone();
        before.columns.to_mut().retain(|column| column.name != "edition_number");
        let before = Migrator::new(database.url(), Schema::declare([before]).unwrap()).unwrap();
        before.migrate().await.unwrap();
        execute(database.url(), "INSERT INTO editions (id, note) VALUES (1, 'old')");
        let live = with_table::<Edition>(&database).await;
        let row: EditionRead = live.read().get(&EditionKey { id: 1 }).await.unwrap().unwrap();
        assert_eq!(row.edition, 5);
    }
}
