//! Somebody's SQL script -> `Schema`, by running it in a shadow.

use cqrs_core::schema::Schema;

use crate::connection::DatabaseUrl;
use crate::dialect::{Dialect, Introspected, Statement};
use crate::error::Error;
use crate::introspect::Selection;
use crate::prepare::run_in_shadow;
use crate::revision::{split, without_comments};

/// What a script makes in an empty database, as far as it is selected.
///
/// The script cannot leave the shadow: where it begins and ends transactions, that is left out, and what leads to another
/// database is refused. Commands of the database's own client at the start of a line, as dumps of PostgreSQL have them,
/// are left out too.
///
/// # Errors
/// [`Error::BadScript`]; [`Error::Shadow`], with the statement that failed.
pub(crate) async fn run_script(url: &DatabaseUrl, script: &str, selection: Selection) -> Result<Introspected, Error> {
    let dialect = url.dialect();
    let (before, after) = dialect.rules().session_frame();
    let mut statements: Vec<Statement> = before.iter().map(|sql| dialect.statement((*sql).to_owned())).collect();
    for (number, sql) in split(script, dialect).into_iter().enumerate() {
        let sql = without_client_commands(&sql, dialect);
        match kind(sql, dialect) {
            Kind::Plain => statements.push(dialect.statement(unless_there(sql, dialect))),
            Kind::Framing => {}
            Kind::Leaving(words) => {
                return Err(Error::BadScript {
                    number: number + 1,
                    reason: format!("`{words}` leads out of the empty database that the script is run in"),
                });
            }
        }
    }
    statements.extend(after.iter().map(|sql| dialect.statement((*sql).to_owned())));
    run_in_shadow(url, &Schema::new(), &statements, selection).await
}

/// A shadow of PostgreSQL has the schemas that the live database has, and a dump of that makes them.
fn unless_there(sql: &str, dialect: Dialect) -> String {
    const CREATE: &str = "CREATE SCHEMA";
    // With elements, `IF NOT EXISTS` is an error. https://www.postgresql.org/docs/current/sql-createschema.html
    let is_plain = |rest: &str| {
        let is_more = |word: &str| ["IF", "CREATE", "GRANT"].iter().any(|more| word.eq_ignore_ascii_case(more));
        rest.starts_with(char::is_whitespace) && !rest.split_whitespace().any(is_more)
    };
    match sql.split_at_checked(CREATE.len()) {
        Some((create, rest))
            if dialect == Dialect::Postgres && create.eq_ignore_ascii_case(CREATE) && is_plain(rest) =>
        {
            format!("{create} IF NOT EXISTS{rest}")
        }
        _ => sql.to_owned(),
    }
}

enum Kind {
    Plain,
    /// Nothing to run: the end of the script, or a transaction that frames it.
    Framing,
    Leaving(String),
}

fn kind(sql: &str, dialect: Dialect) -> Kind {
    let words: Vec<String> = sql
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .take(2)
        .map(str::to_ascii_uppercase)
        .collect();
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    let is_database = word(1) == "DATABASE" || (word(1) == "SCHEMA" && dialect == Dialect::MySql);
    match (word(0), word(1)) {
        ("BEGIN" | "COMMIT" | "END", _) | ("START", "TRANSACTION") => Kind::Framing,
        ("ROLLBACK" | "ABORT" | "USE" | "ATTACH" | "DETACH", _) => Kind::Leaving(word(0).to_owned()),
        ("CREATE" | "DROP" | "ALTER", _) if is_database => Kind::Leaving(words.join(" ")),
        _ if sql.is_empty() => Kind::Framing,
        _ => Kind::Plain,
    }
}

/// psql's commands begin with a backslash, take a whole line, and stand between statements.
/// <https://www.postgresql.org/docs/current/app-psql.html>
fn without_client_commands(statement: &str, dialect: Dialect) -> &str {
    let mut sql = without_comments(statement, dialect);
    while dialect == Dialect::Postgres && sql.starts_with('\\') {
        sql = sql.split_once('\n').map_or("", |(_, rest)| rest);
        sql = without_comments(sql, dialect);
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_cannot_lead_out_of_its_database() {
        for (sql, dialect) in [
            ("use production", Dialect::MySql),
            ("CREATE SCHEMA IF NOT EXISTS other", Dialect::MySql),
            ("drop database x", Dialect::Postgres),
            ("attach 'production.db' as p", Dialect::Sqlite),
            ("rollback", Dialect::Postgres),
        ] {
            assert!(matches!(kind(sql, dialect), Kind::Leaving(_)), "{sql}");
        }
        assert!(matches!(kind("create schema app", Dialect::Postgres), Kind::Plain));
        assert!(matches!(kind("start transaction", Dialect::MySql), Kind::Framing));
    }

    #[test]
    fn a_schema_may_be_there() {
        for (sql, expected) in [
            ("create schema \"App\"", "create schema IF NOT EXISTS \"App\""),
            ("CREATE SCHEMA app AUTHORIZATION me", "CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION me"),
            ("CREATE SCHEMA IF NOT EXISTS app", "CREATE SCHEMA IF NOT EXISTS app"),
            ("CREATE SCHEMA app CREATE TABLE t (a int)", "CREATE SCHEMA app CREATE TABLE t (a int)"),
            ("CREATE TABLE schema (a int)", "CREATE TABLE schema (a int)"),
        ] {
            assert_eq!(unless_there(sql, Dialect::Postgres), expected);
        }
    }

    #[test]
    fn commands_of_psql_are_left_out() {
        let script = "\\restrict x\n-- a dump\n\\connect y\nSET a = 1";
        assert_eq!(without_client_commands(script, Dialect::Postgres), "SET a = 1");
        assert_eq!(without_client_commands("\\unrestrict x", Dialect::Postgres), "");
    }

    #[cfg(feature = "sqlite")]
    #[tokio::test]
    async fn a_script_is_read_by_the_database() {
        let url = DatabaseUrl::parse("sqlite::memory:").unwrap();
        let made = run_script(&url, "BEGIN; CREATE TABLE t (a int); COMMIT;", Selection::schema_only()).await.unwrap();
        assert_eq!(made.schema.tables.len(), 1);
        let error =
            run_script(&url, "CREATE TABLE t (a int);\nATTACH 'x' AS y", Selection::schema_only()).await.unwrap_err();
        assert!(error.to_string().contains("statement 2"), "{error}");
    }
}
