//! The browser tests in `end2end/`: Playwright drives a real Chromium against the real binary.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::test::tally::Tally;
use crate::workspace;

/// What a run of the browser tests needs.
pub struct Browser<'a> {
    /// The binary `muster`.
    pub binary: &'a Path,
    /// The browser.
    pub chromium: &'a Path,
    /// Where PostgreSQL is, for tests on it.
    pub postgres: &'a str,
    /// Only tests whose title contains this.
    pub filter: Option<&'a str>,
}

impl Browser<'_> {
    /// Runs the tests on `sqlite` or `postgres`; on some `projects` only, if any are named.
    pub fn run(&self, shell: &Shell, database: &str, projects: &[&str]) -> Result<Tally> {
        let report = workspace::target().join(format!("playwright-{database}.json"));
        if report.exists() {
            fs::remove_file(&report)?;
        }
        let _there = shell.push_dir("end2end");
        let projects = projects.iter().map(|name| format!("--project={name}"));
        let command = cmd!(
            shell,
            "node_modules/.bin/playwright test --reporter=list,json"
        )
        .args(projects)
        .args(
            self.filter
                .map(|words| format!("--grep={}", literal(words))),
        )
        .env("MUSTER_BIN", self.binary)
        .env("MUSTER_CHROMIUM", self.chromium)
        .env("MUSTER_TEST_POSTGRES", self.postgres)
        .env("MUSTER_E2E_DATABASE", database)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
        eprintln!("$ {command}");
        let status = Command::from(command).stdin(Stdio::null()).status()?;
        // Without a report Playwright did not get as far as a test, and has said why.
        let report = fs::read_to_string(&report).unwrap_or_else(|_| NOTHING_RAN.to_owned());
        Ok(Tally::of_playwright(&report)?.or_failed(status.success()))
    }
}

/// Whether a browser test has `words` in its title.
pub fn has_test(shell: &Shell, words: &str) -> Result<bool> {
    let _there = shell.push_dir("end2end");
    let grep = format!("--grep={}", literal(words));
    let list = cmd!(shell, "node_modules/.bin/playwright test --list {grep}").quiet();
    let output = list
        .ignore_status()
        .read()
        .context("Playwright could not be started")?;
    Ok(output.contains(" › "))
}

const NOTHING_RAN: &str =
    r#"{"stats": {"expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0}}"#;

/// Playwright takes a pattern; people give words.
fn literal(words: &str) -> String {
    words.chars().fold(String::new(), |mut pattern, letter| {
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
        pattern
    })
}
