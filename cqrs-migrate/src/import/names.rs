//! Names of a database as Rust's.

use std::collections::BTreeSet;

use cqrs_syntax::names::{pascal_case, snake_case};

/// Words that mean something inside `index(…)`, `unique(…)` or `foreign_key(…)`: a field of that name is written raw there.
const WORDS_OF_ATTRIBUTES: [&str; 7] =
    ["unique", "nulls_not_distinct", "include", "expr", "deferrable", "on_delete", "on_update"];

/// Names that a generated file has for something else.
const NAMES_OF_TYPES: [&str; 24] = [
    "BigDecimal",
    "Box",
    "Copy",
    "DateTime",
    "Debug",
    "Decimal",
    "Deserialize",
    "IpNetwork",
    "NaiveDate",
    "NaiveDateTime",
    "NaiveTime",
    "Option",
    "PartialEq",
    "Range",
    "Result",
    "Self",
    "Serialize",
    "SqlEnum",
    "SqlType",
    "String",
    "Utc",
    "Uuid",
    "Value",
    "Vec",
];

/// What `#[object_model]` puts behind the name of a struct.
const SUFFIXES: [&str; 7] = ["", "Write", "Patch", "Key", "Read", "Column", "Unique"];

/// The file of a domain's SQL objects.
pub(crate) const OBJECTS_MODULE: &str = "sql_objects";

/// Words whose singular is not found by their ending.
const IRREGULAR: [(&str, &str); 9] = [
    ("aliases", "alias"),
    ("caches", "cache"),
    ("cookies", "cookie"),
    ("movies", "movie"),
    ("news", "news"),
    ("people", "person"),
    ("series", "series"),
    ("species", "species"),
    ("statuses", "status"),
];

/// `FilmId`, `film-id` -> `film_id`; what Rust has no letters for is left out. `otherwise` stands in front of a digit, or
/// alone where nothing is left.
pub(super) fn snake(name: &str, otherwise: &str) -> String {
    let plain: String = name.chars().map(|letter| if is_letter(letter) { letter } else { ' ' }).collect();
    let words = snake_case(&plain);
    match words.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if is_start(first) => words,
        Some(_) => format!("{otherwise}_{words}"),
    }
}

/// The same of a module, which is a file: of ASCII letters alone, and two that differ in case only are one on some systems.
/// <https://doc.rust-lang.org/reference/identifiers.html>
pub(super) fn file(name: &str, otherwise: &str) -> String {
    let ascii: String = name.chars().filter(char::is_ascii).collect();
    snake(&ascii, otherwise).to_lowercase()
}

/// As [`snake`], in `PascalCase`.
pub(super) fn pascal(name: &str, otherwise: &str) -> String {
    pascal_case(&snake(name, otherwise))
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || letter == '_'
        || (!letter.is_ascii() && syn::parse_str::<syn::Ident>(&format!("a{letter}")).is_ok())
}

fn is_start(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || letter == '_'
        || (!letter.is_ascii() && syn::parse_str::<syn::Ident>(&format!("{letter}a")).is_ok())
}

/// A name as it stands in source: a keyword is raw.
/// <https://doc.rust-lang.org/reference/keywords.html>
pub(super) fn spelled(name: &str) -> String {
    let is_keyword = name == "gen" || syn::parse_str::<syn::Ident>(name).is_err();
    if is_keyword { format!("r#{name}") } else { name.to_owned() }
}

/// The same inside `index(…)` and its like.
pub(super) fn spelled_in_list(name: &str) -> String {
    if WORDS_OF_ATTRIBUTES.contains(&name) { format!("r#{name}") } else { spelled(name) }
}

/// `customers` -> `customer`, `categories` -> `category`. The last word of several.
fn singular(name: &str) -> String {
    let (head, last) = match name.rsplit_once('_') {
        Some((head, last)) => (format!("{head}_"), last),
        None => (String::new(), name),
    };
    let one = IRREGULAR.iter().find(|(many, _)| *many == last).map(|(_, one)| (*one).to_owned());
    let one = one.unwrap_or_else(|| {
        let ends = |endings: &[&str]| endings.iter().any(|ending| last.ends_with(ending));
        if let Some(stem) = last.strip_suffix("ies").filter(|stem| stem.len() > 1) {
            format!("{stem}y")
        } else if ends(&["sses", "xes", "ches", "shes"]) {
            last[..last.len() - 2].to_owned()
        } else if last.len() < 3 || ends(&["ss", "us", "is"]) {
            last.to_owned()
        } else {
            last.strip_suffix('s').unwrap_or(last).to_owned()
        }
    });
    format!("{head}{one}")
}

/// Names that are given once.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// The struct of a table, so that nothing generated beside it clashes with anything else.
    pub(super) fn class(&mut self, table: &str) -> String {
        let name = snake(table, "table");
        let (one, many) = (pascal_case(&singular(&name)), pascal_case(&name));
        let candidates = [one.clone(), many, format!("{one}Model")].into_iter().chain(numbered(one));
        let free = |candidate: &String| {
            is_type_name(candidate) && SUFFIXES.iter().all(|suffix| !self.0.contains(&format!("{candidate}{suffix}")))
        };
        let class = candidates.into_iter().find(free).unwrap_or_default();
        self.0.extend(SUFFIXES.iter().map(|suffix| format!("{class}{suffix}")));
        class
    }

    /// An enum or a newtype.
    pub(super) fn type_name(&mut self, name: &str) -> String {
        let name = pascal(name, "Type");
        let candidates = [name.clone(), format!("{name}Type")].into_iter().chain(numbered(name));
        self.take(candidates, is_type_name)
    }

    /// A module.
    pub(super) fn module(&mut self, table: &str) -> String {
        let name = file(table, "table");
        let reserved = ["mod", "lib", "main", "self", "super", "crate", OBJECTS_MODULE];
        let candidates = [name.clone(), format!("{name}_table")].into_iter().chain(numbered(format!("{name}_")));
        self.take(candidates, |candidate| !reserved.contains(&candidate))
    }

    /// A field: two that are one in `PascalCase` are one in the enum of the columns.
    pub(super) fn field(&mut self, column: &str) -> String {
        let name = snake(column, "column");
        // Keywords that cannot be raw. <https://doc.rust-lang.org/reference/identifiers.html#raw-identifiers>
        let name = if ["self", "super", "crate"].contains(&name.as_str()) { format!("{name}_") } else { name };
        let candidates = std::iter::once(name.clone()).chain(numbered(format!("{name}_")));
        let field = candidates.into_iter().find(|name| !self.0.contains(&pascal_case(name))).unwrap_or_default();
        self.0.insert(pascal_case(&field));
        field
    }

    /// A variant of an enum.
    pub(super) fn variant(&mut self, label: &str) -> String {
        let name = if label.is_empty() { "Empty".to_owned() } else { pascal(label, "label") };
        let candidates = [name.clone(), format!("{name}Label")].into_iter().chain(numbered(name));
        self.take(candidates, |candidate| candidate != "Self")
    }

    fn take(&mut self, mut candidates: impl Iterator<Item = String>, allowed: impl Fn(&str) -> bool) -> String {
        let name = candidates.find(|name| allowed(name) && !self.0.contains(name)).unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
}

fn numbered(name: String) -> impl Iterator<Item = String> {
    (2..).map(move |number: u32| format!("{name}{number}"))
}

fn is_type_name(name: &str) -> bool {
    !NAMES_OF_TYPES.contains(&name) && syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_fields() {
        for (column, field) in [
            ("id", "id"),
            ("AlbumId", "album_id"),
            ("first name", "first_name"),
            ("e-mail", "e_mail"),
            ("2fa", "column_2fa"),
            ("größe", "größe"),
            ("🦀", "column"),
            ("a²", "a"),
            ("__x", "x"),
        ] {
            assert_eq!(snake(column, "column"), field);
        }
        assert_eq!([spelled("type"), spelled("gen"), spelled("id")], ["r#type", "r#gen", "id"]);
        assert_eq!(Taken::default().field("self"), "self_");
    }

    #[test]
    fn modules_are_files() {
        let mut taken = Taken::default();
        let modules = ["Orders", "ünïcode_täble", "größe", "grösse", "注文", "lib"];
        let expected = ["orders", "ncode_tble", "gre", "grsse", "table", "lib_table"];
        assert_eq!(modules.map(|name| taken.module(name)), expected);
    }

    #[test]
    fn fields_that_look_alike_are_numbered() {
        let mut taken = Taken::default();
        assert_eq!(
            ["userId", "user_id", "user id"].map(|name| taken.field(name)),
            ["user_id", "user_id_2", "user_id_3"]
        );
    }

    #[test]
    fn structs_are_singular_and_clash_with_nothing_generated() {
        let mut taken = Taken::default();
        let classes =
            ["customers", "customer", "categories", "status", "x", "x_key", "x_reads", "values", "2fa", "option"];
        assert_eq!(
            classes.map(|name| taken.class(name)),
            [
                "Customer",
                "CustomerModel",
                "Category",
                "Status",
                "X",
                "XKeyModel",
                "XReads",
                "Values",
                "Table2fa",
                "OptionModel"
            ]
        );
    }
}
