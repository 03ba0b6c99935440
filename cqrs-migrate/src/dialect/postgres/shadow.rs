//! A throw-away database, in which declarations get the spelling that the live one would give them.

use cqrs_core::schema::{ObjectKind, Schema, SqlObject};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row};

use super::sql::{literal, quote};
use super::{connect, objects, on_partitions, online};
use crate::connection::{Connection, DatabaseUrl};
use crate::error::Error;

/// Every scratch database is named so, followed by the second that it was made in and some random digits.
const PREFIX: &str = "cqrs_shadow_";

/// How old a scratch database is before it counts as left behind, in seconds.
const STALE_AFTER: i64 = 600;

/// More objects than this are not dropped one by one, also because each takes a lock until the transaction ends:
/// <https://www.postgresql.org/docs/current/runtime-config-locks.html>.
const MOST_DROPS: usize = 200;

/// SQLSTATE `insufficient_privilege`.
const INSUFFICIENT_PRIVILEGE: &str = "42501";

/// A place like the live database, in which everything can be created and which leaves nothing behind.
///
/// Where the role may create databases it is a database. Elsewhere it is a schema in a transaction that is never
/// committed: there an error ends the shadow, `BEGIN` and `COMMIT` must not be sent to it, and tables in other schemas
/// than the default one cannot be created if the live database has them.
#[derive(Debug)]
pub(crate) struct Shadow {
    connection: Connection,
    /// The scratch database, and the connection that drops it.
    scratch: Option<(String, PgConnection)>,
    /// The schemas and extensions that it has from the start, because the live database has them.
    furniture: Vec<SqlObject>,
}

impl Shadow {
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        let mut live = connect::connect(url).await?;
        sweep(&mut live).await?;
        let Some(name) = create_scratch(&mut live).await? else {
            return Self::in_transaction(live).await;
        };
        match like_live(url, &name, &mut live).await {
            Ok((connection, furniture)) => {
                let connection = Connection::Postgres(connection);
                Ok(Self { connection, scratch: Some((name, live)), furniture })
            }
            // The server, or a pooler before it, does not let us into a database that it does not know.
            Err(Error::Connect { .. }) => {
                drop_scratch(&mut live, &name).await?;
                Self::in_transaction(live).await
            }
            Err(error) => {
                drop_scratch(&mut live, &name).await?;
                Err(error)
            }
        }
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// A statement that cannot run in a transaction, as it can run here: of partitions, which are empty, the server does at once
    /// what is done to one after the other where they have rows.
    pub(crate) async fn statement(&mut self, sql: &str) -> Result<String, sqlx::Error> {
        #[cfg_attr(not(any(feature = "sqlite", feature = "mysql")), allow(irrefutable_let_patterns))]
        let Connection::Postgres(connection) = &mut self.connection else { return Ok(sql.to_owned()) };
        let as_it_is = self.scratch.is_some() && !on_partitions::is_meant(connection, sql).await?;
        Ok(if as_it_is { sql.to_owned() } else { online::within_transaction(sql) })
    }

    /// What of a schema is there from the start, as it is there. (To make it again is an error for a role that may not make
    /// schemas, and leaves it as it is.)
    pub(crate) fn furniture_of(&self, schema: &Schema) -> Schema {
        let mut there = Schema::new();
        for object in &self.furniture {
            let Some(wanted) = schema.objects.get(&object.id) else { continue };
            // A schema is its name, in whatever words it is declared; of the default one there is only what is said of it.
            let definition = match object.id.kind {
                ObjectKind::Namespace if !objects::is_comment(&object.definition) => wanted.definition.clone(),
                _ => object.definition.clone(),
            };
            there.add_object(SqlObject { definition, ..object.clone() });
        }
        there
    }

    pub(crate) async fn close(self) -> Result<(), Error> {
        // Without a scratch database, the end of the session ends the transaction and all that was made in it.
        #[cfg_attr(not(any(feature = "sqlite", feature = "mysql")), allow(irrefutable_let_patterns))]
        if let Connection::Postgres(connection) = self.connection {
            connection.close().await.map_err(closing())?;
        }
        if let Some((name, mut live)) = self.scratch {
            drop_scratch(&mut live, &name).await?;
            live.close().await.map_err(closing())?;
        }
        Ok(())
    }

    /// An empty one: this one again where little has to be dropped, because a new scratch database costs as much as
    /// dropping hundreds of tables.
    pub(crate) async fn emptied(mut self, url: &DatabaseUrl) -> Result<Self, Error> {
        if self.scratch.is_some() && self.drop_objects().await? {
            return Ok(self);
        }
        self.close().await?;
        Self::open(url).await
    }

    /// False where there is too much to drop, or something that does not go.
    async fn drop_objects(&mut self) -> Result<bool, Error> {
        #[cfg_attr(not(any(feature = "sqlite", feature = "mysql")), allow(irrefutable_let_patterns))]
        let Connection::Postgres(connection) = &mut self.connection else { return Ok(false) };
        // A plan can also have made or dropped what comes from the live database, or have let roles use it.
        if objects::furniture(connection).await? != self.furniture {
            return Ok(false);
        }
        let is_granted = sqlx::query_scalar(include_str!("queries/shadow_members.sql")).fetch_one(&mut *connection);
        if is_granted.await.map_err(opening())? {
            return Ok(false);
        }
        let drops: Vec<String> = sqlx::query_scalar(include_str!("queries/shadow_objects.sql"))
            .fetch_all(&mut *connection)
            .await
            .map_err(opening())?;
        Ok(drops.len() <= MOST_DROPS && run(connection, &drops.concat()).await.is_ok())
    }

    /// A schema of its own before the live one in the path; a role that may not create schemas has its temporary one.
    async fn in_transaction(mut live: PgConnection) -> Result<Self, Error> {
        // Not kept as a value: the session itself counts that it is in a transaction, and ends it when it is closed.
        std::mem::forget(live.begin().await.map_err(opening())?);
        let row = sqlx::query(
            "SELECT current_schema()::text AS default_schema,
                    has_database_privilege(current_database(), 'CREATE') AS may_create_schemas,
                    'cqrs_shadow_' || md5(random()::text || clock_timestamp()::text || pg_backend_pid()) AS name",
        )
        .fetch_one(&mut live)
        .await
        .map_err(opening())?;
        let default_schema: Option<String> = row.try_get("default_schema").map_err(opening())?;
        let name: String = row.try_get("name").map_err(opening())?;
        let (create, name) = if row.try_get("may_create_schemas").map_err(opening())? {
            (format!("CREATE SCHEMA {name};"), name)
        } else {
            (String::new(), "pg_temp".to_owned())
        };
        let path = [Some(name), default_schema].into_iter().flatten().map(|name| quote(&name)).collect::<Vec<_>>();
        // A foreign key to a live table waits for those who write to it: not for long.
        let sql = format!(
            "{create} SET LOCAL lock_timeout = '5s'; SET LOCAL search_path = {};
             SELECT set_config('cqrs.shadow_schema', current_schema()::text, true)",
            path.join(", ")
        );
        run(&mut live, &sql).await.map_err(opening())?;
        let furniture = objects::furniture(&mut live).await?;
        Ok(Self { connection: Connection::Postgres(live), scratch: None, furniture })
    }
}

fn opening() -> impl FnOnce(sqlx::Error) -> Error {
    Error::database("opening a shadow database")
}

fn closing() -> impl FnOnce(sqlx::Error) -> Error {
    Error::database("closing the shadow database")
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(drop)
}

/// Drops scratch databases that a killed process left behind. One that has a session is in use, and `DROP DATABASE`
/// refuses it; one that cannot be dropped stays for its owner.
async fn sweep(live: &mut PgConnection) -> Result<(), Error> {
    let stale = sqlx::query_scalar::<_, String>(
        "SELECT d.datname::text FROM pg_database d
         WHERE d.datname ~ ('^' || $1 || '[0-9]{1,12}_[0-9a-f]{8,}$')
           AND split_part(substr(d.datname::text, length($1) + 1), '_', 1)::int8
               < extract(epoch FROM clock_timestamp())::int8 - $2
           AND pg_has_role(d.datdba, 'MEMBER')
           AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)",
    )
    .bind(PREFIX)
    .bind(STALE_AFTER)
    .fetch_all(&mut *live)
    .await
    .map_err(opening())?;
    for name in stale {
        let _ = run(live, &format!("DROP DATABASE IF EXISTS {}", quote(&name))).await;
    }
    Ok(())
}

/// Makes a scratch database with the live one's encoding and locale. None where the role may not.
async fn create_scratch(live: &mut PgConnection) -> Result<Option<String>, Error> {
    let version: i32 = server_version(live).await.map_err(opening())?;
    let locale = match version {
        17.. => "d.datlocprovider::text AS provider, d.datlocale::text AS locale",
        15.. => "d.datlocprovider::text AS provider, d.daticulocale::text AS locale",
        _ => "'c' AS provider, NULL::text AS locale",
    };
    let query = format!(
        "SELECT pg_encoding_to_char(d.encoding)::text AS encoding, d.datcollate::text AS lc_collate,
                d.datctype::text AS lc_ctype, {locale},
                '{PREFIX}' || extract(epoch FROM clock_timestamp())::int8 || '_'
                    || left(md5(random()::text || clock_timestamp()::text || pg_backend_pid()), 12) AS name
         FROM pg_database d WHERE d.datname = current_database()"
    );
    let row = sqlx::query(AssertSqlSafe(query)).fetch_one(&mut *live).await.map_err(opening())?;
    let get = |column| row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default).map_err(opening());
    let name = get("name")?;
    let mut sql = format!(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}",
        quote(&name),
        literal(&get("encoding")?),
        literal(&get("lc_collate")?),
        literal(&get("lc_ctype")?)
    );
    let provider = get("provider")?;
    if let Some((provider, option)) = match provider.as_str() {
        "i" => Some(("icu", "ICU_LOCALE")),
        "b" => Some(("builtin", "BUILTIN_LOCALE")),
        _ => None,
    } {
        sql += &format!(" LOCALE_PROVIDER {provider} {option} {}", literal(&get("locale")?));
    }
    if version >= 15 {
        sql += " STRATEGY file_copy";
    }
    match run(live, &sql).await {
        Ok(()) => Ok(Some(name)),
        Err(error) if sqlstate(&error).as_deref() == Some(INSUFFICIENT_PRIVILEGE) => Ok(None),
        Err(error) => Err(opening()(error)),
    }
}

async fn server_version(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar("SELECT current_setting('server_version_num')::int4 / 10000").fetch_one(connection).await
}

fn sqlstate(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned())
}

/// A connection to the scratch database, with the live database's schemas, extensions and search path; and these schemas
/// and extensions.
async fn like_live(
    url: &DatabaseUrl,
    name: &str,
    live: &mut PgConnection,
) -> Result<(PgConnection, Vec<SqlObject>), Error> {
    let mut scratch = connect::open(url, connect::options(url)?.database(name)).await?;
    let statements: Vec<String> = sqlx::query_scalar(
        "SELECT sql FROM (
             SELECT 1 AS step, format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS sql
             FROM pg_namespace n
             WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             UNION ALL
             SELECT 2, 'DROP SCHEMA public'
             WHERE NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = 'public')
             UNION ALL
             SELECT 3, format('COMMENT ON SCHEMA %I IS %L', n.nspname, obj_description(n.oid, 'pg_namespace'))
             FROM pg_namespace n
             WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             UNION ALL
             -- The version that runs may be one that is not delivered any more.
             SELECT version.step, format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I%s CASCADE', e.extname, n.nspname,
                                         version.sql)
             FROM pg_extension e
             JOIN pg_namespace n ON n.oid = e.extnamespace
             CROSS JOIN LATERAL (VALUES (4, format(' VERSION %L', e.extversion)), (5, '')) version (step, sql)
             WHERE e.extname <> 'plpgsql'
             UNION ALL
             SELECT 6, format('COMMENT ON EXTENSION %I IS %L', e.extname, obj_description(e.oid, 'pg_extension'))
             FROM pg_extension e
             WHERE e.extname <> 'plpgsql'
         ) AS script
         ORDER BY step, sql",
    )
    .fetch_all(&mut *live)
    .await
    .map_err(opening())?;
    for sql in statements {
        // Some extensions are only for the superuser, or for one database of the server. Where a declaration needs one,
        // its own statement fails and names what is missing.
        let _ = run(&mut scratch, &sql).await;
    }
    let path: String =
        sqlx::query_scalar("SELECT current_setting('search_path')").fetch_one(live).await.map_err(opening())?;
    sqlx::query("SELECT set_config('search_path', $1, false)")
        .bind(path)
        .execute(&mut scratch)
        .await
        .map_err(opening())?;
    let furniture = objects::furniture(&mut scratch).await?;
    Ok((scratch, furniture))
}

async fn drop_scratch(live: &mut PgConnection, name: &str) -> Result<(), Error> {
    let force = if server_version(live).await.map_err(closing())? >= 13 { " WITH (FORCE)" } else { "" };
    run(live, &format!("DROP DATABASE IF EXISTS {}{force}", quote(name))).await.map_err(closing())
}
