//! What introspection finds, told by somebody else: sea-schema, for what it reads right. Columns with their order and
//! nullability, primary keys and foreign keys of the example service, on every database.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use cqrs_core::schema::Schema;
use cqrs_migrate::{Connection, DatabaseUrl, Dialect, Migrator, Selection, introspect};
use sea_schema::{mysql, postgres, sqlite};

/// The part of a table that both can tell.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Facts {
    table: String,
    /// Names in order, each with `?` where it may be null.
    columns: Vec<String>,
    primary_key: Vec<String>,
    /// `columns -> table(columns)`.
    foreign_keys: Vec<String>,
}

impl Facts {
    fn new(table: &str, columns: Vec<String>, primary_key: Vec<String>, mut foreign_keys: Vec<String>) -> Self {
        foreign_keys.sort();
        Self { table: table.to_owned(), columns, primary_key, foreign_keys }
    }
}

fn column(name: &str, nullable: bool) -> String {
    format!("{name}{}", if nullable { "?" } else { "" })
}

fn foreign_key(columns: &[String], table: &str, referenced: &[String]) -> String {
    format!("{} -> {table}({})", columns.join(", "), referenced.join(", "))
}

#[tokio::test]
async fn sea_schema_finds_the_same() {
    for database in cqrs_tests::databases() {
        let declared = analytics_service::schema().unwrap();
        Migrator::new(database.url(), declared).unwrap().migrate().await.unwrap();
        let url = DatabaseUrl::parse(database.url()).unwrap();
        let mut connection = Connection::open(&url).await.unwrap();
        let mut found = ours(&introspect(&mut connection, &Selection::default()).await.unwrap().schema);
        let mut witness = match database.dialect() {
            Dialect::Sqlite => from_sqlite(database.url()).await,
            Dialect::Postgres => from_postgres(database.url()).await,
            Dialect::MySql => from_mysql(database.url()).await,
        };
        witness.retain(|facts| facts.table != "cqrs_history");
        found.sort();
        witness.sort();
        assert_eq!(found.len(), 10, "every table of the example");
        assert_eq!(found, witness, "{}", database.dialect());
    }
}

fn ours(schema: &Schema) -> Vec<Facts> {
    let text = |names: &[cqrs_core::schema::Str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let facts = schema.tables.values().map(|table| {
        Facts::new(
            &table.name,
            table.columns.iter().map(|c| column(&c.name, c.nullable)).collect(),
            table.primary_key.as_ref().map(|key| text(&key.columns)).unwrap_or_default(),
            (table.foreign_keys.iter())
                .map(|key| foreign_key(&text(&key.columns), &key.references.name, &text(&key.referenced_columns)))
                .collect(),
        )
    });
    facts.collect()
}

async fn from_postgres(url: &str) -> Vec<Facts> {
    let pool = sqlx::PgPool::connect(url).await.unwrap();
    let schema = postgres::discovery::SchemaDiscovery::new(pool, "public").discover().await.unwrap();
    let facts = schema.tables.into_iter().map(|table| {
        Facts::new(
            &table.info.name,
            table.columns.iter().map(|c| column(&c.name, c.not_null.is_none())).collect(),
            table.primary_key_constraints.into_iter().flat_map(|key| key.columns).collect(),
            (table.reference_constraints.iter())
                .map(|key| foreign_key(&key.columns, &key.table, &key.foreign_columns))
                .collect(),
        )
    });
    facts.collect()
}

async fn from_mysql(url: &str) -> Vec<Facts> {
    let pool = sqlx::MySqlPool::connect(url).await.unwrap();
    let name: String = sqlx::query_scalar("SELECT DATABASE()").fetch_one(&pool).await.unwrap();
    let schema = mysql::discovery::SchemaDiscovery::new(pool, &name).discover().await.unwrap();
    let facts = schema.tables.into_iter().map(|table| {
        let key = table.indexes.iter().find(|index| index.name == "PRIMARY");
        Facts::new(
            &table.info.name,
            table.columns.iter().map(|c| column(&c.name, c.null)).collect(),
            key.map(|key| key.parts.iter().map(|part| part.column.clone()).collect()).unwrap_or_default(),
            (table.foreign_keys.iter())
                .map(|key| foreign_key(&key.columns, &key.referenced_table, &key.referenced_columns))
                .collect(),
        )
    });
    facts.collect()
}

/// The pragma that sea-schema reads says of an alias of the rowid that it may be null, which it never is.
async fn from_sqlite(url: &str) -> Vec<Facts> {
    let pool = sqlx::SqlitePool::connect(url).await.unwrap();
    let schema = sqlite::discovery::SchemaDiscovery::new(pool).discover().await.unwrap();
    let facts = schema.tables.into_iter().map(|table| {
        Facts::new(
            &table.name,
            table.columns.iter().map(|c| column(&c.name, !c.not_null && !c.primary_key)).collect(),
            table.columns.iter().filter(|c| c.primary_key).map(|c| c.name.clone()).collect(),
            table.foreign_keys.iter().map(|key| foreign_key(&key.from, &key.table, &key.to)).collect(),
        )
    });
    facts.collect()
}
