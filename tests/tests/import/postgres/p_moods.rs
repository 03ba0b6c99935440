//! View `p_moods`.

use super::sql_types::Mood;
use cqrs_core::read_model;

#[read_model(
    view = "p_moods",
    query = "SELECT p_view.mood,
    count(*) AS customers
   FROM p_view
  GROUP BY p_view.mood",
    materialized,
    index(customers(desc)),
    index(mood, name = "p_moods_mood", unique)
)]
pub struct PMood {
    pub mood: Option<Mood>,
    pub customers: Option<i64>,
}
