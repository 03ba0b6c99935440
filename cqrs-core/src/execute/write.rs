use super::connection::Held;
use super::database::Pool;
use super::{Error, read, statement};
use crate::model::{ColumnValue, Driver, Key, ObjectModel, Patch, Read, SqlType, Versioned, Write};

/// How many values one statement takes on every database: SQLite's limit is the lowest.
/// <https://www.sqlite.org/limits.html#max_variable_number>
const MOST_VALUES: usize = 32_766;

/// Where commands go. Each command is a transaction of its own; [`WriteHandle::begin`] joins several.
#[derive(Debug, Clone)]
pub struct WriteHandle {
    pub(super) pool: Pool,
}

impl WriteHandle {
    pub(super) fn new(pool: Pool) -> Self {
        Self { pool }
    }

    /// Begins a transaction. It is undone when it is dropped without [`Transaction::commit`].
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub async fn begin(&self) -> Result<Transaction, Error> {
        Ok(Transaction { driver: self.pool.driver(), held: self.pool.begin().await? })
    }

    /// Makes a row and returns its key, whether it was given or made by the database.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written, except in the case of [`Error::KeyNotReturned`].
    pub async fn insert<W: Write>(&self, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
        insert(self.pool.driver(), &mut self.pool.acquire().await?, row).await
    }

    /// Makes many rows, all or none, in as few statements as possible, and returns how many.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written.
    pub async fn insert_many<W: Write>(&self, rows: &[W]) -> Result<u64, Error> {
        let mut transaction = self.begin().await?;
        let count = transaction.insert_many(rows).await?;
        transaction.commit().await?;
        Ok(count)
    }

    /// Changes the row of that key; `false` if there is none. A patch with nothing in it changes nothing and still tells
    /// whether there is a row. Where the model has a version, the patch names the one that was read, and the update counts it
    /// up.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::Stale`] where the row has another version by now. Nothing was written.
    pub async fn update<P: Patch>(&self, key: &<P::Model as ObjectModel>::Key, patch: &P) -> Result<bool, Error> {
        update(self.pool.driver(), &mut self.pool.acquire().await?, key, patch).await
    }

    /// Removes the row of that key, whatever its version; `false` if there is none.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was removed.
    pub async fn delete<K: Key>(&self, key: &K) -> Result<bool, Error> {
        delete(self.pool.driver(), &mut self.pool.acquire().await?, key).await
    }

    /// Removes the row of that key if it still has the version that was read; `false` if there is no row.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::Stale`] where the row has another version by now. Nothing was removed.
    pub async fn delete_unchanged<K: Key>(
        &self,
        key: &K,
        version: &<K::Model as Versioned>::Version,
    ) -> Result<bool, Error>
    where
        K::Model: Versioned,
    {
        delete_unchanged(self.pool.driver(), &mut self.pool.acquire().await?, key, version).await
    }
}

/// Commands that are carried out together or not at all.
pub struct Transaction {
    driver: Driver,
    held: Held,
}

impl Transaction {
    /// Makes a row; see [`WriteHandle::insert`].
    ///
    /// # Errors
    /// Every state of [`Error`]. On PostgreSQL nothing but a rollback is possible after an error.
    pub async fn insert<W: Write>(&mut self, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
        insert(self.driver, &mut self.held, row).await
    }

    /// Makes many rows; see [`WriteHandle::insert_many`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn insert_many<W: Write>(&mut self, rows: &[W]) -> Result<u64, Error> {
        let values: Vec<_> = rows.iter().map(|row| statement::values_of(row, self.driver)).collect::<Result<_, _>>()?;
        let mut count = 0;
        for batch in batches(values) {
            count += self.held.execute(statement::insert::<W::Model>(self.driver, batch)).await?;
        }
        Ok(count)
    }

    /// Changes a row; see [`WriteHandle::update`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn update<P: Patch>(&mut self, key: &<P::Model as ObjectModel>::Key, patch: &P) -> Result<bool, Error> {
        update(self.driver, &mut self.held, key, patch).await
    }

    /// Removes a row; see [`WriteHandle::delete`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn delete<K: Key>(&mut self, key: &K) -> Result<bool, Error> {
        delete(self.driver, &mut self.held, key).await
    }

    /// Removes a row that nobody changed; see [`WriteHandle::delete_unchanged`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn delete_unchanged<K: Key>(
        &mut self,
        key: &K,
        version: &<K::Model as Versioned>::Version,
    ) -> Result<bool, Error>
    where
        K::Model: Versioned,
    {
        delete_unchanged(self.driver, &mut self.held, key, version).await
    }

    /// Reads the row of that key as this transaction sees it, for commands that depend on what is there.
    ///
    /// # Errors
    /// [`Error::Unreadable`], [`Error::NoTable`], [`Error::Encode`] and [`Error::Database`].
    pub async fn get<R: Read>(&mut self, key: &<R::Model as ObjectModel>::Key) -> Result<Option<R>, Error> {
        read::get(self.driver, &mut self.held, key).await
    }

    /// Makes everything done so far permanent.
    ///
    /// # Errors
    /// [`Error::Transaction`].
    pub async fn commit(self) -> Result<(), Error> {
        self.held.commit().await
    }

    /// Undoes everything done so far.
    ///
    /// # Errors
    /// [`Error::Transaction`].
    pub async fn rollback(self) -> Result<(), Error> {
        self.held.rollback().await
    }
}

async fn insert<W: Write>(driver: Driver, held: &mut Held, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
    let values = statement::values_of(row, driver)?;
    let returned = held.fetch(statement::insert_returning::<W::Model>(driver, values.clone())).await?;
    if let Some(key) = returned.into_iter().next() {
        return Ok(key);
    }
    let unknown = Error::KeyNotReturned { table: W::Model::TABLE_NAME };
    match statement::last_key::<W::Model>(driver, values) {
        Some(select) => held.fetch(select).await?.into_iter().next().ok_or(unknown),
        None => Err(unknown),
    }
}

async fn update<P: Patch>(
    driver: Driver,
    held: &mut Held,
    key: &<P::Model as ObjectModel>::Key,
    patch: &P,
) -> Result<bool, Error> {
    let key = statement::values_of(key, driver)?;
    let version = patch.version(driver).map_err(Error::encode(P::Model::TABLE_NAME))?;
    let patch = statement::values_of(patch, driver)?;
    let found = if patch.is_empty() {
        exists::<P::Model>(driver, held, key.iter().cloned().chain(version.clone())).await?
    } else {
        held.execute(statement::update::<P::Model>(driver, key.clone(), version.clone(), patch)).await? > 0
    };
    if !found && version.is_some() {
        return stale_or_gone::<P::Model>(driver, held, key).await;
    }
    Ok(found)
}

async fn exists<M: ObjectModel>(
    driver: Driver,
    held: &mut Held,
    values: impl IntoIterator<Item = ColumnValue>,
) -> Result<bool, Error> {
    let select = statement::select_by_key::<M>(driver, statement::key_columns(M::TABLE), values);
    Ok(!held.fetch::<M::Key>(select).await?.is_empty())
}

/// Why no row has that key and that version.
async fn stale_or_gone<M: ObjectModel>(driver: Driver, held: &mut Held, key: Vec<ColumnValue>) -> Result<bool, Error> {
    if exists::<M>(driver, held, key).await? { Err(Error::Stale { table: M::TABLE_NAME }) } else { Ok(false) }
}

async fn delete_unchanged<K: Key>(
    driver: Driver,
    held: &mut Held,
    key: &K,
    version: &<K::Model as Versioned>::Version,
) -> Result<bool, Error>
where
    K::Model: Versioned,
{
    let key = statement::values_of(key, driver)?;
    let version = version.to_value(driver).map_err(Error::encode(K::Model::TABLE_NAME))?;
    let mut values = key.clone();
    values.push((<K::Model as Versioned>::VERSION, version));
    if held.execute(statement::delete::<K::Model>(driver, values)).await? > 0 {
        return Ok(true);
    }
    stale_or_gone::<K::Model>(driver, held, key).await
}

async fn delete<K: Key>(driver: Driver, held: &mut Held, key: &K) -> Result<bool, Error> {
    let key = statement::values_of(key, driver)?;
    Ok(held.execute(statement::delete::<K::Model>(driver, key)).await? > 0)
}

/// Neighbouring rows with values for the same columns, as many as one statement takes. A row without any value stands
/// alone.
fn batches(rows: Vec<Vec<ColumnValue>>) -> Vec<Vec<Vec<ColumnValue>>> {
    let mut batches: Vec<Vec<Vec<ColumnValue>>> = Vec::new();
    for row in rows {
        match batches.last_mut() {
            Some(batch)
                if !row.is_empty() && (batch.len() + 1) * row.len() <= MOST_VALUES && same_columns(&batch[0], &row) =>
            {
                batch.push(row);
            }
            _ => batches.push(vec![row]),
        }
    }
    batches
}

fn same_columns(left: &[ColumnValue], right: &[ColumnValue]) -> bool {
    left.iter().map(|(column, _)| column).eq(right.iter().map(|(column, _)| column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &[&'static str]) -> Vec<ColumnValue> {
        columns.iter().map(|column| (*column, 1.into())).collect()
    }

    #[test]
    fn rows_are_joined_while_their_columns_are_the_same() {
        let rows = vec![row(&["a", "b"]), row(&["a", "b"]), row(&["a"]), row(&[]), row(&[]), row(&["a"])];
        let sizes: Vec<usize> = batches(rows).iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1, 1, 1, 1]);
    }

    #[test]
    fn no_statement_has_more_values_than_sqlite_takes() {
        let rows = vec![row(&["a", "b", "c", "d"]); 10_000];
        let sizes: Vec<usize> = batches(rows).iter().map(Vec::len).collect();
        assert_eq!(sizes, [8_191, 1_809]);
    }
}
