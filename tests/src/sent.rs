//! What a client has sent to a server, by the server's own log.

use std::fs;
use std::path::{Path, PathBuf};

use cqrs_migrate::Dialect;

use crate::sql::{execute, query, try_execute};
use crate::{TestDatabase, server_url};

/// A statement as a server has logged it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The SQL, with the values of its parameters in their places.
    pub sql: String,
    /// Whether it was prepared first.
    pub prepared: bool,
}

/// Logs what is sent in new sessions of one database. SQLite has no such log; of a server that this process has not
/// started, the log is not found: `None`.
#[must_use]
pub fn log(database: &TestDatabase) -> Option<Log<'_>> {
    match database.dialect() {
        Dialect::Sqlite => None,
        Dialect::Postgres => {
            let admin = server_url(Dialect::Postgres)?;
            let directory = query(admin, &["SHOW data_directory".to_owned()]).ok()?.pop()?.pop()??;
            let file = Path::new(&directory).with_file_name("log");
            let from = usize::try_from(fs::metadata(&file).ok()?.len()).ok()?;
            // https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-STATEMENT
            execute(admin, &format!("ALTER DATABASE {} SET log_statement = 'all'", database.name()));
            Some(Log { database, place: Place::File { file, from } })
        }
        Dialect::MySql => {
            // https://mariadb.com/kb/en/general-query-log/
            let on = "SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1";
            try_execute(server_url(Dialect::MySql)?, on).ok()?;
            Some(Log { database, place: Place::Table })
        }
    }
}

/// What is being logged. It ends with [`Log::end`].
#[derive(Debug)]
pub struct Log<'a> {
    database: &'a TestDatabase,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File { file: PathBuf, from: usize },
    Table,
}

impl Log<'_> {
    /// The statements, in order.
    ///
    /// # Panics
    /// Where the log cannot be read.
    #[must_use]
    pub fn end(self) -> Vec<Sent> {
        let name = self.database.name();
        match self.place {
            Place::File { file, from } => {
                let text = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
                let admin = server_url(Dialect::Postgres).expect("the server is there");
                execute(admin, &format!("ALTER DATABASE {name} RESET log_statement"));
                from_postgres(&String::from_utf8_lossy(&text[from..]))
            }
            Place::Table => {
                let admin = server_url(Dialect::MySql).expect("the server is there");
                execute(admin, "SET GLOBAL general_log = 0");
                from_mysql(admin, &name)
            }
        }
    }
}

/// `LOG:  statement: SELECT 1`, or `LOG:  execute sqlx_s_1: SELECT $1` and `DETAIL:  parameters: $1 = 'x'`. The lines of
/// one entry begin with a tab but for the first.
fn from_postgres(text: &str) -> Vec<Sent> {
    let mut all: Vec<Sent> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix('\t') {
            if let Some(last) = all.last_mut().filter(|_| is_open) {
                last.sql.push('\n');
                last.sql.push_str(rest);
            }
            continue;
        }
        is_open = true;
        if let Some((_, sql)) = line.split_once("LOG:  statement: ") {
            all.push(Sent { sql: sql.to_owned(), prepared: false });
        } else if let Some((_, sql)) = line.split_once("LOG:  execute ").and_then(|(_, rest)| rest.split_once(": ")) {
            all.push(Sent { sql: sql.to_owned(), prepared: true });
        } else {
            is_open = false;
            if let Some((_, values)) = line.split_once("DETAIL:  parameters: ")
                && let Some(last) = all.last_mut()
            {
                last.sql = with_parameters(&last.sql, values);
            }
        }
    }
    all
}

/// `$1 = NULL, $2 = 'public'`. The highest number goes first, so that `$1` is not found in `$10`.
fn with_parameters(sql: &str, values: &str) -> String {
    let mut parameters: Vec<(&str, &str)> = Vec::new();
    let mut rest = values;
    while let Some((name, after)) = rest.split_once(" = ") {
        let mut quotes = 0;
        let end = after.char_indices().find(|(_, c)| {
            quotes += usize::from(*c == '\'');
            *c == ',' && quotes % 2 == 0
        });
        let end = end.map_or(after.len(), |(at, _)| at);
        parameters.push((name, &after[..end]));
        rest = after[end..].trim_start_matches(", ");
    }
    parameters.iter().rev().fold(sql.to_owned(), |sql, (name, value)| sql.replace(name, value))
}

fn from_mysql(admin: &str, database: &str) -> Vec<Sent> {
    let sessions = format!(
        "SELECT command_type, CONVERT(argument USING utf8mb4) FROM mysql.general_log
         WHERE command_type IN ('Query', 'Execute') AND thread_id IN (
             SELECT thread_id FROM mysql.general_log
             WHERE command_type = 'Connect' AND argument LIKE '% on {database} %')
         ORDER BY event_time"
    );
    let rows = query(admin, &[sessions]).unwrap_or_else(|error| panic!("the general log: {error}"));
    rows.into_iter()
        .filter_map(|row| {
            let [Some(kind), Some(sql)] = <[_; 2]>::try_from(row).ok()? else { return None };
            Some(Sent { sql, prepared: kind == "Execute" })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Sent, from_postgres};

    #[test]
    fn the_log_of_postgres_is_read() {
        let sent = from_postgres(
            "2026 [1] LOG:  statement: BEGIN\n2026 [1] ERROR:  no\n\tnothing\n\
             2026 [1] LOG:  execute sqlx_s_1: SELECT $1,\n\t  $2\n2026 [1] DETAIL:  parameters: $1 = NULL, $2 = 'a, ''b'''\n",
        );
        let expected = [
            Sent { sql: "BEGIN".to_owned(), prepared: false },
            Sent { sql: "SELECT NULL,\n  'a, ''b'''".to_owned(), prepared: true },
        ];
        assert_eq!(sent, expected);
    }
}
