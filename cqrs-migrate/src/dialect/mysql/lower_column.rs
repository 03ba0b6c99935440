//! One declared column -> types and defaults as the server spells them.

use cqrs_core::schema::{Column, ColumnType, DefaultValue, Generated, IntegerSize, Literal, Str};

use super::text::{
    has_collation, is_beyond_utf8mb3, is_string, literal, normalize_type, part_of, string_value, tokens, type_name,
    without_outer_parentheses,
};
use crate::dialect::{LowerError, Place};

/// As many characters of four bytes as a row of 65,535 bytes has room for.
/// <https://dev.mysql.com/doc/refman/8.0/en/column-count-limit.html>
const LONGEST_VARCHAR: u32 = 16_383;
/// <https://mariadb.com/kb/en/decimal/>; MySQL allows a scale of 30.
const LARGEST_PRECISION: u32 = 65;
const LARGEST_SCALE: u32 = 30;

pub(super) fn lower_column(declared: &Column, at: Place<'_>) -> Result<Column, LowerError> {
    let native = native_type(&declared.column_type, at)?;
    if declared.collation.is_some() && !has_collation(&native) {
        return Err(at.refuse("the collation", format!("values of type `{native}` have none: remove it")));
    }
    if declared.auto_increment && !is_integer(&native) {
        return Err(at.refuse("`auto_increment`", format!("type `{native}` is not an integer: use an integer")));
    }
    if declared.default.is_some() && (declared.auto_increment || declared.generated.is_some()) {
        return Err(at.refuse("the default", "the database computes the column's values: remove the default"));
    }
    let default = match &declared.default {
        None => None,
        Some(default) => lower_default(default, &native).map(DefaultValue::Expression),
    };
    if let Some(DefaultValue::Expression(sql)) = &default
        && is_string(sql)
        && is_beyond_utf8mb3(sql)
    {
        let reason = format!(
            "the catalog shows `?` for a character beyond U+FFFF, such as an emoji, so that it cannot be compared: \
             write `concat({sql},'')` as an expression"
        );
        return Err(at.refuse("the default", reason));
    }
    let generated = declared.generated.as_ref().map(|generated| {
        let expression = part_of(&generated.expression, without_outer_parentheses(&generated.expression));
        Generated { expression, stored: generated.stored }
    });
    Ok(Column {
        name: declared.name.clone(),
        column_type: ColumnType::Native(native),
        // MariaDB has no NOT NULL on generated columns.
        nullable: generated.is_some() || declared.nullable && !declared.auto_increment,
        default,
        generated,
        auto_increment: declared.auto_increment,
        collation: declared.collation.clone(),
        options: declared.options.clone(),
        comment: declared.comment.clone(),
        renamed_from: declared.renamed_from.clone(),
        backfill: declared.backfill.clone(),
        sql_on: declared.sql_on.clone(),
        former_labels: declared.former_labels.clone(),
        access: declared.access,
    })
}

fn is_integer(native: &str) -> bool {
    type_name(native).ends_with("int")
}

/// The type as the catalog of either server prints it, less the display width.
fn native_type(declared: &ColumnType, at: Place<'_>) -> Result<Str, LowerError> {
    Ok(match declared {
        ColumnType::String { length } => {
            let length = length.unwrap_or(255);
            if length > LONGEST_VARCHAR {
                let reason = format!("more than {LONGEST_VARCHAR} characters do not fit into a row: use `text`");
                return Err(at.refuse(format!("the length {length}"), reason));
            }
            format!("varchar({length})").into()
        }
        ColumnType::Text => "longtext".into(),
        ColumnType::TinyInteger => "tinyint".into(),
        ColumnType::SmallInteger => "smallint".into(),
        ColumnType::Integer => "int".into(),
        ColumnType::BigInteger => "bigint".into(),
        ColumnType::Unsigned(IntegerSize::Tiny) => "tinyint unsigned".into(),
        ColumnType::Unsigned(IntegerSize::Small) => "smallint unsigned".into(),
        ColumnType::Unsigned(IntegerSize::Normal) => "int unsigned".into(),
        ColumnType::Unsigned(IntegerSize::Big) => "bigint unsigned".into(),
        ColumnType::Float => "float".into(),
        ColumnType::Double => "double".into(),
        ColumnType::Numeric { precision: None, .. } => {
            let reason = "exact decimals without a bound do not exist: write `precision` and `scale`";
            return Err(at.refuse("a decimal without `precision`", reason));
        }
        ColumnType::Numeric { precision: Some(precision), scale } => {
            let scale = scale.unwrap_or(0);
            if !(1..=LARGEST_PRECISION).contains(precision) || scale > LARGEST_SCALE.min(*precision) {
                let reason = format!(
                    "`precision` goes from 1 to {LARGEST_PRECISION}, and `scale` up to {LARGEST_SCALE} and up to `precision`"
                );
                return Err(at.refuse(format!("decimal({precision},{scale})"), reason));
            }
            format!("decimal({precision},{scale})").into()
        }
        ColumnType::Boolean => "tinyint(1)".into(),
        ColumnType::Date => "date".into(),
        ColumnType::Time => "time(6)".into(),
        // `timestamp` ends in 2038 and converts by the session's time zone; sqlx reads `DateTime<Utc>` from `datetime`.
        ColumnType::DateTime { .. } => "datetime(6)".into(),
        ColumnType::Json | ColumnType::Array { .. } => "json".into(),
        ColumnType::Binary => "longblob".into(),
        ColumnType::Uuid => "binary(16)".into(),
        ColumnType::Enum { name, values, .. } => enum_type(name, values, at)?,
        ColumnType::PerDatabase { mysql: Some(text), .. } => native_text(text, at)?,
        ColumnType::PerDatabase { postgres, otherwise, .. } => match otherwise.first() {
            Some(portable) => native_type(portable, at)?,
            None => {
                let what = postgres.as_ref().map_or_else(|| "the type".to_owned(), |name| format!("the type `{name}`"));
                let reason =
                    "there is none like it: write `column_type(mysql = \"…\")`, or use two columns for a range";
                return Err(at.refuse(what, reason));
            }
        },
        ColumnType::Native(text) => native_text(text, at)?,
    })
}

fn native_text(text: &Str, at: Place<'_>) -> Result<Str, LowerError> {
    if text.trim().is_empty() {
        return Err(at.refuse("the type", "it is empty: write a type"));
    }
    Ok(normalize_type(text.clone()))
}

/// <https://dev.mysql.com/doc/refman/8.0/en/enum.html>
fn enum_type(name: &str, values: &[Str], at: Place<'_>) -> Result<Str, LowerError> {
    if values.is_empty() {
        return Err(at.refuse(format!("enum `{name}`"), "it has no labels: give it one"));
    }
    if let Some(label) = values.iter().find(|label| label.ends_with(' ')) {
        return Err(at.refuse(format!("the label `{label}`"), "a space at the end is not kept: remove it"));
    }
    if let Some(label) = values.iter().find(|label| label.chars().count() > 255) {
        return Err(at.refuse(format!("the label `{label}`"), "it is longer than 255 characters: shorten it"));
    }
    if let Some(label) = values.iter().find(|label| is_beyond_utf8mb3(label)) {
        let reason = "the catalog shows `?` for a character beyond U+FFFF, such as an emoji: choose another one";
        return Err(at.refuse(format!("the label `{label}`"), reason));
    }
    let labels: Vec<String> = values.iter().map(|label| literal(label)).collect();
    Ok(format!("enum({})", labels.join(",")).into())
}

/// A default as MariaDB's catalog prints it. `None` for `NULL`, which is no default.
fn lower_default(default: &DefaultValue, native: &str) -> Option<Str> {
    match default {
        DefaultValue::Value(Literal::Boolean(value)) => Some(if *value { "1" } else { "0" }.into()),
        DefaultValue::Value(Literal::Number(number)) => Some(number_default(number, native)),
        DefaultValue::Value(Literal::Text(text)) => Some(literal(text).into()),
        DefaultValue::Expression(sql) => expression_default(sql, native),
    }
}

fn expression_default(written: &Str, native: &str) -> Option<Str> {
    let sql = part_of(written, without_outer_parentheses(written));
    let is = |word: &str| sql.eq_ignore_ascii_case(word);
    match () {
        () if is("null") => None,
        () if is("true") => Some("1".into()),
        () if is("false") => Some("0".into()),
        () if is_now(&sql) => Some(now(native)),
        () if sql.starts_with(|first: char| "+-.0123456789".contains(first)) && sql.parse::<f64>().is_ok() => {
            Some(number_default(&sql, native))
        }
        () if sql.starts_with('\'') => match (tokens(&sql).as_slice(), string_value(&sql)) {
            ([_], Some(value)) => Some(literal(&value).into()),
            _ => Some(sql),
        },
        () => Some(sql),
    }
}

/// `now()` and the words that mean the same, with or without a precision.
fn is_now(sql: &str) -> bool {
    let begins = |word: &str| sql.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    if !["now", "current", "local"].into_iter().any(begins) {
        return false;
    }
    let tokens: Vec<&str> = tokens(sql).into_iter().filter(|token| !token.trim().is_empty()).collect();
    let word = tokens.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let called = match &tokens[tokens.len().min(1)..] {
        [] => word != "now",
        ["(", ")"] => true,
        ["(", digits, ")"] => digits.parse::<u8>().is_ok(),
        _ => false,
    };
    called && matches!(word.as_str(), "now" | "current_timestamp" | "localtime" | "localtimestamp")
}

/// The current time in a column of that type. A `datetime` takes it only with its own precision.
/// <https://dev.mysql.com/doc/refman/8.0/en/timestamp-initialization.html>
fn now(native: &str) -> Str {
    let precision = native.split_once('(').and_then(|(_, rest)| rest.split(')').next()).unwrap_or_default();
    match type_name(native) {
        "datetime" | "timestamp" => format!("current_timestamp({precision})").into(),
        "time" => format!("curtime({precision})").into(),
        "date" => "curdate()".into(),
        _ => "current_timestamp()".into(),
    }
}

/// A number as the column's type prints it: with the scale of a decimal, as text in a column of text.
fn number_default(written: &Str, native: &str) -> Str {
    let number = written.trim().trim_start_matches('+');
    match type_name(native) {
        "decimal" => {
            let scale: usize =
                native.split([',', ')']).nth(1).and_then(|scale| scale.trim().parse().ok()).unwrap_or_default();
            with_scale(number, scale).map_or_else(|| part_of(written, number), Str::Owned)
        }
        _ if has_collation(native) => literal(number).into(),
        "float" | "double" if number.contains('.') && !number.contains(['e', 'E']) => {
            part_of(written, number.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => part_of(written, number),
    }
}

/// Zeros up to the scale. `None` where none are missing; a number that has more digits, or an exponent, is left to the server.
fn with_scale(number: &str, scale: usize) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    match scale {
        _ if number.contains(['e', 'E']) || fraction.len() > scale => None,
        0 => number.contains('.').then(|| whole.to_owned()),
        _ => (fraction.len() < scale).then(|| format!("{whole}.{fraction:0<scale$}")),
    }
}
