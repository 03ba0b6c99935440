//! The judge of plans: a database that was turned into another one must equal it, by the database's own dump.
//!
//! Of two scripts, the first is run in one database and the second in another. `cqrs diff` plans the way from one to the
//! other, its script is run by the database's own client, and then
//!
//! 1. the dumps of the two are equal;
//! 2. asked again, `cqrs diff` finds nothing;
//! 3. the rows that were put into the first, two in each table that takes them, are still there, and so are the values of
//!    the columns that keep their type.
//!
//! What the rows make fail must have been announced by a hazard, and must go well without rows.

use std::collections::BTreeMap;
use std::process::Command;

use cqrs_migrate::Dialect;

use crate::dump::{Dump, dump};
use crate::load::load;
use crate::sql::{self, Rows};
use crate::{TestDatabase, cqrs_bin, fresh};

/// What came of one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds. The script, empty where there was nothing to do.
    Exact(String),
    /// There is no plan, and this is why.
    Refused(String),
    /// Something does not hold: what, and the script.
    Wrong(String, String),
}

/// Turns a database that one script makes into the one that another makes. None where this machine has no server, or the
/// server does not take a script.
#[must_use]
pub fn judge(dialect: Dialect, before: &str, after: &str) -> Option<Verdict> {
    let wanted = Place::of(dialect, after)?.ok()?;
    leg(&mut Place::of(dialect, before)?.ok()?, before, &wanted)
}

/// Walks one database through several states, each of which a script makes: from the first to the last, and all the way
/// back. As many verdicts as steps; None where this machine has no server.
///
/// # Errors
/// What the server says of a script that it does not take.
#[must_use]
pub fn walk(dialect: Dialect, states: &[&str]) -> Option<Result<Vec<Verdict>, String>> {
    let mut places = Vec::new();
    for state in states {
        match Place::of(dialect, state)? {
            Ok(place) => places.push(place),
            Err(error) => return Some(Err(format!("{error}: {state}"))),
        }
    }
    let last = states.len() - 1;
    let legs = (0..last).map(|at| (at, at + 1)).chain((0..last).rev().map(|at| (at + 1, at)));
    let mut here = Place::of(dialect, states[0])?.ok()?;
    Some(Ok(legs
        .filter_map(|(from, to)| {
            let verdict = leg(&mut here, states[from], &places[to])?;
            if !matches!(verdict, Verdict::Exact(_)) {
                here = Place::of(dialect, states[to])?.ok()?;
            }
            Some(verdict)
        })
        .collect()))
}

/// A database that a script made, and its dump.
struct Place {
    database: TestDatabase,
    dump: Result<Dump, String>,
}

impl Place {
    fn of(dialect: Dialect, script: &str) -> Option<Result<Self, String>> {
        let database = fresh(dialect)?;
        // The name that scripts give to the database that they are for.
        let script = script.replace("mysqldef_test", &database.name());
        Some(load(&database, &script).map(|()| {
            let dump = dump(&database, true);
            Self { database, dump }
        }))
    }
}

/// From where a database stands, as a script would make it, to another place: with rows, and without them where it had been
/// said that they might be in the way.
fn leg(here: &mut Place, script: &str, wanted: &Place) -> Option<Verdict> {
    fill(&here.database);
    match way(here, wanted, true) {
        Way::Stopped { announced: true, .. } => {
            *here = Place::of(here.database.dialect(), script)?.ok()?;
            Some(way(here, wanted, false).verdict())
        }
        way => Some(way.verdict()),
    }
}

enum Way {
    Judged(Verdict),
    /// The database refused a statement.
    Stopped {
        error: String,
        script: String,
        /// Whether a hazard said that the rows may make it fail.
        announced: bool,
    },
}

impl Way {
    fn verdict(self) -> Verdict {
        match self {
            Self::Judged(verdict) => verdict,
            Self::Stopped { error, script, .. } => Verdict::Wrong(format!("the database refuses it: {error}"), script),
        }
    }
}

fn way(here: &Place, wanted: &Place, with_rows: bool) -> Way {
    let database = &here.database;
    let rows = contents(database);
    let Asked { code, script, said } = ask(database, &wanted.database);
    let wrong = |what: String| Way::Judged(Verdict::Wrong(what, script.clone()));
    match code {
        Some(0 | 1) => {}
        Some(2 | 3) => return Way::Judged(Verdict::Refused(said)),
        _ => return wrong(format!("it ended with {code:?}: {said}")),
    }
    if (code == Some(1)) != has_sql(&script) {
        return wrong(format!("the exit code is {code:?}"));
    }
    if let Err(error) = load(database, &script) {
        let announced = with_rows && ["-- hazard FAIL", "-- hazard DATA"].iter().any(|mark| script.contains(mark));
        return Way::Stopped { error, script, announced };
    }
    let differences = match (dump(database, true), &wanted.dump) {
        (Ok(is), Ok(shall)) => is.differences(shall),
        (Err(error), _) => return wrong(error),
        (_, Err(error)) => return wrong(error.clone()),
    };
    if !differences.is_empty() {
        let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
        return wrong(format!("it does not arrive:\n{}", lines.join("\n")));
    }
    let again = ask(database, &wanted.database);
    if again.code != Some(0) {
        return wrong(format!("there is more to do once it is done:\n{}{}", again.script, again.said));
    }
    let lost = lost(&rows, &contents(database));
    if !lost.is_empty() {
        return wrong(format!("lost: {}", lost.join(", ")));
    }
    Way::Judged(Verdict::Exact(script))
}

struct Asked {
    code: Option<i32>,
    script: String,
    said: String,
}

fn ask(from: &TestDatabase, to: &TestDatabase) -> Asked {
    let mut command = Command::new(cqrs_bin());
    command.args(["diff", "--from", from.url(), "--to", to.url(), "--format", "sql"]).env_remove("DATABASE_URL");
    let output = command.output().unwrap_or_else(|error| panic!("cqrs: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Asked { code: output.status.code(), script: text(&output.stdout), said: text(&output.stderr) }
}

fn has_sql(script: &str) -> bool {
    script.lines().any(|line| !line.trim().is_empty() && !line.starts_with("--"))
}

/// A column as rows are put into it.
struct Field {
    name: String,
    type_name: String,
    /// Whether a row has to say it.
    is_needed: bool,
    label: Option<String>,
}

/// Two rows in each table that takes them. The values are 1 and 2 everywhere, so that foreign keys meet; tables are tried
/// again once those that they refer to have rows.
fn fill(database: &TestDatabase) {
    let mut left = fields(database);
    loop {
        let (mut waiting, before) = (BTreeMap::new(), left.len());
        for (table, fields) in left {
            if !(fill_table(database, &table, &fields, false) || fill_table(database, &table, &fields, true)) {
                waiting.insert(table, fields);
            }
        }
        left = waiting;
        if left.is_empty() || left.len() == before {
            return;
        }
    }
}

fn fill_table(database: &TestDatabase, table: &str, fields: &[Field], only_needed: bool) -> bool {
    let is_plain = |field: &Field| ["int", "char", "text"].iter().any(|word| field.type_name.contains(word));
    let said: Vec<&Field> =
        fields.iter().filter(|field| field.is_needed || (!only_needed && is_plain(field))).collect();
    let names: Vec<&str> = said.iter().map(|field| field.name.as_str()).collect();
    let insert = |at: usize| {
        if said.is_empty() {
            let nothing = if database.dialect() == Dialect::MySql { "() VALUES ()" } else { "DEFAULT VALUES" };
            return format!("INSERT INTO {table} {nothing}");
        }
        let values: Vec<String> = said.iter().map(|field| value(field, at)).collect();
        format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
    };
    let statements = ["BEGIN".to_owned(), insert(0), insert(1), "COMMIT".to_owned()];
    sql::execute_each(database.url(), &statements).is_ok()
}

fn value(field: &Field, at: usize) -> String {
    let type_name = field.type_name.as_str();
    let number = at + 1;
    if let Some(label) = &field.label {
        return format!("'{}'", label.replace('\'', "''"));
    }
    let has = |words: &[&str]| words.iter().any(|word| type_name.contains(word));
    match type_name {
        _ if type_name.ends_with("[]") => "'{}'".to_owned(),
        _ if has(&["bool", "tinyint(1)"]) => ["false", "true"][at].to_owned(),
        _ if has(&["uuid"]) => format!("'00000000-0000-0000-0000-00000000000{number}'"),
        _ if has(&["json"]) => "'{}'".to_owned(),
        _ if has(&["timestamp", "datetime", "date"]) => format!("'2020-01-0{number} 00:00:00'"),
        _ if has(&["time"]) => format!("'0{number}:00:00'"),
        _ if has(&["interval"]) => format!("'{number} day'"),
        _ if has(&["inet", "cidr"]) => format!("'10.0.0.{number}'"),
        _ if has(&["int", "serial", "numeric", "decimal", "float", "double", "real", "money", "year", "bit(1)"]) => {
            number.to_string()
        }
        _ => format!("'{number}'"),
    }
}

/// The columns that a row can say, by the table's name as SQL.
fn fields(database: &TestDatabase) -> BTreeMap<String, Vec<Field>> {
    // A row each: table, column, type, whether it is needed, a label of its enum type.
    let query = match database.dialect() {
        Dialect::Sqlite => {
            "SELECT '\"' || replace(t.name, '\"', '\"\"') || '\"', '\"' || replace(c.name, '\"', '\"\"') || '\"',
                    lower(c.type), CASE WHEN c.\"notnull\" AND c.dflt_value IS NULL
                                             AND NOT (c.pk AND lower(c.type) LIKE '%int%') THEN '1' ELSE '0' END, NULL
             FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.sql NOT LIKE 'create virtual%' AND c.hidden = 0
               AND t.name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
             ORDER BY t.rowid, c.cid"
        }
        Dialect::Postgres => {
            "SELECT format('%I.%I', n.nspname, c.relname), quote_ident(a.attname),
                    format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL),
                    CASE WHEN a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' THEN '1' ELSE '0' END,
                    (SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1)
             FROM pg_class c
             JOIN pg_namespace n ON n.oid = c.relnamespace
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             JOIN pg_type t ON t.oid = a.atttypid
             WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
               AND a.attgenerated = '' AND a.attidentity <> 'a'
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
             ORDER BY c.oid, a.attnum"
        }
        Dialect::MySql => {
            "SELECT CONCAT('`', REPLACE(c.table_name, '`', '``'), '`'), CONCAT('`', REPLACE(c.column_name, '`', '``'), '`'),
                    LOWER(c.column_type),
                    CASE WHEN c.is_nullable = 'NO' AND c.column_default IS NULL AND c.extra NOT LIKE '%auto_increment%'
                         THEN '1' ELSE '0' END,
                    CASE WHEN c.data_type IN ('enum', 'set') THEN SUBSTRING_INDEX(SUBSTRING_INDEX(c.column_type, '''', 2), '''', -1) END
             FROM information_schema.columns c
             JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND COALESCE(c.generation_expression, '') = ''
             ORDER BY c.table_name, c.ordinal_position"
        }
    };
    let mut found: BTreeMap<String, Vec<Field>> = BTreeMap::new();
    for row in query_rows(database, query).unwrap_or_default() {
        let [Some(table), Some(name), Some(type_name), Some(is_needed), label] = row.as_slice() else { continue };
        found.entry(table.clone()).or_default().push(Field {
            name: name.clone(),
            type_name: type_name.clone(),
            is_needed: is_needed == "1",
            label: label.clone(),
        });
    }
    found
}

/// Of each table: how many rows it has, and the values of its columns, sorted, with their types.
type Contents = BTreeMap<String, (usize, BTreeMap<(String, String), Vec<Option<String>>>)>;

fn contents(database: &TestDatabase) -> Contents {
    let mut contents = Contents::new();
    for (table, fields) in fields(database) {
        let as_text = |name: &str| match database.dialect() {
            Dialect::MySql => format!("CAST({name} AS char)"),
            Dialect::Sqlite | Dialect::Postgres => format!("CAST({name} AS text)"),
        };
        let columns: Vec<String> = fields.iter().map(|field| as_text(&field.name)).collect();
        // Without the rows of the tables that inherit from it, which are theirs.
        let only = if database.dialect() == Dialect::Postgres { "ONLY " } else { "" };
        let query = format!("SELECT {} FROM {only}{table}", columns.join(", "));
        let Ok(rows) = query_rows(database, &query) else { continue };
        let values = fields.into_iter().enumerate().map(|(at, field)| {
            let mut values: Vec<Option<String>> = rows.iter().map(|row| row[at].clone()).collect();
            values.sort();
            ((field.name, field.type_name), values)
        });
        contents.insert(table, (rows.len(), values.collect()));
    }
    contents
}

/// The tables of both that have fewer rows, and the columns of both, of one type, whose values have changed.
fn lost(before: &Contents, after: &Contents) -> Vec<String> {
    let mut lost = Vec::new();
    for (table, (count, values)) in before {
        let Some((left, values_left)) = after.get(table) else { continue };
        if left < count {
            lost.push(format!("{table}: {} of {count} rows", count - left));
        }
        for (column, values) in values {
            if values_left.get(column).is_some_and(|left| left != values) {
                lost.push(format!("{table}: values of {}", column.0));
            }
        }
    }
    lost
}

fn query_rows(database: &TestDatabase, query: &str) -> Result<Rows, sqlx::Error> {
    sql::query(database.url(), &[query.to_owned()])
}
