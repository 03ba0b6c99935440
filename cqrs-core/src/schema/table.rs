use serde::{Deserialize, Serialize};

use super::{Column, Dependency, List, ObjectName, Str};

/// A table with everything that belongs to it. Equal by name: the order of its parts does not count.
#[derive(Debug, Clone)]
pub struct Table {
    /// The database schema, where it is not the connection's default one.
    pub schema: Option<Str>,
    /// The table's name, unquoted.
    pub name: Str,
    /// The columns, in order.
    pub columns: List<Column>,
    /// The primary key.
    pub primary_key: Option<PrimaryKey>,
    /// Unique constraints.
    pub uniques: List<Unique>,
    /// Indexes that are not part of a constraint.
    pub indexes: List<Index>,
    /// Foreign keys.
    pub foreign_keys: List<ForeignKey>,
    /// Check constraints.
    pub checks: List<Check>,
    /// Exclusion constraints (PostgreSQL).
    pub exclusions: List<Exclusion>,
    /// The tables whose columns and checks it takes over (PostgreSQL's `INHERITS`); of a partition, the table that it is
    /// a part of.
    pub inherits: List<ObjectName>,
    /// Which rows a partition holds: `FOR VALUES FROM (1) TO (10)`, `DEFAULT` (PostgreSQL).
    pub partition_bound: Option<Str>,
    /// What the other fields cannot say, a clause each, in one database's own words: PostgreSQL's `UNLOGGED`, MySQL's
    /// `ENGINE=MyISAM`, SQLite's `STRICT`. Empty is what the database does by itself.
    pub options: List<Str>,
    /// The comment stored with the table. A model's doc comment.
    pub comment: Option<Str>,
    /// What it needs besides the tables that its foreign keys refer to and those that it inherits from: functions in its
    /// defaults, types, sequences. Set by introspection; two tables that differ in it alone are equal.
    pub depends_on: List<Dependency>,
    /// The name that the table had before: declared, done once, then without effect. Never set by introspection.
    pub renamed_from: Option<Str>,
    /// What the model says of itself. Never set by introspection.
    pub model: Option<Model>,
}

impl Table {
    /// A table with a name and nothing else.
    pub fn new(name: impl Into<Str>) -> Self {
        Self {
            schema: None,
            name: name.into(),
            columns: List::Constant(&[]),
            primary_key: None,
            uniques: List::Constant(&[]),
            indexes: List::Constant(&[]),
            foreign_keys: List::Constant(&[]),
            checks: List::Constant(&[]),
            exclusions: List::Constant(&[]),
            inherits: List::Constant(&[]),
            partition_bound: None,
            options: List::Constant(&[]),
            comment: None,
            depends_on: List::Constant(&[]),
            renamed_from: None,
            model: None,
        }
    }

    /// The table that this is a partition of (PostgreSQL).
    #[must_use]
    pub fn partition_of(&self) -> Option<&ObjectName> {
        self.partition_bound.as_ref().and_then(|_| self.inherits.first())
    }

    /// Its name with its schema.
    #[must_use]
    pub fn object_name(&self) -> ObjectName {
        ObjectName { schema: self.schema.clone(), name: self.name.clone() }
    }

    /// The name that it had before, with its schema.
    #[must_use]
    pub fn former_name(&self) -> Option<ObjectName> {
        let name = self.renamed_from.clone()?;
        Some(ObjectName { schema: self.schema.clone(), name })
    }

    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(left: &List<T>, right: &List<T>, key: impl Fn(&T) -> String) -> bool {
            let sorted = |items: &'_ [T]| {
                let mut order: Vec<usize> = (0..items.len()).collect();
                order.sort_by_cached_key(|&at| key(&items[at]));
                order
            };
            left == right
                || left.len() == right.len()
                    && sorted(left).iter().zip(sorted(right)).all(|(&l, r)| left[l] == right[r])
        }
        self.schema == other.schema
            && self.name == other.name
            && self.primary_key == other.primary_key
            && self.inherits == other.inherits
            && self.partition_bound == other.partition_bound
            && same(&self.options, &other.options, |option| option.to_string())
            && self.comment == other.comment
            && self.renamed_from == other.renamed_from
            && self.model == other.model
            && same(&self.columns, &other.columns, |column| column.name.to_string())
            && same(&self.uniques, &other.uniques, |unique| format!("{unique:?}"))
            && same(&self.indexes, &other.indexes, |index| format!("{index:?}"))
            && same(&self.foreign_keys, &other.foreign_keys, |key| format!("{key:?}"))
            && same(&self.checks, &other.checks, |check| format!("{check:?}"))
            && same(&self.exclusions, &other.exclusions, |exclusion| format!("{exclusion:?}"))
    }
}

/// What an `#[object_model]` says of itself besides the table: the `_metadata` of the schema JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Model {
    /// The Rust struct's name: `ScorProcess`.
    pub class_name: Str,
    /// The name for people: `SCOR Process`.
    pub name: Str,
    /// The code for machines: `SCOR_PROCESS`.
    pub code: Str,
    /// The module that it belongs to: `ASCM_SCOR`.
    pub module: Str,
    /// The domain, which is also its folder: `scor`.
    pub domain: Str,
}

/// A primary key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// The constraint's name, where the database keeps one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// The columns, in key order.
    pub columns: List<Str>,
    /// What else its definition says, a clause each, in one database's own words: PostgreSQL's `INCLUDE ("a")`, SQLite's `ON CONFLICT IGNORE`.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
}

/// A unique constraint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unique {
    /// The constraint's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// The columns, in key order.
    pub columns: List<Str>,
    /// What else its definition says, a clause each, in one database's own words: PostgreSQL's `NULLS NOT DISTINCT`, SQLite's `ON CONFLICT IGNORE`.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
}

/// An index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Index {
    /// The index's name. Always there once a schema is declared or introspected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// What is indexed, in order.
    pub parts: List<IndexPart>,
    /// Whether two rows may not have the same key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// The access method, where it is not the default one: `gin`, `hash`, `fulltext`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Str>,
    /// The predicate of a partial index, without outer parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<Str>,
    /// Columns stored with the index and not part of the key (PostgreSQL's `INCLUDE`).
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub include: List<Str>,
    /// Whether two nulls count as the same key (PostgreSQL 15's `NULLS NOT DISTINCT`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
    /// What else its definition says, a clause each, in one database's own words: PostgreSQL's `WITH (fillfactor=70)`, MariaDB's `IGNORED`.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
}

/// One part of an index's key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IndexPart {
    /// A column or an expression.
    #[serde(flatten)]
    pub key: IndexKey,
    /// Ascending or descending.
    #[serde(default, skip_serializing_if = "SortOrder::is_ascending")]
    pub order: SortOrder,
    /// Where nulls sort, where it is not the default of that order (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls: Option<Nulls>,
    /// The operator class, where it is not the type's default (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_class: Option<Str>,
    /// The collation, where it is not the column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Str>,
    /// How many leading characters are indexed (MySQL's prefix length).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix_length: Option<u32>,
}

impl IndexPart {
    /// A column, ascending.
    pub fn column(name: impl Into<Str>) -> Self {
        Self::new(IndexKey::Column(name.into()))
    }

    /// A key, ascending.
    #[must_use]
    pub fn new(key: IndexKey) -> Self {
        Self {
            key,
            order: SortOrder::Ascending,
            nulls: None,
            operator_class: None,
            collation: None,
            prefix_length: None,
        }
    }
}

/// What one part of an index is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexKey {
    /// A column's name.
    Column(Str),
    /// An SQL expression, without outer parentheses.
    Expression(Str),
}

/// The direction of one part of an index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl SortOrder {
    fn is_ascending(&self) -> bool {
        *self == Self::Ascending
    }
}

/// Where nulls sort in an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nulls {
    /// Before every value.
    First,
    /// After every value.
    Last,
}

/// A foreign key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The constraint's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// The columns that refer, in order.
    pub columns: List<Str>,
    /// The table referred to.
    pub references: ObjectName,
    /// The columns referred to, in the same order. Empty where a database leaves them to the primary key.
    pub referenced_columns: List<Str>,
    /// What happens to the row when the one it refers to is deleted.
    #[serde(default, skip_serializing_if = "ReferentialAction::is_no_action")]
    pub on_delete: ReferentialAction,
    /// What happens to the row when the key it refers to changes.
    #[serde(default, skip_serializing_if = "ReferentialAction::is_no_action")]
    pub on_update: ReferentialAction,
    /// How a key that is partly null is matched.
    #[serde(default, skip_serializing_if = "MatchType::is_simple")]
    pub match_type: MatchType,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "Deferrable::is_no")]
    pub deferrable: Deferrable,
    /// What else its definition says, a clause each, in one database's own words: PostgreSQL's `NOT VALID`.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
}

/// What a foreign key does when the row that it refers to goes or changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferentialAction {
    /// Refuse, at the end of the statement or transaction.
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Delete or change the referring row too.
    Cascade,
    /// Set the referring columns to null.
    SetNull,
    /// Set the referring columns to their defaults.
    SetDefault,
}

impl ReferentialAction {
    /// The action in SQL: `NO ACTION`, `SET NULL`, ….
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }

    /// The action that [`ReferentialAction::sql`] spells so.
    #[must_use]
    pub fn from_sql(sql: &str) -> Option<Self> {
        [Self::NoAction, Self::Restrict, Self::Cascade, Self::SetNull, Self::SetDefault]
            .into_iter()
            .find(|action| action.sql().eq_ignore_ascii_case(sql))
    }

    fn is_no_action(&self) -> bool {
        *self == Self::NoAction
    }
}

/// How a foreign key treats a key that is partly null.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchType {
    /// Any null: not checked.
    #[default]
    Simple,
    /// All null or none.
    Full,
}

impl MatchType {
    fn is_simple(&self) -> bool {
        *self == Self::Simple
    }
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    /// At each statement, always.
    #[default]
    No,
    /// At each statement, unless a transaction defers it.
    InitiallyImmediate,
    /// At commit.
    InitiallyDeferred,
}

impl Deferrable {
    fn is_no(&self) -> bool {
        *self == Self::No
    }
}

/// A check constraint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Check {
    /// The constraint's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// The SQL condition, without outer parentheses.
    pub expression: Str,
    /// What else its definition says, a clause each, in one database's own words: PostgreSQL's `NO INHERIT`, MySQL's `NOT ENFORCED`.
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub options: List<Str>,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
}

/// An exclusion constraint: no two rows may both match (PostgreSQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exclusion {
    /// The constraint's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// The constraint as the database prints it: `EXCLUDE USING gist (room WITH =, during WITH &&)`.
    pub definition: Str,
    /// The comment stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Str>,
}
