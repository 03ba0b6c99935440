//! The command line. Only this folder prints: data to stdout, everything else to stderr.

mod answers;
mod diff;
mod report;
mod revision;
mod service;
mod source;
mod status;
mod upgrade;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::connection::DatabaseUrl;
use crate::error::Error;
use crate::lint::{Allowed, CODES};
use report::Failure;
use service::Service;

/// Nothing to do, or done.
const DONE: u8 = 0;
/// Differences, pending revisions, drift.
const FINDINGS: u8 = 1;

/// Schema and migrations of services whose models are declared with `#[object_model]`.
#[derive(Debug, Parser)]
#[command(
    name = "cqrs",
    version,
    after_help = "Exit codes: 0 done, or nothing to do; 1 findings (differences, pending revisions, drift, several heads, mistakes in models); 2 wrong use; 3 failed, or refused for safety.\n\
                  Data goes to stdout, everything else to stderr."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// What must change in FROM to become TO
    Diff(diff::Diff),
    /// Write a new revision from the differences between the models and the last one
    Revision(revision::NewRevision),
    /// Apply revisions to a database
    Upgrade(upgrade::Upgrade),
    /// Where a database stands
    Status(status::Status),
}

/// Which service, and which database.
#[derive(Debug, Args)]
struct Target {
    /// The service: a package of this workspace that depends on `cqrs-core` [default: the one of this folder]
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// The database [default: the variable DATABASE_URL, then the service's settings, then its own SQLite file]
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl Target {
    fn service(&self) -> Result<Service, Failure> {
        Service::find(self.service.as_deref())
    }

    fn url(&self, service: &Service) -> Result<DatabaseUrl, Failure> {
        service.database_url(self.database_url.as_deref())
    }
}

/// Runs the command line with its arguments, the program's name first.
#[must_use]
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    report::hide_passwords_of(&arguments);
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return report::usage(&error),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report::fail(&Failure::system(format!("cannot start: {error}"))),
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Diff(command) => command.run().await,
            Command::Revision(command) => command.run().await,
            Command::Upgrade(command) => command.run().await,
            Command::Status(command) => command.run().await,
        }
    });
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) => report::fail(&failure),
    }
}

/// `CODE=REASON`, several times.
fn allowed(options: &[String]) -> Result<Allowed, Failure> {
    let mut allowed = BTreeMap::new();
    for option in options {
        let (code, reason) = option.split_once('=').unwrap_or((option, ""));
        if !CODES.iter().any(|(known, _)| *known == code) {
            let known: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
            return Err(Failure::usage(format!("`--allow {option}`: there is no hazard `{code}`"))
                .help(format!("the hazards are {}", known.join(", "))));
        }
        if reason.trim().is_empty() {
            return Err(Failure::usage(format!("`--allow {option}`: the reason is missing"))
                .help(format!("write `--allow {code}=\"why this is safe here\"`")));
        }
        allowed.insert(code.to_owned(), reason.trim().to_owned());
    }
    Ok(Allowed(allowed))
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let failure = match &error {
            Error::BadUrl { .. }
            | Error::UnknownRevision { .. }
            | Error::BadAnswer { .. }
            | Error::UnknownName { .. }
            | Error::BadRename { .. } => Self::usage(error.to_string()),
            Error::SeveralHeads { .. } => Self::finding(error.to_string()),
            _ => Self::system(error.to_string()),
        };
        match error.help() {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}
