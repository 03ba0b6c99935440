//! What the user of the session may not see: the server lists a trigger, routine or event only to somebody who has a
//! right on it, and is silent about it otherwise.
//! <https://mariadb.com/kb/en/information-schema-triggers-table/>, <https://dev.mysql.com/doc/refman/8.0/en/show-events.html>

use sqlx::{Executor as _, MySqlConnection, Row as _};

use super::reader::Reader;
use crate::dialect::NotManaged;

/// Holding one of these on the database, or everywhere, each object of the kind is listed.
/// <https://dev.mysql.com/doc/refman/8.0/en/privileges-provided.html>
const TRIGGERS: &[&str] = &["TRIGGER"];
const EVENTS: &[&str] = &["EVENT"];
const ROUTINES: &[&str] = &["EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE"];

/// What lists every routine where it is held everywhere, on MySQL.
/// <https://dev.mysql.com/doc/refman/8.0/en/information-schema-routines-table.html>
const ROUTINES_EVERYWHERE: &[&str] = &["SELECT", "SHOW_ROUTINE"];

/// What may be done with something: a line of `SHOW GRANTS`.
/// <https://mariadb.com/kb/en/show-grants/>
#[derive(Debug)]
struct Grant {
    privileges: Vec<String>,
    /// The pattern that a database's name has to match; `*` is for everything.
    database: String,
    /// `*` is for each of the database.
    table: String,
}

/// The kinds of objects of which there may be some that are not listed. `tables` are those whose triggers count.
pub(super) async fn hidden(
    connection: &mut MySqlConnection,
    database: &str,
    tables: &[&str],
    only_tables: bool,
) -> Vec<NotManaged> {
    // A server that checks no privileges refuses the statement, and shows everything.
    // <https://mariadb.com/kb/en/mariadbd-options/#-skip-grant-tables>
    let Ok(rows) = connection.fetch_all(sqlx::raw_sql("SHOW GRANTS")).await else { return Vec::new() };
    let lines = rows.iter().filter_map(|row| row.try_get::<String, _>(0).ok());
    let grants: Vec<Grant> = lines.filter_map(|line| grant(&line)).collect();
    let holds = |table: &str, wanted: &[&str]| grants.iter().any(|grant| grant.gives(database, table, wanted));
    let everywhere = |wanted: &[&str]| grants.iter().any(|grant| grant.database == "*" && grant.has(wanted));
    // MariaDB lists every routine to who may read the table that they are in.
    let reads_routines = grants.iter().any(|grant| grant.gives("mysql", "proc", &["SELECT"]));
    let mut found = Vec::new();
    let mut tell = |kind, wanted: &[&str]| {
        let name = format!("the user lacks the privilege {}", wanted.join(" or "));
        found.push(NotManaged { kind, name: name.into(), table: None });
    };
    if !tables.iter().all(|table| holds(table, TRIGGERS)) {
        tell("triggers that cannot be read", TRIGGERS);
    }
    if !only_tables && !holds("*", ROUTINES) && !everywhere(ROUTINES_EVERYWHERE) && !reads_routines {
        tell("routines that cannot be read", ROUTINES);
    }
    if !only_tables && !holds("*", EVENTS) {
        tell("events that cannot be read", EVENTS);
    }
    found
}

impl Grant {
    fn gives(&self, database: &str, table: &str, wanted: &[&str]) -> bool {
        let here = self.database == "*" || matches(&self.database, database);
        here && (self.table == "*" || self.table == table) && self.has(wanted)
    }

    fn has(&self, wanted: &[&str]) -> bool {
        self.privileges.iter().any(|it| it == "ALL PRIVILEGES" || wanted.contains(&it.as_str()))
    }
}

/// `None` of a role that was granted, which has lines of its own, and of what is on one routine.
fn grant(line: &str) -> Option<Grant> {
    let mut reader = Reader::new(line);
    if !reader.take("GRANT") {
        return None;
    }
    let mut privileges = Vec::new();
    while !reader.is_end() && !reader.take("ON") {
        let mut words = Vec::new();
        while !reader.is_end() && !matches!(reader.peek(), "," | "(") && !reader.is("ON") {
            words.push(reader.next());
        }
        // On single columns.
        if reader.group().is_none() {
            privileges.push(words.join(" "));
        }
        reader.take(",");
    }
    let database = everything_or_name(&mut reader)?;
    if !reader.take(".") {
        return None;
    }
    Some(Grant { privileges, database, table: everything_or_name(&mut reader)? })
}

fn everything_or_name(reader: &mut Reader<'_>) -> Option<String> {
    if reader.take("*") { Some("*".to_owned()) } else { reader.name() }
}

/// Whether a name matches the pattern of a grant: `%` is anything, `_` one character, a backslash takes that from them.
/// <https://mariadb.com/kb/en/grant/#database-privileges>
fn matches(pattern: &str, name: &str) -> bool {
    let mut rest = pattern.chars();
    let Some(first) = rest.next() else { return name.is_empty() };
    let mut after = name.chars();
    let escaped = rest.as_str().starts_with(['_', '%', '\\']);
    match first {
        '%' => {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.into_iter().any(|at| matches(rest.as_str(), &name[at..]))
        }
        '\\' if escaped => rest.next() == after.next() && matches(rest.as_str(), after.as_str()),
        _ => after.next().is_some_and(|it| first == '_' || it == first) && matches(rest.as_str(), after.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::{grant, matches};

    #[test]
    fn patterns_of_databases() {
        for (pattern, name, expected) in [
            ("shop", "shop", true),
            ("shop", "shops", false),
            ("a_c", "abc", true),
            ("a\\_c", "abc", false),
            ("a\\_c", "a_c", true),
            ("a%", "a", true),
            ("%b%", "abc", true),
            ("a%c", "abd", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn what_a_line_gives() {
        for (line, table, privilege, expected) in [
            ("GRANT ALL PRIVILEGES ON *.* TO `u`@`%`", "t", "TRIGGER", true),
            ("GRANT SELECT, CREATE ROUTINE ON `shop`.* TO `u`@`%`", "*", "CREATE ROUTINE", true),
            ("GRANT SELECT (`a`, `b`), TRIGGER ON `shop`.`t` TO `u`@`%`", "t", "TRIGGER", true),
            ("GRANT SELECT (`a`, `b`), TRIGGER ON `shop`.`t` TO `u`@`%`", "*", "TRIGGER", false),
            ("GRANT SELECT (`a`, `b`), TRIGGER ON `shop`.`t` TO `u`@`%`", "t", "SELECT", false),
            ("GRANT EVENT ON `other`.* TO `u`@`%`", "*", "EVENT", false),
            ("GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`%`", "*", "EXECUTE", false),
            ("GRANT `reader` TO `u`@`%`", "*", "SELECT", false),
        ] {
            let gives = grant(line).is_some_and(|grant| grant.gives("shop", table, &[privilege]));
            assert_eq!(gives, expected, "{line}");
        }
    }
}
