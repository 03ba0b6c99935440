//! PostgreSQL 12 and newer.

#[cfg(feature = "postgres")]
mod catalog;
#[cfg(feature = "postgres")]
mod column_types;
#[cfg(feature = "postgres")]
pub(crate) mod concurrent;
#[cfg(feature = "postgres")]
pub(crate) mod connect;
#[cfg(feature = "postgres")]
mod constraints;
mod convert;
#[cfg(feature = "postgres")]
mod indexes;
#[cfg(feature = "postgres")]
mod inherited;
#[cfg(feature = "postgres")]
pub(crate) mod introspect;
#[cfg(feature = "postgres")]
mod needs;
#[cfg(feature = "postgres")]
mod not_managed;
#[cfg(feature = "postgres")]
pub(crate) mod on_partitions;
#[cfg(feature = "postgres")]
mod rows;
#[cfg(feature = "postgres")]
mod sequences;
#[cfg(feature = "postgres")]
pub(crate) mod shadow;
#[cfg(feature = "postgres")]
mod tables;
#[cfg(feature = "postgres")]
mod views;

mod alter;
mod alter_part;
mod alter_view;
pub(crate) mod batches;
#[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "reading needs all of it, writing a part"))]
mod clauses;
mod enums;
mod lower;
mod objects;
mod online;
mod options;
mod owned;
mod partition_indexes;
mod partition_parts;
mod partitions;
mod parts;
mod render;
mod sql;

#[cfg(test)]
#[cfg(feature = "postgres")]
mod tests;

use cqrs_core::schema::{
    Column, EnumType, ForeignKey, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str, Table, View,
};

use super::{Capabilities, LowerError, Online, Rules, ScriptFrame, Statement, Transaction};
use crate::change::{Change, Part, TableAlteration, TableChange};
use crate::rename::RENAMED;

/// PostgreSQL's [`Rules`].
pub(crate) struct Postgres;

impl Rules for Postgres {
    fn capabilities(&self) -> &'static Capabilities {
        &Capabilities {
            transactional_ddl: true,
            named_enums: true,
            alters_in_parts: true,
            no_action_restricts: false,
            keys_lead_nowhere: false,
            indexes_share_names: true,
            any_index_holds_keys: false,
            ignores_case: false,
            renames_columns_at_once: false,
            renames_follow: true,
            renamed_kinds: &RENAMED,
            materialized_views: true,
            object_comments: true,
            prints_anew: true,
            routine_signatures: true,
            object_kinds: &[
                ObjectKind::Namespace,
                ObjectKind::Extension,
                ObjectKind::Collation,
                ObjectKind::CompositeType,
                ObjectKind::Domain,
                ObjectKind::RangeType,
                ObjectKind::Sequence,
                ObjectKind::TextSearchConfiguration,
                ObjectKind::Function,
                ObjectKind::Procedure,
                ObjectKind::Aggregate,
                ObjectKind::Statistics,
                ObjectKind::Trigger,
                ObjectKind::Rule,
                ObjectKind::Policy,
            ],
        }
    }

    fn lower_table(&self, declared: &Table) -> Result<Table, LowerError> {
        lower::lower_table(declared)
    }

    fn quote(&self, identifier: &str) -> String {
        sql::quote(identifier)
    }

    fn text(&self, text: &str) -> String {
        sql::literal(text)
    }

    fn replaces_enum(&self, before: &EnumType, after: &EnumType) -> bool {
        enums::is_replaced(before, after)
    }

    fn rename_label(&self, enum_type: &ObjectName, from: &str, to: &str) -> Vec<Statement> {
        vec![enums::rename_label(enum_type, from, to)]
    }

    fn create_enum(&self, enum_type: &EnumType) -> Vec<Statement> {
        enums::create(enum_type)
    }

    fn drop_enum(&self, enum_type: &EnumType) -> Vec<Statement> {
        enums::drop(enum_type)
    }

    fn alter_enum(&self, before: &EnumType, after: &EnumType, users: &[&Table]) -> Vec<Statement> {
        enums::alter(before, after, users)
    }

    fn create_table(&self, table: &Table, foreign_keys: &[&ForeignKey]) -> Vec<Statement> {
        render::create_table(table, foreign_keys)
    }

    fn drop_table(&self, table: &Table) -> Vec<Statement> {
        render::drop_table(table)
    }

    fn rename_tables(&self, renames: &[(ObjectName, ObjectName)]) -> Vec<Statement> {
        renames.iter().flat_map(|(from, to)| render::rename("TABLE", from, to)).collect()
    }

    fn rename_object(&self, kind: &str, from: &ObjectName, to: &ObjectName) -> Vec<Statement> {
        render::rename(kind, from, to)
    }

    fn alter_table(&self, alteration: &TableAlteration) -> Vec<Statement> {
        alter::alter_table(alteration)
    }

    fn default_varies(&self, column: &Column) -> bool {
        convert::default_varies(column)
    }

    fn batch_key<'t>(&self, table: &'t Table) -> Option<&'t [Str]> {
        batches::key(table)
    }

    fn without_inherited(&self, before: &Schema, after: &Schema, changes: &[Change]) -> Option<Vec<Change>> {
        partitions::without_inherited(before, after, changes)
    }

    fn without_default_privileges(&self, defaults: &SqlObject, new: &ObjectId, after: &Schema) -> Option<Statement> {
        objects::without_default_privileges(defaults, new, after)
    }

    fn detach_partition(&self, table: &Table) -> Vec<Statement> {
        render::detach(table).into_iter().collect()
    }

    fn after_partitions(&self, table: &Table) -> Option<TableAlteration> {
        partition_indexes::after_partitions(table)
    }

    fn goes_with_part(&self, table: &Table, part: &str, option: &str) -> bool {
        options::goes_with_part(table, part, option)
    }

    fn printed_from(&self, printed: &str) -> Option<String> {
        sql::without_added_casts(printed)
    }

    fn told_in_full(&self, before: &Schema, after: &Schema) -> Option<(Schema, Schema)> {
        owned::told_in_full(before, after)
    }

    fn released(&self, before: &Schema, after: &Schema) -> Vec<Statement> {
        owned::released(before, after)
    }

    fn refuses(&self, alteration: &TableAlteration) -> Option<LowerError> {
        partitions::refuses(alteration)
    }

    fn renames(&self, _: &Part) -> bool {
        true
    }

    fn alters_part(&self, table: &Table, before: &Part, after: &Part) -> bool {
        alter_part::is_possible(table, before, after)
    }

    fn alter_view(&self, before: &View, after: &View) -> Option<Vec<Statement>> {
        alter_view::alter_view(before, after)
    }

    fn under_defaults_of(&self, before: &Schema, after: &Schema) -> Option<Schema> {
        alter_view::filled_alike(before, after)
    }

    fn online(&self, alteration: &TableAlteration, change: &TableChange) -> Option<Online> {
        online::online(alteration, change)
    }

    fn transaction_of(&self, sql: &str) -> Transaction {
        online::transaction_of(sql)
    }

    fn reading_family(&self, native: &str) -> String {
        let (head, rest) = native.split_once('(').unwrap_or((native, ""));
        let (_, tail) = rest.split_once(')').unwrap_or(("", ""));
        let plain = format!("{}{tail}", head.trim_end());
        let (element, brackets) = plain.split_at(plain.trim_end_matches("[]").len());
        match element {
            "character varying" | "character" | "bpchar" | "name" => format!("text{brackets}"),
            "json" => format!("jsonb{brackets}"),
            _ => plain,
        }
    }

    fn create_view(&self, view: &View) -> Vec<Statement> {
        render::create_view(view)
    }

    fn drop_view(&self, view: &View) -> Vec<Statement> {
        render::drop_view(view)
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

    /// A dump empties the search path.
    fn session_frame(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (
            &["SELECT set_config('cqrs.search_path', current_setting('search_path'), false)"],
            &["SELECT set_config('search_path', current_setting('cqrs.search_path'), false)"],
        )
    }

    fn script_frame(&self) -> ScriptFrame {
        // The body of a function may name what is made after it.
        ScriptFrame {
            // <https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-VARIABLES-ON-ERROR-STOP>
            client: "\\set ON_ERROR_STOP on\n",
            before: &["SET standard_conforming_strings = on", "SET check_function_bodies = off"],
            transaction: Some(("BEGIN", "COMMIT")),
        }
    }
}
