//! `Idempotency-Key`: what comes twice happens once.

use crate::app::{Client, Reply, TestApp};
use crate::place::Place;
use domain::incident::Declaration;
use domain::{AccountRole, IncidentCommand, Number, PersonId};
use http::Method;
use serde_json::{Value, json};
use server::store::{Answer, Request, Reserved, Scope};

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
}

/// A request as the process that took it on wrote it down.
fn taken_on(app: &TestApp, person: &PersonId, key: &str, path: &str, body: &Value) -> Request {
    Request {
        key: key.to_owned(),
        person: person.clone(),
        method: "POST".to_owned(),
        path: format!("/api/v1{path}"),
        body_hash: server::ids::hash(body.to_string()),
        at: app.services.now(),
    }
}

pub async fn what_was_cut_off_is_carried_out_by_the_next_and_by_nobody_else(place: Place) {
    let app = TestApp::start(&place).await;
    let person = app.person("ada", AccountRole::Responder).await;
    let ada = app.client_of(&person, Scope::Write).await;
    let body = json!({"title": "API failing"});
    let cut_off = taken_on(&app, &person, "two", "/incidents", &body);
    let reserved = place.store.reserve(&cut_off, cut_off.at).await;
    assert_eq!(reserved.expect("reserved"), Reserved::Fresh);
    let pending = with_key(&ada, "two", "/incidents", body.clone()).await;
    assert_eq!(pending.header("retry-after"), "2");
    assert_eq!(
        pending.expect(409)["type"],
        "urn:muster:problem:in-progress"
    );
    app.wait(1);
    let next = taken_on(&app, &person, "two", "/incidents", &body);
    let reserved = place.store.reserve(&next, next.at).await;
    assert_eq!(reserved.expect("reserved"), Reserved::Fresh);

    // The first process was not dead, only slow: it commits, and whoever took over answers that.
    let late = app.services.keyed(Some(cut_off.once()));
    let declaration = Declaration {
        title: "API failing".to_owned(),
        ..Declaration::default()
    };
    place.store.release(&cut_off).await.expect("not its own");
    with_key(&ada, "two", "/incidents", body.clone())
        .await
        .expect(409);
    let done = late.declare(&person, declaration.clone()).await;
    let taken_over = app.services.keyed(Some(next.once()));
    let same = taken_over.declare(&person, declaration).await;
    assert_eq!(same.expect("done").recorded, done.expect("done").recorded);
    // The second one ends without an answer as well.
    let first = with_key(&ada, "two", "/incidents", body.clone()).await;
    let again = with_key(&ada, "two", "/incidents", body).await;
    assert_eq!(again.expect(201), first.expect(201));
    let all = ada.get("/incidents").await.expect(200);
    assert_eq!(all["incidents"].as_array().map(Vec::len), Some(1));
}

pub async fn what_was_done_and_never_answered_is_answered_by_the_next(place: Place) {
    let app = TestApp::start(&place).await;
    let person = app.person("ada", AccountRole::Responder).await;
    let ada = app.client_of(&person, Scope::Write).await;
    ada.declare("API failing").await;
    let body = json!({"text": "Said once"});
    let path = "/incidents/1/notes";
    let request = taken_on(&app, &person, "note", path, &body);
    let reserved = place.store.reserve(&request, request.at).await;
    assert_eq!(reserved.expect("reserved"), Reserved::Fresh);
    let note = IncidentCommand::Note {
        text: "Said once".to_owned(),
        at: None,
    };
    let services = app.services.keyed(Some(request.once()));
    let done = services.execute(&person, Number(1), None, note).await;
    let done = done.expect("it is done");
    // The answer of the commit was lost, and whoever waited for it gave the key back.
    place.store.release(&request).await.expect("not given back");
    ada.post(path, json!({"text": "Something else meanwhile"}))
        .await
        .expect(201);

    let answered = with_key(&ada, "note", path, body.clone()).await;
    assert_eq!(answered.header("idempotency-replayed"), "true");
    assert_eq!(answered.header("etag"), "\"2\"");
    let event = answered.expect(201)["event"].clone();
    assert_eq!(event["position"], done.recorded[0].position);
    assert_eq!(event["data"]["text"], "Said once");
    let again = with_key(&ada, "note", path, body).await;
    assert_eq!(
        (again.status, &again.text),
        (answered.status, &answered.text)
    );
    let incident = ada.get("/incidents/1").await.expect(200);
    assert_eq!(incident["incident"]["version"], 3);
}

pub async fn an_answer_that_comes_after_a_redaction_is_not_kept(place: Place) {
    let app = TestApp::start(&place).await;
    let person = app.person("ada", AccountRole::Admin).await;
    let ada = app.client_of(&person, Scope::Admin).await;
    ada.declare("API failing").await;
    let body = json!({"text": "hunter2"});
    let path = "/incidents/1/notes";
    let request = taken_on(&app, &person, "note", path, &body);
    let reserved = place.store.reserve(&request, request.at).await;
    assert_eq!(reserved.expect("reserved"), Reserved::Fresh);
    let note = IncidentCommand::Note {
        text: "hunter2".to_owned(),
        at: None,
    };
    let services = app.services.keyed(Some(request.once()));
    let done = services.execute(&person, Number(1), None, note).await;
    done.expect("it is done");
    // It is blanked before whoever did it has written its answer down.
    let redaction = json!({"events": [2], "reason": "a password"});
    ada.post("/incidents/1/redactions", redaction)
        .await
        .expect(201);
    let answer = Answer {
        status: 201,
        headers: Vec::new(),
        body: body.to_string(),
    };
    let kept = place.store.complete(&request, answer).await;
    kept.expect("answered");
    let again = with_key(&ada, "note", path, body).await.expect(410);
    assert_eq!(again["type"], "urn:muster:problem:answer-redacted");
}

pub async fn every_call_that_changes_something_takes_a_key(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    ada.declare("API failing").await;
    let calls = [
        (Method::PATCH, "/incidents/1", json!({"title": "Other"})),
        (
            Method::PUT,
            "/incidents/1/roles/scribe",
            json!({"person": "ada"}),
        ),
        (Method::DELETE, "/incidents/1/roles/scribe", json!({})),
    ];
    for (method, path, body) in calls {
        let mut replies = Vec::new();
        for _ in 0..2 {
            let call = ada.call(method.clone(), path);
            let call = call.header("idempotency-key", method.as_str());
            replies.push(call.json(&body).await);
        }
        assert_eq!(replies[1].header("idempotency-replayed"), "true");
        let [first, second] = [0, 1].map(|n| (replies[n].status, replies[n].text.clone()));
        assert_eq!(first.0, 200, "{}", first.1);
        assert_eq!(first, second);
    }
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
