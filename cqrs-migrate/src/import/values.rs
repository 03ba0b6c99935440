//! Defaults of a database as a model declares them.

use cqrs_core::schema::{Column, ColumnType, DefaultValue, Literal, Table};

use super::types::lowered;
use crate::dialect::Dialect;

/// The plainest declaration of which the database makes the default that the column has.
pub(super) fn default(dialect: Dialect, table: &Table, column: &Column, declared: &ColumnType) -> Option<DefaultValue> {
    let Some(DefaultValue::Expression(sql)) = &column.default else { return column.default.clone() };
    let becomes_it = |default: &DefaultValue| {
        let column_type = declared.clone();
        let candidate = Column { column_type, default: Some(default.clone()), ..column.clone() };
        lowered(dialect, table, candidate).is_some_and(|lowered| lowered.default == column.default)
    };
    let found = candidates(sql, declared).into_iter().find(becomes_it);
    Some(found.unwrap_or_else(|| DefaultValue::Expression(sql.clone())))
}

fn candidates(sql: &str, declared: &ColumnType) -> Vec<DefaultValue> {
    let quoted = unquoted(sql);
    let number = |text: &str| is_rust_number(text).then(|| Literal::Number(text.to_owned().into()));
    let mut literals = Vec::new();
    match declared.read_as() {
        ColumnType::Boolean => literals.extend([true, false].map(Literal::Boolean)),
        ColumnType::TinyInteger
        | ColumnType::SmallInteger
        | ColumnType::Integer
        | ColumnType::BigInteger
        | ColumnType::Unsigned(_) => {
            let is_whole = |text: &&str| !text.contains('.');
            literals.extend([Some(sql), quoted.as_deref()].into_iter().flatten().filter(is_whole).filter_map(number));
        }
        ColumnType::Float | ColumnType::Double | ColumnType::Numeric { .. } => {
            literals.extend([Some(sql), quoted.as_deref()].into_iter().flatten().filter_map(number));
        }
        ColumnType::String { .. } | ColumnType::Text | ColumnType::Enum { .. } => {
            literals.extend(quoted.map(|text| Literal::Text(text.into())));
        }
        _ => {}
    }
    let now = DefaultValue::expression("now()");
    literals.into_iter().map(DefaultValue::Value).chain([now]).collect()
}

/// The text of the string that an expression begins with, where nothing but a cast follows.
fn unquoted(sql: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = sql.strip_prefix('\'')?.chars();
    loop {
        match rest.next()? {
            '\'' if rest.as_str().starts_with('\'') => text.extend(rest.next()),
            '\'' => break,
            letter => text.push(letter),
        }
    }
    let after = rest.as_str();
    (after.is_empty() || after.starts_with("::")).then_some(text)
}

/// Whether a number is spelled so in Rust, too, and means its own digits.
fn is_rust_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(is_digits) && whole.len() < 30
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_with_their_cast() {
        assert_eq!(unquoted("'it''s'::character varying").as_deref(), Some("it's"));
        assert_eq!(unquoted("''").as_deref(), Some(""));
        assert_eq!(unquoted("'a' || 'b'"), None);
        assert_eq!(unquoted("now()"), None);
    }

    #[test]
    fn numbers_that_rust_spells_alike() {
        for number in ["0", "-1", "4.99", "0.50"] {
            assert!(is_rust_number(number), "{number}");
        }
        for number in ["", "007", ".5", "1.", "1e5", "0x1", "--1"] {
            assert!(!is_rust_number(number), "{number}");
        }
    }
}
