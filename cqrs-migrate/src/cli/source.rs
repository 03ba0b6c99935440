//! What a schema is read from: `models`, a folder of schema JSON, a revision, an SQL file, a live database.

use std::fmt;
use std::path::{Path, PathBuf};

use cqrs_core::schema::{Schema, Table, read_table};

use super::Target;
use super::report::{Failure, note};
use crate::connection::{Connection, DatabaseUrl};
use crate::dialect::{Dialect, Introspected, NotManaged};
use crate::error::Error;
use crate::introspect::{Selection, introspect};
use crate::script::run_script;

/// A source as it is written on the command line.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// The service's models.
    Models,
    /// A folder of schema JSON.
    Json(PathBuf),
    /// A revision of the service: an id, the beginning of one, or `head`.
    Revision(String),
    /// A script of SQL.
    SqlFile(PathBuf),
    /// A live database.
    Database(DatabaseUrl),
}

/// A schema in the words of one database.
pub(super) struct Read {
    pub(super) schema: Schema,
    /// What of the database is not in it.
    pub(super) not_managed: Vec<NotManaged>,
    /// Whether the database itself spelled it.
    pub(super) is_spelled: bool,
}

impl Source {
    /// Not clap's to parse: its message would repeat a URL with the password.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        if text == "models" {
            return Ok(Self::Models);
        }
        if let Some((prefix, rest)) = text.split_once(':') {
            let source = match prefix {
                "json" => Some(Self::Json(rest.into())),
                "rev" => Some(Self::Revision(rest.to_owned())),
                "sql" => Some(Self::SqlFile(rest.into())),
                _ => None,
            };
            match source {
                Some(_) if rest.is_empty() => {
                    return Err(Failure::usage(format!("`{text}` names nothing"))
                        .help("write `json:FOLDER`, `rev:ID`, `rev:head` or `sql:FILE`"));
                }
                Some(source) => return Ok(source),
                None => {}
            }
        }
        DatabaseUrl::parse(text).map(Self::Database).map_err(|error| {
            let help = error.help().unwrap_or_default();
            Failure::usage(error.to_string()).help(format!(
                "write `models`, `json:FOLDER`, `rev:ID`, `sql:FILE`, or {}",
                help.trim_start_matches("write ")
            ))
        })
    }

    /// The schema, in the words of the database that `server` is of. What is read of a database is selected.
    pub(super) async fn read(
        &self,
        server: &DatabaseUrl,
        target: &Target,
        selection: &Selection,
    ) -> Result<Read, Failure> {
        let declared = match self {
            Self::Models => target.service()?.models()?,
            Self::Json(folder) => json_folder(folder)?,
            Self::Revision(text) => {
                let revisions = target.service()?.revisions()?;
                let id = revisions.find(text)?.id.clone();
                revisions.schema_at(Some(&id))?
            }
            Self::SqlFile(file) => {
                let script = read_file(file)?;
                let introspected = run_script(server, &script, selection.clone()).await.map_err(|error| {
                    let is_of_script = matches!(error, Error::BadScript { .. } | Error::Shadow { .. });
                    let failure = Failure::from(error);
                    if !is_of_script {
                        return failure;
                    }
                    let (file, dialect) = (file.display(), server.dialect());
                    failure.help(format!("`{file}` must run as it stands on an empty {dialect} database"))
                })?;
                return Ok(compared(introspected, file.display()));
            }
            Self::Database(url) => return database(url, selection).await,
        };
        let schema = server.dialect().lower(&declared).map_err(Error::from)?;
        Ok(Read { schema, not_managed: Vec::new(), is_spelled: false })
    }

    /// Whether it says what roles may do and own. What is declared never does.
    pub(super) fn tells_of_roles(&self) -> bool {
        matches!(self, Self::SqlFile(_) | Self::Database(_))
    }

    pub(super) fn url(&self) -> Option<&DatabaseUrl> {
        match self {
            Self::Database(url) => Some(url),
            _ => None,
        }
    }
}

/// Everything in a live database, and a note on what in it cannot be compared.
pub(super) async fn database(url: &DatabaseUrl, selection: &Selection) -> Result<Read, Failure> {
    let Some(mut connection) = Connection::open_existing(url).await? else {
        return Err(Failure::usage(format!("there is no database `{url}`"))
            .help("check the path, or make it with `cqrs upgrade`"));
    };
    let introspected = introspect(&mut connection, selection).await;
    connection.close().await;
    Ok(compared(introspected?, url))
}

/// What can be compared, and a note on what cannot.
fn compared(Introspected { schema, not_managed }: Introspected, place: impl fmt::Display) -> Read {
    for object in &not_managed {
        note(format_args!("not managed, and not compared: {object} in `{place}`"));
    }
    Read { schema, not_managed, is_spelled: true }
}

fn read_file(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", file.display())).help("check the path"))
}

/// Every `.json` file of a folder and the folders in it, a table each.
fn json_folder(folder: &Path) -> Result<Schema, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::usage(format!("cannot read `{}`: {error}", folder.display())).help("write `json:FOLDER`")
    };
    let mut tables: Vec<Table> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let table = read_table(&read_file(&path)?).map_err(|error| {
                    let place = format!("{}:{}:{}", path.display(), error.line, error.column);
                    Failure::usage(format!("{place}: {}", error.message))
                        .help("mend the file, or take it out of the folder")
                })?;
                tables.push(table);
            }
        }
    }
    if tables.is_empty() {
        return Err(Failure::usage(format!("`{}` has no schema JSON", folder.display()))
            .help("it shall hold a `.json` file for each table"));
    }
    Ok(Schema::declare(tables).map_err(Error::from)?)
}

/// The database whose words and server are used where several sources are compared.
pub(super) fn server(sources: [&Source; 2], target: &Target) -> Result<DatabaseUrl, Failure> {
    let urls: Vec<&DatabaseUrl> = sources.into_iter().filter_map(Source::url).collect();
    if let [from, to] = urls[..]
        && from.dialect() != to.dialect()
    {
        return Err(Failure::usage(format!(
            "not supported: comparing {} with {}; their types and expressions have no common spelling",
            from.dialect(),
            to.dialect()
        )));
    }
    match (urls.first(), &target.database_url) {
        (Some(url), _) => Ok((*url).clone()),
        (None, Some(url)) => Ok(DatabaseUrl::parse(url)?),
        (None, None) => {
            let service = target.service().map_err(|failure| match &target.service {
                // It was misspelled: the help says how it is called.
                Some(_) => failure,
                None => failure.help(
                    "name the server that reads the SQL with `--database-url`, or run this in a service's folder",
                ),
            })?;
            let url = target.url(&service)?;
            // Nothing is asked of the database itself, which need not be there.
            Ok(if url.dialect() == Dialect::Sqlite { url.empty_like()? } else { url })
        }
    }
}
