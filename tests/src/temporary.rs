//! Temporary files.

use std::path::PathBuf;
use std::sync::LazyLock;

use tempfile::TempDir;

#[cfg(unix)]
use crate::servers::keeper::{Keeper, remove_at_end};

/// Holds all of this process's directories, so that one keeper does.
struct Scratch {
    directory: PathBuf,
    #[cfg(unix)]
    _keeper: Keeper,
}

static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| {
    let directory =
        tempfile::Builder::new().prefix("cqrs-").tempdir().expect("a temporary directory can be made").keep();
    Scratch {
        #[cfg(unix)]
        _keeper: remove_at_end(&directory).expect("`sh` can be started"),
        directory,
    }
});

/// A directory that is removed when the value goes, or else when the process ends.
///
/// # Panics
/// Where no temporary directory can be made.
#[must_use]
pub fn temporary_directory() -> TempDir {
    TempDir::new_in(&SCRATCH.directory).expect("a temporary directory can be made")
}
