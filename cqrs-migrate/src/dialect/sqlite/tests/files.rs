//! Real schemas, and errors of files.

use std::path::PathBuf;

use super::database;
use crate::connection::DatabaseUrl;
use crate::dialect::sqlite::connect::connect;
use crate::error::Error;

#[expect(clippy::print_stderr, reason = "says that a test did not run")]
fn shared() -> Option<PathBuf> {
    let above = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = match std::env::var_os("CQRS_SHARED_DIR") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![above.join("../shared"), above.join("shared")],
    };
    if let Some(folder) = folders.iter().find(|folder| folder.is_dir()) {
        return Some(folder.clone());
    }
    eprintln!("skipped: none of {folders:?} is a folder; set CQRS_SHARED_DIR");
    None
}

/// Everything is in the schema or reported, and a database made from the schema is the same: to introspection, and to
/// what SQLite itself tells of columns, keys and indexes.
async fn made_again(sql: &str, place: &str) {
    let mut original = database().await;
    original.run(sql).await;
    let found = original.found().await;
    let schema = &found.schema;
    let indexes: usize = schema.tables.values().map(|table| table.indexes.len()).sum();
    let whole = ["trigger", "virtual table", "table of a virtual table"];
    let others = found.not_managed.iter().filter(|one| whole.contains(&one.kind)).count();
    let said = schema.tables.len() + schema.views.len() + indexes + others;
    let made = original
        .rows("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
        .await;
    assert_eq!(said, made.len(), "{place}: {:?}", found.not_managed);
    assert!(!found.not_managed.iter().any(|one| one.kind.ends_with("unknown SQL")), "{:?}", found.not_managed);
    let mut copy = database().await;
    copy.create(schema).await;
    assert_eq!(copy.found().await.schema, *schema, "{place}");
    let tables = "WITH t AS (SELECT s.name FROM sqlite_schema s JOIN pragma_table_list l ON l.name = s.name
        WHERE s.type = 'table' AND l.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\')";
    for facts in [
        "SELECT t.name || ' ' || x.name || ' ' || replace(lower(x.type), ', ', ',') || ' ' || x.pk || x.hidden || x.\"notnull\" ||
         quote(iif(x.dflt_value LIKE '''%', x.dflt_value, upper(replace(x.dflt_value, ' ', '')))) FROM t, pragma_table_xinfo(t.name) x ORDER BY t.name, x.cid",
        "SELECT t.name || ' ' || iif(i.origin = 'c', i.name, i.origin) || i.\"unique\" || i.partial ||
         (SELECT group_concat(ifnull(c.name, '?') || c.desc || upper(c.coll)) FROM pragma_index_xinfo(i.name) c) f
         FROM t, pragma_index_list(t.name) i ORDER BY f",
        "SELECT t.name || ' ' || lower(f.\"table\") || f.seq || f.\"from\" || ifnull(f.\"to\", '?') || f.on_update || f.on_delete
         FROM t, pragma_foreign_key_list(t.name) f ORDER BY t.name, f.\"from\", lower(f.\"table\"), f.id, f.seq",
    ] {
        let facts = format!("{tables} {facts}");
        let (copied, original) = (copy.rows(&facts).await, original.rows(&facts).await);
        let differ: Vec<_> = copied.iter().zip(&original).filter(|(copied, original)| copied != original).collect();
        assert!(differ.is_empty() && copied.len() == original.len(), "{place}: {differ:#?}");
    }
}

#[tokio::test]
async fn real_schemas_are_read_and_made_again() {
    let Some(folder) = shared() else { return };
    let mut files = vec![folder.join("rich/sqlite.sql")];
    let real = std::fs::read_dir(folder.join("real")).unwrap().map(|entry| entry.unwrap().path());
    files.extend(real.filter(|path| path.to_string_lossy().ends_with(".sqlite.sql")));
    for file in files {
        made_again(&std::fs::read_to_string(&file).unwrap(), &file.display().to_string()).await;
    }
}

#[tokio::test]
async fn cases_of_other_tools_are_read_and_made_again() {
    let Some(folder) = shared() else { return };
    for file in ["cases/django-sqlite.jsonl", "cases/sqldef-sqlite.jsonl"] {
        for line in std::fs::read_to_string(folder.join(file)).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            for side in ["before_sql", "after_sql"] {
                made_again(case[side].as_str().unwrap(), &format!("{file} {} {side}", case["name"])).await;
            }
        }
    }
}

async fn refusal(url: &str, create: bool) -> String {
    match connect(&DatabaseUrl::parse(url).unwrap(), create).await {
        Err(error @ Error::Connect { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn files_that_cannot_be_used_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let url = |name: &str| format!("sqlite://{}/{name}", folder.path().display());
    let message = refusal(&url("none.db"), false).await;
    assert!(message.contains("the file does not exist") && message.contains("none.db"), "{message}");
    assert!(!folder.path().join("none.db").exists());
    let message = refusal(&url("no/none.db"), true).await;
    assert!(message.contains("does not exist: create it first"), "{message}");
    std::fs::write(folder.path().join("text.db"), "this is no database, but long enough to have a header ".repeat(9))
        .unwrap();
    for create in [false, true] {
        let message = refusal(&url("text.db"), create).await;
        assert!(message.contains("file is not a database"), "{message}");
    }
    connect(&DatabaseUrl::parse(&url("new.db")).unwrap(), true).await.unwrap();
    assert!(folder.path().join("new.db").exists());
    let message = refusal(&format!("{}?mode=ro", url("new.db")), true).await;
    assert!(message.contains("readonly"), "{message}");
}

#[tokio::test]
async fn foreign_keys_are_off_and_nobody_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::parse(&format!("sqlite://{}/a.db", folder.path().display())).unwrap();
    let mut one = connect(&url, true).await.unwrap();
    let on: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut one).await.unwrap();
    assert_eq!(on, 0);
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut one).await.unwrap();
    let mut two = connect(&url, true).await.unwrap();
    let started = std::time::Instant::now();
    assert!(sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut two).await.is_err());
    assert!(started.elapsed().as_secs() < 1);
}
