//! Runs a statement in batches of rows, each in one transaction with the record of how far it has come.

use std::time::{Duration, Instant};

use super::{
    Event, TRIES, Work, count, failed, is_try_again, pause as pause_for_locks, refused, state_after, wait_no_longer,
};
use crate::batches::Batches;
use crate::connection::Connection;
use crate::error::Error;
use crate::history::{self, Reached, Record};

/// How often it is asked how far the replicas are.
const ASKED_EVERY: Duration = Duration::from_secs(1);

/// Runs what is left of a statement. Afterwards it is recorded as done.
pub(super) async fn run(
    connection: &mut Connection,
    work: &Work<'_>,
    record: &mut Record,
    number: usize,
) -> Result<(), Error> {
    let sql = &work.statements[number].sql;
    (work.progress)(Event::Statement { number, sql });
    let (batches, literals, estimate) = match prepare(connection, sql).await {
        Ok(prepared) => prepared,
        Err(source) => return Err(failed(number, work.statements, source, state_after(number))),
    };
    (record.statements_started, record.statements_done) = (count(number + 1), count(number));
    history::create(connection).await?;
    history::write(connection, record, work.delta).await?;
    let rows = batches.rows.unwrap_or(work.pace.rows);
    let mut replicas = Replicas::default();
    loop {
        let after = record.reached.clone();
        let after_key = after.as_ref().map(|reached| &reached.key[..]);
        let next = batches.last_of_next(&literals, after_key, rows);
        let last = match last_key(connection, &next, literals.len()).await {
            Ok(last) => last,
            Err(source) => return Err(stopped(connection, work, record, number, source).await),
        };
        let sql = batches.batch(after_key, last.as_deref());
        let seen = after.as_ref().map_or(0, |reached| reached.rows);
        let is_last = last.is_none();
        if is_last {
            (record.statements_started, record.statements_done) = (count(number + 1), count(number + 1));
        }
        record.reached = last.map(|key| Reached { key, rows: seen + rows });
        let changed = match one(connection, work, record, &sql).await? {
            Ok(changed) => changed,
            Err(source) => {
                (record.statements_done, record.reached) = (count(number), after);
                return Err(stopped(connection, work, record, number, source).await);
            }
        };
        let rows = record.reached.as_ref().map_or(seen + changed, |reached| reached.rows);
        (work.progress)(Event::Batch { rows, of: estimate });
        if is_last {
            return Ok(());
        }
        tokio::time::sleep(work.pace.pause).await;
        replicas.wait(connection, work).await;
    }
}

/// Runs one batch, again where others hold locks. What the server refuses is the inner error.
async fn one(
    connection: &mut Connection,
    work: &Work<'_>,
    record: &Record,
    sql: &str,
) -> Result<Result<u64, sqlx::Error>, Error> {
    let mut tries = 0;
    loop {
        connection.begin().await?;
        wait_no_longer(connection, work.timeouts).await?;
        match connection.affect(sql).await {
            Ok(changed) => {
                history::note_reached(connection, record).await?;
                connection.commit().await?;
                return Ok(Ok(changed));
            }
            Err(source) => {
                // The error to tell is the one that came first; a connection that is lost has rolled back already.
                connection.rollback().await.ok();
                tries += 1;
                if !is_try_again(&source) || tries >= TRIES {
                    return Ok(Err(source));
                }
                pause_for_locks(work, tries).await;
            }
        }
    }
}

/// The error for a statement of which some batches may be done.
async fn stopped(
    connection: &mut Connection,
    work: &Work<'_>,
    record: &Record,
    number: usize,
    source: sqlx::Error,
) -> Error {
    let state = match &record.reached {
        Some(reached) => format!(
            "its first {} rows are done and recorded: the same command goes on from there, with the statement as it is",
            reached.rows
        ),
        None => refused(connection, record, number, true, &source).await,
    };
    failed(number, work.statements, source, state)
}

/// The statement taken apart, the literals of its key, and how many rows its table may have.
async fn prepare(connection: &mut Connection, sql: &str) -> Result<(Batches, Vec<String>, Option<u64>), sqlx::Error> {
    let batches = Batches::of(sql, connection.dialect()).and_then(|batches| batches.ok_or_else(String::new));
    let batches = batches.map_err(sqlx::Error::InvalidArgument)?;
    let (literals, estimate) = match connection {
        #[cfg(feature = "postgres")]
        Connection::Postgres(inner) => crate::dialect::postgres::batches::prepare(inner, &batches).await?,
        #[cfg(feature = "mysql")]
        Connection::MySql(inner) => crate::dialect::mysql::batches::prepare(inner, &batches).await?,
        #[allow(unreachable_patterns)]
        _ => (batches.key.clone(), None),
    };
    Ok((batches, literals, estimate))
}

async fn last_key(connection: &mut Connection, sql: &str, columns: usize) -> Result<Option<Vec<String>>, sqlx::Error> {
    use sqlx::Row;
    crate::connection::each_connection!(connection, inner => {
        let row = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).fetch_optional(&mut *inner).await?;
        row.map(|row| (0..columns).map(|at| row.try_get(at)).collect()).transpose()
    })
}

/// How far the replicas are, so that a batch waits for them.
#[derive(Default)]
struct Replicas {
    asked: Option<Instant>,
}

impl Replicas {
    async fn wait(&mut self, connection: &mut Connection, work: &Work<'_>) {
        let max = work.pace.max_lag;
        if max.is_zero() || self.asked.is_some_and(|asked| asked.elapsed() < ASKED_EVERY) {
            return;
        }
        let mut is_told = false;
        while let Some(lag) = lag(connection).await.filter(|lag| is_behind(*lag, max)) {
            if !is_told {
                (work.progress)(Event::ReplicasBehind { lag });
                is_told = true;
            }
            tokio::time::sleep(ASKED_EVERY).await;
        }
        self.asked = Some(Instant::now());
    }
}

/// Whether the next batch waits. Zero is however far.
fn is_behind(lag: Duration, max: Duration) -> bool {
    !max.is_zero() && lag > max
}

/// How far the replica is that is furthest behind. `None` where there is none, or it may not be asked.
async fn lag(connection: &mut Connection) -> Option<Duration> {
    let seconds: Option<f64> = match connection {
        #[cfg(feature = "postgres")]
        Connection::Postgres(inner) => {
            let sql = include_str!("../dialect/postgres/queries/replica_lag.sql");
            sqlx::query_scalar(sql).fetch_one(inner).await.ok().flatten()
        }
        #[allow(unreachable_patterns)]
        _ => None,
    };
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_waits_for_replicas_that_are_too_far_behind() {
        let seconds = Duration::from_secs;
        for (lag, max, expected) in [(0, 10, false), (10, 10, false), (11, 10, true), (11, 0, false)] {
            assert_eq!(is_behind(seconds(lag), seconds(max)), expected, "{lag} {max}");
        }
    }
}
