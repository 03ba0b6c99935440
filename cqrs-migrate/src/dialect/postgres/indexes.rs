//! Indexes, out of the catalog.

use std::borrow::Cow;
use std::collections::HashMap;

use cqrs_core::schema::{Index, IndexKey, IndexPart, Nulls, ObjectName, SortOrder, Str};
use sqlx::postgres::types::Oid;

use super::catalog::Comments;
use super::clauses::{self, ALTER_COLUMN, CLUSTER_ON, INVALID, ONLY, PARTITION_OF, STATISTICS, TABLESPACE};
use super::column_types::ColumnTypes;
use super::constraints::{Constraints, IndexBehind};
use super::needs::Wholes;
use super::rows::{Fields, PG_CLASS, printed};
use super::sql::{literal, plain_or_sql, quote, quote_as_printed, strip_parentheses};
use super::tables::{ColumnRow, Tables};
use super::views::Views;
use crate::dialect::push;
use crate::error::Error;

/// The collation of the database, by its number and its name.
/// <https://www.postgresql.org/docs/current/collation.html>
const DEFAULT_COLLATION: (u32, &str) = (100, "default");

/// What the parts of indexes are read with.
#[derive(Default)]
pub(super) struct Indexes {
    classes: HashMap<u32, OperatorClass>,
    /// The default operator classes, by their access method and the type that they are for.
    defaults: HashMap<(u32, u32), u32>,
    /// What is set of parts, by the index and the number of the part.
    set: HashMap<(u32, i16), PartSettings>,
}

struct OperatorClass {
    method: u32,
    is_default: bool,
    schema: Option<String>,
    name: String,
}

struct PartSettings {
    statistics: Option<i32>,
    /// The parameters of the operator class.
    parameters: Vec<String>,
}

/// A row of `indexes.sql`.
struct Row<'r> {
    relation: u32,
    id: u32,
    name: &'r str,
    is_unique: bool,
    method: &'r str,
    predicate: Option<&'r str>,
    nulls_not_distinct: bool,
    parameters: Vec<String>,
    tablespace: Option<&'r str>,
    is_valid: bool,
    is_partitioned: bool,
    /// The index of the partitioned table.
    part_of: Option<&'r str>,
    is_clustered: bool,
    is_replica_identity: bool,
    key_parts: i16,
    columns: Vec<i16>,
    operator_classes: Vec<u32>,
    orders: Vec<i16>,
    collations: Vec<u32>,
    collation_schemas: Option<Vec<Option<String>>>,
    collation_names: Option<Vec<Option<String>>>,
    expressions: Option<Vec<Option<String>>>,
    types: Option<Vec<Oid>>,
}

/// A part of an index: what its column is called and is of, unless it is an expression.
struct PartColumn {
    name: Str,
    type_id: u32,
    collation: u32,
}

impl Indexes {
    /// A row of `operator_classes.sql`.
    pub(super) fn add_operator_class(&mut self, mut row: Fields<'_>) -> Result<(), Error> {
        let (id, method, of_type) = (row.id()?, row.id()?, row.id()?);
        let class = OperatorClass { method, is_default: row.take()?, schema: row.take()?, name: row.take()? };
        if class.is_default {
            self.defaults.insert((method, of_type), id);
        }
        self.classes.insert(id, class);
        Ok(())
    }

    /// A row of `columns.sql` that is about a part of an index.
    pub(super) fn set_part(&mut self, row: ColumnRow<'_>) {
        let settings = PartSettings { statistics: row.statistics, parameters: row.parameters };
        self.set.insert((row.relation, row.facts.number), settings);
    }

    pub(super) fn add(&mut self, row: Fields<'_>, to: &mut Relations<'_>) -> Result<(), Error> {
        let mut row = Row::read(row)?;
        to.wholes.add((PG_CLASS, row.id), (PG_CLASS, row.relation));
        let comment = to.comments.take(PG_CLASS, row.id);
        if let Some(reading) = to.tables.get(row.relation) {
            reading.mark_index(row.name, row.is_clustered, row.is_replica_identity);
            let behind = IndexBehind {
                name: row.name,
                include: row.columns.get(usize::try_from(row.key_parts).unwrap_or_default()..).unwrap_or_default(),
                nulls_not_distinct: row.nulls_not_distinct,
                parameters: row.parameters.clone(),
                tablespace: row.tablespace,
                tree: row.tree(),
                comment: comment.clone(),
            };
            if !to.constraints.add_index(row.id, behind, reading) {
                let column = |number| {
                    let (column, typed) = reading.column(number)?;
                    Some(part_column(&column.name, to.types, typed))
                };
                let index = self.index(&mut row, comment, &reading.table.object_name(), column)?;
                push(&mut reading.table.indexes, index);
            }
        } else if let Some(reading) = to.views.get(row.relation) {
            if row.is_clustered {
                reading.view.options.to_mut().push(format!("{CLUSTER_ON}{}", quote(row.name)).into());
            }
            let column = |number| {
                let (name, typed) = reading.column(number)?;
                Some(part_column(name, to.types, typed))
            };
            let index = self.index(&mut row, comment, &reading.view.name, column)?;
            reading.view.indexes.push(index);
        }
        Ok(())
    }

    fn index(
        &self,
        row: &mut Row<'_>,
        comment: Option<Str>,
        owner: &ObjectName,
        column: impl Fn(i16) -> Option<PartColumn>,
    ) -> Result<Index, Error> {
        let mut index = Index {
            name: Some(row.name.to_owned().into()),
            unique: row.is_unique,
            method: (row.method != "btree").then(|| Cow::Owned(row.method.to_owned())),
            predicate: row.predicate.map(|sql| strip_parentheses(sql).to_owned().into()),
            nulls_not_distinct: row.nulls_not_distinct,
            comment,
            ..Index::default()
        };
        let mut options: Vec<Str> = clauses::parameters("", std::mem::take(&mut row.parameters)).collect();
        options.extend(row.tablespace.map(|name| format!("{TABLESPACE}{}", quote(name)).into()));
        options.extend(row.tree());
        if !row.is_valid && !row.is_partitioned {
            options.push(INVALID.into());
        }
        for (at, (number, part)) in (1i16..).zip(&row.columns).enumerate() {
            let column = column(*part);
            if number > row.key_parts {
                index.include.to_mut().extend(column.map(|column| column.name));
                continue;
            }
            let set = self.set.get(&(row.id, number));
            push(&mut index.parts, self.part(row, at, column, set, owner)?);
            let statistics = set.and_then(|set| set.statistics);
            options.extend(statistics.map(|target| format!("{ALTER_COLUMN}{number} SET {STATISTICS}{target}").into()));
        }
        clauses::sort(&mut options);
        index.options = options.into();
        Ok(index)
    }

    fn part(
        &self,
        row: &Row<'_>,
        at: usize,
        column: Option<PartColumn>,
        set: Option<&PartSettings>,
        owner: &ObjectName,
    ) -> Result<IndexPart, Error> {
        let order = row.orders.get(at).copied().unwrap_or_default();
        let (is_descending, is_nulls_first) = (order & 1 == 1, order & 2 == 2);
        let type_id = match &column {
            Some(column) => Some(column.type_id),
            None => row.types.as_ref().and_then(|types| types.get(at)).map(|id| id.0),
        };
        let usual_collation = column.as_ref().map_or(DEFAULT_COLLATION.0, |column| column.collation);
        let key = match column {
            Some(column) => IndexKey::Column(column.name),
            None => {
                let sql = row.expressions.as_ref().and_then(|expressions| expressions.get(at)?.as_deref());
                let what = || format!("index `{}` of `{owner}`", row.name);
                IndexKey::Expression(printed(sql, what)?)
            }
        };
        Ok(IndexPart {
            key,
            order: if is_descending { SortOrder::Descending } else { SortOrder::Ascending },
            nulls: match (is_descending, is_nulls_first) {
                (false, true) => Some(Nulls::First),
                (true, false) => Some(Nulls::Last),
                _ => None,
            },
            operator_class: self.operator_class(row.operator_classes.get(at).copied(), type_id, set),
            collation: row.collation(at, usual_collation),
            prefix_length: None,
        })
    }

    /// The operator class, where it is not the one that the server takes for that type by itself.
    fn operator_class(&self, id: Option<u32>, type_id: Option<u32>, set: Option<&PartSettings>) -> Option<Str> {
        let id = id?;
        let class = self.classes.get(&id)?;
        let parameters = set.map_or(&[][..], |set| &set.parameters);
        let usual = type_id.and_then(|type_id| self.defaults.get(&(class.method, type_id)));
        if parameters.is_empty() && class.is_default && usual.is_none_or(|usual| *usual == id) {
            return None;
        }
        Some(class.sql(parameters))
    }
}

/// What the indexes are read into, and with.
pub(super) struct Relations<'a> {
    pub(super) tables: &'a mut Tables,
    pub(super) views: &'a mut Views,
    pub(super) constraints: &'a Constraints,
    pub(super) types: &'a ColumnTypes,
    pub(super) comments: &'a mut Comments,
    pub(super) wholes: &'a mut Wholes,
}

fn part_column(name: &Str, types: &ColumnTypes, typed: usize) -> PartColumn {
    let key = types.key(typed);
    PartColumn { name: name.clone(), type_id: key.id, collation: key.collation }
}

impl<'r> Row<'r> {
    fn read(mut row: Fields<'r>) -> Result<Self, Error> {
        Ok(Self {
            relation: row.id()?,
            id: row.id()?,
            name: row.take()?,
            is_unique: row.take()?,
            method: row.take()?,
            predicate: row.take()?,
            nulls_not_distinct: row.take()?,
            parameters: row.texts()?,
            tablespace: row.take()?,
            is_valid: row.take()?,
            is_partitioned: row.take()?,
            part_of: row.take()?,
            is_clustered: row.take()?,
            is_replica_identity: row.take()?,
            key_parts: row.take()?,
            columns: row.vector()?,
            operator_classes: row.vector()?,
            orders: row.vector()?,
            collations: row.vector()?,
            collation_schemas: row.take()?,
            collation_names: row.take()?,
            expressions: row.take()?,
            types: row.take()?,
        })
    }

    /// What it is in a tree of partitions.
    fn tree(&self) -> Vec<Str> {
        let part_of = self.part_of.map(|name| format!("{PARTITION_OF}{}", quote(name)).into());
        let only = (self.is_partitioned && !self.is_valid).then(|| ONLY.into());
        part_of.into_iter().chain(only).collect()
    }

    /// The collation of a part, where it is not the usual one. None at all is zero.
    fn collation(&self, at: usize, usual: u32) -> Option<Str> {
        let id = *self.collations.get(at)?;
        if id == usual || id == 0 {
            return None;
        }
        if id == DEFAULT_COLLATION.0 {
            return Some(DEFAULT_COLLATION.1.into());
        }
        let name = self.collation_names.as_ref()?.get(at)?.as_deref()?;
        let schema = self.collation_schemas.as_ref().and_then(|schemas| schemas.get(at)?.as_deref());
        Some(plain_or_sql(schema, name).into())
    }
}

impl OperatorClass {
    /// With its parameters, where it has some: `"gist_trgm_ops" (siglen='32')`.
    fn sql(&self, parameters: &[String]) -> Str {
        if parameters.is_empty() {
            return plain_or_sql(self.schema.as_deref(), &self.name).into();
        }
        let schema = self.schema.as_deref().map_or_else(String::new, |schema| format!("{}.", quote(schema)));
        let parameter = |text: &String| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            format!("{}={}", quote_as_printed(name), literal(value))
        };
        let parameters: Vec<String> = parameters.iter().map(parameter).collect();
        format!("{schema}{} ({})", quote(&self.name), parameters.join(", ")).into()
    }
}
