//! Compares declared schemas with live databases; plans, proves and applies migrations.
//!
//! ```text
//! models -> lower -> normalize -> diff -> lint -> plan -> verify -> apply -> compare
//!            the database's types   |      |       |       |        |
//!            and spelling           |      |       |       |        under a lock, recorded
//!                                   |      |       |       in a shadow: it must arrive
//!                                   |      |       ordered steps with SQL
//!                                   |      hazards
//!                                   changes
//! ```
//!
//! A service that migrates itself at start-up needs only [`Migrator`]:
//!
//! ```standalone_crate
//! use cqrs_core::object_model;
//! use cqrs_migrate::Migrator;
//!
//! #[object_model(table = "customers")]
//! pub struct Customer {
//!     #[column(primary_key, auto_increment)]
//!     pub id: i64,
//!     #[column(unique, length = 254)]
//!     pub email: String,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let url = format!("sqlite:{}", folder.path().join("shop.db").display());
//! let migrator = Migrator::new(&url, cqrs_core::compiled_schema()?)?;
//! assert_eq!(migrator.plan().await?.changes[0].to_string(), "create table `customers`");
//! migrator.migrate().await?;
//! assert!(migrator.plan().await?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! [`revision`] has plans that are stored, reviewed and applied everywhere the same; with the feature `cli` there is the
//! command line tool `cqrs` for them. Features: `sqlite` (on by itself), `postgres` and `mysql` add drivers.

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
compile_error!("cqrs-migrate needs a database: switch on the feature `sqlite`, `postgres` or `mysql`");

mod apply;
mod batches;
mod beside;
pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
mod connection;
mod dialect;
pub mod diff;
mod error;
mod graph;
mod history;
#[cfg(feature = "cli")]
mod import;
mod in_place;
mod introspect;
pub mod lint;
mod lock;
mod managed;
mod migrator;
mod plan;
mod prepare;
mod refused;
mod rename;
pub mod revision;
#[cfg(feature = "cli")]
mod script;
mod shadow;
mod sizes;
mod spelling;
mod view_columns;

pub use connection::{Connection, DatabaseUrl};
pub use dialect::{Dialect, Held, Introspected, Lock, LowerError, NotManaged, Statement, Transaction, UnknownDialect};
pub use error::{Error, NotProven};
pub use history::{History, Kind, Reached, Record, SchemaDelta, State};
pub use introspect::{Selection, introspect};
pub use migrator::{Migrated, Migrator, Planned};
pub use plan::{Plan, Step};
pub use sizes::{Precision, TableSize};
pub use spelling::Spelling;

/// The snippets of the papers.
#[cfg(all(doctest, feature = "cli"))]
mod papers {
    #[doc = include_str!("../../README.md")]
    mod readme {}
    #[doc = include_str!("../../docs/hazards.md")]
    mod hazards {}
    #[doc = include_str!("../../docs/commands-and-queries.md")]
    mod commands_and_queries {}
}
