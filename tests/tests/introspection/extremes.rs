//! Names and sizes at the edge of what a database takes.

use std::fmt::Write as _;
use std::time::Instant;

use cqrs_migrate::{Dialect, Selection};
use cqrs_tests::round_trip::{SchemaFile, introspect, run};
use cqrs_tests::{execute_each, fresh};

use super::round_trip::report;

/// Names that need care, as far as every database takes them.
const NAMES: &[&str] = &[
    "it's", "a\"b", "a`b", "a.b", "a b", "UPPER", "select", "--x", "/*x*/", "a;b", "a\\b", "%s", "$1", "?", ":x",
    "{a}", "größe", "日本", "1a", "a\nb", "a\tb", "é", "'", "\"", "`", "a,b)", "]", "a]b",
];

#[test]
fn any_name_comes_back_as_it_was() {
    let files = Dialect::ALL.map(|dialect| SchemaFile::new(dialect, "names", &with_names(dialect)));
    report(&files, &run(&files));
}

/// A table for each name, with parts of that name, and a view that reads it.
fn with_names(dialect: Dialect) -> String {
    let mut names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    match dialect {
        // <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>
        Dialect::Postgres => {
            names.extend(["🦀".to_owned(), "x".repeat(63), "é".repeat(31), format!(" {} ", "y".repeat(61))])
        }
        // No name may end with a space or go beyond U+FFFF: <https://mariadb.com/kb/en/identifier-names/>
        Dialect::MySql => names.extend(["x".repeat(64), "é".repeat(64)]),
        Dialect::Sqlite => names.extend(["🦀".to_owned(), "x".repeat(300), String::from(" "), " a ".to_owned()]),
    }
    let mark = if dialect == Dialect::MySql { '`' } else { '"' };
    let quote = |name: &str| format!("{mark}{}{mark}", name.replace(mark, &format!("{mark}{mark}")));
    let text = |name: &str| {
        let escaped = name.replace('\'', "''");
        if dialect == Dialect::MySql { escaped.replace('\\', "\\\\") } else { escaped }
    };
    let mut sql = String::new();
    for (number, name) in names.iter().enumerate() {
        let (name, text, part) = (quote(name), text(name), |kind: &str| {
            // Parts share a namespace with tables or with each other on some databases.
            let longest = if dialect == Dialect::Sqlite { 400 } else { 60 };
            let mut part = format!("{kind}{number}{name}");
            while part.len() > longest {
                part.pop();
            }
            quote(&part)
        });
        let _ = writeln!(
            sql,
            "CREATE TABLE {name} ({name} int NOT NULL, other varchar(400) DEFAULT '{text}', CONSTRAINT {} UNIQUE ({name}),
             CONSTRAINT {} CHECK (other <> '{text}'), CONSTRAINT {} FOREIGN KEY ({name}) REFERENCES {name} ({name}));
             CREATE INDEX {} ON {name} (other, {name});
             CREATE VIEW {} AS SELECT {name}, other AS {} FROM {name} WHERE other <> '{text}';",
            part("u"),
            part("c"),
            part("f"),
            part("i"),
            part("v"),
            part("a"),
        );
    }
    sql
}

/// PostgreSQL: <https://www.postgresql.org/docs/current/limits.html>, InnoDB:
/// <https://mariadb.com/kb/en/innodb-limitations/>, SQLite: <https://www.sqlite.org/limits.html>.
fn most_columns(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Sqlite => 2000,
        Dialect::Postgres => 1600,
        Dialect::MySql => 1017,
    }
}

fn wide_table(name: &str, columns: usize) -> String {
    let columns: Vec<String> = (0..columns).map(|at| format!("c{at} int DEFAULT {at}")).collect();
    format!("CREATE TABLE {name} ({})", columns.join(", "))
}

#[test]
fn the_widest_table_comes_back_as_it_was() {
    let file = |dialect| SchemaFile::new(dialect, "widest", &format!("{};", wide_table("t", most_columns(dialect))));
    let files = Dialect::ALL.map(file);
    report(&files, &run(&files));
}

#[test]
fn a_hundred_thousand_columns_are_read() {
    for dialect in Dialect::ALL {
        let Some(database) = fresh(dialect) else { continue };
        let tables: Vec<String> = (0..100).map(|at| wide_table(&format!("t{at}"), 1000)).collect();
        let start = Instant::now();
        execute_each(database.url(), &tables).unwrap();
        println!("{dialect}: 100 tables made in {:?}", start.elapsed());
        let start = Instant::now();
        let found = introspect(&database, &Selection::default()).unwrap();
        println!("{dialect}: 100,000 columns in {:?}", start.elapsed());
        let columns: usize = found.schema.tables.values().map(|table| table.columns.len()).sum();
        assert_eq!((columns, found.not_managed.len()), (100_000, 0), "{dialect}");
    }
}
