//! Every model that is compiled in.

use crate::schema::{DeclareError, Schema, Table};

/// A model, as `#[object_model]` registers it.
#[derive(Debug)]
pub struct Registration(&'static Table);

impl Registration {
    /// Registers a model's table.
    #[must_use]
    pub const fn new(table: &'static Table) -> Self {
        Self(table)
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

/// The schema that the models of this binary declare, from every crate that is linked into it.
///
/// # Errors
/// [`RegistryError`] where there is no model at all, or where models contradict each other.
pub fn compiled_schema() -> Result<Schema, RegistryError> {
    let mut tables: Vec<&Table> =
        inventory::iter::<Registration>.into_iter().map(|registration| registration.0).collect();
    if tables.is_empty() {
        return Err(RegistryError::Empty);
    }
    // The linker's order is not the same in every build.
    tables.sort_by_key(|table| (table.object_name(), table.model.as_ref().map(|model| model.class_name.clone())));
    Ok(Schema::declare(tables.into_iter().cloned())?)
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
