//! Whole objects -> SQL, and the pieces that alterations share.

use cqrs_core::schema::{
    Check, Column, ForeignKey, Index, IndexKey, IndexPart, ObjectName, PrimaryKey, SortOrder, Str, Table, Unique, View,
};

use super::options::{KEY_PARTS, NO_DEFAULT, TableOptions, WITHOUT_OVERLAPS};
use super::text::{is_string, literal, needs_prefix, quote, quote_all, tokens, type_name};
use crate::dialect::{Held, Lock, Statement, Transaction};

pub(super) fn create_table(table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<Statement> {
    let options = TableOptions::of(table);
    let mut parts: Vec<String> = table.columns.iter().map(column_definition).collect();
    parts.extend(options.periods.iter().cloned());
    parts.extend(table.primary_key.as_ref().map(primary_key));
    parts.extend(table.uniques.iter().map(unique));
    parts.extend(table.indexes.iter().map(index));
    parts.extend(foreign_keys.iter().map(|key| foreign_key(key)));
    parts.extend(table.checks.iter().map(check));
    let options = options.create_clause(table.comment.as_deref());
    let sql = format!("CREATE TABLE {} (\n  {}\n) {options}", quote(&table.name), parts.join(",\n  "));
    // A foreign key reads the parent under a shared lock.
    let lock = if foreign_keys.is_empty() { Lock::None } else { Lock::Writes };
    let mut statements = vec![statement(sql.trim_end().to_owned(), lock)];
    let without_default: Vec<String> = table.columns.iter().filter_map(drop_default).collect();
    if !without_default.is_empty() {
        let sql = format!("ALTER TABLE {} {}", quote(&table.name), without_default.join(", "));
        statements.push(statement(sql, Lock::None));
    }
    statements
}

/// What takes the default `NULL` from a column that may be null: no definition of a column says so.
pub(super) fn drop_default(column: &Column) -> Option<String> {
    let dropped = column.options.iter().any(|option| option == NO_DEFAULT);
    dropped.then(|| format!("ALTER COLUMN {} {NO_DEFAULT}", quote(&column.name)))
}

pub(super) fn drop_table(table: &Table) -> Statement {
    statement(format!("DROP TABLE {}", quote(&table.name)), Lock::ReadsAndWrites)
}

/// One statement, so that no other session finds one of the names missing: <https://mariadb.com/kb/en/rename-table/>.
pub(super) fn rename_tables(renames: &[(ObjectName, ObjectName)]) -> Statement {
    let rename = |(from, to): &(ObjectName, ObjectName)| format!("{} TO {}", quote(&from.name), quote(&to.name));
    let renames: Vec<String> = renames.iter().map(rename).collect();
    statement(format!("RENAME TABLE {}", renames.join(", ")), Lock::ReadsAndWrites)
}

pub(super) fn create_view(view: &View) -> Statement {
    let options: String = view.options.iter().map(|option| format!("{option} ")).collect();
    let columns = match view.columns.as_slice() {
        [] => String::new(),
        names => format!(" ({})", quote_all(names.iter().map(AsRef::as_ref))),
    };
    statement(format!("CREATE {options}VIEW {}{columns} AS {}", quote(&view.name.name), view.query), Lock::None)
}

pub(super) fn drop_view(view: &View) -> Statement {
    statement(format!("DROP VIEW {}", quote(&view.name.name)), Lock::None)
}

/// Every DDL statement commits by itself. <https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html>
pub(super) fn statement(sql: String, lock: Lock) -> Statement {
    Statement { sql, lock, held: Held::Briefly, transaction: Transaction::Implicit }
}

/// A column as `CREATE TABLE`, `ADD COLUMN` and `MODIFY COLUMN` write it.
///
/// Nullability is always written, because a `timestamp` without it may not be nullable. A generated column takes no
/// `NULL` on MariaDB. <https://mariadb.com/kb/en/generated-columns/>
pub(super) fn column_definition(column: &Column) -> String {
    let native = column.column_type.native_text();
    let mut sql = format!("{} {native}", quote(&column.name));
    let add = |sql: &mut String, wanted: ClausePlace| {
        for option in column.options.iter().filter(|option| clause_place(option) == wanted) {
            sql.push_str(&format!(" {option}"));
        }
    };
    add(&mut sql, ClausePlace::Type);
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {collation}"));
    }
    let is_row_time = column.options.iter().any(|option| option.starts_with(ROW_TIME));
    match &column.generated {
        Some(generated) => {
            let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
            sql.push_str(&format!(" GENERATED ALWAYS AS ({}) {kept}", generated.expression));
            if !column.nullable {
                sql.push_str(" NOT NULL");
            }
        }
        None if is_row_time => {}
        None => sql.push_str(if column.nullable { " NULL" } else { " NOT NULL" }),
    }
    if let Some(default) = default_sql(column) {
        sql.push_str(&format!(" DEFAULT {default}"));
    }
    if column.auto_increment {
        sql.push_str(" AUTO_INCREMENT");
    }
    add(&mut sql, ClausePlace::Attribute);
    if let Some(comment) = &column.comment {
        sql.push_str(&format!(" COMMENT {}", literal(comment)));
    }
    add(&mut sql, ClausePlace::Check);
    sql
}

/// The column says since when, or until when, a row is what it is (MariaDB).
pub(super) const ROW_TIME: &str = "GENERATED ALWAYS AS ROW";

/// Where in a column's definition a clause stands.
#[derive(PartialEq, Eq)]
enum ClausePlace {
    /// Right behind the type.
    Type,
    /// Among the attributes, in any order.
    Attribute,
    /// At the end.
    Check,
    /// In a statement of its own.
    Afterwards,
}

/// <https://mariadb.com/kb/en/create-table/#column-definitions>
fn clause_place(option: &str) -> ClausePlace {
    if option == NO_DEFAULT {
        ClausePlace::Afterwards
    } else if option.starts_with("CHECK") {
        ClausePlace::Check
    } else if option == "COMPRESSED" || option.starts_with("REF_SYSTEM_ID") || option.starts_with(ROW_TIME) {
        ClausePlace::Type
    } else {
        ClausePlace::Attribute
    }
}

/// The default as it follows `DEFAULT`: a literal or the current time bare, any other expression in parentheses.
/// <https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html>
fn default_sql(column: &Column) -> Option<String> {
    let sql = default_text(column)?;
    Some(if is_bare_default(column) { sql.to_owned() } else { format!("({sql})") })
}

/// The default of a lowered or introspected column.
pub(super) fn default_text(column: &Column) -> Option<&str> {
    match column.default.as_ref()? {
        cqrs_core::schema::DefaultValue::Expression(sql) => Some(sql),
        cqrs_core::schema::DefaultValue::Value(_) => None,
    }
}

fn is_bare_default(column: &Column) -> bool {
    let native = column.column_type.native_text();
    let Some(sql) = default_text(column) else { return false };
    is_literal_default(column)
        || matches!(type_name(native), "datetime" | "timestamp")
            && matches!(tokens(sql).as_slice(), ["current_timestamp", "(", ")"] | ["current_timestamp", "(", _, ")"])
}

/// Whether the default may be another for each row: it reads other columns, or calls a function that is not listed here. The
/// server then copies the table to add the column. <https://mariadb.com/kb/en/instant-add-column-for-innodb/>
pub(super) fn default_varies(column: &Column) -> bool {
    const ONCE_A_STATEMENT: &str = "now current_timestamp localtimestamp localtime curdate current_date curtime \
        current_time utc_timestamp utc_date utc_time user current_user session_user database concat lower upper \
        json_object json_array json_compact coalesce ifnull nullif if cast in and or not";
    let tokens = tokens(default_text(column).unwrap_or_default());
    let mut words = tokens.iter().filter(|token| !token.trim().is_empty()).peekable();
    while let Some(word) = words.next() {
        let is_called = words.peek().is_some_and(|next| **next == "(") && word.starts_with(char::is_alphabetic);
        let is_known = || ONCE_A_STATEMENT.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word));
        if word.starts_with('`') || (is_called && !is_known()) {
            return true;
        }
    }
    false
}

/// Whether the default is a literal that stands without parentheses.
pub(super) fn is_literal_default(column: &Column) -> bool {
    let Some(sql) = default_text(column) else { return false };
    if needs_prefix(column.column_type.native_text()) {
        return false;
    }
    match tokens(sql).as_slice() {
        [text] if is_string(text) => true,
        [base, digits] => is_string(digits) && matches!(*base, "b" | "B" | "x" | "X"),
        _ => sql.parse::<f64>().is_ok(),
    }
}

pub(super) fn primary_key(key: &PrimaryKey) -> String {
    let own_parts = key.options.iter().find_map(|option| option.strip_prefix(KEY_PARTS)?.strip_suffix(')'));
    let parts = own_parts.map_or_else(|| columns(&key.columns), str::to_owned);
    format!("PRIMARY KEY {}", key_tail(&parts, "", &key.options, key.comment.as_deref()))
}

pub(super) fn unique(unique: &Unique) -> String {
    let name = unique.name.as_deref().map(|name| format!("{} ", quote(name))).unwrap_or_default();
    let tail = key_tail(&columns(&unique.columns), "", &unique.options, unique.comment.as_deref());
    format!("UNIQUE KEY {name}{tail}")
}

pub(super) fn index(index: &Index) -> String {
    let method = index.method.as_deref().unwrap_or_default();
    let kind = match method {
        "fulltext" => "FULLTEXT ",
        "spatial" => "SPATIAL ",
        "vector" => "VECTOR ",
        _ if index.unique => "UNIQUE ",
        _ => "",
    };
    let parts: Vec<String> = index.parts.iter().map(index_part).collect();
    let name = index.name.as_deref().map(|name| format!("{} ", quote(name))).unwrap_or_default();
    let tail = key_tail(&parts.join(","), method, &index.options, index.comment.as_deref());
    format!("{kind}KEY {name}{tail}")
}

/// The parts of a key, and what follows them.
fn key_tail(parts: &str, method: &str, options: &[Str], comment: Option<&str>) -> String {
    let mut parts = parts.to_owned();
    let mut tail = String::new();
    if matches!(method, "btree" | "hash" | "rtree") {
        tail.push_str(&format!(" USING {}", method.to_uppercase()));
    }
    for option in options.iter().filter(|option| !option.starts_with(KEY_PARTS)) {
        if option.ends_with(WITHOUT_OVERLAPS) {
            parts.push_str(&format!(",{option}"));
        } else {
            tail.push_str(&format!(" {option}"));
        }
    }
    if let Some(comment) = comment {
        tail.push_str(&format!(" COMMENT {}", literal(comment)));
    }
    format!("({parts}){tail}")
}

fn columns(names: &[Str]) -> String {
    quote_all(names.iter().map(AsRef::as_ref))
}

/// One part of a key, as it is written.
pub(super) fn index_part(part: &IndexPart) -> String {
    let mut sql = match &part.key {
        IndexKey::Column(name) => quote(name),
        IndexKey::Expression(expression) => format!("({expression})"),
    };
    if let Some(length) = part.prefix_length {
        sql.push_str(&format!("({length})"));
    }
    if part.order == SortOrder::Descending {
        sql.push_str(" DESC");
    }
    sql
}

pub(super) fn foreign_key(key: &ForeignKey) -> String {
    format!(
        "{}FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {} ON UPDATE {}",
        constraint(key.name.as_deref()),
        quote_all(key.columns.iter().map(AsRef::as_ref)),
        references(&key.references),
        quote_all(key.referenced_columns.iter().map(AsRef::as_ref)),
        key.on_delete.sql(),
        key.on_update.sql(),
    )
}

/// A table, with its database where it is in another one.
fn references(name: &ObjectName) -> String {
    let database = name.schema.as_ref().map(|database| format!("{}.", quote(database))).unwrap_or_default();
    format!("{database}{}", quote(&name.name))
}

pub(super) fn check(check: &Check) -> String {
    let options: String = check.options.iter().map(|option| format!(" {option}")).collect();
    format!("{}CHECK ({}){options}", constraint(check.name.as_deref()), check.expression)
}

fn constraint(name: Option<&str>) -> String {
    name.map(|name| format!("CONSTRAINT {} ", quote(name))).unwrap_or_default()
}
