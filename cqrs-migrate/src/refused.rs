//! Changes that a database has no way to make, told before anything is tried.

use cqrs_core::schema::{ObjectId, Schema, SqlObject, Table};

use crate::change::Change;
use crate::dialect::{Dialect, LowerError, NotManaged};

/// The first change of a table that cannot be made.
pub(crate) fn refused(dialect: Dialect, changes: &[Change]) -> Option<LowerError> {
    changes.iter().find_map(|change| match change {
        Change::AlterTable(alteration) => dialect.rules().refuses(alteration),
        _ => None,
    })
}

/// The first change of an object that cannot be made. Only where both sides are in the database's own spelling is there
/// a change.
pub(crate) fn refused_object(
    dialect: Dialect,
    before: &Schema,
    after: &Schema,
    changes: &[Change],
) -> Option<LowerError> {
    let rules = dialect.rules();
    changes.iter().find_map(|change| match change {
        Change::AlterObject { before: was, after: is } if rules.alter_object(was, is).is_none() => {
            let table = before.tables.values().find(|table| {
                let stays = after.tables.get(&table.object_name());
                needs(table, &was.id) && stays.is_some_and(|table| needs(table, &was.id))
            });
            table.map(|table| stands_under(dialect, is, table))
        }
        _ => None,
    })
}

/// The first table or view that is new and whose name something has that is there and is not managed: no shadow has that.
pub(crate) fn refused_name(dialect: Dialect, changes: &[Change], not_managed: &[NotManaged]) -> Option<LowerError> {
    let new = changes.iter().filter(|change| matches!(change, Change::CreateTable(_) | Change::CreateView(_)));
    let names: Vec<String> = new.map(|change| change.object().name.to_string()).collect();
    let there = not_managed.iter().find(|object| {
        matches!(object.kind, "broken view" | "foreign table") && names.iter().any(|name| *name == *object.name)
    })?;
    Some(LowerError {
        dialect,
        table: there.name.to_string(),
        what: "creation".to_owned(),
        reason: format!("a {} has the name, and is not managed: drop it first", there.kind),
    })
}

fn needs(table: &Table, id: &ObjectId) -> bool {
    table.depends_on.iter().any(|need| need.on == *id)
}

/// What is dropped and made again takes along views and functions, but not the columns, defaults, checks and indexes of a
/// table, which hold rows.
fn stands_under(dialect: Dialect, object: &SqlObject, table: &Table) -> LowerError {
    let (kind, id) = (object.id.kind, &object.id);
    LowerError {
        dialect,
        table: table.object_name().to_string(),
        what: format!("another {kind} `{id}` under the parts"),
        reason:
            "it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one \
                 of another name, have the table use that, then drop this one"
                .to_owned(),
    }
}
