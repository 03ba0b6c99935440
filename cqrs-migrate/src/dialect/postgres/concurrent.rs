//! What became of an index that was made or dropped `CONCURRENTLY`, which no transaction holds together.

use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::online::ConcurrentIndex;

/// SQLSTATEs of what goes away by itself: `lock_not_available`, `deadlock_detected`.
const TRY_AGAIN: [&str; 2] = ["55P03", "40P01"];

/// Whether a statement was refused only because somebody else held a lock for too long.
pub(crate) fn is_try_again(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| TRY_AGAIN.contains(&&*code))
}

/// Whether a statement was done. `None` where it is not about an index, or the server named it.
pub(crate) async fn is_done(connection: &mut PgConnection, sql: &str) -> Result<Option<bool>, sqlx::Error> {
    let Some(index) = ConcurrentIndex::of(sql) else { return Ok(None) };
    let found = find(connection, &index).await?;
    Ok(Some(if index.is_dropped { found.is_none() } else { found.is_some_and(|(_, is_valid)| is_valid) }))
}

/// Runs a statement that makes or drops an index beside others. What an earlier try left behind is dropped first, and what this
/// one leaves behind, afterwards.
pub(crate) async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    drop_invalid(connection, sql).await?;
    let result = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await.map(drop);
    if result.is_err() {
        // The error to tell is the one that came first.
        sqlx::raw_sql("SET statement_timeout = 0").execute(&mut *connection).await.ok();
        drop_invalid(connection, sql).await.ok();
    }
    result
}

/// Drops the index that an earlier try of a statement left behind. It takes the time of every write and serves no query.
/// <https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>
async fn drop_invalid(connection: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    let Some(index) = ConcurrentIndex::of(sql).filter(|index| !index.is_dropped) else { return Ok(()) };
    if let Some((name, false)) = find(connection, &index).await? {
        let drop = format!("DROP INDEX CONCURRENTLY IF EXISTS {name}");
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(connection).await?;
    }
    Ok(())
}

/// The index's name in SQL, and whether it is valid.
async fn find(connection: &mut PgConnection, index: &ConcurrentIndex) -> Result<Option<(String, bool)>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT c.oid::regclass::text AS name, i.indisvalid AND i.indisready AND i.indislive AS is_valid
         FROM pg_index i
         JOIN pg_class c ON c.oid = i.indexrelid
         WHERE CASE WHEN $2::text IS NULL THEN c.oid = to_regclass($1)
                    ELSE i.indrelid = to_regclass($2) AND c.relname = (parse_ident($1))[1] END",
    )
    .bind(&index.name)
    .bind(&index.table)
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((row.try_get("name")?, row.try_get("is_valid")?))).transpose()
}
