//! `UNDO…`: what cannot be taken back.

use super::Hazard;
use super::rows::{loses_data, lost_sequence};
use crate::change::{Change, TableChange, former_name};
use crate::dialect::{Dialect, Transaction};
use crate::plan::{Plan, Step};

pub(super) fn of_change(change: &Change, changes: &[Change], dialect: Dialect) -> Vec<Hazard> {
    if let Some(sequence) = lost_sequence(change, dialect) {
        return vec![irreversible(&sequence.name, "the way back makes the sequence again, from its start")];
    }
    match change {
        Change::DropTable(table) => {
            let name = former_name(&table.object_name(), changes);
            vec![irreversible(&name, "the way back makes the table again, empty").of_rows_in([table.object_name()])]
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

/// How many of the steps are named that `UNDO002` is about.
const NAMED: usize = 2;

/// Where all statements could be one transaction, those that cannot be part of it leave what is done before them done: told
/// once, because nothing is to be done about any of them.
pub(super) fn of_plan(plan: &Plan) -> Vec<Hazard> {
    if !plan.dialect.rules().capabilities().transactional_ddl {
        return vec![];
    }
    let apart: Vec<&Step> =
        plan.steps.iter().filter(|step| step.statement.transaction != Transaction::Joined).collect();
    let mut steps: Vec<String> = Vec::new();
    for step in &apart {
        let name = step.description.lines().next().unwrap_or_default().trim_end_matches(':').replace('`', "");
        if !steps.contains(&name) {
            steps.push(name);
        }
    }
    if steps.len() > NAMED + 1 {
        let more = format!("{} more", steps.len() - NAMED);
        steps.truncate(NAMED);
        steps.push(more);
    }
    let message = match apart.len() {
        0 => return vec![],
        1 => "the statement runs outside the transaction of the others: if a later one fails, it stays done".to_owned(),
        count => format!(
            "{count} statements run outside the transaction of the others: if one fails, those before it stay done"
        ),
    };
    let help = "nothing is to be done: the same command goes on from where it stopped";
    vec![Hazard::new("UNDO002", steps.join("`, `"), message, help)]
}
