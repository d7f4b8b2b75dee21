//! `cargo xtask build`: the site, then the one binary that carries it.

mod pack;
mod site;
mod weigh;

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::steps::Steps;
use crate::{tools, workspace};

/// How many steps [`run`] takes.
pub const STEPS: usize = 6;

/// What a build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// What people run: small wasm, link-time optimisation, weights held to their budgets.
    Release,
    /// What the browser tests run: the site as people get it, and the server as the Rust tests have built it already; a debug
    /// server reads the site from disk.
    E2e,
    /// For work on the screens: nothing is optimised, and weights do not count.
    Dev,
}

impl Profile {
    /// The cargo profile of the server.
    fn server(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::E2e | Self::Dev => "dev",
        }
    }

    /// The cargo profile of the browser half.
    fn frontend(self) -> &'static str {
        match self {
            Self::Release | Self::E2e => "wasm-release",
            Self::Dev => "dev",
        }
    }

    fn is_optimised(self) -> bool {
        self != Self::Dev
    }

    /// Where the server's binary ends up.
    pub fn binary(self) -> PathBuf {
        workspace::target()
            .join(folder(self.server()))
            .join("muster")
    }
}

impl FromStr for Profile {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "release" => Ok(Self::Release),
            "e2e" => Ok(Self::E2e),
            "dev" => Ok(Self::Dev),
            _ => bail!("`{name}` is no profile: use release, e2e or dev"),
        }
    }
}

/// The folder below `target` that belongs to a cargo profile.
fn folder(profile: &str) -> &str {
    if profile == "dev" { "debug" } else { profile }
}

/// Builds everything for one profile and prints what the site weighs.
pub fn run(shell: &Shell, steps: &mut Steps, profile: Profile) -> Result<()> {
    steps.step(
        "Look for the wasm target and the npm packages of the build",
        || {
            tools::wasm_target(shell)?;
            tools::npm_packages(
                shell,
                "xtask",
                "wasm-opt makes the wasm small, lightningcss bundles the stylesheets",
            )
        },
    )?;

    let frontend = profile.frontend();
    let wasm = steps.step("Compile the browser half to wasm", || {
        let target = "wasm32-unknown-unknown";
        cmd!(
            shell,
            "cargo build --package frontend --lib --target {target} --profile {frontend}"
        )
        .run()?;
        Ok(workspace::target()
            .join(target)
            .join(folder(frontend))
            .join("frontend.wasm"))
    })?;

    let work = workspace::target().join("xtask");
    steps.step("Bind and shrink the wasm", || {
        site::bind(&wasm, &work)?;
        if profile.is_optimised() {
            site::shrink(shell, &work)
        } else {
            Ok(())
        }
    })?;
    steps.step("Bundle the stylesheets", || site::styles(shell, &work))?;
    let pieces = steps.step("Name, compress and write the site", || {
        pack::write(&work, profile)
    })?;

    let server = profile.server();
    steps.step("Compile the server with the site inside", || {
        Ok(cmd!(
            shell,
            "cargo build --package server --bin muster --profile {server}"
        )
        .run()?)
    })?;

    weigh::report(&pieces, profile)
}
