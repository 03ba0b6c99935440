//! Many at once: one migrates, the others wait and find nothing to do.

use std::process::{Child, Command, Stdio};

use cqrs_migrate::{Dialect, Migrator};
use cqrs_tests::service::{Done, Service, edit_sql};
use cqrs_tests::{TestDatabase, databases};

use crate::session::Session;
use crate::{SHOP, history, with_field};

const COUNT: usize = 10;

fn all_at_once(command: impl Fn() -> Command) -> Vec<Done> {
    let spawn = |mut command: Command| command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let children: Vec<Child> = (0..COUNT).map(|_| spawn(command())).collect();
    children.into_iter().map(|child| Done::from(child.wait_with_output().unwrap())).collect()
}

#[test]
fn ten_processes_that_upgrade_at_once_end_with_one_history_and_no_error() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&with_field("#[column(indexed)]\n    pub level: Option<i32>,"));
    let second = service.revision("second", &[]);
    for database in databases() {
        // Adding to a value shows how often a revision was applied.
        edit_sql(&second, database.dialect(), |sql| sql + "UPDATE customers SET visits = visits + 1;\n");
        edit_sql(&first_of(&service), database.dialect(), |sql| {
            sql + "INSERT INTO customers (id, name, visits) VALUES (1, 'Ada', 0);\n"
        });
        let ended = all_at_once(|| service.command(&["upgrade", "--database-url", database.url()]));
        for done in &ended {
            done.expect(0, &[]);
        }
        let applied: usize = ended.iter().map(|done| done.said.matches("applying ").count()).sum();
        assert_eq!(applied, 2, "each revision once: {ended:#?}");
        assert_eq!(history(&database), ["revision applied"; 2]);
        assert_eq!(crate::texts(&database, "select visits from customers"), ["1"]);
        service.on(&database, &["status"]).expect(0, &[]);
        service.on(&database, &["diff"]).expect(0, &[]);
    }
}

fn first_of(service: &Service) -> std::path::PathBuf {
    let mut folders: Vec<_> = service.migrations().read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.to_string_lossy().ends_with("_first"));
    folders.remove(0)
}

const URL: &str = "CQRS_TEST_DATABASE_URL";

#[tokio::test]
#[ignore = "a child of the test below"]
async fn child_starts_as_a_service() {
    let url = std::env::var(URL).unwrap();
    let migrator = Migrator::new(&url, analytics_service::schema().unwrap()).unwrap();
    migrator.plan().await.unwrap_or_else(|error| panic!("planning: {error}"));
    migrator.migrate().await.unwrap_or_else(|error| panic!("migrating: {error}"));
}

#[test]
fn ten_instances_of_a_service_that_start_at_once_end_with_one_history_and_no_error() {
    for database in databases() {
        for done in all_at_once(|| starting_service(&database)) {
            done.expect(0, &[]);
        }
        assert_eq!(history(&database), ["direct applied"], "{}", database.dialect());
    }
}

fn starting_service(database: &TestDatabase) -> Command {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "together::child_starts_as_a_service"]).env(URL, database.url());
    child
}

#[test]
fn one_that_waits_too_long_says_who_it_waited_for() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    for database in databases() {
        // The keys are what other versions of this project have to keep to.
        let take = match database.dialect() {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "SELECT pg_advisory_lock(1668379251, hashtext(current_schema()))",
            Dialect::MySql => "SELECT GET_LOCK(CONCAT('cqrs_', MD5(DATABASE())), 1)",
        };
        let lock = Session::start(&database, take);
        service
            .on(&database, &["upgrade", "--lock-wait", "1"])
            .expect(3, &["another migration is running: waited 1s for its lock", "--lock-wait SECONDS"]);
        // Reading goes on meanwhile.
        service.on(&database, &["status"]).expect(1, &[]);
        lock.end();
        service.on(&database, &["upgrade", "--lock-wait", "20"]).expect(0, &["done: 1 revision"]);
    }
}
