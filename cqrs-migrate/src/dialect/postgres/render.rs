//! Whole tables and views in SQL.

use cqrs_core::schema::{Column, ForeignKey, ObjectName, Str, Table, View};

use super::alter::alter_table;
use super::clauses::{
    ALTER_INDEX, COMMENT_ON, OWNS_SEQUENCE, PARTITION_BY, SEQUENCE_LOGGED, SEQUENCE_NAME, SEQUENCE_UNLOGGED,
    TABLESPACE, UNLOGGED, USING, WITH, WITH_NO_DATA, column_action, has, value, with_parameters,
};
use super::partition_indexes::after_attaching;
use super::parts::{
    check, column, constraint_name, create_index, exclusion, foreign_key, is_not_valid, not_null_not_valid,
    primary_key, repeats_key, schema_prefix, unique,
};
use super::sql::{generated_name, literal, literal_or_null, quote, quote_name, serial_base};
use crate::change::Part;
use crate::dialect::{Held, Lock, Statement, Transaction};

/// A statement that joins the transaction around it.
pub(super) fn statement(sql: impl Into<String>, lock: Lock) -> Statement {
    Statement { sql: sql.into(), lock, held: Held::Briefly, transaction: Transaction::Joined }
}

/// PL/pgSQL run on the spot, for what needs a name that only the database knows.
pub(super) fn block(body: &str, lock: Lock) -> Statement {
    statement(format!("DO {}", literal(&format!("BEGIN {body} END"))), lock)
}

/// Alters how a sequence counts. One that would stand before all its new numbers, or beyond the last of them though it gave
/// none, begins with them: none of them is taken. The server refuses it otherwise, as it does with one that has gone beyond
/// its last number.
/// <https://www.postgresql.org/docs/current/sql-altersequence.html>
///
/// `sequence` is an SQL expression of its name, and each option is what follows its words.
pub(super) fn recount<'o>(
    alter: Statement,
    sequence: &str,
    before: impl Fn(&str) -> Option<&'o str>,
    after: impl Fn(&str) -> Option<&'o str>,
) -> Statement {
    let (counted_down, was) = first_number(&before);
    let (counts_down, is) = first_number(&after);
    let stands_before = match counts_down {
        false if counted_down || was < is => Some(format!("last_value < {is}")),
        true if !counted_down || was > is => Some(format!("last_value > {is}")),
        _ => None,
    };
    let number = |text: Option<&str>| text.and_then(|number| number.parse::<i64>().ok());
    let start = number(before("START WITH ")).unwrap_or(was);
    let stands_beyond = match number(after(if counts_down { "MINVALUE " } else { "MAXVALUE " })) {
        Some(last) if counts_down && start < last => Some(format!("NOT is_called AND last_value < {last}")),
        Some(last) if !counts_down && start > last => Some(format!("NOT is_called AND last_value > {last}")),
        _ => None,
    };
    let stands_outside: Vec<String> = stands_before.into_iter().chain(stands_beyond).collect();
    if stands_outside.is_empty() {
        return alter;
    }
    let asked = literal(&format!("SELECT ' RESTART' FROM %s WHERE {}", stands_outside.join(" OR ")));
    let body = format!(
        "DECLARE restart text; BEGIN EXECUTE format({asked}, {sequence}) INTO restart; \
         EXECUTE concat({}, restart); END",
        literal(&alter.sql)
    );
    Statement { sql: format!("DO {}", literal(&body)), ..alter }
}

/// Whether a sequence counts down, and the first number of its range.
fn first_number<'o>(option: impl Fn(&str) -> Option<&'o str>) -> (bool, i64) {
    let number = |words| option(words).and_then(|number| number.parse().ok());
    match number("INCREMENT BY ") {
        Some(..0) => (true, number("MAXVALUE ").unwrap_or(-1)),
        _ => (false, number("MINVALUE ").unwrap_or(1)),
    }
}

/// The table, then what no `CREATE TABLE` says. A partition is made as a table of its own and attached, because only so
/// its keys and indexes have their own names; the server knows by itself which belong to those of the parent.
/// <https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE>
pub(super) fn create_table(table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<Statement> {
    let name = quote_name(&table.object_name());
    let late = after_attaching(table);
    let first = late.as_ref().map_or(table, |late| &late.before);
    let mut statements: Vec<Statement> = table.columns.iter().filter_map(named_sequence).collect();
    // A foreign key puts triggers on the table that it refers to.
    let lock = if foreign_keys.is_empty() { Lock::None } else { Lock::Writes };
    statements.push(statement(definition(first, foreign_keys), lock));
    let again = first.uniques.iter().filter(|key| repeats_key(first, key));
    statements.extend(again.map(|key| statement(format!("ALTER TABLE {name} ADD {}", unique(table, key)), Lock::None)));
    let actions = actions_of_parts(table, foreign_keys);
    if !actions.is_empty() {
        statements.push(statement(format!("ALTER TABLE {name}\n    {}", actions.join(",\n    ")), lock));
    }
    let indexes = first.indexes.iter().flat_map(|index| create_index(&table.object_name(), index));
    statements.extend(indexes.map(Statement::unlocked));
    statements.extend(owned_sequences(table));
    statements.extend(attach(table));
    statements.extend(late.iter().flat_map(alter_table).map(Statement::unlocked));
    let actions: Vec<&str> = table.options.iter().map(|clause| &**clause).filter(|clause| is_action(clause)).collect();
    if !actions.is_empty() {
        statements.push(statement(format!("ALTER TABLE {name}\n    {}", actions.join(",\n    ")), Lock::None));
    }
    statements.extend(table.comment.as_deref().map(|text| comment("TABLE", &table.object_name(), Some(text))));
    statements.extend(
        table.columns.iter().filter(|column| column.comment.is_some()).map(|column| column_comment(table, column)),
    );
    statements.extend(constraint_comments(first, foreign_keys));
    let whole = table.options.iter().filter(|clause| is_statement(clause));
    statements.extend(whole.map(|clause| statement(clause.to_string(), Lock::None)));
    statements
}

fn definition(table: &Table, foreign_keys: &[&ForeignKey]) -> String {
    let lines: Vec<String> = (table.columns.iter().map(column))
        .chain(table.primary_key.iter().map(|key| primary_key(table, key)))
        .chain(table.uniques.iter().filter(|key| !repeats_key(table, key)).map(|key| unique(table, key)))
        .chain(table.checks.iter().filter(|rule| !is_not_valid(&rule.options)).map(|rule| check(table, rule)))
        .chain(table.exclusions.iter().map(|rule| exclusion(table, rule)))
        .chain(foreign_keys.iter().filter(|key| !is_not_valid(&key.options)).map(|key| foreign_key(table, key)))
        .map(|line| format!("\n    {line}"))
        .collect();
    let unlogged = if has(&table.options, UNLOGGED) { "UNLOGGED " } else { "" };
    let mut sql = format!("CREATE {unlogged}TABLE {} ({}\n)", quote_name(&table.object_name()), lines.join(","));
    if table.partition_bound.is_none() && !table.inherits.is_empty() {
        let parents: Vec<String> = table.inherits.iter().map(quote_name).collect();
        sql += &format!(" INHERITS ({})", parents.join(", "));
    }
    if let Some(key) = value(&table.options, PARTITION_BY) {
        sql += &format!(" {PARTITION_BY}{key}");
    }
    sql + &storage(&table.options)
}

/// Where and how a table or materialized view keeps its rows.
fn storage(options: &[Str]) -> String {
    let named = |word: &str| value(options, word).map_or_else(String::new, |name| format!(" {word}{name}"));
    named(USING) + &with_parameters(options) + &named(TABLESPACE)
}

/// Whether a clause of a table is not a part of `CREATE TABLE`, but stands behind `ALTER TABLE` or `ALTER VIEW`.
pub(super) fn is_action(clause: &str) -> bool {
    let is_storage = [PARTITION_BY, USING, TABLESPACE, WITH].iter().any(|beginning| clause.starts_with(beginning));
    !(is_storage || is_statement(clause) || [UNLOGGED, WITH_NO_DATA].contains(&clause))
}

/// Whether a clause of a table is a statement as it stands.
pub(super) fn is_statement(clause: &str) -> bool {
    clause.starts_with(COMMENT_ON) || clause.starts_with(ALTER_INDEX)
}

/// What only `ALTER TABLE` says of columns and constraints.
fn actions_of_parts(table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<String> {
    let columns = table.columns.iter().flat_map(|column| {
        let alter = move |action| format!("ALTER COLUMN {} {action}", quote(&column.name));
        let options = column.options.iter().filter_map(|clause| column_action(clause));
        not_null_not_valid(column).into_iter().chain(options.map(alter))
    });
    let checks = table.checks.iter().filter(|rule| is_not_valid(&rule.options));
    let keys = foreign_keys.iter().filter(|key| is_not_valid(&key.options));
    columns
        .chain(checks.map(|rule| format!("ADD {}", check(table, rule))))
        .chain(keys.map(|key| format!("ADD {}", foreign_key(table, key))))
        .collect()
}

/// The sequence of a `serial` column that has another name than the server gives. It is made before the column.
pub(super) fn named_sequence(column: &Column) -> Option<Statement> {
    let base = serial_base(column.column_type.native_text())?;
    let name = value(&column.options, SEQUENCE_NAME)?;
    Some(statement(format!("CREATE SEQUENCE {name} AS {base}"), Lock::None))
}

fn owned_sequences(table: &Table) -> Vec<Statement> {
    table.columns.iter().flat_map(|column| sequence_statements(table, column)).collect()
}

/// What makes sequences a column's own, and as it wants them.
pub(super) fn sequence_statements(table: &Table, column: &Column) -> Vec<Statement> {
    let is_serial = serial_base(column.column_type.native_text()).is_some();
    let named = value(&column.options, SEQUENCE_NAME);
    let owner = format!("{}.{}", quote_name(&table.object_name()), quote(&column.name));
    let mut statements = Vec::new();
    let owned = column.options.iter().filter_map(|clause| clause.strip_prefix(OWNS_SEQUENCE));
    for sequence in owned.chain(named.filter(|_| is_serial)) {
        statements.push(statement(format!("ALTER SEQUENCE {sequence} OWNED BY {owner}"), Lock::None));
    }
    let generated = || schema_prefix(&table.object_name()) + &quote(&generated_name(&table.name, &column.name, "seq"));
    for (clause, action) in [(SEQUENCE_LOGGED, "SET LOGGED"), (SEQUENCE_UNLOGGED, "SET UNLOGGED")] {
        if has(&column.options, clause) {
            let sequence = named.map_or_else(generated, str::to_owned);
            statements.push(statement(format!("ALTER SEQUENCE {sequence} {action}"), Lock::None));
        }
    }
    statements
}

/// Makes a table the partition that it is.
pub(super) fn attach(table: &Table) -> Option<Statement> {
    let (bound, parent) = (table.partition_bound.as_ref()?, table.partition_of()?);
    let (parent, name) = (quote_name(parent), quote_name(&table.object_name()));
    Some(statement(format!("ALTER TABLE {parent} ATTACH PARTITION {name} {bound}"), Lock::Writes))
}

/// Makes a partition a table of its own.
pub(super) fn detach(table: &Table) -> Option<Statement> {
    let sql = format!(
        "ALTER TABLE {} DETACH PARTITION {}",
        quote_name(table.partition_of()?),
        quote_name(&table.object_name())
    );
    Some(statement(sql, Lock::ReadsAndWrites))
}

fn constraint_comments(table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<Statement> {
    let on = |name: &Option<Str>, columns: &[Str], suffix: &str, text: &Option<Str>| {
        let text = text.as_deref()?;
        let name = constraint_name(&table.name, name.as_ref(), columns, suffix);
        Some(constraint_comment(&table.object_name(), &name, Some(text)))
    };
    (table.primary_key.iter().map(|key| on(&key.name, &[], "pkey", &key.comment)))
        .chain(table.uniques.iter().map(|key| on(&key.name, &key.columns, "key", &key.comment)))
        .chain(table.checks.iter().map(|rule| on(&rule.name, &[], "check", &rule.comment)))
        .chain(table.exclusions.iter().map(|rule| on(&rule.name, &[], "excl", &rule.comment)))
        .chain(foreign_keys.iter().map(|key| on(&key.name, &key.columns, "fkey", &key.comment)))
        .flatten()
        .collect()
}

pub(super) fn constraint_comment(table: &ObjectName, name: &str, text: Option<&str>) -> Statement {
    object_comment("CONSTRAINT", &format!("{name} ON {}", quote_name(table)), text)
}

pub(super) fn drop_table(table: &Table) -> Vec<Statement> {
    vec![statement(format!("DROP TABLE {}", quote_name(&table.object_name())), Lock::ReadsAndWrites)]
}

pub(super) fn rename_part(table: &ObjectName, from: &str, to: &Part) -> Statement {
    let (old, new) = (quote(from), quote(to.name()));
    let sql = match to {
        Part::Index(_) => {
            let index = ObjectName { schema: table.schema.clone(), name: from.to_owned().into() };
            format!("ALTER INDEX {} RENAME TO {new}", quote_name(&index))
        }
        _ => format!("ALTER TABLE {} RENAME CONSTRAINT {old} TO {new}", quote_name(table)),
    };
    statement(sql, Lock::ReadsAndWrites)
}

/// <https://www.postgresql.org/docs/current/sql-altertype.html>,
/// <https://www.postgresql.org/docs/current/sql-altermaterializedview.html>
pub(super) fn rename(kind: &str, from: &ObjectName, to: &ObjectName) -> Vec<Statement> {
    let lock = if kind == "TYPE" { Lock::None } else { Lock::ReadsAndWrites };
    let mut statements = Vec::new();
    if from.schema != to.schema {
        let from_sql = quote_name(from);
        statements.push(match &to.schema {
            Some(schema) => statement(format!("ALTER {kind} {from_sql} SET SCHEMA {}", quote(schema)), lock),
            None => block(
                &format!("EXECUTE format('ALTER {kind} %s SET SCHEMA %I', {}, current_schema());", literal(&from_sql)),
                lock,
            ),
        });
    }
    if from.name != to.name {
        let moved = ObjectName { schema: to.schema.clone(), name: from.name.clone() };
        let sql = format!("ALTER {kind} {} RENAME TO {}", quote_name(&moved), quote(&to.name));
        statements.push(statement(sql, lock));
    }
    statements
}

pub(super) fn create_view(view: &View) -> Vec<Statement> {
    let (kind, name) = (view_kind(view), quote_name(&view.name));
    let no_data = if has(&view.options, WITH_NO_DATA) { "\nWITH NO DATA" } else { "" };
    let sql = format!("CREATE {kind} {name}{} AS\n{}{no_data}", storage(&view.options), view.query);
    let mut statements = vec![statement(sql, Lock::None)];
    let indexes = view.indexes.iter().flat_map(|index| create_index(&view.name, index));
    statements.extend(indexes.map(Statement::unlocked));
    let actions = view.options.iter().filter(|clause| is_action(clause));
    statements.extend(actions.map(|action| statement(format!("ALTER {kind} {name} {action}"), Lock::None)));
    statements.extend(view.comment.as_deref().map(|text| comment(kind, &view.name, Some(text))));
    let columns = view.column_comments.iter();
    statements.extend(
        columns.map(|(column, text)| object_comment("COLUMN", &format!("{name}.{}", quote(column)), Some(text))),
    );
    statements
}

pub(super) fn drop_view(view: &View) -> Vec<Statement> {
    vec![statement(format!("DROP {} {}", view_kind(view), quote_name(&view.name)), Lock::ReadsAndWrites)]
}

pub(super) fn view_kind(view: &View) -> &'static str {
    if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" }
}

/// The comment of a table, view or type.
pub(super) fn comment(kind: &str, name: &ObjectName, text: Option<&str>) -> Statement {
    object_comment(kind, &quote_name(name), text)
}

/// The comment of anything, by its name in SQL.
pub(super) fn object_comment(kind: &str, name: &str, text: Option<&str>) -> Statement {
    statement(format!("COMMENT ON {kind} {name} IS {}", literal_or_null(text)), Lock::None)
}

pub(super) fn column_comment(table: &Table, column: &Column) -> Statement {
    let place = format!("{}.{}", quote_name(&table.object_name()), quote(&column.name));
    object_comment("COLUMN", &place, column.comment.as_deref())
}
