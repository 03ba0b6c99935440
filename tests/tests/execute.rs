//! Commands and queries on real databases.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod execute {
    mod commands;
    mod databases;
    mod errors;
    mod models;
    mod pages;
    mod queries;
    mod read_models;
    mod returning;
    mod shop;
    mod types;
    mod upserts;
}
