use cqrs_core::object_model;

use super::ScorProcess;

/// Decomposition of a process into the processes of the next level.
#[object_model(
    table = "scor_process_hierarchies",
    domain = "scor",
    name = "SCOR Process Hierarchy",
    code = "SCOR_PROCESS_HIERARCHY",
    module = "ASCM_SCOR",
    primary_key(parent_id, child_id),
    index(child_id),
    check(name = "scor_process_hierarchies_not_itself", "parent_id <> child_id")
)]
pub struct ScorProcessHierarchy {
    /// Process that is decomposed.
    #[column(length = 36, belongs_to = ScorProcess::id, on_delete = cascade)]
    pub parent_id: String,
    /// Process that it is decomposed into.
    #[column(length = 36, belongs_to = ScorProcess::id, on_delete = cascade)]
    pub child_id: String,
    /// Place among the processes of the same parent, from 1.
    #[column(default_value = 1)]
    pub position: i32,
}
