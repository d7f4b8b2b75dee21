//! What the work needs beyond cargo: looks for it, says what is missing and why, gets it.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// Where Debian's own Python is: another one on the path does not have Debian's packages.
const DEBIAN_PYTHON: &str = "/usr/bin/python3";
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
        "The Rust standard library for {WASM} is missing: part of Muster runs in the browser."
    );
    cmd!(shell, "rustup target add {WASM}").run().with_context(|| {
        format!(
            "the Rust standard library for {WASM} is missing and could not be added. Two ways out:\n  \
             1. with rustup:   rustup target add {WASM}\n  \
             2. on Debian 12:  apt-get install rustc-web rust-web-src cargo-web lld-22\n     \
             and build with RUSTC_BOOTSTRAP=1 and -Zbuild-std=std,panic_abort"
        )
    })
}

/// The formatter and the linter.
pub fn rust_components(shell: &Shell) -> Result<()> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if cmd!(shell, "{program} --version")
            .quiet()
            .ignore_stdout()
            .ignore_stderr()
            .run()
            .is_err()
        {
            eprintln!("{component} is missing: the tests check formatting and lints.");
            cmd!(shell, "rustup component add {component}")
                .run()
                .with_context(|| format!("run by hand:  rustup component add {component}"))?;
        }
    }
    Ok(())
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
            "Node.js with npm is missing; it is needed because {why}.\n  \
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

/// The folder with the programs of PostgreSQL, the newest version that is here.
pub fn postgres(shell: &Shell) -> Result<PathBuf> {
    let find = || {
        let versions = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten();
        let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path()).collect();
        folders.sort_by_key(|folder| Reverse(version(folder)));
        let debian = folders.into_iter().map(|folder| folder.join("bin"));
        debian.chain(search_path()).find(|folder| {
            ["initdb", "postgres", "pg_isready"]
                .iter()
                .all(|name| folder.join(name).exists())
        })
    };
    if let Some(folder) = find() {
        return Ok(folder);
    }
    debian_packages(
        shell,
        "PostgreSQL",
        "the storage is tested on it too",
        "postgresql",
    )?;
    find().context("PostgreSQL was installed, and its programs were still not found")
}

/// The browser for the browser tests; `MUSTER_CHROMIUM` names another one.
pub fn chromium(shell: &Shell) -> Result<PathBuf> {
    if let Some(path) = env::var_os("MUSTER_CHROMIUM") {
        return Ok(path.into());
    }
    let find = || {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let mut programs = search_path().flat_map(|folder| names.map(|name| folder.join(name)));
        programs.find(|program| program.exists())
    };
    if let Some(program) = find() {
        return Ok(program);
    }
    let packages = "chromium fonts-liberation";
    debian_packages(shell, "Chromium", "the browser tests run in it", packages)?;
    find().context("Chromium was installed, and was still not found on the path")
}

/// What others wrote and the tests speak to: a mail server and a mail reader, readers of feeds, a browser for a terminal.
/// Debian's Python has two of them as packages.
pub fn strangers(shell: &Shell) -> Result<()> {
    let python = if Path::new(DEBIAN_PYTHON).exists() {
        DEBIAN_PYTHON
    } else {
        "python3"
    };
    let missing: Vec<&str> = [
        (
            cmd!(shell, "{python} -c 'import aiosmtpd'"),
            "python3-aiosmtpd",
        ),
        (cmd!(shell, "notmuch --version"), "notmuch"),
        (
            cmd!(shell, "{python} -c 'import feedparser'"),
            "python3-feedparser",
        ),
        (cmd!(shell, "xmllint --version"), "libxml2-utils"),
        (cmd!(shell, "w3m -version"), "w3m"),
    ]
    .into_iter()
    .filter_map(|(command, package)| {
        let quiet = command.quiet().ignore_stdout().ignore_stderr();
        quiet.run().is_err().then_some(package)
    })
    .collect();
    if missing.is_empty() {
        return Ok(());
    }
    debian_packages(
        shell,
        "A program of others",
        "letters are sent to it, or read by it, and so are feeds and pages",
        &missing.join(" "),
    )
}

/// What the benchmark compares with and asks by.
pub fn for_benchmarks(shell: &Shell) -> Result<()> {
    let names = ["nginx", "wrk", "curl", "taskset"];
    let missing = names.iter().any(|name| {
        let all = search_path().chain(["/usr/sbin".into()]);
        !all.into_iter().any(|folder| folder.join(name).exists())
    });
    if missing {
        let why = "the public page is compared with nginx, and wrk asks for it";
        debian_packages(
            shell,
            "A program of others",
            why,
            "nginx-light wrk curl util-linux",
        )?;
    }
    Ok(())
}

/// Whether we may do anything on this machine.
pub fn is_root(shell: &Shell) -> Result<bool> {
    Ok(cmd!(shell, "id -u").quiet().read()? == "0")
}

fn version(folder: &Path) -> Option<u32> {
    folder.file_name()?.to_str()?.parse().ok()
}

fn search_path() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

fn debian_packages(shell: &Shell, what: &str, why: &str, packages: &str) -> Result<()> {
    let there = search_path().any(|folder| folder.join("apt-get").exists());
    if !there || !is_root(shell)? {
        bail!(
            "{what} is missing: {why}. Install it, on Debian:\n  sudo apt-get install -y {packages}"
        );
    }
    eprintln!("Installing the Debian packages {packages}: {why}.");
    let names = packages.split(' ');
    let _quiet = shell.push_env("DEBIAN_FRONTEND", "noninteractive");
    cmd!(shell, "apt-get update -qq").run()?;
    Ok(cmd!(
        shell,
        "apt-get install -y -qq --no-install-recommends {names...}"
    )
    .run()?)
}
