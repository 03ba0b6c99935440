//! A row of the catalog -> a column.

use cqrs_core::schema::{Column, ColumnType, DefaultValue, Generated, Str};

use super::catalog::{Catalog, CheckRow, ColumnRow, Exact, Remarks, TableRow};
use super::text::{is_string, literal, normalize_type, string_value, tokens, type_name};
use crate::error::Error;

/// What MariaDB makes of `json`: `longtext` in that collation, with a check of its own.
/// <https://mariadb.com/kb/en/json-data-type/>
const JSON_COLLATION: &str = "utf8mb4_bin";

pub(super) fn column(
    catalog: &Catalog,
    table: &TableRow,
    row: &ColumnRow,
    check: Option<&CheckRow>,
    exact: &Exact,
    remarks: &mut Remarks,
) -> Result<Column, Error> {
    let json_check = format!("json_valid({})", super::text::quote(&row.name));
    let is_json = row.column_type == "longtext"
        && row.collation.as_deref() == Some(JSON_COLLATION)
        && check.is_some_and(|check| check.expression == json_check);
    let native = if is_json { "json".to_owned() } else { normalize_type(&row.column_type) };
    let mut extra = Extra::read(&row.extra);
    if let Some(check) = check.filter(|_| !is_json) {
        let expression = exact.expression(&row.table, catalog.expression(&check.expression));
        extra.options.push(format!("CHECK ({expression})"));
    }
    if !extra.unknown.is_empty() {
        remarks.add("column attribute", format!("{}: {}", row.name, extra.unknown), Some(&row.table));
    }
    let mut column = Column::new(row.name.clone(), ColumnType::native(native));
    column.nullable = row.nullable;
    column.auto_increment = extra.auto_increment;
    column.collation =
        row.collation.clone().filter(|_| !is_json).filter(|it| Some(it) != table.collation.as_ref()).map(Str::Owned);
    column.comment = Some(row.comment.clone()).filter(|comment| !comment.is_empty()).map(Str::Owned);
    column.options = extra.options.into_iter().map(Str::Owned).collect();
    column.generated = extra.generated_stored.map(|stored| Generated {
        expression: exact.expression(&row.table, catalog.expression(&row.expression)).into(),
        stored,
    });
    if column.generated.is_none() {
        let default = default_text(catalog, row, extra.default_generated);
        column.default = default.map(|sql| DefaultValue::Expression(exact.expression(&row.table, sql).into()));
    }
    Ok(column)
}

/// The `EXTRA` column, taken apart.
/// <https://mariadb.com/kb/en/information-schema-columns-table/>
#[derive(Default)]
struct Extra {
    auto_increment: bool,
    generated_stored: Option<bool>,
    default_generated: bool,
    options: Vec<String>,
    unknown: String,
}

impl Extra {
    fn read(text: &str) -> Self {
        let mut extra = Self::default();
        let mut rest = text.to_lowercase();
        let mut take = |words: &str| {
            let found = rest.contains(words);
            rest = rest.replace(words, "");
            found
        };
        extra.default_generated = take("default_generated");
        extra.auto_increment = take("auto_increment");
        if take("virtual generated") {
            extra.generated_stored = Some(false);
        }
        if take("stored generated") || take("persistent generated") {
            extra.generated_stored = Some(true);
        }
        let invisible = take("invisible");
        let without_versioning = take("without system versioning");
        if let Some(at) = rest.find("on update current_timestamp") {
            let words = &rest[at..];
            let precision = words.split_once('(').and_then(|(_, tail)| tail.split(')').next()).unwrap_or_default();
            extra.options.push(format!("ON UPDATE current_timestamp({precision})"));
            let end = words.find(')').map_or("on update current_timestamp".len(), |end| end + 1);
            rest.replace_range(at..at + end, "");
        }
        if invisible {
            extra.options.push("INVISIBLE".to_owned());
        }
        if without_versioning {
            extra.options.push("WITHOUT SYSTEM VERSIONING".to_owned());
        }
        extra.unknown = rest.trim_matches([',', ' ']).to_owned();
        extra
    }
}

/// The default as MariaDB prints it. MySQL prints literals without quotes and marks expressions in `EXTRA` (from the
/// manual, not run).
/// <https://mariadb.com/kb/en/information-schema-columns-table/>,
/// <https://dev.mysql.com/doc/refman/8.0/en/information-schema-columns-table.html>
fn default_text(catalog: &Catalog, row: &ColumnRow, generated: bool) -> Option<String> {
    let text = row.default.as_ref()?;
    if catalog.mariadb {
        // A string has one spelling; MariaDB has two, as a literal and as an expression.
        return match (text.as_str(), tokens(text).as_slice()) {
            ("NULL", _) => None,
            (_, [string]) if is_string(string) => string_value(string).map(|value| literal(&value)),
            _ => Some(unqualified(catalog, text)),
        };
    }
    if !generated {
        let bare = text.starts_with("0x") || text.starts_with("b'");
        let number = type_name(&row.column_type).ends_with("int")
            || matches!(type_name(&row.column_type), "decimal" | "float" | "double" | "bit" | "year");
        return Some(if bare || number { text.clone() } else { literal(text) });
    }
    match text.to_lowercase().strip_prefix("current_timestamp") {
        Some("") => Some("current_timestamp()".to_owned()),
        Some(precision) if precision.starts_with('(') => Some(format!("current_timestamp{precision}")),
        _ => Some(catalog.expression(text)),
    }
}

/// Without the database in front of a sequence; a string stays as it is.
fn unqualified(catalog: &Catalog, text: &str) -> String {
    super::text::without_database(text, &catalog.database).map_or_else(|| text.to_owned(), |(text, _)| text)
}
