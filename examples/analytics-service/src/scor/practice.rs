use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

use super::ScorProcess;

/// How far a practice has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum PracticeMaturity {
    /// New, with promising results and more risk.
    Emerging,
    /// Current, structured, and proven to raise performance.
    Best,
    /// How most organisations do it.
    Standard,
    /// On its way out.
    Declining,
}

/// Practice: a way to configure a process that is known to affect its performance.
#[object_model(
    table = "scor_practices",
    domain = "scor",
    name = "SCOR Practice",
    code = "SCOR_PRACTICE",
    module = "ASCM_SCOR"
)]
pub struct ScorPractice {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Code in the reference model: `BP.089`.
    #[column(unique, length = 64)]
    pub practice_code: String,
    /// Name in the reference model: `Perfect Pick Putaway`.
    #[column(length = 200)]
    pub name: String,
    /// Description in the reference model.
    #[column(text)]
    pub description: Option<String>,
    /// Maturity.
    #[column(default_value = "standard")]
    pub maturity: PracticeMaturity,
    /// Process that it configures.
    #[column(length = 36, belongs_to = ScorProcess::id, on_delete = cascade, indexed)]
    pub process_id: String,
}
