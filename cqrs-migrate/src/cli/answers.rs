//! `--rename` and `--drop`, and the question that they answer.

use std::io::IsTerminal;

use clap::Args;
use dialoguer::Select;
use dialoguer::theme::ColorfulTheme;

use super::report::Failure;
use crate::diff::{Answers, LikelyRename};
use crate::error::Error;

/// What became of names that are gone.
#[derive(Debug, Args)]
pub(super) struct AnswerOptions {
    /// A table or column has another name now: `orders=sales`, `orders.total=amount`; may be given several times
    #[arg(long, value_name = "OLD=NEW")]
    rename: Vec<String>,
    /// A table or column is dropped, although one comes that looks like it: `orders.total`; may be given several times
    #[arg(long, value_name = "OLD")]
    drop: Vec<String>,
}

impl AnswerOptions {
    pub(super) fn read(&self) -> Result<Answers, Failure> {
        let mut answers = Answers::default();
        for text in &self.rename {
            answers.rename(text)?;
        }
        for text in &self.drop {
            answers.drop(text)?;
        }
        Ok(answers)
    }
}

/// Asks whether names that are gone were renamed or dropped. Where nobody can answer, that is the error.
pub(super) fn ask(likely: Vec<LikelyRename>, answers: &mut Answers) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::Unanswered { likely }.into());
    }
    let mut taken: Vec<String> = Vec::new();
    for one in &likely {
        let old = one.old();
        let candidates: Vec<String> = one.candidates().into_iter().filter(|new| !taken.contains(new)).collect();
        if candidates.is_empty() {
            // What it looked like is something else: with that answered, it may look like nothing.
            continue;
        }
        let mut choices: Vec<String> =
            candidates.iter().map(|new| format!("renamed to `{new}`: what is in it stays")).collect();
        choices.push("dropped: what is in it is lost".to_owned());
        let chosen = Select::with_theme(&ColorfulTheme::default())
            .with_prompt(format!("`{old}` is gone: was it renamed or dropped?"))
            .items(&choices)
            .default(0)
            .interact_opt()
            .map_err(|error| Failure::system(format!("cannot ask: {error}")))?;
        match chosen.map(|chosen| candidates.get(chosen)) {
            Some(Some(new)) => {
                answers.rename(&format!("{old}={new}"))?;
                taken.push(new.clone());
            }
            Some(None) => answers.drop(&old)?,
            None => return Err(Error::Unanswered { likely }.into()),
        }
    }
    Ok(())
}
