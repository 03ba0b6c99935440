//! `cargo cqrs …`: cargo runs this with `cqrs` as the first argument.

fn main() -> std::process::ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == "cqrs") {
        arguments.remove(1);
    }
    cqrs_migrate::cli::main(arguments)
}
