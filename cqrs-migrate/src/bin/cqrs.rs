//! The `cqrs` command.

fn main() -> std::process::ExitCode {
    cqrs_migrate::cli::main(std::env::args_os().collect())
}
