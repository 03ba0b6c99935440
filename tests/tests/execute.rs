//! Commands and queries on real databases.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod execute {
    mod commands;
    mod databases;
    mod models;
    mod queries;
    mod read_models;
    mod types;
}
