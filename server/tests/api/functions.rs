//! Server functions that are not reached: the screen that called must still understand the answer.

use crate::app::TestApp;
use crate::browser::{Browser, ask};
use crate::place::Place;
use app::AppError;
use app::house::HouseCommand;
use axum::body::Body;
use domain::{AccountRole, Settings, Severity};
use http::Request;
use http::header::{CONTENT_TYPE, COOKIE};
use serde_json::json;

const JSON: &str = "application/json";

#[track_caller]
fn understood(reply: &crate::app::Reply, status: u16) -> AppError {
    assert_eq!(reply.status, status, "{}", reply.text);
    assert_eq!(reply.header("content-type"), JSON);
    serde_json::from_value(reply.json()).expect("an error of the app")
}

pub async fn settings_are_looked_at_whoever_sends_them(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.person("ada", AccountRole::Admin).await;
    let browser = Browser::of(&app, &ada).await;
    let before = app.services.directory().settings.clone();
    let send = async |settings: Settings| {
        let command = HouseCommand::SetSettings {
            settings: Box::new(settings),
        };
        let body = json!({ "command": command }).to_string();
        browser.send("/fn/keep_house", JSON, body).await
    };
    for minutes in [i64::MAX, i64::MIN, 0, -1, 10_081] {
        let mut settings = before.clone();
        settings.promises.of_mut(Severity::Sev1).first_word = Some(minutes);
        let reply = send(settings).await;
        assert_eq!(reply.status, 422, "{minutes}: {}", reply.text);
        assert!(reply.text.contains("sev1.first_word"), "{}", reply.text);
    }
    let nameless = Settings {
        organisation: " \u{202e}\n ".to_owned(),
        ..before.clone()
    };
    let reply = send(nameless).await;
    assert_eq!(reply.status, 422, "{}", reply.text);
    assert_eq!(app.services.directory().settings, before);

    let untidy = Settings {
        organisation: " Alder\u{202e}\nWorks\0 ".to_owned(),
        internal_words: vec!["  ".to_owned(), " db-eu\n".to_owned()],
        ..before
    };
    let reply = send(untidy).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let kept = app.services.directory().settings.clone();
    assert_eq!(kept.organisation, "Alder Works");
    assert_eq!(kept.internal_words, ["db-eu"]);
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
    assert!(
        reply.text.contains("There is no incident 99"),
        "{}",
        reply.text
    );
    let reply = browser.send("/nothing", JSON, "{}").await;
    assert_eq!(reply.status, 405);
    assert!(reply.text.contains("<h1>"), "{}", reply.text);

    // Without its database Muster signs nobody out: what is asked for goes on waiting.
    place.store.close().await;
    let reply = browser.send("/fn/me", JSON, "{}").await;
    assert_eq!(understood(&reply, 503), AppError::Unreachable {});
}
