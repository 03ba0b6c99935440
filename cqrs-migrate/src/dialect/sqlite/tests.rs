//! Tests against SQLite itself, in memory.

mod alter;
mod bad_input;
mod catalogs;
mod changes;
mod files;
mod lower;
mod references;
mod round_trip;

use cqrs_core::schema::{Column, ColumnType, DefaultValue, ForeignKey, ObjectName, PrimaryKey, Schema, Table};

use super::introspect::introspect;
use super::shadow::Shadow;
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::{Dialect, Introspected, Statement};
use crate::plan::Plan;

async fn database() -> Shadow {
    Shadow::open(&DatabaseUrl::parse("sqlite::memory:").unwrap()).await.unwrap()
}

impl Shadow {
    async fn run(&mut self, sql: &str) {
        self.try_run(sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }

    async fn try_run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        self.connection().execute(sql).await
    }

    async fn apply(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.run(&statement.sql).await;
        }
    }

    async fn create(&mut self, schema: &Schema) {
        self.apply(&Plan::create(Dialect::Sqlite, schema).statements()).await;
    }

    async fn found(&mut self) -> Introspected {
        introspect(self.sqlx(), &crate::introspect::Selection::default()).await.unwrap()
    }

    fn sqlx(&mut self) -> &mut sqlx::SqliteConnection {
        match self.connection() {
            Connection::Sqlite(connection) => connection,
            _ => unreachable!(),
        }
    }

    /// The values of a query's rows as SQLite quotes them.
    async fn rows(&mut self, query: &str) -> Vec<String> {
        sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned())).fetch_all(self.sqlx()).await.unwrap()
    }
}

async fn recreated(schema: &Schema) -> Introspected {
    let mut database = database().await;
    database.create(schema).await;
    database.found().await
}

fn column(name: &'static str, native: &'static str) -> Column {
    Column::new(name, ColumnType::native(native))
}

fn nullable(name: &'static str, native: &'static str) -> Column {
    Column { nullable: true, ..column(name, native) }
}

fn with_default(name: &'static str, native: &'static str, default: &'static str) -> Column {
    Column { default: Some(DefaultValue::expression(default)), ..column(name, native) }
}

fn numbered(name: &'static str) -> Column {
    Column { auto_increment: true, ..column(name, "INTEGER") }
}

fn key(columns: &[&'static str]) -> Option<PrimaryKey> {
    Some(PrimaryKey { name: None, columns: columns.iter().map(|name| (*name).into()).collect(), ..Default::default() })
}

fn foreign_key(name: &'static str, column: &'static str, table: &'static str) -> ForeignKey {
    ForeignKey {
        name: Some(name.into()),
        columns: vec![column.into()].into(),
        references: ObjectName::new(table),
        referenced_columns: vec!["id".into()].into(),
        on_delete: Default::default(),
        on_update: Default::default(),
        match_type: Default::default(),
        deferrable: Default::default(),
        ..Default::default()
    }
}

fn table(name: &'static str, columns: Vec<Column>) -> Table {
    Table { columns: columns.into(), ..Table::new(name) }
}

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::new();
    tables.into_iter().for_each(|table| schema.add_table(table));
    schema
}
