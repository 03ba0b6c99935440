//! A column with its constraints.

use cqrs_core::schema::{Check, Column, ColumnType, DefaultValue, Deferrable, Generated, PrimaryKey, Str, Unique};
use sqlite3_parser::dialect::TokenType::*;

use super::keys::key_options;
use super::{Problem, Reader, TableReader};
use crate::dialect::push;
use crate::dialect::sqlite::clauses::{self, Clause};
use crate::dialect::sqlite::print::{self, Scope};
use crate::dialect::sqlite::tokens::Tokens;
use crate::dialect::sqlite::words::{canonical_collation, canonical_type, text, unquote};

impl TableReader<'_> {
    pub(super) fn column(&mut self, item: Tokens<'_>) -> Result<Column, Problem> {
        let mut reader = Reader::new(item);
        let name: Str = reader.name()?.into();
        let written = column_type(&mut reader)?;
        let canonical = canonical_type(written);
        let is_canonical = written.eq_ignore_ascii_case(&canonical);
        let mut column = Column::new(name, ColumnType::native(canonical));
        column.nullable = true;
        if !is_canonical {
            push(&mut column.options, clauses::written_type(written));
        }
        let mut constraint_name: Option<Str> = None;
        while !reader.is_at_end() {
            if reader.eat(&[TK_CONSTRAINT]) {
                constraint_name = Some(reader.name()?.into());
            } else {
                self.column_constraint(&mut reader, &mut column, &mut constraint_name)?;
            }
        }
        column.options.to_mut().sort();
        Ok(column)
    }

    /// One constraint. A key or a check takes the name that stands before it. What else has a name leaves it to the next
    /// check, too, as SQLite does: `CONSTRAINT positive NOT NULL CHECK (a > 0)`.
    fn column_constraint(
        &mut self,
        reader: &mut Reader<'_>,
        column: &mut Column,
        name: &mut Option<Str>,
    ) -> Result<(), Problem> {
        let tokens = reader.tokens;
        if reader.eat(&[TK_NOT, TK_NULL]) {
            column.nullable = false;
            let conflict = conflict(reader)?;
            let clause = if conflict.is_empty() { "NOT NULL".into() } else { format!("NOT NULL{conflict}").into() };
            column.options.to_mut().retain(|option| Clause::of(option) != Clause::NotNull);
            // Whether a plain one goes without saying is known when the key is.
            push(&mut column.options, clauses::named(name, clause));
        } else if reader.eat(&[TK_NULL]) {
            let clause = clauses::named(name, format!("NULL{}", conflict(reader)?).into());
            if clause != "NULL" {
                column.options.to_mut().push(clause);
            }
        } else if reader.eat(&[TK_PRIMARY, TK_KEY]) {
            let descending = reader.eat(&[TK_DESC]);
            if !descending {
                reader.eat(&[TK_ASC]);
            }
            let mut options = key_options(conflict(reader)?, false, false);
            if descending {
                options.push(clauses::DESCENDING.into());
            }
            column.auto_increment = reader.eat(&[TK_AUTOINCR]);
            options.sort();
            self.table.primary_key = Some(PrimaryKey {
                name: name.take(),
                columns: vec![column.name.clone()].into(),
                options: options.into(),
                comment: None,
            });
        } else if reader.eat(&[TK_UNIQUE]) {
            let options = key_options(conflict(reader)?, false, false).into();
            let columns = vec![column.name.clone()].into();
            push(&mut self.table.uniques, Unique { name: name.take(), columns, options, comment: None });
        } else if reader.eat(&[TK_CHECK]) {
            let expression = self.expression(tokens.slice(reader.group()?));
            push(&mut self.table.checks, Check { name: name.take(), expression, ..Check::default() });
        } else if reader.eat(&[TK_DEFAULT]) {
            column.options.to_mut().extend(clauses::name_of_clause(name, "DEFAULT"));
            default(reader, column)?;
        } else if reader.eat(&[TK_COLLATE]) {
            column.options.to_mut().extend(clauses::name_of_clause(name, "COLLATE"));
            let collation = canonical_collation(reader.name()?);
            column.options.to_mut().retain(|option| option != clauses::BINARY);
            if collation == "BINARY" {
                column.collation = None;
                column.options.to_mut().push(clauses::BINARY.into());
            } else {
                column.collation = Some(collation);
            }
        } else if reader.sees(&[TK_REFERENCES]) {
            let mut key = self.references(reader, vec![column.name.clone()])?;
            key.name = name.take();
            push(&mut self.table.foreign_keys, key);
        } else if reader.sees(&[TK_DEFERRABLE]) || reader.sees(&[TK_NOT, TK_DEFERRABLE]) {
            // It belongs to the reference before it, with or without another constraint between them.
            let (deferrable, option) = deferral(reader)?;
            if let Some(key) = self.table.foreign_keys.to_mut().last_mut() {
                key.deferrable = deferrable;
                key.options.to_mut().extend(option);
            }
        } else if reader.eat(&[TK_GENERATED, TK_ALWAYS, TK_AS]) || reader.eat(&[TK_AS]) {
            column.options.to_mut().extend(clauses::name_of_clause(name, "GENERATED"));
            let expression = self.expression(tokens.slice(reader.group()?));
            let kind = match reader.peek() {
                Some(TK_ID | TK_VIRTUAL) => reader.word()?,
                _ => "",
            };
            column.generated = Some(Generated { expression, stored: kind.eq_ignore_ascii_case("STORED") });
        } else {
            return Err(reader.unexpected());
        }
        Ok(())
    }
}

/// The declared type as it is written: every word up to the first constraint, and what is in parentheses behind it.
fn column_type<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Problem> {
    let start = reader.at;
    while let Some(kind) = reader.peek() {
        match kind {
            TK_CONSTRAINT | TK_PRIMARY | TK_NOT | TK_NULL | TK_UNIQUE | TK_CHECK | TK_DEFAULT | TK_COLLATE
            | TK_REFERENCES | TK_AS | TK_DEFERRABLE => break,
            TK_GENERATED if reader.sees(&[TK_GENERATED, TK_ALWAYS, TK_AS]) => break,
            TK_LP => {
                reader.group()?;
                break;
            }
            _ => reader.at += 1,
        }
    }
    Ok(reader.tokens.slice(start..reader.at).as_written())
}

/// A bare word that is not `TRUE` or `FALSE` is text, and null is no default.
/// <https://www.sqlite.org/lang_createtable.html#the_default_clause>
fn default(reader: &mut Reader<'_>, column: &mut Column) -> Result<(), Problem> {
    let tokens = reader.tokens;
    column.options.to_mut().retain(|option| Clause::of(option) != Clause::Default);
    let start = reader.at;
    let value = if reader.peek() == Some(TK_LP) {
        tokens.slice(reader.group()?)
    } else {
        if matches!(reader.peek(), Some(TK_PLUS | TK_MINUS)) {
            reader.at += 1;
        }
        reader.word()?;
        tokens.slice(start..reader.at)
    };
    let is_word = value.len() == 1
        && value.only_name().is_some()
        && !matches!(value.kind(0), Some(TK_STRING | TK_NULL | TK_CTIME_KW));
    let sql = print::sql(value, Scope::NONE);
    column.default = if value.len() == 1 && value.kind(0) == Some(TK_NULL) {
        column.options.to_mut().push("DEFAULT NULL".into());
        None
    } else if !is_word || sql == "TRUE" || sql == "FALSE" {
        Some(DefaultValue::expression(sql))
    } else {
        column.options.to_mut().push(format!("DEFAULT {}", value.as_written()).into());
        Some(DefaultValue::expression(text(&unquote(value.text(0)))))
    };
    Ok(())
}

/// ` ON CONFLICT …`. `ABORT` is what there is without a clause. <https://www.sqlite.org/lang_conflict.html>
pub(super) fn conflict(reader: &mut Reader<'_>) -> Result<String, Problem> {
    if !reader.eat(&[TK_ON, TK_CONFLICT]) {
        return Ok(String::new());
    }
    let how = reader.word()?.to_ascii_uppercase();
    Ok(if how == "ABORT" { String::new() } else { format!(" ON CONFLICT {how}") })
}

/// When a foreign key is checked, and what of that the schema types cannot say.
/// <https://www.sqlite.org/foreignkeys.html#fk_deferred>
pub(super) fn deferral(reader: &mut Reader<'_>) -> Result<(Deferrable, Option<Str>), Problem> {
    let never = reader.eat(&[TK_NOT]);
    reader.expect(TK_DEFERRABLE)?;
    let deferred = reader.eat(&[TK_INITIALLY, TK_DEFERRED]);
    let immediate = !deferred && reader.eat(&[TK_INITIALLY, TK_IMMEDIATE]);
    let initially = match (deferred, immediate) {
        (true, _) => " INITIALLY DEFERRED",
        (_, true) => " INITIALLY IMMEDIATE",
        _ => "",
    };
    Ok(match (never, deferred) {
        (true, _) => (Deferrable::No, Some(format!("NOT DEFERRABLE{initially}").into())),
        (_, true) => (Deferrable::InitiallyDeferred, None),
        _ => (Deferrable::InitiallyImmediate, None),
    })
}
