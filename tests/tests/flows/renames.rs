//! Renames on the command line: asked about, answered, kept in the revision.

use std::fs;

use cqrs_migrate::Dialect;
use cqrs_tests::load::load;
use cqrs_tests::service::Service;
use cqrs_tests::{databases, execute};

use crate::{SHOP, texts};

/// The name of a customer under another name.
fn renamed() -> String {
    SHOP.replacen("pub name: String,", "pub title: String,", 1)
}

#[test]
fn a_drop_that_may_be_a_rename_is_asked_about() {
    let service = Service::new(SHOP);
    let first = service.revision("first", &[]);
    service.models(&renamed());
    let answers = ["`customers.name` may be `customers.title` now", "--rename customers.name=customers.title"];
    let refused = service.cqrs(&["revision", "-m", "title"]);
    refused.expect(3, &answers).expect(3, &["--drop customers.name", "renamed_from = \"OLD\""]);
    assert_eq!(service.migrations().read_dir().unwrap().count(), 1);

    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &[]);
        let shown = service.on(&database, &["diff"]);
        shown.expect(1, &[]);
        assert!(shown.stdout.contains(&format!("? {}", answers[0])) && shown.stdout.contains(answers[1]), "{shown:?}");
        let script = service.on(&database, &["diff", "--format", "sql"]);
        assert!(script.stdout.contains(&format!("-- {}", answers[0])), "{script:?}");
        let json = service.on(&database, &["diff", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(document["likely_renames"][0]["rename"][0], answers[1]);
        assert_eq!(document["likely_renames"][0]["drop"], "--drop customers.name");
        let dropped = service.on(&database, &["diff", "--drop", "customers.name"]);
        assert!(dropped.stdout.contains("- drop column `name`") && !dropped.stdout.contains('?'), "{dropped:?}");
        let answered = service.on(&database, &["diff", "--rename", "customers.name=title"]);
        answered.expect(1, &[]);
        assert!(answered.stdout.contains("~ rename column `name` to `title`"), "{answered:?}");
        assert!(!answered.stdout.contains("drop"), "{answered:?}");
    }

    let second = service.revision("title", &["--rename", "customers.name=customers.title"]);
    let schema = fs::read_to_string(second.join("schema.json")).unwrap();
    assert!(schema.contains("\"renamed_from\": \"name\""), "{schema}");
    for database in databases() {
        execute(database.url(), &fs::read_to_string(first.join(up(&database))).unwrap());
        execute(database.url(), "insert into customers (id, name) values (1, 'Ada')");
        execute(database.url(), &fs::read_to_string(second.join(up(&database))).unwrap());
        assert_eq!(texts(&database, "select title from customers"), ["Ada"]);
        let down = up(&database).replace("up", "down");
        execute(database.url(), &fs::read_to_string(second.join(down)).unwrap());
        assert_eq!(texts(&database, "select name from customers"), ["Ada"]);
    }
    for database in databases() {
        service.on(&database, &["upgrade"]).expect(0, &["2 revisions applied"]);
        service.on(&database, &["status"]).expect(0, &[]);
        service.on(&database, &["diff"]).expect(0, &["no differences"]);
        service.on(&database, &["revision", "-m", "again"]).expect(0, &["nothing to do"]);
    }
}

fn up(database: &cqrs_tests::TestDatabase) -> String {
    format!("up.{}.sql", database.dialect().name())
}

#[test]
fn a_drop_is_a_drop_when_somebody_says_so() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&renamed().replacen(
        "pub title: String,",
        "#[column(default_value = \"\")]\n    pub title: String,",
        1,
    ));
    let dropped = ["revision", "-m", "title", "--drop", "customers.name"];
    service.cqrs(&dropped).expect(3, &["refused for safety", "DATA002", "`customers.name`"]);
    let revision = service.revision("title", &["--drop", "customers.name", "--allow", "DATA002=nobody reads it"]);
    let sql = fs::read_to_string(revision.join("up.postgres.sql")).unwrap();
    assert!(sql.contains("DROP COLUMN") && !sql.contains("RENAME"), "{sql}");
}

#[test]
fn a_table_that_goes_while_one_like_it_comes_is_asked_about() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&SHOP.replace("\"customers\"", "\"clients\""));
    let options = ["--rename customers=clients", "--drop customers"];
    service.cqrs(&["revision", "-m", "clients"]).expect(3, &options);
    let databases = databases();
    for database in &databases {
        service.on(database, &["upgrade"]).expect(0, &[]);
        execute(database.url(), "insert into customers (id, name) values (1, 'Ada')");
        execute(database.url(), "insert into orders (id, customer_id) values (2, 1)");
        let shown = service.on(database, &["diff"]);
        assert!(shown.stdout.contains("? `customers` may be `clients` now"), "{shown:?}");
    }
    let revision = service.revision("clients", &["--rename", "customers=clients"]);
    let schema = fs::read_to_string(revision.join("schema.json")).unwrap();
    assert!(schema.contains("\"renamed_from\": \"customers\""), "{schema}");
    for database in &databases {
        service.on(database, &["upgrade"]).expect(0, &["1 revision applied"]);
        assert_eq!(texts(database, "select name from clients"), ["Ada"]);
        service.on(database, &["diff"]).expect(0, &["no differences"]);
        service.on(database, &["status"]).expect(0, &[]);
    }
}

#[test]
fn a_swap_is_done_once_and_undone_by_the_way_down() {
    let two = |a: &str, b: &str| {
        format!(
            "#[object_model(table = \"items\")]
            pub struct Item {{
                #[column(primary_key)]
                pub id: i64,
                #[column({a})]
                pub a: i32,
                #[column({b})]
                pub b: i32,
            }}"
        )
    };
    let plain = two("", "");
    for (models, options) in [
        (two("renamed_from = \"b\"", "renamed_from = \"a\""), &[][..]),
        (plain.clone(), &["--rename", "items.a=items.b", "--rename", "items.b=items.a"][..]),
    ] {
        let service = Service::new(&plain);
        let _ = service.revision("first", &[]);
        let databases = databases();
        for database in &databases {
            service.on(database, &["upgrade"]).expect(0, &[]);
            execute(database.url(), "insert into items (id, a, b) values (1, 10, 20)");
        }
        service.models(&models);
        let swap = service.revision("swap", options);
        for database in &databases {
            service.on(database, &["upgrade"]).expect(0, &["1 revision applied"]);
            assert_eq!(texts(database, "select a from items"), ["20"]);
            service.on(database, &["diff"]).expect(0, &["no differences"]);
            service.on(database, &["status"]).expect(0, &[]);
            service.on(database, &["revision", "-m", "again"]).expect(0, &["nothing to do"]);
            service.on(database, &["upgrade"]).expect(0, &["nothing to do"]);
            let unclear = service.on(database, &["diff", "--from", database.url(), "--to", "rev:head"]);
            unclear.expect(0, &["nothing records whether they have", "--rename items.a=b", "--rename items.b=a"]);
            let down = fs::read_to_string(swap.join(up(database).replace("up", "down"))).unwrap();
            execute(database.url(), &down);
            assert_eq!(texts(database, "select a from items"), ["10"]);
        }
    }
}

#[test]
fn labels_get_other_names_in_the_rows_too_and_back() {
    let states = |variants: &str| {
        format!(
            "#[derive(cqrs_core::SqlEnum)]
            pub enum State {{ {variants} }}
            #[object_model(table = \"items\")]
            pub struct Item {{
                #[column(primary_key)]
                pub id: i64,
                pub state: State,
            }}"
        )
    };
    let plain = states("Open, Paid, Sent");
    let swapped = "#[sql_enum(renamed_from = \"paid\")] Open, #[sql_enum(renamed_from = \"open\")] Paid, Sent";
    let replaced = "Open, Paid, #[sql_enum(renamed_from = \"sent\")] Shipped";
    for (variants, label, open, sent) in [(swapped, "`paid`", "paid", "sent"), (replaced, "`sent`", "open", "shipped")]
    {
        let service = Service::new(&plain);
        let _ = service.revision("first", &[]);
        let databases = databases();
        for database in &databases {
            service.on(database, &["upgrade"]).expect(0, &[]);
            execute(database.url(), "insert into items (id, state) values (1, 'open'), (2, 'sent')");
        }
        service.models(&states(variants));
        let renamed = service.revision("labels", &[]);
        for database in &databases {
            let shown = service.on(database, &["diff"]);
            shown.expect(1, &["COMPAT008"]);
            assert!(shown.stdout.contains("rename label") && shown.stdout.contains(label), "{shown:?}");
            service.on(database, &["upgrade"]).expect(0, &["1 revision applied"]);
            let read = "select concat(state, '') from items order by id";
            assert_eq!(texts(database, read), [open, sent]);
            service.on(database, &["diff"]).expect(0, &["no differences"]);
            service.on(database, &["revision", "-m", "again"]).expect(0, &["nothing to do"]);
            let down = fs::read_to_string(renamed.join(up(database).replace("up", "down"))).unwrap();
            execute(database.url(), &down);
            assert_eq!(texts(database, read), ["open", "sent"]);
        }
    }
}

#[test]
fn a_name_that_is_nowhere_is_a_mistake() {
    let service = Service::new(SHOP);
    let _ = service.revision("first", &[]);
    service.models(&renamed());
    for command in [&["revision", "-m", "x"][..], &["diff", "--from", "rev:head", "--to", "models"][..]] {
        let with = |option: &str, text: &str| {
            let mut arguments = command.to_vec();
            arguments.extend([option, text, "--database-url", "sqlite:there-is-none.db"]);
            service.cqrs(&arguments)
        };
        with("--rename", "customers.nam=title").expect(2, &["`customers.nam`", "did you mean `customers.name`?"]);
        with("--rename", "customers.name=titel").expect(2, &["`customers.titel`", "did you mean `customers.title`?"]);
        with("--rename", "customers.name").expect(2, &["it must be `OLD=NEW`", "write `--rename OLD=NEW`"]);
        with("--drop", "custmers").expect(2, &["`custmers`", "did you mean `customers`?"]);
        with("--drop", "customers.visits").expect(2, &["it is not dropped"]);
    }
}

/// What a database of each kind may have standing on a table and its columns.
fn with_everything(database: &cqrs_tests::TestDatabase) -> &'static str {
    match database.dialect() {
        Dialect::Sqlite => {
            "create table items (id integer primary key autoincrement, name text not null, qty int not null check (qty >= 0),
                 total int generated always as (qty * 2), check (name <> ''));
             create index items_lower on items (lower(name));
             create index items_part on items (qty) where name <> 'x';
             create table lines (id int primary key, item_id int references items (id));
             create view v as select id, name from items where name <> 'y';
             create view w as select id from v;
             create trigger tr before update of name on items begin select 1 from items where name = new.name; end;"
        }
        Dialect::Postgres => {
            "create table items (id serial primary key, name text not null, qty int not null check (qty >= 0),
                 total int generated always as (qty * 2) stored);
             create index items_lower on items (lower(name));
             create index items_part on items (qty) where name <> 'x';
             create table lines (id int primary key, item_id int references items (id));
             create view v as select id, name from items where name <> 'y';
             create materialized view mv as select name, count(*) as c from items group by name;
             create function touch() returns trigger language plpgsql as 'begin return new; end';
             create trigger tr before update of name on items for each row when (new.name <> old.name)
                 execute function touch();
             alter table items enable row level security;
             create policy p on items using (name <> 'secret');
             comment on column items.name is 'name of it';
             create statistics st on name, qty from items;"
        }
        Dialect::MySql => {
            "create table items (id int auto_increment primary key, name varchar(20) not null, qty int not null check (qty >= 0),
                 total int as (qty * 2) stored, key items_name (name), check (name <> ''));
             create table `lines` (id int primary key, item_id int, constraint lf foreign key (item_id) references items (id));
             create view v as select id, name from items where name <> 'y';
             create view w as select id from v;
             create trigger tr before update on items for each row set new.name = concat(new.name, 'x');"
        }
    }
}

#[test]
fn what_stands_on_a_table_follows_it_to_its_new_name() {
    for database in databases() {
        let service = Service::new(SHOP);
        let before = with_everything(&database);
        let after = before.replace("items", "articles").replace("name", "title");
        service.write("shop/before.sql", before);
        service.write("shop/after.sql", &after);
        execute(database.url(), before);
        execute(database.url(), "insert into items (id, name, qty) values (1, 'nut', 3)");
        execute(database.url(), &format!("insert into {} values (1, 1)", lines(&database)));
        for (to, renames) in [
            ("sql:after.sql", ["items=articles", "items.name=articles.title"]),
            ("sql:before.sql", ["articles=items", "articles.title=items.name"]),
        ] {
            let [table, column] = renames;
            let arguments = ["diff", "--from", database.url(), "--to", to, "--rename", table, "--rename", column];
            let script = service.on(&database, &[&arguments[..], &["--format", "sql"]].concat());
            script.expect(1, &[]);
            load(&database, &script.stdout).unwrap();
            service.on(&database, &["diff", "--from", database.url(), "--to", to]).expect(0, &["no differences"]);
            let select = if to.contains("after") { "select title from articles" } else { "select name from items" };
            assert_eq!(texts(&database, select), ["nut"]);
        }
    }
}

fn lines(database: &cqrs_tests::TestDatabase) -> &'static str {
    if database.dialect() == Dialect::MySql { "`lines`" } else { "lines" }
}

/// Sequences and types with what stands on them: as they are, with numbers and values, as they shall be, and the answers.
const COUNTING: [(Dialect, &str, &str, &[&str]); 2] = [
    (
        Dialect::Postgres,
        "create sequence order_numbers;
         create domain email as text check (value like '%@%');
         create type address as (street text, city text);
         create table orders (id bigint primary key default nextval('order_numbers'), mail email default 'a@b',
                              copies email[], home address);
         create view mails as select id, mail from orders;
         create function same(mail email) returns email language sql as 'select mail'",
        "create sequence invoice_numbers;
         create domain mail_address as text check (value like '%@%');
         create type place as (street text, city text);
         create table orders (id bigint primary key default nextval('invoice_numbers'), mail mail_address default 'a@b',
                              copies mail_address[], home place);
         create view mails as select id, mail from orders;
         create function same(mail mail_address) returns mail_address language sql as 'select mail'",
        &["order_numbers=invoice_numbers", "email=mail_address", "address=place"],
    ),
    (
        Dialect::MySql,
        "create sequence order_numbers nocache;
         create table orders (id bigint primary key default nextval(order_numbers), mail varchar(9) default 'a@b')",
        "create sequence invoice_numbers nocache;
         create table orders (id bigint primary key default nextval(invoice_numbers), mail varchar(9) default 'a@b')",
        &["order_numbers=invoice_numbers"],
    ),
];

#[test]
fn sequences_and_types_get_other_names() {
    for (dialect, before, after, answers) in COUNTING {
        let Some(database) = cqrs_tests::fresh(dialect) else { continue };
        let service = Service::new(SHOP);
        service.write("shop/before.sql", &format!("{before};"));
        service.write("shop/after.sql", &format!("{after};"));
        load(&database, before).unwrap();
        execute(database.url(), "insert into orders (mail) values ('x@y'), ('z@y')");
        let way = |to: &str, answers: &[String]| {
            let mut arguments = vec!["diff", "--from", database.url(), "--to", to, "--format", "sql"];
            answers.iter().for_each(|answer| arguments.extend(["--rename", answer]));
            let script = service.on(&database, &arguments);
            script.expect(1, &[]);
            assert!(!script.stdout.contains("DATA"), "{}", script.stdout);
            load(&database, &script.stdout).unwrap();
            service.on(&database, &["diff", "--from", database.url(), "--to", to]).expect(0, &["no differences"]);
        };
        let asked = service.on(&database, &["diff", "--from", database.url(), "--to", "sql:after.sql"]);
        asked.expect(1, &["DATA006"]);
        for answer in answers {
            assert!(asked.stdout.contains(&format!("--rename {answer}")), "{answer}: {asked:?}");
        }
        way("sql:after.sql", &answers.iter().map(|answer| (*answer).to_owned()).collect::<Vec<_>>());
        let back = answers.iter().map(|answer| {
            let (old, new) = answer.split_once('=').unwrap();
            format!("{new}={old}")
        });
        way("sql:before.sql", &back.collect::<Vec<_>>());
        execute(database.url(), "insert into orders (mail) values ('u@v')");
        assert_eq!(texts(&database, "select concat(id, mail) from orders order by id"), ["1x@y", "2z@y", "3u@v"]);
    }
}

/// A sequence that models declare, renamed by word or by answer: it goes on where it is, there and back.
#[test]
fn a_declared_sequence_goes_on_under_another_name() {
    let shop = |name: &str, former: &str| {
        format!(
            "{SHOP}
            cqrs_core::sql_object! {{
                sequence \"{name}\", {former}
                postgres = \"CREATE SEQUENCE {name}\", mysql = \"CREATE SEQUENCE {name} NOCACHE\"
            }}"
        )
    };
    for is_declared in [true, false] {
        let service = Service::new(&shop("order_numbers", ""));
        let _ = service.revision("first", &[]);
        let databases: Vec<_> = databases().into_iter().filter(|found| found.dialect() != Dialect::Sqlite).collect();
        let next = |database: &cqrs_tests::TestDatabase, name: &str| {
            let name = if database.dialect() == Dialect::Postgres { format!("'{name}'") } else { name.to_owned() };
            texts(database, &format!("select concat(nextval({name}), '')"))
        };
        for database in &databases {
            service.on(database, &["upgrade"]).expect(0, &[]);
            assert_eq!([next(database, "order_numbers"), next(database, "order_numbers")], [["1"], ["2"]]);
        }
        let renamed = if is_declared {
            service.models(&shop("invoice_numbers", "renamed_from = \"order_numbers\","));
            service.revision("numbers", &[])
        } else {
            service.models(&shop("invoice_numbers", ""));
            let answers = ["--rename order_numbers=invoice_numbers", "--drop order_numbers"];
            service.cqrs(&["revision", "-m", "numbers"]).expect(3, &answers);
            service.revision("numbers", &["--rename", "order_numbers=invoice_numbers"])
        };
        let schema = fs::read_to_string(renamed.join("schema.json")).unwrap();
        assert!(schema.contains("\"renamed_from\": \"order_numbers\""), "{schema}");
        for database in &databases {
            let upgraded = service.on(database, &["upgrade"]);
            upgraded.expect(0, &["1 revision applied"]);
            assert!(!upgraded.stderr.contains("DATA006"), "{upgraded:?}");
            assert_eq!(next(database, "invoice_numbers"), ["3"]);
            service.on(database, &["diff"]).expect(0, &["no differences"]);
            let down = fs::read_to_string(renamed.join(up(database).replace("up", "down"))).unwrap();
            execute(database.url(), &down);
            assert_eq!(next(database, "order_numbers"), ["4"]);
        }
    }
}

/// A view or enum type under another name, among what stands on it: the two scripts, and the answers that lead from one to
/// the other.
const OBJECTS: [(&str, &str, &[&str]); 5] = [
    ("create view {old} as select id from items", "create view {new} as select id from items", &["old_v=new_v"]),
    (
        "create view {old} as select id from items; create view on_top as select id from {old}",
        "create view {new} as select id from items; create view on_top as select id from {new}",
        &["old_v=new_v"],
    ),
    (
        "create view a as select id from items; create view b as select name from items",
        "create view b as select id from items; create view a as select name from items",
        &["a=b", "b=a"],
    ),
    (
        "create view a as select id from items; create view b as select name from items",
        "create view b as select id from items",
        &["a=b"],
    ),
    (
        "create view a as select id from items",
        "create view b as select id from items; create view a as select name from items",
        &["a=b"],
    ),
];

#[test]
fn a_view_gets_another_name() {
    for database in databases() {
        let service = Service::new(SHOP);
        execute(database.url(), "create table items (id int primary key, name varchar(9))");
        for (before, after, answers) in OBJECTS {
            let named = |sql: &str| {
                let sql = sql.replace("{old}", "old_v").replace("{new}", "new_v");
                format!("create table items (id int primary key, name varchar(9)); {sql};")
            };
            service.write("shop/before.sql", &named(before));
            service.write("shop/after.sql", &named(after));
            let way = |to: &str, answers: &[&str]| {
                let mut arguments = vec!["diff", "--from", database.url(), "--to", to, "--format", "sql"];
                answers.iter().for_each(|answer| arguments.extend(["--rename", answer]));
                let script = service.on(&database, &arguments);
                script.expect(1, &[]);
                load(&database, &script.stdout).unwrap();
                service.on(&database, &["diff", "--from", database.url(), "--to", to]).expect(0, &["no differences"]);
                script.stdout
            };
            way("sql:before.sql", &[]);
            let script = way("sql:after.sql", answers);
            let renames = script.matches(" RENAME TO ").count();
            assert_eq!(renames > 0, database.dialect() == Dialect::Postgres, "{script}");
            service.write("shop/nothing.sql", "create table items (id int primary key, name varchar(9));");
            way("sql:nothing.sql", &[]);
        }
        service.write(
            "shop/view.sql",
            "create table items (id int primary key, name varchar(9)); create view v as select id from items;",
        );
        let wrong = ["diff", "--from", "sql:view.sql", "--to", "sql:view.sql", "--rename", "vv=w"];
        service.on(&database, &wrong).expect(2, &["there is no table, column, view, type or sequence `vv`"]);
        let wrong = ["diff", "--from", "sql:view.sql", "--to", "sql:view.sql", "--drop", "v"];
        service.on(&database, &wrong).expect(2, &["it is not dropped"]);
    }
}

#[test]
fn what_is_kept_under_an_enum_type_or_materialized_view_stays_when_it_gets_another_name() {
    let Some(database) = cqrs_tests::postgres() else { return };
    let before = "create type mood as enum ('calm', 'angry');
         create type tone as enum ('low', 'high');
         create function is_calm(m mood) returns boolean language sql immutable as 'select $1 = ''calm''';
         create table people (id int primary key, feels mood not null default 'calm', felt mood[] default '{angry}', said tone,
             check (feels <> 'angry' or said = 'low'));
         create index people_angry on people (id) where feels = 'angry';
         create view calm as select id from people where feels = 'calm';
         create materialized view moods as select feels, count(*) as c from people group by feels;
         create unique index moods_feels on moods (feels);
         create view on_moods as select c from moods;
         create trigger t instead of insert on on_moods for each row execute function suppress_redundant_updates_trigger();";
    let after = "create type \"Feeling\" as enum ('calm', 'angry');
         create type mood as enum ('low', 'high');
         create function is_calm(m \"Feeling\") returns boolean language sql immutable as 'select $1 = ''calm''';
         create table people (id int primary key, feels \"Feeling\" not null default 'calm', felt \"Feeling\"[] default '{angry}',
             said mood, check (feels <> 'angry' or said = 'low'));
         create index people_angry on people (id) where feels = 'angry';
         create view calm as select id from people where feels = 'calm';
         create materialized view feelings as select feels, count(*) as c from people group by feels;
         create unique index moods_feels on feelings (feels);
         create view on_feelings as select c from feelings;
         create trigger t instead of insert on on_feelings for each row execute function suppress_redundant_updates_trigger();";
    let service = Service::new(SHOP);
    service.write("shop/before.sql", before);
    service.write("shop/after.sql", after);
    execute(database.url(), before);
    execute(database.url(), "insert into people values (1, 'angry', '{calm}', 'low'); refresh materialized view moods");
    let asked = ["mood=Feeling", "tone=mood", "moods=feelings", "on_moods=on_feelings"];
    let back = ["Feeling=mood", "mood=tone", "feelings=moods", "on_feelings=on_moods"];
    for (to, answers) in [("sql:after.sql", asked), ("sql:before.sql", back)] {
        let mut arguments = vec!["diff", "--from", database.url(), "--to", to, "--format", "sql"];
        answers.iter().for_each(|answer| arguments.extend(["--rename", answer]));
        let script = service.on(&database, &arguments);
        script.expect(1, &[]);
        assert!(script.stdout.contains("RENAME TO") && script.stdout.contains("ALTER MATERIALIZED VIEW"), "{script:?}");
        assert!(!script.stdout.contains("DROP MATERIALIZED VIEW \"moods\""), "{script:?}");
        load(&database, &script.stdout).unwrap();
        service.on(&database, &["diff", "--from", database.url(), "--to", to]).expect(0, &["no differences"]);
        assert_eq!(texts(&database, "select feels::text || felt::text || said::text from people"), ["angry{calm}low"]);
    }
}

const TICKETS: &str = r#"
#[derive(cqrs_core::SqlEnum)]
pub enum Severity { Low, High }
#[derive(cqrs_core::SqlEnum)]
pub enum State { Open, Done }

/// A ticket.
#[object_model(table = "tickets", domain = "help", name = "Ticket", code = "TICKET", module = "HELP")]
pub struct Ticket {
    #[column(primary_key)]
    pub id: i64,
    #[column(default_value = "low")]
    pub severity: Severity,
    pub state: Option<State>,
}
"#;

#[test]
fn an_enum_type_of_the_models_gets_another_name() {
    let Some(database) = cqrs_tests::postgres() else { return };
    let service = Service::new(TICKETS);
    let prove = ["--prove-on", database.url()];
    let _ = service.revision("first", &prove);
    service.on(&database, &["upgrade"]).expect(0, &[]);
    execute(database.url(), "insert into tickets values (1, 'high', 'done')");

    let renamed = |from: &str, to: &str, declared: &str| {
        TICKETS
            .replace(&format!("pub enum {from}"), &format!("{declared} pub enum {to}"))
            .replace(&format!(": {from}"), &format!(": {to}"))
    };
    service.models(&renamed("Severity", "Urgency", ""));
    let arguments = ["revision", "-m", "second", "--database-url", database.url()];
    service
        .cqrs(&arguments)
        .expect(3, &["`severity` may be `urgency` now", "--rename severity=urgency", "--drop severity"]);
    let answered = [&arguments[..], &["--rename", "severity=urgency"]].concat();
    service.cqrs(&answered).expect(0, &["rename enum `severity` to `urgency`", "COMPAT003: `severity`"]);
    let shown = service.on(&database, &["upgrade", "--dry-run"]);
    assert!(shown.stdout.contains("ALTER TYPE \"severity\" RENAME TO \"urgency\";"), "{shown:?}");
    assert!(!shown.stdout.contains("COMPAT006") && !shown.stdout.contains("ALTER TABLE"), "{shown:?}");
    service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
    assert_eq!(texts(&database, "select severity::text from tickets"), ["high"]);
    service.on(&database, &["diff"]).expect(0, &["no differences"]);
    service.on(&database, &["revision", "-m", "again"]).expect(0, &["nothing to do"]);

    // Back, declared; then the two types change their names, which only the record tells from what was before.
    service.models(&renamed("Severity", "Severity", "#[sql_enum(renamed_from = \"urgency\")]"));
    service.cqrs(&arguments).expect(0, &["rename enum `urgency` to `severity`"]);
    service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
    service.models(
        &TICKETS
            .replace(
                "pub enum Severity",
                "#[sql_enum(name = \"state\", renamed_from = \"severity\")] pub enum Severity",
            )
            .replace("pub enum State", "#[sql_enum(name = \"severity\", renamed_from = \"state\")] pub enum State"),
    );
    service.cqrs(&arguments).expect(0, &["` to `_cqrs_scratch_"]);
    service.on(&database, &["upgrade"]).expect(0, &["1 revision applied"]);
    service.on(&database, &["diff"]).expect(0, &["no differences"]);
    service.on(&database, &["revision", "-m", "again"]).expect(0, &["nothing to do"]);
    assert_eq!(texts(&database, "select severity::text || state::text from tickets"), ["highdone"]);
    assert_eq!(
        texts(&database, "select pg_typeof(severity)::text || pg_typeof(state)::text from tickets"),
        ["stateseverity"]
    );
}
