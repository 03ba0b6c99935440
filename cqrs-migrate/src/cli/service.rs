//! A service: a Cargo package that depends on `cqrs-core`, and its settings.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cargo_metadata::{Dependency, DependencyKind, MetadataCommand, Package, TargetKind};
use cqrs_core::schema::Schema;
use serde::Deserialize;

use super::report::Failure;
use crate::connection::DatabaseUrl;
use crate::dialect::Dialect;
use crate::lint::{Policy, nearest};
use crate::revision::RevisionSet;

const SETTINGS: &str = "`databases`, `migrations`, `database-url`, `stop-at`, `large-table-rows`, \
                        `large-table-megabytes`, `lock-timeout`, `statement-timeout`, `batch-rows`, `batch-pause` and \
                        `max-replica-lag`";

/// `[package.metadata.cqrs]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// The databases that revisions are made for: `["sqlite", "postgres", "mysql"]`.
    databases: Option<Vec<String>>,
    /// The migrations folder, from the package's folder.
    migrations: Option<PathBuf>,
    /// The database, where nothing else names one. A relative SQLite file is taken from the package's folder.
    database_url: Option<String>,
    /// Hazards that stop a plan besides those that always do: categories (`COMPAT`) and codes (`UNDO001`).
    #[serde(default)]
    stop_at: Vec<String>,
    /// From how many rows on a table is large.
    large_table_rows: Option<u64>,
    /// From how many megabytes on a table is large, with its indexes.
    large_table_megabytes: Option<u64>,
    /// How many seconds a statement of a migration waits for the locks of others, and how many it may run.
    lock_timeout: Option<f64>,
    statement_timeout: Option<f64>,
    /// How many rows a batch has, how many seconds to rest after each, and how many seconds replicas may be behind.
    batch_rows: Option<NonZeroU64>,
    batch_pause: Option<f64>,
    max_replica_lag: Option<f64>,
}

#[derive(Debug)]
pub(super) struct Service {
    pub(super) name: String,
    folder: PathBuf,
    root_file: PathBuf,
    /// The edition of Rust that it is written in.
    pub(super) edition: String,
    dependencies: Vec<Dependency>,
    settings: Settings,
}

impl Service {
    /// The service of that name; without one, the service of the current folder, or the only one of the workspace, or the
    /// only one that has settings.
    pub(super) fn find(name: Option<&str>) -> Result<Self, Failure> {
        let metadata = MetadataCommand::new().no_deps().exec().map_err(|error| {
            let reason = match error {
                cargo_metadata::Error::CargoMetadata { stderr } => stderr.trim().to_owned(),
                other => other.to_string(),
            };
            Failure::usage(format!("cannot read the workspace: {reason}"))
                .help("run this in the folder of a Cargo package or workspace")
        })?;
        let services: Vec<&Package> =
            metadata.workspace_packages().into_iter().filter(|package| is_service(package)).collect();
        let names = || {
            let names: Vec<&str> = services.iter().map(|package| package.name.as_str()).collect();
            if names.is_empty() {
                "no package of this workspace depends on `cqrs-core`".to_owned()
            } else {
                format!("the services of this workspace are: {}", names.join(", "))
            }
        };
        let package = match name {
            Some(name) => services.iter().copied().find(|package| package.name.as_str() == name).ok_or_else(|| {
                let names_known = services.iter().map(|package| package.name.as_str());
                let help =
                    nearest(name, names_known).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                Failure::usage(format!("there is no service `{name}`")).help(help + &names())
            })?,
            None => {
                let here = std::env::current_dir().unwrap_or_default();
                let around = services
                    .iter()
                    .filter(|package| package.manifest_path.parent().is_some_and(|folder| here.starts_with(folder)))
                    .max_by_key(|package| package.manifest_path.as_str().len());
                let has_settings = |package: &&Package| package.metadata.get("cqrs").is_some();
                around
                    .copied()
                    .or_else(|| only(services.clone()))
                    .or_else(|| only(services.iter().copied().filter(has_settings).collect()))
                    .ok_or_else(|| {
                        Failure::usage("which service?")
                            .help(format!("write `--service NAME`, or go to its folder; {}", names()))
                    })?
            }
        };
        Self::of(package)
    }

    fn of(package: &Package) -> Result<Self, Failure> {
        let manifest = package.manifest_path.as_std_path();
        let settings = match package.metadata.get("cqrs") {
            None => Settings::default(),
            Some(value) => serde_json::from_value(value.clone()).map_err(|error| {
                Failure::usage(format!("{}: [package.metadata.cqrs]: {error}", manifest.display()))
                    .help(format!("the settings are {SETTINGS}"))
            })?,
        };
        let target = |kinds: &[TargetKind]| {
            package.targets.iter().find(|target| target.kind.iter().any(|kind| kinds.contains(kind)))
        };
        let root =
            target(&[TargetKind::Lib, TargetKind::RLib]).or_else(|| target(&[TargetKind::Bin])).ok_or_else(|| {
                Failure::usage(format!("{}: the package has neither a library nor a binary", manifest.display()))
            })?;
        Ok(Self {
            name: package.name.to_string(),
            folder: manifest.parent().map(Path::to_owned).unwrap_or_default(),
            root_file: root.src_path.clone().into_std_path_buf(),
            edition: package.edition.to_string(),
            dependencies: package.dependencies.clone(),
            settings,
        })
    }

    /// What its models declare, read from their source.
    pub(super) fn models(&self) -> Result<Schema, Failure> {
        let schema = cqrs_core::extract::extract_crate(&self.root_file).map_err(|errors| Failure::models(errors.0))?;
        if schema.is_empty() {
            return Err(Failure::usage(format!(
                "service `{}` has no models: nothing in `{}` or its modules is marked `#[object_model]`",
                self.name,
                self.root_file.display()
            )));
        }
        Ok(schema)
    }

    /// The file that its models are read from, with the modules below it.
    pub(super) fn root_file(&self) -> &Path {
        &self.root_file
    }

    /// The folder of that file.
    pub(super) fn source_folder(&self) -> &Path {
        self.root_file.parent().unwrap_or(&self.folder)
    }

    /// Whether its models may name a crate.
    pub(super) fn depends_on(&self, name: &str) -> bool {
        let is_it = |dependency: &Dependency| dependency.name == name && dependency.kind == DependencyKind::Normal;
        self.dependencies.iter().any(is_it)
    }

    /// Whether it switches a feature of `cqrs-core` on.
    pub(super) fn has_feature(&self, feature: &str) -> bool {
        let of_core = self.dependencies.iter().filter(|dependency| dependency.name == "cqrs-core");
        of_core.into_iter().any(|dependency| {
            dependency.features.iter().any(|known| known == feature)
                || (feature == "sqlite" && dependency.uses_default_features)
        })
    }

    /// The databases that its revisions are made for.
    pub(super) fn databases(&self) -> Result<Vec<Dialect>, Failure> {
        let Some(names) = &self.settings.databases else { return Ok(vec![Dialect::Sqlite]) };
        names
            .iter()
            .map(|name| {
                name.parse().map_err(|error| {
                    Failure::usage(format!("`databases` in [package.metadata.cqrs] of `{}`: {error}", self.name))
                })
            })
            .collect()
    }

    /// What hazards are judged by.
    pub(super) fn policy(&self) -> Result<Policy, Failure> {
        let default = Policy::default();
        let policy = Policy {
            stop_at: self.settings.stop_at.clone(),
            large_table_rows: self.settings.large_table_rows.unwrap_or(default.large_table_rows),
            large_table_bytes: self
                .settings
                .large_table_megabytes
                .map_or(default.large_table_bytes, |megabytes| megabytes.saturating_mul(1_000_000)),
        };
        policy.check().map_err(|error| {
            let place = format!("`stop-at` in [package.metadata.cqrs] of `{}`", self.name);
            Failure::usage(format!("{place}: {error}")).help(error.help().unwrap_or_default())
        })?;
        Ok(policy)
    }

    pub(super) fn migrations_folder(&self) -> PathBuf {
        self.folder.join(self.settings.migrations.as_deref().unwrap_or(Path::new("migrations")))
    }

    pub(super) fn revisions(&self) -> Result<RevisionSet, Failure> {
        Ok(RevisionSet::load(&self.migrations_folder())?)
    }

    /// How long a statement of a migration waits for locks: the option beats the settings.
    pub(super) fn lock_timeout(&self, option: Option<f64>) -> Result<Option<Duration>, Failure> {
        seconds("lock-timeout", option.or(self.settings.lock_timeout))
    }

    /// How long a statement of a migration may run: the option beats the settings.
    pub(super) fn statement_timeout(&self, option: Option<f64>) -> Result<Option<Duration>, Failure> {
        seconds("statement-timeout", option.or(self.settings.statement_timeout))
    }

    /// How many rows a batch has: the option beats the settings.
    pub(super) fn batch_rows(&self, option: Option<NonZeroU64>) -> Option<NonZeroU64> {
        option.or(self.settings.batch_rows)
    }

    /// How long to rest after a batch: the option beats the settings.
    pub(super) fn batch_pause(&self, option: Option<f64>) -> Result<Option<Duration>, Failure> {
        seconds("batch-pause", option.or(self.settings.batch_pause))
    }

    /// How far replicas may be behind before the next batch: the option beats the settings.
    pub(super) fn max_replica_lag(&self, option: Option<f64>) -> Result<Option<Duration>, Failure> {
        seconds("max-replica-lag", option.or(self.settings.max_replica_lag))
    }

    /// The option beats the variable beats the settings beats the service's own SQLite file.
    pub(super) fn database_url(&self, option: Option<&str>) -> Result<DatabaseUrl, Failure> {
        let variable = std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
        if let Some(url) = option.map(str::to_owned).or(variable) {
            return Ok(DatabaseUrl::parse(&url)?);
        }
        let own = format!("sqlite:{}.db", self.name);
        let url = self.settings.database_url.as_deref().unwrap_or(&own);
        match DatabaseUrl::parse(url)?.sqlite_file() {
            Some(file) if file.is_relative() => {
                let query = url.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
                Ok(DatabaseUrl::parse(&format!("sqlite:{}{query}", self.folder.join(file).display()))?)
            }
            _ => Ok(DatabaseUrl::parse(url)?),
        }
    }
}

fn seconds(name: &str, seconds: Option<f64>) -> Result<Option<Duration>, Failure> {
    const LONGEST: f64 = 2_000_000.0;
    match seconds {
        None => Ok(None),
        Some(seconds) if (0.0..=LONGEST).contains(&seconds) => Ok(Some(Duration::from_secs_f64(seconds))),
        Some(seconds) => Err(Failure::usage(format!("`{name}` cannot be {seconds}"))
            .help(format!("write seconds from 0 to {LONGEST}; 0 is without end, for a pause none"))),
    }
}

/// Whether it depends on `cqrs-core`, and not only for its tests. This project's own tool is none.
fn is_service(package: &Package) -> bool {
    let depends = |dependency: &Dependency| dependency.name == "cqrs-core" && dependency.kind == DependencyKind::Normal;
    package.name.as_str() != "cqrs-migrate" && package.dependencies.iter().any(depends)
}

fn only(packages: Vec<&Package>) -> Option<&Package> {
    if let [package] = packages[..] { Some(package) } else { None }
}
