//! View `m_totals`.

use bigdecimal::BigDecimal;
use cqrs_core::{SqlEnum, read_model};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum MTotalType {
    A,
    #[sql_enum(rename = "b-c")]
    BC,
    #[sql_enum(rename = "it's")]
    ItS,
}

#[read_model(
    view = "m_totals",
    query = "select `m_view`.`type` AS `type`,sum(`m_view`.`amount`) AS `total`,count(0) AS `customers` from `m_view` group by `m_view`.`type`"
)]
pub struct MTotal {
    pub r#type: MTotalType,
    pub total: Option<BigDecimal>,
    pub customers: i64,
}
