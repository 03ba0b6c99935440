//! Portable declarations in PostgreSQL's own types and expressions, spelled as the server prints them where that is easy
//! to know.

use std::borrow::Cow;

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Generated, Index, IndexKey, IndexPart, IntegerSize, List, Literal, Nulls,
    ObjectName, SortOrder, Str, Table,
};

use super::sql::{
    LONGEST_NAME, default_operand, is_builtin_type, literal, serial_base, strip_parentheses, type_as_printed,
};
use crate::dialect::{Dialect, LowerError, Place};

/// The most characters that `character varying(n)` takes.
/// <https://www.postgresql.org/docs/current/datatype-character.html>
const LONGEST_TEXT: u32 = 10_485_760;

/// The most digits that `numeric(p, s)` takes.
/// <https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL>
const MOST_DIGITS: u32 = 1000;

pub(super) fn lower_table(declared: &Table) -> Result<Table, LowerError> {
    check_names(declared)?;
    let key_columns: &[Str] = declared.primary_key.as_ref().map_or(&[], |key| &key.columns);
    let mut lowered = declared.clone();
    lowered.columns = lower_each(&declared.columns, |column| {
        let mut lowered = lower_column(declared, column)?;
        lowered.nullable &= !key_columns.contains(&column.name);
        Ok(lowered)
    })?;
    lowered.indexes = lower_each(&declared.indexes, |index| lower_index(declared, index))?;
    lowered.checks =
        lower_each(&declared.checks, |check| Ok(Check { expression: stripped(&check.expression), ..check.clone() }))?;
    lowered.comment = lower_comment(&declared.comment, place(declared))?;
    Ok(lowered)
}

fn lower_each<T: Clone>(items: &[T], lower: impl Fn(&T) -> Result<T, LowerError>) -> Result<List<T>, LowerError> {
    items.iter().map(lower).collect()
}

fn stripped(expression: &str) -> Str {
    Cow::Owned(strip_parentheses(expression).to_owned())
}

fn place(table: &Table) -> Place<'_> {
    Place::of(Dialect::Postgres, table)
}

/// PostgreSQL cuts a name that is too long without an error; the table would then differ from its declaration for ever.
fn check_names(table: &Table) -> Result<(), LowerError> {
    let parts = (table.columns.iter().map(|column| Some(&column.name)))
        .chain([Some(&table.name), table.schema.as_ref()])
        .chain(table.primary_key.iter().map(|key| key.name.as_ref()))
        .chain(table.uniques.iter().map(|unique| unique.name.as_ref()))
        .chain(table.indexes.iter().map(|index| index.name.as_ref()))
        .chain(table.foreign_keys.iter().map(|key| key.name.as_ref()))
        .chain(table.checks.iter().map(|check| check.name.as_ref()));
    for name in parts.flatten() {
        let reason = if name.is_empty() {
            "a name cannot be empty: give it one".to_owned()
        } else if name.contains('\0') {
            "a name cannot hold the character U+0000: remove it".to_owned()
        } else if name.len() > LONGEST_NAME {
            format!("a name has at most {LONGEST_NAME} bytes, and this has {}: give it a shorter one", name.len())
        } else {
            continue;
        };
        return Err(place(table).refuse(format!("name `{name}`"), reason));
    }
    Ok(())
}

fn lower_column(table: &Table, declared: &Column) -> Result<Column, LowerError> {
    let at = place(table).column(&declared.name);
    let native = lower_type(table, declared)?;
    let serial = serial_base(&native).is_some();
    let auto_increment = declared.auto_increment || serial;
    if auto_increment && !serial && !matches!(&*native, "smallint" | "integer" | "bigint") {
        let reason = format!("only integers are numbered, and this is `{native}`: use an integer type");
        return Err(at.refuse("auto_increment", reason));
    }
    if auto_increment && (declared.default.is_some() || declared.generated.is_some()) {
        return Err(at.refuse("auto_increment with a default", "the number is the default: remove one of the two"));
    }
    if declared.generated.is_some() && declared.default.is_some() {
        return Err(at.refuse("generated with a default", "the expression is the value: remove one of the two"));
    }
    Ok(Column {
        name: declared.name.clone(),
        default: lower_default(declared, &native).map_err(|(what, reason)| at.refuse(what, reason))?,
        column_type: ColumnType::native(native),
        nullable: declared.nullable && !auto_increment,
        generated: lower_generated(declared.generated.as_ref())
            .map_err(|reason| at.refuse("virtual generated column", reason))?,
        auto_increment,
        collation: declared.collation.clone().filter(|collation| collation != "default"),
        comment: lower_comment(&declared.comment, at)?,
        renamed_from: declared.renamed_from.clone(),
        backfill: declared.backfill.clone(),
        sql_on: declared.sql_on.clone(),
        former_labels: declared.former_labels.clone(),
        options: declared.options.clone(),
        access: declared.access,
    })
}

fn lower_comment(comment: &Option<Str>, at: Place<'_>) -> Result<Option<Str>, LowerError> {
    match comment {
        Some(text) if text.contains('\0') => {
            Err(at.refuse("comment", "text cannot hold the character U+0000: remove it"))
        }
        // To PostgreSQL an empty comment is none.
        _ => Ok(comment.clone().filter(|text| !text.is_empty())),
    }
}

fn lower_generated(generated: Option<&Generated>) -> Result<Option<Generated>, &'static str> {
    match generated {
        Some(generated) if !generated.stored => Err(
            "PostgreSQL computes columns when they are read only from version 18 on: remove `virtual`, and the value is stored",
        ),
        Some(generated) => Ok(Some(Generated { expression: stripped(&generated.expression), stored: true })),
        None => Ok(None),
    }
}

fn lower_type(table: &Table, column: &Column) -> Result<String, LowerError> {
    lower_portable(table, column, &column.column_type)
}

/// <https://www.postgresql.org/docs/current/datatype.html>
fn lower_portable(table: &Table, column: &Column, portable: &ColumnType) -> Result<String, LowerError> {
    let refuse = |what: String, reason: String| place(table).column(&column.name).refuse(what, reason);
    let native = match portable {
        ColumnType::String { length: None } => "character varying",
        ColumnType::String { length: Some(length @ 1..=LONGEST_TEXT) } => {
            return Ok(format!("character varying({length})"));
        }
        ColumnType::String { length: Some(length) } => {
            let reason = format!("a length is between 1 and {LONGEST_TEXT}: write such a length, or `text`");
            return Err(refuse(format!("length {length}"), reason));
        }
        ColumnType::Text => "text",
        ColumnType::TinyInteger | ColumnType::SmallInteger | ColumnType::Unsigned(IntegerSize::Tiny) => "smallint",
        ColumnType::Integer | ColumnType::Unsigned(IntegerSize::Small) => "integer",
        ColumnType::BigInteger | ColumnType::Unsigned(IntegerSize::Normal | IntegerSize::Big) => "bigint",
        ColumnType::Float => "real",
        ColumnType::Double => "double precision",
        ColumnType::Numeric { precision, scale } => {
            return lower_numeric(*precision, *scale).map_err(|(what, reason)| refuse(what, reason));
        }
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Time => "time without time zone",
        ColumnType::DateTime { time_zone: true } => "timestamp with time zone",
        ColumnType::DateTime { time_zone: false } => "timestamp without time zone",
        ColumnType::Json => "jsonb",
        ColumnType::Binary => "bytea",
        ColumnType::Uuid => "uuid",
        ColumnType::Enum { name, values, .. } => {
            check_enum(name, values).map_err(|(what, reason)| refuse(what, reason))?;
            return Ok(type_as_printed(&ObjectName { schema: table.schema.clone(), name: name.clone() }));
        }
        ColumnType::Array { element } => {
            let element = element.first().unwrap_or(&ColumnType::Text);
            return Ok(format!("{}[]", lower_portable(table, column, element)?));
        }
        ColumnType::PerDatabase { postgres: Some(text), .. } => {
            return lower_portable(table, column, &ColumnType::Native(text.clone()));
        }
        ColumnType::PerDatabase { otherwise, .. } => match otherwise.first() {
            Some(portable) => return lower_portable(table, column, portable),
            None => {
                let reason = "no type is declared for PostgreSQL: write `column_type(postgres = \"…\")`";
                return Err(refuse("the type".to_owned(), reason.to_owned()));
            }
        },
        ColumnType::Native(text) if text.trim().is_empty() => {
            return Err(refuse("an empty type".to_owned(), "name the type, as in `column_type = \"inet\"`".to_owned()));
        }
        ColumnType::Native(text) => match text.trim().to_ascii_lowercase().as_str() {
            "serial2" | "smallserial" => "smallserial",
            "serial4" | "serial" => "serial",
            "serial8" | "bigserial" => "bigserial",
            _ => text.trim(),
        },
    };
    Ok(native.to_owned())
}

fn lower_numeric(precision: Option<u32>, scale: Option<u32>) -> Result<String, (String, String)> {
    match (precision, scale.unwrap_or(0)) {
        (None, _) if scale.is_none() => Ok("numeric".to_owned()),
        (None, scale) => Err((format!("scale {scale} without a precision"), "write the precision too".to_owned())),
        (Some(precision @ 1..=MOST_DIGITS), scale) if scale <= precision => Ok(format!("numeric({precision},{scale})")),
        (Some(precision), scale) => Err((
            format!("precision {precision} with scale {scale}"),
            format!("a precision is between 1 and {MOST_DIGITS}, and the scale not above it: write such numbers"),
        )),
    }
}

fn check_enum(name: &str, values: &[Str]) -> Result<(), (String, String)> {
    if is_builtin_type(name) {
        let reason =
            format!("PostgreSQL has a type `{name}` of its own, which would be found first: name it otherwise");
        return Err((format!("enum type `{name}`"), reason));
    }
    if name.is_empty() || name.len() > LONGEST_NAME || name.contains('\0') {
        let reason = format!("a name has between 1 and {LONGEST_NAME} bytes: give it another one");
        return Err((format!("enum type `{name}`"), reason));
    }
    match values.iter().find(|value| value.len() > LONGEST_NAME || value.contains('\0')) {
        Some(value) => {
            let reason = format!("a label has at most {LONGEST_NAME} bytes: give it a shorter one");
            Err((format!("enum label `{value}`"), reason))
        }
        None => Ok(()),
    }
}

fn lower_default(column: &Column, native: &str) -> Result<Option<DefaultValue>, (String, String)> {
    let refuse = |what: &str, reason: String| Err((what.to_owned(), reason));
    let sql = match &column.default {
        None => return Ok(None),
        Some(DefaultValue::Value(Literal::Boolean(value))) => {
            if !matches!(column.column_type, ColumnType::Boolean | ColumnType::Native(_)) {
                return refuse("a boolean default", format!("the column is `{native}`: write a value of that type"));
            }
            value.to_string()
        }
        Some(DefaultValue::Value(Literal::Number(number))) => match lower_number(number) {
            Some(sql) => sql,
            None => return refuse(&format!("default `{number}`"), "it is no number: write one".to_owned()),
        },
        Some(DefaultValue::Value(Literal::Text(text))) => {
            if text.contains('\0') {
                return refuse("default", "text cannot hold the character U+0000: remove it".to_owned());
            }
            lower_text(column, native, text)
        }
        Some(DefaultValue::Expression(expression)) => match lower_expression(expression) {
            Some(sql) => sql,
            None => return Ok(None),
        },
    };
    Ok(Some(DefaultValue::expression(sql)))
}

/// A number as the server prints the constant that it reads: `5`, `'-5'::integer`, `'5000000000'::bigint`, `1.50`.
fn lower_number(number: &str) -> Option<String> {
    let number = number.trim().trim_start_matches('+');
    let digits = number.strip_prefix('-').unwrap_or(number);
    let known = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.chars().any(|char| char.is_ascii_digit())
        && number.parse::<f64>().is_ok();
    if !known {
        return None;
    }
    let negative = digits.len() < number.len();
    Some(match (number.parse::<i32>(), number.parse::<i64>()) {
        (Ok(value), _) if value < 0 => format!("'{value}'::integer"),
        (Ok(value), _) => value.to_string(),
        (_, Ok(value)) => format!("'{value}'::bigint"),
        _ if negative || digits.contains(['e', 'E']) => format!("'{number}'::numeric"),
        _ => number.to_owned(),
    })
}

/// Text as the server prints a constant of the column's type.
fn lower_text(column: &Column, native: &str, text: &str) -> String {
    let quoted = literal(text);
    match &column.column_type {
        ColumnType::String { .. } => format!("{quoted}::character varying"),
        ColumnType::Numeric { .. } => format!("{quoted}::numeric"),
        // The length of a type does not count in a default, and a cast with it would cut the text.
        ColumnType::Native(name) if name.contains('(') => quoted,
        _ => format!("{quoted}::{native}"),
    }
}

/// `None` where the default is null, which is no default at all.
fn lower_expression(expression: &str) -> Option<String> {
    let expression = expression.trim();
    let plain: String = expression.to_ascii_lowercase().chars().filter(|char| !char.is_whitespace()).collect();
    match plain.as_str() {
        "" | "null" | "(null)" => None,
        "now()" => Some("now()".to_owned()),
        "current_timestamp" | "current_timestamp()" => Some("CURRENT_TIMESTAMP".to_owned()),
        _ => Some(default_operand(expression)),
    }
}

fn lower_index(table: &Table, declared: &Index) -> Result<Index, LowerError> {
    let name = declared.name.as_deref().unwrap_or_default();
    let refuse = |what: &str, reason: &str| place(table).refuse(format!("{what} of index `{name}`"), reason);
    let method = declared.method.as_ref().map(|method| method.to_ascii_lowercase()).filter(|method| method != "btree");
    match method.as_deref() {
        Some("fulltext") => {
            return Err(refuse(
                "method `fulltext`",
                "write `method = \"gin\"` on the expression `to_tsvector('english', …)`",
            ));
        }
        Some("spatial") => return Err(refuse("method `spatial`", "write `method = \"gist\"`")),
        Some(_) if declared.unique => {
            return Err(refuse("uniqueness", "only `btree` indexes are unique: remove the method"));
        }
        Some("gin" | "brin" | "hash") if !declared.include.is_empty() => {
            return Err(refuse("included columns", "only `btree`, `gist` and `spgist` have them: remove `include`"));
        }
        _ => {}
    }
    if declared.parts.is_empty() {
        return Err(refuse("no column", "name at least one column or expression"));
    }
    let lower_part = |part: &IndexPart| {
        if part.prefix_length.is_some() {
            return Err(refuse("a prefix length", "index an expression instead, as in `left(title, 20)`"));
        }
        if method.is_some() && (part.order == SortOrder::Descending || part.nulls.is_some()) {
            return Err(refuse("a sort order", "only `btree` indexes have one: remove the order or the method"));
        }
        let implied = match part.order {
            SortOrder::Ascending => Nulls::Last,
            SortOrder::Descending => Nulls::First,
        };
        Ok(IndexPart {
            key: match &part.key {
                IndexKey::Column(column) => IndexKey::Column(column.clone()),
                IndexKey::Expression(expression) => IndexKey::Expression(stripped(expression)),
            },
            nulls: part.nulls.filter(|&nulls| nulls != implied),
            ..part.clone()
        })
    };
    Ok(Index {
        parts: lower_each(&declared.parts, lower_part)?,
        predicate: declared.predicate.as_deref().map(stripped),
        method: method.clone().map(Cow::Owned),
        ..declared.clone()
    })
}
