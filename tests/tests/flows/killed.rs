//! `kill -9` at any moment: the next run goes on, and the end is that of an undisturbed run.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cqrs_migrate::Dialect;
use cqrs_tests::service::{Done, Service, edit_sql};
use cqrs_tests::{TestDatabase, databases, rows};

use crate::session::Session;
use crate::{SHOP, history, texts, with_field};

/// How many moments are tried on each database.
const MOMENTS: u64 = 20;

/// How many times the second revision adds one to every row, slowly.
const SLOW: usize = 5;

/// Between equal distances, moved by the seed: `CQRS_TEST_SEED`, or else the time.
struct Moments {
    seed: u64,
    whole: Duration,
}

impl Moments {
    fn new(whole: Duration) -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let given = std::env::var("CQRS_TEST_SEED").ok().map(|seed| seed.parse().unwrap());
        Self { seed: given.unwrap_or(now.as_secs()), whole }
    }

    fn at(&self, number: u64, count: u64) -> Duration {
        // One step of splitmix64. <https://prng.di.unimi.it/splitmix64.c>
        let mut z = self.seed.wrapping_add((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let within = ((z ^ (z >> 31)) % 1000) as f64 / 1000.0;
        self.whole.mul_f64((number as f64 + within) / count as f64)
    }
}

/// Starts a process and kills it after a time. Whether it was still running then.
fn kill_after(mut command: Command, moment: Duration) -> bool {
    let mut child: Child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(moment);
    let running = child.try_wait().unwrap().is_none();
    child.kill().ok();
    child.wait().unwrap();
    running
}

/// Two revisions with tables, columns, indexes and, in between, statements that take their time over thirty rows.
fn slow_service() -> Service {
    let service = Service::new(SHOP);
    let first = service.revision("first", &[]);
    let mut models = with_field("#[column(indexed)]\n    pub level: Option<i32>,\n    pub note: Option<String>,");
    for number in 1..=3 {
        models += &format!(
            "/// One more.\n#[object_model(table = \"more_{number}\")]\npub struct More{number} {{\n    \
             #[column(primary_key)]\n    pub id: i64,\n    #[column(belongs_to = Customer::id, indexed)]\n    \
             pub customer_id: i64,\n}}\n"
        );
    }
    service.models(&models);
    let second = service.revision("second", &[]);
    for dialect in Dialect::ALL {
        let rows: Vec<String> = (1..=10).map(|id| format!("({id}, 'customer {id}', 0)")).collect();
        edit_sql(&first, dialect, |sql| {
            sql + &format!("INSERT INTO customers (id, name, visits) VALUES {};\n", rows.join(", "))
        });
        let slow = match dialect {
            Dialect::Sqlite => {
                "UPDATE customers SET visits = visits + (WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 \
                 FROM n WHERE x < 3000 + customers.id) SELECT min(x) FROM n)"
            }
            Dialect::Postgres => "UPDATE customers SET visits = visits + 1 WHERE pg_sleep(0.006) IS NOT NULL",
            Dialect::MySql => "UPDATE customers SET visits = visits + 1 + SLEEP(0.006)",
        };
        edit_sql(&second, dialect, |sql| spread(&sql, slow));
    }
    service
}

/// The slow statement between the others, and after them as often as is left.
fn spread(sql: &str, slow: &str) -> String {
    let mut left = SLOW;
    let mut text = String::new();
    for part in sql.split_inclusive(";\n") {
        text += part;
        if left > 0 && part.ends_with(";\n") {
            text += &format!("{slow};\n");
            left -= 1;
        }
    }
    text + &format!("{slow};\n").repeat(left)
}

fn require_end(service: &Service, database: &TestDatabase, context: &str) {
    assert_eq!(history(database), ["revision applied"; 2], "{context}");
    let visits = texts(database, "select visits from customers");
    assert_eq!(visits, vec![SLOW.to_string(); 10], "each statement once, {context}");
    let again = service.on(database, &["upgrade", "--lock-wait", "1"]);
    assert!(again.code == 0 && again.said.contains("nothing to do"), "{context}: {again:#?}");
}

#[test]
fn a_killed_upgrade_loses_nothing() {
    let service = slow_service();
    thread::scope(|scope| {
        let threads: Vec<_> =
            databases().into_iter().map(|first| scope.spawn(|| kill_upgrades(&service, first))).collect();
        for thread in threads {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}

fn another(dialect: Dialect) -> TestDatabase {
    match dialect {
        Dialect::Sqlite => cqrs_tests::sqlite(),
        Dialect::Postgres => cqrs_tests::postgres().unwrap(),
        Dialect::MySql => cqrs_tests::mysql().unwrap(),
    }
}

fn kill_upgrades(service: &Service, undisturbed: TestDatabase) {
    let dialect = undisturbed.dialect();
    let begun = Instant::now();
    service.on(&undisturbed, &["upgrade"]).expect(0, &["done: 2 revisions"]);
    let mut moments = Moments::new(begun.elapsed());
    require_end(service, &undisturbed, "undisturbed");
    let (mut killed, mut tried, mut halfway, mut in_doubt) = (0, 0, 0, 0);
    while killed < MOMENTS {
        tried += 1;
        assert!(tried < 3 * MOMENTS, "{dialect}: the runs end before they are killed");
        let moment = moments.at(killed, MOMENTS);
        let context =
            format!("{dialect}, killed after {moment:?} of {:?}, CQRS_TEST_SEED={}", moments.whole, moments.seed);
        let database = another(dialect);
        if !kill_after(service.command(&["upgrade", "--database-url", database.url()]), moment) {
            // The machine was busier when the undisturbed run was timed.
            moments.whole = moments.whole.mul_f64(0.8);
            continue;
        }
        killed += 1;
        let left = what_is_left(&database);
        halfway += usize::from(left.is_some());
        in_doubt += usize::from(left == Some(true));
        let done = service.on(&database, &["upgrade"]);
        assert_eq!(done.code, 0, "{context}: {done:#?}");
        require_end(service, &database, &context);
        if killed % 5 == 0 {
            let status = service.on(&database, &["status"]);
            assert_eq!(status.code, 0, "no drift, {context}: {status:#?}");
            let diff = service.on(&database, &["diff"]);
            assert_eq!(diff.code, 0, "{context}: {diff:#?}");
        }
    }
    println!(
        "{dialect}: killed {killed} times, {halfway} of them between the first statement and the last, {in_doubt} of them \
         while it was not known whether a statement was done; CQRS_TEST_SEED={}",
        moments.seed
    );
    assert!(halfway > 0, "{dialect}: some of the kills hit the middle");
}

/// None where nothing is done, or everything; otherwise whether it is unknown if one more statement was done.
fn what_is_left(database: &TestDatabase) -> Option<bool> {
    cqrs_tests::try_execute(database.url(), "select 1 from cqrs_history").ok()?;
    if history(database) == ["revision applied"; 2] {
        return None;
    }
    let unknown = "select revision from cqrs_history where statements_started > statements_done";
    Some(!texts(database, unknown).is_empty())
}

#[test]
fn killed_again_and_again_it_still_arrives() {
    let service = slow_service();
    for database in databases() {
        let begun = Instant::now();
        let undisturbed = another(database.dialect());
        service.on(&undisturbed, &["upgrade"]).expect(0, &[]);
        let whole = begun.elapsed();
        for number in 0..5 {
            kill_after(
                service.command(&["upgrade", "--database-url", database.url()]),
                whole.mul_f64(0.3 + 0.1 * f64::from(number)),
            );
        }
        service.on(&database, &["upgrade"]).expect(0, &[]);
        require_end(&service, &database, "killed five times");
    }
}

/// The statement that is blocked goes on in the server when its client is dead, unless the server's session dies too.
#[test]
fn a_statement_that_outlives_its_client_is_found_out() {
    let service = slow_service();
    for database in databases().into_iter().filter(|database| database.dialect() != Dialect::Sqlite) {
        for session_dies in [true, false] {
            let database = another(database.dialect());
            service.on(&database, &["upgrade", &first_id(&service)]).expect(0, &["1 revision"]);
            let reader = Session::start(&database, "BEGIN; SELECT count(*) FROM customers");
            let mut child = service.command(&["upgrade", "--database-url", database.url()]);
            let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let blocked = wait_for_blocked(&database);
            child.kill().unwrap();
            child.wait().unwrap();
            if session_dies {
                end_session(&database, &blocked);
            }
            reader.end();
            service.on(&database, &["upgrade"]).expect(0, &["1 revision"]);
            require_end(&service, &database, &format!("{}, session dies: {session_dies}", database.dialect()));
        }
    }
}

fn first_id(service: &Service) -> String {
    let folders = service.migrations().read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let name = folders.map(|name| name.into_string().unwrap()).find(|name| name.ends_with("_first")).unwrap();
    name.trim_end_matches("_first").to_owned()
}

/// The server's session whose statement waits for the reader.
pub(crate) fn wait_for_blocked(database: &TestDatabase) -> String {
    let query = match database.dialect() {
        Dialect::MySql => {
            "select id from information_schema.processlist where db = database() and state like '%metadata lock%'"
        }
        _ => "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    };
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(id) = texts(database, query).pop() {
            return id;
        }
        assert!(Instant::now() < deadline, "{}: nothing waits for the reader", database.dialect());
        thread::sleep(Duration::from_millis(20));
    }
}

fn end_session(database: &TestDatabase, id: &str) {
    let sql = match database.dialect() {
        Dialect::MySql => format!("kill {id}"),
        _ => format!("select pg_terminate_backend({id})"),
    };
    cqrs_tests::execute(database.url(), &sql);
}

fn starting(database: &TestDatabase) -> Command {
    let mut command = Command::new(cqrs_tests::service_bin());
    command.env("DATABASE_URL", database.url()).stdin(Stdio::null());
    command
}

#[test]
fn a_service_that_is_killed_while_it_migrates_itself_loses_nothing() {
    const MOMENTS: u64 = 6;
    let counts = "select concat((select count(*) from scor_processes), ' ', (select count(*) from scor_metrics), ' ', \
                  (select count(*) from scor_performance_measurements))";
    for undisturbed in databases() {
        let dialect = undisturbed.dialect();
        let begun = Instant::now();
        Done::of(starting(&undisturbed)).expect(0, &[]);
        let moments = Moments::new(begun.elapsed());
        let expected = rows(undisturbed.url(), counts);
        for number in 0..MOMENTS {
            let moment = moments.at(number, MOMENTS);
            let context = format!("{dialect}, killed after {moment:?}, CQRS_TEST_SEED={}", moments.seed);
            let database = another(dialect);
            kill_after(starting(&database), moment);
            let done = Done::of(starting(&database));
            assert_eq!(done.code, 0, "{context}: {done:#?}");
            assert_eq!(rows(database.url(), counts), expected, "{context}");
            assert_eq!(history(&database), ["direct applied"], "{context}");
        }
    }
}
