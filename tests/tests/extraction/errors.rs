//! What the source reader says of models that it cannot read.

use std::path::Path;

use cqrs_core::extract::extract_crate;

/// The messages for a crate of these files, each with its place.
fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let errors = extract_crate(&folder.path().join("lib.rs")).unwrap_err();
    let relative = |file: &Path| file.strip_prefix(folder.path()).unwrap().display().to_string();
    errors
        .0
        .iter()
        .map(|error| format!("{}:{}:{}: {}", relative(&error.file), error.line, error.column, error.message))
        .collect()
}

#[test]
fn all_errors_of_all_files_at_once() {
    let found = errors(&[
        ("lib.rs", "mod a;\nmod missing;\n"),
        (
            "a.rs",
            "struct Money(i64);\n\
             #[object_model(table = \"a\")]\n\
             struct A {\n    #[column(primary_key, lenght = 3)]\n    id: i64,\n}\n\
             #[object_model(table = \"b\")]\n\
             struct B {\n    #[column(primary_key)]\n    id: i64,\n    price: Money,\n    other: other_crate::Type,\n}\n",
        ),
    ]);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert_eq!(found[0], "a.rs:4:27: unknown attribute `lenght` of a column, did you mean `length`?");
    assert!(found[1].starts_with("lib.rs:2:5: module `missing` has no file"), "{}", found[1]);
    assert_eq!(
        found[2],
        "a.rs:11:12: field `price`: no column type is known for `Money`: write `#[column(column_type = \"…\")]` with the database's own name of the type"
    );
    assert!(
        found[3].starts_with("a.rs:12:12: field `other`: no column type is known for `other_crate::Type`"),
        "{}",
        found[3]
    );
}

#[test]
fn a_type_of_the_crate_hides_one_of_that_name_elsewhere() {
    let found = errors(&[(
        "lib.rs",
        "struct Uuid;\n#[object_model(table = \"a\")]\nstruct A {\n    #[column(primary_key)]\n    id: Uuid,\n}\n",
    )]);
    assert!(found[0].starts_with("lib.rs:5:9: field `id`: no column type is known for `Uuid`"), "{found:?}");
}

#[test]
fn a_native_type_needs_no_look_up() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("main.rs");
    let model = "#[object_model(table = \"a\")]\nstruct A {\n    #[column(primary_key, column_type = \"cidr\")]\n    id: net::Network,\n}\n";
    std::fs::write(&root, model).unwrap();
    let schema = extract_crate(&root).unwrap();
    let table = schema.tables.values().next().unwrap();
    assert_eq!(table.columns[0].column_type.native_text(), "cidr");
    assert!(!table.columns[0].nullable);
}

#[test]
fn two_models_of_one_name_need_a_path() {
    let model = |table: &str, name: &str, field: &str| {
        format!(
            "#[object_model(table = \"{table}\")]\nstruct {name} {{\n    #[column(primary_key{field})]\n    id: i64,\n}}\n"
        )
    };
    let found = errors(&[
        ("lib.rs", &format!("mod a;\nmod b;\n{}", model("c", "C", ", belongs_to = Same::id"))),
        ("a.rs", &model("a", "Same", "")),
        ("b.rs", &model("b", "Same", "")),
    ]);
    assert_eq!(
        found,
        ["lib.rs:5:40: several object models are called `Same`: write the path of the one that is meant"]
    );
}

#[test]
fn foreign_keys_to_nothing() {
    let found = errors(&[(
        "lib.rs",
        "#[object_model(table = \"tree\")]\nstruct Tree {\n    #[column(primary_key)]\n    id: i64,\n    \
         #[column(belongs_to = Tree::idd)]\n    up: Option<i64>,\n    #[column(belongs_to = Tre::id)]\n    down: Option<i64>,\n}\n",
    )]);
    assert_eq!(
        found,
        [
            "lib.rs:5:33: object model `Tree` has no field `idd`, did you mean `id`?",
            "lib.rs:7:27: this crate has no object model `Tre`, did you mean `Tree`?",
        ]
    );
}

#[test]
fn a_model_that_may_not_be_compiled_is_not_guessed_at() {
    let found = errors(&[(
        "lib.rs",
        "#[cfg(feature = \"x\")]\nmod x {\n    #[object_model(table = \"a\")]\n    struct A {\n        #[column(primary_key)]\n        id: i64,\n    }\n}\n\
         #[cfg(all(test, unix))]\nmod tests {\n    #[object_model(broken)]\n    struct B;\n}\n",
    )]);
    assert_eq!(
        found,
        [
            "lib.rs:4:12: whether `A` is compiled depends on a `#[cfg]`, which cannot be known from the source: remove the condition"
        ]
    );
}

#[test]
fn types_that_do_not_fit_their_attributes() {
    let found = errors(&[(
        "lib.rs",
        "type Key = Option<i64>;\n#[object_model(table = \"a\")]\nstruct A {\n    #[column(primary_key)]\n    id: Key,\n    \
         #[column(length = 3)]\n    number: i32,\n    #[column(default_value = \"x\")]\n    count: i32,\n    #[column(precision = 3)]\n    text: String,\n}\n",
    )]);
    assert_eq!(
        found,
        [
            "lib.rs:5:9: a primary key is never null: its type cannot be an `Option`",
            "lib.rs:7:13: field `number`: `length` and `text` are for text, which `i32` is not",
            "lib.rs:9:5: field `count`: the default of this column is a number: write `default_value = 1`",
            "lib.rs:11:11: field `text`: `precision` and `scale` are for exact decimals, which `String` is not",
        ]
    );
}

#[test]
fn a_file_that_is_no_rust_is_an_error_at_its_place() {
    let found = errors(&[("lib.rs", "mod a;\nmod b;\n"), ("a.rs", "struct 1;\n"), ("b.rs", "\nstruct B {\n")]);
    assert_eq!(
        found,
        [
            "a.rs:1:8: expected identifier",
            "b.rs:2:10: this is no Rust: a quote or a bracket is never closed, or closed twice"
        ]
    );
}

#[test]
fn models_that_cannot_be_seen_are_errors_not_gaps() {
    let found = errors(&[(
        "lib.rs",
        "fn f() {\n    #[object_model(table = \"a\")]\n    struct A { id: i64 }\n}\n\
         macro_rules! m { () => { #[cqrs_core::object_model(table = \"b\")] struct B { id: i64 } } }\n\
         #[cfg_attr(unix, object_model(table = \"c\"))]\nstruct C { id: i64 }\n\
         fn g(object_model: i64) -> i64 { object_model }\n",
    )]);
    let hidden = "an object model, a view or an SQL object inside a function or a macro cannot be read from the source: write it out in a module";
    let conditional = "whether this is an object model depends on a condition, which cannot be known from the source: remove the condition";
    let expected =
        [format!("lib.rs:2:6: {hidden}"), format!("lib.rs:5:27: {hidden}"), format!("lib.rs:6:1: {conditional}")];
    assert_eq!(found, expected);
}

#[test]
fn circles_come_to_an_end() {
    let found = errors(&[(
        "lib.rs",
        "mod a { pub use crate::b::*; }\nmod b { pub use crate::a::*; }\nuse a::Thing;\ntype Loop = Loop;\n\
         #[object_model(table = \"a\")]\nstruct A {\n    #[column(primary_key)]\n    id: Thing,\n    again: Loop,\n}\n",
    )]);
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_field_refers_to_one_of_its_own_type() {
    let models = "
mod keys {
    #[derive(SqlType)]
    pub struct MemberId(i64);
    #[derive(SqlType)]
    pub struct OrderId(i64);
    pub type Number = i64;
}
use keys::{MemberId, Number, OrderId as Id};

#[object_model(table = \"members\")]
struct Member {
    #[column(primary_key)]
    id: MemberId,
    #[column(unique)]
    number: Option<Number>,
}

#[object_model(table = \"orders\")]
struct Order {
    #[column(primary_key)]
    id: Id,
    #[column(belongs_to = Member::id)]
    member: Option<keys::MemberId>,
    #[column(belongs_to = Member::number)]
    number: i64,
    #[column(belongs_to = Member::id)]
    other_newtype: Id,
    #[column(belongs_to = Member::id)]
    inner_type: i64,
    #[column(belongs_to = Member::number)]
    other_number: Option<i32>,
    #[column(belongs_to = Member::number, column_type = \"bigint\")]
    unknown: elsewhere::Number,
}
";
    assert_eq!(
        errors(&[("lib.rs", models)]),
        [
            "lib.rs:28:20: a field of type `Id` cannot refer to a column of type `MemberId`: write `MemberId`, or `Option<MemberId>` where the reference may be missing",
            "lib.rs:30:17: a field of type `i64` cannot refer to a column of type `MemberId`: write `MemberId`, or `Option<MemberId>` where the reference may be missing",
            "lib.rs:32:19: a field of type `Option<i32>` cannot refer to a column of type `Number`: write `Number`, or `Option<Number>` where the reference may be missing",
        ]
    );
}

#[test]
fn a_list_of_what_the_crate_declares_is_no_array() {
    let models = "
#[derive(SqlType)]
struct Tag(String);
#[derive(SqlEnum)]
enum Level { Low }

#[object_model(table = \"posts\")]
struct Post {
    #[column(primary_key)]
    id: i64,
    words: Vec<String>,
    tags: Vec<Tag>,
    levels: Option<Vec<Level>>,
}
";
    assert_eq!(
        errors(&[("lib.rs", models)]),
        [
            "lib.rs:12:11: field `tags`: `Tag` cannot be a value of an array: use `Json<Vec<Tag>>` for a JSON document",
            "lib.rs:13:13: field `levels`: `Level` cannot be a value of an array: use `Json<Vec<Level>>` for a JSON document",
        ]
    );
}
