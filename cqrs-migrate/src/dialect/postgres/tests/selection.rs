use std::collections::BTreeSet;

use cqrs_core::schema::ObjectName;

use super::Scratch;
use crate::dialect::postgres::introspect::introspect;
use crate::introspect::Selection;

const SCHEMA: &str = "
    CREATE SCHEMA far;
    CREATE TABLE far.base (n int DEFAULT 1);
    CREATE TABLE top (id int PRIMARY KEY);
    CREATE TABLE referenced (id int PRIMARY KEY, top_id int REFERENCES top);
    CREATE TABLE chosen (id serial PRIMARY KEY, other int REFERENCES referenced) INHERITS (far.base);
    CREATE INDEX by_other ON chosen (other);
    CREATE TABLE unrelated (id int PRIMARY KEY, chosen_id int REFERENCES chosen);
    CREATE VIEW seen AS SELECT id FROM chosen;
    CREATE TABLE cut (a int) PARTITION BY LIST (a);
    CREATE TABLE cut_1 PARTITION OF cut FOR VALUES IN (1);";

#[tokio::test]
async fn chosen_tables_are_read_with_what_they_refer_to_and_inherit_from() {
    let Some(mut database) = Scratch::open().await else { return };
    database.run(SCHEMA).await;
    let whole = database.introspect().await.schema;
    for (names, expected) in [
        (vec![ObjectName::new("chosen")], vec!["chosen", "far.base", "referenced"]),
        (vec![ObjectName::new("cut_1"), ObjectName::new("no such")], vec!["cut", "cut_1"]),
        (vec![ObjectName::qualified("far", "base")], vec!["far.base"]),
        (vec![], vec![]),
    ] {
        let selection = Selection { tables: Some(names.into_iter().collect()), ..Selection::default() };
        let found = introspect(&mut database.connection, &selection).await.unwrap().schema;
        let mut read: Vec<String> = found.tables.keys().map(ToString::to_string).collect();
        read.sort();
        assert_eq!(read, expected);
        assert!(found.views.is_empty());
        for (name, table) in &found.tables {
            assert_eq!(Some(table), whole.tables.get(name), "a table is read as it is among all");
        }
    }
    database.close().await;
}

#[tokio::test]
async fn chosen_schemas_are_read_alone() {
    let Some(mut database) = Scratch::open().await else { return };
    database.run(SCHEMA).await;
    let selection = Selection { schemas: Some(BTreeSet::from(["far".to_owned()])), ..Selection::default() };
    let found = introspect(&mut database.connection, &selection).await.unwrap().schema;
    assert_eq!(found.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["far.base"]);
    assert!(found.views.is_empty());
    database.close().await;
}
