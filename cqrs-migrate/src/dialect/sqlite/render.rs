//! Objects -> the SQL that makes them.

use cqrs_core::schema::{
    Check, Column, DefaultValue, Deferrable, ForeignKey, Index, IndexKey, IndexPart, List, Literal, MatchType,
    PrimaryKey, ReferentialAction, SortOrder, Str, Table, Unique, View,
};

use super::alter::{has_rowid_column, key_is_not_null};
use super::clauses::{self, Clause, contains, find, list, name_before, starting};
use super::words::{is_balanced, is_plain_default, quote, quote_all, text, unquote};

/// `CREATE TABLE` under a name that may differ from the table's own, with the foreign keys given.
pub(super) fn create_table(table: &Table, name: &str, foreign_keys: &[&ForeignKey]) -> String {
    let mut parts: Vec<String> =
        table.columns.iter().map(|column| column_with_keys(table, column, foreign_keys)).collect();
    if let Some(key) = table.primary_key.as_ref().filter(|key| !key_is_with_column(table, key)) {
        let numbering = if is_numbered(table) { " AUTOINCREMENT" } else { "" };
        let columns = key_list(&key.columns, &key.options, numbering);
        parts.push(format!("{}PRIMARY KEY {columns}{}", constraint(&key.name), conflict(&key.options)));
    }
    let apart = |unique: &&Unique| !is_with_column(&unique.columns, &unique.options, unique_needs_column(unique));
    parts.extend(table.uniques.iter().filter(apart).map(|unique| {
        let columns = key_list(&unique.columns, &unique.options, "");
        format!("{}UNIQUE {columns}{}", constraint(&unique.name), conflict(&unique.options))
    }));
    parts.extend(table.checks.iter().map(check));
    parts.extend(foreign_keys.iter().filter(|key| !foreign_key_is_with_column(key)).map(|key| foreign_key(key)));
    let options = if table.options.is_empty() { String::new() } else { format!(" {}", table.options.join(", ")) };
    format!("CREATE TABLE {} (\n    {}\n){options}", quote(name), parts.join(",\n    "))
}

/// Whether the primary key is a column that the database numbers.
pub(super) fn is_numbered(table: &Table) -> bool {
    table.columns.iter().any(|column| column.auto_increment)
}

/// Whether a key stands with its only column. It means the same in both places, but for `PRIMARY KEY DESC`; what is said
/// of it besides is where it is usually said.
fn is_with_column(columns: &[Str], options: &[Str], says_more: bool) -> bool {
    columns.len() == 1 && says_more && !contains(options, clauses::OF_TABLE) && list(options).is_none()
}

fn key_is_with_column(table: &Table, key: &PrimaryKey) -> bool {
    let says_more =
        is_numbered(table) || contains(&key.options, clauses::DESCENDING) || !conflict(&key.options).is_empty();
    is_with_column(&key.columns, &key.options, says_more)
}

fn unique_needs_column(unique: &Unique) -> bool {
    !conflict(&unique.options).is_empty()
}

fn foreign_key_is_with_column(key: &ForeignKey) -> bool {
    let says_when = key.deferrable != Deferrable::No || starting(&key.options, clauses::NOT_DEFERRABLE).is_some();
    is_with_column(&key.columns, &key.options, says_when)
}

fn conflict(options: &[Str]) -> String {
    starting(options, "ON CONFLICT ").unwrap_or_default()
}

/// The columns of a key, in parentheses.
fn key_list(columns: &[Str], options: &[Str], numbering: &str) -> String {
    list(options).map_or_else(|| format!("({}{numbering})", quote_all(columns)), str::to_owned)
}

fn column_with_keys(table: &Table, column: &Column, foreign_keys: &[&ForeignKey]) -> String {
    let mut keys = String::new();
    let is_own = |columns: &List<Str>| **columns == [column.name.clone()];
    if let Some(key) = table.primary_key.as_ref().filter(|key| is_own(&key.columns) && key_is_with_column(table, key)) {
        let descending = if contains(&key.options, clauses::DESCENDING) { " DESC" } else { "" };
        let numbering = if column.auto_increment { " AUTOINCREMENT" } else { "" };
        let conflict = conflict(&key.options);
        keys.push_str(&format!(" {}PRIMARY KEY{descending}{conflict}{numbering}", constraint(&key.name)));
    }
    for unique in table.uniques.iter().filter(|unique| is_own(&unique.columns)) {
        if is_with_column(&unique.columns, &unique.options, unique_needs_column(unique)) {
            keys.push_str(&format!(" {}UNIQUE{}", constraint(&unique.name), conflict(&unique.options)));
        }
    }
    for key in foreign_keys.iter().filter(|key| is_own(&key.columns) && foreign_key_is_with_column(key)) {
        keys.push_str(&format!(" {}", column_foreign_key(key)));
    }
    definition(table, column, &keys)
}

/// A column of a table without the keys that it may be.
pub(super) fn column_definition(table: &Table, column: &Column) -> String {
    definition(table, column, "")
}

fn definition(table: &Table, column: &Column, keys: &str) -> String {
    let options = &column.options;
    let column_type = match find(options, Clause::Type) {
        Some(written) if is_type(column, clauses::type_in(written)) => clauses::type_in(written),
        _ => column.column_type.native_text(),
    };
    let mut clauses = Vec::new();
    clauses.extend(nullability(table, column));
    clauses.extend(default_clause(column).map(|clause| name_before(options, "DEFAULT") + &clause));
    let collation = match &column.collation {
        Some(collation) => Some(format!("COLLATE {}", quote(collation))),
        None => find(options, Clause::Collate).map(str::to_owned),
    };
    clauses.extend(collation.map(|clause| name_before(options, "COLLATE") + &clause));
    clauses.extend(column.generated.as_ref().map(|generated| {
        let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
        let name = name_before(options, "GENERATED");
        format!("{name}GENERATED ALWAYS AS ({}) {kind}", generated.expression)
    }));
    // SQLite lets the name of one of these pass to the key behind it, which may have none.
    let (named, unnamed): (Vec<String>, Vec<String>) =
        clauses.into_iter().partition(|clause| clause.starts_with("CONSTRAINT "));
    let mut sql = quote(&column.name);
    for word in std::iter::once(column_type).chain(unnamed.iter().map(String::as_str)).filter(|word| !word.is_empty()) {
        sql.push(' ');
        sql.push_str(word);
    }
    sql.push_str(keys);
    for clause in named {
        sql.push(' ');
        sql.push_str(&clause);
    }
    sql
}

/// Whether a type that was written in another way is still the column's.
fn is_type(column: &Column, written: &str) -> bool {
    super::words::canonical_type(written) == column.column_type.native_text()
}

/// A key that is never null need not say so, and may say the contrary without effect.
fn nullability(table: &Table, column: &Column) -> Option<String> {
    let null = find(&column.options, Clause::Null);
    if column.nullable {
        return null.map(str::to_owned);
    }
    let is_key = table.primary_key.iter().any(|key| key.columns.contains(&column.name));
    let is_alias = is_key && has_rowid_column(table);
    let written = find(&column.options, Clause::NotNull).or(null.filter(|_| is_key && key_is_not_null(table)));
    written.map(str::to_owned).or_else(|| (!is_alias).then(|| "NOT NULL".to_owned()))
}

fn default_clause(column: &Column) -> Option<String> {
    let written = find(&column.options, Clause::Default);
    let Some(default) = &column.default else {
        return written.filter(|clause| *clause == "DEFAULT NULL").map(str::to_owned);
    };
    let sql = default_sql(default);
    let says_that = |clause: &&str| clause.strip_prefix("DEFAULT ").is_some_and(|word| text(&unquote(word)) == sql);
    Some(match written.filter(says_that) {
        Some(written) => written.to_owned(),
        None if is_plain_default(&sql) => format!("DEFAULT {sql}"),
        None => format!("DEFAULT ({sql})"),
    })
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

pub(super) fn check(check: &Check) -> String {
    format!("{}CHECK ({}){}", constraint(&check.name), check.expression, conflict(&check.options))
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
    sql.extend(starting(&key.options, "ON INSERT "));
    if key.match_type == MatchType::Full {
        sql.push_str(" MATCH FULL");
    }
    sql.extend(starting(&key.options, "MATCH "));
    sql.extend(starting(&key.options, clauses::NOT_DEFERRABLE));
    sql.push_str(match key.deferrable {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    });
    sql
}

pub(super) fn create_index(table: &str, index: &Index) -> String {
    let parts: Vec<String> = index.parts.iter().map(index_part).collect();
    let parts = list(&index.options).map_or_else(|| format!("({})", parts.join(", ")), str::to_owned);
    let unique = if index.unique { "UNIQUE " } else { "" };
    let predicate = index.predicate.as_ref().map(|sql| format!(" WHERE {sql}")).unwrap_or_default();
    let name = index.name.as_deref().unwrap_or_default();
    format!("CREATE {unique}INDEX {} ON {} {parts}{predicate}", quote(name), quote(table))
}

pub(super) fn index_part(part: &IndexPart) -> String {
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
    let columns = list(&view.options).map(|columns| format!(" {columns}")).unwrap_or_default();
    format!("CREATE VIEW {}{columns} AS {query}", quote(&view.name.name))
}
