//! Domain `postgres`.

pub mod p_archive;
pub mod p_customers;
pub mod p_log;
pub mod p_moods;
pub mod p_order;
pub mod p_order_key;
pub mod p_orders;
pub mod p_view;
mod sql_objects;
pub mod sql_types;

pub use self::p_archive::*;
pub use self::p_customers::*;
pub use self::p_log::*;
pub use self::p_moods::*;
pub use self::p_order::*;
pub use self::p_order_key::*;
pub use self::p_orders::*;
pub use self::p_view::*;
pub use self::sql_types::*;
