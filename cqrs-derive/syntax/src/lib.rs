//! The grammar of the models: `#[object_model]` and `#[derive(SqlEnum)]`.
//!
//! The one parser, used by the macros of `cqrs-derive` and by the source reader of `cqrs-core`. Internal to those crates:
//! no promise of stability. It knows no SQL and does no I/O.
//!
//! ```text
//! tokens -> parse -> ObjectModel (spans, every error of the item) -> lower -> TableDef (plain data, Rust types)
//! ```

mod column;
mod container;
mod entry;
mod errors;
mod field;
mod lower;
mod model;
pub mod names;
mod sql_enum;
mod types;

pub use column::{Access, ColumnAttributes, ForeignKey, ReferentialAction};
pub use container::{CheckSpec, IndexPart, IndexSpec, UniqueSpec};
pub use field::Field;
pub use lower::{
    CheckDef, ColumnDef, DefaultDef, ForeignKeyDef, IndexDef, ModelDef, TableDef, TypeDef, UniqueDef, lower,
};
pub use model::{ObjectModel, Parsed, parse_object_model};
pub use sql_enum::{SqlEnum, Variant, parse_sql_enum};
pub use types::{is_option, option_inner};
