//! Sequences of columns: identity, `serial`, and those that are neither.

use cqrs_core::schema::{Column, DefaultValue, ObjectName, Str, Table};
use sqlx::postgres::PgRow;

use super::introspect::{get, optional, text};
use super::sql::generated_name;
use crate::dialect::NotManaged;
use crate::error::Error;

/// The sequences that belong to columns.
pub(super) struct Sequences(Vec<Sequence>);

struct Sequence {
    table_id: i64,
    column: Str,
    is_identity: bool,
    name: ObjectName,
    default: String,
    /// Whether it is as the server itself makes it, apart from its name.
    is_plain: bool,
}

impl Sequences {
    pub(super) fn read(rows: Vec<PgRow>) -> Result<Self, Error> {
        let mut sequences = Vec::new();
        for row in rows {
            sequences.push(Sequence {
                table_id: get(&row, "table_id")?,
                column: text(&row, "column_name")?,
                is_identity: get::<String>(&row, "kind")? == "i",
                name: ObjectName { schema: optional(&row, "schema")?, name: text(&row, "name")? },
                default: get(&row, "default_expression")?,
                is_plain: get(&row, "is_plain")?,
            });
        }
        Ok(Self(sequences))
    }

    /// `serial` and its kin, where a column and its sequence are just what that would make.
    pub(super) fn serial_type(&self, table_id: i64, column: &Column) -> Option<&'static str> {
        let Some(DefaultValue::Expression(default)) = &column.default else { return None };
        let serial = match column.column_type.native_text() {
            "smallint" => "smallserial",
            "integer" => "serial",
            "bigint" => "bigserial",
            _ => return None,
        };
        let made_by_serial = self.0.iter().any(|sequence| {
            sequence.table_id == table_id
                && sequence.column == column.name
                && !sequence.is_identity
                && sequence.is_plain
                && sequence.default == *default
        });
        (made_by_serial && !column.nullable).then_some(serial)
    }

    /// What the column's type does not say of its sequence: all of it, its options, its name.
    pub(super) fn not_managed<'t>(&self, table_of: impl Fn(i64) -> Option<&'t Table>) -> Vec<NotManaged> {
        let mut found = Vec::new();
        for sequence in &self.0 {
            let Some(table) = table_of(sequence.table_id) else { continue };
            let column = table.column(&sequence.column);
            let is_serial = column.is_some_and(|column| column.default.is_none() && column.auto_increment);
            let kind = match (sequence.is_identity, sequence.is_plain) {
                (true, true) => continue,
                (true, false) => "identity option",
                (false, _) if !is_serial => "sequence",
                (false, _) if sequence.name.name == generated_name(&table.name, &sequence.column, "seq") => continue,
                (false, _) => "sequence name",
            };
            let name = if sequence.is_identity { sequence.column.clone() } else { sequence.name.to_string().into() };
            found.push(NotManaged { kind, name, table: Some(table.object_name()) });
        }
        found
    }
}
