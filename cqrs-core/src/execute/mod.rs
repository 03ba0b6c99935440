//! Commands and queries against a live database.
//!
//! Commands go to a [`WriteHandle`] and take write structs; queries go to a [`ReadHandle`] and return read structs. The
//! types do not allow the other way round.
//!
//! ```
//! # use cqrs_core::ObjectModel;
//! # use cqrs_core::execute::{Database, Error};
//! # async fn example<M: ObjectModel>(row: M::Write) -> Result<(), Error> {
//! let database = Database::connect("sqlite:analytics.db").await?;
//! let key = database.write().insert(&row).await?;
//! let stored: Option<M::Read> = database.read().get(&key).await?;
//! # Ok(())
//! # }
//! ```

mod cast;
mod commands;
mod connection;
mod cursor;
mod database;
mod error;
mod given;
mod read;
mod refresh;
mod statement;
mod texts;
mod violated;
mod write;

pub use connection::Connection;
pub use cursor::{Cursor, Page};
pub use database::{Database, Pool};
pub use error::Error;
pub use futures_util;
pub use read::{Query, ReadHandle};
pub use write::{Transaction, WriteHandle};
