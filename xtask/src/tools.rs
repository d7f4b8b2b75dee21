//! What a build needs beyond cargo: looks for it, says what is missing and why, gets it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for the browser half.
pub fn wasm_target(shell: &Shell) -> Result<()> {
    let library = cmd!(shell, "rustc --print target-libdir --target {WASM}")
        .quiet()
        .read()?;
    if Path::new(&library).exists() {
        return Ok(());
    }
    eprintln!(
        "The Rust standard library for {WASM} is missing; the part of Muster that runs in the browser needs it."
    );
    cmd!(shell, "rustup target add {WASM}").run().with_context(|| {
        format!(
            "the Rust standard library for {WASM} is missing and could not be added. Two ways out:\n  \
             1. with rustup:    rustup target add {WASM}\n  \
             2. on Debian 12:   apt-get install rustc-web rust-web-src cargo-web lld-22\n     \
             then                RUSTC_BOOTSTRAP=1 cargo -Zbuild-std=std,panic_abort build -p frontend --target {WASM}"
        )
    })
}

/// The npm packages of one folder, exactly as its lock file names them.
pub fn npm_packages(shell: &Shell, folder: &str, why: &str) -> Result<()> {
    if cmd!(shell, "npm --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_err()
    {
        bail!(
            "Node.js with npm is missing; it is needed for {why}.\n  \
             Install Node.js 20 or newer, on Debian:  apt-get install nodejs npm"
        );
    }
    let _there = shell.push_dir(folder);
    let written = |path: &str| fs::metadata(shell.current_dir().join(path))?.modified();
    let lock = written("package-lock.json")?;
    if written("node_modules/.package-lock.json").is_ok_and(|installed| installed >= lock) {
        return Ok(());
    }
    eprintln!("Installing the npm packages of {folder}/: {why}.");
    Ok(cmd!(shell, "npm ci --no-audit --no-fund").run()?)
}
