//! Databases that are there become models: of what the databases have to say, of the schemas of this repository, and of
//! real applications. Each model is compared with its table; those of the first are part of this program, so that they
//! compile and are as `cargo fmt` leaves them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "what became of each schema is worth knowing")]

#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, reason = "nothing uses what was imported")]
mod mysql;
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, reason = "nothing uses what was imported")]
mod postgres;
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, reason = "nothing uses what was imported")]
mod sqlite;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use cqrs_migrate::Dialect;
use cqrs_tests::load::load;
use cqrs_tests::round_trip::{SchemaFile, own_files, shared_files};
use cqrs_tests::service::{Done, Service};
use cqrs_tests::{TestDatabase, databases, sqlite as fresh_sqlite};

/// A service for one database, without models.
fn service(dialect: Dialect) -> Service {
    let service = Service::new("");
    let manifest = fs::read_to_string(service.folder().join("Cargo.toml")).unwrap();
    let line = manifest.lines().find(|line| line.starts_with("databases")).unwrap();
    let manifest = manifest.replace(line, &format!("databases = [\"{}\"]", dialect.name()));
    service.write("shop/Cargo.toml", &manifest);
    service.write("shop/src/lib.rs", "//! Shop.\n");
    // Its files are also files of this repository.
    service.write("shop/rustfmt.toml", include_str!("../../../rustfmt.toml"));
    service
}

fn files_below(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.insert(path.clone(), fs::read_to_string(&path).unwrap());
        }
    }
    files
}

/// The database is what the models say, it stands at the revision, and there is nothing left to do.
fn expect_taken_over(service: &Service, database: &TestDatabase) {
    service.on(database, &["diff"]).expect(0, &[]);
    service.on(database, &["status"]).expect(0, &[]);
    service.on(database, &["revision", "-m", "more"]).expect(0, &["nothing to do"]);
}

/// `CQRS_BLESS=1` writes what comes out.
#[test]
fn what_a_database_has_is_said_by_models() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for database in databases() {
        let name = database.dialect().name();
        let script = fs::read_to_string(here.join(format!("shop.{name}.sql"))).unwrap();
        load(&database, &script).unwrap();
        let service = service(database.dialect());
        let done = service.on(&database, &["import", "--domain", name]);
        done.expect(0, &[]);
        expect_taken_over(&service, &database);
        expect_made_again(&service, &database, &done, &cqrs_tests::fresh(database.dialect()).unwrap());

        let mut files = files_below(&service.folder().join("src").join(name));
        let lines = done.stderr.lines().filter(|line| {
            !line.starts_with("recorded as applied") && !line.contains(" of `sqlite:") && !line.contains("://")
        });
        let said: String = lines.map(|line| format!("{line}\n")).collect();
        files.insert(PathBuf::from("said.txt"), said);
        let folder = here.join(name);
        if std::env::var_os("CQRS_BLESS").is_some() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            for (path, text) in &files {
                fs::write(folder.join(path.file_name().unwrap()), text).unwrap();
            }
        }
        let names = |files: &BTreeMap<PathBuf, String>| -> BTreeMap<String, String> {
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            files.iter().map(|(path, text)| (name(path), text.clone())).collect()
        };
        pretty_equal(&names(&files), &names(&files_below(&folder)));
    }
}

fn pretty_equal(found: &BTreeMap<String, String>, expected: &BTreeMap<String, String>) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, text) in found {
        assert_eq!(text, &expected[name], "{name}");
    }
}

#[test]
fn schemas_of_this_repository() {
    import_each(&own_files(), |service, [database, fresh], imported| {
        service.on(database, &["diff"]).expect(0, &[]);
        expect_made_again(service, database, imported, fresh);
    });
}

/// With `CQRS_IMPORT_COMPILE=1`, all of them are compiled, too, each as a crate.
#[test]
fn schemas_of_real_applications() {
    import_each(&shared_files(), |service, [database, fresh], imported| {
        expect_taken_over(service, database);
        expect_made_again(service, database, imported, fresh);
    });
}

/// The revisions make an empty database what the imported one is, but for what `cqrs import` has told.
fn expect_made_again(service: &Service, database: &TestDatabase, imported: &Done, fresh: &TestDatabase) {
    let upgraded = service.on(fresh, &["upgrade"]);
    if imported.said.contains("only for this database") {
        upgraded.expect(3, &["nothing was changed"]);
        return;
    }
    upgraded.expect(0, &[]);
    let mut options = vec!["diff", "--from", fresh.url(), "--to", database.url(), "--no-verify"];
    if database.dialect() == Dialect::Postgres {
        options.push("--no-privileges");
    }
    let left = service.cqrs(&options);
    assert!(left.code == 0 || left.code == 1, "{left:#?}");
    let told = |line: &&str| {
        let name = line.split('`').nth(1).unwrap_or_default();
        let (part, table) = name.rsplit_once(" on ").unwrap_or((name, ""));
        let names = [format!("`{name}`"), format!("{part}` of `{table}`")];
        let is_told = |told: &str| told.contains(" left as it is") || told.starts_with("not written");
        imported.stderr.lines().any(|told| is_told(told) && names.iter().any(|name| told.contains(name)))
    };
    let untold: Vec<&str> =
        left.stdout.lines().filter(|line| !line.starts_with(' ')).filter(|line| !told(line)).collect();
    assert!(untold.is_empty(), "{untold:#?}\n{left:#?}\n{imported:#?}");
}

/// What is held of a database that was imported, and a fresh one like it.
type Check = fn(&Service, [&TestDatabase; 2], &Done);

fn import_each(files: &[SchemaFile], check: Check) {
    let wanted = std::env::var("CQRS_CASE").unwrap_or_default();
    let wanted = &wanted;
    let services: Vec<(String, Service)> = thread::scope(|scope| {
        let threads = Dialect::ALL.map(|dialect| {
            let mine = files.iter().filter(move |file| file.dialect == dialect);
            scope.spawn(move || {
                let mine = mine.filter(|file| file.to_string().contains(wanted.as_str()));
                mine.filter_map(|file| Some((file.to_string(), import(file, check)?))).collect::<Vec<_>>()
            })
        });
        let join = |thread: thread::ScopedJoinHandle<'_, Vec<_>>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    });
    if std::env::var_os("CQRS_IMPORT_COMPILE").is_some() {
        compile(&services);
    }
}

fn import(file: &SchemaFile, check: Check) -> Option<Service> {
    let database = file.database().unwrap_or_else(|error| panic!("{file}: {error}"))?;
    let service = service(file.dialect);
    let done = service.on(&database, &["import"]);
    if done.said.contains("has no tables") {
        return None;
    }
    assert_eq!(done.code, 0, "{file}: {done:#?}");
    if files_below(&service.folder().join("src")).len() == 1 {
        // No table of it is a model, which is told.
        assert!(done.said.contains("not written"), "{file}: {done:#?}");
        return None;
    }
    check(&service, [&database, &file.empty_database()?], &done);
    println!("{file}: {}", counted(&done));
    Some(service)
}

/// A line for the table in `docs/conformance.md`.
fn counted(done: &Done) -> String {
    let count = |mark: &str| done.stderr.lines().filter(|line| line.contains(mark)).count();
    let models = done
        .stderr
        .lines()
        .find(|line| {
            line.contains(" model") && line.contains(" of `") && line.starts_with(|first: char| first.is_ascii_digit())
        })
        .unwrap_or_default();
    let models = models.split(" of `").next().unwrap_or_default();
    format!("{models}, {} not written, {} parts left as they are", count("not written"), count("not managed"))
}

/// Each as a crate of one workspace.
fn compile(services: &[(String, Service)]) {
    let workspace = cqrs_tests::temporary_directory();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let mut members = Vec::new();
    for (at, (_, service)) in services.iter().enumerate() {
        let member = format!("imported-{at}");
        for (path, text) in files_below(&service.folder().join("src")) {
            let target = workspace.path().join(&member).join(path.strip_prefix(service.folder()).unwrap());
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, text).unwrap();
        }
        let manifest = format!(
            "[package]\nname = \"{member}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             cqrs-core = {{ path = {:?}, features = [\"sqlite\", \"postgres\", \"mysql\", \"array\", \"bigdecimal\", \"chrono\", \
             \"ipnetwork\", \"json\", \"range\", \"rust_decimal\", \"uuid\"] }}\nbigdecimal = \"0.4\"\nchrono = \"0.4\"\n\
             ipnetwork = \"0.21\"\nrust_decimal = \"1\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
             serde_json = \"1\"\nuuid = \"1\"\n",
            root.join("cqrs-core")
        );
        fs::write(workspace.path().join(&member).join("Cargo.toml"), manifest).unwrap();
        members.push(member);
    }
    fs::write(workspace.path().join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))
        .unwrap();
    fs::copy(root.join("Cargo.lock"), workspace.path().join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["check", "--workspace", "--offline", "--quiet"]).current_dir(workspace.path());
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    cargo.env("CARGO_TARGET_DIR", target);
    let done = Done::of(cargo);
    assert!(done.code == 0 && !done.stderr.contains("warning"), "{}", done.stderr);
    println!("{} crates compiled", members.len());
}

#[test]
fn tables_come_one_after_the_other() {
    let database = fresh_sqlite();
    load(
        &database,
        "CREATE TABLE customers (id BIGINT NOT NULL PRIMARY KEY);\
         CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customers (id));",
    )
    .unwrap();
    let service = service(Dialect::Sqlite);
    let shown = service.on(&database, &["import", "--domain", "sales", "--dry-run"]);
    shown.expect(0, &["2 models"]);
    assert!(shown.stdout.contains("pub struct Customer {"), "{shown:#?}");
    assert!(!service.folder().join("src/sales").exists() && !service.migrations().exists(), "nothing is written");

    let first = service.on(&database, &["import", "--domain", "sales", "--tables", "customers"]);
    first.expect(0, &["1 model of", "recorded as applied, and not run"]);
    service.on(&database, &["status"]).expect(0, &[]);
    let second = service.on(&database, &["import", "--domain", "sales", "--tables", "order*"]);
    second.expect(0, &["1 model of"]);
    let order = fs::read_to_string(service.folder().join("src/sales/orders.rs")).unwrap();
    assert!(order.contains("use crate::sales::customers::Customer;"), "{order}");
    assert!(order.contains("belongs_to = Customer::id"), "{order}");
    expect_taken_over(&service, &database);
    assert_eq!(service.migrations().read_dir().unwrap().count(), 2, "a revision for each");

    let again = service.on(&database, &["import", "--domain", "sales"]);
    again.expect(0, &["`customers` has a model already", "0 models"]);
    service.write("shop/src/elsewhere/customers.rs", "//! Not declared.\n");
    let message = ["elsewhere/customers.rs", "--force"];
    fs::remove_dir_all(service.folder().join("src/sales")).unwrap();
    service.write("shop/src/lib.rs", "//! Shop.\n");
    service.on(&database, &["import", "--domain", "elsewhere"]).expect(2, &message);
    service.on(&database, &["import", "--domain", "elsewhere", "--force"]).expect(0, &["2 models"]);
    service.on(&database, &["diff"]).expect(0, &[]);
}

#[test]
fn sql_objects_come_with_what_they_belong_to() {
    let database = fresh_sqlite();
    load(
        &database,
        "CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY); CREATE TABLE lines (id BIGINT NOT NULL PRIMARY KEY);\
         CREATE TRIGGER orders_t AFTER INSERT ON orders BEGIN SELECT 1; END;\
         CREATE TRIGGER lines_t AFTER INSERT ON lines BEGIN SELECT 2; END;\
         CREATE VIEW all_lines AS SELECT id FROM lines;",
    )
    .unwrap();
    let service = service(Dialect::Sqlite);
    let orders = service.on(&database, &["import", "--domain", "sales", "--tables", "orders"]);
    orders.expect(0, &["1 model, 1 SQL object of", "left as it is: `all_lines`", "trigger `lines_t` of `lines`"]);
    expect_taken_over(&service, &database);
    let objects = service.folder().join("src/sales/sql_objects.rs");
    let first = fs::read_to_string(&objects).unwrap();
    let view = service.on(&database, &["import", "--domain", "sales", "--tables", "all_*"]);
    view.expect(0, &["not written: view `all_lines`: it stands on table `lines`", "0 models of"]);

    let rest = service.on(&database, &["import", "--domain", "sales"]);
    rest.expect(0, &["`orders` has a model already", "1 model, 1 read model, 1 SQL object of"]);
    let both = fs::read_to_string(&objects).unwrap();
    assert!(both.starts_with(&first) && both.contains("trigger \"lines_t\" on \"lines\""), "{both}");
    expect_taken_over(&service, &database);
    expect_made_again(&service, &database, &rest, &fresh_sqlite());
    let again = service.on(&database, &["import", "--domain", "sales", "--force"]);
    again.expect(0, &["2 models, 1 read model, 2 SQL objects of"]);
    expect_taken_over(&service, &database);
}

#[test]
fn what_cannot_be_imported_is_refused_and_says_what_to_do() {
    let database = fresh_sqlite();
    load(&database, "CREATE TABLE customers (id BIGINT NOT NULL PRIMARY KEY);").unwrap();
    let other = service(Dialect::Postgres);
    other.on(&database, &["import"]).expect(2, &["is made for postgres", "databases = [\"sqlite\"]"]);
    let service = service(Dialect::Sqlite);
    service.on(&database, &["import", "--tables", "nobody"]).expect(2, &["has no table or view of that name"]);
    service.write("shop/src/lib.rs", "pub mod nowhere {");
    service.on(&database, &["import"]).expect(1, &["is no Rust"]);
    service.write(
        "shop/src/lib.rs",
        "use cqrs_core::object_model;\n#[object_model(table = \"new\")]\npub struct New {\n    #[column(primary_key)]\n    pub id: i64,\n}\n",
    );
    let ahead = service.on(&database, &["import"]);
    ahead.expect(1, &["no baseline was recorded", "create table `new`"]);
}

/// Also while its table is changed, which is tried in a shadow that does not have the other table.
#[test]
fn a_foreign_key_to_a_table_without_a_model_stays() {
    for database in databases() {
        load(
            &database,
            "CREATE TABLE customers (id BIGINT NOT NULL PRIMARY KEY);\
             CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY, customer_id BIGINT,\
             CONSTRAINT of_customer FOREIGN KEY (customer_id) REFERENCES customers (id));",
        )
        .unwrap();
        let service = service(database.dialect());
        let done = service.on(&database, &["import", "--domain", "sales", "--tables", "orders"]);
        done.expect(0, &["foreign key `of_customer` of `orders`", "is no model of this crate"]);
        expect_taken_over(&service, &database);
        let file = service.folder().join("src/sales/orders.rs");
        let model = fs::read_to_string(&file).unwrap().replace(
            "    pub id: i64,\n",
            "    pub id: i64,\n    #[column(check = \"total > 0\")]\n    pub total: Option<i64>,\n",
        );
        fs::write(&file, model).unwrap();
        service.on(&database, &["revision", "-m", "total", "--allow", "FAIL005=no rows"]).expect(0, &[]);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        expect_taken_over(&service, &database);
        let again = service.on(&database, &["import", "--domain", "sales"]);
        again.expect(1, &["`orders` has a model already", "drop foreign key `of_customer`", "`--force`"]);
        service.on(&database, &["import", "--domain", "sales", "--force"]).expect(0, &["2 models of"]);
        expect_taken_over(&service, &database);
    }
}

/// A fresh database is brought to where the imported one stood.
#[test]
fn a_baseline_makes_the_database_again() {
    for database in databases() {
        load(
            &database,
            "CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(254) NOT NULL);\
             CREATE UNIQUE INDEX by_email ON customers (email);",
        )
        .unwrap();
        let service = service(database.dialect());
        service.on(&database, &["import", "--domain", "sales", "-m", "As it was"]).expect(0, &[]);
        let fresh = cqrs_tests::fresh(database.dialect()).unwrap();
        service.on(&fresh, &["upgrade"]).expect(0, &[]);
        service.on(&fresh, &["status"]).expect(0, &[]);
        service.on(&fresh, &["diff"]).expect(0, &[]);
    }
}
