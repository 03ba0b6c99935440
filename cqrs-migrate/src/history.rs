//! The history table: what was applied to a database, and how far.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use cqrs_core::schema::{DeclareError, Declared, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Table, View};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row as _};

use crate::beside::lower_id;
use crate::connection::{Connection, each_connection};
use crate::dialect::{Dialect, HISTORY_TABLE};
use crate::error::Error;
use crate::migrator::hex;
use crate::spelling::{Spelling, Spellings};

/// The tables, views and SQL objects that a migration touches, as they stand after it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SchemaDelta {
    /// Tables that are new or changed.
    pub tables: Vec<Table>,
    /// Tables that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<ObjectName>,
    /// Views that are new or changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    /// SQL objects that are new or changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<SqlObject>,
    /// Views and SQL objects that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped_objects: Vec<ObjectId>,
}

impl SchemaDelta {
    /// What changes from one declared schema to another.
    #[must_use]
    pub fn between(before: &Schema, after: &Schema) -> Self {
        Self {
            tables: after
                .tables
                .iter()
                .filter(|(name, table)| before.tables.get(*name) != Some(*table))
                .map(|(_, table)| table.clone())
                .collect(),
            dropped: before.tables.keys().filter(|name| !after.tables.contains_key(*name)).cloned().collect(),
            views: (after.views.values())
                .filter(|view| {
                    let before = before.views.get(&view.name);
                    before.is_none_or(|before| before != *view || before.fields != view.fields)
                })
                .cloned()
                .collect(),
            objects: (after.objects.values())
                .filter(|object| before.objects.get(&object.id) != Some(*object))
                .cloned()
                .collect(),
            dropped_objects: beside_tables(before).filter(|id| !beside_tables(after).any(|left| left == *id)).collect(),
        }
    }

    /// Everything that it speaks of, in the words of one database, also by former names.
    pub(crate) fn touched(&self, dialect: Dialect) -> BTreeSet<ObjectId> {
        let tables = self.names().into_iter().chain(self.tables.iter().filter_map(Table::former_name));
        let beside = self.beside_tables().map(|id| lower_id(dialect, id));
        tables.map(ObjectId::table).chain(beside).collect()
    }

    /// A schema in which everything is new.
    pub(crate) fn whole(schema: &Schema) -> Self {
        Self::between(&Schema::new(), schema)
    }

    /// The declared schema that it leads to from another.
    pub(crate) fn applied_to(&self, before: &Schema) -> Result<Schema, Error> {
        Ok(overlay([&Self::whole(before), self])?)
    }

    /// Every view and SQL object that it speaks of, as it is declared.
    pub(crate) fn beside_tables(&self) -> impl Iterator<Item = ObjectId> {
        let views = self.views.iter().flat_map(|view| [Some(view.name.clone()), view.former_name()]);
        let objects = self.objects.iter().flat_map(|object| [Some(object.id.clone()), object.former_id()]);
        views.flatten().map(ObjectId::view).chain(objects.flatten()).chain(self.dropped_objects.iter().cloned())
    }

    /// Every table that it speaks of.
    #[must_use]
    pub fn names(&self) -> BTreeSet<ObjectName> {
        self.tables.iter().map(Table::object_name).chain(self.dropped.iter().cloned()).collect()
    }
}

/// The schema that a series of deltas leads to.
pub(crate) fn overlay<'a>(deltas: impl IntoIterator<Item = &'a SchemaDelta>) -> Result<Schema, DeclareError> {
    let mut all = Schema::new();
    for delta in deltas {
        for name in &delta.dropped {
            all.tables.remove(name);
        }
        for id in &delta.dropped_objects {
            match id.kind {
                ObjectKind::View => drop(all.views.remove(&id.name)),
                _ => drop(all.objects.remove(id)),
            }
        }
        delta.tables.iter().for_each(|table| all.add_table(table.clone()));
        delta.views.iter().for_each(|view| all.add_view(view.clone()));
        delta.objects.iter().for_each(|object| all.add_object(object.clone()));
    }
    Schema::declare_all(Declared {
        tables: all.tables.into_values().collect(),
        views: all.views.into_values().collect(),
        objects: all.objects.into_values().collect(),
    })
}

/// The views and SQL objects of a schema.
pub(crate) fn beside_tables(schema: &Schema) -> impl Iterator<Item = ObjectId> {
    schema.views.keys().cloned().map(ObjectId::view).chain(schema.objects.keys().cloned())
}

/// How far a statement has come that is run in batches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The key of the last row that was looked at, each column as an SQL literal.
    pub key: Vec<String>,
    /// How many rows were looked at.
    pub rows: u64,
}

/// How a migration came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A revision out of a migrations folder.
    Revision,
    /// Planned and applied by a service at start-up, from its models.
    Direct,
}

/// How far a migration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Begun. What is done of it is recorded.
    Running,
    /// Done.
    Applied,
}

/// One row of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The order of the rows, from 1.
    pub position: i64,
    /// The revision's id; of a direct migration, an id of its own.
    pub revision: String,
    /// How it came to be.
    pub kind: Kind,
    /// The ids of the revisions that it follows.
    pub parents: Vec<String>,
    /// The checksum of what was applied.
    pub checksum: String,
    /// How far it has come.
    pub state: State,
    /// How many of its statements were begun. One more than `statements_done` while a statement runs that the database
    /// commits by itself.
    pub statements_started: i64,
    /// How many of its statements are done.
    pub statements_done: i64,
    /// How far the statement after those has come, where it is run in batches.
    pub reached: Option<Reached>,
    /// What the database makes of the expressions of what it changes.
    pub spellings: Vec<Spelling>,
    /// See [`History::leads_to`].
    pub(crate) leads_to: String,
    /// Who applied it.
    pub applied_by: String,
    /// When it was begun: RFC 3339, UTC.
    pub started_at: String,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
}

impl Record {
    /// Its name, and the checksum of what was applied under it.
    fn applied_as(&self) -> (&str, &str) {
        (&self.revision, &self.checksum)
    }
}

/// The rows of the history, and what they come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// The rows, in order.
    pub records: Vec<Record>,
    /// See [`History::schema`].
    schema: Schema,
    /// What the migrations change that are not finished.
    unfinished: Vec<SchemaDelta>,
}

impl History {
    /// The history of rows that were read with what each of them changed.
    fn of(rows: Vec<Row>) -> Result<Self, Error> {
        let mut history = Self::default();
        let mut applied = Vec::new();
        for (record, delta) in rows {
            let delta = serde_json::from_str(&delta)
                .map_err(|error| unreadable(&record.revision, &format!("its schema cannot be read: {error}")))?;
            match record.state {
                State::Applied => applied.push(delta),
                State::Running => history.unfinished.push(delta),
            }
            history.records.push(record);
        }
        history.schema = overlay(&applied)?;
        Ok(history)
    }

    /// Whether everything is applied and leads to that schema.
    fn has_led_to(&self, schema: &Fingerprint) -> bool {
        let Some(last) = self.records.last() else { return false };
        let all_applied = self.applied().count() == self.records.len();
        all_applied && leads_to(self.applied().map(Record::applied_as), schema) == last.leads_to
    }

    fn applied(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.state == State::Applied)
    }

    /// The declared schema that the applied migrations lead to.
    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The fingerprint of the applied rows, of one more with that name and checksum, and of the declared schema that they
    /// lead to. Who declares that schema need not read what each of them changed.
    pub(crate) fn leads_to(&self, revision: &str, checksum: &str, schema: &Schema) -> String {
        leads_to(self.applied().map(Record::applied_as).chain([(revision, checksum)]), &Fingerprint::of(schema))
    }

    /// The history with one more row, of a migration that is done.
    pub(crate) fn push(&mut self, record: Record, schema: Schema) {
        self.records.push(record);
        self.schema = schema;
    }

    /// The tables that this project made or took over: those of the schema, and all that an unfinished migration speaks
    /// of.
    pub(crate) fn managed(&self) -> BTreeSet<ObjectName> {
        let unfinished = self.unfinished.iter().flat_map(SchemaDelta::names);
        self.schema.tables.keys().cloned().chain(unfinished).collect()
    }

    /// The views and SQL objects that this project made or took over, as [`History::managed`] has the tables.
    pub(crate) fn managed_beside(&self, dialect: Dialect) -> BTreeSet<ObjectId> {
        let unfinished = self.unfinished.iter().flat_map(SchemaDelta::beside_tables);
        beside_tables(&self.schema).chain(unfinished).map(|id| lower_id(dialect, id)).collect()
    }

    /// What this database is known to make of the expressions that it was given.
    pub(crate) fn spellings(&self) -> Spellings {
        self.applied().flat_map(|record| &record.spellings).collect()
    }

    /// Whether the last migration was made by the service itself, without a revision.
    #[must_use]
    pub fn migrated_directly(&self) -> bool {
        self.records.last().is_some_and(|record| record.kind == Kind::Direct)
    }

    /// A revision of which some statements are done and others not.
    pub(crate) fn unfinished_revision(&self) -> Option<&Record> {
        let unfinished = |record: &&Record| record.kind == Kind::Revision && record.state == State::Running;
        self.records.iter().filter(unfinished).find(|record| record.statements_started > 0)
    }

    pub(crate) fn record(&self, revision: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.revision == revision)
    }

    pub(crate) fn has_applied(&self, revision: &str) -> bool {
        self.record(revision).is_some_and(|record| record.state == State::Applied)
    }

    pub(crate) fn next_position(&self) -> i64 {
        self.records.iter().map(|record| record.position).max().unwrap_or(0) + 1
    }
}

fn unreadable(revision: &str, what: &str) -> Error {
    Error::Unreadable {
        object: format!("row `{revision}` of the history table `{HISTORY_TABLE}`"),
        reason: format!("{what}: was it written by a newer version?"),
    }
}

/// Of the names and checksums of what was applied, and of the schema that it leads to.
fn leads_to<'a>(applied: impl IntoIterator<Item = (&'a str, &'a str)>, schema: &Fingerprint) -> String {
    let mut hash = Sha256::new();
    for (revision, checksum) in applied {
        hash.update(format!("{revision} {checksum}\n"));
    }
    hash.update(schema.0);
    hex(&hash.finalize())
}

/// Of everything that a schema says.
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut hash = Sha256::new();
        let mut bytes = Bytes(Vec::new());
        let mut update = |say: &dyn Fn(&mut Bytes)| {
            bytes.0.clear();
            say(&mut bytes);
            hash.update(&bytes.0);
        };
        schema.tables.values().for_each(|table| update(&|bytes| bytes.table(table)));
        schema.views.values().for_each(|view| update(&|bytes| bytes.view(view)));
        schema.objects.values().for_each(|object| update(&|bytes| bytes.object(object)));
        Self(hash.finalize().into())
    }
}

/// Everything that a value says, as bytes: quicker than JSON. Another version of these crates or of the compiler may say it
/// otherwise: what was recorded is read then.
struct Bytes(Vec<u8>);

/// Every field is named, so that none can be forgotten.
impl Bytes {
    fn table(&mut self, table: &Table) {
        let Table {
            schema,
            name,
            columns,
            primary_key,
            uniques,
            indexes,
            foreign_keys,
            checks,
            exclusions,
            inherits,
            partition_bound,
            options,
            comment,
            depends_on,
            renamed_from,
            model,
        } = table;
        (schema, name, columns, primary_key, uniques, indexes, foreign_keys, checks, exclusions).hash(self);
        (inherits, partition_bound, options, comment, depends_on, renamed_from, model).hash(self);
    }

    fn view(&mut self, view: &View) {
        let View {
            name,
            query,
            query_on,
            materialized,
            plain_elsewhere,
            fields,
            columns,
            indexes,
            options,
            comment,
            column_comments,
            depends_on,
            renamed_from,
        } = view;
        (name, query, query_on, materialized, plain_elsewhere, fields, columns, indexes).hash(self);
        (options, comment, column_comments, depends_on, renamed_from).hash(self);
    }

    fn object(&mut self, object: &SqlObject) {
        let SqlObject { id, definition, definition_on, options, comment, depends_on, renamed_from } = object;
        (id, definition, definition_on, options, comment, depends_on, renamed_from).hash(self);
    }
}

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Which variant of an enum: there are fewer than 256.
    fn write_isize(&mut self, number: isize) {
        self.write(&number.to_le_bytes()[..1]);
    }

    /// The length of a list.
    fn write_usize(&mut self, number: usize) {
        self.write(&number.to_le_bytes()[..4]);
    }

    fn finish(&self) -> u64 {
        0
    }
}

/// Reads the history. A database without the table has none; the table is not made.
pub(crate) async fn read(connection: &mut Connection) -> Result<History, Error> {
    if !exists(connection).await? {
        return Ok(History::default());
    }
    History::of(rows(connection, "schema_json").await?)
}

/// Reads the history of a database that is likely to be what is declared: what each row changed is read only where the rows
/// do not lead there.
pub(crate) async fn read_expecting(
    connection: &mut Connection,
    declared: &Schema,
    fingerprint: impl Future<Output = Fingerprint>,
) -> Result<History, Error> {
    if !exists(connection).await? {
        return Ok(History::default());
    }
    let records = rows(connection, "''").await?.into_iter().map(|(record, _)| record).collect();
    let history = History { records, ..History::default() };
    if history.has_led_to(&fingerprint.await) {
        return Ok(History { schema: declared.clone(), ..history });
    }
    History::of(rows(connection, "schema_json").await?)
}

async fn exists(connection: &mut Connection) -> Result<bool, Error> {
    let exists = match connection.dialect() {
        Dialect::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'cqrs_history'",
        Dialect::Postgres => "SELECT count(to_regclass(quote_ident(current_schema()) || '.cqrs_history'))",
        Dialect::MySql => {
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'cqrs_history'"
        }
    };
    let exists: Result<i64, sqlx::Error> = each_connection!(connection, inner => {
        sqlx::raw_sql(exists).fetch_one(&mut *inner).await.and_then(|row| row.try_get(0))
    });
    Ok(exists.map_err(reading())? > 0)
}

/// A row, with an expression of it.
type Row = (Record, String);

/// The rows, in order, each with that expression.
async fn rows(connection: &mut Connection, with: &str) -> Result<Vec<Row>, Error> {
    let sql = format!(
        "SELECT position, revision, kind, parents, checksum, state, statements_started, statements_done, reached_json, \
         leads_to, spelled_json, applied_by, started_at, duration_ms, {with} AS changes FROM cqrs_history ORDER BY position"
    );
    let rows: Result<Vec<Result<Row, Error>>, sqlx::Error> = each_connection!(connection, inner => {
        sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *inner).await.and_then(|rows| {
            rows.iter()
                .map(|row| {
                    let text = |column: &str| row.try_get::<String, _>(column);
                    let number = |column: &str| row.try_get::<i64, _>(column);
                    let record = record(
                        [text("revision")?, text("kind")?, text("parents")?, text("checksum")?, text("state")?,
                         text("leads_to")?, text("spelled_json")?, text("applied_by")?, text("started_at")?],
                        row.try_get("reached_json")?,
                        [number("position")?, number("statements_started")?, number("statements_done")?, number("duration_ms")?],
                    );
                    let changes = text("changes")?;
                    Ok(record.map(|record| (record, changes)))
                })
                .collect()
        })
    });
    rows.map_err(reading())?.into_iter().collect()
}

fn reading() -> impl FnOnce(sqlx::Error) -> Error {
    Error::database(format!("reading the history table `{HISTORY_TABLE}`"))
}

fn record(texts: [String; 9], reached: Option<String>, numbers: [i64; 4]) -> Result<Record, Error> {
    let [revision, kind, parents, checksum, state, leads_to, spelled, applied_by, started_at] = texts;
    let [position, statements_started, statements_done, duration_ms] = numbers;
    let unreadable = |what: &str| unreadable(&revision, what);
    let kind = match kind.as_str() {
        "revision" => Kind::Revision,
        "direct" => Kind::Direct,
        other => return Err(unreadable(&format!("kind `{other}` is unknown"))),
    };
    let state = match state.as_str() {
        "running" => State::Running,
        "applied" => State::Applied,
        other => return Err(unreadable(&format!("state `{other}` is unknown"))),
    };
    let unparsed = |error| unreadable(&format!("how far it has come cannot be read: {error}"));
    let reached = reached.map(|json| serde_json::from_str(&json)).transpose().map_err(unparsed)?;
    let spellings = serde_json::from_str(&spelled)
        .map_err(|error| unreadable(&format!("the spelling of its expressions cannot be read: {error}")))?;
    Ok(Record {
        position,
        kind,
        parents: parents.split_whitespace().map(str::to_owned).collect(),
        checksum,
        state,
        statements_started,
        statements_done,
        reached,
        spellings,
        leads_to,
        applied_by,
        started_at,
        duration_ms,
        revision,
    })
}

/// Makes the history table where it is missing. The caller holds the migration lock.
pub(crate) async fn create(connection: &mut Connection) -> Result<(), Error> {
    // Names and comments may have letters that the database's own character set has not.
    let (long_text, options) = match connection.dialect() {
        Dialect::MySql => ("LONGTEXT", " DEFAULT CHARACTER SET utf8mb4"),
        Dialect::Sqlite | Dialect::Postgres => ("TEXT", ""),
    };
    let sql = format!(
        "CREATE TABLE IF NOT EXISTS {HISTORY_TABLE} (
    revision VARCHAR(100) NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    kind VARCHAR(10) NOT NULL,
    parents {long_text} NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    state VARCHAR(10) NOT NULL,
    statements_started BIGINT NOT NULL,
    statements_done BIGINT NOT NULL,
    reached_json {long_text},
    schema_json {long_text} NOT NULL,
    leads_to VARCHAR(64) NOT NULL,
    spelled_json {long_text} NOT NULL,
    applied_by VARCHAR(200) NOT NULL,
    started_at VARCHAR(40) NOT NULL,
    duration_ms BIGINT NOT NULL
){options}"
    );
    connection.execute(&sql).await.map_err(Error::database(format!("making the history table `{HISTORY_TABLE}`")))
}

/// Writes a row of a migration that changes that, replacing one of the same revision.
pub(crate) async fn write(connection: &mut Connection, record: &Record, delta: &SchemaDelta) -> Result<(), Error> {
    let writing = || Error::database(format!("writing the history table `{HISTORY_TABLE}`"));
    let columns = "revision, position, kind, parents, checksum, state, statements_started, statements_done, \
                   reached_json, schema_json, leads_to, spelled_json, applied_by, started_at, duration_ms";
    let places = match connection.dialect() {
        Dialect::Postgres => "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15",
        Dialect::Sqlite | Dialect::MySql => "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
    };
    // One statement, so that a kill cannot come between the old row and the new one.
    let sql = match connection.dialect() {
        Dialect::MySql => format!("REPLACE INTO {HISTORY_TABLE} ({columns}) VALUES ({places})"),
        Dialect::Sqlite | Dialect::Postgres => {
            let set: Vec<String> =
                columns.split(", ").skip(1).map(|column| format!("{column} = excluded.{column}")).collect();
            format!(
                "INSERT INTO {HISTORY_TABLE} ({columns}) VALUES ({places}) ON CONFLICT (revision) DO UPDATE SET {}",
                set.join(", ")
            )
        }
    };
    let kind = match record.kind {
        Kind::Revision => "revision",
        Kind::Direct => "direct",
    };
    let state = match record.state {
        State::Running => "running",
        State::Applied => "applied",
    };
    let schema = to_json(delta, || format!("the schema of `{}`", record.revision))?;
    let spelled = to_json(&record.spellings, || format!("the expressions of `{}`", record.revision))?;
    let reached = reached_json(record)?;
    each_connection!(connection, inner => sqlx::query(AssertSqlSafe(sql))
        .bind(&record.revision)
        .bind(record.position)
        .bind(kind)
        .bind(record.parents.join(" "))
        .bind(&record.checksum)
        .bind(state)
        .bind(record.statements_started)
        .bind(record.statements_done)
        .bind(reached)
        .bind(schema)
        .bind(&record.leads_to)
        .bind(spelled)
        .bind(&record.applied_by)
        .bind(&record.started_at)
        .bind(record.duration_ms)
        .execute(&mut *inner)
        .await
        .map(drop))
    .map_err(writing())
}

fn to_json(value: &impl Serialize, what: impl FnOnce() -> String) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Unreadable { object: what(), reason: error.to_string() })
}

fn reached_json(record: &Record) -> Result<Option<String>, Error> {
    let json = |reached| to_json(reached, || format!("how far `{}` has come", record.revision));
    record.reached.as_ref().map(json).transpose()
}

/// Notes how far a running migration has come, and the statement that it is at, where that is run in batches.
pub(crate) async fn note_reached(connection: &mut Connection, record: &Record) -> Result<(), Error> {
    let reached = reached_json(record)?;
    note_at(connection, &record.revision, record.statements_started, record.statements_done, reached).await
}

/// Notes how far a running migration has come.
pub(crate) async fn note(connection: &mut Connection, revision: &str, started: i64, done: i64) -> Result<(), Error> {
    note_at(connection, revision, started, done, None).await
}

async fn note_at(
    connection: &mut Connection,
    revision: &str,
    started: i64,
    done: i64,
    reached: Option<String>,
) -> Result<(), Error> {
    let sql = match connection.dialect() {
        Dialect::Postgres => {
            "UPDATE cqrs_history SET statements_started = $1, statements_done = $2, reached_json = $3 \
             WHERE revision = $4"
        }
        Dialect::Sqlite | Dialect::MySql => {
            "UPDATE cqrs_history SET statements_started = ?, statements_done = ?, reached_json = ? \
             WHERE revision = ?"
        }
    };
    each_connection!(connection, inner => sqlx::query(sql)
        .bind(started)
        .bind(done)
        .bind(reached)
        .bind(revision)
        .execute(&mut *inner)
        .await
        .map(drop))
    .map_err(Error::database(format!("writing the history table `{HISTORY_TABLE}`")))
}

/// Removes a row.
pub(crate) async fn remove(connection: &mut Connection, revision: &str) -> Result<(), Error> {
    let sql = match connection.dialect() {
        Dialect::Postgres => "DELETE FROM cqrs_history WHERE revision = $1",
        Dialect::Sqlite | Dialect::MySql => "DELETE FROM cqrs_history WHERE revision = ?",
    };
    each_connection!(connection, inner => sqlx::query(sql).bind(revision).execute(&mut *inner).await.map(drop))
        .map_err(Error::database(format!("writing the history table `{HISTORY_TABLE}`")))
}
