//! Applies revisions to a live database, one after the other, each under the migration lock.

use std::collections::BTreeSet;
use std::time::Duration;

use cqrs_core::schema::{Index, ObjectId, ObjectKind, ObjectName, Schema, Table};

use super::split::{split, without_comments};
use super::{Revision, RevisionSet};
use crate::apply::{self, Event, Pace, Timeouts, Work};
use crate::batches::Batches;
use crate::beside::lower_id;
use crate::change::Change;
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::{Dialect, Held, INVALID_INDEX, LACKING_INDEX, Lock, Statement, Transaction};
use crate::diff::{Renames, diff};
use crate::error::Error;
use crate::history::{self, History, Kind, Record, SchemaDelta, State};
use crate::introspect::{Selection, introspect};
use crate::lint::{Allowed, Policy};
use crate::lock;
use crate::managed::{adopt, compare, declared_beside, take_managed_part};
use crate::migrator::applied_by;
use crate::prepare::{Prepared, Request, describe, normalize, prepare, run_in_shadow, subset, verify, with_references};
use crate::rename::pending;
use crate::spelling::spellings;

/// Where a database stands in a migrations folder.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What was applied, in order.
    pub history: History,
    /// The ids of the revisions that are still to be applied, in order. The first may be half done.
    pub pending: Vec<String>,
    /// How the managed tables differ from what was recorded: what would turn the database into it.
    pub drift: Vec<Change>,
    /// Tables and views that no applied migration made. They are left alone.
    pub unmanaged: Vec<ObjectName>,
}

/// What happens during an upgrade, for whoever shows it.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// A revision begins; that many of its statements are done already.
    Begin {
        /// The revision.
        revision: &'a Revision,
        /// How many statements it has.
        total: usize,
    },
    /// A statement begins.
    Statement {
        /// Its number, from 1.
        number: usize,
        /// Its SQL.
        sql: &'a str,
    },
    /// Others' locks are in the way of the statement: what is not committed is rolled back, and tried again after a pause.
    LockedOut {
        /// How often it was tried.
        tries: u32,
        /// How long until it is tried again.
        pause: Duration,
    },
    /// A batch of the statement is done.
    Batch {
        /// How many rows the statement has looked at so far.
        rows: u64,
        /// How many there may be, by the statistics of the database.
        of: Option<u64>,
    },
    /// Replicas are too far behind: the next batch waits for them.
    ReplicasBehind {
        /// How far.
        lag: Duration,
    },
    /// A revision is done.
    Done {
        /// The revision.
        revision: &'a Revision,
    },
    /// A revision was not run, because the database stood there already: it was migrated by the service itself.
    TakenOver {
        /// The revision.
        revision: &'a Revision,
    },
}

/// Brings a database to a revision.
#[derive(Debug, Clone)]
pub struct Upgrade<'a> {
    set: &'a RevisionSet,
    pub(super) url: &'a DatabaseUrl,
    lock_wait: Duration,
    timeouts: Timeouts,
    pace: Pace,
    pub(super) policy: Policy,
    pub(super) allowed: Allowed,
}

impl<'a> Upgrade<'a> {
    /// For a migrations folder and a database.
    #[must_use]
    pub fn new(set: &'a RevisionSet, url: &'a DatabaseUrl) -> Self {
        let (policy, allowed) = (Policy::default(), Allowed::default());
        let (timeouts, pace) = (Timeouts::default(), Pace::default());
        Self { set, url, lock_wait: Duration::from_secs(60), timeouts, pace, policy, allowed }
    }

    /// What hazards on the live database are judged by, where it is not [`Policy::default`], and which are allowed besides
    /// those that the revisions allow.
    #[must_use]
    pub fn judged_by(mut self, policy: Policy, allowed: Allowed) -> Self {
        (self.policy, self.allowed) = (policy, allowed);
        self
    }

    /// How long to wait while somebody else migrates. A minute unless said otherwise.
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

    /// How many rows a batch of a statement has that is run in batches, where the statement itself does not say. 1000
    /// unless said otherwise.
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

    /// Where the database stands, seen from a target (every head unless one is named). Changes nothing.
    ///
    /// # Errors
    /// [`Error::Edited`], [`Error::Missing`], [`Error::UnknownRevision`]; what the database says.
    pub async fn standing(&self, target: Option<&str>) -> Result<Standing, Error> {
        let Some(mut connection) = Connection::open_existing(self.url).await? else {
            let history = History::default();
            let pending = self.missing(&history, target)?;
            return Ok(Standing { history, pending, drift: vec![], unmanaged: vec![] });
        };
        let history = history::read(&mut connection).await?;
        self.check_history(&history)?;
        let pending = self.missing(&history, target)?;
        let mut live = introspect(&mut connection, &Selection::default()).await?.schema;
        connection.close().await;
        let recorded = self.url.dialect().lower(history.schema())?;
        let beside = history.managed_beside(self.url.dialect());
        let (live, unmanaged) = take_managed_part(&mut live, &history.managed(), &beside, &recorded);
        let drift = self.compare_schemas(&live, &recorded, &beside, &history).await?.changes;
        Ok(Standing { history, pending, drift, unmanaged })
    }

    /// Applies what is pending up to a target (the only head unless one is named). Returns the ids of what was applied.
    ///
    /// # Errors
    /// As [`Upgrade::standing`]; [`Error::SeveralHeads`]; [`Error::Locked`]; with nothing changed
    /// [`Error::RevisionHazards`], [`Error::Exists`], [`Error::Drift`], [`Error::RevisionNotProven`], [`Error::Shadow`]; [`Error::StepFailed`]; [`Error::Interrupted`].
    pub async fn run(
        &self,
        target: Option<&str>,
        progress: &(dyn Fn(Progress<'_>) + Sync),
    ) -> Result<Vec<String>, Error> {
        let mut connection = Connection::open(self.url).await?;
        let mut applied = Vec::new();
        loop {
            lock::acquire(&mut connection, self.lock_wait).await?;
            let result = self.one(&mut connection, target, applied.is_empty(), progress).await;
            let released = lock::release(&mut connection, result.is_ok()).await;
            match result? {
                Some(ids) => applied.extend(ids),
                None => {
                    released?;
                    connection.close().await;
                    return Ok(applied);
                }
            }
            released?;
        }
    }

    /// Records what is pending as applied without running it, because the database stands there already. Returns the ids.
    ///
    /// # Errors
    /// [`Error::NotArrived`] where the database stands elsewhere; [`Error::SeveralHeads`]; [`Error::Locked`]; what the
    /// database says.
    pub async fn stamp(&self) -> Result<Vec<String>, Error> {
        let mut connection = Connection::open(self.url).await?;
        lock::acquire(&mut connection, self.lock_wait).await?;
        let result = self.stamp_locked(&mut connection).await;
        let released = lock::release(&mut connection, result.is_ok()).await;
        connection.close().await;
        let stamped = result?;
        released?;
        Ok(stamped)
    }

    async fn stamp_locked(&self, connection: &mut Connection) -> Result<Vec<String>, Error> {
        let history = history::read(connection).await?;
        self.check_history(&history)?;
        let pending = self.pending(&history, None)?;
        if pending.is_empty() {
            return Ok(Vec::new());
        }
        history::create(connection).await?;
        self.take_over(connection, &history, &pending, &|_| {}).await.map_err(|error| match error {
            Error::MigratedDirectly { differences } => Error::NotArrived { differences },
            other => other,
        })
    }

    /// The next revision, under the lock. `None` where nothing is pending. `first` of this run or not.
    async fn one(
        &self,
        connection: &mut Connection,
        target: Option<&str>,
        first: bool,
        progress: &(dyn Fn(Progress<'_>) + Sync),
    ) -> Result<Option<Vec<String>>, Error> {
        let history = history::read(connection).await?;
        self.check_history(&history)?;
        let pending = self.pending(&history, target)?;
        let Some(&revision) = pending.first() else { return Ok(None) };
        if first {
            // A file that is missing further on is found before anything is done.
            for revision in &pending {
                self.statements(revision)?;
            }
        }
        let is_begun = history.record(&revision.id).is_some_and(|record| record.statements_started > 0);
        if first && !is_begun && !history.migrated_directly() {
            self.check_hazards(connection, &history, &pending).await?;
        }
        if history.migrated_directly() {
            return self.take_over(connection, &history, &pending, progress).await.map(Some);
        }
        self.apply(connection, &history, revision, progress).await?;
        Ok(Some(vec![revision.id.clone()]))
    }

    async fn apply(
        &self,
        connection: &mut Connection,
        history: &History,
        revision: &Revision,
        progress: &(dyn Fn(Progress<'_>) + Sync),
    ) -> Result<(), Error> {
        let dialect = connection.dialect();
        let statements = self.statements(revision)?;
        let recorded = history.schema();
        let declared = revision.delta.applied_to(history.schema())?;
        let touched = revision.delta.touched(dialect);
        let lowered = dialect.lower(&declared)?;
        let expected = normalize(self.url, &lowered, &touched).await?;
        let mut live = introspect(connection, &Selection::default()).await?.schema;
        let around: BTreeSet<ObjectId> =
            with_references(&expected, &touched).union(&with_references(&live, &touched)).cloned().collect();
        // A table that is nobody's, and that one of these refers to, is not in the shadow.
        let managed = history.managed();
        let is_ours = |id: &ObjectId| {
            let is_declared = expected.tables.contains_key(&id.name) || managed.contains(&id.name);
            id.kind == ObjectKind::Table && (is_declared || touched.contains(id))
        };
        let names = around.into_iter().filter(is_ours).map(|id| id.name).collect();
        let (mut live, _) = take_managed_part(&mut live, &names, &touched, &expected);
        leave_out_invalid_indexes(&mut live);
        let mut record = match history.record(&revision.id) {
            Some(record) if record.statements_started > 0 => record.clone(),
            _ => self.record(history, revision, &declared)?,
        };
        record.spellings = spellings(&lowered, &expected, &touched);
        if record.statements_started == 0 {
            if let Some(id) = in_the_way(&live, recorded, revision, dialect) {
                return Err(Error::Exists {
                    revision: revision.id.clone(),
                    kind: id.kind.name(),
                    name: id.to_string(),
                });
            }
            if let Err(error) = verify(self.url, &live, &expected, &touched, &statements).await {
                return Err(self.why_not_proven(error, history, revision, &live).await?);
            }
        } else {
            self.ask_whether_done(connection, &mut record, &statements).await?;
            self.resume(&mut record, &dialect.lower(recorded)?, &live, &touched, &statements).await?;
        }
        progress(Progress::Begin { revision, total: statements.len() });
        let mut end = Schema { enums: expected.enums.clone(), ..Schema::new() };
        for table in expected.tables.values().filter(|table| touched.contains(&ObjectId::table(table.object_name()))) {
            end.add_table(table.clone());
        }
        for view in expected.views.values().filter(|view| touched.contains(&ObjectId::view(view.name.clone()))) {
            end.add_view(view.clone());
        }
        expected.objects.values().filter(|object| touched.contains(&object.id)).for_each(|object| {
            end.add_object(object.clone());
        });
        let work = Work {
            statements: &statements,
            delta: &revision.delta,
            timeouts: self.timeouts,
            pace: self.pace,
            progress: &|event| {
                progress(match event {
                    Event::Statement { number, sql } => Progress::Statement { number: number + 1, sql },
                    Event::LockedOut { tries, pause } => Progress::LockedOut { tries, pause },
                    Event::Batch { rows, of } => Progress::Batch { rows, of },
                    Event::ReplicasBehind { lag } => Progress::ReplicasBehind { lag },
                });
            },
        };
        apply::run(connection, &work, record, async |connection| compare(connection, self.url, &end, &touched).await)
            .await?;
        progress(Progress::Done { revision });
        Ok(())
    }

    /// Why a revision does not lead from the live database to where it should: a table in its way, drift, or itself.
    async fn why_not_proven(
        &self,
        error: Error,
        history: &History,
        revision: &Revision,
        live: &Schema,
    ) -> Result<Error, Error> {
        let error = match error {
            Error::NotProven(bug) => Error::RevisionNotProven { revision: revision.id.clone(), left: bug.left },
            Error::Shadow { .. } => error,
            other => return Ok(other),
        };
        let managed = history.managed();
        let in_the_way = revision.delta.tables.iter().map(Table::object_name);
        if let Some(table) =
            in_the_way.into_iter().find(|name| live.tables.contains_key(name) && !managed.contains(name))
        {
            return Ok(Error::Exists { revision: revision.id.clone(), kind: "table", name: table.to_string() });
        }
        let recorded = self.url.dialect().lower(history.schema())?;
        let touched = revision.delta.touched(self.url.dialect());
        let (live, recorded) = (subset(live, &touched), subset(&recorded, &touched));
        let drift = self.compare_schemas(&live, &recorded, &touched, history).await?.changes;
        Ok(match drift.as_slice() {
            [] => error,
            drift => Error::Drift { revision: revision.id.clone(), differences: describe(drift) },
        })
    }

    /// An index that was being built or dropped without a transaction is there, or it is not.
    async fn ask_whether_done(
        &self,
        connection: &mut Connection,
        record: &mut Record,
        statements: &[Statement],
    ) -> Result<(), Error> {
        let begun = usize::try_from(record.statements_done).ok().and_then(|done| statements.get(done));
        let Some(statement) = begun.filter(|_| record.statements_started > record.statements_done) else {
            return Ok(());
        };
        let is_done: Result<Option<bool>, sqlx::Error> = match connection {
            #[cfg(feature = "postgres")]
            Connection::Postgres(inner) => crate::dialect::postgres::concurrent::is_done(inner, &statement.sql).await,
            #[allow(unreachable_patterns)]
            _ => {
                let _ = statement;
                Ok(None)
            }
        };
        if let Some(is_done) = is_done.map_err(Error::database("looking for an index"))? {
            let done = record.statements_done + i64::from(is_done);
            (record.statements_started, record.statements_done) = (done, done);
        }
        Ok(())
    }

    /// A revision that was interrupted: if one statement was begun and nobody knows whether it was done, the database
    /// itself tells, by standing where a shadow stands before or after that statement.
    async fn resume(
        &self,
        record: &mut Record,
        recorded: &Schema,
        live: &Schema,
        touched: &BTreeSet<ObjectId>,
        statements: &[Statement],
    ) -> Result<(), Error> {
        if record.statements_started == record.statements_done {
            return Ok(());
        }
        let done = usize::try_from(record.statements_done).unwrap_or(0);
        if statements.get(done).is_some_and(|statement| statement.transaction == Transaction::Batches) {
            // Each batch is recorded with its rows.
            return Ok(());
        }
        let start = subset(recorded, &with_references(recorded, touched));
        let live = subset(live, touched);
        let mut left = Vec::new();
        for count in [done, done + 1] {
            let statements = &statements[..count.min(statements.len())];
            let reached = run_in_shadow(self.url, &start, statements, Selection::schema_only()).await?;
            let mut reached = subset(&reached.schema, touched);
            adopt(self.url.dialect(), &mut reached, &live, touched);
            left.push(diff(&live, &reached, &Renames::default()));
        }
        let reached = match (left[0].is_empty(), left[1].is_empty()) {
            (true, false) => Some(record.statements_done),
            (false, true) => Some(record.statements_done + 1),
            _ => None,
        };
        if let Some(reached) = reached {
            (record.statements_started, record.statements_done) = (reached, reached);
            return Ok(());
        }
        let differences = match left[1].as_slice() {
            [] => "the statement changes nothing that can be seen in the tables of the revision".to_owned(),
            left => format!(
                "the database is neither as before it nor as after it; to make it as after it:\n{}",
                describe(left)
            ),
        };
        Err(Error::Interrupted {
            revision: record.revision.clone(),
            number: done + 1,
            sql: statements.get(done).map(|statement| statement.sql.clone()).unwrap_or_default(),
            differences,
        })
    }

    /// The database was migrated by the service itself. Where it stands just where the revisions lead, they are
    /// recorded and not run.
    async fn take_over(
        &self,
        connection: &mut Connection,
        history: &History,
        pending: &[&Revision],
        progress: &(dyn Fn(Progress<'_>) + Sync),
    ) -> Result<Vec<String>, Error> {
        let target = pending.last().map(|revision| revision.id.as_str());
        let declared = self.set.schema_at(target)?;
        let lowered = connection.dialect().lower(&declared)?;
        let mut names = history.managed();
        names.extend(lowered.tables.keys().cloned());
        let mut live = introspect(connection, &Selection::default()).await?.schema;
        let mut beside = history.managed_beside(connection.dialect());
        beside.extend(declared_beside(&lowered));
        let (live, _) = take_managed_part(&mut live, &names, &beside, &lowered);
        let mut compared = self.compare_schemas(&live, &lowered, &beside, history).await?;
        if !compared.changes.is_empty() {
            return Err(Error::MigratedDirectly { differences: describe(&compared.changes) });
        }
        // What is left of a direct migration that was interrupted is done, or the comparison would have shown it.
        for record in history.records.iter().filter(|record| record.state == State::Running) {
            history::remove(connection, &record.revision).await?;
        }
        let mut history = history.clone();
        for revision in pending {
            let schema = revision.delta.applied_to(history.schema())?;
            let mut record = self.record(&history, revision, &schema)?;
            record.state = State::Applied;
            record.spellings = std::mem::take(&mut compared.spellings);
            history::write(connection, &record, &revision.delta).await?;
            history.push(record, schema);
            progress(Progress::TakenOver { revision });
        }
        Ok(pending.iter().map(|revision| revision.id.clone()).collect())
    }

    /// How to turn one schema into another, the second one declared; `beside` are the objects that are this project's.
    async fn compare_schemas(
        &self,
        live: &Schema,
        declared: &Schema,
        beside: &BTreeSet<ObjectId>,
        history: &History,
    ) -> Result<Prepared, Error> {
        let mut declared = declared.clone();
        adopt(self.url.dialect(), &mut declared, live, beside);
        let renames = pending(live, &declared, Some(&declared), &Renames::default())?.renames;
        let request = Request {
            dialect: self.url.dialect(),
            before: live,
            before_is_live: true,
            after: &declared,
            spellings: &history.spellings(),
            renames,
            shadow: Some(self.url),
            verify: true,
        };
        prepare(request).await
    }

    /// The row of a revision that leads to that schema.
    fn record(&self, history: &History, revision: &Revision, schema: &Schema) -> Result<Record, Error> {
        let checksum = revision.checksum(self.url.dialect())?;
        Ok(Record {
            position: history.next_position(),
            revision: revision.id.clone(),
            kind: Kind::Revision,
            parents: revision.parents.clone(),
            leads_to: history.leads_to(&revision.id, &checksum, schema),
            checksum,
            state: State::Running,
            statements_started: 0,
            statements_done: 0,
            reached: None,
            spellings: Vec::new(),
            applied_by: applied_by(),
            started_at: chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            duration_ms: 0,
        })
    }

    /// The statements of a revision on this database.
    ///
    /// # Errors
    /// [`Error::BadRevision`] where it was not made for this database, or a statement would end the transaction that it
    /// runs in, or leave the database.
    pub fn statements(&self, revision: &Revision) -> Result<Vec<Statement>, Error> {
        let dialect = self.url.dialect();
        let statements = split(&revision.up_sql(dialect)?, dialect);
        let bad = |number: usize, reason: String| Error::BadRevision {
            path: revision.folder.join(format!("up.{}.sql", dialect.name())),
            reason: format!("statement {}{reason}", number + 1),
        };
        for (number, sql) in statements.iter().enumerate() {
            Batches::of(sql, dialect).map_err(|reason| bad(number, format!(": {reason}")))?;
            let sql = without_comments(sql, dialect);
            let word = sql.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
            if NOT_IN_A_REVISION.iter().any(|other| word.eq_ignore_ascii_case(other)) {
                let word = word.to_ascii_uppercase();
                return Err(bad(
                    number,
                    format!(
                        " is `{word}`: a revision is applied in a transaction together with its record, and must not begin or end one, or change to another database; take that statement out"
                    ),
                ));
            }
        }
        Ok(statements.into_iter().map(|sql| dialect.statement(sql)).collect())
    }

    /// The revisions up to a target, or the only head, that are not applied.
    fn pending(&self, history: &History, target: Option<&str>) -> Result<Vec<&'a Revision>, Error> {
        let target = match target {
            Some(text) => Some(self.set.find(text)?),
            None => self.set.head()?,
        };
        let lineage = target.map(|revision| self.set.lineage(&revision.id)).unwrap_or_default();
        Ok(lineage.into_iter().filter(|revision| !history.has_applied(&revision.id)).collect())
    }

    /// The ids of the revisions up to a target, or all, that are not applied.
    fn missing(&self, history: &History, target: Option<&str>) -> Result<Vec<String>, Error> {
        let ids = |revisions: Vec<&Revision>| revisions.iter().map(|revision| revision.id.clone()).collect();
        match target {
            Some(_) => self.pending(history, target).map(ids),
            None => {
                let all = self.set.in_order().into_iter();
                Ok(ids(all.filter(|revision| !history.has_applied(&revision.id)).collect()))
            }
        }
    }

    /// What was applied must be in the folder, and unchanged. What was begun and has no statement done is as good as new.
    fn check_history(&self, history: &History) -> Result<(), Error> {
        let begun = |record: &&Record| record.state == State::Applied || record.statements_started > 0;
        for record in history.records.iter().filter(|record| record.kind == Kind::Revision).filter(begun) {
            let Some(revision) = self.set.revisions.get(&record.revision) else {
                return Err(Error::Missing { revision: record.revision.clone(), folder: self.set.folder.clone() });
            };
            let found = revision.checksum(self.url.dialect())?;
            if found == record.checksum {
                continue;
            }
            let (revision, recorded) = (record.revision.clone(), record.checksum.clone());
            return Err(match record.state {
                State::Applied => Error::Edited { revision, found, recorded },
                State::Running => {
                    Error::EditedUnfinished { revision, begun: record.statements_started, found, recorded }
                }
            });
        }
        Ok(())
    }
}

/// The first words of statements that begin or end a transaction, or change to another database.
const NOT_IN_A_REVISION: [&str; 7] = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "USE"];

/// A view or object of somebody else's that a revision would make, or replace without a word.
fn in_the_way(live: &Schema, recorded: &Schema, revision: &Revision, dialect: Dialect) -> Option<ObjectId> {
    let SchemaDelta { views, objects, .. } = &revision.delta;
    let views = views.iter().filter(|view| {
        let is_ours = |name: &ObjectName| recorded.views.contains_key(name);
        !is_ours(&view.name) && !view.former_name().is_some_and(|former| is_ours(&former))
    });
    let objects = objects.iter().filter(|object| {
        let is_ours = |id: &ObjectId| recorded.objects.contains_key(id);
        !is_ours(&object.id) && !object.former_id().is_some_and(|former| is_ours(&former))
    });
    let mut made = (views.map(|view| ObjectId::view(view.name.clone())))
        .chain(objects.map(|object| lower_id(dialect, object.id.clone())));
    made.find(|id| live.views.contains_key(&id.name) && id.kind == ObjectKind::View || live.objects.contains_key(id))
}

/// What a concurrent build left behind is no index: the statement that makes it drops it first, or goes on with it, where some
/// partitions have theirs.
fn leave_out_invalid_indexes(live: &mut Schema) {
    let is_unfinished = |option: &str| [INVALID_INDEX, LACKING_INDEX].contains(&option);
    let is_valid = |index: &Index| !index.options.iter().any(|option| is_unfinished(option));
    for table in live.tables.values_mut().filter(|table| !table.indexes.iter().all(is_valid)) {
        table.indexes.to_mut().retain(is_valid);
    }
}

impl Dialect {
    /// A statement out of a file.
    pub(crate) fn statement(self, sql: String) -> Statement {
        // All of SQLite's migration is one transaction.
        let in_batches = self != Self::Sqlite && matches!(Batches::of(&sql, self), Ok(Some(_)));
        let transaction = match in_batches {
            true => Transaction::Batches,
            false => self.rules().transaction_of(without_comments(&sql, self)),
        };
        Statement { sql, lock: Lock::ReadsAndWrites, held: Held::Rewrite, transaction }
    }
}
