//! Constraints of tables, out of the catalog.

use std::collections::{BTreeSet, HashMap};

use cqrs_core::schema::{
    Check, Deferrable, Exclusion, ForeignKey, List, MatchType, ObjectName, PrimaryKey, ReferentialAction, Str, Unique,
};
use sqlx::postgres::types::Oid;

use super::catalog::{Catalog, Comments};
use super::clauses::{
    self, ALTER_INDEX, DEFERRABLE, INCLUDE, INDEX_TABLESPACE, INITIALLY_DEFERRED, NO_INHERIT, NOT_ENFORCED, NOT_VALID,
    NULLS_NOT_DISTINCT, ON_DELETE, PERIOD, TABLESPACE, WITHOUT_OVERLAPS,
};
use super::needs::Wholes;
use super::rows::{Fields, PG_CLASS, PG_CONSTRAINT, changed, printed};
use super::sql::{quote, quote_list};
use super::tables::{Reading, Tables, index_name};
use crate::dialect::push;
use crate::error::Error;

/// What of the constraints is complete only with what is read after them.
#[derive(Default)]
pub(super) struct Constraints {
    /// The constraints that have an index, by its number.
    by_index: HashMap<u32, Indexed>,
    /// The foreign keys to tables that are not read.
    foreign: Vec<Foreign>,
}

/// A constraint that has an index: where it is in its table.
#[derive(Clone, Copy)]
enum Indexed {
    PrimaryKey,
    Unique(usize),
    Exclusion,
}

/// A foreign key, and what it refers to by the server's numbers.
struct Foreign {
    table: u32,
    at: usize,
    references: u32,
    columns: Vec<i16>,
}

impl Constraints {
    pub(super) fn add(
        &mut self,
        row: Fields<'_>,
        tables: &mut Tables,
        comments: &mut Comments,
        wholes: &mut Wholes,
    ) -> Result<(), Error> {
        let row = Row::read(row)?;
        let target = (row.kind == b'f').then(|| {
            let target = tables.find(row.foreign_table)?;
            Some((target.table.object_name(), target.columns(&row.foreign_columns)))
        });
        let Some(reading) = tables.get(row.table_id) else { return Ok(()) };
        let name = Some(Str::Owned(row.name.to_owned()));
        let comment = comments.take(PG_CONSTRAINT, row.id);
        let columns = reading.columns(&row.columns);
        if row.kind != b'f' {
            wholes.add((PG_CONSTRAINT, row.id), (PG_CLASS, row.table_id));
        }
        let table = &mut reading.table;
        match row.kind {
            b'p' => {
                let options = row.key_options().into();
                table.primary_key = Some(PrimaryKey { name, columns, options, comment });
                self.by_index.insert(row.index, Indexed::PrimaryKey);
            }
            b'u' => {
                self.by_index.insert(row.index, Indexed::Unique(table.uniques.len()));
                push(&mut table.uniques, Unique { name, columns, options: row.key_options().into(), comment });
            }
            b'f' => {
                let key = row.foreign_key(reading, ForeignKey { name, columns, comment, ..ForeignKey::default() });
                let keys = &mut reading.table.foreign_keys;
                match target.flatten() {
                    Some((references, referenced_columns)) => {
                        push(keys, ForeignKey { references, referenced_columns, ..key });
                    }
                    None => {
                        let (table, references, columns) = (row.table_id, row.foreign_table, row.foreign_columns);
                        self.foreign.push(Foreign { table, at: keys.len(), references, columns });
                        push(keys, key);
                    }
                }
            }
            b'x' => {
                let what = || format!("exclusion constraint `{}` of `{}`", row.name, table.object_name());
                let definition = row.expression.map_or_else(|| printed(None, what), |sql| Ok(sql.to_owned().into()))?;
                push(&mut table.exclusions, Exclusion { name, definition, comment });
                self.by_index.insert(row.index, Indexed::Exclusion);
            }
            _ => {
                let what = || format!("check `{}` of `{}`", row.name, table.object_name());
                let expression = printed(row.expression, what)?;
                let mut options = row.validity();
                if row.is_no_inherit {
                    options.push(NO_INHERIT.into());
                }
                clauses::sort(&mut options);
                push(&mut table.checks, Check { name, expression, options: options.into(), comment });
            }
        }
        Ok(())
    }

    /// Reads the columns of tables that are not read but referred to.
    pub(super) async fn resolve(&mut self, catalog: &mut Catalog<'_>, tables: &mut Tables) -> Result<(), Error> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let ids: BTreeSet<u32> = self.foreign.iter().map(|key| key.references).collect();
        let ids: Vec<Oid> = ids.into_iter().map(Oid).collect();
        let default_schema = catalog.default_schema.clone();
        let mut names: HashMap<u32, ObjectName> = HashMap::new();
        let mut columns: HashMap<(u32, i16), Str> = HashMap::new();
        let add = |mut row: Fields<'_>| {
            let id = row.id()?;
            names.insert(id, row.name()?);
            columns.insert((id, row.take()?), row.text()?);
            Ok(())
        };
        let query = include_str!("queries/foreign_columns.sql");
        catalog.bound(query, |query| query.bind(ids).bind(default_schema), add).await?;
        for key in self.foreign.drain(..) {
            let Some(reading) = tables.get(key.table) else { continue };
            let Some(name) = names.get(&key.references) else {
                return Err(changed(format!("a foreign key of `{}`", reading.table.object_name())));
            };
            let column = |number: &i16| columns.get(&(key.references, *number)).cloned();
            let foreign_key = &mut reading.table.foreign_keys.to_mut()[key.at];
            foreign_key.references = name.clone();
            foreign_key.referenced_columns = key.columns.iter().filter_map(column).collect();
        }
        Ok(())
    }

    /// Tells a constraint what its index is like. False for an index that is no constraint's.
    pub(super) fn add_index(&self, id: u32, index: IndexBehind<'_>, reading: &mut Reading) -> bool {
        let Some(&indexed) = self.by_index.get(&id) else { return false };
        let owner = reading.table.object_name();
        let mut options: Vec<Str> = clauses::parameters("", index.parameters).collect();
        if !index.include.is_empty() {
            options.push(format!("{INCLUDE}{})", quote_list(&reading.columns(index.include))).into());
        }
        if index.nulls_not_distinct {
            options.push(NULLS_NOT_DISTINCT.into());
        }
        options.extend(index.tablespace.map(|name| format!("{INDEX_TABLESPACE}{}", quote(name)).into()));
        options.extend(index.tree);
        let table = &mut reading.table;
        match indexed {
            Indexed::PrimaryKey => {
                if let Some(key) = &mut table.primary_key {
                    add_options(&mut key.options, options);
                }
            }
            Indexed::Unique(at) => add_options(&mut table.uniques.to_mut()[at].options, options),
            Indexed::Exclusion => {
                if let Some(tablespace) = index.tablespace {
                    let index = index_name(&owner, index.name);
                    let clause = format!("{ALTER_INDEX}{index} SET {TABLESPACE}{}", quote(tablespace));
                    table.options.to_mut().push(clause.into());
                }
            }
        }
        if let Some(text) = index.comment {
            let clause = clauses::comment("INDEX", &index_name(&owner, index.name), &text);
            table.options.to_mut().push(clause);
        }
        true
    }
}

fn add_options(options: &mut List<Str>, more: Vec<Str>) {
    options.to_mut().extend(more);
    clauses::sort(options.to_mut());
}

/// The index behind a key or an exclusion constraint.
pub(super) struct IndexBehind<'r> {
    pub(super) name: &'r str,
    pub(super) include: &'r [i16],
    pub(super) nulls_not_distinct: bool,
    pub(super) parameters: Vec<String>,
    pub(super) tablespace: Option<&'r str>,
    /// What it is in a tree of partitions.
    pub(super) tree: Vec<Str>,
    pub(super) comment: Option<Str>,
}

/// A row of `constraints.sql`.
struct Row<'r> {
    id: u32,
    table_id: u32,
    name: &'r str,
    kind: u8,
    columns: Vec<i16>,
    index: u32,
    foreign_table: u32,
    foreign_columns: Vec<i16>,
    is_full_match: bool,
    on_delete: ReferentialAction,
    on_update: ReferentialAction,
    on_delete_columns: Option<Vec<i16>>,
    is_deferrable: bool,
    is_deferred: bool,
    is_validated: bool,
    is_no_inherit: bool,
    is_enforced: bool,
    has_period: bool,
    expression: Option<&'r str>,
}

impl<'r> Row<'r> {
    fn read(mut row: Fields<'r>) -> Result<Self, Error> {
        Ok(Self {
            id: row.id()?,
            table_id: row.id()?,
            name: row.take()?,
            kind: row.letter()?,
            columns: row.take::<Option<_>>()?.unwrap_or_default(),
            index: row.id()?,
            foreign_table: row.id()?,
            foreign_columns: row.take::<Option<_>>()?.unwrap_or_default(),
            is_full_match: row.letter()? == b'f',
            on_delete: action(row.letter()?),
            on_update: action(row.letter()?),
            on_delete_columns: row.take()?,
            is_deferrable: row.take()?,
            is_deferred: row.take()?,
            is_validated: row.take()?,
            is_no_inherit: row.take()?,
            is_enforced: row.take()?,
            has_period: row.take()?,
            expression: row.take()?,
        })
    }

    fn foreign_key(&self, reading: &Reading, key: ForeignKey) -> ForeignKey {
        let mut options = self.validity();
        if self.has_period {
            options.push(PERIOD.into());
        }
        if let Some(columns) = &self.on_delete_columns {
            let columns = quote_list(&reading.columns(columns));
            options.push(format!("{ON_DELETE}{} ({columns})", self.on_delete.sql()).into());
        }
        clauses::sort(&mut options);
        ForeignKey {
            on_delete: self.on_delete,
            on_update: self.on_update,
            match_type: if self.is_full_match { MatchType::Full } else { MatchType::Simple },
            deferrable: match (self.is_deferrable, self.is_deferred) {
                (false, _) => Deferrable::No,
                (true, false) => Deferrable::InitiallyImmediate,
                (true, true) => Deferrable::InitiallyDeferred,
            },
            options: options.into(),
            ..key
        }
    }

    /// The options of a primary key or unique constraint, without those of its index.
    fn key_options(&self) -> Vec<Str> {
        let mut options: Vec<Str> = Vec::new();
        match (self.is_deferrable, self.is_deferred) {
            (false, _) => {}
            (true, false) => options.push(DEFERRABLE.into()),
            (true, true) => options.push(INITIALLY_DEFERRED.into()),
        }
        if self.has_period {
            options.push(WITHOUT_OVERLAPS.into());
        }
        options
    }

    /// A constraint that is not enforced is never validated.
    fn validity(&self) -> Vec<Str> {
        match (self.is_enforced, self.is_validated) {
            (false, _) => vec![NOT_ENFORCED.into()],
            (true, false) => vec![NOT_VALID.into()],
            (true, true) => Vec::new(),
        }
    }
}

/// <https://www.postgresql.org/docs/current/catalog-pg-constraint.html>
fn action(code: u8) -> ReferentialAction {
    match code {
        b'r' => ReferentialAction::Restrict,
        b'c' => ReferentialAction::Cascade,
        b'n' => ReferentialAction::SetNull,
        b'd' => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}
