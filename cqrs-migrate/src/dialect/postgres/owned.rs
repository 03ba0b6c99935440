//! Sequences that get another owner, or none: <https://www.postgresql.org/docs/current/sql-altersequence.html>.

use std::collections::BTreeMap;

use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, Dependency, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str,
};

use super::clauses::{OWNS_SEQUENCE, SEQUENCE_LOGGED, SEQUENCE_NAME, SEQUENCE_UNLOGGED, has, value};
use super::options::last_name;
use super::render::statement;
use super::sql::{generated_name, quote_as_printed, quote_name, serial_base, type_as_printed};
use crate::dialect::{Lock, Statement};

/// Two schemas in which a `serial` column is told as what it stands for, a default and a sequence that belongs to the
/// column, where the other schema has the sequence by itself or with another column. None where there is no such column.
pub(super) fn told_in_full(before: &Schema, after: &Schema) -> Option<(Schema, Schema)> {
    let (serials_before, serials_after) = (serials(before), serials(after));
    let apart = |serials: &Serials, others: &Serials, other: &Schema| -> Serials {
        let is_apart = |(sequence, place): &(&ObjectName, &Place)| {
            others.get(sequence).is_some_and(|elsewhere| elsewhere != *place) || has_sequence(other, sequence)
        };
        serials.iter().filter(is_apart).map(|(sequence, place)| (sequence.clone(), place.clone())).collect()
    };
    let of_before = apart(&serials_before, &serials_after, after);
    let of_after = apart(&serials_after, &serials_before, before);
    if of_before.is_empty() && of_after.is_empty() {
        return None;
    }
    Some((in_full(before, &of_before), in_full(after, &of_after)))
}

/// Takes sequences that stay from the columns that go, which would take them along.
pub(super) fn released(before: &Schema, after: &Schema) -> Vec<Statement> {
    let stays = |table: &ObjectName, column: &Column| {
        after.tables.get(table).is_some_and(|table| table.column(&column.name).is_some())
    };
    let mut statements = Vec::new();
    for (name, table) in &before.tables {
        for column in table.columns.iter().filter(|column| !stays(name, column)) {
            for sequence in column.options.iter().filter_map(|clause| clause.strip_prefix(OWNS_SEQUENCE)) {
                let is_it = |id: &ObjectId| id.kind == ObjectKind::Sequence && quote_name(&id.name) == sequence;
                if after.objects.keys().any(is_it) {
                    statements.push(statement(format!("ALTER SEQUENCE {sequence} OWNED BY NONE"), Lock::None));
                }
            }
        }
    }
    statements
}

/// A table and a column of it.
type Place = (ObjectName, Str);

/// The sequences of `serial` columns, and whose they are.
type Serials = BTreeMap<ObjectName, Place>;

fn serials(schema: &Schema) -> Serials {
    let columns = schema.tables.iter().flat_map(|(name, table)| table.columns.iter().map(move |column| (name, column)));
    let told_by_name =
        |column: &Column| !has(&column.options, SEQUENCE_LOGGED) && !has(&column.options, SEQUENCE_UNLOGGED);
    columns
        .filter(|(_, column)| serial_base(column.column_type.native_text()).is_some() && told_by_name(column))
        .map(|(table, column)| (sequence_of(table, column), (table.clone(), column.name.clone())))
        .collect()
}

fn sequence_of(table: &ObjectName, column: &Column) -> ObjectName {
    let Some(quoted) = value(&column.options, SEQUENCE_NAME) else {
        return ObjectName {
            schema: table.schema.clone(),
            name: generated_name(&table.name, &column.name, "seq").into(),
        };
    };
    let bare = |quoted: &str| -> Str { quoted.trim_matches('"').replace("\"\"", "\"").into() };
    let name = last_name(quoted);
    let schema = quoted.strip_suffix(name).and_then(|rest| rest.strip_suffix('.'));
    ObjectName { schema: schema.map(bare), name: bare(name) }
}

fn has_sequence(schema: &Schema, name: &ObjectName) -> bool {
    schema.objects.contains_key(&ObjectId::new(ObjectKind::Sequence, name.clone()))
}

fn in_full(schema: &Schema, serials: &Serials) -> Schema {
    let mut schema = schema.clone();
    for (sequence, (table, column)) in serials {
        let Some(table) = schema.tables.get_mut(table) else { continue };
        let Some(column) = table.columns.to_mut().iter_mut().find(|other| other.name == *column) else { continue };
        let Some(base) = take_serial(column, sequence) else { continue };
        column.options.to_mut().push(format!("{OWNS_SEQUENCE}{}", quote_name(sequence)).into());
        let id = ObjectId::new(ObjectKind::Sequence, sequence.clone());
        table.depends_on.to_mut().push(Dependency::on(id.clone()));
        schema.add_object(SqlObject::new(id, definition(sequence, base)));
    }
    schema
}

/// Makes a `serial` column one that takes its numbers from a sequence of its own, and tells the type of both.
fn take_serial(column: &mut Column, sequence: &ObjectName) -> Option<&'static str> {
    let base = serial_base(column.column_type.native_text())?;
    let printed = type_as_printed(sequence).replace('\'', "''");
    column.column_type = ColumnType::native(base);
    column.default = Some(DefaultValue::Expression(format!("nextval('{printed}'::regclass)").into()));
    column.auto_increment = false;
    column.options.to_mut().retain(|clause| !clause.starts_with(SEQUENCE_NAME));
    Some(base)
}

/// What partitions get of a column of a table: the sequence stays the table's.
pub(super) fn of_partitions(table: &ObjectName, column: &Column) -> Column {
    let mut inherited = column.clone();
    take_serial(&mut inherited, &sequence_of(table, column));
    inherited.options.to_mut().retain(|clause| ![SEQUENCE_LOGGED, SEQUENCE_UNLOGGED].contains(&&**clause));
    inherited
}

/// As `queries/sequences.sql` writes it.
fn definition(sequence: &ObjectName, base: &str) -> String {
    let schema = sequence.schema.as_ref().map_or_else(String::new, |schema| quote_as_printed(schema) + ".");
    let name = quote_as_printed(&sequence.name);
    let most = match base {
        "smallint" => i64::from(i16::MAX),
        "integer" => i64::from(i32::MAX),
        _ => i64::MAX,
    };
    format!(
        "CREATE SEQUENCE {schema}{name} AS {base} START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE {most} CACHE 1 NO CYCLE"
    )
}
