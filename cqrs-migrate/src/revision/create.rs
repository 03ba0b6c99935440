//! The differences between the models and the head -> a new revision.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use cqrs_core::schema::{ObjectName, Schema};
use sha2::{Digest, Sha256};

use super::RevisionSet;
use super::files::{self, Manifest};
use crate::change::Change;
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::Dialect;
use crate::diff::diff;
use crate::error::Error;
use crate::history::SchemaDelta;
use crate::lint::{Allowed, Hazard, Policy, lint};
use crate::managed::{adopt, declared_beside, take_managed_part};
use crate::migrator::hex;
use crate::plan::Plan;
use crate::prepare::{Prepared, Request, prepare};
use crate::rename::{Answers, Renames, likely_renames, pending};
use crate::sizes::Sizes;
use crate::spelling::Spellings;

/// What a new revision is made from.
#[derive(Debug, Clone)]
pub struct NewRevision<'a> {
    /// What it is for, in a few words.
    pub message: &'a str,
    /// What the models declare.
    pub declared: &'a Schema,
    /// The databases that the service runs on.
    pub databases: &'a [Dialect],
    /// A server for each database on which the plan shall be proven. SQLite needs none.
    pub servers: &'a BTreeMap<Dialect, DatabaseUrl>,
    /// Hazards that are allowed.
    pub allowed: &'a Allowed,
    /// What hazards are judged by.
    pub policy: &'a Policy,
    /// The live database that tells how large the tables are.
    pub live: Option<&'a DatabaseUrl>,
    /// What a person says of names that are gone.
    pub answers: &'a Answers,
    /// Whether the plans are proven. Where not, the revision says so.
    pub verify: bool,
    /// What a live database has of these tables already. What no model says of it, and the tables need, the revision makes
    /// on that database, too.
    pub existing: Option<(Dialect, &'a Schema)>,
}

/// Why a plan was not proven when its revision was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotVerified {
    /// Nobody wanted it.
    OnRequest,
    /// There was no server on which to do it.
    NoServer,
}

/// As `revision.toml` says it.
impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnRequest => "on request",
            Self::NoServer => "no server was named",
        })
    }
}

/// A revision that was written.
#[derive(Debug, Clone)]
pub struct CreatedRevision {
    /// Its id.
    pub id: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The plan for each database.
    pub plans: Vec<Plan>,
    /// Where the plans were proven: dialect -> the server's version.
    pub verified: BTreeMap<String, String>,
    /// The databases for which nothing was proven, and why.
    pub not_verified: BTreeMap<Dialect, NotVerified>,
    /// What it may do besides, on any of the databases: what stops was allowed.
    pub hazards: Vec<Hazard>,
    /// Why it is not known how large the tables are, where there is a live database that did not tell.
    pub sizes_unknown: Option<String>,
}

/// Plans the way from the head to what the models declare, on every database and back, proves it where it can, and
/// writes it down. `None` where there is nothing to do.
///
/// # Errors
/// [`Error::SeveralHeads`]; [`Error::Unanswered`] where a drop may be a rename; [`Error::Hazards`] that are not allowed; [`Error::NotSupported`] by one of the databases;
/// [`Error::UnknownHazard`]; [`Error::NotProven`]; [`Error::File`]. Nothing is written then.
pub async fn create(set: &RevisionSet, new: &NewRevision<'_>) -> Result<Option<CreatedRevision>, Error> {
    new.allowed.check()?;
    new.policy.check()?;
    let parent = set.head()?.map(|revision| revision.id.clone());
    let recorded = set.schema_at(parent.as_deref())?;
    let renames = renames(&recorded, new)?;
    let created = chrono::Utc::now();
    let mut verified = BTreeMap::new();
    let mut not_verified = BTreeMap::new();
    let mut plans = Vec::new();
    let mut files: Vec<(String, String)> = Vec::new();
    let mut hazards: Vec<Hazard> = Vec::new();
    let mut sizes_unknown = None;
    let memory = DatabaseUrl::parse("sqlite::memory:")?;
    for &dialect in new.databases {
        let shadow = if dialect == Dialect::Sqlite { Some(&memory) } else { new.servers.get(&dialect) };
        let before = with_existing(dialect.lower(&recorded)?, new, dialect);
        let after = with_existing(dialect.lower(new.declared)?, new, dialect);
        let (verify, spellings) = (new.verify, &Spellings::default());
        let request = |before, after, renames| {
            let before_is_live = false;
            Request { dialect, before, before_is_live, after, spellings, renames, shadow, verify }
        };
        let up = prepare(request(&before, &after, renames.clone())).await?;
        let down = prepare(request(&after, &before, up.renames.back(&before, &after))).await?;
        let found = lint(&up.changes, &up.plan);
        let sizes = match sizes(new, dialect, &found, &up).await {
            Ok(sizes) => sizes,
            Err(error) => {
                sizes_unknown = Some(error.to_string());
                Sizes::default()
            }
        };
        for hazard in new.policy.judge(found, &sizes.of_one_database()) {
            match hazards.iter_mut().find(|known| known.code == hazard.code && known.object == hazard.object) {
                Some(known) if known.level < hazard.level => *known = hazard,
                Some(_) => {}
                None => hazards.push(hazard),
            }
        }
        match shadow {
            Some(url) if up.proven && down.proven => {
                let mut connection = Connection::open(url).await?;
                let version = connection.version().await;
                connection.close().await;
                verified.insert(dialect.name().to_owned(), version?);
            }
            _ => {
                let why = if new.verify { NotVerified::NoServer } else { NotVerified::OnRequest };
                not_verified.insert(dialect, why);
            }
        }
        let head = |way: &str| head(new.message, way, dialect, not_verified.get(&dialect));
        files.push((format!("up.{}.sql", dialect.name()), head("up") + &up.plan.sql()));
        files.push((format!("down.{}.sql", dialect.name()), head("down") + &down.plan.sql()));
        plans.push(up.plan);
    }
    if plans.iter().all(Plan::is_empty) {
        return Ok(None);
    }
    let remaining = new.allowed.remaining(&hazards);
    // What the live database has already is not done to it; `cqrs upgrade` judges what is done to others.
    if !remaining.is_empty() && new.existing.is_none() {
        return Err(Error::Hazards { hazards: remaining });
    }
    let mut digest = Sha256::new();
    digest.update(created.to_rfc3339());
    digest.update(new.message);
    files.iter().for_each(|(_, text)| digest.update(text));
    let id = format!("{}_{}", created.format("%Y%m%dT%H%M%S"), &hex(&digest.finalize())[..8]);
    let codes: BTreeSet<&str> = hazards.iter().map(|hazard| hazard.code).collect();
    let manifest = Manifest {
        id: id.clone(),
        parents: parent.into_iter().collect(),
        message: new.message.to_owned(),
        created: created.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        allowed: new
            .allowed
            .0
            .iter()
            .filter(|(code, _)| codes.contains(code.as_str()))
            .map(|(code, reason)| (code.clone(), reason.clone()))
            .collect(),
        verified: verified.clone(),
        not_verified: not_verified.iter().map(|(dialect, why)| (dialect.name().to_owned(), why.to_string())).collect(),
    };
    let mut declared = new.declared.clone();
    renames.declare_in(&mut declared);
    let delta = SchemaDelta::between(&recorded, &declared);
    let folder = files::write(&set.folder, &format!("{id}_{}", slug(new.message)), &manifest, &delta, &files)?;
    Ok(Some(CreatedRevision { id, folder, plans, verified, not_verified, hazards, sizes_unknown }))
}

/// A schema with what a live database has besides.
fn with_existing(mut schema: Schema, new: &NewRevision<'_>, dialect: Dialect) -> Schema {
    if let Some((_, existing)) = new.existing.filter(|(of, _)| *of == dialect) {
        let (part, _) = take_managed_part(
            &mut existing.clone(),
            &schema.tables.keys().cloned().collect(),
            &BTreeSet::new(),
            &schema,
        );
        let beside = declared_beside(&schema);
        adopt(dialect, &mut schema, &part, &beside);
        // A database that is made by revisions has no tables but theirs.
        let names: BTreeSet<ObjectName> = schema.tables.keys().cloned().collect();
        for table in schema.tables.values_mut() {
            table.foreign_keys.to_mut().retain(|key| names.contains(&key.references));
        }
    }
    schema
}

/// Of the tables of the live database, if that is the one that the plan is for.
async fn sizes(new: &NewRevision<'_>, dialect: Dialect, found: &[Hazard], up: &Prepared) -> Result<Sizes, Error> {
    match new.live.filter(|url| url.dialect() == dialect) {
        Some(url) => Sizes::of_database(url, found, &up.changes, new.policy).await,
        None => Ok(Sizes::default()),
    }
}

/// What is renamed since the head, by declaration or answer. A drop that may be a rename is asked about.
fn renames(recorded: &Schema, new: &NewRevision<'_>) -> Result<Renames, Error> {
    let asked = new.answers.renames(recorded, new.declared, Some(recorded))?;
    let renames = pending(recorded, new.declared, Some(recorded), &asked)?.renames;
    let mut changes = diff(recorded, new.declared, &renames);
    if !new.databases.iter().any(|dialect| dialect.rules().capabilities().named_enums) {
        changes.retain(|change| !matches!(change, Change::CreateEnum(_) | Change::DropEnum(_)));
    }
    let likely = likely_renames(&changes);
    let likely = new.answers.unanswered(likely, recorded, new.declared, &renames)?;
    if likely.is_empty() { Ok(renames) } else { Err(Error::Unanswered { likely }) }
}

/// The comment that a file of SQL begins with.
fn head(message: &str, way: &str, dialect: Dialect, not_verified: Option<&NotVerified>) -> String {
    let said = format!("{message}: {way} on {dialect}");
    let why = not_verified.map(|why| format!("not verified: {why}"));
    let lines: String = said.lines().chain(why.as_deref()).map(|line| format!("-- {line}\n")).collect();
    lines + "\n"
}

/// A message as part of a folder's name: `Add SCOR processes!` -> `add_scor_processes`.
fn slug(message: &str) -> String {
    let mut slug = String::new();
    for character in message.to_lowercase().chars() {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.ends_with('_') && !slug.is_empty() {
            slug.push('_');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    slug.trim_end_matches('_').to_owned()
}
