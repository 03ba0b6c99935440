use chrono::{DateTime, Utc};
use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

use super::ScorMetric;

/// How far performance is off its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum Severity {
    /// Worth a look at the next review.
    Low,
    /// A trend that misses the target if it goes on.
    Medium,
    /// The target is missed.
    High,
    /// Customers are affected: act now.
    Critical,
}

/// Alert: a metric has left the range that was agreed for it.
#[object_model(
    table = "scor_alerts",
    domain = "scor",
    name = "SCOR Alert",
    code = "SCOR_ALERT",
    module = "ASCM_SCOR",
    index(severity, raised_at(desc))
)]
pub struct ScorAlert {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Metric that is off.
    #[column(belongs_to = ScorMetric::id, on_delete = cascade, indexed)]
    pub metric_id: i64,
    /// Severity.
    #[column(default_value = "medium")]
    pub severity: Severity,
    /// What happened, for the person who is to act.
    #[column(text)]
    pub message: String,
    /// When the metric left its range.
    #[column(default_expr = "now()")]
    pub raised_at: DateTime<Utc>,
    /// Whether somebody has taken charge.
    #[column(default_value = false)]
    pub acknowledged: bool,
    /// When somebody took charge.
    pub acknowledged_at: Option<DateTime<Utc>>,
}
