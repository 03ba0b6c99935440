//! The Rust types that columns can hold, and the macros that make more of them.

#[cfg(any(feature = "ipnetwork", feature = "jiff", feature = "time"))]
mod carried;
#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
mod decimal;
mod encode;
mod enums;
mod integer;
mod nullable;
mod row;
mod scalar;
pub(crate) mod shapes;

#[cfg(feature = "array")]
mod array;
#[cfg(feature = "bigdecimal")]
mod bigdecimal;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "ipnetwork")]
mod ipnetwork;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "range")]
mod range;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

#[cfg(feature = "array")]
pub use array::SqlElement;
pub use encode::encode;
pub use enums::SqlEnum;
#[cfg(feature = "json")]
pub use json::Json;
#[cfg(feature = "range")]
pub use range::{Range, RangeElement};

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
