use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, Generated, Index, IndexKey, IndexPart, Literal, PrimaryKey, Schema, SortOrder,
    Table,
};

use super::{Postgres, Scratch};
use crate::dialect::{Dialect, Rules};

fn column(name: &'static str, column_type: ColumnType) -> Column {
    Column::new(name, column_type)
}

fn with_default(name: &'static str, column_type: ColumnType, default: DefaultValue) -> Column {
    Column { default: Some(default), ..Column::new(name, column_type) }
}

fn text(value: &'static str) -> DefaultValue {
    DefaultValue::Value(Literal::Text(value.into()))
}

fn number(value: &'static str) -> DefaultValue {
    DefaultValue::Value(Literal::Number(value.into()))
}

fn mood() -> ColumnType {
    ColumnType::Enum {
        name: "Mood of day".into(),
        values: vec!["so so".into(), "o'k".into()].into(),
        renamed_from: None,
        former_labels: Vec::new().into(),
    }
}

/// One table with every portable type and every kind of default.
fn declared() -> Schema {
    let mut table = Table::new("everything");
    table.comment = Some("it's \\ all".into());
    table.primary_key = Some(PrimaryKey { name: None, columns: vec!["id".into()].into(), ..Default::default() });
    table.columns = vec![
        Column { auto_increment: true, nullable: true, ..column("id", ColumnType::BigInteger) },
        column("s", ColumnType::String { length: Some(40) }),
        column("s0", ColumnType::String { length: None }),
        Column { collation: Some("C".into()), ..column("t", ColumnType::Text) },
        column("si", ColumnType::SmallInteger),
        column("r", ColumnType::Float),
        column("d", ColumnType::Double),
        column("n", ColumnType::Numeric { precision: None, scale: None }),
        column("n1", ColumnType::Numeric { precision: Some(10), scale: None }),
        column("n2", ColumnType::Numeric { precision: Some(10), scale: Some(2) }),
        column("day", ColumnType::Date),
        column("ti", ColumnType::Time),
        column("by", ColumnType::Binary),
        column("native", ColumnType::native("tsvector")),
        column("ss", ColumnType::native("SERIAL2")),
        with_default("b", ColumnType::Boolean, DefaultValue::Value(Literal::Boolean(false))),
        with_default("i1", ColumnType::Integer, number("1")),
        with_default("i2", ColumnType::SmallInteger, number("-1")),
        with_default("i3", ColumnType::BigInteger, number("5000000000")),
        with_default("i4", ColumnType::Numeric { precision: Some(6), scale: Some(2) }, number("1.50")),
        with_default("i5", ColumnType::Double, number("-1.5")),
        with_default("i6", ColumnType::Text, number("5")),
        with_default("s1", ColumnType::String { length: Some(9) }, text("it's a \\ x")),
        with_default("s2", ColumnType::Text, text("")),
        with_default("s3", ColumnType::native("citext_like"), text("")),
        with_default("j", ColumnType::Json, text("{}")),
        with_default("u", ColumnType::Uuid, text("6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
        with_default("m", mood(), text("o'k")),
        with_default("d1", ColumnType::DateTime { time_zone: true }, "now()".into()),
        with_default("d2", ColumnType::DateTime { time_zone: false }, "NOW()".into()),
        with_default("d3", ColumnType::Date, "current_timestamp".into()),
        with_default("d4", ColumnType::Text, "Current_Timestamp".into()),
        with_default("d5", ColumnType::Time, "now( )".into()),
        with_default("d6", ColumnType::Date, text("2026-01-31")),
        with_default("z", ColumnType::Text, "null".into()),
        with_default("bx", ColumnType::Boolean, "1 = 1 AND true".into()),
        Column {
            generated: Some(Generated { expression: "(upper(t))".into(), stored: true }),
            ..column("g", ColumnType::Text)
        },
    ]
    .into();
    let mut columns = table.columns.to_vec();
    columns.retain(|column| column.name != "s3");
    table.columns = columns.into();
    table.indexes = vec![Index {
        name: None,
        parts: vec![
            IndexPart { order: SortOrder::Descending, ..IndexPart::column("s") },
            IndexPart::new(IndexKey::Expression("(lower(i6))".into())),
        ]
        .into(),
        unique: true,
        method: Some("BTREE".into()),
        predicate: Some("(si > 0)".into()),
        include: vec!["d".into()].into(),
        nulls_not_distinct: false,
        ..Default::default()
    }]
    .into();
    Schema::declare([table]).unwrap()
}

#[tokio::test]
async fn lowered_is_what_the_server_prints() {
    let Some(mut database) = Scratch::open().await else { return };
    let lowered = Dialect::Postgres.lower(&declared()).unwrap();
    database.create(&lowered).await;
    let found = database.introspect().await;

    let (lowered_table, found_table) =
        (lowered.tables.values().next().unwrap(), found.schema.tables.values().next().unwrap());
    for column in lowered_table.columns.iter().filter(|column| column.name != "bx") {
        assert_eq!(Some(column), found_table.column(&column.name));
    }
    // What the server does to an expression is for the shadow to find out.
    assert_eq!(found_table.column("bx").unwrap().default, Some(DefaultValue::expression("((1 = 1) AND true)")));
    assert_eq!(lowered_table.indexes, found_table.indexes);
    assert_eq!(lowered_table.primary_key, found_table.primary_key);
    assert_eq!(lowered_table.comment, found_table.comment);
    assert_eq!(lowered.enums, found.schema.enums);
    assert_eq!(found.not_managed, []);
    database.close().await;
}

#[test]
fn lowering_what_is_lowered_changes_nothing() {
    let lowered = Dialect::Postgres.lower(&declared()).unwrap();
    for table in lowered.tables.values() {
        assert_eq!(&Postgres.lower_table(table).unwrap(), table);
    }
}

#[test]
fn what_the_server_lacks_is_refused() {
    let refused = |change: &dyn Fn(&mut Table)| {
        let mut table = Table::new("t");
        table.columns = vec![column("c", ColumnType::Text)].into();
        change(&mut table);
        Postgres.lower_table(&table).unwrap_err().to_string()
    };
    let with_column = |column: Column| refused(&|table| table.columns = vec![column.clone()].into());
    let with_index = |index: &dyn Fn(&mut Index)| {
        let mut made = Index {
            name: Some("i".into()),
            parts: vec![IndexPart::column("c")].into(),
            unique: false,
            method: None,
            predicate: None,
            include: Vec::new().into(),
            nulls_not_distinct: false,
            ..Default::default()
        };
        index(&mut made);
        refused(&|table| table.indexes = vec![made.clone()].into())
    };

    assert_eq!(
        with_column(Column { auto_increment: true, ..column("c", ColumnType::Text) }),
        "not supported: auto_increment of `t.c` on PostgreSQL: only integers are numbered, and this is `text`: use an integer type"
    );
    assert!(with_column(column("c", ColumnType::String { length: Some(0) })).contains("or `text`"));
    assert!(
        with_column(column("c", ColumnType::Numeric { precision: Some(2), scale: Some(3) })).contains("precision 2")
    );
    assert!(
        with_column(column(
            "c",
            ColumnType::Enum {
                name: "box".into(),
                values: vec![].into(),
                renamed_from: None,
                former_labels: Vec::new().into()
            }
        ))
        .contains("`box`")
    );
    assert!(with_column(with_default("c", ColumnType::Text, text("\0"))).contains("U+0000"));
    assert!(with_column(with_default("c", ColumnType::Integer, number("nan"))).contains("it is no number"));
    let generated = Generated { expression: "1".into(), stored: false };
    assert!(
        with_column(Column { generated: Some(generated), ..column("c", ColumnType::Integer) })
            .contains("remove `virtual`")
    );
    assert!(refused(&|table| table.name = "n".repeat(64).into()).contains("at most 63 bytes"));
    assert!(with_index(&|index| index.method = Some("fulltext".into())).contains("to_tsvector"));
    assert!(with_index(&|index| index.parts.to_mut()[0].prefix_length = Some(3)).contains("left("));
    assert!(
        with_index(&|index| (index.method, index.unique) = (Some("gin".into()), true)).contains("remove the method")
    );
}
