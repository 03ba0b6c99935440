//! Schemas of real applications, read and made again.

use std::path::PathBuf;

use super::database::{TestDatabase, assert_same};

fn shared() -> Option<PathBuf> {
    let folder = match std::env::var_os("CQRS_SHARED_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    if folder.join("rich/mysql.sql").exists() {
        return Some(folder);
    }
    eprintln!("skipped: set CQRS_SHARED_DIR to the folder with the shared schemas");
    None
}

/// The statements of a script for the database's own client, with its `DELIMITER` lines.
fn statements(script: &str) -> Vec<String> {
    let (mut delimiter, mut found, mut current) = (";".to_owned(), Vec::new(), String::new());
    for line in script.lines() {
        if let Some(new) = line.strip_prefix("DELIMITER ") {
            delimiter = new.trim().to_owned();
            found.push(std::mem::take(&mut current));
            continue;
        }
        if delimiter != ";" && line.trim_end().ends_with(&delimiter) {
            current.push_str(line.trim_end().trim_end_matches(&delimiter));
            found.push(std::mem::take(&mut current));
            continue;
        }
        current.push_str(line);
        current.push('\n');
    }
    found.push(current);
    found.retain(|sql| sql.lines().any(|line| !line.trim().is_empty() && !line.starts_with("--")));
    found
}

/// Reads the schema, makes it again elsewhere, and compares: by introspection, and by what the server prints.
async fn again(topic: &str, script: &str) -> Option<()> {
    let mut original = TestDatabase::create(topic).await?;
    for sql in statements(script) {
        original.run(&sql).await;
    }
    original
        .run("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'; SET foreign_key_checks = 1; SET unique_checks = 1")
        .await;
    let found = original.introspect().await;
    assert_eq!(found.not_managed, [], "{topic}");
    let mut copy = TestDatabase::create(&format!("{topic}_copy")).await?;
    copy.make(&found.schema).await;
    assert_same(&copy.schema().await, &found.schema);
    let (wanted, got) = (original.definitions().await, copy.definitions().await);
    for (name, lines) in wanted {
        assert_eq!(got.get(&name), Some(&lines), "{topic}.{name}");
    }
    copy.drop().await;
    original.drop().await;
    Some(())
}

#[tokio::test]
async fn real_schemas_are_made_again_exactly() {
    let Some(folder) = shared() else { return };
    for name in ["chinook", "powerdns", "roundcube", "temporal-temporal", "sakila"] {
        let script = std::fs::read_to_string(folder.join(format!("real/{name}.mysql.sql"))).unwrap();
        if again(&name.replace('-', "_"), &script).await.is_none() {
            return;
        }
    }
}

#[tokio::test]
async fn the_rich_schema_is_made_again_exactly() {
    let Some(folder) = shared() else { return };
    let script = std::fs::read_to_string(folder.join("rich/mysql.sql")).unwrap();
    let script = script.replacen("CREATE DATABASE IF NOT EXISTS rich CHARACTER SET utf8mb4; USE rich;", "", 1);
    again("rich", &script).await;
}
