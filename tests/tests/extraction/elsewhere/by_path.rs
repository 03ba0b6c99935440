use cqrs_core::object_model;

#[object_model(table = "by_path")]
struct ByPath {
    #[column(primary_key)]
    id: ::std::primitive::i32,
}

/// Fields in an order of their own.
#[object_model(table = "keyed", primary_key(second, first))]
struct KeyedThing {
    #[column(column_name = "first_column")]
    first: i32,
    second: i32,
    #[column(default_value = 0x10)]
    third: Option<i64>,
}
