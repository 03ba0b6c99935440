//! SQLite 3.35 and newer.

mod alter;
mod checks;
mod clauses;
#[cfg(feature = "sqlite")]
pub(crate) mod connect;
#[cfg(feature = "sqlite")]
pub(crate) mod introspect;
mod lower;
#[cfg(feature = "sqlite")]
mod modules;
mod objects;
#[cfg(feature = "sqlite")]
mod parse;
#[cfg(feature = "sqlite")]
mod print;
#[cfg(feature = "sqlite")]
pub(crate) mod references;
mod render;
#[cfg(feature = "sqlite")]
pub(crate) mod shadow;
#[cfg(feature = "sqlite")]
pub(crate) mod sizes;
#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
#[cfg(feature = "sqlite")]
mod tokens;
mod words;

use cqrs_core::schema::{EnumType, ForeignKey, ObjectKind, ObjectName, Schema, SqlObject, Table, View};

use super::{Capabilities, Held, Lock, LowerError, Rules, ScriptFrame, Statement, Transaction};
use crate::change::{Part, TableAlteration};

pub(crate) struct Sqlite;

static CAPABILITIES: Capabilities = Capabilities {
    transactional_ddl: true,
    named_enums: false,
    alters_in_parts: false,
    no_action_restricts: false,
    keys_lead_nowhere: true,
    indexes_share_names: true,
    any_index_holds_keys: false,
    ignores_case: true,
    renames_columns_at_once: false,
    renames_follow: true,
    renamed_kinds: &[],
    materialized_views: false,
    object_comments: false,
    prints_anew: false,
    routine_signatures: false,
    object_kinds: &[ObjectKind::Trigger, ObjectKind::VirtualTable],
};

impl Rules for Sqlite {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn lower_table(&self, declared: &Table) -> Result<Table, LowerError> {
        lower::lower_table(declared)
    }

    fn quote(&self, identifier: &str) -> String {
        words::quote(identifier)
    }

    fn text(&self, text: &str) -> String {
        words::text(text)
    }

    /// SQLite has no enum types: lowering makes them text columns with a check.
    fn create_enum(&self, _: &EnumType) -> Vec<Statement> {
        Vec::new()
    }

    fn drop_enum(&self, _: &EnumType) -> Vec<Statement> {
        Vec::new()
    }

    fn alter_enum(&self, _: &EnumType, _: &EnumType, _: &[&Table]) -> Vec<Statement> {
        Vec::new()
    }

    fn create_table(&self, table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<Statement> {
        let mut statements = vec![statement(render::create_table(table, &table.name, foreign_keys), Lock::None)];
        statements
            .extend(table.indexes.iter().map(|index| statement(render::create_index(&table.name, index), Lock::None)));
        statements
    }

    fn drop_table(&self, table: &Table) -> Vec<Statement> {
        vec![statement(format!("DROP TABLE {}", words::quote(&table.name)), Lock::Writes)]
    }

    fn rename_tables(&self, renames: &[(ObjectName, ObjectName)]) -> Vec<Statement> {
        renames.iter().flat_map(|(from, to)| alter::rename_table(&from.name, &to.name)).collect()
    }

    fn alter_table(&self, alteration: &TableAlteration) -> Vec<Statement> {
        alter::alter_table(alteration)
    }

    /// A constraint is part of the table's definition, and an index has no `RENAME`.
    fn renames(&self, _: &Part) -> bool {
        false
    }

    fn alters_part(&self, _: &Table, _: &Part, _: &Part) -> bool {
        false
    }

    fn alter_view(&self, _: &View, _: &View) -> Option<Vec<Statement>> {
        None
    }

    fn transaction_of(&self, _: &str) -> Transaction {
        Transaction::Joined
    }

    /// By the affinity: <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>. What has that of a
    /// number holds dates, booleans and decimals too.
    fn reading_family(&self, native: &str) -> String {
        let native = native.to_ascii_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| native.contains(word));
        match () {
            _ if native.is_empty() => "",
            _ if has(&["INT"]) => "integer",
            _ if has(&["CHAR", "CLOB", "TEXT"]) => "text",
            _ if has(&["BLOB"]) => "blob",
            _ if has(&["REAL", "FLOA", "DOUB"]) => "real",
            _ => "",
        }
        .to_owned()
    }

    fn create_view(&self, view: &View) -> Vec<Statement> {
        vec![statement(render::create_view(view), Lock::None)]
    }

    fn drop_view(&self, view: &View) -> Vec<Statement> {
        vec![statement(format!("DROP VIEW {}", words::quote(&view.name.name)), Lock::None)]
    }

    fn create_object(&self, object: &SqlObject) -> Vec<Statement> {
        objects::create(object)
    }

    fn drop_object(&self, object: &SqlObject) -> Vec<Statement> {
        objects::drop(object)
    }

    fn alter_object(&self, before: &SqlObject, after: &SqlObject) -> Option<Vec<Statement>> {
        objects::alter(before, after)
    }

    fn session_frame(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&[], &[])
    }

    /// `foreign_keys` is a no-op within a transaction, and with it on, the rebuild of a table would delete child rows.
    /// <https://www.sqlite.org/pragma.html#pragma_foreign_keys>
    ///
    /// A script can only list the rows that refer to nothing, after the transaction.
    fn script_frame(&self) -> ScriptFrame {
        ScriptFrame {
            // Its `.bail on` would be an error wherever else the script is run. <https://www.sqlite.org/cli.html>
            client: "-- run it with `sqlite3 -bail`: without that, the client goes on after an error\n",
            before: &["PRAGMA foreign_keys = OFF"],
            transaction: Some(("BEGIN IMMEDIATE", "COMMIT")),
        }
    }

    fn checks(&self, after: &Schema) -> Vec<String> {
        checks::checks(after)
    }
}

fn statement(sql: String, lock: Lock) -> Statement {
    Statement { sql, lock, held: Held::Briefly, transaction: Transaction::Joined }
}
