//! Sequences: those of columns, by identity or `serial`, and those that are objects.

use std::collections::HashMap;

use cqrs_core::schema::{Column, ColumnType, DefaultValue, ObjectId, ObjectKind, ObjectName, SqlObject, Str};

use super::catalog::Comments;
use super::clauses::{ALWAYS, OWNS_SEQUENCE, SEQUENCE_LOGGED, SEQUENCE_NAME, SEQUENCE_UNLOGGED};
use super::rows::{Address, Fields, PG_CLASS};
use super::sql::{generated_name, quote_name};
use super::tables::PRIVILEGES;
use crate::dialect::NotManaged;
use crate::error::Error;

#[derive(Default)]
pub(super) struct Sequences {
    /// Those that belong to columns, by the server's numbers for the table and the column.
    of_columns: HashMap<(u32, i16), Vec<Sequence>>,
    /// Those that belong to none.
    free: Vec<(u32, SqlObject)>,
    /// What cannot be expressed.
    pub(super) not_managed: Vec<NotManaged>,
}

struct Sequence {
    id: u32,
    is_identity: bool,
    name: ObjectName,
    default: Option<String>,
    definition: Option<String>,
    type_name: String,
    settings: Settings,
    is_unlogged: bool,
    comment: Option<Str>,
}

/// How a sequence counts.
struct Settings {
    start: i64,
    increment: i64,
    min: i64,
    max: i64,
    cache: i64,
    cycles: bool,
}

impl Sequences {
    pub(super) fn add(&mut self, mut row: Fields<'_>, comments: &mut Comments) -> Result<(), Error> {
        let id = row.id()?;
        let owner: (Option<u32>, Option<i32>) = (row.optional_id()?, row.take()?);
        let sequence = Sequence {
            id,
            is_identity: row.take()?,
            name: row.name()?,
            default: row.take()?,
            definition: row.take()?,
            type_name: row.take()?,
            settings: Settings {
                start: row.take()?,
                increment: row.take()?,
                min: row.take()?,
                max: row.take()?,
                cache: row.take()?,
                cycles: row.take()?,
            },
            is_unlogged: row.take()?,
            comment: comments.take(PG_CLASS, id),
        };
        if row.take()? {
            let name = sequence.name.to_string().into();
            self.not_managed.push(NotManaged { kind: PRIVILEGES, name, table: None });
        }
        match (owner.0, owner.1.and_then(|number| i16::try_from(number).ok())) {
            (Some(table), Some(column)) => self.of_columns.entry((table, column)).or_default().push(sequence),
            _ => self.free.extend(sequence.object().map(|object| (id, object))),
        }
        Ok(())
    }

    /// Puts the sequences of each column into an order.
    pub(super) fn sort(&mut self) {
        for sequences in self.of_columns.values_mut() {
            sequences.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }

    /// Those that are objects: they belong to no column, or are neither its identity nor its `serial`.
    pub(super) fn into_objects(self, is_column_numbered: impl Fn(u32, i16) -> bool) -> Vec<(Address, SqlObject)> {
        let owned = self.of_columns.into_iter().filter(|((table, column), _)| !is_column_numbered(*table, *column));
        let owned = owned.flat_map(|(_, sequences)| sequences);
        let owned = owned.filter_map(|sequence| Some((sequence.id, sequence.object()?)));
        let objects = self.free.into_iter().chain(owned);
        objects.map(|(id, object)| ((PG_CLASS, id), object)).collect()
    }

    /// Makes a column what it is with its sequences: numbered by identity, `serial`, or with a default that takes from a
    /// sequence of its own. Those that are neither are objects, which the table needs. Gives the comments of the others.
    pub(super) fn number(
        &self,
        place: (u32, i16),
        table: &ObjectName,
        is_table_unlogged: bool,
        column: &mut Column,
        kind: u8,
    ) -> Numbered {
        let mut numbered = Numbered::default();
        for sequence in self.of_columns.get(&place).into_iter().flatten() {
            if sequence.is_identity {
                column.auto_increment = true;
                let options = column.options.to_mut();
                if kind == b'a' {
                    options.push(ALWAYS.into());
                }
                options.extend(sequence.settings.clauses(&sequence.type_name).into_iter().map(Str::from));
                if let Some(clause) = sequence.name_clause(table, &column.name) {
                    options.push(clause);
                }
                if sequence.is_unlogged != is_table_unlogged {
                    options.push(if sequence.is_unlogged { SEQUENCE_UNLOGGED } else { SEQUENCE_LOGGED }.into());
                }
                numbered.comments.extend(sequence.comment_clause());
            } else if let Some(serial) = sequence.serial_type(table, is_table_unlogged, column) {
                column.column_type = ColumnType::native(serial);
                column.default = None;
                column.auto_increment = true;
                column.options.to_mut().extend(sequence.name_clause(table, &column.name));
                numbered.comments.extend(sequence.comment_clause());
            } else {
                column.options.to_mut().push(format!("{OWNS_SEQUENCE}{}", quote_name(&sequence.name)).into());
                numbered.objects.extend(sequence.object());
            }
        }
        numbered
    }
}

/// What a column's sequences are besides the column.
#[derive(Default)]
pub(super) struct Numbered {
    pub(super) objects: Vec<SqlObject>,
    /// As clauses of the table.
    pub(super) comments: Vec<Str>,
}

impl Sequence {
    /// `serial` and its kin, where a column and its sequence are what that makes, apart from the sequence's name.
    fn serial_type(&self, table: &ObjectName, is_table_unlogged: bool, column: &Column) -> Option<&'static str> {
        let Some(DefaultValue::Expression(default)) = &column.default else { return None };
        let type_name = column.column_type.native_text();
        let serial = match type_name {
            "smallint" => "smallserial",
            "integer" => "serial",
            "bigint" => "bigserial",
            _ => return None,
        };
        let is_plain = !column.nullable
            && self.default.as_deref() == Some(default)
            && self.name.schema == table.schema
            && self.type_name == type_name
            && self.is_unlogged == is_table_unlogged
            && !(self.is_unlogged && self.name_clause(table, &column.name).is_some())
            && self.settings.clauses(&self.type_name).is_empty();
        is_plain.then_some(serial)
    }

    /// Where the name is not the one that the server gives.
    fn name_clause(&self, table: &ObjectName, column: &str) -> Option<Str> {
        let is_given = self.name.schema == table.schema && self.name.name == generated_name(&table.name, column, "seq");
        (!is_given).then(|| format!("{SEQUENCE_NAME}{}", quote_name(&self.name)).into())
    }

    fn comment_clause(&self) -> Option<Str> {
        let text = self.comment.as_ref()?;
        Some(super::clauses::comment("SEQUENCE", &quote_name(&self.name), text))
    }

    /// Itself, as one that can be made before the table that owns it.
    fn object(&self) -> Option<SqlObject> {
        let id = ObjectId::new(ObjectKind::Sequence, self.name.clone());
        let definition = self.definition.clone()?;
        Some(SqlObject { comment: self.comment.clone(), ..SqlObject::new(id, definition) })
    }
}

impl Settings {
    /// What is not as the server does it by itself.
    /// <https://www.postgresql.org/docs/current/sql-createsequence.html>
    fn clauses(&self, type_name: &str) -> Vec<String> {
        let (least, greatest) = match type_name {
            "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
            "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let (min, max) = if self.increment > 0 { (1, greatest) } else { (least, -1) };
        let start = if self.increment > 0 { self.min } else { self.max };
        let numbers = [
            ("START WITH", self.start, start),
            ("INCREMENT BY", self.increment, 1),
            ("MINVALUE", self.min, min),
            ("MAXVALUE", self.max, max),
            ("CACHE", self.cache, 1),
        ];
        let differs = |&(_, value, default): &(&str, i64, i64)| value != default;
        let mut clauses: Vec<String> =
            numbers.iter().filter(|number| differs(number)).map(|(word, value, _)| format!("{word} {value}")).collect();
        if self.cycles {
            clauses.push("CYCLE".to_owned());
        }
        clauses
    }
}
