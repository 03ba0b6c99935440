//! Labels of enums that get other names: of a named type, or where they stand in the type or in a check of a column.

use std::collections::BTreeMap;

use cqrs_core::schema::{Column, ColumnType, DefaultValue, FormerLabel, List, Literal, Str, Table};

/// Labels by their old names, each with its new one.
pub(crate) type NewLabels = BTreeMap<Str, Str>;

/// The labels that a column takes, where its own type or a check of its own names them. An expression calls the column by
/// one of those names.
pub(super) fn labels_of(table: &Table, column: &Column, called: &[Str]) -> Vec<Str> {
    match &column.column_type {
        ColumnType::Enum { values, .. } => values.to_vec(),
        ColumnType::Native(text) if is_enum(text) => strings(text).1,
        ColumnType::Native(_) => {
            check_of_labels(table, called).map(|at| strings(&table.checks[at].expression).1).unwrap_or_default()
        }
        _ => vec![],
    }
}

/// The labels of a declared column that had other names before.
pub(super) fn former_labels(column: &Column) -> &List<FormerLabel> {
    match column.column_type.read_as() {
        ColumnType::Enum { former_labels, .. } => former_labels,
        _ => &column.former_labels,
    }
}

/// The table with other names for the labels of a column. An expression calls the column by one of those names, and
/// afterwards by its own.
pub(super) fn relabel(table: &mut Table, name: &str, called: &[Str], names: &NewLabels) {
    if let Some(at) = check_of_labels(table, called) {
        let check = &mut table.checks.to_mut()[at];
        let relabelled = replaced(&check.expression, names);
        let list = called.iter().find_map(|called| relabelled.strip_prefix(&head(called))).unwrap_or_default();
        check.expression = format!("{}{list}", head(name)).into();
    }
    for column in table.columns.to_mut().iter_mut().filter(|column| column.name == name) {
        match &mut column.column_type {
            ColumnType::Enum { values, .. } => {
                *values = values.iter().map(|value| names.get(value).unwrap_or(value).clone()).collect();
            }
            ColumnType::Native(text) if is_enum(text) => *text = replaced(text, names).into(),
            _ => {}
        }
        relabel_default(column, names);
    }
}

/// The column with another name for the label that is its default: `'open'`, PostgreSQL's `'open'::state`.
pub(super) fn relabel_default(column: &mut Column, names: &NewLabels) {
    match &mut column.default {
        Some(DefaultValue::Value(Literal::Text(label))) => {
            if let Some(new) = names.get(label) {
                *label = new.clone();
            }
        }
        Some(DefaultValue::Expression(sql)) if sql.starts_with('\'') => {
            *sql = replaced(sql, names).into();
        }
        _ => {}
    }
}

/// A column of a native enum that takes the labels of another one too, after its own.
pub(crate) fn with_labels_of(column: &Column, other: &Column) -> Column {
    let labels = |column: &Column| strings(column.column_type.native_text()).1;
    let (own, others) = (labels(column), labels(other));
    let all = own.iter().chain(others.iter().filter(|label| !own.contains(label)));
    let all: Vec<String> = all.map(|label| Quoting::Backslash.quote(label)).collect();
    let text = column.column_type.native_text();
    let rest = text.rfind(')').map_or("", |end| &text[end..]);
    Column { column_type: ColumnType::native(format!("enum({}{rest}", all.join(","))), ..column.clone() }
}

fn is_enum(native: &str) -> bool {
    native.starts_with("enum(")
}

/// The place of the check that takes the place of an enum type: `"state" IN ('open', 'done')`.
fn check_of_labels(table: &Table, called: &[Str]) -> Option<usize> {
    called.iter().map(|column| head(column)).find_map(|head| {
        table.checks.iter().position(|check| check.expression.starts_with(&head) && check.expression.ends_with(')'))
    })
}

fn head(column: &str) -> String {
    format!("\"{}\" IN (", column.replace('"', "\"\""))
}

/// How text is quoted: with every quote doubled; and on MySQL with backslashes.
/// <https://dev.mysql.com/doc/refman/8.0/en/string-literals.html>
#[derive(Clone, Copy, PartialEq)]
enum Quoting {
    Doubled,
    Backslash,
}

/// Characters that are letters behind a backslash.
const ESCAPED: [(char, char); 3] = [('\0', '0'), ('\n', 'n'), ('\r', 'r')];

impl Quoting {
    fn of(text: &str) -> Self {
        if is_enum(text) { Self::Backslash } else { Self::Doubled }
    }

    fn quote(self, text: &str) -> String {
        let mut text = text.replace('\'', "''");
        if self == Self::Backslash {
            text = text.replace('\\', r"\\");
            for (character, letter) in ESCAPED {
                text = text.replace(character, &format!(r"\{letter}"));
            }
        }
        format!("'{text}'")
    }
}

/// The text with other names for the labels that are quoted in it.
fn replaced(text: &str, names: &NewLabels) -> String {
    let quoting = Quoting::of(text);
    let (between, labels) = strings(text);
    let mut result = String::with_capacity(text.len());
    for (before, label) in between.iter().zip(&labels) {
        result.push_str(before);
        result.push_str(&quoting.quote(names.get(label).unwrap_or(label)));
    }
    result + between.last().copied().unwrap_or_default()
}

/// What stands before, between and after the quoted strings of a text, and those strings.
pub(crate) fn strings(text: &str) -> (Vec<&str>, Vec<Str>) {
    let quoting = Quoting::of(text);
    let (mut between, mut strings) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(start) = rest.find('\'') {
        between.push(&rest[..start]);
        let mut string = String::new();
        let mut characters = rest[start + 1..].char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' if quoting == Quoting::Backslash => {
                    let escaped =
                        |(_, next)| ESCAPED.into_iter().find(|(_, letter)| *letter == next).map_or(next, |it| it.0);
                    string.extend(characters.next().map(escaped));
                }
                '\'' if characters.next_if(|(_, next)| *next == '\'').is_some() => string.push('\''),
                '\'' => {
                    end = start + 1 + at + 1;
                    break;
                }
                other => string.push(other),
            }
        }
        strings.push(string.into());
        rest = &rest[end..];
    }
    between.push(rest);
    (between, strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pairs: &[(&str, &str)]) -> NewLabels {
        pairs.iter().map(|(old, new)| ((*old).to_owned().into(), (*new).to_owned().into())).collect()
    }

    #[test]
    fn labels_are_found_and_replaced_within_quotes_only() {
        let text = r"enum('it''s','back\\slash','two\nlines','in, (parentheses)','a') charset b";
        let labels = strings(text).1;
        assert_eq!(labels, [r"it's", r"back\slash", "two\nlines", "in, (parentheses)", "a"]);
        assert_eq!(replaced(text, &names(&[])), text);
        let swapped = replaced(text, &names(&[("a", "it's"), ("it's", "a")]));
        assert_eq!(swapped, r"enum('a','back\\slash','two\nlines','in, (parentheses)','it''s') charset b");
    }

    #[test]
    fn a_backslash_is_itself_where_quotes_are_doubled() {
        let text = r#""state" IN ('a\', 'b')"#;
        assert_eq!(strings(text).1, [r"a\", "b"]);
        assert_eq!(replaced(text, &names(&[("b", r"c\")])), r#""state" IN ('a\', 'c\')"#);
    }

    #[test]
    fn what_takes_the_labels_of_another_has_its_own_first() {
        let column = |text: &'static str| Column::new("state", ColumnType::native(text));
        let both = with_labels_of(&column("enum('a','b')"), &column("enum('c','b')"));
        assert_eq!(both.column_type.native_text(), "enum('a','b','c')");
    }
}
