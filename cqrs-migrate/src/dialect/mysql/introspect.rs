//! Live database -> Schema: the whole catalog in eleven round trips at most, however many tables.

use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, MySqlConnection, Row};

use super::catalog::{
    Catalog, CheckRow, ColumnRow, Exact, KeyRow, ObjectRow, PartitionRow, RuleRow, StatisticRow, TableRow, ViewRow,
};
use super::text::quote;
use crate::dialect::Introspected;
use crate::error::Error;
use crate::introspect::Selection;

/// Reads the database that the connection is in.
pub(crate) async fn introspect(connection: &mut MySqlConnection, _: &Selection) -> Result<Introspected, Error> {
    let catalog = read_catalog(connection).await?;
    let exact = read_exactly(connection, &catalog).await?;
    catalog.into_schema(&exact)
}

async fn read_catalog(connection: &mut MySqlConnection) -> Result<Catalog, Error> {
    let servers = fetch(connection, include_str!("queries/server.sql"), |row| {
        Ok((text(row, "version")?, maybe(row, "name")?, text(row, "collation")?))
    })
    .await?;
    let (version, database, collation) = servers.into_iter().next().unwrap_or_default();
    let Some(database) = database else {
        return Err(Error::Unreadable {
            object: "the catalog".to_owned(),
            reason: "the session is in no database: name one in the URL".to_owned(),
        });
    };
    let mariadb = version.contains("MariaDB");
    let either = |on_mariadb, on_mysql| if mariadb { on_mariadb } else { on_mysql };
    let statistics =
        either(include_str!("queries/statistics_mariadb.sql"), include_str!("queries/statistics_mysql.sql"));
    let checks = either(include_str!("queries/checks_mariadb.sql"), include_str!("queries/checks_mysql.sql"));
    let views = either(include_str!("queries/views_mariadb.sql"), include_str!("queries/views_mysql.sql"));
    Ok(Catalog {
        mariadb,
        database,
        collation,
        tables: fetch(connection, include_str!("queries/tables.sql"), table_row).await?,
        columns: fetch(connection, include_str!("queries/columns.sql"), column_row).await?,
        statistics: fetch(connection, statistics, statistic_row).await?,
        keys: fetch(connection, include_str!("queries/keys.sql"), key_row).await?,
        rules: fetch(connection, include_str!("queries/rules.sql"), rule_row).await?,
        checks: fetch(connection, checks, check_row).await?,
        views: fetch(connection, views, view_row).await?,
        objects: fetch(connection, include_str!("queries/objects.sql"), object_row).await?,
        partitions: fetch(connection, include_str!("queries/partitions.sql"), partition_row).await?,
    })
}

/// `information_schema` is in `utf8mb3` and shows `????` for a character beyond it, its views lose the character sets of
/// literals, and MariaDB before 11.4 does not show periods there. `SHOW CREATE` tells all of it: for the tables and views
/// in question, in one round trip.
/// <https://mariadb.com/kb/en/information-schema-periods-table/>
async fn read_exactly(connection: &mut MySqlConnection, catalog: &Catalog) -> Result<Exact, Error> {
    let doubtful = catalog.doubtful();
    if doubtful.is_empty() {
        return Ok(Exact::default());
    }
    let statements: Vec<String> =
        doubtful.iter().map(|(name, kind)| format!("SHOW CREATE {kind} {}", quote(name))).collect();
    let doing = || Error::database("reading definitions");
    let rows = sqlx::raw_sql(AssertSqlSafe(statements.join(";"))).fetch_all(&mut *connection).await.map_err(doing())?;
    let definitions: Result<_, sqlx::Error> =
        rows.iter().map(|row| Ok((row.try_get::<String, _>(0)?, row.try_get::<String, _>(1)?))).collect();
    Ok(Exact { definitions: definitions.map_err(doing())? })
}

async fn fetch<T>(
    connection: &mut MySqlConnection,
    sql: &'static str,
    read: impl Fn(&MySqlRow) -> Result<T, sqlx::Error>,
) -> Result<Vec<T>, Error> {
    let rows = sqlx::query(sql).persistent(false).fetch_all(&mut *connection).await;
    let rows = rows.and_then(|rows| rows.iter().map(read).collect());
    rows.map_err(Error::database("reading the catalog"))
}

fn text(row: &MySqlRow, column: &str) -> Result<String, sqlx::Error> {
    row.try_get(column)
}

fn maybe(row: &MySqlRow, column: &str) -> Result<Option<String>, sqlx::Error> {
    row.try_get(column)
}

fn table_row(row: &MySqlRow) -> Result<TableRow, sqlx::Error> {
    Ok(TableRow {
        name: text(row, "name")?,
        kind: text(row, "kind")?,
        engine: maybe(row, "engine")?,
        collation: maybe(row, "collation")?,
        options: maybe(row, "options")?.unwrap_or_default(),
        comment: maybe(row, "comment")?.unwrap_or_default(),
    })
}

fn column_row(row: &MySqlRow) -> Result<ColumnRow, sqlx::Error> {
    Ok(ColumnRow {
        table: text(row, "table_name")?,
        name: text(row, "name")?,
        column_type: text(row, "type")?,
        nullable: text(row, "nullable")? == "YES",
        default: maybe(row, "default_text")?,
        collation: maybe(row, "collation")?,
        extra: maybe(row, "extra")?.unwrap_or_default(),
        expression: maybe(row, "expression")?.unwrap_or_default(),
        comment: maybe(row, "comment")?.unwrap_or_default(),
    })
}

fn statistic_row(row: &MySqlRow) -> Result<StatisticRow, sqlx::Error> {
    Ok(StatisticRow {
        table: text(row, "table_name")?,
        name: text(row, "name")?,
        unique: text(row, "non_unique")? == "0",
        column: maybe(row, "column_name")?,
        expression: maybe(row, "expression")?,
        descending: maybe(row, "sort")?.as_deref() == Some("D"),
        prefix: maybe(row, "prefix")?.and_then(|prefix| prefix.parse().ok()),
        method: text(row, "method")?,
        comment: maybe(row, "comment")?.unwrap_or_default(),
        hidden: maybe(row, "hidden")?.as_deref() == Some("YES"),
    })
}

fn key_row(row: &MySqlRow) -> Result<KeyRow, sqlx::Error> {
    Ok(KeyRow {
        table: text(row, "table_name")?,
        name: text(row, "name")?,
        column: text(row, "column_name")?,
        referenced_database: text(row, "referenced_database")?,
        referenced_table: text(row, "referenced_table")?,
        referenced_column: text(row, "referenced_column")?,
    })
}

fn rule_row(row: &MySqlRow) -> Result<RuleRow, sqlx::Error> {
    Ok(RuleRow {
        table: text(row, "table_name")?,
        name: text(row, "name")?,
        on_delete: text(row, "on_delete")?,
        on_update: text(row, "on_update")?,
    })
}

fn check_row(row: &MySqlRow) -> Result<CheckRow, sqlx::Error> {
    Ok(CheckRow {
        table: text(row, "table_name")?,
        name: text(row, "name")?,
        of_column: text(row, "level")? == "Column",
        expression: text(row, "expression")?,
        enforced: text(row, "enforced")? == "YES",
    })
}

fn view_row(row: &MySqlRow) -> Result<ViewRow, sqlx::Error> {
    Ok(ViewRow {
        name: text(row, "name")?,
        query: maybe(row, "query")?.unwrap_or_default(),
        check_option: text(row, "check_option")?,
        security: text(row, "security")?,
        algorithm: text(row, "algorithm")?,
    })
}

fn object_row(row: &MySqlRow) -> Result<ObjectRow, sqlx::Error> {
    Ok(ObjectRow { kind: text(row, "kind")?, name: text(row, "name")?, table: maybe(row, "table_name")? })
}

fn partition_row(row: &MySqlRow) -> Result<PartitionRow, sqlx::Error> {
    Ok(PartitionRow {
        table: text(row, "table_name")?,
        name: text(row, "name")?,
        subpartition: maybe(row, "subpartition")?,
        method: maybe(row, "method")?.unwrap_or_default(),
        expression: maybe(row, "expression")?.unwrap_or_default(),
        bound: maybe(row, "bound")?,
        comment: maybe(row, "comment")?.unwrap_or_default(),
    })
}
