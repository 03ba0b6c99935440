//! Views, materialized or not, out of the catalog.

use std::collections::HashMap;

use cqrs_core::schema::{ObjectName, Schema, Str, View};
use sqlx::postgres::PgRow;

use super::clauses::{self, TABLESPACE, USING, WITH_NO_DATA, alter_column, column_action};
use super::rows::{Fields, changed};
use super::sql::{default_operand, quote};
use super::tables::column_options;
use crate::error::Error;

/// The views by the server's numbers for them.
#[derive(Default)]
pub(super) struct Views {
    list: Vec<View>,
    by_id: HashMap<i64, usize>,
    /// Those that the server cannot print.
    pub(super) broken: Vec<ObjectName>,
}

impl Views {
    pub(super) fn add(&mut self, row: &PgRow) -> Result<(), Error> {
        let mut row = Fields::of(row);
        let id = row.take()?;
        let name = row.name()?;
        let materialized = row.take()?;
        let is_broken: bool = row.take()?;
        let query: Option<&str> = row.take()?;
        if is_broken {
            self.broken.push(name);
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
        let comment = row.optional()?;
        self.by_id.insert(id, self.list.len());
        let options = options.into();
        self.list.push(View { name, query, materialized, options, comment, ..View::default() });
        Ok(())
    }

    pub(super) fn get(&mut self, id: i64) -> Option<&mut View> {
        self.by_id.get(&id).map(|&at| &mut self.list[at])
    }

    /// A row of `columns.sql`, after the number of what it belongs to.
    pub(super) fn add_column(&mut self, id: i64, mut row: Fields<'_>) -> Result<(), Error> {
        let Some(view) = self.get(id) else { return Ok(()) };
        let _number: i16 = row.take()?;
        let name = row.text()?;
        let (_type, _is_not_null, _is_local): (&str, bool, bool) = (row.take()?, row.take()?, row.take()?);
        let (_identity, _generated, _has_expression): (&str, &str, bool) = (row.take()?, row.take()?, row.take()?);
        let default: Option<&str> = row.take()?;
        let _collation = row.visible_name()?;
        let mut options: Vec<Str> =
            column_options(&mut row)?.0.iter().filter_map(|clause| column_action(clause)).map(Str::from).collect();
        options.extend(default.map(|sql| format!("SET DEFAULT {}", default_operand(sql)).into()));
        view.options.to_mut().extend(options.iter().map(|action| alter_column(&name, action)));
        let _not_null: (Option<&str>, bool, bool, bool) = (row.take()?, row.take()?, row.take()?, row.take()?);
        if let Some(text) = row.optional()? {
            view.column_comments.insert(name.clone(), text);
        }
        view.columns.push(name);
        Ok(())
    }

    /// Puts everything that was read where it belongs.
    pub(super) fn finish(self, schema: &mut Schema) {
        for mut view in self.list {
            clauses::sort(view.options.to_mut());
            schema.add_view(view);
        }
    }
}
