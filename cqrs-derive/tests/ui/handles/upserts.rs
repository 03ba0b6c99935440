//! Rows that cannot be found by the key that an upsert names.

use cqrs_core::execute::{Error, WriteHandle};
use cqrs_core::object_model;

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique)]
    email: String,
    name: String,
}

#[object_model(table = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    body: String,
}

async fn wrong(write: WriteHandle, customer: CustomerWrite, note: NoteWrite) -> Result<(), Error> {
    write.upsert(&customer).await?;
    write.upsert_on(CustomerColumn::Email, &customer).await?;
    write.upsert_on(CustomerUnique::Name, &customer).await?;
    write.upsert_on(CustomerUnique::Email, &note).await?;
    Ok(())
}

fn main() {}
