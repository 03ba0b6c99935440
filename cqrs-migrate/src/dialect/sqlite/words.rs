//! The words of SQLite's SQL: quoting, types, plain defaults.

use std::borrow::Cow;

use cqrs_core::schema::Str;

/// An identifier, quoted.
pub(super) fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// Identifiers, quoted, with commas between.
pub(super) fn quote_all<T: AsRef<str>>(identifiers: &[T]) -> String {
    identifiers.iter().map(|identifier| quote(identifier.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Text as a literal.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// The name behind a word of SQL: without its quotes, whichever of the four kinds they are.
/// <https://www.sqlite.org/lang_keywords.html>
pub(super) fn unquote(word: &str) -> Cow<'_, str> {
    if !word.starts_with(['[', '"', '`', '\'']) {
        return word.into();
    }
    let inner = |open: char, close: char| word.strip_prefix(open)?.strip_suffix(close);
    if let Some(name) = inner('[', ']') {
        return name.into();
    }
    for quote in ['"', '`', '\''] {
        match inner(quote, quote) {
            Some(name) if name.contains(quote) => {
                return name.replace(&format!("{quote}{quote}"), &quote.to_string()).into();
            }
            Some(name) => return name.into(),
            None => {}
        }
    }
    word.into()
}

/// A declared type in one spelling: upper case outside quotes, single spaces, `NAME(1,2)`.
pub(super) fn canonical_type(declared: &str) -> Str {
    // Most columns are of a few types, and share the text.
    const COMMON: [&str; 13] = [
        "INTEGER",
        "TEXT",
        "REAL",
        "BLOB",
        "NUMERIC",
        "INT",
        "BIGINT",
        "BOOLEAN",
        "DATE",
        "DATETIME",
        "TIMESTAMP",
        "JSON",
        "VARCHAR(255)",
    ];
    match COMMON.iter().find(|common| common.eq_ignore_ascii_case(declared)) {
        Some(common) => Str::Borrowed(common),
        None => Str::Owned(spelled_type(declared)),
    }
}

fn spelled_type(declared: &str) -> String {
    let mut canonical = String::with_capacity(declared.len());
    let mut quoted: Option<char> = None;
    let mut space = false;
    for symbol in declared.trim().chars() {
        if let Some(close) = quoted {
            canonical.push(symbol);
            if symbol == close {
                quoted = None;
            }
            continue;
        }
        match symbol {
            _ if symbol.is_whitespace() => {
                space = true;
                continue;
            }
            '(' | ')' | ',' => {}
            _ if space && !canonical.ends_with(['(', ',']) => canonical.push(' '),
            _ => {}
        }
        space = false;
        match symbol {
            '"' | '`' | '\'' => quoted = Some(symbol),
            '[' => quoted = Some(']'),
            _ => {}
        }
        canonical.push(symbol.to_ascii_uppercase());
    }
    canonical
}

/// Names of collations are equal without regard to case.
#[cfg(feature = "sqlite")]
pub(super) fn canonical_collation(name: String) -> Str {
    let built_in = ["BINARY", "NOCASE", "RTRIM"].into_iter().find(|built_in| built_in.eq_ignore_ascii_case(&name));
    built_in.map_or(name.into(), Str::Borrowed)
}

/// Whether a default can stand without parentheses: a literal, a signed number or `CURRENT_…`.
/// <https://www.sqlite.org/lang_createtable.html#the_default_clause>
pub(super) fn is_plain_default(sql: &str) -> bool {
    is_constant_default(sql)
        || ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"].iter().any(|word| sql.eq_ignore_ascii_case(word))
}

/// Whether a default is a constant that `ALTER TABLE … ADD COLUMN` takes.
/// <https://www.sqlite.org/lang_altertable.html#altertabaddcol>
pub(super) fn is_constant_default(sql: &str) -> bool {
    ["NULL", "TRUE", "FALSE"].iter().any(|word| sql.eq_ignore_ascii_case(word))
        || is_number(sql)
        || is_text(sql)
        || sql.strip_prefix(['x', 'X']).is_some_and(is_text)
}

/// Whether it is a number with at most one sign.
pub(super) fn is_number(sql: &str) -> bool {
    let digits = sql.strip_prefix(['-', '+']).unwrap_or(sql);
    match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => {
            digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') && digits.parse::<f64>().is_ok()
        }
    }
}

/// Whether every parenthesis has its other half, those within quotes apart.
pub(super) fn is_balanced(sql: &str) -> bool {
    let mut depth = 0_i32;
    let mut quoted = None;
    for symbol in sql.chars() {
        match (quoted, symbol) {
            (Some(close), _) if symbol == close => quoted = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quoted = Some(symbol),
            (None, '[') => quoted = Some(']'),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && quoted.is_none()
}

fn is_text(sql: &str) -> bool {
    sql.len() >= 2
        && sql.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).is_some_and(|inner| {
            let quotes = inner.split(|symbol| symbol != '\'').filter(|run| !run.is_empty());
            quotes.into_iter().all(|run| run.len() % 2 == 0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_one_spelling() {
        for (declared, canonical) in [
            ("varchar (40)", "VARCHAR(40)"),
            ("decimal( 10 ,2 )", "DECIMAL(10,2)"),
            ("DOUBLE   precision", "DOUBLE PRECISION"),
            ("unsigned big int", "UNSIGNED BIG INT"),
            ("\"my  type\"", "\"my  type\""),
            ("numeric(-1)", "NUMERIC(-1)"),
            ("", ""),
        ] {
            assert_eq!(canonical_type(declared), canonical);
            assert_eq!(canonical_type(canonical), canonical);
        }
    }

    #[test]
    fn plain_defaults() {
        for plain in ["1", "-5", "+1.5e3", "0xFF", ".5", "'a'", "''", "'it''s'", "''''", "x'00ff'", "null", "TRUE"] {
            assert!(is_constant_default(plain), "{plain}");
        }
        for expression in ["- -5", "'a' || 'b'", "datetime('now')", "'", "'''", "1 + 1", "-inf", "nan", ""] {
            assert!(!is_plain_default(expression), "{expression}");
        }
        assert!(is_plain_default("current_timestamp") && !is_constant_default("current_timestamp"));
    }

    #[test]
    fn names_lose_their_quotes() {
        for (word, name) in
            [("a", "a"), ("\"a\"\"b\"", "a\"b"), ("[a b]", "a b"), ("`x``y`", "x`y"), ("'it''s'", "it's"), ("\"\"", "")]
        {
            assert_eq!(unquote(word), name);
        }
    }
}
