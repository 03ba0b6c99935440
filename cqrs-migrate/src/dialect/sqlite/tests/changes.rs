//! From one database to another and back, through everything that a plan goes through: each case is a base in which one
//! piece of text is another.

use super::database;
use crate::connection::DatabaseUrl;
use crate::dialect::Dialect;
use crate::dialect::sqlite::shadow::Shadow;
use crate::diff::{Renames, diff};
use crate::prepare::{Request, prepare};
use crate::spelling::Spellings;

const BASE: &str = "
    CREATE TABLE p (id INTEGER PRIMARY KEY, u TEXT UNIQUE);
    CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT, p INT REFERENCES p);
    INSERT INTO p (id, u) VALUES (1, 'x'), (2, 'y');
    INSERT INTO t (id, a, b, p) VALUES (1, 1, 'x', 1), (2, 2, 'y', 2);
    CREATE VIEW v AS SELECT a, b FROM t;
    CREATE VIEW w AS SELECT * FROM v;
    CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = 'z' WHERE id = new.id; END;
    CREATE TRIGGER io INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END;
    CREATE VIRTUAL TABLE f USING fts5(b);
    CREATE INDEX i ON t (a);
";

/// What stands in the base, and what stands there instead.
const CASES: &[(&str, &str)] = &[
    ("REFERENCES p);", "REFERENCES p) STRICT;"),
    ("a INT,", "a decimal(5, 2),"),
    ("a INT,", "a INT CONSTRAINT nn NOT NULL ON CONFLICT IGNORE DEFAULT 5,"),
    ("REFERENCES p);", "REFERENCES p, CHECK (t.a > 0 AND 'it''s' <> b));"),
    ("REFERENCES p);", "REFERENCES p, CHECK (a > 0) CONSTRAINT named CHECK (a != 9));"),
    ("a INT,", "a INT, c INT UNIQUE,"),
    ("a INT,", "a INT UNIQUE ON CONFLICT REPLACE,"),
    ("INT REFERENCES p", "INT REFERENCES p DEFERRABLE INITIALLY DEFERRED"),
    ("INT REFERENCES p", "INT, FOREIGN KEY (p) REFERENCES p DEFERRABLE INITIALLY DEFERRED"),
    ("t (id INTEGER PRIMARY KEY", "t (id INTEGER PRIMARY KEY AUTOINCREMENT"),
    ("t (id INTEGER PRIMARY KEY", "t (id INTEGER PRIMARY KEY DESC"),
    ("t (id INTEGER PRIMARY KEY", "t (id INTEGER NOT NULL PRIMARY KEY ON CONFLICT REPLACE"),
    ("b TEXT,", "b TEXT COLLATE BINARY,"),
    ("b TEXT,", "b TEXT COLLATE NOCASE,"),
    ("b TEXT,", "b TEXT DEFAULT foo,"),
    ("b TEXT,", "b TEXT DEFAULT NULL,"),
    ("b TEXT,", "b TEXT, g AS (a + 1) STORED, h AS (a != 1),"),
    ("ON t (a);", "ON t (a ASC, lower(b) DESC) WHERE (a != 1);"),
    ("ON t (a);", "ON t ((a) COLLATE nocase);"),
    ("v AS SELECT a, b", "v (b, a) AS SELECT b, a"),
    ("SET b = 'z'", "SET b = 'q' /* another */"),
    ("CREATE TRIGGER tr AFTER INSERT", "CREATE TRIGGER other BEFORE DELETE"),
    ("WHERE id = new.id", "WHERE id  =  new . id"),
    ("fts5(b)", "fts5(b, prefix=2)"),
    ("CREATE VIRTUAL TABLE f USING fts5(b);", ""),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT,", "CREATE TABLE T (ID INTEGER PRIMARY KEY, A INT,"),
];

async fn made(sql: &str) -> Shadow {
    let mut database = database().await;
    database.run(sql).await;
    database
}

async fn arrives(from: &str, to: &str) {
    let (mut live, mut wanted) = (made(from).await, made(to).await);
    let (before, after) = (live.found().await.schema, wanted.found().await.schema);
    let url = DatabaseUrl::parse("sqlite::memory:").unwrap();
    let request = Request {
        dialect: Dialect::Sqlite,
        before: &before,
        before_is_live: true,
        after: &after,
        spellings: &Spellings::default(),
        renames: Renames::default(),
        shadow: Some(&url),
        verify: true,
    };
    let plan = prepare(request).await.unwrap_or_else(|error| panic!("{error}\n{to}")).plan;
    assert!(!plan.is_empty(), "{to}");
    live.run("BEGIN").await;
    live.apply(&plan.statements()).await;
    live.run("COMMIT").await;
    assert_eq!(live.found().await.schema, after, "{}", plan.sql());
    assert_eq!(live.rows("SELECT id || b || p FROM t ORDER BY id").await, ["1x1", "2y2"], "{}", plan.sql());
    assert_eq!(live.rows("SELECT integrity_check FROM pragma_integrity_check").await, ["ok"]);
}

#[tokio::test]
async fn every_change_arrives_and_leads_back() {
    for (old, new) in CASES {
        assert!(BASE.contains(old), "{old}");
        let other = BASE.replacen(old, new, 1);
        arrives(BASE, &other).await;
        arrives(&other, BASE).await;
    }
}

/// A table of which no column stays keeps its rows, or the change fails: they are never lost.
#[tokio::test]
async fn rows_stay_where_no_column_does() {
    for (before, after, stays) in [
        ("(a INT)", "(b INT)", true),
        ("(a INT)", "(id INTEGER PRIMARY KEY, b INT)", true),
        ("(a INT)", "(id INTEGER PRIMARY KEY, b INT NOT NULL DEFAULT 7)", true),
        ("(a INT)", "(id INTEGER PRIMARY KEY, b INT NOT NULL)", false),
        ("(a INTEGER PRIMARY KEY)", "(id INTEGER PRIMARY KEY AUTOINCREMENT)", true),
        ("(a INTEGER PRIMARY KEY)", "(b TEXT DEFAULT (lower('X')))", true),
        ("(a TEXT PRIMARY KEY) WITHOUT ROWID", "(b TEXT)", true),
        ("(a TEXT PRIMARY KEY) WITHOUT ROWID", "(id INTEGER PRIMARY KEY)", true),
        ("(a TEXT PRIMARY KEY) WITHOUT ROWID", "(b TEXT PRIMARY KEY) WITHOUT ROWID", false),
        ("(a INT)", "(b INT GENERATED ALWAYS AS (c) VIRTUAL, c INT)", true),
    ] {
        let (mut live, mut wanted) = (database().await, database().await);
        live.run(&format!("CREATE TABLE t {before}; INSERT INTO t VALUES (4), (5)")).await;
        let from = live.found().await.schema;
        wanted.run(&format!("CREATE TABLE t {after}")).await;
        let to = wanted.found().await.schema;
        let changes = diff(&from, &to, &Renames::default());
        let mut outcome = Ok(());
        for statement in crate::plan::plan(Dialect::Sqlite, &from, &to, &changes).statements() {
            outcome = live.try_run(&statement.sql).await;
            if outcome.is_err() {
                break;
            }
        }
        assert_eq!(outcome.is_ok(), stays, "{before} to {after}: {outcome:?}");
        assert_eq!(live.rows("SELECT quote(count(*)) FROM t").await, ["2"], "{before} to {after}");
    }
}
