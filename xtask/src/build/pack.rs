//! Writes `target/site`: names with a hash of the content, compressed variants, `manifest.json`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::build::Profile;
use crate::workspace;

/// One file of the site and its sizes in bytes.
pub struct Piece {
    /// The name without the hash, such as `app.wasm`.
    pub plain: &'static str,
    /// The name in the site, such as `app.0123456789abcdef.wasm`.
    pub name: String,
    /// Size as it is.
    pub raw: usize,
    /// Size with gzip.
    pub gzip: usize,
    /// Size with brotli.
    pub brotli: usize,
}

/// Writes the site anew from the files in `work`.
pub fn write(work: &Path, profile: Profile) -> Result<Vec<Piece>> {
    let site = workspace::site();
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    let folder = site.join("pkg");
    fs::create_dir_all(&folder)?;

    let read =
        |name: &str| fs::read(work.join(name)).with_context(|| format!("{name} was not made"));
    let piece = |plain, content: &[u8]| Piece::write(&folder, plain, content, profile);

    let wasm = piece("app.wasm", &read("app_bg.wasm")?)?;
    // The script loads the wasm from beside itself, so it has to know the name that the wasm got.
    let js = String::from_utf8(read("app.js")?)?;
    ensure!(
        js.contains("'app_bg.wasm'"),
        "app.js no longer names app_bg.wasm in the way that we replace"
    );
    let js = piece(
        "app.js",
        js.replace("'app_bg.wasm'", &format!("'{}'", wasm.name))
            .as_bytes(),
    )?;
    let css = piece("app.css", &read("app.css")?)?;
    let status_css = piece("status.css", &read("status.css")?)?;
    let status_js = piece("status.js", &read("status.js")?)?;

    let manifest = json!({
        "js": js.name,
        "wasm": wasm.name,
        "css": css.name,
        "status_css": status_css.name,
        "status_js": status_js.name,
    });
    fs::write(site.join("manifest.json"), format!("{manifest:#}\n"))?;
    Ok(vec![wasm, js, css, status_css, status_js])
}

impl Piece {
    fn write(folder: &Path, plain: &'static str, content: &[u8], profile: Profile) -> Result<Self> {
        let digest = Sha256::digest(content);
        let hash = digest
            .iter()
            .take(8)
            .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        let (stem, extension) = plain.rsplit_once('.').context("a piece has an extension")?;
        let name = format!("{stem}.{hash:016x}.{extension}");
        fs::write(folder.join(&name), content)?;

        // A build for work on the screens is not worth the wait for the compressors.
        let (gzip, brotli) = match profile {
            Profile::Dev => (content.len(), content.len()),
            Profile::Release | Profile::E2e => {
                let gzip = gzip(content)?;
                let brotli = brotli(content)?;
                fs::write(folder.join(format!("{name}.gz")), &gzip)?;
                fs::write(folder.join(format!("{name}.br")), &brotli)?;
                (gzip.len(), brotli.len())
            }
        };
        Ok(Self {
            plain,
            name,
            raw: content.len(),
            gzip,
            brotli,
        })
    }
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &*content, &mut packed, &parameters)?;
    Ok(packed)
}
