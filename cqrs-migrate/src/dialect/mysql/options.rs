//! What a table's definition says besides its parts: engine, character set, versioning, periods, partitions.

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str, Table};

use super::text::literal;
use crate::change::{Change, TableChange};

/// A column that may be null and yet has no default: `ALTER COLUMN … DROP DEFAULT`.
pub(super) const NO_DEFAULT: &str = "DROP DEFAULT";
/// How the clause begins that has a primary key's parts, where they are more than columns.
pub(super) const KEY_PARTS: &str = "KEY (";
/// How the clause ends that is a part of a key: the period that two rows may not share.
pub(super) const WITHOUT_OVERLAPS: &str = " WITHOUT OVERLAPS";

const ALTER_DATABASE: &str = "ALTER DATABASE ";
const VERSIONING: &str = "WITH SYSTEM VERSIONING";
const PERIOD: &str = "PERIOD FOR ";
const PARTITION: &str = "PARTITION BY ";

/// The options of a table, each as it is written in `CREATE TABLE`. Empty is what the server does by itself: InnoDB, and
/// the database's character set and collation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableOptions {
    /// The storage engine, where it is not InnoDB.
    pub(super) engine: Option<String>,
    /// The collation, where it is not the database's. It implies the character set.
    pub(super) collation: Option<String>,
    /// `key=value`, in the server's order.
    pub(super) others: Vec<(String, String)>,
    /// Whether MariaDB keeps the old versions of its rows.
    pub(super) versioned: bool,
    /// MariaDB's periods: `PERIOD FOR name (start, end)`.
    pub(super) periods: Vec<String>,
    /// What follows `PARTITION BY`.
    pub(super) partition: Option<String>,
}

impl TableOptions {
    pub(super) fn of(table: &Table) -> Self {
        Self::parse(&table.options)
    }

    /// Of a schema's `options`: what [`TableOptions::into_list`] makes.
    pub(super) fn parse(clauses: &[Str]) -> Self {
        let mut options = Self::default();
        for clause in clauses {
            if let Some(partition) = clause.strip_prefix(PARTITION) {
                options.partition = Some(partition.trim().to_owned());
            } else if clause == VERSIONING {
                options.versioned = true;
            } else if clause.starts_with(PERIOD) {
                options.periods.push(clause.to_string());
            } else if let Some((key, value)) = clause.split_once('=') {
                match key.to_uppercase().as_str() {
                    "ENGINE" => options.engine = Some(value.to_owned()),
                    "COLLATE" => options.collation = Some(value.to_owned()),
                    _ => options.others.push((key.to_owned(), value.to_owned())),
                }
            }
        }
        options
    }

    /// A schema's `options`: one text for each, in the server's order, which it keeps for an engine's own options.
    pub(super) fn into_list(self) -> cqrs_core::schema::List<Str> {
        let mut clauses = Vec::new();
        clauses.extend(self.engine.map(|engine| format!("ENGINE={engine}")));
        clauses.extend(self.collation.map(|collation| format!("COLLATE={collation}")));
        clauses.extend(self.others.into_iter().map(|(key, value)| format!("{key}={value}")));
        clauses.extend(self.versioned.then(|| VERSIONING.to_owned()));
        clauses.extend(self.periods);
        clauses.extend(self.partition.map(|partition| format!("{PARTITION}{partition}")));
        clauses.into_iter().map(Str::Owned).collect()
    }

    /// What follows the parenthesis of `CREATE TABLE`.
    pub(super) fn create_clause(&self, comment: Option<&str>) -> String {
        let mut parts = Vec::new();
        parts.extend(self.engine.as_ref().map(|engine| format!("ENGINE={engine}")));
        parts.extend(self.collation.as_ref().map(|collation| character_set(collation)));
        parts.extend(self.others.iter().map(|(key, value)| option(key, value)));
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
                actions.push(option(key, value));
            }
        }
        for (key, _) in &before.others {
            if self.others.iter().all(|(kept, _)| !kept.eq_ignore_ascii_case(key)) {
                actions.push(option(key, value_when_absent(key)));
            }
        }
        match (before.versioned, self.versioned) {
            (false, true) => actions.push("ADD SYSTEM VERSIONING".to_owned()),
            (true, false) => actions.push("DROP SYSTEM VERSIONING".to_owned()),
            _ => {}
        }
        let gone = before.periods.iter().filter(|period| !self.periods.contains(period));
        let named = |period: &String| period.split(" (").next().unwrap_or_default().to_owned();
        actions.extend(gone.map(|period| format!("DROP {}", named(period))));
        let new = self.periods.iter().filter(|period| !before.periods.contains(period));
        actions.extend(new.map(|period| format!("ADD {period}")));
        actions
    }
}

/// A database's collation, which implies its character set: what a table has that names none.
/// <https://mariadb.com/kb/en/alter-database/>
#[cfg_attr(not(feature = "mysql"), allow(dead_code, reason = "only a database that is read has one"))]
pub(super) fn database_default(collation: &str) -> SqlObject {
    let id = ObjectId::new(ObjectKind::DatabaseDefault, ObjectName::new("character set"));
    SqlObject::new(id, format!("{ALTER_DATABASE}{}", character_set(collation)))
}

/// What a schema says of the database's collation.
fn database_collation(schema: &Schema) -> Option<&str> {
    let defaults = schema.objects.values().find(|object| object.id.kind == ObjectKind::DatabaseDefault)?;
    defaults.definition.strip_prefix(ALTER_DATABASE)?.split_once(" COLLATE=").map(|(_, collation)| collation)
}

/// Tables name their collation where it is not the database's: the ones that named none have to once that is another.
pub(super) fn under_defaults_of(before: &Schema, after: &Schema) -> Option<Schema> {
    let (old, new) = (database_collation(before)?, database_collation(after)?);
    if old == new {
        return None;
    }
    let mut settled = before.clone();
    for table in settled.tables.values_mut() {
        let mut options = TableOptions::of(table);
        let own = options.collation.take().unwrap_or_else(|| old.to_owned());
        options.collation = (own != new).then_some(own);
        table.options = options.into_list();
    }
    Some(settled)
}

/// A table that shall have the database's collation again has to name it: `DEFAULT CHARACTER SET DEFAULT` is the database's
/// character set in the collation that this has by itself, and `COLLATE DEFAULT` does nothing. (Tried on MariaDB 10.11.)
pub(super) fn name_defaults(changes: &mut [Change], before: &Schema, after: &Schema) {
    let Some(collation) = database_collation(after).or_else(|| database_collation(before)) else { return };
    let alterations = changes.iter_mut().filter_map(|change| match change {
        Change::AlterTable(alteration) => Some(&mut alteration.changes),
        _ => None,
    });
    for change in alterations.flatten() {
        let TableChange::SetOptions { before, after } = change else { continue };
        let (old, mut new) = (TableOptions::parse(before), TableOptions::parse(after));
        if old.collation.is_some() && new.collation.is_none() {
            new.collation = Some(collation.to_owned());
            *after = new.into_list();
        }
    }
}

fn option(key: &str, value: &str) -> String {
    // The one that takes no sign.
    if key == "TABLESPACE" { format!("TABLESPACE {value}") } else { format!("{key}={value}") }
}

/// The value that means "not given". <https://mariadb.com/kb/en/create-table/#table-options>
fn value_when_absent(key: &str) -> &'static str {
    match key.to_lowercase().as_str() {
        "avg_row_length" | "checksum" | "table_checksum" | "delay_key_write" | "key_block_size" | "max_rows"
        | "min_rows" => "0",
        "union" => "()",
        "insert_method" => "NO",
        "connection" | "compression" | "engine_attribute" | "secondary_engine_attribute" => "''",
        "encryption" => "'N'",
        "tablespace" => "`innodb_file_per_table`",
        _ => "DEFAULT",
    }
}

/// A collation's name begins with its character set's.
fn character_set(collation: &str) -> String {
    let set = collation.split('_').next().unwrap_or(collation);
    format!("DEFAULT CHARSET={set} COLLATE={collation}")
}
