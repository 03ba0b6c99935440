//! Every model that is compiled in, with the views and SQL objects beside them.

use crate::schema::{DeclareError, Declared, Schema, SqlObject, Table, View};

/// What a macro registers.
#[derive(Debug)]
pub struct Registration(Registered);

#[derive(Debug)]
enum Registered {
    Table(&'static Table),
    View(fn() -> View),
    Object(fn() -> SqlObject),
}

impl Registration {
    /// Registers a model's table.
    #[must_use]
    pub const fn new(table: &'static Table) -> Self {
        Self(Registered::Table(table))
    }

    /// Registers a read model's view.
    #[must_use]
    pub const fn view(view: fn() -> View) -> Self {
        Self(Registered::View(view))
    }

    /// Registers an SQL object.
    #[must_use]
    pub const fn object(object: fn() -> SqlObject) -> Self {
        Self(Registered::Object(object))
    }
}

inventory::collect!(Registration);

/// Why the models that are compiled in are no schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// No model is linked into this binary.
    #[error(
        "no models are registered: declare one with `#[object_model]`; if they live in another crate, mention it, because \
         a crate that is never mentioned is not linked: `use models as _;`"
    )]
    Empty,
    /// The models do not fit with each other.
    #[error(transparent)]
    Declare(Box<DeclareError>),
}

impl From<DeclareError> for RegistryError {
    fn from(error: DeclareError) -> Self {
        Self::Declare(Box::new(error))
    }
}

/// The schema that the models, read models and SQL objects of this binary declare, from every crate that is linked into
/// it.
///
/// # Errors
/// [`RegistryError`] where there is no model at all, or where models contradict each other.
pub fn compiled_schema() -> Result<Schema, RegistryError> {
    let mut declared = Declared::default();
    for Registration(registered) in inventory::iter::<Registration> {
        match registered {
            Registered::Table(table) => declared.tables.push((*table).clone()),
            Registered::View(view) => declared.views.push(view()),
            Registered::Object(object) => declared.objects.push(object()),
        }
    }
    if declared.tables.is_empty() && declared.views.is_empty() && declared.objects.is_empty() {
        return Err(RegistryError::Empty);
    }
    Ok(Schema::declare_all(declared.sorted())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_registry_says_how_to_fill_it() {
        let error = compiled_schema().unwrap_err();
        assert_eq!(error, RegistryError::Empty);
        assert!(error.to_string().contains("`use models as _;`"));
    }
}
