//! What the schema types have no place for: reported, so that nothing is lost in silence.

use cqrs_core::schema::ObjectName;
use sqlx::postgres::PgRow;

use super::introspect::get;
use crate::dialect::NotManaged;
use crate::error::Error;

/// Every kind that `queries/not_managed_*.sql` can yield.
const KINDS: &[&str] = &[
    "access method",
    "base type",
    "comment on constraint",
    "conversion",
    "default privileges",
    "disabled trigger of constraint",
    "event trigger",
    "foreign data wrapper",
    "foreign server",
    "foreign table",
    "index that some partitions lack",
    "language",
    "privileges",
    "publication",
    "range type with a canonical function",
    "security label",
    "subscription",
    "text search parser",
    "text search template",
    "transform",
    "trigger of a partition",
    "trigger",
    "user mapping",
];

/// A row of `not_managed_objects.sql`.
pub(super) fn object(row: &PgRow) -> Result<NotManaged, Error> {
    let schema: Option<String> = get(row, "schema")?;
    let name = ObjectName { schema: schema.map(Into::into), name: get::<String>(row, "name")?.into() };
    Ok(NotManaged { kind: kind(row)?, name: name.to_string().into(), table: table(row)? })
}

/// A row of `not_managed_properties.sql`.
pub(super) fn property(row: &PgRow) -> Result<NotManaged, Error> {
    Ok(NotManaged { kind: kind(row)?, name: get::<String>(row, "name")?.into(), table: table(row)? })
}

/// A view that the server cannot print.
pub(super) fn broken_view(name: ObjectName) -> NotManaged {
    NotManaged { kind: "broken view", name: name.to_string().into(), table: None }
}

fn kind(row: &PgRow) -> Result<&'static str, Error> {
    let text: String = get(row, "kind")?;
    Ok(KINDS.iter().find(|kind| **kind == text).copied().unwrap_or("other object"))
}

fn table(row: &PgRow) -> Result<Option<ObjectName>, Error> {
    let schema: Option<String> = get(row, "table_schema")?;
    let name: Option<String> = get(row, "table_name")?;
    Ok(name.map(|name| ObjectName { schema: schema.map(Into::into), name: name.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_queries_is_known() {
        let queries =
            [include_str!("queries/not_managed_objects.sql"), include_str!("queries/not_managed_properties.sql")];
        for query in queries {
            for branch in query.split("UNION ALL") {
                let Some((_, list)) = branch.rsplit_once("\nSELECT ").filter(|(_, list)| list.starts_with('\'')) else {
                    continue;
                };
                let kind = list[1..].split('\'').next().unwrap();
                assert!(KINDS.contains(&kind), "`{kind}` is missing");
            }
        }
    }
}
