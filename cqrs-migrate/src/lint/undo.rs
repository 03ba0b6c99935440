//! `UNDO…`: what cannot be taken back.

use super::Hazard;
use super::rows::loses_data;
use crate::change::{Change, TableChange};
use crate::dialect::Transaction;
use crate::plan::Plan;

pub(super) fn of_change(change: &Change) -> Vec<Hazard> {
    match change {
        Change::DropTable(table) => {
            let name = table.object_name();
            vec![irreversible(&name, "the way back makes the table again, empty").of_rows_in([name])]
        }
        Change::AlterTable(alteration) => {
            let table = alteration.after.object_name();
            let lost = alteration.changes.iter().filter(|change| loses_data(change));
            lost.filter_map(|change| match change {
                TableChange::DropColumn(column) => Some((&column.name, "the way back adds the column, empty")),
                TableChange::AlterColumn { after, .. } => {
                    Some((&after.name, "the way back does not bring back what the change takes away"))
                }
                _ => None,
            })
            .map(|(column, message)| irreversible(&format!("{table}.{column}"), message).of_rows_in([table.clone()]))
            .collect()
        }
        Change::AlterEnum { before, after } if before.values.iter().any(|value| !after.values.contains(value)) => {
            vec![irreversible(&after.name, "the way back does not know which rows had the label")]
        }
        _ => vec![],
    }
}

fn irreversible(object: &dyn std::fmt::Display, message: &str) -> Hazard {
    Hazard::new("UNDO001", object, message, "take a backup of what is lost first, and try the way back on a copy")
}

/// Where all statements could be one transaction, one that cannot be part of it leaves what is done before it done.
pub(super) fn of_plan(plan: &Plan) -> Vec<Hazard> {
    if !plan.dialect.rules().capabilities().transactional_ddl {
        return vec![];
    }
    let mut hazards: Vec<Hazard> = Vec::new();
    for step in plan.steps.iter().filter(|step| step.statement.transaction != Transaction::Joined) {
        let object = step.description.lines().next().unwrap_or_default().replace('`', "");
        let hazard = Hazard::new(
            "UNDO002",
            object.trim_end_matches(':'),
            "a statement of this runs outside the transaction of the others: if a later one fails, it stays done",
            "nothing is to be done: the same command goes on from where it stopped",
        );
        if !hazards.contains(&hazard) {
            hazards.push(hazard);
        }
    }
    hazards
}
