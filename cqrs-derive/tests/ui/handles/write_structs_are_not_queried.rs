//! Structs of commands given to queries.

use cqrs_core::execute::{Error, ReadHandle, Transaction};
use cqrs_core::object_model;

#[object_model(table = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    body: String,
}

async fn wrong(read: ReadHandle, key: NoteKey) -> Result<(), Error> {
    let _ = read.get::<NoteWrite>(&key).await?;
    let _ = read.list::<NotePatch>(3).await?;
    let _ = read.query::<Note>().limit(3).all().await?;
    let _: Vec<Note> = read.query().limit(3).all().await?;
    let _ = read.query::<Note>().count().await?;
    let _: cqrs_core::execute::Page<NoteWrite> = read.query().page(3).await?;
    Ok(())
}

async fn in_a_transaction(mut transaction: Transaction) -> Result<(), Error> {
    let _: Option<NoteKey> = transaction.query().first().await?;
    Ok(())
}

fn main() {}
