//! The query for the size of a table.

use sqlx::SqliteConnection;

/// What counts the rows and the pages of a table, up to the given bytes; with the statistics and the table of pages, where
/// there are such. Every page that is counted is read.
/// <https://www.sqlite.org/fileformat2.html#stat1tab>, <https://www.sqlite.org/dbstat.html>
pub(crate) async fn query(connection: &mut SqliteConnection, bytes: u64) -> Result<String, sqlx::Error> {
    let (has_statistics, has_pages): (bool, bool) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'), \
         EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'dbstat')",
    )
    .fetch_one(connection)
    .await?;
    let estimate = if has_statistics {
        // The first number of each index of the table is that of its rows.
        "(SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = {literal})"
    } else {
        "NULL"
    };
    let pages = format!("{bytes} / (SELECT page_size FROM pragma_page_size) + 1");
    let size = if has_pages {
        format!("(SELECT sum(pgsize) FROM (SELECT pgsize FROM dbstat WHERE name = {{literal}} LIMIT {pages}))")
    } else {
        "NULL".to_owned()
    };
    Ok(format!(
        "SELECT {{number}}, CASE WHEN {estimate} > {{cap}} THEN {estimate} END, \
         CASE WHEN {estimate} > {{cap}} THEN NULL \
         ELSE (SELECT count(*) FROM (SELECT 1 FROM {{table}} LIMIT {{cap}})) END, {size}"
    ))
}
