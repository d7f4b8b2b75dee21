//! The addresses of what tools read, at the root of the page's host and below the page: tools are told the page's address
//! and go on from there.

use super::address::{self, Page};
use super::data::{Code, Doc, Filter, Format, Heroku, MOST};
use super::{Here, Site, shelf};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

/// The routes.
pub(super) fn routes() -> Router<Site> {
    let all: [(&str, MethodRouter<Site>); 18] = [
        ("/api/v2/subscribers.json", post(no_subscribers)),
        ("/api/v2/{*path}", get(statuspage)),
        (
            "/api/v3/current-status",
            get(async |s, h| one(s, h, Some(Doc::Heroku(Heroku::Status3))).await),
        ),
        ("/api/v3/issues", get(issues)),
        ("/api/v3/issues/", get(issues)),
        ("/api/v3/issues/{number}", get(issue)),
        (
            "/api/v4/current-status",
            get(async |s, h| one(s, h, Some(Doc::Heroku(Heroku::Status4))).await),
        ),
        ("/api/v4/incidents", get(incidents)),
        ("/api/v4/incidents/", get(incidents)),
        ("/api/v4/incidents/{number}", get(incident)),
        (
            "/history.atom",
            get(async |s, q, h| feed(s, q, h, Format::Atom).await),
        ),
        (
            "/history.rss",
            get(async |s, q, h| feed(s, q, h, Format::Rss).await),
        ),
        (
            "/feed.json",
            get(async |s, q, h| feed(s, q, h, Format::Json).await),
        ),
        (
            "/status.txt",
            get(async |s, h| one(s, h, Some(Doc::Text)).await),
        ),
        (
            "/llms.txt",
            get(async |s, h| one(s, h, Some(Doc::Llms)).await),
        ),
        ("/calendar.ics", get(calendar)),
        ("/badge.svg", get(badge)),
        ("/badge/{file}", get(badge_file)),
    ];
    let all = all.into_iter();
    let routes = all.fold(Router::new(), |router, (path, method)| {
        router
            .route(path, method.clone())
            .route(&format!("/status{path}"), method)
    });
    beside_pages(routes)
}

/// What stands beside the page of a component or an incident.
fn beside_pages(routes: Router<Site>) -> Router<Site> {
    let (component, incident) = ("/status/components/{code}", "/status/incidents/{number}");
    let routes = routes.route(
        &format!("{component}/calendar.ics"),
        get(async |s, Path(code): Path<String>, h| {
            let filter = Code::read(&code).map(Filter::of_component);
            one(s, h, filter.map(Doc::Calendar)).await
        }),
    );
    Format::ALL.into_iter().fold(routes, |routes, format| {
        let name = format.address();
        routes
            .route(
                &format!("{component}{name}"),
                get(async move |s, Path(code): Path<String>, h| {
                    let filter = Code::read(&code).map(Filter::of_component);
                    one(s, h, filter.map(|filter| Doc::Feed(format, filter))).await
                }),
            )
            .route(
                &format!("{incident}{name}"),
                get(async move |s, Path(number): Path<String>, h| {
                    let number = address::number(&number);
                    one(s, h, number.map(|number| Doc::Updates(format, number))).await
                }),
            )
    })
}

async fn one(here: Here, headers: HeaderMap, doc: Option<Doc>) -> Response {
    match doc {
        Some(doc) => here.page(Page::Data(doc)).await.answer(&headers),
        None => shelf::absent().answer(&headers),
    }
}

async fn statuspage(here: Here, Path(path): Path<String>, headers: HeaderMap) -> Response {
    one(here, headers, Doc::v2(&path)).await
}

#[derive(Deserialize)]
struct Asked {
    component: Option<String>,
    impact: Option<String>,
}

async fn feed(
    here: Here,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    format: Format,
) -> Response {
    let filter = Filter::read(asked.component.as_deref(), asked.impact.as_deref());
    one(
        here,
        headers,
        filter.map(|filter| Doc::Feed(format, filter)),
    )
    .await
}

async fn calendar(here: Here, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let filter = Filter::read(asked.component.as_deref(), asked.impact.as_deref());
    one(here, headers, filter.map(Doc::Calendar)).await
}

async fn badge(here: Here, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let doc = match asked.component.as_deref() {
        None | Some("") => Some(Doc::Badge(None)),
        Some(text) => Code::read(text).map(|code| Doc::Badge(Some(code))),
    };
    one(here, headers, doc).await
}

async fn badge_file(here: Here, Path(file): Path<String>, headers: HeaderMap) -> Response {
    one(here, headers, Doc::badge(&file)).await
}

/// As Heroku has it: what cannot be read is as if it had not been said.
#[derive(Deserialize)]
struct Listed {
    limit: Option<String>,
    since: Option<String>,
}

impl Listed {
    fn limit(&self) -> u8 {
        let limit = self.limit.as_deref().and_then(|text| text.parse().ok());
        limit.unwrap_or(MOST).clamp(1, MOST)
    }
}

async fn issues(here: Here, Query(listed): Query<Listed>, headers: HeaderMap) -> Response {
    let since = listed
        .since
        .as_deref()
        .and_then(|text| text.get(..10)?.parse().ok());
    let limit = listed.limit();
    one(
        here,
        headers,
        Some(Doc::Heroku(Heroku::Issues { since, limit })),
    )
    .await
}

async fn incidents(here: Here, Query(listed): Query<Listed>, headers: HeaderMap) -> Response {
    let limit = listed.limit();
    one(
        here,
        headers,
        Some(Doc::Heroku(Heroku::Incidents { limit })),
    )
    .await
}

async fn issue(here: Here, Path(number): Path<String>, headers: HeaderMap) -> Response {
    let doc = address::number(&number).map(|number| Doc::Heroku(Heroku::Issue(number)));
    one(here, headers, doc).await
}

async fn incident(here: Here, Path(number): Path<String>, headers: HeaderMap) -> Response {
    let doc = address::number(&number).map(|number| Doc::Heroku(Heroku::Incident(number)));
    one(here, headers, doc).await
}

/// `POST /api/v2/subscribers.json`: nobody can subscribe yet, and nobody may believe that they did.
async fn no_subscribers() -> Response {
    let words = "Nobody can subscribe by e-mail or webhook here yet. Follow /history.atom or /history.rss instead.";
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let body = serde_json::json!({ "error": words }).to_string();
    (StatusCode::NOT_IMPLEMENTED, headers, body).into_response()
}
