// What every example of `commands-and-queries.md` stands on: the model of that page, and a database with its table.

use cqrs_core::execute::Database;
use cqrs_core::object_model;

/// Somebody who buys.
#[object_model(table = "customers")]
pub struct Customer {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique, length = 254)]
    pub email: String,
    #[column(length = 80)]
    pub name: Option<String>,
    #[column(default_value = 0)]
    pub points: i32,
    #[column(version)]
    pub version: i64,
}

pub type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
pub async fn example(run: impl AsyncFnOnce(Database) -> Outcome) -> Outcome {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}/shop.db?mode=rwc", folder.path().display());
    cqrs_migrate::Migrator::new(&url, cqrs_core::compiled_schema()?)?.migrate().await?;
    run(Database::connect(&url).await?).await
}
