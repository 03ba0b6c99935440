//! From one column type to another.

use cqrs_core::schema::{Column, Table};

use super::parts::default_sql;
use super::sql::{Token, is_builtin_type, mentions, quote, serial_base, tokens, visible_or_sql};
use crate::dialect::Held;

pub(super) fn base_type(column: &Column) -> &str {
    let text = column.column_type.native_text();
    serial_base(text).unwrap_or(text)
}

pub(super) fn change_type(before: &Column, after: &Column) -> String {
    let (from, to) = (base_type(before), base_type(after));
    let collation =
        after.collation.as_ref().map_or_else(String::new, |name| format!(" COLLATE {}", visible_or_sql(name)));
    if !needs_using(before, after) {
        return format!("TYPE {to}{collation}");
    }
    format!("TYPE {to}{collation} USING {}::{}", quote(&after.name), conversion(from, to))
}

/// Whether another type of a column needs to be told how the values become what they shall be.
pub(super) fn needs_using(before: &Column, after: &Column) -> bool {
    let (from, to) = (base_type(before), base_type(after));
    from != to && !is_assigned(from, to)
}

/// For how long a table is locked while a column of it gets another type. Where the old values are values of the new type as
/// they stand, no row is written; the checks of the column are tested again all the same.
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES>
pub(super) fn held_retyping(before: &Column, after: &Column, table: &Table) -> Held {
    if before.collation != after.collation || !holds_as_stored(base_type(before), base_type(after)) {
        Held::Rewrite
    } else if table.checks.iter().any(|check| mentions(&check.expression, &after.name)) {
        Held::Scan
    } else {
        Held::Briefly
    }
}

/// Whether every stored value of one type is one of the other, so that the server leaves the rows alone.
fn holds_as_stored(from: &str, to: &str) -> bool {
    let (from, to) = (Bounded::of(from), Bounded::of(to));
    if from.tail != to.tail {
        return false;
    }
    match (from.base, to.base) {
        ("character varying" | "text", "character varying" | "text") | ("bit varying", "bit varying") => {
            to.holds_length_of(&from)
        }
        ("cidr", "inet") | ("xml", "text" | "character varying") => to.bounds.is_empty(),
        ("numeric", "numeric") => match (from.bounds.as_slice(), to.bounds.as_slice()) {
            (_, []) => true,
            ([precision, scale @ ..], [wider, kept @ ..]) => wider >= precision && kept == scale,
            _ => false,
        },
        (one, other) if one == other && (one.starts_with("time") || one == "interval") => to.holds_length_of(&from),
        (one, other) => one == other && from.bounds == to.bounds,
    }
}

/// A type, the numbers in its parentheses, and what stands behind them (` with time zone`).
struct Bounded<'a> {
    base: &'a str,
    bounds: Vec<i32>,
    tail: &'a str,
}

impl<'a> Bounded<'a> {
    /// Of a type that is not read so the text is the base.
    fn of(text: &'a str) -> Self {
        let bounded = text.split_once('(').and_then(|(base, rest)| {
            let (bounds, tail) = rest.split_once(')')?;
            let bounds: Result<Vec<i32>, _> = bounds.split(',').map(|bound| bound.trim().parse()).collect();
            let is_read = tail.is_empty() || tail.ends_with(" time zone");
            Some(Self { base, bounds: bounds.ok().filter(|_| is_read)?, tail })
        });
        bounded.unwrap_or(Self { base: text, bounds: Vec::new(), tail: "" })
    }

    /// No bound holds every length.
    fn holds_length_of(&self, other: &Self) -> bool {
        match (self.bounds.first(), other.bounds.first()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(longest), Some(length)) => longest >= length,
        }
    }
}

/// For how long a table is locked while a column is added to it. A default that is computed once is kept in the catalog;
/// one that is another for each row, a sequence and a stored expression are written into every row. What must not be null and
/// has no default is refused at the first row.
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES>
pub(super) fn held_adding(column: &Column) -> Held {
    let is_numbered = column.auto_increment || serial_base(column.column_type.native_text()).is_some();
    let is_computed = column.generated.as_ref().is_some_and(|generated| generated.stored);
    if is_numbered || is_computed || default_varies(column) { Held::Rewrite } else { Held::Briefly }
}

/// Whether the column's default may be another for each row.
pub(super) fn default_varies(column: &Column) -> bool {
    column.default.as_ref().is_some_and(|default| may_be_volatile(&default_sql(default)))
}

/// Whether an expression may have another value for each row. Of a function that is not listed here it is taken so.
fn may_be_volatile(expression: &str) -> bool {
    const ONCE_A_STATEMENT: &str = "now transaction_timestamp statement_timestamp current_timestamp current_time \
        current_setting localtimestamp localtime timezone date_trunc date_part extract to_char to_timestamp to_date make_date \
        make_interval make_timestamp lower upper length concat coalesce nullif greatest least round floor ceil abs md5 \
        array row json_build_object json_build_array jsonb_build_object jsonb_build_array to_json to_jsonb int4range \
        int8range numrange tsrange tstzrange daterange point box varchar char character bpchar varying numeric decimal bit \
        timestamp timestamptz time timetz interval cast and or not in any";
    let tokens = tokens(expression);
    tokens.windows(2).any(|pair| match (&pair[0].0, &pair[1].0) {
        (Token::Word(word), Token::Open) => {
            !ONCE_A_STATEMENT.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
        }
        (Token::Quoted(_), Token::Open) => true,
        _ => false,
    })
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

/// Whether the server has a cast between two types that are none of its own text types: from and to these there always is
/// one. Of a type that it does not bring itself it is taken to have none.
/// <https://www.postgresql.org/docs/current/catalog-pg-cast.html>
fn has_cast(from: &str, to: &str) -> bool {
    const TEXTS: [&str; 4] = ["text", "character varying", "character", "name"];
    /// Each has a cast to every other one.
    const FAMILIES: [&[&str]; 6] = [
        &["smallint", "integer", "bigint", "numeric", "real", "double precision"],
        &["timestamp without time zone", "timestamp with time zone", "date"],
        &["json", "jsonb"],
        &["bit", "bit varying"],
        &["inet", "cidr"],
        &["macaddr", "macaddr8"],
    ];
    const PAIRS: [(&str, &str); 15] = [
        ("integer", "boolean"),
        ("boolean", "integer"),
        ("integer", "bit"),
        ("bit", "integer"),
        ("bigint", "bit"),
        ("bit", "bigint"),
        ("integer", "money"),
        ("bigint", "money"),
        ("numeric", "money"),
        ("money", "numeric"),
        ("timestamp without time zone", "time without time zone"),
        ("timestamp with time zone", "time without time zone"),
        ("time without time zone", "time with time zone"),
        ("time with time zone", "time without time zone"),
        ("time without time zone", "interval"),
    ];
    let (from, to) = (unbounded(from), unbounded(to));
    let (one, other) = (from.trim_end_matches("[]"), to.trim_end_matches("[]"));
    let is_own = |name: &str| !is_builtin_type(name.split(' ').next().unwrap_or(name));
    let is_list = |name: &str| name.ends_with("[]");
    if TEXTS.contains(&&*from) || TEXTS.contains(&&*to) {
        return true;
    }
    is_list(&from) == is_list(&to)
        && (TEXTS.contains(&one)
            || TEXTS.contains(&other)
            || one == other && !is_own(one)
            || PAIRS.contains(&(one, other))
            || FAMILIES.iter().any(|family| family.contains(&one) && family.contains(&other)))
}

/// `timestamp(3) without time zone[]` without `(3)`.
fn unbounded(text: &str) -> String {
    match text.split_once('(').and_then(|(base, rest)| Some((base, rest.split_once(')')?.1))) {
        Some((base, rest)) if is_builtin_type(base.split(' ').next().unwrap_or(base)) => format!("{base}{rest}"),
        _ => text.to_owned(),
    }
}
