//! The two readers of a model agree to the letter: what the macros compiled into this binary, and what is read from its
//! source.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod errors;
mod expansion;
mod models;

use std::path::Path;

use cqrs_core::compiled_schema;
use cqrs_core::extract::extract_crate;
use cqrs_core::schema::{
    Access, ColumnType, DefaultValue, Deferrable, FormerLabel, Generated, Index, IndexKey, IndexPart, IntegerSize,
    Literal, Nulls, ObjectName, ReferentialAction, Schema, SortOrder, Table,
};

fn extracted() -> Schema {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction/main.rs");
    extract_crate(&root).unwrap_or_else(|errors| panic!("{errors}"))
}

fn table(name: &str) -> Table {
    extracted().tables.into_values().find(|table| table.name == name).unwrap()
}

#[test]
fn compiled_and_extracted_are_equal() {
    let (compiled, extracted) = (compiled_schema().unwrap(), extracted());
    let names = |schema: &Schema| schema.tables.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&compiled), names(&extracted));
    for (name, table) in &compiled.tables {
        assert_eq!(table, &extracted.tables[name]);
        // `Table` is equal whatever the order of its parts; the two readers keep that too.
        assert_eq!(format!("{table:?}"), format!("{:?}", extracted.tables[name]));
    }
    assert_eq!(compiled, extracted);
    assert_eq!(format!("{:?}", compiled.views), format!("{:?}", extracted.views));
    assert_eq!(format!("{:?}", compiled.objects), format!("{:?}", extracted.objects));
}

#[test]
fn a_view_has_its_fields_and_what_is_said_of_them() {
    let schema = extracted();
    let view = &schema.views[&ObjectName::qualified("app", "account_list")];
    assert_eq!(view.fields.iter().map(|field| &*field.name).collect::<Vec<_>>(), ["account_code", "number"]);
    assert_eq!((view.fields[0].nullable, view.fields[1].nullable), (false, true));
    assert_eq!(view.comment.as_deref(), Some("Accounts by their codes."));
    assert_eq!(view.column_comments["account_code"], "The code.");
    assert!(view.materialized && view.plain_elsewhere);
    assert_eq!(view.query, "SELECT account_code, 2 FROM accounts");
    assert_eq!(view.query_on.postgres.as_deref(), Some("SELECT account_code, 1 AS number FROM accounts"));
    assert_eq!(view.indexes[0].name.as_deref(), Some("account_list_account_code_number_idx"));
    assert_eq!(view.former_name(), Some(ObjectName::qualified("app", "accounts_once")));
}

#[test]
fn an_sql_object_has_its_name_and_its_words() {
    let schema = extracted();
    let names: Vec<String> = schema.objects.keys().map(|id| format!("{} {id}", id.kind)).collect();
    assert_eq!(names, ["function app.total(integer, text)", "trigger stamp on accounts"]);
    let total = schema.objects.values().next().unwrap();
    assert_eq!(total.comment.as_deref(), Some("Adds up."));
    assert!(total.definition_on.postgres.is_some() && total.definition_on.mysql.is_none());
    assert!(total.definition.starts_with("CREATE FUNCTION total("));
}

#[test]
fn every_table_of_every_module_is_found() {
    let names: Vec<String> = extracted().tables.keys().map(ToString::to_string).collect();
    assert_eq!(
        names,
        [
            "accounts",
            "base_types",
            "by_path",
            "entries",
            "further",
            "included",
            "inline",
            "inline_children",
            "keyed",
            "nested",
            "app.ledgers"
        ]
    );
}

#[test]
fn base_types_become_portable_types() {
    let table = table("base_types");
    let of = |name: &str| {
        let column = table.column(name).unwrap();
        (column.column_type.clone(), column.nullable)
    };
    assert_eq!(of("small"), (ColumnType::SmallInteger, false));
    assert_eq!(of("int"), (ColumnType::Integer, false));
    assert_eq!(of("big"), (ColumnType::BigInteger, false));
    assert_eq!(of("float"), (ColumnType::Float, false));
    assert_eq!(of("double"), (ColumnType::Double, false));
    assert_eq!(of("flag"), (ColumnType::Boolean, false));
    assert_eq!(of("name"), (ColumnType::String { length: None }, false));
    assert_eq!(of("bytes"), (ColumnType::Binary, false));
    assert_eq!(of("moment"), (ColumnType::DateTime { time_zone: true }, false));
    assert_eq!(of("wall_clock"), (ColumnType::DateTime { time_zone: false }, true));
    assert_eq!(of("day"), (ColumnType::Date, false));
    assert_eq!(of("clock"), (ColumnType::Time, false));
    assert_eq!(of("amount"), (ColumnType::Numeric { precision: None, scale: None }, false));
    assert_eq!(of("reference"), (ColumnType::Uuid, false));
    assert_eq!(of("document"), (ColumnType::Json, true));
    assert_eq!(of("aliased"), (ColumnType::Integer, true));
    assert_eq!(of("renamed"), (ColumnType::Date, true));
    let mood = ColumnType::Enum {
        name: "mood".into(),
        values: vec!["very_good".into(), "ill".into()].into(),
        renamed_from: None,
        former_labels: Vec::new().into(),
    };
    assert_eq!(of("mood"), (mood, true));
    let shouted = ColumnType::Enum {
        name: "shout".into(),
        values: vec!["HEY_YOU".into(), "psst".into()].into(),
        renamed_from: Some("cry".into()),
        former_labels: vec![FormerLabel { label: "psst".into(), renamed_from: "HUSH".into() }].into(),
    };
    assert_eq!(of("shout"), (shouted, false));
}

#[test]
fn further_types_are_looked_through() {
    let table = table("further");
    let of = |name: &str| table.column(name).unwrap().column_type.clone();
    let of_database = |postgres: &'static str, mysql: Option<&'static str>, sqlite: Option<&'static str>, otherwise| {
        let (mysql, sqlite) = (mysql.map(Into::into), sqlite.map(Into::into));
        ColumnType::PerDatabase {
            postgres: Some(postgres.into()),
            mysql,
            sqlite,
            otherwise: Vec::from_iter(otherwise).into(),
        }
    };
    assert_eq!(of("id"), ColumnType::Unsigned(IntegerSize::Normal));
    assert_eq!(of("moment"), ColumnType::DateTime { time_zone: true });
    assert_eq!(of("civil_wall"), ColumnType::DateTime { time_zone: false });
    assert_eq!(of("tags"), ColumnType::Array { element: vec![ColumnType::String { length: None }].into() });
    assert_eq!(of("settings"), ColumnType::Json);
    assert_eq!(of("whole"), of_database("int4range", None, None, None));
    assert_eq!(of("short_word"), ColumnType::String { length: Some(30) });
    assert_eq!(of("word"), of_database("citext", None, None, Some(ColumnType::String { length: None })));
    let decimal = ColumnType::Numeric { precision: None, scale: None };
    assert_eq!(of("price"), of_database("money", Some("decimal(20,2)"), Some("NUMERIC"), Some(decimal)));
    let version = table.column("version").unwrap();
    assert_eq!((version.access, version.nullable), (Access::Version, false));
    assert_eq!(version.default, Some(DefaultValue::Value(Literal::Number("1".into()))));
    assert!(table.column("skipped").is_none());
}

#[test]
fn attributes_say_what_types_do_not() {
    let entries = table("entries");
    let column = |name: &str| entries.column(name).unwrap();
    assert_eq!(column("title").column_type, ColumnType::String { length: Some(80) });
    assert_eq!(column("title").collation.as_deref(), Some("C"));
    assert_eq!(column("body").column_type, ColumnType::Text);
    assert_eq!(column("amount").column_type, ColumnType::Numeric { precision: Some(12), scale: Some(2) });
    assert_eq!(column("whole").column_type, ColumnType::Numeric { precision: Some(9), scale: None });
    assert_eq!(column("search").column_type, ColumnType::native("tsvector"));
    assert_eq!(column("search").comment.as_deref(), Some("Not the doc comment"));
    assert_eq!(column("kind").name, "kind");
    assert_eq!(column("title").default, Some(DefaultValue::Value(Literal::Text("it's".into()))));
    assert_eq!(column("amount").default, Some(DefaultValue::Value(Literal::Number("-1.50".into()))));
    assert_eq!(column("open").default, Some(DefaultValue::Value(Literal::Boolean(true))));
    assert_eq!(column("created_at").default, Some(DefaultValue::expression("now()")));
    assert_eq!(column("created_at").access, Access::ReadOnly);
    assert_eq!(column("secret").access, Access::WriteOnly);
    assert_eq!(column("twice").generated, Some(Generated { expression: "level * 2".into(), stored: true }));
    assert_eq!(column("thrice").generated, Some(Generated { expression: "level * 3".into(), stored: false }));
    assert_eq!(column("level").renamed_from.as_deref(), Some("depth"));
    assert_eq!(column("level").backfill.as_deref(), Some("0"));
    assert!(column("id").auto_increment);
    assert_eq!(entries.primary_key.as_ref().unwrap().columns[..], ["id"]);
    assert_eq!(entries.renamed_from.as_deref(), Some("old_entries"));
    assert_eq!(entries.comment.as_deref(), Some("An entry of a ledger.\n\n  Indented, with \"quotes\"."));
    let model = entries.model.as_ref().unwrap();
    assert_eq!((&*model.class_name, &*model.name, &*model.code), ("Entry", "Ledger Entry", "ENTRY_X"));
    assert_eq!((&*model.module, &*model.domain), ("BOOKS", "books"));
}

#[test]
fn defaults_of_the_model_itself_follow_from_its_name() {
    let keyed = table("keyed");
    let model = keyed.model.as_ref().unwrap();
    assert_eq!((&*model.class_name, &*model.name, &*model.code), ("KeyedThing", "Keyed Thing", "KEYED_THING"));
    assert_eq!((&*model.module, &*model.domain), ("DEFAULT", "default"));
    assert_eq!(keyed.primary_key.as_ref().unwrap().columns[..], ["second", "first_column"]);
}

#[test]
fn constraints_name_columns_not_fields() {
    let entries = table("entries");
    let uniques: Vec<_> =
        entries.uniques.iter().map(|unique| (unique.name.as_deref(), unique.columns.join(","))).collect();
    assert_eq!(
        uniques,
        [
            (Some("entries_code_key"), "code".to_owned()),
            (Some("entries_kind_level_key"), "kind,level".to_owned()),
            (Some("one_title"), "ledger_id,title".to_owned()),
        ]
    );
    let indexes: Vec<_> = entries
        .indexes
        .iter()
        .map(|index| (index.name.as_deref(), index.unique, index.parts.len(), index.parts.last().unwrap().order))
        .collect();
    assert_eq!(
        indexes,
        [
            (Some("entries_level_idx"), false, 1, SortOrder::Ascending),
            (Some("entries_kind_level_idx"), false, 2, SortOrder::Descending),
            (Some("by_title"), true, 1, SortOrder::Ascending),
            (Some("everything"), false, 3, SortOrder::Ascending),
        ]
    );
    let checks: Vec<_> = entries.checks.iter().map(|check| (check.name.as_deref(), &*check.expression)).collect();
    assert_eq!(
        checks,
        [
            (Some("entries_check"), "level >= 0"),
            (Some("entries_check1"), "level <> 7"),
            (Some("level_range"), "level between 0 and 9"),
        ]
    );
}

#[test]
fn an_index_says_everything_that_was_declared() {
    let entries = table("entries");
    let index = entries.indexes.iter().find(|index| index.name.as_deref() == Some("everything")).unwrap();
    let expected = Index {
        name: Some("everything".into()),
        parts: vec![
            IndexPart {
                operator_class: Some("text_pattern_ops".into()),
                collation: Some("C".into()),
                prefix_length: Some(8),
                ..IndexPart::column("title")
            },
            IndexPart {
                order: SortOrder::Descending,
                nulls: Some(Nulls::Last),
                ..IndexPart::new(IndexKey::Expression("lower(title)".into()))
            },
            IndexPart { nulls: Some(Nulls::First), ..IndexPart::column("level") },
        ]
        .into(),
        method: Some("btree".into()),
        predicate: Some("level > 0".into()),
        include: vec!["kind".into()].into(),
        nulls_not_distinct: true,
        ..Index::default()
    };
    assert_eq!(index, &expected);
}

#[test]
fn foreign_keys_follow_the_model_that_is_meant() {
    let entries = table("entries");
    let keys: Vec<_> = entries
        .foreign_keys
        .iter()
        .map(|key| {
            let to = format!("{}.{}", key.references, key.referenced_columns.join(","));
            (key.name.as_deref().unwrap(), key.columns.join(","), to, key.on_delete, key.on_update, key.deferrable)
        })
        .collect();
    let key = |name, from: &str, to: &str, on_delete, on_update, deferrable| {
        (name, from.to_owned(), to.to_owned(), on_delete, on_update, deferrable)
    };
    use Deferrable::{InitiallyDeferred, InitiallyImmediate, No};
    use ReferentialAction::{Cascade, NoAction, Restrict, SetNull};
    assert_eq!(
        keys,
        [
            key("entries_ledger_id_fkey", "ledger_id", "app.ledgers.id", Cascade, Restrict, No),
            key("entries_account_fkey", "account", "accounts.account_code", SetNull, NoAction, No),
            key("entries_parent_id_fkey", "parent_id", "entries.id", NoAction, NoAction, InitiallyImmediate),
            key("odd", "kind,code", "entries.code,title", Restrict, NoAction, InitiallyDeferred),
        ]
    );
}
