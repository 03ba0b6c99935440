//! `cqrs revision`.

use std::collections::BTreeMap;

use clap::Args;
use owo_colors::OwoColorize;

use super::answers::{AnswerOptions, ask};
use super::report::{Failure, note, tell_hazards};
use super::{DONE, Target, allowed};
use crate::connection::DatabaseUrl;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::plan::Plan;
use crate::revision::{NewRevision as New, NotVerified, Upgrade, create};

#[derive(Debug, Args)]
pub(super) struct NewRevision {
    /// What it is for, in a few words
    #[arg(short, long, value_name = "TEXT")]
    message: String,
    /// Allow a hazard, and say why; may be given several times
    #[arg(long, value_name = "CODE=REASON")]
    allow: Vec<String>,
    /// A server on which the plan for that database is proven; may be given several times. SQLite needs none
    #[arg(long, value_name = "URL")]
    prove_on: Vec<String>,
    /// Do not run the plans in a shadow: the revision says that they are not proven, and `cqrs upgrade` proves them
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    answers: AnswerOptions,
    #[command(flatten)]
    target: Target,
}

impl NewRevision {
    pub(super) async fn run(self) -> Result<u8, Failure> {
        let message = self.message.trim();
        if message.is_empty() {
            return Err(Failure::usage("the message is empty").help("write `-m \"add the level of a process\"`"));
        }
        let allowed = allowed(&self.allow)?;
        let mut answers = self.answers.read()?;
        let service = self.target.service()?;
        let declared = service.models()?;
        let databases = service.databases()?;
        let url = self.target.url(&service)?;
        let set = service.revisions()?;
        self.check_standing(&set, &url).await?;

        let policy = service.policy()?;
        let live = url.clone();
        let mut servers: BTreeMap<Dialect, DatabaseUrl> = BTreeMap::new();
        for server in &self.prove_on {
            let server = DatabaseUrl::parse(server)?;
            servers.insert(server.dialect(), server);
        }
        servers.entry(url.dialect()).or_insert(url);
        let created = loop {
            let new = New {
                message,
                declared: &declared,
                databases: &databases,
                servers: &servers,
                allowed: &allowed,
                policy: &policy,
                live: Some(&live),
                answers: &answers,
                verify: !self.no_verify,
                existing: None,
            };
            match create(&set, &new).await {
                Err(Error::Unanswered { likely }) => ask(likely, &mut answers)?,
                created => break created?,
            }
        };
        let Some(created) = created else {
            note("nothing to do: the last revision is what the models declare");
            return Ok(DONE);
        };
        for plan in &created.plans {
            outline(plan);
        }
        tell_hazards(&created.hazards);
        if let Some(error) = &created.sizes_unknown {
            note(format_args!("it is not known how large the tables are: {error}"));
        }
        for version in created.verified.values() {
            note(format_args!("proven up and down on {version}"));
        }
        for (dialect, why) in &created.not_verified {
            let way = match why {
                NotVerified::OnRequest => "as you wished".to_owned(),
                NotVerified::NoServer => format!("{why} (`--prove-on {}://…`)", dialect.name()),
            };
            note(format_args!(
                "{} not proven for {dialect}: {way}; `cqrs upgrade` proves it on the database before it is applied",
                "note:".yellow(),
            ));
        }
        anstream::println!("{}", created.folder.display());
        Ok(DONE)
    }

    /// A database that is there must stand at the head and be what was recorded, or the revision would rest on a
    /// mistake.
    async fn check_standing(&self, set: &crate::revision::RevisionSet, url: &DatabaseUrl) -> Result<(), Failure> {
        if url.sqlite_file().is_some_and(|file| !file.exists()) {
            return Ok(());
        }
        set.head()?;
        let standing = Upgrade::new(set, url).standing(None).await?;
        if standing.history.migrated_directly() {
            note(format_args!("`{url}` is migrated by the service itself: it is not compared with the revisions"));
            return Ok(());
        }
        if !standing.drift.is_empty() {
            return Err(Failure::system(format!(
                "the database has drifted from its recorded revisions:\n{}",
                crate::prepare::describe(&standing.drift)
            ))
            .help(
                "these changes would undo the drift: make them by hand, or declare in the models what the database has",
            ));
        }
        if !standing.pending.is_empty() {
            return Err(Failure::system(format!(
                "`{url}` is not at the head: {} to be applied",
                standing.pending.join(", ")
            ))
            .help("run `cqrs upgrade` first"));
        }
        Ok(())
    }
}

/// What a plan does, without its SQL: that is in the files, to be reviewed there.
fn outline(plan: &Plan) {
    note(plan.dialect.bold());
    if plan.is_empty() {
        note("  nothing to do");
    }
    let mut said = None;
    for step in plan.steps.iter().filter(|step| said.replace(&step.description) != Some(&step.description)) {
        let loss = if step.reversible { "" } else { " (cannot be undone without loss)" };
        for (at, line) in step.description.lines().enumerate() {
            note(format_args!("  {line}{}", if at == 0 { loss } else { "" }));
        }
    }
}
