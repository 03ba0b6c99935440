//! Models -> live database, without revisions: what a service does at start-up.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use cqrs_core::schema::{Column, ObjectKind, ObjectName, Schema};
use sha2::{Digest, Sha256};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::apply::{self, Pace, Timeouts, Work};
use crate::beside::lower_id;
use crate::change::{Change, TableAlteration, former_name};
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::{Dialect, LowerError, NotManaged};
use crate::error::Error;
use crate::history::{self, Fingerprint, History, Kind, Record, SchemaDelta, State};
use crate::introspect::{Selection, introspect};
use crate::lint::{Allowed, Hazard, Policy, gone_under_views, lint, views_left_behind};
use crate::lock;
use crate::managed::{adopt, compare, objects_besides, take_managed_part};
use crate::plan::{Plan, Step, batch_key, fill_step};
use crate::prepare::{Prepared, Request, describe, prepare};
use crate::refused::refused_name;
use crate::rename::{Answers, LikelyRename, Renames, likely_renames, pending};
use crate::sizes::{Sizes, live_names};

/// Brings a live database to the schema that the models declare.
///
/// Safe when several instances of a service start at once: one migrates under a lock, the others wait for it and find
/// nothing to do. Nothing that may lose data or fail on existing rows is done unless it was allowed.
///
/// ```
/// use cqrs_core::schema::{Column, ColumnType, PrimaryKey, Schema, Table};
/// use cqrs_migrate::Migrator;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut table = Table::new("customers");
/// table.columns.to_mut().push(Column::new("id", ColumnType::BigInteger));
/// table.primary_key = Some(PrimaryKey { columns: vec!["id".into()].into(), ..PrimaryKey::default() });
///
/// # let folder = tempfile::tempdir()?;
/// # let url = format!("sqlite:{}", folder.path().join("app.db").display());
/// let migrator = Migrator::new(&url, Schema::declare([table])?)?;
/// println!("{}", migrator.plan().await?); // proven, and nothing done yet
/// migrator.migrate().await?;
/// assert!(migrator.plan().await?.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Migrator {
    url: DatabaseUrl,
    declared: Arc<Schema>,
    lock_wait: Duration,
    timeouts: Timeouts,
    pace: Pace,
    allowed: Allowed,
    policy: Policy,
    renames: Renames,
    answers: Answers,
    verify: bool,
}

/// What is to be done to a database, proven in a shadow.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The steps.
    pub plan: Plan,
    /// What they change.
    pub changes: Vec<Change>,
    /// What it may do besides: those that stop have to be allowed first.
    pub hazards: Vec<Hazard>,
    /// Tables and views in the database that no model declares and no migration made. They are left alone. Looked for by
    /// [`Migrator::plan`] only.
    pub unmanaged: Vec<ObjectName>,
    /// Other objects in the database that are not managed. They are left alone.
    pub not_managed: Vec<NotManaged>,
    /// Drops that look like renames, and of which nobody has said that they are drops.
    pub likely_renames: Vec<LikelyRename>,
    /// Names declared as changed in a circle, where no record tells whether that was done: nothing is done about them.
    pub unclear: Renames,
    prepared: Prepared,
    history: History,
    delta: SchemaDelta,
}

/// What of a live database a plan looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All of it, so that what is not managed can be told.
    Everything,
    /// The tables that are managed or declared: what a service needs that starts up beside thousands of others.
    OwnTables,
}

/// What is made of what is declared on other threads, while the database is waited for.
struct Ahead {
    lowered: JoinHandle<Result<Schema, LowerError>>,
    fingerprint: JoinHandle<Fingerprint>,
}

/// What another thread has made.
async fn made<T>(ahead: JoinHandle<T>) -> T {
    ahead.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

impl Planned {
    /// Whether there is nothing to do. There is where no statement is left, but something is still to be recorded: tables
    /// that were there already and are what models declare, or the end of a migration that was killed before it could say so.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty() && !self.unfinished() && !self.takes_over()
    }

    /// Whether the plan was executed in a shadow and arrived.
    #[cfg(feature = "cli")]
    pub(crate) fn is_proven(&self) -> bool {
        self.prepared.proven
    }

    /// Whether there is something to record: a table that was there already and is what a model declares is taken over.
    fn takes_over(&self) -> bool {
        let dialect = self.plan.dialect;
        let (managed, beside) = (self.history.managed(), self.history.managed_beside(dialect));
        let mut others = self.delta.beside_tables().map(|id| lower_id(dialect, id));
        self.delta.tables.iter().any(|table| !managed.contains(&table.object_name()))
            || others.any(|id| !beside.contains(&id))
    }
}

/// The plan for people: each step with its SQL, or that there is none.
impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(f, "nothing to do: the database is what the models declare");
        }
        if self.plan.is_empty() {
            return writeln!(f, "only to record: the database is what the models declare");
        }
        write!(f, "{}", self.plan)?;
        for hazard in &self.hazards {
            writeln!(f, "{} {hazard}", hazard.level)?;
        }
        Ok(())
    }
}

/// What [`Migrator::migrate`] did.
#[derive(Debug, Clone)]
pub struct Migrated {
    /// What was planned and, unless it was empty, applied and compared with the database afterwards.
    pub planned: Planned,
}

impl Migrated {
    /// How many statements were applied. None where another instance was first.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.planned.plan.steps.len()
    }
}

impl Migrator {
    /// A migrator for a database and a declared schema, usually that of the compiled registry.
    ///
    /// # Errors
    /// [`Error::BadUrl`].
    pub fn new(url: &str, declared: Schema) -> Result<Self, Error> {
        Ok(Self {
            url: DatabaseUrl::parse(url)?,
            declared: Arc::new(declared),
            lock_wait: Duration::from_secs(60),
            timeouts: Timeouts::default(),
            pace: Pace::default(),
            allowed: Allowed::default(),
            policy: Policy::default(),
            renames: Renames::default(),
            answers: Answers::default(),
            verify: true,
        })
    }

    /// How long to wait while another instance migrates. A minute unless said otherwise.
    #[must_use]
    pub fn lock_wait(mut self, wait: Duration) -> Self {
        self.lock_wait = wait;
        self
    }

    /// How long a statement waits for the locks of others before it gives up and is tried again, because everybody who
    /// comes after it waits with it. Three seconds unless said otherwise; zero is without end.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.lock = timeout;
        self
    }

    /// How long a statement may run. Without end unless said otherwise, or zero.
    #[must_use]
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.statement = timeout;
        self
    }

    /// How many rows a batch has where a column is filled in batches. 1000 unless said otherwise.
    #[must_use]
    pub fn batch_rows(mut self, rows: std::num::NonZeroU64) -> Self {
        self.pace.rows = rows.get();
        self
    }

    /// How long to rest after each batch. Not at all unless said otherwise.
    #[must_use]
    pub fn batch_pause(mut self, pause: Duration) -> Self {
        self.pace.pause = pause;
        self
    }

    /// How far PostgreSQL's replicas may be behind before the next batch: above that it waits for them. Ten seconds unless
    /// said otherwise; zero is however far.
    #[must_use]
    pub fn max_replica_lag(mut self, lag: Duration) -> Self {
        self.pace.max_lag = lag;
        self
    }

    /// Allows a hazard by its code, and says why. Planning with a code that there is not is [`Error::UnknownHazard`].
    #[must_use]
    pub fn allow(mut self, code: impl Into<String>, reason: impl Into<String>) -> Self {
        self.allowed.0.insert(code.into(), reason.into());
        self
    }

    /// What hazards are judged by, where it is not [`Policy::default`].
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Renames to be made now, besides those that the models declare. One that is done already is left out; but nothing
    /// shows of names that change in a circle that they have done so, and whoever asks again gets them changed again. A
    /// service declares `renamed_from`, of which the history tells whether it is done.
    #[must_use]
    pub fn renames(mut self, renames: Renames) -> Self {
        self.renames = renames;
        self
    }

    /// What a person says of names that are gone. As [`Migrator::renames`].
    #[must_use]
    pub fn answers(mut self, answers: Answers) -> Self {
        self.answers = answers;
        self
    }

    /// Whether a plan is proven: one that is not must only be looked at.
    #[cfg(feature = "cli")]
    pub(crate) fn verify(mut self, verify: bool) -> Self {
        self.verify = verify;
        self
    }

    /// A dry run: what [`Migrator::migrate`] would do. Changes nothing.
    ///
    /// # Errors
    /// [`Error`]: the database cannot be reached or read, or the plan cannot be made or proven. A hazard is no error
    /// here: it is in the result.
    pub async fn plan(&self) -> Result<Planned, Error> {
        let ahead = self.ahead();
        let mut connection = Connection::open_existing(&self.url).await?;
        let planned = match &mut connection {
            Some(connection) => self.plan_on(connection, Extent::Everything, ahead).await,
            // A file that is not there yet is an empty database, and a dry run does not make it.
            None => {
                let mut empty = Connection::open(&self.url.empty_like()?).await?;
                self.plan_on(&mut empty, Extent::Everything, ahead).await
            }
        }?;
        if let Some(connection) = connection {
            connection.close().await;
        }
        Ok(planned)
    }

    /// Plans, proves, applies and compares, under the migration lock.
    ///
    /// # Errors
    /// As [`Migrator::plan`]; and [`Error::Hazards`], with nothing changed; [`Error::Locked`]; [`Error::Unfinished`];
    /// [`Error::StepFailed`], which says where it leaves the database.
    pub async fn migrate(&self) -> Result<Migrated, Error> {
        let ahead = self.ahead();
        let mut connection = Connection::open(&self.url).await?;
        lock::acquire(&mut connection, self.lock_wait).await?;
        let result = self.migrate_locked(&mut connection, ahead).await;
        let released = lock::release(&mut connection, result.is_ok()).await;
        connection.close().await;
        let planned = result?;
        released?;
        Ok(Migrated { planned })
    }

    async fn migrate_locked(&self, connection: &mut Connection, ahead: Ahead) -> Result<Planned, Error> {
        let planned = self.plan_on(connection, Extent::OwnTables, ahead).await?;
        if let Some(record) = planned.history.unfinished_revision() {
            return Err(Error::Unfinished { revision: record.revision.clone(), done: record.statements_done });
        }
        let remaining = self.allowed.remaining(&planned.hazards);
        if !remaining.is_empty() {
            return Err(Error::Hazards { hazards: remaining });
        }
        if planned.is_empty() {
            return Ok(planned);
        }
        let (record, dialect) = (self.record(&planned)?, connection.dialect());
        let statements = planned.plan.statements();
        let expected = &planned.prepared.after;
        let delta = &planned.delta;
        let work = Work { statements: &statements, delta, timeouts: self.timeouts, pace: self.pace, progress: &|_| {} };
        apply::run(connection, &work, record, async |connection| {
            compare(connection, &self.url, expected, &planned.delta.touched(dialect)).await?;
            for record in &planned.history.records {
                if record.kind == Kind::Direct && record.state == State::Running {
                    history::remove(connection, &record.revision).await?;
                }
            }
            Ok(())
        })
        .await?;
        Ok(planned)
    }

    fn record(&self, planned: &Planned) -> Result<Record, Error> {
        let checksum = hex(&Sha256::digest(planned.plan.sql().as_bytes()));
        let now = chrono::Utc::now();
        let revision = format!("direct_{}_{}", now.format("%Y%m%dT%H%M%S%6f"), &checksum[..8]);
        let schema = planned.delta.applied_to(planned.history.schema())?;
        Ok(Record {
            position: planned.history.next_position(),
            leads_to: planned.history.leads_to(&revision, &checksum, &schema),
            revision,
            kind: Kind::Direct,
            parents: Vec::new(),
            checksum,
            state: State::Running,
            statements_started: 0,
            statements_done: 0,
            reached: None,
            spellings: planned.prepared.spellings.clone(),
            applied_by: applied_by(),
            started_at: now.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            duration_ms: 0,
        })
    }

    /// The tables that are managed or declared, under their new names and their old ones.
    fn names_in_question(&self, managed: &BTreeSet<ObjectName>) -> BTreeSet<ObjectName> {
        let mut names = managed.clone();
        for table in self.declared.tables.values() {
            names.extend(table.former_name());
            names.insert(table.object_name());
        }
        names.extend(self.renames.tables.values().cloned());
        names
    }

    fn ahead(&self) -> Ahead {
        let (dialect, declared, again) = (self.url.dialect(), Arc::clone(&self.declared), Arc::clone(&self.declared));
        Ahead {
            lowered: spawn_blocking(move || dialect.lower(&declared)),
            fingerprint: spawn_blocking(move || Fingerprint::of(&again)),
        }
    }

    /// The three-way comparison: what is declared, what is there, and what was recorded.
    async fn plan_on(&self, connection: &mut Connection, extent: Extent, ahead: Ahead) -> Result<Planned, Error> {
        self.allowed.check()?;
        self.policy.check()?;
        let dialect = connection.dialect();
        let history = history::read_expecting(connection, &self.declared, made(ahead.fingerprint)).await?;
        let recorded = history.schema();
        let mut managed = history.managed();
        let beside = history.managed_beside(dialect);
        let has_beside = !(self.declared.views.is_empty() && self.declared.objects.is_empty() && beside.is_empty());
        let tables = match extent {
            // What stands beside the tables is found only where everything is read.
            Extent::OwnTables if !has_beside => Some(self.names_in_question(&managed)),
            _ => None,
        };
        let mut live = introspect(connection, &Selection { tables, ..Selection::default() }).await?;
        let mut after = made(ahead.lowered).await?;
        let known = managed.clone();
        managed.extend(self.declared.tables.keys().cloned());
        let (before, unmanaged) = take_managed_part(&mut live.schema, &managed, &beside, &after);
        live.not_managed.extend(adopt(dialect, &mut after, &before, &beside));
        live.not_managed.extend(objects_besides(&live.schema, &before));
        let not_managed = std::mem::take(&mut live.not_managed);
        let mut asked = self.answers.renames(&before, &after, Some(recorded))?;
        asked.extend(self.renames.clone());
        let pending = pending(&before, &after, Some(recorded), &asked)?;
        let mut declared = Cow::Borrowed(self.declared.as_ref());
        if !pending.renames.is_empty() {
            pending.renames.declare_in(declared.to_mut());
        }
        let shadow = self.url.clone();
        let mut prepared = prepare(Request {
            dialect,
            before: &before,
            before_is_live: true,
            after: &after,
            spellings: &history.spellings(),
            renames: pending.renames,
            shadow: Some(&shadow),
            verify: self.verify,
        })
        .await?;
        if let Some(refused) = refused_name(dialect, &prepared.changes, &not_managed) {
            return Err(refused.into());
        }
        for change in &prepared.changes {
            let is_known = match change {
                Change::AlterTable(alteration) => {
                    known.contains(&alteration.before.object_name())
                        || renamed_from_known(alteration, &prepared.changes, &known)
                }
                Change::AlterView { .. } | Change::AlterObject { .. } => {
                    let id = change.object();
                    beside.contains(&id)
                        || prepared.renames.objects.contains_key(&id)
                        || id.kind == ObjectKind::DatabaseDefault
                }
                _ => true,
            };
            if !is_known {
                return Err(Error::NotManaged {
                    kind: change.object().kind.name(),
                    name: change.object().to_string(),
                    differences: describe(std::slice::from_ref(change)),
                });
            }
        }
        if is_unfinished(&history) {
            let steps = unfilled(dialect, &before, recorded, &prepared.after);
            prepared.plan.steps.extend(steps);
        }
        let mut found = lint(&prepared.changes, &prepared.plan);
        let gone = gone_under_views(dialect, &prepared.changes);
        if !gone.is_empty() {
            if extent == Extent::OwnTables {
                live = introspect(connection, &Selection::default()).await?;
            }
            found.extend(views_left_behind(dialect, &live.schema, &[&before, &after], &gone));
        }
        let live_names = live_names(&found, &prepared.changes);
        let sizes = Sizes::read(connection, &live_names, &self.policy).await?;
        let likely = likely_renames(&prepared.changes);
        let likely_renames = self.answers.unanswered(likely, &before, &after, &prepared.renames)?;
        Ok(Planned {
            likely_renames,
            unclear: pending.unclear,
            plan: prepared.plan.clone(),
            changes: prepared.changes.clone(),
            hazards: self.policy.judge(found, &sizes),
            unmanaged,
            not_managed,
            delta: SchemaDelta::between(recorded, &declared),
            prepared,
            history,
        })
    }
}

impl Planned {
    /// Whether an earlier direct migration was interrupted: what is left of it is in this plan.
    fn unfinished(&self) -> bool {
        is_unfinished(&self.history)
    }
}

fn is_unfinished(history: &History) -> bool {
    history.records.iter().any(|record| record.kind == Kind::Direct && record.state == State::Running)
}

/// The columns that an interrupted migration has added and perhaps not filled. Nothing shows of those that may be null.
fn unfilled(dialect: Dialect, live: &Schema, recorded: &Schema, after: &Schema) -> Vec<Step> {
    let mut steps = Vec::new();
    for (name, table) in &after.tables {
        let (Some(live), Some(recorded)) = (live.tables.get(name), recorded.tables.get(name)) else { continue };
        let is_new = |column: &&Column| {
            column.nullable
                && column.backfill.is_some()
                && live.column(&column.name).is_some()
                && recorded.column(&column.name).is_none()
        };
        let columns = table.columns.iter().filter(is_new);
        steps.extend(
            columns.map(|column| fill_step(dialect.rules(), batch_key(dialect.rules(), live, table), table, column)),
        );
    }
    steps
}

fn renamed_from_known(alteration: &TableAlteration, changes: &[Change], known: &BTreeSet<ObjectName>) -> bool {
    known.contains(&former_name(&alteration.after.object_name(), changes))
}

/// Who applies: the login name and the process, for the history.
pub(crate) fn applied_by() -> String {
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_else(|_| "unknown".to_owned());
    format!("{user}, process {}", std::process::id())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
