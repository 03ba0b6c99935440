use sea_query::{InsertStatement, UpdateStatement};
use sea_query_sqlx::SqlxBinder;

use super::commands::{self, Change};
use super::connection::{Connection, Connections, Held};
use super::database::Pool;
use super::read::{self, Query};
use super::statement::{self, Statement, key_columns};
use super::{Error, Outcome};
use crate::model::{
    ColumnValue, Driver, GivenKey, Key, Keyed, ObjectModel, Patch, Read, Relation, SqlType, UniqueKey, Versioned, Write,
};

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
    /// [`Error::Connect`], and [`Error::Locked`] where SQLite is written by another connection for too long.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        Ok(Transaction { held: self.pool.begin().await? })
    }

    /// Makes a row and returns its key, whether it was given or made by the database.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written, except in the case of [`Error::KeyNotReturned`].
    pub fn insert<W: Write<Model: Keyed>>(&self, row: &W) -> Outcome<'_, <W::Model as Keyed>::Key> {
        let values = row_values(self.pool.driver(), row);
        Box::pin(async move { commands::insert(&mut self.pool.acquire().await?, W::Model::TABLE, values?).await })
    }

    /// Makes a row and returns it as it is stored, with everything that the database made.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written, except in the case of [`Error::KeyNotReturned`].
    pub fn insert_returning<R: Read>(&self, row: &impl Write<Model = R::Model>) -> Outcome<'_, R> {
        let values = row_values(self.pool.driver(), row);
        Box::pin(async move {
            commands::insert_row(&mut self.pool.acquire().await?, R::Model::RELATION, values?, R::COLUMNS).await
        })
    }

    /// Makes many rows, all or none, in as few statements as possible, and returns how many.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written.
    pub fn insert_many<'h, W: Write>(&'h self, rows: &'h [W]) -> Outcome<'h, u64> {
        Box::pin(async move {
            let mut held = self.pool.begin().await?;
            let count = commands::insert_batches(&mut held, rows).await?;
            held.commit().await?;
            Ok(count)
        })
    }

    /// Makes many rows, all or none, and returns them as they are stored, in the order in which the database tells them.
    ///
    /// MySQL tells no rows that it makes (MariaDB does): there this is an insert for each row.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written.
    pub fn insert_many_returning<'h, R: Read>(
        &'h self,
        rows: &'h [impl Write<Model = R::Model>],
    ) -> Outcome<'h, Vec<R>> {
        Box::pin(async move {
            let mut held = self.pool.begin().await?;
            let made = commands::insert_batches_returning(&mut held, rows).await?;
            held.commit().await?;
            Ok(made)
        })
    }

    /// Changes the row of that key; `false` if there is none. A patch with nothing in it changes nothing and still tells
    /// whether there is a row. Where the model has a version, the patch names the one that was read, and the update counts it
    /// up.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::Stale`] where the row has another version by now. Nothing was written.
    pub fn update<K: Key, P: Patch<Model = K::Model>>(&self, key: &K, patch: &P) -> Outcome<'_, bool> {
        let change = Change::new(self.pool.driver(), key, patch);
        Box::pin(async move { commands::update(&mut self.pool.acquire().await?, change?).await })
    }

    /// Changes the row of that key and returns it as it is stored then; `None` if there is none. See [`update`](Self::update).
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub fn update_returning<R: Read>(
        &self,
        key: &impl Key<Model = R::Model>,
        patch: &impl Patch<Model = R::Model>,
    ) -> Outcome<'_, Option<R>> {
        let change = Change::new(self.pool.driver(), key, patch);
        Box::pin(async move {
            // MySQL reads the row in a statement of its own, before which nobody else may change it.
            let mut held = match self.pool.driver() {
                Driver::MySql => self.pool.begin().await?,
                Driver::Sqlite | Driver::Postgres => self.pool.acquire().await?,
            };
            let row = commands::update_returning(&mut held, change?).await?;
            held.commit().await?;
            Ok(row)
        })
    }

    /// Makes a row, or changes the row that has the same primary key. Returns the key.
    ///
    /// A row that is there gets the values that are given; what the command leaves to its default stays as it is. A version
    /// is counted up, and not compared.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::UniqueViolation`] where another row has another unique value of this one. Nothing
    /// was written.
    pub fn upsert<W: Write<Model: Keyed + GivenKey>>(&self, row: &W) -> Outcome<'_, <W::Model as Keyed>::Key> {
        let (values, key) = (row_values(self.pool.driver(), row), key_columns(W::Model::TABLE).collect::<Vec<_>>());
        Box::pin(async move { commands::upsert(&mut self.pool.acquire().await?, W::Model::TABLE, &key, values?).await })
    }

    /// The same, and returns the row as it is stored.
    ///
    /// # Errors
    /// As [`upsert`](Self::upsert).
    pub fn upsert_returning<R: Read<Model: GivenKey>>(&self, row: &impl Write<Model = R::Model>) -> Outcome<'_, R> {
        let (values, key) = (row_values(self.pool.driver(), row), key_columns(R::Model::RELATION).collect::<Vec<_>>());
        Box::pin(async move {
            commands::upsert_row(&mut self.pool.acquire().await?, R::Model::RELATION, &key, values?, R::COLUMNS).await
        })
    }

    /// Makes a row, or changes the row that has the same values in that unique key; otherwise as [`upsert`](Self::upsert).
    /// The primary key of a row that is there stays as it is.
    ///
    /// # Errors
    /// As [`upsert`](Self::upsert), and [`Error::NoValue`] where the row leaves a column of the key to its default.
    pub fn upsert_on<U: UniqueKey<Model: Keyed>, W: Write<Model = U::Model>>(
        &self,
        key: U,
        row: &W,
    ) -> Outcome<'_, <U::Model as Keyed>::Key> {
        let (values, key) = (row_values(self.pool.driver(), row), key.columns());
        Box::pin(async move { commands::upsert(&mut self.pool.acquire().await?, U::Model::TABLE, key, values?).await })
    }

    /// The same, and returns the row as it is stored.
    ///
    /// # Errors
    /// As [`upsert_on`](Self::upsert_on).
    pub fn upsert_on_returning<R: Read>(
        &self,
        key: impl UniqueKey<Model = R::Model>,
        row: &impl Write<Model = R::Model>,
    ) -> Outcome<'_, R> {
        let (values, key) = (row_values(self.pool.driver(), row), key.columns());
        Box::pin(async move {
            commands::upsert_row(&mut self.pool.acquire().await?, R::Model::RELATION, key, values?, R::COLUMNS).await
        })
    }

    /// Removes the row of that key, whatever its version; `false` if there is none.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was removed.
    pub fn delete<K: Key>(&self, key: &K) -> Outcome<'_, bool> {
        let key = key_values(self.pool.driver(), key);
        Box::pin(async move { commands::delete(&mut self.pool.acquire().await?, K::Model::TABLE, key?).await })
    }

    /// Removes the row of that key if it still has the version that was read; `false` if there is no row.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::Stale`] where the row has another version by now. Nothing was removed.
    pub fn delete_unchanged<K: Key<Model: Versioned>>(
        &self,
        key: &K,
        version: &<K::Model as Versioned>::Version,
    ) -> Outcome<'_, bool> {
        let driver = self.pool.driver();
        let (key, version) = (key_values(driver, key), version_value::<K::Model>(driver, version));
        Box::pin(async move {
            commands::delete_unchanged(&mut self.pool.acquire().await?, K::Model::TABLE, key?, version?).await
        })
    }

    /// A command as sea-query's statement, to go on with. [`execute`](Self::execute) runs it.
    ///
    /// # Errors
    /// [`Error::Encode`].
    pub fn insert_statement<W: Write>(&self, row: &W) -> Result<InsertStatement, Error> {
        let driver = self.pool.driver();
        Ok(statement::insert_statement(driver, W::Model::TABLE, row_values(driver, row)?))
    }

    /// The same of an update. It counts the version up and sets what the patch has, and has no condition yet.
    ///
    /// # Errors
    /// [`Error::Encode`].
    pub fn update_statement<P: Patch>(&self, patch: &P) -> Result<UpdateStatement, Error> {
        let (driver, table) = (self.pool.driver(), P::Model::TABLE);
        let version = patch.version(driver).map_err(Error::encode(table))?;
        let values = statement::values_of(driver, table, patch)?;
        Ok(statement::update_statement(driver, table, &[], version.map(|(column, _)| column), values))
    }

    /// Runs a statement of one's own and returns how many rows it touched: sea-query's insert, update or delete. `M` is the
    /// model that errors name.
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn execute<M: ObjectModel>(&self, command: &impl SqlxBinder) -> Outcome<'_, u64> {
        let statement = Statement::written(self.pool.driver(), M::TABLE, command);
        Box::pin(async move { self.pool.acquire().await?.execute(statement?).await })
    }

    /// The connections that commands use, for SQL of one's own.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }
}

/// Commands that are carried out together or not at all.
///
/// After an error nothing but a rollback is possible on PostgreSQL; on the others, the command that failed did nothing, and the
/// transaction may go on.
pub struct Transaction {
    held: Held,
}

impl Transaction {
    /// Makes a row; see [`WriteHandle::insert`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn insert<W: Write<Model: Keyed>>(&mut self, row: &W) -> Outcome<'_, <W::Model as Keyed>::Key> {
        let values = row_values(self.held.driver(), row);
        Box::pin(async move { commands::insert(&mut self.held, W::Model::TABLE, values?).await })
    }

    /// Makes a row and returns it; see [`WriteHandle::insert_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn insert_returning<R: Read>(&mut self, row: &impl Write<Model = R::Model>) -> Outcome<'_, R> {
        let values = row_values(self.held.driver(), row);
        Box::pin(async move { commands::insert_row(&mut self.held, R::Model::RELATION, values?, R::COLUMNS).await })
    }

    /// Makes many rows; see [`WriteHandle::insert_many`].
    ///
    /// # Errors
    /// Every state of [`Error`]. Some of the rows may be written: roll the transaction back.
    pub fn insert_many<'h, W: Write>(&'h mut self, rows: &'h [W]) -> Outcome<'h, u64> {
        Box::pin(commands::insert_batches(&mut self.held, rows))
    }

    /// Makes many rows and returns them; see [`WriteHandle::insert_many_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`]. Some of the rows may be written: roll the transaction back.
    pub fn insert_many_returning<'h, R: Read>(
        &'h mut self,
        rows: &'h [impl Write<Model = R::Model>],
    ) -> Outcome<'h, Vec<R>> {
        Box::pin(async move { commands::insert_batches_returning(&mut self.held, rows).await })
    }

    /// Changes a row; see [`WriteHandle::update`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn update<K: Key, P: Patch<Model = K::Model>>(&mut self, key: &K, patch: &P) -> Outcome<'_, bool> {
        let change = Change::new(self.held.driver(), key, patch);
        Box::pin(async move { commands::update(&mut self.held, change?).await })
    }

    /// Changes a row and returns it; see [`WriteHandle::update_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn update_returning<R: Read>(
        &mut self,
        key: &impl Key<Model = R::Model>,
        patch: &impl Patch<Model = R::Model>,
    ) -> Outcome<'_, Option<R>> {
        let change = Change::new(self.held.driver(), key, patch);
        Box::pin(async move { commands::update_returning(&mut self.held, change?).await })
    }

    /// Makes or changes a row; see [`WriteHandle::upsert`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn upsert<W: Write<Model: Keyed + GivenKey>>(&mut self, row: &W) -> Outcome<'_, <W::Model as Keyed>::Key> {
        let (values, key) = (row_values(self.held.driver(), row), key_columns(W::Model::TABLE).collect::<Vec<_>>());
        Box::pin(async move { commands::upsert(&mut self.held, W::Model::TABLE, &key, values?).await })
    }

    /// Makes or changes a row and returns it; see [`WriteHandle::upsert_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn upsert_returning<R: Read<Model: GivenKey>>(&mut self, row: &impl Write<Model = R::Model>) -> Outcome<'_, R> {
        let (values, key) = (row_values(self.held.driver(), row), key_columns(R::Model::RELATION).collect::<Vec<_>>());
        Box::pin(
            async move { commands::upsert_row(&mut self.held, R::Model::RELATION, &key, values?, R::COLUMNS).await },
        )
    }

    /// Makes or changes a row by a unique key; see [`WriteHandle::upsert_on`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn upsert_on<U: UniqueKey<Model: Keyed>, W: Write<Model = U::Model>>(
        &mut self,
        key: U,
        row: &W,
    ) -> Outcome<'_, <U::Model as Keyed>::Key> {
        let (values, key) = (row_values(self.held.driver(), row), key.columns());
        Box::pin(async move { commands::upsert(&mut self.held, U::Model::TABLE, key, values?).await })
    }

    /// Makes or changes a row by a unique key and returns it; see [`WriteHandle::upsert_on_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn upsert_on_returning<R: Read>(
        &mut self,
        key: impl UniqueKey<Model = R::Model>,
        row: &impl Write<Model = R::Model>,
    ) -> Outcome<'_, R> {
        let (values, key) = (row_values(self.held.driver(), row), key.columns());
        Box::pin(
            async move { commands::upsert_row(&mut self.held, R::Model::RELATION, key, values?, R::COLUMNS).await },
        )
    }

    /// Removes a row; see [`WriteHandle::delete`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn delete<K: Key>(&mut self, key: &K) -> Outcome<'_, bool> {
        let key = key_values(self.held.driver(), key);
        Box::pin(async move { commands::delete(&mut self.held, K::Model::TABLE, key?).await })
    }

    /// Removes a row that nobody changed; see [`WriteHandle::delete_unchanged`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn delete_unchanged<K: Key<Model: Versioned>>(
        &mut self,
        key: &K,
        version: &<K::Model as Versioned>::Version,
    ) -> Outcome<'_, bool> {
        let driver = self.held.driver();
        let (key, version) = (key_values(driver, key), version_value::<K::Model>(driver, version));
        Box::pin(async move { commands::delete_unchanged(&mut self.held, K::Model::TABLE, key?, version?).await })
    }

    /// Runs a statement of one's own; see [`WriteHandle::execute`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub fn execute<M: ObjectModel>(&mut self, command: &impl SqlxBinder) -> Outcome<'_, u64> {
        let statement = Statement::written(self.held.driver(), M::TABLE, command);
        Box::pin(async move { self.held.execute(statement?).await })
    }

    /// Reads the row of that key as this transaction sees it, for commands that depend on what is there.
    ///
    /// # Errors
    /// [`Error::Unreadable`], [`Error::NoTable`], [`Error::Encode`] and [`Error::Database`].
    pub fn get<R: Read<Model: Keyed>>(&mut self, key: &<R::Model as Keyed>::Key) -> Outcome<'_, Option<R>> {
        let statement = read::by_key::<R>(self.held.driver(), key);
        Box::pin(async move { self.held.fetch_one(statement?).await })
    }

    /// A query of what this transaction sees.
    pub fn query<R>(&mut self) -> Query<'_, R> {
        Query::new(Connections::Transaction(&mut self.held))
    }

    /// The connection that this transaction is on, for SQL of one's own.
    pub fn connection(&mut self) -> Connection<'_> {
        self.held.connection()
    }

    /// Makes everything done so far permanent.
    ///
    /// # Errors
    /// [`Error::Transaction`], [`Error::Serialization`], [`Error::Deadlock`] and [`Error::Locked`]. Nothing was written.
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

fn row_values<W: Write>(driver: Driver, row: &W) -> Result<Vec<ColumnValue>, Error> {
    statement::values_of(driver, W::Model::TABLE, row)
}

fn key_values<K: Key>(driver: Driver, key: &K) -> Result<Vec<ColumnValue>, Error> {
    statement::values_of(driver, K::Model::TABLE, key)
}

fn version_value<M: Versioned>(driver: Driver, version: &M::Version) -> Result<ColumnValue, Error> {
    Ok((M::VERSION, version.to_value(driver).map_err(Error::encode(M::TABLE))?))
}
