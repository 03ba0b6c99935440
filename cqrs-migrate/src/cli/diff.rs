//! `cqrs diff`.

use clap::{Args, ValueEnum};
use owo_colors::OwoColorize;
use serde_json::json;

use super::answers::AnswerOptions;
use super::report::{Failure, data, note, tell_hazards};
use super::source::{self, Source};
use super::{DONE, FINDINGS, Target};
use crate::change::{Change, TableChange};
use crate::connection::DatabaseUrl;
use crate::dialect::{Dialect, Statement};
use crate::diff::LikelyRename;
use crate::error::Error;
use crate::introspect::Selection;
use crate::lint::{Hazard, Policy, lint};
use crate::migrator::Migrator;
use crate::plan::Plan;
use crate::prepare::{Prepared, Request, prepare};
use crate::refused::refused_name;
use crate::rename::{Renames, for_shell, likely_renames, pending};
use crate::sizes::Sizes;
use crate::spelling::Spellings;

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// What there is: `models`, `json:FOLDER`, `rev:ID`, `sql:FILE` or a database URL [default: the database]
    #[arg(long, value_name = "SOURCE")]
    from: Option<String>,
    /// What there shall be: `models`, `json:FOLDER`, `rev:ID`, `sql:FILE` or a database URL [default: models]
    #[arg(long, value_name = "SOURCE")]
    to: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Compare what roles may do, also on MariaDB and MySQL
    #[arg(long)]
    privileges: bool,
    /// Do not compare what roles may do
    #[arg(long, conflicts_with = "privileges")]
    no_privileges: bool,
    /// Compare who owns what (PostgreSQL)
    #[arg(long)]
    owners: bool,
    /// Do not run the plan in a shadow: what is shown is not proven
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    answers: AnswerOptions,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A tree of changes
    Text,
    /// A script that the database's own client runs
    Sql,
    /// The changes, hazards and steps, for other programs
    Json,
}

/// The changes between two sources, and the plan.
struct Differences {
    changes: Vec<Change>,
    plan: Plan,
    hazards: Vec<Hazard>,
    likely_renames: Vec<LikelyRename>,
    /// Whether the plan was executed in a shadow and arrived.
    proven: bool,
}

impl Diff {
    pub(super) async fn run(self) -> Result<u8, Failure> {
        let to = self.to.as_deref().map_or(Ok(Source::Models), Source::parse)?;
        let from = match &self.from {
            Some(from) => Source::parse(from)?,
            None => Source::Database(self.target.url(&self.target.service()?)?),
        };
        let asked = [("--privileges", self.privileges, "may do"), ("--owners", self.owners, "own")];
        if let Some((option, _, what)) = asked.into_iter().find(|(_, is_asked, _)| *is_asked)
            && !(from.tells_of_roles() && to.tells_of_roles())
        {
            return Err(Failure::usage(format!("models, revisions and schema JSON do not say what roles {what}"))
                .help(format!("leave out `{option}`, or compare databases and SQL files, which say it")));
        }
        let found = match (&from, &to) {
            (Source::Models, Source::Models) => {
                return Err(Failure::usage("the models do not differ from themselves")
                    .help("name something else with `--from` or `--to`"));
            }
            (Source::Database(from), Source::Models) => self.to_models(from).await?,
            _ => self.between(&from, &to).await?,
        };
        match self.format {
            Format::Text => tree(&found),
            Format::Sql => script(&found),
            Format::Json => data(&format!("{}\n", json(&found))),
        }
        Ok(if found.changes.is_empty() { DONE } else { FINDINGS })
    }

    /// The three-way comparison, which knows what is managed.
    async fn to_models(&self, from: &DatabaseUrl) -> Result<Differences, Failure> {
        let service = self.target.service()?;
        let declared = service.models()?;
        let policy = service.policy()?;
        let migrator = Migrator::new(from.secret(), declared)?.policy(policy).answers(self.answers.read()?);
        let planned = migrator.verify(!self.no_verify).plan().await?;
        for name in &planned.unmanaged {
            note(format_args!("not managed, and left alone: `{name}`"));
        }
        for object in &planned.not_managed {
            note(format_args!("not managed, and left alone: {object}"));
        }
        note_unclear(&planned.unclear);
        let proven = planned.is_proven();
        Ok(Differences {
            changes: planned.changes,
            plan: planned.plan,
            hazards: planned.hazards,
            likely_renames: planned.likely_renames,
            proven,
        })
    }

    /// What is compared. On PostgreSQL, privileges are part of a dump, and so of what makes two databases equal.
    fn selection(&self, from: &Source, to: &Source, dialect: Dialect) -> Result<Selection, Failure> {
        if self.owners && dialect != Dialect::Postgres {
            return Err(Failure::usage(format!("not supported: `--owners` on {dialect}, where nothing has an owner"))
                .help("leave out `--owners`"));
        }
        let is_told = from.tells_of_roles() && to.tells_of_roles();
        let privileges = is_told && (self.privileges || (dialect == Dialect::Postgres && !self.no_privileges));
        Ok(Selection { privileges, owners: self.owners, ..Selection::default() })
    }

    /// Two schemas, in which everything counts as managed.
    async fn between(&self, from: &Source, to: &Source) -> Result<Differences, Failure> {
        let server = source::server([from, to], &self.target)?;
        let selection = self.selection(from, to, server.dialect())?;
        let before = from.read(&server, &self.target, &selection).await?;
        let after = to.read(&server, &self.target, &selection).await?;
        let answers = self.answers.read()?;
        // A schema that was declared says itself which of its names are new.
        let recorded = (!before.is_spelled).then_some(&before.schema);
        let asked = answers.renames(&before.schema, &after.schema, recorded)?;
        let pending = pending(&before.schema, &after.schema, recorded, &asked)?;
        note_unclear(&pending.unclear);
        let prepared = prepare(Request {
            dialect: server.dialect(),
            before: &before.schema,
            before_is_live: before.is_spelled,
            after: &after.schema,
            spellings: &Spellings::default(),
            renames: pending.renames,
            shadow: Some(&server),
            verify: !self.no_verify,
        })
        .await?;
        if let Some(refused) = refused_name(server.dialect(), &prepared.changes, &before.not_managed) {
            return Err(Error::from(refused).into());
        }
        let hazards = self.judge([from, to], &prepared).await?;
        let likely = likely_renames(&prepared.changes);
        let likely_renames = answers.unanswered(likely, &before.schema, &after.schema, &prepared.renames)?;
        let proven = prepared.proven;
        Ok(Differences { changes: prepared.changes, plan: prepared.plan, hazards, likely_renames, proven })
    }

    /// By the size of the tables, where they are in a database, and the settings of the service, where one is spoken of.
    async fn judge(&self, [from, to]: [&Source; 2], prepared: &Prepared) -> Result<Vec<Hazard>, Failure> {
        let is_of_service = |source: &Source| matches!(source, Source::Models | Source::Revision(_));
        let policy = if is_of_service(from) || is_of_service(to) || self.target.service.is_some() {
            self.target.service()?.policy()?
        } else {
            Policy::default()
        };
        let found = lint(&prepared.changes, &prepared.plan);
        let sizes = match from.url() {
            Some(url) => Sizes::of_database(url, &found, &prepared.changes, &policy).await.unwrap_or_else(|error| {
                note(format_args!("it is not known how large the tables are: {error}"));
                Sizes::default()
            }),
            None => Sizes::default(),
        };
        Ok(policy.judge(found, &sizes.of_one_database()))
    }
}

/// Names that may have changed in a circle: nothing tells whether they have.
fn note_unclear(unclear: &Renames) {
    let tables = unclear.tables.iter().map(|(to, from)| (from.to_string(), to.to_string()));
    let objects = unclear.objects.iter().map(|(to, from)| (from.name.to_string(), to.name.to_string()));
    let columns = unclear.columns.iter().map(|((table, to), from)| (format!("{table}.{from}"), to.to_string()));
    let options: Vec<String> = tables
        .chain(objects)
        .chain(columns)
        .map(|(from, to)| format!("--rename {}", for_shell(&format!("{from}={to}"))))
        .collect();
    if !options.is_empty() {
        note(format_args!(
            "`renamed_from` declares names that change with each other, and nothing records whether they have: taken as done; if not, add `{}`",
            options.join(" ")
        ));
    }
    if let Some(((of, to), from)) = unclear.labels.first_key_value() {
        note(format_args!(
            "`renamed_from` declares labels that change with each other, `{of}.{from}` to `{to}` among them, and nothing records whether they have: taken as done; where the database has a history, `--to models` asks it"
        ));
    }
}

/// What to type where a drop was a rename.
fn hint(likely: &LikelyRename) -> String {
    format!("{likely}: `{}` keeps what is in it", likely.rename_options().join("` or `"))
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
        let hint_of = |indent: &str, column: Option<&str>| {
            for likely in found.likely_renames.iter().filter(|likely| likely.is_about(&change.object().name, column)) {
                anstream::println!("{indent}{} {}", "?".cyan(), hint(likely));
            }
        };
        if matches!(change, Change::DropTable(_) | Change::DropView(_) | Change::DropEnum(_) | Change::DropObject(_)) {
            hint_of("    ", None);
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
                if let TableChange::DropColumn(column) = change {
                    hint_of("      ", Some(&column.name));
                }
            }
        }
    }
    if !found.proven {
        note("not proven, as you wished: the plan was not run in a shadow");
    }
    tell_hazards(&found.hazards);
}

fn script(found: &Differences) {
    if !found.proven {
        data("-- not verified: on request\n");
    }
    for hazard in &found.hazards {
        data(&hazard.comment());
    }
    for likely in &found.likely_renames {
        data(&format!("-- {}\n", hint(likely).replace(['\n', '\r'], " ")));
    }
    data(&found.plan.script());
}

fn json(found: &Differences) -> String {
    let steps: Vec<_> = (found.plan.steps.iter())
        .map(|step| {
            let Statement { sql, lock, held, transaction } = &step.statement;
            json!({
                "description": step.description, "sql": sql, "lock": lock, "held": held, "transaction": transaction,
                "reversible": step.reversible,
            })
        })
        .collect();
    let likely_renames: Vec<_> = (found.likely_renames.iter())
        .map(|likely| {
            json!({
                "old": likely.old(), "candidates": likely.candidates(), "rename": likely.rename_options(),
                "drop": likely.drop_option(),
            })
        })
        .collect();
    let document = json!({
        "database": found.plan.dialect.name(), "changes": found.changes, "hazards": found.hazards, "steps": steps,
        "likely_renames": likely_renames, "verified": found.proven,
    });
    format!("{document:#}")
}
