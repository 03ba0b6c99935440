//! A throw-away database that is like the live one: where the database itself normalizes what was declared, and where
//! a plan is proven.

use cqrs_core::schema::Schema;

use crate::connection::{Connection, DatabaseUrl};
#[cfg(feature = "postgres")]
use crate::dialect::Transaction;
use crate::dialect::{Dialect, Introspected, Statement};
use crate::diff::{Renames, diff};
use crate::error::Error;
use crate::introspect::{Selection, introspect};
use crate::plan::plan;
use crate::prepare::leads_nowhere;

/// A statement that the server does not run without locking others out.
pub(crate) struct NotOnline {
    pub(crate) sql: String,
    pub(crate) source: sqlx::Error,
}

fn is_not_online(error: &sqlx::Error) -> bool {
    #[cfg(feature = "mysql")]
    return crate::dialect::mysql::connect::is_not_online(error);
    #[cfg(not(feature = "mysql"))]
    {
        let _ = error;
        false
    }
}

pub(crate) enum Shadow {
    #[cfg(feature = "sqlite")]
    Sqlite(crate::dialect::sqlite::shadow::Shadow),
    #[cfg(feature = "postgres")]
    Postgres(crate::dialect::postgres::shadow::Shadow),
    #[cfg(feature = "mysql")]
    MySql(crate::dialect::mysql::shadow::Shadow),
}

impl Shadow {
    /// Opens one beside the live database.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        Ok(match url.dialect() {
            #[cfg(feature = "sqlite")]
            Dialect::Sqlite => Self::Sqlite(crate::dialect::sqlite::shadow::Shadow::open(url).await?),
            #[cfg(feature = "postgres")]
            Dialect::Postgres => Self::Postgres(crate::dialect::postgres::shadow::Shadow::open(url).await?),
            #[cfg(feature = "mysql")]
            Dialect::MySql => Self::MySql(crate::dialect::mysql::shadow::Shadow::open(url).await?),
            #[allow(unreachable_patterns)]
            dialect => return Err(Error::DriverMissing { dialect }),
        })
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(shadow) => shadow.connection(),
            #[cfg(feature = "postgres")]
            Self::Postgres(shadow) => shadow.connection(),
            #[cfg(feature = "mysql")]
            Self::MySql(shadow) => shadow.connection(),
        }
    }

    /// An empty one, which may be this one again.
    pub(crate) async fn emptied(self, url: &DatabaseUrl) -> Result<Self, Error> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(shadow) => Ok(Self::Postgres(shadow.emptied(url).await?)),
            #[allow(unreachable_patterns)]
            other => {
                other.close().await?;
                Self::open(url).await
            }
        }
    }

    /// Drops it.
    pub(crate) async fn close(self) -> Result<(), Error> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(shadow) => shadow.close().await,
            #[cfg(feature = "postgres")]
            Self::Postgres(shadow) => shadow.close().await,
            #[cfg(feature = "mysql")]
            Self::MySql(shadow) => shadow.close().await,
        }
    }

    /// Makes everything in a schema that is in the database's own words.
    pub(crate) async fn create(&mut self, schema: &Schema) -> Result<(), Error> {
        let dialect = self.connection().dialect();
        let there = match &*self {
            #[cfg(feature = "postgres")]
            Self::Postgres(shadow) => shadow.furniture_of(schema),
            #[cfg(feature = "mysql")]
            Self::MySql(shadow) => shadow.defaults(),
            #[allow(unreachable_patterns)]
            _ => Schema::new(),
        };
        let plan = plan(dialect, &there, schema, &diff(&there, schema, &Renames::default()));
        // There are such keys in a database, so that its shadow takes them. What a plan makes is looked at.
        let keys_lead_nowhere = dialect == Dialect::MySql && any_key_leads_nowhere(schema);
        if keys_lead_nowhere {
            self.set_foreign_key_checks("0").await?;
        }
        self.run(&plan.statements()).await?;
        if keys_lead_nowhere {
            self.set_foreign_key_checks("1").await?;
        }
        Ok(())
    }

    async fn set_foreign_key_checks(&mut self, checks: &str) -> Result<(), Error> {
        let set = self.connection().execute(&format!("SET SESSION foreign_key_checks = {checks}")).await;
        set.map_err(Error::database("setting `foreign_key_checks` in the shadow"))
    }

    /// Runs statements as they stand.
    pub(crate) async fn run(&mut self, statements: &[Statement]) -> Result<(), Error> {
        match self.run_with_locks(statements).await?.into_iter().next() {
            None => Ok(()),
            Some(NotOnline { sql, source }) => Err(Error::Shadow { sql, source }),
        }
    }

    /// Runs statements; where the server refuses to do what one says without locking others out, with that lock. Returns
    /// those.
    pub(crate) async fn run_with_locks(&mut self, statements: &[Statement]) -> Result<Vec<NotOnline>, Error> {
        let mut not_online = Vec::new();
        for statement in statements {
            let failed = |source| Error::Shadow { sql: statement.sql.clone(), source };
            let sql = match self {
                #[cfg(feature = "postgres")]
                Self::Postgres(shadow) if statement.transaction == Transaction::Outside => {
                    shadow.statement(&statement.sql).await.map_err(failed)?
                }
                #[allow(unreachable_patterns)]
                _ => statement.sql.clone(),
            };
            let Err(source) = self.connection().execute(&sql).await else { continue };
            match statement.clone().with_lock() {
                Some(locking) if is_not_online(&source) => {
                    self.connection().execute(&locking.sql).await.map_err(failed)?;
                    not_online.push(NotOnline { sql: statement.sql.clone(), source });
                }
                _ => return Err(failed(source)),
            }
        }
        Ok(not_online)
    }

    /// What is in it now.
    pub(crate) async fn introspect(&mut self, selection: &Selection) -> Result<Introspected, Error> {
        introspect(self.connection(), selection).await
    }
}

fn any_key_leads_nowhere(schema: &Schema) -> bool {
    schema.tables.values().any(|table| table.foreign_keys.iter().any(|key| leads_nowhere(schema, key)))
}
