use proc_macro2::TokenStream;
use syn::LitStr;

use crate::entry::{Entry, Once, Value, entries};
use crate::errors::Errors;
use crate::names::did_you_mean;

pub(crate) const DATABASES: [&str; 3] = ["postgres", "mysql", "sqlite"];

fn unknown_database(entry: &Entry, known: &[&str], errors: &mut Errors) {
    let name = entry.name.to_string();
    let help = did_you_mean(&name, known.iter().copied());
    errors.at(&entry.name, format!("unknown database `{name}`{help} (known: {})", known.join(", ")));
}

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
            let takes_none = entry.name == "sqlite";
            match types.slot(&entry) {
                // A column of SQLite may have no type. <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
                Some(slot) if once.check(&entry, errors) => {
                    *slot = if takes_none { entry.text_or_none(errors) } else { entry.text(errors) };
                }
                Some(_) => {}
                None => unknown_database(&entry, &DATABASES, errors),
            }
        }
        types.names_one().then_some(types)
    }

    fn slot(&mut self, entry: &Entry) -> Option<&mut Option<LitStr>> {
        match entry.name.to_string().as_str() {
            "postgres" => Some(&mut self.postgres),
            "mysql" => Some(&mut self.mysql),
            "sqlite" => Some(&mut self.sqlite),
            _ => None,
        }
    }

    fn names_one(&self) -> bool {
        [&self.postgres, &self.mysql, &self.sqlite].into_iter().any(Option::is_some)
    }

    /// The words on PostgreSQL, MySQL and SQLite.
    #[must_use]
    pub fn texts(&self) -> [Option<String>; 3] {
        [&self.postgres, &self.mysql, &self.sqlite].map(|text| text.as_ref().map(LitStr::value))
    }
}

/// `postgres = "…", mysql = "…", sqlite = "…", otherwise = "…"`: SQL that databases may need in words of their own.
#[derive(Clone, Default)]
pub struct SqlTexts {
    /// On the databases named.
    pub on: NativeTypes,
    /// On all others.
    pub otherwise: Option<LitStr>,
}

impl SqlTexts {
    /// Takes an entry of the list. Whether its name is one of a database, or `otherwise`.
    pub(crate) fn take(&mut self, entry: &Entry, errors: &mut Errors) -> bool {
        let slot = if entry.name == "otherwise" { Some(&mut self.otherwise) } else { self.on.slot(entry) };
        let Some(slot) = slot else { return false };
        *slot = entry.text(errors);
        true
    }

    /// `name = "…"`, or `name(postgres = "…", otherwise = "…")`. `None` where there is no SQL.
    pub(crate) fn of(named: &Entry, errors: &mut Errors) -> Option<Self> {
        let Value::List(list) = &named.value else {
            return named.text(errors).map(|text| Self { otherwise: Some(text), ..Self::default() });
        };
        let (mut texts, mut once, before) = (Self::default(), Once::default(), errors.len());
        for entry in entries(list.clone(), errors) {
            if once.check(&entry, errors) && !texts.take(&entry, errors) {
                unknown_database(&entry, &["postgres", "mysql", "sqlite", "otherwise"], errors);
            }
        }
        if texts.is_empty() && errors.len() == before {
            let name = &named.name;
            let message = format!("`{name}` names no database: write `{name}(postgres = \"…\", otherwise = \"…\")`");
            errors.at(name, message);
        }
        (!texts.is_empty()).then_some(texts)
    }

    /// Whether there is any SQL.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.otherwise.is_none() && !self.on.names_one()
    }
}
