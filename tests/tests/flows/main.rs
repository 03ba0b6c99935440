//! Services and databases as their users have them: real processes, from a model to an applied migration, and what goes
//! wrong on the way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "how often a kill came in time is worth knowing")]

mod batches;
mod beside;
mod cli;
mod hazards;
mod history;
mod interrupted;
mod killed;
mod online;
mod refused;
mod renames;
mod revisions;
mod session;
mod together;

use cqrs_tests::{TestDatabase, rows};

/// Two tables, one of which refers to the other.
const SHOP: &str = r#"
/// Who buys.
#[object_model(table = "customers")]
pub struct Customer {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 80)]
    pub name: String,
    #[column(default_value = 0)]
    pub visits: i32,
}
/// What is bought.
#[object_model(table = "orders")]
pub struct Order {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Customer::id)]
    pub customer_id: i64,
}
"#;

/// The models with one more field in the first one.
fn with_field(field: &str) -> String {
    SHOP.replacen("pub visits: i32,", &format!("pub visits: i32,\n    {field}"), 1)
}

/// The history: kind and state of each row.
#[track_caller]
fn history(database: &TestDatabase) -> Vec<String> {
    texts(database, "select concat(kind, ' ', state) from cqrs_history order by position")
}

/// The first column of a query.
#[track_caller]
fn texts(database: &TestDatabase, query: &str) -> Vec<String> {
    let read = rows(database.url(), query);
    read.into_iter().map(|row| row.into_iter().next().flatten().unwrap_or_default()).collect()
}
