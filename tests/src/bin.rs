//! The binaries of the workspace.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

static BINARIES: LazyLock<Result<BTreeMap<String, PathBuf>, String>> = LazyLock::new(build);

/// Where the `cqrs` binary is. It is built first, once per process, so that it is never stale; with the features of
/// the whole workspace, so that a fresh one costs no more than asking.
///
/// # Panics
/// Where it cannot be built.
#[must_use]
pub fn cqrs_bin() -> &'static Path {
    binary("cqrs")
}

/// Where the example service's binary is, built as [`cqrs_bin`] is, with all drivers.
///
/// # Panics
/// Where it cannot be built.
#[must_use]
pub fn service_bin() -> &'static Path {
    binary("analytics-service")
}

fn binary(name: &str) -> &'static Path {
    match &*BINARIES {
        Ok(paths) => paths.get(name).unwrap_or_else(|| panic!("cargo built no executable `{name}`")),
        Err(reason) => panic!("cannot build the binaries: {reason}"),
    }
}

fn build() -> Result<BTreeMap<String, PathBuf>, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--workspace", "--all-features", "--bins", "--message-format", "json"]);
    cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    cargo.stderr(Stdio::inherit());
    if let Some((target, profile)) = target_and_profile() {
        cargo.arg("--target-dir").arg(target).args(["--profile", if profile == "debug" { "dev" } else { &profile }]);
    }
    // Cargo sets these for each package that it tests, and some build scripts run again when they change.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&*name);
        }
    }
    let output = cargo.output().map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo ended with {}", output.status));
    }
    let paths = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter_map(|message| {
            let path = message["executable"].as_str()?;
            Some((message["target"]["name"].as_str()?.to_owned(), PathBuf::from(path)))
        })
        .collect();
    Ok(paths)
}

/// The target directory and the profile that this test itself was built with, from the place of its executable:
/// `TARGET/debug/deps/test-1234` or `TARGET/TRIPLE/debug/deps/test-1234`.
fn target_and_profile() -> Option<(PathBuf, String)> {
    let test = env::current_exe().ok()?;
    let profile = test.parent()?.parent()?;
    let target = profile.ancestors().find(|place| place.join("CACHEDIR.TAG").is_file())?;
    Some((target.to_owned(), profile.file_name()?.to_str()?.to_owned()))
}
