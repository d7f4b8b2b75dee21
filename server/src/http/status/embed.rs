//! The addresses of what stands on other people's sites. They never change, since others have written them down.

use super::address::Page;
use super::words::Tongue;
use super::{Here, Site, with_slash};
use crate::http::security::Framed;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::HeaderMap;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};

/// The script of the banner, as it is sent: whoever takes it in can read it.
pub(super) const SCRIPT: &str = include_str!("../../../assets/embed.js");
/// What it is.
pub(super) const MEDIA: &str = "text/javascript; charset=utf-8";
/// Other sites ask for the script with each of their pages; a new one is with everybody after an hour.
const KEEP: &str = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=86400";

/// What is there in each language, below `/status` or the root of a language.
pub(super) fn spoken(root: &str) -> Router<Site> {
    with_slash(&format!("{root}/embed"), get(frame))
        .route(&format!("{root}/embed.json"), get(banner))
}

/// The script is the same in all of them.
pub(super) async fn script() -> Response {
    let headers = [
        (CONTENT_TYPE, MEDIA),
        (CACHE_CONTROL, KEEP),
        // Sites that pin the script to a hash have to read it.
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, SCRIPT).into_response()
}

async fn frame(here: Here, tongue: Tongue, headers: HeaderMap) -> Response {
    let page = here.page_in(Page::Embed, tongue).await;
    let mut response = page.answer(&headers);
    response.extensions_mut().insert(Framed);
    response
}

async fn banner(here: Here, tongue: Tongue, headers: HeaderMap) -> Response {
    let page = here.page_in(Page::Banner, tongue).await;
    page.answer(&headers)
}
