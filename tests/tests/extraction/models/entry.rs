use chrono::{DateTime, Utc};
use cqrs_core::object_model;
use rust_decimal::Decimal;

use self::books::Ledger;

pub(crate) mod books {
    use cqrs_core::object_model;

    #[object_model(table = "ledgers", schema = "app", domain = "books")]
    #[derive(Debug, Clone)]
    pub(crate) struct Ledger {
        #[column(primary_key, auto_increment)]
        pub(crate) id: i64,
    }

    #[object_model(table = "accounts", domain = "books")]
    pub(crate) struct Account {
        #[column(primary_key, length = 12, column_name = "account_code")]
        pub(crate) code: String,
    }
}

/// An entry of a ledger.
///
///   Indented, with "quotes".
#[object_model(
    table = "entries",
    domain = "books",
    name = "Ledger Entry",
    code = "ENTRY_X",
    renamed_from = "old_entries",
    index(r#kind, level(desc)),
    index(title, name = "by_title", unique),
    index(
        title(class = "text_pattern_ops", collation = "C", length = 8),
        expr("lower(title)", desc, nulls_last),
        level(nulls_first),
        name = "everything",
        method = "btree",
        where = "level > 0",
        include(r#kind),
        nulls_not_distinct
    ),
    unique(ledger_id, title, name = "one_title"),
    foreign_key(kind = Entry::code, code = Entry::title, on_delete = restrict, deferrable = initially_deferred, name = "odd"),
    check("level <> 7"),
    check(name = "level_range", "level between 0 and 9")
)]
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The number.
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(belongs_to = Ledger::id, on_delete = cascade, on_update = restrict)]
    pub(crate) ledger_id: i64,
    #[column(belongs_to = super::entry::books::Account::code, on_delete = set_null, length = 12)]
    pub(crate) account: Option<String>,
    #[column(belongs_to = Entry::id, deferrable)]
    pub(crate) parent_id: Option<i64>,
    #[column(length = 80, default_value = "it's", collation = "C")]
    pub(crate) title: String,
    #[column(text)]
    pub(crate) body: Option<String>,
    #[column(precision = 12, scale = 2, default_value = -1.50)]
    pub(crate) amount: Decimal,
    #[column(precision = 9)]
    pub(crate) whole: Option<Decimal>,
    /// The doc comment.
    #[column(column_type = "tsvector", comment = "Not the doc comment")]
    pub(crate) search: String,
    #[column(unique)]
    pub(crate) code: String,
    #[column(unique_key = "kind and level")]
    pub(crate) kind: String,
    #[column(unique_key = "kind and level", indexed, check = "level >= 0", renamed_from = "depth", backfill = "0")]
    pub(crate) level: i32,
    #[column(default_value = true)]
    pub(crate) open: bool,
    /// In the words of each database.
    #[column(
        default_expr(postgres = "1 + 1", sqlite = "2", otherwise = "3"),
        backfill(mysql = "4", postgres = "5", sqlite = "6")
    )]
    pub(crate) said_for_each: i32,
    #[column(default_expr = "now()", read_only)]
    pub(crate) created_at: DateTime<Utc>,
    #[column(write_only)]
    pub(crate) secret: String,
    #[column(generated = "level * 2")]
    pub(crate) twice: i32,
    #[column(generated = "level * 3", virtual)]
    pub(crate) thrice: Option<i32>,
    #[column(default_value = 3)]
    pub(crate) note: Option<i32>,
}
