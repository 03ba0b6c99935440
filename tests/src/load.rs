//! SQL files as people write them, into a database: as its own client would run them.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::str::FromStr as _;

use cqrs_migrate::Dialect;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use crate::sql::{self, wait_for};
use crate::{TestDatabase, dump, programs};

/// Runs the SQL of a file: by `psql` on PostgreSQL, with the `DELIMITER`s of `mariadb` on MariaDB and MySQL. What makes or
/// chooses a database is left out.
///
/// # Errors
/// What the database says of the first statement that it refuses.
pub fn load(database: &TestDatabase, script: &str) -> Result<(), String> {
    match database.dialect() {
        Dialect::Sqlite => sql::try_execute(database.url(), script).map_err(|error| error.to_string()),
        Dialect::Postgres => psql(database.url(), script),
        Dialect::MySql => mysql(database.url(), script),
    }
}

fn psql(url: &str, script: &str) -> Result<(), String> {
    let program = programs::postgres_client("psql", dump::postgres_version(url)?)?;
    let mut command = Command::new(&program);
    command.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", url]);
    command.env("PGCLIENTENCODING", "UTF8").env("PGOPTIONS", "--client-min-messages=warning");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut run = || {
        let mut child = command.spawn()?;
        // A client that has stopped at an error does not read the rest: what it said is the error.
        let _ = child.stdin.take().map(|mut stdin| stdin.write_all(script.as_bytes()));
        child.wait_with_output()
    };
    let output = run().map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// With the SQL mode of the server and not the driver's: it is stored with each routine.
fn mysql(url: &str, script: &str) -> Result<(), String> {
    let options = MySqlConnectOptions::from_str(url).map_err(|error| error.to_string())?;
    let options = options.pipes_as_concat(false).no_engine_substitution(false).timezone(None);
    let load = || async {
        let mut connection = options.connect().await.map_err(|error| error.to_string())?;
        for part in delimited(script) {
            let part = in_this_database(&part);
            let ran = sqlx::raw_sql(AssertSqlSafe(part.clone())).execute(&mut connection).await;
            ran.map_err(|error| format!("{error}: {}", part.trim().chars().take(200).collect::<String>()))?;
        }
        connection.close().await.map_err(|error| error.to_string())
    };
    wait_for(load)
}

/// What the server takes at once: everything up to a line `DELIMITER x`, and then what stands between the `x`.
/// <https://mariadb.com/kb/en/delimiters/>
fn delimited(script: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut delimiter = None;
    for line in script.lines() {
        if let Some((_, mark)) = line.split_once(' ').filter(|(word, _)| word.eq_ignore_ascii_case("delimiter")) {
            delimiter = Some(mark.trim().to_owned()).filter(|mark| mark != ";");
            parts.push(String::new());
            continue;
        }
        let end = delimiter.as_ref().and_then(|mark| line.trim_end().strip_suffix(mark.as_str()));
        let part = parts.last_mut().expect("there is always one");
        part.push_str(end.unwrap_or(line));
        part.push('\n');
        if end.is_some() {
            parts.push(String::new());
        }
    }
    let is_sql = |part: &String| part.lines().any(|line| !line.trim().is_empty() && !line.starts_with("--"));
    parts.retain(is_sql);
    parts
}

/// Without the statements that make another database and go there, which files begin with.
fn in_this_database(part: &str) -> String {
    let leads_away = |statement: &&str| {
        let words: Vec<String> = statement.split_whitespace().take(2).map(str::to_uppercase).collect();
        words.first().is_some_and(|word| word == "USE") || words == ["CREATE", "DATABASE"]
    };
    let mut rest = part;
    while let Some((_, after)) = rest.split_once(';').filter(|(statement, _)| leads_away(statement)) {
        rest = after;
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{delimited, in_this_database};

    #[test]
    fn delimiters_are_the_clients() {
        let parts = delimited("a; b;\nDELIMITER ;;\nc;\nd;;\ne ;;\ndelimiter ;\n-- nothing\n\nf;");
        assert_eq!(parts, ["a; b;\n", "c;\nd\n", "e \n", "-- nothing\n\nf;\n"]);
    }

    #[test]
    fn a_file_stays_in_its_database() {
        assert_eq!(in_this_database("CREATE DATABASE IF NOT EXISTS x; USE x;\na;b"), "\na;b");
        assert_eq!(in_this_database("create table use_it (a int);"), "create table use_it (a int);");
    }
}
