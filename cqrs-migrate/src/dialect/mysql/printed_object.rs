//! `SHOW CREATE` of what is no table -> a view or an object.

use std::collections::BTreeSet;

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, ObjectName, SqlObject, Str, View};

use super::printed_table::Server;
use super::reader::Reader;
use super::text::{comma_joins, literal, quote, unquote, without_database};
use super::{MARIADB_SESSION_MODE, SESSION_MODE};

/// Reads the text of `SHOW CREATE VIEW`. `None` where an alias is called like the database, so that the database's name
/// cannot be taken out. `what_is` tells what there is of a name, called with arguments or not.
pub(super) fn view(
    server: &Server,
    name: &str,
    printed: &str,
    columns: Vec<Str>,
    what_is: impl Fn(&str, bool) -> Option<ObjectKind>,
) -> Option<View> {
    let mut reader = Reader::new(printed);
    let mut options = Vec::new();
    while !reader.is_end() && !reader.is("VIEW") {
        if reader.take("ALGORITHM =") {
            let algorithm = reader.next();
            options.extend((algorithm != "UNDEFINED").then(|| format!("ALGORITHM={algorithm}")));
        } else if reader.take("SQL SECURITY") {
            let security = reader.next();
            options.extend((security != "DEFINER").then(|| format!("SQL SECURITY {security}")));
        } else {
            reader.next();
        }
    }
    while !reader.is_end() && !reader.take("AS") {
        reader.next();
    }
    let (query, _) = without_database(reader.rest(), &server.database)?;
    let depends_on = needs(server, reader.rest(), what_is);
    Some(View {
        name: ObjectName::new(name.to_owned()),
        query: comma_joins(&query).into(),
        columns,
        options: options.into_iter().map(Str::Owned).collect(),
        depends_on,
        ..View::default()
    })
}

/// The tables, views and functions of this database that a query names: what follows `FROM` and `JOIN`, and what is
/// called. The server prints every list of tables with `JOIN`, and every column with its table.
fn needs(server: &Server, query: &str, what_is: impl Fn(&str, bool) -> Option<ObjectKind>) -> Vec<Dependency> {
    let mut reader = Reader::new(query);
    let mut found = Vec::new();
    let mut lists_tables = false;
    while !reader.is_end() {
        let word = reader.peek();
        let Some(mut name) = unquote(word) else {
            lists_tables = matches!(word.to_lowercase().as_str(), "from" | "join" | "straight_join")
                || lists_tables && word == "(";
            reader.next();
            continue;
        };
        reader.next();
        let is_qualified = reader.take(".");
        let in_database = is_qualified && name == server.database;
        if is_qualified {
            name = reader.name().unwrap_or_default();
        }
        let called = reader.peek() == "(";
        if (lists_tables || called) && (in_database || !is_qualified) {
            let kind = what_is(&name, called);
            found.extend(kind.map(|kind| Dependency::on(ObjectId::new(kind, ObjectName::new(name)))));
        }
        lists_tables = false;
    }
    found.sort();
    found.dedup();
    found
}

/// What the server prints beside the text of a routine, trigger or event.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) sql_mode: String,
    pub(super) collation: String,
    pub(super) time_zone: Option<String>,
}

impl Settings {
    /// What a session has to be set to before the statement, where ours is not.
    fn into_options(self, server: &Server) -> Vec<String> {
        let mut options = Vec::new();
        let ours = if server.mariadb { MARIADB_SESSION_MODE } else { SESSION_MODE };
        if modes(&self.sql_mode) != modes(ours) {
            options.push(format!("sql_mode = {}", literal(&self.sql_mode)));
        }
        // Those that clients choose by themselves are taken as one.
        let usual = ["utf8mb3_general_ci", "utf8_general_ci", "latin1_swedish_ci"].contains(&self.collation.as_str());
        if !usual && !self.collation.starts_with("utf8mb4_") && !self.collation.is_empty() {
            options.push(format!("collation_connection = {}", self.collation));
        }
        let zone = self.time_zone.filter(|zone| zone != "+00:00");
        options.extend(zone.map(|zone| format!("time_zone = {}", literal(&zone))));
        options
    }
}

fn modes(sql_mode: &str) -> BTreeSet<&str> {
    sql_mode.split(',').filter(|mode| !mode.is_empty()).collect()
}

/// A routine, as it is printed less who made it.
pub(super) fn routine(server: &Server, kind: ObjectKind, name: &str, printed: &str, settings: Settings) -> SqlObject {
    let id = ObjectId::new(kind, ObjectName::new(name.to_owned()));
    object(server, id, without_definer(server, printed), settings)
}

/// A trigger. `after` is the one of the same table and moment that runs before it.
pub(super) fn trigger(
    server: &Server,
    name: &str,
    table: &str,
    after: Option<&str>,
    printed: &str,
    settings: Settings,
) -> SqlObject {
    let owner = ObjectName::new(table.to_owned());
    let mut definition = without_definer(server, printed);
    let mut depends_on = vec![Dependency::on(ObjectId::table(owner.clone()))];
    if let Some(after) = after {
        let mut reader = Reader::new(&definition);
        while !reader.is_end() && !reader.take("FOR EACH ROW") {
            reader.next();
        }
        // The server keeps the text without the clause, and without the white space before it; where it reads under
        // IGNORE_SPACE, with that too. What it keeps is to be what it printed. (Tried on MariaDB 10.11.)
        let keeps_space = modes(&settings.sql_mode).contains("IGNORE_SPACE") && !reader.peek().starts_with('`');
        let (head, body) = definition.split_at(if keeps_space { reader.place() } else { reader.end() });
        let space = if head.ends_with(char::is_whitespace) { "" } else { " " };
        definition = format!("{head}{space}FOLLOWS {}{body}", quote(after));
        depends_on.push(Dependency::on(ObjectId::of_table(ObjectKind::Trigger, after.to_owned(), &owner)));
    }
    let id = ObjectId::of_table(ObjectKind::Trigger, name.to_owned(), &owner);
    SqlObject { depends_on, ..object(server, id, definition, settings) }
}

/// An event. The start that was not written is when it was made.
pub(super) fn event(server: &Server, name: &str, is_started: bool, printed: &str, settings: Settings) -> SqlObject {
    let mut definition = without_definer(server, printed);
    if !is_started {
        let mut reader = Reader::new(&definition);
        while !reader.is_end() && !reader.is("STARTS") && !reader.is("DO") {
            reader.next();
        }
        let start = reader.end();
        if reader.take("STARTS") {
            reader.next();
            definition.replace_range(start..reader.end(), "");
        }
    }
    object(server, ObjectId::new(ObjectKind::Event, ObjectName::new(name.to_owned())), definition, settings)
}

/// A sequence, as it is printed: its options are all there, its current value is not.
pub(super) fn sequence(name: &str, printed: &str) -> SqlObject {
    SqlObject::new(ObjectId::new(ObjectKind::Sequence, ObjectName::new(name.to_owned())), printed.to_owned())
}

fn object(server: &Server, id: ObjectId, definition: String, settings: Settings) -> SqlObject {
    let options = settings.into_options(server).into_iter().map(Str::Owned).collect();
    SqlObject { options, ..SqlObject::new(id, definition) }
}

/// The statement without `DEFINER=…`, and without the database in front of names in its head, which is as it was typed
/// where it is a trigger's.
fn without_definer(server: &Server, printed: &str) -> String {
    let mut reader = Reader::new(printed);
    let mut kept = String::with_capacity(printed.len());
    let mut copied = 0;
    while !reader.is_end() && !reader.is("EACH") && !reader.is("DO") && reader.peek() != "(" {
        let start = reader.place();
        if reader.take("DEFINER =") {
            reader.name();
            if reader.take("@") {
                reader.name();
            }
            kept.push_str(&printed[copied..start]);
            copied = reader.place();
            continue;
        }
        let name = reader.name();
        if name.is_some_and(|name| name == server.database) && reader.take(".") {
            kept.push_str(&printed[copied..start]);
            copied = reader.place();
        } else if reader.place() == start {
            reader.next();
        }
    }
    kept.push_str(&printed[copied..]);
    kept
}
