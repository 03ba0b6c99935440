//! Enum types in SQL.

use std::collections::HashSet;

use cqrs_core::schema::{Check, Column, DefaultValue, EnumType, Index, IndexKey, ObjectName, Str, Table};

use super::parts::{check, constraint_name, create_index, default_sql, drop_index};
use super::render::{comment, constraint_comment, statement};
use super::sql::{LONGEST_NAME, cut, literal, mentions, quote, quote_name, type_as_printed};
use crate::dialect::{Held, Lock, Statement, Transaction};

pub(super) fn create(enum_type: &EnumType) -> Vec<Statement> {
    let mut statements = vec![create_type(&enum_type.name, &enum_type.values)];
    statements.extend(enum_type.comment.as_deref().map(|text| comment("TYPE", &enum_type.name, Some(text))));
    statements
}

pub(super) fn drop(enum_type: &EnumType) -> Vec<Statement> {
    vec![statement(format!("DROP TYPE {}", quote_name(&enum_type.name)), Lock::None)]
}

/// <https://www.postgresql.org/docs/current/sql-altertype.html>
pub(super) fn rename_label(enum_type: &ObjectName, from: &str, to: &str) -> Statement {
    let sql = format!("ALTER TYPE {} RENAME VALUE {} TO {}", quote_name(enum_type), literal(from), literal(to));
    statement(sql, Lock::None)
}

/// Labels can be added where they stand, and neither removed nor moved.
pub(super) fn is_replaced(before: &EnumType, after: &EnumType) -> bool {
    let mut kept = after.values.iter().filter(|value| before.values.contains(value));
    !before.values.iter().all(|value| kept.next() == Some(value))
}

pub(super) fn alter(before: &EnumType, after: &EnumType, users: &[&Table]) -> Vec<Statement> {
    let made_again = is_replaced(before, after);
    let mut statements = if made_again { replace_type(after, users) } else { add_labels(before, after) };
    if before.comment != after.comment || (made_again && after.comment.is_some()) {
        statements.push(comment("TYPE", &after.name, after.comment.as_deref()));
    }
    statements
}

fn create_type(name: &ObjectName, values: &[Str]) -> Statement {
    let labels: Vec<String> = values.iter().map(|value| literal(value)).collect();
    statement(format!("CREATE TYPE {} AS ENUM ({})", quote_name(name), labels.join(", ")), Lock::None)
}

/// <https://www.postgresql.org/docs/current/sql-altertype.html>: a label that was added cannot be used before the
/// transaction that adds it is committed.
fn add_labels(before: &EnumType, after: &EnumType) -> Vec<Statement> {
    let name = quote_name(&after.name);
    let mut statements = Vec::new();
    for (at, value) in after.values.iter().enumerate() {
        if before.values.contains(value) {
            continue;
        }
        let place = match at.checked_sub(1).map(|previous| &after.values[previous]) {
            Some(previous) => format!(" AFTER {}", literal(previous)),
            None => before.values.first().map_or_else(String::new, |first| format!(" BEFORE {}", literal(first))),
        };
        statements.push(Statement {
            sql: format!("ALTER TYPE {name} ADD VALUE {}{place}", literal(value)),
            lock: Lock::None,
            held: Held::Briefly,
            transaction: Transaction::Own,
        });
    }
    statements
}

/// Labels cannot be removed or moved: every column goes over to a new type, which then takes the name of the old one.
fn replace_type(after: &EnumType, users: &[&Table]) -> Vec<Statement> {
    const SUFFIX: &str = "_cqrs_new";
    let kept = cut(&after.name.name, LONGEST_NAME - SUFFIX.len());
    let temporary = ObjectName { schema: after.name.schema.clone(), name: format!("{kept}{SUFFIX}").into() };
    let users: Vec<User<'_>> = users.iter().filter_map(|table| User::of(&after.name, table)).collect();

    let mut statements = vec![create_type(&temporary, &after.values)];
    for user in &users {
        statements.extend(user.indexes().map(|index| drop_index(&user.table.object_name(), index)));
        statements.push(user.convert(&temporary));
    }
    statements.push(statement(format!("DROP TYPE {}", quote_name(&after.name)), Lock::None));
    statements.push(statement(
        format!("ALTER TYPE {} RENAME TO {}", quote_name(&temporary), quote(&after.name.name)),
        Lock::None,
    ));
    for user in &users {
        statements.extend(user.restore(after));
        statements.extend(user.check_comments());
        statements.extend(user.indexes().flat_map(|index| create_index(&user.table.object_name(), index)));
    }
    statements
}

/// A table that has columns of an enum type.
struct User<'a> {
    table: &'a Table,
    /// The columns, and whether they are arrays.
    columns: Vec<(&'a Column, bool)>,
}

impl<'a> User<'a> {
    fn of(name: &ObjectName, table: &'a Table) -> Option<Self> {
        let printed = type_as_printed(name);
        let columns: Vec<_> = table
            .columns
            .iter()
            .filter_map(|column| {
                let text = column.column_type.native_text();
                let element = text.strip_suffix("[]");
                (element.unwrap_or(text) == printed).then_some((column, element.is_some()))
            })
            .collect();
        (!columns.is_empty()).then_some(Self { table, columns })
    }

    /// Indexes in which an expression or predicate compares the column with labels of the old type.
    fn indexes(&self) -> impl Iterator<Item = &'a Index> {
        let columns = self.columns.clone();
        self.table.indexes.iter().filter(move |index| {
            let expressions = index.parts.iter().filter_map(|part| match &part.key {
                IndexKey::Expression(expression) => Some(expression),
                IndexKey::Column(_) => None,
            });
            expressions.chain(&index.predicate).any(|sql| columns.iter().any(|(column, _)| mentions(sql, &column.name)))
        })
    }

    fn checks(&self) -> impl Iterator<Item = &'a Check> {
        let columns = self.columns.clone();
        self.table
            .checks
            .iter()
            .filter(move |check| columns.iter().any(|(column, _)| mentions(&check.expression, &column.name)))
    }

    fn convert(&self, to: &ObjectName) -> Statement {
        let to = quote_name(to);
        let mut actions: Vec<String> = Vec::new();
        for check in self.checks() {
            let name = constraint_name(&self.table.name, check.name.as_ref(), &[], "check");
            actions.push(format!("DROP CONSTRAINT {name}"));
        }
        for (column, array) in &self.columns {
            let (name, brackets) = (quote(&column.name), if *array { "[]" } else { "" });
            if column.default.is_some() {
                actions.push(format!("ALTER COLUMN {name} DROP DEFAULT"));
            }
            actions
                .push(format!("ALTER COLUMN {name} TYPE {to}{brackets} USING {name}::text{brackets}::{to}{brackets}"));
        }
        self.alter(&actions).held(Held::Rewrite)
    }

    /// The defaults and checks again, now that the new type has the name. A default that was a label which is gone stays
    /// away: the column's own alteration sets another.
    fn restore(&self, after: &EnumType) -> Option<Statement> {
        let labels: HashSet<String> = after.values.iter().map(|value| literal(value)).collect();
        let is_gone = |default: &DefaultValue| {
            let sql = default_sql(default);
            sql.strip_suffix(&format!("::{}", type_as_printed(&after.name)))
                .is_some_and(|label| label.starts_with('\'') && !labels.contains(label))
        };
        let mut actions: Vec<String> = Vec::new();
        for (column, _) in &self.columns {
            if let Some(default) = column.default.as_ref().filter(|default| !is_gone(default)) {
                actions.push(format!("ALTER COLUMN {} SET DEFAULT {}", quote(&column.name), default_sql(default)));
            }
        }
        actions.extend(self.checks().map(|rule| format!("ADD {}", check(self.table, rule))));
        // A check that is added again reads every row.
        let held = if self.checks().next().is_some() { Held::Scan } else { Held::Briefly };
        (!actions.is_empty()).then(|| self.alter(&actions).held(held))
    }

    fn check_comments(&self) -> impl Iterator<Item = Statement> {
        let table = self.table;
        self.checks().filter(|check| check.comment.is_some()).map(|check| {
            let name = constraint_name(&table.name, check.name.as_ref(), &[], "check");
            constraint_comment(&table.object_name(), &name, check.comment.as_deref())
        })
    }

    fn alter(&self, actions: &[String]) -> Statement {
        let table = quote_name(&self.table.object_name());
        statement(format!("ALTER TABLE {table} {}", actions.join(", ")), Lock::ReadsAndWrites)
    }
}
