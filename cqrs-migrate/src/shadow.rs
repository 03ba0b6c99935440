//! A throw-away database that is like the live one: where the database itself normalizes what was declared, and where
//! a plan is proven.

use cqrs_core::schema::Schema;

use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::{Dialect, Statement};
use crate::diff::{Renames, diff};
use crate::error::Error;
use crate::introspect::{Selection, introspect};
use crate::plan::plan;

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
        self.run(&plan.statements()).await
    }

    /// Runs statements as they stand.
    pub(crate) async fn run(&mut self, statements: &[Statement]) -> Result<(), Error> {
        for statement in statements {
            self.connection()
                .execute(&statement.sql)
                .await
                .map_err(|source| Error::Shadow { sql: statement.sql.clone(), source })?;
        }
        Ok(())
    }

    /// What is in it now.
    pub(crate) async fn introspect(&mut self, selection: &Selection) -> Result<Schema, Error> {
        Ok(introspect(self.connection(), selection).await?.schema)
    }
}
