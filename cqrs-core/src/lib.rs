//! Object models declared once: commands, queries and table schema metadata from one struct.
//!
//! [`object_model`](macro@object_model) on a struct makes it a table, with the structs that commands write
//! (`CustomerWrite`, `CustomerPatch`, `CustomerKey`) and the one that queries return (`CustomerRead`).
//! [`read_model`](macro@read_model) makes narrower read structs, and views; [`sql_object!`] declares functions, triggers and
//! the like by their SQL.
//! [`compiled_schema`] has every model that is linked into the binary: what `cqrs-migrate` brings a database to.
//!
//! ```standalone_crate
//! use cqrs_core::{compiled_schema, object_model};
//!
//! /// Customer of the shop.
//! #[object_model(table = "customers")]
//! pub struct Customer {
//!     #[column(primary_key, auto_increment)]
//!     pub id: i64,
//!     #[column(unique, length = 254)]
//!     pub email: String,
//! }
//!
//! let schema = compiled_schema()?;
//! let (_, customers) = schema.tables.first_key_value().ok_or("no table")?;
//! assert_eq!(customers.comment.as_deref(), Some("Customer of the shop."));
//! assert_eq!(customers.uniques[0].name.as_deref(), Some("customers_email_key"));
//!
//! // A command: the key is the database's, and there is no field for it.
//! let new = CustomerWrite { email: "ada@example.com".to_owned() };
//! # let _ = new;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | what |
//! |---|---|
//! | [`schema`] | tables, columns, keys: plain data, as constants and as values, with serde |
//! | [`model`] | what the macro implements |
//! | `execute` | commands and queries on a database; with a driver's feature |
//! | `extract` | source files to a [`Schema`](schema::Schema), without compiling them; feature `extract` |
//! | [`types`] | the Rust types that columns can hold |
//!
//! Features: `sqlite` (on by itself), `postgres`, `mysql` add drivers; `array`, `bigdecimal`, `chrono`, `ipnetwork`, `jiff`,
//! `json`, `range`, `rust_decimal`, `time`, `uuid` add column types; `extract` reads source files.

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub mod execute;
mod expansion;
#[cfg(feature = "extract")]
pub mod extract;
#[cfg(all(doctest, feature = "sqlite", feature = "chrono", feature = "json", feature = "rust_decimal"))]
mod guide;
mod macros;
pub mod model;
mod registry;
pub mod schema;
pub mod types;

pub use cqrs_derive::{SqlEnum, SqlType, object_model, read_model, sql_object};
pub use model::{ObjectModel, SqlType};
pub use registry::{RegistryError, compiled_schema};
pub use sea_query;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use sqlx;
pub use types::SqlEnum;

/// What the macros expand to. Not part of the interface.
#[doc(hidden)]
pub mod __private {
    pub use inventory;
    pub use sea_query;
    pub use serde;
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    pub use sqlx;

    #[cfg(feature = "mysql")]
    pub use crate::types::read_mysql_enum;
    #[cfg(feature = "postgres")]
    pub use crate::types::read_postgres_enum;
    #[cfg(feature = "sqlite")]
    pub use crate::types::read_sqlite_enum;
    pub use crate::types::to_enum_value;

    pub use std::borrow::Cow;

    pub use crate::expansion::*;
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    pub use crate::model::SqlRow;
    pub use crate::model::{
        ColumnValue, ColumnValues, Driver, EncodeError, GivenKey, Key, Keyed, Materialized, ObjectModel, Patch, Read,
        Relation, SqlDecimal, SqlText, SqlType, UniqueKey, UniquelyIndexed, Versioned, Write,
    };
    pub use crate::registry::Registration;
    pub use crate::schema::{
        Access, Check, ColumnSql, ColumnType, DefaultValue, Deferrable, ForeignKey, Index, IndexKey, IndexPart, List,
        Literal, MatchType, Model, Nulls, ObjectName, PrimaryKey, ReferentialAction, SortOrder, SqlObject,
        SqlPerDatabase, Table, Unique, View,
    };
}
