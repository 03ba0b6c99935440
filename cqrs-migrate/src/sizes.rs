//! How large live tables are: estimates, and counts with an end, so that asking is cheap however large they are.

use std::collections::BTreeMap;

use cqrs_core::schema::ObjectName;
use serde::Serialize;

use crate::change::{Change, former_name};
use crate::connection::{Connection, DatabaseUrl, each_connection};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::lint::{Hazard, Policy};

/// How large a live table is, or several together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TableSize {
    /// How many rows.
    pub rows: u64,
    /// How well that is known.
    pub precision: Precision,
    /// What it takes up with its indexes (SQLite: without them), where that is known.
    pub bytes: Option<u64>,
}

/// How well a number of rows is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// They were counted.
    Exact,
    /// The database's statistics say so.
    Estimate,
    /// They were counted up to here.
    AtLeast,
}

impl TableSize {
    /// Whether it is large enough to be told to people.
    pub(crate) fn is_worth_a_word(&self) -> bool {
        self.rows >= 1000
    }

    /// `about 41 million rows, rewrites 12 GiB`, with a verb for the bytes.
    pub(crate) fn text(&self, verb: &str) -> String {
        let rows = match self.precision {
            Precision::Exact => format!("{} rows", with_commas(self.rows)),
            Precision::Estimate => format!("about {} rows", in_words(self.rows)),
            Precision::AtLeast => format!("at least {} rows", with_commas(self.rows)),
        };
        match self.bytes {
            Some(bytes) => format!("{rows}, {verb}{}", of_bytes(bytes)),
            None => rows,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            rows: self.rows.saturating_add(other.rows),
            precision: self.precision.max(other.precision),
            bytes: self.bytes.zip(other.bytes).map(|(one, other)| one.saturating_add(other)),
        }
    }
}

/// The sizes of live tables, under the names that they shall have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sizes(BTreeMap<ObjectName, TableSize>);

/// How many tables are asked for in one statement: SQLite takes no more than 500 parts of a `UNION`.
/// <https://www.sqlite.org/limits.html#max_compound_select>
const TABLES_AT_ONCE: usize = 200;

impl Sizes {
    /// As [`Sizes::read`], from a database that need not be there.
    pub(crate) async fn of_database(
        url: &DatabaseUrl,
        hazards: &[Hazard],
        changes: &[Change],
        policy: &Policy,
    ) -> Result<Self, Error> {
        if hazards.iter().all(|hazard| hazard.tables.is_empty()) {
            return Ok(Self::default());
        }
        let Some(mut connection) = Connection::open_existing(url).await? else { return Ok(Self::default()) };
        let sizes = Self::read(&mut connection, &live_names(hazards, changes), policy).await;
        connection.close().await;
        sizes
    }

    /// The sizes of tables: the names that they shall have, each with the name that it has in the database.
    pub(crate) async fn read(
        connection: &mut Connection,
        live_names: &BTreeMap<ObjectName, ObjectName>,
        policy: &Policy,
    ) -> Result<Self, Error> {
        let mut sizes = BTreeMap::new();
        if live_names.is_empty() {
            return Ok(Self(sizes));
        }
        let template = template(connection, policy).await?;
        let names: Vec<(&ObjectName, &ObjectName)> = live_names.iter().collect();
        for names in names.chunks(TABLES_AT_ONCE) {
            let dialect = connection.dialect();
            let parts = names.iter().enumerate().map(|(number, (_, live))| template.of(dialect, number, live));
            let sql = parts.collect::<Vec<_>>().join("\nUNION ALL\n");
            for (number, rows, precision, bytes) in ask(connection, sql, template.cap).await? {
                if let Some((name, _)) = names.get(number) {
                    sizes.insert((*name).clone(), TableSize { rows, precision, bytes });
                }
            }
        }
        Ok(Self(sizes))
    }

    #[cfg(test)]
    pub(crate) fn of_these(sizes: impl IntoIterator<Item = (ObjectName, TableSize)>) -> Self {
        Self(sizes.into_iter().collect())
    }

    /// Of a plan that is for other databases too: a table without rows here may have some there.
    pub(crate) fn of_one_database(mut self) -> Self {
        self.0.retain(|_, size| size.rows > 0);
        self
    }

    /// With tables that are not there yet, and so have no rows.
    pub(crate) fn with_new(mut self, tables: impl IntoIterator<Item = ObjectName>) -> Self {
        const NONE: TableSize = TableSize { rows: 0, precision: Precision::Exact, bytes: None };
        self.0.extend(tables.into_iter().map(|table| (table, NONE)));
        self
    }

    /// Tables together. `None` where one is not known.
    pub(crate) fn of(&self, tables: &[ObjectName]) -> Option<TableSize> {
        let sizes: Option<Vec<TableSize>> = tables.iter().map(|table| self.0.get(table).copied()).collect();
        sizes?.into_iter().reduce(TableSize::and)
    }
}

/// The tables that hazards concern, each with the name that it has in the database in which the changes are not made yet.
pub(crate) fn live_names(hazards: &[Hazard], changes: &[Change]) -> BTreeMap<ObjectName, ObjectName> {
    let names = hazards.iter().flat_map(|hazard| &hazard.tables);
    names.map(|name| (name.clone(), former_name(name, changes))).collect()
}

/// The query for one table, with what is the same for all of them in its place.
struct Template {
    sql: String,
    cap: u64,
}

impl Template {
    fn of(&self, dialect: Dialect, number: usize, name: &ObjectName) -> String {
        let table = dialect.rules().quote_name(name);
        // PostgreSQL reads the quoted name out of the literal, the others compare the bare one.
        let named = if dialect == Dialect::Postgres { table.as_str() } else { &name.name };
        let escaped = if dialect == Dialect::MySql { named.replace('\\', "\\\\") } else { named.to_owned() };
        let literal = format!("'{}'", escaped.replace('\'', "''"));
        let filled = [("{number}", number.to_string()), ("{cap}", self.cap.to_string())];
        let sql = filled.iter().fold(self.sql.clone(), |sql, (key, value)| sql.replace(key, value));
        // The names come last: they may look like a key.
        let parts: Vec<String> = sql.split("{literal}").map(|part| part.replace("{table}", &table)).collect();
        parts.join(&literal)
    }
}

/// Rows are counted up to where a table is large; beyond that the statistics are taken.
async fn template(connection: &mut Connection, policy: &Policy) -> Result<Template, Error> {
    let cap = policy.large_table_rows.clamp(1, i64::MAX as u64);
    let sql = match connection {
        #[cfg(feature = "sqlite")]
        Connection::Sqlite(connection) => {
            crate::dialect::sqlite::sizes::query(connection, policy.large_table_bytes).await.map_err(refused())?
        }
        #[cfg(feature = "postgres")]
        Connection::Postgres(_) => include_str!("dialect/postgres/queries/table_size.sql").to_owned(),
        #[cfg(feature = "mysql")]
        Connection::MySql(_) => include_str!("dialect/mysql/queries/table_size.sql").to_owned(),
    };
    Ok(Template { sql, cap })
}

fn refused() -> impl FnOnce(sqlx::Error) -> Error {
    Error::database("asking how large the tables are")
}

type Answer = (usize, u64, Precision, Option<u64>);

/// The number of the table, its estimated rows, its counted rows, its bytes.
type Row = (i64, Option<i64>, Option<i64>, Option<i64>);

async fn ask(connection: &mut Connection, sql: String, cap: u64) -> Result<Vec<Answer>, Error> {
    let positive = |number: i64| u64::try_from(number).unwrap_or_default();
    let rows: Vec<Row> = each_connection!(connection, inner => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *inner).await
    })
    .map_err(refused())?;
    let answers = rows.into_iter().map(|(number, estimate, counted, bytes)| {
        let (rows, precision) = match (estimate, counted) {
            (Some(estimate), _) => (estimate, Precision::Estimate),
            (None, Some(counted)) if positive(counted) >= cap => (counted, Precision::AtLeast),
            (None, counted) => (counted.unwrap_or_default(), Precision::Exact),
        };
        (usize::try_from(number).unwrap_or(usize::MAX), positive(rows), precision, bytes.map(positive))
    });
    Ok(answers.collect())
}

/// `41 million`, `1.2 billion`, `120,000`.
fn in_words(number: u64) -> String {
    let scaled = |unit: u64, word: &str| {
        let tenths = (number + unit / 20) / (unit / 10);
        match (tenths / 10, tenths % 10) {
            (whole, tenth) if whole < 10 && tenth > 0 => format!("{whole}.{tenth} {word}"),
            (whole, _) => format!("{whole} {word}"),
        }
    };
    match number {
        1_000_000_000.. => scaled(1_000_000_000, "billion"),
        1_000_000.. => scaled(1_000_000, "million"),
        1000.. => with_commas((number + 500) / 1000 * 1000),
        _ => number.to_string(),
    }
}

/// `120,000`.
fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `12 GiB`, `3.4 MiB`.
fn of_bytes(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    let mut tenths = bytes.saturating_mul(10) / 1024;
    let mut unit = 0;
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    match (tenths / 10, tenths % 10) {
        (whole, tenth) if whole < 10 && tenth > 0 => format!("{whole}.{tenth} {}", UNITS[unit]),
        (whole, _) => format!("{whole} {}", UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_people_tell_them() {
        for (rows, precision, bytes, verb, text) in [
            (41_237_812, Precision::Estimate, Some(12 << 30), "rewrites ", "about 41 million rows, rewrites 12 GiB"),
            (4_120_000, Precision::Estimate, Some(3_500_000_000), "reads ", "about 4.1 million rows, reads 3.2 GiB"),
            (1_960_000_000, Precision::Estimate, None, "reads ", "about 2 billion rows"),
            (123_456, Precision::Estimate, Some(8192), "", "about 123,000 rows, 8 KiB"),
            (100_000, Precision::AtLeast, None, "", "at least 100,000 rows"),
            (1234, Precision::Exact, Some(163_840), "", "1,234 rows, 160 KiB"),
        ] {
            assert_eq!(TableSize { rows, precision, bytes }.text(verb), text);
        }
    }

    #[test]
    fn tables_together_are_as_well_known_as_the_least_known() {
        let size = |rows, precision, bytes| TableSize { rows, precision, bytes };
        let names = [ObjectName::new("a"), ObjectName::new("b")];
        let all = [size(3, Precision::Exact, Some(10)), size(4, Precision::AtLeast, Some(20))];
        let sizes = Sizes::of_these(names.iter().cloned().zip(all));
        assert_eq!(sizes.of(&names), Some(size(7, Precision::AtLeast, Some(30))));
        assert_eq!(sizes.of(&[]), None);
        assert_eq!(sizes.of(&[ObjectName::new("a"), ObjectName::new("c")]), None);
    }
}
