//! Changes and plan -> hazards. Each code has a page in `hazards/`.
//!
//! [`lint`] finds everything that could be one; `Policy::judge` says, by the size of the live tables and the service's
//! settings, which of it stops.

mod codes;
mod compat;
mod locks;
mod policy;
mod rows;
#[cfg(test)]
mod tests;
mod types;
mod undo;
mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use cqrs_core::schema::ObjectName;
use serde::Serialize;

use crate::change::Change;
use crate::dialect::{Held, Lock};
use crate::error::Error;
use crate::plan::{Plan, as_comment};
use crate::sizes::TableSize;

pub use codes::{CATEGORIES, CODES, page};
pub(crate) use codes::{codes, codes_help, nearest};
pub use policy::Policy;
pub(crate) use rows::loses_data;
pub(crate) use views::{gone_under_views, views_left_behind};

/// What a change may do besides what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hazard {
    /// The stable code: `DATA…` loses data, `LOCK…` keeps others waiting, `FAIL…` may fail on the rows that are there,
    /// `COMPAT…` breaks the version of the service that still runs, `UNDO…` cannot be undone.
    pub code: &'static str,
    /// Whether the plan stops at it.
    pub level: Level,
    /// What changes: `orders`, `orders.total`.
    pub object: String,
    /// What happens.
    pub message: String,
    /// The safe way.
    pub help: &'static str,
    /// What a `LOCK…` hazard makes others wait for.
    pub lock: Option<Lock>,
    /// For how long.
    pub held: Option<Held>,
    /// The size of the live tables whose rows are concerned, where a database is at hand.
    pub size: Option<TableSize>,
    /// The tables whose rows are concerned. None where it is a hazard without any rows too.
    #[serde(skip)]
    pub(crate) tables: Vec<ObjectName>,
}

/// Whether a plan stops at a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Nothing is done until somebody allows it.
    Stop,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Stop => "hazard",
        })
    }
}

impl Hazard {
    fn new(code: &'static str, object: impl fmt::Display, message: impl Into<String>, help: &'static str) -> Self {
        Self {
            code,
            level: Level::Note,
            object: object.to_string(),
            message: message.into(),
            help,
            lock: None,
            held: None,
            size: None,
            tables: Vec::new(),
        }
    }

    fn of_rows_in(mut self, tables: impl IntoIterator<Item = ObjectName>) -> Self {
        self.tables = tables.into_iter().collect();
        self
    }

    /// As a comment in a script, each line of it.
    #[must_use]
    pub fn comment(&self) -> String {
        as_comment(&format!("{} {self}", self.level))
    }

    /// `DATA`, `LOCK`, `FAIL`, `COMPAT` or `UNDO`.
    #[must_use]
    pub fn category(&self) -> &'static str {
        codes::category(self.code)
    }
}

/// One line, unless an expression in it has several: ``DATA001: `orders`: the table is dropped, …``.
impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}`: {}", self.code, self.object, self.message)?;
        match &self.size {
            Some(size) if size.is_worth_a_word() => {
                let verb = match self.held {
                    Some(Held::Rewrite) => "rewrites ",
                    Some(Held::Scan) => "reads ",
                    _ => "",
                };
                write!(f, " ({})", size.text(verb))
            }
            _ => Ok(()),
        }
    }
}

/// Hazards that somebody has allowed: the code, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed(pub BTreeMap<String, String>);

impl Allowed {
    /// A code that there is not allows nothing.
    pub(crate) fn check(&self) -> Result<(), Error> {
        known(self.0.keys(), codes())
    }

    /// Those of the hazards that stop, and that nobody has allowed.
    #[must_use]
    pub fn remaining(&self, hazards: &[Hazard]) -> Vec<Hazard> {
        let stops = |hazard: &&Hazard| hazard.level == Level::Stop && !self.0.contains_key(hazard.code);
        hazards.iter().filter(stops).cloned().collect()
    }
}

/// Whether all names are among those that are known.
fn known<'a>(
    names: impl IntoIterator<Item = &'a String>,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Result<(), Error> {
    match names.into_iter().find(|name| !known.clone().any(|known| known == name.as_str())) {
        Some(name) => Err(Error::UnknownHazard { name: name.clone(), near: nearest(name, known) }),
        None => Ok(()),
    }
}

/// Everything in changes and their plan that could be a hazard, each thing once, none of it judged yet.
#[must_use]
pub fn lint(changes: &[Change], plan: &Plan) -> Vec<Hazard> {
    let mut hazards: Vec<Hazard> =
        changes.iter().flat_map(|change| rows::hazards(change, changes, plan.dialect)).collect();
    // Nobody waits for a table that the plan makes.
    let made: BTreeSet<ObjectName> = changes.iter().filter_map(made_table).collect();
    hazards.extend(
        locks::hazards(plan).into_iter().filter(|hazard| hazard.tables.iter().all(|table| !made.contains(table))),
    );
    hazards.extend(changes.iter().flat_map(|change| compat::hazards(change, changes)));
    hazards.extend(changes.iter().flat_map(|change| undo::of_change(change, changes, plan.dialect)));
    hazards.extend(undo::of_plan(plan));
    hazards
}

fn made_table(change: &Change) -> Option<ObjectName> {
    match change {
        Change::CreateTable(table) => Some(table.object_name()),
        _ => None,
    }
}
