//! What must be refused, with a clear answer and the right status, and what must be kept as the mere text it is.

use crate::app::{Client, Reply, TestApp};
use crate::place::Place;
use domain::AccountRole;
use http::Method;
use serde_json::{Value, json};
use server::store::Scope;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[track_caller]
fn refused(reply: &Reply, status: u16, field: &str, words: &str) {
    assert_eq!(reply.status, status, "{}", reply.text);
    let problem = reply.json();
    assert_eq!(
        problem["field"].as_str().unwrap_or_default(),
        field,
        "{}",
        reply.text
    );
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(
        detail.contains(words),
        "“{detail}” says nothing of “{words}”"
    );
    assert!(detail.chars().count() <= 601, "the answer is short");
    for internal in ["sqlx", "panicked", "src/", "struct "] {
        assert!(
            !reply.text.contains(internal),
            "{internal} leaks: {}",
            reply.text
        );
    }
}

async fn ready(place: &Place) -> (TestApp, Client) {
    let app = TestApp::start(place).await;
    let admin = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    admin.declare("API failing").await;
    admin
        .post("/components", json!({"name": "API"}))
        .await
        .expect(201);
    (app, admin)
}

pub async fn bad_bodies_are_refused_with_the_field_to_blame(place: Place) {
    let (_app, ada) = ready(&place).await;
    let long = "x".repeat(10_000);
    let public = |public: Value| json!({"public": public});
    let table: Vec<(&str, Value, u16, &str, &str)> = vec![
        ("/incidents", json!({}), 422, "title", "Missing"),
        ("/incidents", json!({"title": ""}), 422, "title", "missing"),
        (
            "/incidents",
            json!({"title": " \u{202e}\u{0}\n "}),
            422,
            "title",
            "missing",
        ),
        (
            "/incidents",
            json!({"title": long}),
            422,
            "title",
            "at most 200",
        ),
        (
            "/incidents",
            json!({"title": 5}),
            422,
            "title",
            "expected a string",
        ),
        (
            "/incidents",
            json!({"title": null}),
            422,
            "title",
            "expected a string",
        ),
        (
            "/incidents",
            json!(["title"]),
            422,
            "body",
            "one JSON object",
        ),
        ("/incidents", json!("title"), 422, "body", "one JSON object"),
        (
            "/incidents",
            json!({"titel": "x"}),
            422,
            "titel",
            "Unknown field",
        ),
        (
            "/incidents",
            json!({"title": "x", "severity": "sev9"}),
            422,
            "severity",
            "sev1",
        ),
        (
            "/incidents",
            json!({"title": "x", "severity": 1}),
            400,
            "",
            "JSON",
        ),
        (
            "/incidents",
            json!({"title": "x", "kind": "real"}),
            422,
            "kind",
            "drill",
        ),
        (
            "/incidents",
            json!({"title": "x", "ic": "nobody"}),
            422,
            "ic",
            "nobody called nobody",
        ),
        (
            "/incidents",
            json!({"title": "x", "ic": long}),
            422,
            "ic",
            "nobody called",
        ),
        (
            "/incidents",
            json!({"title": "x", "started_at": "yesterday"}),
            422,
            "started_at",
            "not a time",
        ),
        (
            "/incidents",
            json!({"title": "x", "started_at": "2030-01-01T00:00:00Z"}),
            422,
            "at",
            "future",
        ),
        (
            "/incidents/1/notes",
            json!({"text": "  "}),
            422,
            "text",
            "missing",
        ),
        (
            "/incidents/1/notes",
            json!({"text": "x".repeat(20_001)}),
            422,
            "text",
            "at most 20000",
        ),
        (
            "/incidents/1/notes",
            json!({"text": "x", "at": 12}),
            422,
            "at",
            "expected a string",
        ),
        (
            "/incidents/1/links",
            json!({"url": "javascript:alert(1)"}),
            422,
            "url",
            "not a link",
        ),
        ("/incidents/1/links", json!({}), 422, "url", "Missing"),
        (
            "/incidents/1/participants",
            json!({"person": "nobody"}),
            422,
            "person",
            "nobody",
        ),
        (
            "/incidents/1/participants",
            json!({}),
            422,
            "person",
            "here already",
        ),
        ("/incidents/1/cancel", json!({}), 422, "reason", "Missing"),
        (
            "/incidents/1/cancel",
            json!({"reason": " "}),
            422,
            "reason",
            "missing",
        ),
        (
            "/incidents/1/merge",
            json!({"into": 1}),
            422,
            "into",
            "into itself",
        ),
        (
            "/incidents/1/merge",
            json!({"into": 99}),
            422,
            "into",
            "no incident 99",
        ),
        (
            "/incidents/1/merge",
            json!({"into": "1"}),
            422,
            "into",
            "expected i64",
        ),
        (
            "/incidents/1/reopen",
            json!({"reason": "x"}),
            422,
            "",
            "not over",
        ),
        (
            "/incidents/1/close",
            json!({"force": true}),
            422,
            "force",
            "Unknown field",
        ),
        (
            "/incidents/1/close",
            json!({}),
            422,
            "phase",
            "Resolve it first",
        ),
        (
            "/incidents/1/resolve",
            json!({"at": "2026-01-01T00:00:00Z"}),
            422,
            "at",
            "before it began",
        ),
        (
            "/incidents/1/updates",
            json!({}),
            422,
            "",
            "Nothing is ticked",
        ),
        (
            "/incidents/1/updates",
            json!({"sitrep": {}}),
            422,
            "situation",
            "empty",
        ),
        (
            "/incidents/1/updates",
            json!({"sitrep": {"situatoin": "x"}}),
            422,
            "sitrep.situatoin",
            "Unknown",
        ),
        (
            "/incidents/1/updates",
            json!({"sitrep": {"confidence": "sure"}}),
            422,
            "sitrep.confidence",
            "guess",
        ),
        (
            "/incidents/1/updates",
            public(json!({"message": "x"})),
            422,
            "public.state",
            "Missing",
        ),
        (
            "/incidents/1/updates",
            public(json!({"state": "update", "message": ""})),
            422,
            "message",
            "missing",
        ),
        (
            "/incidents/1/updates",
            public(json!({"state": "fine", "message": "x"})),
            422,
            "public.state",
            "resolved",
        ),
        (
            "/incidents/1/updates",
            public(
                json!({"state": "update", "message": "x", "components": [{"id": "Nothing", "status": "operational"}]}),
            ),
            422,
            "components",
            "no component called Nothing",
        ),
        (
            "/incidents/1/updates",
            public(
                json!({"state": "update", "message": "x", "components": [{"id": "API", "status": "bad"}]}),
            ),
            422,
            "public.components[0].status",
            "major_outage",
        ),
        (
            "/incidents/1/updates",
            public(
                json!({"state": "update", "message": "x", "next_update_by": "2026-11-17T13:00:00Z"}),
            ),
            422,
            "next_update_by",
            "past",
        ),
        (
            "/incidents/99/notes",
            json!({"text": "x"}),
            404,
            "",
            "no incident 99",
        ),
        (
            "/incidents/0/notes",
            json!({"text": "x"}),
            404,
            "",
            "no incident 0",
        ),
        (
            "/incidents/-1/resolve",
            json!({}),
            404,
            "",
            "no incident -1",
        ),
        (
            "/incidents/one/notes",
            json!({"text": "x"}),
            404,
            "",
            "no incident one",
        ),
        (
            "/incidents/9223372036854775808/notes",
            json!({"text": "x"}),
            404,
            "",
            "no incident",
        ),
        (
            "/incidents/1/redaction",
            json!({"events": [1]}),
            404,
            "",
            "openapi.json",
        ),
        (
            "/people",
            json!({"email": "nothing", "name": "x"}),
            422,
            "email",
            "not an e-mail",
        ),
        (
            "/people",
            json!({"email": "ada@example.test", "name": "x"}),
            422,
            "email",
            "already",
        ),
        ("/components", json!({"name": "API"}), 422, "name", "taken"),
        ("/components", json!({"name": ""}), 422, "name", "missing"),
    ];
    for (path, body, status, field, words) in table {
        refused(&ada.post(path, body).await, status, field, words);
    }
    let patches: Vec<(&str, Value, u16, &str, &str)> = vec![
        ("/incidents/1", json!({}), 422, "body", "at least one"),
        (
            "/incidents/1",
            json!({"phase": "cleanup"}),
            422,
            "phase",
            "Resolve it",
        ),
        (
            "/incidents/1",
            json!({"phase": "closed"}),
            422,
            "phase",
            "Resolve it first",
        ),
        (
            "/incidents/1",
            json!({"ic": "bo"}),
            422,
            "ic",
            "Unknown field",
        ),
        (
            "/incidents/1",
            json!({"public_title": long}),
            422,
            "public_title",
            "at most 200",
        ),
        (
            "/settings",
            json!({"promises": {"sev1": {"sitrep": 0}}}),
            422,
            "sev1.sitrep",
            "minutes",
        ),
        (
            "/settings",
            json!({"promises": {"sev5": {}}}),
            422,
            "promises.sev5",
            "Unknown",
        ),
        ("/settings", json!({"prefix": ""}), 422, "prefix", "missing"),
        (
            "/people/ada",
            json!({"active": false}),
            422,
            "role",
            "last administrator",
        ),
        (
            "/people/ada",
            json!({"handle": "A B"}),
            422,
            "handle",
            "lower case",
        ),
        (
            "/people/nobody",
            json!({"name": "x"}),
            404,
            "",
            "nobody called nobody",
        ),
        (
            "/components/Nothing",
            json!({"name": "x"}),
            404,
            "",
            "no component",
        ),
    ];
    for (path, body, status, field, words) in patches {
        refused(&ada.patch(path, body).await, status, field, words);
    }
    let none = ada.get("/incidents?limit=200").await.expect(200);
    assert_eq!(
        none["incidents"].as_array().map(Vec::len),
        Some(1),
        "nothing of it was kept"
    );
    assert_eq!(
        ada.get("/incidents/1").await.expect(200)["incident"]["version"],
        1
    );
}

pub async fn hostile_texts_are_kept_as_text_or_refused(place: Place) {
    let (_app, ada) = ready(&place).await;
    let texts = [
        "</textarea><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "'; drop table event; --",
        "שלום עולם",
        "👩‍👩‍👧 ё e\u{301}",
        "\u{fffd}\u{feff}mark",
    ];
    for text in texts {
        let declared = ada
            .post("/incidents", json!({"title": text, "summary": text}))
            .await
            .expect(201);
        let incident = &declared["incident"];
        assert_eq!(incident["title"], text);
        let path = format!("/incidents/{}", incident["number"]);
        let both =
            json!({"sitrep": {"situation": text}, "public": {"state": "update", "message": text}});
        let sent = ada.post(&format!("{path}/updates"), both).await.expect(201);
        assert_eq!(sent["update"]["sitrep"]["situation"], text);
        let note = ada
            .post(&format!("{path}/notes"), json!({"text": text}))
            .await
            .expect(201);
        assert_eq!(note["event"]["data"]["text"], text);
    }
    let odd = json!({"title": "a\u{0}b\u{1b}[31m\u{202e}c\nd"});
    let declared = ada.post("/incidents", odd).await.expect(201);
    assert_eq!(
        declared["incident"]["title"], "ab[31mc d",
        "what nobody sees is taken out"
    );
    let found = ada.get("/incidents?q=%00%27%22%3Cscript").await;
    found.expect(200);
}

pub async fn bad_addresses_and_headers_are_refused(place: Place) {
    let (_app, ada) = ready(&place).await;
    let get = |path: &'static str| ada.get(path);
    refused(&get("/incidents?limit=0").await, 422, "limit", "1 to 200");
    refused(&get("/incidents?limit=201").await, 422, "limit", "1 to 200");
    refused(
        &get("/incidents?limit=many").await,
        422,
        "limit",
        "whole number",
    );
    refused(
        &get("/incidents?cursor=x").await,
        422,
        "cursor",
        "begin without one",
    );
    refused(&get("/incidents?phase=open").await, 422, "phase", "assess");
    refused(
        &get("/incidents?severity=sev1,sev7").await,
        422,
        "severity",
        "sev7",
    );
    refused(
        &get("/incidents?fase=assess").await,
        422,
        "fase",
        "knows no",
    );
    refused(
        &get("/incidents/1/events?after=x").await,
        422,
        "after",
        "whole number",
    );
    refused(&get("/live?after=x").await, 422, "after", "whole number");
    refused(&get("/incidents/99").await, 404, "", "no incident 99");
    refused(&get("/incidents/%00").await, 404, "", "no incident");
    refused(&get("/incidents/%ff").await, 404, "", "openapi.json");
    refused(&get("/incidents/1/sitreps/1").await, 404, "", "no sitrep 1");
    refused(
        &get("/incidents/1/sitreps/1/diff/2").await,
        404,
        "",
        "No sitrep has been sent",
    );
    refused(&get("/incidents/1/sitreps/x").await, 404, "", "no sitrep x");
    refused(&get("/nothing").await, 404, "", "openapi.json");
    refused(&get("/").await, 404, "", "openapi.json");
    refused(&get("/incidents/").await, 404, "", "openapi.json");
    let reply = ada.delete("/incidents/1").await;
    refused(&reply, 405, "", "Allow");
    assert!(
        reply.header("allow").contains("PATCH"),
        "{:?}",
        reply.headers
    );

    let post = || ada.call(Method::POST, "/incidents");
    let json = || post().header("content-type", "application/json");
    refused(&post().bytes("title=x").await, 415, "", "application/json");
    let form = post().header("content-type", "application/x-www-form-urlencoded");
    refused(&form.bytes("title=x").await, 415, "", "application/json");
    refused(
        &json().bytes("{\"title\": \"x").await,
        400,
        "",
        "line 1 column 12",
    );
    refused(
        &json().bytes("{\"title\": \"x\"} {}").await,
        400,
        "",
        "trailing",
    );
    refused(
        &json().bytes("{\"title\": \"\\ud800\"}").await,
        400,
        "",
        "line 1",
    );
    refused(
        &json().bytes(&b"{\"title\": \"a\xff\"}"[..]).await,
        400,
        "",
        "byte 12",
    );
    refused(&json().bytes("[".repeat(100_000)).await, 400, "", "JSON");
    refused(
        &json().bytes("{\"title\": \"x\", \"title\": \"y\"}").await,
        422,
        "title",
        "Duplicate",
    );
    let accept = ada
        .call(Method::GET, "/incidents")
        .header("accept", "text/html");
    refused(&accept.send().await, 406, "", "application/json");
    let accept = ada
        .call(Method::GET, "/live")
        .header("accept", "application/json");
    refused(&accept.send().await, 406, "", "text/event-stream");
    let accept = ada
        .call(Method::GET, "/incidents")
        .header("accept", "text/html, */*;q=0.1");
    accept.send().await.expect(200);
    let matched = ada
        .call(Method::PATCH, "/incidents/1")
        .header("if-match", "soon");
    refused(
        &matched.json(&json!({"title": "x"})).await,
        422,
        "If-Match",
        "version",
    );
    let keyed = post().header("idempotency-key", &"k".repeat(256));
    refused(
        &keyed.json(&json!({"title": "x"})).await,
        422,
        "Idempotency-Key",
        "255",
    );
    let role = ada
        .put("/incidents/1/roles/No%20Role!", json!({"person": "ada"}))
        .await;
    refused(&role, 422, "role", "not a role");
}

pub async fn five_megabytes_are_refused_and_the_answer_arrives(place: Place) {
    let (app, ada) = ready(&place).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let serving = tokio::spawn(axum::serve(listener, app.router.clone()).into_future());
    let body = format!("{{\"title\": \"{}\"}}", "x".repeat(5 * 1024 * 1024));
    // A plain client that sends everything before it reads anything.
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let head = format!(
        "POST /api/v1/incidents HTTP/1.1\r\nHost: muster.test\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        ada.token.as_deref().unwrap_or_default(),
        body.len()
    );
    stream
        .write_all(head.as_bytes())
        .await
        .expect("the head goes");
    stream
        .write_all(body.as_bytes())
        .await
        .expect("the body goes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(
        answer.contains("application/problem+json") && answer.contains("4 MB"),
        "{answer}"
    );
    serving.abort();
}
