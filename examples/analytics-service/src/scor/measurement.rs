use chrono::{DateTime, Utc};
use cqrs_core::object_model;
use rust_decimal::Decimal;

use super::ScorMetric;
use crate::source::IngestionRun;

/// Value of a metric at a moment, with the target that was set for it.
#[object_model(
    table = "scor_performance_measurements",
    domain = "scor",
    name = "SCOR Performance Measurement",
    code = "SCOR_PERFORMANCE_MEASUREMENT",
    module = "ASCM_SCOR",
    unique(metric_id, measured_at)
)]
pub struct ScorPerformanceMeasurement {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Metric that was measured.
    #[column(belongs_to = ScorMetric::id, on_delete = cascade)]
    pub metric_id: i64,
    /// End of the period that the value is for.
    pub measured_at: DateTime<Utc>,
    /// Measured value, in the unit of the metric.
    #[column(precision = 14, scale = 4)]
    pub value: Decimal,
    /// Target for the period: parity, advantage or superior performance, as benchmarked.
    #[column(precision = 14, scale = 4)]
    pub target: Option<Decimal>,
    /// Run that brought the value in; none for one that was entered by hand.
    #[column(belongs_to = IngestionRun::id, on_delete = set_null, indexed)]
    pub ingestion_run_id: Option<i64>,
    /// When the row was made.
    #[column(default_expr = "now()", read_only)]
    pub recorded_at: DateTime<Utc>,
}
