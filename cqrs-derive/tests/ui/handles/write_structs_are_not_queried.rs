//! Structs of commands given to queries.

use cqrs_core::execute::{Error, ReadHandle};
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
    let _ = read.query::<Note>();
    Ok(())
}

fn main() {}
