//! What PostgreSQL needs a cast for: columns of a type that their field is not read as.

use crate::schema::ColumnType;

/// The type that a value is cast to on its way into a column of a type that only PostgreSQL has.
///
/// Without the type's modifier: a cast to `varchar(3)` would cut what is longer, where storing it is an error.
/// <https://www.postgresql.org/docs/current/datatype-character.html>
pub(super) fn written_as(column_type: &ColumnType) -> Option<String> {
    match column_type {
        ColumnType::PerDatabase { postgres: Some(native), .. } => Some(without_modifier(native)),
        ColumnType::PerDatabase { otherwise, .. } => otherwise.first().and_then(written_as),
        _ => None,
    }
}

/// The type that such a column is cast to on its way out: that of its field, or else text.
pub(super) fn read_as(column_type: &ColumnType) -> Option<&'static str> {
    match column_type {
        ColumnType::PerDatabase { postgres: Some(_), otherwise, .. } => otherwise.first().map_or(Some("text"), named),
        ColumnType::PerDatabase { otherwise, .. } => otherwise.first().and_then(read_as),
        _ => None,
    }
}

fn named(column_type: &ColumnType) -> Option<&'static str> {
    Some(match column_type {
        ColumnType::String { .. } | ColumnType::Text => "text",
        ColumnType::TinyInteger | ColumnType::SmallInteger => "smallint",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Float => "real",
        ColumnType::Double => "double precision",
        ColumnType::Numeric { .. } => "numeric",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Time => "time",
        ColumnType::DateTime { time_zone: true } => "timestamptz",
        ColumnType::DateTime { time_zone: false } => "timestamp",
        ColumnType::Json => "jsonb",
        ColumnType::Binary => "bytea",
        ColumnType::Uuid => "uuid",
        _ => return read_as(column_type),
    })
}

/// The type without what stands in parentheses outside of quotes. `character` and `bit` alone would be one of each.
fn without_modifier(native: &str) -> String {
    let (mut text, mut depth, mut quoted) = (String::new(), 0_u32, false);
    for character in native.chars() {
        match character {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            _ => {}
        }
        if depth == 0 {
            text.push(character);
        }
        if character == ')' && !quoted {
            depth = depth.saturating_sub(1);
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.join(" ").to_lowercase().as_str() {
        "char" | "character" => "bpchar".to_owned(),
        "bit" => "varbit".to_owned(),
        // No types, but integers with a sequence. <https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL>
        "smallserial" | "serial2" => "smallint".to_owned(),
        "serial" | "serial4" => "integer".to_owned(),
        "bigserial" | "serial8" => "bigint".to_owned(),
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cast_does_not_cut() {
        assert_eq!(without_modifier("vector(3)"), "vector");
        assert_eq!(without_modifier("character varying (40)"), "character varying");
        assert_eq!(without_modifier("timestamp(3) with time zone"), "timestamp with time zone");
        assert_eq!(without_modifier("numeric(10,2)[]"), "numeric[]");
        assert_eq!(without_modifier("CHAR(2)"), "bpchar");
        assert_eq!(without_modifier(r#"app."odd (type)"(2)"#), r#"app."odd (type)""#);
    }
}
