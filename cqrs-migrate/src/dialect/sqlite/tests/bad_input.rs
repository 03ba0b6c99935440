//! Files that cannot be used, and catalogs that cannot be read.

use crate::connection::DatabaseUrl;
use crate::dialect::sqlite::connect::connect;
use crate::dialect::sqlite::parse;
use crate::error::Error;

async fn refusal(url: &str, create: bool) -> String {
    match connect(&DatabaseUrl::parse(url).unwrap(), create).await {
        Err(error @ Error::Connect { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn files_that_cannot_be_used_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let url = |name: &str| format!("sqlite://{}/{name}", folder.path().display());
    let message = refusal(&url("none.db"), false).await;
    assert!(message.contains("the file does not exist") && message.contains("none.db"), "{message}");
    assert!(!folder.path().join("none.db").exists());
    let message = refusal(&url("no/none.db"), true).await;
    assert!(message.contains("does not exist: create it first"), "{message}");
    std::fs::write(folder.path().join("text.db"), "this is no database, but long enough to have a header ".repeat(9))
        .unwrap();
    for create in [false, true] {
        let message = refusal(&url("text.db"), create).await;
        assert!(message.contains("file is not a database"), "{message}");
    }
    connect(&DatabaseUrl::parse(&url("new.db")).unwrap(), true).await.unwrap();
    assert!(folder.path().join("new.db").exists());
    let message = refusal(&format!("{}?mode=ro", url("new.db")), true).await;
    assert!(message.contains("readonly"), "{message}");
}

/// Nothing is left beside a file that was only looked at, or could not be.
fn assert_alone(file: &std::path::Path) {
    for litter in ["-wal", "-shm", "-journal"] {
        let litter = file.with_file_name(format!("{}{litter}", file.file_name().unwrap().to_string_lossy()));
        assert!(!litter.exists(), "{}", litter.display());
    }
}

/// A database with one table, changed byte by byte.
async fn patched(file: &std::path::Path, patches: &[(usize, &[u8])]) -> String {
    let url = DatabaseUrl::parse(&format!("sqlite://{}", file.display())).unwrap();
    let mut connection = connect(&url, true).await.unwrap();
    sqlx::raw_sql("CREATE TABLE t (a INT); CREATE TABLE u (b INT)").execute(&mut connection).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    for (place, patch) in patches {
        bytes[*place..place + patch.len()].copy_from_slice(patch);
    }
    std::fs::write(file, bytes).unwrap();
    let message = refusal(&url.to_string(), false).await;
    assert_alone(file);
    message
}

/// The header's fields: <https://www.sqlite.org/fileformat.html#the_database_header>.
#[tokio::test]
async fn files_that_are_damaged_or_too_new_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for (name, patch, words) in [
        ("pages.db", (100, &[0xff; 4][..]), ["malformed", "restore it from a backup"]),
        ("schema_format.db", (44, &[0, 0, 0, 9]), ["unsupported file format", "a newer SQLite"]),
        ("read_version.db", (18, &[9, 9]), ["not a database", "damaged"]),
        ("encrypted.db", (0, &[0x5a; 100]), ["not a database", "encrypted"]),
    ] {
        let message = patched(&folder.path().join(name), &[patch]).await;
        assert!(words.iter().all(|word| message.contains(word)), "{name}: {message}");
    }
}

#[tokio::test]
async fn a_statement_that_was_edited_into_nonsense_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("edited.db");
    let url = format!("sqlite://{}", file.display());
    let mut connection = connect(&DatabaseUrl::parse(&url).unwrap(), true).await.unwrap();
    let edit = "CREATE TABLE t (a); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a, CONSTRAINT'";
    sqlx::raw_sql(edit).execute(&mut connection).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    let message = refusal(&url, false).await;
    assert!(message.contains("malformed database schema (t)"), "{message}");
    assert_alone(&file);
}

/// What was cut off or stands in a place where nothing is expected is a problem that names the word, and no table.
#[test]
fn statements_that_nobody_can_read_are_refused() {
    for (sql, problem) in [
        ("CREATE TABLE t (a INT", "`(` was not expected"),
        ("CREATE TABLE t (a INT NOT)", "`NOT` was not expected"),
        ("CREATE TABLE t (a INT) ODD", "`ODD` was not expected"),
        ("CREATE TABLE t (a INT) WITHOUT ODD", "`WITHOUT ODD` was not expected"),
        ("CREATE TABLE t (a INT,)", "it ends too early"),
        ("CREATE TABLE t (a INT, CHECK a)", "`a` was not expected"),
        ("CREATE TABLE t (a INT REFERENCES u ON DELETE odd)", "`odd` was not expected"),
        ("CREATE VIEW t AS SELECT 1", "`VIEW` was not expected"),
        ("", "it ends too early"),
    ] {
        assert_eq!(parse::table("t", sql, &mut Vec::new()).unwrap_err(), problem, "{sql}");
    }
    assert!(parse::table("t", "CREATE TABLE t (a DEFAULT 'open)", &mut Vec::new()).is_err());
    let whole = "CREATE TABLE \"t\" (a INT CONSTRAINT \"x\" DEFAULT (1 + 'é') REFERENCES [u] (b), UNIQUE (a COLLATE nocase)) STRICT";
    assert!(parse::table("t", whole, &mut Vec::new()).is_ok());
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        parse::table("t", &whole[..end], &mut Vec::new()).ok();
        parse::view(&whole[..end]).ok();
        parse::trigger(&whole[..end]).ok();
    }
}

/// Readers see the last commit while somebody writes, and leave nothing behind.
#[tokio::test]
async fn a_file_that_another_one_writes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wal.db");
    let url = DatabaseUrl::parse(&format!("sqlite://{}", file.display())).unwrap();
    let mut writer = connect(&url, true).await.unwrap();
    sqlx::raw_sql("PRAGMA journal_mode = WAL; CREATE TABLE t (a); BEGIN IMMEDIATE; CREATE TABLE u (a)")
        .execute(&mut writer)
        .await
        .unwrap();
    let mut reader = connect(&url, false).await.unwrap();
    let found = super::introspect(&mut reader, &Default::default()).await.unwrap();
    assert_eq!(found.schema.tables.len(), 1);
    sqlx::raw_sql("COMMIT").execute(&mut writer).await.unwrap();
    let found = super::introspect(&mut reader, &Default::default()).await.unwrap();
    assert_eq!(found.schema.tables.len(), 2);
    sqlx::Connection::close(reader).await.unwrap();
    sqlx::Connection::close(writer).await.unwrap();
    assert_alone(&file);
}

#[tokio::test]
async fn a_file_that_another_one_locks_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::parse(&format!("sqlite://{}/a.db", folder.path().display())).unwrap();
    let mut one = connect(&url, true).await.unwrap();
    let mut two = connect(&url, false).await.unwrap();
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut one).await.unwrap();
    let error = super::introspect(&mut two, &Default::default()).await.unwrap_err();
    assert!(error.help().is_some_and(|help| help.contains("another process is using the file")), "{error}");
    sqlx::raw_sql("ROLLBACK").execute(&mut one).await.unwrap();
    super::introspect(&mut two, &Default::default()).await.unwrap();
}

#[tokio::test]
async fn foreign_keys_are_off_and_nobody_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::parse(&format!("sqlite://{}/a.db", folder.path().display())).unwrap();
    let mut one = connect(&url, true).await.unwrap();
    let on: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut one).await.unwrap();
    assert_eq!(on, 0);
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut one).await.unwrap();
    let mut two = connect(&url, true).await.unwrap();
    let started = std::time::Instant::now();
    assert!(sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut two).await.is_err());
    assert!(started.elapsed().as_secs() < 1);
}
