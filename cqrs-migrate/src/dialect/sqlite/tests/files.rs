//! Schemas of files: those of the repository, and real ones.

use std::path::PathBuf;

use super::database;

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

/// Everything is in the schema, and a database made from the schema is the same: to introspection, and to what SQLite
/// itself tells of columns, keys and indexes.
pub(super) async fn made_again(sql: &str, place: &str) {
    let mut original = database().await;
    original.run(sql).await;
    let found = original.found().await;
    let schema = &found.schema;
    assert_eq!(found.not_managed, [], "{place}");
    let indexes: usize = schema.tables.values().map(|table| table.indexes.len()).sum();
    let made = original
        .rows(
            "SELECT name FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')",
        )
        .await;
    assert_eq!(schema.tables.len() + schema.views.len() + schema.objects.len() + indexes, made.len(), "{place}");
    let mut copy = database().await;
    copy.create(schema).await;
    assert_eq!(copy.found().await.schema, *schema, "{place}");
    let tables =
        "WITH t AS (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'shadow')
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\')";
    for facts in [
        "SELECT t.name || ' ' || x.name || ' ' || lower(x.type) || ' ' || x.pk || x.hidden || x.\"notnull\" ||
         quote(iif(x.dflt_value LIKE '%''%', replace(x.dflt_value, ' ', ''), upper(replace(x.dflt_value, ' ', '')))) FROM t, pragma_table_xinfo(t.name) x ORDER BY t.name, x.cid",
        "SELECT t.name || ' ' || iif(i.origin = 'c', i.name, i.origin) || i.\"unique\" || i.partial ||
         (SELECT group_concat(ifnull(c.name, '?') || c.desc || upper(c.coll)) FROM pragma_index_xinfo(i.name) c) f
         FROM t, pragma_index_list(t.name) i ORDER BY f",
        "SELECT t.name || ' ' || lower(f.\"table\") || f.seq || f.\"from\" || lower(ifnull(f.\"to\", '?')) || f.on_update || f.on_delete
         FROM t, pragma_foreign_key_list(t.name) f ORDER BY t.name, f.\"from\", lower(f.\"table\"), f.id, f.seq",
        "SELECT t.name || ' ' || l.type || l.ncol || l.wr || l.strict FROM t, pragma_table_list(t.name) l ORDER BY t.name",
        "SELECT name || sql FROM main.sqlite_schema WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%' ORDER BY 1",
    ] {
        let facts = format!("{tables} {facts}");
        let (copied, original) = (copy.rows(&facts).await, original.rows(&facts).await);
        let differ: Vec<_> = copied.iter().zip(&original).filter(|(copied, original)| copied != original).collect();
        assert!(differ.is_empty() && copied.len() == original.len(), "{place}: {differ:#?}");
    }
}

/// Everything in `tests/schemas/sqlite` of the repository.
#[tokio::test]
async fn every_feature_is_read_and_made_again() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/schemas/sqlite");
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        made_again(&std::fs::read_to_string(&file).unwrap(), &file.display().to_string()).await;
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
