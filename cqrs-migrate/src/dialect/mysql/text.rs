//! Names, literals and types as the server spells them.

use cqrs_core::schema::Str;

/// An identifier in backticks.
/// <https://mariadb.com/kb/en/identifier-names/>
pub(super) fn quote(identifier: &str) -> String {
    format!("`{}`", identifier.replace('`', "``"))
}

/// Names in backticks, with commas between.
pub(super) fn quote_all<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(",")
}

/// A string literal, escaped exactly as the server itself prints one.
/// <https://dev.mysql.com/doc/refman/8.0/en/string-literals.html>
pub(super) fn literal(text: &str) -> String {
    let mut sql = String::with_capacity(text.len() + 2);
    sql.push('\'');
    for character in text.chars() {
        match character {
            '\'' => sql.push_str("''"),
            '\\' => sql.push_str("\\\\"),
            '\0' => sql.push_str("\\0"),
            '\n' => sql.push_str("\\n"),
            '\r' => sql.push_str("\\r"),
            other => sql.push(other),
        }
    }
    sql.push('\'');
    sql
}

/// Cuts SQL into quoted names, strings, words (numbers among them), runs of white space, and single characters. What is
/// beyond ASCII is of a word, as it is for the server: <https://mariadb.com/kb/en/identifier-names/>.
pub(super) fn tokens(sql: &str) -> Vec<&str> {
    let bytes = sql.as_bytes();
    let mut found = Vec::with_capacity(bytes.len() / 4);
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let rest = &bytes[at..];
        let length = match first {
            b'`' => quoted_length(rest, first, false),
            b'\'' | b'"' => quoted_length(rest, first, true),
            _ if is_space(first) => run_length(rest, is_space),
            _ if is_word(first) => run_length(rest, is_word),
            _ => 1,
        };
        found.push(&sql[at..at + length]);
        at += length;
    }
    found
}

/// A part of a text, which is often the whole.
pub(super) fn part_of(whole: &Str, part: &str) -> Str {
    if part.len() == whole.len() { whole.clone() } else { part.to_owned().into() }
}

/// Whether a text has a character beyond U+FFFF, which takes four bytes.
pub(super) fn is_beyond_utf8mb3(text: &str) -> bool {
    text.bytes().any(|byte| byte >= 0xF0)
}

/// Whether a token is white space.
pub(super) fn is_blank(token: &str) -> bool {
    token.bytes().next().is_none_or(is_space)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'@') || !byte.is_ascii()
}

fn run_length(text: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|&byte| !belongs(byte)).unwrap_or(text.len())
}

/// No byte of a character beyond ASCII is one of the marks.
fn quoted_length(text: &[u8], mark: u8, backslash_escapes: bool) -> usize {
    let mut at = 1;
    while let Some(&byte) = text.get(at) {
        at += 1;
        if backslash_escapes && byte == b'\\' {
            at += 1;
        } else if byte == mark {
            if text.get(at) != Some(&mark) {
                return at;
            }
            at += 1;
        }
    }
    text.len()
}

/// The name inside backticks.
pub(super) fn unquote(token: &str) -> Option<String> {
    Some(token.strip_prefix('`')?.strip_suffix('`')?.replace("``", "`"))
}

/// Bytes that are no UTF-8 stand as private characters in text that the server printed, each for itself: the server
/// prints the default of a binary column as it is.
#[cfg(feature = "mysql")]
const FIRST_BYTE: u32 = 0x10_FF00;

/// Text out of bytes that may not be UTF-8.
#[cfg(feature = "mysql")]
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let Ok(text) = str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().filter_map(|byte| char::from_u32(FIRST_BYTE + u32::from(*byte))));
    }
    text
}

/// Whether [`text_of`] met bytes that are no UTF-8.
#[cfg(feature = "mysql")]
pub(super) fn has_bytes(text: &str) -> bool {
    // The first byte of every character that is so far out.
    text.as_bytes().contains(&0xF4) && text.chars().any(|character| u32::from(character) >= FIRST_BYTE)
}

/// A literal of the bytes that [`text_of`] was made of.
/// <https://mariadb.com/kb/en/hexadecimal-literals/>
#[cfg(feature = "mysql")]
pub(super) fn byte_literal(text: &str) -> String {
    let mut sql = "x'".to_owned();
    for character in text.chars() {
        let mut buffer = [0; 4];
        match u8::try_from(u32::from(character).wrapping_sub(FIRST_BYTE)) {
            Ok(byte) => sql.push_str(&format!("{byte:02x}")),
            Err(_) => sql.extend(character.encode_utf8(&mut buffer).bytes().map(|byte| format!("{byte:02x}"))),
        }
    }
    sql.push('\'');
    sql
}

/// Whether a token is a whole string literal.
pub(super) fn is_string(token: &str) -> bool {
    token.len() >= 2 && token.starts_with('\'') && token.ends_with('\'')
}

/// The text that a string literal stands for.
/// <https://dev.mysql.com/doc/refman/8.0/en/string-literals.html>
pub(super) fn string_value(token: &str) -> Option<String> {
    let inner = token.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' => text.extend(characters.next()),
            '\\' => match characters.next()? {
                '0' => text.push('\0'),
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                'b' => text.push('\u{8}'),
                'Z' => text.push('\u{1a}'),
                wildcard @ ('%' | '_') => text.extend(['\\', wildcard]),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    Some(text)
}

/// The expression without the parentheses that enclose the whole of it.
pub(super) fn without_outer_parentheses(sql: &str) -> &str {
    let mut sql = sql.trim();
    while let Some(inner) = sql.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        let mut depth = 0_i64;
        let encloses = tokens(inner).iter().all(|token| {
            depth += i64::from(*token == "(") - i64::from(*token == ")");
            depth >= 0
        });
        if !encloses {
            break;
        }
        sql = inner.trim();
    }
    sql
}

/// SQL without the database's name in front of names, and the names that it stood in front of. `None` where a table
/// alias is called like the database, so that the two cannot be told apart.
#[cfg(feature = "mysql")]
pub(super) fn without_database(sql: &str, database: &str) -> Option<(String, Vec<String>)> {
    let database = quote(database);
    if !sql.contains(&database) {
        return Some((sql.to_owned(), Vec::new()));
    }
    let tokens = tokens(sql);
    let mut kept = String::with_capacity(sql.len());
    let mut names = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let after_dot = at > 0 && tokens[at - 1] == ".";
        if tokens[at] == database && !after_dot {
            if tokens.get(at + 1) == Some(&".") {
                names.extend(tokens.get(at + 2).and_then(|token| unquote(token)));
                at += 2;
                continue;
            }
            let before = tokens[..at].iter().rev().find(|token| !token.trim().is_empty());
            if !before.is_some_and(|token| token.eq_ignore_ascii_case("as")) {
                return None;
            }
        }
        kept.push_str(tokens[at]);
        at += 1;
    }
    Some((kept, names))
}

/// A view's query with commas where it had some: the server prints `from a, b` as `from a join b`, and what it read as
/// `from a join b` as `from (a join b)`, so that its own text does not give the same view again.
#[cfg(feature = "mysql")]
pub(super) fn comma_joins(query: &str) -> String {
    const END: [&str; 10] =
        ["where", "group", "having", "order", "limit", "union", "intersect", "except", "window", "for"];
    const EXPLICIT: [&str; 7] = ["on", "using", "left", "right", "natural", "cross", "straight_join"];
    let mut found: Vec<&str> = tokens(query);
    // For each open parenthesis: the joins of the FROM clause that is being read, if one is.
    let mut open: Vec<Option<Vec<usize>>> = vec![None];
    let mut commas = Vec::new();
    for (at, token) in found.iter().enumerate() {
        let word = token.to_lowercase();
        let clause = open.last_mut();
        match (word.as_str(), clause) {
            ("(", _) => open.push(None),
            (")", _) => commas.extend(open.pop().flatten().unwrap_or_default()),
            ("from", Some(clause)) => *clause = Some(Vec::new()),
            ("join", Some(Some(joins))) => joins.push(at),
            (word, Some(clause)) if END.contains(&word) => commas.extend(clause.take().unwrap_or_default()),
            (word, Some(clause)) if EXPLICIT.contains(&word) => *clause = None,
            _ => {}
        }
    }
    commas.extend(open.into_iter().flatten().flatten());
    for at in commas {
        found[at] = ",";
        if at > 0 && found[at - 1].trim().is_empty() {
            found[at - 1] = "";
        }
    }
    found.concat()
}

/// A type in the spelling of the catalog: lowercase, aliases resolved, without the display widths that mean nothing.
///
/// MySQL 8.0.19 and newer print integers without a width, MariaDB with one. A width that is the type's own is left out
/// here, so that both agree; `tinyint(1)` is kept, because clients read it as a boolean.
/// <https://dev.mysql.com/doc/refman/8.0/en/numeric-type-attributes.html>
/// <https://mariadb.com/kb/en/data-types/>
pub(super) fn normalize_type(text: Str) -> Str {
    // Most come from the catalog.
    let in_catalog =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'(' | b',' | b')');
    if text.bytes().all(in_catalog) {
        return without_own_width(resolve_alias(text));
    }
    let (text, tail) = text.split_at(text.find("/*").unwrap_or(text.len()));
    let mut spelled = String::with_capacity(text.len());
    for token in tokens(text.trim()) {
        if token.trim().is_empty() {
            spelled.push(' ');
        } else if is_string(token) {
            spelled.push_str(token);
        } else {
            spelled.push_str(&token.to_lowercase());
        }
    }
    for (tight, loose) in [("(", " ("), ("(", "( "), (")", " )"), (",", ", "), (",", " ,")] {
        if spelled.contains(loose) && !spelled.contains('\'') {
            spelled = spelled.replace(loose, tight);
        }
    }
    let spelled = without_own_width(resolve_alias(spelled.into()));
    if tail.is_empty() { spelled } else { format!("{spelled} {tail}").into() }
}

fn resolve_alias(text: Str) -> Str {
    let word = type_name(&text);
    let rest = &text[word.len()..];
    let (name, rest) = match word {
        "int1" => ("tinyint", rest),
        "int2" => ("smallint", rest),
        "int3" | "middleint" => ("mediumint", rest),
        "integer" | "int4" => ("int", rest),
        "int8" => ("bigint", rest),
        "boolean" | "bool" => ("tinyint(1)", rest),
        "numeric" | "dec" | "fixed" => ("decimal", rest),
        "float4" => ("float", rest),
        "real" | "float8" => ("double", rest),
        "double" => ("double", rest.strip_prefix(" precision").unwrap_or(rest)),
        "character" => match rest.strip_prefix(" varying") {
            Some(rest) => ("varchar", rest),
            None => ("char", rest),
        },
        "year" => ("year", rest.strip_prefix("(4)").unwrap_or(rest)),
        name => (name, rest),
    };
    let implied = match (name, rest.strip_prefix('(')) {
        ("bit" | "char" | "binary", None) => "(1)",
        ("decimal", None) => "(10,0)",
        ("decimal", Some(arguments)) => match arguments.split_once(')') {
            Some((precision, rest)) if !precision.contains(',') => {
                return format!("decimal({precision},0){rest}").into();
            }
            _ => "",
        },
        _ => "",
    };
    if name.len() + rest.len() == text.len() && implied.is_empty() && name == word {
        return text;
    }
    format!("{name}{implied}{rest}").into()
}

fn without_own_width(text: Str) -> Str {
    const WIDTHS: [(&str, &str, &str); 5] = [
        ("tinyint", "(4)", "(3)"),
        ("smallint", "(6)", "(5)"),
        ("mediumint", "(9)", "(8)"),
        ("int", "(11)", "(10)"),
        ("bigint", "(20)", "(20)"),
    ];
    let (word, rest) = text.split_at(type_name(&text).len());
    let Some((name, signed, unsigned)) = WIDTHS.into_iter().find(|(name, ..)| *name == word) else { return text };
    if rest == signed {
        name.into()
    } else if rest.strip_prefix(unsigned) == Some(" unsigned") {
        format!("{name} unsigned").into()
    } else {
        text
    }
}

/// Whether a type is text or bytes without a bound, which an index takes only with a prefix length.
/// <https://dev.mysql.com/doc/refman/8.0/en/column-indexes.html#column-indexes-prefix>
pub(super) fn needs_prefix(native_type: &str) -> bool {
    let name = type_name(native_type);
    name.ends_with("text") || name.ends_with("blob") || name == "json"
}

/// Whether values of a type have a collation.
pub(super) fn has_collation(native_type: &str) -> bool {
    let name = type_name(native_type);
    name.ends_with("text") || matches!(name, "char" | "varchar" | "enum" | "set")
}

/// The first word of a type.
pub(super) fn type_name(native_type: &str) -> &str {
    &native_type[..run_length(native_type.as_bytes(), is_word)]
}
