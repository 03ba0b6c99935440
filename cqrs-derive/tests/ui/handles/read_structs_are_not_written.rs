//! A read struct given to commands.

use cqrs_core::execute::{Error, Transaction, WriteHandle};
use cqrs_core::object_model;

#[object_model(table = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    body: String,
}

async fn wrong(write: WriteHandle, key: NoteKey, note: NoteRead) -> Result<(), Error> {
    write.insert(&note).await?;
    write.insert_many(&[note]).await?;
    write.upsert(&note).await?;
    write.update(&key, &note).await?;
    write.delete(&note).await?;
    Ok(())
}

async fn in_a_transaction(mut transaction: Transaction, key: NoteKey, note: NoteRead) -> Result<(), Error> {
    let _: NoteRead = transaction.insert_returning(&note).await?;
    let _: Option<NoteRead> = transaction.update_returning(&key, &note).await?;
    Ok(())
}

fn main() {}
