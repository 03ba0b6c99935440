//! `cqrs upgrade`.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;

use super::report::{Failure, data, note, progress_bar};
use super::{DONE, Target, allowed};
use crate::revision::{Progress, Upgrade as Upgrader};

#[derive(Debug, Args)]
pub(super) struct Upgrade {
    /// Up to this revision: its id or the beginning of it, or `head`
    #[arg(value_name = "REV")]
    revision: Option<String>,
    /// Show the SQL and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Allow a hazard on this database, and say why; may be given several times
    #[arg(long, value_name = "CODE=REASON")]
    allow: Vec<String>,
    /// How many seconds to wait while somebody else migrates
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_wait: u64,
    /// How many seconds a statement waits for the locks of others before it is tried again; 0 is without end [default: 3]
    #[arg(long, value_name = "SECONDS")]
    lock_timeout: Option<f64>,
    /// How many seconds a statement may run; 0 is without end [default: 0]
    #[arg(long, value_name = "SECONDS")]
    statement_timeout: Option<f64>,
    /// How many rows a batch has of a statement that is run in batches [default: 1000]
    #[arg(long, value_name = "ROWS", value_parser = at_least_one)]
    batch_rows: Option<NonZeroU64>,
    /// How many seconds to rest after each batch [default: 0]
    #[arg(long, value_name = "SECONDS")]
    batch_pause: Option<f64>,
    /// How many seconds replicas (PostgreSQL) may be behind before the next batch; 0 is however far [default: 10]
    #[arg(long, value_name = "SECONDS")]
    max_replica_lag: Option<f64>,
    #[command(flatten)]
    target: Target,
}

impl Upgrade {
    pub(super) async fn run(self) -> Result<u8, Failure> {
        let target = self.revision.as_deref();
        if target.is_some_and(|target| target.contains("://")) {
            return Err(
                Failure::usage("a database URL stands where a revision is expected").help("write `--database-url URL`")
            );
        }
        let allowed = allowed(&self.allow)?;
        let service = self.target.service()?;
        let url = self.target.url(&service)?;
        let set = service.revisions()?;
        let mut upgrade = Upgrader::new(&set, &url)
            .lock_wait(Duration::from_secs(self.lock_wait))
            .judged_by(service.policy()?, allowed);
        if let Some(timeout) = service.lock_timeout(self.lock_timeout)? {
            upgrade = upgrade.lock_timeout(timeout);
        }
        if let Some(timeout) = service.statement_timeout(self.statement_timeout)? {
            upgrade = upgrade.statement_timeout(timeout);
        }
        if let Some(rows) = service.batch_rows(self.batch_rows) {
            upgrade = upgrade.batch_rows(rows);
        }
        if let Some(pause) = service.batch_pause(self.batch_pause)? {
            upgrade = upgrade.batch_pause(pause);
        }
        if let Some(lag) = service.max_replica_lag(self.max_replica_lag)? {
            upgrade = upgrade.max_replica_lag(lag);
        }
        if set.revisions.is_empty() {
            note(format_args!(
                "nothing to do: there are no revisions in `{}`; make one with `cqrs revision -m TEXT`",
                set.folder.display()
            ));
            return Ok(DONE);
        }
        if self.dry_run {
            // Several heads are refused here as they are without `--dry-run`.
            let target = target.unwrap_or("head");
            set.find(target)?;
            let standing = upgrade.standing(Some(target)).await?;
            let pending: Vec<_> = standing.pending.iter().filter_map(|id| set.revisions.get(id)).collect();
            let hazards = upgrade.hazards(&standing.history, &pending).await?;
            for id in &standing.pending {
                data(&format!("-- revision {id}\n"));
                let begun = standing.history.records.iter().find(|record| record.revision == *id);
                if let Some(record) = begun.filter(|record| record.statements_started > 0) {
                    data(&format!("-- its first {} statements are done already\n", record.statements_done));
                }
                for (_, hazards) in hazards.iter().filter(|(of, _)| of == id) {
                    hazards.iter().for_each(|hazard| data(&hazard.comment()));
                }
                data(&format!("{}\n", set.find(id)?.up_sql(url.dialect())?));
            }
            note(format_args!("dry run: {} to be applied to `{url}`", revisions(standing.pending.len())));
            return Ok(DONE);
        }
        let bar = progress_bar();
        let statements = AtomicU64::new(0);
        let taken_over = AtomicBool::new(false);
        let applied = upgrade
            .run(target, &|progress| match progress {
                Progress::Begin { revision, total } => {
                    bar.suspend(|| note(format_args!("applying {}: {}", revision.id, revision.message)));
                    statements.store(total as u64, Ordering::Relaxed);
                    bar.set_length(total as u64);
                    bar.set_position(0);
                }
                Progress::Statement { number, sql } => {
                    bar.set_length(statements.load(Ordering::Relaxed));
                    bar.set_position(number as u64);
                    bar.set_message(sql.lines().find(|line| !line.starts_with("--")).unwrap_or_default().to_owned());
                }
                Progress::LockedOut { tries, pause } => bar.suspend(|| {
                    note(format_args!(
                        "others hold a lock that it needs: rolled back after try {tries}, again in {:.1} s",
                        pause.as_secs_f64()
                    ));
                }),
                Progress::Batch { rows, of } => {
                    bar.set_length(of.unwrap_or(rows).max(rows));
                    bar.set_position(rows);
                }
                Progress::ReplicasBehind { lag } => bar.suspend(|| {
                    note(format_args!("replicas are {:.0} s behind: waiting for them", lag.as_secs_f64()));
                }),
                Progress::Done { .. } => {}
                Progress::TakenOver { revision } => {
                    taken_over.store(true, Ordering::Relaxed);
                    bar.suspend(|| note(format_args!("recorded {}: the database stands there already", revision.id)));
                }
            })
            .await;
        bar.finish_and_clear();
        let applied = applied?;
        if taken_over.into_inner() {
            note(format_args!("done: {} recorded in `{url}`, which was not changed", revisions(applied.len())));
            return Ok(DONE);
        }
        if applied.is_empty() {
            let place = target.filter(|target| *target != "head").unwrap_or("the head");
            note(format_args!("nothing to do: `{url}` has every revision up to {place}"));
        } else {
            note(format_args!(
                "done: {} applied to `{url}`, and the database compared with what was recorded",
                revisions(applied.len())
            ));
        }
        Ok(DONE)
    }
}

fn revisions(count: usize) -> String {
    if count == 1 { "1 revision".to_owned() } else { format!("{count} revisions") }
}

fn at_least_one(text: &str) -> Result<NonZeroU64, &'static str> {
    text.parse().map_err(|_| "write a whole number from 1 on, like 1000")
}
