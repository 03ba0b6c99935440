//! The example service in its own binary: the registry holds every model that is linked.

use std::path::Path;

use cqrs_core::extract::extract_crate;

#[test]
fn the_example_service_is_read_as_it_is_compiled() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/analytics-service/src/lib.rs");
    let extracted = extract_crate(&root).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(!extracted.tables.is_empty());
    assert_eq!(analytics_service::schema().unwrap(), extracted);
}
