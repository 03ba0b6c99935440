//! Source files to [`Schema`], without compiling them.
//!
//! ```text
//! root file -> modules (files, items) -> models, enums, aliases by path -> tables -> Schema
//! ```
//!
//! The same grammar and lowering as the macros' serve here, and types are looked up in the parsed files instead of by
//! trait. A model that a macro writes, or that stands inside a function, is an error; what `include!` brings in is not seen.

mod object;
mod scope;
mod source;
mod table;
mod types;

use std::fmt;
use std::path::{Path, PathBuf};

use proc_macro2::Span;

use crate::schema::{DeclareError, Declared, Schema, SqlObject};
#[doc(hidden)]
pub use object::object;
use source::Crate;

/// What is wrong with the models of a crate, all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractErrors(pub Vec<ExtractError>);

impl fmt::Display for ExtractErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ExtractErrors {}

/// Something wrong at a place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", file.display())]
pub struct ExtractError {
    /// The source file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl ExtractError {
    fn new(file: &Path, span: Span, message: impl Into<String>) -> Self {
        let start = span.start();
        Self { file: file.to_owned(), line: start.line, column: start.column + 1, message: message.into() }
    }

    /// Every error that the parser collected.
    fn from_syn(file: &Path, error: &syn::Error) -> Vec<Self> {
        error.clone().into_iter().map(|error| Self::new(file, error.span(), error.to_string())).collect()
    }
}

/// The schema that the models of a crate declare, read from its `src/lib.rs` or `src/main.rs` and the modules below it.
///
/// It equals what the compiled crate declares by [`compiled_schema`](crate::compiled_schema). A crate without models has
/// an empty schema.
///
/// # Errors
/// [`ExtractErrors`]: files that cannot be read, attributes that cannot be understood, field types that cannot be looked
/// up.
pub fn extract_crate(root_file: &Path) -> Result<Schema, ExtractErrors> {
    let (source, mut errors) = Crate::read(root_file);
    let mut tables = Vec::new();
    for model in &source.models {
        match table::table(&source, model) {
            Ok(table) => tables.push(table),
            Err(found) => errors.extend(found),
        }
    }
    let mut views = Vec::new();
    for (model, view) in &source.views {
        match table::table(&source, model) {
            Ok(table) => views.push(crate::expansion::view(&table, object::view_body(view))),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(ExtractErrors(errors));
    }
    let objects: Vec<SqlObject> = source.objects.iter().map(|(_, tree)| object::object(tree)).collect();
    Schema::declare_all(Declared { tables, views, objects }.sorted())
        .map_err(|error| ExtractErrors(vec![place_of(&source, root_file, &error)]))
}

/// The declaration that an error between several is about.
fn place_of(source: &Crate, root_file: &Path, error: &DeclareError) -> ExtractError {
    let place = match error {
        DeclareError::DuplicateTable { table, .. }
        | DeclareError::UnknownForeignTable { table, .. }
        | DeclareError::UnknownForeignColumn { table, .. }
        | DeclareError::UnknownColumn { table, .. }
        | DeclareError::UnknownLabel { table, .. } => model_of(source.models.iter(), table),
        DeclareError::DuplicateView { view } => model_of(source.views.iter().map(|(model, _)| model), view),
        DeclareError::DuplicateObject { object, .. } | DeclareError::UnknownTable { object, .. } => {
            let is_meant = |tree: &cqrs_syntax::SqlObject| {
                let id = object::object(tree).id;
                id.to_string() == *object || id.name.to_string() == *object
            };
            let declared = source.objects.iter().rev().find(|(_, tree)| is_meant(tree));
            declared.map(|(file, tree)| (file.as_path(), tree.name.span()))
        }
        DeclareError::EnumConflict { .. } => None,
    };
    match place {
        Some((file, span)) => ExtractError::new(file, span, error.to_string()),
        None => ExtractError { file: root_file.to_owned(), line: 1, column: 1, message: error.to_string() },
    }
}

fn model_of<'a>(models: impl DoubleEndedIterator<Item = &'a source::Model>, name: &str) -> Option<(&'a Path, Span)> {
    let declares =
        |table: String| name == table || name.strip_suffix(&table).is_some_and(|schema| schema.ends_with('.'));
    let model = models.rev().find(|model| declares(model.tree.table.value()))?;
    Some((&model.file, model.tree.ident.span()))
}
