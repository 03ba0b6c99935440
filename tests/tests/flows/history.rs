//! What the history is read for: a check that finds nothing needs no more of it than where it leads.

use cqrs_core::schema::{Column, ColumnType, PrimaryKey, Schema, Table};
use cqrs_migrate::{Error, Migrator, Planned};
use cqrs_tests::{databases, execute};

use crate::texts;

/// One table with a key and so many other columns.
fn declared(columns: usize) -> Schema {
    let mut table = Table::new("notes");
    let numbers = (0..columns)
        .map(|number| Column { nullable: true, ..Column::new(format!("number_{number}"), ColumnType::Integer) });
    table.columns = [Column::new("id", ColumnType::BigInteger)].into_iter().chain(numbers).collect();
    table.primary_key = Some(PrimaryKey { columns: vec!["id".into()].into(), ..PrimaryKey::default() });
    Schema::declare([table]).unwrap()
}

async fn check(url: &str, columns: usize) -> Result<Planned, Error> {
    Migrator::new(url, declared(columns)).unwrap().plan().await
}

#[tokio::test]
async fn what_was_changed_is_read_only_where_it_does_not_lead_to_what_is_declared() {
    for database in databases() {
        let (url, dialect) = (database.url(), database.dialect());
        for columns in 1..=3 {
            Migrator::new(url, declared(columns)).unwrap().migrate().await.unwrap();
        }
        let ids = texts(&database, "SELECT revision FROM cqrs_history ORDER BY position");
        let second = texts(&database, "SELECT schema_json FROM cqrs_history WHERE position = 2").remove(0);
        execute(url, "UPDATE cqrs_history SET schema_json = 'not to be read' WHERE position = 2");

        let planned = check(url, 3).await.unwrap();
        assert!(planned.is_empty(), "{dialect}: {planned}");

        let error = check(url, 4).await.expect_err("where other things are declared, all of it is read");
        assert!(matches!(error, Error::Unreadable { .. }) && error.to_string().contains(&ids[1]), "{dialect}: {error}");

        // Another history, also where its last row is the same, leads elsewhere.
        execute(url, "UPDATE cqrs_history SET checksum = 'another' WHERE position = 1");
        let error = check(url, 3).await.expect_err("a row that has changed says nothing of the others");
        assert!(matches!(error, Error::Unreadable { .. }), "{dialect}: {error}");

        execute(url, &format!("UPDATE cqrs_history SET schema_json = '{second}' WHERE position = 2"));
        let planned = check(url, 3).await.unwrap();
        assert!(planned.is_empty(), "{dialect}: {planned}");
        let planned = check(url, 4).await.unwrap();
        assert!(planned.to_string().contains("number_3"), "{dialect}: {planned}");
    }
}
