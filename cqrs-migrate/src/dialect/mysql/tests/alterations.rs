//! Every change on a table with rows gives what making the changed table gives, and keeps the rows.

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, ForeignKey, Generated, IndexPart, List, Literal, ObjectName, PrimaryKey,
    ReferentialAction, Schema, Table, Unique,
};

use super::database::{TestDatabase, assert_same, lowered};
use super::{column, foreign_key, index, names, nullable, table, varchar, with_default};
use crate::change::{TableAlteration, TableChange};
use crate::dialect::mysql::MySql;
use crate::dialect::{Lock, Rules, Statement};

const ROWS: &str = "INSERT INTO parent (id) VALUES (1), (2); \
     INSERT INTO t (id, a, b, c, d) VALUES (1, 1, 'x', 'low', '1'), (2, 2, 'y', 'it''s', '2')";

fn severity(labels: &[&'static str]) -> ColumnType {
    ColumnType::Enum {
        name: "severity".into(),
        values: names(labels).into(),
        renamed_from: None,
        former_labels: Vec::new().into(),
    }
}

fn number(text: &'static str) -> Option<DefaultValue> {
    Some(DefaultValue::Value(Literal::Number(text.into())))
}

/// A table with something of everything.
fn before() -> Table {
    let mut table = table(
        "t",
        vec![
            with_default("a", ColumnType::BigInteger, DefaultValue::Value(Literal::Number("1".into()))),
            column("b", varchar(20)),
            column("c", severity(&["low", "it's"])),
            nullable("d", varchar(20)),
            nullable("v", ColumnType::BigInteger),
            nullable("s", ColumnType::BigInteger),
        ],
    );
    table.columns.to_mut()[5].generated = Some(Generated { expression: "`a` + 1".into(), stored: false });
    table.columns.to_mut()[6].generated = Some(Generated { expression: "`a` + 2".into(), stored: true });
    table.comment = Some("before".into());
    table.uniques =
        vec![Unique { name: Some("t_b".into()), columns: names(&["b"]).into(), ..Default::default() }].into();
    table.indexes = vec![index("t_d", vec![IndexPart::column("d")])].into();
    table.checks =
        vec![Check { name: Some("t_check".into()), expression: "`id` > 0".into(), ..Default::default() }].into();
    table.foreign_keys = vec![foreign_key("t_parent", &["a"], "parent", &["id"])].into();
    table
}

/// The differences between two lowered tables in the planner's order; renames are given.
fn changes(before: &Table, after: &Table, renames: &[(&'static str, &'static str)]) -> (Table, Vec<TableChange>) {
    let mut before = before.clone();
    let mut found: Vec<TableChange> = Vec::new();
    let mut renamed: Vec<Column> = before.columns.to_vec();
    for (from, to) in renames {
        found.push(TableChange::RenameColumn { from: (*from).into(), to: (*to).into() });
        renamed.iter_mut().filter(|column| column.name == *from).for_each(|column| column.name = (*to).into());
    }
    fn gone<T: PartialEq + Clone>(left: &[T], right: &[T]) -> Vec<T> {
        left.iter().filter(|item| !right.contains(item)).cloned().collect()
    }
    found.extend(gone(&before.foreign_keys, &after.foreign_keys).into_iter().map(TableChange::DropForeignKey));
    found.extend(gone(&before.checks, &after.checks).into_iter().map(TableChange::DropCheck));
    found.extend(gone(&before.uniques, &after.uniques).into_iter().map(TableChange::DropUnique));
    found.extend(gone(&before.indexes, &after.indexes).into_iter().map(TableChange::DropIndex));
    if before.primary_key != after.primary_key {
        found.extend(before.primary_key.clone().map(TableChange::DropPrimaryKey));
    }
    let kept = |name: &str| after.column(name).is_some();
    found.extend(renamed.iter().filter(|column| !kept(&column.name)).cloned().map(TableChange::DropColumn));
    for column in after.columns.iter() {
        match renamed.iter().find(|old| old.name == column.name) {
            None => found.push(TableChange::AddColumn(column.clone())),
            Some(old) if old != column => {
                found.push(TableChange::AlterColumn { before: old.clone(), after: column.clone() });
            }
            Some(_) => {}
        }
    }
    if before.primary_key != after.primary_key {
        found.extend(after.primary_key.clone().map(TableChange::AddPrimaryKey));
    }
    found.extend(gone(&after.uniques, &before.uniques).into_iter().map(TableChange::AddUnique));
    found.extend(gone(&after.indexes, &before.indexes).into_iter().map(TableChange::AddIndex));
    found.extend(gone(&after.checks, &before.checks).into_iter().map(TableChange::AddCheck));
    if before.options != after.options {
        found.push(TableChange::SetOptions { before: before.options.clone(), after: after.options.clone() });
    }
    if before.comment != after.comment {
        found.push(TableChange::SetComment { before: before.comment.clone(), after: after.comment.clone() });
    }
    found.extend(gone(&after.foreign_keys, &before.foreign_keys).into_iter().map(TableChange::AddForeignKey));
    before.schema = after.schema.clone();
    (before, found)
}

fn of(schema: &Schema) -> Table {
    schema.tables[&ObjectName::new("t")].clone()
}

fn col<'t>(table: &'t mut Table, name: &str) -> &'t mut Column {
    table.columns.to_mut().iter_mut().find(|column| column.name == name).unwrap()
}

struct Case {
    name: &'static str,
    after: Table,
    renames: &'static [(&'static str, &'static str)],
    /// A query of one value on the changed table, and the value.
    expect: (&'static str, &'static str),
}

fn case(name: &'static str, expect: (&'static str, &'static str), change: impl FnOnce(&mut Table)) -> Case {
    let mut after = before();
    change(&mut after);
    Case { name, after, renames: &[], expect }
}

const ALL: (&str, &str) = ("SELECT GROUP_CONCAT(id, a, b, c, d, v, s ORDER BY id) FROM t", "11xlow123,22yit's234");

fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("nothing", ALL, |_| {}),
        case(
            "add_columns",
            ("SELECT GROUP_CONCAT(e, b, IFNULL(f, 'null'), w ORDER BY id) FROM t", "7xnull2,7ynull4"),
            |table| {
                let columns = table.columns.to_mut();
                columns.insert(2, with_default("e", ColumnType::Integer, number("7").unwrap()));
                columns.insert(3, nullable("f", ColumnType::Text));
                let mut doubled = nullable("w", ColumnType::BigInteger);
                doubled.generated = Some(Generated { expression: "`a` * 2".into(), stored: false });
                columns.push(doubled);
            },
        ),
        case("drop_columns", ("SELECT GROUP_CONCAT(id, a, b ORDER BY id) FROM t", "11x,22y"), |table| {
            table.columns.to_mut().retain(|column| !matches!(column.name.as_ref(), "c" | "d" | "v"));
            table.indexes = Vec::new().into();
        }),
        case("types", ALL, |table| {
            col(table, "b").column_type = ColumnType::Text;
            col(table, "d").column_type = ColumnType::Integer;
            table.uniques = Vec::new().into();
        }),
        case("required", ALL, |table| col(table, "d").nullable = false),
        case("optional", ALL, |table| col(table, "b").nullable = true),
        case("labels", ALL, |table| col(table, "c").column_type = severity(&["high", "it's", "low", "new"])),
        case("default", ALL, |table| col(table, "a").default = number("2")),
        case("no_default", ALL, |table| col(table, "a").default = None),
        case("text_default", ALL, |table| {
            col(table, "d").default = Some(DefaultValue::Value(Literal::Text("it's \\ 'q'".into())));
        }),
        case("computed_default", ALL, |table| {
            col(table, "d").default = Some(DefaultValue::expression("concat('a','b')"));
        }),
        case("comments", ALL, |table| {
            table.comment = Some("it's \\ after".into());
            col(table, "b").comment = Some("it's \\ new".into());
            col(table, "v").comment = Some("virtual".into());
        }),
        case("no_comment", ALL, |table| table.comment = None),
        case("collation", ALL, |table| col(table, "b").collation = Some("utf8mb4_bin".into())),
        case("column_options", ALL, |table| {
            col(table, "d").options = ["CHECK (`d` < 3)".into(), "INVISIBLE".into()][..].to_owned().into();
            let mut stamp = nullable("stamp", ColumnType::DateTime { time_zone: true });
            stamp.options = ["ON UPDATE current_timestamp(6)".into()][..].to_owned().into();
            table.columns.to_mut().push(stamp);
        }),
        case("virtual_to_stored", ALL, |table| col(table, "v").generated.as_mut().unwrap().stored = true),
        case("stored_to_virtual", ALL, |table| col(table, "s").generated.as_mut().unwrap().stored = false),
        case("virtual_to_plain", ALL, |table| col(table, "v").generated = None),
        case("stored_to_plain", ALL, |table| col(table, "s").generated = None),
        case("plain_to_virtual", ("SELECT GROUP_CONCAT(d ORDER BY id) FROM t", "x!,y!"), |table| {
            col(table, "d").generated = Some(Generated { expression: "concat(`b`,'!')".into(), stored: false });
        }),
        case("plain_to_stored", ("SELECT GROUP_CONCAT(d ORDER BY id) FROM t", "x!,y!"), |table| {
            col(table, "d").generated = Some(Generated { expression: "concat(`b`,'!')".into(), stored: true });
        }),
        case("expression", ("SELECT GROUP_CONCAT(v, s ORDER BY id) FROM t", "1020,2030"), |table| {
            col(table, "v").generated.as_mut().unwrap().expression = "`a` * 10".into();
            col(table, "s").generated.as_mut().unwrap().expression = "`a` * 10 + 10".into();
        }),
        case("primary_key", ALL, |table| {
            table.primary_key =
                Some(PrimaryKey { name: None, columns: names(&["b", "id"]).into(), ..Default::default() });
        }),
        case("no_primary_key", ALL, |table| table.primary_key = None),
        case("numbered", ALL, |table| {
            col(table, "id").auto_increment = true;
            table.checks = Vec::new().into();
        }),
        case("numbered_by_another", ("SELECT GROUP_CONCAT(nr, b ORDER BY nr) FROM t", "1x,2y"), |table| {
            let mut number = column("nr", ColumnType::BigInteger);
            number.auto_increment = true;
            table.columns.to_mut().push(number);
            table.primary_key = Some(PrimaryKey { name: None, columns: names(&["nr"]).into(), ..Default::default() });
        }),
        case("unique", ALL, |table| {
            table.uniques =
                vec![Unique { name: Some("t_b".into()), columns: names(&["b", "d"]).into(), ..Default::default() }]
                    .into();
        }),
        case("indexes", ALL, |table| {
            let mut words = index("t_words", vec![IndexPart::column("b")]);
            words.method = Some("fulltext".into());
            let mut kept = index("t_d", vec![IndexPart::column("d"), IndexPart::column("b")]);
            kept.comment = Some("it's".into());
            table.indexes = vec![words, kept].into();
        }),
        case("foreign_key", ALL, |table| table.foreign_keys.to_mut()[0].on_delete = ReferentialAction::Cascade),
        case("no_foreign_key", ALL, |table| table.foreign_keys = Vec::<ForeignKey>::new().into()),
        case("index_instead_of_that_of_the_foreign_key", ALL, |table| {
            table.indexes.to_mut().push(index("t_a_b", vec![IndexPart::column("a"), IndexPart::column("b")]));
        }),
        case("check", ALL, |table| table.checks.to_mut()[0].expression = "`id` >= 1".into()),
        case("no_check", ALL, |table| table.checks = Vec::new().into()),
        case("table_collation", ALL, |table| {
            table.options = vec!["COLLATE=latin1_bin".into(), "ROW_FORMAT=COMPACT".into()].into();
        }),
        case("engine", ALL, |table| {
            table.options = vec!["ENGINE=MyISAM".into()].into();
            table.foreign_keys = Vec::new().into();
        }),
        case("partitions", ALL, |table| {
            table.options = vec!["PARTITION BY HASH (`id`) PARTITIONS 3".into()].into();
            table.foreign_keys = Vec::new().into();
            table.uniques = Vec::new().into();
        }),
    ];
    let mut renamed = case(
        "rename",
        ("SELECT GROUP_CONCAT(id, aa, d, c, b, v, s ORDER BY id) FROM t", "11xlow123,22yit's234"),
        |table| {
            for (from, to) in [("a", "aa"), ("b", "x"), ("d", "b"), ("x", "d")] {
                col(table, from).name = to.into();
            }
            col(table, "v").generated.as_mut().unwrap().expression = "`aa` + 1".into();
            col(table, "s").generated.as_mut().unwrap().expression = "`aa` + 2".into();
            table.uniques.to_mut()[0].columns = names(&["d"]).into();
            table.indexes.to_mut()[0].parts = vec![IndexPart::column("b")].into();
            table.foreign_keys.to_mut()[0].columns = names(&["aa"]).into();
        },
    );
    renamed.renames = &[("a", "aa"), ("b", "d"), ("d", "b")];
    cases.push(renamed);
    cases
}

#[tokio::test]
async fn every_change_gives_what_was_wanted() {
    let Some(mut wanted) = TestDatabase::create("wanted").await else { return };
    let Some(mut changed) = TestDatabase::create("changed").await else { return };
    for Case { name, after, renames, expect } in cases() {
        let parent = table("parent", Vec::new());
        let target = lowered(vec![parent.clone(), after]);
        let start = lowered(vec![parent, before()]);
        for (forth, from, to) in [(true, &start, &target), (false, &target, &start)] {
            let wanted_schema = made(&mut wanted, to).await;
            changed.make(from).await;
            let (old, new) = (of(from), of(to));
            if forth {
                changed.run(ROWS).await;
            }
            let renames: Vec<_> = renames.iter().map(|(a, b)| if forth { (*a, *b) } else { (*b, *a) }).collect();
            let (before, mut changes) = changes(&old, &new, &renames);
            if name == "rename" {
                // The server itself renames in keys and expressions.
                changes.retain(|change| matches!(change, TableChange::RenameColumn { .. }));
            }
            let statements = MySql.alter_table(&TableAlteration { before, after: new, changes });
            changed.run_all(&statements).await;
            assert_same(&changed.schema().await, &wanted_schema);
            if forth {
                assert_eq!(changed.text(expect.0).await.as_deref(), Some(expect.1), "{name}");
            }
            changed.run("DROP TABLE t, parent").await;
        }
    }
    wanted.drop().await;
    changed.drop().await;
}

#[tokio::test]
async fn a_versioned_table_is_altered_and_keeps_its_history() {
    let Some(mut database) = TestDatabase::create("versioned").await else { return };
    if !database.text("SELECT VERSION()").await.unwrap().contains("MariaDB") {
        return database.drop().await;
    }
    let mut versioned = table("t", vec![column("a", ColumnType::Integer)]);
    versioned.options = vec!["WITH SYSTEM VERSIONING".into()].into();
    let start = lowered(vec![versioned.clone()]);
    database.make(&start).await;
    assert_same(&database.schema().await, &start);
    database.run("INSERT INTO t VALUES (1, 1); UPDATE t SET a = 2").await;
    versioned.columns.to_mut().push(nullable("b", ColumnType::Integer));
    let target = lowered(vec![versioned.clone()]);
    let (before, added) = changes(&of(&start), &of(&target), &[]);
    database.run_all(&MySql.alter_table(&TableAlteration { before, after: of(&target), changes: added })).await;
    assert_same(&database.schema().await, &target);
    let all = "SELECT GROUP_CONCAT(a ORDER BY a) FROM t FOR SYSTEM_TIME ALL";
    assert_eq!(database.text(all).await.as_deref(), Some("1,2"));
    versioned.options = List::default();
    let plain = lowered(vec![versioned]);
    let (before, dropped) = changes(&of(&target), &of(&plain), &[]);
    database.run_all(&MySql.alter_table(&TableAlteration { before, after: of(&plain), changes: dropped })).await;
    assert_same(&database.schema().await, &plain);
    database.drop().await;
}

/// The schema as a database has it in which it was made.
async fn made(database: &mut TestDatabase, schema: &Schema) -> Schema {
    database.make(schema).await;
    let found = database.schema().await;
    database.run("DROP TABLE t, parent").await;
    found
}

#[tokio::test]
async fn tables_and_views_come_and_go() {
    let Some(mut database) = TestDatabase::create("come_and_go").await else { return };
    database.make(&lowered(vec![table("parent", Vec::new()), before()])).await;
    database.run(ROWS).await;
    let (from, to) = (ObjectName::new("t"), ObjectName::new("renamed `t`"));
    database.run_all(&MySql.rename_tables(&[(from, to.clone())])).await;
    assert_eq!(database.text("SELECT GROUP_CONCAT(b ORDER BY id) FROM `renamed ``t```").await.as_deref(), Some("x,y"));
    database.run("CREATE VIEW seen AS SELECT id FROM parent").await;
    let found = database.schema().await;
    let view = &found.views[&ObjectName::new("seen")];
    database.run_all(&MySql.drop_view(view)).await;
    assert!(database.schema().await.views.is_empty());
    database.run_all(&MySql.create_view(view)).await;
    assert_eq!(database.schema().await, found);
    database.run_all(&MySql.drop_view(view)).await;
    database.run_all(&MySql.drop_table(&found.tables[&to])).await;
    assert_eq!(database.schema().await.tables.len(), 1);
    database.drop().await;
}

#[test]
fn phases_are_statements_of_their_own_and_locks_are_told() {
    let lowered = of(&lowered(vec![table("parent", Vec::new()), before()]));
    let alter = |changes: Vec<TableChange>| -> Vec<Statement> {
        MySql.alter_table(&TableAlteration { before: lowered.clone(), after: lowered.clone(), changes })
    };
    let key = lowered.foreign_keys[0].clone();
    let statements = alter(vec![
        TableChange::RenameColumn { from: "d".into(), to: "e".into() },
        TableChange::DropForeignKey(key.clone()),
        TableChange::DropIndex(lowered.indexes[0].clone()),
        TableChange::SetComment { before: None, after: Some("it's".into()) },
        TableChange::AddForeignKey(key),
    ]);
    let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
    assert_eq!(
        sql,
        [
            "ALTER TABLE `t` RENAME COLUMN `d` TO `e`, LOCK=NONE",
            "ALTER TABLE `t` DROP FOREIGN KEY `t_parent`, LOCK=NONE",
            "ALTER TABLE `t` DROP INDEX `t_d`, COMMENT='it''s', LOCK=NONE",
            "ALTER TABLE `t` ADD CONSTRAINT `t_parent` FOREIGN KEY (`a`) REFERENCES `parent` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT",
        ]
    );
    let locks: Vec<Lock> = statements.iter().map(|statement| statement.lock).collect();
    assert_eq!(locks, [Lock::None, Lock::None, Lock::None, Lock::Writes]);
}
