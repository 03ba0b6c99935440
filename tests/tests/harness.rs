//! The test harness itself: databases come and go, nothing is left behind, and nothing is skipped silently.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use cqrs_migrate::Dialect;
use cqrs_tests::case::Case;
use cqrs_tests::{TestDatabase, execute, rows, runner};

#[test]
fn each_database_is_fresh_and_usable() {
    for _ in 0..2 {
        for database in cqrs_tests::databases() {
            execute(database.url(), "create table t (a int, b varchar(20)); insert into t values (1, 'x'), (2, null);");
            let read = rows(database.url(), "select a, b from t order by a");
            let text = |value: &str| Some(value.to_owned());
            assert_eq!(read, [[text("1"), text("x")], [text("2"), None]], "{}", database.dialect());
        }
    }
}

#[tokio::test]
async fn databases_can_be_used_within_a_runtime() {
    for database in cqrs_tests::databases() {
        assert_eq!(rows(database.url(), "select 1"), [[Some("1".to_owned())]]);
    }
}

#[test]
fn values_read_as_the_database_spells_them() {
    if let Some(database) = cqrs_tests::postgres() {
        let read =
            rows(database.url(), "select date '2026-11-22', 1.50::numeric, true, array[1,2], '{\"a\": 1}'::jsonb");
        let expected = ["2026-11-22", "1.50", "t", "{1,2}", "{\"a\": 1}"];
        assert_eq!(read, [expected.map(|value| Some(value.to_owned()))]);
    }
    if let Some(database) = cqrs_tests::mysql() {
        let read = rows(database.url(), "select date '2026-11-22', cast(1.5 as decimal(5,2)), true");
        assert_eq!(read, [["2026-11-22", "1.50", "1"].map(|value| Some(value.to_owned()))]);
    }
    let read = rows(cqrs_tests::sqlite().url(), "select 1.5, 'x', 7");
    assert_eq!(read, [["1.5", "x", "7"].map(|value| Some(value.to_owned()))]);
}

#[test]
fn a_database_is_dropped_though_a_session_is_open() {
    for database in cqrs_tests::databases() {
        let (dialect, url) = (database.dialect(), database.url().to_owned());
        let session = OpenTransaction::start(&database);
        drop(database);
        let error = cqrs_tests::try_execute(&url, "select 1").expect_err("the database is gone").to_string();
        assert!(
            ["does not exist", "Unknown database", "unable to open"].iter().any(|text| error.contains(text)),
            "{dialect}: {error}"
        );
        drop(session);
    }
}

/// A session with a transaction that has written to a table.
struct OpenTransaction {
    _runtime: tokio::runtime::Runtime,
    _session: Session,
}

enum Session {
    Sqlite { _connection: sqlx::SqliteConnection },
    Postgres { _connection: sqlx::PgConnection },
    MySql { _connection: sqlx::MySqlConnection },
}

impl OpenTransaction {
    fn start(database: &TestDatabase) -> Self {
        macro_rules! open {
            ($connection:ty) => {
                async {
                    let mut connection = <$connection as sqlx::Connection>::connect(database.url()).await.unwrap();
                    for sql in ["create table t (a int)", "begin", "insert into t values (1)"] {
                        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                    }
                    connection
                }
            };
        }
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let session = match database.dialect() {
            Dialect::Sqlite => Session::Sqlite { _connection: runtime.block_on(open!(sqlx::SqliteConnection)) },
            Dialect::Postgres => Session::Postgres { _connection: runtime.block_on(open!(sqlx::PgConnection)) },
            Dialect::MySql => Session::MySql { _connection: runtime.block_on(open!(sqlx::MySqlConnection)) },
        };
        Self { _runtime: runtime, _session: session }
    }
}

/// Runs one ignored test of this file in a process of its own.
fn child(test: &str, variables: &[(&str, &str)]) -> Command {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", test]).env_remove("CQRS_TEST_REQUIRE").envs(variables.iter().copied());
    child
}

fn output(mut command: Command) -> (bool, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.success(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

#[test]
#[ignore = "a child of the tests below"]
fn child_uses_every_database() {
    for database in cqrs_tests::databases().into_iter().chain(cqrs_tests::databases()) {
        execute(database.url(), "select 1");
    }
}

#[test]
fn what_is_not_tested_is_said_once_though_output_is_captured() {
    let none = [("CQRS_TEST_POSTGRES_URL", "none"), ("CQRS_TEST_MYSQL_URL", "none")];
    let (passed, said) = output(child("child_uses_every_database", &none));
    assert!(passed, "{said}");
    for line in [
        "NOT TESTED on PostgreSQL: CQRS_TEST_POSTGRES_URL is `none`\n  to test it: run `scripts/test.sh`, which installs \
         what is missing, or set CQRS_TEST_POSTGRES_URL",
        "NOT TESTED on MariaDB or MySQL: CQRS_TEST_MYSQL_URL is `none`\n  to test it: run `scripts/test.sh`, which \
         installs what is missing, or set CQRS_TEST_MYSQL_URL",
    ] {
        assert_eq!(said.matches(line).count(), 1, "{said}");
    }
}

#[test]
fn a_required_database_that_is_missing_fails_the_tests() {
    let missing = [("CQRS_TEST_MYSQL_URL", "none"), ("CQRS_TEST_REQUIRE", "sqlite, mysql")];
    let (passed, said) = output(child("child_uses_every_database", &missing));
    assert!(!passed, "{said}");
    assert!(
        said.contains("CQRS_TEST_REQUIRE names `mysql`, and there is none: CQRS_TEST_MYSQL_URL is `none`"),
        "{said}"
    );

    let (passed, said) = output(child("child_uses_every_database", &[("CQRS_TEST_REQUIRE", "oracle")]));
    assert!(!passed, "{said}");
    assert!(
        said.contains("CQRS_TEST_REQUIRE: unknown database `oracle`: write `sqlite`, `postgres` or `mysql`"),
        "{said}"
    );
}

#[test]
fn a_given_server_that_does_not_answer_fails_the_tests() {
    let given = [("CQRS_TEST_POSTGRES_URL", "postgres://nobody@localhost/postgres?host=/no/such/directory")];
    let (passed, said) = output(child("child_uses_every_database", &given));
    assert!(!passed, "{said}");
}

/// Holds databases until it is killed, and says in a file where its servers are.
#[test]
#[ignore = "a child of the test below"]
fn child_waits_to_be_killed() {
    let databases = cqrs_tests::databases();
    let urls: String = databases.iter().map(|database| format!("{}\n", database.url())).collect();
    let file = std::env::var("CQRS_TEST_URLS").unwrap();
    fs::write(format!("{file}.part"), urls).unwrap();
    fs::rename(format!("{file}.part"), file).unwrap();
    std::thread::sleep(Duration::from_secs(600));
}

#[cfg(unix)]
#[test]
fn servers_end_with_a_process_that_is_killed() {
    let directory = cqrs_tests::temporary_directory();
    let file = directory.path().join("urls");
    let mut command = child("child_waits_to_be_killed", &[("CQRS_TEST_URLS", file.to_str().unwrap())]);
    // Servers of its own, whatever this run was given; and no pipe that a server which stays would keep open.
    command.env_remove("CQRS_TEST_POSTGRES_URL").env_remove("CQRS_TEST_MYSQL_URL");
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let has_started = wait_until(Duration::from_secs(120), || file.exists());
    let running = process.try_wait().unwrap().is_none();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(has_started && running);

    for url in fs::read_to_string(&file).unwrap().lines() {
        let place = scratch_directory(url);
        let is_gone = wait_until(Duration::from_secs(30), || !fs::exists(&place).unwrap());
        assert!(is_gone, "`{place}` is left behind");
        assert!(cqrs_tests::try_execute(url, "select 1").is_err(), "{url}");
    }
}

/// The part of a URL up to `/cqrs-` and what follows it in that name.
#[cfg(unix)]
fn scratch_directory(url: &str) -> String {
    let path = &url[url.find("=/").map_or("sqlite:".len(), |at| at + 1)..];
    let name = path.find("/cqrs-").unwrap_or_else(|| panic!("{url}")) + 1;
    let end = path[name..].find(['/', '&']).map_or(path.len(), |length| name + length);
    path[..end].to_owned()
}

fn wait_until(longest: Duration, is_so: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + longest;
    while !is_so() {
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

/// What is wrong with one case, and the file's text afterwards.
fn check(case: &str, bless: bool) -> (Result<(), String>, String) {
    let folder = cqrs_tests::temporary_directory();
    let file = folder.path().join("case.txt");
    fs::write(&file, case).unwrap();
    (runner::check_cases(folder.path(), bless), fs::read_to_string(&file).unwrap())
}

/// A case of one table that goes from some columns to others.
fn case(options: &str, before: &str, rows: &str, keep: &str, after: &str) -> String {
    let models = |columns: &str| {
        let fields: String = columns.split_whitespace().map(|name| format!("    pub {name}: Option<i32>,\n")).collect();
        format!(
            "#[object_model(table = \"t\", domain = \"d\")]\npub struct T {{\n    #[column(primary_key)]\n    pub id: i32,\n{fields}}}"
        )
    };
    let (before, after) = (models(before), models(after));
    format!(
        "# x\n\n== options ==\n{options}\n== before ==\n{before}\n\n== rows ==\n{rows}\n\n== keep ==\n{keep}\n\n\
         == after ==\n{after}\n"
    )
}

fn add() -> String {
    case("", "a", "insert into t values (1, 7);", "select a from t;", "a b")
}

#[test]
fn blessing_writes_what_every_database_here_gives() {
    let (result, blessed) = check(&add(), true);
    assert_eq!(result, Ok(()));
    let case = Case::parse(&blessed).unwrap();
    assert_eq!(case.expected(Dialect::Sqlite), Some("ALTER TABLE \"t\" ADD COLUMN \"b\" INT;"));
    for database in cqrs_tests::databases() {
        assert!(case.expected(database.dialect()).is_some_and(|sql| sql.contains("ADD COLUMN")), "{blessed}");
    }
    assert!(blessed.starts_with(&add()));
    assert_eq!(check(&blessed, false), (Ok(()), blessed));
}

#[test]
fn a_case_that_expects_something_else_fails() {
    let (result, text) = check(&format!("{}\n== sqlite ==\nalter table t add column c int;\n", add()), false);
    let problems = result.unwrap_err();
    assert!(
        problems.contains("on SQLite: not as expected\n--- expected\nalter table t add column c int;\n--- actual\n"),
        "{problems}"
    );
    assert!(!text.contains("\"b\""), "only blessing writes");
}

#[test]
fn a_case_that_expects_nothing_fails() {
    let problems = check(&add(), false).0.unwrap_err();
    assert!(problems.contains("on SQLite: nothing is expected yet"), "{problems}");
}

#[test]
fn lost_values_are_seen() {
    let rows = "insert into t values (1, 7);";
    let lossy = case("allow DATA002\n", "a", rows, "select a from t\n=> select b from t;", "b");
    let problems = check(&lossy, true).0.unwrap_err();
    assert!(
        problems.contains("on SQLite: not kept: `select a from t`\n  before: [[Some(\"7\")]]\n  after:  [[None]]"),
        "{problems}"
    );
}

#[test]
fn a_refusal_can_be_expected() {
    let refused = case("", "a c", "insert into t values (1, 7, 8);", "select a from t;", "c");
    let (result, blessed) = check(&refused, true);
    assert_eq!(result, Ok(()));
    let case = Case::parse(&blessed).unwrap();
    let message = case.expected(Dialect::Sqlite).unwrap();
    assert!(message.starts_with("error: refused for safety: DATA002: `t.a`"), "{message}");
    assert!(message.contains("renamed_from"), "{message}");
}

#[test]
fn a_folder_without_cases_is_a_mistake() {
    let folder = cqrs_tests::temporary_directory();
    let problems = runner::check_cases(folder.path(), false).unwrap_err();
    assert!(problems.starts_with("there are no cases in "), "{problems}");
}

#[test]
fn every_case_of_this_package_reads_and_is_written_back_the_same() {
    for file in runner::case_files(&runner::cases("")) {
        let text = fs::read_to_string(&file).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert_eq!(case.to_string(), text, "{}", file.display());
    }
}
