//! One declared column -> types and defaults as the server spells them.

use cqrs_core::schema::{Column, ColumnType, DefaultValue, Generated, IntegerSize, Literal, Str};

use super::text::{
    has_collation, is_string, literal, normalize_type, string_value, tokens, type_name, without_outer_parentheses,
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
        Some(default) => lower_default(default, &native).map(|sql| DefaultValue::Expression(sql.into())),
    };
    if let Some(DefaultValue::Expression(sql)) = &default
        && is_string(sql)
        && sql.chars().any(|character| character > '\u{FFFF}')
    {
        let reason = format!(
            "the catalog shows `?` for a character beyond U+FFFF, such as an emoji, so that it cannot be compared: \
             write `concat({sql},'')` as an expression"
        );
        return Err(at.refuse("the default", reason));
    }
    let generated = declared.generated.as_ref().map(|generated| {
        let expression = without_outer_parentheses(&generated.expression).to_owned().into();
        Generated { expression, stored: generated.stored }
    });
    Ok(Column {
        name: declared.name.clone(),
        column_type: ColumnType::Native(native.into()),
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
fn native_type(declared: &ColumnType, at: Place<'_>) -> Result<String, LowerError> {
    Ok(match declared {
        ColumnType::String { length } => {
            let length = length.unwrap_or(255);
            if length > LONGEST_VARCHAR {
                let reason = format!("more than {LONGEST_VARCHAR} characters do not fit into a row: use `text`");
                return Err(at.refuse(format!("the length {length}"), reason));
            }
            format!("varchar({length})")
        }
        ColumnType::Text => "longtext".to_owned(),
        ColumnType::TinyInteger => "tinyint".to_owned(),
        ColumnType::SmallInteger => "smallint".to_owned(),
        ColumnType::Integer => "int".to_owned(),
        ColumnType::BigInteger => "bigint".to_owned(),
        ColumnType::Unsigned(IntegerSize::Tiny) => "tinyint unsigned".to_owned(),
        ColumnType::Unsigned(IntegerSize::Small) => "smallint unsigned".to_owned(),
        ColumnType::Unsigned(IntegerSize::Normal) => "int unsigned".to_owned(),
        ColumnType::Unsigned(IntegerSize::Big) => "bigint unsigned".to_owned(),
        ColumnType::Float => "float".to_owned(),
        ColumnType::Double => "double".to_owned(),
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
            format!("decimal({precision},{scale})")
        }
        ColumnType::Boolean => "tinyint(1)".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time(6)".to_owned(),
        // `timestamp` ends in 2038 and converts by the session's time zone; sqlx reads `DateTime<Utc>` from `datetime`.
        ColumnType::DateTime { .. } => "datetime(6)".to_owned(),
        ColumnType::Json | ColumnType::Array { .. } => "json".to_owned(),
        ColumnType::Binary => "longblob".to_owned(),
        ColumnType::Uuid => "binary(16)".to_owned(),
        ColumnType::Enum { name, values, .. } => enum_type(name, values, at)?,
        ColumnType::PerDatabase { mysql: Some(text), .. } => native_type(&ColumnType::Native(text.clone()), at)?,
        ColumnType::PerDatabase { postgres, otherwise, .. } => match otherwise.first() {
            Some(portable) => native_type(portable, at)?,
            None => {
                let what = postgres.as_ref().map_or_else(|| "the type".to_owned(), |name| format!("the type `{name}`"));
                let reason =
                    "there is none like it: write `column_type(mysql = \"…\")`, or use two columns for a range";
                return Err(at.refuse(what, reason));
            }
        },
        ColumnType::Native(text) => {
            if text.trim().is_empty() {
                return Err(at.refuse("the type", "it is empty: write a type"));
            }
            normalize_type(text)
        }
    })
}

/// <https://dev.mysql.com/doc/refman/8.0/en/enum.html>
fn enum_type(name: &str, values: &[Str], at: Place<'_>) -> Result<String, LowerError> {
    if values.is_empty() {
        return Err(at.refuse(format!("enum `{name}`"), "it has no labels: give it one"));
    }
    if let Some(label) = values.iter().find(|label| label.ends_with(' ')) {
        return Err(at.refuse(format!("the label `{label}`"), "a space at the end is not kept: remove it"));
    }
    if let Some(label) = values.iter().find(|label| label.chars().count() > 255) {
        return Err(at.refuse(format!("the label `{label}`"), "it is longer than 255 characters: shorten it"));
    }
    if let Some(label) = values.iter().find(|label| label.chars().any(|character| character > '\u{FFFF}')) {
        let reason = "the catalog shows `?` for a character beyond U+FFFF, such as an emoji: choose another one";
        return Err(at.refuse(format!("the label `{label}`"), reason));
    }
    let labels: Vec<String> = values.iter().map(|label| literal(label)).collect();
    Ok(format!("enum({})", labels.join(",")))
}

/// A default as MariaDB's catalog prints it. `None` for `NULL`, which is no default.
fn lower_default(default: &DefaultValue, native: &str) -> Option<String> {
    let sql = match default {
        DefaultValue::Value(Literal::Boolean(value)) => u8::from(*value).to_string(),
        DefaultValue::Value(Literal::Number(number)) => number_default(number, native),
        DefaultValue::Value(Literal::Text(text)) => literal(text),
        DefaultValue::Expression(sql) => return expression_default(sql, native),
    };
    Some(sql)
}

fn expression_default(sql: &str, native: &str) -> Option<String> {
    let sql = without_outer_parentheses(sql);
    if is_now(sql) {
        return Some(now(native));
    }
    Some(match sql.to_lowercase().as_str() {
        "null" => return None,
        "true" => "1".to_owned(),
        "false" => "0".to_owned(),
        _ if sql.parse::<f64>().is_ok() && sql.starts_with(|first: char| "+-.0123456789".contains(first)) => {
            number_default(sql, native)
        }
        _ => match (tokens(sql).as_slice(), string_value(sql)) {
            ([string], Some(value)) if is_string(string) => literal(&value),
            _ => sql.to_owned(),
        },
    })
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
fn now(native: &str) -> String {
    let precision = native.split_once('(').and_then(|(_, rest)| rest.split(')').next()).unwrap_or_default();
    match type_name(native) {
        "datetime" | "timestamp" => format!("current_timestamp({precision})"),
        "time" => format!("curtime({precision})"),
        "date" => "curdate()".to_owned(),
        _ => "current_timestamp()".to_owned(),
    }
}

/// A number as the column's type prints it: with the scale of a decimal, as text in a column of text.
fn number_default(number: &str, native: &str) -> String {
    let number = number.trim().trim_start_matches('+');
    match type_name(native) {
        "decimal" => {
            let scale: usize =
                native.split([',', ')']).nth(1).and_then(|scale| scale.trim().parse().ok()).unwrap_or_default();
            with_scale(number, scale)
        }
        name if is_string(number) || has_collation(name) => literal(number),
        "float" | "double" if number.contains('.') && !number.contains(['e', 'E']) => {
            number.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => number.to_owned(),
    }
}

/// Zeros up to the scale. A number that has more digits, or an exponent, is left to the server.
fn with_scale(number: &str, scale: usize) -> String {
    if number.contains(['e', 'E']) {
        return number.to_owned();
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.len() > scale {
        return number.to_owned();
    }
    if scale == 0 { whole.to_owned() } else { format!("{whole}.{fraction:0<scale$}") }
}
