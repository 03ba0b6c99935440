//! Connections with the session settings that the rest relies on.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};

use crate::connection::DatabaseUrl;
use crate::error::Error;

/// How the server reads our SQL and prints its catalog. What an administrator set for the role or database is overruled
/// here: <https://www.postgresql.org/docs/current/runtime-config-client.html>. (The driver itself sets `DateStyle` to ISO
/// and `TimeZone` to UTC.) The session that holds the migration lock, and the one that drops a shadow, are idle while the
/// shadow is at work, and must not be ended for it; PostgreSQL before 14 has only one of those settings.
const SETTINGS: &str = "
    SET standard_conforming_strings = on;
    SET quote_all_identifiers = off;
    SET client_min_messages = warning;
    SET IntervalStyle = postgres;
    SET bytea_output = hex;
    SET transform_null_equals = off;
    SET xmloption = content;
    SET check_function_bodies = off;
    SELECT set_config(name, '0', false) FROM pg_settings
    WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout')";

pub(crate) async fn connect(url: &DatabaseUrl) -> Result<PgConnection, Error> {
    open(url, options(url)?).await
}

pub(super) fn options(url: &DatabaseUrl) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(url.secret())
        .map_err(|error| Error::BadUrl { url: url.to_string(), reason: error.to_string() })?;
    Ok(options.application_name("cqrs").extra_float_digits(None))
}

pub(super) async fn open(url: &DatabaseUrl, options: PgConnectOptions) -> Result<PgConnection, Error> {
    let refused = |source| Error::Connect { url: url.to_string(), source };
    let mut connection = PgConnection::connect_with(&options).await.map_err(refused)?;
    sqlx::raw_sql(SETTINGS).execute(&mut connection).await.map_err(refused)?;
    Ok(connection)
}
