//! The command line. Only this folder prints: data to stdout, everything else to stderr.

mod answers;
mod diff;
mod explain;
mod import;
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
use crate::error::{Error, NotProven};
use crate::lint::{Allowed, codes, codes_help, nearest};
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
    /// Write object models of the tables of a database, and record that it is what they say
    Import(import::ImportTables),
    /// What there is to know of a hazard
    Explain(explain::Explain),
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
            Command::Import(command) => command.run().await,
            Command::Explain(command) => command.run(),
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
        if !codes().any(|known| known == code) {
            return Err(Failure::usage(format!("`--allow {option}`: there is no hazard `{code}`"))
                .help(codes_help(nearest(code, codes()).as_deref())));
        }
        if reason.trim().is_empty() {
            return Err(Failure::usage(format!("`--allow {option}`: the reason is missing"))
                .help(format!("write `--allow {code}=\"why this is safe here\"`")));
        }
        allowed.insert(code.to_owned(), reason.trim().to_owned());
    }
    Ok(Allowed(allowed))
}

/// Writes down what a report of the bug needs, and says what to do with it.
fn bug_report(bug: &NotProven) -> Option<String> {
    let file = std::env::temp_dir().join(format!("cqrs-not-proven-{}.json", std::process::id()));
    let text = serde_json::to_string_pretty(bug).ok()?;
    std::fs::write(&file, text).ok()?;
    Some(format!(
        "nothing was changed. This is a bug in the planner: please report it with `{}`, which has the plan and the schemas before and after, and no rows",
        file.display()
    ))
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let failure = match &error {
            Error::BadUrl { .. }
            | Error::UnknownRevision { .. }
            | Error::BadAnswer { .. }
            | Error::UnknownName { .. }
            | Error::UnknownHazard { .. }
            | Error::BadRename { .. } => Self::usage(error.to_string()),
            Error::SeveralHeads { .. } => Self::finding(error.to_string()),
            _ => Self::system(error.to_string()),
        };
        let help = match &error {
            Error::NotProven(bug) => bug_report(bug).or(error.help()),
            _ => error.help(),
        };
        match help {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cqrs_core::schema::{Column, ColumnType, Schema, Table};

    #[test]
    fn a_plan_that_does_not_arrive_is_written_down_with_both_schemas() {
        let schema = |name: &'static str| {
            let mut schema = Schema::new();
            let mut table = Table::new("orders");
            table.columns.to_mut().push(Column::new(name, ColumnType::native("text")));
            schema.add_table(table);
            schema
        };
        let bug = NotProven {
            version: env!("CARGO_PKG_VERSION"),
            database: "sqlite",
            plan: "SELECT 1;\n".to_owned(),
            left: "alter table `orders`".to_owned(),
            before: schema("total"),
            expected: schema("amount"),
            arrived: schema("total"),
        };
        let help = bug_report(&bug).expect("the folder for temporary files can be written to");
        let file = help.split('`').nth(1).expect("a file is named");
        let report: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).expect("it is there")).expect("it is JSON");
        std::fs::remove_file(file).expect("it can be removed");
        assert_eq!(report["plan"], "SELECT 1;\n");
        assert!(report["before"].to_string().contains("total"), "{report}");
        assert!(report["expected"].to_string().contains("amount"), "{report}");
    }
}
