use serde::{Deserialize, Serialize};

use super::Str;

/// SQL in the words of some databases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqlPerDatabase {
    /// On PostgreSQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postgres: Option<Str>,
    /// On MySQL and MariaDB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mysql: Option<Str>,
    /// On SQLite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqlite: Option<Str>,
}

impl SqlPerDatabase {
    /// Whether it says nothing of any database.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.postgres, &self.mysql, &self.sqlite].into_iter().all(Option::is_none)
    }
}
