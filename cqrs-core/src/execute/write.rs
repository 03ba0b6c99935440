use sea_query::{InsertStatement, UpdateStatement};
use sea_query_sqlx::SqlxBinder;

use super::Error;
use super::commands::{self, Batches};
use super::connection::{Connection, Connections, Held};
use super::database::Pool;
use super::read::{self, Query};
use super::statement::{self, Statement};
use crate::model::{Driver, Key, ObjectModel, Patch, Read, UniqueKey, Versioned, Write, WriteWithKey};

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
    pub async fn insert<W: Write>(&self, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
        commands::insert(&mut self.pool.acquire().await?, row).await
    }

    /// Makes a row and returns it as it is stored, with everything that the database made.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written, except in the case of [`Error::KeyNotReturned`].
    pub async fn insert_returning<W: Write, R: Read<Model = W::Model>>(&self, row: &W) -> Result<R, Error> {
        commands::insert_returning(&mut self.pool.acquire().await?, row).await
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

    /// Makes many rows, all or none, and returns them as they are stored, in the order in which the database tells them.
    ///
    /// MySQL tells no rows that it makes (MariaDB does): there this is an insert for each row.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was written.
    pub async fn insert_many_returning<W: Write, R: Read<Model = W::Model>>(
        &self,
        rows: &[W],
    ) -> Result<Vec<R>, Error> {
        let mut transaction = self.begin().await?;
        let made = transaction.insert_many_returning(rows).await?;
        transaction.commit().await?;
        Ok(made)
    }

    /// Changes the row of that key; `false` if there is none. A patch with nothing in it changes nothing and still tells
    /// whether there is a row. Where the model has a version, the patch names the one that was read, and the update counts it
    /// up.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::Stale`] where the row has another version by now. Nothing was written.
    pub async fn update<P: Patch>(&self, key: &<P::Model as ObjectModel>::Key, patch: &P) -> Result<bool, Error> {
        commands::update(&mut self.pool.acquire().await?, key, patch).await
    }

    /// Changes the row of that key and returns it as it is stored then; `None` if there is none. See [`update`](Self::update).
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub async fn update_returning<P: Patch, R: Read<Model = P::Model>>(
        &self,
        key: &<P::Model as ObjectModel>::Key,
        patch: &P,
    ) -> Result<Option<R>, Error> {
        // MySQL reads the row in a statement of its own, before which nobody else may change it.
        let mut held = match self.pool.driver() {
            Driver::MySql => self.pool.begin().await?,
            Driver::Sqlite | Driver::Postgres => self.pool.acquire().await?,
        };
        let row = commands::update_returning(&mut held, key, patch).await?;
        held.commit().await?;
        Ok(row)
    }

    /// Makes a row, or changes the row that has the same primary key. Returns the key.
    ///
    /// A row that is there gets the values that are given; what the command leaves to its default stays as it is. A version
    /// is counted up, and not compared.
    ///
    /// # Errors
    /// Every state of [`Error`]; [`Error::UniqueViolation`] where another row has another unique value of this one. Nothing
    /// was written.
    pub async fn upsert<W: WriteWithKey>(&self, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
        let key: Vec<_> = statement::key_columns(W::Model::TABLE).collect();
        commands::upsert(&mut self.pool.acquire().await?, &key, row).await
    }

    /// The same, and returns the row as it is stored.
    ///
    /// # Errors
    /// As [`upsert`](Self::upsert).
    pub async fn upsert_returning<W: WriteWithKey, R: Read<Model = W::Model>>(&self, row: &W) -> Result<R, Error> {
        let key: Vec<_> = statement::key_columns(W::Model::TABLE).collect();
        commands::upsert_returning(&mut self.pool.acquire().await?, &key, row).await
    }

    /// Makes a row, or changes the row that has the same values in that unique key; otherwise as [`upsert`](Self::upsert).
    /// The primary key of a row that is there stays as it is.
    ///
    /// # Errors
    /// As [`upsert`](Self::upsert), and [`Error::NoValue`] where the row leaves a column of the key to its default.
    pub async fn upsert_on<W: Write>(
        &self,
        key: impl UniqueKey<Model = W::Model>,
        row: &W,
    ) -> Result<<W::Model as ObjectModel>::Key, Error> {
        commands::upsert(&mut self.pool.acquire().await?, key.columns(), row).await
    }

    /// The same, and returns the row as it is stored.
    ///
    /// # Errors
    /// As [`upsert_on`](Self::upsert_on).
    pub async fn upsert_on_returning<W: Write, R: Read<Model = W::Model>>(
        &self,
        key: impl UniqueKey<Model = W::Model>,
        row: &W,
    ) -> Result<R, Error> {
        commands::upsert_returning(&mut self.pool.acquire().await?, key.columns(), row).await
    }

    /// Removes the row of that key, whatever its version; `false` if there is none.
    ///
    /// # Errors
    /// Every state of [`Error`]. Nothing was removed.
    pub async fn delete<K: Key>(&self, key: &K) -> Result<bool, Error> {
        commands::delete(&mut self.pool.acquire().await?, key).await
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
        commands::delete_unchanged(&mut self.pool.acquire().await?, key, version).await
    }

    /// A command as sea-query's statement, to go on with. [`execute`](Self::execute) runs it.
    ///
    /// # Errors
    /// [`Error::Encode`].
    pub fn insert_statement<W: Write>(&self, row: &W) -> Result<InsertStatement, Error> {
        let driver = self.pool.driver();
        Ok(statement::insert_statement(driver, W::Model::TABLE, statement::values_of(row, driver)?))
    }

    /// The same of an update. It counts the version up and sets what the patch has, and has no condition yet.
    ///
    /// # Errors
    /// [`Error::Encode`].
    pub fn update_statement<P: Patch>(&self, patch: &P) -> Result<UpdateStatement, Error> {
        let (driver, table) = (self.pool.driver(), P::Model::TABLE);
        let version = patch.version(driver).map_err(Error::encode(table))?;
        let values = statement::values_of(patch, driver)?;
        Ok(statement::update_statement(driver, table, &[], version.map(|(column, _)| column), values))
    }

    /// Runs a statement of one's own and returns how many rows it touched: sea-query's insert, update or delete. `M` is the
    /// model that errors name.
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn execute<M: ObjectModel>(&self, command: &impl SqlxBinder) -> Result<u64, Error> {
        let statement = Statement::written(self.pool.driver(), M::TABLE, command)?;
        self.pool.acquire().await?.execute(statement).await
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
    pub async fn insert<W: Write>(&mut self, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
        commands::insert(&mut self.held, row).await
    }

    /// Makes a row and returns it; see [`WriteHandle::insert_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn insert_returning<W: Write, R: Read<Model = W::Model>>(&mut self, row: &W) -> Result<R, Error> {
        commands::insert_returning(&mut self.held, row).await
    }

    /// Makes many rows; see [`WriteHandle::insert_many`].
    ///
    /// # Errors
    /// Every state of [`Error`]. Some of the rows may be written: roll the transaction back.
    pub async fn insert_many<W: Write>(&mut self, rows: &[W]) -> Result<u64, Error> {
        let mut batches = Batches::new(self.held.driver(), rows);
        commands::insert_batches(&mut self.held, &mut batches).await
    }

    /// Makes many rows and returns them; see [`WriteHandle::insert_many_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`]. Some of the rows may be written: roll the transaction back.
    pub async fn insert_many_returning<W: Write, R: Read<Model = W::Model>>(
        &mut self,
        rows: &[W],
    ) -> Result<Vec<R>, Error> {
        let mut batches = Batches::new(self.held.driver(), rows);
        commands::insert_batches_returning(&mut self.held, &mut batches).await
    }

    /// Changes a row; see [`WriteHandle::update`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn update<P: Patch>(&mut self, key: &<P::Model as ObjectModel>::Key, patch: &P) -> Result<bool, Error> {
        commands::update(&mut self.held, key, patch).await
    }

    /// Changes a row and returns it; see [`WriteHandle::update_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn update_returning<P: Patch, R: Read<Model = P::Model>>(
        &mut self,
        key: &<P::Model as ObjectModel>::Key,
        patch: &P,
    ) -> Result<Option<R>, Error> {
        commands::update_returning(&mut self.held, key, patch).await
    }

    /// Makes or changes a row; see [`WriteHandle::upsert`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn upsert<W: WriteWithKey>(&mut self, row: &W) -> Result<<W::Model as ObjectModel>::Key, Error> {
        let key: Vec<_> = statement::key_columns(W::Model::TABLE).collect();
        commands::upsert(&mut self.held, &key, row).await
    }

    /// Makes or changes a row and returns it; see [`WriteHandle::upsert_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn upsert_returning<W: WriteWithKey, R: Read<Model = W::Model>>(&mut self, row: &W) -> Result<R, Error> {
        let key: Vec<_> = statement::key_columns(W::Model::TABLE).collect();
        commands::upsert_returning(&mut self.held, &key, row).await
    }

    /// Makes or changes a row by a unique key; see [`WriteHandle::upsert_on`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn upsert_on<W: Write>(
        &mut self,
        key: impl UniqueKey<Model = W::Model>,
        row: &W,
    ) -> Result<<W::Model as ObjectModel>::Key, Error> {
        commands::upsert(&mut self.held, key.columns(), row).await
    }

    /// Makes or changes a row by a unique key and returns it; see [`WriteHandle::upsert_on_returning`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn upsert_on_returning<W: Write, R: Read<Model = W::Model>>(
        &mut self,
        key: impl UniqueKey<Model = W::Model>,
        row: &W,
    ) -> Result<R, Error> {
        commands::upsert_returning(&mut self.held, key.columns(), row).await
    }

    /// Removes a row; see [`WriteHandle::delete`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn delete<K: Key>(&mut self, key: &K) -> Result<bool, Error> {
        commands::delete(&mut self.held, key).await
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
        commands::delete_unchanged(&mut self.held, key, version).await
    }

    /// Runs a statement of one's own; see [`WriteHandle::execute`].
    ///
    /// # Errors
    /// Every state of [`Error`].
    pub async fn execute<M: ObjectModel>(&mut self, command: &impl SqlxBinder) -> Result<u64, Error> {
        let statement = Statement::written(self.held.driver(), M::TABLE, command)?;
        self.held.execute(statement).await
    }

    /// Reads the row of that key as this transaction sees it, for commands that depend on what is there.
    ///
    /// # Errors
    /// [`Error::Unreadable`], [`Error::NoTable`], [`Error::Encode`] and [`Error::Database`].
    pub async fn get<R: Read<Model: ObjectModel>>(
        &mut self,
        key: &<R::Model as ObjectModel>::Key,
    ) -> Result<Option<R>, Error> {
        read::get(&mut self.held, key).await
    }

    /// A query of what this transaction sees.
    pub fn query<R: Read>(&mut self) -> Query<'_, R> {
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
