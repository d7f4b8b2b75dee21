//! Counts what really ran, from the words of each runner.

use std::fmt;
use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde_json::Value;

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ran and were content.
    pub passed: u64,
    /// Ran and were not, or could not run.
    pub failed: u64,
    /// Were left out.
    pub skipped: u64,
}

impl Tally {
    /// One check that is not a test of its own, such as formatting.
    pub fn check(passed: bool) -> Self {
        Self {
            passed: passed.into(),
            failed: (!passed).into(),
            skipped: 0,
        }
    }

    /// Reads the line `Summary [ 1.2s] 3 tests run: 2 passed (1 slow), 1 failed, 4 skipped` of nextest.
    pub fn of_nextest(output: &str) -> Self {
        let summary = output
            .lines()
            .rev()
            .find(|line| line.trim_start().starts_with("Summary ["));
        let Some((_, counts)) = summary.and_then(|line| line.split_once("run:")) else {
            return Self::default();
        };
        let mut tally = Self::default();
        // What stands in brackets says more about the number before it, and is no number of its own.
        for part in outside_brackets(counts).split(',') {
            let Some((count, word)) = part.trim().split_once(' ') else {
                continue;
            };
            let count = count.parse().unwrap_or(0);
            match word.trim() {
                "passed" => tally.passed += count,
                "skipped" => tally.skipped += count,
                // failed, timed out, exec failed
                _ => tally.failed += count,
            }
        }
        tally
    }

    /// Reads every line `test result: ok. 3 passed; 0 failed; 1 ignored; …` of `cargo test`.
    pub fn of_libtest(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output
            .lines()
            .filter(|line| line.starts_with("test result:"))
        {
            for part in line.split(['.', ';']) {
                let Some((count, word)) = part.trim().split_once(' ') else {
                    continue;
                };
                let count = count.parse().unwrap_or(0);
                match word {
                    "passed" => tally.passed += count,
                    "failed" => tally.failed += count,
                    "ignored" => tally.skipped += count,
                    _ => {}
                }
            }
        }
        tally
    }

    /// Reads the JSON report of Playwright. A test that passed only when repeated has failed.
    pub fn of_playwright(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report).context("Playwright's report")?;
        let count = |name: &str| {
            report["stats"][name]
                .as_u64()
                .with_context(|| format!("Playwright's report has no {name}"))
        };
        Ok(Self {
            passed: count("expected")?,
            failed: count("unexpected")? + count("flaky")?,
            skipped: count("skipped")?,
        })
    }

    /// A runner that ends badly without naming a failed test (it did not compile, it crashed) has failed once.
    pub fn or_failed(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            to,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|letter| {
            depth += i32::from(*letter == '(');
            let outside = depth == 0;
            depth -= i32::from(*letter == ')');
            outside
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn nextest_is_counted_from_its_last_summary() {
        let output = "     Summary [   0.1s] 9 tests run: 9 passed, 0 skipped\n\
            ────────────\n     Summary [   1.234s] 7 tests run: 4 passed (1 slow, 2 leaky), 2 failed, 1 timed out, 3 skipped\n\
                    FAIL [   0.003s] domain diff::tests::one\n";
        assert_eq!(Tally::of_nextest(output), tally(4, 3, 3));
        assert_eq!(
            Tally::of_nextest("     Summary [ 0.1s] 1 test run: 1 passed, 0 skipped"),
            tally(1, 0, 0)
        );
        assert_eq!(
            Tally::of_nextest("error: could not compile"),
            tally(0, 0, 0)
        );
    }

    #[test]
    fn cargo_test_is_counted_over_all_its_binaries() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 5 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(Tally::of_libtest(output), tally(15, 2, 1));
    }

    #[test]
    fn playwright_is_counted_from_its_report() {
        let report = r#"{"stats": {"expected": 10, "unexpected": 1, "flaky": 2, "skipped": 3, "duration": 1.5}}"#;
        assert_eq!(Tally::of_playwright(report).unwrap(), tally(10, 3, 3));
        assert!(Tally::of_playwright("{}").is_err());
    }

    #[test]
    fn a_runner_that_names_no_failure_has_still_failed() {
        assert_eq!(tally(0, 0, 0).or_failed(false), tally(0, 1, 0));
        assert_eq!(tally(5, 2, 0).or_failed(false), tally(5, 2, 0));
        assert_eq!(tally(5, 0, 0).or_failed(true), tally(5, 0, 0));
    }
}
