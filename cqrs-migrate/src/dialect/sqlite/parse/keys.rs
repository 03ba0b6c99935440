//! The constraints of a table, and foreign keys.

use cqrs_core::schema::{
    Check, Deferrable, ForeignKey, MatchType, ObjectName, PrimaryKey, ReferentialAction, Str, Unique,
};
use sqlite3_parser::dialect::TokenType::*;

use super::columns::{conflict, deferral};
use super::{Problem, Reader, TableReader};
use crate::dialect::push;
use crate::dialect::sqlite::alter::{has_rowid_column, key_is_not_null};
use crate::dialect::sqlite::clauses;
use crate::dialect::sqlite::print::{self, Scope};
use crate::dialect::sqlite::tokens::Tokens;

impl TableReader<'_> {
    /// A constraint of the table, or several: the commas between them may be missing.
    pub(super) fn constraints(&mut self, item: Tokens<'_>) -> Result<(), Problem> {
        let mut reader = Reader::new(item);
        let mut name: Option<Str> = None;
        while !reader.is_at_end() {
            if reader.eat(&[TK_CONSTRAINT]) {
                name = Some(reader.name()?.into());
            } else {
                self.constraint(&mut reader, name.take())?;
            }
        }
        Ok(())
    }

    fn constraint(&mut self, reader: &mut Reader<'_>, name: Option<Str>) -> Result<(), Problem> {
        let tokens = reader.tokens;
        if reader.eat(&[TK_PRIMARY, TK_KEY]) {
            let (columns, list, numbered) = self.key(tokens.slice(reader.group()?));
            let stands_apart = columns.len() == 1 && list.is_none();
            let mut options = key_options(conflict(reader)?, stands_apart, numbered);
            options.extend(list);
            options.sort();
            self.table.primary_key =
                Some(PrimaryKey { name, columns: columns.into(), options: options.into(), comment: None });
        } else if reader.eat(&[TK_UNIQUE]) {
            let (columns, list, _) = self.key(tokens.slice(reader.group()?));
            let stands_apart = columns.len() == 1 && list.is_none();
            let mut options = key_options(conflict(reader)?, stands_apart, false);
            options.extend(list);
            options.sort();
            let unique = Unique { name, columns: columns.into(), options: options.into(), comment: None };
            push(&mut self.table.uniques, unique);
        } else if reader.eat(&[TK_CHECK]) {
            let expression = self.expression(tokens.slice(reader.group()?));
            // SQLite reads the clause and ignores it: <https://www.sqlite.org/lang_conflict.html>.
            let options = Some(conflict(reader)?).filter(|clause| !clause.is_empty());
            let options: Vec<Str> = options.map(|clause| clause.trim_start().to_owned().into()).into_iter().collect();
            push(&mut self.table.checks, Check { name, expression, options: options.into(), comment: None });
        } else if reader.eat(&[TK_FOREIGN, TK_KEY]) {
            let columns = tokens.slice(reader.group()?).split();
            let columns = columns.iter().map(|column| Ok(self.spelled(Reader::new(*column).name()?.into())));
            let columns = columns.collect::<Result<Vec<Str>, Problem>>()?;
            let mut key = self.references(reader, columns)?;
            if reader.sees(&[TK_DEFERRABLE]) || reader.sees(&[TK_NOT, TK_DEFERRABLE]) {
                let (deferrable, option) = deferral(reader)?;
                key.deferrable = deferrable;
                key.options.to_mut().extend(option);
            }
            let says_when = key.deferrable != Deferrable::No
                || key.options.iter().any(|option| option.starts_with(clauses::NOT_DEFERRABLE));
            if key.columns.len() == 1 && says_when {
                key.options.to_mut().push(clauses::OF_TABLE.into());
            }
            key.options.to_mut().sort();
            key.name = name;
            push(&mut self.table.foreign_keys, key);
        } else {
            return Err(reader.unexpected());
        }
        Ok(())
    }

    /// The columns of a primary key or unique constraint, the whole list where it says more than that, and whether the
    /// database numbers the column.
    fn key(&mut self, list: Tokens<'_>) -> (Vec<Str>, Option<Str>, bool) {
        let numbered = list.len() > 1 && list.kind(list.len() - 1) == Some(TK_AUTOINCR);
        let list = if numbered { list.slice(0..list.len() - 1) } else { list };
        let parts = list.split();
        let scope = Scope { columns: &self.columns, table: &self.table.name };
        let is_plain = parts.iter().all(|part| part.only_name().is_some());
        let columns: Vec<Str> = parts
            .iter()
            .map(|part| {
                // A key is over columns only; parentheses, collation and order may be around them.
                let names = (0..part.len()).find_map(|at| part.slice(at..at + 1).only_name());
                self.spelled(names.unwrap_or_else(|| print::sql(*part, scope).into()))
            })
            .collect();
        if numbered {
            for column in self.table.columns.to_mut() {
                column.auto_increment = columns.contains(&column.name);
            }
        }
        let full = (!is_plain).then(|| format!("({})", print::sql(list, scope)).into());
        (columns, full, numbered)
    }

    /// `REFERENCES …`, but for when it is checked.
    pub(super) fn references(&mut self, reader: &mut Reader<'_>, columns: Vec<Str>) -> Result<ForeignKey, Problem> {
        reader.expect(TK_REFERENCES)?;
        let mut key = ForeignKey {
            columns: columns.into(),
            references: ObjectName::new(reader.name()?),
            ..ForeignKey::default()
        };
        if reader.peek() == Some(TK_LP) {
            let tokens = reader.tokens;
            let names = tokens.slice(reader.group()?).split();
            let names = names.iter().map(|name| Reader::new(*name).name().map(Str::from));
            key.referenced_columns = names.collect::<Result<Vec<Str>, Problem>>()?.into();
        }
        loop {
            if reader.eat(&[TK_MATCH]) {
                match reader.name()? {
                    kind if kind.eq_ignore_ascii_case("SIMPLE") => {}
                    kind if kind.eq_ignore_ascii_case("FULL") => key.match_type = MatchType::Full,
                    kind => key.options.to_mut().push(format!("MATCH {}", kind.to_ascii_uppercase()).into()),
                }
            } else if reader.eat(&[TK_ON, TK_DELETE]) {
                key.on_delete = action(reader)?;
            } else if reader.eat(&[TK_ON, TK_UPDATE]) {
                key.on_update = action(reader)?;
            } else if reader.eat(&[TK_ON, TK_INSERT]) {
                // SQLite reads it and ignores it.
                key.options.to_mut().push(format!("ON INSERT {}", action(reader)?.sql()).into());
            } else {
                return Ok(key);
            }
        }
    }

    /// A column that is not null as part of the primary key. Only the rowid's alias tells a `NOT NULL` of its own from the
    /// one that goes without saying.
    pub(super) fn keys_are_not_null(&mut self) {
        let table = &mut self.table;
        let (implied, is_alias) = (key_is_not_null(table), has_rowid_column(table));
        let key = table.primary_key.as_ref().map(|key| key.columns.to_vec()).unwrap_or_default();
        for column in table.columns.to_mut() {
            let of_key = implied && key.contains(&column.name);
            column.nullable &= !of_key;
            if !(of_key && is_alias) {
                column.options.to_mut().retain(|option| option != "NOT NULL");
            }
        }
    }
}

/// The options of a key: its conflict clause and, where one that says more than its only column stands apart from it,
/// that.
pub(super) fn key_options(conflict: String, stands_apart: bool, numbered: bool) -> Vec<Str> {
    let mut options: Vec<Str> = Vec::new();
    if stands_apart && (numbered || !conflict.is_empty()) {
        options.push(clauses::OF_TABLE.into());
    }
    if !conflict.is_empty() {
        options.push(conflict.trim_start().to_owned().into());
    }
    options
}

fn action(reader: &mut Reader<'_>) -> Result<ReferentialAction, Problem> {
    let words = if matches!(reader.peek(), Some(TK_SET | TK_NO)) { 2 } else { 1 };
    let mut action = reader.word()?.to_owned();
    if words == 2 {
        action = format!("{action} {}", reader.word()?);
    }
    ReferentialAction::from_sql(&action).ok_or_else(|| format!("`{action}` was not expected"))
}
