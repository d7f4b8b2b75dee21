//! `cargo xtask test`: every check there is, counted from what really ran.

mod browser;
mod gates;
mod postgres;
mod runner;
mod rust;
mod tally;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use xshell::{Cmd, Shell, cmd};

use crate::build::{self, Profile};
use crate::steps::Steps;
use crate::test::browser::Browser;
use crate::test::postgres::Postgres;
use crate::test::tally::Tally;
use crate::{tools, workspace};

/// Names the PostgreSQL that tests may use; without it the tests start one.
const POSTGRES: &str = "MUSTER_TEST_POSTGRES";

/// A run of the tests under way: goes on after a failure, so that one run tells everything.
struct Run {
    shell: Shell,
    steps: Steps,
    tally: Tally,
}

/// Runs everything; with a filter only the tests with those words in their names.
pub fn run(filter: Option<&str>) -> Result<ExitCode> {
    let steps = match filter {
        None => 11 + gates::ALL.len() + build::STEPS,
        Some(_) => 5 + build::STEPS,
    };
    let mut run = Run::new(steps)?;
    // Whatever stops a run before its end is one failure, and the last line stands all the same.
    if run.everything(filter).is_err() {
        run.tally += Tally::check(false);
    }
    Ok(run.end())
}

/// Runs what takes seconds: formatting, and the unit tests that need nothing else.
pub fn quick() -> Result<ExitCode> {
    let mut run = Run::new(2)?;
    run.check("Formatting", |shell| cmd!(shell, "cargo fmt --all --check"));
    run.count("Unit tests", |shell| {
        rust::run(shell, rust::PRODUCT, &["--lib"], None)
    });
    Ok(run.end())
}

impl Run {
    fn new(steps: usize) -> Result<Self> {
        Ok(Self {
            shell: workspace::shell()?,
            steps: Steps::new(steps),
            tally: Tally::default(),
        })
    }

    fn everything(&mut self, filter: Option<&str>) -> Result<()> {
        let shell = self.shell.clone();
        let chromium = self.steps.step("Look for what the tests need", || {
            tools::rust_components(&shell)?;
            tools::wasm_target(&shell)?;
            tools::npm_packages(
                &shell,
                "end2end",
                "Playwright runs the browser tests, axe looks for barriers",
            )?;
            tools::postgres(&shell)?;
            tools::strangers(&shell)?;
            tools::chromium(&shell)
        })?;
        if filter.is_none() {
            self.lints();
        }

        // Held until the end of this function: the tests of both kinds use it.
        let mut own = None;
        let postgres = self.steps.step("Start a PostgreSQL for the tests", || {
            if let Ok(url) = env::var(POSTGRES) {
                eprintln!("{POSTGRES} names one already.");
                return Ok(url);
            }
            Ok(own.insert(Postgres::start(&shell)?).url.clone())
        })?;
        self.shell.set_var(POSTGRES, &postgres);

        self.count("Rust tests", |shell| {
            rust::run(shell, rust::PRODUCT, &[], filter)
        });
        if filter.is_none() {
            self.count("Tests of the tools", |shell| {
                rust::run(shell, rust::TOOLS, &[], None)
            });
            self.count("Examples in the documentation", rust::run_examples);
        } else if let Some(words) = filter
            && !browser::has_test(&shell, words)?
        {
            if self.tally == Tally::default() {
                bail!("no test has `{words}` in its name");
            }
            return Ok(());
        }

        build::run(&shell, &mut self.steps, Profile::E2e)?;
        let binary = Profile::E2e.binary();
        let browser = Browser {
            binary: &binary,
            chromium: &chromium,
            postgres: &postgres,
            filter,
        };
        self.count("Browser tests on SQLite", |shell| {
            browser.run(shell, "sqlite", &[])
        });
        self.count("Browser tests on PostgreSQL", |shell| {
            browser.run(shell, "postgres", &["desktop-light"])
        });
        Ok(())
    }

    fn lints(&mut self) {
        self.check("Formatting", |shell| cmd!(shell, "cargo fmt --all --check"));
        self.check("Lints of the server half", |shell| {
            let packages = rust::PRODUCT;
            cmd!(
                shell,
                "cargo clippy {packages...} --all-targets -- -D warnings"
            )
        });
        self.check("Lints of the browser half", |shell| {
            cmd!(
                shell,
                "cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings"
            )
        });
        self.check("Lints of the tools", |shell| {
            cmd!(shell, "cargo clippy -p xtask --all-targets -- -D warnings")
        });
        for (name, gate) in gates::ALL {
            let result = self.steps.step(name, || gate(&self.shell));
            self.tally += Tally::check(result.is_ok());
        }
    }

    /// A check that counts as one.
    fn check(&mut self, what: &str, command: impl FnOnce(&Shell) -> Cmd<'_>) {
        let result = self.steps.step(what, || Ok(command(&self.shell).run()?));
        self.tally += Tally::check(result.is_ok());
    }

    /// A runner that counts its own tests.
    fn count(&mut self, what: &str, runner: impl FnOnce(&Shell) -> Result<Tally>) {
        // What a runner that breaks counts as.
        let mut tally = Tally::check(false);
        // The step has told of a failure already, and the count carries it on.
        let _ = self.steps.step(what, || {
            tally = runner(&self.shell)?;
            ensure!(tally.failed == 0, "{tally}");
            eprintln!("{tally}");
            Ok(())
        });
        self.tally += tally;
    }

    fn end(self) -> ExitCode {
        self.steps.finish();
        println!("{}", self.tally);
        if self.tally.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
