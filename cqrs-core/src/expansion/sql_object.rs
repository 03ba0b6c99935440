//! What `sql_object!` puts its object together from.

use crate::schema::{ObjectId, ObjectKind, ObjectName, SqlObject, SqlPerDatabase, Str};

/// An SQL object as it is written.
#[derive(Debug, Clone, Default)]
pub struct ObjectParts {
    /// The kind's word: one of the grammar's.
    pub kind: Str,
    /// The name, a routine's with the types of its arguments.
    pub name: Str,
    /// The table or view that it belongs to.
    pub table: Option<Str>,
    /// The database schema.
    pub schema: Option<Str>,
    /// The name that it had before.
    pub renamed_from: Option<Str>,
    /// The comment.
    pub comment: Option<Str>,
    /// The statement on databases that have none of their own.
    pub otherwise: Option<Str>,
    /// The statement on the databases that have one of their own.
    pub on: SqlPerDatabase,
}

/// The object that is written so.
#[must_use]
pub fn sql_object(parts: ObjectParts) -> SqlObject {
    let kind = object_kind(&parts.kind);
    let is_routine = matches!(kind, ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Aggregate);
    let (name, signature) = match parts.name.find('(').filter(|_| is_routine) {
        Some(at) => (parts.name[..at].trim().to_owned(), Some(parts.name[at..].trim().to_owned().into())),
        None => (parts.name.trim().to_owned(), None),
    };
    let name = ObjectName { schema: parts.schema, name: name.into() };
    let id = ObjectId { table: parts.table, signature, ..ObjectId::new(kind, name) };
    SqlObject {
        definition_on: parts.on,
        comment: parts.comment,
        renamed_from: parts.renamed_from,
        ..SqlObject::new(id, parts.otherwise.unwrap_or_default())
    }
}

/// The kind that a word of the grammar stands for. A word that the grammar has refused already is as good as any.
fn object_kind(word: &str) -> ObjectKind {
    match word {
        "aggregate" => ObjectKind::Aggregate,
        "collation" => ObjectKind::Collation,
        "composite_type" => ObjectKind::CompositeType,
        "domain" => ObjectKind::Domain,
        "event" => ObjectKind::Event,
        "extension" => ObjectKind::Extension,
        "policy" => ObjectKind::Policy,
        "procedure" => ObjectKind::Procedure,
        "range_type" => ObjectKind::RangeType,
        "rule" => ObjectKind::Rule,
        "schema" => ObjectKind::Namespace,
        "sequence" => ObjectKind::Sequence,
        "statistics" => ObjectKind::Statistics,
        "text_search_configuration" => ObjectKind::TextSearchConfiguration,
        "trigger" => ObjectKind::Trigger,
        "virtual_table" => ObjectKind::VirtualTable,
        _ => ObjectKind::Function,
    }
}

#[cfg(all(test, feature = "extract"))]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_grammar_is_a_kind() {
        for word in cqrs_syntax::OBJECT_KINDS {
            assert_eq!(object_kind(word).name().replace(' ', "_"), word);
        }
    }

    #[test]
    fn a_routine_is_named_with_its_arguments() {
        let parts = |kind: &'static str, name: &'static str| ObjectParts {
            kind: kind.into(),
            name: name.into(),
            ..ObjectParts::default()
        };
        let total = sql_object(parts("function", "total (integer, text)"));
        assert_eq!(total.id.to_string(), "total(integer, text)");
        assert_eq!(total.id.signature.as_deref(), Some("(integer, text)"));
        assert_eq!(sql_object(parts("domain", "odd (name)")).id.name.name, "odd (name)");
    }
}
