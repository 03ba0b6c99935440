//! Commands and queries -> SQL. No I/O.

use sea_query::{
    BinOper, DynIden, Expr, ExprTrait, Func, IntoIden, MysqlQueryBuilder, OptionEnum, PostgresQueryBuilder, SchemaName,
    SelectStatement, SqliteQueryBuilder, TableName, TypeRef, Value,
};
use sea_query_sqlx::{SqlxBinder, SqlxValues};

use super::Error;
use super::cast::{read_as, written_as};
use crate::model::{ColumnValue, ColumnValues, Driver, ObjectModel};
use crate::schema::Table;
use crate::types::encode;

/// SQL for one database, with its values.
pub(super) struct Statement {
    pub(super) table: &'static str,
    pub(super) sql: String,
    pub(super) values: SqlxValues,
}

impl Statement {
    fn build<M: ObjectModel>(driver: Driver, statement: &impl SqlxBinder) -> Self {
        let (sql, values) = match driver {
            Driver::Sqlite => statement.build_sqlx(SqliteQueryBuilder),
            Driver::Postgres => statement.build_sqlx(PostgresQueryBuilder),
            Driver::MySql => statement.build_sqlx(MysqlQueryBuilder),
        };
        Self { table: M::TABLE_NAME, sql, values }
    }
}

/// The values of a row or key, or the error that names the table.
pub(super) fn values_of<V: ColumnValues>(of: &V, driver: Driver) -> Result<Vec<ColumnValue>, Error> {
    of.column_values(driver).map_err(Error::encode(V::Model::TABLE_NAME))
}

/// Inserts rows that have values for the same columns.
pub(super) fn insert<M: ObjectModel>(driver: Driver, rows: Vec<Vec<ColumnValue>>) -> Statement {
    Statement::build::<M>(driver, &insert_into::<M>(driver, rows))
}

/// Inserts a row and returns its key.
pub(super) fn insert_returning<M: ObjectModel>(driver: Driver, row: Vec<ColumnValue>) -> Statement {
    let mut insert = insert_into::<M>(driver, vec![row]);
    insert.returning(
        sea_query::Query::returning().exprs(key_columns(M::TABLE).map(|name| column_expr(driver, M::TABLE, name))),
    );
    let mut statement = Statement::build::<M>(driver, &insert);
    if driver == Driver::MySql {
        // MariaDB 10.5 reads this, MySQL takes it for a comment. <https://mariadb.com/kb/en/comment-syntax/>
        let columns: Vec<String> =
            key_columns(M::TABLE).map(|column| format!("`{}`", column.replace('`', "``"))).collect();
        statement.sql.push_str(&format!(" /*M!100500 RETURNING {} */", columns.join(", ")));
    }
    statement
}

/// Reads the key of the row that this connection inserted last, where the database has no `RETURNING`. `None` where the
/// key is neither in the row nor a number that the database counted.
pub(super) fn last_key<M: ObjectModel>(driver: Driver, row: Vec<ColumnValue>) -> Option<Statement> {
    let mut select = select_from::<M>(driver, key_columns(M::TABLE));
    for name in key_columns(M::TABLE) {
        let condition = match row.iter().find(|(column, _)| *column == name) {
            Some((_, value)) => Expr::col(name).eq(value_expr(driver, M::TABLE, name, value.clone())),
            None if M::TABLE.column(name).is_some_and(|column| column.auto_increment) => {
                Expr::col(name).eq(Expr::cust("LAST_INSERT_ID()"))
            }
            None => return None,
        };
        select.and_where(condition);
    }
    Some(Statement::build::<M>(driver, &select))
}

/// Changes the row that has the key and, where one is given, the version, which is then counted up.
pub(super) fn update<M: ObjectModel>(
    driver: Driver,
    key: Vec<ColumnValue>,
    version: Option<ColumnValue>,
    patch: Vec<ColumnValue>,
) -> Statement {
    let mut update = sea_query::Query::update();
    update.table(table_name(M::TABLE));
    let values = patch.into_iter().map(|(column, value)| (column, value_expr(driver, M::TABLE, column, value)));
    update.values(values);
    if let Some((column, _)) = &version {
        update.value(*column, Expr::col(*column).add(1));
    }
    for condition in matches_all::<M>(driver, key.into_iter().chain(version)) {
        update.and_where(condition);
    }
    Statement::build::<M>(driver, &update)
}

/// Removes the row that has these values.
pub(super) fn delete<M: ObjectModel>(driver: Driver, values: Vec<ColumnValue>) -> Statement {
    let mut delete = sea_query::Query::delete();
    delete.from_table(table_name(M::TABLE));
    for condition in matches_all::<M>(driver, values) {
        delete.and_where(condition);
    }
    Statement::build::<M>(driver, &delete)
}

/// Selects columns of the one row that has the key, and whatever else is asked of it.
pub(super) fn select_by_key<M: ObjectModel>(
    driver: Driver,
    columns: impl IntoIterator<Item = &'static str>,
    values: impl IntoIterator<Item = ColumnValue>,
) -> Statement {
    let mut select = select_from::<M>(driver, columns);
    for condition in matches_all::<M>(driver, values) {
        select.and_where(condition);
    }
    Statement::build::<M>(driver, &select)
}

/// A query with values as its caller wrote them.
///
/// # Errors
/// [`Error::Encode`] for a value that the database cannot hold: no row can have it.
pub(super) fn select<M: ObjectModel>(driver: Driver, select: &SelectStatement) -> Result<Statement, Error> {
    let mut statement = Statement::build::<M>(driver, select);
    for value in &mut statement.values.0.0 {
        let given = std::mem::replace(value, Value::Bool(None));
        *value = encode(given, driver).map_err(Error::encode(M::TABLE_NAME))?;
    }
    Ok(statement)
}

pub(super) fn select_from<M: ObjectModel>(
    driver: Driver,
    columns: impl IntoIterator<Item = &'static str>,
) -> SelectStatement {
    let mut select = sea_query::Query::select();
    select.exprs(columns.into_iter().map(|name| column_expr(driver, M::TABLE, name))).from(table_name(M::TABLE));
    select
}

/// The columns of the primary key, in key order.
pub(super) fn key_columns(table: &'static Table) -> impl Iterator<Item = &'static str> {
    table.primary_key.iter().flat_map(|key| key.columns.iter()).map(AsRef::as_ref)
}

fn insert_into<M: ObjectModel>(driver: Driver, rows: Vec<Vec<ColumnValue>>) -> sea_query::InsertStatement {
    let mut insert = sea_query::Query::insert();
    insert.into_table(table_name(M::TABLE));
    match rows.first() {
        Some(first) if !first.is_empty() => {
            insert.columns(first.iter().map(|(column, _)| *column));
        }
        _ => {
            insert.or_default_values();
            return insert;
        }
    }
    for row in rows {
        let values = row.into_iter().map(|(column, value)| value_expr(driver, M::TABLE, column, value));
        insert.values_panic(values);
    }
    insert
}

fn matches_all<M: ObjectModel>(
    driver: Driver,
    values: impl IntoIterator<Item = ColumnValue>,
) -> impl Iterator<Item = Expr> {
    values.into_iter().map(move |(column, value)| Expr::col(column).eq(value_expr(driver, M::TABLE, column, value)))
}

/// A column, as the type that its field is read as.
fn column_expr(driver: Driver, table: &'static Table, name: &'static str) -> Expr {
    let column = Expr::col(name);
    let read_as = table.column(name).filter(|_| driver == Driver::Postgres).and_then(|of| read_as(&of.column_type));
    match read_as {
        Some(as_type) => Func::cast_as(column.clone(), as_type).binary(BinOper::As, column),
        None => column,
    }
}

/// A value, as the type of its column. An enum type lives in the schema of its table, where a bare name may not find it.
fn value_expr(driver: Driver, table: &'static Table, name: &str, value: Value) -> Expr {
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
    use crate::model::{EncodeError, Key, Patch, Read, SqlType, Write};
    use crate::schema::{Access, Column, ColumnType, PrimaryKey, Str};

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
        options: Cow::Borrowed(&[]),
        comment: None,
        renamed_from: None,
        backfill: None,
        access: Access::ReadWrite,
    }];
    const KEY: &[Str] = &[Cow::Borrowed("tenant"), Cow::Borrowed("id")];

    impl ObjectModel for Job {
        const TABLE_NAME: &'static str = "jobs";
        const TABLE: &'static Table = &Table {
            schema: None,
            name: Cow::Borrowed("jobs"),
            columns: Cow::Borrowed(COLUMNS),
            primary_key: Some(PrimaryKey {
                name: None,
                columns: Cow::Borrowed(KEY),
                options: Cow::Borrowed(&[]),
                comment: None,
            }),
            uniques: Cow::Borrowed(&[]),
            indexes: Cow::Borrowed(&[]),
            foreign_keys: Cow::Borrowed(&[]),
            checks: Cow::Borrowed(&[]),
            exclusions: Cow::Borrowed(&[]),
            inherits: Cow::Borrowed(&[]),
            partition_bound: None,
            options: Cow::Borrowed(&[]),
            comment: None,
            depends_on: Cow::Borrowed(&[]),
            renamed_from: None,
            model: None,
        };
        type Key = Side;
        type Write = Side;
        type Patch = Side;
        type Read = Side;
    }

    impl ColumnValues for Side {
        type Model = Job;

        fn column_values(&self, driver: Driver) -> Result<Vec<ColumnValue>, EncodeError> {
            Ok(vec![("id", self.id.to_value(driver)?)])
        }
    }
    impl Write for Side {}
    impl Patch for Side {}
    impl Key for Side {}
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
            let (key, version) = (vec![("id", 1.into())], Some(("seen", 7.into())));
            update::<Job>(driver, key, version, vec![("note", "n".into())]).sql
        };
        assert_eq!(
            sql(Driver::Postgres),
            r#"UPDATE "jobs" SET "note" = $1, "seen" = "seen" + $2 WHERE "id" = $3 AND "seen" = $4"#
        );
        assert_eq!(
            sql(Driver::MySql),
            "UPDATE `jobs` SET `note` = ?, `seen` = `seen` + ? WHERE `id` = ? AND `seen` = ?"
        );
    }

    fn row() -> Vec<ColumnValue> {
        vec![("tenant", "t".into()), ("note", "n".into())]
    }

    #[test]
    fn an_insert_returns_the_key() {
        let sql = |driver| insert_returning::<Job>(driver, row()).sql;
        let expected = r#"INSERT INTO "jobs" ("tenant", "note") VALUES ($1, $2) RETURNING "tenant", "id""#;
        assert_eq!(sql(Driver::Postgres), expected);
        assert_eq!(sql(Driver::Sqlite), expected.replace("$1", "?").replace("$2", "?"));
        assert_eq!(
            sql(Driver::MySql),
            "INSERT INTO `jobs` (`tenant`, `note`) VALUES (?, ?) /*M!100500 RETURNING `tenant`, `id` */"
        );
    }

    #[test]
    fn without_returning_the_key_is_what_was_given_and_what_was_counted() {
        let select = last_key::<Job>(Driver::MySql, row()).unwrap();
        assert_eq!(select.sql, "SELECT `tenant`, `id` FROM `jobs` WHERE `tenant` = ? AND `id` = (LAST_INSERT_ID())");
        assert!(last_key::<Job>(Driver::MySql, vec![("note", "n".into())]).is_none());
    }

    #[test]
    fn a_row_without_values_is_all_defaults() {
        let sql = |driver| insert::<Job>(driver, vec![Vec::new()]).sql;
        assert_eq!(sql(Driver::Sqlite), r#"INSERT INTO "jobs" DEFAULT VALUES"#);
        assert_eq!(sql(Driver::Postgres), r#"INSERT INTO "jobs" VALUES (DEFAULT)"#);
        assert_eq!(sql(Driver::MySql), "INSERT INTO `jobs` VALUES ()");
    }
}
