//! What is in a catalog besides tables that are well: objects, options, what no longer works.

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, ObjectName};

use super::database;
use crate::dialect::sqlite::introspect::introspect;
use crate::introspect::Selection;

fn table(name: &'static str) -> ObjectId {
    ObjectId::table(ObjectName::new(name))
}

#[tokio::test]
async fn objects_know_what_they_stand_on() {
    let mut database = database().await;
    for sql in [
        "CREATE TABLE Notes (id INTEGER PRIMARY KEY, body TEXT)",
        "CREATE TABLE log (what)",
        "CREATE VIEW shown AS SELECT id FROM NOTES",
        "CREATE VIRTUAL TABLE words USING fts5(body)",
        "CREATE TRIGGER watch AFTER INSERT ON notes BEGIN INSERT INTO Log VALUES (new.id); INSERT INTO words VALUES (new.body); END",
        "CREATE TRIGGER instead INSTEAD OF DELETE ON shown BEGIN DELETE FROM log; END",
        "CREATE TEMP TRIGGER elsewhere AFTER DELETE ON log BEGIN SELECT 1; END",
        "CREATE TABLE cqrs_history (id TEXT PRIMARY KEY)",
        "CREATE INDEX cqrs_history_idx ON cqrs_history (id)",
    ] {
        database.run(sql).await;
    }
    let found = database.found().await;
    assert_eq!(found.not_managed, []);
    assert_eq!(found.schema.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["Notes", "log"]);
    let words = ObjectId::new(ObjectKind::VirtualTable, ObjectName::new("words"));
    let watch = ObjectId::of_table(ObjectKind::Trigger, "watch", &ObjectName::new("Notes"));
    let instead = ObjectId::of_table(ObjectKind::Trigger, "instead", &ObjectName::new("shown"));
    assert_eq!(found.schema.objects.keys().collect::<Vec<_>>(), [&words, &instead, &watch]);
    let needs = |id: &ObjectId| found.schema.objects[id].depends_on.clone();
    assert_eq!(needs(&watch), [table("Notes"), table("log"), words.clone()].map(Dependency::on));
    let shown = ObjectId::view(ObjectName::new("shown"));
    assert_eq!(needs(&instead), [table("log"), shown].map(Dependency::on));
}

#[tokio::test]
async fn a_view_that_no_longer_works_is_kept() {
    let mut database = database().await;
    database.run("CREATE VIEW broken AS SELECT x FROM gone").await;
    database.run("CREATE TABLE t (a INT)").await;
    database.run("CREATE VIEW whole AS SELECT a AS b FROM t").await;
    let found = database.found().await;
    assert_eq!(found.schema.views[&ObjectName::new("broken")].columns, [""; 0]);
    assert_eq!(found.schema.views[&ObjectName::new("whole")].columns, ["b"]);
    assert_eq!(super::recreated(&found.schema).await, found);
}

/// As in a file that was made by a program with a module of its own.
#[tokio::test]
async fn a_module_that_is_not_there_is_reported() {
    let mut database = database().await;
    for sql in [
        "CREATE TABLE t (a INT)",
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nobody_has_this(a, b)')",
        "PRAGMA writable_schema = RESET",
    ] {
        database.run(sql).await;
    }
    let found = database.found().await;
    assert_eq!(found.schema.tables.len() + found.schema.objects.len(), 1);
    let told: Vec<(&str, &str)> = found.not_managed.iter().map(|one| (one.kind, one.name.as_ref())).collect();
    assert_eq!(told, [("virtual table of an unknown module", "odd")]);
}

#[tokio::test]
async fn only_the_tables_that_are_wanted_are_read() {
    let mut database = database().await;
    for sql in [
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT REFERENCES B)",
        "CREATE TABLE b (id INTEGER PRIMARY KEY, c_id INT REFERENCES c)",
        "CREATE TABLE c (id INTEGER PRIMARY KEY, c_id INT REFERENCES c)",
        "CREATE TABLE other (id INTEGER PRIMARY KEY)",
        "CREATE INDEX b_c ON b (c_id)",
        "CREATE INDEX other_id ON other (id)",
        "CREATE TRIGGER of_a AFTER INSERT ON a BEGIN SELECT 1; END",
        "CREATE TRIGGER of_other AFTER INSERT ON other BEGIN SELECT 1; END",
    ] {
        database.run(sql).await;
    }
    let tables = Some([ObjectName::new("A"), ObjectName::new("nobody's \"table\"")].into());
    let found = introspect(database.sqlx(), &Selection { tables, ..Selection::default() }).await.unwrap();
    assert_eq!(found.schema.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(found.schema.tables[&ObjectName::new("b")].indexes.len(), 1);
    assert_eq!(found.schema.objects.keys().map(|id| id.name.to_string()).collect::<Vec<_>>(), ["of_a"]);
}

#[tokio::test]
async fn one_read_within_a_transaction_or_without() {
    let mut database = database().await;
    database.run("BEGIN; CREATE TABLE t (a INT)").await;
    assert_eq!(database.found().await.schema.tables.len(), 1);
    database.run("ROLLBACK").await;
    assert_eq!(database.found().await.schema.tables.len(), 0);
    database.run("BEGIN; COMMIT").await;
}
