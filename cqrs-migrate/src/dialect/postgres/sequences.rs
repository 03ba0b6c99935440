//! Sequences of columns: identity, `serial`, and those that are neither.

use std::collections::HashMap;

use cqrs_core::schema::{Column, ColumnType, DefaultValue, List, ObjectId, ObjectKind, ObjectName, SqlObject, Str};
use sqlx::postgres::PgRow;

use super::clauses::{ALWAYS, OWNS_SEQUENCE, SEQUENCE_LOGGED, SEQUENCE_NAME, SEQUENCE_UNLOGGED};
use super::rows::Fields;
use super::sql::{generated_name, quote_name};
use crate::error::Error;

/// The sequences that belong to columns, by the server's numbers for the table and the column.
#[derive(Default)]
pub(super) struct Sequences(HashMap<(i64, i16), Vec<Sequence>>);

struct Sequence {
    is_identity: bool,
    is_in_schema_of_table: bool,
    name: ObjectName,
    default: String,
    type_name: String,
    is_of_type_of_column: bool,
    settings: Settings,
    is_unlogged: bool,
    is_owner_unlogged: bool,
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
    pub(super) fn add(&mut self, row: &PgRow) -> Result<(), Error> {
        let mut row = Fields::of(row);
        let key = (row.take()?, row.take()?);
        let sequence = Sequence {
            is_identity: row.take()?,
            is_in_schema_of_table: row.take()?,
            name: row.name()?,
            default: row.take()?,
            type_name: row.take()?,
            is_of_type_of_column: row.take()?,
            settings: Settings {
                start: row.take()?,
                increment: row.take()?,
                min: row.take()?,
                max: row.take()?,
                cache: row.take()?,
                cycles: row.take()?,
            },
            is_unlogged: row.take()?,
            is_owner_unlogged: row.take()?,
            comment: row.optional()?,
        };
        self.0.entry(key).or_default().push(sequence);
        Ok(())
    }

    /// Makes a column what it is with its sequences: numbered by identity, `serial`, or with a default that takes from a
    /// sequence of its own. Those that are neither are objects, which the table needs. Gives the comments of the others.
    pub(super) fn number(&self, table_id: i64, table: &str, number: i16, column: &mut Column, kind: &str) -> Numbered {
        let mut numbered = Numbered::default();
        for sequence in self.0.get(&(table_id, number)).into_iter().flatten() {
            if sequence.is_identity {
                column.auto_increment = true;
                let options = column.options.to_mut();
                if kind == "a" {
                    options.push(ALWAYS.into());
                }
                options.extend(sequence.settings.clauses(&sequence.type_name).into_iter().map(Str::from));
                if let Some(clause) = sequence.name_clause(table, &column.name) {
                    options.push(clause);
                }
                if sequence.is_unlogged != sequence.is_owner_unlogged {
                    options.push(if sequence.is_unlogged { SEQUENCE_UNLOGGED } else { SEQUENCE_LOGGED }.into());
                }
                numbered.comments.extend(sequence.comment_clause());
            } else if let Some(serial) = sequence.serial_type(table, column) {
                column.column_type = ColumnType::native(serial);
                column.default = None;
                column.auto_increment = true;
                column.options.to_mut().extend(sequence.name_clause(table, &column.name));
                numbered.comments.extend(sequence.comment_clause());
            } else {
                column.options.to_mut().push(format!("{OWNS_SEQUENCE}{}", quote_name(&sequence.name)).into());
                numbered.objects.push(sequence.object());
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
    fn serial_type(&self, table: &str, column: &Column) -> Option<&'static str> {
        let Some(DefaultValue::Expression(default)) = &column.default else { return None };
        let serial = match column.column_type.native_text() {
            "smallint" => "smallserial",
            "integer" => "serial",
            "bigint" => "bigserial",
            _ => return None,
        };
        let is_plain = !column.nullable
            && self.default == *default
            && self.is_in_schema_of_table
            && self.is_of_type_of_column
            && self.is_unlogged == self.is_owner_unlogged
            && !(self.is_unlogged && self.name_clause(table, &column.name).is_some())
            && self.settings.clauses(&self.type_name).is_empty();
        is_plain.then_some(serial)
    }

    /// Where the name is not the one that the server gives.
    fn name_clause(&self, table: &str, column: &str) -> Option<Str> {
        let is_given = self.is_in_schema_of_table && self.name.name == generated_name(table, column, "seq");
        (!is_given).then(|| format!("{SEQUENCE_NAME}{}", quote_name(&self.name)).into())
    }

    fn comment_clause(&self) -> Option<Str> {
        let text = self.comment.as_ref()?;
        Some(super::clauses::comment("SEQUENCE", &quote_name(&self.name), text))
    }

    /// Itself, as one that can be made before the table that owns it.
    fn object(&self) -> SqlObject {
        let unlogged = if self.is_unlogged { "UNLOGGED " } else { "" };
        let mut definition = format!("CREATE {unlogged}SEQUENCE {}", quote_name(&self.name));
        if self.type_name != "bigint" {
            definition += &format!(" AS {}", self.type_name);
        }
        for clause in self.settings.clauses(&self.type_name) {
            definition += &format!(" {clause}");
        }
        SqlObject {
            comment: self.comment.clone(),
            options: List::default(),
            ..SqlObject::new(ObjectId::new(ObjectKind::Sequence, self.name.clone()), definition)
        }
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
