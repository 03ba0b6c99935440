//! Materialized views: their rows are those of the last refresh.

use super::statement::{Statement, quoted_table};
use super::{Error, WriteHandle};
use crate::model::{Driver, Materialized, UniquelyIndexed};

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
        let driver = self.pool.driver();
        if driver != Driver::Postgres {
            return Ok(());
        }
        let sql = format!("{command} {}", quoted_table(driver, V::RELATION));
        let refresh = Statement { kept: false, ..Statement::without_values(V::RELATION, &sql) };
        self.pool.acquire().await?.execute(refresh).await.map(|_| ())
    }
}
