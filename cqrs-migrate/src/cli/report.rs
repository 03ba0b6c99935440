//! What the command line says, data and besides.

use std::ffi::OsString;
use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode, SourceOffset};
use owo_colors::OwoColorize;

use crate::connection::redact;
use crate::lint::{Hazard, Level};

/// Why a command ends without its result.
#[derive(Debug)]
pub(super) struct Failure {
    code: u8,
    diagnostics: Vec<Shown>,
}

impl Failure {
    /// The command was used wrongly: exit code 2.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, diagnostics: vec![Shown::new(message)] }
    }

    /// The revisions or the models are not as they should be: exit code 1.
    pub(super) fn finding(message: impl Into<String>) -> Self {
        Self { code: 1, diagnostics: vec![Shown::new(message)] }
    }

    /// It failed, or was refused for safety: exit code 3.
    pub(super) fn system(message: impl Into<String>) -> Self {
        Self { code: 3, diagnostics: vec![Shown::new(message)] }
    }

    /// The models have mistakes, each with its place: exit code 1, a finding.
    pub(super) fn models(errors: impl IntoIterator<Item = cqrs_core::extract::ExtractError>) -> Self {
        Self { code: 1, diagnostics: errors.into_iter().map(Shown::in_source).collect() }
    }

    /// What to do next.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        if let Some(last) = self.diagnostics.last_mut() {
            last.help = Some(help.into());
        }
        self
    }
}

/// One message, perhaps with a place in a file.
#[derive(Debug, Clone)]
struct Shown {
    message: String,
    help: Option<String>,
    place: Option<(NamedSource<String>, SourceOffset)>,
}

impl Shown {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, place: None }
    }

    fn without_passwords(&self) -> Self {
        Self {
            message: without_passwords(&self.message),
            help: self.help.as_deref().map(without_passwords),
            place: self.place.clone(),
        }
    }

    fn in_source(error: cqrs_core::extract::ExtractError) -> Self {
        let name = error.file.display().to_string();
        match std::fs::read_to_string(&error.file) {
            Ok(text) => {
                let offset = SourceOffset::from_location(&text, error.line, error.column);
                Self { message: error.message, help: None, place: Some((NamedSource::new(name, text), offset)) }
            }
            Err(_) => Self::new(format!("{name}:{}:{}: {}", error.line, error.column, error.message)),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|(source, _)| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, offset) = self.place.as_ref()?;
        let label = LabeledSpan::new(Some("here".to_owned()), offset.offset(), 1);
        Some(Box::new(std::iter::once(label)))
    }
}

/// Shows why a command ends, and gives its exit code.
pub(super) fn fail(failure: &Failure) -> ExitCode {
    let colour = anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never;
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(120);
    for shown in &failure.diagnostics {
        let shown = &shown.without_passwords();
        let mut text = String::new();
        if handler.render_report(&mut text, shown).is_err() {
            text.clone_from(&shown.message);
        }
        anstream::eprintln!("{}", text.trim_end());
    }
    ExitCode::from(failure.code)
}

/// Shows what is wrong with the command line, or the help that was asked for, and gives the exit code.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // Where stdout is gone there is nobody to tell.
        error.print().ok();
        return ExitCode::SUCCESS;
    }
    anstream::eprint!("{}", without_passwords(&error.render().ansi().to_string()));
    ExitCode::from(2)
}

/// Texts that were given to this process and hold a password, each with the text to show in its place.
static PASSWORDS: OnceLock<Vec<(String, String)>> = OnceLock::new();

/// Wherever a URL stands among the arguments, also where none belongs, no message repeats its password.
pub(super) fn hide_passwords_of(arguments: &[OsString]) {
    let given = arguments.iter().map(|argument| argument.to_string_lossy().into_owned());
    let given = given.chain(std::env::var("DATABASE_URL").ok());
    let values = given.map(|text| match text.split_once('=') {
        Some((option, value)) if option.starts_with('-') => value.to_owned(),
        _ => text,
    });
    let secret = values.map(|text| (redact(&text), text)).filter(|(shown, text)| shown != text);
    // Set once: there is one command line.
    PASSWORDS.set(secret.map(|(shown, text)| (text, shown)).collect()).ok();
}

fn without_passwords(message: &str) -> String {
    let hide = |message: String, (text, shown): &(String, String)| message.replace(text, shown);
    PASSWORDS.get().into_iter().flatten().fold(message.to_owned(), hide)
}

/// Data for another program, to the letter: a text in it may have control characters, which are no colours to be left out.
pub(super) fn data(text: &str) {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // Where stdout is gone there is nobody to tell.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => note(format!("stdout: {error}")),
        _ => {}
    }
}

/// Something worth knowing.
pub(super) fn note(message: impl fmt::Display) {
    anstream::eprintln!("{message}");
}

/// What a plan may do besides, those that stop first.
pub(super) fn tell_hazards(hazards: &[Hazard]) {
    for hazard in hazards {
        match hazard.level {
            Level::Stop => note(format_args!("{} {hazard}\n  help: {}", hazard.level.yellow().bold(), hazard.help)),
            Level::Note => note(format_args!("{} {hazard}", hazard.level.cyan())),
        }
    }
    if let Some(first) = hazards.first() {
        note(format_args!("more about each: `cqrs explain CODE`, like `cqrs explain {}`", first.code));
    }
}

/// A bar for long work, on a terminal only.
pub(super) fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("  {bar:30} {pos}/{len} {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
