//! The main job by HTTP alone, and again by the forms and functions of the screens: the same stream.

use crate::app::{Client, TestApp};
use crate::browser::Browser;
use crate::place::Place;
use domain::{AccountRole, Number};
use serde_json::{Value, json};
use server::store::Scope;

/// Minutes that the story takes; the clock is set back by them before it is told again.
const LASTS: i64 = 35;

pub async fn the_main_job_by_http_alone_makes_the_stream_that_the_browser_makes(place: Place) {
    let app = TestApp::start(&place).await;
    let ines = app.person("ines", AccountRole::Responder).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let cy = app.person("cy", AccountRole::Reader).await;
    let admin = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    let api = admin
        .post("/components", json!({"name": "API", "group": "Core"}))
        .await
        .expect(201);
    let api = api["component"]["id"].as_str().expect("an id").to_owned();
    let people = (
        app.client_of(&ines, Scope::Write).await,
        app.client_of(&bo, Scope::Write).await,
        app.client_of(&cy, Scope::Write).await,
    );
    by_http(&app, &people.0, &people.1, &people.2).await;
    what_can_be_read(&people.0).await;
    app.wait(-LASTS);
    let browsers = (
        Browser::of(&app, &ines).await,
        Browser::of(&app, &bo).await,
        Browser::of(&app, &cy).await,
    );
    by_browser(&app, &browsers.0, &browsers.1, &browsers.2, &api).await;

    let (first, second) = (told(&place, 1).await, told(&place, 2).await);
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one, other);
    }
    assert_eq!(first.len(), second.len());
    assert!(first.len() > 15, "the story is whole");
}

async fn by_http(app: &TestApp, ines: &Client, bo: &Client, cy: &Client) {
    let declared = json!({"title": "API failing", "summary": "Many 502s in eu-west.", "ic": "ines@example.test"});
    let reply = ines.post("/incidents", declared).await;
    let incident = &reply.expect(201)["incident"];
    assert_eq!(reply.header("location"), "/api/v1/incidents/1");
    assert_eq!(
        (&incident["number"], &incident["phase"]),
        (&json!(1), &json!("assess"))
    );
    assert_eq!(incident["ic"]["handle"], "ines");
    app.wait(2);
    let change = json!({"severity": "sev2", "phase": "mitigate"});
    ines.patch("/incidents/1", change).await.expect(200);
    ines.put("/incidents/1/roles/comms", json!({"person": "@bo"}))
        .await
        .expect(200);
    ines.put("/incidents/1/roles/lead:db", json!({"person": "bo"}))
        .await
        .expect(200);
    ines.delete("/incidents/1/roles/lead:db").await.expect(200);
    app.wait(3);
    let note = json!({"text": "First alarm.", "at": "2026-11-17T13:58:00Z"});
    ines.post("/incidents/1/notes", note).await.expect(201);
    let link = json!({"url": "https://graphs.example.test/api", "title": "Graphs"});
    bo.post("/incidents/1/links", link).await.expect(201);
    ines.post("/incidents/1/participants", json!({"person": "cy"}))
        .await
        .expect(201);
    cy.post(
        "/incidents/1/requests",
        json!({"question": "Are payments hit?"}),
    )
    .await
    .expect(201);
    app.wait(5);
    let both = json!({
        "sitrep": {
            "headline": "Half the calls fail", "situation": "Half of all calls fail.\n\nSince 13:58.",
            "impact": "Customers see errors.", "hypothesis": "A bad deploy", "confidence": "likely",
            "needs": "Somebody from storage", "next_sitrep_by": "2026-11-17T14:40:00Z"
        },
        "public": {
            "title": "Errors in the API", "state": "investigating", "message": "We see errors and look into it.",
            "components": [{"id": "API", "status": "partial_outage"}], "next_update_by": "2026-11-17T14:45:00Z"
        }
    });
    let sent = ines.post("/incidents/1/updates", both).await.expect(201);
    assert_eq!(sent["update"]["sitrep"]["version"], 1);
    assert_eq!(sent["update"]["public"]["components"][0]["name"], "API");
    app.wait(10);
    let second =
        json!({"sitrep": {"situation": "A third of all calls fail.\n\nSince 13:58.", "needs": ""}});
    let sent = ines.post("/incidents/1/updates", second).await.expect(201);
    assert_eq!(
        sent["update"]["sitrep"]["impact"], "Customers see errors.",
        "what is left out stays"
    );
    assert_eq!(sent["update"]["public"], Value::Null);
    app.wait(5);
    let over = json!({"person": "bo", "reason": "My shift ends."});
    ines.put("/incidents/1/roles/ic", over).await.expect(200);
    app.wait(5);
    let end =
        json!({"public": {"state": "resolved", "message": "All is well again."}, "resolve": true});
    bo.post("/incidents/1/updates", end).await.expect(201);
    app.wait(5);
    bo.patch("/incidents/1", json!({"phase": "followup"}))
        .await
        .expect(200);
    let closed = bo.post("/incidents/1/close", json!({})).await.expect(200);
    assert_eq!(closed["incident"]["phase"], "closed");
    assert_eq!(closed["incident"]["resolved_at"], "2026-11-17T14:30:00Z");
    assert_eq!(closed["incident"]["closed_at"], "2026-11-17T14:35:00Z");
}

async fn by_browser(app: &TestApp, ines: &Browser, bo: &Browser, cy: &Browser, api: &str) {
    let declared = [
        ("title", "API failing"),
        ("summary", "Many 502s in eu-west."),
        ("ic", "@ines"),
    ];
    let reply = ines.form("/incidents", &declared).await;
    assert_eq!(reply.header("location"), "/incidents/2");
    app.wait(2);
    ines.form("/incidents/2", &[("do", "severity"), ("severity", "sev2")])
        .await;
    ines.form(
        "/incidents/2",
        &[("do", "say"), ("text", "/phase mitigate")],
    )
    .await;
    ines.form(
        "/incidents/2",
        &[("do", "assign"), ("role", "comms"), ("person", "bo")],
    )
    .await;
    let lead = [
        ("do", "assign"),
        ("role", "lead"),
        ("lead", "db"),
        ("person", "bo"),
    ];
    ines.form("/incidents/2", &lead).await;
    let command = json!({"do": "release_role", "role": "lead:db"});
    ines.function("execute", json!({"number": 2, "command": command}))
        .await;
    app.wait(3);
    ines.form(
        "/incidents/2",
        &[("do", "say"), ("text", "First alarm."), ("at", "13:58")],
    )
    .await;
    let link = json!({"do": "link", "url": "https://graphs.example.test/api", "title": "Graphs"});
    bo.function("execute", json!({"number": 2, "command": link}))
        .await;
    ines.form("/incidents/2", &[("do", "join"), ("person", "cy")])
        .await;
    cy.form(
        "/incidents/2",
        &[("do", "ask"), ("question", "Are payments hit?")],
    )
    .await;
    app.wait(5);
    let component = format!("component:{api}");
    let both = [
        ("do", "update"),
        ("send_sitrep", "on"),
        ("headline", "Half the calls fail"),
        ("situation", "Half of all calls fail.\r\n\r\nSince 13:58."),
        ("impact", "Customers see errors."),
        ("hypothesis", "A bad deploy"),
        ("confidence", "likely"),
        ("needs", "Somebody from storage"),
        ("next_sitrep_by", "14:40"),
        ("send_public", "on"),
        ("public_title", "Errors in the API"),
        ("state", "investigating"),
        ("message", "We see errors and look into it."),
        (&component, "partial_outage"),
        ("next_update_by", "14:45"),
    ];
    ines.form("/incidents/2/update", &both).await;
    app.wait(10);
    let second = json!({
        "do": "update", "public": null, "resolve": false,
        "sitrep": {"situation": "A third of all calls fail.\n\nSince 13:58.", "needs": ""}
    });
    ines.function("execute", json!({"number": 2, "command": second}))
        .await;
    app.wait(5);
    let over = [
        ("do", "hand_over"),
        ("role", "ic"),
        ("person", "bo"),
        ("reason", "My shift ends."),
    ];
    ines.form("/incidents/2/handover", &over).await;
    app.wait(5);
    let end = [
        ("do", "update"),
        ("send_public", "on"),
        ("state", "resolved"),
        ("message", "All is well again."),
        ("resolve", "on"),
    ];
    bo.form("/incidents/2/update", &end).await;
    app.wait(5);
    bo.form("/incidents/2", &[("do", "phase"), ("phase", "followup")])
        .await;
    bo.form("/incidents/2/close", &[("do", "close")]).await;
}

/// What an incident's stream tells, without what must differ: positions, and the number in the names of public words.
async fn told(place: &Place, number: i64) -> Vec<Value> {
    let stream = place
        .store
        .stream(Number(number), 0)
        .await
        .expect("a stream");
    let bare = |recorded: &domain::Recorded| {
        let mut told = serde_json::to_value(recorded).expect("JSON");
        told["position"].take();
        told["incident"].take();
        if let Some(id) = told["data"]["id"].as_str() {
            told["data"]["id"] = id.replacen(&format!("{number}-"), "N-", 1).into();
        }
        told
    };
    stream.iter().map(bare).collect()
}

async fn what_can_be_read(ines: &Client) {
    let events = ines.get("/incidents/1/events").await.expect(200);
    let events = events["events"].as_array().expect("events").clone();
    let versions: Vec<i64> = events
        .iter()
        .filter_map(|event| event["version"].as_i64())
        .collect();
    assert_eq!(
        versions,
        (1..=i64::try_from(events.len()).expect("few")).collect::<Vec<_>>()
    );
    let middle = events[4]["position"].as_i64().expect("a position");
    let rest = ines
        .get(&format!("/incidents/1/events?after={middle}"))
        .await
        .expect(200);
    assert_eq!(rest["events"].as_array().expect("events")[..], events[5..]);

    let sitreps = ines.get("/incidents/1/sitreps").await.expect(200);
    assert_eq!(sitreps["sitreps"].as_array().map(Vec::len), Some(2));
    let first = ines.get("/incidents/1/sitreps/1").await.expect(200);
    assert_eq!(first["sitrep"], sitreps["sitreps"][0]);
    let diff = ines.get("/incidents/1/sitreps/1/diff/2").await.expect(200)["diff"].clone();
    assert_eq!((&diff["from"], &diff["to"]), (&json!(1), &json!(2)));
    let fields = diff["fields"].as_array().expect("fields");
    for (name, changed) in [("situation", true), ("impact", false), ("needs", true)] {
        let field = fields
            .iter()
            .find(|field| field["field"] == name)
            .expect(name);
        assert_eq!(field["changed"], changed, "{name}");
        let joined = |without: &str| -> String {
            let ops = field["ops"].as_array().expect("ops").iter();
            ops.filter(|op| op["op"] != without)
                .filter_map(|op| op["text"].as_str())
                .collect()
        };
        assert_eq!(
            joined("delete"),
            sitreps["sitreps"][1][name].as_str().expect("text")
        );
        assert_eq!(
            joined("insert"),
            sitreps["sitreps"][0][name].as_str().expect("text")
        );
    }
}
