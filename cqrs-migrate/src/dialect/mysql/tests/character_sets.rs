//! Databases that differ in what they decide where nothing else does: their character set and collation.

use cqrs_core::schema::Schema;

use super::database::TestDatabase;
use super::sessions::url_of;
use crate::dialect::Dialect;
use crate::dialect::mysql::introspect::introspect;
use crate::diff::{Renames, diff};
use crate::introspect::Selection;
use crate::managed::{objects_besides, take_managed_part};
use crate::prepare::{Prepared, Request, prepare};
use crate::spelling::Spellings;

async fn read(database: &mut TestDatabase) -> Schema {
    introspect(&mut database.connection, &Selection::default()).await.unwrap().schema
}

/// The proven way from one to the other.
async fn way(from: &mut TestDatabase, to: &mut TestDatabase) -> Prepared {
    let (before, after) = (read(from).await, read(to).await);
    let url = url_of(&from.name).unwrap();
    let request = Request {
        dialect: Dialect::MySql,
        before: &before,
        before_is_live: true,
        after: &after,
        spellings: &Spellings::default(),
        renames: Renames::default(),
        shadow: Some(&url),
        verify: true,
    };
    prepare(request).await.unwrap_or_else(|error| panic!("{error}"))
}

const TABLES: &str =
    "CREATE TABLE follows (id int PRIMARY KEY, name varchar(20) DEFAULT 'a', wide text COLLATE utf8mb4_bin);
    CREATE TABLE says (id int PRIMARY KEY, name varchar(20)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
    CREATE TABLE german (name varchar(20)) DEFAULT CHARSET=latin1 COLLATE=latin1_german2_ci;
    CREATE TABLE child (id int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES follows (id));
    CREATE VIEW seen AS SELECT name FROM follows";

#[tokio::test]
async fn a_database_follows_another_one() {
    let german = "CHARACTER SET latin1 COLLATE latin1_german2_ci";
    let other = "CREATE TABLE says (id int PRIMARY KEY) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
                 CREATE TABLE extra (name varchar(9)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci";
    for (number, (before, after)) in
        [("DO 1", "DO 1"), (TABLES, TABLES), (other, TABLES), (TABLES, other)].into_iter().enumerate()
    {
        for (at, options) in
            [["CHARACTER SET utf8mb4", german], [german, "CHARACTER SET utf8mb4"]].into_iter().enumerate()
        {
            let name = |side: &str| format!("{side}_{number}_{at}");
            let Some(mut from) = TestDatabase::create_like(&name("from"), options[0]).await else { return };
            let mut to = TestDatabase::create_like(&name("to"), options[1]).await.unwrap();
            from.run(before).await;
            to.run(after).await;
            let planned = way(&mut from, &mut to).await;
            assert!(planned.proven && !planned.changes.is_empty());
            from.run_all(&planned.plan.statements()).await;
            let asked = "SELECT CAST(@@collation_database AS CHAR)";
            assert_eq!(from.text(asked).await, to.text(asked).await);
            assert_eq!(from.definitions().await, to.definitions().await, "{}", planned.plan.sql());
            assert!(way(&mut from, &mut to).await.changes.is_empty());
            from.drop().await;
            to.drop().await;
        }
    }
}

#[tokio::test]
async fn models_say_nothing_of_the_database_itself() {
    let Some(mut database) = TestDatabase::create_like("silent", "COLLATE latin1_danish_ci").await else { return };
    database.run("CREATE TABLE t (id int PRIMARY KEY)").await;
    let (mut live, declared) = (read(&mut database).await, database.schema().await);
    assert_ne!(live, declared);
    assert_eq!(diff(&live, &declared, &Renames::default()), []);
    assert_eq!(diff(&declared, &live, &Renames::default()), []);
    let names = live.tables.keys().cloned().collect();
    let (part, _) = take_managed_part(&mut live, &names, &Default::default(), &declared);
    assert_eq!(part, declared);
    assert_eq!(objects_besides(&live, &part), []);
    database.drop().await;
}
