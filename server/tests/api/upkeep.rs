//! What is kept for a while only.

use crate::app::TestApp;
use crate::browser::Browser;
use crate::place::Place;
use axum::body::Body;
use axum::response::Response;
use chrono::TimeDelta;
use domain::{AccountRole, Number, PersonId};
use http::header::COOKIE;
use http::{Method, Request};
use serde_json::json;
use server::services::Forgotten;
use server::store::Scope;
use std::time::Duration;
use tokio_stream::StreamExt;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

fn follow(browser: &Browser, query: &str) -> Request<Body> {
    let request = Request::get(format!("/live?{query}")).header(COOKIE, &browser.cookie);
    request.body(Body::empty()).expect("a request")
}

/// Follows a room until somebody is seen in it.
async fn look_in(app: &TestApp, browser: &Browser, number: Number) -> Response {
    let request = follow(browser, &format!("incident={number}"));
    let response = app.router.clone().oneshot(request).await;
    let response = response.expect("an answer");
    assert_eq!(response.status(), 200);
    let (parts, body) = response.into_parts();
    let mut frames = body.into_data_stream();
    let mut seen = String::new();
    while !seen.contains("event: presence") {
        let next = tokio::time::timeout(Duration::from_secs(10), frames.next()).await;
        let bytes = next.expect("in time").expect("a frame").expect("bytes");
        seen.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
    }
    Response::from_parts(parts, Body::from_stream(frames))
}

async fn present(app: &TestApp, number: Number) -> Vec<PersonId> {
    let present = app.services.presence(number).await.expect("read");
    present.into_iter().map(|present| present.person).collect()
}

pub async fn old_rows_are_forgotten_and_rooms_that_are_not_there_leave_none(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let client = app.client_of(&bo, Scope::Write).await;
    client
        .call(Method::POST, "/incidents")
        .header("idempotency-key", "once")
        .json(&json!({"title": "API failing"}))
        .await
        .expect(201);
    let browser = Browser::of(&app, &bo).await;

    let note = json!({"do": "note", "text": "hello", "at": null});
    let sent = json!({"number": 1, "command": note, "sending": {"key": format!("{bo}/1")}});
    browser.function("execute", sent).await;

    for nowhere in ["2", "0", "-1", "9223372036854775807"] {
        // Its body is not read: that of a stream has no end.
        let request = follow(&browser, &format!("incident={nowhere}"));
        let answer = app.router.clone().oneshot(request).await;
        assert_eq!(answer.expect("an answer").status(), 404, "{nowhere}");
        let number = Number(nowhere.parse().expect("a number"));
        assert_eq!(present(&app, number).await, []);
    }
    let stream = look_in(&app, &browser, Number(1)).await;
    assert_eq!(present(&app, Number(1)).await, vec![bo.clone()]);
    drop(stream);

    assert_eq!(
        app.services.forget().await.expect("done"),
        Forgotten::default()
    );
    app.wait(60 * 24 * 31);
    let forgotten = app.services.forget().await.expect("done");
    let all = Forgotten {
        // The link. The session ended by itself a day ago.
        access: 1,
        requests: 1,
        // The browser's and the one of the API.
        commands: 2,
        presence: 1,
        letters: 0,
        attempts: 0,
    };
    assert_eq!(forgotten, all);

    // The task does the same, at once when it begins, and ends when it is told.
    let now = app.services.now();
    let beat = place.store.beat(Number(1), &bo, "s1", now, now);
    beat.await.expect("a sign of life");
    app.wait(60);
    let stop = CancellationToken::new();
    let task = tokio::spawn(app.services.clone().keep_forgetting(stop.clone()));
    let all_gone = async {
        let ever = now - TimeDelta::days(365);
        while !place
            .store
            .present(Number(1), ever)
            .await
            .expect("read")
            .is_empty()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(10), all_gone).await;
    in_time.expect("it is forgotten");
    stop.cancel();
    task.await.expect("it ends");
}
