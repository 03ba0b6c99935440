//! The type of a field that serde neither writes nor reads.

use cqrs_core::{SqlEnum, object_model};

#[derive(Debug, Clone, PartialEq, SqlEnum)]
enum Size {
    Small,
    Large,
}

#[object_model(table = "parcels")]
struct Parcel {
    #[column(primary_key)]
    id: i64,
    size: Size,
    limit: Option<Size>,
}

fn main() {}
