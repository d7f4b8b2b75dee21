//! Getting in by a one-time link, and out. A link is spent by a POST behind a button, never by a GET: mail scanners and
//! chat previews open every address they see.

use super::{Server, security, session};
use crate::store::StoreError;
use app::backend::Viewer;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use http::header::{HeaderValue, REFERRER_POLICY, USER_AGENT};
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;

/// `GET /sign-in`: how to get a link.
pub async fn ask(viewer: Option<Extension<Viewer>>) -> Response {
    if viewer.is_some() {
        return Redirect::to("/").into_response();
    }
    security::plain_page(
        "Sign in",
        view! {
            <p>"Muster lets you in by a link that works once. An administrator makes one for you under People."</p>
            <p class="help">
                "Signed in on another device? Open your name there and make a link for this one. On the server, "
                <code>"muster user add"</code>" prints one."
            </p>
            <p class="row"><a href="/status">"See the status page"</a></p>
        },
    )
    .into_response()
}

/// `GET /sign-in/{secret}`: who it is for, and the button.
pub async fn show(State(server): State<Server>, Path(secret): Path<String>) -> Response {
    let mut response = match server.services.link_owner(&secret).await {
        Ok(Some(person)) => security::plain_page(
            "Sign in",
            view! {
                <p>"This link is for "<b>{person.name.clone()}</b>". It works once."</p>
                <form method="post" class="row">
                    <button class="btn primary tall">{format!("Sign in as {}", person.name)}</button>
                </form>
            },
        )
        .into_response(),
        Ok(None) => spent(),
        Err(error) => broken(&error, NOT_SIGNED_IN),
    };
    // The address is the secret; no page that is opened from here may learn it.
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// `POST /sign-in/{secret}`: spends the link.
pub async fn spend(
    State(server): State<Server>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Response {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    match server.services.sign_in(&secret, agent).await {
        Ok(Some(cookie)) => {
            (jar.add(session::begin(&server, cookie)), Redirect::to("/")).into_response()
        }
        Ok(None) => spent(),
        Err(error) => broken(&error, NOT_SIGNED_IN),
    }
}

/// `POST /sign-out`.
pub async fn leave(
    State(server): State<Server>,
    viewer: Option<Extension<Viewer>>,
    jar: CookieJar,
) -> Response {
    if let Some(Extension(viewer)) = viewer
        && let Err(error) = server.services.sign_out(&viewer).await
    {
        return broken(&error, NOT_SIGNED_OUT);
    }
    (jar.add(session::end(&server)), Redirect::to("/sign-in")).into_response()
}

fn spent() -> Response {
    let words = "It was used already, is older than two days, or was copied in part. Ask an administrator for a new one.";
    security::plain_error(StatusCode::GONE, "This link does not work any more", words)
}

const NOT_SIGNED_IN: &str = "Muster cannot reach its database, so nobody was signed in. Try the link again in a moment; \
     should it not work any more by then, ask an administrator for a new one.";
const NOT_SIGNED_OUT: &str = "Muster cannot reach its database. You are still signed in on this device; \
     go back and sign out again in a moment.";

fn broken(error: &StoreError, words: &str) -> Response {
    tracing::error!(error = %error, "signing in or out failed");
    security::plain_error(StatusCode::SERVICE_UNAVAILABLE, "Not now", words)
}
