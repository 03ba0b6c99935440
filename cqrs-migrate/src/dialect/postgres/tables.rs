//! Tables and their columns, out of the catalog.

use std::collections::HashMap;

use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, Dependency, Generated, List, ObjectName, Schema, SqlObject, Str, Table,
};
use sqlx::postgres::PgRow;

use super::clauses::{
    self, CLUSTER_ON, COMPRESSION, FORCED_ROW_SECURITY, NOT_NULL_INHERITED, NOT_NULL_NAME, NOT_NULL_NO_INHERIT,
    NOT_NULL_NOT_VALID, OF, PARTITION_BY, REPLICA_IDENTITY, ROW_SECURITY, STATISTICS, STORAGE, TABLESPACE, UNLOGGED,
    USING,
};
use super::inherited;
use super::rows::{Fields, changed, printed};
use super::sequences::Sequences;
use super::sql::{generated_name, quote, quote_name};
use super::views::Views;
use crate::error::Error;

/// The tables by the server's numbers for them.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) list: Vec<Reading>,
    by_id: HashMap<i64, usize>,
    /// The sequences of columns that are neither identity nor `serial`, each with its table.
    sequences: Vec<(ObjectName, SqlObject)>,
}

/// A table while it is read.
pub(super) struct Reading {
    pub(super) table: Table,
    /// The server's numbers of the columns, in their order.
    numbers: Vec<i16>,
    /// How the values of the columns' types are kept by default.
    storages: Vec<&'static str>,
    /// The columns that the table has only because a table that it inherits from has them.
    pub(super) inherited: Vec<Str>,
    /// The defaults that `serial` stands for.
    pub(super) serial_defaults: HashMap<Str, DefaultValue>,
    /// The tables that it inherits from.
    pub(super) parents: Vec<i64>,
}

impl Reading {
    /// The names of columns, by their numbers.
    pub(super) fn columns(&self, numbers: &[i16]) -> List<Str> {
        let name = |number: &i16| self.numbers.binary_search(number).ok().map(|at| self.table.columns[at].name.clone());
        numbers.iter().filter_map(name).collect()
    }

    /// The columns, and how the values of their types are kept by default.
    pub(super) fn columns_and_storages(&self) -> impl Iterator<Item = (&Column, &'static str)> {
        self.table.columns.iter().zip(self.storages.iter().copied())
    }

    /// What the server says of an index besides its definition.
    pub(super) fn mark_index(&mut self, name: &str, is_clustered: bool, is_replica_identity: bool) {
        let options = self.table.options.to_mut();
        if is_clustered {
            options.push(format!("{CLUSTER_ON}{}", quote(name)).into());
        }
        if is_replica_identity {
            options.push(format!("{REPLICA_IDENTITY}USING INDEX {}", quote(name)).into());
        }
    }
}

impl Tables {
    pub(super) fn add(&mut self, row: &PgRow) -> Result<(), Error> {
        let mut row = Fields::of(row);
        let id = row.take()?;
        let name = row.name()?;
        let mut table = Table { schema: name.schema, ..Table::new(name.name) };
        let mut options = Vec::new();
        if row.take()? {
            options.push(UNLOGGED.into());
        }
        let mut named = |beginning: &str, value: Option<String>| {
            options.extend(value.map(|value| Str::from(format!("{beginning}{value}"))));
        };
        named(PARTITION_BY, row.take()?);
        table.partition_bound = row.optional()?;
        named(OF, row.take()?);
        named(USING, row.take::<Option<&str>>()?.map(quote));
        named(TABLESPACE, row.take::<Option<&str>>()?.map(quote));
        options.extend(clauses::parameters("", row.texts()?));
        options.extend(clauses::parameters("toast.", row.texts()?));
        if row.take()? {
            options.push(ROW_SECURITY.into());
        }
        if row.take()? {
            options.push(FORCED_ROW_SECURITY.into());
        }
        match row.take()? {
            "f" => options.push(format!("{REPLICA_IDENTITY}FULL").into()),
            "n" => options.push(format!("{REPLICA_IDENTITY}NOTHING").into()),
            _ => {}
        }
        table.options = options.into();
        table.comment = row.optional()?;
        self.by_id.insert(id, self.list.len());
        self.list.push(Reading {
            table,
            numbers: Vec::new(),
            storages: Vec::new(),
            inherited: Vec::new(),
            serial_defaults: HashMap::new(),
            parents: Vec::new(),
        });
        Ok(())
    }

    /// The table of that number. None for one that is not read: an extension's.
    pub(super) fn get(&mut self, id: i64) -> Option<&mut Reading> {
        self.by_id.get(&id).map(|&at| &mut self.list[at])
    }

    pub(super) fn find(&self, id: i64) -> Option<&Reading> {
        self.by_id.get(&id).map(|&at| &self.list[at])
    }

    pub(super) fn add_parent(&mut self, row: &PgRow) -> Result<(), Error> {
        let mut row = Fields::of(row);
        let Some(child) = self.get(row.take()?) else { return Ok(()) };
        child.parents.push(row.take()?);
        child.table.inherits.to_mut().push(row.name()?);
        Ok(())
    }

    /// A column of a table, or of a view.
    pub(super) fn add_column(&mut self, row: &PgRow, sequences: &Sequences, views: &mut Views) -> Result<(), Error> {
        let mut row = Fields::of(row);
        let id: i64 = row.take()?;
        let Some(&at) = self.by_id.get(&id) else { return views.add_column(id, row) };
        let reading = &mut self.list[at];
        let number = row.take()?;
        let name = row.text()?;
        let column_type = match row.take()? {
            // A type that is no longer there; one of that name is printed with quotes.
            "???" => return Err(changed(format!("column `{}.{name}`", reading.table.object_name()))),
            known => type_name(known),
        };
        let mut column = Column::new(name, ColumnType::Native(column_type));
        column.nullable = !row.take::<bool>()?;
        let is_local: bool = row.take()?;
        let identity: &str = row.take()?;
        read_value(&mut row, &mut column, || reading.table.object_name())?;
        column.collation = row.visible_name()?;
        let (mut options, storage) = column_options(&mut row)?;
        not_null_options(&mut row, &reading.table, &column, &mut options)?;
        column.options = options.into();
        column.comment = row.optional()?;
        let default = column.default.clone();
        let numbered = sequences.number(id, &reading.table.name, number, &mut column, identity);
        if let (Some(default), None) = (default, &column.default) {
            reading.serial_defaults.insert(column.name.clone(), default);
        }
        reading.table.options.to_mut().extend(numbered.comments);
        let owner = reading.table.object_name();
        self.sequences.extend(numbered.objects.into_iter().map(|sequence| (owner.clone(), sequence)));
        clauses::sort(column.options.to_mut());
        if !is_local {
            reading.inherited.push(column.name.clone());
        }
        reading.numbers.push(number);
        reading.storages.push(storage);
        reading.table.columns.to_mut().push(column);
        Ok(())
    }

    /// Puts everything that was read where it belongs. Gives the sequences that the tables own and that are objects, which
    /// [`add_sequences`] puts there once the other objects are.
    pub(super) fn finish(mut self, schema: &mut Schema) -> Vec<(ObjectName, SqlObject)> {
        inherited::separate(&mut self);
        for reading in self.list {
            let mut table = reading.table;
            clauses::sort(table.options.to_mut());
            table.columns.to_mut().shrink_to_fit();
            schema.add_table(table);
        }
        self.sequences
    }
}

/// Sequences that belong to a column are made before its table, though nothing in the table may take from them.
pub(super) fn add_sequences(schema: &mut Schema, sequences: Vec<(ObjectName, SqlObject)>) {
    for (owner, sequence) in sequences {
        let need = Dependency::on(sequence.id.clone());
        schema.objects.entry(sequence.id.clone()).or_insert(sequence);
        if let Some(table) = schema.tables.get_mut(&owner)
            && !table.depends_on.iter().any(|other| other.on == need.on)
        {
            table.depends_on.to_mut().push(need);
        }
    }
}

/// The default or the expression of a column.
fn read_value(row: &mut Fields<'_>, column: &mut Column, table: impl Fn() -> ObjectName) -> Result<(), Error> {
    let generated: &str = row.take()?;
    let has_expression: bool = row.take()?;
    let sql: Option<&str> = row.take()?;
    if !has_expression {
        return Ok(());
    }
    let what = || format!("column `{}.{}`", table(), column.name);
    if generated.is_empty() {
        // As the server prints it: `DEFAULT` takes just that.
        let sql = sql.map_or_else(|| printed(None, what), |sql| Ok(sql.to_owned().into()))?;
        column.default = Some(DefaultValue::Expression(sql));
    } else {
        column.generated = Some(Generated { expression: printed(sql, what)?, stored: generated == "s" });
    }
    Ok(())
}

/// How the values of a column are kept, where it is not the default, and how those of its type are.
pub(super) fn column_options(row: &mut Fields<'_>) -> Result<(Vec<Str>, &'static str), Error> {
    let mut options: Vec<Str> = Vec::new();
    let (storage, of_type) = (storage(row.take()?), storage(row.take()?));
    if storage != of_type {
        options.push(format!("{STORAGE}{storage}").into());
    }
    let compression = match row.take::<Option<&str>>()? {
        Some("p") => Some("pglz"),
        Some("l") => Some("lz4"),
        _ => None,
    };
    options.extend(compression.map(|method| format!("{COMPRESSION}{method}").into()));
    options.extend(row.take::<Option<i32>>()?.map(|target| format!("{STATISTICS}{target}").into()));
    options.extend(clauses::parameters("", row.texts()?));
    Ok((options, of_type))
}

/// <https://www.postgresql.org/docs/current/catalog-pg-attribute.html>
fn storage(code: &str) -> &'static str {
    match code {
        "p" => "PLAIN",
        "e" => "EXTERNAL",
        "m" => "MAIN",
        _ => "EXTENDED",
    }
}

/// What the constraint behind `NOT NULL` says, where there is one. A partition has all of it as its own.
/// <https://www.postgresql.org/docs/18/catalog-pg-constraint.html>
fn not_null_options(row: &mut Fields<'_>, table: &Table, column: &Column, options: &mut Vec<Str>) -> Result<(), Error> {
    let name: Option<&str> = row.take()?;
    let (is_local, is_no_inherit, is_valid): (bool, bool, bool) = (row.take()?, row.take()?, row.take()?);
    let Some(name) = name else { return Ok(()) };
    if !is_local && table.partition_bound.is_none() {
        options.push(NOT_NULL_INHERITED.into());
    } else if name != generated_name(&table.name, &column.name, "not_null") {
        options.push(format!("{NOT_NULL_NAME}{}", quote(name)).into());
    }
    if is_no_inherit {
        options.push(NOT_NULL_NO_INHERIT.into());
    }
    if !is_valid {
        options.push(NOT_NULL_NOT_VALID.into());
    }
    Ok(())
}

/// A type's name. Most columns are of a few types, and share the text.
fn type_name(name: &str) -> Str {
    const COMMON: [&str; 13] = [
        "integer",
        "bigint",
        "smallint",
        "text",
        "boolean",
        "uuid",
        "jsonb",
        "date",
        "numeric",
        "bytea",
        "double precision",
        "timestamp with time zone",
        "timestamp without time zone",
    ];
    match COMMON.iter().find(|common| **common == name) {
        Some(common) => Str::Borrowed(common),
        None => Str::Owned(name.to_owned()),
    }
}

/// The name of an index in SQL. It is in the schema of its table.
pub(super) fn index_name(table: &ObjectName, index: &str) -> String {
    quote_name(&ObjectName { schema: table.schema.clone(), name: index.to_owned().into() })
}
