//! Changes -> hazards: what may lose data or fail on the rows that are there. Each code has a section in
//! `docs/hazards.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use cqrs_core::schema::{Column, DefaultValue, ForeignKey, Literal, ObjectName, Str};

use crate::change::{Change, TableAlteration, TableChange, former_name};

/// Why a change must be allowed before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hazard {
    /// The stable code: `DATA…` loses data, `FAIL…` may fail on the rows that are there.
    pub code: &'static str,
    /// What changes: `orders`, `orders.total`.
    pub object: String,
    /// What happens.
    pub message: String,
    /// The safe way.
    pub help: &'static str,
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}`: {}", self.code, self.object, self.message)
    }
}

/// Every hazard code with its title, as in `docs/hazards.md`.
pub const CODES: [(&str, &str); 9] = [
    ("DATA001", "a table is dropped with its rows"),
    ("DATA002", "a column is dropped with its values"),
    ("DATA003", "a column's type changes to one that may not hold its values"),
    ("DATA004", "an enum loses a label"),
    ("FAIL001", "a column that may be null becomes NOT NULL"),
    ("FAIL002", "a NOT NULL column without a default is added"),
    ("FAIL003", "a key is added over rows that may have it twice"),
    ("FAIL004", "a foreign key is added over rows that may refer to nothing"),
    ("FAIL005", "a check is added over rows that may not meet it"),
];

/// Hazards that somebody has allowed: the code, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed(pub BTreeMap<String, String>);

impl Allowed {
    /// Those of the hazards that nobody has allowed.
    #[must_use]
    pub fn remaining(&self, hazards: &[Hazard]) -> Vec<Hazard> {
        hazards.iter().filter(|hazard| !self.0.contains_key(hazard.code)).cloned().collect()
    }
}

/// The hazards of changes. A table in `empty` has no rows: nothing in it can be lost or fail.
#[must_use]
pub fn lint(changes: &[Change], empty: &BTreeSet<ObjectName>) -> Vec<Hazard> {
    let mut hazards = Vec::new();
    for change in changes {
        match change {
            Change::DropTable(table) if !empty.contains(&table.object_name()) => hazards.push(Hazard {
                code: "DATA001",
                object: former_name(&table.object_name(), changes).to_string(),
                message: "the table is dropped, and every row in it is lost".to_owned(),
                help: "if it only has another name now, write `renamed_from = \"…\"` on the model",
            }),
            Change::AlterTable(alteration) if !empty.contains(&alteration.after.object_name()) => {
                hazards.extend(alteration.changes.iter().filter_map(|change| table_hazard(alteration, change)));
            }
            Change::AlterEnum { before, after } => {
                let lost: Vec<String> = (before.values.iter())
                    .filter(|value| !after.values.contains(value))
                    .map(ToString::to_string)
                    .collect();
                if !lost.is_empty() {
                    hazards.push(Hazard {
                        code: "DATA004",
                        object: after.name.to_string(),
                        message: loses_labels(&lost),
                        help: "give those rows another label first",
                    });
                }
            }
            _ => {}
        }
    }
    hazards
}

/// The tables whose rows decide whether a hazard is one.
pub(crate) fn tables_in_question(changes: &[Change]) -> BTreeSet<ObjectName> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::DropTable(table) => Some(table.object_name()),
            Change::AlterTable(alteration) => {
                let hazardous = alteration.changes.iter().any(|change| table_hazard(alteration, change).is_some());
                hazardous.then(|| alteration.after.object_name())
            }
            _ => None,
        })
        .collect()
}

/// Whether a change of a table cannot be undone without loss.
pub(crate) fn loses_data(change: &TableChange) -> bool {
    match change {
        TableChange::DropColumn(column) => column.generated.is_none(),
        TableChange::AlterColumn { before, after } => narrows(before, after) || becomes_generated(before, after),
        _ => false,
    }
}

fn table_hazard(alteration: &TableAlteration, change: &TableChange) -> Option<Hazard> {
    let table = alteration.after.object_name();
    // A column that is new and has no default is null in every row: no two rows share a value, and none refers.
    let new = |column: &str| {
        alteration.changes.iter().any(|change| {
            matches!(change, TableChange::AddColumn(added)
                if added.name == column && added.default.is_none() && added.generated.is_none())
        })
    };
    let hazard = |code, part: &str, message: String, help| {
        let object = if part.is_empty() { table.to_string() } else { format!("{table}.{part}") };
        Some(Hazard { code, object, message, help })
    };
    match change {
        TableChange::DropColumn(column) if column.generated.is_none() => hazard(
            "DATA002",
            alteration.old_name(&column.name),
            "the column is dropped, and every value in it is lost".to_owned(),
            "if it only has another name now, write `renamed_from = \"…\"` on the field",
        ),
        TableChange::AlterColumn { before, after } if becomes_generated(before, after) => hazard(
            "DATA002",
            &after.name,
            "the column becomes a generated one, and every value in it is lost".to_owned(),
            "add a generated column of another name, and compare the two first",
        ),
        TableChange::AlterColumn { before, after }
            if let Some(lost) = lost_labels(before.column_type.native_text(), after.column_type.native_text()) =>
        {
            hazard("DATA004", &after.name, loses_labels(&lost), "give those rows another label first")
        }
        TableChange::AlterColumn { before, after } if narrows(before, after) => hazard(
            "DATA003",
            &after.name,
            format!(
                "the type changes from {} to {}, which may not hold every value",
                before.column_type.native_text(),
                after.column_type.native_text()
            ),
            "add a column of the new type, fill it, then drop the old one",
        ),
        TableChange::AlterColumn { before, after } if before.nullable && !after.nullable => hazard(
            "FAIL001",
            &after.name,
            "the column becomes NOT NULL: a row that has a null makes the change fail".to_owned(),
            "fill the nulls first",
        ),
        TableChange::AddColumn(column) if needs_value(column) => hazard(
            "FAIL002",
            &column.name,
            "a NOT NULL column without a default is added: the rows that are there have no value for it".to_owned(),
            "give it a `default_value` or a `default_expr`, or make the field an `Option`",
        ),
        TableChange::AddPrimaryKey(key)
            if !key.columns.iter().all(|column| new(column)) && !is_told_apart(alteration, &key.columns) =>
        {
            hazard("FAIL003", &key.columns.join(","), twice(), "find and mend the double rows first")
        }
        TableChange::AddUnique(unique)
            if !unique.columns.iter().all(|column| new(column)) && !is_told_apart(alteration, &unique.columns) =>
        {
            hazard("FAIL003", &unique.columns.join(","), twice(), "find and mend the double rows first")
        }
        TableChange::AddIndex(index) if index.unique => {
            hazard("FAIL003", index.name.as_deref().unwrap_or_default(), twice(), "find and mend the double rows first")
        }
        TableChange::AddExclusion(exclusion) => {
            let name = exclusion.name.as_deref().unwrap_or_default();
            hazard("FAIL003", name, twice(), "find and mend the rows that exclude each other first")
        }
        TableChange::AddForeignKey(key)
            if !key.columns.iter().all(|column| new(column)) && !replaces_key(alteration, key) =>
        {
            hazard(
                "FAIL004",
                &key.columns.join(","),
                format!(
                    "a foreign key to `{}` is added: a row that refers to nothing makes the change fail",
                    key.references
                ),
                "find and mend those rows first",
            )
        }
        TableChange::AddCheck(check)
            if let Some(lost) =
                dropped_checks(alteration).find_map(|dropped| lost_labels(dropped, &check.expression)) =>
        {
            hazard("DATA004", "", loses_labels(&lost), "give those rows another label first")
        }
        TableChange::AddCheck(check)
            if !dropped_checks(alteration).any(|dropped| gains_labels(dropped, &check.expression))
                && !is_met_by_default(alteration, &check.expression) =>
        {
            hazard(
                "FAIL005",
                "",
                format!("a check is added: a row that does not meet `{}` makes the change fail", check.expression),
                "find and mend those rows first",
            )
        }
        _ => None,
    }
}

/// Whether a key that goes has none but these columns: rows that differed in it differ in these.
fn is_told_apart(alteration: &TableAlteration, columns: &[Str]) -> bool {
    alteration.changes.iter().any(|change| match change {
        TableChange::DropPrimaryKey(key) => key.columns.iter().all(|column| columns.contains(column)),
        TableChange::DropUnique(unique) => unique.columns.iter().all(|column| columns.contains(column)),
        _ => false,
    })
}

fn twice() -> String {
    "a key is added: two rows with the same values make the change fail".to_owned()
}

fn needs_value(column: &Column) -> bool {
    !column.nullable && column.default.is_none() && column.generated.is_none() && !column.auto_increment
}

fn becomes_generated(before: &Column, after: &Column) -> bool {
    before.generated.is_none() && after.generated.is_some()
}

/// Whether the new type may not hold every value of the old one. What is not known to widen narrows.
fn narrows(before: &Column, after: &Column) -> bool {
    let (old, new) = (before.column_type.native_text(), after.column_type.native_text());
    if old == new || before.generated.is_some() {
        return false;
    }
    if labels(old).is_some() || labels(new).is_some() {
        return !gains_labels(old, new);
    }
    if lost_labels(old, new).is_some() {
        return true;
    }
    let ((old, old_bounds), (new, new_bounds)) = (split_type(old), split_type(new));
    if old == new {
        return !bounds_widen(&old_bounds, &new_bounds);
    }
    let rank = |family: &[&[&str]], name: &str| family.iter().position(|names| names.contains(&name));
    let widens = WIDENING.iter().any(|family| {
        matches!((rank(family, &old), rank(family, &new)), (Some(from), Some(to)) if from <= to)
            && new_bounds.is_empty()
    });
    !widens
}

/// Whether the foreign key stands for one that is dropped and refers to the same: every row meets it.
fn replaces_key(alteration: &TableAlteration, key: &ForeignKey) -> bool {
    alteration.changes.iter().any(|change| match change {
        TableChange::DropForeignKey(dropped) => {
            dropped.columns == key.columns
                && dropped.references == key.references
                && dropped.referenced_columns == key.referenced_columns
                && dropped.match_type == key.match_type
        }
        _ => false,
    })
}

/// The conditions of the checks that go. One that an added check stands for is among them where an enum is kept as text.
fn dropped_checks(alteration: &TableAlteration) -> impl Iterator<Item = &str> {
    alteration.changes.iter().filter_map(|change| match change {
        TableChange::DropCheck(dropped) => Some(dropped.expression.as_ref()),
        _ => None,
    })
}

/// Whether the check is a list of labels for a new column, and what the rows get there is among them.
fn is_met_by_default(alteration: &TableAlteration, expression: &str) -> bool {
    let Some((head, labels)) = labels(expression) else { return false };
    let is_its = |column: &Column| {
        let column_name = column.name.replace('"', "\"\"");
        head == format!("\"{column_name}\" IN")
    };
    alteration.changes.iter().any(|change| match change {
        TableChange::AddColumn(column) if is_its(column) => match &column.default {
            None => column.nullable,
            Some(DefaultValue::Expression(sql)) => {
                labels.iter().any(|label| *sql == format!("'{}'", label.replace('\'', "''")))
            }
            Some(DefaultValue::Value(Literal::Text(text))) => labels.iter().any(|label| label == text),
            Some(DefaultValue::Value(_)) => false,
        },
        _ => false,
    })
}

/// The labels of a list that another one of the same kind lacks; `None` where nothing is lost or they are no such lists.
fn lost_labels(old: &str, new: &str) -> Option<Vec<String>> {
    let ((old_head, old), (new_head, new)) = (labels(old)?, labels(new)?);
    let lost: Vec<String> = old.into_iter().filter(|label| !new.contains(label)).collect();
    (old_head == new_head && !lost.is_empty()).then_some(lost)
}

fn loses_labels(lost: &[String]) -> String {
    format!("label `{}` goes: rows that have it make the change fail", lost.join("`, `"))
}

/// Whether both are one list of labels, `enum('a','b')` or `"c" IN ('a', 'b')`, and the new one has all of the old.
fn gains_labels(old: &str, new: &str) -> bool {
    match (labels(old), labels(new)) {
        (Some((old_head, old)), Some((new_head, new))) => {
            old_head == new_head && old.iter().all(|label| new.contains(label))
        }
        _ => false,
    }
}

/// What stands before the list, and the quoted labels in it. `None` where there is anything else in the list.
fn labels(text: &str) -> Option<(&str, Vec<String>)> {
    let (head, list) = text.split_once('(')?;
    let mut rest = list.strip_suffix(')')?.trim();
    let mut labels = Vec::new();
    while let Some(body) = rest.strip_prefix('\'') {
        let mut label = String::new();
        let mut characters = body.char_indices().peekable();
        let end = loop {
            match characters.next()? {
                (_, '\'') if characters.peek().is_some_and(|(_, next)| *next == '\'') => {
                    characters.next();
                    label.push('\'');
                }
                (at, '\'') => break at,
                (_, character) => label.push(character),
            }
        };
        labels.push(label);
        rest = body[end + 1..].trim_start();
        rest = rest.strip_prefix(',').map_or(rest, str::trim_start);
    }
    (rest.is_empty() && !labels.is_empty()).then_some((head.trim(), labels))
}

/// Types of one family, each wide enough for those before it.
const WIDENING: [&[&[&str]]; 3] = [
    &[&["tinyint"], &["smallint"], &["mediumint"], &["int", "integer"], &["bigint"]],
    &[&["float", "real"], &["double", "double precision"]],
    &[&["character varying", "varchar", "char", "character"], &["text", "longtext"]],
];

fn split_type(text: &str) -> (String, Vec<u32>) {
    let text = text.to_ascii_lowercase();
    match text.split_once('(') {
        Some((name, rest)) => {
            let bounds = rest.trim_end_matches(')').split(',').filter_map(|bound| bound.trim().parse().ok()).collect();
            (name.trim().to_owned(), bounds)
        }
        None => (text, Vec::new()),
    }
}

/// `(10)` to `(20)`, `(10)` to none, `(12, 4)` to `(14, 4)`: digits before the point must not get fewer either.
fn bounds_widen(old: &[u32], new: &[u32]) -> bool {
    match (old, new) {
        (_, []) => true,
        ([old], [new]) => new >= old,
        ([precision, scale], [new_precision, new_scale]) => {
            new_scale >= scale && new_precision.saturating_sub(*new_scale) >= precision.saturating_sub(*scale)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cqrs_core::schema::ColumnType;

    #[test]
    fn known_widenings_are_no_hazard_and_everything_else_is() {
        for (old, new, hazard) in [
            ("character varying(40)", "character varying(64)", false),
            ("character varying(64)", "character varying(40)", true),
            ("character varying(64)", "text", false),
            ("text", "character varying(64)", true),
            ("integer", "bigint", false),
            ("bigint", "integer", true),
            ("numeric(12,4)", "numeric(14,4)", false),
            ("numeric(12,4)", "numeric(12,6)", true),
            ("decimal(10,2)", "decimal(12,4)", false),
            ("text", "integer", true),
            ("enum('a')", "enum('a','it''s')", false),
            ("enum('a','b')", "enum('b')", true),
        ] {
            let column = |text: &'static str| Column::new("c", ColumnType::native(text));
            assert_eq!(narrows(&column(old), &column(new)), hazard, "{old} to {new}");
        }
    }
}
