//! A case.
#![allow(dead_code)]

use cqrs_core::{SqlType, object_model};

#[derive(SqlType)]
struct Two(i32, i32);

#[derive(SqlType)]
struct Nothing;

#[derive(SqlType)]
enum Choice {
    One,
}

#[derive(SqlType)]
struct Generic<T>(T);

#[derive(SqlType)]
struct Nullable(Option<String>);

#[derive(SqlType)]
#[sql_type(postgress = "citext", mysql = 3)]
struct Misspelt(String);

#[derive(SqlType)]
#[sql_type]
struct Silent(String);

struct Stranger;

#[derive(SqlType)]
struct Unknown(Stranger);

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, SqlType)]
struct Count(i32);

#[object_model(table = "wrong_bounds")]
struct WrongBounds {
    #[column(primary_key)]
    id: Count,
    #[column(length = 3)]
    count: Count,
}

#[object_model(table = "foreign")]
struct Foreign {
    #[column(primary_key, belongs_to = WrongBounds::id)]
    id: i32,
}

fn main() {}
