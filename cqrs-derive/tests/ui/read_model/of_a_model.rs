//! A case.
#![allow(dead_code)]

use cqrs_core::read_model;

mod models {
    use cqrs_core::object_model;

    #[object_model(table = "articles")]
    pub struct Article {
        #[column(primary_key)]
        pub id: i64,
        #[column(length = 80)]
        pub title: String,
        pub note: Option<String>,
        #[column(write_only, length = 20)]
        pub secret: String,
    }
}

struct Stranger;

#[read_model(of = models::Article)]
struct Misspelt {
    id: i64,
    titel: String,
}

#[read_model(of = models::Article)]
struct OtherType {
    id: i32,
    #[column(field = title)]
    name: Option<i64>,
}

#[read_model(of = models::Article)]
struct NullAsValue {
    note: String,
}

#[read_model(of = models::Article)]
struct Secret {
    secret: String,
}

#[read_model(of = Stranger)]
struct NoModel {
    id: i64,
}

#[read_model(of = Articel)]
struct NoType {
    id: i64,
}

fn main() {}
