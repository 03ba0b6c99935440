//! What the generated structs hold.

use cqrs_core::model::{ColumnValues, Driver, Read};
use cqrs_core::sea_query::{Iden, Value};

use crate::models::entry::{EntryColumn, EntryKey, EntryPatch, EntryRead, EntryWrite};

fn names(values: &impl ColumnValues) -> Vec<&'static str> {
    values.column_values(Driver::Sqlite).unwrap().into_iter().map(|(name, _)| name).collect()
}

fn write() -> EntryWrite {
    EntryWrite {
        ledger_id: 1,
        account: None,
        parent_id: None,
        title: None,
        body: Some("text".into()),
        amount: None,
        whole: None,
        search: String::new(),
        code: "a".into(),
        kind: "k".into(),
        level: 3,
        open: Some(false),
        said_for_each: None,
        secret: "s".into(),
        note: Some(None),
    }
}

#[test]
fn a_write_leaves_to_the_database_what_it_may() {
    assert_eq!(
        names(&write()),
        [
            "ledger_id",
            "account",
            "parent_id",
            "body",
            "whole",
            "search",
            "code",
            "kind",
            "level",
            "open",
            "secret",
            "note"
        ]
    );
}

#[test]
fn a_null_is_not_the_default() {
    let values = write().column_values(Driver::Sqlite).unwrap();
    assert_eq!(values.last().unwrap(), &("note", Value::Int(None)));
    let left_out = EntryWrite { note: None, ..write() };
    assert!(!names(&left_out).contains(&"note"));
}

#[test]
fn an_empty_patch_changes_nothing() {
    assert!(names(&EntryPatch::default()).is_empty());
    let patch = EntryPatch { parent_id: Some(None), level: Some(4), ..EntryPatch::default() };
    assert_eq!(
        patch.column_values(Driver::Sqlite).unwrap(),
        [("parent_id", Value::BigInt(None)), ("level", Value::Int(Some(4)))]
    );
}

#[test]
fn a_key_is_the_primary_key() {
    assert_eq!(names(&EntryKey { id: 5 }), ["id"]);
}

#[test]
fn a_query_does_not_read_what_is_only_written() {
    assert!(!EntryRead::COLUMNS.contains(&"secret"));
    assert_eq!(EntryRead::COLUMNS.len(), 18);
}

#[test]
fn columns_are_identifiers() {
    assert_eq!(EntryColumn::LedgerId.unquoted(), "ledger_id");
}
