//! Every code, its title and its page.

/// Holds a code, its title and its page together: a code without a page does not compile.
macro_rules! codes {
    ($($code:literal: $title:literal,)*) => {
        /// Every hazard code with its title.
        pub const CODES: [(&str, &str); [$($code),*].len()] = [$(($code, $title)),*];

        /// What there is to know of a hazard, as Markdown: what happens, what it locks, the safe way, how to allow it.
        /// `None` for a code that there is not.
        #[must_use]
        pub fn page(code: &str) -> Option<&'static str> {
            match code {
                $($code => Some(include_str!(concat!("../../hazards/", $code, ".md"))),)*
                _ => None,
            }
        }
    };
}

codes! {
    "DATA001": "a table is dropped with its rows",
    "DATA002": "a column is dropped with its values",
    "DATA003": "a column's type changes to one that may not hold its values",
    "DATA004": "an enum loses a label",
    "DATA005": "a column's values are rounded, cut or numbered anew",
    "DATA006": "a sequence is dropped with the number that it has come to",
    "LOCK001": "every row of a table is written anew while others wait",
    "LOCK002": "an index is built while others wait",
    "LOCK003": "a check is proven on every row while others wait",
    "LOCK004": "a foreign key is proven on every row while others wait",
    "LOCK005": "a column is added with a value computed for each row",
    "LOCK006": "an SQLite table is made again",
    "LOCK007": "MariaDB or MySQL copies a table",
    "LOCK008": "NOT NULL is proven on every row while others wait",
    "FAIL001": "a column that may be null becomes NOT NULL",
    "FAIL002": "a NOT NULL column without a default is added",
    "FAIL003": "a key is added over rows that may have it twice",
    "FAIL004": "a foreign key is added over rows that may refer to nothing",
    "FAIL005": "a check is added over rows that may not meet it",
    "FAIL006": "a generated column is computed for rows that may have no value for it",
    "FAIL007": "a view that is not managed stands on what goes",
    "COMPAT001": "a table, view or function that the running version uses is dropped",
    "COMPAT002": "a column that the running version uses is dropped",
    "COMPAT003": "a table, view, type or sequence that the running version uses gets another name",
    "COMPAT004": "a column that the running version uses gets another name",
    "COMPAT005": "a column becomes required, and the running version may not set it",
    "COMPAT006": "a column becomes one of another kind",
    "COMPAT007": "a primary key changes",
    "COMPAT008": "an enum loses or renames a label that the running version may write",
    "UNDO001": "a step cannot be undone without loss",
    "UNDO002": "a statement cannot run in a transaction with others",
}

/// The categories of codes.
pub const CATEGORIES: [&str; 5] = ["DATA", "LOCK", "FAIL", "COMPAT", "UNDO"];

/// Every code.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> + Clone {
    CODES.iter().map(|(code, _)| *code)
}

/// What was meant, if it was a code, and which there are.
pub(crate) fn codes_help(near: Option<&str>) -> String {
    let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    format!("{near}the hazards are {}", codes().collect::<Vec<_>>().join(", "))
}

/// What is known and much like a text.
pub(crate) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let likeness = |known: &str| strsim::jaro_winkler(&known.to_lowercase(), &text.to_lowercase());
    let closest = known.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(closest) > 0.8).then(|| closest.to_owned())
}

/// The category of a code.
pub(super) fn category(code: &'static str) -> &'static str {
    code.trim_end_matches(|c: char| c.is_ascii_digit())
}
