//! `cqrs explain`.

use clap::Args;

use super::DONE;
use super::report::Failure;
use crate::lint::{CODES, codes, codes_help, nearest, page};

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code of a hazard, like `DATA002` [default: every code with its title]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(self) -> Result<u8, Failure> {
        let Some(code) = self.code else {
            for (code, title) in CODES {
                anstream::println!("{code:<10} {title}");
            }
            return Ok(DONE);
        };
        let page = page(&code.to_uppercase()).ok_or_else(|| {
            let help = codes_help(nearest(&code, codes()).as_deref());
            Failure::usage(format!("there is no hazard `{code}`")).help(help)
        })?;
        anstream::print!("{page}");
        Ok(DONE)
    }
}
