use proc_macro2::TokenStream;
use syn::LitStr;

use crate::entry::{Once, entries};
use crate::errors::Errors;
use crate::names::did_you_mean;

const DATABASES: [&str; 3] = ["postgres", "mysql", "sqlite"];

/// `postgres = "citext", mysql = "…", sqlite = "…"`: a type in the words of some databases.
#[derive(Clone, Default)]
pub struct NativeTypes {
    /// On PostgreSQL.
    pub postgres: Option<LitStr>,
    /// On MySQL and MariaDB.
    pub mysql: Option<LitStr>,
    /// On SQLite.
    pub sqlite: Option<LitStr>,
}

impl NativeTypes {
    /// Reads the list behind `column_type` or `sql_type`. `None` where it names no database.
    pub(crate) fn parse(list: TokenStream, errors: &mut Errors) -> Option<Self> {
        let (mut types, mut once) = (Self::default(), Once::default());
        for entry in entries(list, errors) {
            let name = entry.name.to_string();
            let slot = match name.as_str() {
                "postgres" => &mut types.postgres,
                "mysql" => &mut types.mysql,
                "sqlite" => &mut types.sqlite,
                _ => {
                    let help = did_you_mean(&name, DATABASES);
                    let message = format!("unknown database `{name}`{help} (known: {})", DATABASES.join(", "));
                    errors.at(&entry.name, message);
                    continue;
                }
            };
            if once.check(&entry, errors) {
                // A column of SQLite may have no type. <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
                *slot = if name == "sqlite" { entry.text_or_none(errors) } else { entry.text(errors) };
            }
        }
        let named = [&types.postgres, &types.mysql, &types.sqlite].into_iter().any(Option::is_some);
        named.then_some(types)
    }

    /// The words on PostgreSQL, MySQL and SQLite.
    #[must_use]
    pub fn texts(&self) -> [Option<String>; 3] {
        [&self.postgres, &self.mysql, &self.sqlite].map(|text| text.as_ref().map(LitStr::value))
    }
}
