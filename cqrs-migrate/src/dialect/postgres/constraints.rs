//! Constraints of tables, out of the catalog.

use std::borrow::Cow;

use cqrs_core::schema::{
    Check, Deferrable, Exclusion, ForeignKey, MatchType, ObjectName, PrimaryKey, ReferentialAction, Str, Unique,
};
use sqlx::postgres::PgRow;

use super::clauses::{
    self, ALTER_INDEX, DEFERRABLE, INCLUDE, INDEX_TABLESPACE, INITIALLY_DEFERRED, NO_INHERIT, NOT_ENFORCED, NOT_VALID,
    NULLS_NOT_DISTINCT, ON_DELETE, PERIOD, TABLESPACE, WITHOUT_OVERLAPS,
};
use super::rows::{Fields, printed};
use super::sql::{quote, quote_list};
use super::tables::{Reading, Tables, index_name};
use crate::error::Error;

pub(super) fn add(tables: &mut Tables, row: &PgRow) -> Result<(), Error> {
    let row = Row::read(Fields::of(row))?;
    let Some(reading) = tables.get(row.table_id) else { return Ok(()) };
    let name = Some(Str::Owned(row.name.to_owned()));
    let comment = row.comment.map(|text| Str::Owned(text.to_owned()));
    let columns = reading.columns(&row.columns);
    let table = reading.table.object_name();
    match row.kind {
        "p" => {
            let options = row.key_options(reading).into();
            reading.table.primary_key = Some(PrimaryKey { name, columns, options, comment });
        }
        "u" => {
            let options = row.key_options(reading).into();
            reading.table.uniques.to_mut().push(Unique { name, columns, options, comment });
        }
        "f" => {
            let key = row.foreign_key(reading, ForeignKey { name, columns, comment, ..ForeignKey::default() });
            reading.table.foreign_keys.to_mut().push(key);
        }
        "x" => {
            let what = || format!("exclusion constraint `{}` of `{table}`", row.name);
            let definition = row.expression.map_or_else(|| printed(None, what), |sql| Ok(sql.to_owned().into()))?;
            reading.table.exclusions.to_mut().push(Exclusion { name, definition, comment });
            if let Some(tablespace) = row.index.tablespace {
                let index = index_name(&table, row.name);
                let clause = format!("{ALTER_INDEX}{index} SET {TABLESPACE}{}", quote(tablespace));
                reading.table.options.to_mut().push(clause.into());
            }
        }
        _ => {
            let expression = printed(row.expression, || format!("check `{}` of `{table}`", row.name))?;
            let mut options = row.validity();
            if row.is_no_inherit {
                options.push(NO_INHERIT.into());
            }
            clauses::sort(&mut options);
            reading.table.checks.to_mut().push(Check { name, expression, options: options.into(), comment });
        }
    }
    reading.mark_index(row.name, row.index.is_clustered, row.index.is_replica_identity);
    if let Some(text) = row.index.comment {
        let clause = clauses::comment("INDEX", &index_name(&table, row.name), text);
        reading.table.options.to_mut().push(clause);
    }
    Ok(())
}

/// A row of `constraints.sql`.
struct Row<'r> {
    table_id: i64,
    name: &'r str,
    kind: &'r str,
    columns: Vec<i16>,
    foreign: Option<ObjectName>,
    foreign_columns: Vec<String>,
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
    comment: Option<&'r str>,
    index: IndexBehind<'r>,
}

/// The index behind a key or an exclusion constraint.
struct IndexBehind<'r> {
    include: Vec<i16>,
    nulls_not_distinct: bool,
    parameters: Vec<String>,
    tablespace: Option<&'r str>,
    is_clustered: bool,
    is_replica_identity: bool,
    comment: Option<&'r str>,
}

impl<'r> Row<'r> {
    fn read(mut row: Fields<'r>) -> Result<Self, Error> {
        Ok(Self {
            table_id: row.take()?,
            name: row.take()?,
            kind: row.take()?,
            columns: row.take::<Option<_>>()?.unwrap_or_default(),
            foreign: row.optional_name()?,
            foreign_columns: row.texts()?,
            is_full_match: row.take::<&str>()? == "f",
            on_delete: action(row.take()?),
            on_update: action(row.take()?),
            on_delete_columns: row.take()?,
            is_deferrable: row.take()?,
            is_deferred: row.take()?,
            is_validated: row.take()?,
            is_no_inherit: row.take()?,
            is_enforced: row.take()?,
            has_period: row.take()?,
            expression: row.take()?,
            comment: row.take()?,
            index: IndexBehind {
                include: row.take::<Option<_>>()?.unwrap_or_default(),
                nulls_not_distinct: row.take()?,
                parameters: row.texts()?,
                tablespace: row.take()?,
                is_clustered: row.take()?,
                is_replica_identity: row.take()?,
                comment: row.take()?,
            },
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
            references: self.foreign.clone().unwrap_or_default(),
            referenced_columns: self.foreign_columns.iter().map(|name| Cow::Owned(name.clone())).collect(),
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

    /// The options of a primary key or unique constraint.
    fn key_options(&self, reading: &Reading) -> Vec<Str> {
        let mut options: Vec<Str> = clauses::parameters("", self.index.parameters.clone()).collect();
        if !self.index.include.is_empty() {
            options.push(format!("{INCLUDE}{})", quote_list(&reading.columns(&self.index.include))).into());
        }
        if self.index.nulls_not_distinct {
            options.push(NULLS_NOT_DISTINCT.into());
        }
        options.extend(self.index.tablespace.map(|name| format!("{INDEX_TABLESPACE}{}", quote(name)).into()));
        match (self.is_deferrable, self.is_deferred) {
            (false, _) => {}
            (true, false) => options.push(DEFERRABLE.into()),
            (true, true) => options.push(INITIALLY_DEFERRED.into()),
        }
        if self.has_period {
            options.push(WITHOUT_OVERLAPS.into());
        }
        clauses::sort(&mut options);
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
fn action(code: &str) -> ReferentialAction {
    match code {
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull,
        "d" => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}
