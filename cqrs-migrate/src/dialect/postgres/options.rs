//! From one list of clauses to another, in place.

use cqrs_core::schema::{Column, Str, Table};

use super::clauses::{
    ALTER_COLUMN, ALWAYS, CLUSTER_ON, COMMENT_ON, COMPRESSION, FORCED_ROW_SECURITY, NOT_NULL_NAME, NOT_NULL_NO_INHERIT,
    NOT_NULL_NOT_VALID, OF, REPLICA_IDENTITY, ROW_SECURITY, SEQUENCE_NAME, STATISTICS, STORAGE, TABLESPACE, UNLOGGED,
    USING, column_action, has, parameter, parameter_name, value,
};
use super::parts::{SEQUENCE_OPTIONS, schema_prefix};
use super::render::{is_action, is_statement};
use super::sql::{generated_name, quote};
use crate::dialect::{Held, Lock};

/// What `ALTER TABLE` takes to give a table other options, and the statements that stand alone. What cannot be altered
/// is left as it is: a partition key is the table's for ever.
pub(super) fn of_table(before: &[Str], after: &[Str]) -> (Vec<String>, Vec<String>) {
    let mut actions = Vec::new();
    let mut statements = Vec::new();
    for clause in before.iter().filter(|clause| !has(after, clause)) {
        if is_statement(clause) {
            statements.extend(without(clause));
        } else {
            actions.extend(unset(clause, after));
        }
    }
    for clause in after.iter().filter(|clause| !has(before, clause)) {
        if is_statement(clause) {
            statements.push(clause.to_string());
        } else {
            actions.extend(set(clause));
        }
    }
    (actions, statements)
}

/// Whether an option says something of a constraint or index.
pub(super) fn goes_with_part(table: &Table, part: &str, option: &str) -> bool {
    let name = quote(part);
    let of_index = format!("INDEX {}{name} ", schema_prefix(&table.object_name()));
    option == format!("{REPLICA_IDENTITY}USING INDEX {name}")
        || option == format!("{CLUSTER_ON}{name}")
        || [COMMENT_ON, "ALTER "]
            .iter()
            .any(|verb| option.strip_prefix(verb).is_some_and(|it| it.starts_with(&of_index)))
}

/// What an action of [`of_table`] locks, and for how long.
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-STATISTICS>
pub(super) fn lock_of_option(action: &str) -> (Lock, Held) {
    let begins = |words: &[&str]| words.iter().any(|word| action.starts_with(word));
    if begins(&["SET TABLESPACE", "SET ACCESS METHOD", "SET UNLOGGED", "SET LOGGED"]) {
        (Lock::ReadsAndWrites, Held::Rewrite)
    } else if begins(&["SET (", "RESET (", CLUSTER_ON, "SET WITHOUT CLUSTER"]) {
        (Lock::None, Held::Briefly)
    } else {
        (Lock::ReadsAndWrites, Held::Briefly)
    }
}

fn set(clause: &str) -> Option<String> {
    if clause == UNLOGGED || clause.starts_with(TABLESPACE) {
        Some(format!("SET {clause}"))
    } else if let Some(method) = clause.strip_prefix(USING) {
        Some(format!("SET ACCESS METHOD {method}"))
    } else if let Some(parameter) = parameter(clause) {
        Some(format!("SET ({parameter})"))
    } else {
        is_action(clause).then(|| clause.to_owned())
    }
}

/// What takes a clause back. Nothing where another of its kind takes its place.
fn unset(clause: &str, after: &[Str]) -> Option<String> {
    let replaced = |beginning: &str| clause.starts_with(beginning) && value(after, beginning).is_some();
    if [OF, USING, TABLESPACE, REPLICA_IDENTITY, CLUSTER_ON].iter().any(|beginning| replaced(beginning)) {
        return None;
    }
    if let Some(name) = parameter_name(clause) {
        let is_replaced = after.iter().any(|other| parameter_name(other) == Some(name));
        return (!is_replaced).then(|| format!("RESET ({name})"));
    }
    if let Some(rest) = clause.strip_prefix(ALTER_COLUMN) {
        return unset_of_column(rest);
    }
    let action = match clause {
        UNLOGGED => "SET LOGGED",
        ROW_SECURITY => "DISABLE ROW LEVEL SECURITY",
        FORCED_ROW_SECURITY => "NO FORCE ROW LEVEL SECURITY",
        _ if clause.starts_with(OF) => "NOT OF",
        _ if clause.starts_with(USING) => "SET ACCESS METHOD heap",
        _ if clause.starts_with(TABLESPACE) => "SET TABLESPACE pg_default",
        _ if clause.starts_with(REPLICA_IDENTITY) => "REPLICA IDENTITY DEFAULT",
        _ if clause.starts_with(CLUSTER_ON) => "SET WITHOUT CLUSTER",
        _ => return None,
    };
    Some(action.to_owned())
}

/// Of an inherited column. What it inherits in place of its own default is not known here.
fn unset_of_column(column_and_action: &str) -> Option<String> {
    let (column, action) = column_and_action.split_at(outside_quotes(column_and_action, " ")?);
    let action = action.trim_start();
    let back = if action.starts_with("SET STATISTICS") {
        "SET STATISTICS -1".to_owned()
    } else if action == "SET NOT NULL" {
        "DROP NOT NULL".to_owned()
    } else {
        format!("RESET ({})", action.strip_prefix("SET (")?.split_once('=')?.0)
    };
    Some(format!("{ALTER_COLUMN}{column} {back}"))
}

/// `COMMENT ON … IS NULL`, `ALTER INDEX … SET TABLESPACE pg_default`.
fn without(clause: &str) -> Option<String> {
    if let Some(at) = outside_quotes(clause, " IS '") {
        return Some(format!("{} IS NULL", &clause[..at]));
    }
    let at = outside_quotes(clause, " SET ")?;
    Some(format!("{} SET TABLESPACE pg_default", &clause[..at]))
}

/// Where a text stands outside of identifiers in quotes.
fn outside_quotes(sql: &str, text: &str) -> Option<usize> {
    let mut inside = false;
    sql.char_indices().find_map(|(at, char)| {
        inside ^= char == '"';
        (!inside && sql[at..].starts_with(text)).then_some(at)
    })
}

/// What alters the options of a column that keeps its numbering.
#[derive(Default)]
pub(super) struct ColumnOptions {
    /// What stands behind `ALTER COLUMN "name"`.
    pub(super) actions: Vec<String>,
    /// How the sequence of an identity column counts from now on, as one action.
    pub(super) numbering: Option<String>,
    /// What stands behind `ALTER TABLE` and is about the constraint behind `NOT NULL`.
    pub(super) constraints: Vec<String>,
    /// Whether the storage shall be the type's own, which only the database knows.
    pub(super) resets_storage: bool,
    /// The name that the sequence shall have, in quotes.
    pub(super) sequence: Option<String>,
}

impl ColumnOptions {
    /// A new type takes its own storage with it.
    pub(super) fn between(table: &str, before: &Column, after: &Column, is_retyped: bool, is_identity: bool) -> Self {
        let mut changes = Self::default();
        let kept = |clause: &Str| {
            let is_lost = is_retyped && (clause.starts_with(STORAGE) || clause.starts_with(COMPRESSION));
            has(&before.options, clause) && !is_lost
        };
        for clause in before.options.iter().filter(|clause| !has(&after.options, clause)) {
            changes.unset(clause, &after.options, is_retyped);
        }
        changes.actions.extend(after.options.iter().filter(|clause| !kept(clause)).filter_map(|c| column_action(c)));
        if is_identity {
            changes.numbering = identity(&before.options, &after.options);
        }
        let name_of = |column: &Column| {
            let name = value(&column.options, SEQUENCE_NAME).map(last_name);
            name.map_or_else(|| quote(&generated_name(table, &column.name, "seq")), str::to_owned)
        };
        changes.sequence =
            (value(&before.options, SEQUENCE_NAME) != value(&after.options, SEQUENCE_NAME)).then(|| name_of(after));
        if !before.nullable && !after.nullable {
            changes.not_null(table, before, after);
        }
        changes
    }

    fn unset(&mut self, clause: &str, after: &[Str], is_retyped: bool) {
        if clause.starts_with(STORAGE) {
            self.resets_storage = !is_retyped && value(after, STORAGE).is_none();
        } else if clause.starts_with(COMPRESSION) && value(after, COMPRESSION).is_none() {
            self.actions.push("SET COMPRESSION DEFAULT".to_owned());
        } else if clause.starts_with(STATISTICS) && value(after, STATISTICS).is_none() {
            self.actions.push("SET STATISTICS -1".to_owned());
        } else if let Some(name) = parameter_name(clause)
            && !after.iter().any(|other| parameter_name(other) == Some(name))
        {
            self.actions.push(format!("RESET ({name})"));
        }
    }

    /// From version 18 on: <https://www.postgresql.org/docs/18/sql-altertable.html>
    fn not_null(&mut self, table: &str, before: &Column, after: &Column) {
        let name_of = |column: &Column| match value(&column.options, NOT_NULL_NAME) {
            Some(name) => name.to_owned(),
            None => quote(&generated_name(table, &column.name, "not_null")),
        };
        let was = |clause: &str| has(&before.options, clause);
        let shall = |clause: &str| has(&after.options, clause);
        let old = name_of(before);
        if was(NOT_NULL_NOT_VALID) && !shall(NOT_NULL_NOT_VALID) {
            self.constraints.push(format!("VALIDATE CONSTRAINT {old}"));
        }
        match (was(NOT_NULL_NO_INHERIT), shall(NOT_NULL_NO_INHERIT)) {
            (true, false) => self.constraints.push(format!("ALTER CONSTRAINT {old} INHERIT")),
            (false, true) => self.constraints.push(format!("ALTER CONSTRAINT {old} NO INHERIT")),
            _ => {}
        }
        if old != name_of(after) {
            self.constraints.push(format!("RENAME CONSTRAINT {old} TO {}", name_of(after)));
        }
    }
}

/// How the sequence of an identity column counts from now on, as one action.
/// <https://www.postgresql.org/docs/current/sql-altertable.html>
fn identity(before: &[Str], after: &[Str]) -> Option<String> {
    let mut settings = Vec::new();
    match (has(before, ALWAYS), has(after, ALWAYS)) {
        (false, true) => settings.push("SET GENERATED ALWAYS".to_owned()),
        (true, false) => settings.push("SET GENERATED BY DEFAULT".to_owned()),
        _ => {}
    }
    for beginning in SEQUENCE_OPTIONS.into_iter().filter(|beginning| *beginning != SEQUENCE_NAME) {
        match (value(before, beginning), value(after, beginning)) {
            (old, Some(new)) if old != Some(new) => settings.push(format!("SET {beginning}{new}")),
            (Some(_), None) => settings.push(format!("SET {}", default_setting(beginning, after))),
            // Where nothing is said of it, the start goes with the lowest or highest value; the server leaves it.
            (None, None) if default_setting(beginning, before) != default_setting(beginning, after) => {
                settings.push(format!("SET {}", default_setting(beginning, after)));
            }
            _ => {}
        }
    }
    (!settings.is_empty()).then(|| settings.join(" "))
}

fn default_setting(beginning: &str, after: &[Str]) -> String {
    let is_descending = value(after, "INCREMENT BY ").is_some_and(|step| step.starts_with('-'));
    match (beginning, is_descending) {
        ("START WITH ", false) => format!("START WITH {}", value(after, "MINVALUE ").unwrap_or("1")),
        ("START WITH ", true) => format!("START WITH {}", value(after, "MAXVALUE ").unwrap_or("-1")),
        ("INCREMENT BY ", _) | ("CACHE ", _) => format!("{beginning}1"),
        _ => format!("NO {}", beginning.trim_end()),
    }
}

/// `"name"` out of `"schema"."name"`.
pub(super) fn last_name(name: &str) -> &str {
    outside_quotes(name, ".").map_or(name, |dot| &name[dot + 1..])
}
