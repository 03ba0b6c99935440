//! Changes of a table -> SQL.

use std::mem;

use cqrs_core::schema::{Column, ForeignKey, Index, IndexKey, Str, Table};

use super::options::TableOptions;
use super::render::{
    ROW_TIME, check, column_definition, default_text, drop_default, foreign_key, index, is_literal_default,
    primary_key, statement, unique,
};
use super::text::{has_collation, literal, quote};
use crate::change::{Part, TableAlteration, TableChange};
use crate::dialect::{Dialect, Held, LOCK_NONE, Lock, LowerError, Statement};

/// One `ALTER TABLE` for each run of changes of one phase. A foreign key cannot be dropped and added under one name in
/// one statement, and nothing else can speak of a column by a name that the same statement gives it.
/// <https://dev.mysql.com/doc/refman/8.0/en/alter-table.html>
pub(super) fn alter_table(alteration: &TableAlteration) -> Vec<Statement> {
    let mut script = Script::new(alteration);
    for change in &alteration.changes {
        script.add(change);
    }
    script.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Rename,
    DropForeignKeys,
    Main,
    AddForeignKeys,
}

impl Phase {
    fn of(change: &TableChange) -> Self {
        match change {
            TableChange::RenameColumn { .. } => Self::Rename,
            TableChange::DropForeignKey(_) => Self::DropForeignKeys,
            TableChange::AddForeignKey(_) => Self::AddForeignKeys,
            _ => Self::Main,
        }
    }
}

struct Script<'a> {
    alteration: &'a TableAlteration,
    table: String,
    /// Whether the engine is InnoDB, which alone alters tables while others write.
    online: bool,
    done: Vec<Statement>,
    phase: Phase,
    actions: Vec<String>,
    lock: Lock,
    /// What has to come after the statement that is being collected.
    afterwards: Vec<(String, Lock)>,
    added: Vec<&'a str>,
}

impl<'a> Script<'a> {
    fn new(alteration: &'a TableAlteration) -> Self {
        Self {
            alteration,
            table: quote(&alteration.after.name),
            online: TableOptions::of(&alteration.before).engine.is_none(),
            done: Vec::new(),
            phase: Phase::Rename,
            actions: Vec::new(),
            lock: Lock::None,
            afterwards: Vec::new(),
            added: Vec::new(),
        }
    }

    fn add(&mut self, change: &'a TableChange) {
        let phase = Phase::of(change);
        if phase != self.phase {
            self.flush();
            self.phase = phase;
        }
        match change {
            TableChange::RenameColumn { from, to } => {
                self.action(Lock::None, format!("RENAME COLUMN {} TO {}", quote(from), quote(to)));
            }
            // The planner makes it of others.
            TableChange::RenameLabels { .. } => {}
            TableChange::AddColumn(column) => self.add_column(column),
            TableChange::DropColumn(column) => self.drop_column(column),
            TableChange::AlterColumn { before, after } => self.alter_column(before, after),
            TableChange::AddPrimaryKey(key) => self.action(Lock::Writes, format!("ADD {}", primary_key(key))),
            TableChange::DropPrimaryKey(_) => self.action(Lock::Writes, "DROP PRIMARY KEY".to_owned()),
            TableChange::AddUnique(added) => self.action(Lock::None, format!("ADD {}", unique(added))),
            TableChange::DropUnique(dropped) => self.drop_index(dropped.name.as_ref()),
            TableChange::AddIndex(added) => {
                let special = matches!(added.method.as_deref(), Some("fulltext" | "spatial" | "vector"));
                self.action(if special { Lock::Writes } else { Lock::None }, format!("ADD {}", index(added)));
            }
            TableChange::DropIndex(dropped) => self.drop_index(dropped.name.as_ref()),
            TableChange::AddForeignKey(key) => {
                self.keep_index_of(key);
                self.action(Lock::Writes, format!("ADD {}", foreign_key(key)));
            }
            TableChange::DropForeignKey(key) => {
                self.drop_named(key.name.as_ref(), "FOREIGN KEY");
            }
            TableChange::AddCheck(added) => self.action(Lock::Writes, format!("ADD {}", check(added))),
            TableChange::DropCheck(dropped) => self.drop_named(dropped.name.as_ref(), "CONSTRAINT"),
            TableChange::AlterPart { before, after } => {
                if let Some(action) = part_action(before, after) {
                    self.action(Lock::None, action);
                }
            }
            TableChange::RenamePart { from, to } => {
                self.action(Lock::None, format!("RENAME INDEX {} TO {}", quote(from), quote(to.name())));
            }
            // Neither introspection nor lowering makes one here.
            TableChange::AddExclusion(_) | TableChange::DropExclusion(_) | TableChange::SetInheritance => {}
            TableChange::SetOptions { before, after } => self.set_options(before, after),
            TableChange::SetComment { after, .. } => {
                self.action(Lock::None, format!("COMMENT={}", literal(after.as_deref().unwrap_or_default())));
            }
        }
    }

    fn action(&mut self, lock: Lock, sql: String) {
        self.lock = self.lock.max(if self.online { lock } else { Lock::Writes });
        self.actions.push(sql);
    }

    /// An index that the server made for a foreign key gives way to that of the next one over the same columns, and its
    /// name with it. What the server made is not told from what was declared: so the index is declared.
    /// <https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html>
    fn keep_index_of(&mut self, key: &ForeignKey) {
        let TableAlteration { before, after, .. } = self.alteration;
        let is_its = |index: &&Index| {
            let columns = index.parts.iter().map(|part| match &part.key {
                IndexKey::Column(column) => Some(column),
                IndexKey::Expression(_) => None,
            });
            !index.unique && index.name != key.name && columns.eq(key.columns.iter().map(Some))
        };
        if let Some(kept) = after.indexes.iter().filter(is_its).find(|index| before.indexes.contains(index)) {
            self.drop_index(kept.name.as_ref());
            self.action(Lock::Writes, format!("ADD {}", index(kept)));
        }
    }

    fn drop_index(&mut self, name: Option<&Str>) {
        self.drop_named(name, "INDEX");
    }

    /// A part that was read from a database or lowered always has a name.
    fn drop_named(&mut self, name: Option<&Str>, what: &str) {
        if let Some(name) = name {
            self.action(Lock::None, format!("DROP {what} {}", quote(name)));
        }
    }

    fn add_column(&mut self, column: &'a Column) {
        let place = self.place(column);
        let stored = column.generated.as_ref().is_some_and(|generated| generated.stored);
        let checked = column.options.iter().any(|option| option.starts_with("CHECK"));
        let lock = if stored || checked || column.auto_increment { Lock::Writes } else { Lock::None };
        self.action(lock, format!("ADD COLUMN {}{place}", column_definition(column)));
        self.added.push(&column.name);
        self.drop_default(column);
    }

    /// A column that is computed from it may be about to become a plain one, which takes a second statement.
    fn drop_column(&mut self, column: &Column) {
        let sql = format!("DROP COLUMN {}", quote(&column.name));
        if self.afterwards.is_empty() {
            self.action(Lock::None, sql);
        } else {
            self.afterwards.push((sql, Lock::None));
        }
    }

    /// In a statement of its own, because no statement may name a column twice.
    fn drop_default(&mut self, column: &Column) {
        self.afterwards.extend(drop_default(column).map(|action| (action, Lock::None)));
    }

    /// Where the column stands in the table as it shall be, if the column before it is there by then.
    fn place(&self, column: &Column) -> String {
        let TableAlteration { before, after, changes } = self.alteration;
        let Some(at) = after.columns.iter().position(|other| other.name == column.name) else {
            return String::new();
        };
        let Some(previous) = at.checked_sub(1).map(|at| &after.columns[at].name) else {
            return " FIRST".to_owned();
        };
        let renamed = |name: &Str| {
            changes.iter().any(|change| matches!(change, TableChange::RenameColumn { to, .. } if to == name))
        };
        let there = before.column(previous).is_some() || renamed(previous) || self.added.contains(&previous.as_ref());
        let last =
            after.columns[at..].iter().all(|other| before.column(&other.name).is_none() && !renamed(&other.name));
        if there && !last { format!(" AFTER {}", quote(previous)) } else { String::new() }
    }

    fn alter_column(&mut self, before: &Column, after: &Column) {
        if let Some(set_default) = default_alone(before, after) {
            // What the table's collation asks for says the default, too, and both in one statement are an error.
            if of_table_collation(self.alteration).any(|column| column.name == after.name) {
                return;
            }
            self.action(Lock::None, format!("ALTER COLUMN {} {set_default}", quote(&after.name)));
            return;
        }
        let is_virtual = |column: &Column| column.generated.as_ref().is_some_and(|generated| !generated.stored);
        let changes_kind = is_virtual(before) != is_virtual(after);
        if !changes_kind {
            let lock = if keeps_values(before, after) { Lock::None } else { Lock::Writes };
            self.action(lock, format!("MODIFY COLUMN {}", column_definition(after)));
            self.drop_default(after);
            return;
        }
        // A virtual column cannot become another kind in place, nor another kind virtual: it is dropped and made again.
        // https://dev.mysql.com/doc/refman/8.0/en/alter-table-generated-columns.html
        let mut made = after.clone();
        if after.generated.is_none()
            && let Some(generated) = &before.generated
        {
            // By way of a stored one, so that the values that were computed stay.
            made = before.clone();
            made.default = None;
            made.generated = Some(cqrs_core::schema::Generated { stored: true, ..generated.clone() });
            self.afterwards.push((format!("MODIFY COLUMN {}", column_definition(after)), Lock::Writes));
        }
        self.action(Lock::Writes, format!("DROP COLUMN {}", quote(&after.name)));
        let place = self.place(after);
        self.action(Lock::Writes, format!("ADD COLUMN {}{place}", column_definition(&made)));
        self.drop_default(after);
    }

    fn set_options(&mut self, before: &[Str], after: &[Str]) {
        let (before, after) = (TableOptions::parse(before), TableOptions::parse(after));
        for action in after.alter_actions(&before) {
            self.action(Lock::Writes, action);
        }
        for column in of_table_collation(self.alteration) {
            self.action(Lock::Writes, format!("MODIFY COLUMN {}", column_definition(column)));
        }
        match (&before.partition, &after.partition) {
            (left, right) if left == right => {}
            (_, Some(partition)) => self.afterwards.push((format!("PARTITION BY {partition}"), Lock::Writes)),
            // First, because keys that come may lack the partitioning column.
            (_, None) => {
                let sql = format!("ALTER TABLE {} REMOVE PARTITIONING", self.table);
                self.done.push(alter(sql, Lock::Writes));
            }
        }
    }

    fn flush(&mut self) {
        let actions = mem::take(&mut self.actions);
        let lock = mem::replace(&mut self.lock, Lock::None);
        if !actions.is_empty() {
            self.done.push(alter(format!("ALTER TABLE {} {}", self.table, actions.join(", ")), lock));
        }
        for (action, lock) in mem::take(&mut self.afterwards) {
            self.done.push(alter(format!("ALTER TABLE {} {action}", self.table), lock));
        }
    }

    fn finish(mut self) -> Vec<Statement> {
        self.flush();
        self.done
    }
}

/// Where the table's collation changes, columns that keep the old one unless they are told the new one: those that stay, follow
/// the table, and are not altered anyway.
pub(super) fn of_table_collation(alteration: &TableAlteration) -> impl Iterator<Item = &Column> {
    let TableAlteration { before, after, changes } = alteration;
    let changes_collation = changes.iter().any(|change| match change {
        TableChange::SetOptions { before, after } => {
            TableOptions::parse(before).collation != TableOptions::parse(after).collation
        }
        _ => false,
    });
    let altered = |column: &Column| {
        changes.iter().any(|change| match change {
            TableChange::AlterColumn { before, after } => {
                after.name == column.name && default_alone(before, after).is_none()
            }
            TableChange::AddColumn(added) => added.name == column.name,
            _ => false,
        })
    };
    let follows = |table: &Table, name: &str| table.column(name).is_none_or(|column| column.collation.is_none());
    (after.columns.iter())
        .filter(move |_| changes_collation)
        .filter(|column| has_collation(column.column_type.native_text()) && column.collation.is_none())
        .filter(move |column| follows(before, &column.name) && !altered(column))
}

/// MariaDB does not let a column that says since or until when a row is what it is be altered, and dropping it would drop
/// the history. <https://mariadb.com/kb/en/system-versioned-tables/>
pub(super) fn refuses(alteration: &TableAlteration) -> Option<LowerError> {
    let is_row_time = |column: &Column| column.options.iter().any(|option| option.starts_with(ROW_TIME));
    let altered = alteration.changes.iter().find_map(|change| match change {
        TableChange::AlterColumn { before, after } if is_row_time(before) && is_row_time(after) => Some(after),
        _ => None,
    })?;
    Some(LowerError {
        dialect: Dialect::MySql,
        table: format!("{}.{}", alteration.after.name, altered.name),
        what: "another definition".to_owned(),
        reason: "the server alters no column of a system-versioned table's period: make a table of another name, copy \
                 the rows, drop the old one and rename the new one"
            .to_owned(),
    })
}

/// What keeps writers waiting copies the table, or builds an index of words or places. What shall not, says so: the server
/// then refuses what it can only do by copying.
/// <https://mariadb.com/kb/en/innodb-online-ddl-overview/>, <https://mariadb.com/kb/en/alter-table/#lock>
fn alter(sql: String, lock: Lock) -> Statement {
    match lock {
        Lock::None => statement(sql + LOCK_NONE, lock),
        _ => statement(sql, lock).held(Held::Rewrite),
    }
}

/// What alters a part in place: whether queries use an index, and whether a check holds.
/// <https://mariadb.com/kb/en/ignored-indexes/>, <https://dev.mysql.com/doc/refman/8.0/en/invisible-indexes.html>,
/// <https://dev.mysql.com/doc/refman/8.0/en/alter-table.html>
pub(super) fn part_action(before: &Part, after: &Part) -> Option<String> {
    if before.clone().plain() != after.clone().plain() || before.comment() != after.comment() {
        return None;
    }
    let only = |options: &[Str], others: &[Str]| {
        let mut left = options.iter().filter(|option| !others.contains(option));
        (left.next().cloned(), left.next().is_some())
    };
    let (gone, new) = match (only(before.options(), after.options()), only(after.options(), before.options())) {
        ((gone, false), (new, false)) => (gone, new),
        _ => return None,
    };
    let name = quote(after.name());
    match (after, gone.as_deref(), new.as_deref()) {
        (Part::Index(_) | Part::Unique(_), None, Some(word @ ("IGNORED" | "INVISIBLE"))) => {
            Some(format!("ALTER INDEX {name} {word}"))
        }
        (Part::Index(_) | Part::Unique(_), Some("IGNORED"), None) => Some(format!("ALTER INDEX {name} NOT IGNORED")),
        (Part::Index(_) | Part::Unique(_), Some("INVISIBLE"), None) => Some(format!("ALTER INDEX {name} VISIBLE")),
        (Part::Check(_), None, Some("NOT ENFORCED")) => Some(format!("ALTER CHECK {name} NOT ENFORCED")),
        (Part::Check(_), Some("NOT ENFORCED"), None) => Some(format!("ALTER CHECK {name} ENFORCED")),
        _ => None,
    }
}

/// `SET DEFAULT` or `DROP DEFAULT`, where nothing but a literal default changes. MariaDB 10.11.14 takes both and leaves a
/// default that is the current time as it is.
fn default_alone(before: &Column, after: &Column) -> Option<String> {
    let same = Column { default: after.default.clone(), ..as_stored_like(before, after) };
    let is_now = default_text(before).is_some_and(|sql| sql.to_ascii_lowercase().starts_with("current_timestamp"));
    if same != *after || before.default == after.default || after.generated.is_some() || is_now {
        return None;
    }
    match default_text(after) {
        Some(sql) if is_literal_default(after) => Some(format!("SET DEFAULT {sql}")),
        Some(_) => None,
        None if after.nullable => Some("SET DEFAULT NULL".to_owned()),
        None => Some("DROP DEFAULT".to_owned()),
    }
}

/// Whether the values stay as they are stored, so that others go on writing: nothing changes but the default, the comment and
/// whether the column may be null, or a text or list of labels only grows.
/// <https://mariadb.com/kb/en/innodb-online-ddl-operations-with-the-inplace-alter-algorithm/>
fn keeps_values(before: &Column, after: &Column) -> bool {
    let same = Column {
        nullable: after.nullable,
        default: after.default.clone(),
        comment: after.comment.clone(),
        column_type: after.column_type.clone(),
        ..as_stored_like(before, after)
    };
    let (from, to) = (before.column_type.native_text(), after.column_type.native_text());
    same == *after && (from == to || grows(from, to))
}

/// `varchar(40)` to `varchar(80)`, `enum('a')` to `enum('a','b')`.
fn grows(from: &str, to: &str) -> bool {
    let length = |text: &str| text.strip_prefix("varchar(")?.strip_suffix(')')?.parse::<u32>().ok();
    let labels = |text: &str| Some(text.strip_prefix("enum(")?.strip_suffix(')')?.to_owned());
    match (length(from).zip(length(to)), labels(from).zip(labels(to))) {
        (Some((from, to)), _) => from <= to,
        (_, Some((from, to))) => to.strip_prefix(&from).is_some_and(|more| more.starts_with(",'")),
        _ => false,
    }
}

/// `before` with what only a declaration says, taken from `after`.
fn as_stored_like(before: &Column, after: &Column) -> Column {
    Column {
        renamed_from: after.renamed_from.clone(),
        backfill: after.backfill.clone(),
        access: after.access,
        ..before.clone()
    }
}
