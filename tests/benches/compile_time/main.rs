//! What a model costs to compile, beside a plain struct with serde and `sqlx::FromRow`, and beside an entity of sea-orm 2, of
//! the same twelve columns.
//!
//! ```text
//! cargo bench --profile dev -p cqrs-tests --all-features --bench compile_time                       # 5 rounds, SQLite's driver
//! cargo bench --profile dev -p cqrs-tests --all-features --bench compile_time -- 9 sqlite,postgres  # so many, these drivers
//! ```
//!
//! Crates of 100 and of 400 models are written below the target directory, and their dependencies built first; that takes some
//! minutes the first time, and the registry. Then each crate alone is checked and built, touched and not incrementally, one
//! after the other in each round. What is printed is the CPU time (user and system) of Cargo and the compiler, the median of
//! the rounds: for each model, the difference between both sizes divided by 300, so that what a crate costs by itself is not
//! in it. That difference needs an idle machine less than wall clock does, and still profits from one.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "its result is what it prints")]

mod models;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use models::Kind;

const SIZES: [usize; 2] = [100, 400];
const COMMANDS: [&str; 2] = ["check", "build"];

/// A crate of so many models.
struct Generated {
    kind: Kind,
    size: usize,
}

impl Generated {
    fn name(&self) -> String {
        format!("{}-{}", self.kind.name(), self.size)
    }
}

fn main() {
    // Cargo passes `--bench`.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let rounds: usize = arguments.next().map_or(5, |rounds| rounds.parse().unwrap());
    let drivers: Vec<String> = arguments
        .next()
        .map_or_else(|| vec!["sqlite".to_owned()], |names| names.split(',').map(str::to_owned).collect());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
    let crates: Vec<Generated> =
        Kind::ALL.into_iter().flat_map(|kind| SIZES.map(|size| Generated { kind, size })).collect();

    write(&folder, &crates, &drivers);
    println!("{} crates in {}; building what they depend on", crates.len(), folder.display());
    for each in crates.iter().filter(|each| each.size == SIZES[0]) {
        for command in COMMANDS {
            cpu_time(&folder, command, &each.name());
        }
    }
    let mut times: Vec<[Vec<f64>; 2]> = crates.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for round in 0..rounds {
        for at in 0..crates.len() {
            let at = (at + round) % crates.len();
            for (command, times) in COMMANDS.iter().zip(&mut times[at]) {
                touch(&folder.join(crates[at].name()).join("src/lib.rs"));
                times.push(cpu_time(&folder, command, &crates[at].name()).as_secs_f64());
            }
        }
    }
    report(&crates, &times);
}

/// A workspace of its own, with the versions of this one.
fn write(folder: &Path, crates: &[Generated], drivers: &[String]) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir_all(folder).unwrap();
    let members: Vec<String> = crates.iter().map(|each| format!("{:?}", each.name())).collect();
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    put(&folder.join("Cargo.toml"), &workspace);
    if !folder.join("Cargo.lock").exists() {
        fs::copy(project.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    }
    for each in crates {
        let package = folder.join(each.name());
        fs::create_dir_all(package.join("src")).unwrap();
        put(&package.join("Cargo.toml"), &each.kind.manifest(&each.name(), project, drivers));
        for (file, text) in each.kind.sources(each.size) {
            put(&package.join("src").join(file), &text);
        }
    }
}

/// Leaves a file alone that says so already: what did not change is not built again.
fn put(path: &PathBuf, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

fn touch(path: &Path) {
    File::options().append(true).open(path).unwrap().set_modified(SystemTime::now()).unwrap();
}

/// Runs Cargo on one of the crates. The shell's `times` tells the CPU time of its children.
/// <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_27>
fn cpu_time(folder: &Path, command: &str, package: &str) -> Duration {
    let output = Command::new("sh")
        .args(["-c", "\"$@\" && times", "sh", "cargo", command, "--quiet", "--package", package])
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command} of {package}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let of_children = text.lines().nth(1).unwrap();
    of_children.split_whitespace().map(seconds).sum()
}

/// `1m2.345s`
fn seconds(text: &str) -> Duration {
    let (minutes, seconds) = text.trim_end_matches('s').split_once('m').unwrap();
    let seconds: f64 = seconds.replace(',', ".").parse().unwrap();
    Duration::from_secs_f64(minutes.parse::<f64>().unwrap() * 60.0 + seconds)
}

fn report(crates: &[Generated], times: &[[Vec<f64>; 2]]) {
    for (at, command) in COMMANDS.into_iter().enumerate() {
        println!("\n`cargo {command}`, seconds of CPU");
        println!("| | 100 models | 400 models | a model, ms | beside a plain struct | beside sea-orm |");
        println!("|---|---|---|---|---|---|");
        let of = |kind: Kind| -> [f64; 3] {
            let total = |size: usize| {
                let found = crates.iter().position(|each| each.kind == kind && each.size == size).unwrap();
                median(&times[found][at])
            };
            let [small, large] = SIZES.map(total);
            [small, large, (large - small) / (SIZES[1] - SIZES[0]) as f64 * 1000.0]
        };
        let [[_, _, plain], [_, _, sea_orm]] = [Kind::Plain, Kind::SeaOrm].map(of);
        for kind in Kind::ALL {
            let [small, large, model] = of(kind);
            println!(
                "| {} | {small:.2} | {large:.2} | {model:.1} | {:.2} x | {:.2} x |",
                kind.title(),
                model / plain,
                model / sea_orm
            );
        }
    }
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
