//! Where the figures come from: the systems that are read, and each time that they were.

mod data_source;
mod ingestion_run;

pub use data_source::*;
pub use ingestion_run::*;
