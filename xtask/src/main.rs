//! Everything a fresh machine needs: `cargo xtask serve`, `cargo xtask test`, `cargo xtask build`.

mod bench;
mod build;
mod serve;
mod steps;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::build::Profile;
use crate::steps::Steps;

const USAGE: &str = "\
cargo xtask serve [--demo] [flags of `muster serve`]   build the release and run it on ./data
cargo xtask test [WORDS]                               run every check, or the tests with WORDS in their names
cargo xtask test quick                                 formatting and unit tests, in seconds
cargo xtask bench                                      measure the public side beside nginx and others
cargo xtask build [--profile release|e2e|dev]          build the site and the binary `muster` with the site inside
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<ExitCode> {
    match arguments {
        ["serve", "--", flags @ ..] | ["serve", flags @ ..] => serve::run(flags),
        ["test"] => test::run(None),
        ["test", "quick"] => test::quick(),
        ["test", words] => test::run(Some(words)),
        ["bench", words @ ..] => bench::run(words),
        ["build"] => build(Profile::Release),
        ["build", "--profile", name] => build(name.parse()?),
        [] | ["help" | "-h" | "--help"] => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!(
            "`cargo xtask {}` is not known\n\n{USAGE}",
            arguments.join(" ")
        ),
    }
}

fn build(profile: Profile) -> Result<ExitCode> {
    let mut steps = Steps::new(build::STEPS);
    build::run(&workspace::shell()?, &mut steps, profile)?;
    steps.finish();
    Ok(ExitCode::SUCCESS)
}
