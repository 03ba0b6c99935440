//! Runs the statements of one migration and records them, so that it can be killed at any moment.
//!
//! Where DDL can be rolled back, the statements and their record are one transaction (several where a statement needs
//! one of its own, each with the record of how far it came). MySQL and MariaDB commit every DDL statement by itself, and
//! what PostgreSQL does concurrently no transaction may hold: it is noted before it is begun and after it is done, and a
//! run that finds one begun and not done asks the database.
//!
//! A statement that is run in batches is many transactions, each with the record of the last row that it came to.
//!
//! No statement waits long for a lock, because everybody who comes after it waits with it: it gives up, and tries again.

mod in_batches;

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use crate::connection::Connection;
#[cfg(feature = "sqlite")]
use crate::dialect::sqlite::references::Broken;
use crate::dialect::{Dialect, Statement, Transaction};
use crate::error::Error;
use crate::history::{self, Record, SchemaDelta, State};

/// How often a statement is tried that others' locks are in the way of.
const TRIES: u32 = 10;

/// The pauses between tries double from the first to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How long a statement may wait for others' locks, and how long it may run. Zero is without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timeouts {
    pub(crate) lock: Duration,
    pub(crate) statement: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { lock: Duration::from_secs(3), statement: Duration::ZERO }
    }
}

/// How fast statements go through rows that are run in batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// How many rows a batch has.
    pub(crate) rows: u64,
    /// How long to rest after each.
    pub(crate) pause: Duration,
    /// How far replicas may be behind before the next. Zero is however far.
    pub(crate) max_lag: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rows: 1000, pause: Duration::ZERO, max_lag: Duration::from_secs(10) }
    }
}

/// What happens while a migration runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event<'a> {
    /// A statement begins; its number from 0.
    Statement { number: usize, sql: &'a str },
    /// Others' locks were in the way: what was not committed is rolled back, and tried again after a pause.
    LockedOut { tries: u32, pause: Duration },
    /// A batch of the statement is done: how many rows it has looked at so far, and how many there may be.
    Batch { rows: u64, of: Option<u64> },
    /// The next batch waits for replicas.
    ReplicasBehind { lag: Duration },
}

/// What to run, and how.
pub(crate) struct Work<'a> {
    pub(crate) statements: &'a [Statement],
    /// What they change.
    pub(crate) delta: &'a SchemaDelta,
    pub(crate) timeouts: Timeouts,
    pub(crate) pace: Pace,
    pub(crate) progress: &'a (dyn Fn(Event<'_>) + Sync),
}

/// Runs what is left of a migration. The caller holds the lock; on SQLite that is the transaction in which all of this
/// happens. `check` runs when every statement is done, where possible before anything is committed.
pub(crate) async fn run(
    connection: &mut Connection,
    work: &Work<'_>,
    mut record: Record,
    check: impl AsyncFnOnce(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    let begun = Instant::now();
    if connection.dialect().rules().capabilities().transactional_ddl {
        in_transactions(connection, work, &mut record, begun, check).await
    } else {
        one_by_one(connection, work, &mut record, begun, check).await
    }
}

async fn in_transactions(
    connection: &mut Connection,
    work: &Work<'_>,
    record: &mut Record,
    begun: Instant,
    check: impl AsyncFnOnce(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    // SQLite's transaction is the lock, and the caller ends it.
    let own = connection.dialect() != Dialect::Sqlite;
    let mut at = usize::try_from(record.statements_done).unwrap_or(0);
    let mut check = Some(check);
    let mut tries = 0;
    #[cfg(feature = "sqlite")]
    let broken = broken_references(connection).await?;
    loop {
        let end = segment_end(work.statements, at);
        let alone = work.statements.get(at).map(|statement| statement.transaction).filter(|_| own);
        match alone {
            Some(Transaction::Outside) => outside_transactions(connection, work, record, at).await?,
            Some(Transaction::Batches) => in_batches::run(connection, work, record, at).await?,
            _ => {}
        }
        let is_done = matches!(alone, Some(Transaction::Outside | Transaction::Batches));
        if own {
            connection.begin().await?;
        }
        let result = async {
            history::create(connection).await?;
            if own && !is_done {
                wait_no_longer(connection, work.timeouts).await?;
            }
            for (number, statement) in work.statements.iter().enumerate().take(end).skip(at).filter(|_| !is_done) {
                (work.progress)(Event::Statement { number, sql: &statement.sql });
                connection
                    .execute(&statement.sql)
                    .await
                    .map_err(|source| failed(number, work.statements, source, state_after(at)))?;
            }
            (record.statements_started, record.statements_done) = (count(end), count(end));
            if end == work.statements.len() {
                #[cfg(feature = "sqlite")]
                broken_references(connection).await?.since(&broken)?;
                if let Some(check) = check.take() {
                    check(connection).await?;
                }
                record.state = State::Applied;
            }
            record.duration_ms = milliseconds(begun);
            history::write(connection, record, work.delta).await
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
        match result {
            Err(Error::StepFailed { source, .. }) if own && is_try_again(&source) && tries + 1 < TRIES => {
                tries += 1;
                pause(work, tries).await;
                continue;
            }
            result => result?,
        }
        (at, tries) = (end, 0);
        if at == work.statements.len() {
            return Ok(());
        }
    }
}

/// What can be rolled back together: up to a statement that must be committed before the next, or that alone.
fn segment_end(statements: &[Statement], from: usize) -> usize {
    match statements.get(from) {
        Some(statement) if statement.transaction.is_apart() => from + 1,
        _ => (from..statements.len()).find(|&at| statements[at].transaction.is_apart()).unwrap_or(statements.len()),
    }
}

/// Where it leaves the database when what is not committed is rolled back.
fn state_after(committed: usize) -> String {
    match committed {
        0 => "nothing was changed".to_owned(),
        _ => format!("statements 1 to {committed} are done and recorded: the same command goes on from there"),
    }
}

/// Runs a statement that no transaction may hold. It is noted before; that it is done, the caller notes.
async fn outside_transactions(
    connection: &mut Connection,
    work: &Work<'_>,
    record: &mut Record,
    number: usize,
) -> Result<(), Error> {
    let sql = &work.statements[number].sql;
    (record.statements_started, record.statements_done) = (count(number + 1), count(number));
    history::create(connection).await?;
    history::write(connection, record, work.delta).await?;
    (work.progress)(Event::Statement { number, sql });
    let mut tries = 0;
    loop {
        let Err(source) = beside_others(connection, sql, work.timeouts).await else { return Ok(()) };
        tries += 1;
        if is_try_again(&source) && tries < TRIES {
            pause(work, tries).await;
            continue;
        }
        let state = refused(connection, record, number, true, &source).await;
        return Err(failed(number, work.statements, source, state));
    }
}

/// Runs a statement that keeps nobody waiting: so it may wait for everybody.
async fn beside_others(connection: &mut Connection, sql: &str, timeouts: Timeouts) -> Result<(), sqlx::Error> {
    match connection {
        #[cfg(feature = "postgres")]
        Connection::Postgres(inner) => {
            use crate::dialect::postgres::{concurrent, on_partitions};
            let unhurried = format!("SET lock_timeout = 0; SET statement_timeout = {}", timeouts.statement.as_millis());
            sqlx::raw_sql(sqlx::AssertSqlSafe(unhurried)).execute(&mut *inner).await?;
            let result = if on_partitions::is_meant(inner, sql).await? {
                on_partitions::run(inner, sql, timeouts.lock).await
            } else {
                concurrent::run(inner, sql).await
            };
            sqlx::raw_sql("RESET lock_timeout; RESET statement_timeout").execute(&mut *inner).await.ok();
            result
        }
        #[allow(unreachable_patterns)]
        other => {
            let _ = timeouts;
            other.execute(sql).await
        }
    }
}

/// A statement that waits for a lock has everybody behind it wait too, so it must not wait for long.
/// <https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT>,
/// <https://mariadb.com/kb/en/server-system-variables/#lock_wait_timeout>
async fn wait_no_longer(connection: &mut Connection, timeouts: Timeouts) -> Result<(), Error> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return Ok(()),
        Dialect::Postgres => format!(
            "SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}",
            timeouts.lock.as_millis(),
            timeouts.statement.as_millis()
        ),
        Dialect::MySql => {
            const WITHOUT_END: u64 = 31_536_000;
            let seconds = if timeouts.lock.is_zero() { WITHOUT_END } else { timeouts.lock.as_secs().max(1) };
            format!(
                "SET SESSION lock_wait_timeout = {seconds}, SESSION innodb_lock_wait_timeout = {seconds}\
                 /*M! , SESSION max_statement_time = {} */",
                timeouts.statement.as_secs_f64()
            )
        }
    };
    connection.execute(&sql).await.map_err(Error::database("setting how long to wait for locks"))
}

/// Whether a statement was refused only because others held a lock.
fn is_try_again(error: &sqlx::Error) -> bool {
    #[cfg(feature = "postgres")]
    if crate::dialect::postgres::concurrent::is_try_again(error) {
        return true;
    }
    #[cfg(feature = "mysql")]
    if crate::dialect::mysql::connect::is_try_again(error) {
        return true;
    }
    let _ = error;
    false
}

/// Longer after every try, and never the same for two who wait for the same.
async fn pause(work: &Work<'_>, tries: u32) {
    let whole = FIRST_PAUSE.saturating_mul(1 << (tries - 1).min(10)).min(LONGEST_PAUSE);
    let part = (RandomState::new().hash_one(tries) % 1000) as f64 / 1000.0;
    let pause = whole.mul_f64(0.5 + part / 2.0);
    (work.progress)(Event::LockedOut { tries, pause });
    tokio::time::sleep(pause).await;
}

async fn one_by_one(
    connection: &mut Connection,
    work: &Work<'_>,
    record: &mut Record,
    begun: Instant,
    check: impl AsyncFnOnce(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    let statements = work.statements;
    record.state = State::Running;
    history::create(connection).await?;
    history::write(connection, record, work.delta).await?;
    wait_no_longer(connection, work.timeouts).await?;
    let mut number = usize::try_from(record.statements_done).unwrap_or(0);
    let mut tries = 0;
    while let Some(statement) = statements.get(number) {
        if statement.transaction == Transaction::Batches {
            in_batches::run(connection, work, record, number).await?;
            number += 1;
            continue;
        }
        (work.progress)(Event::Statement { number, sql: &statement.sql });
        let done = count(number + 1);
        let commits = statement.transaction == Transaction::Implicit;
        if commits {
            history::note(connection, &record.revision, done, count(number)).await?;
        } else {
            connection.begin().await?;
        }
        if let Err(source) = connection.execute(&statement.sql).await {
            tries += 1;
            if is_try_again(&source) && tries < TRIES {
                if !commits {
                    connection.rollback().await?;
                }
                pause(work, tries).await;
                continue;
            }
            let state = refused(connection, record, number, commits, &source).await;
            return Err(failed(number, statements, source, state));
        }
        history::note(connection, &record.revision, done, done).await?;
        if !commits {
            connection.commit().await?;
        }
        (number, tries) = (number + 1, 0);
    }
    check(connection).await?;
    (record.statements_started, record.statements_done) = (count(statements.len()), count(statements.len()));
    record.state = State::Applied;
    record.duration_ms = milliseconds(begun);
    history::write(connection, record, work.delta).await
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
    } else {
        history::note(connection, &record.revision, count(number), count(number)).await.ok();
    }
    state_after(number)
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
