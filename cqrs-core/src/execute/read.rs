use std::marker::PhantomData;

use sea_query::{Expr, IntoColumnRef, Order, SelectStatement};

use super::connection::Held;
use super::database::Pool;
use super::{Error, statement};
use crate::model::{Driver, ObjectModel, Read};

/// MySQL and SQLite have no offset without a limit. <https://dev.mysql.com/doc/refman/8.0/en/select.html>
const NO_LIMIT: Option<u64> = Some(i64::MAX as u64);

/// Where queries go. Nothing can be written through it.
#[derive(Debug, Clone)]
pub struct ReadHandle {
    pool: Pool,
}

impl ReadHandle {
    pub(super) fn new(pool: Pool) -> Self {
        Self { pool }
    }

    /// The row of that key.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`], [`Error::Encode`] and [`Error::Database`].
    pub async fn get<R: Read>(&self, key: &<R::Model as ObjectModel>::Key) -> Result<Option<R>, Error> {
        get(self.pool.driver(), &mut self.pool.acquire().await?, key).await
    }

    /// The first rows in the order of their keys.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`] and [`Error::Database`].
    pub async fn list<R: Read>(&self, limit: u64) -> Result<Vec<R>, Error> {
        let mut query = self.query::<R>().limit(limit);
        for column in statement::key_columns(R::Model::TABLE) {
            query = query.order_by(column, Order::Asc);
        }
        query.all().await
    }

    /// A query of one's own.
    pub fn query<R: Read>(&self) -> Query<R> {
        Query {
            pool: self.pool.clone(),
            select: statement::select_from::<R::Model>(self.pool.driver(), R::COLUMNS.iter().copied()),
            limit: None,
            offset: None,
            read: PhantomData,
        }
    }
}

/// A query that returns read structs, put together with sea-query's expressions.
///
/// ```
/// use cqrs_core::execute::{Error, ReadHandle};
/// use cqrs_core::model::Read;
/// use cqrs_core::sea_query::{Expr, ExprTrait, Order};
///
/// # async fn example<ScorAlertRead: Read>(read: ReadHandle) -> Result<(), Error> {
/// let newest: Vec<ScorAlertRead> = read
///     .query()
///     .filter(Expr::col("acknowledged").eq(false))
///     .order_by("raised_at", Order::Desc)
///     .limit(20)
///     .all()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Query<R> {
    pool: Pool,
    select: SelectStatement,
    limit: Option<u64>,
    offset: Option<u64>,
    read: PhantomData<fn() -> R>,
}

impl<R: Read> Query<R> {
    /// Only rows that meet the condition, and every condition given before.
    pub fn filter(mut self, condition: impl Into<Expr>) -> Self {
        self.select.and_where(condition.into());
        self
    }

    /// Sorted by a column, within the order given before.
    pub fn order_by(mut self, column: impl IntoColumnRef, order: Order) -> Self {
        self.select.order_by(column, order);
        self
    }

    /// No more rows than this.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Without the first rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = Some(rows);
        self
    }

    /// The rows.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`], [`Error::Encode`] and [`Error::Database`].
    pub async fn all(mut self) -> Result<Vec<R>, Error> {
        if let Some(limit) = self.limit.or(self.offset.and(NO_LIMIT)) {
            self.select.limit(limit);
        }
        if let Some(offset) = self.offset {
            self.select.offset(offset);
        }
        let statement = statement::select::<R::Model>(self.pool.driver(), &self.select)?;
        self.pool.acquire().await?.fetch(statement).await
    }

    /// The first row.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`], [`Error::Encode`] and [`Error::Database`].
    pub async fn first(self) -> Result<Option<R>, Error> {
        Ok(self.limit(1).all().await?.into_iter().next())
    }
}

pub(super) async fn get<R: Read>(
    driver: Driver,
    held: &mut Held,
    key: &<R::Model as ObjectModel>::Key,
) -> Result<Option<R>, Error> {
    let key = statement::values_of(key, driver)?;
    let select = statement::select_by_key::<R::Model>(driver, R::COLUMNS.iter().copied(), key);
    Ok(held.fetch(select).await?.into_iter().next())
}
