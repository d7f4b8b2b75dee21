//! Who may what, over every call that stands in the OpenAPI document: a new call is in the table before anybody thinks of it.

use crate::app::{Client, Reply, TestApp};
use crate::browser::Browser;
use crate::place::Place;
use crate::schema::DOCUMENT;
use domain::AccountRole;
use http::Method;
use serde_json::{Value, json};
use server::store::Scope;

/// Every call: its method and an address for it.
pub fn calls() -> Vec<(Method, String)> {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &Value)| {
        let address = path
            .replace("{number}", "1")
            .replace("{role}", "scribe")
            .replace("{version}", "1")
            .replace("{a}", "1")
            .replace("{b}", "1")
            .replace("{person}", "ada")
            .replace("{component}", "API");
        assert!(!address.contains('{'), "{address}: say what stands there");
        let methods: Vec<String> = item.as_object().expect("methods").keys().cloned().collect();
        methods.into_iter().map(move |method| {
            let method = method.to_uppercase().parse().expect("a method");
            (method, address.clone())
        })
    };
    paths.iter().flat_map(of_path).collect()
}

/// A body that a call takes, as far as rights are concerned.
fn body(path: &str) -> Value {
    match path.rsplit('/').next().unwrap_or_default() {
        "incidents" => json!({"title": "Another"}),
        "notes" => json!({"text": "Seen."}),
        "links" => json!({"url": "https://example.test"}),
        "cancel" | "reopen" => json!({"reason": "Because."}),
        "merge" => json!({"into": 2}),
        "updates" => json!({"sitrep": {"situation": "As it is."}}),
        "search" => json!({"text": "As it is"}),
        "redactions" => json!({"events": [2], "text": "As it is", "reason": "Because."}),
        "scribe" => json!({"person": "ada"}),
        "people" => json!({"email": "new@example.test", "name": "New"}),
        "components" => json!({"name": "New"}),
        "1" => json!({"title": "Other"}),
        "ada" => json!({"name": "Ada"}),
        "API" => json!({"group": "Core"}),
        "settings" => json!({"prefix": "INC"}),
        _ => json!({}),
    }
}

async fn send(client: &Client, method: &Method, path: &str) -> Reply {
    if path == "/live" {
        // The stream has no end; the beginning is enough.
        let response = client.call(method.clone(), path).open().await;
        let (parts, body) = response.into_parts();
        let text = if parts.status.is_success() {
            String::new()
        } else {
            let bytes = axum::body::to_bytes(body, usize::MAX)
                .await
                .expect("a body");
            String::from_utf8(bytes.to_vec()).expect("UTF-8")
        };
        return Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text,
        };
    }
    let call = client.call(method.clone(), path);
    if *method == Method::GET {
        call.send().await
    } else {
        call.json(&body(path)).await
    }
}

pub async fn who_may_what_over_every_call_of_the_document(place: Place) {
    let app = TestApp::start(&place).await;
    let admin = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    admin
        .post("/components", json!({"name": "API"}))
        .await
        .expect(201);
    admin.declare("One").await;
    admin.declare("Two").await;
    admin
        .post(
            "/incidents/1/updates",
            json!({"sitrep": {"situation": "x"}}),
        )
        .await
        .expect(201);

    let nobody = app.with_token(None);
    let stranger = app.with_token(Some("muster_wrong".to_owned()));
    let read = app.client("rea", AccountRole::Admin, Scope::Read).await;
    let reader = app.client("ron", AccountRole::Reader, Scope::Write).await;
    let responder = app
        .client("rob", AccountRole::Responder, Scope::Write)
        .await;
    let writer = app.client("wim", AccountRole::Admin, Scope::Write).await;
    let keeper = app
        .client("kim", AccountRole::Responder, Scope::Admin)
        .await;

    let calls = calls();
    assert!(calls.len() > 25, "the document is whole");
    for (method, path) in calls {
        let of_house = ["/people", "/components", "/settings"]
            .iter()
            .any(|start| path.starts_with(start))
            || path.contains("/redactions");
        let ends = ["close", "cancel", "merge", "reopen"]
            .iter()
            .any(|end| path.ends_with(end));
        let reads = method == Method::GET;
        // Whether it is carried out then is for other tests; here it is only not forbidden.
        let may = |who: &str| match who {
            "read" => reads,
            "reader" => reads || path.ends_with("/requests"),
            "responder" => reads || !(of_house || ends),
            "writer" => reads || !of_house,
            "keeper" => reads || !(of_house || ends),
            _ => true,
        };
        for (who, client) in [("nobody", &nobody), ("stranger", &stranger)] {
            let reply = send(client, &method, &path).await;
            assert_eq!(reply.status, 401, "{who} {method} {path}: {}", reply.text);
            assert!(
                reply.header("www-authenticate").starts_with("Bearer"),
                "{who} {method} {path}"
            );
        }
        let table = [
            ("read", &read),
            ("reader", &reader),
            ("responder", &responder),
            ("writer", &writer),
            ("keeper", &keeper),
            ("admin", &admin),
        ];
        for (who, client) in table {
            let reply = send(client, &method, &path).await;
            assert_ne!(reply.status, 401, "{who} {method} {path}");
            assert_eq!(
                reply.status != 403,
                may(who),
                "{who} {method} {path}: {} {}",
                reply.status,
                reply.text
            );
            if reply.status == 403 {
                assert!(
                    reply.json()["detail"]
                        .as_str()
                        .is_some_and(|words| words.len() > 20),
                    "{}",
                    reply.text
                );
            }
        }
    }
}

pub async fn an_ended_token_and_a_former_person_are_shut_out(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    let bo = app.client("bo", AccountRole::Responder, Scope::Write).await;
    bo.get("/incidents").await.expect(200);
    ada.patch("/people/bo", json!({"active": false}))
        .await
        .expect(200);
    bo.get("/incidents").await.expect(401);
    ada.patch("/people/bo", json!({"active": true}))
        .await
        .expect(200);
    bo.get("/incidents").await.expect(200);
    let tokens = place.store.tokens().await.expect("tokens");
    let token = tokens
        .iter()
        .find(|token| token.scope == Scope::Write)
        .expect("the token");
    let revoke = app::house::HouseCommand::RevokeToken {
        token: token.id.clone(),
    };
    let admin = app.services.directory();
    let admin = admin.find_person("ada").expect("ada");
    app.services
        .keep_house(&admin.id, None, revoke)
        .await
        .expect("revoked");
    let reply = bo.get("/incidents").await;
    assert_eq!(reply.expect(401)["type"], "urn:muster:problem:bad-token");
}

pub async fn cookies_count_for_nothing(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.person("ada", AccountRole::Admin).await;
    let browser = Browser::of(&app, &ada).await;
    let nobody = app.with_token(None);
    let call = nobody
        .call(Method::GET, "/incidents")
        .header("cookie", &browser.cookie);
    call.send().await.expect(401);
    nobody.get("/openapi.json").await.expect(200);
}
