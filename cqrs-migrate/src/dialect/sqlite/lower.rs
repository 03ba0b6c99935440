//! Portable declarations -> SQLite's own types and expressions.

use std::borrow::Cow;

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, ForeignKey, Generated, Index, IndexPart, IntegerSize, Literal, MatchType,
    Nulls, PrimaryKey, SortOrder, Str, Table,
};

use super::words;
use crate::dialect::{Dialect, LowerError, Place};

/// The declared type that makes a single-column primary key an alias of the rowid. No other spelling does, so that only
/// columns that the database shall number are declared so; other 32-bit integers are `INT`.
/// <https://www.sqlite.org/lang_createtable.html#rowid>
pub(super) const ROWID_ALIAS_TYPE: &str = "INTEGER";

pub(super) fn lower_table(declared: &Table) -> Result<Table, LowerError> {
    let at = Place::of(Dialect::Sqlite, declared);
    if let Some(schema) = &declared.schema {
        return Err(at.refuse(format!("schema `{schema}`"), "a file is one schema; remove `schema`"));
    }
    let mut table = declared.clone();
    table.comment = None;
    if let Some(key) = &mut table.primary_key {
        key.name = None;
    }
    let mut enum_checks = Vec::new();
    for column in table.columns.to_mut() {
        if let ColumnType::Enum { values, .. } = column.column_type.read_as() {
            enum_checks.push(enum_check(&declared.name, &column.name, values));
        }
        lower_column(declared, column)?;
    }
    if !enum_checks.is_empty() {
        table.checks.to_mut().extend(enum_checks);
    }
    for index in table.indexes.to_mut() {
        lower_index(at, index)?;
    }
    for key in table.foreign_keys.iter() {
        check_foreign_key(at, key)?;
    }
    Ok(table)
}

/// Text with a check takes the place of an enum type.
fn enum_check(table: &str, column: &str, values: &[Str]) -> Check {
    let labels: Vec<String> = values.iter().map(|value| words::text(value)).collect();
    Check {
        name: Some(format!("{table}_{column}_enum").into()),
        expression: format!("{} IN ({})", words::quote(column), labels.join(", ")).into(),
        ..Check::default()
    }
}

fn lower_column(table: &Table, column: &mut Column) -> Result<(), LowerError> {
    let name = column.name.clone();
    let at = Place::of(Dialect::Sqlite, table).column(&name);
    column.comment = None;
    if column.generated.is_some() && column.default.is_some() {
        return Err(at.refuse("default of a generated column", "it is always computed; remove the default"));
    }
    column.default = match column.default.take() {
        Some(default) => lower_default(at, &column.column_type, default)?,
        None => None,
    };
    if let Some(generated) = &mut column.generated {
        *generated = Generated {
            expression: strip_parentheses(&generated.expression).to_owned().into(),
            stored: generated.stored,
        };
    }
    column.collation = column.collation.take().filter(|name| !name.eq_ignore_ascii_case("BINARY"));
    if column.auto_increment {
        check_auto_increment(table, column, at)?;
        column.column_type = ColumnType::native(ROWID_ALIAS_TYPE);
        column.nullable = false;
    } else {
        column.column_type = ColumnType::Native(lower_type(&column.column_type, at)?);
    }
    Ok(())
}

/// Only an `INTEGER PRIMARY KEY` numbers rows. <https://www.sqlite.org/autoinc.html>
fn check_auto_increment(table: &Table, column: &Column, at: Place<'_>) -> Result<(), LowerError> {
    let sole_key =
        table.primary_key.as_ref().is_some_and(|PrimaryKey { columns, .. }| **columns == [column.name.clone()]);
    if !sole_key {
        let reason =
            "only a primary key of one column is numbered; make it the primary key, or remove `auto_increment`";
        return Err(at.refuse("auto_increment", reason));
    }
    let integer = match &column.column_type {
        ColumnType::SmallInteger | ColumnType::Integer | ColumnType::BigInteger | ColumnType::Unsigned(_) => true,
        ColumnType::Native(text) => words::canonical_type(text).contains("INT"),
        _ => false,
    };
    if !integer {
        return Err(at.refuse("auto_increment", "only integers are numbered; make the field an integer"));
    }
    if column.default.is_some() || column.generated.is_some() {
        return Err(at.refuse("default of a numbered column", "remove the default, or remove `auto_increment`"));
    }
    Ok(())
}

/// The affinity of each name is the one that suits the values that sqlx stores, and sqlx's own reading of the name is
/// the Rust type: <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
fn lower_type(declared: &ColumnType, at: Place<'_>) -> Result<Str, LowerError> {
    Ok(match declared {
        ColumnType::String { length: Some(length) } => format!("VARCHAR({length})").into(),
        ColumnType::String { length: None } => "VARCHAR".into(),
        ColumnType::Text | ColumnType::Enum { .. } => "TEXT".into(),
        ColumnType::TinyInteger => "TINYINT".into(),
        ColumnType::SmallInteger | ColumnType::Unsigned(IntegerSize::Tiny) => "SMALLINT".into(),
        ColumnType::Integer | ColumnType::Unsigned(IntegerSize::Small) => "INT".into(),
        ColumnType::BigInteger | ColumnType::Unsigned(IntegerSize::Normal | IntegerSize::Big) => "BIGINT".into(),
        ColumnType::Float => "FLOAT".into(),
        ColumnType::Double => "DOUBLE".into(),
        ColumnType::Numeric { precision: Some(precision), scale: Some(scale) } => {
            format!("NUMERIC({precision},{scale})").into()
        }
        ColumnType::Numeric { precision: Some(precision), scale: None } => format!("NUMERIC({precision})").into(),
        ColumnType::Numeric { precision: None, .. } => "NUMERIC".into(),
        ColumnType::Boolean => "BOOLEAN".into(),
        ColumnType::Date => "DATE".into(),
        ColumnType::Time => "TIME".into(),
        ColumnType::DateTime { time_zone: true } => "TIMESTAMP".into(),
        ColumnType::DateTime { time_zone: false } => "DATETIME".into(),
        ColumnType::Json | ColumnType::Array { .. } => "JSON".into(),
        ColumnType::Binary | ColumnType::Uuid => "BLOB".into(),
        ColumnType::PerDatabase { sqlite: Some(text), .. } | ColumnType::Native(text) => words::canonical_type(text),
        ColumnType::PerDatabase { postgres, otherwise, .. } => match otherwise.first() {
            Some(portable) => return lower_type(portable, at),
            None => {
                let what = postgres.as_ref().map_or_else(|| "the type".to_owned(), |name| format!("the type `{name}`"));
                let reason =
                    "there is none like it: write `column_type(sqlite = \"…\")`, or use two columns for a range";
                return Err(at.refuse(what, reason));
            }
        },
    })
}

/// `DEFAULT NULL` is no default.
fn lower_default(
    at: Place<'_>,
    column_type: &ColumnType,
    default: DefaultValue,
) -> Result<Option<DefaultValue>, LowerError> {
    let sql: Str = match default {
        DefaultValue::Value(Literal::Boolean(true)) => "TRUE".into(),
        DefaultValue::Value(Literal::Boolean(false)) => "FALSE".into(),
        DefaultValue::Value(Literal::Number(number)) if words::is_number(&number) => number,
        DefaultValue::Value(Literal::Number(number)) => {
            return Err(at.refuse(format!("default `{number}`"), "it is no number; write digits"));
        }
        DefaultValue::Value(Literal::Text(value)) if value.contains('\0') => {
            return Err(at.refuse("default with a NUL character", "SQL text ends there; use `x'…'` in `default_expr`"));
        }
        DefaultValue::Value(Literal::Text(value)) => words::text(&value).into(),
        DefaultValue::Expression(sql) if is_now(&sql) => match column_type {
            ColumnType::Date => "CURRENT_DATE".into(),
            ColumnType::Time => "CURRENT_TIME".into(),
            _ => "CURRENT_TIMESTAMP".into(),
        },
        DefaultValue::Expression(sql) => {
            let sql = strip_parentheses(&sql);
            if sql.eq_ignore_ascii_case("null") {
                return Ok(None);
            }
            if words::is_plain_default(sql) && !sql.contains('\'') { sql.to_ascii_uppercase() } else { sql.to_owned() }
                .into()
        }
    };
    Ok(Some(DefaultValue::Expression(sql)))
}

fn is_now(sql: &str) -> bool {
    ["now()", "current_timestamp", "current_timestamp()"].iter().any(|now| sql.trim().eq_ignore_ascii_case(now))
}

/// Without white space and parentheses around the whole. Text within quotes does not count.
fn strip_parentheses(sql: &str) -> &str {
    let mut sql = sql.trim();
    while let Some(inner) = sql.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && words::is_balanced(inner)
    {
        sql = inner.trim();
    }
    sql
}

fn lower_index(at: Place<'_>, index: &mut Index) -> Result<(), LowerError> {
    let name = index.name.clone().unwrap_or_default();
    let no = |what: String, reason: &str| Err(at.refuse(format!("{what} of index `{name}`"), reason));
    if let Some(method) = &index.method {
        return no(format!("method `{method}`"), "all indexes are B-trees; remove `method`");
    }
    if !index.include.is_empty() {
        return no("included columns".to_owned(), "append them to the key, or remove `include`");
    }
    if index.nulls_not_distinct {
        let reason = "nulls are always distinct; index `coalesce(column, …)` instead, or remove `nulls_not_distinct`";
        return no("`nulls_not_distinct`".to_owned(), reason);
    }
    if let Some(predicate) = &mut index.predicate {
        *predicate = strip_parentheses(predicate).to_owned().into();
    }
    for part in index.parts.to_mut() {
        if part.operator_class.is_some() {
            return no("operator class".to_owned(), "there are none; remove it");
        }
        if part.prefix_length.is_some() {
            return no("prefix length".to_owned(), "index the expression `substr(column, 1, n)` instead");
        }
        if part.nulls.is_some_and(|nulls| nulls != default_nulls(part)) {
            return no("order of nulls".to_owned(), "nulls are the smallest values; remove `nulls`");
        }
        part.nulls = None;
    }
    Ok(())
}

/// SQLite considers nulls smaller than any other value. <https://www.sqlite.org/lang_select.html#orderby>
fn default_nulls(part: &IndexPart) -> Nulls {
    match part.order {
        SortOrder::Ascending => Nulls::First,
        SortOrder::Descending => Nulls::Last,
    }
}

/// SQLite reads `MATCH` and ignores it. <https://www.sqlite.org/foreignkeys.html#fk_unsupported>
fn check_foreign_key(at: Place<'_>, key: &ForeignKey) -> Result<(), LowerError> {
    let name = key.name.clone().unwrap_or(Cow::Borrowed(""));
    if key.match_type == MatchType::Full {
        let reason = "a key that is partly null is never checked; remove it and add a check";
        return Err(at.refuse(format!("`MATCH FULL` of foreign key `{name}`"), reason));
    }
    if let Some(schema) = &key.references.schema {
        let reason = "a file is one schema; refer to a table of the same file";
        return Err(at.refuse(format!("foreign key `{name}` to schema `{schema}`"), reason));
    }
    Ok(())
}
