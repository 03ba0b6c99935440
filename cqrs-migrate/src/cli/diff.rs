//! `cqrs diff`.

use clap::{Args, ValueEnum};
use owo_colors::OwoColorize;

use super::report::{Failure, note};
use super::source::{self, Source};
use super::{DONE, FINDINGS, Target};
use crate::change::{Change, TableChange};
use crate::diff::Renames;
use crate::lint::{Hazard, lint};
use crate::migrator::Migrator;
use crate::plan::Plan;
use crate::prepare::{Request, prepare};

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// What there is: `models`, or a database URL [default: the database]
    #[arg(long, value_name = "SOURCE")]
    from: Option<String>,
    /// What there shall be: `models`, or a database URL [default: models]
    #[arg(long, value_name = "SOURCE")]
    to: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Between two databases, compare too what roles may do
    #[arg(long)]
    privileges: bool,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A tree of changes
    Text,
    /// A script that the database's own client runs
    Sql,
}

/// The changes between two sources, and the proven plan.
struct Differences {
    changes: Vec<Change>,
    plan: Plan,
    hazards: Vec<Hazard>,
}

impl Diff {
    pub(super) async fn run(self) -> Result<u8, Failure> {
        let to = self.to.as_deref().map_or(Ok(Source::Models), Source::parse)?;
        let from = match &self.from {
            Some(from) => Source::parse(from)?,
            None => Source::Database(self.target.url(&self.target.service()?)?),
        };
        let found = match (from, to) {
            (Source::Database(from), Source::Models) => {
                let declared = self.target.service()?.models()?;
                let planned = Migrator::new(from.secret(), declared)?.plan().await?;
                for name in &planned.unmanaged {
                    note(format_args!("not managed, and left alone: `{name}`"));
                }
                for object in &planned.not_managed {
                    note(format_args!("not managed, and left alone: {object}"));
                }
                Differences { changes: planned.changes, plan: planned.plan, hazards: planned.hazards }
            }
            (Source::Models, Source::Database(to)) => {
                let declared = self.target.service()?.models()?;
                let before = to.dialect().lower(&declared).map_err(crate::Error::from)?;
                let after = source::read(&to, self.privileges).await?;
                self.between(&to, &before, false, &after).await?
            }
            (Source::Database(from), Source::Database(to)) => {
                if from.dialect() != to.dialect() {
                    return Err(Failure::usage(format!(
                        "not supported: comparing {} with {}; their types and expressions have no common spelling",
                        from.dialect(),
                        to.dialect()
                    )));
                }
                let (before, after) =
                    (source::read(&from, self.privileges).await?, source::read(&to, self.privileges).await?);
                self.between(&from, &before, true, &after).await?
            }
            (Source::Models, Source::Models) => {
                return Err(Failure::usage("the models do not differ from themselves")
                    .help("name a database with `--from` or `--to`"));
            }
        };
        match self.format {
            Format::Text => tree(&found),
            Format::Sql => script(&found),
        }
        Ok(if found.changes.is_empty() { DONE } else { FINDINGS })
    }

    async fn between(
        &self,
        url: &crate::DatabaseUrl,
        before: &cqrs_core::schema::Schema,
        before_is_live: bool,
        after: &cqrs_core::schema::Schema,
    ) -> Result<Differences, Failure> {
        let renames = Renames::default();
        let dialect = url.dialect();
        let prepared = prepare(Request { dialect, before, before_is_live, after, renames, shadow: Some(url) }).await?;
        let hazards = lint(&prepared.changes, &Default::default());
        Ok(Differences { changes: prepared.changes, plan: prepared.plan, hazards })
    }
}

fn tree(found: &Differences) {
    if found.changes.is_empty() {
        note("no differences");
    }
    for change in &found.changes {
        let line = change.to_string();
        match change {
            Change::CreateEnum(_) | Change::CreateTable(_) | Change::CreateView(_) | Change::CreateObject(_) => {
                anstream::println!("{} {line}", "+".green())
            }
            Change::DropEnum(_) | Change::DropTable(_) | Change::DropView(_) | Change::DropObject(_) => {
                anstream::println!("{} {line}", "-".red())
            }
            _ => anstream::println!("{} {line}", "~".yellow()),
        }
        if let Change::AlterTable(alteration) = change {
            for change in &alteration.changes {
                let mark = match change {
                    TableChange::AddColumn(_)
                    | TableChange::AddPrimaryKey(_)
                    | TableChange::AddUnique(_)
                    | TableChange::AddIndex(_)
                    | TableChange::AddForeignKey(_)
                    | TableChange::AddCheck(_)
                    | TableChange::AddExclusion(_) => "+".green().to_string(),
                    TableChange::DropColumn(_)
                    | TableChange::DropPrimaryKey(_)
                    | TableChange::DropUnique(_)
                    | TableChange::DropIndex(_)
                    | TableChange::DropForeignKey(_)
                    | TableChange::DropCheck(_)
                    | TableChange::DropExclusion(_) => "-".red().to_string(),
                    _ => "~".yellow().to_string(),
                };
                anstream::println!("    {mark} {change}");
            }
        }
    }
    for hazard in &found.hazards {
        note(format_args!("{} {hazard}\n  help: {}", "hazard".yellow().bold(), hazard.help));
    }
}

fn script(found: &Differences) {
    for hazard in &found.hazards {
        anstream::println!("-- hazard {hazard}");
    }
    anstream::print!("{}", found.plan.script());
}
