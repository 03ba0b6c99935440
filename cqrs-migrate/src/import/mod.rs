//! A live database -> Rust source of object models, read models and SQL objects.
//!
//! ```text
//! Schema of the database -> drafts: names, types, defaults, keys -> source files
//!                                     |
//!                                     whatever a column may be declared as is lowered, and must come out as the
//!                                     database has it: nothing here knows how a database spells a type
//! ```
//!
//! What stands on something that is not written is not written either: it could not be made on another database.

mod check;
mod draft;
mod glob;
mod keys;
mod labels;
mod modules;
mod names;
mod objects;
mod text;
mod types;
mod values;
mod views;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema};

use crate::dialect::{Dialect, NotManaged};
use crate::view_columns::ViewColumns;

pub(crate) use check::{Compared, compare, stand_alone};
pub(crate) use glob::matches_glob;
pub(crate) use modules::{known, wire};
pub(crate) use names::OBJECTS_MODULE;
pub(crate) use objects::{asked, is_declarable};

/// What models are written from, and how.
pub(crate) struct Import<'a> {
    /// The database.
    pub(crate) schema: &'a Schema,
    /// The columns of its views.
    pub(crate) view_columns: &'a ViewColumns,
    pub(crate) dialect: Dialect,
    /// The tables, views and SQL objects to write.
    pub(crate) asked: &'a BTreeSet<ObjectId>,
    /// Those of them that were found to be none that can be said, and why.
    pub(crate) refused: &'a BTreeMap<ObjectId, String>,
    /// The domain of everything; without one, the database schema that it is in.
    pub(crate) domain: Option<&'a str>,
    /// The domain of what is in the default schema.
    pub(crate) default_domain: &'a str,
    /// What is in the crate already.
    pub(crate) known: &'a Known,
}

/// What a crate declares.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Models by their tables.
    pub(crate) models: BTreeMap<ObjectName, KnownModel>,
    /// The views of read models.
    pub(crate) views: BTreeSet<ObjectName>,
    /// SQL objects, each with the module that it stands in.
    pub(crate) objects: BTreeMap<ObjectId, String>,
}

/// A model that the crate has already.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KnownModel {
    /// `crate::sales::Customer`
    pub(crate) path: String,
    /// Column -> field and its Rust type.
    pub(crate) fields: BTreeMap<String, (String, String)>,
}

impl Known {
    /// Whether the crate declares a table, view or object.
    pub(crate) fn declares(&self, id: &ObjectId) -> bool {
        match id.kind {
            ObjectKind::Table => self.models.contains_key(&id.name),
            ObjectKind::View => self.views.contains(&id.name),
            _ => self.objects.contains_key(id),
        }
    }
}

/// The models, read models and SQL objects as source.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// The modules of the domains, each with the modules in it.
    pub(crate) domains: BTreeMap<String, Domain>,
    /// What is written, each with the modules of its domain and its own.
    pub(crate) written: BTreeMap<ObjectId, [String; 2]>,
    /// What was not written, and what to do about it.
    pub(crate) left: Vec<Left>,
    /// The crates that the source names, and the features of `cqrs-core` for them.
    pub(crate) crates: BTreeSet<&'static str>,
    pub(crate) features: BTreeSet<&'static str>,
}

/// A module with a file for each table and view, and one for the SQL objects.
#[derive(Debug, Default)]
pub(crate) struct Domain {
    /// The domain as it is written in the models.
    pub(crate) name: String,
    /// Module -> its source.
    pub(crate) modules: BTreeMap<String, String>,
    /// The SQL objects, without what their file begins with.
    pub(crate) objects: String,
}

/// Something of the database that is not written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Left {
    /// What it is, with its name: a table, a view, an SQL object, or a part of one.
    pub(crate) what: String,
    /// Why, and the way round it.
    pub(crate) why: String,
}

impl Imported {
    /// What an error speaks of: `orders`, `orders.total`, `stamp on orders`.
    pub(crate) fn written_as(&self, place: &str) -> Option<ObjectId> {
        let is_it = |id: &&ObjectId| {
            let name = id.to_string();
            place == name || place.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.'))
        };
        self.written.keys().filter(is_it).max_by_key(|id| id.to_string().len()).cloned()
    }

    /// How many tables, views and SQL objects are written.
    pub(crate) fn counts(&self) -> [usize; 3] {
        let count = |is: fn(ObjectKind) -> bool| self.written.keys().filter(|id| is(id.kind)).count();
        [
            count(|kind| kind == ObjectKind::Table),
            count(|kind| kind == ObjectKind::View),
            count(|kind| !matches!(kind, ObjectKind::Table | ObjectKind::View)),
        ]
    }
}

impl Left {
    /// Something as a whole, called as where it is told to be not managed.
    fn whole(id: &ObjectId, why: String) -> Self {
        let (kind, table) = (id.kind.name(), id.table_name());
        let name = ObjectId { table: None, ..id.clone() }.to_string().into();
        Self { what: NotManaged { kind, name, table }.to_string(), why }
    }

    /// Whether it is the table or view of that name.
    pub(crate) fn is_relation(&self, name: &ObjectName) -> bool {
        [ObjectKind::Table, ObjectKind::View].iter().any(|kind| self.what == format!("{kind} `{name}`"))
    }
}

impl Import<'_> {
    /// The models of the tables, the read models of the views, and the SQL objects.
    pub(crate) fn models(&self) -> Imported {
        let mut imported = Imported::default();
        let mut drafts = draft::drafts(self, &mut imported.left);
        keys::refer(self, &mut drafts, &mut imported.left);
        write::write(self.dialect, &drafts, &mut imported);
        imported
    }
}
