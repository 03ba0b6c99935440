//! Hazards: shown as notes, stopping where the settings or the size of the live tables say so, and explained.

use std::fs;

use cqrs_migrate::Dialect;
use cqrs_tests::service::Service;
use cqrs_tests::{databases, execute};

use crate::{SHOP, history};

/// The service with more lines in its settings.
fn with_settings(lines: &str) -> Service {
    let service = Service::new(SHOP);
    let manifest = fs::read_to_string(service.folder().join("Cargo.toml")).unwrap();
    let settings = "[package.metadata.cqrs]\n";
    service.write("shop/Cargo.toml", &manifest.replacen(settings, &format!("{settings}{lines}\n"), 1));
    service
}

#[test]
fn a_code_is_explained_and_an_unknown_one_is_wrong_use() {
    let service = Service::new(SHOP);
    for code in ["DATA002", "data002"] {
        let page = service.cqrs(&["explain", code]);
        assert!(page.code == 0 && page.stdout.starts_with("# DATA002: a column is dropped"), "{page:?}");
        assert!(page.stdout.contains("renamed_from") && page.stdout.contains("--allow DATA002="), "{page:?}");
    }
    let all = service.cqrs(&["explain"]);
    assert!(all.code == 0 && all.stdout.contains("LOCK006    an SQLite table is made again\n"), "{all:?}");
    service.cqrs(&["explain", "COMPAT01"]).expect(2, &["no hazard `COMPAT01`", "did you mean `COMPAT001`?", "UNDO002"]);
    service.cqrs(&["revision", "-m", "x", "--allow", "DATA02=y"]).expect(2, &["did you mean `DATA002`?"]);
}

#[test]
fn what_breaks_the_running_version_is_a_note_unless_the_settings_say_otherwise() {
    let renamed = SHOP.replace("pub name: String", "#[column(renamed_from = \"name\")]\n    pub full_name: String");
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&renamed);
    let arguments = ["revision", "-m", "second", "--database-url", "sqlite:there-is-none.db"];
    service.cqrs(&arguments).expect(0, &["note COMPAT004: `customers.name`", "cqrs explain COMPAT004"]);

    let service = with_settings("stop-at = [\"COMPAT\"]");
    let _ = service.revision("first", &[]);
    service.models(&renamed);
    let refused = service.cqrs(&arguments);
    refused.expect(3, &["refused for safety: COMPAT004: `customers.name`", "--allow COMPAT004=REASON"]);
    let revision = service.revision("second", &["--allow", "COMPAT004=one instance, stopped meanwhile"]);
    let manifest = fs::read_to_string(revision.join("revision.toml")).unwrap();
    assert!(manifest.contains("[allowed]\nCOMPAT004 = \"one instance, stopped meanwhile\""), "{manifest}");

    let service = with_settings("stop-at = [\"COMPATT\"]");
    service.cqrs(&arguments).expect(2, &["`stop-at`", "no hazard `COMPATT`", "did you mean `COMPAT`?"]);
}

#[test]
fn a_lock_on_a_table_that_is_large_in_this_database_stops_an_upgrade() {
    for database in databases() {
        let code = match database.dialect() {
            Dialect::Sqlite => "LOCK006",
            Dialect::Postgres => "LOCK001",
            Dialect::MySql => "LOCK007",
        };
        let service = with_settings("large-table-rows = 2");
        let _ = service.revision("first", &[]);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        execute(database.url(), "insert into customers (id, name) values (1, 'a')");

        service.models(&SHOP.replace("pub visits: i32", "pub visits: i16"));
        let _ = service.revision("second", &["--allow", "DATA003=nobody came that often"]);
        let shown = service.on(&database, &["upgrade", "--dry-run"]);
        assert!(shown.code == 0 && shown.stdout.contains(&format!("-- note {code}: `customers`: ")), "{shown:?}");

        execute(database.url(), "insert into customers (id, name) values (2, 'b')");
        let shown = service.on(&database, &["upgrade", "--dry-run"]);
        assert!(shown.code == 0 && shown.stdout.contains(&format!("-- hazard {code}: `customers`: ")), "{shown:?}");
        let json = service.on(&database, &["diff", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        let hazards = document["hazards"].as_array().unwrap();
        let lock = hazards.iter().find(|hazard| hazard["code"] == code).unwrap();
        assert_eq!(lock["level"], "stop", "{lock}");
        assert_eq!((&lock["held"], &lock["size"]["rows"]), (&"rewrite".into(), &2.into()), "{lock}");
        assert!(lock["lock"] == "writes" || lock["lock"] == "reads_and_writes", "{lock}");
        assert!(hazards.iter().any(|hazard| hazard["code"] == "UNDO001" && hazard["level"] == "note"), "{json:?}");

        let refused = service.on(&database, &["upgrade"]);
        refused.expect(3, &["is refused for safety", code, "`customers`", "of `cqrs upgrade`"]);
        assert_eq!(history(&database), ["revision applied"]);
        service.on(&database, &["upgrade", "--allow", &format!("{code}=at night")]).expect(0, &["1 revision applied"]);
    }
}

#[test]
fn a_revision_knows_how_large_the_tables_of_its_database_are() {
    let service = with_settings("large-table-rows = 1500");
    let database = cqrs_tests::sqlite();
    let _ = service.revision("first", &[]);
    service.on(&database, &["upgrade"]).expect(0, &[]);
    let counted = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500) \
                   insert into customers (id, name) select i, 'a' from n";
    execute(database.url(), counted);
    service.models(&SHOP.replace("pub visits: i32", "pub visits: i64"));
    let refused = service.on(&database, &["revision", "-m", "second"]);
    refused.expect(3, &["LOCK006: `customers`", "at least 1,500 rows, rewrites", "--allow LOCK006=REASON"]);
}

#[test]
fn an_upgrade_tells_a_rename_as_one() {
    for database in databases() {
        let service = Service::new(SHOP);
        let _ = service.revision("first", &[]);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        service
            .models(&SHOP.replace("pub name: String", "#[column(renamed_from = \"name\")]\n    pub full_name: String"));
        let _ = service.revision("second", &[]);
        let shown = service.on(&database, &["upgrade", "--dry-run"]);
        assert!(shown.code == 0 && shown.stdout.contains("-- note COMPAT004: `customers.name`"), "{shown:?}");
        assert!(!shown.stdout.contains("COMPAT002") && !shown.stdout.contains("UNDO001"), "{shown:?}");
    }
}

#[tokio::test]
async fn a_service_that_allows_a_hazard_that_there_is_not_is_told() {
    let service = Service::new(SHOP);
    let schema = || cqrs_core::extract::extract_crate(&service.folder().join("src/lib.rs")).unwrap();
    let database = cqrs_tests::sqlite();
    let migrator = || cqrs_migrate::Migrator::new(database.url(), schema()).unwrap();
    let stop_at = |name: &str| cqrs_migrate::lint::Policy { stop_at: vec![name.to_owned()], ..Default::default() };
    for (migrator, message) in [
        (migrator().allow("DATA02", "why not"), "there is no hazard `DATA02`"),
        (migrator().policy(stop_at("COMPATT")), "there is no hazard `COMPATT`"),
    ] {
        let error = migrator.migrate().await.unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(error.help().unwrap().starts_with("did you mean `"), "{error:?}");
    }
    migrator().allow("DATA002", "why not").policy(stop_at("COMPAT")).migrate().await.unwrap();
}

#[tokio::test]
async fn a_view_of_somebody_else_is_not_left_without_its_table() {
    let (customers, _) = SHOP.split_once("/// What is bought.").unwrap();
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    let databases = databases();
    for database in &databases {
        service.on(database, &["upgrade"]).expect(0, &[]);
        execute(database.url(), "create view report as select customer_id from orders");
    }
    service.models(customers);
    let _ = service.revision("second", &["--allow", "DATA001=nobody orders"]);
    for database in &databases {
        let told = ["FAIL007: `orders`", "view `report`, which is not managed"];
        service.on(database, &["diff"]).expect(1, &told);
        service.on(database, &["upgrade"]).expect(3, &told);
        assert_eq!(history(database), ["revision applied"]);
        let schema = cqrs_core::extract::extract_crate(&service.folder().join("src/lib.rs")).unwrap();
        let migrator = cqrs_migrate::Migrator::new(database.url(), schema).unwrap().allow("DATA001", "nobody orders");
        let error = migrator.migrate().await.unwrap_err().to_string();
        assert!(error.contains("FAIL007"), "{error}");
        execute(database.url(), "drop view report");
        service.on(database, &["upgrade"]).expect(0, &["1 revision applied"]);
    }
}
