//! `cqrs import`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use cqrs_core::extract::{ExtractErrors, extract_crate};
use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema};
use owo_colors::OwoColorize;

use super::report::{Failure, note};
use super::service::Service;
use super::{DONE, FINDINGS, Target, source};
use crate::change::Change;
use crate::connection::{Connection, DatabaseUrl};
use crate::error::Error;
use crate::import::{self, Compared, Import, Imported, Known, OBJECTS_MODULE, matches_glob};
use crate::introspect::Selection;
use crate::lint::Allowed;
use crate::prepare::describe;
use crate::rename::Answers;
use crate::revision::{NewRevision, Upgrade, create};
use crate::view_columns::{self, ViewColumns};

#[derive(Debug, Args)]
pub(super) struct ImportTables {
    /// The tables and views to write models of, with the SQL objects that they need or have, by name with `*` and `?`; may
    /// be given several times [default: everything]
    #[arg(long, value_name = "GLOB")]
    tables: Vec<String>,
    /// The domain, and so the folder, of the models [default: one for each database schema]
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,
    /// Show the files instead of writing them
    #[arg(long)]
    dry_run: bool,
    /// Write over files that are there
    #[arg(long)]
    force: bool,
    /// What the baseline revision is for, in a few words
    #[arg(short, long, value_name = "TEXT", default_value = "Baseline")]
    message: String,
    #[command(flatten)]
    target: Target,
}

/// Files from the folder of the service's source, with what shall be in them.
type Files = BTreeMap<PathBuf, String>;

/// Models that are not written yet.
struct Draft {
    imported: Imported,
    files: Files,
    /// What the service declares with them.
    declared: Schema,
    compared: Compared,
    /// Why it cannot be made on another database.
    alone: Option<Error>,
}

impl ImportTables {
    pub(super) async fn run(self) -> Result<u8, Failure> {
        let service = self.target.service()?;
        let url = self.target.url(&service)?;
        check_databases(&service, &url)?;
        let live = source::database(&url, &Selection::default()).await?.schema;
        let draft = self.draft(&service, &url, &live).await?;
        let Draft { imported, files, declared, compared, alone } = &draft;
        if self.dry_run {
            show(files);
        } else {
            write(&service, files)?;
        }
        tell(&service, &url, imported, compared);
        if let Some(error) = alone {
            note(format_args!(
                "only for this database: on another one `cqrs upgrade` stops, because {error}; declare what is missing there"
            ));
        }
        if !compared.changes.is_empty() {
            note(format_args!(
                "{}: the models are not quite what `{url}` is, and no baseline was recorded; to make it so:\n{}\nsay in the models what they lack, or write them anew with `--force`, and run `cqrs import` again",
                "not equal".red().bold(),
                describe(&compared.changes)
            ));
            return Ok(FINDINGS);
        }
        if !self.dry_run {
            self.baseline(&service, &url, declared, compared).await?;
        }
        Ok(DONE)
    }

    /// Models that say just what the database has. What they do not say so is left out, and why is told.
    async fn draft(&self, service: &Service, url: &DatabaseUrl, live: &Schema) -> Result<Draft, Failure> {
        let known = self.known(service, url, live);
        let asked = self.asked(url, live, &known)?;
        let view_columns = columns_of_views(url, live).await?;
        let mut refused = Refused::new();
        loop {
            let import = Import {
                schema: live,
                view_columns: &view_columns,
                dialect: url.dialect(),
                asked: &asked,
                refused: &refused,
                domain: self.domain.as_deref(),
                default_domain: &database_name(url),
                known: &known,
            };
            let imported = import.models();
            let files = self.files(service, &imported, &str::to_owned)?;
            match try_out(service, url, live, &imported, &files).await? {
                Ok(Held { declared, compared, alone }) => {
                    let files = self.files(service, &imported, &|text| formatted(service, text))?;
                    return Ok(Draft { imported, files, declared, compared, alone });
                }
                Err(found) => refused.extend(found),
            }
        }
    }

    /// What the service declares and keeps.
    fn known(&self, service: &Service, url: &DatabaseUrl, live: &Schema) -> Known {
        let mut known = import::known(url.dialect(), service.source_folder());
        if self.force {
            known.models.retain(|name, _| !(live.tables.contains_key(name) && self.asks_for(name)));
            known.views.retain(|name| !(live.views.contains_key(name) && self.asks_for(name)));
            let is_written_over = |module: &str| {
                let name = module.rsplit("::").next();
                self.tables.is_empty() && name == Some(OBJECTS_MODULE)
            };
            known.objects.retain(|id, module| !(live.objects.contains_key(id) && is_written_over(module)));
        }
        known
    }

    fn asks_for(&self, name: &ObjectName) -> bool {
        self.tables.is_empty() || self.tables.iter().any(|pattern| matches_glob(pattern, name))
    }

    /// The tables, views and SQL objects that are asked for and not declared yet.
    fn asked(&self, url: &DatabaseUrl, live: &Schema, known: &Known) -> Result<BTreeSet<ObjectId>, Failure> {
        let tables = live.tables.keys().cloned().map(ObjectId::table);
        let views = live.views.keys().cloned().map(ObjectId::view);
        let relations: BTreeSet<ObjectId> = tables.chain(views).filter(|id| self.asks_for(&id.name)).collect();
        let dialect = url.dialect();
        let objects: BTreeSet<ObjectId> = if self.tables.is_empty() {
            live.objects.keys().filter(|id| import::is_declarable(dialect, id.kind)).cloned().collect()
        } else {
            import::asked(dialect, live, &relations)
        };
        if relations.is_empty() && objects.is_empty() {
            let what = if self.tables.is_empty() { "has no tables" } else { "has no table or view of that name" };
            return Err(Failure::usage(format!("`{url}` {what}"))
                .help("check the URL and `--tables`; put a pattern into quotes, so that the shell leaves it alone"));
        }
        for id in relations.iter().filter(|id| known.declares(id)) {
            note(format_args!("`{id}` has a model already, and keeps it"));
        }
        Ok(relations.into_iter().chain(objects).filter(|id| !known.declares(id)).collect())
    }

    /// The files of the models, and those that declare their modules.
    fn files(&self, service: &Service, imported: &Imported, format: &dyn Fn(&str) -> String) -> Result<Files, Failure> {
        let mut files = Files::new();
        let mut in_the_way = Vec::new();
        for (folder, domain) in &imported.domains {
            for (module, text) in &domain.modules {
                let file = Path::new(folder).join(format!("{module}.rs"));
                if service.source_folder().join(&file).exists() && !self.force {
                    in_the_way.push(format!("`{}`", file.display()));
                }
                files.insert(file, format(text));
            }
            if !domain.objects.is_empty() {
                let file = Path::new(folder).join(format!("{OBJECTS_MODULE}.rs"));
                let is_written_over = self.force && self.tables.is_empty();
                let before = read(&service.source_folder().join(&file))?.filter(|_| !is_written_over);
                files.insert(file, format(&domain.objects_file(before.as_deref())));
            }
            let beside = PathBuf::from(format!("{folder}.rs"));
            let is_beside = service.source_folder().join(&beside).exists();
            let root = if is_beside { beside } else { Path::new(folder).join("mod.rs") };
            let text = match read(&service.source_folder().join(&root))? {
                Some(text) => wired(format, &root, &text, domain.module_names(), true)?,
                None => Some(format(&domain.root())),
            };
            files.extend(text.map(|text| (root, text)));
        }
        if !in_the_way.is_empty() {
            return Err(Failure::usage(format!("there are files already: {}", in_the_way.join(", "))).help(
                "write over them with `--force`, choose another `--domain`, or leave tables out with `--tables`",
            ));
        }
        let root = service.root_file().file_name().map(PathBuf::from).unwrap_or_default();
        let text = read(service.root_file())?.unwrap_or_default();
        let text = wired(format, &root, &text, imported.domains.keys().map(String::as_str), false)?;
        files.extend(text.map(|text| (root, text)));
        Ok(files)
    }

    /// A revision of what the database has, recorded as applied.
    async fn baseline(
        &self,
        service: &Service,
        url: &DatabaseUrl,
        declared: &Schema,
        compared: &Compared,
    ) -> Result<(), Failure> {
        let new = NewRevision {
            message: self.message.trim(),
            declared,
            databases: &service.databases()?,
            servers: &BTreeMap::from([(url.dialect(), url.clone())]),
            allowed: &Allowed::default(),
            policy: &service.policy()?,
            live: None,
            answers: &Answers::default(),
            verify: true,
            existing: Some((url.dialect(), &compared.part)),
        };
        if let Some(created) = create(&service.revisions()?, &new).await? {
            anstream::println!("{}", created.folder.display());
        }
        let set = service.revisions()?;
        for id in Upgrade::new(&set, url).stamp().await? {
            note(format_args!("recorded as applied, and not run: {id}"));
        }
        Ok(())
    }
}

/// A service that is not made for the database would have no revision for it.
fn check_databases(service: &Service, url: &DatabaseUrl) -> Result<(), Failure> {
    let databases = service.databases()?;
    if databases.contains(&url.dialect()) {
        return Ok(());
    }
    let names: Vec<&str> = databases.iter().map(|dialect| dialect.name()).collect();
    Err(Failure::usage(format!("service `{}` is made for {}, and `{url}` is none", service.name, names.join(", ")))
        .help(format!(
            "write `databases = [\"{}\"]` under `[package.metadata.cqrs]` in its Cargo.toml",
            url.dialect().name()
        )))
}

/// What the domain of the default schema is called.
fn database_name(url: &DatabaseUrl) -> String {
    let text = url.to_string();
    let name = match url.sqlite_file() {
        Some(file) => file.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
        None => {
            let path = text.split('?').next().and_then(|text| text.split("://").nth(1)).unwrap_or_default();
            path.split_once('/').map(|(_, name)| name.to_owned())
        }
    };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "models".to_owned())
}

/// A draft that says just what the database has.
struct Held {
    declared: Schema,
    compared: Compared,
    alone: Option<Error>,
}

/// What of a draft does not hold, and why.
type Refused = BTreeMap<ObjectId, String>;

/// Reads a draft as the service would declare it, compares it with the database, and makes it by itself in a shadow.
async fn try_out(
    service: &Service,
    url: &DatabaseUrl,
    live: &Schema,
    imported: &Imported,
    files: &Files,
) -> Result<Result<Held, Refused>, Failure> {
    let declared = match declared_with(service, files)? {
        Ok(declared) => declared,
        Err(errors) => {
            let found = misread(imported, &errors);
            return if found.is_empty() { Err(Failure::models(errors.0)) } else { Ok(Err(found)) };
        }
    };
    let refused = |error: &Error| at_fault(imported, live, error).map(|id| (id, error.to_string()));
    let compared = match import::compare(url, live, &declared).await {
        Ok(compared) => compared,
        Err(error) => {
            let found = refused(&error).ok_or(error)?;
            return Ok(Err(Refused::from([found])));
        }
    };
    let found = differing(imported, &compared.changes);
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let alone = import::stand_alone(url, &declared).await.err();
    // A table keeps its model, which says what this database has.
    match alone.as_ref().and_then(refused).filter(|(id, _)| id.kind != ObjectKind::Table) {
        Some(found) => Ok(Err(Refused::from([found]))),
        None => Ok(Ok(Held { declared, compared, alone })),
    }
}

/// The columns of the views of a live database.
async fn columns_of_views(url: &DatabaseUrl, live: &Schema) -> Result<ViewColumns, Error> {
    if live.views.is_empty() {
        return Ok(ViewColumns::new());
    }
    let mut connection = Connection::open(url).await?;
    let columns = view_columns::read(&mut connection).await;
    connection.close().await;
    columns
}

/// What cannot be read of what was written, and why.
fn misread(imported: &Imported, errors: &ExtractErrors) -> Refused {
    let found = errors.0.iter().filter_map(|error| {
        let is_in =
            |[folder, module]: &[String; 2]| error.file.ends_with(Path::new(folder).join(format!("{module}.rs")));
        let is_named = |id: &ObjectId, path: &[String; 2]| {
            path[1] != OBJECTS_MODULE || error.message.contains(&format!("`{}", id.name))
        };
        let (id, _) = imported.written.iter().find(|(id, path)| is_in(path) && is_named(id, path))?;
        Some((id.clone(), error.message.clone()))
    });
    found.collect()
}

/// What is written that a database does not take.
fn at_fault(imported: &Imported, live: &Schema, error: &Error) -> Option<ObjectId> {
    let mut written = imported.written.keys();
    match error {
        Error::NotSupported(error) => imported.written_as(&error.table),
        Error::NotAsNamed { kind, name, .. } => {
            written.find(|id| id.kind.name() == *kind && id.to_string() == *name).cloned()
        }
        Error::Shadow { sql, .. } => {
            let makes = |id: &&ObjectId| match (live.views.get(&id.name), live.objects.get(*id)) {
                (_, Some(object)) => sql.starts_with(object.definition.as_ref()),
                (Some(view), None) => *id == &ObjectId::view(view.name.clone()) && sql.contains(view.query.as_ref()),
                (None, None) => false,
            };
            written.find(makes).cloned()
        }
        Error::ViewFields { problems } => {
            written.find(|id| problems.iter().any(|problem| problem.starts_with(&format!("view `{id}`,")))).cloned()
        }
        _ => None,
    }
}

/// What is written that would change the database, and how.
fn differing(imported: &Imported, changes: &[Change]) -> Refused {
    let found = changes.iter().filter_map(|change| {
        let id = change.object();
        let said: Vec<String> =
            describe(std::slice::from_ref(change)).lines().map(|line| line.trim().to_owned()).collect();
        let said = said.join("; ");
        imported.written.contains_key(&id).then(|| (id, format!("no model says all of it; one would {said}")))
    });
    found.collect()
}

/// What the service declares with these files in place of its own.
fn declared_with(service: &Service, files: &Files) -> Result<Result<Schema, ExtractErrors>, Failure> {
    let failed = |error: std::io::Error| Failure::system(format!("cannot copy the service's source: {error}"));
    let draft = tempfile::tempdir().map_err(failed)?;
    copy(service.source_folder(), draft.path()).map_err(failed)?;
    for (file, text) in files {
        put(&draft.path().join(file), text).map_err(failed)?;
    }
    let root = service.root_file().file_name().map(|name| draft.path().join(name)).unwrap_or_default();
    Ok(extract_crate(&root))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            fs::create_dir(&target)?;
            copy(&path, &target)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

fn put(file: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text)
}

fn read(file: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::usage(format!("cannot read `{}`: {error}", file.display()))),
    }
}

/// A file of the service with the modules declared. `None` where they are.
fn wired<'a>(
    format: &dyn Fn(&str) -> String,
    file: &Path,
    text: &str,
    modules: impl Iterator<Item = &'a str>,
    exports: bool,
) -> Result<Option<String>, Failure> {
    let wiring = import::wire(text, modules, exports)
        .map_err(|error| Failure::finding(format!("`{}` is no Rust: {error}", file.display())))?;
    Ok(wiring.map(|mut wiring| {
        wiring.declarations = format(&wiring.declarations);
        wiring.insert(text)
    }))
}

/// As `cargo fmt` leaves it, by the service's own settings. As it is where there is no `rustfmt`.
fn formatted(service: &Service, text: &str) -> String {
    let run = || {
        let mut child = Command::new(std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into()))
            .args(["--edition", &service.edition, "--quiet"])
            .current_dir(service.source_folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        child.stdin.take()?.write_all(text.as_bytes()).ok()?;
        let output = child.wait_with_output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    run().unwrap_or_else(|| text.to_owned())
}

fn show(files: &Files) {
    for (file, text) in files {
        anstream::println!("// src/{}\n{text}", file.display());
    }
}

fn write(service: &Service, files: &Files) -> Result<(), Failure> {
    for (file, text) in files {
        let file = service.source_folder().join(file);
        put(&file, text).map_err(Error::file(&file))?;
        anstream::println!("{}", file.display());
    }
    Ok(())
}

/// What was written, what is left as it is, and what to do next.
fn tell(service: &Service, url: &DatabaseUrl, imported: &Imported, compared: &Compared) {
    for left in &imported.left {
        note(format_args!("{}: {}: {}", "not written".yellow(), left.what, left.why));
    }
    for name in compared.unmanaged.iter().filter(|name| !imported.left.iter().any(|left| left.is_relation(name))) {
        note(format_args!("not managed, and left as it is: `{name}`"));
    }
    let not_managed = compared.not_managed.iter().map(ToString::to_string);
    for object in not_managed.filter(|object| !imported.left.iter().any(|left| left.what == *object)) {
        note(format_args!("not managed, and left as it is: {object}"));
    }
    let [models, views, objects] = imported.counts();
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let beside = [(views, "read model"), (objects, "SQL object")].map(|(count, one)| match count {
        0 => String::new(),
        count => format!(", {}", counted(count, one)),
    });
    note(format_args!("{}{} of `{url}`", counted(models, "model"), beside.concat()));
    let mut features: BTreeSet<&str> = imported.features.clone();
    features.insert(url.dialect().name());
    let crates: Vec<&str> = imported.crates.iter().copied().filter(|name| !service.depends_on(name)).collect();
    let features: Vec<&str> = features.into_iter().filter(|feature| !service.has_feature(feature)).collect();
    if !crates.is_empty() {
        note(format_args!("the models need: cargo add --package {} {}", service.name, crates.join(" ")));
    }
    if !features.is_empty() {
        let features = features.join(",");
        note(format_args!("the models need: cargo add --package {} cqrs-core --features {features}", service.name));
    }
}
