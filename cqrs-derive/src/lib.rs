//! The procedural macros of `cqrs-core`, which re-exports them: depend on that crate, not on this one.
//!
//! The grammar is in `cqrs-syntax`; here is only what a model expands to. An item with mistakes still expands to
//! something, so that one mistake is one error.

mod object_model;
mod read_model;
mod sql_enum;
mod sql_object;
mod sql_type;

use proc_macro::TokenStream;

/// Declares a business object: one table, its commands and its queries.
///
/// ```
/// use cqrs_core::object_model;
/// # #[object_model(table = "scor_models", domain = "scor")]
/// # pub struct ScorModel {
/// #     #[column(primary_key, auto_increment)]
/// #     pub id: i64,
/// # }
///
/// /// Supply Chain Operations Reference process.
/// #[object_model(table = "scor_processes", domain = "scor", index(process_code, level(desc)))]
/// pub struct ScorProcess {
///     #[column(primary_key, length = 36)]
///     pub id: String,
///     #[column(unique, length = 64)]
///     pub process_code: String,
///     #[column(default_value = 1)]
///     pub level: i32,
///     #[column(belongs_to = ScorModel::id, on_delete = cascade)]
///     pub model_id: i64,
/// }
/// ```
///
/// Beside the struct, which stays as it is, there are then `ScorProcessWrite`, `ScorProcessPatch` and `ScorProcessKey`
/// for commands, `ScorProcessRead` for queries, `ScorProcessColumn` for building conditions, and `ScorProcessUnique`, the unique
/// keys that an upsert can go by.
///
/// # On the struct
///
/// | attribute | says |
/// |---|---|
/// | `table = "…"` | the table's name; the only one that is required |
/// | `schema = "…"` | the database schema, where it is not the default one |
/// | `domain`, `name`, `code`, `module` | what the object model says of itself |
/// | `primary_key(a, b)` | the primary key, where it has several fields in an order of their own |
/// | `index(a, b(desc), name = "…", unique)` | an index |
/// | `unique(a, b, name = "…")` | a unique constraint |
/// | `check("…")`, `check(name = "…", "…")` | an SQL condition that every row meets |
/// | `renamed_from = "…"` | the name that the table had before |
///
/// # On a field, in `#[column(…)]`
///
/// | attribute | says |
/// |---|---|
/// | `primary_key` | part of the primary key |
/// | `auto_increment` | numbered by the database |
/// | `unique`, `indexed` | a unique constraint, an index of its own |
/// | `unique_key = "…"` | unique together with the other fields of that group |
/// | `column_name = "…"` | the column's name, where it is not the field's |
/// | `column_type = "…"` | the type in the database's own words |
/// | `column_type(postgres = "…", mysql = "…", sqlite = "…")` | the same on the databases named; elsewhere, that of the field |
/// | `length = 64`, `text` | text with a bound, without one |
/// | `precision = 12, scale = 2` | exact decimal numbers |
/// | `default_value = 1` | a plain value as the default |
/// | `default_expr = "now()"` | an SQL expression as the default |
/// | `default_expr(postgres = "…", otherwise = "…")` | the same in the words of each database; also `mysql`, `sqlite`, and of `backfill` |
/// | `generated = "a * 2"` | computed and stored by the database; with `virtual`, computed when read |
/// | `belongs_to = Other::field` | a foreign key; `on_delete` and `on_update` take `cascade`, `restrict`, `set_null`, `set_default`, `no_action` |
/// | `check = "…"` | an SQL condition that every row meets |
/// | `collation = "…"`, `comment = "…"` | the collation; the comment, instead of the doc comment |
/// | `read_only`, `write_only` | no command sets it, no query returns it |
/// | `version` | counted by updates, which have to name the version that was read |
/// | `skip` | no column at all |
/// | `renamed_from = "…"` | the name that the column had before |
/// | `backfill = "…"` | the SQL expression that fills the column in the rows that are there, when it is added or becomes required |
///
/// A field of type `Option<T>` may be null; nothing else may. A doc comment is the comment in the database.
#[proc_macro_attribute]
pub fn object_model(arguments: TokenStream, item: TokenStream) -> TokenStream {
    object_model::expand(arguments.into(), item.into()).into()
}

/// Declares what a query reads: some columns of an object model, or a view.
///
/// ```
/// use cqrs_core::{object_model, read_model};
///
/// #[object_model(table = "articles")]
/// pub struct Article {
///     #[column(primary_key, auto_increment)]
///     pub id: i64,
///     #[column(length = 80)]
///     pub title: String,
///     pub price: i64,
/// }
///
/// /// An article in a list.
/// #[read_model(of = Article)]
/// pub struct ArticleCard {
///     pub id: i64,
///     #[column(field = title)]
///     pub heading: String,
/// }
///
/// /// What the articles cost together.
/// #[read_model(view = "article_totals", query = "SELECT count(*) AS articles FROM articles")]
/// pub struct ArticleTotals {
///     pub articles: i64,
/// }
/// ```
///
/// The struct gets `Debug`, `Clone`, `PartialEq`, serde's `Serialize` and `Deserialize`, and `sqlx::FromRow`, unless a
/// `derive` below this attribute names them. Attributes of serde are passed on.
///
/// | attribute | says |
/// |---|---|
/// | `of = Model` | each field reads the model's field of its name; of the same type, or an `Option` of it |
/// | `view = "…"` | a view of that name, made by migrations, whose columns are the fields |
/// | `query = "…"` | of a view: its query |
/// | `query(postgres = "…", otherwise = "…")` | the same where databases need other words; also `mysql`, `sqlite` |
/// | `materialized` | of a view: its rows are stored until it is refreshed (PostgreSQL only) |
/// | `materialized(postgres)` | the same, and a plain view on the other databases |
/// | `index(a, b(desc), unique)` | of a materialized view: an index |
/// | `schema = "…"`, `renamed_from = "…"` | of a view: its database schema, the name that it had before |
///
/// On a field, `#[column(field = other)]` reads another field of the model, and `#[column(column_name = "…")]` another
/// column of the view.
#[proc_macro_attribute]
pub fn read_model(arguments: TokenStream, item: TokenStream) -> TokenStream {
    read_model::expand(arguments.into(), item.into()).into()
}

/// Declares a function, trigger, policy, domain or the like by its SQL, beside the models that need it.
///
/// ```
/// use cqrs_core::{object_model, sql_object};
///
/// #[object_model(table = "readings")]
/// pub struct Reading {
///     #[column(primary_key)]
///     pub id: i64,
///     pub value: i64,
/// }
///
/// sql_object! {
///     /// Nobody reads below zero.
///     function "no_negative_value()",
///     postgres = "CREATE FUNCTION no_negative_value() RETURNS trigger LANGUAGE plpgsql AS $$
///         BEGIN NEW.value := greatest(NEW.value, 0); RETURN NEW; END $$",
/// }
///
/// sql_object! {
///     trigger "readings_not_negative" on "readings",
///     postgres = "CREATE TRIGGER readings_not_negative BEFORE INSERT ON readings
///         FOR EACH ROW EXECUTE FUNCTION no_negative_value()",
///     sqlite = "CREATE TRIGGER readings_not_negative AFTER INSERT ON readings WHEN NEW.value < 0
///         BEGIN UPDATE readings SET value = 0 WHERE id = NEW.id; END",
/// }
/// ```
///
/// First the kind: `aggregate`, `collation`, `composite_type`, `domain`, `event`, `extension`, `function`, `policy`,
/// `procedure`, `range_type`, `rule`, `schema`, `sequence`, `statistics`, `text_search_configuration`, `trigger` or
/// `virtual_table`. Then the name, a routine's with the types of its arguments as PostgreSQL prints them, and of a
/// trigger, rule or policy `on "table"`. Then one statement in quotes, or `postgres = "…"`, `mysql = "…"`, `sqlite = "…"`
/// and `otherwise = "…"`: a database that none of these is for does not get the object. `schema = "…"` is its database
/// schema. A doc comment is the comment in the database, where it keeps one.
#[proc_macro]
pub fn sql_object(tokens: TokenStream) -> TokenStream {
    sql_object::expand(tokens.into()).into()
}

/// Makes an enum without fields the type of a column.
///
/// The database's type is named after the enum and the labels after the variants, in `snake_case`;
/// `#[sql_enum(name = "…", rename_all = "…")]` on the enum and `#[sql_enum(rename = "…")]` on a variant say otherwise.
/// `#[sql_enum(renamed_from = "…")]` is the name that the database's type, or on a variant its label, had before.
///
/// ```
/// use cqrs_core::SqlEnum;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
/// pub enum Severity {
///     Low,
///     High,
/// }
///
/// assert_eq!(Severity::High.label(), "high");
/// ```
#[proc_macro_derive(SqlEnum, attributes(sql_enum))]
pub fn sql_enum(item: TokenStream) -> TokenStream {
    sql_enum::expand(item.into()).into()
}

/// Makes a struct around one value the type of a column.
///
/// ```
/// use cqrs_core::{SqlType, object_model};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
/// #[serde(transparent)]
/// pub struct Email(String);
///
/// #[object_model(table = "readers")]
/// pub struct Reader {
///     #[column(primary_key)]
///     pub id: i64,
///     #[column(length = 254)]
///     pub email: Email,
/// }
/// ```
///
/// `#[sql_type(postgres = "citext", mysql = "…", sqlite = "…")]` says the type in the words of some databases; on the
/// others it is that of the field. On PostgreSQL a value is then cast to that type when it is written, and to the type of
/// the field when it is read, so that the field may be a `String` for every type that has a text form.
#[proc_macro_derive(SqlType, attributes(sql_type))]
pub fn sql_type(item: TokenStream) -> TokenStream {
    sql_type::expand(item.into()).into()
}
