//! The Rust types that columns can hold, and the macros that make more of them.

mod encode;
mod enums;
mod row;
mod scalar;

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "json")]
mod json;
mod nullable;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "uuid")]
mod uuid;

pub use encode::encode;
pub use enums::SqlEnum;

#[cfg(feature = "mysql")]
#[doc(hidden)]
pub use enums::read_mysql_enum;
#[cfg(feature = "postgres")]
#[doc(hidden)]
pub use enums::read_postgres_enum;
#[cfg(feature = "sqlite")]
#[doc(hidden)]
pub use enums::read_sqlite_enum;
#[doc(hidden)]
pub use enums::to_enum_value;
