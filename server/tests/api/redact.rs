//! Redaction, proven by looking: a word stands in every text there is, is redacted, and is nowhere any more.

use crate::app::{Client, TestApp};
use crate::browser::{Browser, ask};
use crate::every::{Every, after_a_beginning};
use crate::place::Place;
use crate::rights::CALLS;
use crate::rows::{read_models, texts};
use axum::body::Body;
use domain::{AccountRole, ComponentId, Number, Recorded};
use http::header::{AUTHORIZATION, COOKIE};
use http::{Method, Request};
use serde_json::{Value, json};
use server::store::{Commit, Drafted, Drafting, Scope, Target};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;
use tokio_stream::StreamExt;
use tower::ServiceExt;

/// Stands in every text, and nowhere else.
const MARK: &str = "XyzzyMark";
/// As it is looked for: in lower case, and without its ends, because an index may keep those elsewhere.
const SEEN: &str = "zzymar";
/// Every screen of an incident, and those that list it.
const SCREENS: [&str; 18] = [
    "/",
    "/incidents",
    "/incidents/new",
    "/incidents/1",
    "/incidents/1?catchup=1",
    "/incidents/1/update",
    "/incidents/1/sitreps",
    "/incidents/1/sitreps/1",
    "/incidents/1/sitreps?from=1&to=2&view=side",
    "/incidents/1/handover",
    "/incidents/1/close",
    "/incidents/1/redact",
    "/maintenance",
    "/people",
    "/components",
    "/settings",
    "/devices",
    "/audit",
];
/// Every public page.
const PAGES: [&str; 5] = [
    "/status",
    "/status/history",
    "/status/history/2026-11",
    "/status/incidents/1",
    "/status/nothing-here",
];

fn holds(text: &str) -> bool {
    text.to_lowercase().contains(SEEN)
}

/// An incident that says the word in every text there is, kept over sitreps, told to customers, answered to requests with
/// keys. The requests come back to be sent again.
async fn spoken_everywhere(place: &Place, app: &TestApp, ada: &Client) -> Vec<(String, Value)> {
    let component = ada.post("/components", json!({"name": "API"})).await;
    let component = component.expect(201)["component"]["id"].clone();
    let said = |place: &str| format!("{MARK} {place}");
    let mut sent = Vec::new();
    let mut post = async |path: &str, body: Value| {
        let call = ada.call(Method::POST, path);
        let call = call.header("idempotency-key", &format!("key {}", sent.len()));
        call.json(&body).await.expect(201);
        sent.push((path.to_owned(), body));
    };
    let declared = json!({"title": said("title"), "summary": said("first sentence")});
    post("/incidents", declared).await;
    let incident = app.services.incident(Number(1)).await.expect("read");
    let incident = incident.expect("it was declared");
    let person = incident.summary.ic().expect("a commander").clone();
    let events = after_a_beginning(&Every {
        now: app.services.now(),
        person: person.clone(),
        components: vec![ComponentId::new(component.as_str().expect("an id"))],
        lead: "database".to_owned(),
        inside: &said,
        public: &said,
    });
    let commit = Commit {
        target: Target::Incident(Box::new((*incident).clone())),
        by: app
            .services
            .directory()
            .person(&person)
            .map(domain::Person::as_ref),
        recorded_at: app.services.now(),
        proposed: events.into_iter().map(Into::into).collect(),
        import_key: None,
        once: None,
        drafted: Vec::new(),
        letters: false,
    };
    place.store.commit(commit).await.expect("it happens");
    app.wait(1);
    let reopened = ada.post("/incidents/1/reopen", json!({"reason": said("reopened")}));
    reopened.await.expect(200);
    // In other letters, over two lines, and with marks that nobody sees.
    let text = "it was xyzzymark, then Xyzzy**Mark**, then `XYZZYMARK`";
    post("/incidents/1/notes", json!({"text": text})).await;
    let link = json!({"url": "https://example.test/?key=xyzzymark"});
    post("/incidents/1/links", link).await;
    // The fields that are left out keep the word.
    let public = json!({"state": "update", "message": said("again"), "title": said("public")});
    let draft = Drafted {
        field: "situation".to_owned(),
        text: Some(said("draft")),
        revision: 1,
        person,
        at: app.services.now(),
    };
    let written = place.store.write_draft(Number(1), &draft).await;
    assert_eq!(written.expect("written"), Drafting::Kept(1));
    let both = json!({"sitrep": {"needs": "Nobody."}, "public": public});
    post("/incidents/1/updates", both).await;
    sent
}

/// Every column of every row of every table there is, by table.
async fn rows(place: &Place) -> Vec<(String, String)> {
    let catalogue = if place.is_postgres() {
        "select table_name::text from information_schema.tables where table_schema = 'public' order by 1"
    } else {
        "select name from sqlite_master where type = 'table' order by 1"
    };
    let mut all = Vec::new();
    for table in texts(place, catalogue.to_owned()).await {
        let row = if place.is_postgres() {
            format!("select t::text from \"{table}\" t")
        } else {
            let columns = format!("select name from pragma_table_info('{table}')");
            let columns: Vec<String> = texts(place, columns)
                .await
                .iter()
                .map(|name| format!("quote(\"{name}\")"))
                .collect();
            format!("select {} from \"{table}\"", columns.join(" || ' ' || "))
        };
        for row in texts(place, row).await {
            all.push((table.clone(), row));
        }
    }
    all
}

/// The bytes of an SQLite database: the file, its log, its index.
fn files(place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
    let Some(path) = place.url.strip_prefix("sqlite:") else {
        return Vec::new();
    };
    ["", "-wal", "-shm"]
        .into_iter()
        .map(|end| PathBuf::from(format!("{path}{end}")))
        .filter_map(|path| std::fs::read(&path).ok().map(|bytes| (path, bytes)))
        .collect()
}

fn in_bytes(bytes: &[u8]) -> bool {
    let wanted = SEEN.as_bytes();
    bytes
        .windows(wanted.len())
        .any(|window| window.eq_ignore_ascii_case(wanted))
}

/// What a stream sends until a word comes.
async fn streamed(app: &TestApp, request: Request<Body>, until: &str) -> String {
    let path = request.uri().to_string();
    let response = app.router.clone().oneshot(request).await;
    let response = response.expect("an answer");
    assert_eq!(response.status(), 200, "{path}");
    let mut body = response.into_body().into_data_stream();
    let mut text = String::new();
    while !text.contains(until) {
        let chunk = tokio::time::timeout(Duration::from_secs(10), body.next()).await;
        let chunk = chunk.unwrap_or_else(|_| panic!("{path}: no {until} in {text}"));
        let chunk = chunk.expect("the stream goes on").expect("bytes");
        text.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
    }
    text
}

/// Everything that can be read over HTTP, by address.
async fn readable(app: &TestApp, ada: &Client, browser: &Browser) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (method, path, ..) in CALLS {
        if *method == "get" && *path != "/live" {
            let path = path
                .replace("{number}", "1")
                .replace("{version}", "1")
                .replace("{a}", "1")
                .replace("{b}", "1")
                .replace("{person}", "ada")
                .replace("{component}", "API");
            all.push((format!("/api/v1{path}"), ada.get(&path).await.text));
        }
    }
    for path in ["/incidents/1/sitreps/2", "/incidents?q=xyzzymark"] {
        all.push((format!("/api/v1{path}"), ada.get(path).await.text));
    }
    for path in SCREENS {
        all.push((path.to_owned(), browser.page(path).await));
    }
    for path in PAGES {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        all.push((path.to_owned(), ask(&app.router, request).await.text));
    }
    all
}

/// Everything that streams send from the beginning on, once the redaction has come.
async fn streams(app: &TestApp, ada: &Client, browser: &Browser) -> Vec<(String, String)> {
    let get = |path: &str| Request::get(path.to_owned());
    let token = format!("Bearer {}", ada.token.as_deref().unwrap_or_default());
    let inside = get("/live?after=0&incident=1").header(COOKIE, &browser.cookie);
    let program = get("/api/v1/live?after=0").header(AUTHORIZATION, token);
    let public = get("/status/live?after=0");
    let mut all = Vec::new();
    for (request, until) in [
        (inside, "it is a key"),
        (program, "it is a key"),
        (public, "event: gap"),
    ] {
        let request = request.body(Body::empty()).expect("a request");
        let path = request.uri().to_string();
        all.push((path, streamed(app, request, until).await));
    }
    all
}

/// Waits until the public pages have moved to a position.
async fn moved(app: &TestApp, position: i64) {
    for _ in 0..500 {
        let request = Request::get("/status").body(Body::empty());
        let page = ask(&app.router, request.expect("a request")).await.text;
        let (_, rest) = page.split_once("data-position=\"").expect("a position");
        let at: i64 = rest.split('"').next().unwrap_or("").parse().expect("one");
        if at >= position {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the pages did not move to {position}");
}

/// What must be the same before and after, as the API shows the incident.
fn frame(incident: &Value) -> Value {
    let incident = &incident["incident"];
    json!([
        incident["phase"],
        incident["severity"],
        incident["roles"],
        incident["participants"],
        incident["components"],
        incident["started_at"],
        incident["resolved_at"],
        incident["closed_at"],
    ])
}

/// Every text that holds the word, by version and field, as the events themselves say.
fn places(stream: &[Recorded]) -> BTreeSet<(i64, String)> {
    let mut places = BTreeSet::new();
    for recorded in stream {
        let mut event = recorded.event.clone();
        for text in event.texts_mut() {
            if text.text.replace('*', "").to_lowercase().contains(SEEN) {
                places.insert((recorded.version, text.field.to_owned()));
            }
        }
    }
    places
}

pub async fn a_secret_is_nowhere_after_it_was_redacted(place: Place) {
    let app = TestApp::start(&place).await;
    let id = app.person("ada", AccountRole::Admin).await;
    let ada = app.client_of(&id, Scope::Admin).await;
    let browser = Browser::of(&app, &id).await;
    let sent = spoken_everywhere(&place, &app, &ada).await;
    // Another process on the same database, and everything at hand and on the shelf in both.
    let second = Place {
        store: place.another().await,
        url: place.url.clone(),
    };
    let other = TestApp::start(&second).await;
    let there = Browser::of(&other, &id).await;
    let far = other.with_token(ada.token.clone());
    let before = readable(&app, &ada, &browser).await;
    for (path, text) in [&before[..], &readable(&other, &far, &there).await].concat() {
        let speaks = path.contains("/incidents/1") && !path.contains("redact");
        assert!(holds(&text) || !speaks, "{path} says nothing: {text}");
    }
    let stream = place.store.stream(Number(1), 0).await.expect("the stream");
    let spoken: BTreeSet<String> = rows(&place)
        .await
        .into_iter()
        .filter(|(_, row)| holds(row))
        .map(|(table, _)| table)
        .collect();
    for table in [
        "event",
        "incident",
        "incident_words",
        "sitrep",
        "public_incident",
        "public_update",
        "idempotency",
        "draft",
    ] {
        assert!(spoken.contains(table), "{table} never held it: {spoken:?}");
    }
    assert!(place.is_postgres() || files(&place).iter().any(|(_, bytes)| in_bytes(bytes)));
    let old = ada.get("/incidents/1").await.expect(200);

    // Found in every place, and blanked in all of them at once.
    let search = || {
        let call = ada.call(Method::POST, "/incidents/1/redactions/search");
        call.header("idempotency-key", "search")
    };
    let asked = json!({"text": "xyzzymark"});
    let found = search().json(&asked).await.expect(200);
    let again = search().json(&asked).await;
    assert_eq!(again.header("idempotency-replayed"), "", "it is not kept");
    let drafted = found["drafts"].as_array().expect("drafts");
    assert_eq!(drafted.len(), 1, "what is being written is looked at too");
    assert_eq!(drafted[0]["field"], "situation");
    assert_eq!(drafted[0]["hit"], MARK);
    let found = found["places"].as_array().expect("places");
    let found: BTreeSet<(i64, String)> = found
        .iter()
        .map(|place| {
            let field = place["field"].as_str().expect("a field").to_owned();
            (place["version"].as_i64().expect("a version"), field)
        })
        .collect();
    assert_eq!(found, places(&stream));
    assert!(found.len() > 30, "{found:?}");
    let events: BTreeSet<i64> = found.iter().map(|(version, _)| *version).collect();
    let body = json!({"events": events, "text": "xyzzymark", "reason": "it is a key"});
    let redact = ada.call(Method::POST, "/incidents/1/redactions");
    let redact = redact.header("idempotency-key", "redact");
    let redacted = redact.json(&body).await.expect(201);
    assert_eq!(redacted["event"]["data"]["versions"], json!(events));
    let position = redacted["event"]["position"].as_i64().expect("one");

    // Nothing but words has changed.
    let new = ada.get("/incidents/1").await.expect(200);
    assert_eq!(frame(&new), frame(&old));
    let last = stream.last().expect("events").version;
    assert_eq!(new["incident"]["version"], last + 1);
    let left = place.store.stream(Number(1), 0).await.expect("the stream");
    for (old, new) in stream.iter().zip(&left) {
        assert_eq!(
            (old.version, old.position, old.event.kind(), old.occurred_at),
            (new.version, new.position, new.event.kind(), new.occurred_at)
        );
    }

    // Nowhere, in this process and in the other.
    moved(&app, position).await;
    moved(&other, position).await;
    for (app, ada, browser) in [(&app, &ada, &browser), (&other, &far, &there)] {
        let mut all = readable(app, ada, browser).await;
        all.extend(streams(app, ada, browser).await);
        for (path, text) in all {
            // What was looked for stands in its own address.
            let text = text.replace("q=xyzzymark", "");
            assert!(!holds(&text), "{path} still holds it: {text}");
        }
    }
    let found = ada.get("/incidents?q=xyzzymark").await.expect(200);
    assert_eq!(found["incidents"], json!([]));
    for (n, (path, body)) in sent.iter().enumerate() {
        let again = ada.call(Method::POST, path);
        let again = again.header("idempotency-key", &format!("key {n}"));
        let answer = again.json(body).await;
        assert_eq!(
            answer.expect(410)["type"],
            "urn:muster:problem:answer-redacted"
        );
    }
    for (table, row) in rows(&place).await {
        assert!(!holds(&row), "{table} still holds it: {row}");
    }
    for (path, bytes) in files(&place) {
        assert!(!in_bytes(&bytes), "{} still holds it", path.display());
    }

    let draft = place.store.draft(Number(1)).await.expect("the draft");
    assert_eq!(draft[0].text.as_deref(), Some("[redacted] draft"));
    assert_eq!(draft[0].revision, 2, "whoever writes there is told");

    // What was made anew in place is what the log makes.
    let inline = read_models(&place).await;
    place.store.rebuild().await.expect("rebuilt");
    assert_eq!(read_models(&place).await, inline);
    second.store.close().await;
}

/// Posts to the screen of redaction.
async fn by_hand(browser: &Browser, fields: &[(&str, &str)]) -> crate::app::Reply {
    let body = {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        body.finish()
    };
    let kind = "application/x-www-form-urlencoded";
    let mut reply = browser.send("/incidents/1/redact", kind, body).await;
    // Where one text ends and the next begins.
    reply.text = reply.text.replace("<!>", "");
    reply
}

pub async fn by_hand_it_is_found_and_blanked_without_a_script(place: Place) {
    let app = TestApp::start(&place).await;
    let id = app.person("ada", AccountRole::Admin).await;
    let ada = app.client_of(&id, Scope::Admin).await;
    let browser = Browser::of(&app, &id).await;
    ada.declare("API failing").await;
    for text in ["use hunter2", "never mind", "I used Hunter2 & it works"] {
        let note = ada.post("/incidents/1/notes", json!({"text": text})).await;
        note.expect(201);
    }
    let told = json!({"public": {"state": "update", "message": "Use hunter2."}});
    ada.post("/incidents/1/updates", told).await.expect(201);
    app.wait(6);

    let page = by_hand(&browser, &[("do", "find"), ("text", "hunter2")]).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.text.matches("name=\"event\"").count(),
        3,
        "{}",
        page.text
    );
    assert_eq!(page.text.matches(" checked").count(), 3, "{}", page.text);
    assert!(
        page.text
            .contains("I used <mark>Hunter2</mark> &amp; it works")
    );
    assert!(
        page.text
            .contains("Customers could read it from 14:00 UTC.")
    );
    // It is kept nowhere: not by a cache, not by a script, not in an address that a link or a form leads to.
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(!page.text.contains("<script") && !page.text.contains("?text="));
    assert!(
        !page
            .header("content-security-policy")
            .contains("script-src")
    );

    // A reason that says it comes back with everything as it was.
    // What is only being written is said too.
    let draft = Drafted {
        field: "impact".to_owned(),
        text: Some("hunter2 everywhere".to_owned()),
        revision: 1,
        person: id.clone(),
        at: app.services.now(),
    };
    let written = place.store.write_draft(Number(1), &draft).await;
    assert_eq!(written.expect("written"), Drafting::Kept(1));
    let page = by_hand(&browser, &[("do", "find"), ("text", "hunter2 everywhere")]).await;
    assert!(page.text.contains("stands only in what is being written"));
    assert!(page.text.contains("<mark>hunter2 everywhere</mark>"));

    let fields = [
        ("do", "redact"),
        ("text", "hunter2"),
        ("event", "2"),
        ("event", "5"),
        ("reason", "hunter2 was pasted"),
    ];
    let refused = by_hand(&browser, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("role=\"alert\""), "{}", refused.text);
    assert_eq!(refused.text.matches(" checked").count(), 2);

    let mut fields = fields;
    fields[4].1 = "A password was pasted";
    let done = by_hand(&browser, &fields).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(done.text.contains("Blanked in 2 entries."));
    assert!(done.text.contains("It still stands in one text"));
    assert!(
        done.text
            .contains("Customers could read it from 14:00 to 14:06 UTC")
    );
    assert!(!done.text.to_lowercase().contains("hunter2"));
    let room = browser.page("/incidents/1").await;
    assert!(room.contains("use [redacted]") && room.contains("I used Hunter2"));
    assert!(room.contains("A password was pasted"));

    // Everything that an entry says goes, when that is ticked.
    let fields = [
        ("do", "redact"),
        ("text", "hunter2"),
        ("event", "4"),
        ("whole", "on"),
        ("reason", "All of it"),
    ];
    assert_eq!(by_hand(&browser, &fields).await.status, 200);
    let room = browser.page("/incidents/1").await;
    assert!(!room.contains("I used"), "{room}");

    // Nobody else comes this far.
    let bo = app.person("bo", AccountRole::Responder).await;
    let other = Browser::of(&app, &bo).await;
    for fields in [&fields[..2], &fields[..]] {
        let refused = by_hand(&other, fields).await;
        assert_eq!(refused.status, 403, "{}", refused.text);
        assert!(refused.text.contains("Only an administrator may redact."));
    }
    assert!(!other.page("/incidents/1").await.contains("/redact\""));
    assert!(room.contains("/incidents/1/redact\""));
}

pub async fn a_version_that_is_expected_is_asked_for(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    ada.declare("Use hunter2").await;
    let body = json!({"events": [1], "text": "hunter2", "reason": "A password"});
    let redact = |version: &str| {
        let call = ada.call(Method::POST, "/incidents/1/redactions");
        call.header("if-match", version)
    };
    ada.post("/incidents/1/notes", json!({"text": "x"}))
        .await
        .expect(201);
    let stale = redact("\"1\"").json(&body).await.expect(412);
    assert_eq!(stale["incident"]["version"], 2);
    let done = redact("\"2\"").json(&body).await;
    done.expect(201);
    assert_eq!(done.header("etag"), "\"3\"");
    let again = redact("\"3\"").json(&body).await.expect(422);
    assert_eq!(again["field"], "events");

    let now = ada.get("/incidents/1").await.text;
    assert!(now.contains("Use [redacted]"));
}
