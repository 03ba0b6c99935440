//! What a schema is read from: `models`, or a database URL.

use std::str::FromStr;

use cqrs_core::schema::Schema;

use super::report::Failure;
use crate::connection::{Connection, DatabaseUrl};
use crate::introspect::introspect;

/// A source as it is written on the command line.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// The service's models.
    Models,
    /// A live database.
    Database(DatabaseUrl),
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "models" {
            return Ok(Self::Models);
        }
        for (prefix, what) in [("json:", "a folder of schema JSON"), ("rev:", "a revision"), ("sql:", "an SQL file")] {
            if text.starts_with(prefix) {
                return Err(format!("not supported yet: {what} as a source; write `models` or a database URL"));
            }
        }
        DatabaseUrl::parse(text).map(Self::Database).map_err(|error| match error.help() {
            Some(help) => format!("{error}; write `models`, or {}", help.trim_start_matches("write ")),
            None => error.to_string(),
        })
    }
}

/// Everything in a live database.
pub(super) async fn read(url: &DatabaseUrl) -> Result<Schema, Failure> {
    let Some(mut connection) = Connection::open_existing(url).await? else {
        return Err(Failure::usage(format!("there is no database `{url}`"))
            .help("check the path, or make it with `cqrs upgrade`"));
    };
    let introspected = introspect(&mut connection).await;
    connection.close().await;
    Ok(introspected?.schema)
}
