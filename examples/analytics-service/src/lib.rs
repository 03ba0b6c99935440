//! Object models of a supply chain analytics service, after the Supply Chain Operations Reference (SCOR) model.
//!
//! [`scor`] holds the reference model itself and what is measured against it; [`source`] holds where the figures come
//! from. Each struct is declared once; its commands, queries and table follow from it.

pub mod scor;
pub mod source;

use cqrs_core::schema::Schema;
use cqrs_core::{RegistryError, compiled_schema};

/// The tables of this service.
///
/// # Errors
/// [`RegistryError`] where models contradict each other.
pub fn schema() -> Result<Schema, RegistryError> {
    compiled_schema()
}
