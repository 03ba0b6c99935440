//! `--tables 'order_*'`

use cqrs_core::schema::ObjectName;

/// Whether a pattern with `*` and `?` is a table's name, with its schema or without.
pub(crate) fn matches_glob(pattern: &str, name: &ObjectName) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    [name.to_string(), name.name.to_string()].iter().any(|text| matches(&pattern, &text.chars().collect::<Vec<char>>()))
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), _) => (0..=text.len()).any(|from| matches(rest, &text[from..])),
        (Some(('?', rest)), Some((_, left))) => matches(rest, left),
        (Some((letter, rest)), Some((first, left))) => letter == first && matches(rest, left),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        let name = ObjectName::qualified("app", "order_lines");
        for pattern in ["*", "order_*", "app.*", "order?lines", "app.order_lines", "*_l*s"] {
            assert!(matches_glob(pattern, &name), "{pattern}");
        }
        for pattern in ["", "order", "orders*", "public.*", "order_lines?"] {
            assert!(!matches_glob(pattern, &name), "{pattern}");
        }
    }
}
