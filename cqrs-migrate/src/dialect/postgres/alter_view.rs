//! Views that stay while something about them changes.

use cqrs_core::schema::{Index, Schema, Str, View};

use super::alter_part::parameter_actions;
use super::clauses::{CLUSTER_ON, WITH, WITH_NO_DATA, has, value};
use super::parts::{create_index, drop_index};
use super::render::{comment, object_comment, statement, view_kind};
use super::sql::{quote, quote_name};
use crate::dialect::{Lock, Statement};

/// Whether a materialized view is filled is a state of its rows: one that is there stays as it is, and one that is made again
/// becomes what it shall be. (A database that was restored without its rows has none that is.)
pub(super) fn filled_alike(before: &Schema, after: &Schema) -> Option<Schema> {
    let is_unfilled = |view: &View| has(&view.options, WITH_NO_DATA);
    let differs = |view: &&View| {
        let after = after.views.get(&view.name).filter(|after| after.materialized && view.materialized);
        after.is_some_and(|after| is_unfilled(after) != is_unfilled(view))
    };
    let mut alike = None;
    for view in before.views.values().filter(differs) {
        let mut view = view.clone();
        if is_unfilled(&view) {
            view.options.to_mut().retain(|clause| clause != WITH_NO_DATA);
        } else {
            view.options.to_mut().push(WITH_NO_DATA.into());
            view.options.to_mut().sort();
        }
        alike.get_or_insert_with(|| before.clone()).views.insert(view.name.clone(), view);
    }
    alike
}

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
