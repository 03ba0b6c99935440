//! Which renames are still to be done.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{FormerLabel, ObjectId, ObjectName, Schema, Str, Table};

use super::labels::{former_labels, labels_of};
use super::{LabelsOf, Renames, has_column, has_object};
use crate::error::Error;

/// What is to be renamed, and what nobody can tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pending {
    pub(crate) renames: Renames,
    /// Names declared as changed in a circle that are all there, where no record tells whether that was done.
    pub(crate) unclear: Renames,
}

/// The renames that were asked for or that `after` declares with `renamed_from`, and that are not done yet: the old name
/// is there, and the new one is not, or is given up by another rename.
///
/// Names that change in a circle are all there before and after. Asked for, they are changed; declared, they are
/// changed unless the record, the schema as it was declared when `before` was made, declares the same.
///
/// # Errors
/// [`Error::BadRename`] where a rename that was asked for can be neither done nor done already.
pub(crate) fn pending(
    before: &Schema,
    after: &Schema,
    recorded: Option<&Schema>,
    asked: &Renames,
) -> Result<Pending, Error> {
    let mut found = Pending::default();
    let declared = after.tables.values().filter_map(|table| Some((table.object_name(), table.former_name()?)));
    let tables = Names {
        asked: asked.tables.clone(),
        declared: declared.collect(),
        before: &|name| before.tables.contains_key(name),
        after: &|name| after.tables.contains_key(name),
        recorded: &|to, from| Some(recorded?.tables.get(to)?.former_name().as_ref() == Some(from)),
    };
    let bad = |(to, from, reason): (ObjectName, ObjectName, _)| bad(from.to_string(), to.to_string(), reason);
    (found.renames.tables, found.unclear.tables) = tables.pending().map_err(bad)?;

    let objects = Names {
        asked: asked.objects.clone(),
        declared: declared_objects(after),
        before: &|id| has_object(before, id),
        after: &|id| has_object(after, id),
        recorded: &|to, from| {
            let recorded = recorded.filter(|recorded| has_object(recorded, to))?;
            Some(declared_objects(recorded).get(to) == Some(from))
        },
    };
    let bad = |(to, from, reason): (ObjectId, ObjectId, _)| self::bad(from.to_string(), to.to_string(), reason);
    (found.renames.objects, found.unclear.objects) = objects.pending().map_err(bad)?;

    let mut asked_columns: BTreeMap<&ObjectName, OldNames> = BTreeMap::new();
    for ((table, to), from) in &asked.columns {
        asked_columns.entry(table).or_default().insert(to.clone(), from.clone());
    }
    let unknown = asked_columns.keys().find(|name| !after.tables.contains_key(**name));
    if let Some((name, columns)) = unknown.and_then(|name| asked_columns.get_key_value(*name))
        && let Some((to, from)) = columns.first_key_value()
    {
        return Err(self::bad(format!("{name}.{from}"), format!("{name}.{to}"), NOT_DECLARED));
    }
    for (name, table) in &after.tables {
        let asked = asked_columns.remove(name).unwrap_or_default();
        if asked.is_empty() && table.columns.iter().all(|column| column.renamed_from.is_none()) {
            continue;
        }
        let (renamed, unclear) = pending_columns(before, table, recorded, asked, &found.renames)?;
        let of_table = |(to, from): (Str, Str)| ((name.clone(), to), from);
        found.renames.columns.extend(renamed.into_iter().map(of_table));
        found.unclear.columns.extend(unclear.into_iter().map(of_table));
    }
    let mut labels: BTreeMap<LabelsOf, (OldNames, OldNames)> =
        declared_labels(after).into_iter().map(|(of, former)| (of, (former, OldNames::new()))).collect();
    for ((of, to), from) in &asked.labels {
        labels.entry(of.clone()).or_default().1.insert(to.clone(), from.clone());
    }
    for (of, (declared, asked)) in labels {
        let owner = found.renames.old_owner(&of);
        let there = labels_in(before, &owner);
        // Labels are either a type's or a column's, as the database has it.
        if there.is_empty() {
            continue;
        }
        let wanted = labels_in(after, &of);
        let labels = Names {
            asked,
            declared,
            before: &|label: &Str| there.contains(label),
            after: &|label| wanted.contains(label),
            recorded: &|to, from| {
                let recorded = recorded.filter(|recorded| labels_in(recorded, &owner).contains(to))?;
                Some(declared_labels(recorded).get(&owner).and_then(|former| former.get(to)) == Some(from))
            },
        };
        let bad = |(to, from, reason)| self::bad(format!("{of}.{from}"), format!("{of}.{to}"), reason);
        let (renamed, unclear) = labels.pending().map_err(bad)?;
        let of_owner = |(to, from): (Str, Str)| ((of.clone(), to), from);
        found.renames.labels.extend(renamed.into_iter().map(of_owner));
        found.unclear.labels.extend(unclear.into_iter().map(of_owner));
    }
    found.renames.make_way(before);
    Ok(found)
}

/// Columns or labels: new -> old.
type OldNames = BTreeMap<Str, Str>;

/// The labels that declare a former name, by what has them.
fn declared_labels(schema: &Schema) -> BTreeMap<LabelsOf, OldNames> {
    let by_new = |former: &[FormerLabel]| -> OldNames {
        former.iter().map(|former| (former.label.clone(), former.renamed_from.clone())).collect()
    };
    let types = schema.enums.values().filter(|enum_type| !enum_type.former_labels.is_empty());
    let of_types = types.map(|enum_type| (LabelsOf::Type(enum_type.name.clone()), by_new(&enum_type.former_labels)));
    let of_columns = schema.tables.values().flat_map(|table| {
        let columns = table.columns.iter().filter(|column| !former_labels(column).is_empty());
        columns
            .map(|column| (LabelsOf::Column(table.object_name(), column.name.clone()), by_new(former_labels(column))))
    });
    of_types.chain(of_columns).collect()
}

/// The labels of a type or column of a schema.
fn labels_in(schema: &Schema, of: &LabelsOf) -> Vec<Str> {
    match of {
        LabelsOf::Type(name) => schema.enums.get(name).map(|found| found.values.clone()).unwrap_or_default(),
        LabelsOf::Column(name, column) => {
            let table = schema.tables.get(name);
            let column = table.and_then(|table| Some((table, table.column(column)?)));
            column
                .map(|(table, column)| labels_of(table, column, std::slice::from_ref(&column.name)))
                .unwrap_or_default()
        }
    }
}

/// Those of the renames of labels from `before` to `after` that can be done.
pub(super) fn labels_there(
    before: &Schema,
    after: &Schema,
    labels: &BTreeMap<(LabelsOf, Str), Str>,
    renames: &Renames,
) -> BTreeMap<(LabelsOf, Str), Str> {
    let is_there = |((of, to), from): &(&(LabelsOf, Str), &Str)| {
        labels_in(before, &renames.old_owner(of)).contains(from) && labels_in(after, of).contains(to)
    };
    labels.iter().filter(is_there).map(|(new, from)| (new.clone(), from.clone())).collect()
}

/// The views, types and sequences that declare a former name: new -> old.
pub(crate) fn declared_objects(schema: &Schema) -> BTreeMap<ObjectId, ObjectId> {
    let views = schema
        .views
        .values()
        .filter_map(|view| Some((ObjectId::view(view.name.clone()), ObjectId::view(view.former_name()?))));
    let enums = schema.enums.values().filter_map(|enum_type| {
        Some((ObjectId::enum_type(enum_type.name.clone()), ObjectId::enum_type(enum_type.former_name()?)))
    });
    let objects = schema.objects.values().filter_map(|object| Some((object.id.clone(), object.former_id()?)));
    views.chain(enums).chain(objects).collect()
}

fn pending_columns(
    before: &Schema,
    table: &Table,
    recorded: Option<&Schema>,
    asked: OldNames,
    renames: &Renames,
) -> Result<(OldNames, OldNames), Error> {
    let name = table.object_name();
    let old = renames.old_table(before, &name);
    let recorded = recorded.and_then(|recorded| recorded.tables.get(&old?.object_name()));
    let declared = table.columns.iter().filter_map(|column| Some((column.name.clone(), column.renamed_from.clone()?)));
    let columns = Names {
        asked,
        declared: declared.collect(),
        before: &|column: &Str| has_column(old, column),
        after: &|column| table.column(column).is_some(),
        recorded: &|to, from| Some(recorded?.column(to)?.renamed_from.as_ref() == Some(from)),
    };
    columns.pending().map_err(|(to, from, reason)| bad(format!("{name}.{from}"), format!("{name}.{to}"), reason))
}

fn bad(from: String, to: String, reason: &'static str) -> Error {
    Error::BadRename { from, to, reason }
}

const NOT_DECLARED: &str = "no model declares the new name";

/// The tables of a schema, its views and enum types, or the columns of a table. Renames are new name -> old name.
struct Names<'a, N> {
    asked: BTreeMap<N, N>,
    declared: BTreeMap<N, N>,
    before: &'a dyn Fn(&N) -> bool,
    after: &'a dyn Fn(&N) -> bool,
    /// Whether the record declares that a new name was an old one; nothing where there is no record of the new name.
    recorded: &'a dyn Fn(&N, &N) -> Option<bool>,
}

impl<N: Ord + Clone> Names<'_, N> {
    /// Those to be done, and those of which nobody can tell; or the new name, the old name and what is wrong with a rename
    /// that was asked for.
    #[expect(clippy::type_complexity, reason = "two maps and an error, each used once")]
    fn pending(self) -> Result<(BTreeMap<N, N>, BTreeMap<N, N>), (N, N, &'static str)> {
        let mut pending = BTreeMap::new();
        for (to, from) in &self.asked {
            match ((self.before)(from), (self.before)(to)) {
                _ if !(self.after)(to) => return Err((to.clone(), from.clone(), NOT_DECLARED)),
                (false, false) => return Err((to.clone(), from.clone(), "the database has neither")),
                (false, true) => {}
                (true, _) if pending.values().any(|taken| taken == from) => {
                    return Err((to.clone(), from.clone(), "it was asked to become something else too"));
                }
                (true, _) => {
                    pending.insert(to.clone(), from.clone());
                }
            }
        }
        let is_open = |pending: &BTreeMap<N, N>, to: &N, from: &N| {
            !pending.contains_key(to) && !pending.values().any(|taken| taken == from) && (self.before)(from)
        };
        let gives_up = |pending: &BTreeMap<N, N>, to: &N| !(self.before)(to) || pending.values().any(|from| from == to);
        while let Some((to, from)) =
            self.declared.iter().find(|(to, from)| is_open(&pending, to, from) && gives_up(&pending, to))
        {
            pending.insert(to.clone(), from.clone());
        }
        let mut unclear = BTreeMap::new();
        let left: BTreeMap<&N, &N> =
            self.declared.iter().filter(|(to, from)| to != from && is_open(&pending, to, from)).collect();
        for circle in circles(&left) {
            let recorded: Vec<Option<bool>> = circle.iter().map(|to| (self.recorded)(to, left[to])).collect();
            let renames = circle.iter().map(|to| ((*to).clone(), left[to].clone()));
            if recorded.contains(&None) {
                unclear.extend(renames);
            } else if recorded.contains(&Some(false)) {
                pending.extend(renames);
            }
        }
        Ok((pending, unclear))
    }
}

/// The names that change in circles: each gets the name of the next, and the last that of the first.
fn circles<'a, N: Ord>(renames: &BTreeMap<&'a N, &'a N>) -> Vec<Vec<&'a N>> {
    let mut circles = Vec::new();
    let mut seen: BTreeSet<&N> = BTreeSet::new();
    for start in renames.keys() {
        let mut path = vec![*start];
        while let Some(next) = path.last().and_then(|name| renames.get(name)).filter(|next| !path.contains(next)) {
            path.push(*next);
        }
        let closes = path.last().and_then(|name| renames.get(name)) == Some(start);
        if closes && path.iter().all(|name| !seen.contains(name)) {
            seen.extend(path.iter().copied());
            circles.push(path);
        }
    }
    circles
}
