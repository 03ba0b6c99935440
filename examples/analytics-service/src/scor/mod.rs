//! The SCOR reference model (processes, metrics, practices, people) and performance measured against it.

mod alert;
mod measurement;
mod metric;
mod model;
mod practice;
mod process;
mod process_hierarchy;
mod skill;

pub use alert::*;
pub use measurement::*;
pub use metric::*;
pub use model::*;
pub use practice::*;
pub use process::*;
pub use process_hierarchy::*;
pub use skill::*;
