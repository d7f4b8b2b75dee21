//! The ready bytes of a page, and the answers made of them.

use super::words::Tongue;
use crate::http::encoding::Encoding;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use domain::time::Time;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

/// A page for people.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// For a page that is as it should be: a CDN answers for ten seconds, and for an hour when we cannot.
pub(super) const FRESH: &str =
    "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=3600";
/// For an address where nothing is: something may be there in ten seconds, so no longer than that.
const MISSING: &str = "public, max-age=10";
/// For a page that could not be made.
const BROKEN: &str = "no-store";

/// As of when an answer is. Not `Age`: caches take that as time that their copy has stood, and would not keep what is old
/// although nothing newer is to be had.
const AS_OF: HeaderName = HeaderName::from_static("muster-as-of");
/// Stands on what is the last that is known, because nothing newer can be read.
const STALE: HeaderName = HeaderName::from_static("muster-stale");

/// A page to send, and as of when it is.
#[derive(Debug)]
pub(super) struct Dated {
    /// The bytes.
    pub ready: Arc<Ready>,
    /// When they were last found to be so; nothing where nothing is known.
    pub as_of: Option<Time>,
    /// True when nothing newer can be read.
    pub old: bool,
}

impl Dated {
    /// Bytes that say of nothing how it is.
    pub fn timeless(ready: Ready) -> Self {
        Self {
            ready: Arc::new(ready),
            as_of: None,
            old: false,
        }
    }

    /// The answer to a request. Its head says how old it is, for those who cannot read it in the body.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = self.ready.answer(request);
        let headers = response.headers_mut();
        let as_of = self
            .as_of
            .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
        if let Some(at) = as_of.and_then(|at| HeaderValue::try_from(at).ok()) {
            headers.insert(AS_OF, at);
        }
        if self.old {
            headers.insert(STALE, value("true"));
        }
        response
    }
}

/// A page as bytes, packed in every way that we send it.
#[derive(Debug)]
pub(super) struct Ready {
    status: StatusCode,
    media: &'static str,
    /// In which language, for a page; documents for tools have none.
    tongue: Option<Tongue>,
    etag: HeaderValue,
    identity: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

impl Ready {
    /// Packs a page. Takes milliseconds for a long one: not for a thread that others wait for.
    pub fn new(status: StatusCode, media: &'static str, text: String) -> Self {
        let identity = text.into_bytes();
        Self {
            status,
            media,
            tongue: None,
            etag: etag(&identity),
            gzip: gzip(&identity).into(),
            brotli: brotli(&identity).into(),
            identity: identity.into(),
        }
    }

    /// Says in which language it is.
    pub fn in_language(mut self, tongue: Tongue) -> Self {
        self.tongue = Some(tongue);
        self
    }

    /// What an answer says of it.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// How much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        self.identity.len() + self.gzip.len() + self.brotli.len()
    }

    /// The answer to a request: the bytes in the best packing that the browser takes, or that it has them already.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = if self.is_known(request) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            self.whole(request)
        };
        let cache = match self.status {
            StatusCode::OK => FRESH,
            StatusCode::NOT_FOUND => MISSING,
            _ => BROKEN,
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, value(cache));
        // What stands at an address that names its language is the same whatever the browser asks for.
        let chosen = self.tongue.is_some_and(|tongue| !tongue.fixed);
        headers.insert(
            VARY,
            value(if chosen {
                "Accept-Language, Accept-Encoding"
            } else {
                "Accept-Encoding"
            }),
        );
        if let Some(tongue) = self.tongue {
            headers.insert(CONTENT_LANGUAGE, value(tongue.language.code()));
        }
        if self.media != HTML {
            // What tools read may be read from any page.
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, value("*"));
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                value("muster-as-of, muster-stale"),
            );
        }
        if self.status == StatusCode::OK {
            headers.insert(ETAG, self.etag.clone());
        }
        response
    }

    fn whole(&self, request: &HeaderMap) -> Response {
        let encoding = Encoding::accepted(request).next();
        let body = match encoding {
            Some(Encoding::Brotli) => &self.brotli,
            Some(Encoding::Gzip) => &self.gzip,
            None => &self.identity,
        };
        let mut response = (self.status, Body::from(body.clone())).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, value(self.media));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, value(encoding.name()));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, value("10"));
        }
        response
    }

    fn is_known(&self, request: &HeaderMap) -> bool {
        let bare = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
        let ours = self.etag.to_str().map(bare).unwrap_or_default();
        self.status == StatusCode::OK && tags(request).any(|tag| tag == "*" || bare(tag) == ours)
    }
}

fn value(text: &'static str) -> HeaderValue {
    HeaderValue::from_static(text)
}

/// The tags that the browser knows.
fn tags(request: &HeaderMap) -> impl Iterator<Item = &str> {
    request
        .get_all(IF_NONE_MATCH)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
}

/// Weak: the packings of one page are the same page.
fn etag(bytes: &[u8]) -> HeaderValue {
    let mut tag = "W/\"".to_owned();
    for byte in &Sha256::digest(bytes)[..12] {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    HeaderValue::try_from(tag).unwrap_or_else(|_| value("W/\"\""))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        // The best one takes a hundred times as long for a tenth less, and a page lives for half a minute.
        quality: 5,
        ..Default::default()
    };
    // Writing to memory cannot fail.
    let _ = brotli::BrotliCompress(&mut Cursor::new(bytes), &mut packed, &parameters);
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderName;
    use http::header::ACCEPT_ENCODING;

    fn request(name: HeaderName, text: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(text).expect("a header"));
        headers
    }

    fn header(response: &Response, name: HeaderName) -> Option<&str> {
        response.headers().get(name).and_then(|v| v.to_str().ok())
    }

    #[test]
    fn the_smallest_packing_that_the_browser_takes_is_sent() {
        let page = Ready::new(
            StatusCode::OK,
            HTML,
            "<p>Everything is working.</p>".repeat(20),
        );
        for (accept, encoding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("identity", None),
        ] {
            let response = page.answer(&request(ACCEPT_ENCODING, accept));
            assert_eq!(header(&response, CONTENT_ENCODING), encoding, "{accept}");
            assert_eq!(header(&response, VARY), Some("Accept-Encoding"));
            assert_eq!(header(&response, CACHE_CONTROL), Some(FRESH));
        }
    }

    #[test]
    fn a_browser_that_has_it_is_told_so() {
        let page = Ready::new(StatusCode::OK, HTML, "<p>Hello</p>".to_owned());
        let tag = page.etag.to_str().expect("ascii").to_owned();
        let strong = tag.trim_start_matches("W/").to_owned();
        for (known, status) in [
            (tag.as_str(), StatusCode::NOT_MODIFIED),
            (strong.as_str(), StatusCode::NOT_MODIFIED),
            (&format!("\"other\", {tag}"), StatusCode::NOT_MODIFIED),
            ("*", StatusCode::NOT_MODIFIED),
            ("\"other\"", StatusCode::OK),
        ] {
            let response = page.answer(&request(IF_NONE_MATCH, known));
            assert_eq!(response.status(), status, "{known}");
            assert_eq!(header(&response, ETAG), Some(tag.as_str()));
        }
    }

    #[test]
    fn what_is_not_there_is_not_remembered_for_long() {
        let missing = Ready::new(StatusCode::NOT_FOUND, HTML, String::new());
        let response = missing.answer(&request(IF_NONE_MATCH, "*"));
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(header(&response, CACHE_CONTROL), Some(MISSING));
        let broken = Ready::new(StatusCode::SERVICE_UNAVAILABLE, HTML, String::new());
        let response = broken.answer(&HeaderMap::new());
        assert_eq!(header(&response, CACHE_CONTROL), Some(BROKEN));
    }
}
