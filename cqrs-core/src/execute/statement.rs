//! Commands and queries -> SQL. No I/O.

use sea_query::{
    DynIden, Expr, ExprTrait, Func, IntoIden, MysqlQueryBuilder, OptionEnum, PostgresQueryBuilder, SchemaName,
    SelectStatement, SqliteQueryBuilder, TableName, TypeRef, Value,
};
use sea_query_sqlx::{SqlxBinder, SqlxValues};

use super::Error;
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
    Statement::build::<M>(driver, &insert_into::<M>(rows))
}

/// Inserts a row and returns its key.
pub(super) fn insert_returning<M: ObjectModel>(driver: Driver, row: Vec<ColumnValue>) -> Statement {
    let mut insert = insert_into::<M>(vec![row]);
    insert.returning(sea_query::Query::returning().columns(key_columns(M::TABLE)));
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
    let mut select = select_from::<M>(key_columns(M::TABLE));
    for name in key_columns(M::TABLE) {
        let condition = match row.iter().find(|(column, _)| *column == name) {
            Some((_, value)) => Expr::col(name).eq(value_expr(M::TABLE, value.clone())),
            None if M::TABLE.column(name).is_some_and(|column| column.auto_increment) => {
                Expr::col(name).eq(Expr::cust("LAST_INSERT_ID()"))
            }
            None => return None,
        };
        select.and_where(condition);
    }
    Some(Statement::build::<M>(driver, &select))
}

pub(super) fn update<M: ObjectModel>(driver: Driver, key: Vec<ColumnValue>, patch: Vec<ColumnValue>) -> Statement {
    let mut update = sea_query::Query::update();
    update.table(table_name(M::TABLE));
    update.values(patch.into_iter().map(|(column, value)| (column, value_expr(M::TABLE, value))));
    for condition in matches_key::<M>(key) {
        update.and_where(condition);
    }
    Statement::build::<M>(driver, &update)
}

pub(super) fn delete<M: ObjectModel>(driver: Driver, key: Vec<ColumnValue>) -> Statement {
    let mut delete = sea_query::Query::delete();
    delete.from_table(table_name(M::TABLE));
    for condition in matches_key::<M>(key) {
        delete.and_where(condition);
    }
    Statement::build::<M>(driver, &delete)
}

/// Selects columns of the one row that has the key.
pub(super) fn select_by_key<M: ObjectModel>(
    driver: Driver,
    columns: impl IntoIterator<Item = &'static str>,
    key: Vec<ColumnValue>,
) -> Statement {
    let mut select = select_from::<M>(columns);
    for condition in matches_key::<M>(key) {
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

pub(super) fn select_from<M: ObjectModel>(columns: impl IntoIterator<Item = &'static str>) -> SelectStatement {
    let mut select = sea_query::Query::select();
    select.columns(columns).from(table_name(M::TABLE));
    select
}

/// The columns of the primary key, in key order.
pub(super) fn key_columns(table: &'static Table) -> impl Iterator<Item = &'static str> {
    table.primary_key.iter().flat_map(|key| key.columns.iter()).map(AsRef::as_ref)
}

fn insert_into<M: ObjectModel>(rows: Vec<Vec<ColumnValue>>) -> sea_query::InsertStatement {
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
        insert.values_panic(row.into_iter().map(|(_, value)| value_expr(M::TABLE, value)));
    }
    insert
}

fn matches_key<M: ObjectModel>(key: Vec<ColumnValue>) -> impl Iterator<Item = Expr> {
    key.into_iter().map(|(column, value)| Expr::col(column).eq(value_expr(M::TABLE, value)))
}

/// An enum type lives in the schema of its table, where a bare name may not find it.
fn value_expr(table: &'static Table, value: Value) -> Expr {
    match (&table.schema, value) {
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
