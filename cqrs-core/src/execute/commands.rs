//! What each command does on a connection.

use sea_query::Value;

use super::Error;
use super::connection::Held;
use super::statement::{self, Statement};
use crate::model::{ColumnValue, Driver, FromRow, Key, ObjectModel, Patch, Read, Write};
use crate::schema::{Access, Table};

/// How many bytes of values one statement takes: well below MySQL's least `max_allowed_packet`.
/// <https://dev.mysql.com/doc/refman/8.0/en/packet-too-large.html>
const MOST_BYTES: usize = 4 << 20;

/// How many rows one statement takes: more make it no faster.
const MOST_ROWS: usize = 1_000;

/// How many rows with so many values.
fn most_rows(driver: Driver, values: usize) -> usize {
    (most_values(driver) / values.max(1)).min(MOST_ROWS)
}

/// How many values one statement takes.
/// <https://www.sqlite.org/limits.html#max_variable_number>,
/// <https://www.postgresql.org/docs/current/limits.html>; MySQL counts them in 16 bits too.
fn most_values(driver: Driver) -> usize {
    match driver {
        Driver::Sqlite => 32_766,
        Driver::Postgres | Driver::MySql => 65_535,
    }
}

/// Inserts a row and returns its key.
pub(super) async fn insert<K: Key>(
    held: &mut Held,
    table: &'static Table,
    values: Vec<ColumnValue>,
) -> Result<K, Error> {
    let key: Vec<_> = statement::key_columns(table).collect();
    insert_row(held, table, values, &key).await
}

/// Inserts a row and reads columns of it.
pub(super) async fn insert_row<R: FromRow>(
    held: &mut Held,
    table: &'static Table,
    values: Vec<ColumnValue>,
    columns: &[&'static str],
) -> Result<R, Error> {
    let driver = held.driver();
    let kept = if driver == Driver::MySql { values.clone() } else { Vec::new() };
    if let Some(row) = held.fetch_one(statement::insert(driver, table, vec![values], columns)).await? {
        return Ok(row);
    }
    let unknown = Error::KeyNotReturned { table: &table.name };
    match statement::last_row(driver, table, kept, columns) {
        Some(select) => held.fetch_one(select).await?.ok_or(unknown),
        None => Err(unknown),
    }
}

/// Inserts rows in as few statements as the database takes them in.
pub(super) async fn insert_batches<W: Write>(held: &mut Held, rows: &[W]) -> Result<u64, Error> {
    let (driver, mut count) = (held.driver(), 0);
    let mut batches = Batches::new(driver, rows);
    while let Some(batch) = batches.next_batch()? {
        count += held.execute(insert_batch(driver, W::Model::TABLE, batch, &[])).await?;
    }
    Ok(count)
}

pub(super) async fn insert_batches_returning<W: Write, R: Read<Model = W::Model>>(
    held: &mut Held,
    rows: &[W],
) -> Result<Vec<R>, Error> {
    let (driver, mut read) = (held.driver(), Vec::new());
    let mut batches = Batches::new(driver, rows);
    let at_once = returns_rows(held, W::Model::TABLE).await?;
    while let Some(batch) = batches.next_batch()? {
        if at_once {
            read.extend(held.fetch::<R>(insert_batch(driver, W::Model::TABLE, batch, R::COLUMNS)).await?);
        } else {
            for row in batch {
                read.push(insert_row(held, W::Model::TABLE, row, R::COLUMNS).await?);
            }
        }
    }
    Ok(read)
}

/// Kept prepared is what comes again: the statement of a whole batch, and that of one row.
fn insert_batch(
    driver: Driver,
    table: &'static Table,
    batch: Vec<Vec<ColumnValue>>,
    returned: &[&'static str],
) -> Statement {
    #[cfg(feature = "postgres")]
    if driver == Driver::Postgres
        && batch.len() > 1
        && let Some(statement) = statement::insert_lists(table, &batch, returned)
    {
        return statement;
    }
    let (rows, most) = (batch.len(), most_rows(driver, batch.first().map_or(0, Vec::len)));
    Statement { kept: rows == 1 || rows == most, ..statement::insert(driver, table, batch, returned) }
}

/// Whether an insert returns rows: MySQL's does not, MariaDB's does. <https://mariadb.com/kb/en/insertreturning/>
async fn returns_rows(held: &mut Held, table: &'static Table) -> Result<bool, Error> {
    if held.driver() != Driver::MySql {
        return Ok(true);
    }
    let statement = Statement::without_values(table, "SELECT CAST(VERSION() LIKE '%MariaDB%' AS SIGNED)");
    Ok(held.fetch_number(statement).await? == Some(1))
}

/// What a patch changes, and in which row.
pub(super) struct Change {
    table: &'static Table,
    key: Vec<ColumnValue>,
    /// The version that was read, which the update counts up.
    version: Option<ColumnValue>,
    values: Vec<ColumnValue>,
}

impl Change {
    pub(super) fn new<P: Patch>(driver: Driver, key: &impl Key<Model = P::Model>, patch: &P) -> Result<Self, Error> {
        let table = P::Model::TABLE;
        Ok(Self {
            table,
            key: statement::values_of(driver, table, key)?,
            version: patch.version(driver).map_err(Error::encode(table))?,
            values: statement::values_of(driver, table, patch)?,
        })
    }

    fn counted(&self) -> Option<&'static str> {
        self.version.as_ref().map(|(column, _)| *column)
    }

    fn found_by(&self) -> Vec<ColumnValue> {
        self.key.iter().chain(&self.version).cloned().collect()
    }
}

pub(super) async fn update(held: &mut Held, change: Change) -> Result<bool, Error> {
    let (driver, table, counted, found_by) = (held.driver(), change.table, change.counted(), change.found_by());
    let found = if change.values.is_empty() {
        exists(held, table, found_by).await?
    } else {
        held.execute(statement::update(driver, table, found_by, counted, change.values, &[])).await? > 0
    };
    if !found && counted.is_some() {
        stale_or_gone(held, table, change.key).await?;
    }
    Ok(found)
}

pub(super) async fn update_returning<R: Read>(held: &mut Held, change: Change) -> Result<Option<R>, Error> {
    let (driver, table, counted) = (held.driver(), change.table, change.counted());
    if driver == Driver::MySql {
        let read = statement::select_where(driver, table, R::COLUMNS, change.key.clone());
        return if update(held, change).await? { held.fetch_one(read).await } else { Ok(None) };
    }
    let found_by = change.found_by();
    let statement = if change.values.is_empty() {
        statement::select_where(driver, table, R::COLUMNS, found_by)
    } else {
        statement::update(driver, table, found_by, counted, change.values, R::COLUMNS)
    };
    let row = held.fetch_one(statement).await?;
    if row.is_none() && counted.is_some() {
        stale_or_gone(held, table, change.key).await?;
    }
    Ok(row)
}

/// Inserts a row, or changes the one of that unique key, and returns its primary key.
pub(super) async fn upsert<K: Key>(
    held: &mut Held,
    table: &'static Table,
    found_by: &[&'static str],
    row: Vec<ColumnValue>,
) -> Result<K, Error> {
    let key: Vec<_> = statement::key_columns(table).collect();
    upsert_row(held, table, found_by, row, &key).await
}

pub(super) async fn upsert_row<R: FromRow>(
    held: &mut Held,
    table: &'static Table,
    key: &[&'static str],
    row: Vec<ColumnValue>,
    columns: &[&'static str],
) -> Result<R, Error> {
    let found_by = values_at(table, key, &row)?;
    if held.driver() == Driver::MySql {
        return upsert_by_key(held, table, key, row, found_by, columns).await;
    }
    let driver = held.driver();
    let statement = |row| statement::upsert(driver, table, key, row, version_of(table), columns);
    let again = held.is_postgres_alone().then(|| row.clone());
    let made = match (held.fetch_one(statement(row)).await, again) {
        // Of two that make the same row at once, the later one may be told of another unique key that both have. Now the row
        // is there. <https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT>
        (Err(Error::UniqueViolation { .. }), Some(row)) => held.fetch_one(statement(row)).await,
        (made, _) => made,
    };
    made?.ok_or(Error::KeyNotReturned { table: &table.name })
}

/// MySQL's `ON DUPLICATE KEY UPDATE` changes a row that has any unique value of the new one, also another row than the one
/// of that key. <https://dev.mysql.com/doc/refman/8.0/en/insert-on-duplicate.html>
///
/// So the row of the key is updated, and where there is none, inserted; and where somebody else was faster, updated after all.
async fn upsert_by_key<R: FromRow>(
    held: &mut Held,
    table: &'static Table,
    key: &[&'static str],
    row: Vec<ColumnValue>,
    found_by: Vec<ColumnValue>,
    columns: &[&'static str],
) -> Result<R, Error> {
    let driver = held.driver();
    let changed: Vec<_> = statement::changed_by_upsert(table, key, &row).collect();
    let mut changes: Vec<ColumnValue> = row.iter().filter(|(name, _)| changed.contains(name)).cloned().collect();
    let counted = version_of(table).filter(|_| !changes.is_empty());
    if changes.is_empty() {
        changes.extend(found_by.first().cloned());
    }
    let update = || statement::update(driver, table, found_by.clone(), counted, changes.clone(), &[]);
    if held.execute(update()).await? == 0 {
        match insert_row(held, table, row, columns).await {
            Err(taken @ Error::UniqueViolation { .. }) => {
                if held.execute(update()).await? == 0 {
                    return Err(taken);
                }
            }
            inserted => return inserted,
        }
    }
    let row = held.fetch_one(statement::select_where(driver, table, columns, found_by)).await?;
    row.ok_or(Error::KeyNotReturned { table: &table.name })
}

fn values_at(table: &'static Table, key: &[&'static str], row: &[ColumnValue]) -> Result<Vec<ColumnValue>, Error> {
    let value = |column: &&'static str| {
        let value = row.iter().find(|(name, _)| name == column).cloned();
        value.ok_or(Error::NoValue { table: &table.name, column })
    };
    key.iter().map(value).collect()
}

fn version_of(table: &'static Table) -> Option<&'static str> {
    table.columns.iter().find(|column| column.access == Access::Version).map(|column| column.name.as_ref())
}

async fn exists(held: &mut Held, table: &'static Table, values: Vec<ColumnValue>) -> Result<bool, Error> {
    let key: Vec<_> = statement::key_columns(table).collect();
    held.fetch_any(statement::select_where(held.driver(), table, &key, values)).await
}

/// Why no row has that key and that version.
async fn stale_or_gone(held: &mut Held, table: &'static Table, key: Vec<ColumnValue>) -> Result<(), Error> {
    if exists(held, table, key).await? { Err(Error::Stale { table: &table.name }) } else { Ok(()) }
}

pub(super) async fn delete(held: &mut Held, table: &'static Table, key: Vec<ColumnValue>) -> Result<bool, Error> {
    Ok(held.execute(statement::delete(held.driver(), table, key)).await? > 0)
}

/// Removes the row of that key if it has that version.
pub(super) async fn delete_unchanged(
    held: &mut Held,
    table: &'static Table,
    key: Vec<ColumnValue>,
    version: ColumnValue,
) -> Result<bool, Error> {
    let found_by = key.iter().cloned().chain([version]).collect();
    if held.execute(statement::delete(held.driver(), table, found_by)).await? > 0 {
        return Ok(true);
    }
    stale_or_gone(held, table, key).await.map(|()| false)
}

/// Rows, as many at a time as one statement takes: neighbours with values for the same columns. A row without any value
/// stands alone.
struct Batches<'r, W> {
    driver: Driver,
    rows: std::slice::Iter<'r, W>,
    /// The row that begins the next batch.
    next: Option<Vec<ColumnValue>>,
}

impl<'r, W: Write> Batches<'r, W> {
    fn new(driver: Driver, rows: &'r [W]) -> Self {
        Self { driver, rows: rows.iter(), next: None }
    }

    fn next_batch(&mut self) -> Result<Option<Vec<Vec<ColumnValue>>>, Error> {
        let Some(first) = self.next_row()? else { return Ok(None) };
        let most = most_rows(self.driver, first.len());
        let mut bytes = size_of_row(&first);
        let mut batch = Vec::with_capacity(most.min(self.rows.len() + 1));
        batch.push(first);
        while let Some(row) = self.next_row()? {
            bytes += size_of_row(&row);
            if row.is_empty() || batch.len() == most || bytes > MOST_BYTES || !same_columns(&batch[0], &row) {
                self.next = Some(row);
                break;
            }
            batch.push(row);
        }
        Ok(Some(batch))
    }

    fn next_row(&mut self) -> Result<Option<Vec<ColumnValue>>, Error> {
        match self.next.take() {
            Some(row) => Ok(Some(row)),
            None => self.rows.next().map(|row| statement::values_of(self.driver, W::Model::TABLE, row)).transpose(),
        }
    }
}

fn same_columns(left: &[ColumnValue], right: &[ColumnValue]) -> bool {
    left.iter().map(|(column, _)| column).eq(right.iter().map(|(column, _)| column))
}

/// What has no bound of its own, by its size.
fn size_of_row(row: &[ColumnValue]) -> usize {
    let size = |value: &Value| match value {
        Value::String(Some(text)) => text.len(),
        Value::Bytes(Some(bytes)) => bytes.len(),
        #[cfg(feature = "json")]
        Value::Json(Some(document)) => size_of_json(document),
        _ => 8,
    };
    row.iter().map(|(_, value)| size(value)).sum()
}

#[cfg(feature = "json")]
fn size_of_json(document: &serde_json::Value) -> usize {
    match document {
        serde_json::Value::String(text) => text.len() + 2,
        serde_json::Value::Array(items) => items.iter().map(size_of_json).sum::<usize>() + 2,
        serde_json::Value::Object(members) => {
            members.iter().map(|(name, value)| name.len() + size_of_json(value) + 4).sum::<usize>() + 2
        }
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnValues, EncodeError};
    use crate::schema::{List, Table};

    struct Row {
        columns: &'static [&'static str],
        bytes: i32,
    }

    impl ColumnValues for Row {
        fn column_values(&self, _: Driver) -> Result<Vec<ColumnValue>, EncodeError> {
            Ok(self.columns.iter().map(|column| (*column, "x".repeat(self.bytes as usize).into())).collect())
        }
    }
    impl Write for Row {
        type Model = Job;
    }
    impl Patch for Row {
        type Model = Job;
    }
    crate::impl_from_row!(Row { bytes: i32 = "bytes" } skip { columns = &[] });
    impl Read for Row {
        type Model = Job;
        const COLUMNS: &'static [&'static str] = &[];
    }

    struct Job;
    impl ObjectModel for Job {
        const TABLE_NAME: &'static str = "jobs";
        const TABLE: &'static Table = &crate::schema::Table {
            schema: None,
            name: std::borrow::Cow::Borrowed("jobs"),
            columns: List::Constant(&[]),
            primary_key: None,
            uniques: List::Constant(&[]),
            indexes: List::Constant(&[]),
            foreign_keys: List::Constant(&[]),
            checks: List::Constant(&[]),
            exclusions: List::Constant(&[]),
            inherits: List::Constant(&[]),
            partition_bound: None,
            options: List::Constant(&[]),
            comment: None,
            depends_on: List::Constant(&[]),
            renamed_from: None,
            model: None,
        };
        type Write = Row;
        type Patch = Row;
        type Read = Row;
    }

    fn sizes(driver: Driver, rows: &[Row]) -> Vec<usize> {
        let mut batches = Batches::new(driver, rows);
        let mut sizes = Vec::new();
        while let Some(batch) = batches.next_batch().unwrap() {
            sizes.push(batch.len());
        }
        sizes
    }

    fn many(columns: &'static [&'static str], bytes: i32, rows: usize) -> Vec<Row> {
        (0..rows).map(|_| Row { columns, bytes }).collect()
    }

    #[test]
    fn rows_are_joined_while_their_columns_are_the_same() {
        let columns: [&'static [&'static str]; 6] = [&["a", "b"], &["a", "b"], &["a"], &[], &[], &["a"]];
        assert_eq!(sizes(Driver::Sqlite, &columns.map(|columns| Row { columns, bytes: 1 })), [2, 1, 1, 1, 1]);
    }

    #[test]
    fn no_statement_has_more_than_a_database_takes() {
        const WIDE: &[&str] = &["a"; 100];
        assert_eq!(sizes(Driver::Sqlite, &many(WIDE, 1, 400)), [327, 73]);
        assert_eq!(sizes(Driver::Postgres, &many(WIDE, 1, 700)), [655, 45]);
        assert_eq!(sizes(Driver::MySql, &many(&["a"], 1 << 20, 9)), [4, 4, 1]);
    }
}
