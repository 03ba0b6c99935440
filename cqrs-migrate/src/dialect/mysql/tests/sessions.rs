use cqrs_core::schema::{ColumnType, Schema};

use super::database::{TestDatabase, lowered, server};
use super::{nullable, table};
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::mysql::connect::connect;
use crate::dialect::mysql::introspect::introspect;
use crate::dialect::mysql::shadow::Shadow;
use crate::error::Error;
use crate::introspect::Selection;

/// The server's URL with another database in it.
pub(super) fn url_of(database: &str) -> Option<DatabaseUrl> {
    let url = server()?;
    let (head, query) = url.secret().split_once('?').map_or((url.secret(), ""), |(head, query)| (head, query));
    let (place, _) = head.rsplit_once('/').unwrap();
    Some(DatabaseUrl::parse(&format!("{place}/{database}?{query}")).unwrap())
}

#[tokio::test]
async fn a_shadow_is_like_the_live_database_and_leaves_nothing() {
    let Some(mut live) = TestDatabase::create_like("live", "COLLATE latin1_danish_ci").await else { return };
    // Left behind by an owner that is gone; in use; too young; not ours.
    let stale = "cqrs_shadow_1000000000_0123456789abcdef";
    let used = "cqrs_shadow_1000000001_0123456789abcdef";
    let foreign = "cqrs_shadow_of_somebody_else";
    for name in [stale, used, foreign] {
        live.run(&format!("CREATE DATABASE IF NOT EXISTS {name}")).await;
    }
    live.run(&format!("DO GET_LOCK('{used}', 0)")).await;

    let mut shadow = Shadow::open(&url_of(&live.name).unwrap()).await.unwrap();
    let names = "SELECT GROUP_CONCAT(SCHEMA_NAME ORDER BY SCHEMA_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'cqrs\\_shadow\\_1000%' OR SCHEMA_NAME LIKE 'cqrs\\_shadow\\_of%'";
    assert_eq!(live.text(names).await.unwrap(), format!("{used},{foreign}"));
    let wanted = lowered(vec![table("t", vec![nullable("body", ColumnType::Text)])]);
    for made in wanted.tables.values() {
        for statement in crate::dialect::Dialect::MySql.rules().create_table(made, &[]) {
            shadow.connection().execute(&statement.sql).await.unwrap();
        }
    }
    let wanted = Schema { objects: shadow.defaults().objects, ..wanted };
    let Connection::MySql(connection) = shadow.connection() else { panic!("another database") };
    assert_eq!(introspect(connection, &Selection::default()).await.unwrap().schema, wanted);
    let name = live.text("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE DEFAULT_COLLATION_NAME = 'latin1_danish_ci' AND SCHEMA_NAME LIKE 'cqrs\\_shadow\\_%'").await.unwrap();
    assert_eq!(live.text(&format!("SELECT CAST(IS_FREE_LOCK('{name}') AS CHAR)")).await.as_deref(), Some("0"));
    shadow.close().await.unwrap();
    let left = format!("SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{name}'");
    assert_eq!(live.text(&left).await.as_deref(), Some("0"));
    live.run(&format!("DROP DATABASE {used}; DROP DATABASE {foreign}")).await;
    live.drop().await;
}

#[tokio::test]
async fn who_may_not_make_a_shadow_is_told_what_to_grant() {
    let Some(mut live) = TestDatabase::create("poor").await else { return };
    let user = format!("cqrs_poor_{}", std::process::id());
    live.run(&format!(
        "CREATE USER {user}@localhost IDENTIFIED BY 'secret'; GRANT SELECT ON {}.* TO {user}@localhost",
        live.name
    ))
    .await;
    let server = server().unwrap();
    let place = server.secret().split_once('@').unwrap().1;
    let (host, query) = place.split_once('?').unwrap_or((place, ""));
    let host = host.split('/').next().unwrap();
    let url = |password: &str, database: &str| {
        DatabaseUrl::parse(&format!("mysql://{user}:{password}@{host}/{database}?{query}")).unwrap()
    };
    let refused = Shadow::open(&url("secret", &live.name)).await.err().unwrap().to_string();
    assert!(refused.contains("GRANT ALL ON `cqrs\\_shadow\\_%`.* TO"), "{refused}");
    let denied = connect(&url("wrong", &live.name)).await.err().unwrap().to_string();
    assert!(denied.contains("check the user and the password"), "{denied}");
    assert!(!denied.contains("wrong"), "{denied}");
    let forbidden = connect(&url("secret", "mysql")).await.err().unwrap().to_string();
    assert!(forbidden.contains("may not use database `mysql`"), "{forbidden}");
    live.run(&format!("DROP USER {user}@localhost")).await;
    live.drop().await;
}

#[tokio::test]
async fn errors_of_connecting_say_what_to_do() {
    let Some(url) = url_of("cqrs_test_no_such_database") else { return };
    let unknown = connect(&url).await.err().unwrap().to_string();
    assert!(unknown.contains("create it first: CREATE DATABASE `cqrs_test_no_such_database`"), "{unknown}");
    let nowhere = DatabaseUrl::parse("mysql://root@127.0.0.1:1/x").unwrap();
    let error = connect(&nowhere).await.err().unwrap();
    assert!(matches!(error, Error::Connect { .. }));
    assert!(error.to_string().contains("is the server running"), "{error}");
}

#[tokio::test]
async fn the_history_table_is_not_part_of_the_schema() {
    let Some(mut database) = TestDatabase::create("history").await else { return };
    database.run("CREATE TABLE cqrs_history (id int); CREATE TABLE t (id int)").await;
    let found = database.introspect().await;
    let names: Vec<String> = found.schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!((names, found.not_managed.len()), (vec!["t".to_owned()], 0));
    database.drop().await;
}
