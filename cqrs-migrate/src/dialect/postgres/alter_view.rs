//! Views that stay while something about them changes.

use cqrs_core::schema::{Index, Str, View};

use super::alter_part::parameter_actions;
use super::clauses::{CLUSTER_ON, WITH, value};
use super::parts::{create_index, drop_index};
use super::render::{comment, object_comment, statement, view_kind};
use super::sql::{quote, quote_name};
use crate::dialect::{Lock, Statement};

/// Storage parameters, comments and, of a materialized view, indexes. None where anything else changes: what type the
/// columns of another query have, only the server knows.
/// <https://www.postgresql.org/docs/current/sql-alterview.html>,
/// <https://www.postgresql.org/docs/current/sql-altermaterializedview.html>
pub(super) fn alter_view(before: &View, after: &View) -> Option<Vec<Statement>> {
    let others =
        |view: &View| -> Vec<Str> { view.options.iter().filter(|clause| !clause.starts_with(WITH)).cloned().collect() };
    if before.query != after.query
        || before.materialized != after.materialized
        || before.columns != after.columns
        || others(before) != others(after)
    {
        return None;
    }
    let (kind, name) = (view_kind(after), quote_name(&after.name));
    let mut statements: Vec<Statement> = parameter_actions(&before.options, &after.options)
        .into_iter()
        .map(|action| statement(format!("ALTER {kind} {name} {action}"), Lock::ReadsAndWrites))
        .collect();
    let only_in = |indexes: &[Index], others: &[Index]| -> Vec<Index> {
        indexes.iter().filter(|index| !others.contains(index)).cloned().collect()
    };
    let gone = only_in(&before.indexes, &after.indexes);
    statements.extend(gone.iter().map(|index| drop_index(&after.name, index)));
    if !gone.is_empty() && value(&after.options, CLUSTER_ON).is_some() {
        return None;
    }
    let new = only_in(&after.indexes, &before.indexes);
    statements.extend(new.iter().flat_map(|index| create_index(&after.name, index)));
    if before.comment != after.comment {
        statements.push(comment(kind, &after.name, after.comment.as_deref()));
    }
    for column in &after.columns {
        let text = |view: &View| view.column_comments.get(column).cloned();
        if text(before) != text(after) {
            let place = format!("{name}.{}", quote(column));
            statements.push(object_comment("COLUMN", &place, text(after).as_deref()));
        }
    }
    Some(statements)
}
