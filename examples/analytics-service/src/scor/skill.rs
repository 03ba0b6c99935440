use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

use super::{ScorPractice, ScorProcess};

/// Level of competency in a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum CompetencyLevel {
    /// Untrained beginner who needs detailed instructions.
    Novice,
    /// Performs the work with limited perception of the situation.
    Beginner,
    /// Understands the work and can set priorities.
    Competent,
    /// Oversees all aspects of the work.
    Proficient,
    /// Works from intuitive understanding and passes it on.
    Expert,
}

/// Skill that people need to perform a process or to apply a practice.
#[object_model(table = "scor_skills", domain = "scor", name = "SCOR Skill", code = "SCOR_SKILL", module = "ASCM_SCOR")]
pub struct ScorSkill {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Code in the reference model: `HS.0046`.
    #[column(unique, length = 64)]
    pub skill_code: String,
    /// Name in the reference model: `ERP Systems`.
    #[column(length = 200)]
    pub name: String,
    /// Experience, training and aptitude that make up the skill.
    #[column(text)]
    pub description: Option<String>,
    /// Competency that the process asks for.
    #[column(default_value = "competent")]
    pub required_level: CompetencyLevel,
    /// Process that needs it.
    #[column(length = 36, belongs_to = ScorProcess::id, on_delete = cascade, indexed)]
    pub process_id: String,
    /// Practice that needs it, where it is not the whole process.
    #[column(belongs_to = ScorPractice::id, on_delete = set_null, indexed)]
    pub practice_id: Option<i64>,
}
