//! What can be said of a change from one type to another without asking the database.

use cqrs_core::schema::{Column, Str};

use crate::rename::strings;

/// Whether the new type may not hold every value of the old one. What is not known to widen narrows.
pub(super) fn narrows(before: &Column, after: &Column) -> bool {
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
    let ((old, old_bounds), (new, new_bounds)) = (measured(old), measured(new));
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

/// The labels of a list that another one of the same kind lacks; `None` where nothing is lost or they are no such lists.
pub(super) fn lost_labels(old: &str, new: &str) -> Option<Vec<Str>> {
    let ((old_head, old), (new_head, new)) = (labels(old)?, labels(new)?);
    let lost: Vec<Str> = old.into_iter().filter(|label| !new.contains(label)).collect();
    (old_head == new_head && !lost.is_empty()).then_some(lost)
}

/// Whether both are one list of labels, `enum('a','b')` or `"c" IN ('a', 'b')`, and the new one has all of the old.
pub(super) fn gains_labels(old: &str, new: &str) -> bool {
    match (labels(old), labels(new)) {
        (Some((old_head, old)), Some((new_head, new))) => {
            old_head == new_head && old.iter().all(|label| new.contains(label))
        }
        _ => false,
    }
}

/// What stands before the list, and the quoted labels in it. `None` where there is anything else in the list.
pub(super) fn labels(text: &str) -> Option<(&str, Vec<Str>)> {
    let (between, labels) = strings(text);
    let (first, rest) = between.split_first()?;
    let (last, commas) = rest.split_last()?;
    let is_list = commas.iter().all(|comma| comma.trim() == ",") && last.trim() == ")";
    Some((first.strip_suffix('(').filter(|_| is_list)?.trim(), labels))
}

/// Types of one family, each wide enough for those before it.
const WIDENING: [&[&[&str]]; 4] = [
    &[&["tinyint"], &["smallint"], &["mediumint"], &["int", "integer"], &["bigint"], &["numeric"]],
    &[&["tinyint"], &["smallint"], &["mediumint"], &["int", "integer"], &["double", "double precision"]],
    &[&["float", "real"], &["double", "double precision"]],
    &[&["character varying", "varchar", "char", "character"], &["text", "longtext"]],
];

/// In small letters, and a serial as the integer that it is.
/// <https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL>
fn stored(text: &str) -> String {
    let text = text.to_ascii_lowercase();
    match text.as_str() {
        "smallserial" => "smallint".to_owned(),
        "serial" => "integer".to_owned(),
        "bigserial" => "bigint".to_owned(),
        _ => text,
    }
}

/// `numeric(12,4)`: the name and the bounds. What stands behind the bounds is part of the name.
fn split_type(text: &str) -> (String, Vec<u32>) {
    let text = stored(text);
    let split = text.split_once('(').and_then(|(name, rest)| Some((name, rest.split_once(')')?)));
    let Some((name, (bounds, rest))) = split else { return (text, Vec::new()) };
    let name = format!("{}{}", name.trim_end(), rest.trim_end());
    let bounds: Option<Vec<u32>> = bounds.split(',').map(|bound| bound.trim().parse().ok()).collect();
    match bounds {
        Some(bounds) => (name, bounds),
        None => (text, Vec::new()),
    }
}

/// The bounds that a type has which names none. <https://dev.mysql.com/doc/refman/8.0/en/fractional-seconds.html>,
/// <https://www.postgresql.org/docs/current/datatype-character.html>
fn with_default_bounds(name: &str, bounds: Vec<u32>) -> Vec<u32> {
    match name {
        "datetime" | "time" | "timestamp" if bounds.is_empty() => vec![0],
        "bit" | "char" | "character" if bounds.is_empty() => vec![1],
        _ => bounds,
    }
}

/// The type's name and bounds as they count.
fn measured(text: &str) -> (String, Vec<u32>) {
    let (name, bounds) = split_type(text);
    let bounds = with_default_bounds(&name, bounds);
    (name, bounds)
}

/// What the driver of a running service sees of a type: its name without bounds or labels, and one name for all text.
pub(super) fn driver_type(text: &str) -> String {
    const TEXT: [&str; 8] =
        ["character varying", "varchar", "character", "char", "text", "tinytext", "mediumtext", "longtext"];
    let text = stored(text);
    let (name, rest) = text.split_once('(').unwrap_or((&text, ""));
    let name = format!("{}{}", name.trim_end(), rest.rsplit_once(')').map_or("", |(_, rest)| rest));
    if TEXT.contains(&name.as_str()) { "text".to_owned() } else { name }
}

const INTEGERS: [&str; 6] = ["tinyint", "smallint", "mediumint", "int", "integer", "bigint"];
const DECIMALS: [&str; 2] = ["numeric", "decimal"];
const SINGLE: [&str; 2] = ["real", "float"];
const DOUBLE: [&str; 2] = ["double", "double precision"];

/// Whether the databases convert to the new type what does not fit it, by rounding or cutting, where they would refuse
/// other values. <https://www.postgresql.org/docs/current/datatype-numeric.html>,
/// <https://dev.mysql.com/doc/refman/8.0/en/precision-math-rounding.html>
pub(super) fn is_lossy(before: &Column, after: &Column) -> bool {
    let ((old, old_bounds), (new, new_bounds)) =
        (measured(before.column_type.native_text()), measured(after.column_type.native_text()));
    if before.generated.is_some() {
        return false;
    }
    let is = |names: &[&str], name: &str| names.contains(&name);
    let approximate = |name: &str| is(&SINGLE, name) || is(&DOUBLE, name);
    let of_time = |name: &str| name == "datetime" || name.starts_with("time");
    if old == new {
        return match (&*old_bounds, &*new_bounds) {
            ([_, scale], [_, new_scale]) if is(&DECIMALS, &new) => new_scale < scale,
            ([], [_, _]) if is(&DECIMALS, &new) => true,
            (old_digits, [digits]) if of_time(&new) => old_digits.first().is_none_or(|old_digits| digits < old_digits),
            _ => false,
        };
    }
    if is(&INTEGERS, &new) {
        return is(&DECIMALS, &old) || approximate(&old);
    }
    if is(&DECIMALS, &new) {
        return approximate(&old);
    }
    if approximate(&new) {
        let exact = is(&SINGLE, &old) || (is(&DOUBLE, &new) && is(&INTEGERS, &old) && old != "bigint");
        return !exact && (is(&DECIMALS, &old) || is(&INTEGERS, &old) || is(&DOUBLE, &old));
    }
    let (date, time) = (|name: &str| name == "date", |name: &str| name == "time" || name.starts_with("time "));
    of_time(&old) && !time(&old) && (date(&new) || of_time(&new))
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

    fn column(text: &'static str) -> Column {
        Column::new("c", ColumnType::native(text))
    }

    #[test]
    fn known_widenings_are_no_hazard_and_everything_else_is() {
        for (old, new, hazard) in [
            ("character varying(40)", "character varying(64)", false),
            ("character varying(64)", "character varying(40)", true),
            ("character varying(64)", "text", false),
            ("text", "character varying(64)", true),
            ("character(4)", "character", true),
            ("integer", "bigint", false),
            ("bigint", "integer", true),
            ("int(10)", "int(10) unsigned", true),
            ("numeric(12,4)", "numeric(14,4)", false),
            ("numeric(12,4)", "numeric(12,6)", true),
            ("numeric(12,4)", "numeric", false),
            ("decimal(10,2)", "decimal(12,4)", false),
            ("datetime(3)", "datetime(6)", false),
            ("datetime(3)", "datetime", true),
            ("timestamp(3) without time zone", "timestamp without time zone", false),
            ("timestamp(3) without time zone", "timestamp(3) with time zone", true),
            ("text", "integer", true),
            ("enum('a')", "enum('a','it''s')", false),
            ("enum('a','b')", "enum('b')", true),
        ] {
            assert_eq!(narrows(&column(old), &column(new)), hazard, "{old} to {new}");
        }
    }

    #[test]
    fn what_is_rounded_or_cut_is_told_from_what_is_refused() {
        for (old, new, lossy) in [
            ("numeric(12,4)", "numeric(12,2)", true),
            ("numeric", "numeric(12,2)", true),
            ("numeric(12,2)", "numeric(10,2)", false),
            ("double precision", "integer", true),
            ("double precision", "numeric(12,2)", true),
            ("numeric(12,4)", "bigint", true),
            ("bigint", "integer", false),
            ("bigint", "double precision", true),
            ("integer", "double precision", false),
            ("integer", "real", true),
            ("double", "float", true),
            ("float", "double", false),
            ("timestamp with time zone", "date", true),
            ("timestamp without time zone", "time without time zone", true),
            ("datetime(6)", "datetime", true),
            ("datetime", "datetime(6)", false),
            ("timestamp without time zone", "timestamp(3) without time zone", true),
            ("time without time zone", "text", false),
            ("date", "datetime", false),
            ("text", "integer", false),
        ] {
            assert_eq!(is_lossy(&column(old), &column(new)), lossy, "{old} to {new}");
            assert!(!lossy || narrows(&column(old), &column(new)), "{old} to {new} is lossy and no narrowing");
        }
    }
}
