//! Tables and their columns, out of the catalog.

use std::collections::HashMap;

use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, Dependency, Generated, List, ObjectName, Schema, SqlObject, Str, Table,
};

use super::catalog::Comments;
use super::clauses::{
    self, CLUSTER_ON, COMPRESSION, FORCED_ROW_SECURITY, NOT_NULL_INHERITED, NOT_NULL_NAME, NOT_NULL_NO_INHERIT,
    NOT_NULL_NOT_VALID, OF, PARTITION_BY, REPLICA_IDENTITY, ROW_SECURITY, STATISTICS, STORAGE, TABLESPACE, UNLOGGED,
    USING,
};
use super::column_types::{ColumnTypes, NamedType, TypeKey, storage};
use super::inherited;
use super::needs::Wholes;
use super::rows::{Fields, PG_ATTRDEF, PG_CLASS, PG_CONSTRAINT, changed, printed};
use super::sequences::Sequences;
use super::sql::{generated_name, quote, quote_name};
use crate::dialect::NotManaged;
use crate::error::Error;

/// What is reported of a relation on which rights were granted or revoked.
pub(super) const PRIVILEGES: &str = "privileges";

/// The tables by the server's numbers for them.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) list: Vec<Reading>,
    by_id: HashMap<u32, usize>,
    /// The sequences of columns that are neither identity nor `serial`, each with its table.
    sequences: Vec<(ObjectName, SqlObject)>,
    /// What cannot be expressed.
    pub(super) not_managed: Vec<NotManaged>,
}

/// A table while it is read.
pub(super) struct Reading {
    pub(super) id: u32,
    pub(super) table: Table,
    /// What the catalog says of each column besides.
    facts: Vec<ColumnFacts>,
    /// The columns that the table has only because a table that it inherits from has them.
    pub(super) inherited: Vec<Str>,
    /// The defaults that `serial` stands for.
    pub(super) serial_defaults: HashMap<Str, DefaultValue>,
    /// The tables that it inherits from.
    pub(super) parents: Vec<u32>,
}

/// What the catalog says of a column, until the column is complete.
#[derive(Clone, Copy)]
pub(super) struct ColumnFacts {
    pub(super) number: i16,
    /// Its place among the [`ColumnTypes`].
    pub(super) typed: usize,
    /// How its values are kept.
    storage: &'static str,
    /// How those of its type are by default.
    type_storage: &'static str,
    identity: u8,
}

impl ColumnFacts {
    /// The clause for values that are kept otherwise than those of the type are by default.
    pub(super) fn storage_clause(&self, named: &NamedType) -> Option<Str> {
        (self.storage != named.storage).then(|| format!("{STORAGE}{}", self.storage).into())
    }
}

impl Reading {
    /// The names of columns, by their numbers.
    pub(super) fn columns(&self, numbers: &[i16]) -> List<Str> {
        numbers.iter().filter_map(|number| self.column(*number)).map(|(column, _)| column.name.clone()).collect()
    }

    /// A column by its number, and its place among the [`ColumnTypes`].
    pub(super) fn column(&self, number: i16) -> Option<(&Column, usize)> {
        let at = self.facts.binary_search_by_key(&number, |facts| facts.number).ok()?;
        Some((&self.table.columns[at], self.facts[at].typed))
    }

    /// The columns, and how the values of their types are kept by default.
    pub(super) fn columns_and_storages(&self) -> impl Iterator<Item = (&Column, &'static str)> {
        self.table.columns.iter().zip(self.facts.iter().map(|facts| facts.type_storage))
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

    /// Something of the table that cannot be expressed.
    pub(super) fn not_managed(&self, kind: &'static str, name: Str) -> NotManaged {
        NotManaged { kind, name, table: Some(self.table.object_name()) }
    }
}

impl Tables {
    pub(super) fn add(&mut self, mut row: Fields<'_>, comments: &mut Comments) -> Result<(), Error> {
        let id = row.id()?;
        let name = row.name()?;
        let mut table = Table { schema: name.schema, ..Table::new(name.name) };
        let columns = usize::try_from(row.take::<i16>()?).unwrap_or_default();
        table.columns = Vec::with_capacity(columns).into();
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
        match row.letter()? {
            b'f' => options.push(format!("{REPLICA_IDENTITY}FULL").into()),
            b'n' => options.push(format!("{REPLICA_IDENTITY}NOTHING").into()),
            _ => {}
        }
        table.options = options.into();
        table.comment = comments.take(PG_CLASS, id);
        let reading = Reading {
            id,
            table,
            facts: Vec::with_capacity(columns),
            inherited: Vec::new(),
            serial_defaults: HashMap::new(),
            parents: Vec::new(),
        };
        if row.take()? {
            self.not_managed.push(reading.not_managed(PRIVILEGES, reading.table.name.clone()));
        }
        self.by_id.insert(id, self.list.len());
        self.list.push(reading);
        Ok(())
    }

    /// The table of that number. None for one that is not read: an extension's.
    pub(super) fn get(&mut self, id: u32) -> Option<&mut Reading> {
        self.by_id.get(&id).map(|&at| &mut self.list[at])
    }

    pub(super) fn find(&self, id: u32) -> Option<&Reading> {
        self.by_id.get(&id).map(|&at| &self.list[at])
    }

    pub(super) fn add_parent(&mut self, mut row: Fields<'_>) -> Result<(), Error> {
        let Some(child) = self.get(row.id()?) else { return Ok(()) };
        child.parents.push(row.id()?);
        child.table.inherits.to_mut().push(row.name()?);
        Ok(())
    }

    /// A column of a table.
    pub(super) fn add_column(
        &mut self,
        row: ColumnRow<'_>,
        comments: &mut Comments,
        wholes: &mut Wholes,
    ) -> Result<(), Error> {
        let Some(&at) = self.by_id.get(&row.relation) else { return Ok(()) };
        let reading = &mut self.list[at];
        let mut column = Column::new(row.name.to_owned(), ColumnType::native(""));
        column.nullable = !row.is_not_null;
        row.read_value(&mut column, || reading.table.object_name())?;
        if let Some(id) = row.expression_id {
            wholes.add((PG_ATTRDEF, id), (PG_CLASS, row.relation));
        }
        let mut options = row.options();
        if let Some(not_null) = &row.not_null {
            options.extend(not_null.clauses(&reading.table, &column));
            if comments.take(PG_CONSTRAINT, not_null.id).is_some() {
                let name = not_null.name.to_owned().into();
                self.not_managed.push(reading.not_managed("comment on constraint", name));
            }
        }
        column.options = options.into();
        column.comment = comments.take_of_column(PG_CLASS, row.relation, row.facts.number);
        if row.has_privileges {
            self.not_managed.push(reading.not_managed(PRIVILEGES, column.name.clone()));
        }
        if !row.is_local {
            reading.inherited.push(column.name.clone());
        }
        // They come in the order in which they lie in the catalog.
        let place = reading.facts.partition_point(|facts| facts.number < row.facts.number);
        reading.facts.insert(place, row.facts);
        reading.table.columns.to_mut().insert(place, column);
        Ok(())
    }

    /// Completes the columns.
    pub(super) fn complete(&mut self, types: &ColumnTypes, sequences: &Sequences) -> Result<(), Error> {
        for reading in &mut self.list {
            let Reading { id, table, facts, serial_defaults, .. } = reading;
            let owner = table.object_name();
            let is_unlogged = table.options.iter().any(|clause| clause == UNLOGGED);
            for (column, facts) in table.columns.to_mut().iter_mut().zip(facts) {
                let named = types.named(facts.typed);
                let Some(name) = &named.name else { return Err(changed(format!("column `{owner}.{}`", column.name))) };
                column.column_type = ColumnType::Native(name.clone());
                column.collation = named.collation.clone();
                facts.type_storage = named.storage;
                column.options.to_mut().extend(facts.storage_clause(named));
                let default = column.default.clone();
                let place = (*id, facts.number);
                let numbered = sequences.number(place, &owner, is_unlogged, column, facts.identity);
                if let (Some(default), None) = (default, &column.default) {
                    serial_defaults.insert(column.name.clone(), default);
                }
                table.options.to_mut().extend(numbered.comments);
                self.sequences.extend(numbered.objects.into_iter().map(|sequence| (owner.clone(), sequence)));
                clauses::sort(column.options.to_mut());
            }
        }
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
            table.uniques.to_mut().sort_by(|a, b| a.name.cmp(&b.name));
            table.foreign_keys.to_mut().sort_by(|a, b| a.name.cmp(&b.name));
            table.checks.to_mut().sort_by(|a, b| a.name.cmp(&b.name));
            table.exclusions.to_mut().sort_by(|a, b| a.name.cmp(&b.name));
            table.indexes.to_mut().sort_by(|a, b| a.name.cmp(&b.name));
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

/// A row of `columns.sql`.
pub(super) struct ColumnRow<'r> {
    pub(super) relation: u32,
    pub(super) name: &'r str,
    pub(super) facts: ColumnFacts,
    is_not_null: bool,
    is_local: bool,
    generated: u8,
    pub(super) expression_id: Option<u32>,
    pub(super) expression: Option<&'r str>,
    compression: Option<i8>,
    pub(super) statistics: Option<i32>,
    pub(super) parameters: Vec<String>,
    pub(super) has_privileges: bool,
    not_null: Option<NotNull<'r>>,
}

/// The constraint behind `NOT NULL`.
struct NotNull<'r> {
    id: u32,
    name: &'r str,
    is_local: bool,
    is_no_inherit: bool,
    is_valid: bool,
}

impl<'r> ColumnRow<'r> {
    pub(super) fn read(mut row: Fields<'r>, types: &mut ColumnTypes) -> Result<Self, Error> {
        let relation = row.id()?;
        let number = row.take()?;
        let name = row.take()?;
        let typed = types.add(TypeKey { id: row.id()?, modifier: row.take()?, collation: row.id()? });
        let storage = storage(row.letter()?);
        let (is_not_null, is_local) = (row.take()?, row.take()?);
        let facts = ColumnFacts { number, typed, storage, type_storage: storage, identity: row.letter()? };
        Ok(Self {
            relation,
            name,
            facts,
            is_not_null,
            is_local,
            generated: row.letter()?,
            expression_id: row.optional_id()?,
            expression: row.take()?,
            compression: row.take()?,
            statistics: row.take()?,
            parameters: row.texts()?,
            has_privileges: row.take()?,
            not_null: NotNull::read(&mut row)?,
        })
    }

    /// The default or the expression.
    fn read_value(&self, column: &mut Column, table: impl Fn() -> ObjectName) -> Result<(), Error> {
        if self.expression_id.is_none() {
            return Ok(());
        }
        let what = || format!("column `{}.{}`", table(), column.name);
        if self.generated == 0 {
            // As the server prints it: `DEFAULT` takes just that.
            let sql = self.expression.map_or_else(|| printed(None, what), |sql| Ok(sql.to_owned().into()))?;
            column.default = Some(DefaultValue::Expression(sql));
        } else {
            let stored = self.generated == b's';
            column.generated = Some(Generated { expression: printed(self.expression, what)?, stored });
        }
        Ok(())
    }

    /// How the values of the column are kept, where it is not the default; but for their storage.
    pub(super) fn options(&self) -> Vec<Str> {
        let compression = match self.compression.map(i8::cast_unsigned) {
            Some(b'p') => Some("pglz"),
            Some(b'l') => Some("lz4"),
            _ => None,
        };
        let mut options: Vec<Str> = Vec::new();
        options.extend(compression.map(|method| format!("{COMPRESSION}{method}").into()));
        options.extend(self.statistics.map(|target| format!("{STATISTICS}{target}").into()));
        options.extend(clauses::parameters("", self.parameters.clone()));
        options
    }
}

impl<'r> NotNull<'r> {
    fn read(row: &mut Fields<'r>) -> Result<Option<Self>, Error> {
        let (id, name) = (row.optional_id()?, row.take::<Option<&str>>()?);
        let (is_local, is_no_inherit, is_valid) = (row.take()?, row.take()?, row.take()?);
        Ok(id.zip(name).map(|(id, name)| Self { id, name, is_local, is_no_inherit, is_valid }))
    }

    /// What it says. A partition has all of it as its own.
    /// <https://www.postgresql.org/docs/18/catalog-pg-constraint.html>
    fn clauses(&self, table: &Table, column: &Column) -> Vec<Str> {
        let mut clauses = Vec::new();
        if !self.is_local && table.partition_bound.is_none() {
            clauses.push(NOT_NULL_INHERITED.into());
        } else if self.name != generated_name(&table.name, &column.name, "not_null") {
            clauses.push(format!("{NOT_NULL_NAME}{}", quote(self.name)).into());
        }
        if self.is_no_inherit {
            clauses.push(NOT_NULL_NO_INHERIT.into());
        }
        if !self.is_valid {
            clauses.push(NOT_NULL_NOT_VALID.into());
        }
        clauses
    }
}

/// The name of an index in SQL. It is in the schema of its table.
pub(super) fn index_name(table: &ObjectName, index: &str) -> String {
    quote_name(&ObjectName { schema: table.schema.clone(), name: index.to_owned().into() })
}
