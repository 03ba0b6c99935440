//! What the history is read for: a check that finds nothing needs no more of it than where it leads.

use cqrs_core::schema::{Column, ColumnType, PrimaryKey, Schema, Table};
use cqrs_migrate::{Error, Migrator, Planned};
use cqrs_tests::service::Service;
use cqrs_tests::{databases, execute};

use crate::{SHOP, texts};

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

/// A revision says in JSON what the models say in Rust: both come to the same.
#[test]
fn what_a_revision_led_to_is_known_to_be_what_the_models_declare() {
    let more = r#"
/// How it stands.
#[derive(cqrs_core::SqlEnum)]
pub enum State { Open, #[sql_enum(renamed_from = "payed")] Paid }
/// An invoice.
#[object_model(table = "invoices", index(state), check("total >= 0", name = "no_debts"))]
pub struct Invoice {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Where it stands.
    #[column(default_value = "open")]
    pub state: State,
    #[column(precision = 12, scale = 2, default_value = 1.50)]
    pub total: rust_decimal::Decimal,
    #[column(default_expr(mysql = "(uuid())", otherwise = "'none'"), length = 40)]
    pub number: String,
    #[column(renamed_from = "remark", backfill = "'?'")]
    pub note: Option<String>,
}
#[cqrs_core::read_model(view = "due", query = "SELECT id, note FROM invoices WHERE total > 1")]
pub struct Due {
    pub id: i64,
    pub note: Option<String>,
}
"#;
    let service = Service::new(&format!("{SHOP}{more}"));
    let _ = service.revision("first", &[]);
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &[]);
        execute(database.url(), "UPDATE cqrs_history SET schema_json = 'not to be read'");
        service.on(&database, &["diff"]).expect(0, &["no differences"]);
        execute(database.url(), "UPDATE cqrs_history SET leads_to = 'elsewhere'");
        service.on(&database, &["diff"]).expect(3, &["its schema cannot be read"]);
    }
}
