use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{List, SqlPerDatabase, Str};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Column {
    /// The column's name, unquoted.
    pub name: Str,
    /// What it holds.
    pub column_type: ColumnType,
    /// Whether it may be null.
    pub nullable: bool,
    /// The value of a row that gives none.
    pub default: Option<DefaultValue>,
    /// The expression that the database computes it from.
    pub generated: Option<Generated>,
    /// Whether the database numbers the rows (identity, `AUTO_INCREMENT`, SQLite's rowid alias).
    pub auto_increment: bool,
    /// The collation, where it is not the one that the type or table implies.
    pub collation: Option<Str>,
    /// What else its definition says, a clause each, in one database's own words: PostgreSQL's `STORAGE EXTERNAL`,
    /// MySQL's `ON UPDATE current_timestamp()`.
    pub options: List<Str>,
    /// The comment stored with the column. A model's doc comment.
    pub comment: Option<Str>,
    /// The name that the column had before: declared, done once, then without effect. Never set by introspection.
    pub renamed_from: Option<Str>,
    /// The SQL expression that fills the column in the rows that are there, when it is added, and in those that have a
    /// null, when it becomes required: declared, done once, then without effect. Never set by introspection.
    pub backfill: Option<Str>,
    /// The default and the backfill in the words of some databases: a list of none or one, and of none in a schema that is
    /// in one database's own words. What is not said there is `default` and `backfill`.
    pub sql_on: List<ColumnSql>,
    /// Of an enum in one database's own words, the labels that had another name before; in a portable schema the type says
    /// so. Never set by introspection.
    pub former_labels: List<FormerLabel>,
    /// Which side of a model sees it. Never set by introspection.
    pub access: Access,
}

impl Column {
    /// A column that may not be null and has nothing else.
    pub fn new(name: impl Into<Str>, column_type: ColumnType) -> Self {
        Self {
            name: name.into(),
            column_type,
            nullable: false,
            default: None,
            generated: None,
            auto_increment: false,
            collation: None,
            options: List::Constant(&[]),
            comment: None,
            renamed_from: None,
            backfill: None,
            sql_on: List::Constant(&[]),
            former_labels: List::Constant(&[]),
            access: Access::ReadWrite,
        }
    }
}

/// What databases need in words of their own to compute values of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ColumnSql {
    /// The default.
    pub default: SqlPerDatabase,
    /// What fills the rows that are there.
    pub backfill: SqlPerDatabase,
}

/// The type of a column: portable as models declare it, or native as one database spells it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Text of a bounded length, in characters. `None` is the database's own bound.
    String {
        /// The longest value allowed, in characters.
        length: Option<u32>,
    },
    /// Text without a bound.
    Text,
    /// 8 bits, signed.
    TinyInteger,
    /// 16 bits, signed.
    SmallInteger,
    /// 32 bits, signed.
    Integer,
    /// 64 bits, signed.
    BigInteger,
    /// Whole numbers from zero on. Where a database has none, the next wider signed type that it has.
    Unsigned(IntegerSize),
    /// 32-bit floating point.
    Float,
    /// 64-bit floating point.
    Double,
    /// Exact decimal numbers.
    Numeric {
        /// Digits in all.
        precision: Option<u32>,
        /// Digits after the point.
        scale: Option<u32>,
    },
    /// True or false.
    Boolean,
    /// A calendar day.
    Date,
    /// A time of day.
    Time,
    /// A moment, to the microsecond.
    DateTime {
        /// Whether the value is a moment in UTC (true) or a wall clock's reading (false).
        time_zone: bool,
    },
    /// A JSON document.
    Json,
    /// Bytes.
    Binary,
    /// A UUID.
    Uuid,
    /// One label out of a list.
    Enum {
        /// The name of the type, where the database has named enum types.
        name: Str,
        /// The labels in order.
        values: List<Str>,
        /// The name that the type had before.
        renamed_from: Option<Str>,
        /// The labels that had another name before.
        former_labels: List<FormerLabel>,
    },
    /// A list of values of one type: an array, or a JSON document where the database has no arrays.
    Array {
        /// The type of the values: a list of one.
        element: List<ColumnType>,
    },
    /// A type in the words of some databases, and a portable one on the others.
    PerDatabase {
        /// On PostgreSQL.
        postgres: Option<Str>,
        /// On MySQL and MariaDB.
        mysql: Option<Str>,
        /// On SQLite.
        sqlite: Option<Str>,
        /// On a database that is not named: a list of one type, or of none where such a database is refused. It is also
        /// what the value is read as.
        otherwise: List<ColumnType>,
    },
    /// A type in the words of one database: `tsvector`, `int(10) unsigned`, `character varying(40)`.
    Native(Str),
}

impl ColumnType {
    /// A type in one database's own words.
    pub fn native(name: impl Into<Str>) -> Self {
        Self::Native(name.into())
    }

    /// The type of the values of an array; of anything else, the type itself.
    #[must_use]
    pub fn value_type(&self) -> &Self {
        match self {
            Self::Array { element } => element.first().map_or(self, Self::value_type),
            _ => self,
        }
    }

    /// The portable type that a value is read as, where the column's own type is in the words of some databases.
    #[must_use]
    pub fn read_as(&self) -> &Self {
        match self {
            Self::PerDatabase { otherwise, .. } => otherwise.first().map_or(self, Self::read_as),
            _ => self,
        }
    }

    /// The text of a [`ColumnType::Native`], and an empty text for a portable type that was not lowered.
    #[must_use]
    pub fn native_text(&self) -> &str {
        match self {
            Self::Native(text) => text,
            _ => "",
        }
    }
}

/// A label of an enum that had another name before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FormerLabel {
    /// The label.
    pub label: Str,
    /// What it was before.
    pub renamed_from: Str,
}

/// How many bits a whole number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerSize {
    /// 8.
    Tiny,
    /// 16.
    Small,
    /// 32.
    Normal,
    /// 64.
    Big,
}

/// The value of a row that gives none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DefaultValue {
    /// A plain value, rendered for each database.
    Value(Literal),
    /// An SQL expression. `now()` is understood on every database; anything else is passed on as it stands.
    Expression(Str),
}

impl DefaultValue {
    /// An SQL expression.
    pub fn expression(sql: impl Into<Str>) -> Self {
        Self::Expression(sql.into())
    }
}

/// A plain value in a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `true` or `false`.
    Boolean(bool),
    /// A number, kept as it was written: `-1`, `1.50`.
    Number(Str),
    /// Text, unquoted.
    Text(Str),
}

/// The expression behind a generated column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Generated {
    /// The SQL expression, without outer parentheses.
    pub expression: Str,
    /// Whether the value is stored with the row (true) or computed when read (false).
    pub stored: bool,
}

/// Which side of a model sees a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Both sides.
    #[default]
    ReadWrite,
    /// Queries only: the database or a trigger sets it.
    ReadOnly,
    /// Commands only: no query returns it.
    WriteOnly,
    /// Queries only: each update counts it up, and has to name the version that was read.
    Version,
}

impl From<&'static str> for DefaultValue {
    fn from(sql: &'static str) -> Self {
        Self::Expression(Cow::Borrowed(sql))
    }
}
