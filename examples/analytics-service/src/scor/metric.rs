use chrono::{DateTime, Utc};
use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

use super::ScorProcess;

/// Performance attribute that a metric belongs to: what kind of performance it tells about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum PerformanceAttribute {
    /// Tasks are performed as expected: on time, in full, without damage.
    Reliability,
    /// The speed at which tasks are performed.
    Responsiveness,
    /// How well the supply chain answers to external change.
    Agility,
    /// What it costs to operate the supply chain.
    Cost,
    /// How well assets are used: inventory, capacity, cash.
    AssetManagement,
}

/// SCOR metric: a standard for measuring the performance of a process.
#[object_model(
    table = "scor_metrics",
    domain = "scor",
    name = "SCOR Metric",
    code = "SCOR_METRIC",
    module = "ASCM_SCOR",
    index(attribute, level),
    check(name = "scor_metrics_level_range", "level between 1 and 3")
)]
pub struct ScorMetric {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Code in the reference model: `RL.1.1`.
    #[column(unique, length = 64)]
    pub metric_code: String,
    /// Name in the reference model: `Perfect Order Fulfillment`.
    #[column(length = 200)]
    pub name: String,
    /// How the metric is calculated.
    #[column(text)]
    pub calculation: Option<String>,
    /// Performance attribute.
    pub attribute: PerformanceAttribute,
    /// 1 strategic, 2 diagnostic for level 1, 3 diagnostic for level 2.
    #[column(default_value = 1)]
    pub level: i32,
    /// Unit of measure: `percent`, `days`, `USD`.
    #[column(length = 32)]
    pub unit: String,
    /// Whether a greater value is a better one.
    #[column(default_value = true)]
    pub higher_is_better: bool,
    /// Metric that this one is a diagnostic for.
    #[column(belongs_to = ScorMetric::id, on_delete = set_null, indexed)]
    pub parent_id: Option<i64>,
    /// Process whose performance it measures; none for a metric of the whole supply chain.
    #[column(length = 36, belongs_to = ScorProcess::id, on_delete = set_null, indexed)]
    pub process_id: Option<String>,
    /// When the row was made.
    #[column(default_expr = "now()", read_only)]
    pub created_at: DateTime<Utc>,
}
