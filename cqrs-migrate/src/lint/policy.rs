//! Which hazards stop a plan.

use super::{CATEGORIES, Hazard, Level, codes, known};
use crate::error::Error;
use crate::sizes::Sizes;

/// By what hazards are judged: a service's settings.
///
/// `DATA…` and `FAIL…` stop; `LOCK…` stops where a table is known to be large, and `COMPAT…` and `UNDO…` are notes. What
/// cannot happen, because the table is known to have no rows, is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Categories (`COMPAT`) and codes (`UNDO001`) that stop besides.
    pub stop_at: Vec<String>,
    /// From how many rows on a table is large.
    pub large_table_rows: u64,
    /// From how many bytes on it is, with its indexes.
    pub large_table_bytes: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self { stop_at: Vec::new(), large_table_rows: 100_000, large_table_bytes: 100_000_000 }
    }
}

impl Policy {
    /// A name that there is not stops nothing.
    pub(crate) fn check(&self) -> Result<(), Error> {
        known(&self.stop_at, CATEGORIES.into_iter().chain(codes()))
    }

    /// The hazards that are left, those that stop first.
    pub(crate) fn judge(&self, found: Vec<Hazard>, sizes: &Sizes) -> Vec<Hazard> {
        let mut hazards: Vec<Hazard> = found
            .into_iter()
            .map(|hazard| Hazard { size: sizes.of(&hazard.tables), ..hazard })
            .filter(|hazard| hazard.size.is_none_or(|size| size.rows > 0))
            .map(|hazard| Hazard { level: self.level(&hazard), ..hazard })
            .collect();
        hazards.sort_by_key(|hazard| std::cmp::Reverse(hazard.level));
        hazards
    }

    fn level(&self, hazard: &Hazard) -> Level {
        let is_large = hazard.size.is_some_and(|size| {
            size.rows >= self.large_table_rows || size.bytes.is_some_and(|bytes| bytes >= self.large_table_bytes)
        });
        let stops = match hazard.category() {
            "DATA" | "FAIL" => true,
            "LOCK" => is_large,
            _ => false,
        };
        let is_named = self.stop_at.iter().any(|name| name == hazard.code || name == hazard.category());
        if stops || is_named { Level::Stop } else { Level::Note }
    }
}
