//! The entries of the schema's `options` lists: clauses of SQLite that the schema types have no field for.
//!
//! | of | entry | says |
//! |---|---|---|
//! | table | `STRICT`, `WITHOUT ROWID` | |
//! | column | `TYPE decimal(5, 2)` | the type as it was written, where that differs in more than letters |
//! | | `NOT NULL`, `CONSTRAINT "n" NOT NULL ON CONFLICT IGNORE` | more than that it is not null, or that it says what goes without saying |
//! | | `DEFAULT word`, `DEFAULT NULL` | a default that is written in another way than its value |
//! | | `COLLATE BINARY` | what goes without saying |
//! | | `CONSTRAINT "n" DEFAULT`, `… COLLATE`, `… GENERATED` | the name of that clause |
//! | primary key, unique | `ON CONFLICT REPLACE` | |
//! | | `DESC` | behind `PRIMARY KEY` of a column, where it is no alias of the rowid |
//! | | `("a" COLLATE NOCASE, "b" DESC)` | the whole list, where it is more than names |
//! | index | `("a" ASC)` | the whole list, where the parts do not say it all |
//! | check | `ON CONFLICT FAIL` | without effect |
//! | foreign key | `NOT DEFERRABLE`, `MATCH PARTIAL`, `ON INSERT CASCADE` | without effect |
//! | key, foreign key | `TABLE CONSTRAINT` | it stands apart from its only column, and says when it is checked or what a conflict does |
//! | view | `("a", "b")` | the names of its columns |

use cqrs_core::schema::Str;

#[cfg(feature = "sqlite")]
use super::words::quote;

/// A key that is a constraint of the table although it has one column.
pub(super) const OF_TABLE: &str = "TABLE CONSTRAINT";
/// Behind the `PRIMARY KEY` of a column.
pub(super) const DESCENDING: &str = "DESC";
/// The collation of a column that names none.
#[cfg(feature = "sqlite")]
pub(super) const BINARY: &str = "COLLATE BINARY";
/// What there is without a clause.
pub(super) const NOT_DEFERRABLE: &str = "NOT DEFERRABLE";

const TYPE: &str = "TYPE ";

/// What an entry of a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    Type,
    NotNull,
    Null,
    Default,
    Collate,
    /// The name of a clause that the schema types have a field for.
    Name(&'static str),
}

impl Clause {
    pub(super) fn of(option: &str) -> Self {
        let unnamed = without_name(option);
        let is_named = unnamed.len() < option.len();
        match unnamed {
            "DEFAULT" if is_named => Self::Name("DEFAULT"),
            "COLLATE" if is_named => Self::Name("COLLATE"),
            "GENERATED" if is_named => Self::Name("GENERATED"),
            clause if clause.starts_with("NOT NULL") => Self::NotNull,
            clause if clause.starts_with("NULL") => Self::Null,
            clause if clause.starts_with("DEFAULT ") => Self::Default,
            clause if clause.starts_with("COLLATE ") => Self::Collate,
            _ => Self::Type,
        }
    }
}

/// The entry of a column, if there is one.
pub(super) fn find(options: &[Str], clause: Clause) -> Option<&str> {
    options.iter().map(AsRef::as_ref).find(|option| Clause::of(option) == clause)
}

/// A type as it was written.
#[cfg(feature = "sqlite")]
pub(super) fn written_type(sql: &str) -> Str {
    format!("{TYPE}{sql}").into()
}

/// The type in an entry.
pub(super) fn type_in(option: &str) -> &str {
    option.strip_prefix(TYPE).unwrap_or(option)
}

/// A clause under the name of its constraint.
#[cfg(feature = "sqlite")]
pub(super) fn named(name: &Option<Str>, clause: Str) -> Str {
    match name {
        Some(name) => format!("CONSTRAINT {} {clause}", quote(name)).into(),
        None => clause,
    }
}

/// The name alone of a clause that has its own field.
#[cfg(feature = "sqlite")]
pub(super) fn name_of_clause(name: &Option<Str>, keyword: &'static str) -> Option<Str> {
    name.is_some().then(|| named(name, keyword.into()))
}

/// `CONSTRAINT "n" ` for a clause that has its own field, out of the entry that names it.
pub(super) fn name_before(options: &[Str], keyword: &'static str) -> String {
    find(options, Clause::Name(keyword)).and_then(|option| option.strip_suffix(keyword)).unwrap_or_default().to_owned()
}

/// The list in parentheses, of keys or of columns.
pub(super) fn list(options: &[Str]) -> Option<&str> {
    options.iter().map(AsRef::as_ref).find(|option| option.starts_with('('))
}

/// The clause of that beginning.
pub(super) fn starting(options: &[Str], start: &str) -> Option<String> {
    options.iter().find(|option| option.starts_with(start)).map(|option| format!(" {option}"))
}

pub(super) fn contains(options: &[Str], clause: &str) -> bool {
    options.iter().any(|option| option == clause)
}

fn without_name(option: &str) -> &str {
    let Some(rest) = option.strip_prefix("CONSTRAINT \"") else { return option };
    // The name's own quotes are doubled.
    let mut quotes = rest.match_indices('"').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return rest[at + 1..].trim_start();
        }
    }
    option
}
