//! Views, out of the catalog.

use std::collections::HashMap;

use cqrs_core::schema::{Schema, Str, View};

use super::catalog::Comments;
use super::clauses::{self, TABLESPACE, USING, WITH_NO_DATA, alter_column, column_action};
use super::column_types::ColumnTypes;
use super::needs::Wholes;
use super::rows::{Fields, PG_ATTRDEF, PG_CLASS, PG_REWRITE, changed};
use super::sql::{default_operand, quote};
use super::tables::{ColumnFacts, ColumnRow, PRIVILEGES};
use crate::dialect::NotManaged;
use crate::error::Error;

/// The views by the server's numbers for them.
#[derive(Default)]
pub(super) struct Views {
    pub(super) list: Vec<Reading>,
    by_id: HashMap<u32, usize>,
    /// What cannot be expressed, or not even be printed by the server.
    pub(super) not_managed: Vec<NotManaged>,
}

/// A view while it is read.
pub(super) struct Reading {
    pub(super) id: u32,
    pub(super) view: View,
    facts: Vec<ColumnFacts>,
}

impl Reading {
    /// A column's name by its number, and its place among the [`ColumnTypes`].
    pub(super) fn column(&self, number: i16) -> Option<(&Str, usize)> {
        let at = self.facts.binary_search_by_key(&number, |facts| facts.number).ok()?;
        Some((&self.view.columns[at], self.facts[at].typed))
    }

    /// Something of the view that cannot be expressed.
    pub(super) fn not_managed(&self, kind: &'static str, name: Str) -> NotManaged {
        NotManaged { kind, name, table: Some(self.view.name.clone()) }
    }
}

impl Views {
    pub(super) fn add(
        &mut self,
        mut row: Fields<'_>,
        comments: &mut Comments,
        wholes: &mut Wholes,
    ) -> Result<(), Error> {
        let id = row.id()?;
        let name = row.name()?;
        let materialized = row.take()?;
        let is_broken: bool = row.take()?;
        let query: Option<&str> = row.take()?;
        if is_broken {
            let name = name.to_string().into();
            self.not_managed.push(NotManaged { kind: "broken view", name, table: None });
            return Ok(());
        }
        let Some(query) = query else { return Err(changed(format!("view `{name}`"))) };
        let query = query.trim().trim_end_matches(';').to_owned().into();
        let mut options: Vec<Str> = Vec::new();
        options.extend(row.take::<Option<&str>>()?.map(|method| format!("{USING}{}", quote(method)).into()));
        options.extend(row.take::<Option<&str>>()?.map(|name| format!("{TABLESPACE}{}", quote(name)).into()));
        options.extend(clauses::parameters("", row.texts()?));
        options.extend(clauses::parameters("toast.", row.texts()?));
        if !row.take::<bool>()? {
            options.push(WITH_NO_DATA.into());
        }
        let options = options.into();
        let comment = comments.take(PG_CLASS, id);
        let view = View { name, query, materialized, options, comment, ..View::default() };
        let reading = Reading { id, view, facts: Vec::new() };
        if row.take()? {
            self.not_managed.push(reading.not_managed(PRIVILEGES, reading.view.name.name.clone()));
        }
        if let Some(rule) = row.optional_id()? {
            wholes.add((PG_REWRITE, rule), (PG_CLASS, id));
        }
        self.by_id.insert(id, self.list.len());
        self.list.push(reading);
        Ok(())
    }

    pub(super) fn get(&mut self, id: u32) -> Option<&mut Reading> {
        self.by_id.get(&id).map(|&at| &mut self.list[at])
    }

    pub(super) fn find(&self, id: u32) -> Option<&Reading> {
        self.by_id.get(&id).map(|&at| &self.list[at])
    }

    /// A column of a view.
    pub(super) fn add_column(
        &mut self,
        row: &ColumnRow<'_>,
        comments: &mut Comments,
        wholes: &mut Wholes,
    ) -> Result<(), Error> {
        let Some(&at) = self.by_id.get(&row.relation) else { return Ok(()) };
        let reading = &mut self.list[at];
        let name = Str::Owned(row.name.to_owned());
        let mut actions: Vec<Str> =
            row.options().iter().filter_map(|clause| column_action(clause)).map(Str::from).collect();
        if let Some(id) = row.expression_id {
            wholes.add((PG_ATTRDEF, id), (PG_CLASS, row.relation));
            actions.extend(row.expression.map(|sql| format!("SET DEFAULT {}", default_operand(sql)).into()));
        }
        reading.view.options.to_mut().extend(actions.iter().map(|action| alter_column(&name, action)));
        if let Some(text) = comments.take_of_column(PG_CLASS, row.relation, row.facts.number) {
            reading.view.column_comments.insert(name.clone(), text);
        }
        if row.has_privileges {
            self.not_managed.push(reading.not_managed(PRIVILEGES, name.clone()));
        }
        let place = reading.facts.partition_point(|facts| facts.number < row.facts.number);
        reading.facts.insert(place, row.facts);
        reading.view.columns.insert(place, name);
        Ok(())
    }

    /// Puts everything that was read where it belongs.
    pub(super) fn finish(self, schema: &mut Schema, types: &ColumnTypes) {
        for Reading { mut view, facts, .. } in self.list {
            for (name, facts) in view.columns.iter().zip(facts) {
                let clause = facts.storage_clause(types.named(facts.typed));
                let action = clause.and_then(|clause| column_action(&clause));
                view.options.to_mut().extend(action.map(|action| alter_column(name, &action)));
            }
            clauses::sort(view.options.to_mut());
            view.indexes.sort_by(|a, b| a.name.cmp(&b.name));
            schema.add_view(view);
        }
    }
}
