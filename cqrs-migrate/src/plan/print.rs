//! A plan as text: for people, for files, for the database's own client.

use std::fmt;

use super::Plan;
use crate::dialect::{Held, Lock, Statement, Transaction};

impl Plan {
    /// The statements as SQL text, each under a comment that says what it does. What the database's own client needs
    /// around them is in [`Plan::script`].
    #[must_use]
    pub fn sql(&self) -> String {
        let mut text = String::new();
        for (at, step) in self.steps.iter().enumerate() {
            text += &self.comment(at);
            text += &format!("{};\n", step.statement.sql);
        }
        text
    }

    /// What a step does, where the step before it does something else.
    fn comment(&self, at: usize) -> String {
        let description = &self.steps[at].description;
        match at.checked_sub(1).map(|before| &self.steps[before].description) {
            Some(said) if said == description => String::new(),
            said => {
                let comment = as_comment(description);
                if said.is_some() { format!("\n{comment}") } else { comment }
            }
        }
    }

    /// A script that the database's own client runs as it stands. A step that has to be committed before the next, or that
    /// no transaction may hold, ends the transaction before it.
    #[must_use]
    pub fn script(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let rules = self.dialect.rules();
        let frame = rules.script_frame();
        let (begin, end) = frame.transaction.unwrap_or_default();
        let line = |sql: &str| if sql.is_empty() { String::new() } else { format!("{sql};\n") };
        let mut text = frame.client.to_owned();
        text.extend(frame.before.iter().map(|sql| line(sql)));
        let mut is_open = false;
        for (at, step) in self.steps.iter().enumerate() {
            let transaction = step.statement.transaction;
            if is_open && transaction.is_apart() {
                text += &format!("\n{}", line(end));
                is_open = false;
            }
            if !is_open && transaction != Transaction::Outside {
                text += &line(begin);
                is_open = true;
            }
            if at == 0 {
                text.push('\n');
            }
            text += &self.comment(at);
            text += &rules.script_statement(&step.statement.sql);
            if matches!(transaction, Transaction::Own | Transaction::Batches) {
                text += &line(end);
                is_open = false;
            }
        }
        text.push('\n');
        if is_open {
            text += &line(end);
        }
        text.extend(self.checks.iter().map(|sql| line(sql)));
        text.trim_start().to_owned()
    }
}

/// A text as comments in a script, a line each. A carriage return ends one, too:
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS>
pub(crate) fn as_comment(text: &str) -> String {
    text.replace('\r', " ").lines().map(|line| format!("-- {line}\n")).collect()
}

/// The steps numbered, each with its SQL.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = None;
        let mut number = 0;
        for (at, step) in self.steps.iter().enumerate() {
            if said != Some(&step.description) {
                number += 1;
                said = Some(&step.description);
                let mut lines = step.description.lines();
                writeln!(f, "{number:>3}. {}", lines.next().unwrap_or_default())?;
                for line in lines {
                    writeln!(f, "     {line}")?;
                }
                let together = self.steps[at..].iter().take_while(|other| other.description == step.description);
                if let Some(lock) = waiting(together.map(|step| &step.statement)) {
                    writeln!(f, "     lock: {lock}")?;
                }
                if !step.reversible {
                    writeln!(f, "     cannot be undone without loss")?;
                }
            }
            for line in step.statement.sql.lines() {
                writeln!(f, "       {line}")?;
            }
        }
        Ok(())
    }
}

/// What others wait for while statements run that together do one thing, and for how long. None where they do not wait.
fn waiting<'a>(statements: impl Iterator<Item = &'a Statement>) -> Option<String> {
    let (lock, held) = statements.map(|statement| (statement.lock, statement.held)).max()?;
    let who = match lock {
        Lock::None => return None,
        Lock::Writes => "writes to the table wait",
        Lock::ReadsAndWrites => "reads and writes of the table wait",
    };
    let how_long = match held {
        Held::Briefly => "briefly",
        Held::Scan => "while every row is read",
        Held::Rewrite => "while every row is written anew or an index is built",
    };
    Some(format!("{who}, {how_long}"))
}
