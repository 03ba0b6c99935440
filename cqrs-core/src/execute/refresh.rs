//! Materialized views: their rows are those of the last refresh.

use super::statement::{Statement, quoted_table};
use super::{Outcome, WriteHandle};
use crate::model::{Driver, Materialized, UniquelyIndexed};
use crate::schema::Table;

impl WriteHandle {
    /// Stores the rows of a materialized view anew. Whoever reads it meanwhile waits; where a view is a plain one, there is
    /// nothing to do. <https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html>
    ///
    /// # Errors
    /// [`Error::Connect`](super::Error::Connect), [`Error::NoTable`](super::Error::NoTable) and
    /// [`Error::Database`](super::Error::Database).
    pub fn refresh<V: Materialized>(&self) -> Outcome<'_, ()> {
        self.refresh_view(V::RELATION, "REFRESH MATERIALIZED VIEW")
    }

    /// As [`WriteHandle::refresh`], and others go on reading the rows that were stored before. It takes longer, and needs
    /// rows that were stored once.
    ///
    /// # Errors
    /// As [`WriteHandle::refresh`].
    pub fn refresh_concurrently<V: UniquelyIndexed>(&self) -> Outcome<'_, ()> {
        self.refresh_view(V::RELATION, "REFRESH MATERIALIZED VIEW CONCURRENTLY")
    }

    fn refresh_view(&self, view: &'static Table, command: &'static str) -> Outcome<'_, ()> {
        Box::pin(async move {
            let driver = self.pool.driver();
            if driver != Driver::Postgres {
                return Ok(());
            }
            let sql = format!("{command} {}", quoted_table(driver, view));
            let refresh = Statement { kept: false, ..Statement::without_values(view, &sql) };
            self.pool.acquire().await?.execute(refresh).await.map(|_| ())
        })
    }
}
