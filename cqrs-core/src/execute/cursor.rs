//! Where a page of rows ends, and the rows behind it.

use std::fmt;
use std::str::FromStr;

use sea_query::{DynIden, Expr, ExprTrait, IntoIden, Order, Value};
use serde::{Deserialize, Serialize};

use super::Error;
use super::place::{is_kept, value_at};
use super::statement::{cast_of, value_expr};
use crate::model::Driver;
use crate::schema::{Column, Table};

/// Where a page ended, as text that means nothing to anybody else: to be handed out, and given to
/// [`Query::after`](super::Query::after) for the page behind it.
///
/// Its text has digits and letters only. It is not signed: who changes it gets other rows of the same query, or
/// [`Error::Cursor`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    order: Vec<String>,
    place: Vec<serde_json::Value>,
}

/// Rows, and where the next ones begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// What to give to [`Query::after`](super::Query::after) for the next page. `None` where this is the last one.
    pub next: Option<Cursor>,
}

/// A column by which rows are in order.
#[derive(Debug, Clone)]
pub(super) struct OrderedBy {
    pub(super) column: &'static Column,
    pub(super) descending: bool,
}

impl OrderedBy {
    /// A column of a table that rows can be paged by.
    ///
    /// # Errors
    /// [`Error::Unpaged`].
    pub(super) fn new(driver: Driver, table: &'static Table, name: &str, order: &Order) -> Result<Self, Error> {
        let refused = |reason: String| Error::Unpaged { table: &table.name, reason };
        let Some(column) = table.column(name) else {
            return Err(refused(format!("it has no column `{name}`: order by columns of the model")));
        };
        if !is_kept(&column.column_type) || cast_of(driver, table, name).is_some() {
            return Err(refused(format!(
                "a value of `{name}` cannot be kept in a cursor: order by another column, or use `limit` and `offset`"
            )));
        }
        match order {
            Order::Asc => Ok(Self { column, descending: false }),
            Order::Desc => Ok(Self { column, descending: true }),
            _ => Err(refused(format!("`{name}` is in an order of its own: write `Asc` or `Desc`"))),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        &self.column.name
    }

    /// The same as it is given to a query.
    pub(super) fn given(&self) -> (DynIden, Order) {
        (self.name().into_iden(), if self.descending { Order::Desc } else { Order::Asc })
    }

    fn text(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.name())
    }

    /// PostgreSQL holds null for greater than every value, the others for smaller.
    /// <https://www.postgresql.org/docs/current/queries-order.html>, <https://www.sqlite.org/datatype3.html#sort_order>
    fn nulls_last(&self, driver: Driver) -> bool {
        (driver == Driver::Postgres) != self.descending
    }

    /// What holds for rows behind this value in this column; `None` where there are none.
    fn behind(&self, driver: Driver, table: &'static Table, value: Option<&Value>) -> Option<Expr> {
        let column = || Expr::col(self.name());
        match value {
            None => (!self.nulls_last(driver)).then(|| column().is_not_null()),
            Some(value) => {
                let value = value_expr(driver, table, self.name(), value.clone());
                let behind = if self.descending { column().lt(value) } else { column().gt(value) };
                let nulls = self.column.nullable && self.nulls_last(driver);
                Some(if nulls { behind.or(column().is_null()) } else { behind })
            }
        }
    }

    fn same(&self, driver: Driver, table: &'static Table, value: Option<&Value>) -> Expr {
        let column = Expr::col(self.name());
        match value {
            None => column.is_null(),
            Some(value) => column.eq(value_expr(driver, table, self.name(), value.clone())),
        }
    }
}

impl Cursor {
    pub(super) fn new(order: &[OrderedBy], place: Vec<serde_json::Value>) -> Self {
        Self { order: order.iter().map(OrderedBy::text).collect(), place }
    }

    /// What holds for rows behind this place in that order.
    ///
    /// # Errors
    /// [`Error::Cursor`] where the cursor is of another order.
    pub(super) fn behind(&self, driver: Driver, table: &'static Table, order: &[OrderedBy]) -> Result<Expr, Error> {
        let expected: Vec<String> = order.iter().map(OrderedBy::text).collect();
        if self.order != expected || self.place.len() != order.len() {
            let reason = format!("its order is `{}`, not `{}`", self.order.join(", "), expected.join(", "));
            return Err(Error::Cursor { reason });
        }
        let mut behind: Option<Expr> = None;
        for (by, place) in order.iter().zip(&self.place).rev() {
            let value = value_at(driver, by.column, place)?;
            let further = by.behind(driver, table, value.as_ref());
            let among_equals = behind.map(|rest| by.same(driver, table, value.as_ref()).and(rest));
            behind = match (further, among_equals) {
                (Some(further), Some(among_equals)) => Some(further.or(among_equals)),
                (further, among_equals) => further.or(among_equals),
            };
        }
        Ok(behind.unwrap_or_else(|| Expr::val(1).eq(0)))
    }
}

/// In the text of a cursor each byte of the JSON is two digits, so that it needs no escape anywhere.
impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(&(&self.order, &self.place)).map_err(|_| fmt::Error)?;
        text.bytes().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || Error::Cursor { reason: "it was cut or changed".to_owned() };
        let byte = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
        let (order, place) = serde_json::from_slice(&bytes.ok_or_else(invalid)?).map_err(|_| invalid())?;
        Ok(Self { order, place })
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::ColumnType;

    #[test]
    fn a_cursor_is_text_and_back() {
        let cursor = Cursor { order: vec!["-at".to_owned(), "id".to_owned()], place: vec!["ü'\"".into(), 7.into()] };
        let text = cursor.to_string();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{text}");
        assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
        assert_eq!(serde_json::from_str::<Cursor>(&serde_json::to_string(&cursor).unwrap()).unwrap(), cursor);
        for changed in [&text[2..], &text[..text.len() - 1], "zz", ""] {
            assert!(matches!(changed.parse::<Cursor>(), Err(Error::Cursor { .. })), "{changed}");
        }
    }

    #[test]
    fn rows_behind_a_place_by_database() {
        let mut table = Table::new("jobs");
        let mut at = Column::new("at", ColumnType::BigInteger);
        at.nullable = true;
        table.columns = vec![at, Column::new("id", ColumnType::BigInteger)].into();
        let table: &'static Table = Box::leak(Box::new(table));
        let behind = |driver, descending, place: serde_json::Value| {
            let at = OrderedBy { column: &table.columns[0], descending };
            let order = [at, OrderedBy { column: &table.columns[1], descending: false }];
            let condition = Cursor::new(&order, vec![place, 7.into()]).behind(driver, table, &order).unwrap();
            let mut select = sea_query::Query::select();
            select.expr(condition);
            select.to_string(sea_query::SqliteQueryBuilder).replace("SELECT ", "").replace('"', "")
        };
        let null = || serde_json::Value::Null;
        assert_eq!(behind(Driver::Sqlite, false, 3.into()), "at > 3 OR (at = 3 AND id > 7)");
        assert_eq!(behind(Driver::Postgres, false, 3.into()), "at > 3 OR at IS NULL OR (at = 3 AND id > 7)");
        assert_eq!(behind(Driver::Sqlite, true, 3.into()), "at < 3 OR at IS NULL OR (at = 3 AND id > 7)");
        assert_eq!(behind(Driver::Sqlite, false, null()), "at IS NOT NULL OR (at IS NULL AND id > 7)");
        assert_eq!(behind(Driver::Postgres, false, null()), "at IS NULL AND id > 7");
    }
}
