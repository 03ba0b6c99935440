//! Keys of other models, and what has no key.

use cqrs_core::execute::{Error, ReadHandle, Transaction, WriteHandle};
use cqrs_core::{object_model, read_model};

#[object_model(table = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    body: String,
}

#[object_model(table = "customers")]
struct Customer {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(version)]
    version: i64,
    name: String,
}

#[object_model(table = "visits", no_primary_key)]
struct Visit {
    #[column(unique)]
    page: String,
}

#[read_model(view = "pages", query = "select page from visits")]
struct Page {
    page: String,
}

async fn commands(write: WriteHandle, visit: VisitWrite, key: NoteKey) -> Result<(), Error> {
    write.insert(&visit).await?;
    write.upsert(&visit).await?;
    write.upsert_on(VisitUnique::Page, &visit).await?;
    write.update(&key, &VisitPatch::default()).await?;
    write.update(&key, &CustomerPatch::new(3)).await?;
    write.update(&3, &NotePatch::default()).await?;
    write.delete(&3).await?;
    write.delete_unchanged(&key, &3).await?;
    let _: NoteRead = write.insert_returning(&visit).await?;
    Ok(())
}

async fn in_a_transaction(mut transaction: Transaction, visit: VisitWrite, key: NoteKey) -> Result<(), Error> {
    transaction.insert(&visit).await?;
    transaction.update(&key, &CustomerPatch::new(3)).await?;
    let _: Option<CustomerRead> = transaction.get(&key).await?;
    Ok(())
}

async fn queries(read: ReadHandle, key: NoteKey) -> Result<(), Error> {
    let _ = read.get::<CustomerRead>(&key).await?;
    let _: Option<CustomerRead> = read.get(&key).await?;
    let _ = read.get::<Page>(&key).await?;
    let _ = read.get::<VisitRead>(&key).await?;
    Ok(())
}

fn main() {}
