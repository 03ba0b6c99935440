//! `cqrs status`.

use clap::Args;
use owo_colors::OwoColorize;

use super::report::Failure;
use super::{DONE, FINDINGS, Target};
use crate::history::{Kind, State};
use crate::prepare::describe;
use crate::revision::Upgrade;

#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    target: Target,
}

impl Status {
    pub(super) async fn run(self) -> Result<u8, Failure> {
        let service = self.target.service()?;
        let url = self.target.url(&service)?;
        let set = service.revisions()?;
        let standing = Upgrade::new(&set, &url).standing(None).await?;
        anstream::println!("service   {}", service.name);
        anstream::println!("database  {url}");
        anstream::println!("revisions {} in {}", set.revisions.len(), set.folder.display());
        for record in &standing.history.records {
            let message = match (record.kind, set.revisions.get(&record.revision)) {
                (Kind::Direct, _) => "migrated by the service itself",
                (Kind::Revision, Some(revision)) => revision.message.as_str(),
                (Kind::Revision, None) => "",
            };
            let state = match record.state {
                State::Applied => "applied".green().to_string(),
                State::Running => format!("{} after statement {}", "interrupted".red(), record.statements_done),
            };
            anstream::println!("  {state}  {}  {}  {message}", record.started_at, record.revision);
        }
        for id in &standing.pending {
            let message = set.revisions.get(id).map(|revision| revision.message.as_str()).unwrap_or_default();
            anstream::println!("  {}  {id}  {message}", "pending".yellow());
        }
        for name in &standing.unmanaged {
            anstream::println!("  {}  {name}", "not managed".dimmed());
        }
        if !standing.drift.is_empty() {
            anstream::println!("{}: the database is not what was recorded; to make it so:", "drift".red().bold());
            for line in describe(&standing.drift).lines() {
                anstream::println!("  {line}");
            }
        }
        let heads = set.heads();
        if heads.len() > 1 {
            anstream::println!("{}: each is followed by no other", "several heads".red().bold());
            for head in &heads {
                anstream::println!("  {}  {}", head.id, head.message);
            }
        }
        Ok(if heads.len() <= 1 && standing.pending.is_empty() && standing.drift.is_empty() { DONE } else { FINDINGS })
    }
}
