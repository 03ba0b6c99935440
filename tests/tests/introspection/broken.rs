//! What is not as it should be: views that no longer work, and files that are no SQLite database.

use std::fs;
use std::path::Path;

use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Introspected, Selection};
use cqrs_tests::{TestDatabase, databases, execute, postgres, sqlite, temporary_directory};
use sqlx::Connection as _;

#[tokio::test]
async fn a_view_that_no_longer_works_is_found_or_told() {
    // On PostgreSQL only by hand in the catalog: the next test.
    for database in databases().into_iter().filter(|database| database.dialect() != Dialect::Postgres) {
        execute(
            database.url(),
            "CREATE TABLE t (id int, name varchar(20)); CREATE TABLE other (id int);
             CREATE VIEW broken AS SELECT id, name FROM t; CREATE VIEW on_broken AS SELECT id FROM broken;
             CREATE VIEW fine AS SELECT id FROM other; DROP TABLE t",
        );
        let found = read(database.url()).await.unwrap();
        for name in ["broken", "fine", "on_broken"] {
            let view = found.schema.views.values().find(|view| view.name.name == name);
            let is_told = found.not_managed.iter().any(|object| object.name.starts_with(name));
            assert!(view.is_some() || is_told && name != "fine", "{}: {name}: {found:#?}", database.dialect());
            assert!(view.is_none_or(|view| view.query.to_lowercase().contains("select")), "{name}: {view:?}");
        }
        assert_eq!(found.schema.tables.len(), 1);
    }
}

/// A view that the server cannot print does not keep it from printing the others.
#[tokio::test]
async fn a_view_that_postgres_cannot_print_is_told() {
    let Some(database) = postgres() else { return };
    execute(
        database.url(),
        "CREATE TABLE t (id int); CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'select $1';
         CREATE VIEW broken AS SELECT f(id) AS id FROM t; CREATE VIEW on_broken AS SELECT id FROM broken;
         CREATE VIEW fine AS SELECT id FROM t; SET allow_system_table_mods = on;
         DELETE FROM pg_proc WHERE proname = 'f'",
    );
    let found = read(database.url()).await.unwrap();
    let told: Vec<(&str, &str)> = found.not_managed.iter().map(|object| (object.kind, &*object.name)).collect();
    assert_eq!(told, [("broken view", "broken")]);
    let views: Vec<String> = found.schema.views.keys().map(ToString::to_string).collect();
    assert_eq!(views, ["fine", "on_broken"]);
}

async fn read(url: &str) -> Result<Introspected, cqrs_migrate::Error> {
    let url = DatabaseUrl::parse(url)?;
    let mut connection = Connection::open_existing(&url).await?.expect("the file is there");
    let found = cqrs_migrate::introspect(&mut connection, &Selection::default()).await;
    connection.close().await;
    found
}

/// The error with which a file is refused; what it says must name the file, and the file must stay as it was.
async fn refusal(file: &Path) -> String {
    let before = fs::read(file).ok();
    let error = read(&format!("sqlite:{}", file.display())).await.expect_err("it is no database").to_string();
    assert!(error.contains(&file.display().to_string()), "it does not name the file: {error}");
    assert_eq!(fs::read(file).ok(), before, "the file has changed");
    error
}

/// A database with a hundred tables.
fn with_tables() -> TestDatabase {
    let database = sqlite();
    let tables: String =
        (0..100).map(|at| format!("CREATE TABLE t{at} (id int, note text DEFAULT 'x{at}');")).collect();
    execute(database.url(), &tables);
    database
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let folder = temporary_directory();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "a shopping list\n".repeat(1000)).unwrap();
    let error = refusal(&text).await;
    assert!(error.contains("not a database"), "{error}");

    // An encrypted one has no header that anybody could read.
    let encrypted = folder.path().join("encrypted.db");
    let bytes = fs::read(with_tables().name()).unwrap();
    fs::write(&encrypted, bytes.iter().enumerate().map(|(at, byte)| byte ^ (at * 7 + 13) as u8).collect::<Vec<_>>())
        .unwrap();
    let error = refusal(&encrypted).await;
    assert!(error.contains("not a database"), "{error}");

    let folder_itself = folder.path().join("folder.db");
    fs::create_dir(&folder_itself).unwrap();
    refusal(&folder_itself).await;
}

#[tokio::test]
async fn a_corrupt_file_is_refused_or_read_right() {
    let database = with_tables();
    let whole = fs::read(database.name()).unwrap();
    let right = read(database.url()).await.unwrap();
    let folder = temporary_directory();
    let mut refused = 0;
    let damages: Vec<(String, Vec<u8>)> = (1..whole.len() / 4096)
        .map(|page| {
            let mut bytes = whole.clone();
            bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
            (format!("page {page}"), bytes)
        })
        .chain([1, 2, 3].map(|part| (format!("cut at {part}/4"), whole[..whole.len() * part / 4].to_vec())))
        .collect();
    for (at, (what, bytes)) in damages.iter().enumerate() {
        let file = folder.path().join(format!("{at}.db"));
        fs::write(&file, bytes).unwrap();
        match read(&format!("sqlite:{}", file.display())).await {
            Ok(found) => assert_eq!(found, right, "{what}"),
            Err(error) => {
                refused += 1;
                let error = error.to_string();
                assert!(error.contains("malformed") || error.contains("corrupt"), "{what}: {error}");
                assert!(error.contains(&file.display().to_string()), "{what}: it does not name the file: {error}");
            }
        }
    }
    println!("{refused} of {} damaged files are refused", damages.len());
    assert!(refused > 0);
}

#[tokio::test]
async fn an_empty_file_is_an_empty_database() {
    let database = sqlite();
    assert_eq!(read(database.url()).await.unwrap(), Introspected::default());
}

/// In WAL mode with an exclusive lock nobody else may read; without one everybody reads what is committed.
/// <https://www.sqlite.org/wal.html>
#[tokio::test]
async fn a_wal_that_another_holds() {
    let database = with_tables();
    let mut other = sqlx::SqliteConnection::connect(database.url()).await.unwrap();
    sqlx::raw_sql(
        "PRAGMA journal_mode = wal; CREATE TABLE later (id int); BEGIN IMMEDIATE; CREATE TABLE uncommitted (id int)",
    )
    .execute(&mut other)
    .await
    .unwrap();
    let found = read(database.url()).await.unwrap();
    assert_eq!(found.schema.tables.len(), 101, "what is in the log counts, what is not committed does not");
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();

    let mut other = sqlx::SqliteConnection::connect(database.url()).await.unwrap();
    let exclusive = "PRAGMA locking_mode = exclusive; PRAGMA journal_mode = wal; CREATE TABLE mine (id int)";
    sqlx::raw_sql(exclusive).execute(&mut other).await.unwrap();
    let error = read(database.url()).await.expect_err("it is locked");
    assert!(error.to_string().contains("locked"), "{error}");
    assert!(error.help().is_some(), "it does not say what to do: {error}");
    other.close().await.unwrap();
    assert_eq!(read(database.url()).await.unwrap().schema.tables.len(), 102);
}
