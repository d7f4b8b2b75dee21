//! Where things are in this workspace.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::Shell;

/// The root of the workspace.
pub fn root() -> &'static Path {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    room.parent().unwrap_or(room)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |path| root().join(path))
}

/// Where the built site lies; `server/build.rs` names the same folder.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// A shell that stands in the root of the workspace.
pub fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}
