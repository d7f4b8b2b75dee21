//! Getting in by a link, as browsers ask for it.

use crate::app::{Reply, TestApp};
use crate::browser::ask;
use crate::place::Place;
use axum::body::Body;
use domain::AccountRole;
use http::Request;

/// Posts a link's page from a browser that says these headers.
async fn post(app: &TestApp, link: &str, headers: &[(&str, &str)]) -> Reply {
    let path = link.rfind("/sign-in/").map(|at| &link[at..]);
    let mut request = Request::post(path.expect("a path")).header("host", "muster.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    ask(&app.router, request).await
}

pub async fn a_link_lets_in_on_plain_http_and_from_nowhere_else(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let link = app.services.sign_in_link(None, &bo).await.expect("a link");

    // A page of somebody else's cannot sign people in under another name.
    for headers in [
        &[("origin", "http://elsewhere.test")][..],
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ] {
        let refused = post(&app, &link, headers).await;
        assert_eq!(refused.status, 403, "{headers:?}");
        assert!(
            refused.text.contains("This came from somewhere else"),
            "{}",
            refused.text
        );
    }

    // What a browser sends from a page without a referrer, on plain http away from its own machine.
    let let_in = post(&app, &link, &[("origin", "null")]).await;
    assert_eq!(let_in.status, 303, "{}", let_in.text);
    assert!(let_in.header("set-cookie").starts_with("muster="));
    assert_eq!(post(&app, &link, &[("origin", "null")]).await.status, 410);

    // Only there: what a session can do is asked for by our own pages.
    let request = Request::post("/sign-out").header("host", "muster.test");
    let request = request.header("origin", "null").body(Body::empty());
    let refused = ask(&app.router, request.expect("a request")).await;
    assert_eq!(refused.status, 403);
}

pub async fn without_the_database_it_says_what_is_still_so(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let link = app.services.sign_in_link(None, &bo).await.expect("a link");
    place.store.close().await;
    let reply = post(&app, &link, &[]).await;
    assert_eq!(reply.status, 503);
    assert!(
        reply.text.contains("nobody was signed in"),
        "{}",
        reply.text
    );
}

pub async fn a_first_link_that_is_printed_again_takes_the_place_of_the_last(place: Place) {
    let app = TestApp::start(&place).await;
    let first = async || {
        let link = app.services.first_administrator().await;
        link.expect("the store answers")
    };
    let lost = first().await.expect("a link");
    let link = first().await.expect("a link");
    assert_eq!(post(&app, &lost, &[]).await.status, 410);
    assert_eq!(post(&app, &link, &[]).await.status, 303);
    assert_eq!(first().await, None, "somebody is in");
}
