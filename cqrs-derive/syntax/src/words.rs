use crate::{column, container, index, native, read_model, sql_enum, sql_object};

/// A list in a declaration, and the words that it takes.
pub struct Place {
    /// What stands before the list's parenthesis: `column`, `index`, `expr`.
    pub name: &'static str,
    /// The place as it is written.
    pub written: &'static str,
    /// The words, without those of the user: fields, and names of columns.
    pub words: &'static [&'static str],
}

/// Every word that the grammar knows, by where it stands: the lists that a misspelt one is compared with.
///
/// ```
/// let column = cqrs_syntax::PLACES.iter().find(|place| place.written == "#[column(…)]").ok_or("no such place")?;
/// assert!(column.words.contains(&"length"));
/// # Ok::<(), &str>(())
/// ```
pub const PLACES: [Place; 16] = [
    place("object_model", "#[object_model(…)]", &container::ATTRIBUTES),
    place("primary_key", "primary_key(…)", &container::KEY_OPTIONS),
    place("unique", "unique(…)", &container::KEY_OPTIONS),
    place("check", "check(…)", &container::KEY_OPTIONS),
    place("foreign_key", "foreign_key(…)", &container::FOREIGN_KEY_OPTIONS),
    place("index", "index(…)", &index::OPTIONS),
    place("part of index", "index(field(…))", &index::PART_OPTIONS),
    place("column", "#[column(…)]", &column::ATTRIBUTES),
    place("read_model", "#[read_model(…)]", &read_model::ATTRIBUTES),
    place("column of model", "#[column(…)] under #[read_model(of = …)]", &read_model::FIELD_ATTRIBUTES),
    place("column of view", "#[column(…)] under #[read_model(view = …)]", &read_model::COLUMN_ATTRIBUTES),
    place("sql_enum", "#[sql_enum(…)]", &sql_enum::ATTRIBUTES),
    place("variant", "#[sql_enum(…)] on a variant", &sql_enum::VARIANT_ATTRIBUTES),
    place("sql_type", "#[sql_type(…)]", &native::DATABASES),
    place("sql_object", "sql_object!", &sql_object::ATTRIBUTES),
    place("kind", "sql_object!, the kind", &sql_object::OBJECT_KINDS),
];

const fn place(name: &'static str, written: &'static str, words: &'static [&'static str]) -> Place {
    Place { name, written, words }
}
