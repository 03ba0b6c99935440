use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, Deferrable, Generated, IndexPart, Literal, ReferentialAction, Str, Table,
};

use super::{column, foreign_key, index, names, nullable, table, varchar, with_default};
use crate::dialect::mysql::MySql;
use crate::dialect::{LowerError, Rules};

fn refused(table: &Table) -> LowerError {
    MySql.lower_table(table).unwrap_err()
}

#[test]
fn every_spelling_of_now_is_understood() {
    for spelling in ["now()", "NOW( )", "current_timestamp", "CURRENT_TIMESTAMP(3)", "(localtimestamp)"] {
        for (column_type, wanted) in [
            (ColumnType::DateTime { time_zone: true }, "current_timestamp(6)"),
            (ColumnType::native("timestamp"), "current_timestamp()"),
            (ColumnType::Date, "curdate()"),
            (ColumnType::Time, "curtime(6)"),
            (varchar(40), "current_timestamp()"),
        ] {
            let declared = table("t", vec![with_default("a", column_type, DefaultValue::expression(spelling))]);
            let lowered = MySql.lower_table(&declared).unwrap();
            assert_eq!(lowered.columns[1].default, Some(DefaultValue::expression(wanted)), "{spelling}");
        }
    }
    let declared = table("t", vec![with_default("a", varchar(40), DefaultValue::expression("now"))]);
    assert_eq!(MySql.lower_table(&declared).unwrap().columns[1].default, Some(DefaultValue::expression("now")));
}

#[test]
fn what_only_a_declaration_says_is_carried_through() {
    let mut declared = table("t", vec![column("a", varchar(10))]);
    declared.renamed_from = Some("old".into());
    declared.columns.to_mut()[1].renamed_from = Some("b".into());
    declared.columns.to_mut()[1].access = cqrs_core::schema::Access::WriteOnly;
    declared.primary_key.as_mut().unwrap().name = Some("t_pkey".into());
    let lowered = MySql.lower_table(&declared).unwrap();
    assert_eq!(lowered.renamed_from, declared.renamed_from);
    assert_eq!(lowered.columns[1].renamed_from, Some("b".into()));
    assert_eq!(lowered.columns[1].access, cqrs_core::schema::Access::WriteOnly);
    assert_eq!(lowered.primary_key.unwrap().name, None);
}

#[test]
fn a_foreign_key_brings_its_index_only_where_no_key_leads_with_its_columns() {
    let key = |columns: &[&'static str]| foreign_key("k", columns, "other", columns);
    let indexes = |table: &Table| -> Vec<Str> {
        MySql.lower_table(table).unwrap().indexes.iter().filter_map(|index| index.name.clone()).collect()
    };
    let mut declared = table("t", vec![column("a", ColumnType::Integer), column("b", ColumnType::Integer)]);
    declared.foreign_keys = vec![key(&["a", "b"])].into();
    assert_eq!(indexes(&declared), ["k"]);
    declared.indexes = vec![index("i", vec![IndexPart::column("b"), IndexPart::column("a")])].into();
    assert_eq!(indexes(&declared), ["i", "k"]);
    declared.indexes = vec![index("i", ["a", "b", "id"].into_iter().map(IndexPart::column).collect())].into();
    assert_eq!(indexes(&declared), ["i"]);
    declared.indexes = Vec::new().into();
    declared.primary_key.as_mut().unwrap().columns = names(&["a", "b"]).into();
    assert!(indexes(&declared).is_empty());
}

#[test]
fn what_cannot_be_expressed_is_refused_with_advice() {
    let with_index = |change: fn(&mut cqrs_core::schema::Index)| {
        let mut declared = table("t", vec![column("a", ColumnType::Integer)]);
        let mut made = index("i", vec![IndexPart::column("a")]);
        change(&mut made);
        declared.indexes = vec![made].into();
        declared
    };
    let with_key = |change: fn(&mut cqrs_core::schema::ForeignKey)| {
        let mut declared = table("t", vec![column("a", ColumnType::Integer)]);
        let mut made = foreign_key("k", &["a"], "other", &["id"]);
        change(&mut made);
        declared.foreign_keys = vec![made].into();
        declared
    };
    let one = |column: Column| table("t", vec![column]);
    let mut on_text = table("t", vec![column("a", ColumnType::Text)]);
    on_text.indexes = vec![index("i", vec![IndexPart::column("a")])].into();
    let mut in_schema = table("t", Vec::new());
    in_schema.schema = Some("app".into());
    let cases: Vec<(Table, &str)> = vec![
        (one(column("a", ColumnType::Numeric { precision: None, scale: None })), "write `precision` and `scale`"),
        (one(column("a", ColumnType::Numeric { precision: Some(5), scale: Some(6) })), "up to `precision`"),
        (one(column("a", varchar(20_000))), "use `text`"),
        (one(Column { collation: Some("utf8mb4_bin".into()), ..column("a", ColumnType::Integer) }), "remove it"),
        (one(Column { auto_increment: true, ..column("a", ColumnType::Integer) }), "make it the primary key"),
        (one(Column { auto_increment: true, ..column("a", ColumnType::Text) }), "use an integer"),
        (one(column("a😀", ColumnType::Integer)), "choose another one"),
        (one(Column { comment: Some("😀".into()), ..column("a", ColumnType::Integer) }), "remove it"),
        (one(with_default("a", varchar(9), DefaultValue::Value(Literal::Text("😀".into())))), "`concat"),
        (
            one(column(
                "a",
                ColumnType::Enum {
                    name: "e".into(),
                    values: names(&["😀"]).into(),
                    renamed_from: None,
                    former_labels: Vec::new().into(),
                },
            )),
            "choose another one",
        ),
        (
            one(column(
                "a",
                ColumnType::Enum {
                    name: "e".into(),
                    values: Vec::new().into(),
                    renamed_from: None,
                    former_labels: Vec::new().into(),
                },
            )),
            "give it one",
        ),
        (on_text, "give the column a `length`"),
        (in_schema, "leave `schema` out"),
        (with_index(|index| index.predicate = Some("a > 1".into())), "leave `where` out"),
        (with_index(|index| index.method = Some("gin".into())), "leave the method out"),
        (with_index(|index| index.include = names(&["id"]).into()), "at the end of the key"),
        (with_index(|index| index.nulls_not_distinct = true), "make the columns required"),
        (with_key(|key| key.on_delete = ReferentialAction::SetDefault), "use `set null`"),
        (with_key(|key| key.deferrable = Deferrable::InitiallyDeferred), "leave it out"),
        (with_key(|key| key.referenced_columns = Vec::new().into()), "name them"),
    ];
    for (declared, advice) in cases {
        let error = refused(&declared);
        assert!(error.reason.contains(advice), "{error}");
    }
}

#[test]
fn a_generated_column_is_nullable_because_mariadb_knows_no_other() {
    let mut made = column("a", ColumnType::Integer);
    made.generated = Some(Generated { expression: "(`id` + 1)".into(), stored: true });
    let lowered = MySql.lower_table(&table("t", vec![made, nullable("b", varchar(3))])).unwrap();
    assert!(lowered.columns[1].nullable);
    assert_eq!(lowered.columns[1].generated.as_ref().unwrap().expression, "`id` + 1");
}
