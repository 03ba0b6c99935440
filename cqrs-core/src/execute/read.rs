use std::marker::PhantomData;

use futures_util::Stream;
use sea_query::{DynIden, Expr, IntoIden, Order, SelectStatement};

use super::connection::Connections;
use super::cursor::{Cursor, OrderedBy, Page};
use super::database::Pool;
use super::statement::{self, Statement};
use super::{Error, Outcome};
use crate::model::{Driver, Keyed, Read, Relation};
use crate::schema::Table;

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
    pub fn get<R: Read<Model: Keyed>>(&self, key: &<R::Model as Keyed>::Key) -> Outcome<'_, Option<R>> {
        let statement = by_key::<R>(self.pool.driver(), key);
        Box::pin(async move { self.pool.acquire().await?.fetch_one(statement?).await })
    }

    /// The first rows in the order of their keys.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`] and [`Error::Database`].
    pub fn list<R: Read>(&self, limit: u64) -> Outcome<'_, Vec<R>> {
        let mut query = self.query::<R>().limit(limit);
        for column in statement::key_columns(R::Model::RELATION) {
            query = query.order_by(column, Order::Asc);
        }
        query.all()
    }

    /// A query of one's own.
    pub fn query<R>(&self) -> Query<'static, R> {
        Query::new(Connections::Pool(self.pool.clone()))
    }

    /// The rows of a statement of one's own, which has to select the columns of `R` by their names.
    /// [`Query::into_select`] is where it may come from.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`], [`Error::Encode`] and [`Error::Database`].
    pub fn fetch<R: Read>(&self, select: &SelectStatement) -> Outcome<'_, Vec<R>> {
        let statement = Statement::written(self.pool.driver(), R::Model::RELATION, select);
        Box::pin(async move { self.pool.acquire().await?.fetch(statement?).await })
    }

    /// The connections that queries use, for SQL of one's own.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
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
#[must_use = "a query does nothing until its rows are asked for"]
pub struct Query<'c, R> {
    connections: Connections<'c>,
    conditions: Vec<Expr>,
    order: Vec<(DynIden, Order)>,
    limit: Option<u64>,
    offset: Option<u64>,
    after: Option<Cursor>,
    read: PhantomData<fn() -> R>,
}

impl<'c, R> Query<'c, R> {
    pub(super) fn new(connections: Connections<'c>) -> Self {
        Self {
            connections,
            conditions: Vec::new(),
            order: Vec::new(),
            limit: None,
            offset: None,
            after: None,
            read: PhantomData,
        }
    }

    /// Only rows that meet the condition, and every condition given before.
    pub fn filter(mut self, condition: impl Into<Expr>) -> Self {
        self.conditions.push(condition.into());
        self
    }

    /// Sorted by a column, within the order given before.
    pub fn order_by(mut self, column: impl IntoIden, order: Order) -> Self {
        self.order.push((column.into_iden(), order));
        self
    }

    /// No more rows than this. A [`page`](Self::page) has its own number.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Without the first rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = Some(rows);
        self
    }

    /// Only rows behind the page that ended there, for [`page`](Self::page) with the same order.
    pub fn after(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.after = cursor.into();
        self
    }

    /// The rows.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Unreadable`], [`Error::Encode`] and [`Error::Database`].
    /// [`Error::Cursor`] where [`after`](Self::after) was given.
    pub fn all(mut self) -> Outcome<'c, Vec<R>>
    where
        R: Read,
    {
        let statement = self.statement();
        Box::pin(async move { self.connections.lend().await?.held().fetch(statement?).await })
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`all`](Self::all).
    pub fn first(self) -> Outcome<'c, Option<R>>
    where
        R: Read,
    {
        let mut query = self.limit(1);
        let statement = query.statement();
        Box::pin(async move { query.connections.lend().await?.held().fetch_one(statement?).await })
    }

    /// The rows one after the other, as the database sends them: none is kept. A connection is taken until the last one.
    ///
    /// # Errors
    /// As [`all`](Self::all), for the query and then for each row.
    pub fn stream(self) -> Result<impl Stream<Item = Result<R, Error>> + Send + Unpin + 'c, Error>
    where
        R: Read + 'c,
    {
        let statement = self.statement()?;
        Ok(self.connections.stream(statement))
    }

    /// So many rows, at least one, and a [`Cursor`] for those behind them.
    ///
    /// They are in the order given, and where that is the same for several, in that of the primary key. However far it is to a
    /// page, the database goes there at once, if it has an index over the order; and no row is left out or comes twice when
    /// others are inserted or deleted meanwhile. A read model of a view has no key: there the order given has to tell all rows
    /// apart.
    ///
    /// # Errors
    /// As [`all`](Self::all), and [`Error::Unpaged`].
    pub fn page(mut self, rows: u64) -> Outcome<'c, Page<R>>
    where
        R: Read,
    {
        let rows = rows.max(1);
        let asked = self.page_statement(rows);
        Box::pin(async move {
            let (statement, order) = asked?;
            let most = usize::try_from(rows).unwrap_or(usize::MAX);
            let (rows, place) = self.connections.lend().await?.held().fetch_page(statement, most, &order).await?;
            Ok(Page { rows, next: place.map(|place| Cursor::new(&order, place)) })
        })
    }

    /// How many rows there are, whatever the limit, the offset and the page.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Encode`] and [`Error::Database`].
    pub fn count(&mut self) -> Outcome<'_, u64>
    where
        R: Read,
    {
        let statement = self.of_all_rows("COUNT(*)", None);
        Box::pin(async move {
            let count = self.connections.lend().await?.held().fetch_number(statement?).await?;
            Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
        })
    }

    /// Whether there is a row, whatever the limit, the offset and the page.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NoTable`], [`Error::Encode`] and [`Error::Database`].
    pub fn exists(&mut self) -> Outcome<'_, bool>
    where
        R: Read,
    {
        let statement = self.of_all_rows("1", Some(1));
        Box::pin(async move { self.connections.lend().await?.held().fetch_any(statement?).await })
    }

    /// The query as sea-query's statement, to go on with: joins, groups, whatever else SQL has. [`ReadHandle::fetch`] runs it.
    ///
    /// # Errors
    /// [`Error::Cursor`] where [`after`](Self::after) was given.
    pub fn into_select(self) -> Result<SelectStatement, Error>
    where
        R: Read,
    {
        let driver = self.connections.driver();
        let mut select = statement::select_from(driver, Self::table(), R::COLUMNS.iter().copied());
        let rest = self.rest()?;
        rest(&mut select);
        Ok(select)
    }
}

impl<R: Read> Query<'_, R> {
    fn table() -> &'static Table {
        <R::Model as Relation>::RELATION
    }

    fn statement(&self) -> Result<Statement, Error> {
        statement::select(self.connections.driver(), Self::table(), R::COLUMNS, self.rest()?)
    }

    /// So many rows and one more, which tells whether there are others behind them; and their order.
    fn page_statement(&mut self, rows: u64) -> Result<(Statement, Vec<OrderedBy>), Error> {
        let order = self.whole_order()?;
        self.order = order.iter().map(OrderedBy::given).collect();
        self.limit = Some(Ord::min(rows.saturating_add(1), i64::MAX as u64));
        let mut columns = R::COLUMNS.to_vec();
        columns.extend(order.iter().map(OrderedBy::name).filter(|name| !R::COLUMNS.contains(name)));
        let statement = statement::select(self.connections.driver(), Self::table(), &columns, self.rest()?)?;
        Ok((statement, order))
    }

    /// Everything behind `FROM`.
    fn rest(&self) -> Result<impl FnOnce(&mut SelectStatement), Error> {
        let after = match &self.after {
            Some(cursor) => {
                let order = self.whole_order()?;
                let behind = cursor.behind(self.connections.driver(), Self::table(), &order)?;
                Some((behind, order.iter().map(OrderedBy::given).collect()))
            }
            None => None,
        };
        let (behind, order) = after.unzip();
        let order: Vec<(DynIden, Order)> = order.unwrap_or_else(|| self.order.clone());
        Ok(move |select: &mut SelectStatement| {
            self.restrict(select, behind);
            for (column, direction) in order {
                select.order_by((Self::table().name.as_ref(), column), direction);
            }
            if let Some(limit) = self.limit.or(self.offset.and(NO_LIMIT)) {
                select.limit(limit);
            }
            if let Some(offset) = self.offset {
                select.offset(offset);
            }
        })
    }

    fn restrict(&self, select: &mut SelectStatement, after: Option<Expr>) {
        for condition in self.conditions.iter().cloned().chain(after) {
            select.and_where(condition);
        }
    }

    /// An expression of all rows that meet the conditions.
    fn of_all_rows(&self, expression: &str, limit: Option<u64>) -> Result<Statement, Error> {
        let (driver, table) = (self.connections.driver(), Self::table());
        let select = statement::from_table(driver, table, expression);
        statement::select_expression(driver, table, &select, |select| {
            self.restrict(select, None);
            if let Some(limit) = limit {
                select.limit(limit);
            }
        })
    }

    /// The order given, and the primary key behind it, which tells apart what is the same in that.
    fn whole_order(&self) -> Result<Vec<OrderedBy>, Error> {
        let (driver, table) = (self.connections.driver(), Self::table());
        let mut order = Vec::new();
        for (column, direction) in &self.order {
            order.push(OrderedBy::new(driver, table, &column.inner(), direction)?);
        }
        for key in statement::key_columns(table) {
            if !order.iter().any(|by| by.name() == key) {
                order.push(OrderedBy::new(driver, table, key, &Order::Asc)?);
            }
        }
        if order.is_empty() {
            let reason = "it has no key: add an `order_by` that tells all rows apart".to_owned();
            return Err(Error::Unpaged { table: &table.name, reason });
        }
        Ok(order)
    }
}

/// The row of that key.
pub(super) fn by_key<R: Read<Model: Keyed>>(
    driver: Driver,
    key: &<R::Model as Keyed>::Key,
) -> Result<Statement, Error> {
    let table = R::Model::RELATION;
    Ok(statement::select_where(driver, table, R::COLUMNS, statement::values_of(driver, table, key)?))
}
