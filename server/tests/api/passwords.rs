//! Getting in with a password, as browsers ask for it.

use crate::app::{Reply, TestApp};
use crate::browser::{Browser, ask};
use crate::place::Place;
use axum::body::Body;
use domain::{AccountRole, PersonId};
use http::Request;
use http::header::CONTENT_TYPE;
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

const FORM: &str = "application/x-www-form-urlencoded";
const RIGHT: &str = "four words in a row";
const OTHER: &str = "quite another few words";

fn fields(fields: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    body.finish()
}

async fn sign_in(app: &TestApp, account: &str, password: &str) -> Reply {
    let request = Request::post("/sign-in")
        .header(CONTENT_TYPE, FORM)
        .body(Body::from(fields(&[
            ("account", account),
            ("password", password),
        ])));
    ask(&app.router, request.expect("a request")).await
}

/// Somebody with a password, and the browser they chose it in.
async fn with_password(app: &TestApp, handle: &str) -> (PersonId, Browser) {
    let person = app.person(handle, AccountRole::Admin).await;
    let browser = Browser::of(app, &person).await;
    browser
        .form(
            "/devices",
            &[("do", "set_password"), ("new_password", RIGHT)],
        )
        .await;
    (person, browser)
}

async fn signed_in(browser: &Browser) -> bool {
    browser
        .send("/fn/me", "application/json", "{}")
        .await
        .status
        == 200
}

fn alert(reply: &Reply) -> &str {
    let (_, rest) = reply.text.split_once(r#"class="err">"#).unwrap_or_default();
    let (_, words) = rest.split_once("<span>").unwrap_or_default();
    words.split('<').next().unwrap_or_default()
}

pub async fn a_password_lets_in_and_a_new_one_ends_what_was_open(place: Place) {
    let app = TestApp::start(&place).await;
    let (bo, first) = with_password(&app, "bo").await;
    for account in ["bo@example.test", " BO@Example.test ", "bo"] {
        let reply = sign_in(&app, account, RIGHT).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        assert!(reply.header("set-cookie").starts_with("muster="));
    }
    // Wrong and unknown are the same answer, to the letter.
    let wrong = sign_in(&app, "bo", "four words in a roe").await;
    let unknown = sign_in(&app, "cy", RIGHT).await;
    assert_eq!((wrong.status, unknown.status), (403, 403));
    assert!(
        alert(&wrong).contains("do not belong together"),
        "{}",
        wrong.text
    );
    assert_eq!(
        wrong.text.replace(r#"value="bo""#, r#"value="cy""#),
        unknown.text
    );
    assert!(!wrong.text.contains("four words"), "never shown again");

    let second = Browser::of(&app, &bo).await;
    let change = |current: &str, new: &str| {
        fields(&[
            ("do", "set_password"),
            ("current_password", current),
            ("new_password", new),
        ])
    };
    for (body, words) in [
        (change(RIGHT, "too short"), "this one has 9"),
        (change(RIGHT, &"x".repeat(201)), "this one has 201"),
        (
            change("four words in a roe", OTHER),
            "not your password now",
        ),
        (
            fields(&[("do", "set_password"), ("new_password", OTHER)]),
            "not your password now",
        ),
    ] {
        let reply = first.send("/devices", FORM, body).await;
        assert_eq!(reply.status, 422, "{}", reply.text);
        assert!(reply.text.contains(words), "{words}");
        // Neither in a field nor in what travels with the page for the browser.
        for typed in ["four words", "another few", "too short"] {
            assert!(!reply.text.contains(typed), "{typed}: {}", reply.text);
        }
    }
    assert!(signed_in(&second).await);
    let reply = first.send("/devices", FORM, change(RIGHT, OTHER)).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    assert!(signed_in(&first).await);
    assert!(!signed_in(&second).await);
    assert_eq!(sign_in(&app, "bo", RIGHT).await.status, 403);
    assert_eq!(sign_in(&app, "bo", OTHER).await.status, 303);

    // Of a session that ran out, nothing of it comes back, nor is it offered to be sent again.
    let reply = second.send("/devices", FORM, change(OTHER, RIGHT)).await;
    assert_eq!(reply.status, 401);
    for typed in ["four words", "another few", "Send it again"] {
        assert!(!reply.text.contains(typed), "{typed}: {}", reply.text);
    }

    let third = Browser::of(&app, &bo).await;
    first
        .form("/devices", &[("do", "revoke_other_devices")])
        .await;
    assert!(signed_in(&first).await && !signed_in(&third).await);
    let remove = [("do", "remove_password"), ("current_password", OTHER)];
    first.form("/devices", &remove).await;
    assert_eq!(sign_in(&app, "bo", OTHER).await.status, 403);
}

pub async fn a_link_by_mail_is_offered_where_there_is_mail(place: Place) {
    let app = TestApp::start(&place).await;
    app.person("bo", AccountRole::Admin).await;
    let ask_for = async |account: &str| {
        let request = Request::post("/sign-in/link")
            .header(CONTENT_TYPE, FORM)
            .body(Body::from(fields(&[("account", account)])));
        ask(&app.router, request.expect("a request")).await
    };
    let shown = || async {
        let request = Request::get("/sign-in").body(Body::empty());
        ask(&app.router, request.expect("a request")).await.text
    };
    assert!(!shown().await.contains("Mail me a link"));
    assert_eq!(ask_for("bo").await.status, 404);

    app.services.send_letters("muster@example.test".to_owned());
    assert!(shown().await.contains("Mail me a link"));
    let (known, unknown) = (ask_for("bo").await, ask_for("cy").await);
    assert_eq!((known.status, unknown.status), (200, 200));
    assert_eq!(known.text, unknown.text, "the same to the letter");
    let nothing = ask_for(" ").await;
    assert_eq!(nothing.status, 422);
    assert!(
        nothing.text.contains("type your e-mail"),
        "{}",
        nothing.text
    );
}

pub async fn whoever_is_shut_out_gets_in_by_no_way(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.person("ada", AccountRole::Admin).await;
    let ada = Browser::of(&app, &ada).await;
    let (bo, browser) = with_password(&app, "bo").await;
    let access = async |active: bool| {
        let command = json!({"do": "change_person", "person": bo, "active": active});
        ada.function("keep_house", json!({"command": command}))
            .await;
    };
    access(false).await;
    assert_eq!(sign_in(&app, "bo", RIGHT).await.status, 403);
    assert!(!signed_in(&browser).await);
    access(true).await;
    assert!(
        !signed_in(&browser).await,
        "what was open does not open by itself"
    );
    assert_eq!(sign_in(&app, "bo", RIGHT).await.status, 303);
}

pub async fn who_guesses_waits_and_links_go_on_working(place: Place) {
    let app = TestApp::start(&place).await;
    let (bo, _) = with_password(&app, "bo").await;
    // By both of the names, and for one who is not there just the same.
    for names in [["bo", "bo@example.test"], ["cy", "cy"]] {
        for n in 0..5 {
            let reply = sign_in(&app, names[n % 2], "a wrong password").await;
            assert_eq!(reply.status, 403, "{names:?} {n}");
        }
        let waits = sign_in(&app, names[1], RIGHT).await;
        assert_eq!(waits.status, 429, "{}", waits.text);
        assert_eq!(waits.header("retry-after"), "30");
        assert!(alert(&waits).contains("Wait 30 seconds"), "{}", waits.text);
    }
    // Also after a restart.
    let again = TestApp::start(&place).await;
    assert_eq!(sign_in(&again, "bo", RIGHT).await.status, 429);
    // A link lets in all the while, and others with passwords are no worse off.
    let browser = Browser::of(&app, &bo).await;
    assert!(signed_in(&browser).await);
    let (_, _) = with_password(&app, "dee").await;
    assert_eq!(sign_in(&app, "dee", RIGHT).await.status, 303);

    app.wait(1);
    assert_eq!(sign_in(&app, "bo", "wrong again").await.status, 403);
    assert_eq!(sign_in(&app, "bo", RIGHT).await.header("retry-after"), "60");
    app.wait(1);
    assert_eq!(sign_in(&app, "bo", RIGHT).await.status, 303);
    let wrong = sign_in(&app, "bo", "wrong once more").await;
    assert_eq!(wrong.status, 403, "it counts from the beginning");

    // The one with the session guesses no better.
    for n in 0..5 {
        let body = fields(&[("do", "remove_password"), ("current_password", "wrong")]);
        let reply = browser.send("/devices", FORM, body).await;
        let waits = n == 4;
        assert_eq!(
            reply.status,
            if waits { 429 } else { 422 },
            "{n}: {}",
            reply.text
        );
    }

    let page = browser.page("/audit").await;
    assert!(
        page.contains("5 passwords in a row for BO Alder were wrong."),
        "{page}"
    );
}

pub async fn from_one_address_there_is_an_end_to_trying(place: Place) {
    let app = TestApp::start(&place).await;
    let guess = async |name: String| sign_in(&app, &name, "a wrong password").await;
    // The accounts differ, the address does not.
    for n in 0..50 {
        let reply = guess(format!("somebody-{n}")).await;
        assert_eq!(reply.status, 403, "{n}: {}", reply.text);
    }
    assert_eq!(guess("somebody-else".to_owned()).await.status, 429);
}

pub async fn administrators_see_who_did_what(place: Place) {
    let app = TestApp::start(&place).await;
    let (ada, browser) = with_password(&app, "ada").await;
    let bo = app.person("bo", AccountRole::Reader).await;
    let command = |command| json!({ "command": command });
    for change in [
        json!({"do": "change_person", "person": bo, "role": "responder"}),
        json!({"do": "new_link", "person": bo}),
        json!({"do": "add_token", "name": "deploys", "scope": "write"}),
    ] {
        browser.function("keep_house", command(change)).await;
    }
    browser
        .form("/settings", &[("do", "settings"), ("prefix", "OUT")])
        .await;
    let told = async |asked| {
        let page = browser.function("audit", json!({ "asked": asked })).await;
        let words =
            |entry: &serde_json::Value| entry["words"].as_str().unwrap_or_default().to_owned();
        page["entries"]
            .as_array()
            .expect("entries")
            .iter()
            .map(words)
            .collect::<Vec<_>>()
    };
    let expected = [
        "ADA Alder changed the settings: prefix.",
        "ADA Alder made the API token deploys with the scope write. It acts as deploys.",
        "ADA Alder added deploys as a responder.",
        "ADA Alder made a sign-in link for BO Alder.",
        "ADA Alder made BO Alder a responder.",
        "The command line added BO Alder as a reader.",
        "ADA Alder set a password.",
        "Somebody signed in as ADA Alder by a link, on a browser.",
        "A sign-in link was made for ADA Alder.",
        "The command line added ADA Alder as an administrator.",
    ];
    assert_eq!(told(json!({})).await, expected);
    let hers = told(json!({"by": ada, "before": 9})).await;
    assert_eq!(
        hers,
        [
            expected[2],
            expected[3],
            expected[4],
            expected[6],
            expected[7]
        ]
    );
    let page = browser.page("/audit").await;
    assert!(page.contains(expected[4]), "{page}");
    // Nobody else is even shown the way.
    let bo = Browser::of(&app, &bo).await;
    assert!(browser.page("/devices").await.contains("href=\"/audit\""));
    assert!(!bo.page("/devices").await.contains("href=\"/audit\""));
}

/// Everything that the process logs.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

pub async fn neither_passwords_nor_links_reach_a_log(place: Place) {
    let written = Written::default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(server::telemetry::filter(Some("trace")))
        .with_writer(written.clone())
        .finish();
    // Another test of the same process may have taken the place; nextest gives each its own.
    let ours = tracing::subscriber::set_global_default(log).is_ok();
    let app = TestApp::start(&place).await;
    let (bo, browser) = with_password(&app, "bo").await;
    let link = app.services.sign_in_link(None, &bo).await.expect("a link");
    sign_in(&app, "bo", RIGHT).await;
    sign_in(&app, "bo", OTHER).await;
    let body = fields(&[("do", "set_password"), ("new_password", OTHER)]);
    browser.send("/devices", FORM, body).await;
    let path = link
        .rfind("/sign-in/")
        .map(|at| &link[at..])
        .expect("a path");
    let request = Request::get(path).body(Body::empty());
    ask(&app.router, request.expect("a request")).await;
    Browser::by(&app, &link).await;
    // Without its database it has something to complain about.
    place.store.close().await;
    assert_eq!(sign_in(&app, "bo", OTHER).await.status, 503);

    let log = String::from_utf8_lossy(&written.0.lock().expect("a lock")).into_owned();
    assert!(!ours || log.contains("signing in or out failed"), "{log}");
    let secret = path.trim_start_matches("/sign-in/");
    let typed = |text: &str| text.replace(' ', "+");
    for secret in [
        RIGHT,
        OTHER,
        &typed(RIGHT),
        &typed(OTHER),
        secret,
        "$argon2id",
    ] {
        let told = log.lines().find(|line| line.contains(secret));
        assert_eq!(told, None);
    }
}
