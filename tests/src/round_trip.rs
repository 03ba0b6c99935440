//! Whole schemas: introspected, made again in an empty database from the introspected schema alone, and equal.
//!
//! A file holds the SQL of one schema. Lines at its beginning, before the first statement, may say:
//!
//! ```sql
//! -- needs: PostgreSQL 16
//! -- privileges
//! -- database: template template0 encoding 'LATIN1' locale 'C'
//! -- not managed: event trigger guard: belongs to the database and not to a schema
//! ```
//!
//! - `needs`: the server and the version below which the file is left out (`since 16` is short for the dialect's own);
//! - `privileges`: who may do what is read, made again and compared too;
//! - `database`: the options that both databases are made with;
//! - `not managed`: what introspection must report as not managed, and nothing else, with the reason. Only objects that
//!   such a line names may be missing from the copy.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;

use cqrs_core::schema::{Schema, read_table, write_table};
use cqrs_migrate::diff::{Renames, diff};
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Introspected, NotManaged, Plan, Selection};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::AssertSqlSafe;

use crate::dump::{Difference, Dump, dump};
use crate::load::load;
use crate::sql::wait_for;
use crate::{TestDatabase, fresh, fresh_with};

/// A schema as SQL.
#[derive(Debug, Clone)]
pub struct SchemaFile {
    /// The database that it is for.
    pub dialect: Dialect,
    /// What it is called: `chinook`, `partitions`.
    pub name: String,
    sql: String,
    needs: Option<String>,
    privileges: bool,
    options: Option<String>,
    /// `KIND NAME: reason`, each.
    not_managed: Vec<String>,
}

impl SchemaFile {
    /// A fresh database as the schema is made in. None where there is no server for it.
    #[must_use]
    pub fn empty_database(&self) -> Option<TestDatabase> {
        match &self.options {
            Some(options) => fresh_with(self.dialect, options),
            None => fresh(self.dialect),
        }
    }

    /// A fresh database with the schema in it. None where there is no server for it, or too old a one.
    ///
    /// # Errors
    /// What the database says.
    pub fn database(&self) -> Result<Option<TestDatabase>, String> {
        let Some(database) = self.empty_database() else { return Ok(None) };
        if !wait_for(|| self.is_for(&database))? {
            return Ok(None);
        }
        load(&database, &self.sql)?;
        Ok(Some(database))
    }
}

/// What came of one file.
#[derive(Debug)]
pub struct Outcome {
    /// How many tables there are.
    pub tables: usize,
    /// How many views there are.
    pub views: usize,
    /// How many objects of any kind the database's own dump tells of.
    pub objects: usize,
    /// What is not managed, each with its reason.
    pub not_managed: Vec<String>,
    /// What does not hold.
    pub problems: Vec<String>,
}

/// The files of this repository, `tests/schemas/DIALECT/*.sql`.
///
/// # Panics
/// Where a file cannot be read.
#[must_use]
pub fn own_files() -> Vec<SchemaFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let files = Dialect::ALL.into_iter().flat_map(|dialect| {
        let paths = sql_files(&folder.join(dialect.name()));
        paths.into_iter().map(move |path| SchemaFile::read(dialect, &stem(&path), &path, &[]))
    });
    files.collect()
}

/// The files of real applications in a folder beside the repository, `CQRS_SHARED_DIR` or `../shared`, none where it is
/// absent, which is said. What is not managed of them is in `tests/schemas/shared.txt`.
///
/// # Panics
/// Where a file cannot be read.
#[must_use]
pub fn shared_files() -> Vec<SchemaFile> {
    let Some(folder) = shared_folder() else {
        let _ = writeln!(
            std::io::stderr(),
            "\nNOT TESTED: the schemas of real applications: there is no `../shared`, and CQRS_SHARED_DIR names no other\n"
        );
        return Vec::new();
    };
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/shared.txt");
    let list = fs::read_to_string(&list).unwrap_or_else(|error| panic!("{}: {error}", list.display()));
    let mut files = Vec::new();
    for path in ["real", "rich"].iter().flat_map(|part| sql_files(&folder.join(part))) {
        let stem = stem(&path);
        let name = stem.rsplit_once('.').map_or("rich", |(name, _)| name);
        let dialect: Dialect = stem.rsplit('.').next().unwrap_or(&stem).parse().unwrap_or_else(|e| panic!("{e}"));
        let mark = format!("{name}.{}: ", dialect.name());
        let of_file: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix(&mark)).collect();
        files.push(SchemaFile::read(dialect, name, &path, &of_file));
    }
    files
}

fn shared_folder() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = match env::var_os("CQRS_SHARED_DIR") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![workspace.join("../shared"), workspace.join("../../shared")],
    };
    folders.into_iter().find(|folder| folder.join("real").is_dir())
}

/// Runs files on their databases, those of different databases at the same time. `CQRS_CASE=text` runs only those whose
/// name or database contains the text. None is the outcome of a file for which there is no server, or too old a one.
#[must_use]
pub fn run(files: &[SchemaFile]) -> Vec<Option<Outcome>> {
    let wanted = env::var("CQRS_CASE").unwrap_or_default();
    let of = |dialect: Dialect| {
        let mine = files.iter().enumerate().filter(move |(_, file)| file.dialect == dialect);
        mine.filter(|(_, file)| file.to_string().contains(&wanted)).map(|(at, file)| (at, run_one(file)))
    };
    let mut outcomes: Vec<Option<Outcome>> = files.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let threads = Dialect::ALL.map(|dialect| scope.spawn(move || of(dialect).collect::<Vec<_>>()));
        for thread in threads {
            for (at, outcome) in thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)) {
                outcomes[at] = outcome;
            }
        }
    });
    outcomes
}

/// Holds, of one file:
///
/// 1. its database is read, and everything not managed is on the file's list;
/// 2. what is made from the schema alone is the same by the database's own dump;
/// 3. read again, it is the same schema, and there is no difference either way;
/// 4. as JSON and back it is the same schema.
fn run_one(file: &SchemaFile) -> Option<Outcome> {
    let make = || match &file.options {
        Some(options) => fresh_with(file.dialect, options),
        None => fresh(file.dialect),
    };
    let (original, copy) = (make()?, make()?);
    let mut outcome = Outcome { tables: 0, views: 0, objects: 0, not_managed: Vec::new(), problems: Vec::new() };
    match wait_for(|| file.is_for(&original)) {
        Ok(true) => {}
        Ok(false) => return None,
        Err(problem) => outcome.problems.push(problem),
    }
    if let Err(problem) = check(file, &original, &copy, &mut outcome) {
        outcome.problems.push(problem);
    }
    Some(outcome)
}

fn check(file: &SchemaFile, original: &TestDatabase, copy: &TestDatabase, outcome: &mut Outcome) -> Result<(), String> {
    load(original, &file.sql).map_err(|error| format!("the database refuses it: {error}"))?;
    let selection = Selection { privileges: file.privileges, ..Selection::default() };
    let found = introspect(original, &selection)?;
    outcome.problems.extend(wait_for(|| create(copy, &found.schema))?);
    let (left, right) = (dump(original, file.privileges)?, dump(copy, file.privileges)?);
    count(outcome, file.dialect, &left);
    file.compare_not_managed(&found.not_managed, outcome);
    for difference in left.differences(&right) {
        if !is_excused(&difference, &found.not_managed) {
            outcome.problems.push(difference.to_string());
        }
    }
    let again = introspect(copy, &selection)?.schema;
    for (way, from, to) in [("there", &found.schema, &again), ("back", &again, &found.schema)] {
        let changes = diff(from, to, &Renames::default());
        outcome.problems.extend(changes.iter().map(|change| format!("difference on the way {way}: {change}")));
        if changes.is_empty() && from != to {
            outcome.problems.push(format!("the schemas differ, and nothing says in what, on the way {way}"));
        }
    }
    outcome.problems.extend(lost_in_json(&found.schema));
    Ok(())
}

fn count(outcome: &mut Outcome, dialect: Dialect, dump: &Dump) {
    outcome.tables = dump.count("TABLE");
    outcome.views = dump.count("VIEW") + dump.count("MATERIALIZED VIEW");
    outcome.objects = dump.len() - usize::from(dialect == Dialect::MySql);
}

/// What a database holds.
///
/// # Errors
/// What the database says.
pub fn introspect(database: &TestDatabase, selection: &Selection) -> Result<Introspected, String> {
    let read = || async {
        let mut connection = Connection::open(&DatabaseUrl::parse(database.url())?).await?;
        let found = cqrs_migrate::introspect(&mut connection, selection).await;
        connection.close().await;
        found
    };
    wait_for(read).map_err(|error| format!("cannot be read: {error}"))
}

/// Makes a schema in an empty database. Returns the statements that the database refuses.
async fn create(database: &TestDatabase, schema: &Schema) -> Result<Vec<String>, String> {
    let url = DatabaseUrl::parse(database.url()).map_err(|error| error.to_string())?;
    let mut connection = Connection::open(&url).await.map_err(|error| error.to_string())?;
    let mut refused = Vec::new();
    for statement in Plan::create(database.dialect(), schema).statements() {
        let query = sqlx::raw_sql(AssertSqlSafe(statement.sql.clone()));
        let ran = match &mut connection {
            Connection::Sqlite(connection) => query.execute(connection).await.map(drop),
            Connection::Postgres(connection) => query.execute(connection).await.map(drop),
            Connection::MySql(connection) => query.execute(connection).await.map(drop),
            other => return Err(format!("no test runs statements on {other:?}")),
        };
        refused.extend(ran.err().map(|error| format!("refused: {error}: {}", shortened(&statement.sql))));
    }
    connection.close().await;
    Ok(refused)
}

fn shortened(sql: &str) -> String {
    sql.chars().take(150).collect::<String>().replace('\n', " ")
}

/// What the copy lacks or has in another form because it is not managed.
fn is_excused(difference: &Difference, not_managed: &[NotManaged]) -> bool {
    let names = |object: &NotManaged| {
        let table = object.table.as_ref().map(|table| table.name.to_string());
        difference.title.contains(table.as_deref().unwrap_or(&object.name))
    };
    not_managed.iter().any(names)
}

/// The parts of a schema that are not the same once they have been JSON.
fn lost_in_json(schema: &Schema) -> Vec<String> {
    fn back<T: Serialize + DeserializeOwned>(part: &T) -> Result<T, String> {
        let json = serde_json::to_string(part).map_err(|error| error.to_string())?;
        serde_json::from_str(&json).map_err(|error| format!("{error}: {json}"))
    }
    fn lost<T: std::fmt::Debug>(part: &T, back: Result<T, String>) -> Option<String> {
        let (before, after) = (format!("{part:#?}"), format!("{:#?}", back.as_ref().ok()?));
        let error = back.err().or_else(|| (before != after).then(|| first_difference(&before, &after)));
        error.map(|error| format!("JSON does not keep it: {error}"))
    }
    let tables = schema
        .tables
        .values()
        .filter_map(|table| lost(table, read_table(&write_table(table)).map_err(|error| error.to_string())));
    let enums = schema.enums.values().filter_map(|part| lost(part, back(part)));
    let views = schema.views.values().filter_map(|part| lost(part, back(part)));
    let objects = schema.objects.values().filter_map(|part| lost(part, back(part)));
    tables.chain(enums).chain(views).chain(objects).collect()
}

fn first_difference(before: &str, after: &str) -> String {
    let differing = before.lines().zip(after.lines()).find(|(before, after)| before != after);
    let (before_line, after_line) = differing.unwrap_or((before, after));
    format!("{} has become {} in {}", before_line.trim(), after_line.trim(), before.lines().take(4).collect::<String>())
}

/// As it is written in a list: `trigger stamp on orders`.
fn describe(object: &NotManaged) -> String {
    match &object.table {
        Some(table) => format!("{} {} on {table}", object.kind, object.name),
        None => format!("{} {}", object.kind, object.name),
    }
}

fn sql_files(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl SchemaFile {
    /// A schema that is in no file.
    #[must_use]
    pub fn new(dialect: Dialect, name: &str, sql: &str) -> Self {
        Self::with_more(dialect, name, sql, &[])
    }

    fn read(dialect: Dialect, name: &str, path: &Path, more: &[&str]) -> Self {
        let sql = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::with_more(dialect, name, &sql, more)
    }

    /// `more` is what the lines at the beginning do not say.
    fn with_more(dialect: Dialect, name: &str, sql: &str, more: &[&str]) -> Self {
        let mut file = Self {
            dialect,
            name: name.to_owned(),
            sql: sql.to_owned(),
            needs: None,
            privileges: false,
            options: None,
            not_managed: Vec::new(),
        };
        let header = sql.lines().map_while(|line| line.strip_prefix("-- ").or((line == "--").then_some("")));
        for line in header.chain(more.iter().copied()) {
            if let Some(server) = line.strip_prefix("needs: ") {
                file.needs = Some(server.to_owned());
            } else if let Some(version) = line.strip_prefix("since ") {
                file.needs = Some(format!("{dialect} {version}"));
            } else if let Some(object) = line.strip_prefix("not managed: ") {
                file.not_managed.push(object.to_owned());
            } else if let Some(options) = line.strip_prefix("database: ") {
                file.options = Some(options.to_owned());
            } else if line == "privileges" {
                file.privileges = true;
            }
        }
        file
    }

    /// Whether the server is the one that it needs.
    async fn is_for(&self, database: &TestDatabase) -> Result<bool, String> {
        let Some((name, least)) = self.needs.as_ref().and_then(|needs| needs.split_once(' ')) else { return Ok(true) };
        let url = DatabaseUrl::parse(database.url()).map_err(|error| error.to_string())?;
        let mut connection = Connection::open(&url).await.map_err(|error| error.to_string())?;
        let server = connection.version().await.map_err(|error| error.to_string())?;
        connection.close().await;
        let numbers = |text: &str| text.split('.').filter_map(|part| part.parse().ok()).collect::<Vec<u32>>();
        let (is_name, is) = server.split_once(' ').unwrap_or_default();
        let suits = is_name == name && numbers(is) >= numbers(least);
        if !suits {
            let _ = writeln!(std::io::stderr(), "\nNOT TESTED: {self} needs {name} {least}, and this is {server}\n");
        }
        Ok(suits)
    }

    /// What is reported must be on the list, and what is on the list must be reported.
    fn compare_not_managed(&self, reported: &[NotManaged], outcome: &mut Outcome) {
        let listed = |object: &NotManaged, line: &str| line.starts_with(&format!("{}: ", describe(object)));
        for object in reported {
            match self.not_managed.iter().find(|line| listed(object, line)) {
                Some(line) => outcome.not_managed.push(line.clone()),
                None => outcome.problems.push(format!("not managed, and not on the list: {}", describe(object))),
            }
        }
        for line in &self.not_managed {
            if !reported.iter().any(|object| listed(object, line)) {
                outcome.problems.push(format!("on the list of what is not managed, and not reported: {line}"));
            }
        }
        outcome.not_managed.sort();
        outcome.not_managed.dedup();
    }
}

/// `chinook.postgres`
impl std::fmt::Display for SchemaFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.name, self.dialect.name())
    }
}
