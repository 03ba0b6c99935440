//! Domain `sqlite`.

pub mod s_customers;
pub mod s_log;
pub mod s_orders;
pub mod s_view;
mod sql_objects;

pub use self::s_customers::*;
pub use self::s_log::*;
pub use self::s_orders::*;
pub use self::s_view::*;
