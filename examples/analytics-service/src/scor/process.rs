use chrono::{DateTime, Utc};
use cqrs_core::object_model;

use super::ScorModel;

/// Process of the SCOR hierarchy, from a major process (Plan, Source, Make, Deliver, Return) down to its activities.
#[object_model(
    table = "scor_processes",
    domain = "scor",
    name = "SCOR Process",
    code = "SCOR_PROCESS",
    module = "ASCM_SCOR",
    index(process_code, level(desc)),
    check(name = "scor_processes_level_range", "level between 1 and 5")
)]
pub struct ScorProcess {
    /// Identifier: a UUID in text form.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// Code in the reference model: `sD1.2`.
    #[column(unique, length = 64)]
    pub process_code: String,
    /// Name in the reference model.
    #[column(length = 200)]
    pub name: String,
    /// Definition in the reference model.
    #[column(text)]
    pub description: Option<String>,
    /// Level in the hierarchy: 1 major process, 2 configuration, 3 element, 4 and 5 the organisation's own activities.
    #[column(default_value = 1)]
    pub level: i32,
    /// Edition that the process belongs to.
    #[column(belongs_to = ScorModel::id, on_delete = cascade)]
    pub model_id: i64,
    /// When the row was made.
    #[column(default_expr = "now()", read_only)]
    pub created_at: DateTime<Utc>,
}
