//! MariaDB 10.6 and newer, and MySQL 8.
//!
//! One dialect for both. Where their catalogs differ, introspection brings them to one spelling; where their SQL differs,
//! what both understand is rendered.

mod alter;
pub(crate) mod batches;
#[cfg(feature = "mysql")]
pub(crate) mod connect;
#[cfg(feature = "mysql")]
mod definitions;
#[cfg(feature = "mysql")]
pub(crate) mod introspect;
mod lower;
mod lower_column;
mod objects;
mod options;
#[cfg(feature = "mysql")]
mod printed_column;
#[cfg(feature = "mysql")]
mod printed_object;
#[cfg(feature = "mysql")]
mod printed_table;
#[cfg(feature = "mysql")]
mod privileges;
#[cfg_attr(not(feature = "mysql"), allow(dead_code, reason = "reading needs all of it, writing a part"))]
mod reader;
mod render;
#[cfg(feature = "mysql")]
mod rights;
#[cfg(feature = "mysql")]
pub(crate) mod shadow;
#[cfg(test)]
mod tests;
mod text;

use cqrs_core::schema::{Column, EnumType, ForeignKey, ObjectKind, ObjectName, Schema, SqlObject, Str, Table, View};

use super::{Capabilities, LowerError, Rules, ScriptFrame, Statement, Transaction};
use crate::change::{Change, Part, TableAlteration};

pub(crate) struct MySql;

impl Rules for MySql {
    fn capabilities(&self) -> &'static Capabilities {
        &Capabilities {
            transactional_ddl: false,
            named_enums: false,
            alters_in_parts: true,
            no_action_restricts: true,
            keys_lead_nowhere: true,
            indexes_share_names: false,
            any_index_holds_keys: true,
            ignores_case: false,
            renames_columns_at_once: true,
            renames_follow: false,
            renamed_kinds: &[ObjectKind::Sequence],
            materialized_views: false,
            object_comments: false,
            prints_anew: false,
            routine_signatures: false,
            object_kinds: &[
                ObjectKind::Sequence,
                ObjectKind::Function,
                ObjectKind::Procedure,
                ObjectKind::Trigger,
                ObjectKind::Event,
            ],
        }
    }

    fn lower_table(&self, declared: &Table) -> Result<Table, LowerError> {
        lower::lower_table(declared)
    }

    fn quote(&self, identifier: &str) -> String {
        text::quote(identifier)
    }

    fn text(&self, text: &str) -> String {
        text::literal(text)
    }

    /// Empty, like the two below: the labels are part of the column's type, and `named_enums` is false, so that no enum
    /// type is left after lowering and the planner never comes here.
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
        render::create_table(table, foreign_keys)
    }

    fn drop_table(&self, table: &Table) -> Vec<Statement> {
        vec![render::drop_table(table)]
    }

    fn rename_tables(&self, renames: &[(ObjectName, ObjectName)]) -> Vec<Statement> {
        vec![render::rename_tables(renames)]
    }

    /// <https://mariadb.com/kb/en/rename-table/>
    fn rename_object(&self, _: &str, from: &ObjectName, to: &ObjectName) -> Vec<Statement> {
        vec![render::rename_tables(&[(from.clone(), to.clone())])]
    }

    fn alter_table(&self, alteration: &TableAlteration) -> Vec<Statement> {
        alter::alter_table(alteration)
    }

    fn default_varies(&self, column: &Column) -> bool {
        render::default_varies(column)
    }

    fn batch_key<'t>(&self, table: &'t Table) -> Option<&'t [Str]> {
        batches::key(table)
    }

    /// A foreign key or check cannot be renamed, and the primary key has no name.
    fn renames(&self, part: &Part) -> bool {
        matches!(part, Part::Unique(_) | Part::Index(_))
    }

    fn refuses(&self, alteration: &TableAlteration) -> Option<LowerError> {
        alter::refuses(alteration)
    }

    fn alters_part(&self, _: &Table, before: &Part, after: &Part) -> bool {
        alter::part_action(before, after).is_some()
    }

    fn alter_view(&self, _: &View, _: &View) -> Option<Vec<Statement>> {
        None
    }

    /// <https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html>,
    /// <https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/>
    fn transaction_of(&self, sql: &str) -> Transaction {
        let word = sql.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match word.as_str() {
            "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "SELECT" | "SET" | "DO" | "WITH" => Transaction::Joined,
            _ => Transaction::Implicit,
        }
    }

    /// Whole numbers of any size are read by any field that holds them, and an unsigned one only by an unsigned field.
    fn reading_family(&self, native: &str) -> String {
        let native = native.to_ascii_lowercase();
        let word = native.split(['(', ' ']).next().unwrap_or_default();
        match word {
            "tinyint" | "smallint" | "mediumint" | "int" | "bigint" if native.contains("unsigned") => {
                "unsigned integer"
            }
            "tinyint" | "smallint" | "mediumint" | "int" | "bigint" => "integer",
            "float" | "double" => "float",
            "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" | "json" => "text",
            "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => "blob",
            "datetime" | "timestamp" => "datetime",
            other => other,
        }
        .to_owned()
    }

    fn retyped_with_table(&self, alteration: &TableAlteration) -> Vec<Str> {
        alter::of_table_collation(alteration).map(|column| column.name.clone()).collect()
    }

    fn create_view(&self, view: &View) -> Vec<Statement> {
        vec![render::create_view(view)]
    }

    fn drop_view(&self, view: &View) -> Vec<Statement> {
        vec![render::drop_view(view)]
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

    fn under_defaults_of(&self, before: &Schema, after: &Schema) -> Option<Schema> {
        options::under_defaults_of(before, after)
    }

    fn name_defaults(&self, changes: &mut [Change], before: &Schema, after: &Schema) {
        options::name_defaults(changes, before, after);
    }

    fn session_frame(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&[], &[])
    }

    fn script_frame(&self) -> ScriptFrame {
        ScriptFrame { client: "", before: &["SET NAMES utf8mb4", SESSION], transaction: None }
    }

    /// The client cuts at every semicolon, in the body of a routine too, unless it is told another sign.
    /// <https://mariadb.com/kb/en/delimiters/>
    fn script_statement(&self, sql: &str) -> String {
        if !text::tokens(sql).contains(&";") {
            return format!("{sql};\n");
        }
        let mut delimiter = "//".to_owned();
        while sql.contains(&delimiter) {
            delimiter.push('/');
        }
        format!("DELIMITER {delimiter}\n{sql}\n{delimiter}\nDELIMITER ;\n")
    }
}

/// The SQL mode of every session of ours: strict, backslashes escape, double quotes are strings.
/// <https://mariadb.com/kb/en/sql-mode/>
macro_rules! session_mode {
    () => {
        "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
    };
}

/// What MariaDB has besides, so that the mode is its own default, which most routines and triggers were made with; MySQL 8
/// does not know it. <https://mariadb.com/kb/en/sql-mode/#no_auto_create_user>
macro_rules! mariadb_mode {
    () => {
        ",NO_AUTO_CREATE_USER"
    };
}

#[cfg(feature = "mysql")]
const SESSION_MODE: &str = session_mode!();
#[cfg(feature = "mysql")]
const MARIADB_SESSION_MODE: &str = concat!(session_mode!(), mariadb_mode!());

/// What every session of ours relies on besides: UTC; a system-versioned table of MariaDB may be altered, and keeps its
/// history. <https://mariadb.com/kb/en/system-versioned-tables/#system_versioning_alter_history>
const SESSION: &str = concat!(
    "SET SESSION sql_mode = CONCAT('",
    session_mode!(),
    "'/*M!100204 , '",
    mariadb_mode!(),
    "' */), SESSION time_zone = '+00:00'/*M!100304 , SESSION system_versioning_alter_history = KEEP */"
);
