//! What a list cannot hold.
#![allow(dead_code)]

use cqrs_core::{SqlEnum, SqlType, object_model};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlEnum)]
enum Level {
    Low,
    High,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
struct Tag(String);

#[object_model(table = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    levels: Vec<Level>,
    tags: Vec<Tag>,
}

fn main() {}
