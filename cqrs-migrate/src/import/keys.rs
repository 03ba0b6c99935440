//! Foreign keys -> `belongs_to` and `foreign_key(…)`, with fields whose types agree.

use cqrs_core::schema::{ForeignKey, ReferentialAction, Str, Table};

use super::draft::{Draft, Drafts, Reference};
use super::names::spelled;
use super::types::{RustType, TypeAttribute};
use super::values;
use super::{Import, Left};
use crate::dialect::Dialect;

/// What a foreign key refers to.
struct Target {
    class: String,
    import: Option<String>,
    /// Each column's field.
    fields: Vec<String>,
}

/// Lets fields and models refer to each other.
pub(super) fn refer(import: &Import, drafts: &mut Drafts, left: &mut Vec<Left>) {
    agree(import, drafts);
    for at in 0..drafts.models.len() {
        let mut references = Vec::new();
        for (number, key) in drafts.models[at].table.foreign_keys.iter().enumerate() {
            match target(import, drafts, at, key) {
                Ok(target) => references.push(reference(&drafts.models[at], number, key, target)),
                Err(why) => {
                    let name = key.name.as_deref().map_or_else(|| key.columns.join(", "), ToOwned::to_owned);
                    let what = format!("foreign key `{name}` of `{}`", drafts.models[at].table.object_name());
                    left.push(Left { what, why });
                }
            }
        }
        for reference in references {
            place(&mut drafts.models[at], reference);
        }
    }
}

/// Gives fields that refer the type of the fields referred to, until there is nothing left to do: a chain has as many
/// links as there are tables at most.
fn agree(import: &Import, drafts: &mut Drafts) {
    for _ in 0..drafts.models.len() {
        let mut wrong: Vec<(usize, String, RustType)> = Vec::new();
        for (at, draft) in drafts.models.iter().enumerate() {
            for key in draft.table.foreign_keys.iter() {
                let Some(target) = drafts.models.iter().find(|model| model.table.object_name() == key.references)
                else {
                    continue;
                };
                for (column, referenced) in key.columns.iter().zip(&*referenced(&target.table, key)) {
                    if let (Some(field), Some(other)) = (draft.field(column), target.field(referenced))
                        && field.rust.name != other.rust.name
                    {
                        wrong.push((at, column.to_string(), other.rust.clone()));
                    }
                }
            }
        }
        if wrong.is_empty() {
            return;
        }
        for (at, column, rust) in wrong {
            let table = drafts.models[at].table.clone();
            let Some(field) = drafts.models[at].fields.iter_mut().find(|field| field.column.name == column) else {
                continue;
            };
            field.attribute = TypeAttribute::Native(field.column.column_type.native_text().to_owned());
            field.rust = rust;
            let declared = super::types::declared(&field.rust, &field.attribute);
            field.default = values::default(import.dialect, &table, &field.column, &declared);
        }
    }
}

/// The columns referred to: where none are named, the primary key.
fn referenced(target: &Table, key: &ForeignKey) -> Vec<String> {
    let columns = match (&*key.referenced_columns, &target.primary_key) {
        ([], Some(primary)) => &primary.columns,
        _ => &key.referenced_columns,
    };
    columns.iter().map(ToString::to_string).collect()
}

fn target(import: &Import, drafts: &Drafts, of: usize, key: &ForeignKey) -> Result<Target, String> {
    let from = &drafts.models[of];
    let refused =
        || format!("`{}` is no model of this crate: import it too, and the foreign key with it", key.references);
    let Some(target) = drafts.models.iter().find(|model| model.table.object_name() == key.references) else {
        return known_target(import, from, key).ok_or_else(refused);
    };
    let mut fields = Vec::new();
    for (column, referenced) in key.columns.iter().zip(&*referenced(&target.table, key)) {
        let (Some(field), Some(other)) = (from.field(column), target.field(referenced)) else { return Err(refused()) };
        if field.rust.name != other.rust.name {
            return Err(format!("`{column}` refers to columns of different types: no field has both"));
        }
        fields.push(other.name.clone());
    }
    let is_self = std::ptr::eq(target, from);
    let import = (!is_self).then(|| {
        let module = spelled(&target.path[1]);
        match target.path[0] == from.path[0] {
            true => format!("super::{module}::{}", target.class),
            false => format!("crate::{}::{module}::{}", spelled(&target.path[0]), target.class),
        }
    });
    Ok(Target { class: target.class.clone(), import, fields })
}

/// A model that the crate had before.
fn known_target(import: &Import, from: &Draft, key: &ForeignKey) -> Option<Target> {
    let known = import.known.models.get(&key.references)?;
    let mut fields = Vec::new();
    for (column, referenced) in key.columns.iter().zip(key.referenced_columns.iter()) {
        let (field, ty) = known.fields.get(referenced.as_ref())?;
        if from.field(column)?.rust.name != *ty {
            return None;
        }
        fields.push(field.clone());
    }
    let class = known.path.rsplit("::").next().unwrap_or_default().to_owned();
    (!fields.is_empty()).then(|| Target { class, import: Some(known.path.clone()), fields })
}

fn reference(draft: &Draft, at: usize, key: &ForeignKey, target: Target) -> Reference {
    let name = |column: &str| draft.field(column).map(|field| field.name.clone()).unwrap_or_default();
    Reference {
        at,
        class: target.class,
        import: target.import,
        fields: key.columns.iter().map(|column| name(column)).zip(target.fields).collect(),
    }
}

/// On its field, if that says all of it; else on the model.
fn place(draft: &mut Draft, reference: Reference) {
    let key = &draft.table.foreign_keys[reference.at];
    let has_usual_name = has_usual_name(&draft.table, key.name.as_deref(), &key.columns, "fkey");
    let sets_null = [key.on_delete, key.on_update].contains(&ReferentialAction::SetNull);
    let column = key.columns.first().cloned().filter(|_| key.columns.len() == 1 && has_usual_name);
    let field = draft.fields.iter_mut().find(|field| Some(&field.column.name) == column.as_ref());
    match field {
        Some(field) if field.belongs_to.is_none() && (field.column.nullable || !sets_null) => {
            field.belongs_to = Some(reference);
        }
        _ => draft.foreign_keys.push(reference),
    }
}

/// Whether a part has the name that it gets where none is given, and no other part has it. One without a name (SQLite keeps
/// such) has it.
pub(super) fn has_usual_name(table: &Table, name: Option<&str>, columns: &[Str], suffix: &str) -> bool {
    let Some(name) = name else { return true };
    let middle: String = columns.iter().map(|column| format!("_{column}")).collect();
    let named = (table.primary_key.iter().map(|key| &key.name))
        .chain(table.uniques.iter().map(|unique| &unique.name))
        .chain(table.indexes.iter().map(|index| &index.name))
        .chain(table.foreign_keys.iter().map(|key| &key.name))
        .chain(table.checks.iter().map(|check| &check.name));
    name == format!("{}{middle}_{suffix}", table.name)
        && named.flatten().filter(|other| other.as_ref() == name).count() == 1
}

/// Whether an action is what a foreign key does where nothing is said.
pub(super) fn is_usual_action(dialect: Dialect, action: ReferentialAction) -> bool {
    let restricts = dialect.rules().capabilities().no_action_restricts && action == ReferentialAction::Restrict;
    action == ReferentialAction::NoAction || restricts
}
