//! Getting in with a password or by a one-time link, and out. A link is spent by a POST behind a button, never by a GET: mail scanners and
//! chat previews open every address they see.

use super::caller::Caller;
use super::{Server, forms, limits, security, session};
use crate::services::{PasswordSignIn, Refusal};
use crate::store::StoreError;
use app::AppError;
use app::backend::Viewer;
use app::error::waiting;
use app::house::Secret;
use app::ui::Icon;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use http::header::{HeaderValue, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;

/// `GET /sign-in`: with a password, or how to get a link.
pub async fn ask(State(server): State<Server>, viewer: Option<Extension<Viewer>>) -> Response {
    if viewer.is_some() {
        return Redirect::to("/").into_response();
    }
    page(&server, "", None).into_response()
}

/// The page with the form. A password is never put back into it.
fn page(server: &Server, account: &str, trouble: Option<String>) -> Html<String> {
    let mails = server.services.letters_from().is_some();
    let account = account.to_owned();
    let wrong = trouble.is_some();
    security::plain_page(
        "Sign in",
        view! {
            <form method="post" action="/sign-in" class="form">
                <p class="field">
                    <label for="account">"E-mail or handle"</label>
                    <input
                        type="text"
                        id="account"
                        name="account"
                        required
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        value=account
                    />
                </p>
                <p class="field">
                    <label for="password">"Password"</label>
                    <input
                        type="password"
                        id="password"
                        name="password"
                        required
                        autocomplete="current-password"
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=wrong.then_some("trouble")
                    />
                </p>
                {trouble.map(|words| {
                    view! { <p class="err" id="trouble" role="alert"><Icon name=Icon::Over/><span>{words}</span></p> }
                })}
                <p class="row"><button class="btn primary tall">"Sign in"</button></p>
            </form>
            {mails.then(link_form)}
            {(!mails).then(|| view! {
                <p>"No password? Muster lets you in by a link that works once. An administrator makes one for you under People."</p>
            })}
            <p class="help">
                "Signed in on another device? Open your name there and make a link for this one. On the server, "
                <code>"muster user add"</code>" prints one."
            </p>
            <p class="row"><a href="/status">"See the status page"</a></p>
        },
    )
}

/// Where a link is asked for by mail.
fn link_form() -> impl IntoView {
    view! {
        <form method="post" action="/sign-in/link" class="form">
            <h2>"No password?"</h2>
            <p class="field">
                <label for="link-account">"E-mail or handle"</label>
                <input
                    type="text"
                    id="link-account"
                    name="account"
                    required
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="link-help"
                />
                <span class="help" id="link-help">"The link comes to the address that your account has, and works once."</span>
            </p>
            <p class="row"><button class="btn tall">"Mail me a link"</button></p>
        </form>
    }
}

/// `POST /sign-in/link`: a link by mail. The answer is the same for every account, and for none.
pub async fn mail_link(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    body: forms::Body,
) -> Response {
    let form = match forms::read(body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    if server.services.letters_from().is_none() {
        let words =
            "No mail server is set up here. An administrator makes a link for you under People.";
        return security::plain_error(StatusCode::NOT_FOUND, "No links by mail", words);
    }
    let account = form.get("account").unwrap_or_default();
    if account.is_empty() {
        let words = "Go back and type your e-mail or handle, so that the link finds you.";
        return security::plain_error(StatusCode::UNPROCESSABLE_ENTITY, "For whom?", words);
    }
    match server.services.ask_for_link(account, &caller.to_string()).await {
        Ok(None) => security::plain_page(
            "Look into your mail",
            view! {
                <p>"If this account may sign in here and has an e-mail address, a link is on its way to it. It works once, for two days."</p>
                <p class="help">"Nothing after a few minutes? Look among the unwanted mail, or ask an administrator for a link."</p>
                <p class="row"><a href="/sign-in">"Back to signing in"</a></p>
            },
        )
        .into_response(),
        Ok(Some(seconds)) => limits::too_often(seconds),
        Err(refusal) => not_now(refusal),
    }
}

/// `POST /sign-in`: with a password. Whether there is such an account shows neither in the answer nor in the time it takes.
pub async fn enter(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    jar: CookieJar,
    body: forms::Body,
) -> Response {
    let form = match forms::read(body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let account = form.get("account").unwrap_or_default();
    let password = Secret(form.raw("password").unwrap_or_default().to_owned());
    if account.is_empty() || password.0.is_empty() {
        let words = "Type your e-mail or handle, and your password.".to_owned();
        return (
            StatusCode::UNPROCESSABLE_ENTITY,
            page(&server, account, Some(words)),
        )
            .into_response();
    }
    if let Err(seconds) = server.limits.account(caller, account) {
        return hold_up(&server, account, seconds);
    }
    let done = server
        .services
        .sign_in_with_password(account, &password, device(&headers), &caller.to_string())
        .await;
    match done {
        Ok(PasswordSignIn::In(cookie)) => {
            (jar.add(session::begin(&server, cookie)), Redirect::to("/")).into_response()
        }
        Ok(PasswordSignIn::Wrong) => {
            let words = "This account and this password do not belong together. Try again, or ask for a link.";
            (
                StatusCode::FORBIDDEN,
                page(&server, account, Some(words.to_owned())),
            )
                .into_response()
        }
        Ok(PasswordSignIn::Wait(seconds)) => hold_up(&server, account, seconds),
        Err(refusal) => not_now(refusal),
    }
}

fn not_now(refusal: Refusal) -> Response {
    if let Refusal::Store(error) = refusal {
        return broken(&error, NOT_SIGNED_IN);
    }
    let error = AppError::from(refusal);
    let status = StatusCode::from_u16(error.status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    security::plain_error(status, "Not now", &error.to_string())
}

/// Says how long to wait, with the form still there.
fn hold_up(server: &Server, account: &str, seconds: u64) -> Response {
    let words = format!(
        "Too many passwords were wrong. Wait {} before the next one. A sign-in link works all the while.",
        waiting(seconds)
    );
    let wait = [(RETRY_AFTER, HeaderValue::from(seconds))];
    (
        StatusCode::TOO_MANY_REQUESTS,
        wait,
        page(server, account, Some(words)),
    )
        .into_response()
}

fn device(headers: &HeaderMap) -> &str {
    headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default()
}

/// `GET /sign-in/{secret}`: who it is for, and the button.
pub async fn show(State(server): State<Server>, Path(secret): Path<String>) -> Response {
    match server.services.link_owner(&secret).await {
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
    }
}

/// `POST /sign-in/{secret}`: spends the link.
pub async fn spend(
    State(server): State<Server>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Response {
    match server.services.sign_in(&secret, device(&headers)).await {
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

const NOT_SIGNED_IN: &str = "Muster cannot reach its database, so nobody was signed in. Try again in a moment; \
     should a link not work any more by then, ask an administrator for a new one.";
const NOT_SIGNED_OUT: &str = "Muster cannot reach its database. You are still signed in on this device; \
     go back and sign out again in a moment.";

fn broken(error: &StoreError, words: &str) -> Response {
    tracing::error!(error = %error, "signing in or out failed");
    security::plain_error(StatusCode::SERVICE_UNAVAILABLE, "Not now", words)
}
