//! The command line: what goes where, exit codes, how a service and a database are found.

use std::fs;
use std::process::Command;

use cqrs_migrate::Dialect;
use cqrs_tests::load::load;
use cqrs_tests::service::{Done, Service};

use crate::{SHOP, history, with_field};

#[test]
fn from_models_to_a_database_and_back_to_nothing_to_do() {
    let service = Service::new(SHOP);
    service.cqrs(&["revision", "-m", "First tables"]).expect(0, &["create table `customers`", "create table `orders`"]);
    for database in cqrs_tests::databases() {
        let found = service.on(&database, &["diff"]);
        found.expect(1, &[]);
        assert!(found.stdout.contains("create table `customers`"), "{found:?}");

        let pending = service.on(&database, &["status"]);
        pending.expect(1, &[]);
        assert!(pending.stdout.contains("pending"), "{pending:?}");

        let dry = service.on(&database, &["upgrade", "--dry-run"]);
        dry.expect(0, &["dry run: 1 revision to be applied"]);
        assert!(dry.stdout.contains("CREATE TABLE"), "{dry:?}");
        service.on(&database, &["diff"]).expect(1, &[]);

        let done = service.on(&database, &["upgrade"]);
        done.expect(0, &["First tables", "done: 1 revision applied"]);
        assert_eq!(done.stdout, "", "data only");
        service.on(&database, &["upgrade"]).expect(0, &["nothing to do"]);
        service.on(&database, &["upgrade", "--dry-run"]).expect(0, &["0 revisions"]);

        let none = service.on(&database, &["diff"]);
        none.expect(0, &["no differences"]);
        assert_eq!(none.stdout, "");
        let status = service.on(&database, &["status"]);
        status.expect(0, &[]);
        assert!(status.stdout.contains("applied") && status.stdout.contains("First tables"), "{status:?}");
        service.on(&database, &["revision", "-m", "again"]).expect(0, &["nothing to do"]);
        assert_eq!(history(&database), ["revision applied"]);
    }
}

#[test]
fn a_script_on_stdout_is_what_the_plan_does() {
    for database in cqrs_tests::databases() {
        let service = Service::new(SHOP);
        let script = service.on(&database, &["diff", "--format", "sql"]);
        script.expect(1, &[]);
        load(&database, &script.stdout).unwrap();
        service.on(&database, &["diff"]).expect(0, &["no differences"]);
    }
}

#[test]
fn every_source_can_be_compared_with_every_other() {
    for database in cqrs_tests::databases() {
        let service = Service::new(SHOP);
        let _ = service.revision("first", &[]);
        let table = |columns: &str| format!(r#"{{"table_name": "notes", "columns": [{columns}]}}"#);
        let id = r#"{"name": "id", "type": "Integer", "primary_key": true, "nullable": false}"#;
        service.write("shop/schemas/notes.json", &table(id));
        service.write("shop/more/notes.json", &table(&format!(r#"{id}, {{"name": "body", "type": "Text"}}"#)));
        let diff = |from: &str, to: &str| service.on(&database, &["diff", "--from", from, "--to", to]);
        diff("rev:head", "models").expect(0, &["no differences"]);
        let differs = |from: &str, to: &str, lines: &[&str]| {
            let done = diff(from, to);
            done.expect(1, &[]);
            assert!(lines.iter().all(|line| done.stdout.contains(line)), "{done:?}");
        };
        differs("json:schemas", "json:more", &["~ alter table `notes`", "+ add column `body`"]);
        differs("json:schemas", "models", &["- drop table `notes`", "+ create table `customers`"]);

        let script = service.on(&database, &["diff", "--from", "json:schemas", "--to", "json:more", "--format", "sql"]);
        assert!(script.stdout.contains("body"), "{script:?}");
        let script = service.on(&database, &["diff", "--to", "rev:head", "--format", "sql"]);
        service.write("shop/shop.sql", &script.stdout);
        diff("sql:shop.sql", "models").expect(0, &["no differences"]);
        load(&database, &script.stdout).unwrap();
        diff("sql:shop.sql", database.url()).expect(0, &["no differences"]);

        if database.dialect() == Dialect::Postgres {
            service.write("shop/told.sql", &format!("{}\ncreate foreign data wrapper far;", script.stdout));
            let told = &["not managed, and not compared: foreign data wrapper `far` in", "told.sql", "no differences"];
            diff("sql:told.sql", database.url()).expect(0, told);
        }
        service.write("shop/away.sql", "create table t (a int);\nuse elsewhere;");
        diff("sql:away.sql", "models").expect(3, &["statement 2: `USE` leads out of", "away.sql"]);
        service.write("shop/wrong.sql", "create tabel t (a int);");
        diff("sql:wrong.sql", "models").expect(3, &["create tabel t", "must run as it stands on an empty"]);

        let json = service.on(&database, &["diff", "--from", "json:schemas", "--to", "json:more", "--format", "json"]);
        json.expect(1, &[]);
        let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(document["changes"][0]["change"], "alter_table");
        assert_eq!(document["changes"][0]["changes"][0]["change"], "add_column");
        assert!(document["steps"][0]["transaction"].is_string());
    }
}

#[test]
fn a_name_passes_from_one_kind_of_object_to_another() {
    for database in cqrs_tests::databases() {
        let service = Service::new(SHOP);
        service.write("shop/before.sql", "create table a (x int); create table b (y int); create table c (z int);");
        service.write(
            "shop/after.sql",
            "create table c (z int); create index a on c (z); create view b as select z from c;",
        );
        for (from, to) in [("sql:before.sql", "sql:after.sql"), ("sql:after.sql", "sql:before.sql")] {
            let done = service.on(&database, &["diff", "--from", from, "--to", to, "--format", "sql"]);
            done.expect(1, &[]);
            assert!(done.stdout.contains("CREATE"), "{done:?}");
        }
    }
}

#[test]
fn wrong_use_is_2_and_says_what_to_write() {
    let service = Service::new(SHOP);
    service.cqrs(&["frobnicate"]).expect(2, &["unrecognized subcommand", "--help"]);
    service.cqrs(&["revision"]).expect(2, &["--message"]);
    service.cqrs(&["revision", "-m", " "]).expect(2, &["the message is empty", "write `-m"]);
    service.cqrs(&["revision", "-m", "x", "--allow", "DATA999=y"]).expect(2, &["no hazard `DATA999`", "DATA001"]);
    service
        .cqrs(&["revision", "-m", "x", "--allow", "DATA001"])
        .expect(2, &["the reason is missing", "write `--allow"]);
    service.cqrs(&["diff", "--from", "models"]).expect(2, &["do not differ from themselves", "name something else"]);
    service.cqrs(&["diff", "--from", "rev:head"]).expect(2, &["there is no head", "has no revisions"]);
    service.cqrs(&["diff", "--from", "sql:"]).expect(2, &["`sql:` names nothing", "write `json:FOLDER`"]);
    service.cqrs(&["diff", "--from", "sql:none.sql"]).expect(2, &["cannot read `none.sql`", "check the path"]);
    service.cqrs(&["diff", "--from", "json:src"]).expect(2, &["`src` has no schema JSON"]);
    service.cqrs(&["upgrade", "--lock-wait", "long"]).expect(2, &["invalid value 'long'"]);
    let help = service.cqrs(&["--help"]);
    help.expect(0, &[]);
    for code in ["0 done", "1 findings", "2 wrong use", "3 failed"] {
        assert!(help.stdout.contains(code), "{help:?}");
    }
}

#[test]
fn the_cargo_subcommand_is_the_same() {
    let service = Service::new(SHOP);
    let mut cargo = Command::new("cargo");
    let place = cqrs_tests::cqrs_bin().parent().unwrap().to_owned();
    let path = format!("{}:{}", place.display(), std::env::var("PATH").unwrap());
    cargo.args(["cqrs", "status"]).current_dir(service.folder()).env("PATH", path).env_remove("DATABASE_URL");
    let done = Done::of(cargo);
    done.expect(0, &[]);
    assert!(done.stdout.contains("service   shop"), "{done:?}");
}

#[test]
fn the_option_beats_the_variable_beats_the_settings_beats_the_own_file() {
    let service = Service::new(SHOP);
    let shown = |variable: Option<&str>, option: Option<&str>| {
        let mut command = service.command(&["status"]);
        command.args(option.map(|url| format!("--database-url={url}")));
        command.envs(variable.map(|url| ("DATABASE_URL", url)));
        let done = Done::of(command);
        done.stdout
            .lines()
            .find_map(|line| line.strip_prefix("database  "))
            .unwrap_or_else(|| panic!("{done:?}"))
            .to_owned()
    };
    let own = format!("sqlite:{}/shop.db", fs::canonicalize(service.folder()).unwrap().display());
    assert_eq!(shown(None, None), own);
    assert_eq!(shown(Some(""), None), own, "an empty variable is none");
    let manifest = fs::read_to_string(service.folder().join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("databases =", "database-url = \"sqlite:settings.db\"\ndatabases =");
    service.write("shop/Cargo.toml", &manifest);
    assert!(shown(None, None).ends_with("/shop/settings.db"));
    assert_eq!(shown(Some("sqlite:variable.db"), None), "sqlite:variable.db");
    assert_eq!(shown(Some("sqlite:variable.db"), Some("sqlite:option.db")), "sqlite:option.db");
}

#[test]
fn the_service_is_found_and_its_mistakes_are_named() {
    let service = Service::new(SHOP);
    service.cqrs(&["status", "--service", "shpo"]).expect(2, &["there is no service `shpo`", "did you mean `shop`?"]);
    service.cqrs(&["status", "--service", "payroll"]).expect(2, &["the services of this workspace are: shop"]);
    let mut elsewhere = service.command(&["status"]);
    elsewhere.current_dir("/");
    Done::of(elsewhere).expect(2, &["cannot read the workspace", "run this in the folder of a Cargo package"]);

    let manifest = fs::read_to_string(service.folder().join("Cargo.toml")).unwrap();
    service.write("shop/Cargo.toml", &manifest.replace("\"mysql\"", "\"oracle\""));
    service
        .cqrs(&["revision", "-m", "x"])
        .expect(2, &["unknown database `oracle`", "write `sqlite`, `postgres` or `mysql`"]);
    service.write("shop/Cargo.toml", &manifest.replace("databases =", "databasses ="));
    service.cqrs(&["status"]).expect(2, &["unknown field `databasses`", "the settings are `databases`"]);
    service.write("shop/Cargo.toml", &manifest);
    service.models("");
    service.cqrs(&["diff"]).expect(2, &["service `shop` has no models", "#[object_model]"]);
}

#[test]
fn colour_is_for_terminals() {
    let service = Service::new(SHOP);
    let escape = '\u{1b}';
    let plain = service.cqrs(&["diff"]);
    assert!(!plain.stdout.contains(escape) && !plain.stderr.contains(escape), "{plain:?}");
    let mut forced = service.command(&["diff"]);
    forced.env("CLICOLOR_FORCE", "1");
    assert!(Done::of(forced).stdout.contains(escape));

    // `script` gives a command a terminal. Where there is none, this part is not tested.
    let on_terminal = |variables: &[(&str, &str)]| {
        let mut command = Command::new("script");
        let line = format!("{} diff", cqrs_tests::cqrs_bin().display());
        command.args(["-qec", &line, "/dev/null"]).current_dir(service.folder());
        command.env_remove("NO_COLOR").env_remove("DATABASE_URL").env("TERM", "xterm").envs(variables.iter().copied());
        command.output().ok().map(Done::from)
    };
    if let Some(shown) = on_terminal(&[]) {
        assert!(shown.stdout.contains(escape), "{shown:?}");
        let shown = on_terminal(&[("NO_COLOR", "1")]).unwrap();
        assert!(shown.stdout.contains("create table") && !shown.stdout.contains(escape), "{shown:?}");
    }
}

#[test]
fn a_mistake_in_a_model_is_a_finding_with_its_place() {
    let service = Service::new(&with_field("#[column(lenght = 3)]\n    pub code: String,"));
    service.cqrs(&["diff"]).expect(1, &["did you mean `length`", "src/lib.rs:"]);
    service.models(&SHOP.replace("Customer::id", "Costumer::id"));
    service.cqrs(&["revision", "-m", "x"]).expect(1, &["Costumer", "src/lib.rs:"]);
    assert!(!service.migrations().exists());
    for database in cqrs_tests::databases() {
        service.on(&database, &["diff"]).expect(1, &["Costumer"]);
    }
}

#[test]
fn what_roles_may_do_is_compared_where_it_is_told() {
    let service = Service::new(SHOP);
    let declared = service.cqrs(&["diff", "--privileges"]);
    declared.expect(2, &["do not say what roles may do", "leave out `--privileges`"]);
    let (Some(from), Some(to)) = (cqrs_tests::postgres(), cqrs_tests::postgres()) else { return };
    for database in [&from, &to] {
        cqrs_tests::execute(database.url(), "create table notes (id int)");
    }
    cqrs_tests::execute(to.url(), "grant select on notes to public");
    let diff = |more: &[&str]| service.cqrs(&[&["diff", "--from", from.url(), "--to", to.url()], more].concat());
    let found = diff(&["--format", "sql"]);
    found.expect(1, &[]);
    assert!(found.stdout.contains("GRANT SELECT ON TABLE notes TO PUBLIC"), "{found:?}");
    diff(&["--privileges"]).expect(1, &[]);
    diff(&["--no-privileges"]).expect(0, &["no differences"]);
    diff(&["--privileges", "--no-privileges"]).expect(2, &["--no-privileges"]);

    // Who owns what does not count unless it is asked for.
    let role = format!("cqrs_owner_{}", std::process::id());
    cqrs_tests::execute(to.url(), &format!("create role {role}; alter table notes owner to {role}"));
    let found = diff(&["--owners", "--no-privileges", "--format", "sql"]);
    found.expect(1, &[]);
    assert!(found.stdout.contains(&format!("ALTER TABLE \"notes\" OWNER TO {role}")), "{found:?}");
    diff(&["--no-privileges"]).expect(0, &["no differences"]);
    cqrs_tests::execute(to.url(), &format!("reassign owned by {role} to current_user; drop role {role}"));
    service.cqrs(&["diff", "--owners"]).expect(2, &["do not say what roles own", "leave out `--owners`"]);
    service
        .cqrs(&["diff", "--owners", "--from", "sql:a.sql", "--to", "sqlite::memory:"])
        .expect(2, &["nothing has an owner"]);

    service.write("shop/notes.sql", "create table notes (id int); grant select on notes to public;");
    service.cqrs(&["diff", "--from", "sql:notes.sql", "--to", to.url()]).expect(0, &["no differences"]);
    service.cqrs(&["diff", "--from", from.url(), "--to", "sql:notes.sql"]).expect(1, &[]);
}
