use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Deferrable, EnumType, ForeignKey, Generated, Index, IndexKey, IndexPart,
    MatchType, ObjectName, PrimaryKey, ReferentialAction, Schema, Str, Table, Unique, View,
};

use super::{Postgres, Scratch};
use crate::change::{TableAlteration, TableChange};
use crate::dialect::postgres::convert::change_type;
use crate::dialect::{Held, Lock, Rules, Statement, Transaction};

fn native(name: &'static str, text: &'static str) -> Column {
    Column { nullable: true, ..Column::new(name, ColumnType::native(text)) }
}

fn with_default(name: &'static str, text: &'static str, default: &'static str) -> Column {
    Column { default: Some(DefaultValue::expression(default)), ..native(name, text) }
}

fn generated(name: &'static str, text: &'static str, expression: &'static str) -> Column {
    Column { generated: Some(Generated { expression: expression.into(), stored: true }), ..native(name, text) }
}

fn numbered(name: &'static str, text: &'static str) -> Column {
    Column { auto_increment: true, nullable: false, ..native(name, text) }
}

fn index(name: &'static str, key: IndexKey) -> Index {
    Index {
        name: Some(name.into()),
        parts: vec![IndexPart::new(key)].into(),
        unique: false,
        method: None,
        predicate: None,
        include: Vec::new().into(),
        nulls_not_distinct: false,
        ..Default::default()
    }
}

fn check(name: &'static str, expression: &'static str) -> Check {
    Check { name: Some(name.into()), expression: expression.into(), ..Default::default() }
}

fn unique(name: &'static str, column: &'static str) -> Unique {
    Unique { name: Some(name.into()), columns: vec![column.into()].into(), ..Default::default() }
}

fn foreign_key(name: &'static str, column: &'static str) -> ForeignKey {
    ForeignKey {
        name: Some(name.into()),
        columns: vec![column.into()].into(),
        references: ObjectName::new("target"),
        referenced_columns: vec!["id".into()].into(),
        on_delete: ReferentialAction::Cascade,
        on_update: ReferentialAction::NoAction,
        match_type: MatchType::Simple,
        deferrable: Deferrable::No,
        ..Default::default()
    }
}

fn mood(values: &[&'static str]) -> EnumType {
    let values = values.iter().map(|value| Str::Borrowed(value)).collect();
    EnumType {
        name: ObjectName::new("Mood"),
        values,
        comment: None,
        renamed_from: None,
        former_labels: Vec::new().into(),
    }
}

/// A schema with the table and what it refers to.
fn schema(table: &Table) -> Schema {
    let mut schema = Schema::new();
    schema.add_enum(mood(&["sad", "ok"]));
    let mut target = Table::new("target");
    target.columns = vec![Column { nullable: false, ..native("id", "integer") }].into();
    target.primary_key =
        Some(PrimaryKey { name: Some("target_pkey".into()), columns: vec!["id".into()].into(), ..Default::default() });
    schema.add_table(target);
    schema.add_table(table.clone());
    schema
}

/// Applies changes to a table with rows, which must then be just what creating `after` makes. The database is given back
/// for what else there is to see.
async fn altered(before: &Table, after: &Table, changes: Vec<TableChange>, rows: &str) -> Option<Scratch> {
    let mut database = Scratch::open().await?;
    database.create(&schema(before)).await;
    database.run(rows).await;
    let alteration = TableAlteration { before: before.clone(), after: after.clone(), changes };
    let statements = Postgres.alter_table(&alteration);
    database.execute(&statements).await;

    let mut direct = Scratch::open().await?;
    direct.create(&schema(after)).await;
    let (found, wanted) = (database.introspect().await, direct.introspect().await);
    let name = after.object_name();
    for column in wanted.schema.tables[&name].columns.iter() {
        assert_eq!(found.schema.tables[&name].column(&column.name), Some(column), "{statements:#?}");
    }
    assert_eq!(found, wanted, "{statements:#?}");
    assert_eq!(found.schema.tables[&name], *after);
    direct.close().await;
    Some(database)
}

async fn one<T>(database: &mut Scratch, sql: &'static str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(sql).fetch_one(&mut database.connection).await.unwrap()
}

fn table(columns: Vec<Column>) -> Table {
    let mut table = Table::new("t");
    table.columns = columns.into();
    table
}

#[tokio::test]
async fn every_part_is_added_dropped_and_renamed() {
    let mut before = table(vec![
        Column { nullable: false, ..native("id", "integer") },
        native("old", "integer"),
        native("gone", "text"),
        native("a", "integer"),
    ]);
    before.comment = Some("before".into());
    before.primary_key =
        Some(PrimaryKey { name: Some("old_pk".into()), columns: vec!["id".into()].into(), ..Default::default() });
    before.uniques = vec![unique("old_u", "a")].into();
    before.checks = vec![check("old_c", "a > 0")].into();
    before.indexes = vec![index("old_i", IndexKey::Column("a".into()))].into();
    before.foreign_keys = vec![foreign_key("old_f", "a")].into();

    let added = vec![
        Column { comment: Some("it's new".into()), nullable: false, ..with_default("n1", "text", "'x'::text") },
        numbered("n2", "bigint"),
        numbered("n3", "smallserial"),
        generated("n4", "integer", "(id * 2)"),
        Column { collation: Some("C".into()), ..native("n5", "text") },
        with_default("n6", "boolean", "(NOT true)"),
    ];
    let added: Vec<Column> = added
        .into_iter()
        .map(|mut column| {
            if let Some(generated) = &mut column.generated {
                generated.expression = "id * 2".into();
            }
            column
        })
        .collect();
    let mut after = before.clone();
    after.comment = None;
    after.columns.to_mut()[1].name = "new \"name\"".into();
    after.columns.to_mut().retain(|column| column.name != "gone");
    after.columns.to_mut().extend(added.clone());
    after.primary_key = Some(PrimaryKey {
        name: Some("new_pk".into()),
        columns: vec!["a".into(), "id".into()].into(),
        ..Default::default()
    });
    after.columns.to_mut().iter_mut().find(|column| column.name == "a").unwrap().nullable = false;
    after.uniques = vec![unique("new_u", "id")].into();
    after.checks = vec![check("new_c", "id > 0")].into();
    after.indexes = vec![index("new_i", IndexKey::Expression("id + a".into()))].into();
    after.foreign_keys = vec![foreign_key("new_f", "a")].into();

    let mut changes = vec![
        TableChange::RenameColumn { from: "old".into(), to: "new \"name\"".into() },
        TableChange::DropForeignKey(before.foreign_keys[0].clone()),
        TableChange::DropCheck(before.checks[0].clone()),
        TableChange::DropIndex(before.indexes[0].clone()),
        TableChange::DropUnique(before.uniques[0].clone()),
        TableChange::DropPrimaryKey(before.primary_key.clone().unwrap()),
        TableChange::DropColumn(before.column("gone").unwrap().clone()),
        TableChange::AlterColumn {
            before: before.column("a").unwrap().clone(),
            after: after.column("a").unwrap().clone(),
        },
    ];
    changes.extend(added.into_iter().map(TableChange::AddColumn));
    changes.extend([
        TableChange::AddPrimaryKey(after.primary_key.clone().unwrap()),
        TableChange::AddUnique(after.uniques[0].clone()),
        TableChange::AddCheck(after.checks[0].clone()),
        TableChange::AddIndex(after.indexes[0].clone()),
        TableChange::SetComment { before: before.comment.clone(), after: None },
        TableChange::AddForeignKey(after.foreign_keys[0].clone()),
    ]);
    let rows = "INSERT INTO target SELECT generate_series(1, 3); INSERT INTO t SELECT i, i * 10, 'x', i FROM generate_series(1, 3) i";
    let Some(mut database) = altered(&before, &after, changes, rows).await else { return };
    assert_eq!(one::<i64>(&mut database, "SELECT sum(\"new \"\"name\"\"\") FROM t").await, 60);
    assert_eq!(one::<i64>(&mut database, "SELECT count(DISTINCT n3) FROM t").await, 3);
    assert_eq!(one::<i64>(&mut database, "SELECT sum(n4) FROM t").await, 12);
    database.close().await;
}

/// One column that changes, with some rows in it.
async fn column_altered(before: Column, after: Column, values: &str) -> Option<Scratch> {
    let change = TableChange::AlterColumn { before: before.clone(), after: after.clone() };
    let fixed = native("fixed", "integer");
    let rows = format!("INSERT INTO t (fixed, c) SELECT row_number() OVER (), v FROM (VALUES {values}) AS given (v)");
    let (before, after) = (table(vec![fixed.clone(), before]), table(vec![fixed, after]));
    let mut database = altered(&before, &after, vec![change], &rows).await?;
    let rows = values.split("),").count() as i64;
    assert_eq!(one::<i64>(&mut database, "SELECT count(*) FROM t").await, rows);
    Some(database)
}

#[tokio::test]
async fn columns_change_their_type() {
    for (before, after, values, kept) in [
        (native("c", "text"), native("c", "integer"), "('5'), ('6')", "5"),
        (native("c", "integer"), native("c", "text"), "(5), (6)", "5"),
        (native("c", "text"), native("c", "\"Mood\""), "('ok'), ('sad')", "ok"),
        (native("c", "\"Mood\""), native("c", "character varying(3)"), "('ok'::\"Mood\"), ('sad')", "ok"),
        (native("c", "character varying(90)"), native("c", "character varying(3)"), "('abc'), ('b')", "abc"),
        (native("c", "integer"), native("c", "character(3)"), "(5), (6)", "5  "),
        (native("c", "text[]"), native("c", "character varying(3)[]"), "('{abc}'::text[]), ('{}')", "{abc}"),
        (native("c", "text[]"), native("c", "\"Mood\"[]"), "('{ok}'::text[]), ('{}')", "{ok}"),
        (
            native("c", "timestamp without time zone"),
            native("c", "timestamp with time zone"),
            "('2026-01-01'::timestamp), (null)",
            "2026-01-01 00:00:00+00",
        ),
        (with_default("c", "text", "'7'::text"), with_default("c", "integer", "8"), "('5'), ('6')", "5"),
        (with_default("c", "text", "'7'::text"), native("c", "integer"), "('5'), ('6')", "5"),
        (
            with_default("c", "text", "'sad'::text"),
            with_default("c", "\"Mood\"", "'ok'::\"Mood\""),
            "('ok'), ('sad')",
            "ok",
        ),
        (native("c", "integer"), with_default("c", "bigint", "'5000000000'::bigint"), "(5), (6)", "5"),
        (native("c", "text"), Column { collation: Some("C".into()), ..native("c", "text") }, "('5'), ('6')", "5"),
        (Column { collation: Some("C".into()), ..native("c", "text") }, native("c", "text"), "('5'), ('6')", "5"),
        (
            Column { nullable: false, comment: Some("x".into()), ..with_default("c", "text", "'1'::text") },
            Column { comment: Some("it's".into()), ..native("c", "smallint") },
            "('5'), ('6')",
            "5",
        ),
        (
            native("c", "integer"),
            Column { nullable: false, collation: Some("C".into()), ..with_default("c", "text", "'x'::text") },
            "(5), (6)",
            "5",
        ),
    ] {
        let Some(mut database) = column_altered(before, after, values).await else { return };
        assert_eq!(
            one::<String>(&mut database, "SELECT c::text FROM t WHERE fixed = 1").await.trim_end(),
            kept.trim_end()
        );
        database.close().await;
    }
}

/// Every type becomes every other one, as long as there are no values that do not read as one.
#[tokio::test]
async fn every_type_becomes_every_other() {
    const TYPES: &str = "smallint;integer;bigint;numeric(10,2);real;double precision;money;boolean;text;character varying(20);\
        character(3);\"char\";bytea;uuid;json;jsonb;xml;date;time(3) without time zone;time with time zone;\
        timestamp(3) without time zone;timestamp with time zone;interval;interval day to second;inet;cidr;macaddr;macaddr8;\
        bit(4);bit varying(8);point;box;circle;int4range;tstzrange;tsvector;tsquery;oid;regclass;integer[];text[];\
        timestamp(3) without time zone[];jsonb[];mood;positive;\"Odd pair\";mood[];citext";
    let Some(mut database) = Scratch::open().await else { return };
    let own = "CREATE TYPE mood AS ENUM ('glad'); CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE TYPE \"Odd pair\" AS (a int, b text); CREATE EXTENSION citext";
    database.run(own).await;
    let mut direct = 0;
    for from in TYPES.split(';') {
        for to in TYPES.split(';').filter(|to| *to != from) {
            let change = change_type(&native("c", from), &native("c", to));
            direct += usize::from(!change.contains("::text"));
            let table = format!("BEGIN; CREATE TABLE t (c {from}); INSERT INTO t VALUES (NULL)");
            database.run(&format!("{table}; ALTER TABLE t ALTER c {change}; ROLLBACK")).await;
        }
    }
    assert!(direct > 250, "{direct}");
    database.close().await;
}

#[tokio::test]
async fn text_that_does_not_fit_is_never_cut() {
    let Some(mut database) = Scratch::open().await else { return };
    let (before, after) = (native("c", "text"), native("c", "character varying(3)"));
    for after in [after, native("c", "character(3)")] {
        let alteration = TableAlteration {
            before: table(vec![before.clone()]),
            after: table(vec![after.clone()]),
            changes: vec![TableChange::AlterColumn { before: before.clone(), after }],
        };
        database.run("CREATE TABLE t (c text); INSERT INTO t VALUES ('abcd')").await;
        for statement in Postgres.alter_table(&alteration) {
            let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.sql)).execute(&mut database.connection).await;
            assert!(refused.unwrap_err().to_string().contains("value too long"));
        }
        database.run("DROP TABLE t").await;
    }
    database.close().await;
}

#[tokio::test]
async fn columns_change_their_numbering_and_go_on_counting() {
    let plain = |text| Column { nullable: false, ..native("c", text) };
    for (before, after) in [
        (plain("integer"), numbered("c", "integer")),
        (native("c", "integer"), numbered("c", "bigint")),
        (native("c", "integer"), numbered("c", "serial")),
        (numbered("c", "integer"), numbered("c", "serial")),
        (numbered("c", "serial"), numbered("c", "integer")),
        (numbered("c", "serial"), numbered("c", "bigserial")),
        (numbered("c", "serial"), numbered("c", "bigint")),
        (numbered("c", "integer"), numbered("c", "bigint")),
        (numbered("c", "integer"), plain("integer")),
        (numbered("c", "serial"), native("c", "text")),
        (numbered("c", "bigint"), with_default("c", "text", "'x'::text")),
        (numbered("c", "serial"), with_default("c", "integer", "7")),
        (with_default("c", "text", "'7'::text"), numbered("c", "integer")),
    ] {
        let counts_on = after.auto_increment && !before.auto_increment;
        let values = if before.column_type.native_text() == "text" { "('1'), ('41')" } else { "(1), (41)" };
        let Some(mut database) = column_altered(before, after, values).await else { return };
        if counts_on {
            database.run("INSERT INTO t (fixed) VALUES (9)").await;
            assert_eq!(one::<i64>(&mut database, "SELECT c::bigint FROM t WHERE fixed = 9").await, 42);
        }
        let sequences = "SELECT count(*) FROM pg_class WHERE relkind = 'S'";
        assert!(one::<i64>(&mut database, sequences).await <= 1);
        database.close().await;
    }
}

/// Version 12 has no way to keep the values of a column and drop its expression.
async fn server_is_12() -> bool {
    let Some(database) = Scratch::open().await else { return true };
    let version = database.version;
    database.close().await;
    version == 12
}

#[tokio::test]
async fn generated_columns_change() {
    let base = |column: Column| {
        let mut table = table(vec![native("fixed", "integer"), column]);
        table.indexes = vec![
            index("i1", IndexKey::Column("c".into())),
            index("i2", IndexKey::Expression("c + 1".into())),
            Index { predicate: Some("c > 0".into()), ..index("i3", IndexKey::Column("fixed".into())) },
            index("i4", IndexKey::Column("fixed".into())),
        ]
        .into();
        table.uniques = vec![unique("u1", "c")].into();
        table.checks = vec![check("c1", "c > 0"), check("c2", "fixed > 0")].into();
        table.foreign_keys =
            vec![ForeignKey { on_delete: ReferentialAction::NoAction, ..foreign_key("f1", "c") }].into();
        table
    };
    let double = || generated("c", "integer", "fixed * 2");
    for (before, after, wanted) in [
        (double(), generated("c", "integer", "fixed * 3"), 15),
        (double(), native("c", "integer"), 10),
        (double(), with_default("c", "bigint", "5"), 10),
        (native("c", "integer"), Column { comment: Some("x".into()), ..double() }, 10),
    ] {
        let change = TableChange::AlterColumn { before: before.clone(), after: after.clone() };
        if after.generated.is_none() && server_is_12().await {
            continue;
        }
        let rows = "INSERT INTO target SELECT generate_series(1, 20); INSERT INTO t (fixed) VALUES (5)";
        let Some(mut database) = altered(&base(before.clone()), &base(after), vec![change], rows).await else { return };
        if before.generated.is_some() {
            assert_eq!(one::<i64>(&mut database, "SELECT c::bigint FROM t").await, wanted);
        }
        database.close().await;
    }
}

#[tokio::test]
async fn tables_are_renamed_and_moved() {
    let Some(mut database) = Scratch::open().await else { return };
    database.run("CREATE SCHEMA \"a'pp\"; CREATE TABLE \"it's\" (id serial); INSERT INTO \"it's\" VALUES (7)").await;
    let names = [
        ObjectName::new("it's"),
        ObjectName::new("b \"x"),
        ObjectName::qualified("a'pp", "b \"x"),
        ObjectName::qualified("a'pp", "c"),
        ObjectName::new("d'"),
    ];
    for pair in names.windows(2) {
        database.execute(&Postgres.rename_tables(&[(pair[0].clone(), pair[1].clone())])).await;
        let found = database.introspect().await.schema;
        assert_eq!(found.tables.keys().collect::<Vec<_>>(), [&pair[1]]);
        assert_eq!(found.tables[&pair[1]].columns[0].column_type, ColumnType::native("serial"));
    }
    assert_eq!(one::<i32>(&mut database, "SELECT id FROM \"d'\"").await, 7);
    let table = database.introspect().await.schema.tables.into_values().next().unwrap();
    database.execute(&Postgres.drop_table(&table)).await;
    let left = database.introspect().await.schema;
    assert!(left.tables.is_empty() && left.enums.is_empty(), "{left:?}");
    database.close().await;
}

/// A table whose parts all use the enum type.
fn moods(before: &EnumType) -> Schema {
    let mut schema = Schema::new();
    let mut table = Table::new("moods");
    table.columns = vec![
        with_default("m", "\"Mood\"", "'ok'::\"Mood\""),
        with_default("gone", "\"Mood\"", "'old'::\"Mood\""),
        with_default("ma", "\"Mood\"[]", "'{}'::\"Mood\"[]"),
    ]
    .into();
    table.checks = vec![check("c", "m <> 'sad'::\"Mood\"")].into();
    table.indexes = vec![
        Index { predicate: Some("m = 'ok'::\"Mood\"".into()), ..index("i", IndexKey::Column("ma".into())) },
        index("j", IndexKey::Column("m".into())),
    ]
    .into();
    schema.add_table(table);
    schema.add_enum(before.clone());
    schema
}

#[tokio::test]
async fn enums_change_under_rows() {
    let before = EnumType { comment: Some("before".into()), ..mood(&["sad", "ok", "old"]) };
    for (values, comment, replaced) in [
        (&["first", "sad", "between", "ok", "old", "last", "very last"][..], Some("it's new"), false),
        (&["sad", "ok", "old"][..], None, false),
        (&["ok", "new", "sad"][..], Some("before"), true),
        (&["old", "ok", "sad"][..], None, true),
    ] {
        let Some(mut database) = Scratch::open().await else { return };
        let mut schema = moods(&before);
        database.create(&schema).await;
        database.run("INSERT INTO moods (gone, ma) SELECT 'ok', '{ok,sad}' FROM generate_series(1, 3)").await;

        let after = EnumType { comment: comment.map(Into::into), ..mood(values) };
        let users: Vec<&Table> = schema.tables.values().collect();
        let statements = Postgres.alter_enum(&before, &after, &users);
        let own = statements.iter().any(|statement| statement.transaction == Transaction::Own);
        assert_eq!(own, !replaced && values.len() > 3);
        assert_eq!(statements.iter().any(|statement| statement.lock == Lock::ReadsAndWrites), replaced);
        if replaced {
            let whole: Vec<&str> = statements.iter().map(|statement| &*statement.sql).collect();
            database.run(&format!("BEGIN; {}; COMMIT", whole.join(";\n"))).await;
        } else {
            database.execute(&statements).await;
        }

        let mut wanted = schema.tables.values().next().unwrap().clone();
        if !values.contains(&"old") {
            wanted.columns.to_mut()[1].default = None;
        }
        schema.add_table(wanted);
        schema.add_enum(after);
        assert_eq!(database.introspect().await.schema, schema, "{statements:#?}");
        let kept = "SELECT count(*) FROM moods WHERE m = 'ok' AND gone = 'ok' AND ma = '{ok,sad}'";
        assert_eq!(one::<i64>(&mut database, kept).await, 3);
        database.close().await;
    }
}

#[tokio::test]
async fn enums_and_views_go() {
    let Some(mut database) = Scratch::open().await else { return };
    let enum_type = mood(&["a"]);
    let view = |name, materialized| View {
        name: ObjectName::new(name),
        query: "SELECT 1 AS x".into(),
        materialized,
        columns: Vec::new(),
        depends_on: Vec::new(),
        comment: None,
        ..Default::default()
    };
    let mut made: Vec<Statement> = Postgres.create_enum(&enum_type);
    let views = [view("v 1", false), view("v 2", true)];
    made.extend(views.iter().flat_map(|view| Postgres.create_view(view)));
    database.execute(&made).await;
    assert_eq!(database.introspect().await.schema.views.len(), 2);
    for view in &views {
        database.execute(&Postgres.drop_view(view)).await;
    }
    database.execute(&Postgres.drop_enum(&enum_type)).await;
    assert!(database.introspect().await.schema.is_empty());
    database.close().await;
}

#[test]
fn statements_tell_the_lock_that_they_take() {
    let table = table(vec![native("a", "integer")]);
    let lock = |changes: Vec<TableChange>| {
        let alteration = TableAlteration { before: table.clone(), after: table.clone(), changes };
        Postgres.alter_table(&alteration).iter().map(|statement| statement.lock).collect::<Vec<_>>()
    };
    assert_eq!(lock(vec![TableChange::AddColumn(native("b", "integer"))]), [Lock::ReadsAndWrites]);
    assert_eq!(lock(vec![TableChange::AddForeignKey(foreign_key("f", "a"))]), [Lock::Writes]);
    assert_eq!(lock(vec![TableChange::AddIndex(index("i", IndexKey::Column("a".into())))]), [Lock::Writes]);
    assert_eq!(lock(vec![TableChange::SetComment { before: None, after: Some("x".into()) }]), [Lock::None]);
    assert_eq!(
        lock(vec![TableChange::AddForeignKey(foreign_key("f", "a")), TableChange::DropColumn(native("b", "integer"))]),
        [Lock::ReadsAndWrites]
    );
    assert!(Postgres.create_table(&table, &[]).iter().all(|statement| statement.lock == Lock::None));
}

#[test]
fn statements_tell_for_how_long_they_hold_it() {
    let held = |change: TableChange| {
        let table = table(vec![native("a", "integer")]);
        let alteration = TableAlteration { before: table.clone(), after: table, changes: vec![change] };
        Postgres.alter_table(&alteration).iter().map(|statement| statement.held).max().unwrap()
    };
    let adding = |default| held(TableChange::AddColumn(with_default("b", "text", default)));
    for default in ["'x'::text", "now()", "CURRENT_TIMESTAMP", "date_trunc('day', now())", "'a'::character varying(3)"]
    {
        assert_eq!(adding(default), Held::Briefly, "{default}");
    }
    for default in ["gen_random_uuid()", "clock_timestamp()", "nextval('s'::regclass)", "\"Own\"()"] {
        assert_eq!(adding(default), Held::Rewrite, "{default}");
    }
    for (from, to, expected) in [
        ("character varying(10)", "character varying(20)", Held::Briefly),
        ("character varying(10)", "text", Held::Briefly),
        ("text", "character varying", Held::Briefly),
        ("character varying(20)", "character varying(10)", Held::Rewrite),
        ("text", "character varying(10)", Held::Rewrite),
        ("character(3)", "text", Held::Rewrite),
        ("numeric(10,2)", "numeric(12,2)", Held::Briefly),
        ("numeric(10,2)", "numeric", Held::Briefly),
        ("numeric(10,2)", "numeric(12,3)", Held::Rewrite),
        ("timestamp(3) without time zone", "timestamp(6) without time zone", Held::Briefly),
        ("timestamp(6) with time zone", "timestamp(3) with time zone", Held::Rewrite),
        ("integer", "bigint", Held::Rewrite),
    ] {
        let change = TableChange::AlterColumn { before: native("a", from), after: native("a", to) };
        assert_eq!(held(change), expected, "{from} -> {to}");
    }
    let required = Column { nullable: false, ..native("a", "integer") };
    let optional = Column { nullable: true, ..required.clone() };
    assert_eq!(held(TableChange::AlterColumn { before: optional, after: required }), Held::Scan);
    assert_eq!(held(TableChange::AddForeignKey(foreign_key("f", "a"))), Held::Scan);
    assert_eq!(held(TableChange::AddIndex(index("i", IndexKey::Column("a".into())))), Held::Rewrite);
    assert_eq!(held(TableChange::SetComment { before: None, after: Some("x".into()) }), Held::Briefly);
}
