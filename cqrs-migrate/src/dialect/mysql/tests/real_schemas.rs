//! Schemas of real applications, read and made again.

use std::path::PathBuf;

use super::database::{TestDatabase, assert_same};
use crate::dialect::Introspected;

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
async fn again(topic: &str, script: &str, not_the_same: &[&str]) -> Option<Introspected> {
    let mut original = TestDatabase::create(topic).await?;
    for sql in statements(script) {
        original.run(&sql).await;
    }
    original
        .run("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'; SET foreign_key_checks = 1; SET unique_checks = 1")
        .await;
    let found = original.introspect().await;
    let mut copy = TestDatabase::create(&format!("{topic}_copy")).await?;
    if topic == "rich" {
        copy.run("CREATE SEQUENCE seq1 START 5").await;
    }
    let mut schema = found.schema.clone();
    // Sakila has a view that calls a function of its own.
    schema.views.retain(|_, view| !view.query.contains("get_customer_balance"));
    copy.make(&schema).await;
    assert_same(&copy.schema().await, &schema);
    let (wanted, got) = (original.definitions().await, copy.definitions().await);
    for (name, lines) in wanted {
        if !not_the_same.contains(&name.as_str()) {
            assert_eq!(got.get(&name), Some(&lines), "{topic}.{name}");
        }
    }
    copy.drop().await;
    original.drop().await;
    Some(found)
}

#[tokio::test]
async fn real_schemas_are_made_again_exactly() {
    let Some(folder) = shared() else { return };
    for (name, kinds) in [
        ("chinook", &[][..]),
        ("powerdns", &[]),
        ("roundcube", &[]),
        ("temporal-temporal", &[]),
        ("sakila", &["function", "procedure", "trigger"]),
    ] {
        let script = std::fs::read_to_string(folder.join(format!("real/{name}.mysql.sql"))).unwrap();
        let Some(found) = again(&name.replace('-', "_"), &script, &[]).await else { return };
        let mut seen: Vec<&str> = found.not_managed.iter().map(|object| object.kind).collect();
        seen.dedup();
        assert_eq!(seen, kinds, "{name}: {:?}", found.not_managed);
    }
}

#[tokio::test]
async fn everything_of_the_rich_schema_is_kept_or_reported() {
    let Some(folder) = shared() else { return };
    let script = std::fs::read_to_string(folder.join("rich/mysql.sql")).unwrap();
    let script = script.replacen("CREATE DATABASE IF NOT EXISTS rich CHARACTER SET utf8mb4; USE rich;", "", 1);
    // A period, a sequence, a default that names the sequence with its database, and `USING HASH`, which no catalog tells
    // where it makes no difference.
    let Some(found) = again("rich", &script, &["app_period", "seq1", "idx", "eng_mem", "t_def"]).await else { return };
    let seen: Vec<(&str, &str)> = found.not_managed.iter().map(|object| (object.kind, object.name.as_ref())).collect();
    assert_eq!(seen, [("sequence", "seq1"), ("table with a period", "app_period"), ("trigger", "tr")]);
}
