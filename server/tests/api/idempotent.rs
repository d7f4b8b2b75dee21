//! `Idempotency-Key`: what comes twice happens once.

use crate::app::{Client, Reply, TestApp};
use crate::place::Place;
use domain::AccountRole;
use http::Method;
use serde_json::{Value, json};
use server::store::{Request, Scope};

async fn with_key(client: &Client, key: &str, path: &str, body: Value) -> Reply {
    client
        .call(Method::POST, path)
        .header("idempotency-key", key)
        .json(&body)
        .await
}

pub async fn the_same_request_happens_once(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    let body = json!({"title": "API failing"});
    let first = with_key(&ada, "one", "/incidents", body.clone()).await;
    first.expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    app.wait(5);
    ada.patch("/incidents/1", json!({"title": "Other"}))
        .await
        .expect(200);
    let second = with_key(&ada, "one", "/incidents", body).await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!((second.status, &second.text), (first.status, &first.text));
    for header in ["location", "etag", "content-type"] {
        assert_eq!(second.header(header), first.header(header), "{header}");
    }
    let all = ada.get("/incidents").await.expect(200);
    assert_eq!(all["incidents"].as_array().map(Vec::len), Some(1));
    for _ in 0..2 {
        with_key(&ada, "note", "/incidents/1/notes", json!({"text": "x"}))
            .await
            .expect(201);
        let both =
            json!({"sitrep": {"situation": "x"}, "public": {"state": "update", "message": "x"}});
        with_key(&ada, "both", "/incidents/1/updates", both)
            .await
            .expect(201);
        with_key(&ada, "end", "/incidents/1/resolve", json!({}))
            .await
            .expect(200);
    }
    assert_eq!(
        ada.get("/incidents/1").await.expect(200)["incident"]["version"],
        6
    );
}

pub async fn a_key_belongs_to_one_request_and_one_person(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    let bo = app.client("bo", AccountRole::Responder, Scope::Write).await;
    with_key(&ada, "one", "/incidents", json!({"title": "One"}))
        .await
        .expect(201);
    let other = with_key(&ada, "one", "/incidents", json!({"title": "Other"}))
        .await
        .expect(422);
    assert_eq!(other["type"], "urn:muster:problem:key-reused");
    with_key(&ada, "one", "/incidents/1/notes", json!({"text": "x"}))
        .await
        .expect(422);
    with_key(&bo, "one", "/incidents", json!({"title": "Two"}))
        .await
        .expect(201);
    assert_eq!(
        ada.get("/incidents").await.expect(200)["incidents"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

pub async fn of_two_at_once_one_is_carried_out(place: Place) {
    let app = TestApp::start(&place).await;
    let person = app.person("ada", AccountRole::Responder).await;
    let ada = app.client_of(&person, Scope::Write).await;
    let body = json!({"title": "API failing"});
    let calls = (0..8).map(|_| {
        let (ada, body) = (ada.clone(), body.clone());
        tokio::spawn(async move { with_key(&ada, "one", "/incidents", body).await })
    });
    for call in calls.collect::<Vec<_>>() {
        let reply = call.await.expect("no panic");
        match reply.status {
            201 => {}
            409 => assert_eq!(reply.header("retry-after"), "2"),
            other => panic!("{other}: {}", reply.text),
        }
    }
    assert_eq!(
        ada.get("/incidents").await.expect(200)["incidents"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );

    // One that a process took on and never answered.
    let cut_off = Request {
        key: "two".to_owned(),
        person,
        method: "POST".to_owned(),
        path: "/api/v1/incidents".to_owned(),
        body_hash: server::ids::hash(body.to_string()),
        at: app.services.now(),
    };
    place.store.reserve(&cut_off).await.expect("reserved");
    let pending = with_key(&ada, "two", "/incidents", body.clone())
        .await
        .expect(409);
    assert!(
        pending["detail"]
            .as_str()
            .is_some_and(|words| words.contains("still being")),
        "{pending}"
    );
    app.wait(2);
    let lost = with_key(&ada, "two", "/incidents", body).await.expect(409);
    assert!(
        lost["detail"]
            .as_str()
            .is_some_and(|words| words.contains("cut off")),
        "{lost}"
    );
}

pub async fn a_refusal_gives_the_key_back(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    with_key(&ada, "one", "/incidents", json!({"title": ""}))
        .await
        .expect(422);
    with_key(&ada, "one", "/incidents", json!({"title": "Now"}))
        .await
        .expect(201);
    with_key(&ada, "two", "/incidents/9/notes", json!({"text": "x"}))
        .await
        .expect(404);
    with_key(&ada, "two", "/incidents/1/notes", json!({"text": "x"}))
        .await
        .expect(201);
}

pub async fn a_link_to_sign_in_is_not_kept(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    let body = json!({"email": "bo@example.test", "name": "Bo"});
    let first = with_key(&ada, "one", "/people", body.clone())
        .await
        .expect(201);
    assert!(
        first["sign_in_link"]
            .as_str()
            .is_some_and(|link| link.contains("/sign-in/"))
    );
    let again = with_key(&ada, "one", "/people", body).await.expect(201);
    assert_eq!(again["person"], first["person"]);
    assert_eq!(again["sign_in_link"], Value::Null);
}
