//! Bad input: each a clear message with what to do, and nothing changed.

use std::fs;

use cqrs_migrate::Dialect;
use cqrs_tests::service::{Done, Service, edit_sql};
use cqrs_tests::{TestDatabase, databases, execute, rows};

use crate::{SHOP, history, texts, with_field};

/// Every table of the database and, on SQLite, the file itself.
fn everything(database: &TestDatabase) -> (Vec<String>, Option<Vec<u8>>) {
    let tables = match database.dialect() {
        Dialect::Sqlite => "select coalesce(sql, name) from sqlite_schema order by name",
        Dialect::Postgres => {
            "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns \
             where table_schema = 'public' order by 1"
        }
        Dialect::MySql => {
            "select concat(table_name, '.', column_name, ' ', column_type) from information_schema.columns \
             where table_schema = database() order by 1"
        }
    };
    let file = database.url().strip_prefix("sqlite:").map(|file| fs::read(file).unwrap());
    (texts(database, tables), file)
}

#[test]
fn a_bad_url_is_wrong_use_and_says_how_to_write_one() {
    let service = Service::new(SHOP);
    let form = "write `sqlite:FILE`, `postgres://USER:PASSWORD@HOST/DATABASE`";
    for (url, reason) in [
        ("", "it has no scheme"),
        ("shop.db", "it has no scheme"),
        ("oracle://u:hidden@h/db", "`oracle` is no database that is supported"),
        ("postgres:/u:hidden@h/db", "after `postgres:` it must go on with `//`"),
        ("postgres://u:hid?den@h/db", "invalid port"),
        ("mysql://u:hidden@h:port/db", "invalid port"),
        ("sqlite:", "it names no database"),
    ] {
        for command in ["status", "upgrade", "diff"] {
            let done = service.cqrs(&[command, "--database-url", url]);
            done.expect(2, &["bad database URL", reason, form]);
        }
    }
}

#[test]
fn no_message_repeats_a_password() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    let url = "postgres://shop:hid%64en-word@127.0.0.1:1/shop";
    let misspelt = "postgers://shop:hid%64en-word@127.0.0.1:1/shop?password=hid%64en-word";
    for arguments in [
        vec!["status", "--database-url", url],
        vec!["status", "--database-url", misspelt],
        vec!["status", url],
        vec!["upgrade", url],
        vec!["upgrade", "--no-such-option", url],
        vec!["upgrade", "--dry-run=", url],
        vec![url],
        vec!["status", "--service", url],
        vec!["diff", "--from", misspelt],
        vec!["diff", "--from", url, "--to", misspelt],
        vec!["diff", "--format", url],
        vec!["upgrade", "--lock-wait", url],
        vec!["revision", "-m", "x", "--prove-on", misspelt, "--database-url", "sqlite:none.db"],
        vec!["revision", "-m", "x", "--allow", url],
    ] {
        let done = service.cqrs(&arguments);
        assert!(done.code >= 2, "{arguments:?}: {done:?}");
        assert!(!done.stderr.contains("en-word") && !done.stdout.contains("en-word"), "{arguments:?}: {done:?}");
    }
    for variable in [url, misspelt] {
        let mut command = service.command(&["upgrade"]);
        command.env("DATABASE_URL", variable);
        let done = Done::of(command);
        assert!(done.code >= 2 && !done.stderr.contains("en-word"), "{done:?}");
    }
}

#[test]
fn a_server_that_does_not_answer_or_refuses_the_login() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    for (url, advice) in [
        ("postgres://shop@127.0.0.1:1/shop", "start the server, or correct the host and port"),
        ("mysql://shop@127.0.0.1:1/shop", "is the server running, and are host, port"),
        ("postgres://shop@no-such-host.invalid/shop", "correct the host"),
    ] {
        for command in ["upgrade", "status", "diff"] {
            service.cqrs(&[command, "--database-url", url]).expect(3, &["cannot connect to", advice]);
        }
    }
    for database in databases().iter().filter(|database| database.dialect() != Dialect::Sqlite) {
        let name = texts(
            database,
            "select current_database()"
                .replace(
                    "current_database",
                    if database.dialect() == Dialect::MySql { "database" } else { "current_database" },
                )
                .as_str(),
        )
        .remove(0);
        let missing = database.url().replace(&name, "there_is_no_such_database");
        service.cqrs(&["upgrade", "--database-url", &missing]).expect(3, &["cannot connect to", "create"]);
    }
    if let Some(database) = cqrs_tests::mysql() {
        let user = format!("shop_{}", std::process::id());
        execute(database.url(), &format!("CREATE USER {user}@localhost IDENTIFIED BY 'right-word'"));
        let wrong = as_user(database.url(), &format!("{user}:wrong-word"));
        let done = service.cqrs(&["upgrade", "--database-url", &wrong]);
        let nothing =
            service.cqrs(&["upgrade", "--database-url", &as_user(database.url(), &format!("{user}:right-word"))]);
        execute(database.url(), &format!("DROP USER {user}@localhost"));
        done.expect(3, &["Access denied", "check the user and the password in the URL"]);
        assert!(!done.stderr.contains("wrong-word"), "{done:?}");
        nothing.expect(3, &["GRANT it the privileges"]);
    }
    if let Some(database) = cqrs_tests::postgres() {
        let done =
            service.cqrs(&["upgrade", "--database-url", &as_user(database.url(), "nobody_of_that_name:wrong-word")]);
        done.expect(3, &["cannot connect to", "correct the user"]);
        assert!(!done.stderr.contains("wrong-word"), "{done:?}");
    }
    wrong_password_on_postgres(&service);
}

fn as_user(url: &str, user: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let place = rest.split_once('@').map_or(rest, |(_, place)| place);
    format!("{scheme}://{user}@{place}")
}

/// The servers of the tests trust everybody. One that this process has started is told to ask one user for a password.
fn wrong_password_on_postgres(service: &Service) {
    let Some(database) = cqrs_tests::postgres() else { return };
    if std::env::var_os("CQRS_TEST_POSTGRES_URL").is_some() {
        return;
    }
    let file = rows(database.url(), "show hba_file")[0][0].clone().unwrap();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("local all asked scram-sha-256\n{text}")).unwrap();
    execute(database.url(), "CREATE ROLE asked LOGIN PASSWORD 'right-word'; SELECT pg_reload_conf()");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
    loop {
        let done = service.cqrs(&["upgrade", "--database-url", &as_user(database.url(), "asked:wrong-word")]);
        assert!(!done.stderr.contains("wrong-word"), "{done:?}");
        if done.said.contains("password authentication failed") || std::time::Instant::now() > deadline {
            done.expect(3, &["password authentication failed", "correct the user or the password in the URL"]);
            return;
        }
    }
}

#[test]
fn an_sqlite_file_that_cannot_be_used() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    let folder = cqrs_tests::temporary_directory();
    let url = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let upgrade = |url: &str| service.cqrs(&["upgrade", "--database-url", url]);

    upgrade(&url("none/shop.db")).expect(3, &["does not exist: create it first"]);
    assert!(!folder.path().join("none").exists());
    upgrade(&format!("sqlite:{}", folder.path().display())).expect(3, &["correct the path"]);
    fs::write(folder.path().join("letter.txt"), "Dear reader, this is no database at all.").unwrap();
    upgrade(&url("letter.txt")).expect(3, &["file is not a database", "correct the path"]);

    for command in ["status", "diff"] {
        service.cqrs(&[command, "--database-url", &url("new.db")]).expect(1, &[]);
        service.cqrs(&["upgrade", "--dry-run", "--database-url", &url("new.db")]).expect(0, &[]);
        assert!(!folder.path().join("new.db").exists(), "only `upgrade` makes a file");
    }

    upgrade(&url("shop.db")).expect(0, &[]);
    let before = fs::read(folder.path().join("shop.db")).unwrap();
    service.models(&with_field("pub note: Option<String>,"));
    let _ = service.revision("second", &[]);
    let advice = ["attempt to write a readonly database", "give write access to the file and its folder"];
    upgrade(&format!("{}?mode=ro", url("shop.db"))).expect(3, &advice);
    let mut permissions = fs::metadata(folder.path().join("shop.db")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path().join("shop.db"), permissions).unwrap();
    // Root writes whatever the permissions say.
    if fs::OpenOptions::new().append(true).open(folder.path().join("shop.db")).is_err() {
        upgrade(&url("shop.db")).expect(3, &advice);
    }
    assert_eq!(fs::read(folder.path().join("shop.db")).unwrap(), before);
}

#[test]
fn a_migrations_folder_with_a_missing_or_broken_file() {
    for database in databases() {
        let service = Service::new(SHOP);
        let first = service.revision("first", &[]);
        service.models(&with_field("pub note: Option<String>,"));
        let second = service.revision("second", &[]);
        let before = everything(&database);
        let up = format!("up.{}.sql", database.dialect().name());
        for (file, text, said) in [
            ("revision.toml", None, vec!["revision.toml", "the file is missing: restore it from version control"]),
            ("schema.json", None, vec!["schema.json", "the file is missing: restore it from version control"]),
            (&*up, None, vec![&*up, "the revision has no SQL for", "restore the file from version control"]),
            ("revision.toml", Some("id = \n"), vec!["revision.toml", "line 1"]),
            (
                "revision.toml",
                Some("id = \"a b\"\nparents = []\nmessage = \"\"\ncreated = \"\"\n"),
                vec!["must be one word"],
            ),
            (
                "revision.toml",
                Some("id = \"x\"\nparents = [\"y\"]\nmessage = \"\"\ncreated = \"\"\n"),
                vec!["follows revision `y`", "restore that folder"],
            ),
            ("schema.json", Some("{\n  \"tables\": [,\n"), vec!["schema.json", "line 2"]),
            ("schema.json", Some("{}"), vec!["schema.json", "tables"]),
        ] {
            let path = second.join(file);
            let good = fs::read(&path).unwrap();
            match text {
                Some(text) => fs::write(&path, text).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            service.on(&database, &["upgrade"]).expect(3, &said);
            assert_eq!(everything(&database), before, "{file}: nothing is changed");
            fs::write(&path, good).unwrap();
        }
        // Two folders with one id.
        let copy = service.migrations().join("copy");
        fs::create_dir(&copy).unwrap();
        for file in first.read_dir().unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copy.join(file.file_name())).unwrap();
        }
        service.on(&database, &["upgrade"]).expect(3, &["is also that of"]);
        fs::remove_dir_all(&copy).unwrap();

        service.on(&database, &["upgrade"]).expect(0, &["2 revisions"]);
        let aside = service.folder().join("aside");
        fs::rename(&second, &aside).unwrap();
        service
            .on(&database, &["upgrade"])
            .expect(3, &["was applied to the database and is not in", "restore its folder"]);
        fs::rename(&aside, &second).unwrap();
        service.on(&database, &["upgrade"]).expect(0, &["nothing to do"]);
    }
}

#[test]
fn an_applied_revision_that_was_edited() {
    let service = Service::new(SHOP);
    let first = service.revision("first", &[]);
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &[]);
        let before = everything(&database);
        edit_sql(&first, database.dialect(), |sql| sql + "DROP TABLE orders;\n");
        for command in [vec!["upgrade"], vec!["status"], vec!["revision", "-m", "x"]] {
            service.on(&database, &command).expect(
                3,
                &["was applied and has been edited since", "restore the files", "put the change into a new revision"],
            );
        }
        assert_eq!(everything(&database), before);
    }
}

#[test]
fn a_table_that_is_there_and_not_managed() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    for database in databases() {
        execute(database.url(), "create table customers (id int primary key, phone varchar(20))");
        execute(database.url(), "create table ledger (id int primary key)");
        let before = everything(&database);
        service.on(&database, &["upgrade"]).expect(
            3,
            &[
                "makes table `customers`, which is in the database already",
                "nothing was changed",
                "Rename or drop table",
            ],
        );
        service
            .on(&database, &["diff"])
            .expect(3, &["was not made by a migration", "drop or rename table `customers`"]);
        assert_eq!(everything(&database), before);

        execute(database.url(), "drop table customers");
        service.on(&database, &["upgrade"]).expect(0, &[]);
        let status = service.on(&database, &["status"]);
        status.expect(0, &[]);
        assert!(status.stdout.contains("not managed  ledger"), "{status:?}");
        service.on(&database, &["diff"]).expect(0, &["not managed, and left alone: `ledger`"]);
    }
}

#[test]
fn a_database_that_has_drifted() {
    for database in databases() {
        let service = Service::new(SHOP);
        let _ = service.revision("first", &[]);
        service.on(&database, &["upgrade"]).expect(0, &[]);
        execute(database.url(), "alter table customers add column nickname varchar(20)");
        let status = service.on(&database, &["status"]);
        status.expect(1, &[]);
        assert!(status.stdout.contains("drop column `nickname`"), "{status:?}");
        service.models(&with_field("pub note: Option<String>,"));
        service
            .on(&database, &["revision", "-m", "x"])
            .expect(3, &["has drifted", "drop column `nickname`", "make them by hand"]);
        let _ = service.revision("second", &[]);
        let before = everything(&database);
        service.on(&database, &["upgrade"]).expect(
            3,
            &["the database has drifted from its recorded revisions", "drop column `nickname`", "nothing was changed"],
        );
        assert_eq!(everything(&database), before);
        execute(database.url(), "alter table customers drop column nickname");
        service.on(&database, &["upgrade"]).expect(0, &["1 revision"]);
        service.on(&database, &["status"]).expect(0, &[]);
    }
}

#[test]
fn a_revision_edited_by_hand_that_does_not_arrive_or_does_not_parse() {
    let service = Service::new(SHOP);
    let first = service.revision("first", &[]);
    for database in databases() {
        let before = everything(&database);
        edit_sql(&first, database.dialect(), |sql| sql + "ALTER TABLE customers ADD COLUMN more int;\n");
        service.on(&database, &["upgrade"]).expect(
            3,
            &[
                "does not lead from what the database is to its `schema.json`",
                "drop column `more`",
                "nothing was changed",
            ],
        );
        assert_eq!(everything(&database), before);
        edit_sql(&first, database.dialect(), |sql| sql.replace("ADD COLUMN more int", "ADDD COLUMN more int"));
        service.on(&database, &["upgrade"]).expect(
            3,
            &[
                "the database does not take `ALTER TABLE customers ADDD COLUMN",
                "tried in a shadow first",
                "where it was written by hand",
            ],
        );
        assert_eq!(everything(&database), before);
    }
}

#[test]
fn a_session_that_may_not_be_idle_still_migrates() {
    let Some(database) = cqrs_tests::postgres() else { return };
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    let name = texts(&database, "select current_database()").remove(0);
    execute(database.url(), &format!("ALTER DATABASE {name} SET idle_in_transaction_session_timeout = '50ms'"));
    // PostgreSQL 14 and newer have the other one too.
    let _ =
        cqrs_tests::try_execute(database.url(), &format!("ALTER DATABASE {name} SET idle_session_timeout = '50ms'"));
    service.on(&database, &["upgrade"]).expect(0, &["1 revision"]);
    assert_eq!(history(&database), ["revision applied"]);
}

#[test]
fn a_revision_that_ends_the_transaction_it_runs_in() {
    let service = Service::new(SHOP);
    let first = service.revision("first", &[]);
    for database in databases() {
        let before = everything(&database);
        for statement in ["BEGIN", "commit", "/* done */ ROLLBACK", "START TRANSACTION", "USE other"] {
            let dialect = database.dialect();
            let good = fs::read_to_string(first.join(format!("up.{}.sql", dialect.name()))).unwrap();
            edit_sql(&first, dialect, |sql| sql + statement + ";\n");
            service.on(&database, &["upgrade"]).expect(3, &["must not begin or end one", "take that statement out"]);
            edit_sql(&first, dialect, |_| good);
            assert_eq!(everything(&database), before);
        }
        service.on(&database, &["upgrade"]).expect(0, &[]);
    }
}

#[test]
fn a_user_with_few_rights_on_postgres() {
    let Some(database) = cqrs_tests::postgres() else { return };
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    let role = format!("few_rights_{}", std::process::id());
    execute(database.url(), &format!("CREATE ROLE {role} LOGIN; REVOKE CREATE ON SCHEMA public FROM public"));
    let url = as_user(database.url(), &role);
    let refused = service.cqrs(&["upgrade", "--database-url", &url]);
    // May make tables, and neither databases nor schemas.
    execute(database.url(), &format!("GRANT CREATE ON SCHEMA public TO {role}"));
    let done = service.cqrs(&["upgrade", "--database-url", &url]);
    execute(database.url(), &format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    refused.expect(3, &["permission denied for schema public", "GRANT"]);
    done.expect(0, &["1 revision applied"]);
}
