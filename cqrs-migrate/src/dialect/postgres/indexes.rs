//! Indexes that are no constraint's, out of the catalog.

use std::borrow::Cow;

use cqrs_core::schema::{Index, IndexKey, IndexPart, Nulls, ObjectName, SortOrder, Str};
use sqlx::postgres::PgRow;

use super::clauses::{self, ALTER_COLUMN, CLUSTER_ON, INVALID, STATISTICS, TABLESPACE};
use super::rows::Fields;
use super::sql::{literal, plain_or_sql, quote, quote_as_printed};
use super::tables::Tables;
use super::views::Views;
use crate::error::Error;

/// Reads one part of an index after the other. Those of one index come one behind the other.
#[derive(Default)]
pub(super) struct Indexes {
    last: Option<i64>,
}

impl Indexes {
    pub(super) fn add_part(&mut self, row: &PgRow, tables: &mut Tables, views: &mut Views) -> Result<(), Error> {
        let mut row = Fields::of(row);
        let relation: i64 = row.take()?;
        let id: i64 = row.take()?;
        let is_new = self.last.replace(id) != Some(id);
        let (index, is_clustered, is_replica_identity) = head(&mut row)?;
        let name = index.name.clone().unwrap_or_default();
        let (indexes, owner) = if let Some(reading) = tables.get(relation) {
            if is_new {
                reading.mark_index(&name, is_clustered, is_replica_identity);
            }
            let owner = reading.table.object_name();
            (reading.table.indexes.to_mut(), owner)
        } else if let Some(view) = views.get(relation) {
            if is_new && is_clustered {
                view.options.to_mut().push(format!("{CLUSTER_ON}{}", quote(&name)).into());
            }
            (&mut view.indexes, view.name.clone())
        } else {
            return Ok(());
        };
        if is_new {
            indexes.push(index);
        }
        match indexes.last_mut() {
            Some(index) => add_part(index, &mut row, &owner),
            None => Ok(()),
        }
    }
}

/// The index without its parts, and whether its table is clustered on it, or known by it to those who replicate it.
fn head(row: &mut Fields<'_>) -> Result<(Index, bool, bool), Error> {
    let mut index = Index {
        name: Some(row.text()?),
        unique: row.take()?,
        method: row.take::<Option<&str>>()?.filter(|method| *method != "btree").map(|name| Cow::Owned(name.to_owned())),
        predicate: row.take::<Option<&str>>()?.map(|sql| super::sql::strip_parentheses(sql).to_owned().into()),
        nulls_not_distinct: row.take()?,
        ..Index::default()
    };
    let mut options: Vec<Str> = clauses::parameters("", row.texts()?).collect();
    options.extend(row.take::<Option<&str>>()?.map(|name| format!("{TABLESPACE}{}", quote(name)).into()));
    let (is_valid, is_partitioned): (bool, bool) = (row.take()?, row.take()?);
    if !is_valid && !is_partitioned {
        options.push(INVALID.into());
    }
    index.options = options.into();
    let marks = (row.take()?, row.take()?);
    index.comment = row.optional()?;
    Ok((index, marks.0, marks.1))
}

fn add_part(index: &mut Index, row: &mut Fields<'_>, owner: &ObjectName) -> Result<(), Error> {
    let number: i16 = row.take()?;
    let is_included: bool = row.take()?;
    let column = row.optional()?;
    if is_included {
        index.include.to_mut().extend(column);
        return Ok(());
    }
    let what = || format!("index `{}` of `{owner}`", index.name.as_deref().unwrap_or_default());
    let sql: Option<&str> = row.take()?;
    let key = match column {
        Some(column) => IndexKey::Column(column),
        None => IndexKey::Expression(super::rows::printed(sql, what)?),
    };
    let (is_descending, is_nulls_first): (bool, bool) = (row.take()?, row.take()?);
    let part = IndexPart {
        key,
        order: if is_descending { SortOrder::Descending } else { SortOrder::Ascending },
        nulls: match (is_descending, is_nulls_first) {
            (false, true) => Some(Nulls::First),
            (true, false) => Some(Nulls::Last),
            _ => None,
        },
        operator_class: operator_class(row)?,
        collation: row.visible_name()?,
        prefix_length: None,
    };
    index.parts.to_mut().push(part);
    if let Some(target) = row.take::<Option<i32>>()? {
        index.options.to_mut().push(format!("{ALTER_COLUMN}{number} SET {STATISTICS}{target}").into());
    }
    clauses::sort(index.options.to_mut());
    Ok(())
}

/// With its parameters, where it has some: `"gist_trgm_ops" (siglen='32')`.
fn operator_class(row: &mut Fields<'_>) -> Result<Option<Str>, Error> {
    let schema: Option<&str> = row.take()?;
    let name: Option<&str> = row.take()?;
    let parameters = row.texts()?;
    let Some(name) = name else { return Ok(None) };
    if parameters.is_empty() {
        return Ok(Some(plain_or_sql(schema, name).into()));
    }
    let schema = schema.map_or_else(String::new, |schema| format!("{}.", quote(schema)));
    let parameter = |text: &String| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        format!("{}={}", quote_as_printed(name), literal(value))
    };
    let parameters: Vec<String> = parameters.iter().map(parameter).collect();
    Ok(Some(format!("{schema}{} ({})", quote(name), parameters.join(", ")).into()))
}
