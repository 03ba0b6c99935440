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
    let index = |is_dropped, name: &str, table: Option<&str>, is_unique, definition: &str| {
        let (name, table, definition) = (name.to_owned(), table.map(str::to_owned), definition.to_owned());
        Some(ConcurrentIndex { is_dropped, name, table, is_unique, definition })
    };
    for (sql, expected) in [
        ("CREATE INDEX CONCURRENTLY i ON t (a)", index(false, "i", Some("t"), false, " (a)")),
        (
            "create index concurrently if not exists \"I\" on only \"s\".\"T\" using gin (a);",
            index(false, "\"I\"", Some("\"s\".\"T\""), false, " using gin (a)"),
        ),
        (
            "CREATE UNIQUE INDEX CONCURRENTLY \"on\" ON \"a.b\"(a) WHERE b ",
            index(false, "\"on\"", Some("\"a.b\""), true, " (a) WHERE b"),
        ),
        ("DROP INDEX CONCURRENTLY IF EXISTS s.\"i\"", index(true, "s.\"i\"", None, false, "")),
        ("CREATE INDEX CONCURRENTLY ON t (a)", None),
        ("CREATE INDEX CONCURRENTLY", None),
        ("DROP INDEX CONCURRENTLY", None),
        ("DROP INDEX i", None),
        ("VACUUM t", None),
    ] {
        assert_eq!(ConcurrentIndex::of(sql), expected, "{sql}");
    }
}
