//! The shape of a database: tables, columns, keys, indexes, checks, enums, views, and objects that are their SQL.
//!
//! One set of types serves both ends. `#[object_model]` emits a [`Table`] as a compile-time constant (every name is a
//! borrowed `'static` string), and introspection builds the same [`Table`] with owned values. What is declared is written
//! in portable types ([`ColumnType::String`], …); what was read from a database is in that database's own words
//! ([`ColumnType::Native`]). `cqrs-migrate` lowers the first to the second before it compares.
//!
//! ```
//! use cqrs_core::schema::{Column, ColumnType, Schema, Table};
//!
//! let mut table = Table::new("customers");
//! table.columns.to_mut().push(Column::new("id", ColumnType::BigInteger));
//! let schema = Schema::declare([table])?;
//! assert_eq!(schema.tables.len(), 1);
//! # Ok::<(), cqrs_core::schema::DeclareError>(())
//! ```

mod column;
mod declare;
mod document;
mod list;
mod name;
mod object;
mod per_database;
mod table;
mod type_document;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use column::{Access, Column, ColumnSql, ColumnType, DefaultValue, FormerLabel, Generated, IntegerSize, Literal};
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(crate) use declare::name_parts;
pub use declare::{DeclareError, Declared};
pub use document::{DocumentError, read_table, write_table};
pub use list::List;
pub use name::ObjectName;
pub use object::{Dependency, ObjectId, ObjectKind, SqlObject};
pub use per_database::SqlPerDatabase;
pub use table::{
    Check, Deferrable, Exclusion, ForeignKey, Index, IndexKey, IndexPart, MatchType, Model, Nulls, PrimaryKey,
    ReferentialAction, SortOrder, Table, Unique,
};

use serde::{Deserialize, Serialize};

/// Text that is either a compile-time constant or owned.
pub type Str = Cow<'static, str>;

/// A whole schema, desired or actual. Equal by name: the order of tables, columns and constraints does not count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Tables by name.
    pub tables: BTreeMap<ObjectName, Table>,
    /// Named enum types by name. Only databases that have them (PostgreSQL) fill this after lowering.
    pub enums: BTreeMap<ObjectName, EnumType>,
    /// Views by name.
    pub views: BTreeMap<ObjectName, View>,
    /// Everything else: functions, triggers, domains, sequences, ….
    pub objects: BTreeMap<ObjectId, SqlObject>,
}

impl Schema {
    /// A schema with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.enums.is_empty() && self.views.is_empty() && self.objects.is_empty()
    }

    /// Adds a table under its own name, replacing one of that name.
    pub fn add_table(&mut self, table: Table) {
        self.tables.insert(table.object_name(), table);
    }

    /// Adds an enum type under its own name, replacing one of that name.
    pub fn add_enum(&mut self, enum_type: EnumType) {
        self.enums.insert(enum_type.name.clone(), enum_type);
    }

    /// Adds a view under its own name, replacing one of that name.
    pub fn add_view(&mut self, view: View) {
        self.views.insert(view.name.clone(), view);
    }

    /// The id of the view of that name, or else of the table.
    #[must_use]
    pub fn relation(&self, name: &ObjectName) -> ObjectId {
        if self.views.contains_key(name) { ObjectId::view(name.clone()) } else { ObjectId::table(name.clone()) }
    }

    /// Adds an object under its own id, replacing one of that id.
    pub fn add_object(&mut self, object: SqlObject) {
        self.objects.insert(object.id.clone(), object);
    }
}

/// A named list of labels that is a type of its own in the database (PostgreSQL's `CREATE TYPE … AS ENUM`).
#[derive(Debug, Clone, Eq, Serialize, Deserialize)]
pub struct EnumType {
    /// The type's name.
    pub name: ObjectName,
    /// The labels, in the order in which the database sorts them.
    pub values: Vec<Str>,
    /// The comment stored with the type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
    /// The name that it had before, in the same schema. Two types that differ in it alone are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<Str>,
    /// The labels that had another name before. Two types that differ in them alone are equal.
    #[serde(default, skip_serializing_if = "<[FormerLabel]>::is_empty")]
    pub former_labels: List<FormerLabel>,
}

impl EnumType {
    /// The name that it had before, with its schema.
    #[must_use]
    pub fn former_name(&self) -> Option<ObjectName> {
        Some(ObjectName { schema: self.name.schema.clone(), name: self.renamed_from.clone()? })
    }
}

impl PartialEq for EnumType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.values == other.values && self.comment == other.comment
    }
}

/// A view: a query with a name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct View {
    /// The view's name.
    pub name: ObjectName,
    /// The query, without `CREATE VIEW … AS` and without a semicolon. Of a declared view, that of the databases which
    /// `query_on` does not name.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub query: Str,
    /// Of a declared view, the query on the databases that have one of their own.
    #[serde(default, skip_serializing_if = "SqlPerDatabase::is_empty")]
    pub query_on: SqlPerDatabase,
    /// Whether the rows are stored (PostgreSQL's `MATERIALIZED`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub materialized: bool,
    /// Of a declared view that is `materialized`: whether it is a plain one where a database stores no view.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub plain_elsewhere: bool,
    /// Of a declared view, what its read model reads: names, types, and whether they may be null. Two views that differ
    /// in it alone are equal.
    #[serde(default, skip_serializing_if = "<[Column]>::is_empty")]
    pub fields: List<Column>,
    /// The columns' names, in order, where the database tells them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Str>,
    /// The indexes of a materialized view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// What else its definition says, a clause each, in one database's own words: MySQL's `SQL SECURITY INVOKER`.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with the view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
    /// The comments stored with its columns, by the columns' names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub column_comments: BTreeMap<Str, Str>,
    /// What its query reads. Set by introspection, where the database tells it; two views that differ in it alone are
    /// equal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<Dependency>,
    /// The name that it had before, in the same schema. Two views that differ in it alone are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<Str>,
}

impl View {
    /// The name that it had before, with its schema.
    #[must_use]
    pub fn former_name(&self) -> Option<ObjectName> {
        Some(ObjectName { schema: self.name.schema.clone(), name: self.renamed_from.clone()? })
    }
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.query == other.query
            && self.query_on == other.query_on
            && self.plain_elsewhere == other.plain_elsewhere
            && self.materialized == other.materialized
            && self.indexes == other.indexes
            && self.options == other.options
            && self.comment == other.comment
            && self.column_comments == other.column_comments
    }
}
