//! View `m_view`.

use cqrs_core::{SqlEnum, read_model};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum MViewType {
    A,
    #[sql_enum(rename = "b-c")]
    BC,
    #[sql_enum(rename = "it's")]
    ItS,
}

#[read_model(
    view = "m_view",
    query = "select `m_customers`.`id` AS `id`,`m_customers`.`email` AS `e-mail`,`m_customers`.`type` AS `type`,`m_customers`.`flags` AS `flags`,`m_customers`.`amount` AS `amount`,`m_customers`.`medium` AS `medium`,`m_customers`.`born` AS `born`,`m_twice`(`m_customers`.`small`) AS `twice` from `m_customers` WITH CASCADED CHECK OPTION"
)]
pub struct MView {
    pub id: u32,
    #[column(column_name = "e-mail")]
    pub e_mail: String,
    pub r#type: MViewType,
    pub flags: Option<String>,
    pub amount: Decimal,
    pub medium: Option<u32>,
    pub twice: Option<i32>,
}
