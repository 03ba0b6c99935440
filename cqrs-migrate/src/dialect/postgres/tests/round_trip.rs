use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Deferrable, Dependency, EnumType, ForeignKey, Generated, Index, IndexKey,
    IndexPart, MatchType, Nulls, ObjectId, ObjectName, PrimaryKey, ReferentialAction, Schema, SortOrder, Str, Table,
    Unique, View,
};

use super::Scratch;

fn native(name: impl Into<Str>, text: &'static str) -> Column {
    Column::new(name, ColumnType::native(text))
}

fn names(names: &[&'static str]) -> cqrs_core::schema::List<Str> {
    names.iter().map(|name| Str::Borrowed(name)).collect()
}

fn index(name: &'static str, parts: Vec<IndexPart>) -> Index {
    Index {
        name: Some(name.into()),
        parts: parts.into(),
        unique: false,
        method: None,
        predicate: None,
        include: Vec::new().into(),
        nulls_not_distinct: false,
        ..Default::default()
    }
}

/// A schema that uses everything that the version of the server has, in its own spelling.
fn rich(version: i32) -> Schema {
    let mut schema = Schema::new();
    schema.add_enum(EnumType {
        name: ObjectName::new("mood"),
        values: vec!["sad".into(), "ok".into()],
        comment: Some("how it goes".into()),
        renamed_from: None,
        former_labels: Vec::new().into(),
    });
    schema.add_enum(EnumType {
        name: ObjectName::qualified("app", "mood"),
        values: Vec::new(),
        comment: None,
        renamed_from: None,
        former_labels: Vec::new().into(),
    });

    let mut parent = Table::new("parent");
    parent.columns = vec![
        native("a", "integer"),
        native("b", "character varying(10)"),
        Column { default: Some(DefaultValue::expression("'ok'::mood")), ..native("m", "mood") },
        Column { nullable: true, ..native("am", "app.mood") },
        Column { nullable: true, ..native("ma", "mood[]") },
    ]
    .into();
    parent.primary_key =
        Some(PrimaryKey { name: Some("pk of parent".into()), columns: names(&["b", "a"]), ..Default::default() });
    parent.uniques = vec![Unique { name: Some("u1".into()), columns: names(&["a"]), ..Default::default() }].into();
    schema.add_table(parent);

    let mut child = Table::new("child");
    child.comment = Some("a child".into());
    child.columns = vec![
        Column { auto_increment: true, ..native("id", "bigint") },
        Column { auto_increment: true, comment: Some("numbered".into()), ..native("se", "serial") },
        Column { nullable: true, ..native("a", "integer") },
        Column { nullable: true, ..native("b", "character varying(10)") },
        Column { nullable: true, ..native("o", "integer") },
        Column { collation: Some("C".into()), nullable: true, ..native("t", "text") },
        Column { nullable: true, ..native("j", "jsonb") },
        Column {
            nullable: true,
            generated: Some(Generated { expression: "upper(t)".into(), stored: true }),
            ..native("g", "text")
        },
    ]
    .into();
    child.primary_key =
        Some(PrimaryKey { name: Some("child_pkey".into()), columns: names(&["id"]), ..Default::default() });
    child.checks = vec![
        Check { name: Some("c1".into()), expression: "(a > 0) OR (b IS NULL)".into(), ..Default::default() },
        Check { name: Some("c2".into()), expression: "t <> ')'::text".into(), ..Default::default() },
    ]
    .into();
    let key = ForeignKey {
        name: Some("f1".into()),
        columns: names(&["b", "a"]),
        references: ObjectName::new("parent"),
        referenced_columns: names(&["b", "a"]),
        on_delete: ReferentialAction::Cascade,
        on_update: ReferentialAction::Restrict,
        match_type: MatchType::Full,
        deferrable: Deferrable::InitiallyDeferred,
        ..Default::default()
    };
    child.foreign_keys = vec![
        ForeignKey {
            name: Some("f2".into()),
            columns: names(&["a"]),
            referenced_columns: names(&["a"]),
            on_delete: ReferentialAction::SetNull,
            on_update: ReferentialAction::SetDefault,
            match_type: MatchType::Simple,
            deferrable: Deferrable::InitiallyImmediate,
            ..key.clone()
        },
        ForeignKey {
            name: Some("f3".into()),
            columns: names(&["o"]),
            references: ObjectName::qualified("app", "other"),
            referenced_columns: names(&["id"]),
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            match_type: MatchType::Simple,
            deferrable: Deferrable::No,
            ..Default::default()
        },
        key,
    ]
    .into();
    child.indexes = vec![
        index("i1", vec![IndexPart::column("a"), IndexPart::column("b")]),
        Index {
            unique: true,
            include: names(&["j"]),
            nulls_not_distinct: version >= 15,
            predicate: Some("(a > 0) AND (b IS NOT NULL)".into()),
            ..index(
                "i2",
                vec![
                    IndexPart { order: SortOrder::Descending, nulls: Some(Nulls::Last), ..IndexPart::column("a") },
                    IndexPart { nulls: Some(Nulls::First), ..IndexPart::column("o") },
                ],
            )
        },
        index("i3", vec![IndexPart::new(IndexKey::Expression("lower((b)::text)".into())), IndexPart::column("a")]),
        index("i4", vec![IndexPart::new(IndexKey::Expression("a + o".into()))]),
        Index {
            method: Some("gin".into()),
            ..index("i5", vec![IndexPart { operator_class: Some("jsonb_path_ops".into()), ..IndexPart::column("j") }])
        },
        index(
            "i6",
            vec![IndexPart {
                collation: Some("POSIX".into()),
                operator_class: Some("text_pattern_ops".into()),
                order: SortOrder::Descending,
                ..IndexPart::column("t")
            }],
        ),
        Index { method: Some("hash".into()), ..index("i7", vec![IndexPart::column("t")]) },
    ]
    .into();
    schema.add_table(child);

    let mut other = Table::new("other");
    other.schema = Some("app".into());
    other.columns = vec![native("id", "integer"), Column { nullable: true, ..native("ci", "text") }].into();
    other.columns.to_mut()[1].collation = Some("\"app\".\"my ci\"".into());
    other.primary_key =
        Some(PrimaryKey { name: Some("other_pkey".into()), columns: names(&["id"]), ..Default::default() });
    other.indexes = vec![index("other_ci_idx", vec![IndexPart::column("ci")])].into();
    schema.add_table(other);

    schema.add_table(Table::new("no_columns"));
    schema.add_view(View {
        name: ObjectName::new("v"),
        query: "SELECT child.id,\n    other.ci\n   FROM (child\n     JOIN app.other ON ((other.id = child.o)))".into(),
        materialized: false,
        columns: vec!["id".into(), "ci".into()],
        depends_on: [ObjectName::new("child"), ObjectName::qualified("app", "other")].map(on_table).to_vec(),
        comment: Some("a view".into()),
        ..Default::default()
    });
    schema.add_view(View {
        name: ObjectName::qualified("app", "mv"),
        query: if version >= 16 { "SELECT id\n   FROM v" } else { "SELECT v.id\n   FROM v" }.into(),
        materialized: true,
        columns: vec!["id".into()],
        depends_on: vec![Dependency::on(ObjectId::view(ObjectName::new("v")))],
        comment: Some("stored".into()),
        ..Default::default()
    });
    schema
}

#[tokio::test]
async fn a_rich_schema_comes_back_as_it_was() {
    let Some(mut database) = Scratch::open().await else { return };
    database
        .run("CREATE SCHEMA app; CREATE COLLATION app.\"my ci\" (provider = icu, locale = 'und-u-ks-level2')")
        .await;
    let mut schema = rich(database.version);
    let found = database.introspect().await;
    let told: Vec<_> = found.schema.objects.keys().map(|id| format!("{} {id}", id.kind)).collect();
    assert_eq!(told, ["schema app", "collation app.my ci"]);
    database.run("DROP SCHEMA app CASCADE").await;
    schema.objects = found.schema.objects;
    database.create(&schema).await;
    let found = database.introspect().await;
    for (name, table) in &schema.tables {
        assert_eq!(Some(table), found.schema.tables.get(name));
    }
    assert_eq!(schema, found.schema);
    assert_eq!(found.not_managed, []);
    database.close().await;
}

#[tokio::test]
async fn the_default_schema_is_the_one_of_the_connection() {
    let Some(mut database) = Scratch::open().await else { return };
    database
        .run(
            "CREATE SCHEMA \"My App\"; CREATE TABLE t (a int); SET search_path = nothing, \"My App\", public;
              CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (a mood DEFAULT 'a' REFERENCES t (a), PRIMARY KEY (a))",
        )
        .await;
    let found = database.introspect().await.schema;
    assert_eq!(found.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["t", "public.t"]);
    let table = &found.tables[&ObjectName::new("t")];
    assert_eq!(table.columns[0].column_type, ColumnType::native("mood"));
    assert_eq!(table.columns[0].default, Some(DefaultValue::expression("'a'::mood")));
    assert_eq!(table.foreign_keys[0].references, ObjectName::new("t"));
    let path: String = sqlx::query_scalar("SHOW search_path").fetch_one(&mut database.connection).await.unwrap();
    assert_eq!(path, "nothing, \"My App\", public", "the session keeps its own");

    database.run("SET search_path = nothing").await;
    let error = super::introspect(&mut database.connection, &crate::introspect::Selection::default())
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("no schema of the `search_path` exists"), "{error}");
    database.close().await;
}

/// A name with everything that breaks careless quoting.
const NASTY: &str = "Se\"l.e'ct  \\ \u{1f980};--$$%s{}";

#[tokio::test]
async fn nasty_names_and_texts_come_back_in_every_position() {
    let Some(mut database) = Scratch::open().await else { return };
    let nasty = |suffix: &str| Str::Owned(format!("{NASTY}{suffix}"));
    let quoted = |suffix: &str| super::super::sql::quote(&nasty(suffix));
    database.run(&format!("CREATE SCHEMA {}", quoted("schema"))).await;

    let mut schema = Schema::new();
    let enum_name = ObjectName { schema: Some(nasty("schema")), name: nasty("enum") };
    schema.add_enum(EnumType {
        name: enum_name.clone(),
        values: vec![nasty("1"), "it''s".into(), " ".into(), "".into()],
        comment: Some(nasty("comment")),
        renamed_from: None,
        former_labels: Vec::new().into(),
    });
    let printed = format!("{}.{}", quoted("schema"), quoted("enum"));
    let mut table = Table::new(nasty("table"));
    table.schema = Some(nasty("schema"));
    table.comment = Some(nasty("comment"));
    let default = format!("{}::text", super::super::sql::literal(&nasty("default")));
    table.columns = vec![
        Column {
            comment: Some(nasty("comment")),
            default: Some(DefaultValue::expression(default)),
            ..native(nasty("text"), "text")
        },
        Column {
            default: Some(DefaultValue::expression(format!("{}::{printed}", super::super::sql::literal(&nasty("1"))))),
            ..Column::new(nasty("enum"), ColumnType::native(printed))
        },
        Column { auto_increment: true, ..native(nasty("serial"), "bigserial") },
    ]
    .into();
    table.primary_key =
        Some(PrimaryKey { name: Some(nasty("pk")), columns: vec![nasty("text")].into(), ..Default::default() });
    table.uniques =
        vec![Unique { name: Some(nasty("u")), columns: vec![nasty("enum")].into(), ..Default::default() }].into();
    table.checks = vec![Check {
        name: Some(nasty("check")),
        expression: format!("{} <> {}::text", quoted("text"), super::super::sql::literal(NASTY)).into(),
        ..Default::default()
    }]
    .into();
    table.foreign_keys = vec![ForeignKey {
        name: Some(nasty("fk")),
        columns: vec![nasty("enum")].into(),
        references: table.object_name(),
        referenced_columns: vec![nasty("enum")].into(),
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        match_type: MatchType::Simple,
        deferrable: Deferrable::No,
        ..Default::default()
    }]
    .into();
    table.indexes = vec![Index {
        include: vec![nasty("serial")].into(),
        predicate: Some(format!("{} IS NOT NULL", quoted("text")).into()),
        ..index("x", vec![IndexPart::new(IndexKey::Expression(format!("lower({})", quoted("text")).into()))])
    }]
    .into();
    table.indexes.to_mut()[0].name = Some(nasty("index"));
    schema.add_view(View {
        name: ObjectName::new(nasty("view")),
        query: if database.version >= 16 {
            format!("SELECT {}\n   FROM {}.{}", quoted("text"), quoted("schema"), quoted("table"))
        } else {
            format!("SELECT {2}.{0}\n   FROM {1}.{2}", quoted("text"), quoted("schema"), quoted("table"))
        }
        .into(),
        materialized: false,
        columns: vec![nasty("text")],
        depends_on: vec![on_table(table.object_name())],
        comment: Some(nasty("comment")),
        ..Default::default()
    });
    schema.add_table(table);

    schema.objects = database.introspect().await.schema.objects;
    assert_eq!(schema.objects.len(), 1);
    database.create(&schema).await;
    let found = database.introspect().await;
    assert_eq!(schema, found.schema);
    assert_eq!(found.not_managed, []);
    database.close().await;
}

fn on_table(name: ObjectName) -> Dependency {
    Dependency::on(ObjectId::table(name))
}
