//! Materialized views: their rows are those of the last refresh.

use sqlx::AssertSqlSafe;

use super::{Error, Pool, WriteHandle};
use crate::model::{Materialized, UniquelyIndexed};

impl WriteHandle {
    /// Stores the rows of a materialized view anew. Whoever reads it meanwhile waits; where a view is a plain one, there is
    /// nothing to do. <https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html>
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`] and [`Error::Database`].
    pub async fn refresh<V: Materialized>(&self) -> Result<(), Error> {
        self.refresh_view::<V>("REFRESH MATERIALIZED VIEW").await
    }

    /// As [`WriteHandle::refresh`], and others go on reading the rows that were stored before. It takes longer, and needs
    /// rows that were stored once.
    ///
    /// # Errors
    /// As [`WriteHandle::refresh`].
    pub async fn refresh_concurrently<V: UniquelyIndexed>(&self) -> Result<(), Error> {
        self.refresh_view::<V>("REFRESH MATERIALIZED VIEW CONCURRENTLY").await
    }

    async fn refresh_view<V: Materialized>(&self, command: &str) -> Result<(), Error> {
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let schema = V::RELATION.schema.as_deref().map(|schema| quoted(schema) + ".").unwrap_or_default();
        let sql = format!("{command} {schema}{}", quoted(&V::RELATION.name));
        match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(pool) => {
                let refreshed = sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await;
                refreshed.map(|_| ()).map_err(Error::statement(V::RELATION))
            }
            #[allow(unreachable_patterns)]
            _ => {
                let _ = AssertSqlSafe(sql);
                Ok(())
            }
        }
    }
}
