//! An SQL file -> its statements.

use std::ops::Range;

use crate::dialect::Dialect;

/// Cuts SQL text at the semicolons that end a statement: not those in strings, quoted names, comments, dollar quotes,
/// between `BEGIN` and `END` of a trigger or routine, or in the parentheses around the actions of a rule. A statement keeps the comments in front of it; what is only
/// comments is no statement.
pub(crate) fn split(sql: &str, dialect: Dialect) -> Vec<String> {
    let mut statements = Vec::new();
    let mut start = 0;
    let mut words: Vec<String> = Vec::new();
    let (mut depth, mut parentheses) = (0_usize, 0_usize);
    let mut has_code = false;
    let mut at = 0;
    let bytes = sql.as_bytes();
    while at < bytes.len() {
        let rest = &sql[at..];
        let token = token(rest, dialect);
        match token {
            Token::Space(_) | Token::Comment(_) => {}
            Token::Word(length) => {
                has_code = true;
                let word = rest[..length].to_ascii_uppercase();
                if is_routine(&words) {
                    match word.as_str() {
                        "BEGIN" | "CASE" | "FOR" | "IF" | "LOOP" | "REPEAT" | "WHILE"
                            if opens(&word, &words, dialect) =>
                        {
                            depth += 1
                        }
                        "END" => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                }
                words.push(word);
            }
            Token::Semicolon if depth == 0 && (parentheses == 0 || !is_rule(&words)) => {
                if has_code {
                    statements.push(sql[start..at].trim().to_owned());
                }
                (start, has_code, words, parentheses) = (at + 1, false, Vec::new(), 0);
            }
            // What comes after it begins a statement, also where that is after an `END`.
            Token::Semicolon => words.push(";".to_owned()),
            Token::Quoted(_) | Token::Other(_) => {
                has_code = true;
                match bytes[at] {
                    b'(' => parentheses += 1,
                    b')' => parentheses = parentheses.saturating_sub(1),
                    _ => {}
                }
            }
        }
        at += token.length();
    }
    if has_code {
        statements.push(sql[start..].trim().to_owned());
    }
    statements
}

/// The statement without the comments in front of it.
pub(crate) fn without_comments(sql: &str, dialect: Dialect) -> &str {
    let mut at = 0;
    while at < sql.len() {
        match token(&sql[at..], dialect) {
            token @ (Token::Space(_) | Token::Comment(_)) => at += token.length(),
            _ => break,
        }
    }
    &sql[at..]
}

/// Whether the statement is one that can have a body of statements.
fn is_routine(words: &[String]) -> bool {
    words.first().is_some_and(|word| word == "CREATE")
        && words
            .iter()
            .skip(1)
            .take(8)
            .any(|word| matches!(word.as_str(), "TRIGGER" | "FUNCTION" | "PROCEDURE" | "EVENT"))
}

/// <https://www.postgresql.org/docs/current/sql-createrule.html>
fn is_rule(words: &[String]) -> bool {
    words.first().is_some_and(|word| word == "CREATE") && words.iter().take(4).any(|word| word == "RULE")
}

/// Whether a word begins something that an `END` ends. In SQLite only `BEGIN` and `CASE` do; in MySQL `IF`, `LOOP`,
/// `REPEAT`, `WHILE` do where they begin a statement, and not after `END` (`END IF`).
fn opens(word: &str, words: &[String], dialect: Dialect) -> bool {
    let after_end = words.last().is_some_and(|last| last == "END");
    match word {
        "BEGIN" | "CASE" => !after_end,
        // Of `FOR EACH ROW`, `CURSOR FOR` and the loop only the loop ends in `END FOR`, which has closed too much.
        "FOR" => dialect == Dialect::MySql && after_end,
        "IF" => {
            dialect == Dialect::MySql
                && !after_end
                && words
                    .last()
                    .is_none_or(|last| !matches!(last.as_str(), "TRIGGER" | "PROCEDURE" | "FUNCTION" | "EVENT"))
        }
        _ => dialect == Dialect::MySql && !after_end,
    }
}

/// Everything in SQL text, space and comments included.
pub(crate) fn tokens(sql: &str, dialect: Dialect) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < sql.len() {
        let token = token(&sql[at..], dialect);
        tokens.push((token, at..at + token.length()));
        at += token.length();
    }
    tokens
}

/// A piece of SQL text, with its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Space(usize),
    Comment(usize),
    Word(usize),
    Quoted(usize),
    Semicolon,
    Other(usize),
}

impl Token {
    fn length(self) -> usize {
        match self {
            Self::Space(length)
            | Self::Comment(length)
            | Self::Word(length)
            | Self::Quoted(length)
            | Self::Other(length) => length,
            Self::Semicolon => 1,
        }
    }
}

/// The token at the beginning of a text that is not empty.
fn token(text: &str, dialect: Dialect) -> Token {
    let first = text.chars().next().unwrap_or(' ');
    let run = |test: fn(char) -> bool| text.find(|character| !test(character)).unwrap_or(text.len());
    match first {
        ';' => Token::Semicolon,
        '\'' => Token::Quoted(quoted(text, '\'', dialect == Dialect::MySql)),
        '"' => Token::Quoted(quoted(text, '"', dialect == Dialect::MySql)),
        '`' if dialect != Dialect::Postgres => Token::Quoted(quoted(text, '`', false)),
        '[' if dialect == Dialect::Sqlite => Token::Quoted(text.find(']').map_or(text.len(), |end| end + 1)),
        '#' if dialect == Dialect::MySql => Token::Comment(text.find('\n').unwrap_or(text.len())),
        '$' if dialect == Dialect::Postgres => dollar_quoted(text).map_or(Token::Other(1), Token::Quoted),
        'e' | 'E' if dialect == Dialect::Postgres && text[1..].starts_with('\'') => {
            Token::Quoted(1 + quoted(&text[1..], '\'', true))
        }
        _ if text.starts_with("--") => Token::Comment(text.find('\n').unwrap_or(text.len())),
        _ if text.starts_with("/*") => Token::Comment(block_comment(text, dialect)),
        _ if first.is_whitespace() => Token::Space(run(char::is_whitespace)),
        _ if is_word(first) => Token::Word(run(is_word)),
        _ => Token::Other(first.len_utf8()),
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || !character.is_ascii()
}

/// The length of what is quoted, both quotes included. A doubled quote stands for itself.
fn quoted(text: &str, quote: char, backslash: bool) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if backslash && character == '\\' {
            characters.next();
        } else if character == quote {
            if characters.peek().is_some_and(|(_, next)| *next == quote) {
                characters.next();
            } else {
                return at + quote.len_utf8();
            }
        }
    }
    text.len()
}

fn dollar_quoted(text: &str) -> Option<usize> {
    let tag_end = text[1..].find('$')? + 2;
    let tag = &text[..tag_end];
    let inner = &tag[1..tag.len() - 1];
    if !inner.chars().all(is_word) || inner.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    Some(text[tag_end..].find(tag).map_or(text.len(), |end| tag_end + end + tag.len()))
}

/// PostgreSQL's block comments nest, the others' do not.
fn block_comment(text: &str, dialect: Dialect) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") && (depth == 0 || dialect == Dialect::Postgres) {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_inside_do_not_end_a_statement() {
        for (dialect, sql, expected) in [
            (Dialect::Sqlite, "a; -- b;\nc 'x;''y' \"q;\" [z;];", vec!["a", "-- b;\nc 'x;''y' \"q;\" [z;]"]),
            (
                Dialect::Postgres,
                "a $f$ x; $$ y $f$; b /* ; /* ; */ ; */ c",
                vec!["a $f$ x; $$ y $f$", "b /* ; /* ; */ ; */ c"],
            ),
            (Dialect::Postgres, "SELECT E'it\\'s;', 'C:\\'; b", vec!["SELECT E'it\\'s;', 'C:\\'", "b"]),
            (Dialect::MySql, "a 'it\\'s;' `b;` # c;\n; d", vec!["a 'it\\'s;' `b;` # c;", "d"]),
            (
                Dialect::Postgres,
                "CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c); d",
                vec!["CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c)", "d"],
            ),
            (
                Dialect::MySql,
                "CREATE PROCEDURE p() BEGIN FOR i IN 1..3 DO SET @a = i; END FOR; IF a THEN SET @b = 1; END IF; END; d",
                vec![
                    "CREATE PROCEDURE p() BEGIN FOR i IN 1..3 DO SET @a = i; END FOR; IF a THEN SET @b = 1; END IF; END",
                    "d",
                ],
            ),
            (
                Dialect::MySql,
                "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN END; IF a THEN SELECT 1; END IF; END; d",
                vec![
                    "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN END; IF a THEN SELECT 1; END IF; END",
                    "d",
                ],
            ),
            (Dialect::Sqlite, "-- only a comment\n;;", vec![]),
            (
                Dialect::Sqlite,
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE b SET c = 1; END; d",
                vec![
                    "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE b SET c = 1; END",
                    "d",
                ],
            ),
            (
                Dialect::MySql,
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF NEW.x THEN SET NEW.y = 1; END IF; END; d",
                vec![
                    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF NEW.x THEN SET NEW.y = 1; END IF; END",
                    "d",
                ],
            ),
            (Dialect::Postgres, "BEGIN; a; END; b", vec!["BEGIN", "a", "END", "b"]),
        ] {
            assert_eq!(split(sql, dialect), expected, "{dialect}: {sql}");
        }
    }
}
