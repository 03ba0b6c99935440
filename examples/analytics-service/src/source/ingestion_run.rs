use chrono::{DateTime, Utc};
use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

use super::DataSource;

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum RunState {
    /// Under way.
    Running,
    /// Everything was read.
    Succeeded,
    /// Stopped by an error.
    Failed,
}

/// One time that a data source was read.
#[object_model(
    table = "ingestion_runs",
    domain = "source",
    name = "Ingestion Run",
    code = "INGESTION_RUN",
    module = "ASCM_SOURCE",
    index(source_id, started_at(desc)),
    check(name = "ingestion_runs_rows_read_positive", "rows_read >= 0")
)]
pub struct IngestionRun {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Source that was read.
    #[column(belongs_to = DataSource::id, on_delete = cascade)]
    pub source_id: i64,
    /// How the run stands.
    #[column(default_value = "running")]
    pub state: RunState,
    /// When it began.
    #[column(default_expr = "now()", read_only)]
    pub started_at: DateTime<Utc>,
    /// When it ended, well or not.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many rows were read.
    #[column(default_value = 0)]
    pub rows_read: i64,
    /// What went wrong.
    #[column(text)]
    pub error: Option<String>,
}
