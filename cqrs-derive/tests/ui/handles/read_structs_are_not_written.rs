//! A read struct given to commands.

use cqrs_core::execute::{Error, WriteHandle};
use cqrs_core::object_model;

#[object_model(table = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    body: String,
}

async fn wrong(write: WriteHandle, key: NoteKey, note: NoteRead) -> Result<(), Error> {
    write.insert(&note).await?;
    write.upsert(&note).await?;
    write.update(&key, &note).await?;
    write.delete(&note).await?;
    Ok(())
}

fn main() {}
