//! Alterations of a table that stays.

use cqrs_core::schema::{Column, ForeignKey, Index, IndexKey, Str, Table};

use super::render::{
    block, check, column, column_comment, comment, constraint_name, create_index, default_sql, drop_index, foreign_key,
    primary_key, rename_part, statement, unique,
};
use super::sql::{generated_name, is_builtin_type, literal, mentions, quote, quote_name, serial_base, visible_or_sql};
use crate::change::{TableAlteration, TableChange};
use crate::dialect::{Lock, Statement};

pub(super) fn alter_table(alteration: &TableAlteration) -> Vec<Statement> {
    let mut script = Script::new(alteration);
    for change in &alteration.changes {
        script.change(change);
    }
    script.finish()
}

/// Statements in the making: actions that one `ALTER TABLE` takes together wait until something else comes.
struct Script<'a> {
    alteration: &'a TableAlteration,
    table: &'a Table,
    name: String,
    actions: Vec<String>,
    lock: Lock,
    statements: Vec<Statement>,
    /// What can only run once the columns are what they shall be.
    comments: Vec<Statement>,
}

impl<'a> Script<'a> {
    fn new(alteration: &'a TableAlteration) -> Self {
        Self {
            alteration,
            table: &alteration.after,
            name: quote_name(&alteration.after.object_name()),
            actions: Vec::new(),
            lock: Lock::None,
            statements: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn change(&mut self, change: &TableChange) {
        let table = self.table;
        match change {
            TableChange::RenameColumn { from, to } => {
                let sql = format!("ALTER TABLE {} RENAME COLUMN {} TO {}", self.name, quote(from), quote(to));
                self.run(statement(sql, Lock::ReadsAndWrites));
            }
            TableChange::AddColumn(added) => {
                self.act(format!("ADD COLUMN {}", column(added)));
                if added.comment.is_some() {
                    self.comments.push(column_comment(table, added));
                }
            }
            TableChange::DropColumn(dropped) => self.act(format!("DROP COLUMN {}", quote(&dropped.name))),
            TableChange::AlterColumn { before, after } => self.alter_column(before, after),
            TableChange::AddPrimaryKey(key) => self.act(format!("ADD {}", primary_key(table, key))),
            TableChange::DropPrimaryKey(key) => self.drop_constraint(key.name.as_ref(), &[], "pkey"),
            TableChange::AddUnique(key) => self.act(format!("ADD {}", unique(table, key))),
            TableChange::DropUnique(key) => self.drop_constraint(key.name.as_ref(), &key.columns, "key"),
            TableChange::AddIndex(index) => self.run(create_index(table, index)),
            TableChange::DropIndex(index) => self.run(drop_index(table, index)),
            // ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables: <https://www.postgresql.org/docs/current/sql-altertable.html>
            TableChange::AddForeignKey(key) => {
                self.act_with(format!("ADD {}", foreign_key(table, key)), Lock::Writes);
            }
            TableChange::DropForeignKey(key) => self.drop_constraint(key.name.as_ref(), &key.columns, "fkey"),
            TableChange::AddCheck(rule) => self.act(format!("ADD {}", check(table, rule))),
            TableChange::DropCheck(rule) => self.drop_constraint(rule.name.as_ref(), &[], "check"),
            TableChange::RenamePart { from, to } => self.run(rename_part(&table.object_name(), from, to)),
            // Introspection finds none, and lowering refuses them.
            TableChange::SetOptions { .. } => {}
            TableChange::SetComment { after, .. } => {
                self.comments.push(comment("TABLE", &table.object_name(), after.as_deref()));
            }
        }
    }

    fn drop_constraint(&mut self, name: Option<&Str>, columns: &[Str], suffix: &str) {
        self.act(format!("DROP CONSTRAINT {}", constraint_name(self.table, name, columns, suffix)));
    }

    fn act(&mut self, action: String) {
        self.act_with(action, Lock::ReadsAndWrites);
    }

    fn act_with(&mut self, action: String, lock: Lock) {
        self.actions.push(action);
        self.lock = self.lock.max(lock);
    }

    /// A statement of its own, after the actions so far.
    fn run(&mut self, statement: Statement) {
        self.flush();
        self.statements.push(statement);
    }

    fn flush(&mut self) {
        if !self.actions.is_empty() {
            let separator = if self.actions.len() == 1 { " " } else { "\n    " };
            let actions = self.actions.join(&format!(",{separator}"));
            self.statements.push(statement(format!("ALTER TABLE {}{separator}{actions}", self.name), self.lock));
        }
        self.actions.clear();
        self.lock = Lock::None;
    }

    fn finish(mut self) -> Vec<Statement> {
        self.flush();
        self.statements.append(&mut self.comments);
        self.statements
    }

    fn alter_column(&mut self, before: &Column, after: &Column) {
        if before.generated != after.generated && after.generated.is_some() {
            return self.make_column_again(after);
        }
        let alter = format!("ALTER COLUMN {}", quote(&after.name));
        if before.generated.is_some() && after.generated.is_none() {
            // From version 13 on: <https://www.postgresql.org/docs/current/sql-altertable.html>. The values stay.
            self.act(format!("{alter} DROP EXPRESSION"));
            self.flush();
        }
        let (from, to) = (Numbering::of(before), Numbering::of(after));
        if from != to {
            self.stop_numbering(from, after, &alter);
        }
        let retyped = base_type(before) != base_type(after) || before.collation != after.collation;
        let had_default = before.default.is_some() && after.generated.is_none();
        let keeps_default = had_default && before.default == after.default && !retyped;
        if had_default && !keeps_default && (retyped || after.default.is_none()) {
            self.act(format!("{alter} DROP DEFAULT"));
        }
        if !before.nullable && after.nullable {
            self.act(format!("{alter} DROP NOT NULL"));
        }
        if retyped {
            self.act(format!("{alter} {}", change_type(before, after)));
        }
        if !keeps_default && let Some(default) = &after.default {
            self.act(format!("{alter} SET DEFAULT {}", default_sql(default)));
        }
        if before.nullable && !after.nullable {
            self.act(format!("{alter} SET NOT NULL"));
        }
        if from != to {
            self.start_numbering(to, after, &alter);
        } else if to == Numbering::Serial && retyped {
            self.run(self.with_sequence(&format!("ALTER SEQUENCE %s AS {}", base_type(after)), after));
        }
        if before.comment != after.comment {
            self.comments.push(column_comment(self.table, after));
        }
    }

    /// A generated column with another expression: its values are computed anew, so nothing is lost, but what is built on
    /// the column goes with it and has to be made again.
    fn make_column_again(&mut self, after: &Column) {
        let (before_table, after_table) = (&self.alteration.before, &self.alteration.after);
        let name = &after.name;
        let keys = |key: &ForeignKey| key.columns.contains(name);
        let kept_keys =
            after_table.foreign_keys.iter().filter(|key| keys(key) && before_table.foreign_keys.contains(key));
        let kept_uniques = (after_table.uniques.iter())
            .filter(|unique| unique.columns.contains(name) && before_table.uniques.contains(unique));
        let kept_checks = (after_table.checks.iter())
            .filter(|check| mentions(&check.expression, name) && before_table.checks.contains(check));
        let kept_key = after_table
            .primary_key
            .iter()
            .filter(|key| key.columns.contains(name) && before_table.primary_key.as_ref() == Some(key));
        let kept_indexes: Vec<&Index> = (after_table.indexes.iter())
            .filter(|index| uses(index, name) && before_table.indexes.contains(index))
            .collect();

        for index in &kept_indexes {
            self.run(drop_index(after_table, index));
        }
        for key in kept_keys.clone() {
            self.drop_constraint(key.name.as_ref(), &key.columns, "fkey");
        }
        for check in kept_checks.clone() {
            self.drop_constraint(check.name.as_ref(), &[], "check");
        }
        for unique in kept_uniques.clone() {
            self.drop_constraint(unique.name.as_ref(), &unique.columns, "key");
        }
        for key in kept_key.clone() {
            self.drop_constraint(key.name.as_ref(), &[], "pkey");
        }
        self.act(format!("DROP COLUMN {}", quote(name)));
        self.flush();
        self.act(format!("ADD COLUMN {}", column(after)));
        for key in kept_key {
            self.act(format!("ADD {}", primary_key(after_table, key)));
        }
        for key in kept_uniques {
            self.act(format!("ADD {}", unique(after_table, key)));
        }
        for rule in kept_checks {
            self.act(format!("ADD {}", check(after_table, rule)));
        }
        for key in kept_keys {
            self.act(format!("ADD {}", foreign_key(after_table, key)));
        }
        for index in kept_indexes {
            self.run(create_index(after_table, index));
        }
        if after.comment.is_some() {
            self.comments.push(column_comment(after_table, after));
        }
    }

    fn stop_numbering(&mut self, from: Numbering, after: &Column, alter: &str) {
        match from {
            Numbering::None => {}
            // In a statement of its own: with the type in one, the new type is checked as an identity's.
            Numbering::Identity => {
                self.act(format!("{alter} DROP IDENTITY"));
                self.flush();
            }
            Numbering::Serial => {
                self.act(format!("{alter} DROP DEFAULT"));
                self.run(self.with_sequence("DROP SEQUENCE %s", after));
            }
        }
    }

    /// The numbers go on after the greatest that is there.
    fn start_numbering(&mut self, to: Numbering, after: &Column, alter: &str) {
        let (table, column) = (literal(&self.name), literal(&after.name));
        match to {
            Numbering::None => return,
            // After the type: version 12 makes the sequence for the old one otherwise.
            Numbering::Identity => {
                self.flush();
                self.act(format!("{alter} ADD GENERATED BY DEFAULT AS IDENTITY"));
            }
            Numbering::Serial => {
                let sequence = generated_name(&self.table.name, &after.name, "seq");
                let schema =
                    self.table.schema.as_ref().map_or_else(String::new, |schema| format!("{}.", quote(schema)));
                let sequence = format!("{schema}{}", quote(&sequence));
                let owner = format!("{}.{}", self.name, quote(&after.name));
                self.run(statement(
                    format!("CREATE SEQUENCE {sequence} AS {} OWNED BY {owner}", base_type(after)),
                    Lock::None,
                ));
                self.act(format!("{alter} SET DEFAULT nextval({}::regclass)", literal(&sequence)));
            }
        }
        self.run(statement(
            format!(
                "SELECT setval(pg_get_serial_sequence({table}, {column}), coalesce(max({}), 0) + 1, false) FROM {}",
                quote(&after.name),
                self.name
            ),
            Lock::None,
        ));
    }

    /// A statement about the sequence that belongs to a column, whatever its name.
    fn with_sequence(&self, format: &str, column: &Column) -> Statement {
        let sequence = format!("pg_get_serial_sequence({}, {})", literal(&self.name), literal(&column.name));
        block(&format!("EXECUTE format({}, {sequence});", literal(format)), Lock::ReadsAndWrites)
    }
}

/// How a column numbers its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    None,
    Identity,
    Serial,
}

impl Numbering {
    fn of(column: &Column) -> Self {
        if serial_base(column.column_type.native_text()).is_some() {
            Self::Serial
        } else if column.auto_increment {
            Self::Identity
        } else {
            Self::None
        }
    }
}

fn base_type(column: &Column) -> &str {
    let text = column.column_type.native_text();
    serial_base(text).unwrap_or(text)
}

fn change_type(before: &Column, after: &Column) -> String {
    let (from, to) = (base_type(before), base_type(after));
    let collation =
        after.collation.as_ref().map_or_else(String::new, |name| format!(" COLLATE {}", visible_or_sql(name)));
    if from == to {
        return format!("TYPE {to}{collation}");
    }
    format!("TYPE {to}{collation} USING {}::{}", quote(&after.name), conversion(from, to))
}

/// The casts from one type to another. Between two types that are not the server's own there is none but by way of text.
///
/// A cast to a bounded text type cuts what is too long, so the bound is left out of it: assigning the result checks it.
/// <https://www.postgresql.org/docs/current/datatype-character.html>
fn conversion(from: &str, to: &str) -> String {
    let is_own = |name: &str| {
        let name = name.trim_end_matches("[]");
        !is_builtin_type(name.split(['(', ' ']).next().unwrap_or(name))
    };
    if is_own(from) && is_own(to) {
        let brackets = if from.ends_with("[]") && to.ends_with("[]") { "[]" } else { "" };
        return format!("text{brackets}::{to}");
    }
    match to.split_once('(').and_then(|(base, rest)| Some((base, rest.split_once(')')?.1))) {
        Some(("character" | "char" | "bpchar", rest)) => format!("bpchar{rest}"),
        Some((base @ ("character varying" | "varchar" | "bit varying" | "varbit"), rest)) => format!("{base}{rest}"),
        _ => to.to_owned(),
    }
}

fn uses(index: &Index, column: &Str) -> bool {
    index.include.contains(column)
        || index.predicate.as_ref().is_some_and(|predicate| mentions(predicate, column))
        || index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(expression) => mentions(expression, column),
        })
}
