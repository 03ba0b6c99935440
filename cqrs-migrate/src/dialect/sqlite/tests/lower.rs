use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Index, IndexPart, Literal, MatchType, Nulls, SortOrder, Table,
};

use super::{foreign_key, key, recreated, schema, table};
use crate::dialect::sqlite::lower::lower_table;

fn every_type() -> Vec<(&'static str, ColumnType, &'static str)> {
    let values = vec!["it's".into(), "a\"b\\".into()].into();
    vec![
        ("string", ColumnType::String { length: None }, "VARCHAR"),
        ("string40", ColumnType::String { length: Some(40) }, "VARCHAR(40)"),
        ("text", ColumnType::Text, "TEXT"),
        ("small", ColumnType::SmallInteger, "SMALLINT"),
        ("int", ColumnType::Integer, "INT"),
        ("big", ColumnType::BigInteger, "BIGINT"),
        ("float", ColumnType::Float, "FLOAT"),
        ("double", ColumnType::Double, "DOUBLE"),
        ("numeric", ColumnType::Numeric { precision: None, scale: None }, "NUMERIC"),
        ("numeric10", ColumnType::Numeric { precision: Some(10), scale: None }, "NUMERIC(10)"),
        ("numeric10_2", ColumnType::Numeric { precision: Some(10), scale: Some(2) }, "NUMERIC(10,2)"),
        ("boolean", ColumnType::Boolean, "BOOLEAN"),
        ("date", ColumnType::Date, "DATE"),
        ("time", ColumnType::Time, "TIME"),
        ("moment", ColumnType::DateTime { time_zone: true }, "TIMESTAMP"),
        ("clock", ColumnType::DateTime { time_zone: false }, "DATETIME"),
        ("json", ColumnType::Json, "JSON"),
        ("binary", ColumnType::Binary, "BLOB"),
        ("uuid", ColumnType::Uuid, "BLOB"),
        (
            "label",
            ColumnType::Enum { name: "labels".into(), values, renamed_from: None, former_labels: Vec::new().into() },
            "TEXT",
        ),
        ("native", ColumnType::native("double   precision"), "DOUBLE PRECISION"),
    ]
}

fn of(column_type: ColumnType) -> Table {
    table("t", vec![Column::new("c", column_type)])
}

#[tokio::test]
async fn every_type_is_what_the_database_tells() {
    let mut declared = Table::new("t");
    declared.columns = every_type().into_iter().map(|(name, column_type, _)| Column::new(name, column_type)).collect();
    let lowered = lower_table(&declared).unwrap();
    for (name, _, native) in every_type() {
        assert_eq!(lowered.column(name).unwrap().column_type, ColumnType::native(native));
    }
    let expression = "\"label\" IN ('it''s', 'a\"b\\')".into();
    assert_eq!(*lowered.checks, [Check { name: Some("t_label_enum".into()), expression, ..Default::default() }]);
    assert_eq!(recreated(&schema([lowered.clone()])).await.schema, schema([lowered]));
}

#[tokio::test]
async fn only_auto_increment_makes_an_alias_of_the_rowid() {
    for (column_type, auto_increment, native) in [
        (ColumnType::Integer, false, "INT"),
        (ColumnType::BigInteger, false, "BIGINT"),
        (ColumnType::SmallInteger, true, "INTEGER"),
        (ColumnType::BigInteger, true, "INTEGER"),
    ] {
        let mut declared = of(column_type);
        declared.columns.to_mut()[0].auto_increment = auto_increment;
        declared.primary_key = key(&["c"]);
        let lowered = lower_table(&declared).unwrap();
        assert_eq!(lowered.columns[0].column_type, ColumnType::native(native));
        let schema = schema([lowered]);
        let mut database = super::database().await;
        database.create(&schema).await;
        assert_eq!(database.found().await.schema, schema);
        let numbers = database.try_run("INSERT INTO t DEFAULT VALUES").await;
        assert_eq!(numbers.is_ok(), auto_increment, "{native}");
    }
}

#[tokio::test]
async fn defaults_are_what_the_database_tells() {
    let date = ColumnType::Date;
    let moment = ColumnType::DateTime { time_zone: true };
    for (column_type, declared, sql) in [
        (ColumnType::Boolean, DefaultValue::Value(Literal::Boolean(true)), Some("TRUE")),
        (ColumnType::Integer, DefaultValue::Value(Literal::Number("-1".into())), Some("-1")),
        (ColumnType::Text, DefaultValue::Value(Literal::Text("it's \\ \"x\"".into())), Some("'it''s \\ \"x\"'")),
        (moment.clone(), DefaultValue::expression("now()"), Some("CURRENT_TIMESTAMP")),
        (moment.clone(), DefaultValue::expression("Now()"), Some("CURRENT_TIMESTAMP")),
        (moment, DefaultValue::expression("current_timestamp"), Some("CURRENT_TIMESTAMP")),
        (date, DefaultValue::expression("now()"), Some("CURRENT_DATE")),
        (ColumnType::Time, DefaultValue::expression("CURRENT_TIMESTAMP"), Some("CURRENT_TIME")),
        (ColumnType::Text, DefaultValue::expression("(datetime('now'))"), Some("datetime('now')")),
        (ColumnType::Text, DefaultValue::expression("('(' || ')')"), Some("'(' || ')'")),
        (ColumnType::Text, DefaultValue::expression("null"), None),
    ] {
        let mut table = of(column_type);
        table.columns.to_mut()[0].default = Some(declared);
        let lowered = lower_table(&table).unwrap();
        assert_eq!(lowered.columns[0].default, sql.map(DefaultValue::expression));
        assert_eq!(recreated(&schema([lowered.clone()])).await.schema, schema([lowered]));
    }
}

#[test]
fn what_there_is_not_is_dropped() {
    let mut declared = of(ColumnType::Text);
    declared.comment = Some("table".into());
    declared.columns.to_mut()[0].comment = Some("column".into());
    declared.columns.to_mut()[0].collation = Some("binary".into());
    declared.columns.to_mut()[0].renamed_from = Some("old".into());
    declared.renamed_from = Some("before".into());
    let lowered = lower_table(&declared).unwrap();
    assert_eq!((lowered.comment, lowered.renamed_from), (None, Some("before".into())));
    let column = &lowered.columns[0];
    assert_eq!((&column.comment, &column.collation, &column.renamed_from), (&None, &None, &Some("old".into())));
}

#[test]
fn what_cannot_be_said_is_refused() {
    let index = Index {
        name: Some("i".into()),
        parts: vec![IndexPart::column("c")].into(),
        unique: false,
        method: None,
        predicate: None,
        include: Default::default(),
        nulls_not_distinct: false,
        ..Default::default()
    };
    let with_index = |change: fn(&mut Index)| {
        let mut index = index.clone();
        change(&mut index);
        Table { indexes: vec![index].into(), ..of(ColumnType::Text) }
    };
    assert!(lower_table(&with_index(|_| {})).is_ok());
    assert!(lower_table(&with_index(|index| index.parts.to_mut()[0].nulls = Some(Nulls::First))).is_ok());
    let descending = with_index(|index| {
        index.parts.to_mut()[0].order = SortOrder::Descending;
        index.parts.to_mut()[0].nulls = Some(Nulls::Last);
    });
    assert_eq!(lower_table(&descending).unwrap().indexes[0].parts[0].nulls, None);

    let number = |auto: bool, column_type: ColumnType, default: Option<DefaultValue>| {
        let mut table = of(column_type);
        table.columns.to_mut()[0].auto_increment = auto;
        table.columns.to_mut()[0].default = default;
        Table { primary_key: key(&["c"]), ..table }
    };
    let no_key = Table { primary_key: None, ..number(true, ColumnType::Integer, None) };
    let mut full = of(ColumnType::Text);
    full.foreign_keys = vec![foreign_key("f", "c", "p")].into();
    full.foreign_keys.to_mut()[0].match_type = MatchType::Full;
    let inf = DefaultValue::Value(Literal::Number("inf".into()));
    let nul = DefaultValue::Value(Literal::Text("a\0b".into()));
    for (refused, what) in [
        (with_index(|index| index.method = Some("gin".into())), "method `gin` of index `i`"),
        (with_index(|index| index.include = vec!["c".into()].into()), "included columns of index `i`"),
        (with_index(|index| index.nulls_not_distinct = true), "`nulls_not_distinct` of index `i`"),
        (with_index(|index| index.parts.to_mut()[0].prefix_length = Some(3)), "prefix length of index `i`"),
        (with_index(|index| index.parts.to_mut()[0].operator_class = Some("o".into())), "operator class of index `i`"),
        (with_index(|index| index.parts.to_mut()[0].nulls = Some(Nulls::Last)), "order of nulls of index `i`"),
        (Table { schema: Some("app".into()), ..of(ColumnType::Text) }, "schema `app`"),
        (no_key, "auto_increment"),
        (number(true, ColumnType::Text, None), "auto_increment"),
        (number(true, ColumnType::Integer, Some("1".into())), "default of a numbered column"),
        (number(false, ColumnType::Integer, Some(inf)), "default `inf`"),
        (number(false, ColumnType::Text, Some(nul)), "default with a NUL character"),
        (full, "`MATCH FULL` of foreign key `f`"),
    ] {
        assert_eq!(lower_table(&refused).unwrap_err().what, what);
    }
}
