use std::fmt;

use serde::{Deserialize, Serialize};

use super::Str;

/// The name of a table, view or type: bare when it lives in the connection's default schema, qualified otherwise.
///
/// Names in the default schema are bare everywhere, so that a migration runs in whatever schema it is pointed at.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "NameDocument", into = "NameDocument")]
pub struct ObjectName {
    /// The database schema, where it is not the default one. Always `None` on MySQL, MariaDB and SQLite.
    pub schema: Option<Str>,
    /// The name itself, unquoted.
    pub name: Str,
}

impl ObjectName {
    /// A name in the default schema.
    pub fn new(name: impl Into<Str>) -> Self {
        Self { schema: None, name: name.into() }
    }

    /// A name in a schema.
    pub fn qualified(schema: impl Into<Str>, name: impl Into<Str>) -> Self {
        Self { schema: Some(schema.into()), name: name.into() }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        f.write_str(&self.name)
    }
}

/// `"customers"` in the default schema, `{"schema": "app", "name": "customers"}` elsewhere.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum NameDocument {
    Bare(Str),
    Qualified { schema: Str, name: Str },
}

impl From<NameDocument> for ObjectName {
    fn from(document: NameDocument) -> Self {
        match document {
            NameDocument::Bare(name) => Self { schema: None, name },
            NameDocument::Qualified { schema, name } => Self { schema: Some(schema), name },
        }
    }
}

impl From<ObjectName> for NameDocument {
    fn from(name: ObjectName) -> Self {
        match name.schema {
            None => Self::Bare(name.name),
            Some(schema) => Self::Qualified { schema, name: name.name },
        }
    }
}
