//! What differs between the databases. Every folder below holds the same file names:
//!
//! | file | what |
//! |---|---|
//! | `mod.rs` | the dialect's [`Rules`]: its [`Capabilities`] and how it quotes |
//! | `lower.rs` | portable declarations -> the database's own types and expressions |
//! | `render.rs` | changes -> SQL |
//! | `introspect.rs`, `queries/*.sql` | live database -> Schema |
//! | `shadow.rs` | a throw-away database for normalizing and verifying |

pub(crate) mod mysql;
pub(crate) mod postgres;
mod sql_on;
pub(crate) mod sqlite;

use std::fmt;
use std::str::FromStr;

use cqrs_core::schema::{
    Column, ColumnType, EnumType, ForeignKey, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str, Table, View,
};
use serde::Serialize;

use crate::beside::lower_beside;
use crate::change::{Change, Part, TableAlteration, TableChange};
use sql_on::in_own_words;

/// The table in which a live database records the revisions applied to it. No schema has it.
pub(crate) const HISTORY_TABLE: &str = "cqrs_history";

/// Whether an object is what roles may do with the objects that are made while it is there.
/// <https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html>
pub(crate) fn is_default_privileges(id: &ObjectId) -> bool {
    id.kind == ObjectKind::Privileges
        && id.signature.as_ref().is_some_and(|signature| signature.starts_with("DEFAULT "))
}

/// Of an index that a concurrent build left behind unfinished.
pub(crate) const INVALID_INDEX: &str = "INVALID";

/// Of an index of a partitioned table that some of its partitions lack.
pub(crate) const LACKING_INDEX: &str = "ONLY";

/// Of a table whose policies are in force. Without it, PostgreSQL ignores them.
/// <https://www.postgresql.org/docs/current/ddl-rowsecurity.html>
pub(crate) const ROW_SECURITY: &str = "ENABLE ROW LEVEL SECURITY";

/// The end of an `ALTER TABLE` that MariaDB and MySQL shall refuse rather than keep writers waiting.
/// <https://mariadb.com/kb/en/alter-table/#lock>
pub(crate) const LOCK_NONE: &str = ", LOCK=NONE";

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// SQLite 3.35 and newer.
    Sqlite,
    /// PostgreSQL 12 and newer.
    Postgres,
    /// MariaDB 10.6 and newer, MySQL 8.
    MySql,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::MySql];

    /// The name in settings and file names: `sqlite`, `postgres`, `mysql`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
        }
    }

    pub(crate) fn rules(self) -> &'static dyn Rules {
        match self {
            Self::Sqlite => &sqlite::Sqlite,
            Self::Postgres => &postgres::Postgres,
            Self::MySql => &mysql::MySql,
        }
    }

    /// The declared schema in this database's own types and expressions.
    pub(crate) fn lower(self, declared: &Schema) -> Result<Schema, LowerError> {
        let rules = self.rules();
        let mut lowered = Schema::new();
        for table in declared.tables.values() {
            let table = in_own_words(self, table)?;
            let mut own = rules.lower_table(&table)?;
            if !rules.capabilities().named_enums {
                keep_former_labels(&table, &mut own);
            }
            lowered.add_table(own);
        }
        if rules.capabilities().named_enums {
            lowered.enums = declared.enums.clone();
        }
        lower_beside(self, declared, &mut lowered)?;
        Ok(lowered)
    }
}

/// Where labels are a column's own, the column says in the place of its type what they were before.
fn keep_former_labels(declared: &Table, own: &mut Table) {
    for (at, column) in declared.columns.iter().enumerate() {
        if let ColumnType::Enum { former_labels, .. } = column.column_type.read_as()
            && !former_labels.is_empty()
            && let Some(own) = own.columns.to_mut().get_mut(at)
        {
            own.former_labels = former_labels.clone();
        }
    }
}

impl fmt::Display for Dialect {
    /// The database's name for people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::MySql => "MySQL",
        })
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name).ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}

/// A name that is no dialect's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown database `{0}`: write `sqlite`, `postgres` or `mysql`")]
pub struct UnknownDialect(pub String);

/// Yes/no differences between databases, as data.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Capabilities {
    /// DDL can be rolled back.
    pub(crate) transactional_ddl: bool,
    /// Enum types are objects of their own.
    pub(crate) named_enums: bool,
    /// A table is altered part by part. Where it is not, one alteration is rendered as a whole, because it may have to
    /// make the table again.
    pub(crate) alters_in_parts: bool,
    /// `NO ACTION` and `RESTRICT` are two words for one thing.
    pub(crate) no_action_restricts: bool,
    /// A foreign key can refer to a table that is not there: SQLite looks when rows are written, MySQL and MariaDB do not
    /// look while `foreign_key_checks` is off.
    /// <https://www.sqlite.org/foreignkeys.html#fk_indexes>
    /// <https://mariadb.com/kb/en/foreign-keys/>
    pub(crate) keys_lead_nowhere: bool,
    /// An index has its name beside those of all tables and their indexes, and not only within its table.
    pub(crate) indexes_share_names: bool,
    /// Whether foreign keys may stand on an index that is not unique.
    /// <https://mariadb.com/kb/en/foreign-keys/#constraints>
    pub(crate) any_index_holds_keys: bool,
    /// Two names that differ in nothing but the case of their letters are one.
    pub(crate) ignores_case: bool,
    /// One statement renames several columns, also to each other's names.
    pub(crate) renames_columns_at_once: bool,
    /// Views, triggers and the like follow a table or column to its new name.
    pub(crate) renames_follow: bool,
    /// What else than tables and columns can be given another name.
    pub(crate) renamed_kinds: &'static [ObjectKind],
    /// The rows of a view can be stored.
    pub(crate) materialized_views: bool,
    /// A comment is stored with views and objects.
    pub(crate) object_comments: bool,
    /// An expression that it was given as it printed it, it may print in another way.
    pub(crate) prints_anew: bool,
    /// What functions and procedures are told apart by, besides their names.
    pub(crate) routine_signatures: bool,
    /// What can be declared as SQL.
    pub(crate) object_kinds: &'static [ObjectKind],
}

/// A declaration that a database has no way to express.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not supported: {what} of `{table}` on {dialect}: {reason}")]
pub struct LowerError {
    /// The database.
    pub dialect: Dialect,
    /// The table, or the table and column: `orders`, `orders.total`.
    pub table: String,
    /// What cannot be expressed: `index method gin`, ….
    pub what: String,
    /// Why, and what to write instead.
    pub reason: String,
}

/// Where a declaration is, for what is refused of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    dialect: Dialect,
    table: &'a Table,
    column: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(crate) fn of(dialect: Dialect, table: &'a Table) -> Self {
        Self { dialect, table, column: None }
    }

    pub(crate) fn column(self, name: &'a str) -> Self {
        Self { column: Some(name), ..self }
    }

    pub(crate) fn refuse(self, what: impl Into<String>, reason: impl Into<String>) -> LowerError {
        let table = self.table.object_name();
        LowerError {
            dialect: self.dialect,
            table: self.column.map_or_else(|| table.to_string(), |column| format!("{table}.{column}")),
            what: what.into(),
            reason: reason.into(),
        }
    }
}

/// One SQL statement of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The SQL, without a final semicolon.
    pub sql: String,
    /// The strongest lock that it takes on a table that exists already.
    pub lock: Lock,
    /// For how long it holds that lock.
    pub held: Held,
    /// How it goes with transactions.
    pub transaction: Transaction,
}

impl Statement {
    /// The same, with its lock held for so long.
    pub(crate) fn held(self, held: Held) -> Self {
        Self { held, ..self }
    }

    /// The same where the server does it only while others may not write. `None` where it does not ask for another way.
    pub(crate) fn with_lock(self) -> Option<Self> {
        let sql = self.sql.strip_suffix(LOCK_NONE)?.to_owned();
        Some(Self { sql, lock: Lock::Writes, held: Held::Rewrite, ..self })
    }

    /// The same, on what nobody else sees yet.
    pub(crate) fn unlocked(self) -> Self {
        Self { lock: Lock::None, held: Held::Briefly, ..self }
    }
}

/// What other sessions have to wait for while a statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Nothing.
    None,
    /// Writes to the table wait; reads go on.
    Writes,
    /// Reads and writes of the table wait.
    ReadsAndWrites,
}

/// For how long a statement holds its lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// However many rows there are: only the catalog changes.
    Briefly,
    /// While every row is read.
    Scan,
    /// While every row is written anew, or an index is built.
    Rewrite,
}

/// How a statement goes with transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Transaction {
    /// Joins the transaction of the statements around it.
    Joined,
    /// Runs in a transaction of its own, committed before the next statement (a new enum label cannot be used in the
    /// transaction that adds it).
    Own,
    /// Commits by itself, whatever transaction it runs in (MySQL's DDL).
    Implicit,
    /// Cannot run in a transaction (PostgreSQL's `CREATE INDEX CONCURRENTLY`).
    Outside,
    /// Runs in batches of rows, each in a transaction of its own.
    Batches,
}

impl Transaction {
    /// Whether what was done before is committed before it runs, and it before the next.
    pub(crate) fn is_apart(self) -> bool {
        matches!(self, Self::Own | Self::Outside | Self::Batches)
    }
}

/// How a change of a table is made beside those who read and write it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Online {
    /// What is made with the plan's other changes.
    pub(crate) now: Vec<TableChange>,
    /// What `later` does, for people.
    pub(crate) what: String,
    /// What comes after all other changes.
    pub(crate) later: Vec<Statement>,
}

impl Online {
    /// A change that is made later as a whole.
    pub(crate) fn later(change: &TableChange, later: Vec<Statement>) -> Self {
        Self { now: Vec::new(), what: change.to_string(), later }
    }
}

/// What a script for the database's own client says so that it runs as it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScriptFrame {
    /// What is said to the client itself, lines of their own: that it stops at the first error.
    pub(crate) client: &'static str,
    /// Before everything else: settings of the session.
    pub(crate) before: &'static [&'static str],
    /// What begins and what ends a transaction, where one holds DDL.
    pub(crate) transaction: Option<(&'static str, &'static str)>,
}

/// Everything that the stages need to know of one database, apart from talking to it.
pub(crate) trait Rules: Sync {
    fn capabilities(&self) -> &'static Capabilities;

    /// One table in the database's own types and expressions, ready to be compared with an introspected one. What the
    /// database does not have at all (comments, a name of the primary key) is left out; what it cannot express is an
    /// error. Defaults and expressions are a first guess at the database's spelling: where they differ from the live
    /// text, the shadow decides.
    fn lower_table(&self, declared: &Table) -> Result<Table, LowerError>;

    /// An identifier, quoted.
    fn quote(&self, identifier: &str) -> String;

    /// A name, quoted, with its schema if it has one.
    fn quote_name(&self, name: &ObjectName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(&name.name)),
            None => self.quote(&name.name),
        }
    }

    /// Text, quoted.
    fn text(&self, text: &str) -> String;

    fn create_enum(&self, enum_type: &EnumType) -> Vec<Statement>;
    fn drop_enum(&self, enum_type: &EnumType) -> Vec<Statement>;
    /// `users` are the tables (as they are when this runs) that have columns of the type.
    fn alter_enum(&self, before: &EnumType, after: &EnumType, users: &[&Table]) -> Vec<Statement>;

    /// Whether [`Rules::alter_enum`] makes another type, to which everything that is of the old one has to go over.
    fn replaces_enum(&self, _before: &EnumType, _after: &EnumType) -> bool {
        false
    }

    /// The table with its columns, keys, checks, indexes and comments, and of its foreign keys only those given.
    fn create_table(&self, table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<Statement>;
    fn drop_table(&self, table: &Table) -> Vec<Statement>;
    /// Renames that follow one another: `(from, to)`.
    fn rename_tables(&self, renames: &[(ObjectName, ObjectName)]) -> Vec<Statement>;

    /// The new name of a label of an enum type. Only where [`Capabilities::named_enums`].
    fn rename_label(&self, _enum_type: &ObjectName, _from: &str, _to: &str) -> Vec<Statement> {
        Vec::new()
    }

    /// The new name of an object, which is a `TYPE`, `VIEW`, `MATERIALIZED VIEW`, `DOMAIN` or `SEQUENCE`. Only for
    /// [`Capabilities::renamed_kinds`].
    fn rename_object(&self, _kind: &str, _from: &ObjectName, _to: &ObjectName) -> Vec<Statement> {
        Vec::new()
    }

    /// The changes of an alteration, in the order given, in as few statements as the database allows. Where
    /// [`Capabilities::alters_in_parts`], the planner passes the changes of one phase at a time (renames; foreign keys
    /// to drop; everything else, drops before alterations before additions; foreign keys to add), and `before` and
    /// `after` are still the whole table.
    fn alter_table(&self, alteration: &TableAlteration) -> Vec<Statement>;

    /// How a change of a table that is there already is made so that others go on reading and writing. `None` where it is
    /// made with the others: it holds them up only briefly, or there is no other way.
    fn online(&self, _alteration: &TableAlteration, _change: &TableChange) -> Option<Online> {
        None
    }

    /// Whether the default of a new column may be another for each row, so that the database writes all of them anew.
    fn default_varies(&self, _column: &Column) -> bool {
        false
    }

    /// The columns by which the rows of a table can be told apart and put in order exactly, out of the text of their
    /// values. `None` where statements are not run in batches.
    fn batch_key<'t>(&self, _table: &'t Table) -> Option<&'t [Str]> {
        None
    }

    /// The changes without those that the database makes by itself in one table when it makes them in another. None where
    /// that is all of them.
    fn without_inherited(&self, _before: &Schema, _after: &Schema, _changes: &[Change]) -> Option<Vec<Change>> {
        None
    }

    /// Takes from a new object what default privileges give it, and gives it what they take, unless it shall be so.
    fn without_default_privileges(&self, _defaults: &SqlObject, _new: &ObjectId, _after: &Schema) -> Option<Statement> {
        None
    }

    /// Takes a partition out of its table, with the keys and indexes that it has.
    fn detach_partition(&self, _table: &Table) -> Vec<Statement> {
        Vec::new()
    }

    /// What is added to a new table only once its partitions are there; `before` is the table without that. None where all of
    /// it is made at once.
    fn after_partitions(&self, _table: &Table) -> Option<TableAlteration> {
        None
    }

    /// What of an alteration the database has no way to make, not even by dropping a part and adding it.
    fn refuses(&self, _alteration: &TableAlteration) -> Option<LowerError> {
        None
    }

    /// The schema as it is told where the database itself decides as `after` says: what was left out because it went
    /// without saying is said; and with what is a state of its rows as it is there. None where the two do not differ in that.
    fn under_defaults_of(&self, _before: &Schema, _after: &Schema) -> Option<Schema> {
        None
    }

    /// What this database prints as that text, where it would print the text itself in another way. None where it is not
    /// known.
    fn printed_from(&self, _printed: &str) -> Option<String> {
        None
    }

    /// Both schemas, with what one of them says in one word told as what it stands for where the other has only a part of
    /// that. None where there is no such thing.
    fn told_in_full(&self, _before: &Schema, _after: &Schema) -> Option<(Schema, Schema)> {
        None
    }

    /// What has to come before anything else, so that nothing which stays goes with what goes.
    fn released(&self, _before: &Schema, _after: &Schema) -> Vec<Statement> {
        vec![]
    }

    /// Names in changes what goes without saying in one of the schemas, where no statement can leave it to the database.
    fn name_defaults(&self, _changes: &mut [Change], _before: &Schema, _after: &Schema) {}

    /// Whether a part can be given another name. Where not, the planner drops it and makes it again, and
    /// [`Rules::alter_table`] sees no [`TableChange::RenamePart`](crate::change::TableChange::RenamePart) of it.
    fn renames(&self, part: &Part) -> bool;

    /// Whether a part of a table, which it has as it shall be, is altered without being dropped. Where not,
    /// [`Rules::alter_table`] sees no [`TableChange::AlterPart`](crate::change::TableChange::AlterPart) of it.
    fn alters_part(&self, table: &Table, before: &Part, after: &Part) -> bool;

    /// Whether an option of a table is about one of its parts, and gone with it.
    fn goes_with_part(&self, _table: &Table, _part: &str, _option: &str) -> bool {
        false
    }

    /// What the type of a view's column is read like, whatever its length: two types of one answer can be read by the same
    /// fields. Empty where the database does not tell.
    fn reading_family(&self, native: &str) -> String;

    /// The columns whose values are stored otherwise by what is said of their table, and of which no change speaks.
    fn retyped_with_table(&self, _alteration: &TableAlteration) -> Vec<Str> {
        vec![]
    }

    fn create_view(&self, view: &View) -> Vec<Statement>;
    fn drop_view(&self, view: &View) -> Vec<Statement>;
    /// From one form to another while others stand on it. `None` where it has to be dropped and made again.
    fn alter_view(&self, before: &View, after: &View) -> Option<Vec<Statement>>;

    /// An object with its options and comment.
    fn create_object(&self, object: &SqlObject) -> Vec<Statement>;
    /// What is gone already, with the table or column that it belonged to, is no error.
    fn drop_object(&self, object: &SqlObject) -> Vec<Statement>;
    /// From one form to another while others stand on it. `None` where it has to be dropped and made again.
    fn alter_object(&self, before: &SqlObject, after: &SqlObject) -> Option<Vec<Statement>>;

    /// How a statement out of a file goes with transactions.
    fn transaction_of(&self, sql: &str) -> Transaction;

    /// What a script for the database's own client says around the statements.
    fn script_frame(&self) -> ScriptFrame;

    /// What such a script looks at afterwards, because nothing has until then.
    fn checks(&self, _after: &Schema) -> Vec<String> {
        vec![]
    }

    /// What is run before and after a script of somebody else's, so that the session is as it was afterwards.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only the command line takes scripts"))]
    fn session_frame(&self) -> (&'static [&'static str], &'static [&'static str]);
    /// A statement as such a script says it, with what ends it.
    fn script_statement(&self, sql: &str) -> String {
        format!("{sql};\n")
    }
}

/// Adds to a list that stays short. A vector by itself makes room for four at once: with thousands of tables, most of what
/// their keys and indexes take.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(crate) fn push<T: Clone>(list: &mut cqrs_core::schema::List<T>, item: T) {
    let list = list.to_mut();
    list.reserve_exact(1);
    list.push(item);
}

/// An object that was seen in a live database and is not managed by this project: reported, never touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotManaged {
    /// What it is: `trigger`, `function`, `partitioned table`, ….
    pub kind: &'static str,
    /// Its name.
    pub name: Str,
    /// The table that it belongs to, if it does.
    pub table: Option<ObjectName>,
}

/// One line: ``trigger `stamp` of `orders` ``.
impl fmt::Display for NotManaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)?;
        match &self.table {
            Some(table) => write!(f, " of `{table}`"),
            None => Ok(()),
        }
    }
}

/// What introspection found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Introspected {
    /// The shape.
    pub schema: Schema,
    /// What was seen and cannot be expressed in it, in order of kind and name.
    pub not_managed: Vec<NotManaged>,
}
