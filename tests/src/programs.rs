//! Where the servers' programs are.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

const POSTGRES: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/libexec/postgresql*",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql*/bin",
];

const MYSQL: &[&str] = &[
    "/usr/sbin",
    "/usr/bin",
    "/usr/libexec",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/usr/local/mysql*/bin",
    "/opt/homebrew/opt/mariadb*/bin",
    "/usr/local/opt/mariadb*/bin",
    "/home/linuxbrew/.linuxbrew/opt/mariadb*/bin",
    "/opt/homebrew/opt/mysql*/bin",
];

/// The directory that holds both `initdb` and `postgres`: the first on `PATH`, or `pg_config`'s, or the newest found.
pub(crate) fn postgres() -> Result<PathBuf, String> {
    on_path()
        .into_iter()
        .chain(pg_config())
        .chain(POSTGRES.iter().flat_map(|pattern| newest_first(pattern)))
        .find(|directory| directory.join("initdb").is_file() && directory.join("postgres").is_file())
        .ok_or_else(|| format!("no `initdb` and `postgres` on PATH, from `pg_config`, or in {}", POSTGRES[0]))
}

/// A client of PostgreSQL (`pg_dump`, `psql`) that suits a server of that major version: of the same one, or else of the
/// next, because `pg_dump` refuses servers that are newer than it is.
/// <https://www.postgresql.org/docs/current/app-pgdump.html>
pub(crate) fn postgres_client(program: &'static str, server: u32) -> Result<PathBuf, String> {
    static FOUND: Mutex<BTreeMap<(&str, u32), PathBuf>> = Mutex::new(BTreeMap::new());
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(path) = found.get(&(program, server)) {
        return Ok(path.clone());
    }
    let path = find_postgres_client(program, server)?;
    found.insert((program, server), path.clone());
    Ok(path)
}

fn find_postgres_client(program: &str, server: u32) -> Result<PathBuf, String> {
    let places = postgres().into_iter().chain(POSTGRES.iter().flat_map(|pattern| newest_first(pattern)));
    let found = places.chain(on_path()).map(|place| place.join(program)).filter(|path| path.is_file());
    let mut suiting: Vec<(u32, PathBuf)> =
        found.filter_map(|path| Some((major_version(&path)?, path))).filter(|(major, _)| *major >= server).collect();
    suiting.sort_by_key(|(major, _)| *major);
    let first = suiting.into_iter().next().map(|(_, path)| path);
    first.ok_or_else(|| format!("no `{program}` of PostgreSQL {server} or newer on PATH or in {}", POSTGRES[0]))
}

/// `pg_dump (PostgreSQL) 15.18 (Debian …)` -> 15.
fn major_version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    version(text.split_once(") ")?.1).first().copied()
}

/// The programs of a MariaDB or MySQL server.
pub(crate) struct MySqlPrograms {
    pub(crate) server: PathBuf,
    /// MariaDB's own program for a new data directory; MySQL's server makes its own.
    pub(crate) install: Option<PathBuf>,
}

/// The server, MariaDB before MySQL.
pub(crate) fn mysql() -> Result<MySqlPrograms, String> {
    let places: Vec<PathBuf> =
        on_path().into_iter().chain(MYSQL.iter().flat_map(|pattern| newest_first(pattern))).collect();
    let find = |names: &[&str]| {
        names.iter().find_map(|name| places.iter().map(|place| place.join(name)).find(|path| path.is_file()))
    };
    let server =
        find(&["mariadbd", "mysqld"]).ok_or("no `mariadbd` or `mysqld` on PATH, in /usr/sbin or /usr/libexec")?;
    Ok(MySqlPrograms { server, install: find(&["mariadb-install-db", "mysql_install_db"]) })
}

fn on_path() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok().filter(|output| output.status.success())?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

/// The directories that a pattern with at most one `*` names, the highest version first.
fn newest_first(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![PathBuf::from(pattern)];
    };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or((".", before));
    let mut names: Vec<String> = Path::new(parent)
        .read_dir()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(prefix))
        .collect();
    names.sort_by_key(|name| version(name));
    names.iter().rev().map(|name| PathBuf::from(format!("{parent}/{name}{after}"))).collect()
}

/// The numbers in a name: `postgresql@9.6` -> `[9, 6]`.
fn version(name: &str) -> Vec<u32> {
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_numbers() {
        let directory = crate::temporary_directory();
        for name in ["9.6", "15", "100"] {
            std::fs::create_dir(directory.path().join(name)).unwrap();
        }
        let root = directory.path().to_str().unwrap();
        let expected: Vec<PathBuf> = ["100", "15", "9.6"].iter().map(|v| format!("{root}/{v}/bin").into()).collect();
        assert_eq!(newest_first(&format!("{root}/*/bin")), expected);
    }

    #[test]
    fn a_pattern_of_a_place_that_does_not_exist_names_nothing() {
        assert!(newest_first("/no/such/place/*/bin").is_empty());
    }
}
