//! Makes sure that the folder which is embedded into the binary exists, so that
//! `cargo check` works before the first `cargo xtask build`.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let room = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let site = Path::new(&room).join("../target/site");
    fs::create_dir_all(&site)?;
    let site = site.canonicalize()?;
    println!("cargo::rerun-if-changed=build.rs");
    // File names carry a hash of their content, so a new build shows as new names in this folder.
    println!("cargo::rerun-if-changed={}", site.display());
    // Migrations are compiled into the binary too; a new file alone would not be noticed.
    println!("cargo::rerun-if-changed=../migrations");
    println!("cargo::rustc-env=MUSTER_SITE={}", site.display());
    Ok(())
}
