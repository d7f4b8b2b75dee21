//! The stream of events.

use crate::app::{Client, TestApp};
use crate::browser::Browser;
use crate::place::Place;
use axum::body::{Body, BodyDataStream};
use domain::AccountRole;
use http::header::COOKIE;
use http::{Method, Request};
use serde_json::{Value, json};
use server::store::Scope;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_stream::StreamExt;
use tower::ServiceExt;

/// An open stream, read frame by frame.
struct Stream {
    body: BodyDataStream,
    rest: String,
}

/// A frame.
#[derive(Debug, Default, PartialEq)]
struct Frame {
    event: String,
    id: Option<i64>,
    retry: Option<i64>,
    data: Value,
}

impl Stream {
    async fn open(client: &Client, path: &str, last: Option<i64>) -> Self {
        let mut call = client.call(Method::GET, path);
        if let Some(last) = last {
            call = call.header("last-event-id", &last.to_string());
        }
        Self::of(call.open().await)
    }

    fn of(response: axum::response::Response) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            body: response.into_body().into_data_stream(),
            rest: String::new(),
        }
    }

    /// The next frame; nothing at the end of the stream.
    async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some((frame, rest)) = self.rest.split_once("\n\n") {
                let mut found = Frame::default();
                for line in frame.lines() {
                    match line.split_once(": ") {
                        Some(("event", event)) => event.clone_into(&mut found.event),
                        Some(("id", id)) => found.id = id.parse().ok(),
                        Some(("retry", wait)) => found.retry = wait.parse().ok(),
                        Some(("data", data)) => {
                            found.data = serde_json::from_str(data).expect("JSON");
                        }
                        _ => {}
                    }
                }
                self.rest = String::from(rest);
                return Some(found);
            }
            let chunk = tokio::time::timeout(Duration::from_secs(10), self.body.next()).await;
            let chunk = chunk.expect("something comes in time")?.expect("bytes");
            self.rest
                .push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }

    /// The next event of an incident.
    async fn event(&mut self) -> Frame {
        loop {
            let frame = self.next().await.expect("the stream goes on");
            if frame.event == "incident" {
                return frame;
            }
        }
    }
}

pub async fn the_stream_is_complete_and_goes_on_where_it_was(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    let reader = app.client("rea", AccountRole::Reader, Scope::Read).await;
    ada.declare("API failing").await;
    ada.post("/incidents/1/notes", json!({"text": "Two\nlines"}))
        .await
        .expect(201);

    let mut stream = Stream::open(&reader, "/live?after=0", None).await;
    let hello = stream.next().await.expect("a hello");
    assert_eq!(
        (hello.event.as_str(), hello.id, &hello.data["build"]),
        ("hello", None, &json!("build"))
    );
    assert_eq!(hello.retry, Some(3000), "when to come back");
    let (first, second) = (stream.event().await, stream.event().await);
    let events = ada.get("/incidents/1/events").await.expect(200);
    assert_eq!(first.data, events["events"][0]);
    assert_eq!(second.data, events["events"][1]);
    assert_eq!(first.id, events["events"][0]["position"].as_i64());

    ada.patch(
        "/incidents/1",
        json!({"severity": "sev1", "phase": "watch"}),
    )
    .await
    .expect(200);
    let (third, fourth) = (stream.event().await, stream.event().await);
    assert_eq!(
        (&third.data["kind"], &fourth.data["kind"]),
        (&json!("severity_changed"), &json!("phase_changed"))
    );
    assert_eq!(fourth.id, third.id.map(|id| id + 1));

    // The header wins over the address; what was missed comes, and nothing comes twice.
    let mut again = Stream::open(&reader, "/live?after=0", second.id).await;
    assert_eq!(again.event().await, third);
    assert_eq!(again.event().await, fourth);
    let mut from_now = Stream::open(&reader, "/live", None).await;
    from_now.next().await.expect("a hello");
    ada.post("/incidents/1/notes", json!({"text": "Now"}))
        .await
        .expect(201);
    assert_eq!(from_now.event().await.data["data"]["text"], "Now");
    assert_eq!(again.event().await.data["data"]["text"], "Now");
}

pub async fn a_stream_ends_with_its_token_or_its_person(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    let bo = app.client("bo", AccountRole::Reader, Scope::Read).await;
    let cy = app.client("cy", AccountRole::Reader, Scope::Read).await;
    let mut of_bo = Stream::open(&bo, "/live", None).await;
    let mut of_cy = Stream::open(&cy, "/live", None).await;
    of_bo.next().await.expect("a hello");
    of_cy.next().await.expect("a hello");
    ada.patch("/people/bo", json!({"active": false}))
        .await
        .expect(200);
    ends(&mut of_bo).await;
    assert_eq!(
        of_cy.next().await.map(|frame| frame.event).as_deref(),
        Some("house"),
        "the others only hear of it"
    );
    let tokens = place.store.tokens().await.expect("tokens");
    let directory = app.services.directory();
    let person = &directory.find_person("cy").expect("cy").id;
    let token = tokens
        .iter()
        .find(|token| token.person == *person)
        .expect("the token");
    let admin = &directory.find_person("ada").expect("ada").id;
    let revoke = app::house::HouseCommand::RevokeToken {
        token: token.id.clone(),
    };
    app.services
        .keep_house(admin, None, revoke)
        .await
        .expect("revoked");
    ends(&mut of_cy).await;
}

/// That the house changed may still be heard; then the stream ends, at once.
async fn ends(stream: &mut Stream) {
    while let Some(frame) = stream.next().await {
        assert_eq!(frame.event, "house", "it should have ended");
    }
}

pub async fn a_sign_in_wakes_no_tab(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    let bo = app.person("bo", AccountRole::Reader).await;
    let here = format!("/live?after={}", *place.store.head().borrow());
    let mut stream = Stream::open(&ada, &here, None).await;
    stream.next().await.expect("a hello");
    let (first, second) = (Browser::of(&app, &bo).await, Browser::of(&app, &bo).await);
    ada.declare("API failing").await;
    let frame = stream.next().await.expect("the stream goes on");
    assert_eq!(frame.event, "incident", "not a word of who signed in");
    let feed = place.store.feed(0, 100).await.expect("feed");
    let positions: Vec<i64> = feed.iter().map(server::store::Logged::position).collect();
    let all: Vec<i64> = (1..).take(positions.len()).collect();
    assert_eq!(positions, all, "without a gap");
    assert_eq!(frame.id, positions.last().copied());

    // But whoever is signed out is cut off at once.
    let follow = Request::get("/live").header(COOKIE, &second.cookie);
    let follow = follow.body(Body::empty()).expect("a request");
    let response = app.router.clone().oneshot(follow).await;
    let mut cut = Stream::of(response.expect("an answer"));
    cut.next().await.expect("a hello");
    first
        .form("/devices", &[("do", "revoke_other_devices")])
        .await;
    assert_eq!(cut.next().await, None);

    // However many there were, whoever comes after them gets what came then, also in a process that has just begun.
    let mut links = JoinSet::new();
    for _ in 0..300 {
        let (services, bo) = (app.services.clone(), bo.clone());
        links.spawn(async move { services.sign_in_link(None, &bo).await });
    }
    for link in links.join_all().await {
        link.expect("a link");
    }
    let again = TestApp::start(&place).await;
    let after = format!("/live?after={}", frame.id.unwrap_or_default());
    let mut late = Stream::open(&again.with_token(ada.token), &after, None).await;
    late.next().await.expect("a hello");
    app.services
        .add_person(None, "cy@example.test", "Cy", AccountRole::Reader)
        .await
        .expect("added");
    let heard = late.next().await.expect("the stream goes on");
    assert_eq!(heard.event, "house");
}
