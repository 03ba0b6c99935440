//! What a schema is read from: `models`, or a database URL.

use cqrs_core::schema::Schema;

use super::report::{Failure, note};
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::Introspected;
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

/// A live database, and a note on everything in it that cannot be compared.
pub(super) async fn read(url: &DatabaseUrl, privileges: bool) -> Result<Schema, Failure> {
    let Some(mut connection) = Connection::open_existing(url).await? else {
        return Err(Failure::usage(format!("there is no database `{url}`"))
            .help("check the path, or make it with `cqrs upgrade`"));
    };
    let introspected = introspect(&mut connection, &Selection { privileges, ..Selection::default() }).await;
    connection.close().await;
    let Introspected { schema, not_managed } = introspected?;
    for object in &not_managed {
        note(format_args!("not managed, and not compared: {object} in `{url}`"));
    }
    Ok(schema)
}
