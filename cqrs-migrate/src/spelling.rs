//! What a database makes of the expressions that it is given. Only it knows: PostgreSQL prints `price > 0` as
//! `(price > (0)::numeric)`, and what it prints is all that can be read of it later. A migration records what it printed,
//! so that whoever checks the database afterwards sees without a shadow that nothing has changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use cqrs_core::schema::{ColumnType, DefaultValue, Index, IndexKey, ObjectId, Schema, Str, Table, View};
use serde::{Deserialize, Serialize};

use crate::prepare::subset;

/// One text of an object, as it was given and as the database printed it then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// The table, view or object.
    pub of: ObjectId,
    /// Which of its texts: `check orders_total`, `default of price`, `query`.
    pub part: String,
    /// The text as it was given.
    pub given: Str,
    /// The text as the database prints it.
    pub printed: Str,
}

/// What a database printed, by what it was given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spellings(BTreeMap<ObjectId, HashMap<(String, Str), Str>>);

impl<'a> FromIterator<&'a Spelling> for Spellings {
    /// Of two about the same text, the later one.
    fn from_iter<I: IntoIterator<Item = &'a Spelling>>(spellings: I) -> Self {
        let mut all = Self::default();
        for Spelling { of, part, given, printed } in spellings {
            all.0.entry(of.clone()).or_default().insert((part.clone(), given.clone()), printed.clone());
        }
        all
    }
}

impl Spellings {
    /// The schema as the database prints it, as far as is known.
    pub(crate) fn printed<'s>(&self, schema: &'s Schema) -> Cow<'s, Schema> {
        if self.0.is_empty() {
            return Cow::Borrowed(schema);
        }
        let mut schema = schema.clone();
        for (id, known) in &self.0 {
            texts_of(&mut schema, id, &mut |part, text| {
                if let Some(printed) = known.get(&(part, text.clone())) {
                    *text = printed.clone();
                }
            });
        }
        Cow::Owned(schema)
    }
}

/// The texts of objects that a database prints otherwise than they were given.
pub(crate) fn spellings(given: &Schema, printed: &Schema, objects: &BTreeSet<ObjectId>) -> Vec<Spelling> {
    let (mut given, mut printed) = (subset(given, objects), subset(printed, objects));
    let mut found = Vec::new();
    for id in objects {
        let mut texts = HashMap::new();
        texts_of(&mut printed, id, &mut |part, text| drop(texts.insert(part, text.clone())));
        texts_of(&mut given, id, &mut |part, text| {
            if let Some(printed) = texts.remove(&part).filter(|printed| printed != text) {
                found.push(Spelling { of: id.clone(), part, given: text.clone(), printed });
            }
        });
    }
    found
}

/// Visits the texts of an object that a database may print in its own way, each with what it is called in the object.
fn texts_of(schema: &mut Schema, id: &ObjectId, visit: &mut dyn FnMut(String, &mut Str)) {
    if let Some(table) = schema.tables.get_mut(&id.name).filter(|_| *id == ObjectId::table(id.name.clone())) {
        texts_of_table(table, visit);
    } else if let Some(view) = schema.views.get_mut(&id.name).filter(|_| *id == ObjectId::view(id.name.clone())) {
        let View { query, indexes, .. } = view;
        visit("query".to_owned(), query);
        indexes.iter_mut().for_each(|index| texts_of_index(index, visit));
    } else if let Some(object) = schema.objects.get_mut(id) {
        visit("definition".to_owned(), &mut object.definition);
    }
}

fn texts_of_table(table: &mut Table, visit: &mut dyn FnMut(String, &mut Str)) {
    for column in table.columns.to_mut() {
        let name = column.name.clone();
        if let ColumnType::Native(text) = &mut column.column_type {
            visit(format!("type of {name}"), text);
        }
        if let Some(DefaultValue::Expression(text)) = &mut column.default {
            visit(format!("default of {name}"), text);
        }
        if let Some(generated) = &mut column.generated {
            visit(format!("expression of {name}"), &mut generated.expression);
        }
    }
    for check in table.checks.to_mut() {
        visit(format!("check {}", check.name.as_deref().unwrap_or_default()), &mut check.expression);
    }
    table.indexes.to_mut().iter_mut().for_each(|index| texts_of_index(index, visit));
}

fn texts_of_index(index: &mut Index, visit: &mut dyn FnMut(String, &mut Str)) {
    let name = index.name.clone().unwrap_or_default();
    for (at, part) in index.parts.to_mut().iter_mut().enumerate() {
        if let IndexKey::Expression(text) = &mut part.key {
            visit(format!("part {at} of index {name}"), text);
        }
    }
    if let Some(text) = &mut index.predicate {
        visit(format!("predicate of index {name}"), text);
    }
}
