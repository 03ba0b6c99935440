//! A user who may not read everything: what is found is right, and what could not be read is told.

use cqrs_core::schema::{
    Check, Column, ColumnType, Declared, DefaultValue, Generated, ObjectName, PrimaryKey, Schema, Table, View,
};
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Error, Introspected, Migrator, Selection};
use cqrs_tests::{TestDatabase, execute, mysql, postgres, server_url};

/// A user of the server, who goes with the value.
struct User {
    dialect: Dialect,
    name: String,
}

impl User {
    fn new(database: &TestDatabase) -> Self {
        let name = database.name().replace("cqrs_test_", "u_")[..20].to_owned();
        let user = Self { dialect: database.dialect(), name };
        let sql = match user.dialect {
            Dialect::Postgres => format!("CREATE ROLE {} LOGIN PASSWORD 'x'", user.name),
            _ => format!("CREATE USER {} IDENTIFIED BY 'x'", user.account()),
        };
        execute(server_url(user.dialect).unwrap(), &sql);
        user
    }

    fn account(&self) -> String {
        match self.dialect {
            Dialect::Postgres => self.name.clone(),
            _ => format!("'{}'@'localhost'", self.name),
        }
    }

    /// The URL of a database, with this user in it.
    fn url(&self, database: &TestDatabase) -> String {
        let (scheme, rest) = database.url().split_once("://").unwrap();
        let place = rest.split_once('@').map_or(rest, |(_, place)| place);
        format!("{scheme}://{}:x@{place}", self.name)
    }
}

impl Drop for User {
    fn drop(&mut self) {
        let kind = if self.dialect == Dialect::Postgres { "ROLE" } else { "USER" };
        let dropped =
            cqrs_tests::try_execute(server_url(self.dialect).unwrap(), &format!("DROP {kind} {}", self.account()));
        if !std::thread::panicking() {
            dropped.unwrap();
        }
    }
}

async fn read(url: &str) -> Result<Introspected, Error> {
    let mut connection = Connection::open(&DatabaseUrl::parse(url)?).await?;
    let found = cqrs_migrate::introspect(&mut connection, &Selection::default()).await;
    connection.close().await;
    found
}

/// PostgreSQL lets everybody read the catalog, whatever they may do with the rows.
#[tokio::test]
async fn a_role_without_any_right_reads_the_same_on_postgres() {
    let Some(database) = postgres() else { return };
    execute(
        database.url(),
        "CREATE SCHEMA hidden; CREATE TABLE hidden.t (id int PRIMARY KEY, v int DEFAULT 5 CHECK (v > 0));
         CREATE TABLE public.seen (id int REFERENCES hidden.t, w int GENERATED ALWAYS AS (id * 2) STORED);
         CREATE INDEX seen_w ON public.seen ((w + 1)) WHERE w > 0; CREATE VIEW hidden.v AS SELECT id, v FROM hidden.t;
         CREATE FUNCTION hidden.f() RETURNS int LANGUAGE sql AS 'select 1'; REVOKE ALL ON FUNCTION hidden.f() FROM PUBLIC;
         CREATE SEQUENCE hidden.s START 7; CREATE SEQUENCE public.s2;
         ALTER TABLE hidden.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON hidden.t USING (v > 1);
         CREATE STATISTICS hidden.st ON id, v FROM hidden.t; CREATE TYPE hidden.e AS ENUM ('a');
         CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (host 'h');
         CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (password 'secret');
         CREATE FOREIGN TABLE hidden.ft (id int) SERVER far; CREATE PUBLICATION pub FOR TABLE hidden.t;
         ALTER DEFAULT PRIVILEGES IN SCHEMA hidden GRANT SELECT ON TABLES TO PUBLIC",
    );
    execute(
        database.url(),
        "CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere password=secret' PUBLICATION pub \
         WITH (connect = false, slot_name = NONE, enabled = false)",
    );
    let user = User::new(&database);
    let right = read(database.url()).await.unwrap();
    let found = read(&user.url(&database)).await.unwrap();
    assert_eq!(found, right);
    execute(database.url(), "DROP SUBSCRIPTION sub");
}

#[tokio::test]
async fn a_catalog_that_may_not_be_read_is_told_on_postgres() {
    let Some(database) = postgres() else { return };
    // A catalog in which the database has nothing is not read.
    execute(
        database.url(),
        "CREATE TABLE t (id int PRIMARY KEY); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    );
    let user = User::new(&database);
    for table in ["pg_class", "pg_proc", "pg_constraint", "pg_trigger"] {
        execute(database.url(), &format!("REVOKE SELECT ON pg_catalog.{table} FROM PUBLIC"));
        let error = read(&user.url(&database)).await.expect_err("it may not be read");
        assert!(error.to_string().contains(table), "it does not say what: {error}");
        let grant = format!("GRANT SELECT ON pg_catalog.{table} TO");
        assert!(error.help().is_some_and(|help| help.contains(&grant)), "it does not say what to do: {error}");
        execute(database.url(), &format!("GRANT SELECT ON pg_catalog.{table} TO PUBLIC"));
    }
    assert!(read(&user.url(&database)).await.is_ok());
}

/// MariaDB and MySQL show of the catalog what somebody has a right on.
/// <https://mariadb.com/kb/en/information-schema/>
#[tokio::test]
async fn what_may_not_be_read_is_told_on_mysql() {
    let Some(database) = mysql() else { return };
    execute(
        database.url(),
        "CREATE TABLE seen (id int PRIMARY KEY, v int DEFAULT 5 CHECK (v > 0), KEY k (v)); CREATE TABLE hidden (id int);
         CREATE VIEW looked AS SELECT id FROM seen; CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1;
         CREATE TRIGGER tr BEFORE INSERT ON seen FOR EACH ROW SET new.v = 1;
         CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM seen",
    );
    let (user, name) = (User::new(&database), database.name());
    let url = user.url(&database);
    let admin = server_url(Dialect::MySql).unwrap();
    let error = read(&url).await.expect_err("there is no grant").to_string();
    assert!(error.contains(&name) && error.contains("GRANT"), "{error}");

    // Everything that may be read is read right.
    execute(admin, &format!("GRANT ALL ON {name}.* TO {}", user.account()));
    let right = read(database.url()).await.unwrap();
    let all = read(&url).await.unwrap();
    assert_eq!(all.schema.tables, right.schema.tables);
    assert!(!all.not_managed.iter().any(|object| object.kind.contains("cannot be read")), "{:?}", all.not_managed);

    // A view's body takes SHOW VIEW, a trigger takes TRIGGER, a body of a routine takes its own right: who has none of
    // them must not be told that there is nothing.
    execute(admin, &format!("REVOKE ALL ON {name}.* FROM {0}; GRANT SELECT ON {name}.* TO {0}", user.account()));
    match read(&url).await {
        Err(error) => assert_says_what_to_do(&error),
        Ok(found) => {
            assert_eq!(found.schema.tables, right.schema.tables);
            let told = |word: &str| found.not_managed.iter().any(|object| object.kind.contains(word));
            let views = found.schema.views == right.schema.views || told("view");
            let objects = ["trigger", "routine", "event"].into_iter().all(told);
            assert!(views && objects, "not told: {:?}", found.not_managed);
        }
    }
}

/// Every expression of it is printed otherwise by some database.
fn declared() -> Schema {
    let mut table = Table::new("orders");
    let column = |name: &'static str, column_type| Column::new(name, column_type);
    let price = column("price", ColumnType::Numeric { precision: Some(12), scale: Some(2) });
    table.columns = vec![
        Column { auto_increment: true, ..column("id", ColumnType::BigInteger) },
        Column { default: Some(DefaultValue::expression("1 + 0")), ..price.clone() },
        Column {
            generated: Some(Generated { expression: "price * 2".into(), stored: true }),
            nullable: true,
            ..Column { name: "double_price".into(), ..price }
        },
        column("state", ColumnType::String { length: Some(9) }),
    ]
    .into();
    table.primary_key = Some(PrimaryKey { columns: vec!["id".into()].into(), ..PrimaryKey::default() });
    let check = |name: &'static str, expression: &'static str| Check {
        name: Some(name.into()),
        expression: expression.into(),
        ..Check::default()
    };
    table.checks =
        vec![check("dear", "price > 0 AND NOT price = 7"), check("known", "state in ('open', 'paid')")].into();
    let view = View {
        name: ObjectName::new("open_orders"),
        query: "SELECT id, price FROM orders WHERE state = 'open' AND price > 1".into(),
        ..View::default()
    };
    Schema::declare_all(Declared { tables: vec![table], views: vec![view], objects: vec![] }).unwrap()
}

/// What the database makes of the expressions was recorded with the migration.
#[tokio::test]
async fn a_check_that_finds_nothing_needs_no_right_to_make_a_shadow() {
    for database in [postgres(), mysql()].into_iter().flatten() {
        let (user, name, dialect) = (User::new(&database), database.name(), database.dialect());
        Migrator::new(database.url(), declared()).unwrap().migrate().await.unwrap();
        let account = user.account();
        match dialect {
            Dialect::Postgres => execute(
                database.url(),
                &format!(
                    "REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {account}; \
                          GRANT SELECT ON cqrs_history TO {account}"
                ),
            ),
            _ => execute(server_url(dialect).unwrap(), &format!("GRANT ALL ON {name}.* TO {account}")),
        }
        let check = async |declared| Migrator::new(&user.url(&database), declared).unwrap().plan().await;
        let found = check(declared()).await.unwrap_or_else(|error| panic!("{dialect}: {error}"));
        assert!(found.is_empty(), "{dialect}: {found}");

        let mut other = declared();
        let table = other.tables.values_mut().next().unwrap();
        table.checks.to_mut()[0].expression = "price > 0 AND NOT price = 8".into();
        let error = check(other).await.expect_err("only a shadow tells what the database makes of it");
        assert!(error.to_string().contains("shadow"), "{dialect}: {error}");
        if dialect == Dialect::Postgres {
            execute(database.url(), &format!("DROP OWNED BY {account}"));
        }
    }
}

#[track_caller]
fn assert_says_what_to_do(error: &Error) {
    assert!(error.help().is_some() || error.to_string().contains("GRANT"), "it does not say what to do: {error}");
}
