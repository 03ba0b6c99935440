//! What a database is, told by the database itself: by `pg_dump`, by `SHOW CREATE`, by SQLite's catalog. The judge of
//! whether two databases are equal; nothing of what is tested is used for it.

mod mysql;
mod postgres;
mod sqlite;

use std::collections::BTreeMap;
use std::fmt;

use cqrs_migrate::Dialect;
pub(crate) use postgres::server_version as postgres_version;

use crate::TestDatabase;

/// The objects of a database by their titles (`TABLE public.orders`), each as text. What has no order in the database,
/// such as the columns of a table for whoever names them, is sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dump {
    objects: BTreeMap<String, String>,
}

/// An object that two dumps do not agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What and which it is.
    pub title: String,
    /// As the first dump has it.
    pub left: Option<String>,
    /// As the second dump has it.
    pub right: Option<String>,
}

/// Dumps a database. With `privileges`, who may do what with its objects too (PostgreSQL).
///
/// # Errors
/// What the database or its program says; where there is no program that suits the server.
pub fn dump(database: &TestDatabase, privileges: bool) -> Result<Dump, String> {
    match database.dialect() {
        Dialect::Sqlite => sqlite::dump(database.url()),
        Dialect::Postgres => postgres::dump(database.url(), privileges),
        Dialect::MySql => mysql::dump(database.url(), &database.name()),
    }
}

/// What `pg_dump --schema-only` prints of a database on PostgreSQL.
///
/// # Errors
/// As [`dump`].
pub fn pg_dump(database: &TestDatabase) -> Result<String, String> {
    postgres::pg_dump(database.url(), false)
}

impl Dump {
    /// What two databases do not agree on, in order.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let titles: std::collections::BTreeSet<&String> = self.objects.keys().chain(other.objects.keys()).collect();
        let of = |title: &String| (self.objects.get(title).cloned(), other.objects.get(title).cloned());
        titles
            .into_iter()
            .map(|title| (title, of(title)))
            .filter(|(_, (left, right))| left != right)
            .map(|(title, (left, right))| Difference { title: title.clone(), left, right })
            .collect()
    }

    /// How many objects there are whose titles begin with a kind.
    #[must_use]
    pub fn count(&self, kind: &str) -> usize {
        self.objects.keys().filter(|title| title.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' '))).count()
    }

    /// How many objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there is nothing in the database.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Adds an object. What comes twice under one title is kept twice.
    fn add(&mut self, title: String, text: &str) {
        let known = self.objects.entry(title).or_default();
        if !known.is_empty() {
            known.push('\n');
        }
        known.push_str(text.trim_end());
    }
}

/// The lines that one side has and the other has not, as in a patch.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = |side: &Option<String>| side.iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
        let (left, right): (Vec<String>, Vec<String>) = (lines(&self.left), lines(&self.right));
        write!(f, "{}", self.title)?;
        for (sign, side, other) in [('-', &left, &right), ('+', &right, &left)] {
            for line in side.iter().filter(|line| !other.contains(line)) {
                write!(f, "\n    {sign} {line}")?;
            }
        }
        if self.left.is_some() && self.right.is_some() && left.iter().all(|line| right.contains(line)) {
            write!(f, "\n    (its lines are in another order, or there more than once)")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Dump;

    #[test]
    fn what_differs_is_told_by_its_lines() {
        let dump = |objects: &[(&str, &str)]| {
            let mut dump = Dump::default();
            for (title, text) in objects {
                dump.add((*title).to_owned(), text);
            }
            dump
        };
        let left = dump(&[("TABLE a", "same\nold"), ("TABLE b", "gone"), ("VIEW c", "same")]);
        let right = dump(&[("TABLE a", "same\nnew"), ("VIEW c", "same")]);
        let told: Vec<String> = left.differences(&right).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["TABLE a\n    - old\n    + new", "TABLE b\n    - gone"]);
        assert_eq!(left.differences(&left), []);
        assert_eq!((left.count("TABLE"), left.count("TAB"), left.len()), (2, 0, 3));
    }
}
