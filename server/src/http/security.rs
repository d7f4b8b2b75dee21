//! What holds for every answer: who may post, what a browser may load, what leaks nothing.

use super::{Edge, assets};
use app::ui::{Icon, Sprite};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;
use std::any::Any;
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// The icons of pages outside the app.
const ICONS: &[Icon] = &[Icon::Muster, Icon::Over];
/// Below here are the one-time links.
const LINKS: &str = "/sign-in/";

/// Refuses posts that come from another site, by `Sec-Fetch-Site` and `Origin`. Programs send neither and pass; they
/// have no cookie that could be abused.
pub fn same_origin() -> CsrfLayer<fn(ProtectionError) -> Response> {
    CsrfLayer::new().with_rejection_response(from_elsewhere as fn(_) -> _)
}

fn from_elsewhere(_: ProtectionError) -> Response {
    plain_error(
        StatusCode::FORBIDDEN,
        "This came from somewhere else",
        FROM_ELSEWHERE,
    )
}

/// Why a post from elsewhere was refused.
pub const FROM_ELSEWHERE: &str = "Muster takes what its own pages send and nothing else, so it did nothing. Open the page here and send it again. \
     Behind a proxy, the proxy must hand on the Host header as the browser sent it.";

/// The page of a sign-in link sends no referrer, because its address is the secret. Browsers then post it with `Origin:
/// null`, and on plain http with nothing else that says where it comes from. The secret in the address is the proof
/// there, so a null is taken away before [`same_origin`] looks; whatever says more is still looked at.
pub async fn sign_in_without_origin(mut request: Request, next: Next) -> Response {
    let signs_in = request.uri().path().starts_with(LINKS);
    let headers = request.headers_mut();
    if signs_in && headers.get(ORIGIN).is_some_and(|origin| origin == "null") {
        headers.remove(ORIGIN);
    }
    next.run(request).await
}

/// The policy of screens: our own files, and the inline scripts of the page that carry its nonce.
pub fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// The policy of answers that carry no script.
const NO_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                         form-action 'self'; frame-ancestors 'none'";

/// For how long a browser asks by https alone, in seconds: a year.
const HTTPS_ONLY: &str = "max-age=31536000";

/// Marks an answer that any site may show in a frame. There is no `X-Frame-Options` that says so.
#[derive(Debug, Clone, Copy)]
pub struct Framed;

/// Adds what an answer did not say itself. Belongs outside of everything that may answer.
pub async fn headers(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let tells_secret = request.uri().path().starts_with(LINKS);
    let mut response = next.run(request).await;
    let framed = response.extensions().get::<Framed>().is_some();
    let headers = response.headers_mut();
    if tells_secret {
        // The address is the secret; whatever is opened from there must not learn it.
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    default(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(headers, REFERRER_POLICY, "same-origin");
    default(headers, CONTENT_SECURITY_POLICY, NO_SCRIPT);
    default(headers, CACHE_CONTROL, "no-store");
    if !framed {
        default(headers, X_FRAME_OPTIONS, "DENY");
    }
    default(
        headers,
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    default(
        headers,
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=()",
    );
    if edge.https {
        default(headers, STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

/// A page for trouble that no screen can be made of: plain, styled, complete.
pub fn plain_error(status: StatusCode, heading: &str, words: &str) -> Response {
    (
        status,
        plain_page(heading, view! { <p>{words.to_owned()}</p> }),
    )
        .into_response()
}

/// A page outside the app: no script, the same look.
pub fn plain_page(heading: &str, body: impl IntoView) -> Html<String> {
    let shown = heading.to_owned();
    let body = Owner::new().with(|| {
        view! {
            <Sprite icons=ICONS/>
            <main id="main" class="plain narrow">
                <p class="brand"><Icon name=Icon::Muster/><b>"Muster"</b></p>
                <header class="head"><h1>{shown}</h1></header>
                {body}
            </main>
        }
        .to_html()
    });
    document("sign-in-page", heading, "", &body)
}

/// The document around a page outside the app. `class` is that of the page in the stylesheet, `theme` what the person chose.
pub fn document(class: &str, title: &str, theme: &str, body: &str) -> Html<String> {
    let css = format!("/pkg/{}", assets::manifest().css);
    let (title, theme) = (title.to_owned(), theme.to_owned());
    let html = Owner::new().with(|| {
        view! {
            <html lang="en" data-theme=theme>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{format!("{title}. Muster")}</title>
                    <link rel="icon" href=app::shell::TAB_ICON/>
                    <link rel="stylesheet" href=css/>
                </head>
                <body>
                    <div class=format!("page {class}") inner_html=body.to_owned()></div>
                </body>
            </html>
        }
        .to_html()
    });
    Html(format!("<!DOCTYPE html>{html}"))
}

/// A mistake of ours takes one request with it and says so; the details are in the log.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands it over like this"
)]
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> http::Response<Body> {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    tracing::error!(panic = words, "a request panicked");
    plain_error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "The server made a mistake and has logged it. Go back and try again; what was recorded before is safe.",
    )
}
