//! Models as a service has them: declared, migrated, written and read, on every database.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod skip;
mod types;
mod versions;

use cqrs_core::ObjectModel;
use cqrs_core::execute::Database;
use cqrs_core::schema::Schema;
use cqrs_migrate::Migrator;
use cqrs_tests::TestDatabase;

/// A database with the table of a model, and nothing left to migrate.
async fn with_table<M: ObjectModel>(database: &TestDatabase) -> Database {
    let migrator = Migrator::new(database.url(), Schema::declare([M::TABLE.clone()]).unwrap()).unwrap();
    migrator.migrate().await.unwrap_or_else(|error| panic!("{}: {error}", database.dialect()));
    let planned = migrator.plan().await.unwrap();
    assert!(planned.is_empty(), "{}:\n{planned}", database.dialect());
    Database::connect(database.url()).await.unwrap()
}
