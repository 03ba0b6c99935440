//! Which keys batches of rows are told apart by, and how their values are written.

use cqrs_core::schema::{Str, Table};
#[cfg(feature = "postgres")]
use sqlx::PgConnection;

#[cfg(feature = "postgres")]
use crate::batches::Batches;

/// The primary key. Not one of floating point, which may be the same text for two values.
pub(super) fn key(table: &Table) -> Option<&[Str]> {
    let key = table.primary_key.as_ref()?;
    let is_exact = |name: &Str| {
        let column_type = table.column(name).map(|column| column.column_type.native_text());
        column_type.is_some_and(|text| text != "real" && text != "double precision")
    };
    key.columns.iter().all(is_exact).then_some(&key.columns)
}

/// Each column of the key as a literal, and how many rows the statistics count. Every type is told exactly as text.
#[cfg(feature = "postgres")]
pub(crate) async fn prepare(
    connection: &mut PgConnection,
    batches: &Batches,
) -> Result<(Vec<String>, Option<u64>), sqlx::Error> {
    let literals = batches.key.iter().map(|column| format!("quote_literal({column}::text)")).collect();
    // A partitioned table has its own statistics only where it was analyzed itself.
    let rows: Option<i64> = sqlx::query_scalar("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass($1)")
        .bind(batches.name.join("."))
        .fetch_optional(connection)
        .await?;
    Ok((literals, rows.and_then(|rows| u64::try_from(rows).ok()).filter(|rows| *rows > 0)))
}
