//! `FAIL007`: views of somebody else that stand on what goes. Only a live database knows of them.

use cqrs_core::schema::{ObjectKind, ObjectName, Schema, Str, View};

use super::Hazard;
use crate::change::{Change, TableChange, former_name};
use crate::dialect::Dialect;

/// A table that goes, or a column of it, under the names that they have.
pub(crate) type Gone = (ObjectName, Option<Str>);

/// What changes take away from under views: tables and columns that go, that get another name which views do not follow,
/// or of which PostgreSQL does not change the type under a view.
/// <https://www.postgresql.org/docs/current/sql-altertable.html>, <https://mariadb.com/kb/en/rename-table/>
pub(crate) fn gone_under_views(dialect: Dialect, changes: &[Change]) -> Vec<Gone> {
    let follows = dialect.rules().capabilities().renames_follow;
    let mut gone = Vec::new();
    for change in changes {
        match change {
            Change::DropTable(table) => gone.push((former_name(&table.object_name(), changes), None)),
            Change::RenameTable { from, .. } if !follows => gone.push((from.clone(), None)),
            Change::AlterTable(alteration) => {
                let table = former_name(&alteration.after.object_name(), changes);
                let columns = alteration.changes.iter().filter_map(|change| match change {
                    TableChange::DropColumn(column) => Some(alteration.old_name(&column.name).clone()),
                    TableChange::RenameColumn { from, .. } if !follows => Some(from.clone()),
                    TableChange::AlterColumn { before, after }
                        if dialect == Dialect::Postgres && before.column_type != after.column_type =>
                    {
                        Some(alteration.old_name(&after.name).clone())
                    }
                    _ => None,
                });
                gone.extend(columns.map(|column| (table.clone(), Some(column))));
            }
            _ => {}
        }
    }
    gone
}

/// The views of a live database that are not managed and stand on what goes.
pub(crate) fn views_left_behind(dialect: Dialect, live: &Schema, managed: &[&Schema], gone: &[Gone]) -> Vec<Hazard> {
    let mut hazards = Vec::new();
    let is_managed = |view: &View| managed.iter().any(|schema| schema.views.contains_key(&view.name));
    for view in live.views.values().filter(|view| !is_managed(view)) {
        let stands_on = |(table, column): &&Gone| {
            view.depends_on.iter().filter(|need| need.on.kind == ObjectKind::Table && need.on.name == *table).any(
                |need| {
                    match column {
                        // Where the database does not tell the columns, the query has their names.
                        Some(column) if need.columns.is_empty() => view.query.contains(column.as_ref()),
                        Some(column) => need.columns.contains(column),
                        None => true,
                    }
                },
            )
        };
        if let Some((table, column)) = gone.iter().find(stands_on) {
            let object = column.as_ref().map_or_else(|| table.to_string(), |column| format!("{table}.{column}"));
            let message = match dialect {
                Dialect::Postgres => {
                    format!("view `{}`, which is not managed, stands on it: the database refuses the change", view.name)
                }
                Dialect::MySql | Dialect::Sqlite => {
                    format!(
                        "view `{}`, which is not managed, reads it: it fails afterwards, or the change does",
                        view.name
                    )
                }
            };
            let help = "change or drop the view first, or ask whoever made it to";
            hazards.push(Hazard::new("FAIL007", object, message, help));
        }
    }
    hazards
}
