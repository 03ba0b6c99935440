//! Commands and queries -> SQL. No I/O.

use std::fmt::Write as _;
use std::sync::Arc;

use sea_query::{
    BinOper, DynIden, Expr, ExprTrait, Func, InsertStatement, IntoIden, MysqlQueryBuilder, OptionEnum,
    PostgresQueryBuilder, SchemaName, SelectStatement, SqliteQueryBuilder, TableName, TypeRef, UpdateStatement, Value,
    Values,
};
use sea_query_sqlx::{SqlxBinder, SqlxValues};

use super::Error;
use super::cast::{read_as, written_as};
use super::given::Given;
use super::texts::{Kind, Shape};
use crate::model::{ColumnValue, ColumnValues, Driver};
use crate::schema::Table;
use crate::types::encode;

/// SQL for one database, with its values.
pub(super) struct Statement {
    pub(super) table: &'static Table,
    pub(super) sql: Arc<str>,
    pub(super) values: Given,
    /// Whether the connection keeps it prepared: not what will hardly come again, because it keeps a hundred.
    pub(super) kept: bool,
}

impl Statement {
    /// A statement whose text is that of its shape, with values in the order in which the text has them.
    fn new(table: &'static Table, sql: Arc<str>, values: impl IntoIterator<Item = ColumnValue>) -> Self {
        let values = values.into_iter().map(|(_, value)| value).collect();
        Self { table, sql, values: Given::Values(values), kept: true }
    }

    pub(super) fn without_values(table: &'static Table, sql: &str) -> Self {
        Self { table, sql: sql.into(), values: Given::Values(Vec::new()), kept: true }
    }

    /// A statement with values as its caller wrote them.
    ///
    /// # Errors
    /// [`Error::Encode`] for a value that the database cannot hold: no row can have it.
    pub(super) fn written(driver: Driver, table: &'static Table, statement: &impl SqlxBinder) -> Result<Self, Error> {
        let (sql, SqlxValues(Values(values))) = build(driver, statement);
        Self::given(driver, table, sql, values)
    }

    fn given(driver: Driver, table: &'static Table, sql: String, values: Vec<Value>) -> Result<Self, Error> {
        let values: Result<_, _> = values.into_iter().map(|value| encode(value, driver)).collect();
        let values = Given::Values(values.map_err(Error::encode(table))?);
        Ok(Self { table, sql: sql.into(), values, kept: true })
    }
}

fn build(driver: Driver, statement: &impl SqlxBinder) -> (String, SqlxValues) {
    match driver {
        Driver::Sqlite => statement.build_sqlx(SqliteQueryBuilder),
        Driver::Postgres => statement.build_sqlx(PostgresQueryBuilder),
        Driver::MySql => statement.build_sqlx(MysqlQueryBuilder),
    }
}

/// The values of a row or key, or the error that names the table.
pub(super) fn values_of(
    driver: Driver,
    table: &'static Table,
    of: &dyn ColumnValues,
) -> Result<Vec<ColumnValue>, Error> {
    of.column_values(driver).map_err(Error::encode(table))
}

/// Inserts rows that have values for the same columns, and returns columns of theirs, if any.
pub(super) fn insert(
    driver: Driver,
    table: &'static Table,
    rows: Vec<Vec<ColumnValue>>,
    returned: &[&'static str],
) -> Statement {
    let first = rows.first().map(Vec::as_slice).unwrap_or_default();
    let build = || {
        let mut sql = insert_text(driver, table, first, rows.len());
        returning(&mut sql, driver, table, returned);
        sql
    };
    let sql = match rows.len() {
        1 => {
            let shape = Shape::new(Kind::Insert, driver, table);
            shape.with(names(first)).with(returned.iter().copied()).text(build)
        }
        _ => build().into(),
    };
    Statement::new(table, sql, rows.into_iter().flatten())
}

/// Inserts a row, or where there is one with the same values in the columns of the key, changes that.
pub(super) fn upsert(
    driver: Driver,
    table: &'static Table,
    key: &[&'static str],
    row: Vec<ColumnValue>,
    version: Option<&'static str>,
    returned: &[&'static str],
) -> Statement {
    let shape = Shape::new(Kind::Upsert, driver, table);
    let shape = shape.with(names(&row)).with(key.iter().copied()).with(returned.iter().copied());
    let sql = shape.text(|| {
        let quote = |name: &str| quoted(driver, name);
        let mut sets: Vec<String> =
            (changed_by_upsert(table, key, &row)).map(|column| format!("{0} = excluded.{0}", quote(column))).collect();
        match (version, key.first()) {
            (Some(version), _) if !sets.is_empty() => {
                sets.push(format!("{0} = {1}.{0} + 1", quote(version), quote(&table.name)));
            }
            // So that the row that is there is returned.
            (_, Some(first)) if sets.is_empty() => sets.push(format!("{0} = excluded.{0}", quote(first))),
            _ => {}
        }
        let key: Vec<String> = key.iter().map(|column| quote(column)).collect();
        let mut sql = insert_text(driver, table, &row, 1);
        let _ = write!(sql, " ON CONFLICT ({}) DO UPDATE SET {}", key.join(", "), sets.join(", "));
        returning(&mut sql, driver, table, returned);
        sql
    });
    Statement::new(table, sql, row)
}

/// What an upsert sets in a row that is there: all that is given, except what it is found by and its primary key.
pub(super) fn changed_by_upsert<'r>(
    table: &'static Table,
    key: &'r [&'static str],
    row: &'r [ColumnValue],
) -> impl Iterator<Item = &'static str> + 'r {
    names(row).filter(move |name| !key.contains(name) && !key_columns(table).any(|column| column == *name))
}

/// Reads columns of the row that this connection inserted last, where the database has no `RETURNING`. `None` where the
/// key is neither in the row nor a number that the database counted.
pub(super) fn last_row(
    driver: Driver,
    table: &'static Table,
    row: Vec<ColumnValue>,
    columns: &[&'static str],
) -> Option<Statement> {
    table.primary_key.as_ref()?;
    let mut select = select_from(driver, table, columns.iter().copied());
    for name in key_columns(table) {
        let condition = match row.iter().find(|(column, _)| *column == name) {
            Some((_, value)) => Expr::col(name).eq(value_expr(driver, table, name, value.clone())),
            None if table.column(name).is_some_and(|column| column.auto_increment) => {
                Expr::col(name).eq(Expr::cust("LAST_INSERT_ID()"))
            }
            None => return None,
        };
        select.and_where(condition);
    }
    let (sql, SqlxValues(Values(values))) = build(driver, &select);
    Some(Statement { table, sql: sql.into(), values: Given::Values(values), kept: true })
}

/// Changes the rows that have these values, and counts their version up.
pub(super) fn update(
    driver: Driver,
    table: &'static Table,
    found_by: Vec<ColumnValue>,
    counted: Option<&'static str>,
    patch: Vec<ColumnValue>,
    returned: &[&'static str],
) -> Statement {
    let shape = Shape::new(Kind::Update, driver, table).with(names(&patch)).with(names(&found_by));
    let sql = shape.with(counted).with(returned.iter().copied()).text(|| {
        let update = update_statement(driver, table, &found_by, counted, patch.clone());
        let mut sql = build(driver, &update).0;
        returning(&mut sql, driver, table, returned);
        sql
    });
    Statement::new(table, sql, patch.into_iter().chain(found_by))
}

pub(super) fn update_statement(
    driver: Driver,
    table: &'static Table,
    found_by: &[ColumnValue],
    counted: Option<&'static str>,
    patch: Vec<ColumnValue>,
) -> UpdateStatement {
    let mut update = sea_query::Query::update();
    update.table(table_name(table));
    update.values(patch.into_iter().map(|(column, value)| (column, value_expr(driver, table, column, value))));
    if let Some(column) = counted {
        update.value(column, Expr::col(column).add(Expr::cust("1")));
    }
    for condition in matches_all(driver, table, found_by) {
        update.and_where(condition);
    }
    update
}

/// Removes the row that has these values.
pub(super) fn delete(driver: Driver, table: &'static Table, values: Vec<ColumnValue>) -> Statement {
    let sql = Shape::new(Kind::Delete, driver, table).with(names(&values)).text(|| {
        let mut delete = sea_query::Query::delete();
        delete.from_table(table_name(table));
        for condition in matches_all(driver, table, &values) {
            delete.and_where(condition);
        }
        build(driver, &delete).0
    });
    Statement::new(table, sql, values)
}

/// Selects columns of the one row that has these values.
pub(super) fn select_where(
    driver: Driver,
    table: &'static Table,
    columns: &[&'static str],
    values: Vec<ColumnValue>,
) -> Statement {
    let shape = Shape::new(Kind::SelectWhere, driver, table);
    let sql = shape.with(columns.iter().copied()).with(names(&values)).text(|| {
        let mut select = select_from(driver, table, columns.iter().copied());
        for condition in matches_all(driver, table, &values) {
            select.and_where(condition);
        }
        build(driver, &select).0
    });
    Statement::new(table, sql, values)
}

/// What is selected, and the part of a query behind it: conditions, order, limit. The text before it is built once.
///
/// # Errors
/// [`Error::Encode`].
pub(super) fn select(
    driver: Driver,
    table: &'static Table,
    columns: &[&'static str],
    rest: impl FnOnce(&mut SelectStatement),
) -> Result<Statement, Error> {
    let select = Shape::new(Kind::SelectFrom, driver, table)
        .with(columns.iter().copied())
        .text(|| build(driver, &select_from(driver, table, columns.iter().copied())).0);
    select_expression(driver, table, &select, rest)
}

/// The same of whatever is selected.
///
/// # Errors
/// [`Error::Encode`].
pub(super) fn select_expression(
    driver: Driver,
    table: &'static Table,
    select: &str,
    rest: impl FnOnce(&mut SelectStatement),
) -> Result<Statement, Error> {
    let mut only_rest = sea_query::Query::select();
    only_rest.expr(Expr::cust("*"));
    rest(&mut only_rest);
    let (sql, SqlxValues(Values(values))) = build(driver, &only_rest);
    // Never without it: a condition that is lost finds other rows.
    let rest = sql.get("SELECT *".len()..).unwrap_or(&sql);
    Statement::given(driver, table, [select, rest].concat(), values)
}

/// `expression` of all rows.
pub(super) fn from_table(driver: Driver, table: &'static Table, expression: &str) -> String {
    format!("SELECT {expression} FROM {}", quoted_table(driver, table))
}

pub(super) fn select_from(
    driver: Driver,
    table: &'static Table,
    columns: impl IntoIterator<Item = &'static str>,
) -> SelectStatement {
    let mut select = sea_query::Query::select();
    select.exprs(columns.into_iter().map(|name| column_expr(driver, table, name))).from(table_name(table));
    select
}

/// The columns of the primary key, in key order.
pub(super) fn key_columns(table: &'static Table) -> impl Iterator<Item = &'static str> {
    table.primary_key.iter().flat_map(|key| key.columns.iter()).map(AsRef::as_ref)
}

/// The same as sea-query's statement.
pub(super) fn insert_statement(driver: Driver, table: &'static Table, row: Vec<ColumnValue>) -> InsertStatement {
    let mut insert = sea_query::Query::insert();
    insert.into_table(table_name(table));
    if row.is_empty() {
        insert.or_default_values();
    } else {
        insert.columns(row.iter().map(|(column, _)| *column));
        insert.values_panic(row.into_iter().map(|(column, value)| value_expr(driver, table, column, value)));
    }
    insert
}

/// Inserts rows by a list for each column, which PostgreSQL takes in far faster than a placeholder for each value, and in one
/// text however many rows there are. `None` where [`lists`](super::given::lists) cannot be made.
/// <https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-TABLEFUNCTIONS>
#[cfg(feature = "postgres")]
pub(super) fn insert_lists(
    table: &'static Table,
    rows: &[Vec<ColumnValue>],
    returned: &[&'static str],
) -> Option<Statement> {
    let first = rows.first().filter(|row| !row.is_empty())?;
    let lists = super::given::lists(rows)?;
    let driver = Driver::Postgres;
    let shape = Shape::new(Kind::InsertLists, driver, table).with(names(first)).with(returned.iter().copied());
    let sql = shape.text(|| {
        let columns: Vec<String> = names(first).map(|name| quoted(driver, name)).collect();
        let from: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let cast = first.iter().zip(&columns).map(|(value, column)| {
            let (before, after) = around_placeholder(driver, table, value);
            format!("{before}{column}{after}")
        });
        let mut sql = format!(
            "INSERT INTO {} ({columns}) SELECT {} FROM UNNEST({}) AS given ({columns})",
            quoted_table(driver, table),
            cast.collect::<Vec<_>>().join(", "),
            from.join(", "),
            columns = columns.join(", "),
        );
        returning(&mut sql, driver, table, returned);
        sql
    });
    Some(Statement { table, sql, values: Given::Lists(lists), kept: true })
}

/// The text of an insert of so many rows like this one. Not by sea-query, which takes as long over thousands of rows as the
/// database does.
fn insert_text(driver: Driver, table: &'static Table, row: &[ColumnValue], rows: usize) -> String {
    let name = quoted_table(driver, table);
    if row.is_empty() {
        let nothing = if driver == Driver::MySql { "VALUES ()" } else { "DEFAULT VALUES" };
        return format!("INSERT INTO {name} {nothing}");
    }
    let columns: Vec<String> = names(row).map(|column| quoted(driver, column)).collect();
    let mut sql = format!("INSERT INTO {name} ({}) VALUES ", columns.join(", "));
    let around: Vec<(String, String)> = row.iter().map(|value| around_placeholder(driver, table, value)).collect();
    let mut number = 0_usize;
    for at in 0..rows {
        sql.push_str(if at == 0 { "(" } else { ", (" });
        for (at, (before, after)) in around.iter().enumerate() {
            if at > 0 {
                sql.push_str(", ");
            }
            sql.push_str(before);
            number += 1;
            match driver {
                Driver::Postgres => {
                    let _ = write!(sql, "${number}");
                }
                Driver::Sqlite | Driver::MySql => sql.push('?'),
            }
            sql.push_str(after);
        }
        sql.push(')');
    }
    sql
}

/// What a value has around its placeholder: a cast, where PostgreSQL needs one.
fn around_placeholder(driver: Driver, table: &'static Table, (column, value): &ColumnValue) -> (String, String) {
    if driver != Driver::Postgres {
        return <(String, String)>::default();
    }
    let mut select = sea_query::Query::select();
    select.expr(value_expr(driver, table, column, value.clone()));
    let sql = build(driver, &select).0;
    let (before, after) = sql.strip_prefix("SELECT ").and_then(|sql| sql.split_once("$1")).unwrap_or_default();
    (before.to_owned(), after.to_owned())
}

/// Makes a statement return columns of what it wrote.
fn returning(sql: &mut String, driver: Driver, table: &'static Table, columns: &[&'static str]) {
    if columns.is_empty() {
        return;
    }
    let columns: Vec<String> = columns
        .iter()
        .map(|name| match cast_of(driver, table, name) {
            Some(as_type) => format!("CAST({0} AS {as_type}) AS {0}", quoted(driver, name)),
            None => quoted(driver, name),
        })
        .collect();
    let columns = columns.join(", ");
    let _ = match driver {
        // MariaDB 10.5 reads this, MySQL takes it for a comment. <https://mariadb.com/kb/en/comment-syntax/>
        Driver::MySql => write!(sql, " /*M!100500 RETURNING {columns} */"),
        Driver::Sqlite | Driver::Postgres => write!(sql, " RETURNING {columns}"),
    };
}

fn names(values: &[ColumnValue]) -> impl Iterator<Item = &'static str> {
    values.iter().map(|(column, _)| *column)
}

fn quoted(driver: Driver, name: &str) -> String {
    let quote = if driver == Driver::MySql { '`' } else { '"' };
    let doubled = [quote; 2].iter().collect::<String>();
    format!("{quote}{}{quote}", name.replace(quote, &doubled))
}

pub(super) fn quoted_table(driver: Driver, table: &Table) -> String {
    match &table.schema {
        Some(schema) => format!("{}.{}", quoted(driver, schema), quoted(driver, &table.name)),
        None => quoted(driver, &table.name),
    }
}

fn matches_all<'v>(
    driver: Driver,
    table: &'static Table,
    values: impl IntoIterator<Item = &'v ColumnValue>,
) -> impl Iterator<Item = Expr> {
    values
        .into_iter()
        .map(move |(column, value)| Expr::col(*column).eq(value_expr(driver, table, column, value.clone())))
}

/// The type that a column is cast to when it is read.
pub(super) fn cast_of(driver: Driver, table: &'static Table, name: &str) -> Option<&'static str> {
    table.column(name).filter(|_| driver == Driver::Postgres).and_then(|column| read_as(&column.column_type))
}

/// A column, as the type that its field is read as.
fn column_expr(driver: Driver, table: &'static Table, name: &'static str) -> Expr {
    let column = Expr::col(name);
    match cast_of(driver, table, name) {
        Some(as_type) => Func::cast_as(column.clone(), as_type).binary(BinOper::As, column),
        None => column,
    }
}

/// A value, as the type of its column. An enum type lives in the schema of its table, where a bare name may not find it.
pub(super) fn value_expr(driver: Driver, table: &'static Table, name: &str, value: Value) -> Expr {
    let written_as = match driver {
        Driver::Postgres => table.column(name).and_then(|column| written_as(&column.column_type)),
        Driver::Sqlite | Driver::MySql => None,
    };
    match (&table.schema, value) {
        (_, value) if let Some(as_type) = written_as => Func::cast_as(Expr::val(value), as_type).into(),
        (Some(schema), Value::Enum(label)) => {
            let (name, text) = match label {
                OptionEnum::Some(label) => (label.type_name.to_string(), Some(label.value.into_owned())),
                OptionEnum::None(name) => (name.to_string(), None),
            };
            let schema = SchemaName(None, iden(schema));
            Func::cast_as_quoted(Expr::val(Value::String(text)), TypeRef(Some(schema), name.into_iden())).into()
        }
        (_, value) => Expr::val(value),
    }
}

fn table_name(table: &'static Table) -> TableName {
    TableName(table.schema.as_deref().map(|schema| SchemaName(None, iden(schema))), iden(&table.name))
}

fn iden(name: &'static str) -> DynIden {
    name.into_iden()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::model::{EncodeError, ObjectModel, Patch, Read, SqlType, Write};
    use crate::schema::{Access, Column, ColumnType, List, PrimaryKey, Str};

    struct Job;

    #[derive(Default)]
    struct Side {
        id: i64,
    }
    crate::impl_from_row!(Side { id: i64 = "id" });

    const COLUMNS: &[Column] = &[Column {
        name: Cow::Borrowed("id"),
        column_type: ColumnType::BigInteger,
        nullable: false,
        default: None,
        generated: None,
        auto_increment: true,
        collation: None,
        options: List::Constant(&[]),
        comment: None,
        renamed_from: None,
        backfill: None,
        sql_on: List::Constant(&[]),
        former_labels: List::Constant(&[]),
        access: Access::ReadWrite,
    }];
    const KEY: &[Str] = &[Cow::Borrowed("tenant"), Cow::Borrowed("id")];

    impl ObjectModel for Job {
        const TABLE_NAME: &'static str = "jobs";
        const TABLE: &'static Table = &Table {
            schema: None,
            name: Cow::Borrowed("jobs"),
            columns: List::Constant(COLUMNS),
            primary_key: Some(PrimaryKey {
                name: None,
                columns: List::Constant(KEY),
                options: List::Constant(&[]),
                comment: None,
            }),
            uniques: List::Constant(&[]),
            indexes: List::Constant(&[]),
            foreign_keys: List::Constant(&[]),
            checks: List::Constant(&[]),
            exclusions: List::Constant(&[]),
            inherits: List::Constant(&[]),
            partition_bound: None,
            options: List::Constant(&[]),
            comment: None,
            depends_on: List::Constant(&[]),
            renamed_from: None,
            model: None,
        };
        type Write = Side;
        type Patch = Side;
        type Read = Side;
    }

    fn values(statement: &Statement) -> &[Value] {
        match &statement.values {
            Given::Values(values) => values,
            #[cfg(feature = "postgres")]
            Given::Lists(_) => panic!("{} has lists", statement.sql),
        }
    }

    impl ColumnValues for Side {
        fn column_values(&self, driver: Driver) -> Result<Vec<ColumnValue>, EncodeError> {
            Ok(vec![("id", self.id.to_value(driver)?)])
        }
    }
    impl Write for Side {
        type Model = Job;
    }
    impl Patch for Side {
        type Model = Job;
    }
    impl Read for Side {
        type Model = Job;
        const COLUMNS: &'static [&'static str] = &["id"];
    }

    #[test]
    fn postgresql_casts_what_only_it_has() {
        let further = ColumnType::PerDatabase {
            postgres: Some("citext".into()),
            mysql: None,
            sqlite: None,
            otherwise: vec![ColumnType::Text].into(),
        };
        let mut table = Job::TABLE.clone();
        table.columns = vec![Column::new("name", further)].into();
        let table: &'static Table = Box::leak(Box::new(table));
        let sql = |driver| {
            let mut select = sea_query::Query::select();
            select.expr(column_expr(driver, table, "name"));
            select.and_where(Expr::col("name").eq(value_expr(driver, table, "name", "n".into())));
            select.to_string(PostgresQueryBuilder)
        };
        let cast = r#"SELECT CAST("name" AS text) AS "name" WHERE "name" = CAST('n' AS citext)"#;
        assert_eq!(sql(Driver::Postgres), cast);
        assert_eq!(sql(Driver::MySql), r#"SELECT "name" WHERE "name" = 'n'"#);
    }

    #[test]
    fn an_update_of_a_version_counts_it() {
        let sql = |driver| {
            let found_by = vec![("id", 1.into()), ("seen", 7.into())];
            update(driver, Job::TABLE, found_by, Some("seen"), vec![("note", "n".into())], &[]).sql
        };
        assert_eq!(
            &*sql(Driver::Postgres),
            r#"UPDATE "jobs" SET "note" = $1, "seen" = "seen" + (1) WHERE "id" = $2 AND "seen" = $3"#
        );
        assert_eq!(
            &*sql(Driver::MySql),
            "UPDATE `jobs` SET `note` = ?, `seen` = `seen` + (1) WHERE `id` = ? AND `seen` = ?"
        );
    }

    fn row() -> Vec<ColumnValue> {
        vec![("tenant", "t".into()), ("note", "n".into())]
    }

    #[test]
    fn an_insert_returns_columns() {
        let sql = |driver| insert(driver, Job::TABLE, vec![row()], &["tenant", "id"]).sql;
        let expected = r#"INSERT INTO "jobs" ("tenant", "note") VALUES ($1, $2) RETURNING "tenant", "id""#;
        assert_eq!(&*sql(Driver::Postgres), expected);
        assert_eq!(*sql(Driver::Sqlite), expected.replace("$1", "?").replace("$2", "?"));
        assert_eq!(
            &*sql(Driver::MySql),
            "INSERT INTO `jobs` (`tenant`, `note`) VALUES (?, ?) /*M!100500 RETURNING `tenant`, `id` */"
        );
    }

    #[test]
    fn many_rows_are_one_statement() {
        let statement = insert(Driver::Postgres, Job::TABLE, vec![row(), row(), row()], &[]);
        assert_eq!(&*statement.sql, r#"INSERT INTO "jobs" ("tenant", "note") VALUES ($1, $2), ($3, $4), ($5, $6)"#);
        assert_eq!(values(&statement).len(), 6);
    }

    #[test]
    fn an_enum_is_cast_to_the_type_in_the_schema_of_its_table() {
        let mut table = Job::TABLE.clone();
        let label = || {
            Value::Enum(OptionEnum::Some(Box::new(sea_query::Enum { type_name: "mood".into(), value: "calm".into() })))
        };
        let sql = |table: &Table| {
            let table: &'static Table = Box::leak(Box::new(table.clone()));
            insert(Driver::Postgres, table, vec![vec![("mood", label())]], &[]).sql
        };
        assert_eq!(&*sql(&table), r#"INSERT INTO "jobs" ("mood") VALUES ($1::"mood")"#);
        table.schema = Some("apart".into());
        assert_eq!(&*sql(&table), r#"INSERT INTO "apart"."jobs" ("mood") VALUES (CAST($1 AS "apart"."mood"))"#);
    }

    #[test]
    fn an_upsert_changes_what_is_given_and_neither_what_it_is_found_by_nor_the_key() {
        let row = || vec![("tenant", "t".into()), ("note", "n".into()), ("count", 1.into())];
        let sql = |key| upsert(Driver::Sqlite, Job::TABLE, key, row(), Some("seen"), &["id"]).sql;
        assert_eq!(
            &*sql(&["note"]),
            r#"INSERT INTO "jobs" ("tenant", "note", "count") VALUES (?, ?, ?) ON CONFLICT ("note") DO UPDATE SET "count" = excluded."count", "seen" = "jobs"."seen" + 1 RETURNING "id""#
        );
        let sql = upsert(Driver::Sqlite, Job::TABLE, &["tenant"], vec![("tenant", "t".into())], Some("seen"), &[]).sql;
        assert_eq!(
            &*sql,
            r#"INSERT INTO "jobs" ("tenant") VALUES (?) ON CONFLICT ("tenant") DO UPDATE SET "tenant" = excluded."tenant""#
        );
    }

    #[test]
    fn the_rest_of_a_query_follows_what_is_selected() {
        let select = |driver| {
            select(driver, Job::TABLE, &["id"], |select| {
                select.and_where(Expr::col("note").eq("n")).order_by("id", sea_query::Order::Desc).limit(3);
            })
        };
        let statement = select(Driver::Postgres).unwrap();
        assert_eq!(&*statement.sql, r#"SELECT "id" FROM "jobs" WHERE "note" = $1 ORDER BY "id" DESC LIMIT $2"#);
        assert_eq!(values(&statement).len(), 2);
        assert_eq!(
            &*select(Driver::MySql).unwrap().sql,
            "SELECT `id` FROM `jobs` WHERE `note` = ? ORDER BY `id` DESC LIMIT ?"
        );
    }

    #[test]
    fn without_returning_the_key_is_what_was_given_and_what_was_counted() {
        let last = |row| last_row(Driver::MySql, Job::TABLE, row, &["tenant", "id"]);
        assert_eq!(
            &*last(row()).unwrap().sql,
            "SELECT `tenant`, `id` FROM `jobs` WHERE `tenant` = ? AND `id` = (LAST_INSERT_ID())"
        );
        assert!(last(vec![("note", "n".into())]).is_none());
    }

    #[test]
    fn a_row_without_values_is_all_defaults() {
        let sql = |driver| insert(driver, Job::TABLE, vec![Vec::new()], &[]).sql;
        assert_eq!(&*sql(Driver::Sqlite), r#"INSERT INTO "jobs" DEFAULT VALUES"#);
        assert_eq!(&*sql(Driver::Postgres), r#"INSERT INTO "jobs" DEFAULT VALUES"#);
        assert_eq!(&*sql(Driver::MySql), "INSERT INTO `jobs` VALUES ()");
    }
}
