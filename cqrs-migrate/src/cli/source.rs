//! What a schema is read from: `models`, or a database URL.

use cqrs_core::schema::Schema;

use super::report::Failure;
use crate::connection::{Connection, DatabaseUrl};
use crate::introspect::{Selection, introspect};

/// A source as it is written on the command line.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// The service's models.
    Models,
    /// A live database.
    Database(DatabaseUrl),
}

impl Source {
    /// Not clap's to parse: its message would repeat a URL with the password.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        if text == "models" {
            return Ok(Self::Models);
        }
        for (prefix, what) in [("json:", "a folder of schema JSON"), ("rev:", "a revision"), ("sql:", "an SQL file")] {
            if text.starts_with(prefix) {
                return Err(Failure::usage(format!("not supported yet: {what} as a source"))
                    .help("write `models` or a database URL"));
            }
        }
        DatabaseUrl::parse(text).map(Self::Database).map_err(|error| {
            let help = error.help().unwrap_or_default();
            Failure::usage(error.to_string()).help(format!("write `models`, or {}", help.trim_start_matches("write ")))
        })
    }
}

/// Everything in a live database.
pub(super) async fn read(url: &DatabaseUrl) -> Result<Schema, Failure> {
    let Some(mut connection) = Connection::open_existing(url).await? else {
        return Err(Failure::usage(format!("there is no database `{url}`"))
            .help("check the path, or make it with `cqrs upgrade`"));
    };
    let introspected = introspect(&mut connection, &Selection::schema_only()).await;
    connection.close().await;
    Ok(introspected?.schema)
}
