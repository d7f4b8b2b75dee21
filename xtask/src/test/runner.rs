//! Runs a test runner, shows its words as they come, and keeps them for counting.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use xshell::Cmd;

use crate::test::tally::Tally;

/// Which of its two outputs a runner counts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// `cargo test`.
    OnStdout,
    /// `cargo nextest`.
    OnStderr,
}

/// Runs `command` to its end and counts with `count`.
pub fn run(command: Cmd<'_>, counts: Counts, count: fn(&str) -> Tally) -> Result<Tally> {
    eprintln!("$ {command}");
    let mut command = Command::from(command);
    command.stdin(Stdio::null());
    match counts {
        Counts::OnStdout => command.stdout(Stdio::piped()),
        Counts::OnStderr => command.stderr(Stdio::piped()),
    };
    let mut process = command
        .spawn()
        .context("the test runner could not be started")?;
    let words = match (process.stdout.take(), process.stderr.take()) {
        (Some(output), _) => show_and_keep(output, std::io::stdout())?,
        (_, Some(output)) => show_and_keep(output, std::io::stderr())?,
        (None, None) => String::new(),
    };
    Ok(count(&words).or_failed(process.wait()?.success()))
}

fn show_and_keep(from: impl Read, mut to: impl Write) -> Result<String> {
    let mut kept = String::new();
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        kept.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(kept)
}
