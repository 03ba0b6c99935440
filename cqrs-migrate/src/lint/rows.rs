//! `DATA…` and `FAIL…`: what changes may do to the rows that are there.

use cqrs_core::schema::{Column, DefaultValue, ForeignKey, Literal, ObjectId, ObjectKind, SqlObject, Str};

use super::Hazard;
use super::types::{gains_labels, is_lossy, labels, lost_labels, narrows};
use crate::change::{Change, Part, TableAlteration, TableChange, former_name};
use crate::dialect::Dialect;

pub(super) fn hazards(change: &Change, changes: &[Change], dialect: Dialect) -> Vec<Hazard> {
    if let Some(sequence) = lost_sequence(change, dialect) {
        return vec![Hazard::new(
            "DATA006",
            &sequence.name,
            "the sequence is dropped, and the number that it has come to is lost",
            "if it only has another name now, write `renamed_from = \"…\"` in its `sql_object!`, or answer `--rename OLD=NEW`",
        )];
    }
    match change {
        Change::DropTable(table) => vec![
            Hazard::new(
                "DATA001",
                former_name(&table.object_name(), changes),
                "the table is dropped, and every row in it is lost",
                "if it only has another name now, write `renamed_from = \"…\"` on the model",
            )
            .of_rows_in([table.object_name()]),
        ],
        Change::DropObject(object) | Change::AlterObject { before: object, .. }
            if object.id.kind == ObjectKind::VirtualTable =>
        {
            vec![Hazard::new(
                "DATA001",
                &object.id.name,
                "the virtual table is dropped, and every row that it keeps is lost",
                "copy its rows to a table first, or let it read them from one: `content='…'` of FTS5",
            )]
        }
        Change::AlterObject { before, after } if before.id.kind == ObjectKind::CompositeType => {
            let attributes = |object: &SqlObject| -> Vec<String> {
                object
                    .definition
                    .lines()
                    .skip(1)
                    .map(|line| line.trim().trim_end_matches([',', ')']).to_owned())
                    .collect()
            };
            let left = attributes(after);
            let gone: Vec<String> =
                attributes(before).into_iter().filter(|attribute| !left.contains(attribute)).collect();
            let hazard = || {
                let what =
                    format!("{} of the type is dropped, and lost in every column that is of it", gone.join(", "));
                Hazard::new("DATA002", &before.id.name, what, "copy the values to columns of their own first")
            };
            if gone.is_empty() { vec![] } else { vec![hazard()] }
        }
        Change::AlterTable(alteration) => {
            let table = alteration.after.object_name();
            let found = alteration.changes.iter().flat_map(|change| {
                let own = [table_hazard, becomes_required, is_computed].map(|hazard| hazard(alteration, change));
                own.into_iter().flatten().chain(becomes_numbered(alteration, change, dialect))
            });
            found.map(|hazard| hazard.of_rows_in([table.clone()])).collect()
        }
        Change::AlterEnum { before, after } => {
            let lost: Vec<Str> = before.values.iter().filter(|value| !after.values.contains(value)).cloned().collect();
            let hazard = || Hazard::new("DATA004", &after.name, loses_labels(&lost), LABEL_GOES);
            if lost.is_empty() { vec![] } else { vec![hazard()] }
        }
        _ => vec![],
    }
}

/// A sequence that is dropped, perhaps to be made again.
pub(super) fn lost_sequence(change: &Change, dialect: Dialect) -> Option<&ObjectId> {
    match change {
        Change::DropObject(object) if object.id.kind == ObjectKind::Sequence => Some(&object.id),
        Change::AlterObject { before, after }
            if before.id.kind == ObjectKind::Sequence && dialect.rules().alter_object(before, after).is_none() =>
        {
            Some(&before.id)
        }
        _ => None,
    }
}

/// Whether a change of a table cannot be undone without loss.
pub(crate) fn loses_data(change: &TableChange) -> bool {
    match change {
        TableChange::DropColumn(column) => column.generated.is_none(),
        TableChange::AlterColumn { before, after } => narrows(before, after) || becomes_generated(before, after),
        _ => false,
    }
}

/// MariaDB and MySQL take a 0 in such a column for a number that is not given yet.
/// <https://mariadb.com/kb/en/auto_increment/>
fn becomes_numbered(alteration: &TableAlteration, change: &TableChange, dialect: Dialect) -> Option<Hazard> {
    let TableChange::AlterColumn { before, after } = change else { return None };
    let is_meant = dialect == Dialect::MySql && after.auto_increment && !before.auto_increment;
    let column = format!("{}.{}", alteration.after.object_name(), after.name);
    let what = "the column becomes AUTO_INCREMENT: a row that has 0 in it gets the next number instead";
    is_meant.then(|| Hazard::new("DATA005", column, what, "give that row a number first, where it is one"))
}

fn table_hazard(alteration: &TableAlteration, change: &TableChange) -> Option<Hazard> {
    let table = alteration.after.object_name();
    // A column that is new and has no default is null in every row: no two rows share a value, and none refers.
    let new = |column: &str| {
        alteration.changes.iter().any(|change| {
            matches!(change, TableChange::AddColumn(added)
                if added.name == column && added.default.is_none() && added.generated.is_none() && added.backfill.is_none())
        })
    };
    let hazard = |code, part: &str, message: String, help| {
        let object = if part.is_empty() { table.to_string() } else { format!("{table}.{part}") };
        Some(Hazard::new(code, object, message, help))
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
            hazard("DATA004", &after.name, loses_labels(&lost), LABEL_GOES)
        }
        TableChange::AlterColumn { before, after } if is_lossy(before, after) => hazard(
            "DATA005",
            &after.name,
            format!(
                "the type changes from {} to {}: values are rounded or cut, and what that takes away is lost",
                before.column_type.native_text(),
                after.column_type.native_text()
            ),
            "add a column of the new type, fill it, compare the two, then drop the old one",
        ),
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
        TableChange::AddColumn(column) if needs_value(column) => hazard(
            "FAIL002",
            &column.name,
            "a NOT NULL column without a default is added: the rows that are there have no value for it".to_owned(),
            "give it a `default_value`, a `default_expr` or a `backfill`, or make the field an `Option`",
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
        // What is validated is a constraint to the rows that are there for the first time.
        TableChange::AlterPart { before, after: after @ (Part::ForeignKey(_) | Part::Check(_)) }
            if after.options().len() < before.options().len() =>
        {
            table_hazard(alteration, &after.clone().add())
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
        TableChange::SetInheritance
            if alteration.after.partition_bound.is_some()
                && alteration.after.partition_bound != alteration.before.partition_bound =>
        {
            let begins = alteration.before.partition_bound.is_none();
            let what =
                if begins { "it becomes a partition, with bounds" } else { "its bounds as a partition are others" };
            let message = format!("{what}: a row outside of them makes the change fail");
            hazard("FAIL005", "", message, "find those rows first, and mend or move them")
        }
        TableChange::SetOptions { before, after }
            if let Some(parts) = after.iter().find(|option| divides_by_value(option) && !before.contains(option)) =>
        {
            let message = format!("`{parts}`: a row that no partition takes makes the change fail");
            hazard("FAIL005", "", message, "find those rows first, and mend or move them")
        }
        TableChange::AddCheck(check)
            if let Some(lost) =
                dropped_checks(alteration).find_map(|dropped| lost_labels(dropped, &check.expression)) =>
        {
            hazard("DATA004", "", loses_labels(&lost), LABEL_GOES)
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

/// Whether an option divides a table into partitions by ranges or lists of values, which may leave some out.
/// <https://mariadb.com/kb/en/partitioning-types-overview/>
fn divides_by_value(option: &str) -> bool {
    ["PARTITION BY RANGE", "PARTITION BY LIST"].iter().any(|beginning| option.starts_with(beginning))
}

fn becomes_required(alteration: &TableAlteration, change: &TableChange) -> Option<Hazard> {
    match change {
        TableChange::AlterColumn { before, after }
            if before.nullable && !after.nullable && after.backfill.is_none() =>
        {
            Some(Hazard::new(
                "FAIL001",
                format!("{}.{}", alteration.after.object_name(), after.name),
                "the column becomes NOT NULL: a row that has a null makes the change fail",
                "say with `backfill = \"…\"` what fills the nulls",
            ))
        }
        _ => None,
    }
}

/// The expression of a stored column is computed for each row when it, its type or how it is kept changes. Of a virtual
/// one only reading it fails. <https://mariadb.com/kb/en/generated-columns/>
fn is_computed(alteration: &TableAlteration, change: &TableChange) -> Option<Hazard> {
    match change {
        TableChange::AlterColumn { before, after }
            if after.generated.as_ref().is_some_and(|generated| generated.stored)
                && (before.generated != after.generated || before.column_type != after.column_type) =>
        {
            Some(Hazard::new(
                "FAIL006",
                format!("{}.{}", alteration.after.object_name(), after.name),
                "the generated column is computed for every row and stored: a row for which its expression has no value, \
                 or one that does not fit, makes the change fail",
                "select the expression from the table first, and mend the rows for which that fails",
            ))
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
    !column.nullable
        && column.default.is_none()
        && column.backfill.is_none()
        && column.generated.is_none()
        && !column.auto_increment
}

fn becomes_generated(before: &Column, after: &Column) -> bool {
    before.generated.is_none() && after.generated.is_some()
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
        TableChange::AddColumn(column) if is_its(column) => match (&column.backfill, &column.default) {
            (None, None) => column.nullable,
            (Some(sql), _) | (None, Some(DefaultValue::Expression(sql))) => {
                labels.iter().any(|label| *sql == format!("'{}'", label.replace('\'', "''")))
            }
            (None, Some(DefaultValue::Value(Literal::Text(text)))) => labels.iter().any(|label| label == text),
            (None, Some(DefaultValue::Value(_))) => false,
        },
        _ => false,
    })
}

const LABEL_GOES: &str = "if it only has another name now, write `#[sql_enum(renamed_from = \"…\")]` on the variant; else give those rows another label first";

fn loses_labels(lost: &[Str]) -> String {
    format!("label `{}` goes: rows that have it make the change fail", lost.join("`, `"))
}
