//! Which constraint a row violates, as far as each database tells it.

use sqlx::error::DatabaseError;

use crate::schema::{IndexKey, Table, name_parts};

/// The name of the constraint or index.
pub(super) fn constraint(table: &Table, error: &dyn DatabaseError) -> Option<String> {
    if let Some(name) = error.constraint() {
        return Some(name.to_owned());
    }
    let message = error.message();
    sqlite_constraint(table, message).or_else(|| mysql_constraint(message))
}

/// The column that lacks a value.
pub(super) fn column(error: &dyn DatabaseError) -> Option<String> {
    #[cfg(feature = "postgres")]
    if let Some(error) = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        return error.column().map(ToOwned::to_owned);
    }
    let message = error.message();
    let of_sqlite = message.strip_prefix("NOT NULL constraint failed: ").and_then(|place| place.rsplit('.').next());
    // `Column 'a' cannot be null`, `Field 'a' doesn't have a default value`
    of_sqlite.or_else(|| between(message, "'", "'")).map(ToOwned::to_owned)
}

/// MySQL's number of the error, which says more than its SQLSTATE.
pub(super) fn mysql_number(error: &dyn DatabaseError) -> Option<u16> {
    #[cfg(feature = "mysql")]
    if let Some(error) = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        return Some(error.number());
    }
    let _ = error;
    None
}

/// SQLite names checks and indexes over expressions; of a unique key it tells the columns.
fn sqlite_constraint(table: &Table, message: &str) -> Option<String> {
    if let Some(check) = message.strip_prefix("CHECK constraint failed: ") {
        return Some(check.to_owned());
    }
    let failed = message.strip_prefix("UNIQUE constraint failed: ")?;
    if let Some(index) = failed.strip_prefix("index ") {
        return Some(index.trim_matches('\'').to_owned());
    }
    let prefix = format!("{}.", table.name);
    unique_key_of(
        table,
        &failed.split(", ").map(|place| place.strip_prefix(&prefix).unwrap_or(place)).collect::<Vec<_>>(),
    )
}

/// The name of the key or unique index over these columns.
fn unique_key_of(table: &Table, columns: &[&str]) -> Option<String> {
    let mut table = table.clone();
    name_parts(&mut table);
    let key = table.primary_key.as_ref().map(|key| (&key.name, key.columns.iter().map(AsRef::as_ref).collect()));
    let uniques =
        (table.uniques.iter()).map(|unique| (&unique.name, unique.columns.iter().map(AsRef::as_ref).collect()));
    let indexes = table.indexes.iter().filter(|index| index.unique).map(|index| {
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(column) => column.as_ref(),
            IndexKey::Expression(sql) => sql.as_ref(),
        });
        (&index.name, columns.collect())
    });
    let found = key.into_iter().chain(uniques).chain(indexes).find(|(_, of): &(_, Vec<&str>)| of == columns);
    found.and_then(|(name, _)| name.as_ref()).map(ToString::to_string)
}

/// `Duplicate entry '1' for key 'customers.email'`, ``CONSTRAINT `name` FOREIGN KEY``, ``CONSTRAINT `name` failed for``,
/// `Check constraint 'name' is violated`: MariaDB leaves out the table before the key.
fn mysql_constraint(message: &str) -> Option<String> {
    if let Some((_, key)) = message.rsplit_once(" for key '") {
        let key = key.trim_end_matches('\'');
        return Some(key.rsplit('.').next().unwrap_or(key).to_owned());
    }
    let name = between(message, "CONSTRAINT `", "`").or_else(|| between(message, "Check constraint '", "'"));
    name.map(ToOwned::to_owned)
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mysql_and_mariadb_say() {
        for (message, expected) in [
            ("Duplicate entry 'a b' for key 'customers_email_key'", "customers_email_key"),
            ("Duplicate entry 'it''s for key ''' for key 'customers.PRIMARY'", "PRIMARY"),
            ("CONSTRAINT `lines_chk` failed for `db`.`lines`", "lines_chk"),
            ("Check constraint 'lines_chk' is violated.", "lines_chk"),
            (
                "Cannot add or update a child row: a foreign key constraint fails (`db`.`lines`, CONSTRAINT `lines_ibfk_1` FOREIGN KEY (`sample_id`) REFERENCES `samples` (`id`))",
                "lines_ibfk_1",
            ),
        ] {
            assert_eq!(mysql_constraint(message).as_deref(), Some(expected), "{message}");
        }
        assert_eq!(mysql_constraint("Unknown column"), None);
    }
}
