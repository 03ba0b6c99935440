//! Services made on the fly: a workspace in a temporary folder with one package, which is never compiled. The `cqrs`
//! binary reads its source.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cqrs_migrate::Dialect;
use tempfile::TempDir;

use crate::TestDatabase;

/// A service of the name `shop`, in a folder that goes when the value does.
#[derive(Debug)]
pub struct Service {
    directory: TempDir,
}

impl Service {
    /// A service on all three databases, with these models. Their imports are there already.
    ///
    /// # Panics
    /// Where its files cannot be written.
    #[must_use]
    pub fn new(models: &str) -> Self {
        let service = Self { directory: crate::temporary_directory() };
        let core = concat!(env!("CARGO_MANIFEST_DIR"), "/../cqrs-core");
        service.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"shop\"]\n");
        service.write(
            "shop/Cargo.toml",
            &format!(
                "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[package.metadata.cqrs]\n\
                 databases = [\"sqlite\", \"postgres\", \"mysql\"]\n\n[dependencies]\ncqrs-core = {{ path = {core:?} }}\n"
            ),
        );
        service.models(models);
        service
    }

    /// Gives it other models.
    ///
    /// # Panics
    /// Where the file cannot be written.
    pub fn models(&self, models: &str) {
        self.write("shop/src/lib.rs", &format!("//! Shop.\nuse cqrs_core::object_model;\n{models}"));
    }

    /// Writes a file, from the workspace's folder.
    ///
    /// # Panics
    /// Where it cannot be written.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// The package's folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.directory.path().join("shop")
    }

    /// The migrations folder.
    #[must_use]
    pub fn migrations(&self) -> PathBuf {
        self.folder().join("migrations")
    }

    /// Makes a revision, planned from the recorded models and compared with no live database, and returns its folder.
    ///
    /// # Panics
    /// Where there is nothing to do, or it is refused.
    #[must_use]
    #[track_caller]
    pub fn revision(&self, message: &str, options: &[&str]) -> PathBuf {
        let mut arguments = vec!["revision", "-m", message, "--database-url", "sqlite:there-is-none.db"];
        arguments.extend(options);
        let done = self.cqrs(&arguments);
        assert!(done.code == 0 && !done.stdout.is_empty(), "{done:?}");
        PathBuf::from(done.stdout.trim())
    }

    /// Runs `cqrs` in the package's folder.
    ///
    /// # Panics
    /// Where it cannot be started.
    #[must_use]
    pub fn cqrs(&self, arguments: &[&str]) -> Done {
        Done::of(self.command(arguments))
    }

    /// Runs `cqrs` on a database.
    ///
    /// # Panics
    /// Where it cannot be started.
    #[must_use]
    pub fn on(&self, database: &TestDatabase, arguments: &[&str]) -> Done {
        let mut all = arguments.to_vec();
        all.extend(["--database-url", database.url()]);
        self.cqrs(&all)
    }

    /// `cqrs` in the package's folder, to be started.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(crate::cqrs_bin());
        command.args(arguments).current_dir(self.folder()).stdin(Stdio::null());
        for variable in ["DATABASE_URL", "CLICOLOR_FORCE", "NO_COLOR"] {
            command.env_remove(variable);
        }
        command
    }
}

/// Changes the SQL of a revision for one database.
///
/// # Panics
/// Where the file cannot be read or written.
pub fn edit_sql(revision: &Path, dialect: Dialect, edit: impl FnOnce(String) -> String) {
    let file = revision.join(format!("up.{}.sql", dialect.name()));
    let text = fs::read_to_string(&file).expect("a revision has its SQL");
    fs::write(&file, edit(text)).expect("a file can be written");
}

/// How a process ended.
#[derive(Debug)]
pub struct Done {
    /// Its exit code; -1 where a signal ended it.
    pub code: i32,
    /// What it printed as data.
    pub stdout: String,
    /// What it said besides, without the line breaks and bars that a diagnostic is set with.
    pub said: String,
    /// What it said besides, to the letter.
    pub stderr: String,
}

impl Done {
    /// Runs a command to its end.
    ///
    /// # Panics
    /// Where it cannot be started.
    #[must_use]
    pub fn of(mut command: Command) -> Self {
        Self::from(command.output().expect("the program can be started"))
    }

    /// Requires an exit code, and every one of these texts in what it said.
    ///
    /// # Panics
    /// Where it is otherwise.
    #[track_caller]
    pub fn expect(&self, code: i32, texts: &[&str]) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        for text in texts {
            assert!(self.said.contains(text), "`{text}` is not in what it said\n{self:#?}");
        }
        self
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let stderr = text(&output.stderr);
        let words = stderr.split_whitespace().filter(|word| *word != "│");
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            said: words.collect::<Vec<_>>().join(" "),
            stderr,
        }
    }
}
