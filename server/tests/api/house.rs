//! People, components and settings.

use crate::app::TestApp;
use crate::browser::Browser;
use crate::place::Place;
use domain::AccountRole;
use serde_json::{Value, json};
use server::store::Scope;

pub async fn people_components_and_settings(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;

    let new = json!({"email": "Bo@Example.test", "name": "Bo Lind", "role": "reader"});
    let invited = ada.post("/people", new).await;
    let body = invited.expect(201);
    let id = body["person"]["id"].as_str().expect("an id");
    assert_eq!(invited.header("location"), format!("/api/v1/people/{id}"));
    assert_eq!(
        (&body["person"]["handle"], &body["person"]["role"]),
        (&json!("bo"), &json!("reader"))
    );
    for name in [id, "bo", "@bo", "bo@example.test"] {
        assert_eq!(
            ada.get(&format!("/people/{name}")).await.expect(200)["person"]["id"],
            id
        );
    }
    let change = json!({"handle": "bolind", "role": "responder"});
    let changed = ada.patch("/people/bo", change).await.expect(200);
    assert_eq!(
        (&changed["person"]["handle"], &changed["person"]["name"]),
        (&json!("bolind"), &json!("Bo Lind"))
    );
    let person = app
        .services
        .directory()
        .find_person("bolind")
        .expect("bo")
        .id
        .clone();
    Browser::of(&app, &person).await;
    ada.patch("/people/bolind", json!({"active": false}))
        .await
        .expect(200);
    let gone = ada
        .patch("/people/bolind", json!({"name": "Bo"}))
        .await
        .expect(200);
    assert_eq!(
        gone["person"]["active"], false,
        "a former person is still found"
    );
    let people = ada.get("/people").await.expect(200);
    assert_eq!(people["people"].as_array().map(Vec::len), Some(2));
    ada.declare("API failing").await;
    let left = ada
        .put("/incidents/1/roles/comms", json!({"person": "bolind"}))
        .await
        .expect(422);
    assert_eq!(left["type"], "urn:muster:problem:person-left");

    let added = ada
        .post(
            "/components",
            json!({"name": "API v2", "description": "Calls"}),
        )
        .await
        .expect(201);
    assert_eq!(added["component"]["status"], "operational");
    let down = json!({"public": {"state": "identified", "message": "x", "components": [{"name": "API v2", "status": "major_outage"}]}});
    ada.post("/incidents/1/updates", down).await.expect(201);
    let component = ada.get("/components/API%20v2").await.expect(200);
    assert_eq!(component["component"]["status"], "major_outage");
    let change = json!({"name": "API", "group": "Core", "hidden": true});
    let changed = ada.patch("/components/API%20v2", change).await.expect(200);
    assert_eq!(
        (
            &changed["component"]["name"],
            &changed["component"]["hidden"]
        ),
        (&json!("API"), &json!(true))
    );
    assert_eq!(
        ada.get("/incidents/1").await.expect(200)["incident"]["components"][0]["name"],
        "API"
    );

    let before = ada.get("/settings").await.expect(200)["settings"].clone();
    assert_eq!(
        (&before["prefix"], &before["promises"]["sev1"]["first_word"]),
        (&json!("INC"), &json!(10))
    );
    let change = json!({
        "prefix": "FIRE", "internal_words": ["db-eu-2", "Project\nZebra"],
        "templates": [{"name": "Slow", "state": "identified", "message": "{components} may be slow."}],
        "promises": {"sev1": {"sitrep": 15, "command": null}}
    });
    let after = ada.patch("/settings", change).await.expect(200)["settings"].clone();
    assert_eq!(
        after["promises"]["sev1"],
        json!({"first_word": 10, "next_word": 30, "sitrep": 15, "command": Value::Null})
    );
    assert_eq!(after["promises"]["sev2"], before["promises"]["sev2"]);
    assert_eq!(after["internal_words"], json!(["db-eu-2", "Project Zebra"]));
    assert_eq!(
        after["templates"],
        json!([{"name": "Slow", "state": "identified", "message": "{components} may be slow."}])
    );
    let twice = json!({"templates": [
        {"name": "Slow", "state": null, "message": "a"}, {"name": "slow", "state": null, "message": "b"}
    ]});
    let refused = ada.patch("/settings", twice).await.expect(422);
    assert!(refused.to_string().contains("There is a template"));
    let unknown = json!({"templates": [{"name": "Slow", "state": "asleep", "message": "a"}]});
    let refused = ada.patch("/settings", unknown).await.expect(422);
    assert!(refused.to_string().contains("is not a public state"));
    assert_eq!(
        ada.get("/incidents/1").await.expect(200)["incident"]["tag"],
        "FIRE-1"
    );
}

/// Status pages are set up by whoever keeps the settings, and at their host names there is nothing but them.
pub async fn status_pages_are_set_up_and_stand_alone(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    for name in ["API", "Site"] {
        ada.post("/components", json!({"name": name})).await;
    }
    let before = ada.get("/settings").await.expect(200)["settings"]["status_pages"].clone();
    assert_eq!(
        before,
        json!([{"id": "main", "name": "", "hosts": [], "components": null}])
    );
    for (page, field, words) in [
        (
            json!({"name": "Shop", "hosts": []}),
            "page_hosts",
            "needs a host name",
        ),
        (json!({"name": "", "hosts": ["a.test"]}), "page_name", ""),
        (
            json!({"name": "S", "hosts": ["https://a.test"]}),
            "page_hosts",
            "is not a host name",
        ),
        (
            json!({"name": "S", "hosts": ["a.test"], "components": []}),
            "page_components",
            "Choose at least one",
        ),
        (
            json!({"name": "S", "hosts": ["a.test"], "components": ["Nothing"]}),
            "status_pages",
            "There is no component",
        ),
        (
            json!({"id": "x", "name": "S", "hosts": ["a.test"]}),
            "status_pages",
            "There is no status page x",
        ),
    ] {
        let refused = ada
            .patch("/settings", json!({"status_pages": [page]}))
            .await;
        let refused = refused.expect(422).to_string();
        assert!(
            refused.contains(field) && refused.contains(words),
            "{refused}"
        );
    }
    let pages = json!({"status_pages": [
        {"name": "Shop", "hosts": ["Shop.test", "a.test"], "components": ["API"]},
        {"id": "main", "hosts": ["status.test"]},
    ]});
    let after = ada.patch("/settings", pages).await.expect(200)["settings"]["status_pages"].clone();
    assert_eq!(after[0]["hosts"], json!(["status.test"]));
    assert_eq!(
        (&after[1]["name"], &after[1]["hosts"]),
        (&json!("Shop"), &json!(["a.test", "shop.test"]))
    );
    // Another setting leaves them, and a name that changes leaves the id.
    ada.patch("/settings", json!({"prefix": "FIRE"}))
        .await
        .expect(200);
    let mut named = after.clone();
    named[1]["name"] = json!("Store");
    let named = ada
        .patch("/settings", json!({"status_pages": named}))
        .await
        .expect(200);
    let named = &named["settings"]["status_pages"][1];
    assert_eq!(
        (&named["name"], &named["id"]),
        (&json!("Store"), &after[1]["id"])
    );

    let asked = async |host: &str, path: &str| {
        let request = axum::http::Request::get(path).header("host", host);
        let request = request.body(axum::body::Body::empty()).expect("a request");
        let answer = tower::ServiceExt::oneshot(app.router.clone(), request);
        answer.await.expect("an answer").status().as_u16()
    };
    for (host, path, status) in [
        ("shop.test", "/", 307),
        ("status.test", "/", 307),
        ("shop.test", "/board", 404),
        ("shop.test", "/sign-in", 404),
        ("shop.test:8080", "/api/v1/settings", 404),
        ("shop.test", "/fn/nothing", 404),
        ("shop.test", "/healthz", 200),
        ("elsewhere.test", "/sign-in", 200),
        ("elsewhere.test", "/api/v1/settings", 401),
    ] {
        assert_eq!(asked(host, path).await, status, "{host} {path}");
    }
}

/// `muster user add` is a process of its own, and its link is opened at once.
pub async fn who_was_added_beside_the_server_is_let_in_at_once(place: Place) {
    let app = TestApp::start(&place).await;
    let beside = Place {
        store: place.another().await,
        url: place.url.clone(),
    };
    let command = TestApp::start(&beside).await;
    let cleo = command.person("cleo", AccountRole::Reader).await;
    let link = command
        .services
        .sign_in_link(None, &cleo)
        .await
        .expect("a link");
    let me = Browser::by(&app, &link)
        .await
        .function("me", json!({}))
        .await;
    assert_eq!(me["person"]["handle"], "cleo");
    beside.store.close().await;
}

/// The browser takes over from the data that comes with a page; data that was asked for twice may not be that of the page.
pub async fn a_page_asks_for_its_data_once(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.person("ada", AccountRole::Admin).await;
    let browser = Browser::of(&app, &ada).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let page = browser.page("/settings").await;
        let from = page.find("__PENDING_RESOURCES=").expect("data");
        let to = page[from..].find(';').expect("an end");
        seen.insert(page[from..from + to].to_owned());
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
}
