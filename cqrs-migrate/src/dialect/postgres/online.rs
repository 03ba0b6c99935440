//! Changes of a table that others read and write meanwhile: what has to look at every row does it beside them.

use cqrs_core::schema::{Check, Column, ForeignKey, Index, List, ObjectName, PrimaryKey, Str, Table, Unique};

use super::alter::{alter_table, made_again, uses};
use super::clauses::{CLUSTER_ON, INCLUDE, INITIALLY_DEFERRED, NOT_VALID, NULLS_NOT_DISTINCT};
use super::clauses::{DEFERRABLE, INDEX_TABLESPACE, PARTITION_BY, REPLICA_IDENTITY, TABLESPACE, WITHOUT_OVERLAPS};
use super::clauses::{has, value, with_parameters};
use super::convert::base_type;
use super::parts::{constraint_name, create_index, drop_index, reads_no_row, schema_prefix};
use super::render::{constraint_comment, is_statement, statement};
use super::sql::{LONGEST_NAME, Token, cut, generated_name, quote, quote_list, quote_name, serial_base, tokens};
use crate::change::{Part, TableAlteration, TableChange};
use crate::dialect::{Held, Lock, Online, Statement, Transaction};

/// The ending of the name that an index has until it takes the place of another.
const NEW: &str = "_cqrs_new";

/// How a change is made beside readers and writers. `None` where it takes no time anyway, or there is no such way.
pub(super) fn online(alteration: &TableAlteration, change: &TableChange) -> Option<Online> {
    let table = &alteration.after;
    if [&alteration.before, table].into_iter().any(|table| value(&table.options, PARTITION_BY).is_some()) {
        return None;
    }
    match change {
        TableChange::AddIndex(index) => Some(add_index(alteration, index, change)),
        TableChange::DropIndex(index) if waits_with_drop(alteration, index) => {
            let is_swapped = swapped_for(alteration, index).is_some();
            let drop = concurrently(drop_index(&table.object_name(), index));
            Some(Online::later(change, if is_swapped { vec![] } else { vec![drop] }))
        }
        TableChange::AddUnique(_) | TableChange::AddPrimaryKey(_) => {
            let key = Key::added(table, change)?;
            is_made_beside(alteration, &key).then(|| Online::later(change, add_key(alteration, &key)))
        }
        TableChange::DropUnique(_) | TableChange::DropPrimaryKey(_) => {
            let new = Key::dropped(&alteration.before, change)?.successor(alteration)?;
            is_made_beside(alteration, &new).then(|| Online::later(change, vec![]))
        }
        TableChange::AddForeignKey(key) if !reads_no_row(&key.options) => {
            let name = constraint_name(&table.name, key.name.as_ref(), &key.columns, "fkey");
            let mut now = key.clone();
            now.options = with_not_valid(&key.options);
            Some(validated_later("foreign key", table, TableChange::AddForeignKey(now), &name))
        }
        TableChange::AddCheck(rule) if !reads_no_row(&rule.options) => {
            let name = constraint_name(&table.name, rule.name.as_ref(), &[], "check");
            let now = Check { options: with_not_valid(&rule.options), ..rule.clone() };
            Some(validated_later("check", table, TableChange::AddCheck(now), &name))
        }
        TableChange::AlterPart { before, after: after @ (Part::ForeignKey(_) | Part::Check(_)) }
            if has(before.options(), NOT_VALID) && !has(after.options(), NOT_VALID) =>
        {
            let (kind, now) = match after.clone() {
                Part::Check(rule) => ("check", Part::Check(Check { options: with_not_valid(&rule.options), ..rule })),
                Part::ForeignKey(key) => {
                    ("foreign key", Part::ForeignKey(ForeignKey { options: with_not_valid(&key.options), ..key }))
                }
                other => (other.kind(), other),
            };
            let altered = TableChange::AlterPart { before: before.clone(), after: now };
            Some(validated_later(kind, table, altered, &quote(after.name())))
        }
        TableChange::AlterColumn { before, after } => set_not_null(alteration, before, after),
        TableChange::SetOptions { before, after } => {
            let waits = after.iter().any(|clause| !has(before, clause) && is_of_index(clause));
            let alone = TableAlteration { changes: vec![change.clone()], ..alteration.clone() };
            waits.then(|| Online::later(change, alter_table(&alone)))
        }
        _ => None,
    }
}

/// `INDEX CONCURRENTLY`: others read and write while it runs, and it cannot run in a transaction.
/// <https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>
fn concurrently(statement: Statement) -> Statement {
    Statement {
        sql: statement.sql.replacen("INDEX ", "INDEX CONCURRENTLY ", 1),
        lock: Lock::None,
        held: Held::Rewrite,
        transaction: Transaction::Outside,
    }
}

fn create_concurrently(table: &ObjectName, index: &Index) -> Vec<Statement> {
    let mut statements = create_index(table, index);
    if let Some(create) = statements.first_mut() {
        *create = concurrently(create.clone());
    }
    statements
}

/// An index that takes the place of another is built under another name first, so that there is one at all times.
fn add_index(alteration: &TableAlteration, index: &Index, change: &TableChange) -> Online {
    let table = alteration.after.object_name();
    let swapped = alteration.changes.iter().find_map(|other| match other {
        TableChange::DropIndex(old) if swapped_for(alteration, old) == Some(index) => Some(old),
        _ => None,
    });
    let (Some(old), Some(name)) = (swapped, &index.name) else {
        return Online::later(change, create_concurrently(&table, index));
    };
    let new = until_swapped(name);
    let mut statements = create_concurrently(&table, &Index { name: Some(new.clone().into()), ..index.clone() });
    statements.push(drop_index(&table, old));
    let sql = format!("ALTER INDEX {}{} RENAME TO {}", schema_prefix(&table), quote(&new), quote(name));
    statements.push(statement(sql, Lock::ReadsAndWrites));
    Online::later(change, statements)
}

/// The name of an index until it takes the place of the one that has its name.
fn until_swapped(name: &str) -> String {
    format!("{}{NEW}", cut(name, LONGEST_NAME - NEW.len()))
}

/// The index of the same name that shall be there instead.
fn swapped_for<'a>(alteration: &'a TableAlteration, old: &Index) -> Option<&'a Index> {
    alteration.changes.iter().find_map(|change| match change {
        TableChange::AddIndex(new) if new.name.is_some() && new.name == old.name => {
            waits_with_drop(alteration, old).then_some(new)
        }
        _ => None,
    })
}

/// Whether an index can be dropped after the other changes: none of them pulls away what it is made of. One that was only
/// built to take the place of another, and was left behind, goes first.
fn waits_with_drop(alteration: &TableAlteration, index: &Index) -> bool {
    let again = made_again(alteration);
    let is_pulled_away = |column: &Column| uses(index, &column.name);
    let is_left_behind = index.name.as_ref().is_some_and(|name| name.ends_with(NEW));
    !is_left_behind
        && !again.into_iter().any(is_pulled_away)
        && !alteration.changes.iter().any(|change| match change {
            TableChange::DropColumn(column) => is_pulled_away(column),
            TableChange::AlterColumn { before, after } => {
                (base_type(before) != base_type(after) || before.collation != after.collation) && is_pulled_away(after)
            }
            _ => false,
        })
}

/// A primary key or unique constraint.
struct Key<'a> {
    kind: &'static str,
    name: String,
    columns: &'a [Str],
    options: &'a [Str],
    comment: Option<&'a str>,
}

impl<'a> Key<'a> {
    fn added(table: &Table, change: &'a TableChange) -> Option<Self> {
        match change {
            TableChange::AddPrimaryKey(key) => Some(Self::primary(table, key)),
            TableChange::AddUnique(key) => Some(Self::unique(table, key)),
            _ => None,
        }
    }

    fn dropped(table: &Table, change: &'a TableChange) -> Option<Self> {
        match change {
            TableChange::DropPrimaryKey(key) => Some(Self::primary(table, key)),
            TableChange::DropUnique(key) => Some(Self::unique(table, key)),
            _ => None,
        }
    }

    fn primary(table: &Table, key: &'a PrimaryKey) -> Self {
        let name = key.name.as_ref().map_or_else(|| generated_name(&table.name, "", "pkey"), Str::to_string);
        let comment = key.comment.as_deref();
        Self { kind: PRIMARY_KEY, name, columns: &key.columns, options: &key.options, comment }
    }

    fn unique(table: &Table, key: &'a Unique) -> Self {
        let generated = || generated_name(&table.name, &key.columns.join("_"), "key");
        let name = key.name.as_ref().map_or_else(generated, Str::to_string);
        let comment = key.comment.as_deref();
        Self { kind: "UNIQUE", name, columns: &key.columns, options: &key.options, comment }
    }

    /// The key that takes its place: it goes when that comes.
    fn successor(&self, alteration: &'a TableAlteration) -> Option<Self> {
        let added = || alteration.changes.iter().filter_map(|change| Self::added(&alteration.after, change));
        let is_primary = |new: &Self| self.kind == PRIMARY_KEY && new.kind == PRIMARY_KEY;
        added()
            .find(|new| is_primary(new) || new.name == self.name)
            .or_else(|| added().rfind(|new| new.columns == self.columns))
    }
}

const PRIMARY_KEY: &str = "PRIMARY KEY";

/// The keys that go when this one comes.
fn replaced_by<'a>(alteration: &'a TableAlteration, key: &Key<'_>) -> Vec<Key<'a>> {
    let is_replaced = |old: &Key<'a>| old.successor(alteration).is_some_and(|new| new.name == key.name);
    dropped(alteration).filter(is_replaced).collect()
}

fn dropped(alteration: &TableAlteration) -> impl Iterator<Item = Key<'_>> {
    alteration.changes.iter().filter_map(|change| Key::dropped(&alteration.before, change))
}

/// Whether a key is made out of a unique index that was built beside readers and writers.
fn is_made_beside(alteration: &TableAlteration, key: &Key<'_>) -> bool {
    // What keeps the same columns unique and goes for another key has to stay until then.
    let mut others = dropped(alteration).filter(|old| old.columns == key.columns);
    can_wait(alteration, key)
        && others.all(|old| old.successor(alteration).is_none_or(|new| can_wait(alteration, &new)))
}

/// Whether a key, and with it those whose place it takes, can wait for its index.
fn can_wait(alteration: &TableAlteration, key: &Key<'_>) -> bool {
    let takes_name_of_index = alteration
        .changes
        .iter()
        .any(|change| matches!(change, TableChange::DropIndex(old) if old.name.as_deref() == Some(&key.name)));
    !takes_name_of_index
        && !has(key.options, WITHOUT_OVERLAPS)
        && replaced_by(alteration, key).iter().all(|old| waits_for_successor(alteration, old))
}

/// A key out of its index. One that takes the place of another does so in one statement: without any, double rows could
/// come in meanwhile.
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX>
fn add_key(alteration: &TableAlteration, key: &Key<'_>) -> Vec<Statement> {
    let Key { kind, name, columns, options, comment } = key;
    let table = &alteration.after;
    let replaced = replaced_by(alteration, key);
    let drops: String = replaced.iter().map(|old| format!("DROP CONSTRAINT {}, ", quote(&old.name))).collect();
    let index = if replaced.is_empty() { quote(name) } else { quote(&until_swapped(name)) };
    let name = quote(name);
    let on = quote_name(&table.object_name());
    let mut sql = format!("CREATE UNIQUE INDEX {index} ON {on} ({})", quote_list(columns));
    if let Some(columns) = value(options, INCLUDE) {
        sql += &format!(" {INCLUDE}{columns}");
    }
    if has(options, NULLS_NOT_DISTINCT) {
        sql += &format!(" {NULLS_NOT_DISTINCT}");
    }
    sql += &with_parameters(options);
    if let Some(name) = value(options, INDEX_TABLESPACE) {
        sql += &format!(" {TABLESPACE}{name}");
    }
    let deferrable = options.iter().find(|clause| [DEFERRABLE, INITIALLY_DEFERRED].contains(&&***clause));
    let deferrable = deferrable.map_or_else(String::new, |clause| format!(" {clause}"));
    let add = format!("ALTER TABLE {on} {drops}ADD CONSTRAINT {name} {kind} USING INDEX {index}{deferrable}");
    let mut statements = vec![concurrently(statement(sql, Lock::Writes)), statement(add, Lock::ReadsAndWrites)];
    statements.extend(comment.map(|text| constraint_comment(&table.object_name(), &name, Some(text))));
    statements
}

/// Whether a key can stay until another takes its place: no change pulls away what it is made of, and the table says nothing
/// of its index.
fn waits_for_successor(alteration: &TableAlteration, key: &Key<'_>) -> bool {
    let is_pulled_away = |change: &TableChange| match change {
        TableChange::DropColumn(column) | TableChange::AlterColumn { after: column, .. } => {
            key.columns.contains(&column.name) || value(key.options, INCLUDE).is_some()
        }
        _ => false,
    };
    let tables = [&alteration.before, &alteration.after];
    !alteration.changes.iter().any(is_pulled_away) && !tables.iter().any(|table| table.options.iter().any(is_of_index))
}

/// Whether an option of a table is about one of its indexes.
fn is_of_index(clause: &Str) -> bool {
    clause.starts_with(CLUSTER_ON) || clause.starts_with(REPLICA_IDENTITY) || is_statement(clause)
}

/// Only new rows are held to it at first; then the old ones are looked through while others read and write.
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT>
fn validated_later(kind: &str, table: &Table, now: TableChange, name: &str) -> Online {
    Online {
        now: vec![now],
        what: format!("validate {kind} {}", name.replace('"', "`")),
        later: vec![validate(table, name)],
    }
}

fn validate(table: &Table, name: &str) -> Statement {
    let sql = format!("ALTER TABLE {} VALIDATE CONSTRAINT {name}", quote_name(&table.object_name()));
    Statement { transaction: Transaction::Own, ..statement(sql, Lock::None).held(Held::Scan) }
}

fn with_not_valid(options: &[Str]) -> List<Str> {
    options.iter().cloned().chain([NOT_VALID.into()]).collect::<Vec<_>>().into()
}

/// `SET NOT NULL` reads no row where a valid check says the same.
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL>
fn set_not_null(alteration: &TableAlteration, before: &Column, after: &Column) -> Option<Online> {
    let table = &alteration.after;
    let is_plain = |column: &Column| {
        !column.auto_increment
            && serial_base(column.column_type.native_text()).is_none()
            && !column.options.iter().any(|clause| clause.starts_with("NOT NULL"))
    };
    let is_again = made_again(alteration).iter().any(|column| column.name == after.name);
    if !before.nullable || after.nullable || is_again || !is_plain(before) || !is_plain(after) {
        return None;
    }
    let name = generated_name(&table.name, &after.name, "cqrs_not_null");
    let is_taken = |table: &Table| table.checks.iter().any(|check| check.name.as_deref() == Some(&*name));
    if is_taken(table) || is_taken(&alteration.before) {
        return None;
    }
    let nullable = Column { nullable: true, ..after.clone() };
    let expression = format!("{} IS NOT NULL", quote(&after.name));
    let check = Check {
        name: Some(name.clone().into()),
        expression: expression.into(),
        options: with_not_valid(&[]),
        ..Default::default()
    };
    let mut now = vec![TableChange::AddCheck(check)];
    if nullable != *before {
        now.push(TableChange::AlterColumn { before: before.clone(), after: nullable.clone() });
    }
    let (on, check) = (quote_name(&table.object_name()), quote(&name));
    let sql = format!("ALTER TABLE {on} ALTER COLUMN {} SET NOT NULL", quote(&after.name));
    let later = vec![
        validate(table, &check),
        statement(sql, Lock::ReadsAndWrites),
        statement(format!("ALTER TABLE {on} DROP CONSTRAINT {check}"), Lock::ReadsAndWrites),
    ];
    let change = TableChange::AlterColumn { before: nullable, after: after.clone() };
    Some(Online { now, ..Online::later(&change, later) })
}

/// How a statement out of a file goes with transactions.
pub(super) fn transaction_of(sql: &str) -> Transaction {
    let words: Vec<String> = tokens(sql)
        .into_iter()
        .filter_map(|(token, _)| match token {
            Token::Word(word) => Some(word.to_ascii_uppercase()),
            _ => None,
        })
        .collect();
    let begins = |beginning: &[&str]| words.len() >= beginning.len() && words[..beginning.len()] == *beginning;
    let has_pair = |first: &str, second: &str| words.windows(2).any(|pair| pair == [first, second]);
    let is_concurrent = words.iter().any(|word| word == "CONCURRENTLY");
    match words.first().map(String::as_str) {
        // https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7
        Some("ALTER") if begins(&["ALTER", "TYPE"]) && has_pair("ADD", "VALUE") => Transaction::Own,
        Some("ALTER") if has_pair("VALIDATE", "CONSTRAINT") => Transaction::Own,
        Some("ALTER") if is_concurrent && has_pair("DETACH", "PARTITION") => Transaction::Outside,
        Some("CREATE") if is_concurrent && (begins(&["CREATE", "INDEX"]) || begins(&["CREATE", "UNIQUE", "INDEX"])) => {
            Transaction::Outside
        }
        Some("DROP") if is_concurrent && begins(&["DROP", "INDEX"]) => Transaction::Outside,
        Some("REINDEX") if is_concurrent => Transaction::Outside,
        Some("VACUUM") => Transaction::Outside,
        _ => Transaction::Joined,
    }
}

/// A statement that cannot run in a transaction, as one that can and does the same.
#[cfg(feature = "postgres")]
pub(super) fn within_transaction(sql: &str) -> String {
    match tokens(sql).into_iter().find(|(token, _)| is_word(token, "CONCURRENTLY")) {
        Some((_, range)) => format!("{}{}", &sql[..range.start], sql[range.end..].trim_start()),
        None => sql.to_owned(),
    }
}

#[cfg(feature = "postgres")]
fn is_word(token: &Token<'_>, expected: &str) -> bool {
    matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(expected))
}

/// The index of which a statement with `CONCURRENTLY` speaks.
#[cfg(feature = "postgres")]
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ConcurrentIndex {
    pub(super) is_dropped: bool,
    /// Its name as `to_regclass` takes it.
    pub(super) name: String,
    /// The table's name, in the schema of which the index is made.
    pub(super) table: Option<String>,
    pub(super) is_unique: bool,
    /// What follows the table's name.
    pub(super) definition: String,
}

#[cfg(feature = "postgres")]
impl ConcurrentIndex {
    /// `None` of any other statement, and where the server names the index.
    pub(super) fn of(sql: &str) -> Option<Self> {
        if transaction_of(sql) != Transaction::Outside {
            return None;
        }
        let tokens = tokens(sql);
        let is_dropped = is_word(&tokens.first()?.0, "DROP");
        if !is_dropped && !is_word(&tokens.first()?.0, "CREATE") {
            return None;
        }
        let behind = tokens.iter().position(|(token, _)| is_word(token, "CONCURRENTLY"))? + 1;
        let mut rest = &tokens[behind..];
        while let [(token, _), tail @ ..] = rest
            && ["IF", "NOT", "EXISTS"].iter().any(|word| is_word(token, word))
        {
            rest = tail;
        }
        let (name, rest) = name_at(sql, rest)?;
        if is_dropped {
            return Some(Self { is_dropped, name, table: None, is_unique: false, definition: String::new() });
        }
        let [(on, _), rest @ ..] = rest else { return None };
        let rest = if is_word(&rest.first()?.0, "ONLY") { &rest[1..] } else { rest };
        let (table, rest) = name_at(sql, rest).filter(|_| is_word(on, "ON"))?;
        let definition = rest.first().map_or("", |(_, range)| &sql[range.start..]);
        let definition = format!(" {}", definition.trim_end().trim_end_matches(';'));
        let is_unique = is_word(&tokens.get(1)?.0, "UNIQUE");
        Some(Self { is_dropped, name, table: Some(table), is_unique, definition })
    }
}

#[cfg(feature = "postgres")]
type Tokens<'t> = [(Token<'t>, std::ops::Range<usize>)];

/// A name at the beginning of tokens, in full, and what stands behind it.
#[cfg(feature = "postgres")]
fn name_at<'a, 't>(sql: &str, tokens: &'a Tokens<'t>) -> Option<(String, &'a Tokens<'t>)> {
    let is_part = |token: &Token<'_>| matches!(token, Token::Word(_) | Token::Quoted(_));
    let (first, range) = tokens.first()?;
    if !is_part(first) || is_word(first, "ON") {
        return None;
    }
    match tokens {
        [_, (_, dot), (second, end), rest @ ..] if &sql[dot.clone()] == "." && is_part(second) => {
            Some((sql[range.start..end.end].to_owned(), rest))
        }
        _ => Some((sql[range.clone()].to_owned(), &tokens[1..])),
    }
}
