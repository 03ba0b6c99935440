use cqrs_core::{read_model, sql_object};

use super::entry::Entry;
use super::entry::books::Account;

/// An entry in a list.
#[read_model(of = Entry)]
#[derive(Eq)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EntryCard {
    pub(crate) level: i32,
    /// By another name, and null where the model is not.
    #[column(field = kind)]
    pub(crate) what_kind: Option<String>,
}

#[read_model(of = super::entry::books::Account)]
pub(crate) struct AccountCode {
    #[serde(rename = "account")]
    pub(crate) code: String,
}

/// Accounts by their codes.
#[read_model(
    view = "account_list",
    schema = "app",
    query(
        postgres = "SELECT account_code, 1 AS number FROM accounts",
        otherwise = "SELECT account_code, 2 FROM accounts"
    ),
    materialized(postgres),
    index(code, number(desc), unique),
    renamed_from = "accounts_once"
)]
pub(crate) struct AccountList {
    /// The code.
    #[column(column_name = "account_code")]
    pub(crate) code: String,
    pub(crate) number: Option<i32>,
}

#[read_model(view = "no_account", query = "SELECT 1 AS r#type")]
pub(crate) struct NoAccount {
    #[column(comment = "Said otherwise.")]
    pub(crate) r#type: i64,
}

sql_object! {
    /// Adds up.
    function "total(integer, text)",
    schema = "app",
    postgres = "CREATE FUNCTION app.total(integer, text) RETURNS integer LANGUAGE sql AS 'SELECT $1'",
    otherwise = "CREATE FUNCTION total(a INT, b TEXT) RETURNS INT RETURN a",
}

cqrs_core::sql_object! { trigger "stamp" on "accounts", "CREATE TRIGGER stamp …" }

#[allow(dead_code)]
fn they_are_read_structs(card: EntryCard, code: AccountCode) -> (Option<String>, String) {
    let _: Option<Account> = None;
    (card.what_kind, code.code)
}
