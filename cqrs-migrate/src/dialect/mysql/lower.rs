//! Portable declarations -> what MySQL and MariaDB store.

use cqrs_core::schema::{
    Check, Deferrable, ForeignKey, Index, IndexKey, IndexPart, MatchType, PrimaryKey, ReferentialAction, SortOrder,
    Str, Table, Unique,
};

use super::lower_column::lower_column;
use super::options::TableOptions;
use super::text::{is_beyond_utf8mb3, needs_prefix, part_of, without_outer_parentheses};
use crate::dialect::{Dialect, LowerError, Place};

/// The longest names and comments, in characters.
/// <https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html>
const LONGEST_NAME: usize = 64;
const LONGEST_TABLE_COMMENT: usize = 2048;
const LONGEST_COLUMN_COMMENT: usize = 1024;

pub(super) fn lower_table(declared: &Table) -> Result<Table, LowerError> {
    let at = Place::of(Dialect::MySql, declared);
    if declared.schema.is_some() {
        return Err(at.refuse("a schema", "a database has no schemas inside: leave `schema` out"));
    }
    check_name(at, "the name", &declared.name)?;
    let comment = lower_comment(at, declared.comment.as_ref(), LONGEST_TABLE_COMMENT)?;

    let mut columns = Vec::with_capacity(declared.columns.len());
    for column in declared.columns.iter() {
        let at = at.column(&column.name);
        check_name(at, "the name", &column.name)?;
        let mut lowered = lower_column(column, at)?;
        lowered.comment = lower_comment(at, column.comment.as_ref(), LONGEST_COLUMN_COMMENT)?;
        if declared.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name)) {
            lowered.nullable = false;
        }
        columns.push(lowered);
    }

    let mut table = declared.clone();
    table.columns = columns.into();
    table.comment = comment;
    table.primary_key = declared.primary_key.as_ref().map(|key| PrimaryKey { name: None, ..key.clone() });
    lower_indexes(&mut table, at)?;
    lower_foreign_keys(&mut table, at)?;
    for check in table.checks.iter() {
        check_names(at, "the name of a check", check.name.as_ref())?;
    }
    table.checks = table.checks.iter().map(lower_check).collect();
    check_keys(&table, at)?;
    check_auto_increment(&table, at)?;
    Ok(table)
}

fn lower_check(check: &Check) -> Check {
    let expression = part_of(&check.expression, without_outer_parentheses(&check.expression));
    Check { expression, ..check.clone() }
}

fn lower_indexes(table: &mut Table, at: Place<'_>) -> Result<(), LowerError> {
    let memory = TableOptions::of(table).engine.is_some_and(|name| name.eq_ignore_ascii_case("MEMORY"));
    let mut uniques = table.uniques.to_vec();
    let mut indexes = Vec::new();
    for index in table.indexes.iter() {
        let index = lower_index(index, memory, at)?;
        match as_unique(&index) {
            Some(unique) => uniques.push(unique),
            None => indexes.push(index),
        }
    }
    for unique in &uniques {
        check_names(at, "the name of a unique constraint", unique.name.as_ref())?;
    }
    (table.uniques, table.indexes) = (uniques.into(), indexes.into());
    Ok(())
}

/// A unique index over whole columns, ascending, which is what a unique constraint is.
pub(super) fn as_unique(index: &Index) -> Option<Unique> {
    if !index.unique || index.method.is_some() {
        return None;
    }
    let columns: Option<Vec<Str>> = index
        .parts
        .iter()
        .map(|part| match &part.key {
            IndexKey::Column(name) if part.order == SortOrder::Ascending && part.prefix_length.is_none() => {
                Some(name.clone())
            }
            _ => None,
        })
        .collect();
    Some(Unique {
        name: index.name.clone(),
        columns: columns?.into(),
        options: index.options.clone(),
        comment: index.comment.clone(),
    })
}

fn lower_index(index: &Index, memory: bool, at: Place<'_>) -> Result<Index, LowerError> {
    let name = index.name.as_deref().unwrap_or_default();
    let refuse = |what: &str, reason: &str| Err(at.refuse(format!("{what} of index `{name}`"), reason));
    check_names(at, "the name of an index", index.name.as_ref())?;
    if index.predicate.is_some() {
        return refuse("the predicate", "there are no partial indexes: leave `where` out, or index a generated column");
    }
    if !index.include.is_empty() {
        return refuse("`include`", "an index stores nothing but its key: put the columns at the end of the key");
    }
    if index.nulls_not_distinct {
        return refuse("`nulls_not_distinct`", "nulls are always distinct: make the columns required");
    }
    let method = index.method.as_ref().map(|method| method.to_lowercase());
    let method = match method.as_deref() {
        None => None,
        Some("btree") => memory.then_some("btree"),
        Some("hash") if memory => None,
        Some("hash") => return refuse("the method `hash`", "InnoDB has none but `btree`: leave the method out"),
        Some(known @ ("fulltext" | "spatial")) => Some(if known == "fulltext" { "fulltext" } else { "spatial" }),
        Some(other) => {
            return refuse(&format!("the method `{other}`"), "leave the method out, or write `fulltext` or `spatial`");
        }
    };
    for part in index.parts.iter() {
        check_part(part, name, at)?;
    }
    let mut lowered = index.clone();
    lowered.method = method.map(Str::Borrowed);
    Ok(lowered)
}

fn check_part(part: &IndexPart, index: &str, at: Place<'_>) -> Result<(), LowerError> {
    let refuse = |what: &str, reason: &str| Err(at.refuse(format!("{what} of index `{index}`"), reason));
    if matches!(part.key, IndexKey::Expression(_)) {
        return refuse("the expression", "MariaDB indexes only columns: index a generated column with that expression");
    }
    if part.nulls.is_some() {
        return refuse("the place of nulls", "nulls always sort first: leave it out");
    }
    if part.operator_class.is_some() {
        return refuse("the operator class", "there are none: leave it out");
    }
    if part.collation.is_some() {
        return refuse("the collation", "an index has its column's collation: give the column one");
    }
    Ok(())
}

/// <https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html>
fn lower_foreign_keys(table: &mut Table, at: Place<'_>) -> Result<(), LowerError> {
    let lowered: Result<Vec<ForeignKey>, LowerError> =
        table.foreign_keys.iter().map(|key| lower_foreign_key(key, at)).collect();
    let keys = lowered?;
    for key in &keys {
        if !has_index_on(table, &key.columns) {
            table.indexes.to_mut().push(Index {
                name: key.name.clone(),
                parts: key.columns.iter().map(|column| IndexPart::column(column.clone())).collect(),
                unique: false,
                method: None,
                predicate: None,
                include: Vec::new().into(),
                nulls_not_distinct: false,
                ..Default::default()
            });
        }
    }
    table.foreign_keys = keys.into();
    Ok(())
}

fn lower_foreign_key(key: &ForeignKey, at: Place<'_>) -> Result<ForeignKey, LowerError> {
    let name = key.name.as_deref().unwrap_or_default();
    let refuse = |what: &str, reason: &str| Err(at.refuse(format!("{what} of foreign key `{name}`"), reason));
    check_names(at, "the name of a foreign key", key.name.as_ref())?;
    if key.deferrable != Deferrable::No {
        return refuse("`deferrable`", "foreign keys are checked at each row: leave it out");
    }
    if key.match_type == MatchType::Full {
        return refuse("`match full`", "a key that is partly null is never checked: make the columns required");
    }
    if key.referenced_columns.is_empty() {
        return refuse("the referenced columns", "none are named: name them");
    }
    if key.references.schema.is_some() {
        return refuse("the schema of the table referred to", "a database has no schemas inside: leave it out");
    }
    let action = |action| match action {
        // The same thing here, and what the catalog says where nothing is written.
        ReferentialAction::NoAction | ReferentialAction::Restrict => Ok(ReferentialAction::Restrict),
        ReferentialAction::SetDefault => {
            let reason = "InnoDB does not do it: use `set null`, `cascade` or `restrict`";
            Err(at.refuse(format!("`set default` of foreign key `{name}`"), reason))
        }
        other => Ok(other),
    };
    Ok(ForeignKey { on_delete: action(key.on_delete)?, on_update: action(key.on_update)?, ..key.clone() })
}

/// Whether some key has these columns as its leftmost ones, so that the server adds no index for a foreign key.
fn has_index_on(table: &Table, columns: &[Str]) -> bool {
    let key = table.primary_key.as_ref().map(|key| key.columns.as_ref());
    let constraints = key.into_iter().chain(table.uniques.iter().map(|unique| unique.columns.as_ref()));
    let leads = constraints.into_iter().any(|key| key.starts_with(columns));
    leads
        || table.indexes.iter().filter(|index| index.method.is_none()).any(|index| {
            index.parts.len() >= columns.len()
                && index.parts.iter().zip(columns).all(|(part, column)| {
                    part.prefix_length.is_none() && matches!(&part.key, IndexKey::Column(name) if name == column)
                })
        })
}

/// Text and bytes without a bound are indexed only by a prefix.
fn check_keys(table: &Table, at: Place<'_>) -> Result<(), LowerError> {
    let unbounded =
        |name: &str| table.column(name).is_some_and(|column| needs_prefix(column.column_type.native_text()));
    let refuse = |column: &str, what: &str| {
        at.column(column).refuse(what, "text and bytes without a bound are no key: give the column a `length`")
    };
    let constraints = (table.primary_key.iter().map(|key| ("a primary key", &key.columns)))
        .chain(table.uniques.iter().map(|unique| ("a unique constraint", &unique.columns)));
    for (what, columns) in constraints {
        if let Some(column) = columns.iter().find(|column| unbounded(column)) {
            return Err(refuse(column, what));
        }
    }
    for index in table.indexes.iter().filter(|index| index.method.as_deref() != Some("fulltext")) {
        for part in index.parts.iter().filter(|part| part.prefix_length.is_none()) {
            if let IndexKey::Column(column) = &part.key
                && unbounded(column)
            {
                return Err(refuse(column, "an index"));
            }
        }
    }
    Ok(())
}

/// <https://dev.mysql.com/doc/refman/8.0/en/example-auto-increment.html>
fn check_auto_increment(table: &Table, at: Place<'_>) -> Result<(), LowerError> {
    let mut numbered = table.columns.iter().filter(|column| column.auto_increment);
    let Some(column) = numbered.next() else { return Ok(()) };
    let at = at.column(&column.name);
    if numbered.next().is_some() {
        return Err(at.refuse("`auto_increment`", "a table has one such column at most: remove the others"));
    }
    if !has_index_on(table, std::slice::from_ref(&column.name)) {
        return Err(
            at.refuse("`auto_increment`", "it needs a key that begins with the column: make it the primary key")
        );
    }
    Ok(())
}

fn check_names(at: Place<'_>, what: &str, name: Option<&Str>) -> Result<(), LowerError> {
    name.map_or(Ok(()), |name| check_name(at, what, name))
}

/// <https://dev.mysql.com/doc/refman/8.0/en/identifiers.html>
fn check_name(at: Place<'_>, what: &str, name: &str) -> Result<(), LowerError> {
    let reason = if name.is_empty() {
        "it is empty: give it a name".to_owned()
    } else if name.len() > LONGEST_NAME && name.chars().count() > LONGEST_NAME {
        format!("`{name}` is longer than {LONGEST_NAME} characters: choose a shorter one")
    } else if name.ends_with(' ') {
        format!("`{name}` ends in a space: remove it")
    } else if name.contains('\0') || is_beyond_utf8mb3(name) {
        format!("`{name}` has a character beyond U+FFFF, such as an emoji: choose another one")
    } else {
        return Ok(());
    };
    Err(at.refuse(what, reason))
}

/// Comments are stored as `utf8mb3`. <https://dev.mysql.com/doc/refman/8.0/en/charset-metadata.html>
fn lower_comment(at: Place<'_>, comment: Option<&Str>, longest: usize) -> Result<Option<Str>, LowerError> {
    let Some(text) = comment.filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > longest {
        return Err(at.refuse("the comment", format!("it is longer than {longest} characters: shorten it")));
    }
    if is_beyond_utf8mb3(text) {
        return Err(at.refuse("the comment", "it has a character beyond U+FFFF, such as an emoji: remove it"));
    }
    Ok(Some(text.clone()))
}
