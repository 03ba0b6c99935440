use cqrs_core::schema::{
    Check, ColumnType, DefaultValue, Generated, IndexPart, Literal, ReferentialAction, SortOrder, Table, Unique,
};

use super::database::{TestDatabase, assert_same, lowered};
use super::{column, foreign_key, index, names, nullable, table, varchar, with_default};

fn now() -> DefaultValue {
    DefaultValue::expression("now()")
}

fn number(text: &'static str) -> DefaultValue {
    DefaultValue::Value(Literal::Number(text.into()))
}

fn text(text: &'static str) -> DefaultValue {
    DefaultValue::Value(Literal::Text(text.into()))
}

/// Every portable type, required and nullable, with every kind of default that it takes.
fn types() -> Table {
    let severity = ColumnType::Enum {
        name: "severity".into(),
        values: names(&["low", "it's", "a,b", "back\\slash", "ü"]).into(),
        renamed_from: None,
        former_labels: Vec::new().into(),
    };
    let moment = ColumnType::DateTime { time_zone: true };
    let mut stamped = with_default("stamped", moment.clone(), DefaultValue::expression("CURRENT_TIMESTAMP"));
    stamped.comment = Some("when it's \"made\" \\ kept\nhere".into());
    let mut collated = column("collated", varchar(20));
    collated.collation = Some("utf8mb4_bin".into());
    table(
        "types",
        vec![
            column("bounded", varchar(40)),
            nullable("unbounded_varchar", ColumnType::String { length: None }),
            nullable("body", ColumnType::Text),
            with_default("small", ColumnType::SmallInteger, number("-7")),
            with_default("whole", ColumnType::Integer, number("5")),
            with_default("flag", ColumnType::Boolean, DefaultValue::Value(Literal::Boolean(true))),
            with_default("flag_by_word", ColumnType::Boolean, DefaultValue::expression("FALSE")),
            nullable("ratio", ColumnType::Float),
            with_default("precise", ColumnType::Double, number("1.50")),
            with_default("price", ColumnType::Numeric { precision: Some(10), scale: Some(2) }, number("1.5")),
            nullable("count", ColumnType::Numeric { precision: Some(12), scale: None }),
            with_default("day", ColumnType::Date, now()),
            with_default("hour", ColumnType::Time, now()),
            with_default("moment", moment, now()),
            with_default("reading", ColumnType::DateTime { time_zone: false }, DefaultValue::expression("(now(3))")),
            nullable("document", ColumnType::Json),
            with_default("document_with_default", ColumnType::Json, text("{}")),
            nullable("bytes", ColumnType::Binary),
            nullable("key_of_another", ColumnType::Uuid),
            with_default("severity", severity, text("it's")),
            with_default("quoted", varchar(40), text("it's \"q\" \\ \n ü")),
            with_default("empty", varchar(40), text("")),
            with_default("word_null", varchar(40), text("NULL")),
            with_default("long_default", ColumnType::Text, text("it's")),
            with_default("computed_default", varchar(80), DefaultValue::expression("concat('a','b')")),
            with_default("now_as_text", varchar(80), now()),
            with_default("no_default", varchar(80), DefaultValue::expression("null")),
            nullable("unsigned", ColumnType::native("INT(10) UNSIGNED")),
            nullable("tiny", ColumnType::native("tinyint(4)")),
            nullable("filled", ColumnType::native("int(7) unsigned zerofill")),
            nullable("old_time", ColumnType::native("timestamp")),
            nullable("place", ColumnType::native("point")),
            nullable("letters", ColumnType::native("SET('x','Y z')")),
            nullable("real_one", ColumnType::native("double precision")),
            nullable("aliased", ColumnType::native("NUMERIC( 8 , 3 )")),
            stamped,
            collated,
        ],
    )
}

fn keys() -> Vec<Table> {
    let mut parent = table("parent", vec![column("code", varchar(20)), column("part", ColumnType::Integer)]);
    parent.columns.to_mut()[0].auto_increment = true;
    parent.uniques = vec![Unique { name: None, columns: names(&["code", "part"]).into(), ..Default::default() }].into();
    parent.comment = Some("the parent's".into());

    let mut child = table(
        "child",
        vec![
            nullable("parent_id", ColumnType::BigInteger),
            nullable("code", varchar(20)),
            nullable("part", ColumnType::Integer),
            nullable("body", ColumnType::Text),
            nullable("level", ColumnType::Integer),
            nullable("doubled", ColumnType::Integer),
            nullable("tripled", ColumnType::Integer),
        ],
    );
    child.columns.to_mut()[6].generated = Some(Generated { expression: "`level` * 2".into(), stored: false });
    child.columns.to_mut()[7].generated = Some(Generated { expression: "(`level` * 3)".into(), stored: true });
    child.columns.to_mut()[7].nullable = false;
    let mut to_parent = foreign_key("child_parent", &["parent_id"], "parent", &["id"]);
    to_parent.on_delete = ReferentialAction::Cascade;
    let mut to_code = foreign_key("child_code", &["code", "part"], "parent", &["code", "part"]);
    to_code.on_update = ReferentialAction::SetNull;
    let to_itself = foreign_key("child_self", &["id"], "child", &["id"]);
    child.foreign_keys = vec![to_parent, to_code, to_itself].into();
    let mut by_prefix = IndexPart::column("body");
    by_prefix.prefix_length = Some(20);
    let mut downwards = IndexPart::column("level");
    downwards.order = SortOrder::Descending;
    let mut full_text = index("child_words", vec![IndexPart::column("body")]);
    full_text.method = Some("FULLTEXT".into());
    let mut unique_prefix = index("child_unique_prefix", vec![by_prefix.clone()]);
    unique_prefix.unique = true;
    let mut unique = index("child_unique", vec![IndexPart::column("level"), IndexPart::column("part")]);
    unique.unique = true;
    child.indexes = vec![
        index("child_body", vec![by_prefix, IndexPart::column("id")]),
        index("child_level", vec![downwards]),
        index(
            "child_code_part",
            vec![IndexPart::column("code"), IndexPart::column("part"), IndexPart::column("level")],
        ),
        full_text,
        unique_prefix,
        unique,
    ]
    .into();
    child.checks = vec![
        Check { name: Some("level_range".into()), expression: "`level` between 1 and 5".into(), ..Default::default() },
        Check { name: None, expression: "(`level` > 0 or `body` <> 'it''s')".into(), ..Default::default() },
    ]
    .into();

    let mut compound = table("compound", vec![column("a", varchar(10)), column("b", varchar(10))]);
    compound.primary_key.as_mut().unwrap().columns = names(&["b", "a"]).into();
    compound.primary_key.as_mut().unwrap().name = Some("named".into());
    vec![parent, child, compound]
}

#[tokio::test]
async fn what_is_lowered_is_introspected() {
    let Some(mut database) = TestDatabase::create("types").await else { return };
    let mut tables = keys();
    tables.push(types());
    let mut wanted = lowered(tables);
    database.make(&wanted).await;
    let found = database.introspect().await;
    assert_eq!(found.not_managed, []);
    // The one spelling that the lowering cannot know.
    let child = wanted.tables.values_mut().find(|table| table.name == "child").unwrap();
    for check in child.checks.to_mut() {
        if check.expression.contains("it''s") {
            check.expression = "`level` > 0 or `body` <> 'it\\'s'".into();
        }
    }
    assert_same(&found.schema, &wanted);
    database.drop().await;

    let Some(mut again) = TestDatabase::create("types_again").await else { return };
    again.make(&found.schema).await;
    assert_same(&again.schema().await, &found.schema);
    again.drop().await;
}

#[tokio::test]
async fn defaults_give_the_values_that_were_declared() {
    let Some(mut database) = TestDatabase::create("values").await else { return };
    let wanted = lowered(vec![types()]);
    database.make(&wanted).await;
    database
        .run("SET SESSION sql_mode = ''; INSERT INTO types (id, bounded, no_default, collated) VALUES (1, '', '', '')")
        .await;
    for (sql, value) in [
        ("quoted", "it's \"q\" \\ \n ü"),
        ("severity", "it's"),
        ("empty", ""),
        ("word_null", "NULL"),
        ("long_default", "it's"),
        ("document_with_default", "{}"),
        ("computed_default", "ab"),
        ("CAST(price AS CHAR)", "1.50"),
        ("CAST(flag AS CHAR)", "1"),
        ("CAST(flag_by_word AS CHAR)", "0"),
        ("CAST(day = UTC_DATE() AS CHAR)", "1"),
        ("CAST(ABS(TIMESTAMPDIFF(SECOND, moment, UTC_TIMESTAMP())) < 60 AS CHAR)", "1"),
        ("CAST(MICROSECOND(moment) = MICROSECOND(reading) AS CHAR)", "1"),
    ] {
        assert_eq!(database.text(&format!("SELECT {sql} FROM types")).await.as_deref(), Some(value), "{sql}");
    }
    database.drop().await;
}

#[tokio::test]
async fn views_are_the_same_wherever_they_live() {
    let Some(mut database) = TestDatabase::create("views").await else { return };
    let name = database.name.clone();
    database.make(&lowered(keys())).await;
    database
        .run(&format!(
            "CREATE VIEW plain AS SELECT p.id, c.level, '`{name}`.`x` 😀?' AS s, 1 AS `{name}` FROM parent p JOIN child c ON c.parent_id = p.id;
             CREATE SQL SECURITY INVOKER VIEW checked AS SELECT id, part FROM child WHERE part > 1 WITH LOCAL CHECK OPTION;
             CREATE ALGORITHM=TEMPTABLE VIEW of_views (x, y) AS SELECT count(*), max(plain.level) FROM plain, checked"
        ))
        .await;
    let found = database.schema().await;
    let view = |name: &'static str| &found.views[&cqrs_core::schema::ObjectName::new(name)];
    assert_eq!(
        view("plain").columns,
        names(&["id", "level", "s"]).into_iter().chain([name.clone().into()]).collect::<Vec<_>>()
    );
    assert!(view("plain").query.contains(&format!("'`{name}`.`x` 😀?'")), "{}", view("plain").query);
    assert!(!view("plain").query.contains(&format!("`{name}`.`parent`")), "{}", view("plain").query);
    assert!(view("checked").query.ends_with(" WITH LOCAL CHECK OPTION"), "{}", view("checked").query);
    assert_eq!(*view("checked").options, ["SQL SECURITY INVOKER"]);
    assert_eq!(*view("of_views").options, ["ALGORITHM=TEMPTABLE"]);
    let depends: Vec<&str> = view("of_views").depends_on.iter().map(|need| need.on.name.name.as_ref()).collect();
    assert_eq!(depends, ["checked", "plain"]);
    let Some(mut again) = TestDatabase::create("views_again").await else { return };
    again.make(&found).await;
    assert_same(&again.schema().await, &found);
    again.drop().await;
    database.drop().await;
}
