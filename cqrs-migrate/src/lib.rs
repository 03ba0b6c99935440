//! Compares declared schemas with live databases; plans, proves and applies migrations.

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
compile_error!("cqrs-migrate needs a database: switch on the feature `sqlite`, `postgres` or `mysql`");

mod apply;
pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
mod connection;
mod dialect;
pub mod diff;
mod error;
mod history;
mod introspect;
pub mod lint;
mod lock;
mod migrator;
mod plan;
mod prepare;
pub mod revision;
mod shadow;

pub use connection::{Connection, DatabaseUrl};
pub use dialect::{Dialect, Introspected, Lock, LowerError, NotManaged, Statement, Transaction, UnknownDialect};
pub use error::Error;
pub use history::{History, Kind, Record, SchemaDelta, State};
pub use introspect::introspect;
pub use migrator::{Migrated, Migrator, Planned};
pub use plan::{Plan, Step};
