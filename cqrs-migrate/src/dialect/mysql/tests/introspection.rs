use std::collections::BTreeSet;

use cqrs_core::schema::{ObjectKind, ObjectName, Table};

use super::database::{TestDatabase, assert_same};
use super::sessions::url_of;
use crate::change::Change;
use crate::connection::DatabaseUrl;
use crate::dialect::Dialect;
use crate::dialect::mysql::connect::connect;
use crate::dialect::mysql::introspect::{introspect, introspect_on, read_server};
use crate::dialect::mysql::printed_table::Server;
use crate::introspect::Selection;
use crate::refused::refused_name;

/// How many statements the session has sent, less the two that ask.
async fn sent(database: &mut TestDatabase, selection: &Selection) -> u64 {
    let asked =
        "SELECT CAST(VARIABLE_VALUE AS CHAR) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'QUESTIONS'";
    let before: u64 = database.text(asked).await.unwrap().parse().unwrap();
    introspect(&mut database.connection, selection).await.unwrap();
    let after: u64 = database.text(asked).await.unwrap().parse().unwrap();
    after - before - 1
}

#[tokio::test]
async fn as_many_statements_for_many_tables_as_for_one() {
    let Some(mut database) = TestDatabase::create("statements").await else { return };
    database.run("CREATE TABLE first (id int PRIMARY KEY, p point)").await;
    let one = sent(&mut database, &Selection::default()).await;
    let more: Vec<String> = (0..60)
        .map(|at| {
            format!(
                "CREATE TABLE t{at} (id int PRIMARY KEY, s varchar(10) DEFAULT '😀', p point, CHECK (s <> '😀'));
                 CREATE VIEW v{at} AS SELECT * FROM t{at};
                 CREATE TRIGGER g{at} BEFORE INSERT ON t{at} FOR EACH ROW SET NEW.s = '';
                 CREATE FUNCTION f{at}() RETURNS int RETURN 1"
            )
        })
        .collect();
    database.run(&more.join(";")).await;
    assert_eq!(sent(&mut database, &Selection::default()).await, one);
    assert_eq!(one, 6);
    database.drop().await;
}

#[tokio::test]
async fn a_selection_is_read_with_what_it_needs() {
    let Some(mut database) = TestDatabase::create("selection").await else { return };
    database
        .run(
            "CREATE SEQUENCE numbers; CREATE SEQUENCE others;
             CREATE TABLE far (id int PRIMARY KEY);
             CREATE TABLE near (id int PRIMARY KEY, far_id int, FOREIGN KEY (far_id) REFERENCES far (id));
             CREATE TABLE mine (id int DEFAULT nextval(numbers) PRIMARY KEY, near_id int, FOREIGN KEY (near_id) REFERENCES near (id));
             CREATE TABLE theirs (id int PRIMARY KEY);
             CREATE FUNCTION twice(n int) RETURNS int RETURN n * 2; CREATE FUNCTION thrice(n int) RETURNS int RETURN n * 3;
             CREATE VIEW seen AS WITH part AS (SELECT id FROM far) SELECT twice(id) AS d FROM part; CREATE VIEW unseen AS SELECT id FROM theirs;
             CREATE TRIGGER stamp BEFORE INSERT ON mine FOR EACH ROW SET NEW.near_id = 1;
             CREATE TRIGGER other BEFORE INSERT ON theirs FOR EACH ROW SET NEW.id = 1",
        )
        .await;
    let read = async |database: &mut TestDatabase, names: &[&'static str]| {
        let tables: BTreeSet<ObjectName> = names.iter().map(|name| ObjectName::new(*name)).collect();
        let selection = Selection { tables: Some(tables), ..Selection::default() };
        introspect(&mut database.connection, &selection).await.unwrap().schema
    };
    let found = read(&mut database, &["mine", "missing"]).await;
    let tables: Vec<&str> = found.tables.keys().map(|name| name.name.as_ref()).collect();
    assert_eq!(tables, ["mine", "near"]);
    let objects: Vec<String> = found.objects.keys().map(ToString::to_string).collect();
    assert_eq!(objects, ["numbers", "stamp on mine"]);
    let found = read(&mut database, &["seen"]).await;
    assert_eq!(found.objects.keys().map(ToString::to_string).collect::<Vec<_>>(), ["twice"]);
    assert_eq!((found.views.len(), found.tables.keys().next().unwrap().name.as_ref()), (1, "far"));
    assert!(read(&mut database, &[]).await.is_empty());
    database.drop().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let Some(mut database) = TestDatabase::create("broken").await else { return };
    database
        .run(
            "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE gone (id int); CREATE VIEW over_it AS SELECT id FROM gone;
             CREATE VIEW fine AS SELECT id FROM t; DROP TABLE gone; SET SESSION sql_mode = 'ORACLE'",
        )
        .await;
    database.run("CREATE PACKAGE tools AS FUNCTION f RETURN int; END").await;
    database.run("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'").await;
    let found = database.introspect().await;
    let told: Vec<(&str, &str)> = found.not_managed.iter().map(|object| (object.kind, object.name.as_ref())).collect();
    assert_eq!(told, [("broken view", "over_it"), ("package", "tools")]);
    assert_eq!((found.schema.tables.len(), found.schema.views.len()), (1, 1));
    // No shadow has the view, so that only this keeps a plan from making something else of its name.
    let change = |name| Change::CreateTable(Table::new(name));
    let refused = |name| refused_name(Dialect::MySql, &[change(name)], &found.not_managed).map(|it| it.to_string());
    let said =
        "not supported: creation of `over_it` on MySQL: a broken view has the name, and is not managed: drop it first";
    assert_eq!((refused("over_it").as_deref(), refused("another")), (Some(said), None));
    database.drop().await;
}

/// The way that MySQL is read, on whatever server there is: one statement for each object, and what is refused ends the list.
#[tokio::test]
async fn what_is_refused_on_mysql_is_told_and_the_rest_is_read() {
    let Some(mut database) = TestDatabase::create("one_by_one").await else { return };
    let user = format!("cqrs_one_{}", std::process::id());
    database
        .run(&format!(
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE z (id int PRIMARY KEY); CREATE VIEW b AS SELECT id FROM a;
             CREATE VIEW c AS SELECT id FROM a; CREATE FUNCTION f() RETURNS int RETURN 1;
             CREATE TRIGGER g BEFORE INSERT ON z FOR EACH ROW SET new.id = 1;
             CREATE USER {user}@localhost IDENTIFIED BY 'secret'; GRANT SELECT, TRIGGER ON {}.* TO {user}@localhost",
            database.name
        ))
        .await;
    let url = url_of(&database.name).unwrap();
    let place = url.secret().split_once('@').unwrap().1;
    let url = DatabaseUrl::parse(&format!("mysql://{user}:secret@{place}")).unwrap();
    let mut connection = connect(&url).await.unwrap();
    let server = Server { mariadb: false, ..read_server(&mut connection).await.unwrap() };
    let found = introspect_on(&mut connection, &Selection::default(), server).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    let tables: Vec<&str> = found.schema.tables.keys().map(|name| name.name.as_ref()).collect();
    assert_eq!((tables, found.schema.views.len()), (vec!["a", "z"], 0));
    assert!(found.schema.objects.keys().any(|id| id.to_string() == "g on z"), "{found:#?}");
    for name in ["b: ", "c: "] {
        let told = found.not_managed.iter().find(|object| object.name.starts_with(name));
        assert!(told.is_some_and(|told| told.kind == "view that cannot be read" && told.name.contains("SHOW VIEW")));
    }
    let server = Server { mariadb: false, ..read_server(&mut database.connection).await.unwrap() };
    let found = introspect_on(&mut database.connection, &Selection::default(), server).await.unwrap();
    assert_eq!(found.not_managed, []);
    assert_eq!((found.schema.tables.len(), found.schema.views.len(), found.schema.objects.len()), (2, 2, 3));
    database.run(&format!("DROP USER {user}@localhost")).await;
    database.drop().await;
}

#[tokio::test]
async fn bytes_that_are_no_text_are_kept() {
    let Some(mut database) = TestDatabase::create("bytes").await else { return };
    database.run("CREATE TABLE t (a varbinary(9) DEFAULT x'00ff2761c3a9', b binary(2) DEFAULT x'8000', c varbinary(3) DEFAULT 'é')").await;
    let found = database.introspect().await;
    assert_eq!(found.not_managed, []);
    let Some(mut copy) = TestDatabase::create("bytes_copy").await else { return };
    copy.make(&found.schema).await;
    assert_same(&copy.schema().await, &found.schema);
    copy.run("INSERT INTO t () VALUES ()").await;
    assert_eq!(
        copy.text("SELECT concat(hex(a), ' ', hex(b), ' ', hex(c)) FROM t").await.unwrap(),
        "00FF2761C3A9 8000 C3A9"
    );
    copy.drop().await;
    database.drop().await;
}

#[tokio::test]
async fn a_sequence_keeps_its_value_when_it_is_altered() {
    let Some(mut database) = TestDatabase::create("sequence").await else { return };
    database.run("CREATE SEQUENCE s INCREMENT 1; DO nextval(s), nextval(s)").await;
    let before = database.schema().await;
    let mut after = before.clone();
    let object = after.objects.values_mut().find(|object| object.id.kind == ObjectKind::Sequence).unwrap();
    object.definition = object.definition.replace("increment by 1", "increment by 5").into();
    let changes = crate::diff::diff(&before, &after, &crate::diff::Renames::default());
    let plan = crate::plan::plan(crate::dialect::Dialect::MySql, &before, &after, &changes);
    database.run_all(&plan.statements()).await;
    assert_same(&database.schema().await, &after);
    assert_ne!(database.text("SELECT CAST(nextval(s) AS CHAR)").await.unwrap(), "1");
    database.drop().await;
}

#[tokio::test]
async fn privileges_are_read_on_request_and_given_again() {
    let Some(mut database) = TestDatabase::create("privileges").await else { return };
    let role = format!("'cqrs_{}'@'localhost'", std::process::id());
    database
        .run(&format!(
            "CREATE USER {role}; CREATE TABLE t (id int); CREATE TABLE u (id int, `odd``name` int);
             CREATE PROCEDURE p() SELECT 1;
             GRANT SELECT ON * TO {role}; GRANT INSERT, DELETE ON t TO {role} WITH GRANT OPTION;
             GRANT UPDATE (id, `odd``name`), SELECT (id) ON u TO {role}; GRANT EXECUTE ON PROCEDURE p TO {role}"
        ))
        .await;
    let all = Selection { privileges: true, ..Selection::default() };
    let found = introspect(&mut database.connection, &all).await.unwrap();
    assert_eq!(found.not_managed, []);
    let grants = found.schema.objects.values().filter(|object| object.id.kind == ObjectKind::Privileges);
    let grants: Vec<String> = grants.map(|object| object.definition.replace(&role, "role")).collect();
    assert_eq!(
        grants,
        [
            "GRANT SELECT ON * TO role",
            "GRANT EXECUTE ON PROCEDURE `p` TO role",
            "GRANT DELETE, INSERT ON `t` TO role WITH GRANT OPTION",
            "GRANT SELECT (`id`), UPDATE (`id`), UPDATE (`odd``name`) ON `u` TO role",
        ]
    );
    let without = introspect(&mut database.connection, &Selection::default()).await.unwrap().schema;
    for (from, to) in [(&found.schema, &without), (&without, &found.schema)] {
        let changes = crate::diff::diff(from, to, &crate::diff::Renames::default());
        let plan = crate::plan::plan(crate::dialect::Dialect::MySql, from, to, &changes);
        database.run_all(&plan.statements()).await;
        assert_same(&introspect(&mut database.connection, &all).await.unwrap().schema, to);
    }
    database.run(&format!("DROP USER {role}")).await;
    database.drop().await;
}
