//! PostgreSQL: changes made beside readers and writers, which no transaction holds together: locks of others, kills, and
//! indexes that are left behind invalid.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use cqrs_migrate::Dialect;
use cqrs_tests::service::Service;
use cqrs_tests::{TestDatabase, databases, execute};

use crate::killed::wait_for_blocked;
use crate::session::Session;
use crate::{SHOP, history, texts, with_field};

const INVALID: &str = "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid";
const INDEXES: &str = "select indexname from pg_indexes where tablename = 'customers' order by 1";

fn postgres() -> Option<TestDatabase> {
    databases().into_iter().find(|database| database.dialect() == Dialect::Postgres)
}

/// A database with a hundred customers at the first revision, and a second one that changes what it is told.
fn at_first(database: &TestDatabase, models: &str, allow: &[&str]) -> Service {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.on(database, &["upgrade"]).expect(0, &[]);
    execute(
        database.url(),
        "insert into customers (id, name) select id, 'customer ' || id from generate_series(1, 100) id",
    );
    service.models(models);
    let _ = service.revision("second", allow);
    service
}

fn indexed() -> String {
    SHOP.replacen("#[column(length = 80)]", "#[column(length = 80, indexed)]", 1)
}

/// Waits until a query has a row.
fn wait_for(database: &TestDatabase, query: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = texts(database, query).pop() {
            return found;
        }
        assert!(Instant::now() < deadline, "never: {query}");
        thread::sleep(Duration::from_millis(20));
    }
}

const BUILDING: &str = "select pid from pg_stat_activity where datname = current_database() \
                        and query like '%INDEX CONCURRENTLY%' and wait_event_type = 'Lock'";

fn require_end(service: &Service, database: &TestDatabase, index: &str) {
    assert_eq!(history(database), ["revision applied"; 2]);
    assert_eq!(texts(database, INVALID), [""; 0]);
    assert!(texts(database, INDEXES).contains(&index.to_owned()), "{:?}", texts(database, INDEXES));
    service.on(database, &["status"]).expect(0, &[]);
    service.on(database, &["diff"]).expect(0, &[]);
}

/// Both ways in which a process dies: with its session, and while the server goes on.
#[test]
fn killed_while_an_index_is_built_it_goes_on() {
    for session_dies in [true, false] {
        let Some(database) = postgres() else { return };
        let service = at_first(&database, &indexed(), &[]);
        let elder = Session::start(&database, "begin; update customers set visits = visits + 1 where id = 1");
        let mut command = service.command(&["upgrade", "--database-url", database.url()]);
        // The shadow proves the plan first, and the elder transaction stands in nobody's way there.
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let building = wait_for(&database, BUILDING);
        child.kill().unwrap();
        child.wait().unwrap();
        if session_dies {
            execute(database.url(), &format!("select pg_terminate_backend({building})"));
            wait_for(&database, INVALID);
        }
        elder.end();
        service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
        require_end(&service, &database, "customers_name_idx");
    }
}

/// What models say nothing of: somebody divides a table among partitions, one of them in parts again.
const DIVIDE: &str = "
    alter table customers rename to elder;
    alter table elder rename constraint customers_pkey to elder_pkey;
    create table customers (like elder including all) partition by hash (id);
    create table customers_0 partition of customers for values with (modulus 2, remainder 0);
    create schema apart;
    create table apart.\"Customers\" partition of customers for values with (modulus 2, remainder 1) partition by hash (id);
    create table customers_1 partition of apart.\"Customers\" for values with (modulus 3, remainder 1);
    create table customers_2 partition of apart.\"Customers\" for values with (modulus 3, remainder 2);
    create table customers_3 partition of apart.\"Customers\" for values with (modulus 3, remainder 0);
    insert into customers select * from elder;
    comment on table customers is 'Who buys.';
    alter table orders drop constraint orders_customer_id_fkey;
    alter table orders add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id);
    drop table elder";

const PARTS: &str = "select inhrelid::regclass::text from pg_inherits join pg_class c on c.oid = inhparent
                     where relkind = 'I' and relname like '%name%' order by inhrelid::regclass::text collate \"C\"";

#[test]
fn killed_while_an_index_of_partitions_is_built_it_goes_on() {
    for session_dies in [true, false] {
        let Some(database) = postgres() else { return };
        let service = at_first(&database, &indexed(), &[]);
        execute(database.url(), DIVIDE);
        let table = texts(&database, "select tableoid::regclass::text from customers where id = 1").pop().unwrap();
        let elder = Session::start(&database, "begin; update customers set visits = visits + 1 where id = 1");
        let mut command = service.command(&["upgrade", "--database-url", database.url()]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let building = wait_for(&database, BUILDING);
        child.kill().unwrap();
        child.wait().unwrap();
        if session_dies {
            execute(database.url(), &format!("select pg_terminate_backend({building})"));
            wait_for(&database, &format!("{INVALID} and relname = '{table}_name_idx'"));
        }
        elder.end();
        service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
        require_end(&service, &database, "customers_name_idx");
        let parts = ["apart.\"Customers_name_idx\"", "customers_0_name_idx", "customers_1_name_idx"];
        assert_eq!(texts(&database, PARTS), [&parts[..], &["customers_2_name_idx", "customers_3_name_idx"]].concat());
    }
}

#[test]
fn an_index_that_cannot_be_built_is_not_left_behind() {
    let Some(database) = postgres() else { return };
    let unique = SHOP.replacen("#[column(length = 80)]", "#[column(length = 80, unique)]", 1);
    let service = at_first(&database, &unique, &["--allow", "FAIL003=the test mends the rows"]);
    execute(database.url(), "update customers set name = 'twice' where id < 3");
    let failed = service.on(&database, &["upgrade"]);
    failed.expect(3, &["step 1 of 2 failed", "could not create unique index", "nothing was changed"]);
    assert_eq!(texts(&database, INVALID), [""; 0]);
    assert_eq!(history(&database), ["revision applied"]);
    execute(database.url(), "update customers set name = 'once' where id = 1");
    service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
    require_end(&service, &database, "customers_name_key");
}

/// What somebody's own try left behind.
#[test]
fn an_invalid_index_is_built_again() {
    let Some(database) = postgres() else { return };
    let service = at_first(&database, &indexed(), &[]);
    execute(database.url(), "create index customers_name_idx on customers (name)");
    execute(database.url(), "update pg_index set indisvalid = false where indexrelid = 'customers_name_idx'::regclass");
    service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
    require_end(&service, &database, "customers_name_idx");
}

/// Whoever comes after a statement that waits for a lock waits with it, so it gives up soon, and tries again.
#[test]
fn a_statement_gives_up_a_lock_and_tries_again() {
    for database in databases().into_iter().filter(|database| database.dialect() != Dialect::Sqlite) {
        let service = at_first_of(&database);
        let reader = Session::start(&database, "begin; select count(*) from customers");
        let mut command = service.command(&["upgrade", "--lock-timeout", "1", "--database-url", database.url()]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        wait_for_blocked(&database);
        thread::sleep(Duration::from_secs(2));
        reader.end();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.contains("others hold a lock"), "{}: {said}", database.dialect());
        assert_eq!(history(&database), ["revision applied"; 2]);
    }
}

fn at_first_of(database: &TestDatabase) -> Service {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.on(database, &["upgrade"]).expect(0, &[]);
    service.models(&with_field("pub note: Option<String>,"));
    let _ = service.revision("second", &[]);
    service
}

#[test]
fn the_settings_say_how_long_to_wait() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    let manifest = service.folder().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let settings = "[package.metadata.cqrs]\n";
    fs::write(&manifest, text.replace(settings, &format!("{settings}lock-timeout = -1.0\n"))).unwrap();
    service.cqrs(&["upgrade"]).expect(2, &["`lock-timeout` cannot be -1", "write seconds from 0"]);
    service.cqrs(&["upgrade", "--lock-timeout", "0.5", "--statement-timeout", "60"]).expect(0, &["1 revision applied"]);
}
