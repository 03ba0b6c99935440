//! A crate that forbids what generated code is often careless about.
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic, non_snake_case, non_upper_case_globals)]

use cqrs_core::{SqlEnum, object_model};
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]
pub enum Severity {
    /// Not very.
    Low,
    /// Very.
    High,
}

/// Something happened.
#[object_model(table = "alerts", index(severity, id(desc)))]
#[derive(Debug, Serialize)]
pub struct Alert {
    /// The number.
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// How bad it is.
    #[column(default_value = "low")]
    pub severity: Severity,
    /// The cause.
    #[column(belongs_to = Alert::id, on_delete = set_null)]
    #[serde(skip)]
    pub cause: Option<i64>,
    /// A word of the language.
    #[column(unique, length = 10)]
    pub r#type: String,
}

#[object_model(table = "private")]
struct Private {
    #[column(primary_key)]
    id: i64,
    _1: Option<bool>,
}

/// Names of the standard library that a model may well have.
mod shadows {
    #![allow(missing_docs)]
    pub(crate) struct Option;
    pub(crate) struct Vec;
    pub(crate) struct Some;
    pub(crate) struct Result;

    #[cqrs_core::object_model(table = "shadows")]
    pub(crate) struct Cow {
        #[column(primary_key)]
        id: i64,
        flag: std::option::Option<bool>,
    }
}

/// A derive above the attribute sees no `#[column]` either.
#[derive(Debug, Clone)]
#[object_model(table = "derived_first")]
pub struct DerivedFirst {
    /// The number.
    #[column(primary_key)]
    pub id: i32,
}

macro_rules! model {
    ($name:ident, $table:literal, $field:ident: $ty:ty = $default:literal) => {
        /// Made by a macro.
        #[object_model(table = $table)]
        pub struct $name {
            /// The key.
            #[column(primary_key, default_value = $default)]
            pub $field: $ty,
        }
    };
}
model!(FromMacro, "from_macro", key: i32 = 3);

#[test]
fn models_of_a_strict_crate_compile_and_register() {
    let _ = (shadows::Option, shadows::Vec, shadows::Some, shadows::Result);
    let schema = cqrs_core::compiled_schema().unwrap();
    let names: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["alerts", "derived_first", "from_macro", "private", "shadows"]);
    let read: AlertRead = serde_json::from_str(r#"{"id": 1, "severity": "High", "cause": null, "type": "x"}"#).unwrap();
    assert_eq!((read.severity, read.r#type.as_str()), (Severity::High, "x"));
}
