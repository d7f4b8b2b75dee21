//! Changing incidents: versions, several fields at once, many at once, roles, phases.

use crate::app::TestApp;
use crate::place::Place;
use domain::AccountRole;
use http::Method;
use serde_json::{Value, json};
use server::store::Scope;

pub async fn if_match_names_what_happened_since(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Write).await;
    ada.declare("API failing").await;
    let one = ada.get("/incidents/1").await;
    assert_eq!(one.header("etag"), "\"1\"");
    let patch = |version: &str, body: Value| {
        let call = ada
            .call(Method::PATCH, "/incidents/1")
            .header("if-match", version);
        async move { call.json(&body).await }
    };
    let first = patch("\"1\"", json!({"severity": "sev2"})).await;
    assert_eq!((first.status, first.header("etag")), (200, "\"2\""));
    let stale = patch("\"1\"", json!({"severity": "sev1"}))
        .await
        .expect(412);
    assert_eq!(stale["incident"]["severity"], "sev2");
    assert_eq!(stale["incident"]["version"], 2);
    let events = stale["events"].as_array().expect("events");
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["kind"], "severity_changed");
    patch("2", json!({"severity": "sev1"})).await.expect(200);
    patch("*", json!({"severity": "sev3"})).await.expect(200);
    patch("\"99\"", json!({"severity": "sev2"}))
        .await
        .expect(412);

    let calls = [
        (Method::POST, "/incidents/1/notes", json!({"text": "x"})),
        (
            Method::POST,
            "/incidents/1/links",
            json!({"url": "https://example.test"}),
        ),
        (Method::POST, "/incidents/1/participants", json!({})),
        (Method::POST, "/incidents/1/requests", json!({})),
        (
            Method::POST,
            "/incidents/1/updates",
            json!({"sitrep": {"situation": "x"}}),
        ),
        (Method::POST, "/incidents/1/resolve", json!({})),
        (Method::POST, "/incidents/1/close", json!({})),
        (Method::POST, "/incidents/1/cancel", json!({"reason": "x"})),
        (Method::POST, "/incidents/1/reopen", json!({"reason": "x"})),
        (
            Method::PUT,
            "/incidents/1/roles/comms",
            json!({"person": "ada"}),
        ),
        (Method::DELETE, "/incidents/1/roles/comms", json!({})),
    ];
    for (method, path, body) in calls {
        let reply = ada
            .call(method, path)
            .header("if-match", "\"3\"")
            .json(&body)
            .await;
        assert_eq!(reply.status, 412, "{path}: {}", reply.text);
    }
    assert_eq!(ada.get("/incidents/1").await.header("etag"), "\"4\"");
}

pub async fn a_patch_changes_all_or_nothing(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Write).await;
    ada.declare("API failing").await;
    let half = json!({"title": "Other", "severity": "sev1", "phase": "followup"});
    ada.patch("/incidents/1", half).await.expect(422);
    assert_eq!(
        ada.get("/incidents/1").await.expect(200)["incident"]["version"],
        1
    );
    let whole = json!({
        "title": "Other", "public_title": "Errors", "severity": "sev1", "phase": "watch",
        "started_at": "2026-11-17T13:30:00+01:00"
    });
    let changed = ada.patch("/incidents/1", whole.clone()).await.expect(200);
    assert_eq!(changed["incident"]["version"], 6);
    assert_eq!(changed["incident"]["started_at"], "2026-11-17T12:30:00Z");
    let again = ada.patch("/incidents/1", whole).await.expect(200);
    assert_eq!(
        again["incident"]["version"], 6,
        "what is so already makes no event"
    );
    let events = ada.get("/incidents/1/events").await.expect(200);
    let at: Vec<_> = events["events"].as_array().expect("events")[1..]
        .iter()
        .map(|e| &e["recorded_at"])
        .collect();
    assert!(
        at.iter().all(|one| *one == at[0]),
        "one transaction, one time"
    );
}

pub async fn two_commanders_in_the_same_instant_leave_one(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    let bo = app.client("bo", AccountRole::Responder, Scope::Write).await;
    let cy = app.client("cy", AccountRole::Responder, Scope::Write).await;
    for round in 1..=5 {
        let number = ada.declare("API failing").await;
        let path = format!("/incidents/{number}/roles/ic");
        // The same handover to two people: one of the two is decided when Ada is not in command any more.
        let (one, other) = tokio::join!(
            ada.put(&path, json!({"person": "bo"})),
            ada.put(&path, json!({"person": "cy"})),
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(
            statuses,
            [200, 403],
            "round {round}: {} {}",
            one.text,
            other.text
        );
        // By force both come through, one after the other, and both stay visible.
        let force = json!({"force": true, "reason": "Nobody answers."});
        let (one, other) = tokio::join!(bo.put(&path, force.clone()), cy.put(&path, force));
        assert_eq!(
            (one.status, other.status),
            (200, 200),
            "{} {}",
            one.text,
            other.text
        );
        let incident = ada.get(&format!("/incidents/{number}")).await.expect(200);
        let roles = incident["incident"]["roles"].as_array().expect("roles");
        let commanders = roles.iter().filter(|holder| holder["role"] == "ic").count();
        assert_eq!(commanders, 1);
    }
}

pub async fn many_notes_in_the_same_instant_are_all_kept(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    ada.declare("API failing").await;
    let notes = (0..24).map(|n| {
        let ada = ada.clone();
        tokio::spawn(async move {
            ada.post("/incidents/1/notes", json!({"text": format!("Note {n}")}))
                .await
        })
    });
    for note in notes.collect::<Vec<_>>() {
        let reply = note.await.expect("no panic");
        assert_eq!(reply.status, 201, "{}", reply.text);
    }
    assert_eq!(
        ada.get("/incidents/1").await.expect(200)["incident"]["version"],
        25
    );
}

pub async fn command_is_handed_over_or_taken_and_other_roles_are_given(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    let bo = app.client("bo", AccountRole::Responder, Scope::Write).await;
    ada.declare("API failing").await;
    let ic = "/incidents/1/roles/ic";
    let refused = bo.put(ic, json!({"person": "bo"})).await.expect(403);
    assert!(
        refused["detail"]
            .as_str()
            .is_some_and(|words| words.contains("ADA Alder"))
    );
    bo.put(ic, json!({"person": "bo", "force": true}))
        .await
        .expect(422);
    let other = bo
        .put(ic, json!({"person": "ada", "force": true, "reason": "x"}))
        .await
        .expect(422);
    assert_eq!(other["field"], "person");
    let taken = bo
        .put(ic, json!({"force": true, "reason": "Nobody answers."}))
        .await
        .expect(200);
    assert_eq!(taken["incident"]["ic"]["handle"], "bo");
    assert_eq!(
        taken["incident"]["participants"].as_array().map(Vec::len),
        Some(2)
    );
    let same = bo.put(ic, json!({"person": "bo"})).await.expect(200);
    assert_eq!(
        same["incident"]["version"], taken["incident"]["version"],
        "it is so already"
    );
    bo.put(ic, json!({"person": "ada"})).await.expect(200);
    bo.delete(ic).await.expect(422);

    let scribe = "/incidents/1/roles/scribe";
    ada.put(scribe, json!({"person": "bo"})).await.expect(200);
    ada.put(scribe, json!({"person": "ada", "reason": "Bo is tired."}))
        .await
        .expect(200);
    ada.put(scribe, json!({"person": "bo", "force": true}))
        .await
        .expect(422);
    ada.put(scribe, json!({})).await.expect(422);
    ada.delete(scribe).await.expect(200);
    ada.delete(scribe).await.expect(422);
    ada.put("/incidents/1/roles/lead:database", json!({"person": "bo"}))
        .await
        .expect(200);
    ada.put("/incidents/1/roles/runner", json!({"person": "bo"}))
        .await
        .expect(200);
    let events = ada.get("/incidents/1/events").await.expect(200);
    let kinds: Vec<&str> = events["events"]
        .as_array()
        .expect("events")
        .iter()
        .filter_map(|e| e["kind"].as_str())
        .collect();
    assert_eq!(
        kinds,
        [
            "declared",
            "command_taken",
            "role_handed_over",
            "role_assigned",
            "role_handed_over",
            "role_released",
            "role_assigned",
            "role_assigned"
        ]
    );
}

pub async fn every_way_through_the_phases(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app
        .client("ada", AccountRole::Responder, Scope::Write)
        .await;
    ada.declare("One").await;
    ada.declare("Two").await;
    ada.declare("Three").await;
    let post = |path: &'static str, body: Value| {
        let ada = ada.clone();
        async move { ada.post(path, body).await.expect(200)["incident"].clone() }
    };
    app.wait(30);
    let at = json!({"at": "2026-11-17T14:20:00Z"});
    let resolved = post("/incidents/1/resolve", at).await;
    assert_eq!(
        (&resolved["phase"], &resolved["resolved_at"]),
        (&json!("cleanup"), &json!("2026-11-17T14:20:00Z"))
    );
    let closed = post("/incidents/1/close", json!({})).await;
    assert_eq!(
        (&closed["phase"], &closed["closed_at"]),
        (&json!("closed"), &json!("2026-11-17T14:30:00Z"))
    );
    let open = post("/incidents/1/reopen", json!({"reason": "It is back."})).await;
    assert_eq!(
        (&open["phase"], &open["resolved_at"]),
        (&json!("mitigate"), &Value::Null)
    );
    let cancelled = post("/incidents/2/cancel", json!({"reason": "A false alarm."})).await;
    assert_eq!(
        (&cancelled["phase"], &cancelled["cancel_reason"]),
        (&json!("cancelled"), &json!("A false alarm."))
    );
    assert_eq!(
        post("/incidents/2/reopen", json!({"reason": "It was none."})).await["phase"],
        "assess"
    );
    let merged = post("/incidents/3/merge", json!({"into": 1})).await;
    assert_eq!(
        (&merged["phase"], &merged["merged_into"]),
        (&json!("merged"), &json!(1))
    );
    // An empty body is enough where nothing must be said.
    let bare = ada.call(Method::POST, "/incidents/2/resolve").send().await;
    assert_eq!(bare.expect(200)["incident"]["phase"], "cleanup");
    let drill = ada
        .post("/incidents", json!({"title": "Exercise", "kind": "drill"}))
        .await
        .expect(201);
    assert_eq!(drill["incident"]["kind"], "drill");
    let told = json!({"public": {"state": "update", "message": "x"}});
    ada.post("/incidents/4/updates", told).await.expect(422);
    let back = json!({"title": "Last week", "kind": "backfilled"});
    assert_eq!(
        ada.post("/incidents", back).await.expect(201)["incident"]["phase"],
        "closed"
    );
}
