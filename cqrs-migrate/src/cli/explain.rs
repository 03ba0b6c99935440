//! `cqrs explain`.

use clap::Args;

use super::report::Failure;
use super::{DONE, codes_help};
use crate::lint::{CODES, page};

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
        let page = page(&code.to_uppercase())
            .ok_or_else(|| Failure::usage(format!("there is no hazard `{code}`")).help(codes_help(&code)))?;
        anstream::print!("{page}");
        Ok(DONE)
    }
}
