//! Makes the files of the site in a work folder, under their plain names.

use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;
use xshell::{Shell, cmd};

use crate::workspace;

/// Makes `app.js` and `app_bg.wasm` of what the compiler made.
pub fn bind(wasm: &Path, work: &Path) -> Result<()> {
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .generate(work)
        .context("wasm-bindgen could not make the script that loads the wasm")?;
    // They would need names of their own, and a place in the policy; none of our crates brings any.
    ensure!(
        !work.join("snippets").exists(),
        "a crate brings JavaScript snippets, which the site cannot serve"
    );
    Ok(())
}

/// Makes `app_bg.wasm` as small as it gets.
pub fn shrink(shell: &Shell, work: &Path) -> Result<()> {
    let wasm = work.join("app_bg.wasm");
    let small = work.join("app_small.wasm");
    let wasm_opt = workspace::root().join("xtask/node_modules/binaryen/bin/wasm-opt");
    cmd!(shell, "{wasm_opt} -Oz {wasm} -o {small}")
        .run()
        .context("wasm-opt failed")?;
    Ok(fs::rename(small, wasm)?)
}

/// Makes `app.css` and `status.css` of the entry files in `style/`, and brings `status.js`.
pub fn styles(shell: &Shell, work: &Path) -> Result<()> {
    for name in ["app.css", "status.css"] {
        let (entry, output) = (format!("style/{name}"), work.join(name));
        cmd!(shell, "node xtask/bundle-css.mjs {entry} {output}").run()?;
    }
    match fs::copy(
        workspace::root().join("server/assets/status.js"),
        work.join("status.js"),
    ) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            eprintln!("server/assets/status.js is not there yet: the site gets an empty script.");
            Ok(fs::write(work.join("status.js"), "")?)
        }
        copied => copied
            .map(|_| ())
            .context("server/assets/status.js cannot be read"),
    }
}
