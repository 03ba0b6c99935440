use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Deferrable, Dependency, ForeignKey, Generated, Index, IndexKey, IndexPart,
    MatchType, ObjectId, ObjectName, PrimaryKey, ReferentialAction, SortOrder, Table, Unique, View,
};

use super::{column, database, foreign_key, key, nullable, numbered, recreated, schema, table, with_default};
use crate::dialect::sqlite::Sqlite;
use crate::dialect::{Dialect, Rules};

fn index(name: &'static str, parts: Vec<IndexPart>) -> Index {
    Index {
        name: Some(name.into()),
        parts: parts.into(),
        unique: false,
        method: None,
        predicate: None,
        include: Default::default(),
        nulls_not_distinct: false,
        ..Default::default()
    }
}

fn rich() -> Vec<Table> {
    let parent = Table {
        primary_key: Some(PrimaryKey {
            name: Some("the key".into()),
            columns: vec!["b".into(), "a".into()].into(),
            ..Default::default()
        }),
        uniques: vec![
            Unique { name: Some("parent_c".into()), columns: vec!["c".into()].into(), ..Default::default() },
            Unique { name: None, columns: vec!["c".into(), "a".into()].into(), ..Default::default() },
        ]
        .into(),
        checks: vec![
            Check {
                name: Some("a_positive".into()),
                expression: "\"a\" > 0 AND \"a\" <> -5".into(),
                ..Default::default()
            },
            Check { name: None, expression: "lower(\"c\") = 'A''b' OR \"c\" IS NULL".into(), ..Default::default() },
        ]
        .into(),
        ..table(
            "parent",
            vec![
                column("a", "INT"),
                column("b", "INT"),
                Column { collation: Some("NOCASE".into()), ..nullable("c", "VARCHAR(20)") },
            ],
        )
    };
    let generated = |name, expression: &'static str, stored| Column {
        generated: Some(Generated { expression: expression.into(), stored }),
        ..nullable(name, "INT")
    };
    let mut by_email = index("by_email", vec![IndexPart::new(IndexKey::Expression("lower(\"email\")".into()))]);
    by_email.unique = true;
    by_email.predicate = Some("\"deleted\" IS NULL AND \"n\" BETWEEN 1 AND 5".into());
    let mut descending = IndexPart::column("n");
    descending.order = SortOrder::Descending;
    let mut other_collation = IndexPart::column("email");
    other_collation.collation = Some("RTRIM".into());
    let child = Table {
        primary_key: key(&["id"]),
        indexes: vec![by_email, index("mixed", vec![descending, other_collation])].into(),
        foreign_keys: vec![
            ForeignKey {
                columns: vec!["pb".into(), "pa".into()].into(),
                referenced_columns: vec!["b".into(), "a".into()].into(),
                on_delete: ReferentialAction::Cascade,
                on_update: ReferentialAction::SetNull,
                deferrable: Deferrable::InitiallyDeferred,
                match_type: MatchType::Full,
                ..foreign_key("to_parent", "pb", "parent")
            },
            ForeignKey { name: None, deferrable: Deferrable::InitiallyImmediate, ..foreign_key("", "n", "child") },
            ForeignKey { referenced_columns: Default::default(), ..foreign_key("to_key", "n", "child") },
        ]
        .into(),
        ..table(
            "child",
            vec![
                numbered("id"),
                nullable("pa", "INT"),
                nullable("pb", "INT"),
                with_default("email", "TEXT", "'it''s \\ x'"),
                with_default("n", "NUMERIC(10,2)", "-1.50"),
                with_default("at", "TIMESTAMP", "CURRENT_TIMESTAMP"),
                with_default("day", "TEXT", "date('now', '-1 day')"),
                with_default("bytes", "BLOB", "x'00ff'"),
                nullable("deleted", ""),
                generated("twice", "\"n\" * 2", false),
                generated("next", "\"n\" + -1", true),
            ],
        )
    };
    vec![parent, child]
}

#[tokio::test]
async fn tables_come_back_as_they_were_made() {
    let rich = schema(rich());
    let found = recreated(&rich).await;
    assert_eq!(found.schema, rich);
    assert_eq!(found.not_managed, []);
}

#[tokio::test]
async fn foreign_keys_may_come_later() {
    let mut database = database().await;
    let rich = rich();
    for table in &rich {
        database.apply(&Sqlite.create_table(table, &[])).await;
    }
    for table in &rich {
        let alteration = crate::change::TableAlteration {
            before: Table { foreign_keys: Default::default(), ..table.clone() },
            after: table.clone(),
            changes: table.foreign_keys.iter().cloned().map(crate::change::TableChange::AddForeignKey).collect(),
        };
        database.apply(&Sqlite.alter_table(&alteration)).await;
    }
    assert_eq!(database.found().await.schema, schema(rich));
}

#[tokio::test]
async fn one_spelling_for_what_means_the_same() {
    let mut one = database().await;
    one.run(
        "create table T ( [A] int , `b` varchar(5) not null default ( 'x' ) collate nocase, e default true,
         g as (a*2) stored, /* c */ check (a>0 and t . B not like '%  %'), unique (B),
         foreign key (a) references t(A) match simple on delete no action)",
    )
    .await;
    one.run("create unique index I on t (a, (\"a\" + - -1) desc) where a ISNULL or b notnull").await;
    let mut two = database().await;
    two.run(
        "CREATE TABLE \"T\" (\"A\" INT, b VARCHAR(5) DEFAULT 'x' NOT NULL COLLATE \"NOCASE\" UNIQUE, e DEFAULT TRUE,
         g GENERATED ALWAYS AS (A * 2) STORED, CHECK (A > 0 AND \"T\".b NOT LIKE '%  %'),
         FOREIGN KEY (A) REFERENCES T (a))",
    )
    .await;
    two.run("CREATE UNIQUE INDEX I ON T (A, (A + - -1) DESC) WHERE A isnull OR b NOTNULL").await;
    let (one, two) = (one.found().await, two.found().await);
    assert_eq!(one, two);
    let table = &one.schema.tables[&ObjectName::new("T")];
    assert_eq!(table.checks[0].expression, "\"A\" > 0 AND \"T\".\"b\" NOT LIKE '%  %'");
    assert_eq!(table.indexes[0].parts[1].key, IndexKey::Expression("\"A\" + - -1".into()));
    assert_eq!(recreated(&one.schema).await.schema, one.schema);
}

#[tokio::test]
async fn views_stay_as_they_were_written() {
    let mut database = database().await;
    database.run("CREATE TABLE T (a, b)").await;
    database.run("create view V (x, [y z]) as select a /* why */, `b`  from t where a = 'A  b' -- all").await;
    let found = database.found().await;
    let view = &found.schema.views[&ObjectName::new("V")];
    assert_eq!(view.query, "select a /* why */, `b`  from t where a = 'A  b'");
    assert_eq!(*view.options, ["(\"x\", \"y z\")"]);
    assert_eq!(view.columns, ["x", "y z"]);
    assert_eq!(view.depends_on, [Dependency::on(ObjectId::table(ObjectName::new("T")))]);
    assert_eq!(recreated(&found.schema).await, found);
}

const NASTY: [&str; 9] =
    ["select", "with space", "a.b", "q\"q", "it's", "back`tick", "[bracket]", "🦀 é", "semi;--/*x*/\\"];

#[tokio::test]
async fn any_name_and_any_text_in_any_place() {
    let mut tables = Vec::new();
    for name in NASTY {
        let text: String = format!("'{}'", name.replace('\'', "''"));
        let mut id = column("id", "INT");
        id.name = name.into();
        let mut label = column("label", "TEXT");
        label.name = format!("{name} label").into();
        label.default = Some(DefaultValue::expression(text.clone()));
        let quoted = Sqlite.quote(name);
        let mut part = index(
            "",
            vec![IndexPart::column(name), IndexPart::new(IndexKey::Expression(format!("{quoted} + 1").into()))],
        );
        part.name = Some(format!("{name} index").into());
        part.predicate = Some(format!("{quoted} > 0").into());
        let named = |kind: &str| Some(format!("{name} {kind}").into());
        tables.push(Table {
            columns: vec![id, label].into(),
            primary_key: Some(PrimaryKey {
                name: named("key"),
                columns: vec![name.into()].into(),
                ..Default::default()
            }),
            uniques: vec![Unique {
                name: named("unique"),
                columns: vec![format!("{name} label").into()].into(),
                ..Default::default()
            }]
            .into(),
            checks: vec![Check {
                name: named("check"),
                expression: format!("{quoted} IN (1, {text})").into(),
                ..Default::default()
            }]
            .into(),
            indexes: vec![part].into(),
            foreign_keys: vec![ForeignKey {
                name: named("reference"),
                columns: vec![name.into()].into(),
                references: ObjectName::new(name),
                referenced_columns: vec![name.into()].into(),
                ..foreign_key("", "", "")
            }]
            .into(),
            ..Table::new(name)
        });
    }
    let mut nasty = schema(tables);
    for name in NASTY {
        nasty.add_view(View {
            name: ObjectName::new(format!("{name} view")),
            query: format!("SELECT {0} FROM {0}", Sqlite.quote(name)).into(),
            materialized: false,
            columns: vec![name.into()],
            depends_on: vec![Dependency::on(ObjectId::table(ObjectName::new(name)))],
            comment: None,
            ..Default::default()
        });
    }
    let found = recreated(&nasty).await;
    assert_eq!(found.schema, nasty);
    assert_eq!(found.not_managed, []);
}

#[test]
fn no_enum_types() {
    let declared = table(
        "t",
        vec![Column::new(
            "a",
            ColumnType::Enum {
                name: "e".into(),
                values: vec!["x".into()].into(),
                renamed_from: None,
                former_labels: Vec::new().into(),
            },
        )],
    );
    let lowered = Dialect::Sqlite.lower(&cqrs_core::schema::Schema::declare([declared]).unwrap()).unwrap();
    assert!(lowered.enums.is_empty());
}
