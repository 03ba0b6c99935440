//! What can go wrong, by state.

use std::path::PathBuf;

use cqrs_core::schema::Schema;
use serde::Serialize;

use crate::dialect::{Dialect, LowerError};
use crate::lint::{Hazard, codes_help};
use crate::rename::LikelyRename;

/// A plan that was executed in a shadow and did not arrive: everything that a report of this bug needs, as JSON when
/// serialized. There are names and definitions in it, and no rows.
#[derive(Debug, thiserror::Error, Serialize)]
#[error("the plan does not arrive at what was declared; still to be done after it:\n{left}\n\nthe plan:\n{plan}")]
pub struct NotProven {
    /// The version of this crate.
    pub version: &'static str,
    /// `sqlite`, `postgres`, `mysql`.
    pub database: &'static str,
    /// The plan's SQL.
    pub plan: String,
    /// What still differs after it.
    pub left: String,
    /// What the plan was executed on.
    pub before: Schema,
    /// What it should have led to.
    pub expected: Schema,
    /// What it led to.
    pub arrived: Schema,
}

/// Why something could not be done. Every message says what and where; [`Error::help`] says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A database URL that cannot be understood.
    #[error("bad database URL `{url}`: {reason}")]
    BadUrl {
        /// The URL, without its password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A database whose driver is not compiled in.
    #[error("the driver for {dialect} is not compiled in")]
    DriverMissing {
        /// The database.
        dialect: Dialect,
    },
    /// The database cannot be reached, or refuses the login.
    #[error("cannot connect to `{url}`: {}{}", said(source), connect_advice(source))]
    Connect {
        /// The URL, without its password.
        url: String,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// The database refused a statement of ours.
    #[error("{doing}: {}", said(source))]
    Database {
        /// What was being done: `reading the catalog`, ….
        doing: String,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The catalog holds something that cannot be understood.
    #[error("cannot read {object} of the live database: {reason}")]
    Unreadable {
        /// What it is: ``table `orders` ``.
        object: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A declaration that the database has no way to express.
    #[error(transparent)]
    NotSupported(#[from] LowerError),
    /// The database refused a statement in a shadow: nothing was changed.
    #[error("the database does not take `{sql}`: {}", said(source))]
    Shadow {
        /// The statement.
        sql: String,
        /// What the database says.
        source: sqlx::Error,
    },
    /// A plan was executed in a shadow and did not arrive: nothing was changed.
    #[error(transparent)]
    NotProven(Box<NotProven>),
    /// A revision was executed in a shadow and did not arrive at its `schema.json`: nothing was changed.
    #[error(
        "revision `{revision}` does not lead from what the database is to its `schema.json`; still to be done after it:\n{left}"
    )]
    RevisionNotProven {
        /// The revision.
        revision: String,
        /// What still differs after it.
        left: String,
    },
    /// A revision makes something that is there already and was not made by this project: nothing was changed.
    #[error(
        "revision `{revision}` makes {kind} `{name}`, which is in the database already and was not made by a migration"
    )]
    Exists {
        /// The revision.
        revision: String,
        /// What it is: `table`, `view`, ….
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// A revision cannot be applied, because the live database differs from what was recorded: nothing was changed.
    #[error(
        "revision `{revision}` cannot be applied, because the database has drifted from its recorded revisions; to make it what was recorded:\n{differences}"
    )]
    Drift {
        /// The revision.
        revision: String,
        /// What would undo the drift.
        differences: String,
    },
    /// A rename that was asked for and can be neither done nor done already.
    #[error("cannot rename `{from}` to `{to}`: {reason}")]
    BadRename {
        /// The name before.
        from: String,
        /// The name after.
        to: String,
        /// Why not.
        reason: &'static str,
    },
    /// A `--rename` or `--drop` that cannot be understood, or that does not fit.
    #[error("`{text}`: {reason}")]
    BadAnswer {
        /// The option.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A table or column of which an answer speaks is in neither schema.
    #[error("there is no table, column, view, type or sequence `{name}`")]
    UnknownName {
        /// The name.
        name: String,
        /// A name like it that there is.
        near: Option<String>,
    },
    /// A hazard that is allowed, or that shall stop, is none.
    #[error("there is no hazard `{name}`")]
    UnknownHazard {
        /// What was written.
        name: String,
        /// One like it that there is.
        near: Option<String>,
    },
    /// Something goes while something comes that looks like it, and nobody has said whether it is renamed or dropped.
    #[error("renamed or dropped? {}", questions(likely))]
    Unanswered {
        /// What goes, and what it may be now.
        likely: Vec<LikelyRename>,
    },
    /// A plan has hazards that nobody has allowed.
    #[error("refused for safety: {}", summary(hazards))]
    Hazards {
        /// The hazards.
        hazards: Vec<Hazard>,
    },
    /// A revision has hazards on the live database that nobody has allowed: nothing was changed.
    #[error("revision `{revision}` is refused for safety: {}", summary(hazards))]
    RevisionHazards {
        /// The revision.
        revision: String,
        /// The hazards.
        hazards: Vec<Hazard>,
    },
    /// A table that a model declares is there already, was not made by this project, and is not what is declared.
    #[error(
        "{kind} `{name}` is in the database already, was not made by a migration, and is not what is declared:\n{differences}"
    )]
    NotManaged {
        /// What it is: `table`, `view`, ….
        kind: &'static str,
        /// Its name.
        name: String,
        /// What differs.
        differences: String,
    },
    /// The SQL of a declared object makes another one than is declared.
    #[error("{kind} `{name}` is declared with SQL that does not make it{}", made_instead(.made))]
    NotAsNamed {
        /// What is declared.
        kind: &'static str,
        /// The name declared.
        name: String,
        /// What of that kind the SQL makes.
        made: Vec<String>,
    },
    /// Views do not have the columns that their read models read.
    #[error("{}", .problems.join("\n"))]
    ViewFields {
        /// A line for each field: the view, the column, what the database says, what the read model says.
        problems: Vec<String>,
    },
    /// Somebody else is migrating, and did not finish in time.
    #[error("another migration is running: waited {waited:?} for its lock")]
    Locked {
        /// How long was waited.
        waited: std::time::Duration,
    },
    /// The database refused a step of a migration.
    #[error("step {number} of {total} failed: {}\n\n{sql}\n\n{state}", said(source))]
    StepFailed {
        /// The step, from 1.
        number: usize,
        /// How many there are.
        total: usize,
        /// The statement.
        sql: String,
        /// What the database says.
        source: sqlx::Error,
        /// Where that leaves the database.
        state: String,
    },
    /// Rows refer to rows that are not there: SQLite's `foreign_key_check` after a migration. Rolled back.
    #[error("the migration would leave rows that refer to nothing: {rows}; it was rolled back")]
    BrokenReferences {
        /// Which.
        rows: String,
    },
    /// A foreign key refers to columns that are no key, on SQLite, where that is found when rows are written. Rolled back.
    /// <https://www.sqlite.org/foreignkeys.html#fk_indexes>
    #[error("the migration would leave a foreign key that no row can be written under: {message}; it was rolled back")]
    NoKeyToReferTo {
        /// What SQLite says.
        message: String,
    },
    /// The database is not what it should be after a migration. Rolled back where the database can.
    #[error("after the migration the database is not what was declared:\n{differences}")]
    NotArrived {
        /// What differs.
        differences: String,
    },
    /// A migration was interrupted at a statement of which nobody can say whether it was done.
    #[error(
        "revision `{revision}` was interrupted at statement {number}, and it cannot be told whether that was done:\n\n{sql}\n\n{differences}"
    )]
    Interrupted {
        /// The revision.
        revision: String,
        /// The statement, from 1.
        number: usize,
        /// The statement.
        sql: String,
        /// Why it cannot be told.
        differences: String,
    },
    /// The service cannot migrate the database itself while a revision is half applied to it.
    #[error("revision `{revision}` is half done: {done} of its statements were applied")]
    Unfinished {
        /// The revision.
        revision: String,
        /// How many statements are done.
        done: i64,
    },
    /// The service migrated the database itself, and it does not stand where the revisions lead.
    #[error(
        "the service migrated this database itself at start-up, and it is not where the revisions lead; still to be done:\n{differences}"
    )]
    MigratedDirectly {
        /// What differs.
        differences: String,
    },
    /// A file that cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of a revision that is not what it should be.
    #[error("{path}: {reason}")]
    BadRevision {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A script that cannot be run in a shadow.
    #[error("statement {number}: {reason}")]
    BadScript {
        /// Which of its statements, from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A revision that was applied has been edited since.
    #[error(
        "revision `{revision}` was applied and has been edited since: its checksum is {}, and {} was applied",
        short(found),
        short(recorded)
    )]
    Edited {
        /// The revision.
        revision: String,
        /// The checksum of the files.
        found: String,
        /// The checksum in the history.
        recorded: String,
    },
    /// A revision that is half done has been edited since it was begun.
    #[error(
        "revision `{revision}` is half done ({begun} of its statements were begun) and has been edited since: its checksum is {}, and it was begun with {}",
        short(found),
        short(recorded)
    )]
    EditedUnfinished {
        /// The revision.
        revision: String,
        /// How many of its statements were begun.
        begun: i64,
        /// The checksum of the files.
        found: String,
        /// The checksum in the history.
        recorded: String,
    },
    /// A revision that was applied is not in the folder.
    #[error("revision `{revision}` was applied to the database and is not in `{folder}`")]
    Missing {
        /// The revision.
        revision: String,
        /// The migrations folder.
        folder: PathBuf,
    },
    /// No revision of that name, or several.
    #[error("{reason}")]
    UnknownRevision {
        /// What was asked for, and what there is.
        reason: String,
    },
    /// More than one head where one is needed.
    #[error("there are {} heads: `{}`", heads.len(), heads.join("`, `"))]
    SeveralHeads {
        /// The heads.
        heads: Vec<String>,
    },
    /// Something that the models do not say, because they do not fit with each other.
    #[error(transparent)]
    Declare(#[from] cqrs_core::schema::DeclareError),
}

impl Error {
    /// Wraps what a database says while something is being done.
    pub(crate) fn database(doing: impl Into<String>) -> impl FnOnce(sqlx::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Database { doing, source }
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// What to do next, where there is something to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::BadUrl { .. } => {
                "write `sqlite:FILE`, `postgres://USER:PASSWORD@HOST/DATABASE` or `mysql://USER:PASSWORD@HOST/DATABASE`".to_owned()
            }
            Self::DriverMissing { dialect } => {
                format!("switch on the feature `{}` of `cqrs-migrate`", dialect.name())
            }
            Self::Hazards { hazards } => {
                safe_ways(hazards, |options| {
                    format!("or allow it, with a reason: {options} of `cqrs revision`, `Migrator::allow` in a service")
                })
            }
            Self::RevisionHazards { hazards, .. } => safe_ways(hazards, |options| {
                format!("or allow it, with a reason: {options} of `cqrs upgrade`, or `[allowed]` in its `revision.toml`")
            }),
            Self::NotManaged { kind: "table", name, .. } => {
                format!("drop or rename table `{name}`, give the model another table name, or make the model say what the table is: an equal table is taken over")
            }
            Self::NotManaged { kind, name, .. } => {
                format!("drop or rename {kind} `{name}`, give the declared one another name, or declare what is there: an equal one is taken over")
            }
            Self::NotAsNamed { .. } => {
                "write in `sql_object!` the kind and the name that the SQL gives it, a routine's with the types of its arguments as the database prints them".to_owned()
            }
            Self::ViewFields { .. } => {
                "change the fields of the read model, or the query: a cast gives a column another type".to_owned()
            }
            Self::Locked { .. } => {
                "try again when it is done, or wait longer: `cqrs upgrade --lock-wait SECONDS`, `Migrator::lock_wait`".to_owned()
            }
            Self::Database { source, .. } if sqlite_code(source) == Some(SQLITE_BUSY) => {
                "another process is using the file: try again when it is done".to_owned()
            }
            Self::Database { doing, source } if is_forbidden(source) => {
                match catalog_table(doing, source) {
                    Some(table) => format!(
                        "let an administrator run `GRANT SELECT ON pg_catalog.{table} TO ROLE`, with the role of the URL for ROLE"
                    ),
                    None => "let an administrator GRANT the user of the URL the right that is missing".to_owned(),
                }
            }
            Self::Database { source, .. } if sqlite_code(source) == Some(SQLITE_CORRUPT) => {
                DAMAGED.trim_start_matches("; ").to_owned()
            }
            Self::Database { source, .. } if is_lost(source) => {
                "the connection was lost: see to it that the server is running, then try again".to_owned()
            }
            Self::Shadow { .. } => {
                "nothing was changed: it was tried in a shadow first. Correct the expression in the model that it comes from, or the SQL where it was written by hand. If it is neither, the planner is wrong: please report it with both schemas".to_owned()
            }
            Self::RevisionNotProven { .. } => {
                "nothing was changed. If its `up.….sql` was edited by hand, correct it, or say in `schema.json` what it makes; otherwise delete the folder and make the revision again with `cqrs revision -m TEXT`".to_owned()
            }
            Self::Exists { kind, name, .. } => format!(
                "nothing was changed. Rename or drop {kind} `{name}`, or name another database with `--database-url`; if the {kind} is what the models declare, start the service on this database once: it takes an equal {kind} over, and `cqrs upgrade` then records the revision"
            ),
            Self::Drift { .. } => "nothing was changed. Undo the drift by making these changes by hand, then run the same command again".to_owned(),
            Self::StepFailed { .. } => {
                "mend the rows that it stumbles over, or what else it names; then run the same command again".to_owned()
            }
            Self::Unfinished { .. } => "finish it with `cqrs upgrade`, then start the service again".to_owned(),
            Self::UnknownRevision { .. } => "`cqrs status` lists the revisions".to_owned(),
            Self::EditedUnfinished { revision, begun, found, .. } => format!(
                "restore the files from version control and run the same command again; or, if its first {begun} statements are as they were, run `UPDATE cqrs_history SET checksum = '{found}' WHERE revision = '{revision}'`, and then the same command again"
            ),
            Self::BadAnswer { .. } => {
                "write `--rename OLD=NEW` or `--drop OLD`, a name as `table`, `table.column` or with its schema before it; in double quotes where it holds a dot, `=` or `\"`".to_owned()
            }
            Self::UnknownHazard { near, .. } => codes_help(near.as_deref()),
            Self::UnknownName { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Self::UnknownName { near: None, .. } => {
                "write a name as `table`, `table.column` or with its schema before it".to_owned()
            }
            Self::Unanswered { likely } => {
                let lines = likely.iter().map(|likely| {
                    let options = likely.rename_options().join("` or `");
                    format!("`{options}` keeps what is in it, `{}` drops it", likely.drop_option())
                });
                format!("{}\nor declare it on the model: `renamed_from = \"OLD\"`", lines.collect::<Vec<_>>().join("\n"))
            }
            Self::BadRename { .. } => "correct the names, or leave the rename out".to_owned(),
            Self::NotProven(_) => {
                "nothing was changed. This is a bug in the planner: please report it with both schemas and the plan".to_owned()
            }
            Self::Interrupted { revision, number, .. } => format!(
                "look whether the statement was done; if it was, run `UPDATE cqrs_history SET statements_done = {number} WHERE revision = '{revision}'`, if it was not, `UPDATE cqrs_history SET statements_started = {} WHERE revision = '{revision}'`; then the same command again",
                number - 1
            ),
            Self::Edited { .. } => {
                "restore the files from version control, and put the change into a new revision".to_owned()
            }
            Self::Missing { .. } => "restore its folder from version control, or use the database that belongs to this folder".to_owned(),
            Self::SeveralHeads { .. } => {
                "name one: `cqrs upgrade REV`; or make one follow the other: in its `revision.toml`, set `parents` to the other's id".to_owned()
            }
            Self::MigratedDirectly { .. } => {
                "make a revision with `cqrs revision -m TEXT`, start the service once so that the database follows the models, and upgrade again; or use another database with `--database-url`".to_owned()
            }
            Self::BrokenReferences { .. } => "delete or mend those rows first".to_owned(),
            Self::NoKeyToReferTo { .. } => {
                "let the foreign key refer to the primary key, or make the columns that it refers to unique".to_owned()
            }
            Self::NotArrived { .. } => "nothing else may change the schema during a migration; if nothing did, please report it as a bug".to_owned(),
            _ => return None,
        })
    }
}

fn short(checksum: &str) -> &str {
    checksum.get(..12).unwrap_or(checksum)
}

fn summary(hazards: &[Hazard]) -> String {
    hazards.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The safe way of each hazard, and how to allow them.
fn safe_ways(hazards: &[Hazard], allow: impl FnOnce(String) -> String) -> String {
    let mut lines: Vec<String> = hazards.iter().map(|hazard| format!("{}: {}", hazard.code, hazard.help)).collect();
    lines.dedup();
    let mut codes: Vec<&str> = hazards.iter().map(|hazard| hazard.code).collect();
    codes.sort_unstable();
    codes.dedup();
    lines.push(allow(allow_options(&codes)));
    lines.join("\n")
}

fn questions(likely: &[LikelyRename]) -> String {
    likely.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn allow_options(codes: &[&str]) -> String {
    codes.iter().map(|code| format!("`--allow {code}=REASON`")).collect::<Vec<_>>().join(" ")
}

/// What the database or the system says, without the driver's preface.
pub(crate) fn said(source: &sqlx::Error) -> String {
    let text = match source {
        sqlx::Error::Database(error) => {
            let detail = detail(error.as_ref()).map(|detail| format!(" ({detail})")).unwrap_or_default();
            return format!("{}{detail}", error.message());
        }
        other => other.to_string(),
    };
    ["error returned from database: ", "error communicating with database: ", "error with configuration: "]
        .iter()
        .find_map(|preface| text.strip_prefix(preface))
        .unwrap_or(&text)
        .to_owned()
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>: `insufficient_privilege`. MySQL has no SQLSTATE of
/// its own for it, and its message says which right is missing.
fn is_forbidden(source: &sqlx::Error) -> bool {
    source.as_database_error().and_then(|error| error.code()).as_deref() == Some("42501")
}

/// The table of PostgreSQL's catalog that a message names, in whatever language the message is.
fn catalog_table<'a>(doing: &str, source: &'a sqlx::Error) -> Option<&'a str> {
    if doing != READING_CATALOG {
        return None;
    }
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    // What prints an object is called `pg_get_...`.
    let is_table = |word: &&str| word.starts_with("pg_") && *word != "pg_catalog" && !word.starts_with("pg_get_");
    source.as_database_error()?.message().split(|letter| !is_of_name(letter)).find(is_table)
}

/// What is being done where an error of introspection comes from.
pub(crate) const READING_CATALOG: &str = "reading the catalog";

/// Whether the server or the session has ended: <https://www.postgresql.org/docs/current/errcodes-appendix.html> (class 57,
/// operator intervention), and MySQL's SQLSTATEs of a killed session and of a server that ends.
fn is_lost(source: &sqlx::Error) -> bool {
    match source {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            matches!(error.code().as_deref(), Some("57P01" | "57P02" | "57P03" | "57P05" | "70100" | "08S01"))
        }
        _ => false,
    }
}

/// PostgreSQL names the row in the detail: `Key (code)=(x) is duplicated.`
#[cfg(feature = "postgres")]
fn detail(error: &dyn sqlx::error::DatabaseError) -> Option<&str> {
    error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().and_then(|error| error.detail())
}

#[cfg(not(feature = "postgres"))]
fn detail(_: &dyn sqlx::error::DatabaseError) -> Option<&str> {
    None
}

/// <https://www.sqlite.org/rescode.html>
pub(crate) const SQLITE_BUSY: u32 = 5;
const SQLITE_READONLY: u32 = 8;
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_CANTOPEN: u32 = 14;
const SQLITE_NOTADB: u32 = 26;

/// SQLite's primary result code. The other databases' codes, SQLSTATE, have five characters and never this meaning.
pub(crate) fn sqlite_code(source: &sqlx::Error) -> Option<u32> {
    let code = source.as_database_error()?.code()?;
    // An extended code keeps the primary one in its low byte.
    (code.len() < 5).then(|| code.parse::<u32>().ok())?.map(|code| code & 0xff)
}

/// <https://www.sqlite.org/recovery.html>
const DAMAGED: &str =
    "; the file is damaged: restore it from a backup, or save what can be saved with `.recover` of the `sqlite3` shell";

/// What to do about a connection that failed, by SQLSTATE where the server answered:
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn connect_advice(source: &sqlx::Error) -> &'static str {
    match sqlite_code(source) {
        Some(SQLITE_READONLY) => {
            return "; give write access to the file and its folder, or take `mode=ro` out of the URL";
        }
        Some(SQLITE_CANTOPEN) => return "; correct the path, or the rights on the file and its folder",
        Some(SQLITE_NOTADB) => {
            return "; correct the path: that file is something else, or it is encrypted or damaged";
        }
        Some(SQLITE_CORRUPT) => return DAMAGED,
        Some(_) if said(source) == "unsupported file format" => return "; it was made by a newer SQLite than this",
        _ => {}
    }
    match source {
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some("3D000") => "; create the database, or correct its name in the URL",
            Some("28P01") => "; correct the user or the password in the URL",
            Some("28000") => "; correct the user in the URL, or let the server accept it from here",
            Some("53300") => "; close other connections, or let the server accept more",
            Some("57P03") => "; the server is starting or stopping: try again shortly",
            _ if is_lost(source) => "; the session was ended: try again",
            _ => "",
        },
        // An SQLite file whose folder is missing: the message says what to do.
        sqlx::Error::Io(error) if error.raw_os_error().is_none() && error.kind() == std::io::ErrorKind::NotFound => "",
        sqlx::Error::Io(_) => "; start the server, or correct the host and port in the URL",
        sqlx::Error::Tls(_) => "; correct the certificate, or the `sslmode` in the URL",
        _ => "",
    }
}

fn made_instead(made: &[String]) -> String {
    if made.is_empty() { String::new() } else { format!(", but `{}`", made.join("`, `")) }
}
