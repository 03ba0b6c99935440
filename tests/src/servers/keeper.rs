//! Servers and files that go when this process ends.
//!
//! A shell, the keeper, reads from a pipe whose other end only this process holds. However the process ends, the system
//! closes the pipe; then the keeper stops the server that it has started, and removes the directory.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::programs::MySqlPrograms;
use crate::sql;

/// Takes the directory, and the signal that stops the server in it. The server may not run yet when the pipe closes,
/// hence the loop.
const KEEP_SERVER: &str = r#"
{ sh run.sh </dev/null >log 2>&1; : >stopped; } &
cat >/dev/null
until [ -e stopped ]; do
    kill -s "$2" "$(cat pid)"
    sleep 0.1
done
"#;

/// Takes the directory.
const KEEP_FILES: &str = "cat >/dev/null\n";

/// Programs that this process has started may still write for a moment, hence the loop.
const REMOVE: &str = r#"
for attempt in 1 2 3 4 5; do
    rm -rf "$1" && break
    sleep 1
done
"#;

/// A Unix socket's path has at most 107 bytes (103 on macOS), and `/.s.PGSQL.5432` comes after this.
const LONGEST_DIRECTORY: usize = 80;

const START_TIMEOUT: Duration = Duration::from_secs(60);

/// How to run one kind of server in its directory.
pub(super) struct Recipe {
    /// Makes the data directory and becomes the server. `{directory}` stands for the directory.
    script: String,
    /// Where the server is to be reached. `{directory}` stands for the directory.
    url: &'static str,
    /// The signal that stops it at once: its data is not needed again.
    stop_signal: &'static str,
    /// Who it may run as, where this process is root's: servers refuse root.
    users: [&'static str; 2],
}

/// <https://www.postgresql.org/docs/current/non-durability.html>
pub(super) fn postgres(programs: &Path) -> Recipe {
    let (initdb, server) = (quoted(&programs.join("initdb")), quoted(&programs.join("postgres")));
    Recipe {
        script: format!(
            "{initdb} --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync || exit\n\
             exec {server} -D data -k '{{directory}}' -p 5432 -c listen_addresses= -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0\n"
        ),
        url: "postgres://postgres@localhost/postgres?host={directory}&port=5432",
        // An immediate shutdown; it also removes the shared memory, which SIGKILL would leave.
        // https://www.postgresql.org/docs/current/server-shutdown.html
        stop_signal: "QUIT",
        users: ["postgres", "nobody"],
    }
}

pub(super) fn mysql(programs: &MySqlPrograms) -> Recipe {
    let server = quoted(&programs.server);
    let install = match &programs.install {
        // https://mariadb.com/kb/en/mariadb-install-db/
        Some(install) => format!(
            "{} --no-defaults --datadir='{{directory}}/data' --auth-root-authentication-method=normal --skip-test-db",
            quoted(install)
        ),
        // https://dev.mysql.com/doc/refman/8.0/en/data-directory-initialization.html
        None => format!("{server} --no-defaults --initialize-insecure --datadir='{{directory}}/data'"),
    };
    Recipe {
        script: format!(
            "{install} || exit\n\
             exec {server} --no-defaults --datadir='{{directory}}/data' --tmpdir='{{directory}}' --socket='{{directory}}/s' \
             --pid-file='{{directory}}/server.pid' --skip-networking --innodb-flush-log-at-trx-commit=0 \
             --innodb-buffer-pool-size=64M\n"
        ),
        url: "mysql://root@localhost/mysql?socket={directory}/s",
        stop_signal: "KILL",
        users: ["mysql", "nobody"],
    }
}

/// What is kept goes when this value goes.
pub(crate) struct Keeper {
    /// Holds the pipe.
    _shell: Child,
}

/// Starts a server and waits until it answers; returns its URL too.
pub(super) fn start(recipe: &Recipe) -> Result<(Keeper, String), String> {
    let directory = new_directory()?;
    let spawned = spawn(recipe, &directory);
    if spawned.is_err() {
        let _ = fs::remove_dir_all(&directory);
    }
    let keeper = Keeper { _shell: spawned.map_err(|error| format!("cannot start a server: {error}"))? };
    let url = in_directory(recipe.url, &directory);
    wait_until_ready(&url, &directory)?;
    Ok((keeper, url))
}

/// Removes a directory when this process ends, for tests that are killed before they can.
pub(crate) fn remove_at_end(directory: &Path) -> std::io::Result<Keeper> {
    Ok(Keeper { _shell: shell(KEEP_FILES, directory).spawn()? })
}

fn spawn(recipe: &Recipe, directory: &Path) -> std::io::Result<Child> {
    let script = format!("echo $$ >pid\n{}", in_directory(&recipe.script, directory));
    fs::write(directory.join("run.sh"), script)?;
    let mut shell = shell(KEEP_SERVER, directory);
    shell.arg(recipe.stop_signal);
    if fs::metadata(directory)?.uid() == 0 {
        let (user, group) = find_user(&recipe.users)?;
        chown(directory, Some(user), Some(group))?;
        shell.uid(user).gid(group);
    }
    shell.spawn()
}

fn shell(keep: &str, directory: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("trap '' HUP INT TERM\n{keep}{REMOVE}"), "sh"]).arg(directory);
    shell.current_dir(directory).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C in the terminal is for the tests; the keeper sees them end.
    shell.process_group(0);
    shell
}

/// A directory that other users can reach, with a path short enough for a socket in it.
fn new_directory() -> Result<PathBuf, String> {
    let is_reachable = |base: &PathBuf| {
        base.as_os_str().len() + "/cqrs-123456".len() <= LONGEST_DIRECTORY
            && base.ancestors().all(|place| fs::metadata(place).is_ok_and(|metadata| metadata.mode() & 0o001 != 0))
    };
    let base = [std::env::temp_dir(), "/tmp".into(), "/var/tmp".into()]
        .into_iter()
        .filter_map(|base| base.canonicalize().ok())
        .find(is_reachable)
        .ok_or("no temporary directory has a path short enough for a socket and open to other users: set TMPDIR")?;
    let directory = tempfile::Builder::new().prefix("cqrs-").tempdir_in(&base);
    Ok(directory.map_err(|error| format!("cannot make a directory in `{}`: {error}", base.display()))?.keep())
}

/// The ids of the first of these users that the machine has.
fn find_user(names: &[&str]) -> std::io::Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")?;
    let ids = |name: &str| {
        let fields: Vec<&str> =
            users.lines().map(|line| line.split(':').collect()).find(|f: &Vec<&str>| f[0] == name)?;
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    };
    names.iter().find_map(|name| ids(name)).ok_or_else(|| {
        std::io::Error::other(format!("root cannot run it, and none of the users {} exists", names.join(", ")))
    })
}

fn wait_until_ready(url: &str, directory: &Path) -> Result<(), String> {
    let deadline = Instant::now() + START_TIMEOUT;
    loop {
        let has_stopped = directory.join("stopped").exists();
        match sql::try_execute(url, "select 1") {
            Ok(()) => return Ok(()),
            Err(_) if has_stopped => return Err(format!("the server does not start:\n{}", end_of_log(directory))),
            Err(error) if Instant::now() > deadline => {
                return Err(format!("the server does not answer: {error}\n{}", end_of_log(directory)));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}

fn end_of_log(directory: &Path) -> String {
    let log = fs::read(directory.join("log")).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let lines: Vec<&str> = log.trim_end().lines().collect();
    lines[lines.len().saturating_sub(10)..].iter().map(|line| format!("    {line}\n")).collect()
}

fn in_directory(text: &str, directory: &Path) -> String {
    text.replace("{directory}", &directory.display().to_string())
}

/// A path as one word of the shell.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
