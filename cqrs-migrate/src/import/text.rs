//! Pieces of source text.

use std::collections::{BTreeMap, BTreeSet};

/// The longest line that an attribute is put on.
const LONGEST_LINE: usize = 100;

/// `use a::{B, C};`, those of one module together.
pub(super) fn uses(imports: &BTreeSet<String>) -> String {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for import in imports {
        if let Some((module, name)) = import.rsplit_once("::") {
            modules.entry(module).or_default().push(name);
        }
    }
    let line = |(module, names): (&str, Vec<&str>)| match names[..] {
        [name] => format!("use {module}::{name};\n"),
        _ => format!("use {module}::{{{}}};\n", names.join(", ")),
    };
    modules.into_iter().map(line).collect()
}

/// On one line where it fits, else on one for each argument. Nothing where there is nothing to say.
pub(super) fn attribute(name: &str, arguments: &[String], indent: &str) -> String {
    if arguments.is_empty() {
        return String::new();
    }
    let line = format!("{indent}#[{name}({})]", arguments.join(", "));
    if line.chars().count() <= LONGEST_LINE && !line.contains('\n') {
        return line + "\n";
    }
    let arguments: String = arguments.iter().map(|argument| format!("{indent}    {argument},\n")).collect();
    format!("{indent}#[{name}(\n{arguments}{indent})]\n")
}

/// A comment as documentation.
pub(super) fn docs(comment: Option<&str>, indent: &str) -> String {
    let line = |line: &str| if line.is_empty() { format!("{indent}///\n") } else { format!("{indent}/// {line}\n") };
    comment.into_iter().flat_map(|comment| comment.split('\n').map(line)).collect()
}

/// Whether documentation is read as just this comment, and the compiler takes it: it refuses letters that turn the
/// direction of the text, and what is not seen.
pub(super) fn is_doc(comment: &str) -> bool {
    comment.chars().all(|letter| letter == '\n' || is_plain(letter))
        && comment.trim() == comment
        && comment.split('\n').all(|line| line.trim_end() == line)
}

pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if is_plain(letter) { letter } else { ' ' }).collect()
}

/// Why something is not written whose lines end in two letters.
pub(super) const CARRIAGE_RETURNS: &str = "its SQL has carriage returns, which the files of revisions do not keep: make it anew without them, and import again";

/// Whether SQL comes out of the file of a revision as it went in: the ends of lines are those of the machine.
pub(super) fn keeps_lines(sql: &str) -> bool {
    !sql.contains('\r')
}

/// Text over several lines as it is, where Rust reads it so, else with everything escaped.
pub(super) fn literal(text: &str) -> String {
    if !text.chars().all(|letter| matches!(letter, '\n' | '\t') || is_plain(letter)) {
        return format!("{text:?}");
    }
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let ends = |hashes: &usize| !text.contains(&format!("\"{}", "#".repeat(*hashes)));
    let hashes = "#".repeat((0..).find(ends).unwrap_or_default());
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Whether a letter is what it looks like.
fn is_plain(letter: char) -> bool {
    !(letter.is_control() || letter.escape_debug().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_is_written_as_it_is_read() {
        for (text, written) in [
            ("SELECT 1\n  FROM t", "\"SELECT 1\n  FROM t\""),
            ("SELECT '\\d'", "r\"SELECT '\\d'\""),
            ("SELECT \"a\"", "r#\"SELECT \"a\"\"#"),
            ("SELECT '\"#'", "r##\"SELECT '\"#'\"##"),
            ("a\r\nb", "\"a\\r\\nb\""),
        ] {
            assert_eq!(literal(text), written);
            let read: syn::LitStr = syn::parse_str(written).unwrap();
            assert_eq!(read.value(), text);
        }
    }
}
