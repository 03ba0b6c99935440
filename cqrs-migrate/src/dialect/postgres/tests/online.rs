use super::super::online::{ConcurrentIndex, transaction_of, within_transaction};
use crate::dialect::Transaction;

#[test]
fn statements_out_of_files_tell_how_they_go_with_transactions() {
    for (sql, expected) in [
        ("create unique index concurrently i on t (a)", Transaction::Outside),
        ("CREATE INDEX CONCURRENTLY ON t (a)", Transaction::Outside),
        ("DROP INDEX CONCURRENTLY IF EXISTS i", Transaction::Outside),
        ("REINDEX (VERBOSE) TABLE CONCURRENTLY t", Transaction::Outside),
        ("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", Transaction::Outside),
        ("VACUUM t", Transaction::Outside),
        ("ALTER TABLE t VALIDATE CONSTRAINT c", Transaction::Own),
        ("ALTER TYPE mood ADD VALUE 'x'", Transaction::Own),
        ("CREATE INDEX \"concurrently\" ON t (a)", Transaction::Joined),
        ("CREATE INDEX i ON t (a) -- CONCURRENTLY", Transaction::Joined),
        ("REFRESH MATERIALIZED VIEW CONCURRENTLY v", Transaction::Joined),
        ("COMMENT ON INDEX i IS 'made CONCURRENTLY'", Transaction::Joined),
        ("ALTER TABLE t ADD COLUMN value text", Transaction::Joined),
        ("", Transaction::Joined),
    ] {
        assert_eq!(transaction_of(sql), expected, "{sql}");
    }
}

#[test]
fn in_a_transaction_an_index_is_built_without_the_word() {
    let sql = "CREATE INDEX CONCURRENTLY \"concurrently\" ON t (a)";
    assert_eq!(within_transaction(sql), "CREATE INDEX \"concurrently\" ON t (a)");
    assert_eq!(within_transaction("DROP INDEX concurrently i"), "DROP INDEX i");
    assert_eq!(within_transaction("VACUUM t"), "VACUUM t");
}

#[test]
fn the_index_of_a_statement_is_known() {
    let made = |name: &str, table: &str| {
        Some(ConcurrentIndex { is_dropped: false, name: name.to_owned(), table: Some(table.to_owned()) })
    };
    let dropped = |name: &str| Some(ConcurrentIndex { is_dropped: true, name: name.to_owned(), table: None });
    for (sql, expected) in [
        ("CREATE INDEX CONCURRENTLY i ON t (a)", made("i", "t")),
        (
            "create index concurrently if not exists \"I\" on only \"s\".\"T\" using gin (a)",
            made("\"I\"", "\"s\".\"T\""),
        ),
        ("CREATE UNIQUE INDEX CONCURRENTLY \"on\" ON \"a.b\"(a)", made("\"on\"", "\"a.b\"")),
        ("DROP INDEX CONCURRENTLY IF EXISTS s.\"i\"", dropped("s.\"i\"")),
        ("CREATE INDEX CONCURRENTLY ON t (a)", None),
        ("CREATE INDEX CONCURRENTLY", None),
        ("DROP INDEX CONCURRENTLY", None),
        ("DROP INDEX i", None),
        ("VACUUM t", None),
    ] {
        assert_eq!(ConcurrentIndex::of(sql), expected, "{sql}");
    }
}
