//! What `#[object_model]` implements: the two sides of a model and their values.

use sea_query::Value;

use crate::schema::{ColumnType, Table};

/// A declared business object: one table, and the structs that commands and queries use.
///
/// Implemented by `#[object_model]` on the declared struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object model",
    label = "this takes a struct with `#[object_model]`, or what is generated for one",
    note = "a view takes no commands: read it with `query`"
)]
pub trait ObjectModel: Sized {
    /// The table's name.
    const TABLE_NAME: &'static str;
    /// The table as declared. Its parts have no names yet where the model gives none: `Schema::declare` names them.
    const TABLE: &'static Table;
    /// What a command may set when it makes a row.
    type Write: Write<Model = Self>;
    /// What a command may set in a row that is there.
    type Patch: Patch<Model = Self>;
    /// What a query returns.
    type Read: Read<Model = Self>;
}

/// An object model with a primary key. Implemented by `#[object_model]` where a field has `primary_key`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no primary key",
    label = "there is no key to return, and none to find a row by",
    note = "a row without a key is made with `insert_many(&[row])`, or with `insert_returning` or `upsert_on_returning`, which return the row; rows of a view or of a table without a key are read with `query`",
    note = "`#[column(primary_key)]` on a field of an object model makes it the key"
)]
pub trait Keyed: ObjectModel {
    /// The primary key.
    type Key: Key<Model = Self>;
}

/// An object model whose primary key commands give, so that a new row may be there already. Implemented by
/// `#[object_model]` where no column of the key is the database's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be upserted by its primary key",
    label = "this has no primary key that commands give",
    note = "a key that the database makes is not known before: use `upsert_on` with a unique key of the model (`…Unique`), or `insert`"
)]
pub trait GivenKey: Keyed {}

/// What queries read: a table or a view.
///
/// Every object model is one. A read struct of a view implements it for itself, with a [`Table`] that has the view's name and
/// columns, and no primary key.
pub trait Relation {
    /// Its name, and its columns with the types of the fields that they are read into.
    const RELATION: &'static Table;
}

impl<M: ObjectModel> Relation for M {
    const RELATION: &'static Table = M::TABLE;
}

/// A value of a column by its name.
pub type ColumnValue = (&'static str, Value);

/// Something that has values for some columns of a model.
pub trait ColumnValues {
    /// The columns that have a value, with the value as this database takes it, in the order declared. A column that
    /// is left to its default is not among them.
    ///
    /// # Errors
    /// [`EncodeError`] where the database cannot hold a value exactly.
    fn column_values(&self, driver: Driver) -> Result<Vec<ColumnValue>, EncodeError>;
}

/// A new row. Implemented by `…Write`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be inserted",
    label = "only a write struct makes a row",
    note = "commands take the structs that `#[object_model]` generates: `…Write` for a new row, `…Patch` for changes; what a query returned is not written back"
)]
pub trait Write: ColumnValues + Sync {
    /// The model.
    type Model: ObjectModel;
}

/// A unique key of a model besides its primary key, with values that commands set. Implemented by `…Unique`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a unique key of an object model",
    label = "write a variant of the model's `…Unique`",
    note = "`unique` on a field, `unique(…)` or `index(…, unique)` on the model make one"
)]
pub trait UniqueKey {
    /// The model.
    type Model: ObjectModel;

    /// Its columns.
    fn columns(&self) -> &'static [&'static str];
}

/// Changes to a row that is there. Implemented by `…Patch`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no changes to a row",
    label = "only a patch changes a row",
    note = "an update takes the struct that `#[object_model]` generates for it: `…Patch`, with `..…Patch::default()` for what stays"
)]
pub trait Patch: ColumnValues {
    /// The model.
    type Model: ObjectModel;

    /// The version that was read, where the model counts versions: the row is only changed if it still has that one.
    ///
    /// # Errors
    /// [`EncodeError`] where the database cannot hold the number.
    fn version(&self, _: Driver) -> Result<Option<ColumnValue>, EncodeError> {
        Ok(None)
    }
}

/// A model with a field that has `version`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version",
    label = "write `#[column(version)]` on a field of `{Self}`"
)]
pub trait Versioned: ObjectModel {
    /// The type of the field.
    type Version: SqlType + Sync;
    /// The column.
    const VERSION: &'static str;
}

/// The primary key of a row. Implemented by `…Key`; every column has a value, and a command that makes a row reads it back.
#[diagnostic::on_unimplemented(message = "`{Self}` is not the key of a row", label = "write the model's `…Key`")]
pub trait Key: ColumnValues + FromRow + Sized + Send + Unpin {
    /// The model.
    type Model: ObjectModel;
}

/// A row as a query returns it. Implemented by `…Read` and by read models.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be queried",
    label = "only a read struct is returned by queries",
    note = "queries return the struct that `#[object_model]` generates for it: `…Read`, or a struct with `#[read_model(…)]`"
)]
pub trait Read: Sized + Send + Unpin + FromRow {
    /// What it is read from: the model, or for a view the read struct itself.
    type Model: Relation;
    /// The columns that it reads, in the order of its fields.
    const COLUMNS: &'static [&'static str];
}

/// A view whose rows are stored, and are as they were when it was last refreshed. Implemented by `#[read_model]` with
/// `materialized`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no materialized view",
    label = "its rows are not stored",
    note = "only `#[read_model(view = \"…\", materialized)]` is refreshed"
)]
pub trait Materialized: Relation {}

/// A materialized view with a unique index over all of its rows, without which PostgreSQL keeps readers waiting.
/// <https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html>
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be refreshed while others read it",
    label = "it has no unique index over columns and all rows",
    note = "write `index(field, unique)` in `#[read_model]`, or `refresh`, which keeps readers waiting"
)]
pub trait UniquelyIndexed: Materialized {}

/// Can be made from a row of every database that is compiled in.
///
/// A trait of its own, because the bounds depend on the features; implemented for whatever has sqlx's `FromRow` for each
/// of the drivers.
pub trait FromRow: FromSqliteRow + FromPostgresRow + FromMySqlRow {}
impl<T: FromSqliteRow + FromPostgresRow + FromMySqlRow> FromRow for T {}

macro_rules! from_row {
    ($name:ident, $feature:literal, $row:ty) => {
        #[doc = concat!("`sqlx::FromRow` for that database where the feature `", $feature, "` is on, else everything.")]
        #[cfg(feature = $feature)]
        pub trait $name: for<'r> sqlx::FromRow<'r, $row> {}
        #[cfg(feature = $feature)]
        impl<T: for<'r> sqlx::FromRow<'r, $row>> $name for T {}
        #[doc = concat!("`sqlx::FromRow` for that database where the feature `", $feature, "` is on, else everything.")]
        #[cfg(not(feature = $feature))]
        pub trait $name {}
        #[cfg(not(feature = $feature))]
        impl<T> $name for T {}
    };
}
from_row!(FromSqliteRow, "sqlite", sqlx::sqlite::SqliteRow);
from_row!(FromPostgresRow, "postgres", sqlx::postgres::PgRow);
from_row!(FromMySqlRow, "mysql", sqlx::mysql::MySqlRow);

/// A Rust type that a column can hold.
///
/// `Option<T>` is a nullable column of `T`; nothing else is nullable.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a column",
    label = "no column type is known for `{Self}`",
    note = "derive `SqlEnum` for an enum without fields, or `SqlType` for a struct around one value, or switch on the feature of `cqrs-core` for its crate: `array`, `bigdecimal`, `chrono`, `ipnetwork`, `jiff`, `json`, `range`, `rust_decimal`, `time`, `uuid`"
)]
pub trait SqlType: Sized {
    /// The column's type, unless the field's attributes say otherwise.
    const TYPE: ColumnType;
    /// The same as a list of one, as types that hold it have it.
    #[doc(hidden)]
    const TYPES: &'static [ColumnType] = &[Self::TYPE];
    /// Whether the column may be null.
    const NULLABLE: bool = false;

    /// The value as this database takes it.
    ///
    /// # Errors
    /// [`EncodeError`] where the database cannot hold the value exactly.
    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError>;

    /// A value that a command sets.
    #[doc(hidden)]
    fn set(&self) -> Option<&dyn ToValue> {
        Some(self)
    }

    /// A value that a command may leave out.
    #[doc(hidden)]
    fn set_if_some(value: &Option<Self>) -> Option<&dyn ToValue> {
        value.as_ref().map(|value| value as &dyn ToValue)
    }

    /// Reads the value of a column by its name, whatever the database.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    #[doc(hidden)]
    fn from_row<R: SqlRow>(row: &R, column: &str) -> Result<Self, sqlx::Error> {
        row.read(column)
    }

    /// The null of this type, bound with the type that the database expects.
    fn null(driver: Driver) -> Value;

    /// Reads the value of a column by its name.
    ///
    /// # Errors
    /// What sqlx says: no such column, another type, a null.
    #[cfg(feature = "sqlite")]
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<Self, sqlx::Error>;

    /// Reads the value of a column by its name.
    ///
    /// # Errors
    /// What sqlx says: no such column, another type, a null.
    #[cfg(feature = "postgres")]
    fn from_postgres(row: &sqlx::postgres::PgRow, column: &str) -> Result<Self, sqlx::Error>;

    /// Reads the value of a column by its name.
    ///
    /// # Errors
    /// What sqlx says: no such column, another type, a null.
    #[cfg(feature = "mysql")]
    fn from_mysql(row: &sqlx::mysql::MySqlRow, column: &str) -> Result<Self, sqlx::Error>;
}

/// A value of any type that a column can hold.
pub trait ToValue {
    /// The value as this database takes it.
    ///
    /// # Errors
    /// [`EncodeError`] where the database cannot hold the value exactly.
    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError>;
}

impl<T: SqlType> ToValue for T {
    fn to_value(&self, driver: Driver) -> Result<Value, EncodeError> {
        SqlType::to_value(self, driver)
    }
}

/// A row of one of the databases. What is implemented for all of them at once is compiled once, and not for each driver.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub trait SqlRow: sqlx::Row {
    /// Reads the value of a column by its name.
    ///
    /// # Errors
    /// What sqlx says: no such column, another type, a null.
    fn read<T: SqlType>(&self, column: &str) -> Result<T, sqlx::Error>;
}

macro_rules! sql_row {
    ($feature:literal, $row:ty, $read:ident) => {
        #[cfg(feature = $feature)]
        impl SqlRow for $row {
            fn read<T: SqlType>(&self, column: &str) -> Result<T, sqlx::Error> {
                T::$read(self, column)
            }
        }
    };
}
sql_row!("sqlite", sqlx::sqlite::SqliteRow, from_sqlite);
sql_row!("postgres", sqlx::postgres::PgRow, from_postgres);
sql_row!("mysql", sqlx::mysql::MySqlRow, from_mysql);

/// A Rust type whose column type takes `length = n` or `text`.
#[diagnostic::on_unimplemented(
    message = "`length` and `text` are for text, which `{Self}` is not",
    label = "remove `length` or `text`, or use `String`"
)]
pub trait SqlText: SqlType {}

/// A Rust type whose column type takes `precision = p, scale = s`: exact decimals.
#[diagnostic::on_unimplemented(
    message = "`precision` and `scale` are for exact decimals, which `{Self}` is not",
    label = "remove `precision` and `scale`, or use `rust_decimal::Decimal`"
)]
pub trait SqlDecimal: SqlType {}

/// Which database a value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Driver {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL and MariaDB.
    MySql,
}

/// A value that a database cannot hold exactly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not supported: {value} in a column of {database}: {reason}")]
pub struct EncodeError {
    /// The value.
    pub value: String,
    /// The database.
    pub database: &'static str,
    /// Why, and what to do instead.
    pub reason: String,
}
