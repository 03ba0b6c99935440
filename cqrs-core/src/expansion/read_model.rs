//! What `#[read_model]` is held against, and what views are put together from.

use crate::schema::{Column, SqlPerDatabase, Str, Table, View};

/// Queries return it.
#[derive(Debug)]
pub enum Shown {}

/// `write_only`: no query returns it.
#[derive(Debug)]
pub enum Hidden {}

/// A column of a model that queries return.
#[diagnostic::on_unimplemented(
    message = "this column of `{Model}` is `write_only`, and no query returns it",
    label = "`write_only` in `{Model}`",
    note = "remove the field, or `write_only` in the model"
)]
pub trait ShownBy<Model> {}
#[diagnostic::do_not_recommend]
impl<Model> ShownBy<Model> for Shown {}

/// A field type that can read a column of that type: the same type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot read a column of `{Model}` that has the type `{Type}`",
    label = "`{Type}` in `{Model}`",
    note = "write `{Type}`"
)]
pub trait Reads<Type, Model> {}
#[diagnostic::do_not_recommend]
impl<Model, T> Reads<T, Model> for T {}
#[diagnostic::do_not_recommend]
impl<Model, T> Reads<T, Model> for Option<T> {}

/// What a view is besides its columns.
#[derive(Debug, Clone, Default)]
pub struct ViewBody {
    /// The query on databases that have none of their own.
    pub otherwise: Option<Str>,
    /// The query on the databases that have one of their own.
    pub on: SqlPerDatabase,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// Whether it is a plain view on databases that store none.
    pub plain_elsewhere: bool,
}

/// The view of a read model, whose columns are told as those of a table.
#[must_use]
pub fn view(table: &Table, body: ViewBody) -> View {
    let comments = table.columns.iter().filter_map(|column| Some((column.name.clone(), column.comment.clone()?)));
    View {
        name: table.object_name(),
        query: body.otherwise.unwrap_or_default(),
        query_on: body.on,
        materialized: body.materialized,
        plain_elsewhere: body.plain_elsewhere,
        fields: table.columns.iter().map(|column| Column { comment: None, ..column.clone() }).collect(),
        indexes: table.indexes.to_vec(),
        comment: table.comment.clone(),
        column_comments: comments.collect(),
        renamed_from: table.renamed_from.clone(),
        ..View::default()
    }
}
