//! Domain `mysql`.

pub mod m_customers;
pub mod m_log;
pub mod m_orders;
pub mod m_totals;
pub mod m_view;
mod sql_objects;

pub use self::m_customers::*;
pub use self::m_log::*;
pub use self::m_orders::*;
pub use self::m_totals::*;
pub use self::m_view::*;
