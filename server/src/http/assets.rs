//! The site's static files: wasm, script and stylesheets, embedded in the binary.
//!
//! `cargo xtask build` writes them to `target/site` before it builds this crate: every name carries
//! a hash of the content, and a `.br` and a `.gz` lie next to each file. Release builds embed that
//! folder; debug builds read it from disk at run time, and work without it.

use std::borrow::Cow;
use std::sync::OnceLock;

use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue, StatusCode};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::encoding::Encoding;

/// How long caches may keep what has a name that changes with its content.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "$MUSTER_SITE"]
struct Site;

/// The names of the built files below `/pkg/`; they change with their content.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// The script module that loads the wasm; exports `default` (init) and `hydrate`.
    pub js: String,
    /// The wasm of the signed-in app, for a preload link: the script knows the name by itself.
    pub wasm: String,
    /// The stylesheet of the signed-in app.
    pub css: String,
    /// The stylesheet of the public status page.
    pub status_css: String,
    /// The script that keeps an open public status page current.
    pub status_js: String,
}

impl Manifest {
    /// What pages name when nothing was built: they render, and their assets answer 404.
    fn unbuilt() -> Self {
        Self {
            js: "app.js".to_owned(),
            wasm: "app.wasm".to_owned(),
            css: "app.css".to_owned(),
            status_css: "status.css".to_owned(),
            status_js: "status.js".to_owned(),
        }
    }
}

/// The names of the files in this binary. A debug build without a site gets names that answer 404.
pub fn manifest() -> &'static Manifest {
    static MANIFEST: OnceLock<Manifest> = OnceLock::new();
    MANIFEST.get_or_init(|| {
        let file = Site::get("manifest.json");
        let parsed = file.map(|file| serde_json::from_slice(&file.data));
        match parsed {
            Some(Ok(manifest)) => manifest,
            Some(Err(error)) => {
                tracing::error!(%error, "the site's manifest.json is not readable: build again with `cargo xtask build`");
                Manifest::unbuilt()
            }
            None => Manifest::unbuilt(),
        }
    })
}

/// Says so when this binary cannot serve its pages in full; only a server needs to know.
pub fn warn_if_unbuilt() {
    if Site::get("manifest.json").is_none() {
        tracing::warn!("this binary holds no site: build it with `cargo xtask build`");
    }
}

/// The bytes of a built file, unpacked.
pub fn content(name: &str) -> Option<Cow<'static, [u8]>> {
    Some(Site::get(&format!("pkg/{name}"))?.data)
}

/// Answers `GET /pkg/{*path}` from the embedded site, compressed where the browser takes it.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    answer(&path, &headers, |path| Some(Site::get(path)?.data))
}

fn answer(
    path: &str,
    request: &HeaderMap,
    find: impl Fn(&str) -> Option<Cow<'static, [u8]>>,
) -> Response {
    // The `.br` and `.gz` variants have no type of their own, so they cannot be asked for by name.
    let Some(content_type) = content_type(path) else {
        return missing();
    };
    let full = format!("pkg/{path}");
    let packed = Encoding::accepted(request)
        .find_map(|encoding| Some((find(&format!("{full}{}", encoding.suffix()))?, encoding)));
    let (content, encoding) = match packed {
        Some((content, encoding)) => (content, Some(encoding)),
        None => match find(&full) {
            Some(content) => (content, None),
            None => return missing(),
        },
    };

    let mut response = match content {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
    .into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    response
}

/// A tab that was open over a deploy may ask for a name that is gone: nobody may remember that answer.
fn missing() -> Response {
    let headers = [(CACHE_CONTROL, "no-store")];
    (StatusCode::NOT_FOUND, headers, "This file is not here.\n").into_response()
}

pub(super) fn content_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    match extension {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::ACCEPT_ENCODING;

    fn site(path: &str) -> Option<Cow<'static, [u8]>> {
        let content: &'static [u8] = match path {
            "pkg/app.0a.wasm" => b"plain",
            "pkg/app.0a.wasm.br" => b"brotli",
            "pkg/app.0a.wasm.gz" => b"gzip",
            "pkg/app.0a.css" => b"only plain",
            "manifest.json" => b"{}",
            _ => return None,
        };
        Some(Cow::Borrowed(content))
    }

    fn ask(path: &str, accept: Option<&'static str>) -> Response {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accept));
        }
        answer(path, &headers, site)
    }

    fn header(response: &Response, name: http::HeaderName) -> Option<&str> {
        response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap())
    }

    #[test]
    fn a_file_is_immutable_typed_and_not_sniffed() {
        let response = ask("app.0a.wasm", None);
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, CONTENT_TYPE), Some("application/wasm"));
        assert_eq!(
            header(&response, CACHE_CONTROL),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(header(&response, VARY), Some("Accept-Encoding"));
        assert_eq!(header(&response, X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
        assert_eq!(header(&response, CONTENT_ENCODING), None);
    }

    #[test]
    fn the_smallest_accepted_variant_is_sent() {
        for (accept, sent) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip;q=1.0, br;q=0", Some("gzip")),
            ("BR", Some("br")),
            ("gzip", Some("gzip")),
            ("identity", None),
            ("br; q=0.0, gzip; q=0", None),
        ] {
            let response = ask("app.0a.wasm", Some(accept));
            assert_eq!(header(&response, CONTENT_ENCODING), sent, "{accept}");
        }
        let response = ask("app.0a.css", Some("br"));
        assert_eq!(
            (response.status(), header(&response, CONTENT_ENCODING)),
            (StatusCode::OK, None)
        );
    }

    #[test]
    fn nothing_else_can_be_reached() {
        for path in [
            "",
            "app.0a.wasm.br",
            "../manifest.json",
            "../../Cargo.toml",
            "nothing.js",
            "app",
        ] {
            let response = ask(path, None);
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(header(&response, CACHE_CONTROL), Some("no-store"), "{path}");
        }
    }
}
