//! Alterations of a table that stays: in place where SQLite can, otherwise by making the table again.

use std::collections::HashMap;

use cqrs_core::schema::{Column, ForeignKey, IndexKey, Str, Table};

use super::words::{is_constant_default, quote, quote_all, text};
use super::{Sqlite, clauses, render, statement};
use crate::change::{TableAlteration, TableChange};
use crate::dialect::{Held, Lock, Statement};
use crate::plan::relabelled;
use crate::rename::column_renames;

pub(super) fn rename_table(from: &str, to: &str) -> Vec<Statement> {
    let rename = |from: &str, to: &str| write(format!("ALTER TABLE {} RENAME TO {}", quote(from), quote(to)));
    if from.eq_ignore_ascii_case(to) {
        // Names are equal without regard to case, so that the new name is taken.
        let between = scratch_name(to);
        return vec![rename(from, &between), rename(&between, to)];
    }
    vec![rename(from, to)]
}

pub(super) fn alter_table(alteration: &TableAlteration) -> Vec<Statement> {
    let mut statements = rename_columns(alteration);
    let changes: Vec<&TableChange> = (alteration.changes.iter())
        .filter(|change| !matches!(change, TableChange::RenameColumn { .. } | TableChange::SetComment { .. }))
        .collect();
    let before = with_new_names(alteration);
    if changes.is_empty() {
        return statements;
    }
    match in_place(&before, &changes) {
        Some(in_place) => statements.extend(in_place),
        None => statements.extend(rebuild(&before, &alteration.after, &changes)),
    }
    statements
}

/// The scratch name is long and odd enough to be nobody's, and a table of that name makes the migration fail before it
/// has done anything.
fn scratch_name(table: &str) -> String {
    format!("_cqrs_scratch_{table}")
}

fn write(sql: String) -> Statement {
    statement(sql, Lock::Writes)
}

fn write_rows(sql: String) -> Statement {
    write(sql).held(Held::Rewrite)
}

/// SQLite itself puts the new names into indexes, checks, triggers, views and foreign keys.
/// <https://www.sqlite.org/lang_altertable.html#altertabrename>
fn rename_columns(alteration: &TableAlteration) -> Vec<Statement> {
    let table = quote(&alteration.after.name);
    let rename =
        |(from, to): (Str, Str)| write(format!("ALTER TABLE {table} RENAME COLUMN {} TO {}", quote(&from), quote(&to)));
    column_renames(alteration).into_iter().map(rename).collect()
}

/// The table as it is once its columns are renamed. Expressions keep the old names.
fn with_new_names(alteration: &TableAlteration) -> Table {
    let names: HashMap<&Str, &Str> = (alteration.changes.iter())
        .filter_map(|change| match change {
            TableChange::RenameColumn { from, to } => Some((from, to)),
            _ => None,
        })
        .collect();
    let mut table = alteration.before.clone();
    let rename = |name: &mut Str| {
        if let Some(to) = names.get(name) {
            *name = (*to).clone();
        }
    };
    table.columns.to_mut().iter_mut().for_each(|column| rename(&mut column.name));
    if let Some(key) = &mut table.primary_key {
        key.columns.to_mut().iter_mut().for_each(rename);
    }
    for unique in table.uniques.to_mut() {
        unique.columns.to_mut().iter_mut().for_each(rename);
    }
    for key in table.foreign_keys.to_mut() {
        key.columns.to_mut().iter_mut().for_each(rename);
    }
    for index in table.indexes.to_mut() {
        for part in index.parts.to_mut() {
            if let IndexKey::Column(name) = &mut part.key {
                rename(name);
            }
        }
    }
    table
}

/// The changes as `ALTER TABLE` and index statements, if there are such for all of them.
fn in_place(before: &Table, changes: &[&TableChange]) -> Option<Vec<Statement>> {
    let is_drop = |change: &&&TableChange| matches!(change, TableChange::DropColumn(_));
    if changes.iter().filter(is_drop).count() == before.columns.len() {
        // The last column of a table cannot be dropped.
        return None;
    }
    let mut table = before.clone();
    let name = quote(&before.name);
    let mut drops = Vec::new();
    let mut adds: Vec<String> = Vec::new();
    let mut added: Vec<&Column> = Vec::new();
    let mut indexes = Vec::new();
    let mut constraints: Vec<String> = Vec::new();
    for change in changes {
        if let TableChange::DropIndex(index) = change {
            drops.push(write(format!("DROP INDEX {}", quote(index.name.as_deref().unwrap_or_default()))));
            table.indexes.to_mut().retain(|other| other.name != index.name);
        }
    }
    for change in changes {
        match change {
            TableChange::DropIndex(_) => {}
            TableChange::AddIndex(index) => indexes.push(write_rows(render::create_index(&before.name, index))),
            TableChange::DropColumn(column) if !is_used(&table, column) => {
                drops.push(write_rows(format!("ALTER TABLE {name} DROP COLUMN {}", quote(&column.name))));
            }
            TableChange::AddColumn(column) if can_be_added(column) => {
                added.push(column);
                adds.push(render::column_definition(&table, column));
            }
            TableChange::AddForeignKey(_) | TableChange::AddCheck(_) => {}
            _ => return None,
        }
    }
    for change in changes {
        match change {
            TableChange::AddForeignKey(key) => {
                let at = added.iter().position(|column| is_key_of(key, column))?;
                adds[at] = format!("{} {}", adds[at], render::column_foreign_key(key));
            }
            TableChange::AddCheck(check) => constraints.push(render::check(check)),
            _ => {}
        }
    }
    let fills: Vec<Statement> = added.iter().filter_map(|column| fill(&name, column)).collect();
    if !constraints.is_empty() && !fills.is_empty() {
        // Rows are tested before they are filled.
        return None;
    }
    if !constraints.is_empty() {
        // A check may name every column that is added: it goes with the last one. Rows that are there are tested.
        let last = adds.last_mut()?;
        *last = format!("{last} {}", constraints.join(" "));
    }
    // What a column that is added must not be is looked for in every row.
    let is_tested =
        !constraints.is_empty() || added.iter().any(|column| column.generated.is_some() && !column.nullable);
    let held = if is_tested { Held::Scan } else { Held::Briefly };
    let adds =
        adds.into_iter().map(|definition| write(format!("ALTER TABLE {name} ADD COLUMN {definition}")).held(held));
    Some(drops.into_iter().chain(adds).chain(fills).chain(indexes).collect())
}

/// Fills a column that was just added.
fn fill(table: &str, column: &Column) -> Option<Statement> {
    let expression = column.backfill.as_ref()?;
    Some(write_rows(format!("UPDATE {table} SET {} = ({expression})", quote(&column.name))))
}

/// <https://www.sqlite.org/lang_altertable.html#altertabaddcol>
fn can_be_added(column: &Column) -> bool {
    // The name of a clause would pass to a check that is added with the column.
    if column.options.iter().any(|option| option.starts_with("CONSTRAINT ")) {
        return false;
    }
    let default = column.default.as_ref().map(render::default_sql);
    let constant = default.as_ref().is_none_or(|sql| is_constant_default(sql));
    let filled = column.nullable || default.is_some_and(|sql| !sql.eq_ignore_ascii_case("null"));
    match &column.generated {
        Some(generated) => !generated.stored,
        None => constant && filled && !column.auto_increment,
    }
}

/// A column with `REFERENCES` that is added must have no default.
fn is_key_of(key: &ForeignKey, column: &Column) -> bool {
    *key.columns == [column.name.clone()] && column.default.is_none() && column.nullable && column.generated.is_none()
}

/// Whether something of the table needs the column, so that `DROP COLUMN` refuses. Expressions count when they have the
/// name anywhere in their text. <https://www.sqlite.org/lang_altertable.html#altertabdropcol>
fn is_used(table: &Table, column: &Column) -> bool {
    let name = column.name.to_ascii_lowercase();
    let listed = |columns: &[Str]| columns.contains(&column.name);
    let mentioned = |sql: &str| sql.to_ascii_lowercase().replace("\"\"", "\"").contains(&name);
    table.primary_key.as_ref().is_some_and(|key| listed(&key.columns))
        || table.uniques.iter().any(|unique| listed(&unique.columns))
        || table.foreign_keys.iter().any(|key| listed(&key.columns))
        || table.checks.iter().any(|check| mentioned(&check.expression))
        || table.columns.iter().filter_map(|other| other.generated.as_ref()).any(|other| mentioned(&other.expression))
        || table.indexes.iter().any(|index| {
            index.predicate.as_ref().is_some_and(|sql| mentioned(sql))
                || index.parts.iter().any(|part| match &part.key {
                    IndexKey::Column(other) => *other == column.name,
                    IndexKey::Expression(sql) => mentioned(sql),
                })
        })
}

/// Makes the table again under a scratch name, copies the rows, and puts it in the place of the old one.
///
/// `legacy_alter_table` keeps the last rename from touching the foreign keys, views and triggers that speak of the
/// table: they name it as it shall be called. Triggers go with the old table, and no SQL that is written beforehand can
/// know which ones a database has: their rows of the catalog are kept aside and put back.
/// <https://www.sqlite.org/lang_altertable.html#otheralter>
fn rebuild(before: &Table, after: &Table, changes: &[&TableChange]) -> Vec<Statement> {
    let scratch = scratch_name(&after.name);
    let (old, new) = (quote(&after.name), quote(&scratch));
    let triggers = format!("temp.{}", quote("_cqrs_triggers"));
    let foreign_keys: Vec<&ForeignKey> = after.foreign_keys.iter().collect();
    // A check or an expression may name its table, which has another name until it is in its place. Within the table the
    // name says nothing.
    let definition = render::create_table(after, &after.name, &foreign_keys);
    let of_scratch = render::create_table(after, &scratch, &foreign_keys);
    let scratch_definition = of_scratch.replace(&format!("{old}."), "");
    let names_itself = scratch_definition != of_scratch;
    let mut statements = vec![
        statement("PRAGMA legacy_alter_table = ON".to_owned(), Lock::None),
        statement(
            format!(
                "CREATE TEMP TABLE {} AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master \
                 WHERE type = 'trigger' AND tbl_name = {} COLLATE NOCASE ORDER BY rowid",
                quote("_cqrs_triggers"),
                text(&after.name)
            ),
            Lock::None,
        ),
        statement(scratch_definition, Lock::None),
    ];
    statements.push(write_rows(copy_rows(before, after, changes, &new)));
    if render::is_numbered(before) && render::is_numbered(after) {
        statements.extend(copy_sequence(&after.name, &scratch).map(write));
    }
    statements.push(write(format!("DROP TABLE {old}")));
    statements.push(write(format!("ALTER TABLE {new} RENAME TO {old}")));
    statements.extend(after.indexes.iter().map(|index| write_rows(render::create_index(&after.name, index))));
    statements.push(statement("PRAGMA writable_schema = ON".to_owned(), Lock::None));
    if names_itself {
        statements.push(write(format!(
            "UPDATE main.sqlite_master SET sql = {} WHERE type = 'table' AND name = {} COLLATE NOCASE",
            text(&definition),
            text(&after.name)
        )));
    }
    statements.extend([
        write(format!(
            "INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) \
             SELECT type, name, tbl_name, rootpage, sql FROM {triggers} ORDER BY rowid"
        )),
        statement("PRAGMA writable_schema = RESET".to_owned(), Lock::None),
        statement(format!("DROP TABLE {triggers}"), Lock::None),
        statement("PRAGMA legacy_alter_table = OFF".to_owned(), Lock::None),
    ]);
    // The rename of any column fails, as `DROP COLUMN` does, where a trigger or a view speaks of a column that is gone. It
    // is one of a table that nothing speaks of, because it writes the new name into everything that does.
    if changes.iter().any(|change| matches!(change, TableChange::DropColumn(_))) {
        statements.extend([
            statement(format!("CREATE TABLE {new} (a)"), Lock::None),
            write(format!("ALTER TABLE {new} RENAME COLUMN a TO b")),
            statement(format!("DROP TABLE {new}"), Lock::None),
        ]);
    }
    statements
}

/// The rows as they are, with their rowid where that is not a column anyway. Columns that are new are filled or left to
/// their defaults, generated ones are computed again. Where no column stays, there is a row for each all the same.
fn copy_rows(before: &Table, after: &Table, changes: &[&TableChange], new: &str) -> String {
    let is_added = |name: &str| {
        changes.iter().any(|change| matches!(change, TableChange::AddColumn(column) if column.name == name))
    };
    let mut columns: Vec<Str> = (after.columns.iter())
        .filter(|column| column.generated.is_none() && before.column(&column.name).is_some() && !is_added(&column.name))
        .map(|column| column.name.clone())
        .collect();
    if !has_rowid_column(after)
        && has_rowid(before)
        && has_rowid(after)
        && let Some(rowid) = rowid_name(before, after)
    {
        columns.insert(0, rowid.into());
    }
    let mut values: Vec<String> = columns.iter().map(|name| quote(name)).collect();
    for change in changes {
        match change {
            TableChange::AddColumn(Column { name, backfill: Some(expression), .. }) => {
                columns.push(name.clone());
                values.push(format!("({expression})"));
            }
            TableChange::RenameLabels { after, labels, .. } => {
                let at = columns.iter().position(|column| *column == after.name);
                if let Some(value) = at.and_then(|at| values.get_mut(at)) {
                    *value = relabelled(&Sqlite, &after.name, labels);
                }
            }
            TableChange::AlterColumn { before, after: Column { name, nullable: false, backfill: Some(sql), .. } }
                if before.nullable =>
            {
                let at = columns.iter().position(|column| column == name);
                if let Some(value) = at.and_then(|at| values.get_mut(at)) {
                    *value = format!("coalesce({value}, ({sql}))");
                }
            }
            _ => {}
        }
    }
    if columns.is_empty()
        && let Some(first) = after.columns.iter().find(|column| column.generated.is_none())
    {
        columns.push(first.name.clone());
        values.push(
            first.default.as_ref().map_or("NULL".to_owned(), |default| format!("({})", render::default_sql(default))),
        );
    }
    // Otherwise a row that a new `ON CONFLICT IGNORE` or `REPLACE` is about would be lost without a word.
    // https://www.sqlite.org/lang_conflict.html
    let insert = if says_on_conflict(after) { "INSERT OR ABORT" } else { "INSERT" };
    format!("{insert} INTO {new} ({}) SELECT {} FROM {}", quote_all(&columns), values.join(", "), quote(&before.name))
}

fn says_on_conflict(table: &Table) -> bool {
    let keys = table.primary_key.iter().map(|key| &key.options).chain(table.uniques.iter().map(|key| &key.options));
    let options = keys.chain(table.columns.iter().map(|column| &column.options));
    options.flat_map(|options| options.iter()).any(|clause| clause.contains("ON CONFLICT"))
}

fn has_rowid(table: &Table) -> bool {
    !table.options.iter().any(|option| option == "WITHOUT ROWID")
}

/// Whether the primary key is an alias of the rowid. `INTEGER PRIMARY KEY DESC` is none.
/// <https://www.sqlite.org/lang_createtable.html#rowid>
pub(super) fn has_rowid_column(table: &Table) -> bool {
    has_rowid(table)
        && table.primary_key.as_ref().is_some_and(|key| match &*key.columns {
            [only] if !clauses::contains(&key.options, clauses::DESCENDING) => {
                table.column(only).is_some_and(|column| {
                    column.column_type.native_text().eq_ignore_ascii_case(super::lower::ROWID_ALIAS_TYPE)
                })
            }
            _ => false,
        })
}

/// Whether the columns of the primary key are not null without saying so: only the rowid's alias is, and the keys of strict
/// tables and tables without rowid.
/// <https://www.sqlite.org/quirks.html#primary_keys_can_sometimes_contain_nulls>
pub(super) fn key_is_not_null(table: &Table) -> bool {
    has_rowid_column(table) || !has_rowid(table) || table.options.iter().any(|option| option == "STRICT")
}

/// The first of the rowid's names that no column has. <https://www.sqlite.org/lang_createtable.html#rowid>
fn rowid_name(before: &Table, after: &Table) -> Option<&'static str> {
    ["rowid", "_rowid_", "oid"].into_iter().find(|name| {
        !before.columns.iter().chain(after.columns.iter()).any(|column| column.name.eq_ignore_ascii_case(name))
    })
}

/// The number that the next row gets. <https://www.sqlite.org/autoinc.html#the_autoincrement_keyword>
fn copy_sequence(table: &str, scratch: &str) -> [String; 2] {
    let (table, scratch) = (text(table), text(scratch));
    [
        format!("DELETE FROM sqlite_sequence WHERE name = {scratch}"),
        format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {scratch}, seq FROM sqlite_sequence WHERE name = {table}"
        ),
    ]
}
