//! `cargo xtask serve`: from a fresh clone to an address and a sign-in link.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::build::{self, Profile};
use crate::steps::Steps;
use crate::workspace;

/// Builds the release and becomes `muster serve` with these flags.
pub fn run(flags: &[&str]) -> Result<ExitCode> {
    let shell = workspace::shell()?;
    let mut steps = Steps::new(build::STEPS);
    build::run(&shell, &mut steps, Profile::Release)?;
    steps.finish();

    let binary = Profile::Release.binary();
    eprintln!("\n$ muster serve {}", flags.join(" "));
    // Becoming the server instead of starting it: signals reach it, and its exit code is ours.
    let error = Command::new(&binary)
        .arg("serve")
        .args(flags)
        .current_dir(workspace::root())
        .exec();
    Err(error).with_context(|| format!("{} could not be started", binary.display()))
}
