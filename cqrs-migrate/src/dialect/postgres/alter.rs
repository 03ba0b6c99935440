//! Alterations of a table that stays.

use cqrs_core::schema::{Check, Column, ForeignKey, Index, IndexKey, PrimaryKey, Str, Table, Unique};

use super::alter_part::alter_part;
use super::clauses::{ONLY, OWNS_SEQUENCE, SEQUENCE_NAME, column_action, has, value};
use super::convert::{base_type, change_type, held_adding, held_retyping, needs_using};
use super::options::{ColumnOptions, lock_of_option, of_table};
use super::parts::{
    attach_parts, check, column, constraint_name, create_index, default_sql, drop_index, exclusion, foreign_key,
    identity, not_null_not_valid, primary_key, reads_no_row, repeats_key, schema_prefix, unique,
};
use super::render::{
    attach, block, column_comment, comment, constraint_comment, detach, named_sequence, recount, rename_part,
    sequence_statements, statement,
};
use super::sql::{generated_name, literal, mentions, quote, quote_name, serial_base};
use crate::change::{Part, TableAlteration, TableChange};
use crate::dialect::{Held, Lock, Statement};

pub(super) fn alter_table(alteration: &TableAlteration) -> Vec<Statement> {
    let mut script = Script::new(alteration);
    let again = made_again(alteration);
    let is_left = |change: &&TableChange| !matches!(change, TableChange::AlterColumn { after, .. } if again.iter().any(|column| column.name == after.name));
    for phase in [Phase::Before, Phase::Columns, Phase::After] {
        match phase {
            Phase::Before => {}
            Phase::Columns => again.iter().for_each(|column| script.drop_generated(column)),
            Phase::After => again.iter().for_each(|column| script.add_generated(column)),
        }
        for change in alteration.changes.iter().filter(is_left).filter(|change| Phase::of(change) == phase) {
            script.change(change);
        }
    }
    script.finish()
}

/// When a change is made, seen from the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Before,
    Columns,
    After,
}

impl Phase {
    fn of(change: &TableChange) -> Self {
        match change {
            TableChange::RenameColumn { .. }
            | TableChange::RenameLabels { .. }
            | TableChange::RenamePart { .. }
            | TableChange::DropForeignKey(_)
            | TableChange::DropIndex(_)
            | TableChange::DropCheck(_)
            | TableChange::DropExclusion(_)
            | TableChange::DropUnique(_)
            | TableChange::DropPrimaryKey(_) => Self::Before,
            TableChange::DropColumn(_) | TableChange::AlterColumn { .. } | TableChange::AddColumn(_) => Self::Columns,
            TableChange::AlterPart { .. }
            | TableChange::AddPrimaryKey(_)
            | TableChange::AddUnique(_)
            | TableChange::AddIndex(_)
            | TableChange::AddForeignKey(_)
            | TableChange::AddCheck(_)
            | TableChange::AddExclusion(_)
            | TableChange::SetInheritance
            | TableChange::SetOptions { .. }
            | TableChange::SetComment { .. } => Self::After,
        }
    }
}

/// Generated columns that are dropped first and made again once the other columns are what they shall be: those that
/// begin to be generated, have another expression, or a type to which the server does not convert by itself, and those over a
/// column that goes or gets another type, which the server refuses. Their values are computed anew, so nothing is lost.
pub(super) fn made_again(alteration: &TableAlteration) -> Vec<&Column> {
    let changes = &alteration.changes;
    let moved: Vec<&Str> = changes
        .iter()
        .filter_map(|change| match change {
            TableChange::DropColumn(column) => Some(&column.name),
            TableChange::AlterColumn { before, after }
                if base_type(before) != base_type(after) || before.collation != after.collation =>
            {
                Some(&after.name)
            }
            _ => None,
        })
        .collect();
    let is_again = |column: &&Column| {
        let Some(generated) = &column.generated else { return false };
        let is_added =
            |change: &TableChange| matches!(change, TableChange::AddColumn(added) if added.name == column.name);
        let altered = changes.iter().find_map(|change| match change {
            TableChange::AlterColumn { before, after } if after.name == column.name => Some(before),
            _ => None,
        });
        !changes.iter().any(is_added)
            && (altered
                .is_some_and(|before| before.generated.as_ref() != Some(generated) || needs_using(before, column))
                || moved.iter().any(|name| **name != column.name && mentions(&generated.expression, name)))
    };
    alteration.after.columns.iter().filter(is_again).collect()
}

/// Statements in the making: actions that one `ALTER TABLE` takes together wait until something else comes.
struct Script<'a> {
    alteration: &'a TableAlteration,
    table: &'a Table,
    name: String,
    actions: Vec<String>,
    lock: Lock,
    held: Held,
    statements: Vec<Statement>,
    /// What can only run once the columns are what they shall be.
    comments: Vec<Statement>,
}

impl<'a> Script<'a> {
    fn new(alteration: &'a TableAlteration) -> Self {
        Self {
            alteration,
            table: &alteration.after,
            name: quote_name(&alteration.after.object_name()),
            actions: Vec::new(),
            lock: Lock::None,
            held: Held::Briefly,
            statements: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn change(&mut self, change: &TableChange) {
        let table = self.table;
        match change {
            TableChange::RenameColumn { from, to } => {
                let sql = format!("ALTER TABLE {} RENAME COLUMN {} TO {}", self.name, quote(from), quote(to));
                self.run(statement(sql, Lock::ReadsAndWrites));
            }
            // Labels are an enum type's.
            TableChange::RenameLabels { .. } => {}
            TableChange::AddColumn(added) => self.add_column(added),
            TableChange::DropColumn(dropped) => self.act(format!("DROP COLUMN {}", quote(&dropped.name))),
            TableChange::AlterColumn { before, after } => self.alter_column(before, after),
            TableChange::AddPrimaryKey(key) => {
                let name = constraint_name(&table.name, key.name.as_ref(), &[], "pkey");
                self.add_key(format!("ADD {}", primary_key(table, key)), &name, &key.options);
                self.comment_constraint(key.name.as_ref(), &[], "pkey", &key.comment);
            }
            TableChange::DropPrimaryKey(key) => self.drop_constraint(key.name.as_ref(), &[], "pkey"),
            TableChange::AddUnique(key) => {
                let is_alone = repeats_key(table, key);
                if is_alone {
                    self.flush();
                }
                let name = constraint_name(&table.name, key.name.as_ref(), &key.columns, "key");
                self.add_key(format!("ADD {}", unique(table, key)), &name, &key.options);
                if is_alone {
                    self.flush();
                }
                self.comment_constraint(key.name.as_ref(), &key.columns, "key", &key.comment);
            }
            TableChange::DropUnique(key) => self.drop_constraint(key.name.as_ref(), &key.columns, "key"),
            TableChange::AddIndex(index) => self.run_all(create_index(&table.object_name(), index)),
            TableChange::DropIndex(index) => self.run(drop_index(&table.object_name(), index)),
            TableChange::AddForeignKey(key) => {
                self.add_foreign_key(key);
                self.comment_constraint(key.name.as_ref(), &key.columns, "fkey", &key.comment);
            }
            TableChange::DropForeignKey(key) => self.drop_constraint(key.name.as_ref(), &key.columns, "fkey"),
            TableChange::AddCheck(rule) => {
                self.add_check(rule);
                self.comment_constraint(rule.name.as_ref(), &[], "check", &rule.comment);
            }
            TableChange::DropCheck(rule) => self.drop_constraint(rule.name.as_ref(), &[], "check"),
            TableChange::AddExclusion(rule) => {
                self.build(format!("ADD {}", exclusion(table, rule)));
                self.comment_constraint(rule.name.as_ref(), &[], "excl", &rule.comment);
            }
            TableChange::DropExclusion(rule) => self.drop_constraint(rule.name.as_ref(), &[], "excl"),
            TableChange::SetInheritance => self.set_inheritance(),
            TableChange::RenamePart { from, to } => self.run(rename_part(&table.object_name(), from, to)),
            TableChange::AlterPart { before, after } => self.run_all(alter_part(table, before, after)),
            TableChange::SetOptions { before, after } => {
                let (actions, statements) = of_table(before, after);
                for action in actions {
                    let (lock, held) = lock_of_option(&action);
                    self.act_with(action, lock, held);
                }
                self.run_all(statements.into_iter().map(|sql| statement(sql, Lock::None)));
            }
            TableChange::SetComment { after, .. } => {
                self.comments.push(comment("TABLE", &table.object_name(), after.as_deref()));
            }
        }
    }

    fn drop_constraint(&mut self, name: Option<&Str>, columns: &[Str], suffix: &str) {
        self.act(format!("DROP CONSTRAINT {}", constraint_name(&self.table.name, name, columns, suffix)));
    }

    fn act(&mut self, action: String) {
        self.act_with(action, Lock::ReadsAndWrites, Held::Briefly);
    }

    /// An action that builds an index, or writes every row anew.
    fn build(&mut self, action: String) {
        self.act_with(action, Lock::ReadsAndWrites, Held::Rewrite);
    }

    /// A key whose partitions are told is made on the table alone.
    fn add_key(&mut self, action: String, name: &str, options: &[Str]) {
        if !has(options, ONLY) {
            return self.build(action);
        }
        self.run(statement(format!("ALTER TABLE ONLY {} {action}", self.name), Lock::ReadsAndWrites));
        self.run_all(attach_parts(&self.table.object_name(), name, options));
    }

    fn act_with(&mut self, action: String, lock: Lock, held: Held) {
        self.actions.push(action);
        self.lock = self.lock.max(lock);
        self.held = self.held.max(held);
    }

    /// It takes SHARE ROW EXCLUSIVE on both tables: <https://www.postgresql.org/docs/current/sql-altertable.html>.
    fn add_foreign_key(&mut self, key: &ForeignKey) {
        let held = if reads_no_row(&key.options) { Held::Briefly } else { Held::Scan };
        self.act_with(format!("ADD {}", foreign_key(self.table, key)), Lock::Writes, held);
    }

    fn add_check(&mut self, rule: &Check) {
        let held = if reads_no_row(&rule.options) { Held::Briefly } else { Held::Scan };
        self.act_with(format!("ADD {}", check(self.table, rule)), Lock::ReadsAndWrites, held);
    }

    /// A statement of its own, after the actions so far.
    fn run(&mut self, statement: Statement) {
        self.flush();
        self.statements.push(statement);
    }

    fn run_all(&mut self, statements: impl IntoIterator<Item = Statement>) {
        statements.into_iter().for_each(|statement| self.run(statement));
    }

    fn comment_constraint(&mut self, name: Option<&Str>, columns: &[Str], suffix: &str, text: &Option<Str>) {
        if let Some(text) = text {
            let name = constraint_name(&self.table.name, name, columns, suffix);
            self.comments.push(constraint_comment(&self.table.object_name(), &name, Some(text)));
        }
    }

    /// Away from the tables that it stood under, and under those where it shall stand.
    fn set_inheritance(&mut self) {
        let (before, after) = (&self.alteration.before, self.table);
        if before.partition_bound.is_some() {
            self.run_all(detach(before));
        } else {
            for parent in before.inherits.iter().filter(|parent| !after.inherits.contains(parent)) {
                self.act(format!("NO INHERIT {}", quote_name(parent)));
            }
        }
        if after.partition_bound.is_some() {
            // Every row is tested against the bounds.
            let attach = attach(after);
            self.run_all(attach.map(|attach| Statement { lock: Lock::ReadsAndWrites, held: Held::Scan, ..attach }));
        } else {
            let stays = |parent| before.partition_bound.is_none() && before.inherits.contains(parent);
            for parent in after.inherits.iter().filter(|parent| !stays(parent)) {
                self.act(format!("INHERIT {}", quote_name(parent)));
            }
        }
    }

    fn add_column(&mut self, added: &Column) {
        let table = self.table;
        if let Some(sequence) = named_sequence(added) {
            self.run(sequence);
        }
        self.act_with(format!("ADD COLUMN {}", column(added)), Lock::ReadsAndWrites, held_adding(added));
        let options: Vec<String> = added.options.iter().filter_map(|clause| column_action(clause)).collect();
        let sequences = sequence_statements(table, added);
        if !options.is_empty() || !sequences.is_empty() || not_null_not_valid(added).is_some() {
            self.flush();
            options.iter().for_each(|action| self.act(format!("ALTER COLUMN {} {action}", quote(&added.name))));
            not_null_not_valid(added).into_iter().for_each(|action| self.act(action));
            self.run_all(sequences);
        }
        if added.comment.is_some() {
            self.comments.push(column_comment(table, added));
        }
    }

    /// What alters the options of a column whose type, default and numbering are what they shall be.
    fn set_column_options(&mut self, before: &Column, after: &Column, is_retyped: bool, numbering: Numbering) {
        let is_identity = numbering == Numbering::Identity;
        let changes = ColumnOptions::between(&self.table.name, before, after, is_retyped, is_identity);
        for action in changes.actions {
            self.act(format!("ALTER COLUMN {} {action}", quote(&after.name)));
        }
        if let Some(action) = changes.numbering {
            let alter = format!("ALTER TABLE {} ALTER COLUMN {} {action}", self.name, quote(&after.name));
            self.run(recount(
                statement(alter, Lock::ReadsAndWrites),
                &self.sequence_of(after),
                |words| value(&before.options, words),
                |words| value(&after.options, words),
            ));
        }
        // The server takes a rename of a constraint only in a statement of its own.
        for action in changes.constraints {
            self.flush();
            self.act(action);
            self.flush();
        }
        if changes.resets_storage {
            self.run(self.reset_storage(after));
        }
        // A new one has its name from the start.
        let is_kept = numbering != Numbering::None && numbering == Numbering::of(before);
        if let Some(name) = changes.sequence.filter(|_| is_kept) {
            self.run(self.with_sequence(&format!("ALTER SEQUENCE %s RENAME TO {}", name.replace('%', "%%")), after));
        }
        for clause in before.options.iter().filter(|clause| !after.options.contains(clause)) {
            if let Some(sequence) = clause.strip_prefix(OWNS_SEQUENCE) {
                self.run(self.disown(sequence, after));
            }
        }
        let is_new = |clause: &&Str| !before.options.contains(clause) && clause.starts_with(OWNS_SEQUENCE);
        if after.options.iter().any(|clause| is_new(&clause)) {
            self.run_all(sequence_statements(self.table, after));
        }
    }

    /// `SET STORAGE DEFAULT` is there from version 16 on.
    fn reset_storage(&self, column: &Column) -> Statement {
        let body = format!(
            "EXECUTE (SELECT format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', a.attrelid::regclass, a.attname, \
             CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END) \
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid \
             WHERE a.attrelid = {}::regclass AND a.attname = {});",
            literal(&self.name),
            literal(&column.name)
        );
        block(&body, Lock::ReadsAndWrites)
    }

    fn flush(&mut self) {
        if !self.actions.is_empty() {
            let separator = if self.actions.len() == 1 { " " } else { "\n    " };
            let actions = self.actions.join(&format!(",{separator}"));
            let sql = format!("ALTER TABLE {}{separator}{actions}", self.name);
            self.statements.push(statement(sql, self.lock).held(self.held));
        }
        self.actions.clear();
        (self.lock, self.held) = (Lock::None, Held::Briefly);
    }

    fn finish(mut self) -> Vec<Statement> {
        self.flush();
        self.statements.append(&mut self.comments);
        self.statements
    }

    fn alter_column(&mut self, before: &Column, after: &Column) {
        let alter = format!("ALTER COLUMN {}", quote(&after.name));
        if before.generated.is_some() && after.generated.is_none() {
            // From version 13 on: <https://www.postgresql.org/docs/current/sql-altertable.html>. The values stay.
            self.act(format!("{alter} DROP EXPRESSION"));
            self.flush();
        }
        let (from, to) = (Numbering::of(before), Numbering::of(after));
        if from != to {
            self.stop_numbering(from, after, &alter);
        }
        let retyped = base_type(before) != base_type(after) || before.collation != after.collation;
        let had_default = before.default.is_some() && after.generated.is_none();
        let keeps_default = had_default && before.default == after.default && !retyped;
        if had_default && !keeps_default && (retyped || after.default.is_none()) {
            self.act(format!("{alter} DROP DEFAULT"));
        }
        if !before.nullable && after.nullable {
            self.act(format!("{alter} DROP NOT NULL"));
        }
        let kept = if from == to { before.clone() } else { Column { options: Default::default(), ..before.clone() } };
        let has_other_options = kept.options != after.options;
        // A shorter type is refused while the numbers may be longer, and longer numbers before the longer type.
        let is_first = from == to && to == Numbering::Identity && bytes(after) < bytes(before);
        if has_other_options && is_first {
            self.set_column_options(before, after, retyped, to);
        }
        if retyped {
            let held = held_retyping(before, after, self.table);
            self.act_with(format!("{alter} {}", change_type(before, after)), Lock::ReadsAndWrites, held);
        }
        if !keeps_default && let Some(default) = &after.default {
            self.act(format!("{alter} SET DEFAULT {}", default_sql(default)));
        }
        if before.nullable && !after.nullable {
            self.act_with(format!("{alter} SET NOT NULL"), Lock::ReadsAndWrites, Held::Scan);
        }
        if from != to {
            self.start_numbering(to, after, &alter);
        } else if to == Numbering::Serial && retyped {
            self.run(self.with_sequence(&format!("ALTER SEQUENCE %s AS {}", base_type(after)), after));
        }
        if has_other_options && !is_first {
            self.set_column_options(before, after, retyped, to);
        }
        if before.comment != after.comment {
            self.comments.push(column_comment(self.table, after));
        }
    }

    /// Drops a column that [`Script::add_generated`] makes again, with what is built on it.
    fn drop_generated(&mut self, column: &Column) {
        let built = BuiltOn::new(self.alteration, &column.name);
        for index in built.indexes {
            self.run(drop_index(&self.table.object_name(), index));
        }
        for key in built.foreign_keys {
            self.drop_constraint(key.name.as_ref(), &key.columns, "fkey");
        }
        for check in built.checks {
            self.drop_constraint(check.name.as_ref(), &[], "check");
        }
        for unique in built.uniques {
            self.drop_constraint(unique.name.as_ref(), &unique.columns, "key");
        }
        if let Some(key) = built.primary_key {
            self.drop_constraint(key.name.as_ref(), &[], "pkey");
        }
        self.act(format!("DROP COLUMN {}", quote(&column.name)));
        self.flush();
    }

    fn add_generated(&mut self, added: &Column) {
        let table = self.table;
        let built = BuiltOn::new(self.alteration, &added.name);
        self.act_with(format!("ADD COLUMN {}", column(added)), Lock::ReadsAndWrites, held_adding(added));
        if let Some(key) = built.primary_key {
            self.build(format!("ADD {}", primary_key(table, key)));
        }
        for key in built.uniques {
            self.build(format!("ADD {}", unique(table, key)));
        }
        for rule in built.checks {
            self.add_check(rule);
        }
        for key in built.foreign_keys {
            self.add_foreign_key(key);
        }
        for index in built.indexes {
            self.run_all(create_index(&table.object_name(), index));
        }
        if added.comment.is_some() {
            self.comments.push(column_comment(table, added));
        }
    }

    fn stop_numbering(&mut self, from: Numbering, after: &Column, alter: &str) {
        match from {
            Numbering::None => {}
            // In a statement of its own: with the type in one, the new type is checked as an identity's.
            Numbering::Identity => {
                self.act(format!("{alter} DROP IDENTITY"));
                self.flush();
            }
            Numbering::Serial => {
                self.act(format!("{alter} DROP DEFAULT"));
                self.run(self.with_sequence("DROP SEQUENCE %s", after));
            }
        }
    }

    /// The numbers go on after the greatest that is there.
    fn start_numbering(&mut self, to: Numbering, after: &Column, alter: &str) {
        let (table, column) = (literal(&self.name), literal(&after.name));
        match to {
            Numbering::None => return,
            // After the type: version 12 makes the sequence for the old one otherwise.
            Numbering::Identity => {
                self.flush();
                self.act(format!("{alter} ADD {}", identity(after)));
            }
            Numbering::Serial => {
                let generated = || {
                    let name = generated_name(&self.table.name, &after.name, "seq");
                    schema_prefix(&self.table.object_name()) + &quote(&name)
                };
                let sequence = value(&after.options, SEQUENCE_NAME).map_or_else(generated, str::to_owned);
                let owner = format!("{}.{}", self.name, quote(&after.name));
                self.run(statement(
                    format!("CREATE SEQUENCE {sequence} AS {} OWNED BY {owner}", base_type(after)),
                    Lock::None,
                ));
                self.act(format!("{alter} SET DEFAULT nextval({}::regclass)", literal(&sequence)));
            }
        }
        self.run(
            statement(
                format!(
                    "SELECT setval(pg_get_serial_sequence({table}, {column}), coalesce(max({}), 0) + 1, false) FROM {}",
                    quote(&after.name),
                    self.name
                ),
                Lock::None,
            )
            .held(Held::Scan),
        );
    }

    /// Takes a sequence from a column, unless it is gone, or another column has it by now.
    fn disown(&self, sequence: &str, column: &Column) -> Statement {
        let owned = self.sequence_of(column);
        let is_owned = format!("to_regclass({owned}) = to_regclass({})", literal(sequence));
        block(&format!("IF {is_owned} THEN ALTER SEQUENCE {sequence} OWNED BY NONE; END IF;"), Lock::None)
    }

    /// The name of the sequence that belongs to a column, as an SQL expression.
    fn sequence_of(&self, column: &Column) -> String {
        format!("pg_get_serial_sequence({}, {})", literal(&self.name), literal(&column.name))
    }

    /// A statement about the sequence that belongs to a column, whatever its name.
    fn with_sequence(&self, format: &str, column: &Column) -> Statement {
        let sequence = self.sequence_of(column);
        block(&format!("EXECUTE format({}, {sequence});", literal(format)), Lock::ReadsAndWrites)
    }
}

/// What stands on a column and does not change.
struct BuiltOn<'a> {
    indexes: Vec<&'a Index>,
    foreign_keys: Vec<&'a ForeignKey>,
    checks: Vec<&'a Check>,
    uniques: Vec<&'a Unique>,
    primary_key: Option<&'a PrimaryKey>,
}

impl<'a> BuiltOn<'a> {
    fn new(TableAlteration { before, after, .. }: &'a TableAlteration, column: &Str) -> Self {
        Self {
            indexes: staying(&before.indexes, &after.indexes, Part::Index)
                .filter(|index| uses(index, column))
                .collect(),
            foreign_keys: staying(&before.foreign_keys, &after.foreign_keys, Part::ForeignKey)
                .filter(|key| key.columns.contains(column))
                .collect(),
            checks: staying(&before.checks, &after.checks, Part::Check)
                .filter(|check| mentions(&check.expression, column))
                .collect(),
            uniques: staying(&before.uniques, &after.uniques, Part::Unique)
                .filter(|unique| unique.columns.contains(column))
                .collect(),
            primary_key: staying(before.primary_key.as_slice(), after.primary_key.as_slice(), Part::PrimaryKey)
                .find(|key| key.columns.contains(column)),
        }
    }
}

/// The parts that are there already, under their names or under another one that they had until now.
fn staying<'a, T: Clone + PartialEq>(
    before: &'a [T],
    after: &'a [T],
    part: impl Fn(T) -> Part,
) -> impl Iterator<Item = &'a T> {
    let content = move |item: &T| part(item.clone()).unnamed();
    after.iter().filter(move |item| {
        let is_former = |old: &T| !after.contains(old) && content(old) == content(item);
        before.contains(item) || before.iter().any(is_former)
    })
}

/// How long the numbers of a column can be.
fn bytes(column: &Column) -> Option<u8> {
    match base_type(column) {
        "smallint" => Some(2),
        "integer" => Some(4),
        "bigint" => Some(8),
        _ => None,
    }
}

/// How a column numbers its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    None,
    Identity,
    Serial,
}

impl Numbering {
    fn of(column: &Column) -> Self {
        if serial_base(column.column_type.native_text()).is_some() {
            Self::Serial
        } else if column.auto_increment {
            Self::Identity
        } else {
            Self::None
        }
    }
}

pub(super) fn uses(index: &Index, column: &Str) -> bool {
    index.include.contains(column)
        || index.predicate.as_ref().is_some_and(|predicate| mentions(predicate, column))
        || index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(expression) => mentions(expression, column),
        })
}
