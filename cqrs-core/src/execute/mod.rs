//! Commands and queries against a live database.
//!
//! Commands go to a [`WriteHandle`] and take write structs; queries go to a [`ReadHandle`] and return read structs. The
//! types do not allow the other way round.
//!
//! ```
//! # use cqrs_core::execute::{Database, Error};
//! # use cqrs_core::model::Keyed;
//! # async fn example<M: Keyed>(row: M::Write) -> Result<(), Error> {
//! let database = Database::connect("sqlite:analytics.db").await?;
//! let key = database.write().insert(&row).await?;
//! let stored: Option<M::Read> = database.read().get(&key).await?;
//! # Ok(())
//! # }
//! ```

use std::pin::Pin;

mod cast;
mod commands;
mod connection;
mod cursor;
mod database;
mod error;
mod given;
mod place;
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

/// What a command or query comes to. It does nothing before it is awaited.
///
/// The type of a function that is no `async fn`: where a struct of the wrong side is given, the compiler says so once, and not
/// again of what is awaited.
pub type Outcome<'h, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'h>>;
