//! Runs the statements of one migration and records them, so that it can be killed at any moment.
//!
//! Where DDL can be rolled back, the statements and their record are one transaction (several where a statement needs
//! one of its own, each with the record of how far it came). MySQL and MariaDB commit every DDL statement by itself: it
//! is noted before it is begun and after it is done, and a run that finds one begun and not done asks the database.

use std::time::Instant;

use crate::connection::Connection;
#[cfg(feature = "sqlite")]
use crate::dialect::sqlite::references::Broken;
use crate::dialect::{Dialect, Statement, Transaction};
use crate::error::Error;
use crate::history::{self, Record, State};

/// Runs what is left of a migration. The caller holds the lock; on SQLite that is the transaction in which all of this
/// happens. `check` runs when every statement is done, where possible before anything is committed.
pub(crate) async fn run(
    connection: &mut Connection,
    statements: &[Statement],
    mut record: Record,
    progress: &(dyn Fn(usize, &str) + Sync),
    check: impl AsyncFnOnce(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    let begun = Instant::now();
    if connection.dialect().rules().capabilities().transactional_ddl {
        in_transactions(connection, statements, &mut record, progress, begun, check).await
    } else {
        one_by_one(connection, statements, &mut record, progress, begun, check).await
    }
}

async fn in_transactions(
    connection: &mut Connection,
    statements: &[Statement],
    record: &mut Record,
    progress: &(dyn Fn(usize, &str) + Sync),
    begun: Instant,
    check: impl AsyncFnOnce(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    // SQLite's transaction is the lock, and the caller ends it.
    let own = connection.dialect() != Dialect::Sqlite;
    let mut at = usize::try_from(record.statements_done).unwrap_or(0);
    let mut check = Some(check);
    #[cfg(feature = "sqlite")]
    let broken = broken_references(connection).await?;
    loop {
        let end = segment_end(statements, at);
        let committed = at;
        if own {
            connection.begin().await?;
        }
        let result = async {
            history::create(connection).await?;
            for (number, statement) in statements.iter().enumerate().take(end).skip(at) {
                progress(number, &statement.sql);
                connection.execute(&statement.sql).await.map_err(|source| {
                    let state = if committed == 0 {
                        "nothing was changed".to_owned()
                    } else {
                        format!(
                            "statements 1 to {committed} are done and recorded: the same command goes on from there"
                        )
                    };
                    failed(number, statements, source, state)
                })?;
            }
            (record.statements_started, record.statements_done) = (count(end), count(end));
            if end == statements.len() {
                #[cfg(feature = "sqlite")]
                broken_references(connection).await?.since(&broken)?;
                if let Some(check) = check.take() {
                    check(connection).await?;
                }
                record.state = State::Applied;
            }
            record.duration_ms = milliseconds(begun);
            history::write(connection, record).await
        }
        .await;
        if own {
            if result.is_ok() {
                connection.commit().await?;
            } else {
                // The error to tell is the one that came first; a connection that is lost has rolled back already.
                connection.rollback().await.ok();
            }
        }
        result?;
        at = end;
        if at == statements.len() {
            return Ok(());
        }
    }
}

/// Up to and with the statement that must be committed before the next, or up to one that must begin afresh.
fn segment_end(statements: &[Statement], from: usize) -> usize {
    let mut end = from;
    while end < statements.len() {
        if statements[end].transaction == Transaction::Own {
            return if end == from { from + 1 } else { end };
        }
        end += 1;
    }
    end
}

async fn one_by_one(
    connection: &mut Connection,
    statements: &[Statement],
    record: &mut Record,
    progress: &(dyn Fn(usize, &str) + Sync),
    begun: Instant,
    check: impl AsyncFnOnce(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    record.state = State::Running;
    history::create(connection).await?;
    history::write(connection, record).await?;
    let from = usize::try_from(record.statements_done).unwrap_or(0);
    for (number, statement) in statements.iter().enumerate().skip(from) {
        progress(number, &statement.sql);
        let done = count(number + 1);
        let commits = statement.transaction == Transaction::Implicit;
        if commits {
            history::note(connection, &record.revision, done, count(number)).await?;
        } else {
            connection.begin().await?;
        }
        if let Err(source) = connection.execute(&statement.sql).await {
            let state = refused(connection, record, number, commits, &source).await;
            return Err(failed(number, statements, source, state));
        }
        history::note(connection, &record.revision, done, done).await?;
        if !commits {
            connection.commit().await?;
        }
    }
    check(connection).await?;
    (record.statements_started, record.statements_done) = (count(statements.len()), count(statements.len()));
    record.state = State::Applied;
    record.duration_ms = milliseconds(begun);
    history::write(connection, record).await
}

/// Puts the record right after a statement that failed, and says where that leaves the database. What goes wrong with the
/// record now is of no interest: the next run finds out.
async fn refused(
    connection: &mut Connection,
    record: &Record,
    number: usize,
    commits: bool,
    source: &sqlx::Error,
) -> String {
    if !commits {
        connection.rollback().await.ok();
    } else if !matches!(source, sqlx::Error::Database(_)) {
        // What the server refused was certainly not done; after a lost connection nobody knows, and the note stays.
        return format!(
            "the connection was lost, and statement {} may be done or not: the same command finds out and goes on from there",
            number + 1
        );
    }
    if number == 0 {
        history::remove(connection, &record.revision).await.ok();
        return "nothing was changed".to_owned();
    }
    history::note(connection, &record.revision, count(number), count(number)).await.ok();
    format!("statements 1 to {number} are done and recorded: the same command goes on from there")
}

fn failed(number: usize, statements: &[Statement], source: sqlx::Error, state: String) -> Error {
    let sql = statements[number].sql.clone();
    Error::StepFailed { number: number + 1, total: statements.len(), sql, source, state }
}

/// The foreign keys that do not hold, on SQLite, which checks none while a table is made again.
#[cfg(feature = "sqlite")]
async fn broken_references(connection: &mut Connection) -> Result<Broken, Error> {
    match connection {
        Connection::Sqlite(connection) => Broken::find(connection).await,
        #[allow(unreachable_patterns)]
        _ => Ok(Broken::default()),
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn milliseconds(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
}
