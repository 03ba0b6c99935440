//! The types of a newtype.
#![allow(dead_code)]

use cqrs_core::SqlType;

#[derive(SqlType)]
#[sql_type(postgres = citext, mysql, sqlite(text))]
struct Tag(String);

#[derive(SqlType)]
#[sql_type(postgres = "citext", postgres = "text")]
struct Twice(String);

fn main() {}
