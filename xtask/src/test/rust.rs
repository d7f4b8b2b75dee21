//! The Rust tests: with cargo-nextest where it is installed, with `cargo test` elsewhere.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::test::runner::{self, Counts};
use crate::test::tally::Tally;

/// Tests of the product. `server` switches `ssr` on in `app`; `frontend` must stay out of this list.
pub const PRODUCT: &[&str] = &["--package=domain", "--package=app", "--package=server"];
/// Tests of these tools; apart, so that their dependencies change nothing in the product's build.
pub const TOOLS: &[&str] = &["--package=xtask"];

/// Runs the tests of some packages whose names contain `filter`; `only` narrows the kind of target.
pub fn run(shell: &Shell, packages: &[&str], only: &[&str], filter: Option<&str>) -> Result<Tally> {
    let filter = filter.as_slice();
    if has_nextest(shell) {
        let base = cmd!(
            shell,
            "cargo nextest run --no-fail-fast --no-tests=pass --color=never"
        );
        let command = base.args(packages).args(only).args(filter);
        let mut tally = runner::run(command, Counts::OnStderr, Tally::of_nextest)?;
        if !filter.is_empty() {
            // nextest counts what the filter leaves out; whoever gave the filter did not ask for that.
            tally.skipped = 0;
        }
        Ok(tally)
    } else {
        // Without `--lib` or the like, `cargo test` brings the examples in the documentation along.
        let command = cmd!(shell, "cargo test --no-fail-fast")
            .args(packages)
            .args(only)
            .args(filter);
        runner::run(command, Counts::OnStdout, Tally::of_libtest)
    }
}

/// Runs the examples in the documentation, which nextest leaves out.
pub fn run_examples(shell: &Shell) -> Result<Tally> {
    if !has_nextest(shell) {
        return Ok(Tally::default());
    }
    let command = cmd!(shell, "cargo test --doc --no-fail-fast").args(PRODUCT);
    runner::run(command, Counts::OnStdout, Tally::of_libtest)
}

fn has_nextest(shell: &Shell) -> bool {
    cmd!(shell, "cargo nextest --version")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()
        .is_ok()
}
