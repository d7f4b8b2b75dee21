//! The shared draft over HTTP: who may, what fits, what the stream says, what a plain form clears.

use crate::app::{Reply, TestApp};
use crate::browser::Browser;
use crate::place::Place;
use app::AppError;
use axum::body::Body;
use domain::{AccountRole, Number, PersonId};
use http::Request;
use http::header::COOKIE;
use serde_json::json;
use std::time::Duration;
use tokio_stream::StreamExt;
use tower::ServiceExt;

async fn write(browser: &Browser, by: &PersonId, field: &str, text: &str, revision: i64) -> Reply {
    let written = json!({
        "field": field, "text": text, "revision": revision, "by": by, "at": "2026-11-17T14:00:00Z"
    });
    let body = json!({"number": 1, "written": written}).to_string();
    let json = "application/json";
    browser.send("/fn/write_draft", json, body).await
}

#[track_caller]
fn refused(reply: &Reply, status: u16) -> AppError {
    assert_eq!(reply.status, status, "{}", reply.text);
    serde_json::from_value(reply.json()).expect("an error of the app")
}

pub async fn a_draft_is_for_those_who_write_updates(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let rae = app.person("rae", AccountRole::Reader).await;
    let (writes, reads) = (Browser::of(&app, &bo).await, Browser::of(&app, &rae).await);
    let declaration = json!({"declaration": {"title": "API failing"}});
    writes.function("declare", declaration).await;

    let kept = write(&writes, &bo, "situation", "a\u{202e}b\u{0}\r\nc", 0).await;
    let kept = kept.expect(200);
    assert_eq!(kept["text"], "ab\nc");
    assert_eq!(kept["revision"], 1);
    let stale = write(&writes, &bo, "situation", "other", 0)
        .await
        .expect(200);
    assert_eq!(stale, kept, "what stands is answered, and nothing changed");

    let theirs = write(&reads, &rae, "situation", "mine", 1).await;
    assert!(matches!(refused(&theirs, 403), AppError::Forbidden { .. }));
    let page = reads.function("update_page", json!({"number": 1})).await;
    assert_eq!(page["draft"], json!([]));
    let page = writes.function("update_page", json!({"number": 1})).await;
    assert_eq!(page["draft"][0]["text"], "ab\nc");

    // A tab of somebody else's session, what is too long, what is no field, what is no incident.
    let before = write(&writes, &rae, "situation", "late", 1).await;
    assert_eq!(refused(&before, 401), AppError::SignIn {});
    let long = "x".repeat(20_001);
    let long = write(&writes, &bo, "message", &long, 0).await;
    assert_eq!(refused(&long, 422).field(), Some("message"));
    for field in ["after", "do", "component:none", ""] {
        let reply = write(&writes, &bo, field, "x", 0).await;
        assert_eq!(reply.status, 422, "{field}: {}", reply.text);
    }
    assert_eq!(place.store.draft(Number(1)).await.expect("read").len(), 1);
}

pub async fn every_change_of_a_draft_is_sent_to_open_forms_and_to_nobody_else(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let rae = app.person("rae", AccountRole::Reader).await;
    let browser = Browser::of(&app, &bo).await;
    let reader = Browser::of(&app, &rae).await;
    let declaration = json!({"declaration": {"title": "API failing"}});
    browser.function("declare", declaration).await;
    write(&browser, &bo, "situation", "before", 0)
        .await
        .expect(200);

    let follow = async |browser: &Browser, query: &str| {
        let request = Request::get(format!("/live?incident=1{query}"))
            .header(COOKIE, &browser.cookie)
            .body(Body::empty())
            .expect("a request");
        let response = app.router.clone().oneshot(request).await;
        response.expect("an answer").into_body().into_data_stream()
    };
    let mut form = follow(&browser, "&draft=1").await;
    let mut others = [
        follow(&browser, "").await,
        follow(&reader, "&draft=1").await,
    ];
    let mut seen = String::new();
    let mut until = async |words: &str| {
        while !seen.contains(words) {
            let next = tokio::time::timeout(Duration::from_secs(10), form.next()).await;
            let bytes = next.expect("in time").expect("a frame").expect("bytes");
            seen.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
        }
        seen.clone()
    };
    until(r#""text":"before""#).await;
    write(&browser, &bo, "needs", "more people", 0)
        .await
        .expect(200);
    let frames = until("more people").await;
    assert_eq!(
        frames.matches("before").count(),
        1,
        "each revision once: {frames}"
    );
    let draft = frames.split("event: draft").nth(1).expect("a frame");
    let frame = draft.split("\n\n").next().unwrap_or_default();
    assert!(!frame.contains("id:"), "never recorded: {frame}");

    // What is sent clears what it was made of, and the form hears that too.
    let sitrep = json!({"situation": "before", "after": 0});
    let command = json!({"do": "update", "sitrep": sitrep, "public": null});
    let sending = json!({"key": null, "drafted": [["situation", 1]]});
    let update = json!({"number": 1, "command": command, "sending": sending});
    browser.function("execute", update).await;
    until(r#""field":"situation","text":null,"revision":2"#).await;

    for other in &mut others {
        let mut heard = String::new();
        while let Ok(Some(Ok(bytes))) =
            tokio::time::timeout(Duration::from_millis(300), other.next()).await
        {
            heard.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
        }
        assert!(heard.contains("event: presence"), "{heard}");
        assert!(
            !heard.contains("draft") && !heard.contains("more people"),
            "{heard}"
        );
    }
}

pub async fn a_plain_form_shows_the_draft_and_clears_what_it_showed(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let browser = Browser::of(&app, &bo).await;
    let declaration = json!({"declaration": {"title": "API failing"}});
    browser.function("declare", declaration).await;
    write(&browser, &bo, "situation", "Reads fail", 0)
        .await
        .expect(200);
    write(&browser, &bo, "send_public", "off", 0)
        .await
        .expect(200);
    let page = browser.page("/incidents/1/update").await;
    assert!(page.contains(">Reads fail</textarea>"), "{page}");
    assert!(
        page.contains(r#"name="draft:situation" value="1""#),
        "{page}"
    );
    let tick = page
        .split("<input")
        .find(|i| i.contains(r#"id="send_public""#));
    assert!(
        !tick
            .expect("a tick")
            .split('>')
            .next()
            .unwrap_or_default()
            .contains("checked")
    );

    // Somebody goes on writing before it is sent.
    write(&browser, &bo, "needs", "more people", 0)
        .await
        .expect(200);
    let fields = [
        ("do", "update"),
        ("after", "0"),
        ("situation", "Reads fail"),
        ("send_sitrep", "on"),
        ("draft:situation", "1"),
        ("draft:send_public", "1"),
    ];
    browser.form("/incidents/1/update", &fields).await;
    let draft = place.store.draft(Number(1)).await.expect("read");
    let left: Vec<&str> = draft
        .iter()
        .filter(|d| d.text.is_some())
        .map(|d| d.field.as_str())
        .collect();
    assert_eq!(left, ["needs"]);
}
