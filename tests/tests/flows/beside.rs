//! Views and SQL objects on their way through revisions, and what somebody else made beside them.

use std::fs;

use cqrs_migrate::Dialect;
use cqrs_tests::service::Service;
use cqrs_tests::{databases, execute};

use crate::{SHOP, texts};

const VIEW: &str = r#"
/// Who came.
#[cqrs_core::read_model(view = "guests", query = "SELECT id, name FROM customers WHERE visits > 0")]
pub struct Guest {
    pub id: i64,
    pub name: String,
}
"#;

const TRIGGER: &str = r#"
cqrs_core::sql_object! {
    function "no_negative_visits()",
    postgres = "CREATE FUNCTION no_negative_visits() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.visits := greatest(NEW.visits, 0); RETURN NEW; END $$",
}
cqrs_core::sql_object! {
    trigger "customers_visits" on "customers",
    postgres = "CREATE TRIGGER customers_visits BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION no_negative_visits()",
    mysql = "CREATE TRIGGER customers_visits BEFORE INSERT ON customers FOR EACH ROW SET NEW.visits = greatest(NEW.visits, 0)",
    sqlite = "CREATE TRIGGER customers_visits AFTER INSERT ON customers WHEN NEW.visits < 0
        BEGIN UPDATE customers SET visits = 0 WHERE id = NEW.id; END",
}
"#;

fn with(parts: &[&str]) -> String {
    format!("{SHOP}{}", parts.concat())
}

#[test]
fn views_and_objects_go_through_revisions() {
    let service = Service::new(SHOP);
    let databases = databases();
    let mut proven: Vec<&str> = Vec::new();
    for database in &databases {
        proven.extend(["--prove-on", database.url()]);
    }
    let _ = service.revision("tables", &proven);
    service.models(&with(&[VIEW, TRIGGER]));
    let made = service.revision("view and trigger", &proven);
    let recorded = fs::read_to_string(made.join("schema.json")).unwrap();
    assert!(recorded.contains("\"guests\"") && recorded.contains("no_negative_visits"), "{recorded}");
    service.models(&with(&[
        &VIEW
            .replace("SELECT id, name", "SELECT id, name, visits")
            .replace("pub name: String,", "pub name: String,\n    pub visits: i32,"),
        &TRIGGER.replace(", 0)", ", 1)").replace("< 0", "< 1").replace("= 0", "= 1"),
    ]));
    let _ = service.revision("both change", &[]);
    let changed = service.folder().join("src/lib.rs");
    let changed = fs::read_to_string(changed).unwrap();
    for database in &databases {
        service.on(database, &["upgrade"]).expect(0, &["3 revisions applied"]);
        service.on(database, &["diff"]).expect(0, &["no differences"]);
        execute(database.url(), "insert into customers (id, name, visits) values (1, 'ada', -5)");
        assert_eq!(
            texts(database, "select concat(name, ' ', visits) from guests"),
            ["ada 1"],
            "{}",
            database.dialect()
        );
        let status = service.on(database, &["status"]);
        status.expect(0, &[]);
        assert!(!status.stdout.contains("not managed"), "{status:?}");

        // What somebody else made is told and stays; what a revision made and is gone is drift.
        execute(database.url(), "create view others as select id from customers");
        let status = service.on(database, &["status"]);
        assert!(status.stdout.contains("not managed  others"), "{status:?}");
        execute(database.url(), "drop view guests");
        let status = service.on(database, &["status"]);
        assert!(status.stdout.contains("create view `guests`"), "{status:?}");
        service.on(database, &["diff"]).expect(1, &[]);
    }
    assert!(changed.contains("guests"));
}

#[test]
fn what_is_no_longer_declared_is_dropped_by_a_revision() {
    let service = Service::new(&with(&[VIEW, TRIGGER]));
    let _ = service.revision("all", &[]);
    service.models(SHOP);
    let _ = service.revision("tables only", &[]);
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &["2 revisions applied"]);
        service.on(&database, &["diff"]).expect(0, &["no differences"]);
        let schema = cqrs_tests::road::introspect(&database).unwrap();
        assert!(schema.views.is_empty(), "{:?}", schema.views);
        assert!(
            schema.objects.keys().all(|id| id.kind.name() == "database default" || id.kind.name() == "schema"),
            "{:?}",
            schema.objects
        );
    }
}

#[test]
fn an_equal_view_is_taken_over_and_another_is_not() {
    let service = Service::new(SHOP);
    let _ = service.revision("tables", &[]);
    for database in databases() {
        service.models(SHOP);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        execute(database.url(), "create view guests as select id, name from customers where visits > 7");
        service.models(&with(&[VIEW]));
        let is_theirs =
            ["view `guests` is in the database already", "was not made by a migration", "drop or rename view `guests`"];
        service.on(&database, &["diff"]).expect(3, &is_theirs);
        execute(database.url(), "drop view guests");
        execute(database.url(), "create view guests as SELECT id, name FROM customers WHERE visits > 0");
        let found = service.on(&database, &["diff"]);
        if database.dialect() == Dialect::Postgres {
            // All that is left is the comment.
            found.expect(3, &is_theirs);
            execute(database.url(), "comment on view guests is 'Who came.'");
            service.on(&database, &["diff"]).expect(0, &["no differences"]);
        } else {
            found.expect(0, &["no differences"]);
        }
    }
}

#[test]
fn a_view_in_the_way_of_a_revision() {
    let service = Service::new(SHOP);
    let _ = service.revision("tables", &[]);
    service.models(&with(&[VIEW]));
    let _ = service.revision("view", &[]);
    for database in databases() {
        execute(database.url(), "create view guests as select 1 as id");
        service.on(&database, &["upgrade"]).expect(3, &["makes view `guests`, which is in the database already"]);
    }
}
