//! A live database -> Rust source of object models.
//!
//! ```text
//! Schema of the database -> drafts: names, types, defaults, keys -> source files
//!                                     |
//!                                     whatever a column may be declared as is lowered, and must come out as the
//!                                     database has it: nothing here knows how a database spells a type
//! ```

mod check;
mod draft;
mod glob;
mod keys;
mod labels;
mod modules;
mod names;
mod types;
mod values;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{ObjectName, Schema};

use crate::dialect::Dialect;

pub(crate) use check::{Compared, compare};
pub(crate) use glob::matches_glob;
pub(crate) use modules::{known_models, wire};

/// What models are written from, and how.
pub(crate) struct Import<'a> {
    /// The database.
    pub(crate) schema: &'a Schema,
    pub(crate) dialect: Dialect,
    /// The tables to write models of.
    pub(crate) tables: &'a BTreeSet<ObjectName>,
    /// Those of them that were found to be no models, and why.
    pub(crate) refused: &'a BTreeMap<ObjectName, String>,
    /// The domain of every table; without one, the database schema that it is in.
    pub(crate) domain: Option<&'a str>,
    /// The domain of tables in the default schema.
    pub(crate) default_domain: &'a str,
    /// Models that are in the crate already: their tables, and their paths.
    pub(crate) known: &'a BTreeMap<ObjectName, KnownModel>,
}

/// A model that the crate has already.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KnownModel {
    /// `crate::sales::Customer`
    pub(crate) path: String,
    /// Column -> field and its Rust type.
    pub(crate) fields: BTreeMap<String, (String, String)>,
}

/// The models as source.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// The modules of the domains, each with the modules in it.
    pub(crate) domains: BTreeMap<String, Domain>,
    /// The tables that have a model, each with the modules of its domain and its own.
    pub(crate) tables: BTreeMap<ObjectName, [String; 2]>,
    /// What was not written, and what to do about it.
    pub(crate) left: Vec<Left>,
    /// The crates that the source names, and the features of `cqrs-core` for them.
    pub(crate) crates: BTreeSet<&'static str>,
    pub(crate) features: BTreeSet<&'static str>,
}

/// A module with a file for each table.
#[derive(Debug, Default)]
pub(crate) struct Domain {
    /// The domain as it is written in the models.
    pub(crate) name: String,
    /// Module -> its source.
    pub(crate) modules: BTreeMap<String, String>,
}

/// Something of the database that no model says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Left {
    /// A table, or a foreign key of one.
    pub(crate) what: String,
    /// Why, and the way round it.
    pub(crate) why: String,
}

impl Imported {
    /// The table that an error speaks of: `orders`, or `orders.total`.
    pub(crate) fn table_of(&self, place: &str) -> Option<ObjectName> {
        let is_it = |name: &&ObjectName| {
            let name = name.to_string();
            place == name || place.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.'))
        };
        self.tables.keys().filter(is_it).max_by_key(|name| name.to_string().len()).cloned()
    }
}

impl Left {
    fn table(name: &ObjectName, why: String) -> Self {
        Self { what: format!("table `{name}`"), why }
    }

    /// Whether it is a table of that name.
    pub(crate) fn is_table(&self, name: &ObjectName) -> bool {
        self.what == format!("table `{name}`")
    }
}

impl Import<'_> {
    /// The models of the tables.
    pub(crate) fn models(&self) -> Imported {
        let mut imported = Imported::default();
        let mut drafts = draft::drafts(self, &mut imported.left);
        keys::refer(self, &mut drafts, &mut imported.left);
        write::write(self.dialect, &drafts, &mut imported);
        imported
    }
}
