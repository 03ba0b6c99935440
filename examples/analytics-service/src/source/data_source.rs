use chrono::{DateTime, Utc};
use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

/// Kind of system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum SourceKind {
    /// Enterprise resource planning.
    Erp,
    /// Warehouse management.
    Wms,
    /// Transport management.
    Tms,
    /// Files that somebody puts down.
    File,
}

/// System that figures are read from.
#[object_model(
    table = "data_sources",
    domain = "source",
    name = "Data Source",
    code = "DATA_SOURCE",
    module = "ASCM_SOURCE"
)]
pub struct DataSource {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Name, as people call the system.
    #[column(unique, length = 100)]
    pub name: String,
    /// Kind of system.
    pub kind: SourceKind,
    /// Where it is.
    #[column(length = 500)]
    pub location: String,
    /// Secret to log in with. Commands set it; no query returns it.
    #[column(text, write_only)]
    pub secret: Option<String>,
    /// Whether it is read on schedule.
    #[column(default_value = true)]
    pub enabled: bool,
    /// When the row was made.
    #[column(default_expr = "now()", read_only)]
    pub created_at: DateTime<Utc>,
}
