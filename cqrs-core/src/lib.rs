//! Object models declared once: commands, queries and table schema metadata from one struct.

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub mod execute;
mod expansion;
#[cfg(feature = "extract")]
pub mod extract;
mod macros;
pub mod model;
mod registry;
pub mod schema;
pub mod types;

pub use cqrs_derive::{SqlEnum, object_model};
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
    pub use crate::model::{
        ColumnValue, ColumnValues, Driver, EncodeError, Key, ObjectModel, Patch, Read, SqlType, Write,
    };
    pub use crate::registry::Registration;
    pub use crate::schema::{
        Access, Check, ColumnType, DefaultValue, Deferrable, ForeignKey, Index, IndexKey, IndexPart, Literal,
        MatchType, Model, PrimaryKey, ReferentialAction, SortOrder, Table, Unique,
    };
}
