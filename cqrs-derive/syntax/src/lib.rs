//! The grammar of the models: `#[object_model]`, `#[read_model]`, `sql_object!`, `#[derive(SqlEnum)]` and
//! `#[derive(SqlType)]`.
//!
//! The one parser, used by the macros of `cqrs-derive` and by the source reader of `cqrs-core`. Internal to those crates:
//! no promise of stability. It knows no SQL and does no I/O.
//!
//! ```text
//! tokens -> parse -> ObjectModel (spans, every error of the item) -> lower -> TableDef (plain data, Rust types)
//! ```
//!
//! ```
//! let mut item: syn::ItemStruct = syn::parse_quote! {
//!     struct Customer {
//!         #[column(primary_key, lenght = 36)]
//!         id: String,
//!     }
//! };
//! let parsed = cqrs_syntax::parse_object_model(quote::quote!(table = "customers"), &mut item);
//!
//! let error = parsed.error.ok_or("no error")?;
//! assert_eq!(error.to_string(), "unknown attribute `lenght` of a column, did you mean `length`?");
//! let table = cqrs_syntax::lower(&parsed.tree.ok_or("no tree")?);
//! assert_eq!(table.primary_key, ["id"]);
//! # Ok::<(), &str>(())
//! ```

mod column;
mod container;
mod entry;
mod errors;
mod field;
mod index;
mod lower;
mod model;
pub mod names;
mod native;
mod read_model;
mod sql_enum;
mod sql_object;
mod sql_type;
mod types;
mod words;

pub use column::{Access, ColumnAttributes, Deferrable, ForeignKey, ReferentialAction};
pub use container::{CheckSpec, ForeignKeySpec, UniqueSpec};
pub use field::{Field, SkippedField};
pub use index::{IndexKey, IndexPart, IndexSpec};
pub use lower::{
    CheckDef, ColumnDef, DefaultDef, ForeignKeyDef, ForeignKeyPartDef, IndexDef, IndexKeyDef, IndexPartDef, ModelDef,
    TableDef, TypeDef, UniqueDef, lower,
};
pub use model::{ObjectModel, Parsed, parse_object_model};
pub use native::{NativeTypes, SqlTexts};
pub use read_model::{ReadField, ReadModel, ReadSource, ViewSpec, parse_read_model};
pub use sql_enum::{SqlEnum, Variant, parse_sql_enum};
pub use sql_object::{OBJECT_KINDS, SqlObject, parse_sql_object};
pub use sql_type::{SqlNewtype, parse_sql_type};
pub use types::{is_option, option_inner};
pub use words::{PLACES, Place};
