use chrono::{DateTime, NaiveDate, Utc};
use cqrs_core::object_model;

/// Edition of the SCOR reference model that processes and metrics are taken from.
#[object_model(
    table = "scor_models",
    domain = "scor",
    name = "SCOR Model",
    code = "SCOR_MODEL",
    module = "ASCM_SCOR",
    unique(code, edition)
)]
pub struct ScorModel {
    /// Identifier.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// Short code: `SCOR-DS`.
    #[column(length = 32)]
    pub code: String,
    /// Edition as published by ASCM: `14.0`.
    #[column(length = 16)]
    pub edition: String,
    /// Full title.
    #[column(length = 200)]
    pub name: String,
    /// Scope: which parts of the reference model this organisation has adopted.
    #[column(text)]
    pub description: Option<String>,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// When the row was made.
    #[column(default_expr = "now()", read_only)]
    pub created_at: DateTime<Utc>,
}
