//! The parts of a table in SQL: columns, constraints, indexes.

use cqrs_core::schema::{
    Check, Column, DefaultValue, Deferrable, Exclusion, ForeignKey, Index, IndexKey, IndexPart, Literal, MatchType,
    Nulls, ObjectName, PrimaryKey, ReferentialAction, SortOrder, Str, Table, Unique,
};

use super::clauses::{
    ALTER_COLUMN, ALWAYS, ATTACH_PARTITION, CASCADE, DEFERRABLE, INCLUDE, INDEX_TABLESPACE, NO_INHERIT, NOT_ENFORCED,
    NOT_NULL_INHERITED, NOT_NULL_NAME, NOT_NULL_NO_INHERIT, NOT_NULL_NOT_VALID, NOT_VALID, NULLS_NOT_DISTINCT,
    ON_DELETE, ONLY, PERIOD, SEQUENCE_NAME, TABLESPACE, WITHOUT_OVERLAPS, has, value, with_parameters,
};
use super::render::{object_comment, statement};
use super::sql::{
    default_operand, generated_name, literal, quote, quote_list, quote_name, serial_base, visible_or_sql,
};
use crate::dialect::{Held, Lock, Statement};

/// The options of a sequence that an identity column takes, by how they begin.
pub(super) const SEQUENCE_OPTIONS: [&str; 7] =
    [SEQUENCE_NAME, "START WITH ", "INCREMENT BY ", "MINVALUE ", "MAXVALUE ", "CACHE ", "CYCLE"];

/// A column as `CREATE TABLE` and `ADD COLUMN` take it.
pub(super) fn column(column: &Column) -> String {
    let native = column.column_type.native_text();
    let mut sql = quote(&column.name);
    // `serial` names its sequence itself: one of another name is made before the table.
    let sequence = serial_base(native).and_then(|base| Some((base, value(&column.options, SEQUENCE_NAME)?)));
    match sequence {
        Some((base, sequence)) => sql += &format!(" {base} DEFAULT nextval({}::regclass)", literal(sequence)),
        None => sql += &format!(" {native}"),
    }
    if let Some(collation) = &column.collation {
        sql += &format!(" COLLATE {}", visible_or_sql(collation));
    }
    if let Some(generated) = &column.generated {
        let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
        sql += &format!(" GENERATED ALWAYS AS ({}) {kind}", generated.expression);
    }
    if let Some(default) = &column.default {
        sql += &format!(" DEFAULT {}", default_sql(default));
    }
    if !column.nullable && ![NOT_NULL_INHERITED, NOT_NULL_NOT_VALID].iter().any(|clause| has(&column.options, clause)) {
        sql += &not_null(column, "");
    }
    if column.auto_increment && serial_base(native).is_none() {
        sql += &format!(" {}", identity(column));
    }
    sql
}

fn not_null(column: &Column, of: &str) -> String {
    let name = value(&column.options, NOT_NULL_NAME).map_or_else(String::new, |name| format!(" CONSTRAINT {name}"));
    let no_inherit = if has(&column.options, NOT_NULL_NO_INHERIT) { " NO INHERIT" } else { "" };
    format!("{name} NOT NULL{of}{no_inherit}")
}

/// `NOT NULL` of a column that may hold nulls from before, as `ALTER TABLE` takes it.
pub(super) fn not_null_not_valid(column: &Column) -> Option<String> {
    has(&column.options, NOT_NULL_NOT_VALID)
        .then(|| format!("ADD{} {NOT_VALID}", not_null(column, &format!(" {}", quote(&column.name)))))
}

/// How an identity column numbers its rows.
pub(super) fn identity(column: &Column) -> String {
    let when = if has(&column.options, ALWAYS) { "ALWAYS" } else { "BY DEFAULT" };
    let is_option = |clause: &&str| SEQUENCE_OPTIONS.iter().any(|beginning| clause.starts_with(beginning));
    let options: Vec<&str> = column.options.iter().map(|clause| &**clause).filter(is_option).collect();
    let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) };
    format!("GENERATED {when} AS IDENTITY{options}")
}

/// A default after `DEFAULT`. Lowered columns have only expressions.
pub(super) fn default_sql(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Expression(expression) => default_operand(expression),
        DefaultValue::Value(Literal::Boolean(value)) => value.to_string(),
        DefaultValue::Value(Literal::Number(number)) => number.to_string(),
        DefaultValue::Value(Literal::Text(text)) => literal(text),
    }
}

/// A name in quotes, or the one that PostgreSQL gives where there is none.
pub(super) fn constraint_name(table: &str, name: Option<&Str>, columns: &[Str], suffix: &str) -> String {
    match name {
        Some(name) => quote(name),
        None => quote(&generated_name(table, &columns.join("_"), suffix)),
    }
}

pub(super) fn primary_key(table: &Table, key: &PrimaryKey) -> String {
    let name = constraint_name(&table.name, key.name.as_ref(), &[], "pkey");
    format!("CONSTRAINT {name} PRIMARY KEY {}", key_definition(&key.columns, &key.options))
}

pub(super) fn unique(table: &Table, unique: &Unique) -> String {
    let name = constraint_name(&table.name, unique.name.as_ref(), &unique.columns, "key");
    let nulls = if has(&unique.options, NULLS_NOT_DISTINCT) { " NULLS NOT DISTINCT" } else { "" };
    format!("CONSTRAINT {name} UNIQUE{nulls} {}", key_definition(&unique.columns, &unique.options))
}

/// Whether a table has another key over the same columns. Of two that it is given in one statement the server makes one.
/// <https://www.postgresql.org/docs/current/sql-createtable.html>
pub(super) fn repeats_key(table: &Table, unique: &Unique) -> bool {
    let others = table.uniques.iter().filter(|other| other.name != unique.name).map(|other| &other.columns);
    table.primary_key.iter().map(|key| &key.columns).chain(others).any(|columns| *columns == unique.columns)
}

/// <https://www.postgresql.org/docs/current/sql-createtable.html>
fn key_definition(columns: &[Str], options: &[Str]) -> String {
    let period = if has(options, WITHOUT_OVERLAPS) { " WITHOUT OVERLAPS" } else { "" };
    let mut sql = format!("({}{period})", quote_list(columns));
    if let Some(columns) = value(options, INCLUDE) {
        sql += &format!(" {INCLUDE}{columns}");
    }
    sql += &with_parameters(options);
    if let Some(name) = value(options, INDEX_TABLESPACE) {
        sql += &format!(" {INDEX_TABLESPACE}{name}");
    }
    for clause in options.iter().filter(|clause| clause.starts_with(DEFERRABLE)) {
        sql += &format!(" {clause}");
    }
    sql
}

pub(super) fn check(table: &Table, check: &Check) -> String {
    let name = constraint_name(&table.name, check.name.as_ref(), &[], "check");
    let mut sql = format!("CONSTRAINT {name} CHECK ({})", check.expression);
    for clause in [NO_INHERIT, NOT_ENFORCED, NOT_VALID] {
        if has(&check.options, clause) {
            sql += &format!(" {clause}");
        }
    }
    sql
}

/// Whether a constraint can be added without reading the rows that are there.
pub(super) fn reads_no_row(options: &[Str]) -> bool {
    has(options, NOT_VALID) || has(options, NOT_ENFORCED)
}

/// Whether a constraint is only for rows to come: `CREATE TABLE` does not know that, and `ALTER TABLE` adds it.
pub(super) fn is_not_valid(options: &[Str]) -> bool {
    has(options, NOT_VALID)
}

pub(super) fn exclusion(table: &Table, exclusion: &Exclusion) -> String {
    format!(
        "CONSTRAINT {} {}",
        constraint_name(&table.name, exclusion.name.as_ref(), &[], "excl"),
        exclusion.definition
    )
}

pub(super) fn foreign_key(table: &Table, key: &ForeignKey) -> String {
    let name = constraint_name(&table.name, key.name.as_ref(), &key.columns, "fkey");
    let has_period = has(&key.options, PERIOD);
    let columns = |columns: &[Str]| match columns.split_last() {
        Some((period, rest)) if has_period => {
            rest.iter().map(|column| quote(column) + ", ").collect::<String>() + "PERIOD " + &quote(period)
        }
        _ => quote_list(columns),
    };
    let mut sql =
        format!("CONSTRAINT {name} FOREIGN KEY ({}) REFERENCES {}", columns(&key.columns), quote_name(&key.references));
    if !key.referenced_columns.is_empty() {
        sql += &format!(" ({})", columns(&key.referenced_columns));
    }
    if key.match_type == MatchType::Full {
        sql += " MATCH FULL";
    }
    if let Some(action) = value(&key.options, ON_DELETE) {
        sql += &format!(" {ON_DELETE}{action}");
    } else if key.on_delete != ReferentialAction::NoAction {
        sql += &format!(" {ON_DELETE}{}", key.on_delete.sql());
    }
    if key.on_update != ReferentialAction::NoAction {
        sql += &format!(" ON UPDATE {}", key.on_update.sql());
    }
    sql += match key.deferrable {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    };
    for clause in [NOT_ENFORCED, NOT_VALID] {
        if has(&key.options, clause) {
            sql += &format!(" {clause}");
        }
    }
    sql
}

/// An index of a table or materialized view, with what it says besides.
/// <https://www.postgresql.org/docs/current/sql-createindex.html>
pub(super) fn create_index(table: &ObjectName, index: &Index) -> Vec<Statement> {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let parts: Vec<String> = index.parts.iter().map(index_part).collect();
    let is_only = has(&index.options, ONLY);
    let only = if is_only { "ONLY " } else { "" };
    let mut sql = format!("CREATE {unique}INDEX {} ON {only}{}", index_name(table, index), quote_name(table));
    if let Some(method) = &index.method {
        sql += &format!(" USING {}", quote(method));
    }
    sql += &format!(" ({})", parts.join(", "));
    if !index.include.is_empty() {
        sql += &format!(" INCLUDE ({})", quote_list(&index.include));
    }
    if index.nulls_not_distinct {
        sql += " NULLS NOT DISTINCT";
    }
    sql += &with_parameters(&index.options);
    if let Some(name) = value(&index.options, TABLESPACE) {
        sql += &format!(" {TABLESPACE}{name}");
    }
    if let Some(predicate) = &index.predicate {
        sql += &format!(" WHERE {predicate}");
    }
    // https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
    let held = if is_only { Held::Briefly } else { Held::Rewrite };
    let mut statements = vec![statement(sql, Lock::Writes).held(held)];
    let name = schema_prefix(table) + &index_name(table, index);
    for clause in index.options.iter().filter(|clause| clause.starts_with(ALTER_COLUMN)) {
        statements.push(statement(format!("ALTER INDEX {name} {clause}"), Lock::None));
    }
    statements.extend(index.comment.as_deref().map(|text| object_comment("INDEX", &name, Some(text))));
    statements.extend(attach_parts(table, &index_name(table, index), &index.options));
    statements
}

/// Makes indexes of partitions parts of one that is there.
/// <https://www.postgresql.org/docs/current/sql-alterindex.html>
pub(super) fn attach_parts(table: &ObjectName, index: &str, options: &[Str]) -> Vec<Statement> {
    let clauses = options.iter().filter(|clause| clause.starts_with(ATTACH_PARTITION));
    let name = schema_prefix(table) + index;
    clauses.map(|clause| statement(format!("ALTER INDEX {name} {clause}"), Lock::ReadsAndWrites)).collect()
}

pub(super) fn drop_index(table: &ObjectName, index: &Index) -> Statement {
    let cascade = if has(&index.options, CASCADE) { " CASCADE" } else { "" };
    let sql = format!("DROP INDEX {}{}{cascade}", schema_prefix(table), index_name(table, index));
    statement(sql, Lock::ReadsAndWrites)
}

/// Before the name of what is in the table's schema.
pub(super) fn schema_prefix(table: &ObjectName) -> String {
    table.schema.as_ref().map_or_else(String::new, |schema| format!("{}.", quote(schema)))
}

fn index_name(table: &ObjectName, index: &Index) -> String {
    let columns: Vec<Str> = index
        .parts
        .iter()
        .map(|part| match &part.key {
            IndexKey::Column(column) => column.clone(),
            IndexKey::Expression(_) => "expr".into(),
        })
        .collect();
    constraint_name(&table.name, index.name.as_ref(), &columns, "idx")
}

fn index_part(part: &IndexPart) -> String {
    let mut sql = match &part.key {
        IndexKey::Column(column) => quote(column),
        IndexKey::Expression(expression) => format!("({expression})"),
    };
    if let Some(collation) = &part.collation {
        sql += &format!(" COLLATE {}", visible_or_sql(collation));
    }
    if let Some(operator_class) = &part.operator_class {
        sql += &format!(" {}", visible_or_sql(operator_class));
    }
    if part.order == SortOrder::Descending {
        sql += " DESC";
    }
    match part.nulls {
        Some(Nulls::First) => sql += " NULLS FIRST",
        Some(Nulls::Last) => sql += " NULLS LAST",
        None => {}
    }
    sql
}
