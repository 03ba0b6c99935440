//! What a table's definition says besides its parts: engine, character set, versioning, partitions.

use cqrs_core::schema::{Str, Table};

use super::text::{literal, tokens};

const VERSIONING: &str = "WITH SYSTEM VERSIONING";
const PARTITION: &str = "PARTITION BY ";

/// The options of a table, each as it is written in `CREATE TABLE`. Empty is what the server does by itself: InnoDB, and
/// the database's character set and collation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableOptions {
    /// The storage engine, where it is not InnoDB.
    pub(super) engine: Option<String>,
    /// The collation, where it is not the database's. It implies the character set.
    pub(super) collation: Option<String>,
    /// `key=value`, in order.
    pub(super) others: Vec<(String, String)>,
    /// Whether MariaDB keeps the old versions of its rows.
    pub(super) versioned: bool,
    /// What follows `PARTITION BY`.
    pub(super) partition: Option<String>,
}

impl TableOptions {
    pub(super) fn of(table: &Table) -> Self {
        Self::parse(&table.options)
    }

    /// Of a schema's `options`: what [`TableOptions::into_list`] makes.
    pub(super) fn parse(options: &[Str]) -> Self {
        let text = options.join(" ");
        let mut options = Self::default();
        let text = match text.split_once(PARTITION) {
            Some((head, partition)) => {
                options.partition = Some(partition.trim().to_owned());
                head
            }
            None => &text,
        };
        options.versioned = text.contains(VERSIONING);
        let text = text.replace(VERSIONING, "");
        for word in words(&text) {
            let Some((key, value)) = word.split_once('=') else { continue };
            match key.to_uppercase().as_str() {
                "ENGINE" => options.engine = Some(value.to_owned()),
                "COLLATE" => options.collation = Some(value.to_owned()),
                "CHARSET" => {}
                _ => options.others.push((key.to_owned(), value.to_owned())),
            }
        }
        options
    }

    /// A schema's `options`: one text, or none.
    #[cfg(feature = "mysql")]
    pub(super) fn into_list(self) -> cqrs_core::schema::List<Str> {
        Some(self.create_clause(None)).filter(|text| !text.is_empty()).map(Str::Owned).into_iter().collect()
    }

    /// What follows the parenthesis of `CREATE TABLE`.
    pub(super) fn create_clause(&self, comment: Option<&str>) -> String {
        let mut parts = self.plain_parts();
        if let Some(comment) = comment {
            parts.push(format!("COMMENT={}", literal(comment)));
        }
        if self.versioned {
            parts.push(VERSIONING.to_owned());
        }
        if let Some(partition) = &self.partition {
            parts.push(format!("{PARTITION}{partition}"));
        }
        parts.join(" ")
    }

    fn plain_parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        parts.extend(self.engine.as_ref().map(|engine| format!("ENGINE={engine}")));
        parts.extend(self.collation.as_ref().map(|collation| character_set(collation)));
        parts.extend(self.others.iter().map(|(key, value)| format!("{key}={value}")));
        parts
    }

    /// What `ALTER TABLE` has to say to get from `before` to these, without partitions.
    pub(super) fn alter_actions(&self, before: &Self) -> Vec<String> {
        let mut actions = Vec::new();
        if self.engine != before.engine {
            actions.push(format!("ENGINE={}", self.engine.as_deref().unwrap_or("InnoDB")));
        }
        if self.collation != before.collation {
            actions.push(match &self.collation {
                Some(collation) => character_set(collation),
                None => "DEFAULT CHARACTER SET DEFAULT".to_owned(),
            });
        }
        for (key, value) in &self.others {
            if !before.others.contains(&(key.clone(), value.clone())) {
                actions.push(format!("{key}={value}"));
            }
        }
        for (key, _) in &before.others {
            if self.others.iter().all(|(kept, _)| !kept.eq_ignore_ascii_case(key)) {
                actions.push(format!("{key}={}", value_when_absent(key)));
            }
        }
        match (before.versioned, self.versioned) {
            (false, true) => actions.push("ADD SYSTEM VERSIONING".to_owned()),
            (true, false) => actions.push("DROP SYSTEM VERSIONING".to_owned()),
            _ => {}
        }
        actions
    }
}

/// The value that means "not given". <https://mariadb.com/kb/en/create-table/#table-options>
fn value_when_absent(key: &str) -> &'static str {
    match key.to_lowercase().as_str() {
        "avg_row_length" | "checksum" | "table_checksum" | "delay_key_write" | "key_block_size" | "max_rows"
        | "min_rows" => "0",
        _ => "DEFAULT",
    }
}

/// A collation's name begins with its character set's.
fn character_set(collation: &str) -> String {
    let set = collation.split('_').next().unwrap_or(collation);
    format!("DEFAULT CHARSET={set} COLLATE={collation}")
}

/// Words between white space, where a quoted one may contain some.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for token in tokens(text) {
        if token.trim().is_empty() {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push_str(token);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
