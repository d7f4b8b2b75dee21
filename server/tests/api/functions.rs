//! Server functions that are not reached: the screen that called must still understand the answer.

use crate::app::TestApp;
use crate::browser::{Browser, ask};
use crate::place::Place;
use app::AppError;
use axum::body::Body;
use domain::AccountRole;
use http::Request;
use http::header::{CONTENT_TYPE, COOKIE};

const JSON: &str = "application/json";

#[track_caller]
fn understood(reply: &crate::app::Reply, status: u16) -> AppError {
    assert_eq!(reply.status, status, "{}", reply.text);
    assert_eq!(reply.header("content-type"), JSON);
    serde_json::from_value(reply.json()).expect("an error of the app")
}

pub async fn whatever_stops_a_function_is_told_in_the_shape_of_functions(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let browser = Browser::of(&app, &bo).await;

    let large = format!(r#"{{"number": 1, "text": "{}"}}"#, "x".repeat(5 << 20));
    let reply = browser.send("/fn/room", JSON, large).await;
    assert!(
        understood(&reply, 413).to_string().contains("4 MB"),
        "{}",
        reply.text
    );

    let request = Request::post("/fn/me")
        .header("host", "muster.test")
        .header("origin", "http://elsewhere.test")
        .header(COOKIE, &browser.cookie)
        .header(CONTENT_TYPE, JSON)
        .body(Body::from("{}"));
    let reply = ask(&app.router, request.expect("a request")).await;
    assert!(matches!(
        understood(&reply, 403),
        AppError::Forbidden { words } if words.contains("its own pages")
    ));

    let reply = browser.send("/fn/of_another_version", JSON, "{}").await;
    assert!(
        understood(&reply, 400).to_string().contains("Reload it"),
        "{}",
        reply.text
    );

    // Its own errors stay what they are, and other addresses keep their pages.
    let reply = browser.send("/fn/room", JSON, r#"{"number": 99}"#).await;
    assert_eq!(reply.status, 404);
    assert!(reply.text.contains("There is no incident 99"), "{}", reply.text);
    let reply = browser.send("/nothing", JSON, "{}").await;
    assert_eq!(reply.status, 405);
    assert!(reply.text.contains("<h1>"), "{}", reply.text);

    // Without its database Muster signs nobody out: what is asked for goes on waiting.
    place.store.close().await;
    let reply = browser.send("/fn/me", JSON, "{}").await;
    assert_eq!(understood(&reply, 503), AppError::Unreachable {});
}
