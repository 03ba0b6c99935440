//! What can go wrong, by state.

use std::path::PathBuf;

use crate::dialect::{Dialect, LowerError};
use crate::lint::Hazard;

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
    #[error("cannot connect to `{url}`: {source}{}", connect_advice(source))]
    Connect {
        /// The URL, without its password.
        url: String,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// The database refused a statement of ours.
    #[error("{doing}: {source}")]
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
    #[error("the database does not take `{sql}`: {source}")]
    Shadow {
        /// The statement.
        sql: String,
        /// What the database says.
        source: sqlx::Error,
    },
    /// A plan was executed in a shadow and did not arrive: nothing was changed.
    #[error("the plan does not arrive at what was declared; still to be done after it:\n{left}\n\nthe plan:\n{plan}")]
    NotProven {
        /// The plan's SQL.
        plan: String,
        /// What still differs after it.
        left: String,
    },
    /// A plan has hazards that nobody has allowed.
    #[error("refused for safety: {}", summary(hazards))]
    Hazards {
        /// The hazards.
        hazards: Vec<Hazard>,
    },
    /// A table that a model declares is there already, was not made by this project, and is not what is declared.
    #[error(
        "table `{table}` is in the database already, was not made by a migration, and is not what the model declares:\n{differences}"
    )]
    NotManaged {
        /// The table.
        table: String,
        /// What differs.
        differences: String,
    },
    /// Somebody else is migrating, and did not finish in time.
    #[error("another migration is running: waited {waited:?} for its lock")]
    Locked {
        /// How long was waited.
        waited: std::time::Duration,
    },
    /// The database refused a step of a migration.
    #[error("step {number} of {total} failed: {source}\n\n{sql}\n\n{state}")]
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
    /// The database is not what it should be after a migration. Rolled back where the database can.
    #[error("after the migration the database is not what was declared:\n{differences}")]
    NotArrived {
        /// What differs.
        differences: String,
    },
    /// A migration was interrupted at a statement of which nobody can say whether it was done.
    #[error(
        "revision `{revision}` was interrupted at statement {number}, and the database is neither as before it nor as after it:\n\n{sql}\n\n{differences}"
    )]
    Interrupted {
        /// The revision.
        revision: String,
        /// The statement, from 1.
        number: usize,
        /// The statement.
        sql: String,
        /// What differs from the state after it.
        differences: String,
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
    /// A revision that was applied has been edited since.
    #[error(
        "revision `{revision}` was applied and has been edited since: its checksum is {found}, and {recorded} was applied"
    )]
    Edited {
        /// The revision.
        revision: String,
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
                let mut lines: Vec<String> = hazards.iter().map(|hazard| format!("{}: {}", hazard.code, hazard.help)).collect();
                lines.dedup();
                let mut codes: Vec<&str> = hazards.iter().map(|hazard| hazard.code).collect();
                codes.sort_unstable();
                codes.dedup();
                lines.push(format!("or allow it, with a reason: {}", allow_options(&codes)));
                lines.join("\n")
            }
            Self::NotManaged { table, .. } => {
                format!("drop or rename table `{table}`, give the model another table name, or make the model say what the table is: an equal table is taken over")
            }
            Self::Locked { .. } => "try again when it is done".to_owned(),
            Self::NotProven { .. } => {
                "nothing was changed. This is a bug in the planner: please report it with the model before and after".to_owned()
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
            Self::NotArrived { .. } => "nothing else may change the schema during a migration; if nothing did, please report it as a bug".to_owned(),
            _ => return None,
        })
    }
}

fn summary(hazards: &[Hazard]) -> String {
    hazards.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn allow_options(codes: &[&str]) -> String {
    codes.iter().map(|code| format!("`--allow {code}=REASON`")).collect::<Vec<_>>().join(" ")
}

/// What to do about a connection that failed, by SQLSTATE where the server answered:
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn connect_advice(source: &sqlx::Error) -> &'static str {
    match source {
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some("3D000") => "; create the database, or correct its name in the URL",
            Some("28P01") => "; correct the user or the password in the URL",
            Some("28000") => "; correct the user in the URL, or let the server accept it from here",
            Some("53300") => "; close other connections, or let the server accept more",
            Some("57P03") => "; the server is starting or stopping: try again shortly",
            _ => "",
        },
        sqlx::Error::Io(_) => "; start the server, or correct the host and port in the URL",
        sqlx::Error::Tls(_) => "; correct the certificate, or the `sslmode` in the URL",
        _ => "",
    }
}
