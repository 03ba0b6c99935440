//! Objects -> the SQL that makes them.

use cqrs_core::schema::{
    Check, Column, DefaultValue, Deferrable, ForeignKey, Index, IndexKey, Literal, MatchType, ReferentialAction,
    SortOrder, Str, Table, Unique, View,
};

use super::alter::has_rowid_column;
use super::words::{is_balanced, is_plain_default, quote, quote_all, text};

/// `CREATE TABLE` under a name that may differ from the table's own, with the foreign keys given.
pub(super) fn create_table(table: &Table, name: &str, foreign_keys: &[&ForeignKey]) -> String {
    let mut parts: Vec<String> = table.columns.iter().map(|column| column_with_key(table, column)).collect();
    if let Some(key) = &table.primary_key
        && !is_numbered(table)
    {
        let clause = format!("PRIMARY KEY ({})", quote_all(&key.columns));
        parts.push(format!("{}{}", constraint(&key.name), in_full(table, &clause).unwrap_or(&clause)));
    }
    parts.extend(table.uniques.iter().map(|unique| self::unique(table, unique)));
    parts.extend(table.checks.iter().map(check));
    parts.extend(foreign_keys.iter().map(|key| foreign_key(key)));
    let options: Vec<&str> = table.options.iter().map(AsRef::as_ref).filter(|option| !option.contains(AS)).collect();
    let options = if options.is_empty() { String::new() } else { format!(" {}", options.join(", ")) };
    format!("CREATE TABLE {} (\n    {}\n){options}", quote(name), parts.join(",\n    "))
}

/// Between the clause that the schema types can say and what the database has instead, in [`Table::options`].
const AS: &str = " AS ";

/// An entry of [`Table::options`] that keeps what the schema types cannot say of a clause.
#[cfg(feature = "sqlite")]
pub(super) fn fuller(clause: &str, full: &str) -> Str {
    format!("{clause}{AS}{full}").into()
}

/// What the database has in the place of a clause, if that is more.
fn in_full<'a>(table: &'a Table, clause: &str) -> Option<&'a str> {
    table.options.iter().find_map(|option| option.strip_prefix(clause)?.strip_prefix(AS))
}

/// Whether the primary key is a column that the database numbers, and stands with that column.
pub(super) fn is_numbered(table: &Table) -> bool {
    table.columns.iter().any(|column| column.auto_increment)
}

fn column_with_key(table: &Table, column: &Column) -> String {
    if !column.auto_increment {
        return column_definition(table, column);
    }
    let name = table.primary_key.as_ref().and_then(|key| key.name.clone());
    let key = in_full(table, NUMBERED_KEY).unwrap_or(NUMBERED_KEY);
    let collation = column.collation.as_ref().map(|name| format!(" COLLATE {}", quote(name))).unwrap_or_default();
    let mut sql = format!("{} {}", quote(&column.name), column.column_type.native_text());
    if let Some(not_null) = in_full(table, &not_null_clause(&column.name)) {
        sql.push_str(&format!(" {not_null}"));
    }
    format!("{sql} {}{key}{collation}", constraint(&name))
}

/// A numbered key, which stands with its column.
pub(super) const NUMBERED_KEY: &str = "PRIMARY KEY AUTOINCREMENT";

/// The clause that names a column as not null in [`fuller`].
pub(super) fn not_null_clause(column: &str) -> String {
    format!("{} NOT NULL", quote(column))
}

/// The clause that gives a column a default in [`fuller`], where that is null and therefore none.
pub(super) fn default_clause(column: &str) -> String {
    format!("{} DEFAULT", quote(column))
}

/// A column of a table without the key that it may be. An alias of the rowid is never null and need not say so.
pub(super) fn column_definition(table: &Table, column: &Column) -> String {
    let mut sql = quote(&column.name);
    if !column.column_type.native_text().is_empty() {
        sql.push(' ');
        sql.push_str(column.column_type.native_text());
    }
    let is_alias = has_rowid_column(table) && table.primary_key.iter().any(|key| key.columns.contains(&column.name));
    match in_full(table, &not_null_clause(&column.name)) {
        _ if column.nullable => {}
        Some(not_null) => sql.push_str(&format!(" {not_null}")),
        None if is_alias => {}
        None => sql.push_str(" NOT NULL"),
    }
    if let Some(default) = &column.default {
        let default = default_sql(default);
        if is_plain_default(&default) {
            sql.push_str(&format!(" DEFAULT {default}"));
        } else {
            sql.push_str(&format!(" DEFAULT ({default})"));
        }
    } else if let Some(null) = in_full(table, &default_clause(&column.name)) {
        sql.push_str(&format!(" {null}"));
    }
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", quote(collation)));
    }
    if let Some(generated) = &column.generated {
        let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
        sql.push_str(&format!(" GENERATED ALWAYS AS ({}) {kind}", generated.expression));
    }
    sql
}

/// A default's SQL, without parentheses around it.
pub(super) fn default_sql(default: &DefaultValue) -> Str {
    match default {
        DefaultValue::Expression(sql) => sql.clone(),
        DefaultValue::Value(Literal::Boolean(value)) => if *value { "TRUE" } else { "FALSE" }.into(),
        DefaultValue::Value(Literal::Number(number)) => number.clone(),
        DefaultValue::Value(Literal::Text(value)) => text(value).into(),
    }
}

fn constraint(name: &Option<Str>) -> String {
    name.as_ref().map(|name| format!("CONSTRAINT {} ", quote(name))).unwrap_or_default()
}

fn unique(table: &Table, unique: &Unique) -> String {
    let clause = format!("UNIQUE ({})", quote_all(&unique.columns));
    format!("{}{}", constraint(&unique.name), in_full(table, &clause).unwrap_or(&clause))
}

pub(super) fn check(check: &Check) -> String {
    format!("{}CHECK ({})", constraint(&check.name), check.expression)
}

fn foreign_key(key: &ForeignKey) -> String {
    format!("{}FOREIGN KEY ({}) {}", constraint(&key.name), quote_all(&key.columns), references(key))
}

/// A foreign key as a constraint of its only column.
pub(super) fn column_foreign_key(key: &ForeignKey) -> String {
    format!("{}{}", constraint(&key.name), references(key))
}

fn references(key: &ForeignKey) -> String {
    let mut sql = format!("REFERENCES {}", quote(&key.references.name));
    if !key.referenced_columns.is_empty() {
        sql.push_str(&format!(" ({})", quote_all(&key.referenced_columns)));
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != ReferentialAction::NoAction {
            sql.push_str(&format!(" ON {event} {}", action.sql()));
        }
    }
    if key.match_type == MatchType::Full {
        sql.push_str(" MATCH FULL");
    }
    sql.push_str(match key.deferrable {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    });
    sql
}

pub(super) fn create_index(table: &str, index: &Index) -> String {
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|part| {
            let mut sql = match &part.key {
                IndexKey::Column(column) => quote(column),
                IndexKey::Expression(expression) if is_call(expression) => expression.to_string(),
                IndexKey::Expression(expression) => format!("({expression})"),
            };
            if let Some(collation) = &part.collation {
                sql.push_str(&format!(" COLLATE {}", quote(collation)));
            }
            if part.order == SortOrder::Descending {
                sql.push_str(" DESC");
            }
            sql
        })
        .collect();
    let unique = if index.unique { "UNIQUE " } else { "" };
    let predicate = index.predicate.as_ref().map(|sql| format!(" WHERE {sql}")).unwrap_or_default();
    let name = index.name.as_deref().unwrap_or_default();
    format!("CREATE {unique}INDEX {} ON {} ({}){predicate}", quote(name), quote(table), parts.join(", "))
}

/// Whether an expression is one call of a function, which needs no parentheses.
fn is_call(expression: &str) -> bool {
    let Some((function, rest)) = expression.split_once('(') else { return false };
    !function.is_empty()
        && function.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && rest.strip_suffix(')').is_some_and(is_balanced)
}

pub(super) fn create_view(view: &View) -> String {
    let query = view.query.trim_end().trim_end_matches(';');
    format!("CREATE VIEW {} AS {query}", quote(&view.name.name))
}
