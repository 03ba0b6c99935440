//! What refers to nothing: only what a migration breaks is its fault.

use super::{column, database, foreign_key, key, nullable, numbered, schema, table};
use crate::Migrator;
use crate::dialect::sqlite::references::Broken;

/// The message, if there is one.
async fn outcome(before: &str, migration: &str) -> Option<String> {
    let mut database = database().await;
    database.run(before).await;
    let broken = Broken::find(database.sqlx()).await.unwrap();
    database.run(migration).await;
    let found = Broken::find(database.sqlx()).await.unwrap();
    found.since(&broken).err().map(|error| error.to_string())
}

#[tokio::test]
async fn only_what_was_not_broken_before_counts() {
    let tables = "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT); INSERT INTO p VALUES (1, 'a'), (2, 'b');
                  CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INT REFERENCES p (id));
                  CREATE TABLE d (p_id INT PRIMARY KEY REFERENCES P (id)) WITHOUT ROWID;
                  INSERT INTO c VALUES (1, 1), (2, 2), (3, 9), (4, 10); INSERT INTO d VALUES (2), (77)";
    let mismatch = "CREATE TABLE m (code TEXT REFERENCES p (code)); INSERT INTO m VALUES ('a'), ('z')";
    for (before, migration, said) in [
        ("", "SELECT 1", None),
        ("", "DELETE FROM c WHERE id = 3", None),
        ("", "DELETE FROM p WHERE id = 2", Some("row 2 of `c` refers to `p`")),
        ("", "DELETE FROM c WHERE p_id > 2; DELETE FROM p WHERE id = 2", Some("a row of `d` refers to `P`")),
        ("", "ALTER TABLE c RENAME TO e", None),
        ("", "ALTER TABLE p RENAME TO q", None),
        ("", "ALTER TABLE c RENAME TO e; DELETE FROM p", Some("of `e` refers to `p`")),
        ("", "CREATE TABLE n (id INT REFERENCES p (id)); INSERT INTO n VALUES (5)", Some("row 1 of `n` refers to `p`")),
        (mismatch, "SELECT 1", None),
        (mismatch, "ALTER TABLE m RENAME TO n", None),
        (mismatch, "DELETE FROM p WHERE id = 2", Some("row 2 of `c` refers to `p`")),
        (mismatch, "CREATE UNIQUE INDEX k ON p (code); DELETE FROM m WHERE code = 'z'", None),
        (
            mismatch,
            "CREATE TABLE n (code TEXT REFERENCES p (code))",
            Some("foreign key mismatch - \"n\" referencing \"p\""),
        ),
        ("CREATE TABLE n (id INT REFERENCES nowhere)", "SELECT 1", None),
        ("CREATE TABLE n (id INT REFERENCES nowhere); INSERT INTO n VALUES (1)", "DELETE FROM d", None),
    ] {
        let told = outcome(&format!("{tables}; {before}"), migration).await;
        match said {
            None => assert_eq!(told, None, "{before}; {migration}"),
            Some(said) => {
                assert!(told.as_ref().is_some_and(|told| told.contains(said)), "{before}; {migration}: {told:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_database_with_broken_references_is_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("app.db").display());
    let child = |columns| {
        let mut child = table("c", columns);
        (child.primary_key, child.foreign_keys) = (key(&["id"]), vec![foreign_key("to_p", "p_id", "p")].into());
        let mut parent = table("p", vec![numbered("id")]);
        parent.primary_key = key(&["id"]);
        schema([child, parent])
    };
    let id = || column("id", "INTEGER");
    Migrator::new(&url, child(vec![id(), nullable("p_id", "INTEGER")])).unwrap().migrate().await.unwrap();
    cqrs_tests::execute(
        &url,
        "PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (1, 5);
         CREATE TABLE theirs (a TEXT); CREATE TABLE mismatched (a TEXT REFERENCES theirs (a))",
    );
    // The table is made again, under a check that it did not have.
    let mut after = child(vec![id(), nullable("p_id", "INTEGER"), nullable("note", "TEXT")]);
    for table in after.tables.values_mut().filter(|table| table.name == "c") {
        let check = cqrs_core::schema::Check { expression: "id > 0".into(), ..Default::default() };
        table.checks = vec![check].into();
    }
    let migrator = Migrator::new(&url, after).unwrap().allow("FAIL005", "the rows are right");
    migrator.migrate().await.unwrap();
    assert!(migrator.plan().await.unwrap().is_empty());
}

/// What a script asks SQLite about, it can tell; and it is asked about every table of which it can.
#[tokio::test]
async fn a_script_asks_about_every_table_that_can_be_asked_about() {
    let parents = "CREATE TABLE p (id INTEGER PRIMARY KEY, a INT UNIQUE, b TEXT, c TEXT, d TEXT, e INT);
        CREATE UNIQUE INDEX p_b ON p (b COLLATE NOCASE);
        CREATE UNIQUE INDEX p_cd ON p (c, d);
        CREATE UNIQUE INDEX p_e ON p (e) WHERE e > 0;
        CREATE INDEX p_plain ON p (d);
        CREATE TABLE pair (x INT, y INT, PRIMARY KEY (x, y));
        CREATE VIEW v AS SELECT id FROM p;";
    let children = [
        ("(k INT REFERENCES p)", true),
        ("(k INT REFERENCES P (ID))", true),
        ("(k INT REFERENCES p (a))", true),
        ("(k TEXT REFERENCES p (b))", false),
        ("(k TEXT, l TEXT, FOREIGN KEY (k, l) REFERENCES p (d, c))", true),
        ("(k TEXT REFERENCES p (c))", false),
        ("(k INT REFERENCES p (e))", false),
        ("(k TEXT REFERENCES p (d))", false),
        ("(k INT REFERENCES p (rowid))", false),
        ("(k INT REFERENCES p (gone))", false),
        ("(k INT, l INT, FOREIGN KEY (k, l) REFERENCES pair)", true),
        ("(k INT REFERENCES pair)", false),
        ("(k INT REFERENCES v (id))", false),
        ("(k INT REFERENCES nowhere)", true),
    ];
    for (child, can_be_checked) in children {
        let mut database = database().await;
        database.run(&format!("{parents} CREATE TABLE sound (k INT REFERENCES p); CREATE TABLE child {child}")).await;
        assert_eq!(database.try_run("PRAGMA foreign_key_check(child)").await.is_ok(), can_be_checked, "{child}");
        let checks = super::super::checks::checks(&database.found().await.schema);
        match can_be_checked {
            true => assert_eq!(checks, ["PRAGMA foreign_key_check"], "{child}"),
            false => assert_eq!(checks, ["PRAGMA foreign_key_check(\"sound\")"], "{child}"),
        }
        for check in checks {
            database.run(&check).await;
        }
    }
}
