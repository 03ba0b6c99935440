//! What the schema types have no place for: reported, so that nothing is lost in silence.

use std::collections::HashMap;

use super::catalog::Catalog;
use super::rows::{Address, Fields};
use crate::dialect::NotManaged;
use crate::error::Error;

/// Every kind that `queries/not_managed_*.sql` can yield.
const KINDS: &[&str] = &[
    "access method",
    "base type",
    "conversion",
    "default privileges",
    "disabled trigger of constraint",
    "event trigger",
    "foreign data wrapper",
    "foreign server",
    "foreign table",
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

/// What the queries that are only for reports find.
pub(super) async fn read(catalog: &mut Catalog<'_>, members: &HashMap<Address, u32>) -> Result<Vec<NotManaged>, Error> {
    let mut found = Vec::new();
    let add_object = |mut row: Fields<'_>| {
        let address = row.address()?;
        let kind = kind(row.take()?);
        let name = row.name()?.to_string().into();
        if !members.contains_key(&address) {
            found.push(NotManaged { kind, name, table: row.optional_name()? });
        }
        Ok(())
    };
    catalog.objects(include_str!("queries/not_managed_objects.sql"), add_object).await?;
    let add_property = |mut row: Fields<'_>| {
        found.push(NotManaged { kind: kind(row.take()?), name: row.text()?, table: row.optional_name()? });
        Ok(())
    };
    catalog.relations(include_str!("queries/not_managed_properties.sql"), add_property).await?;
    Ok(found)
}

fn kind(text: &str) -> &'static str {
    KINDS.iter().find(|kind| **kind == text).copied().unwrap_or("other object")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_queries_is_known() {
        let queries =
            [include_str!("queries/not_managed_objects.sql"), include_str!("queries/not_managed_properties.sql")];
        for line in queries.iter().flat_map(|query| query.lines()) {
            let Some(list) = line.strip_prefix("SELECT ") else { continue };
            let mut literals = list.split(", ").filter_map(|item| item.strip_prefix('\'')?.strip_suffix('\''));
            if let Some(kind) = literals.next() {
                assert!(KINDS.contains(&kind), "`{kind}` is missing");
            }
        }
    }
}
