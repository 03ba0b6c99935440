//! The words in which the options of tables, columns, indexes and constraints are written.
//!
//! | of | clause | where it goes |
//! |---|---|---|
//! | table | `UNLOGGED`, `PARTITION BY …`, `USING "method"`, `WITH (name='value')`, `TABLESPACE "name"` | into `CREATE TABLE` |
//! | table | `OF type`, `ENABLE ROW LEVEL SECURITY`, `FORCE ROW LEVEL SECURITY`, `REPLICA IDENTITY …`, `CLUSTER ON "index"`, `ALTER COLUMN …`, `ADD CONSTRAINT …` | behind `ALTER TABLE`, once all parts are there |
//! | table | `COMMENT ON …`, `ALTER INDEX …` | a statement as it stands, about a part that has no comment or options of its own |
//! | column | `GENERATED ALWAYS` and a sequence's options, of an identity column | into the column |
//! | column | `SEQUENCE NAME "name"`, of an identity column or `serial` | into the column, or a rename |
//! | column | `OWNS SEQUENCE "name"` | `ALTER SEQUENCE … OWNED BY` |
//! | column | `STORAGE …`, `COMPRESSION …`, `STATISTICS …`, `WITH (name='value')` | behind `ALTER COLUMN` |
//! | column | `NOT NULL …` | into the column, or `ADD CONSTRAINT` |
//! | constraint | `INCLUDE (…)`, `NULLS NOT DISTINCT`, `WITH (…)`, `USING INDEX TABLESPACE …`, `DEFERRABLE …`, `NO INHERIT`, `NOT ENFORCED`, `NOT VALID`, `WITHOUT OVERLAPS`, `PERIOD`, `ON DELETE SET … (…)` | into the constraint |
//! | index | `WITH (…)`, `TABLESPACE …`, `ALTER COLUMN n SET STATISTICS n` | into the index, or behind `ALTER INDEX` |
//! | index | `INVALID` | nowhere: it is made valid |
//! | index, key | `ONLY`, of one that some partitions lack | before the table |
//! | index, key | `PARTITION OF "index"`, of the table that the partition is of | nowhere, or `ALTER INDEX … ATTACH PARTITION` |
//! | index, key | `ATTACH PARTITION "index"`, in plans alone | behind `ALTER INDEX`, once it is there |
//! | index | `CASCADE`, in plans alone | behind `DROP INDEX` |

use cqrs_core::schema::Str;

use super::sql::{literal, quote, quote_as_printed};

pub(super) const ALWAYS: &str = "GENERATED ALWAYS";
pub(super) const SEQUENCE_NAME: &str = "SEQUENCE NAME ";
pub(super) const SEQUENCE_LOGGED: &str = "SEQUENCE LOGGED";
pub(super) const SEQUENCE_UNLOGGED: &str = "SEQUENCE UNLOGGED";
pub(super) const OWNS_SEQUENCE: &str = "OWNS SEQUENCE ";
/// Of a name that is not the one that the server gives, from version 18 on.
pub(super) const NOT_NULL_NAME: &str = "NOT NULL CONSTRAINT ";
pub(super) const NOT_NULL_NO_INHERIT: &str = "NOT NULL NO INHERIT";
pub(super) const NOT_NULL_NOT_VALID: &str = "NOT NULL NOT VALID";
/// Of a column that is not null only because it is not in a table that its own inherits from.
pub(super) const NOT_NULL_INHERITED: &str = "NOT NULL INHERITED";
pub(super) const UNLOGGED: &str = "UNLOGGED";
pub(super) const PARTITION_BY: &str = "PARTITION BY ";
pub(super) const USING: &str = "USING ";
pub(super) const TABLESPACE: &str = "TABLESPACE ";
pub(super) const WITH: &str = "WITH (";
pub(super) const WITH_NO_DATA: &str = "WITH NO DATA";
pub(super) const OF: &str = "OF ";
pub(super) use crate::dialect::ROW_SECURITY;
pub(super) const FORCED_ROW_SECURITY: &str = "FORCE ROW LEVEL SECURITY";
pub(super) const REPLICA_IDENTITY: &str = "REPLICA IDENTITY ";
pub(super) const CLUSTER_ON: &str = "CLUSTER ON ";
pub(super) const ALTER_COLUMN: &str = "ALTER COLUMN ";
pub(super) const ALTER_INDEX: &str = "ALTER INDEX ";
pub(super) const COMMENT_ON: &str = "COMMENT ON ";
pub(super) const STORAGE: &str = "STORAGE ";
pub(super) const COMPRESSION: &str = "COMPRESSION ";
pub(super) const STATISTICS: &str = "STATISTICS ";
pub(super) const INCLUDE: &str = "INCLUDE (";
pub(super) const NULLS_NOT_DISTINCT: &str = "NULLS NOT DISTINCT";
pub(super) const INDEX_TABLESPACE: &str = "USING INDEX TABLESPACE ";
pub(super) const DEFERRABLE: &str = "DEFERRABLE";
pub(super) const INITIALLY_DEFERRED: &str = "DEFERRABLE INITIALLY DEFERRED";
pub(super) const NO_INHERIT: &str = "NO INHERIT";
pub(super) const NOT_ENFORCED: &str = "NOT ENFORCED";
pub(super) const NOT_VALID: &str = "NOT VALID";
/// The last column of a key is a period of time.
pub(super) const WITHOUT_OVERLAPS: &str = "WITHOUT OVERLAPS";
/// The last column of a foreign key is a period of time.
pub(super) const PERIOD: &str = "PERIOD";
pub(super) const ON_DELETE: &str = "ON DELETE ";
/// Of an index that a failed or unfinished `CREATE INDEX CONCURRENTLY` left behind.
pub(super) const INVALID: &str = crate::dialect::INVALID_INDEX;
/// Of an index of a partitioned table that some of its partitions lack.
pub(super) const ONLY: &str = crate::dialect::LACKING_INDEX;
/// Of an index of a partition: the index of the partitioned table that it is a part of.
pub(super) const PARTITION_OF: &str = "PARTITION OF ";
/// Of an index of a partitioned table that is made of those that the partitions have.
pub(super) const ATTACH_PARTITION: &str = "ATTACH PARTITION ";
/// Of an index that goes with keys of partitions, which are parts of it.
pub(super) const CASCADE: &str = "CASCADE";

/// A clause for each storage parameter, out of the catalog's `name=value`.
pub(super) fn parameters(prefix: &str, parameters: Vec<String>) -> impl Iterator<Item = Str> {
    parameters.into_iter().map(move |parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((&parameter, ""));
        format!("{WITH}{prefix}{}={})", quote_as_printed(name), literal(value)).into()
    })
}

/// Sorts clauses, but leaves storage parameters in the order in which they were set: the server prints them so.
pub(super) fn sort(clauses: &mut [Str]) {
    fn place(clause: &Str) -> &str {
        if clause.starts_with(WITH) { WITH } else { clause }
    }
    clauses.sort_by(|a, b| place(a).cmp(place(b)));
}

/// The statement that comments on something, as a clause.
pub(super) fn comment(kind: &str, name: &str, text: &str) -> Str {
    format!("{COMMENT_ON}{kind} {name} IS {}", literal(text)).into()
}

/// The clauses of a column, each as the action that sets it behind `ALTER COLUMN`; none for those that are set otherwise.
pub(super) fn column_action(clause: &str) -> Option<String> {
    if clause.starts_with(STORAGE) || clause.starts_with(COMPRESSION) || clause.starts_with(STATISTICS) {
        Some(format!("SET {clause}"))
    } else {
        parameter(clause).map(|parameter| format!("SET ({parameter})"))
    }
}

/// `name='value'` out of `WITH (name='value')`.
pub(super) fn parameter(clause: &str) -> Option<&str> {
    clause.strip_prefix(WITH)?.strip_suffix(')')
}

/// `name` out of `WITH (name='value')`.
pub(super) fn parameter_name(clause: &str) -> Option<&str> {
    parameter(clause)?.split_once('=').map(|(name, _)| name)
}

/// All storage parameters of a list of clauses, as `WITH` takes them together; empty where there are none.
pub(super) fn with_parameters(clauses: &[Str]) -> String {
    let parameters: Vec<&str> = clauses.iter().filter_map(|clause| parameter(clause)).collect();
    if parameters.is_empty() { String::new() } else { format!(" WITH ({})", parameters.join(", ")) }
}

/// What stands behind the beginning of the one clause that begins so.
pub(super) fn value<'c>(clauses: &'c [Str], beginning: &str) -> Option<&'c str> {
    clauses.iter().find_map(|clause| clause.strip_prefix(beginning))
}

pub(super) fn has(clauses: &[Str], clause: &str) -> bool {
    clauses.iter().any(|other| other == clause)
}

/// `ALTER COLUMN "name" action`, as a clause.
pub(super) fn alter_column(column: &str, action: &str) -> Str {
    format!("{ALTER_COLUMN}{} {action}", quote(column)).into()
}
