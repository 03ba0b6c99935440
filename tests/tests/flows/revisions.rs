//! Revisions as files: what is in a folder, branches, targets, and how they go with a service that migrates itself.

use std::fs;
use std::path::Path;

use cqrs_migrate::Migrator;
use cqrs_tests::load::load;
use cqrs_tests::service::{Service, edit_sql};
use cqrs_tests::{databases, execute};

use crate::{SHOP, history, texts, with_field};

fn id(revision: &Path) -> String {
    let manifest = fs::read_to_string(revision.join("revision.toml")).unwrap();
    let line = manifest.lines().find_map(|line| line.strip_prefix("id = \"")).unwrap();
    line.trim_end_matches('"').to_owned()
}

#[test]
fn a_revision_has_sql_for_every_database_of_the_service() {
    let service = Service::new(SHOP);
    let databases = databases();
    let mut arguments = vec!["revision", "-m", "Add: shop & co!", "--database-url", "sqlite:none.db"];
    for database in &databases {
        arguments.extend(["--prove-on", database.url()]);
    }
    let made = service.cqrs(&arguments);
    made.expect(0, &["proven up and down on SQLite"]);
    let folder = Path::new(made.stdout.trim());
    assert!(folder.file_name().unwrap().to_str().unwrap().ends_with("_add_shop_co"), "{folder:?}");
    let mut files: Vec<_> =
        folder.read_dir().unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(
        files,
        [
            "down.mysql.sql",
            "down.postgres.sql",
            "down.sqlite.sql",
            "revision.toml",
            "schema.json",
            "up.mysql.sql",
            "up.postgres.sql",
            "up.sqlite.sql"
        ]
    );
    let manifest = fs::read_to_string(folder.join("revision.toml")).unwrap();
    assert!(manifest.contains("message = \"Add: shop & co!\"") && manifest.contains("parents = []"), "{manifest}");
    for database in &databases {
        let name = database.dialect().name();
        assert!(manifest.contains(&format!("\n{name} = \"")), "proven on {name}: {manifest}");
        execute(database.url(), &fs::read_to_string(folder.join(format!("up.{name}.sql"))).unwrap());
        service.on(database, &["diff"]).expect(0, &[]);
        execute(database.url(), &fs::read_to_string(folder.join(format!("down.{name}.sql"))).unwrap());
        let found = service.on(database, &["diff"]);
        found.expect(1, &[]);
        assert!(found.stdout.contains("create table `customers`"), "{found:?}");
    }
}

#[test]
fn without_a_server_a_plan_is_not_proven_and_that_is_said() {
    let service = Service::new(SHOP);
    let made = service.cqrs(&["revision", "-m", "first"]);
    made.expect(0, &["not proven for PostgreSQL", "--prove-on postgres://", "not proven for MySQL"]);
}

#[test]
fn up_to_a_named_revision_and_then_further() {
    let service = Service::new(SHOP);
    let first = id(&service.revision("first", &[]));
    service.models(&with_field("pub note: Option<String>,"));
    let second = id(&service.revision("second", &[]));
    let own = |id: &str| id.split_once('_').unwrap().1.to_owned();
    for database in databases() {
        service.on(&database, &["upgrade", "nosuch"]).expect(2, &["there is no revision `nosuch`", "cqrs status"]);
        service.on(&database, &["upgrade", "2"]).expect(2, &["`2` means several revisions", "write more of the id"]);
        service.on(&database, &["upgrade", &own(&first)[..6]]).expect(0, &["1 revision applied"]);
        assert!(texts(&database, "select revision from cqrs_history") == [&*first]);
        service.on(&database, &["upgrade", &first]).expect(0, &["nothing to do", &first]);
        service
            .on(&database, &["revision", "-m", "x"])
            .expect(3, &["is not at the head", &second, "run `cqrs upgrade`"]);
        service.on(&database, &["upgrade", "head"]).expect(0, &["1 revision applied"]);
        assert_eq!(texts(&database, "select revision from cqrs_history order by position"), [&*first, &*second]);
        service.on(&database, &["upgrade", &own(&first)]).expect(0, &["nothing to do"]);
    }
}

#[test]
fn two_branches_are_two_heads_until_one_follows_the_other() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&with_field("pub note: Option<String>,"));
    let left = service.revision("left", &[]);
    // The other branch does not know of the first one's revision.
    let aside = service.folder().join("aside");
    fs::rename(&left, &aside).unwrap();
    service.models(&SHOP.replacen("pub customer_id: i64,", "pub customer_id: i64,\n    pub amount: Option<i32>,", 1));
    let right = service.revision("right", &[]);
    fs::rename(&aside, &left).unwrap();
    let (left_id, right_id) = (id(&left), id(&right));
    let merged = with_field("pub note: Option<String>,").replacen(
        "pub customer_id: i64,",
        "pub customer_id: i64,\n    pub amount: Option<i32>,",
        1,
    );
    service.models(&merged);

    let databases = databases();
    for database in &databases {
        let both = ["there are 2 heads", &*left_id, &*right_id, "cqrs upgrade REV", "set `parents`"];
        service.on(database, &["upgrade"]).expect(1, &both);
        service.on(database, &["upgrade", "--dry-run"]).expect(1, &both);
        service.on(database, &["revision", "-m", "x"]).expect(1, &both);
        let status = service.on(database, &["status"]);
        status.expect(1, &[]);
        assert!(status.stdout.contains("several heads") && status.stdout.contains(&right_id), "{status:?}");
        service.on(database, &["upgrade", &left_id]).expect(0, &["2 revisions applied"]);
        service.on(database, &["status"]).expect(1, &[]);
    }
    let manifest = right.join("revision.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let parents = text.lines().find(|line| line.starts_with("parents")).unwrap();
    fs::write(&manifest, text.replace(parents, &format!("parents = [\"{left_id}\"]"))).unwrap();
    for database in &databases {
        service.on(database, &["upgrade"]).expect(0, &["1 revision applied"]);
        service.on(database, &["status"]).expect(0, &[]);
        service.on(database, &["diff"]).expect(0, &["no differences"]);
    }
}

#[test]
fn line_endings_do_not_count() {
    let service = Service::new(SHOP);
    let revision = service.revision("first", &[]);
    let applied = databases();
    for database in &applied {
        service.on(database, &["upgrade"]).expect(0, &[]);
    }
    for file in revision.read_dir().unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace('\n', "\r\n")).unwrap();
    }
    for database in &applied {
        service.on(database, &["upgrade"]).expect(0, &["nothing to do"]);
        service.on(database, &["status"]).expect(0, &[]);
    }
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
        service.on(&database, &["diff"]).expect(0, &[]);
    }
}

#[test]
fn a_hazard_is_refused_and_with_a_reason_it_is_recorded() {
    let service = Service::new(&with_field("pub note: Option<String>,"));
    let _ = service.revision("first", &[]);
    service.models(SHOP);
    let refused = service.cqrs(&["revision", "-m", "drop"]);
    refused.expect(3, &["refused for safety", "DATA002", "`customers.note`", "--allow DATA002=REASON"]);
    assert_eq!(service.migrations().read_dir().unwrap().count(), 1);
    let revision = service.revision("drop", &["--allow", "DATA002=nobody reads it"]);
    let manifest = fs::read_to_string(revision.join("revision.toml")).unwrap();
    assert!(manifest.contains("[allowed]\nDATA002 = \"nobody reads it\""), "{manifest}");
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &["2 revisions applied"]);
        service.on(&database, &["diff"]).expect(0, &[]);
    }
}

#[test]
fn a_revision_that_one_database_does_not_need_is_recorded_there() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    // SQLite has no comments.
    service.models(&SHOP.replace("/// Who buys.", "/// Who pays."));
    let _ = service.revision("words", &[]);
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &["2 revisions applied"]);
        assert_eq!(history(&database), ["revision applied"; 2]);
        service.on(&database, &["status"]).expect(0, &[]);
    }
}

/// What the service declares, as its compiled registry would have it.
fn schema(service: &Service) -> cqrs_core::schema::Schema {
    cqrs_core::extract::extract_crate(&service.folder().join("src/lib.rs")).unwrap_or_else(|errors| panic!("{errors}"))
}

#[tokio::test]
async fn revisions_take_over_a_database_that_the_service_migrated_itself() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&with_field("pub note: Option<String>,"));
    let _ = service.revision("second", &[]);
    for database in databases() {
        let start = async || Migrator::new(database.url(), schema(&service)).unwrap().migrate().await.unwrap();
        // The service is at the first revision: neither the head nor nothing.
        service.models(SHOP);
        assert!(start().await.statements() > 0);
        execute(database.url(), "insert into customers (id, name) values (1, 'Ada')");
        service
            .on(&database, &["upgrade"])
            .expect(3, &["the service migrated this database itself", "add column `note`", "start the service once"]);
        assert_eq!(history(&database), ["direct applied"]);

        service.models(&with_field("pub note: Option<String>,"));
        start().await;
        let taken = service.on(&database, &["upgrade"]);
        taken.expect(0, &["recorded", "the database stands there already", "done: 2 revisions"]);
        assert_eq!(history(&database), ["direct applied", "direct applied", "revision applied", "revision applied"]);
        assert_eq!(texts(&database, "select name from customers"), ["Ada"]);
        service.on(&database, &["upgrade"]).expect(0, &["nothing to do"]);
        service.on(&database, &["status"]).expect(0, &[]);
        assert_eq!(start().await.statements(), 0);
        service.on(&database, &["upgrade"]).expect(0, &["nothing to do"]);
    }
}

#[tokio::test]
async fn a_table_that_is_there_and_equal_is_taken_over_by_way_of_the_service() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    for database in databases() {
        let script = service.on(&database, &["diff", "--format", "sql"]);
        load(&database, &script.stdout).unwrap();
        service
            .on(&database, &["upgrade"])
            .expect(3, &["in the database already", "start the service on this database once"]);
        Migrator::new(database.url(), schema(&service)).unwrap().migrate().await.unwrap();
        service.on(&database, &["upgrade"]).expect(0, &["recorded", "done: 1 revision"]);
        service.on(&database, &["status"]).expect(0, &[]);
    }
}

#[test]
fn a_later_revision_is_proven_beside_tables_that_stay() {
    let models = |note: &str| {
        format!(
            "#[object_model(table = \"items\", domain = \"shop\", check(name = \"level_range\", \"level between 1 and 5\"))]
            pub struct Item {{
                #[column(primary_key)]
                pub id: i64,
                #[column(default_value = 1)]
                pub level: i32,
                #[column(length = 10, default_value = \"x\")]
                pub code: String,
            }}
            #[object_model(table = \"parts\", domain = \"shop\")]
            pub struct Part {{
                #[column(primary_key)]
                pub id: i64,
                #[column(belongs_to = Item::id)]
                pub item_id: i64,
                {note}
            }}"
        )
    };
    let service = Service::new(&models(""));
    let databases = databases();
    let mut options = Vec::new();
    for database in &databases {
        options.extend(["--prove-on", database.url()]);
    }
    assert!(service.revision("items and parts", &options).is_dir());
    service.models(&models("pub note: Option<String>,"));
    let second = service.revision("a note", &options);
    for database in &databases {
        let up = fs::read_to_string(second.join(format!("up.{}.sql", database.dialect().name()))).unwrap();
        assert!(up.contains("ADD COLUMN") && !up.contains("items"), "only the note: {up}");
        service.on(database, &["upgrade"]).expect(0, &["2 revisions"]);
        service.on(database, &["status"]).expect(0, &[]);
    }
}

#[tokio::test]
async fn a_plan_that_nobody_proved_says_so_until_it_is_applied() {
    let service = Service::new(SHOP);
    for database in databases() {
        let dialect = database.dialect();
        let script = service.on(&database, &["diff", "--format", "sql", "--no-verify"]);
        assert!(script.stdout.starts_with("-- not verified: on request\n"), "{script:?}");
        load(&database, &script.stdout).unwrap();
        service.on(&database, &["diff"]).expect(0, &["no differences"]);

        let empty = cqrs_tests::fresh(dialect).unwrap();
        let tree = service.on(&empty, &["diff", "--no-verify"]);
        tree.expect(1, &["not proven, as you wished"]);
        let made = service.on(&empty, &["revision", "-m", "First\ntables", "--no-verify"]);
        made.expect(0, &["not proven for SQLite: as you wished; `cqrs upgrade` proves it"]);
        let revision = Path::new(made.stdout.trim());
        let manifest = fs::read_to_string(revision.join("revision.toml")).unwrap();
        let name = dialect.name();
        assert!(
            manifest.contains("[not-verified]\n") && manifest.contains(&format!("{name} = \"on request\"")),
            "{manifest}"
        );
        assert!(!manifest.contains("[verified]"), "{manifest}");
        for way in ["up", "down"] {
            let sql = fs::read_to_string(revision.join(format!("{way}.{name}.sql"))).unwrap();
            assert!(sql.starts_with("-- First\n-- tables: "), "{sql}");
            assert!(sql.contains(&format!("{way} on {dialect}\n-- not verified: on request\n\n")), "{sql}");
        }
        edit_sql(revision, dialect, |sql| sql.replacen("CREATE TABLE", "CREATE TABEL", 1));
        service.on(&empty, &["upgrade"]).expect(3, &["CREATE TABEL", "nothing was changed"]);
        edit_sql(revision, dialect, |sql| sql.replacen("CREATE TABEL", "CREATE TABLE", 1));
        service.on(&empty, &["upgrade"]).expect(0, &["done: 1 revision applied"]);
        fs::remove_dir_all(revision).unwrap();
    }
}
