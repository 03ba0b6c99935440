//! A throw-away database beside the live one, for normalizing and verifying.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cqrs_core::schema::Schema;
use sqlx::mysql::MySqlDatabaseError;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, MySqlConnection, Row};

use super::SESSION;
use super::connect::{connect, options};
use super::options::database_default;
use super::text::{literal, quote};
use crate::connection::{Connection, DatabaseUrl};
use crate::error::Error;

const PREFIX: &str = "cqrs_shadow_";
/// A shadow without a lock is left alone for that long: its owner may be about to take the lock.
const GRACE: Duration = Duration::from_secs(600);

/// A database that is like the live one and is dropped by [`Shadow::close`], or by a later [`Shadow::open`] where its
/// owner died. The owner's session holds a user lock of the database's name for as long as it lives.
/// <https://mariadb.com/kb/en/get_lock/>
pub(crate) struct Shadow {
    connection: Connection,
    name: String,
    collation: String,
}

impl Shadow {
    /// Makes an empty database on the server of `url`, with the live database's character set and collation.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        let mut live = connect(url).await?;
        sweep(&mut live).await?;
        let (name, collation) = (new_name(), collation(&mut live).await?);
        let made = create(&mut live, url, &name, &collation).await;
        let closed = live.close().await;
        let connection = made?;
        closed.map_err(Error::database("closing the connection to the live database"))?;
        Ok(Self { connection: Connection::MySql(connection), name, collation })
    }

    /// The connection to it.
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// What it says of itself while it is empty.
    pub(crate) fn defaults(&self) -> Schema {
        let mut schema = Schema::new();
        schema.add_object(database_default(&self.collation));
        schema
    }

    /// Drops it.
    pub(crate) async fn close(mut self) -> Result<(), Error> {
        let dropped = self.connection.execute(&format!("DROP DATABASE IF EXISTS {}", quote(&self.name))).await;
        dropped.map_err(Error::database(format!("dropping the shadow database `{}`", self.name)))
    }
}

/// The session that will own the shadow takes the lock before the database is there.
async fn create(
    live: &mut MySqlConnection,
    url: &DatabaseUrl,
    name: &str,
    collation: &str,
) -> Result<MySqlConnection, Error> {
    let doing = || format!("opening the shadow database `{name}`");
    let connected = options(url)?.connect().await;
    let mut owner = connected.map_err(|source| Error::Connect { url: url.to_string(), source })?;
    let lock = format!("DO GET_LOCK({}, 10)", literal(name));
    let database = format!("CREATE DATABASE {} COLLATE {collation}", quote(name));
    let enter = format!("USE {}", quote(name));
    for sql in [SESSION.to_owned(), lock, database, enter] {
        let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut owner).await;
        if let Err(error) = done {
            // Nothing to drop where creating failed; where entering failed, this drops it.
            let dropping = format!("DROP DATABASE IF EXISTS {}", quote(name));
            let _ = sqlx::raw_sql(AssertSqlSafe(dropping)).execute(&mut *live).await;
            return Err(Error::database(doing())(advise(error)));
        }
    }
    Ok(owner)
}

/// Access denied: says which privilege is missing.
fn advise(error: sqlx::Error) -> sqlx::Error {
    let number = match &error {
        sqlx::Error::Database(inner) => inner.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number),
        _ => None,
    };
    match number {
        Some(1044 | 1045 | 1142 | 1227) => sqlx::Error::InvalidArgument(format!(
            "{error}: let an administrator run GRANT ALL ON `cqrs\\_shadow\\_%`.* TO the user in the URL"
        )),
        _ => error,
    }
}

async fn collation(live: &mut MySqlConnection) -> Result<String, Error> {
    let row = sqlx::query("SELECT CAST(@@collation_database AS CHAR)").persistent(false).fetch_one(live).await;
    row.and_then(|row| row.try_get(0)).map_err(Error::database("reading the database's collation"))
}

/// Drops the shadows whose owner is gone.
async fn sweep(live: &mut MySqlConnection) -> Result<(), Error> {
    let failed = || Error::database("looking for shadow databases that were left behind");
    let rows = sqlx::query(include_str!("queries/stale_shadows.sql")).persistent(false).fetch_all(&mut *live).await;
    let names: Result<Vec<String>, _> = rows.map_err(failed())?.iter().map(|row| row.try_get(0)).collect();
    for name in names.map_err(failed())?.iter().filter(|name| is_old(name)) {
        let dropping = format!("DROP DATABASE IF EXISTS {}", quote(name));
        // One that this role may not drop, or that another session drops meanwhile, does not stand in the way.
        let _ = sqlx::raw_sql(AssertSqlSafe(dropping)).execute(&mut *live).await;
    }
    Ok(())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn new_name() -> String {
    let random = RandomState::new().hash_one(std::process::id());
    format!("{PREFIX}{}_{random:016x}", now())
}

fn is_old(name: &str) -> bool {
    let Some((made, random)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')) else { return false };
    let ours = random.len() == 16 && random.bytes().all(|byte| byte.is_ascii_hexdigit());
    ours && made.parse::<u64>().is_ok_and(|made| made.saturating_add(GRACE.as_secs()) < now())
}
