//! Makes sure that the folder which is embedded into the binary exists, so that
//! `cargo check` works before the first `cargo xtask build`, and tells the tests where real data
//! lies, so that those that need it count as skipped where there is none.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let room = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let site = Path::new(&room).join("../target/site");
    fs::create_dir_all(&site)?;
    let site = site.canonicalize()?;
    println!("cargo::rerun-if-changed=build.rs");
    // File names carry a hash of their content, so a new build shows as new names in this folder. A debug build reads it
    // from disk at run time and need not be made again.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", site.display());
    }
    // Migrations are compiled into the binary too; a new file alone would not be noticed.
    println!("cargo::rerun-if-changed=../migrations");
    println!("cargo::rustc-env=MUSTER_SITE={}", site.display());
    real_data(&Path::new(&room).join(".."));
    Ok(())
}

/// Real incidents of others are read where they lie and never copied into the tree.
fn real_data(root: &Path) {
    println!("cargo::rerun-if-env-changed=MUSTER_REAL_DATA");
    println!("cargo::rustc-check-cfg=cfg(real_data)");
    let place = env::var("MUSTER_REAL_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    if let Ok(place) = root.join(place).canonicalize() {
        println!("cargo::rustc-cfg=real_data");
        println!("cargo::rustc-env=MUSTER_REAL_DATA={}", place.display());
        println!("cargo::rerun-if-changed={}", place.display());
    }
}
