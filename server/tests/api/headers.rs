//! What every kind of answer says for the browser's safety.

use crate::app::{Reply, TestApp};
use crate::browser::{Browser, ask};
use crate::place::Place;
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use domain::AccountRole;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{Method, Request};
use server::http::at_the_edge;
use tower::ServiceExt;

const NO_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const SCREEN: &str = "default-src 'none'; script-src 'self' 'nonce-…' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const PUBLIC: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FOR_TEN_SECONDS: &str =
    "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=3600";

/// What is the same for all.
const FOR_ALL: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=()",
    ),
    ("strict-transport-security", "max-age=31536000"),
];

/// A policy whose nonce, which is another each time, is left out.
fn without_nonce(policy: &str) -> String {
    match policy.split_once("'nonce-") {
        Some((before, rest)) => {
            let (nonce, after) = rest.split_once('\'').expect("the end of the nonce");
            assert!(nonce.len() >= 16, "{policy}");
            format!("{before}'nonce-…'{after}")
        }
        None => policy.to_owned(),
    }
}

struct Asker<'a> {
    router: &'a Router,
    cookie: &'a str,
}

impl Asker<'_> {
    /// Asks, and leaves a stream's body alone.
    async fn ask(&self, method: Method, path: &str, kind: &str, body: Body) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "muster.test")
            .header(COOKIE, self.cookie)
            .header(CONTENT_TYPE, kind)
            .body(body)
            .expect("a request");
        if path.ends_with("live") {
            let response = self.router.clone().oneshot(request).await;
            let (parts, _) = response.expect("an answer").into_parts();
            return Reply {
                status: parts.status.as_u16(),
                headers: parts.headers,
                text: String::new(),
            };
        }
        ask(self.router, request).await
    }
}

pub async fn every_kind_of_answer_says_all_of_it(place: Place) {
    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "application/json";
    let app = TestApp::at(&place, "https://muster.test").await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let link = app.services.sign_in_link(None, &bo).await.expect("a link");
    let link = link
        .strip_prefix("https://muster.test")
        .expect("its address");
    let browser = Browser::of(&app, &bo).await;
    // Something of ours that breaks.
    let broken = async || -> &'static str { panic!("on purpose") };
    let broken = Router::new().route("/broken", get(broken));
    let router = app.router.clone().merge(at_the_edge(&app.server, broken));
    let asker = Asker {
        router: &router,
        cookie: &browser.cookie,
    };

    let large = || "x".repeat(5 << 20);
    let (get, post) = (Method::GET, Method::POST);
    let (own, none) = ("same-origin", "no-referrer");
    let kept = "no-store";
    let table = [
        (
            "a screen",
            &get,
            "/",
            "",
            String::new(),
            200,
            SCREEN,
            own,
            kept,
        ),
        (
            "a screen that is missing",
            &get,
            "/nothing",
            "",
            String::new(),
            404,
            SCREEN,
            own,
            kept,
        ),
        (
            "a plain page",
            &get,
            "/sign-in",
            "",
            String::new(),
            303,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a link",
            &get,
            link,
            "",
            String::new(),
            200,
            NO_SCRIPT,
            none,
            kept,
        ),
        (
            "a link that is spent",
            &post,
            "/sign-in/none",
            FORM,
            String::new(),
            410,
            NO_SCRIPT,
            none,
            kept,
        ),
        (
            "a form",
            &post,
            "/incidents",
            FORM,
            "title=Down".to_owned(),
            303,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a form that is refused",
            &post,
            "/incidents",
            FORM,
            "title=".to_owned(),
            422,
            SCREEN,
            own,
            kept,
        ),
        (
            "a form that is too large",
            &post,
            "/incidents",
            FORM,
            large(),
            413,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a function",
            &post,
            "/fn/me",
            JSON,
            "{}".to_owned(),
            200,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a function that is too large",
            &post,
            "/fn/me",
            JSON,
            large(),
            413,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a stream",
            &get,
            "/live",
            "",
            String::new(),
            200,
            NO_SCRIPT,
            own,
            "no-cache",
        ),
        (
            "a problem",
            &get,
            "/api/v1/people",
            "",
            String::new(),
            401,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "no such call",
            &get,
            "/api/v1/nothing",
            "",
            String::new(),
            404,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "the document",
            &get,
            "/api/v1/openapi.json",
            "",
            String::new(),
            200,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a public page",
            &get,
            "/status",
            "",
            String::new(),
            200,
            PUBLIC,
            own,
            FOR_TEN_SECONDS,
        ),
        (
            "a public page that is missing",
            &get,
            "/status/x",
            "",
            String::new(),
            404,
            PUBLIC,
            own,
            "public, max-age=10",
        ),
        (
            "the public stream",
            &get,
            "/status/live",
            "",
            String::new(),
            200,
            PUBLIC,
            own,
            kept,
        ),
        (
            "a file that is missing",
            &get,
            "/pkg/none.js",
            "",
            String::new(),
            404,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a sign of life",
            &get,
            "/healthz",
            "",
            String::new(),
            200,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "a method that is missing",
            &get,
            "/sign-out",
            "",
            String::new(),
            405,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "nowhere to send",
            &post,
            "/nothing",
            FORM,
            String::new(),
            405,
            NO_SCRIPT,
            own,
            kept,
        ),
        (
            "what breaks",
            &get,
            "/broken",
            "",
            String::new(),
            500,
            NO_SCRIPT,
            own,
            kept,
        ),
    ];
    for (what, method, path, kind, body, status, policy, referrer, cache) in table {
        let reply = asker.ask(method.clone(), path, kind, body.into()).await;
        assert_eq!(reply.status, status, "{what}: {}", reply.text);
        let said = reply.header("content-security-policy");
        assert_eq!(without_nonce(said), policy, "{what}");
        assert_eq!(reply.header("referrer-policy"), referrer, "{what}");
        assert_eq!(reply.header("cache-control"), cache, "{what}");
        for (name, value) in FOR_ALL {
            assert_eq!(reply.header(name), value, "{what}: {name}");
        }
    }

    // One too many: for a page, a function and a program.
    let nobody = Asker {
        router: &router,
        cookie: "",
    };
    for (path, kind) in [
        ("/people", FORM),
        ("/fn/me", JSON),
        ("/api/v1/people", JSON),
    ] {
        let mut reply = nobody.ask(post.clone(), path, kind, "{}".into()).await;
        for _ in 0..1000 {
            if reply.status == 429 {
                break;
            }
            reply = nobody.ask(post.clone(), path, kind, "{}".into()).await;
        }
        assert_eq!(reply.status, 429, "{path}: {}", reply.text);
        assert!(reply.header("retry-after").parse::<u64>().is_ok(), "{path}");
        let words = reply.text.replace('_', " ");
        assert!(words.contains("too often"), "{words}");
        assert_eq!(reply.header("content-security-policy"), NO_SCRIPT, "{path}");
        for (name, value) in FOR_ALL {
            assert_eq!(reply.header(name), value, "{path}: {name}");
        }
    }
    // Whoever is signed in goes on.
    let reply = asker.ask(post, "/fn/me", JSON, "{}".into()).await;
    assert_eq!(reply.status, 200);
}

pub async fn on_plain_http_nobody_is_sent_to_https(place: Place) {
    let app = TestApp::start(&place).await;
    let request = Request::get("/sign-in").body(Body::empty());
    let reply = ask(&app.router, request.expect("a request")).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("strict-transport-security"), "");
    assert_eq!(reply.header("x-frame-options"), "DENY");
}
