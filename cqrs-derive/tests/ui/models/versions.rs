//! A case.
#![allow(dead_code)]

use cqrs_core::model::ObjectModel;
use cqrs_core::object_model;

#[object_model(table = "conflicts")]
struct Conflicts {
    #[column(primary_key, version)]
    id: i64,
    #[column(version, read_only, default_expr = "1")]
    second: i64,
    #[column(version)]
    third: Option<i32>,
    #[column(version = 3)]
    fourth: i32,
}

#[object_model(table = "not_a_number")]
struct NotANumber {
    #[column(primary_key)]
    id: i64,
    #[column(version)]
    version: String,
}

#[object_model(table = "sound")]
struct Sound {
    #[column(primary_key)]
    id: i64,
    name: String,
    #[column(version)]
    version: i64,
}

fn forgotten() -> (SoundPatch, SoundWrite) {
    let patch = SoundPatch { name: None };
    let write = SoundWrite { id: 1, name: String::new(), version: 1 };
    (patch, write)
}

#[object_model(table = "plain")]
struct Plain {
    #[column(primary_key)]
    id: i64,
}

fn has_version<M: ObjectModel + cqrs_core::model::Versioned>() {}

fn main() {
    has_version::<Sound>();
    has_version::<Plain>();
}
