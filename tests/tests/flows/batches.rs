//! Statements that are run in batches: killed, interrupted, refused.

use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use cqrs_migrate::{Dialect, Migrator};
use cqrs_tests::service::{Service, edit_sql};
use cqrs_tests::{TestDatabase, databases, execute};

use crate::session::Session;
use crate::{SHOP, history, texts, with_field};

const ROWS: usize = 20_000;

fn servers() -> impl Iterator<Item = TestDatabase> {
    databases().into_iter().filter(|database| database.dialect() != Dialect::Sqlite)
}

/// A database with many customers at the first revision, and a second one.
fn with_customers(database: &TestDatabase, models: &str, options: &[&str]) -> (Service, PathBuf) {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.on(database, &["upgrade"]).expect(0, &[]);
    execute(database.url(), "insert into customers (id, name) values (1, 'customer 1')");
    let mut count = 1;
    while count < ROWS {
        let sql = format!(
            "insert into customers (id, name) select id + {count}, concat('customer ', id + {count}) \
             from customers where id + {count} <= {ROWS}"
        );
        execute(database.url(), &sql);
        count *= 2;
    }
    service.models(models);
    let second = service.revision("second", options);
    (service, second)
}

/// How many rows a killed run has recorded.
fn recorded_rows(database: &TestDatabase) -> Option<usize> {
    let json = texts(database, "select reached_json from cqrs_history where reached_json is not null").pop()?;
    let value: serde_json::Value = serde_json::from_str(&json).ok()?;
    value["rows"].as_u64().and_then(|rows| usize::try_from(rows).ok())
}

/// Starts an upgrade, stops it with a signal as soon as some batches are recorded, and returns how many rows are.
fn stop_in_the_middle(service: &Service, database: &TestDatabase, signal: &str, beyond: usize) -> usize {
    let options = ["upgrade", "--batch-rows", "500", "--batch-pause", "0.2", "--database-url", database.url()];
    let mut child = service.command(&options).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while recorded_rows(database).is_none_or(|rows| rows <= beyond) {
        assert!(child.try_wait().unwrap().is_none() && Instant::now() < deadline, "no batch was recorded");
        thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    child.wait().unwrap();
    wait_until_nobody_writes(database);
    recorded_rows(database).unwrap_or_default()
}

/// The server finishes what a dead client has sent.
fn wait_until_nobody_writes(database: &TestDatabase) {
    let query = match database.dialect() {
        Dialect::MySql => {
            "select id from information_schema.processlist where db = database() and id <> connection_id()"
        }
        _ => {
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() \
              and backend_type = 'client backend'"
        }
    };
    let deadline = Instant::now() + Duration::from_secs(30);
    while !texts(database, query).is_empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn killed_between_batches_each_row_is_changed_once() {
    for database in servers() {
        let dialect = database.dialect();
        let (service, second) = with_customers(&database, &with_field("pub note: Option<String>,"), &[]);
        let quote = if dialect == Dialect::MySql { "`" } else { "\"" };
        edit_sql(&second, dialect, |sql| {
            format!(
                "{sql}\n-- Counts a visit.\n-- batches: by {quote}id{quote}\nUPDATE customers SET visits = visits + 1;\n"
            )
        });
        let mut reached = 0;
        for signal in ["-KILL", "-TERM", "-KILL"] {
            let rows = stop_in_the_middle(&service, &database, signal, reached);
            assert!(reached < rows && rows < ROWS, "{dialect}: {reached} {rows}");
            let changed: usize =
                texts(&database, "select count(*) from customers where visits = 1")[0].parse().unwrap();
            assert_eq!(changed, rows, "{dialect}: what is recorded is what is done");
            reached = rows;
        }
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
        let once = texts(&database, "select count(*) from customers where visits = 1");
        assert_eq!(once, [ROWS.to_string()], "{dialect}: each row once");
        assert_eq!(history(&database), ["revision applied"; 2]);
        service.on(&database, &["status"]).expect(0, &[]);
    }
}

#[test]
fn killed_while_a_column_is_filled_it_goes_on() {
    for database in servers() {
        let dialect = database.dialect();
        let field = "#[column(length = 80, unique, backfill = \"concat('code ', id)\")]\n    pub code: String,";
        let (service, _) = with_customers(&database, &with_field(field), &["--allow", "FAIL003=each has its own"]);
        for signal in ["-KILL", "-TERM"] {
            stop_in_the_middle(&service, &database, signal, 500);
        }
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
        let filled = texts(&database, "select count(*) from customers where code = concat('code ', id)");
        assert_eq!(filled, [ROWS.to_string()], "{dialect}");
        service.on(&database, &["status"]).expect(0, &[]);
        service.on(&database, &["diff"]).expect(0, &[]);
    }
}

#[test]
fn a_directive_over_what_cannot_be_cut_is_refused_before_anything_is_done() {
    for database in databases() {
        let dialect = database.dialect();
        let service = Service::new(SHOP);
        let _ = service.revision("first", &[]);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        service.models(&with_field("pub note: Option<String>,"));
        let second = service.revision("second", &[]);
        for (statement, said) in [
            ("-- batches: by id\nUPDATE customers SET visits = 1 ORDER BY id", "`ORDER` cannot be kept"),
            (
                "-- batches: by id\nINSERT INTO customers (id, name) VALUES (1, 'a')",
                "only an `UPDATE` or a `DELETE FROM`",
            ),
            ("-- batches: id\nUPDATE customers SET visits = 1", "is not understood"),
            ("-- batches: by id\nUPDATE customers SET id = id + 1", "batches need a key that stays"),
        ] {
            edit_sql(&second, dialect, |sql| format!("{sql}\n{statement};\n"));
            let file = format!("up.{}.sql: statement 2: ", dialect.name());
            service.on(&database, &["upgrade"]).expect(3, &[&file, said]);
            edit_sql(&second, dialect, |sql| sql.replace(&format!("\n{statement};\n"), ""));
            assert_eq!(history(&database), ["revision applied"], "{dialect}: nothing is begun");
        }
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
    }
}

/// Nothing shows of a column that may be null whether it is filled.
#[tokio::test]
async fn a_service_that_was_stopped_while_it_filled_a_column_fills_it_later() {
    for database in servers() {
        let dialect = database.dialect();
        let service = Service::new(SHOP);
        let schema = || {
            let file = service.folder().join("src/lib.rs");
            cqrs_core::extract::extract_crate(&file).unwrap_or_else(|errors| panic!("{errors}"))
        };
        Migrator::new(database.url(), schema()).unwrap().migrate().await.unwrap();
        execute(database.url(), "insert into customers (id, name) values (1, 'Ada'), (2, 'Grace')");
        execute(database.url(), "insert into orders (id, customer_id) values (10, 1), (20, 2), (21, 2)");
        let only_order = "(SELECT o.id FROM orders o WHERE o.customer_id = customers.id)";
        service
            .models(&with_field(&format!("#[column(backfill = \"{only_order}\")]\n    pub only_order: Option<i64>,")));
        let migrator = Migrator::new(database.url(), schema()).unwrap();
        let failed = migrator.migrate().await.unwrap_err();
        assert!(failed.to_string().contains("statements 1 to 1 are done"), "{dialect}: {failed}");
        execute(database.url(), "delete from orders where id = 21");
        assert_eq!(migrator.migrate().await.unwrap().statements(), 1, "{dialect}");
        assert_eq!(texts(&database, "select only_order from customers order by id"), ["10", "20"], "{dialect}");
        assert_eq!(migrator.migrate().await.unwrap().statements(), 0, "{dialect}");
    }
}

/// A batch that others' locks are in the way of is tried again, and what is done by then stays done.
#[test]
fn a_batch_waits_for_the_locks_of_others() {
    for database in servers() {
        let dialect = database.dialect();
        let (service, second) = with_customers(&database, &with_field("pub note: Option<String>,"), &[]);
        edit_sql(&second, dialect, |sql| {
            format!("-- batches: by id, 5000 rows\nUPDATE customers SET visits = visits + 1 WHERE id > 10;\n{sql}")
        });
        let other = Session::start(&database, "BEGIN; UPDATE customers SET name = 'busy' WHERE id = 12345");
        let options = ["upgrade", "--lock-timeout", "1", "--database-url", database.url()];
        let child = service.command(&options).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        while recorded_rows(&database) != Some(10_000) {
            assert!(Instant::now() < deadline, "{dialect}: the batches before it are not done");
            thread::sleep(Duration::from_millis(20));
        }
        thread::sleep(Duration::from_millis(1500));
        other.end();
        let done = cqrs_tests::service::Done::from(child.wait_with_output().unwrap());
        done.expect(0, &["others hold a lock that it needs", "done: 1 revision"]);
        let once = texts(&database, "select count(*) from customers where visits = 1");
        assert_eq!(once, [(ROWS - 10).to_string()], "{dialect}");
    }
}

/// Keys are compared as the database orders them, whatever is in them.
#[test]
fn keys_of_many_kinds_leave_no_row_out() {
    for database in servers() {
        let dialect = database.dialect();
        let (text, bytes, cast) = match dialect {
            Dialect::Postgres => ("text", "bytea", "decode(md5(n::text), 'hex')"),
            _ => ("varchar(40)", "varbinary(40)", "unhex(md5(n))"),
        };
        let numbers = match dialect {
            Dialect::Postgres => "select n from generate_series(1, 200) n",
            _ => {
                "select 1 + a.d + 10 * b.d + 100 * c.d as n from (select 0 as d union select 1 union select 2 union \
                 select 3 union select 4 union select 5 union select 6 union select 7 union select 8 union select 9) a, \
                 (select 0 as d union select 1 union select 2 union select 3 union select 4 union select 5 union select 6 \
                 union select 7 union select 8 union select 9) b, (select 0 as d union select 1) c"
            }
        };
        let service = Service::new(SHOP);
        let _ = service.revision("first", &[]);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        let kinds = [
            ("t", text, "concat('O''Brien \\\\ ', n, ' é %')".to_owned()),
            ("b", bytes, cast.to_owned()),
            ("d", "decimal(20, 10)", "n / 3".to_owned()),
            (
                "m",
                "timestamp(6)",
                if dialect == Dialect::Postgres {
                    "timestamp '2024-03-31 01:59:59.999999' + n * interval '1 minute'".to_owned()
                } else {
                    "timestamp '2024-03-31 01:59:59.999999' + interval n minute".to_owned()
                },
            ),
        ];
        let mut sql = String::new();
        for (number, (name, column_type, value)) in kinds.iter().enumerate() {
            sql += &format!(
                "CREATE TABLE k_{name} (part int not null, k {column_type} not null, v int, primary key (part, k));\n\
                 INSERT INTO k_{name} SELECT mod(n, 3), {value}, 0 FROM ({numbers}) numbers;\n\
                 -- batches: by part, k, 7 rows\n\
                 UPDATE k_{name} SET v = v + 1;\n\
                 INSERT INTO customers (id, name, visits) SELECT {number}, '{name}', count(*) FROM k_{name} WHERE v = 1;\n\
                 DROP TABLE k_{name};\n"
            );
        }
        service.models(&with_field("pub note: Option<String>,"));
        let second = service.revision("second", &[]);
        edit_sql(&second, dialect, |text| format!("{text}\n{sql}"));
        service.on(&database, &["upgrade"]).expect(0, &["done: 1 revision"]);
        let changed = texts(&database, "select concat(name, ' ', visits) from customers order by id");
        assert_eq!(changed, ["t 200", "b 200", "d 200", "m 200"], "{dialect}");
    }
}
