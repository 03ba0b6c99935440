use std::fmt;

use serde::{Deserialize, Serialize};

use super::{List, ObjectName, SqlPerDatabase, Str};

/// What an object of a schema is.
///
/// In the order in which they are made where nothing else decides it: what others are built of comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ObjectKind {
    /// What the database itself decides where nothing else does: its character set and collation (MySQL, MariaDB). It is
    /// there whether a schema speaks of it or not, so that a schema without it says nothing.
    DatabaseDefault,
    /// A namespace of the database: `CREATE SCHEMA` (PostgreSQL).
    Namespace,
    /// An extension, with everything that belongs to it (PostgreSQL).
    Extension,
    /// A collation (PostgreSQL).
    Collation,
    /// A named list of labels: [`EnumType`](super::EnumType) (PostgreSQL).
    Enum,
    /// A composite type (PostgreSQL).
    CompositeType,
    /// A type with a rule (PostgreSQL).
    Domain,
    /// A range type (PostgreSQL).
    RangeType,
    /// A sequence that is not just a column's numbering (PostgreSQL, MariaDB).
    Sequence,
    /// A text search dictionary (PostgreSQL).
    TextSearchDictionary,
    /// A text search configuration (PostgreSQL).
    TextSearchConfiguration,
    /// A cast (PostgreSQL). What uses one does not depend on it as far as the database knows.
    Cast,
    /// A table: [`Table`](super::Table).
    Table,
    /// A virtual table, with the tables that it keeps its rows in (SQLite).
    VirtualTable,
    /// A view, materialized or not: [`View`](super::View).
    View,
    /// A function, a window function too.
    Function,
    /// A procedure.
    Procedure,
    /// An aggregate function (PostgreSQL; MariaDB's are functions).
    Aggregate,
    /// An operator (PostgreSQL).
    Operator,
    /// An operator family (PostgreSQL).
    OperatorFamily,
    /// An operator class (PostgreSQL).
    OperatorClass,
    /// Extended statistics over columns of a table (PostgreSQL).
    Statistics,
    /// A trigger of a table or view.
    Trigger,
    /// A rewrite rule of a table or view (PostgreSQL).
    Rule,
    /// A row security policy of a table (PostgreSQL).
    Policy,
    /// A statement that the server runs by the clock (MySQL, MariaDB).
    Event,
    /// What a role may do with an object. Read only on request.
    Privileges,
    /// Who owns an object (PostgreSQL). Read only on request.
    Owner,
}

impl ObjectKind {
    /// Its name for people: `composite type`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DatabaseDefault => "database default",
            Self::Namespace => "schema",
            Self::Extension => "extension",
            Self::Collation => "collation",
            Self::Enum => "enum",
            Self::CompositeType => "composite type",
            Self::Domain => "domain",
            Self::RangeType => "range type",
            Self::Sequence => "sequence",
            Self::TextSearchDictionary => "text search dictionary",
            Self::TextSearchConfiguration => "text search configuration",
            Self::Cast => "cast",
            Self::Table => "table",
            Self::VirtualTable => "virtual table",
            Self::View => "view",
            Self::Function => "function",
            Self::Procedure => "procedure",
            Self::Aggregate => "aggregate",
            Self::Operator => "operator",
            Self::OperatorFamily => "operator family",
            Self::OperatorClass => "operator class",
            Self::Statistics => "statistics",
            Self::Trigger => "trigger",
            Self::Rule => "rule",
            Self::Policy => "policy",
            Self::Event => "event",
            Self::Privileges => "privileges",
            Self::Owner => "owner",
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an object of a schema is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectId {
    /// What it is.
    pub kind: ObjectKind,
    /// Its name. What belongs to a table has the table's schema.
    pub name: ObjectName,
    /// The table or view that it belongs to, and that its name is unique in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Str>,
    /// What tells it from others of its name, as the database prints it, in parentheses where it stands behind the name:
    /// a routine's or operator's argument types (`(integer, text)`), an operator class's method, the role that privileges
    /// are for, of an owner the kind of what is owned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Str>,
}

impl ObjectId {
    /// An object that its kind and name tell from all others.
    #[must_use]
    pub fn new(kind: ObjectKind, name: ObjectName) -> Self {
        Self { kind, name, table: None, signature: None }
    }

    /// A table.
    #[must_use]
    pub fn table(name: ObjectName) -> Self {
        Self::new(ObjectKind::Table, name)
    }

    /// A view.
    #[must_use]
    pub fn view(name: ObjectName) -> Self {
        Self::new(ObjectKind::View, name)
    }

    /// An enum type.
    #[must_use]
    pub fn enum_type(name: ObjectName) -> Self {
        Self::new(ObjectKind::Enum, name)
    }

    /// What belongs to a table or view and is unique in it: a trigger, rule or policy.
    #[must_use]
    pub fn of_table(kind: ObjectKind, name: impl Into<Str>, table: &ObjectName) -> Self {
        Self {
            kind,
            name: ObjectName { schema: table.schema.clone(), name: name.into() },
            table: Some(table.name.clone()),
            signature: None,
        }
    }

    /// The name of the table or view that it belongs to.
    #[must_use]
    pub fn table_name(&self) -> Option<ObjectName> {
        let name = self.table.clone()?;
        Some(ObjectName { schema: self.name.schema.clone(), name })
    }
}

/// For people, without the kind: `app.total(integer)`, `stamp on orders`.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.table_name() {
            Some(table) => write!(f, "{} on {table}", self.name.name)?,
            None => write!(f, "{}", self.name)?,
        }
        match &self.signature {
            Some(signature) if signature.starts_with('(') => write!(f, "{signature}"),
            Some(signature) => write!(f, " {signature}"),
            None => Ok(()),
        }
    }
}

/// What one object needs of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dependency {
    /// The object needed.
    pub on: ObjectId,
    /// Which of its columns, in order of their names. Empty where it is the whole, or where the database does not tell.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub columns: List<Str>,
}

impl Dependency {
    /// On an object as a whole.
    #[must_use]
    pub fn on(object: ObjectId) -> Self {
        Self { on: object, columns: List::default() }
    }
}

/// An object that is its SQL: a function, trigger, policy, domain, sequence, extension, event and the like. One mechanism
/// for all of them: what it is, the statement that makes it, and what it depends on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SqlObject {
    /// What it is known by.
    #[serde(flatten)]
    pub id: ObjectId,
    /// The statement that makes it, as the database prints it, without a semicolon behind it. Of a declared object, that
    /// of the databases which `definition_on` does not name; empty where there is none.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub definition: Str,
    /// Of a declared object, the statement on the databases that have one of their own.
    #[serde(default, skip_serializing_if = "SqlPerDatabase::is_empty")]
    pub definition_on: SqlPerDatabase,
    /// What takes statements of its own once it is made, a clause each, in one database's own words: PostgreSQL's
    /// `DISABLE` of a trigger.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
    /// What it needs. Set by introspection; two objects that differ in it alone are equal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<Dependency>,
    /// The name that it had before, in the same schema. Two objects that differ in it alone are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<Str>,
}

impl SqlObject {
    /// An object with nothing but its statement.
    pub fn new(id: ObjectId, definition: impl Into<Str>) -> Self {
        Self {
            id,
            definition: definition.into(),
            definition_on: SqlPerDatabase::default(),
            options: List::default(),
            comment: None,
            depends_on: Vec::new(),
            renamed_from: None,
        }
    }

    /// What it was known by before.
    #[must_use]
    pub fn former_id(&self) -> Option<ObjectId> {
        let name = ObjectName { schema: self.id.name.schema.clone(), name: self.renamed_from.clone()? };
        Some(ObjectId { name, ..self.id.clone() })
    }
}

impl PartialEq for SqlObject {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.definition == other.definition
            && self.definition_on == other.definition_on
            && self.options == other.options
            && self.comment == other.comment
    }
}
