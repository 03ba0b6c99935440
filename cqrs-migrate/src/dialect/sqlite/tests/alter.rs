//! Every alteration on a table with rows, child rows, triggers and a view.

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Generated, Index, IndexPart, ObjectName, PrimaryKey, Table, Unique,
};

use super::{column, database, foreign_key, key, nullable, numbered, recreated, schema, table, with_default};
use crate::change::{TableAlteration, TableChange};
use crate::dialect::Rules;
use crate::dialect::sqlite::Sqlite;
use crate::dialect::sqlite::shadow::Shadow;

const T: &str = "the \"t\"'s";

/// `id` is the key, `a` and `b` hold numbers and `s` text, none of them used by anything.
fn before() -> Table {
    Table {
        primary_key: key(&["id"]),
        ..table(T, vec![numbered("id"), column("a", "INT"), nullable("b", "INT"), nullable("s", "TEXT")])
    }
}

/// The table with three rows, the last number 9, of which two have children; and what else speaks of it.
async fn populated(before: &Table) -> Shadow {
    let mut database = database().await;
    database.apply(&Sqlite.create_table(before, &before.foreign_keys.iter().collect::<Vec<_>>())).await;
    let t = Sqlite.quote(T);
    for sql in [
        format!("INSERT INTO {t} (id, a, b, s) VALUES (1, 10, 100, 'x'), (3, 30, NULL, NULL), (7, 70, 700, 'it''s')"),
        format!("CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INT REFERENCES {t} (id) ON DELETE CASCADE)"),
        "INSERT INTO child (t_id) VALUES (1), (1), (3)".to_owned(),
        "CREATE TABLE log (what)".to_owned(),
        format!("CREATE TRIGGER watch AFTER INSERT ON {t} BEGIN INSERT INTO log VALUES (NEW.id); END"),
        format!("CREATE TRIGGER other AFTER DELETE ON child BEGIN UPDATE {t} SET id = id WHERE id = OLD.t_id; END"),
        format!("CREATE VIEW shown AS SELECT id FROM {t}"),
    ] {
        database.run(&sql).await;
    }
    database
}

async fn migrate(database: &mut Shadow, alteration: &TableAlteration) -> Vec<String> {
    let statements = Sqlite.alter_table(alteration);
    database.run("BEGIN IMMEDIATE").await;
    database.apply(&statements).await;
    assert_eq!(database.rows("SELECT \"table\" FROM pragma_foreign_key_check").await, [""; 0]);
    database.run("COMMIT").await;
    statements.into_iter().map(|statement| statement.sql).collect()
}

/// Applies the changes, and holds the result against a table that was made as `after` from the start.
async fn altered(before: Table, after: Table, changes: Vec<TableChange>) -> (Shadow, Vec<String>) {
    let mut database = populated(&before).await;
    let alteration = TableAlteration { before, after: after.clone(), changes };
    let statements = migrate(&mut database, &alteration).await;
    let name = ObjectName::new(T);
    let found = database.found().await;
    assert_eq!(found.schema.tables[&name], recreated(&schema([after.clone()])).await.schema.tables[&name]);
    assert_eq!(found.schema.tables[&name], after, "{statements:#?}");
    let tables: Vec<String> = found.schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["child", "log", T]);
    assert_eq!(database.rows("SELECT name FROM sqlite_temp_schema").await, [""; 0]);
    let triggers: Vec<String> = found.schema.objects.keys().map(|id| id.name.to_string()).collect();
    assert_eq!(triggers, ["other", "watch"]);
    assert_eq!(database.rows("SELECT CAST(t_id AS TEXT) FROM child ORDER BY id").await, ["1", "1", "3"]);
    assert_eq!(database.rows("SELECT integrity_check FROM pragma_integrity_check").await, ["ok"]);
    let modern: i64 = sqlx::query_scalar("PRAGMA legacy_alter_table").fetch_one(database.sqlx()).await.unwrap();
    assert_eq!(modern, 0);
    (database, statements)
}

async fn values(database: &mut Shadow, columns: &str) -> Vec<String> {
    database.rows(&format!("SELECT concat_ws('|', {columns}) FROM {} ORDER BY rowid", Sqlite.quote(T))).await
}

/// The rows are there, the view and the triggers work, and numbers that were given are not given again.
async fn still_works(mut database: Shadow, insert: &str) {
    assert_eq!(database.rows("SELECT CAST(id AS TEXT) FROM shown ORDER BY 1").await, ["1", "3", "7"]);
    database.run(&format!("DELETE FROM {} WHERE id = 7", Sqlite.quote(T))).await;
    database.run(&format!("INSERT INTO {} {insert}", Sqlite.quote(T))).await;
    assert_eq!(database.rows("SELECT CAST(max(what) AS TEXT) FROM log").await, ["8"]);
}

fn is_rebuild(statements: &[String]) -> bool {
    statements.iter().any(|sql| sql.starts_with("CREATE TABLE"))
}

fn changed(change: impl FnOnce(&mut Table)) -> Table {
    let mut after = before();
    change(&mut after);
    after
}

fn altered_column(name: &'static str, change: impl FnOnce(&mut Column)) -> (Table, TableChange) {
    let mut after = before();
    let column = after.columns.to_mut().iter_mut().find(|column| column.name == name).unwrap();
    let before = column.clone();
    change(column);
    let change = TableChange::AlterColumn { before, after: column.clone() };
    (after, change)
}

fn index(name: &'static str, column: &'static str) -> Index {
    Index {
        name: Some(name.into()),
        parts: vec![IndexPart::column(column)].into(),
        unique: false,
        method: None,
        predicate: None,
        include: Default::default(),
        nulls_not_distinct: false,
        ..Default::default()
    }
}

#[tokio::test]
async fn columns_are_added_in_place_where_that_is_allowed() {
    let virtual_column = Column {
        generated: Some(Generated { expression: "\"a\" + 1".into(), stored: false }),
        ..nullable("new", "INT")
    };
    for (added, value) in [
        (nullable("new", "INT"), ""),
        (with_default("new", "TEXT", "'it''s'"), "it's"),
        (with_default("new", "INT", "-5"), "-5"),
        (with_default("new", "BOOLEAN", "TRUE"), "1"),
        (virtual_column, "11"),
    ] {
        let after = changed(|table| table.columns.to_mut().push(added.clone()));
        let (mut database, statements) = altered(before(), after, vec![TableChange::AddColumn(added)]).await;
        assert!(!is_rebuild(&statements), "{statements:?}");
        assert_eq!(values(&mut database, "id, ifnull(new, '')").await[0], format!("1|{value}"));
        still_works(database, "(a) VALUES (1)").await;
    }
}

#[tokio::test]
async fn columns_are_added_by_making_the_table_again_where_not() {
    let stored = Column {
        generated: Some(Generated { expression: "\"a\" + 1".into(), stored: true }),
        ..nullable("new", "INT")
    };
    for (added, value) in [
        (with_default("new", "TEXT", "lower('ABC')"), "abc"),
        (with_default("new", "TEXT", "substr(CURRENT_TIMESTAMP, 5, 1)"), "-"),
        (stored, "11"),
    ] {
        let after = changed(|table| table.columns.to_mut().insert(1, added.clone()));
        let (mut database, statements) = altered(before(), after, vec![TableChange::AddColumn(added)]).await;
        assert!(is_rebuild(&statements));
        assert_eq!(
            values(&mut database, "id, a, ifnull(b, ''), ifnull(s, ''), new").await[0],
            format!("1|10|100|x|{value}")
        );
        still_works(database, "(a) VALUES (1)").await;
    }
}

#[tokio::test]
async fn a_column_comes_with_its_key_and_check_in_place() {
    let added = nullable("parent_id", "INT");
    let reference = foreign_key("to_self", "parent_id", T);
    let check = Check { name: Some("odd".into()), expression: "\"parent_id\" <> \"id\"".into(), ..Default::default() };
    let after = changed(|table| {
        table.columns.to_mut().push(added.clone());
        table.foreign_keys.to_mut().push(reference.clone());
        table.checks.to_mut().push(check.clone());
        table.indexes.to_mut().push(index("by_parent", "parent_id"));
    });
    let changes = vec![
        TableChange::AddColumn(added),
        TableChange::AddCheck(check),
        TableChange::AddIndex(index("by_parent", "parent_id")),
        TableChange::AddForeignKey(reference),
    ];
    let (database, statements) = altered(before(), after, changes).await;
    assert_eq!(statements.len(), 2, "{statements:?}");
    still_works(database, "(a) VALUES (1)").await;
}

#[tokio::test]
async fn columns_are_dropped() {
    let dropped = nullable("s", "TEXT");
    let without = |table: &mut Table| table.columns.to_mut().retain(|column| column.name != "s");
    let change = || TableChange::DropColumn(dropped.clone());
    let (database, statements) = altered(before(), changed(without), vec![change()]).await;
    assert!(!is_rebuild(&statements));
    still_works(database, "(a) VALUES (1)").await;

    let indexed = changed(|table| table.indexes.to_mut().push(index("by_s", "s")));
    let (_, statements) =
        altered(indexed.clone(), changed(without), vec![change(), TableChange::DropIndex(index("by_s", "s"))]).await;
    assert!(!is_rebuild(&statements));

    let check = Check { name: None, expression: "\"s\" <> ''".into(), ..Default::default() };
    let checked = changed(|table| table.checks.to_mut().push(check.clone()));
    let (mut database, statements) =
        altered(checked, changed(without), vec![TableChange::DropCheck(check), change()]).await;
    assert!(is_rebuild(&statements));
    assert_eq!(values(&mut database, "id, a").await, ["1|10", "3|30", "7|70"]);
}

#[tokio::test]
async fn columns_that_a_trigger_uses_are_not_dropped() {
    let check = Check { name: None, expression: "\"s\" <> ''".into(), ..Default::default() };
    let dropped = TableChange::DropColumn(nullable("s", "TEXT"));
    let without = changed(|table| table.columns.to_mut().retain(|column| column.name != "s"));
    let checked = changed(|table| table.checks.to_mut().push(check.clone()));
    for (before, changes) in
        [(before(), vec![dropped.clone()]), (checked, vec![TableChange::DropCheck(check.clone()), dropped.clone()])]
    {
        let mut database = populated(&before).await;
        let t = Sqlite.quote(T);
        database.run(&format!("CREATE TRIGGER uses AFTER INSERT ON {t} BEGIN SELECT NEW.s; END")).await;
        let mut refused = Ok(());
        for statement in Sqlite.alter_table(&TableAlteration { before, after: without.clone(), changes }) {
            refused = refused.and(database.try_run(&statement.sql).await);
        }
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("error in trigger uses") && message.contains("no such column: NEW.s"), "{message}");
    }
}

#[tokio::test]
async fn columns_are_renamed_with_all_that_speaks_of_them() {
    let renamed = |table: &mut Table| table.columns.to_mut()[1].name = "new a".into();
    let rename = |from: &'static str, to: &'static str| TableChange::RenameColumn { from: from.into(), to: to.into() };
    let (mut database, _) = altered(before(), changed(renamed), vec![rename("a", "new a")]).await;
    assert_eq!(values(&mut database, "id, \"new a\"").await, ["1|10", "3|30", "7|70"]);

    let swapped = changed(|table| {
        table.columns.to_mut()[1].name = "b".into();
        table.columns.to_mut()[2].name = "a".into();
    });
    let (mut database, _) = altered(before(), swapped, vec![rename("a", "b"), rename("b", "a")]).await;
    assert_eq!(values(&mut database, "id, b, ifnull(a, '')").await, ["1|10|100", "3|30|", "7|70|700"]);

    let (with_type, _) = altered_column("a", |column| column.column_type = ColumnType::native("TEXT"));
    let mut after = with_type.clone();
    after.columns.to_mut()[1].name = "n".into();
    let change = TableChange::AlterColumn {
        before: Column { name: "n".into(), ..before().columns[1].clone() },
        after: after.columns[1].clone(),
    };
    let (mut database, statements) = altered(before(), after, vec![rename("a", "n"), change]).await;
    assert!(is_rebuild(&statements));
    assert_eq!(values(&mut database, "id, n, typeof(n)").await, ["1|10|text", "3|30|text", "7|70|text"]);
}

#[tokio::test]
async fn columns_are_altered() {
    type Alter = fn(&mut Column);
    let alterations: [(&'static str, Alter); 7] = [
        ("a", |column| column.column_type = ColumnType::native("BIGINT")),
        ("a", |column| column.nullable = true),
        ("a", |column| column.default = Some(DefaultValue::expression("5"))),
        ("s", |column| column.default = Some(DefaultValue::expression("'it''s'"))),
        ("s", |column| column.collation = Some("NOCASE".into())),
        ("b", |column| column.generated = Some(Generated { expression: "\"a\" * 2".into(), stored: true })),
        ("b", |column| column.generated = Some(Generated { expression: "\"a\" * 2".into(), stored: false })),
    ];
    for (name, alter) in alterations {
        let (after, change) = altered_column(name, alter);
        let (mut database, _) = altered(before(), after.clone(), vec![change]).await;
        assert_eq!(values(&mut database, "id, a").await, ["1|10", "3|30", "7|70"]);
        // And back, from what the database tells.
        let there = database.found().await.schema.tables[&ObjectName::new(T)].clone();
        let back = TableChange::AlterColumn {
            before: there.column(name).unwrap().clone(),
            after: before().column(name).unwrap().clone(),
        };
        if there.column(name).unwrap().nullable && !before().column(name).unwrap().nullable {
            database.run(&format!("UPDATE {} SET {name} = 1 WHERE {name} IS NULL", Sqlite.quote(T))).await;
        }
        migrate(&mut database, &TableAlteration { before: there, after: before(), changes: vec![back] }).await;
        assert_eq!(database.found().await.schema.tables[&ObjectName::new(T)], before());
        assert_eq!(values(&mut database, "id, a").await, ["1|10", "3|30", "7|70"]);
        still_works(database, "(a) VALUES (1)").await;
    }
}

#[tokio::test]
async fn values_are_never_invented() {
    let (after, change) = altered_column("b", |column| column.nullable = false);
    let mut database = populated(&before()).await;
    let statements = Sqlite.alter_table(&TableAlteration { before: before(), after, changes: vec![change] });
    database.run("BEGIN").await;
    let mut refused = None;
    for statement in statements {
        if let Err(error) = database.try_run(&statement.sql).await {
            refused = Some(error.to_string());
            break;
        }
    }
    database.run("ROLLBACK").await;
    assert!(refused.unwrap().contains("NOT NULL constraint failed"));
    assert_eq!(database.found().await.schema.tables[&ObjectName::new(T)], before());
}

#[tokio::test]
async fn constraints_come_and_go() {
    let unique =
        Unique { name: Some("a is unique".into()), columns: vec!["a".into(), "b".into()].into(), ..Default::default() };
    let check = Check { name: Some("positive".into()), expression: "\"a\" > 0".into(), ..Default::default() };
    let reference = foreign_key("to_self", "b", T);
    let mut by_a = index("by_a", "a");
    by_a.unique = true;
    by_a.predicate = Some("\"b\" IS NOT NULL".into());
    let mut no_reference = before();
    no_reference.columns.to_mut()[0].auto_increment = false;
    no_reference.columns.to_mut()[0].nullable = false;
    for (with, add, drop) in [
        (
            changed(|table| table.uniques.to_mut().push(unique.clone())),
            TableChange::AddUnique(unique.clone()),
            TableChange::DropUnique(unique.clone()),
        ),
        (
            changed(|table| table.checks.to_mut().push(check.clone())),
            TableChange::AddCheck(check.clone()),
            TableChange::DropCheck(check.clone()),
        ),
        (
            changed(|table| table.indexes.to_mut().push(by_a.clone())),
            TableChange::AddIndex(by_a.clone()),
            TableChange::DropIndex(by_a.clone()),
        ),
    ] {
        let (database, _) = altered(before(), with.clone(), vec![add]).await;
        still_works(database, "(a) VALUES (1)").await;
        let (database, _) = altered(with, before(), vec![drop]).await;
        still_works(database, "(a) VALUES (1)").await;
    }
    let with = changed(|table| table.foreign_keys.to_mut().push(reference.clone()));
    let mut database = populated(&before()).await;
    database.run(&format!("UPDATE {} SET b = NULL", Sqlite.quote(T))).await;
    let add = TableAlteration {
        before: before(),
        after: with.clone(),
        changes: vec![TableChange::AddForeignKey(reference.clone())],
    };
    migrate(&mut database, &add).await;
    assert_eq!(database.found().await.schema.tables[&ObjectName::new(T)], with);
    let drop = TableAlteration { before: with, after: before(), changes: vec![TableChange::DropForeignKey(reference)] };
    migrate(&mut database, &drop).await;
    assert_eq!(database.found().await.schema.tables[&ObjectName::new(T)], before());
}

#[tokio::test]
async fn primary_keys_come_and_go_and_rows_keep_their_rowid() {
    let plain = Table {
        primary_key: None,
        uniques: vec![Unique { name: None, columns: vec!["id".into()].into(), ..Default::default() }].into(),
        ..table(T, vec![column("id", "INT"), column("a", "INT"), nullable("b", "INT"), nullable("s", "TEXT")])
    };
    let mut database = populated(&plain).await;
    database.run(&format!("UPDATE {} SET rowid = rowid + 40", Sqlite.quote(T))).await;
    let primary = PrimaryKey { name: None, columns: vec!["a".into(), "id".into()].into(), ..Default::default() };
    let keyed = Table { primary_key: Some(primary.clone()), ..plain.clone() };
    let add = TableAlteration {
        before: plain.clone(),
        after: keyed.clone(),
        changes: vec![TableChange::AddPrimaryKey(primary.clone())],
    };
    migrate(&mut database, &add).await;
    assert_eq!(database.found().await.schema.tables[&ObjectName::new(T)], keyed);
    assert_eq!(values(&mut database, "rowid, id").await, ["41|1", "42|3", "43|7"]);
    let drop =
        TableAlteration { before: keyed, after: plain.clone(), changes: vec![TableChange::DropPrimaryKey(primary)] };
    migrate(&mut database, &drop).await;
    assert_eq!(values(&mut database, "rowid, id").await, ["41|1", "42|3", "43|7"]);
    assert_eq!(database.found().await.schema.tables[&ObjectName::new(T)], plain);
}

#[tokio::test]
async fn tables_keep_their_options() {
    let mut before = Table { primary_key: key(&["id"]), ..before() };
    before.columns.to_mut()[0] = column("id", "INT");
    before.options = vec!["STRICT".into(), "WITHOUT ROWID".into()].into();
    let mut database = super::database().await;
    database.apply(&Sqlite.create_table(&before, &[])).await;
    database.run(&format!("INSERT INTO {} VALUES (1, 2, 3, 'x')", Sqlite.quote(T))).await;
    let check = Check { name: None, expression: "\"a\" > 0".into(), ..Default::default() };
    let after = Table { checks: vec![check.clone()].into(), ..before.clone() };
    migrate(&mut database, &TableAlteration { before, after, changes: vec![TableChange::AddCheck(check)] }).await;
    let found = database.found().await.schema.tables[&ObjectName::new(T)].clone();
    assert_eq!(*found.options, ["STRICT", "WITHOUT ROWID"]);
    assert_eq!(database.rows(&format!("SELECT s FROM {}", Sqlite.quote(T))).await, ["x"]);
}

#[tokio::test]
async fn clauses_that_no_model_declares_stay() {
    let mut database = super::database().await;
    database.run("CREATE TABLE t (a INT NOT NULL ON CONFLICT IGNORE, b INT UNIQUE ON CONFLICT REPLACE)").await;
    database.run("INSERT INTO t VALUES (1, 1)").await;
    let before = database.found().await.schema.tables[&ObjectName::new("t")].clone();
    let check = Check { name: None, expression: "\"a\" > 0".into(), ..Default::default() };
    let after = Table { checks: vec![check.clone()].into(), ..before.clone() };
    migrate(&mut database, &TableAlteration { before, after, changes: vec![TableChange::AddCheck(check)] }).await;
    database.run("INSERT INTO t VALUES (NULL, 2)").await;
    database.run("INSERT INTO t VALUES (3, 1)").await;
    assert_eq!(database.rows("SELECT a || '|' || b FROM t").await, ["3|1"]);
}

#[tokio::test]
async fn tables_are_renamed_with_all_that_speaks_of_them() {
    for to in ["new name", "THE \"T\"'s"] {
        let mut database = populated(&before()).await;
        database.apply(&Sqlite.rename_tables(&[(ObjectName::new(T), ObjectName::new(to))])).await;
        let found = database.found().await;
        assert_eq!(found.schema.tables[&ObjectName::new("child")].foreign_keys[0].references, ObjectName::new(to));
        database.run(&format!("INSERT INTO {} (a) VALUES (5)", Sqlite.quote(to))).await;
        assert_eq!(database.rows("SELECT CAST(what AS TEXT) FROM log").await, ["8"]);
        assert_eq!(database.rows("SELECT CAST(count(*) AS TEXT) FROM shown").await, ["4"]);
    }
}

#[tokio::test]
async fn tables_and_views_are_dropped() {
    let mut database = populated(&before()).await;
    let shown = database.found().await.schema.views[&ObjectName::new("shown")].clone();
    database.apply(&Sqlite.drop_view(&shown)).await;
    database.apply(&Sqlite.drop_table(&before())).await;
    assert_eq!(
        database.rows("SELECT name FROM sqlite_schema WHERE type <> 'trigger' ORDER BY 1").await,
        ["child", "log", "sqlite_sequence"]
    );
    assert_eq!(database.rows("SELECT CAST(count(*) AS TEXT) FROM child").await, ["3"]);
}
