use cqrs_core::schema::{Check, ColumnType, DefaultValue, Generated, IndexPart, Literal, Table, Unique};

use super::database::{TestDatabase, assert_same, lowered};
use super::{foreign_key, index, names, nullable, table, varchar, with_default};
use crate::change::{TableAlteration, TableChange};
use crate::dialect::Rules;
use crate::dialect::mysql::MySql;
use crate::dialect::mysql::text::quote;

const NASTY: [&str; 9] = ["select", "a b", "a.b", "a`b", "a'b", "a\"b", "a\\b", "größe ☃", "`; DROP TABLE x; --"];

fn named(name: &'static str) -> Vec<Table> {
    let mut parent = table("parent", Vec::new());
    parent.name = format!("{name} p").into();
    let mut child =
        table("child", vec![with_default(name, varchar(30), DefaultValue::Value(Literal::Text(name.into())))]);
    child.name = name.into();
    let enumerated = ColumnType::Enum {
        name: "e".into(),
        values: names(&["plain", name]).into(),
        renamed_from: None,
        former_labels: Vec::new().into(),
    };
    let mut labelled = with_default("labelled", enumerated, DefaultValue::Value(Literal::Text(name.into())));
    labelled.comment = Some(name.into());
    let mut made = nullable("made", varchar(60));
    made.generated = Some(Generated { expression: format!("concat({},'x')", quote(name)).into(), stored: true });
    child.columns.to_mut().extend([labelled, made, nullable("parent_id", ColumnType::BigInteger)]);
    child.comment = Some(name.into());
    child.uniques =
        vec![Unique { name: Some(format!("{name} u").into()), columns: names(&[name]).into(), ..Default::default() }]
            .into();
    let mut described = index("i", vec![IndexPart::column(name), IndexPart::column("labelled")]);
    described.name = Some(format!("{name} i").into());
    child.indexes = vec![described].into();
    child.checks = vec![Check {
        name: Some(format!("{name} c").into()),
        expression: format!("{} <> ''", quote(name)).into(),
        ..Default::default()
    }]
    .into();
    let mut key = foreign_key("k", &["parent_id"], "parent", &["id"]);
    key.name = Some(format!("{name} k").into());
    key.references.name = parent.name.clone();
    child.foreign_keys = vec![key].into();
    vec![parent, child]
}

#[tokio::test]
async fn nasty_names_and_texts_survive() {
    let Some(mut database) = TestDatabase::create("nasty").await else { return };
    for name in NASTY {
        let wanted = lowered(named(name));
        database.make(&wanted).await;
        let parent = quote(&format!("{name} p"));
        database.run(&format!("INSERT INTO {parent} VALUES (1); INSERT INTO {} (id) VALUES (1)", quote(name))).await;
        assert_same(&database.schema().await, &wanted);
        for column in [quote(name), "labelled".to_owned()] {
            assert_eq!(database.text(&format!("SELECT {column} FROM {}", quote(name))).await.as_deref(), Some(name));
        }
        let child = wanted.tables.values().find(|table| table.name == name).unwrap();
        let changes = vec![
            TableChange::DropForeignKey(child.foreign_keys[0].clone()),
            TableChange::DropCheck(child.checks[0].clone()),
            TableChange::DropUnique(child.uniques[0].clone()),
            TableChange::DropIndex(child.indexes[0].clone()),
            TableChange::DropIndex(child.indexes[1].clone()),
            TableChange::DropColumn(child.columns[3].clone()),
            TableChange::AlterColumn { before: child.columns[1].clone(), after: child.columns[1].clone() },
        ];
        let alteration = TableAlteration { before: child.clone(), after: child.clone(), changes };
        database.run_all(&MySql.alter_table(&alteration)).await;
        for table in wanted.tables.values() {
            database.run_all(&MySql.drop_table(table)).await;
        }
    }
    database.drop().await;
}

/// A name of the database that has to be quoted, and a collation of its own, which its tables follow.
#[tokio::test]
async fn the_database_may_have_any_name() {
    let Some(mut database) = TestDatabase::create_like("a`b 'c", "COLLATE latin1_bin").await else { return };
    let wanted = lowered(vec![table("t", vec![nullable("a", varchar(20))])]);
    database.make(&wanted).await;
    database.run("CREATE VIEW v AS SELECT t.id FROM t").await;
    let found = database.schema().await;
    assert_eq!(found.tables, wanted.tables);
    assert!(found.views.values().all(|view| view.query == "select `t`.`id` AS `id` from `t`"), "{:?}", found.views);
    database.drop().await;
}
