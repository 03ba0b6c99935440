//! Revisions that stop in the middle: what is left, and how the same command goes on.

use std::path::PathBuf;

use cqrs_migrate::{Dialect, Migrator};
use cqrs_tests::service::{Service, edit_sql};
use cqrs_tests::{TestDatabase, databases, execute};

use crate::{SHOP, history, texts, with_field};

/// A service with one applied revision, two customers, and a second revision of four statements whose third one stumbles
/// over the second customer.
fn stumbling(database: &TestDatabase) -> (Service, PathBuf) {
    let models = with_field("pub note: Option<String>,\n    pub phone: Option<String>,");
    stumbling_at(database, &models, "UPDATE customers SET id = 7 WHERE lower(name) = 'ada'")
}

fn stumbling_at(database: &TestDatabase, models: &str, third: &str) -> (Service, PathBuf) {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.on(database, &["upgrade"]).expect(0, &[]);
    for row in ["(1, 'Ada')", "(2, 'ada')"] {
        execute(database.url(), &format!("insert into customers (id, name) values {row}"));
    }
    service.models(models);
    let second = service.revision("second", &["--allow", "FAIL003=the test mends the rows"]);
    edit_sql(&second, database.dialect(), |_| {
        let column = match database.dialect() {
            Dialect::Sqlite => "VARCHAR",
            Dialect::Postgres => "character varying",
            Dialect::MySql => "varchar(255)",
        };
        format!(
            "ALTER TABLE customers ADD COLUMN note {column};\n\
             UPDATE customers SET visits = visits + 1;\n\
             {third};\n\
             ALTER TABLE customers ADD COLUMN phone {column};\n"
        )
    });
    (service, second)
}

fn columns(database: &TestDatabase) -> Vec<String> {
    let query = match database.dialect() {
        Dialect::Sqlite => "select name from pragma_table_info('customers') order by cid",
        Dialect::Postgres => {
            "select column_name from information_schema.columns where table_name = 'customers' order by ordinal_position"
        }
        Dialect::MySql => {
            "select column_name from information_schema.columns where table_schema = database() \
             and table_name = 'customers' order by ordinal_position"
        }
    };
    texts(database, query)
}

const VISITS: &str = "select visits from customers order by id";

#[test]
fn a_statement_that_fails_on_data_leaves_all_as_it_was_or_a_recorded_step() {
    for database in databases() {
        let (service, _) = stumbling(&database);
        let failed = service.on(&database, &["upgrade"]);
        failed.expect(3, &["step 3 of 4 failed", "UPDATE customers SET id = 7", "mend the rows", "the same command"]);
        if database.dialect() == Dialect::MySql {
            failed.expect(3, &["statements 1 to 2 are done and recorded: the same command goes on from there"]);
            assert_eq!(columns(&database), ["id", "name", "visits", "note"]);
            assert_eq!(texts(&database, VISITS), ["1", "1"]);
            assert_eq!(history(&database), ["revision applied", "revision running"]);
            let status = service.on(&database, &["status"]);
            status.expect(1, &[]);
            assert!(status.stdout.contains("interrupted after statement 2"), "{status:?}");
            let dry = service.on(&database, &["upgrade", "--dry-run"]);
            assert!(dry.stdout.contains("-- its first 2 statements are done already"), "{dry:?}");
        } else {
            failed.expect(3, &["nothing was changed"]);
            assert_eq!(columns(&database), ["id", "name", "visits"]);
            assert_eq!(texts(&database, VISITS), ["0", "0"]);
            assert_eq!(history(&database), ["revision applied"]);
        }
        execute(database.url(), "update customers set name = 'Grace' where id = 2");
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision applied"]);
        assert_eq!(columns(&database), ["id", "name", "visits", "note", "phone"]);
        assert_eq!(texts(&database, VISITS), ["1", "1"], "each statement once");
        assert_eq!(history(&database), ["revision applied", "revision applied"]);
        service.on(&database, &["status"]).expect(0, &[]);
        service.on(&database, &["diff"]).expect(0, &[]);
    }
}

#[test]
fn a_revision_of_which_nothing_is_done_may_be_edited() {
    for database in databases() {
        let (service, second) = stumbling(&database);
        let good = std::fs::read_to_string(second.join(format!("up.{}.sql", database.dialect().name()))).unwrap();
        edit_sql(&second, database.dialect(), |sql| format!("UPDATE customers SET id = 7;\n{sql}"));
        service.on(&database, &["upgrade"]).expect(3, &["step 1 of 5 failed", "nothing was changed"]);
        assert_eq!(history(&database), ["revision applied"]);
        edit_sql(&second, database.dialect(), |_| {
            good.replace("UPDATE customers SET id = 7 WHERE lower(name) = 'ada';\n", "")
        });
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
    }
}

#[test]
fn a_revision_that_is_half_done_and_edited_says_how_to_go_on() {
    let Some(database) = cqrs_tests::mysql() else { return };
    let (service, second) = stumbling(&database);
    service.on(&database, &["upgrade"]).expect(3, &["step 3 of 4 failed"]);
    edit_sql(&second, Dialect::MySql, |sql| sql.replace("WHERE lower(name) = 'ada'", "WHERE name = 'Grace'"));
    let refused = service.on(&database, &["upgrade"]);
    refused
        .expect(3, &["is half done (2 of its statements were begun) and has been edited since", "restore the files"]);
    run_advice(&database, &refused.said, "UPDATE cqrs_history SET checksum");
    service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
    assert_eq!(texts(&database, VISITS), ["1", "1"]);
}

#[tokio::test]
async fn a_service_does_not_go_on_where_a_revision_is_half_done() {
    let Some(database) = cqrs_tests::mysql() else { return };
    let (service, _) = stumbling(&database);
    service.on(&database, &["upgrade"]).expect(3, &["step 3 of 4 failed"]);
    let schema =
        cqrs_core::extract::extract_crate(&service.folder().join("src/lib.rs")).unwrap_or_else(|e| panic!("{e}"));
    let migrator = Migrator::new(database.url(), schema).unwrap();
    let error = migrator.migrate().await.unwrap_err();
    assert!(error.to_string().contains("is half done: 2 of its statements"), "{error}");
    assert!(error.help().unwrap().contains("finish it with `cqrs upgrade`"));
    execute(database.url(), "update customers set name = 'Grace' where id = 2");
    service.on(&database, &["upgrade"]).expect(0, &[]);
    assert_eq!(migrator.migrate().await.unwrap().statements(), 0);
}

/// Runs the statement that a message tells the user to run.
fn run_advice(database: &TestDatabase, said: &str, beginning: &str) {
    let start = said.find(beginning).unwrap_or_else(|| panic!("{said}"));
    let statement = said[start..].split('`').next().unwrap();
    execute(database.url(), statement);
}

const BEGUN: &str = "update cqrs_history set statements_started = statements_done + 1 where state = 'running'";

/// MySQL commits each DDL statement by itself, and a kill may come between the statement and its note.
#[test]
fn a_statement_between_begun_and_done_is_found_out() {
    for executed in [true, false] {
        let Some(database) = cqrs_tests::mysql() else { return };
        let models = with_field("pub note: Option<String>,\n    pub phone: Option<String>,")
            .replace("table = \"customers\"", "table = \"customers\", unique(name, name = \"one_name\")");
        let third = "ALTER TABLE customers ADD UNIQUE KEY one_name (name)";
        let (service, _) = stumbling_at(&database, &models, third);
        service.on(&database, &["upgrade"]).expect(3, &["step 3 of 4 failed", "Duplicate entry"]);
        execute(database.url(), "update customers set name = 'Grace' where id = 2");
        execute(database.url(), BEGUN);
        if executed {
            execute(database.url(), third);
        }
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
        assert_eq!(texts(&database, VISITS), ["1", "1"], "executed: {executed}");
        assert_eq!(history(&database), ["revision applied"; 2]);
        service.on(&database, &["status"]).expect(0, &[]);
    }
}

#[test]
fn where_it_cannot_be_found_out_the_message_says_what_to_run() {
    for executed in [true, false] {
        let Some(database) = cqrs_tests::mysql() else { return };
        let (service, second) = stumbling(&database);
        edit_sql(&second, Dialect::MySql, |sql| {
            sql.replace(
                "ALTER TABLE customers ADD COLUMN phone",
                "ANALYZE TABLE customers;\nALTER TABLE customers ADD COLUMN phone",
            )
        });
        service.on(&database, &["upgrade"]).expect(3, &["step 3 of 5 failed"]);
        execute(database.url(), "update cqrs_history set statements_done = 3 where state = 'running'");
        execute(database.url(), BEGUN);
        let asked = service.on(&database, &["upgrade"]);
        asked.expect(
            3,
            &[
                "was interrupted at statement 4, and it cannot be told whether that was done",
                "ANALYZE TABLE customers",
                "changes nothing that can be seen",
                "look whether the statement was done",
            ],
        );
        assert_eq!(columns(&database), ["id", "name", "visits", "note"], "nothing is done meanwhile");
        let advice = if executed {
            "UPDATE cqrs_history SET statements_done"
        } else {
            "UPDATE cqrs_history SET statements_started"
        };
        run_advice(&database, &asked.said, advice);
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
        assert_eq!(columns(&database), ["id", "name", "visits", "note", "phone"]);
    }
}

#[test]
fn somebody_elses_change_in_between_is_not_taken_for_progress() {
    let Some(database) = cqrs_tests::mysql() else { return };
    let (service, _) = stumbling(&database);
    service.on(&database, &["upgrade"]).expect(3, &["step 3 of 4 failed"]);
    execute(database.url(), "update cqrs_history set statements_done = 3 where state = 'running'");
    execute(database.url(), BEGUN);
    execute(database.url(), "alter table customers add column strange int");
    service.on(&database, &["upgrade"]).expect(
        3,
        &["was interrupted at statement 4", "neither as before it nor as after it", "drop column `strange`"],
    );
    execute(database.url(), "alter table customers drop column strange");
    service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
}

#[tokio::test]
async fn a_service_whose_migration_fails_on_data_goes_on_when_that_is_mended() {
    for database in databases() {
        let service = Service::new(SHOP);
        let schema = || {
            let file = service.folder().join("src/lib.rs");
            cqrs_core::extract::extract_crate(&file).unwrap_or_else(|errors| panic!("{errors}"))
        };
        Migrator::new(database.url(), schema()).unwrap().migrate().await.unwrap();
        for row in ["(1, 'Ada')", "(2, 'Ada')"] {
            execute(database.url(), &format!("insert into customers (id, name) values {row}"));
        }
        let table = "/// An area.\n#[object_model(table = \"areas\")]\npub struct Area {\n    \
                     #[column(primary_key)]\n    pub id: i64,\n}\n";
        service.models(&(SHOP.replace("#[column(length = 80)]", "#[column(length = 80, unique)]") + table));
        let migrator = Migrator::new(database.url(), schema()).unwrap();
        let refused = migrator.migrate().await.unwrap_err();
        assert!(refused.to_string().contains("FAIL003"), "{refused}");
        let migrator = migrator.allow("FAIL003", "the test mends the rows");
        let failed = migrator.migrate().await.unwrap_err();
        assert!(failed.to_string().contains("failed"), "{failed}");
        // The new table is there before the key, which PostgreSQL builds beside others.
        let begun = if database.dialect() != Dialect::Sqlite {
            assert!(failed.to_string().contains("the same command goes on from there"), "{failed}");
            vec!["direct applied", "direct running"]
        } else {
            assert!(failed.to_string().contains("nothing was changed"), "{failed}");
            vec!["direct applied"]
        };
        assert_eq!(history(&database), begun);
        execute(database.url(), "update customers set name = 'Grace' where id = 2");
        migrator.migrate().await.unwrap();
        assert!(migrator.plan().await.unwrap().is_empty());
        assert_eq!(history(&database), ["direct applied"; 2]);
    }
}

#[tokio::test]
async fn a_migration_that_was_killed_before_it_was_recorded_is_something_to_do() {
    for database in databases() {
        let service = Service::new(SHOP);
        let file = service.folder().join("src/lib.rs");
        let schema = cqrs_core::extract::extract_crate(&file).unwrap_or_else(|errors| panic!("{errors}"));
        let migrator = Migrator::new(database.url(), schema).unwrap();
        migrator.migrate().await.unwrap();
        execute(database.url(), "update cqrs_history set state = 'running'");
        let planned = migrator.plan().await.unwrap();
        assert!(!planned.is_empty());
        assert!(planned.to_string().starts_with("only to record"), "{planned}");
        migrator.migrate().await.unwrap();
        assert!(migrator.plan().await.unwrap().is_empty());
        assert_eq!(history(&database), ["direct applied"]);
    }
}
