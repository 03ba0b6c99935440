//! From one column type to another.

use cqrs_core::schema::Column;

use super::sql::{is_builtin_type, quote, serial_base, visible_or_sql};

pub(super) fn base_type(column: &Column) -> &str {
    let text = column.column_type.native_text();
    serial_base(text).unwrap_or(text)
}

pub(super) fn change_type(before: &Column, after: &Column) -> String {
    let (from, to) = (base_type(before), base_type(after));
    let collation =
        after.collation.as_ref().map_or_else(String::new, |name| format!(" COLLATE {}", visible_or_sql(name)));
    if from == to || is_assigned(from, to) {
        return format!("TYPE {to}{collation}");
    }
    format!("TYPE {to}{collation} USING {}::{}", quote(&after.name), conversion(from, to))
}

/// Whether the server converts by itself what is assigned, so that no `USING` has to say how. Two types of one family do.
/// <https://www.postgresql.org/docs/current/sql-altertable.html>
fn is_assigned(from: &str, to: &str) -> bool {
    const FAMILIES: [&[&str]; 3] = [
        &["smallint", "integer", "bigint", "numeric", "real", "double precision"],
        &["character varying", "character", "text"],
        &["date", "timestamp without time zone", "timestamp with time zone"],
    ];
    let (from, to) = (without_bounds(from), without_bounds(to));
    FAMILIES.iter().any(|family| family.contains(&from) && family.contains(&to))
}

/// `numeric(10,2)` without `(10,2)`; anything with more behind it as it stands.
fn without_bounds(text: &str) -> &str {
    match text.split_once('(') {
        Some((base, rest)) if rest.find(')') == Some(rest.len() - 1) => base,
        _ => text,
    }
}

/// The casts from one type to another. Where there is none, by way of text: a value that does not read as one of the new
/// type fails the change.
///
/// A cast to a bounded text type cuts what is too long, so the bound is left out of it: assigning the result checks it.
/// <https://www.postgresql.org/docs/current/datatype-character.html>
fn conversion(from: &str, to: &str) -> String {
    if !has_cast(from, to) {
        let brackets = if from.ends_with("[]") && to.ends_with("[]") { "[]" } else { "" };
        return format!("text{brackets}::{to}");
    }
    match to.split_once('(').and_then(|(base, rest)| Some((base, rest.split_once(')')?.1))) {
        Some(("character" | "char" | "bpchar", rest)) => format!("bpchar{rest}"),
        Some((base @ ("character varying" | "varchar" | "bit varying" | "varbit"), rest)) => format!("{base}{rest}"),
        _ => to.to_owned(),
    }
}

/// Whether the server has a cast, as far as that is known: of types that are not listed here it is taken to have one, and
/// refuses where it has not. From and to text there always is one.
/// <https://www.postgresql.org/docs/current/catalog-pg-cast.html>
fn has_cast(from: &str, to: &str) -> bool {
    const FAMILIES: [&[&str]; 5] = [
        &["smallint", "integer", "bigint", "numeric", "real", "double precision"],
        &["timestamp without time zone", "timestamp with time zone", "date"],
        &["json", "jsonb"],
        &["uuid"],
        &["boolean"],
    ];
    let is_own = |name: &str| {
        let name = name.trim_end_matches("[]");
        !is_builtin_type(name.split(['(', ' ']).next().unwrap_or(name))
    };
    let family = |name: &str| FAMILIES.iter().position(|family| family.contains(&without_bounds(name)));
    match (family(from), family(to)) {
        (Some(one), Some(other)) => {
            one == other || matches!((from, to), ("integer", "boolean") | ("boolean", "integer"))
        }
        (None, None) => !(is_own(from) && is_own(to)),
        (Some(_), None) => !is_own(to),
        (None, Some(_)) => !is_own(from),
    }
}
