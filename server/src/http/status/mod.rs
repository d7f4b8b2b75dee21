//! The public side: the status page, its history, a page for each incident, and the stream that keeps them current.
//!
//! Architecture invariants:
//! - Nothing here reads anything but [`crate::store::PublicSide`], components, settings, and the log through
//!   [`domain::status::fact`]: no internal text is in reach.
//! - Pages are whole without a script, made before they are asked for or by the first who asks, and kept as bytes. When the
//!   store fails, the last good ones go on and say how old they are.
//! - The policy is static: the bytes are the same for everybody and can stand on a CDN.

mod address;
mod components;
mod content;
mod data;
mod days;
mod disk;
mod embed;
mod export;
mod follow;
mod live;
mod news;
mod page;
mod ready;
mod shelf;
mod tools;
mod without_inside;
mod words;

pub use export::{
    Bucket, BucketError, EVERY, Export, ExportError, Exported, FolderError, Target, TargetError,
};
pub use page::Assets;
pub use without_inside::{Standing, Watch, WithoutInside};

use crate::clock::Clock;
use crate::http::security::Framed;
use crate::store::Store;
use address::{Month, Page};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use data::{Code, Sheet};
use domain::MaintenanceNumber;
use http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Request, Uri};
use live::After;
use news::News;
use serde::Deserialize;
use shelf::Shelf;
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use words::{Language, Tongue};

/// What a browser may load for a public page: our own stylesheet, script and stream, and the icon in the tab.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The same for what any site may show in a frame. Without a script, nobody can be led to do anything there.
const FRAMED: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// What the public side needs.
#[derive(Clone)]
pub struct Public {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The position of the last thing that customers may notice.
    pub moved: watch::Receiver<i64>,
    /// The position of the last redaction that customers may notice.
    pub blanked: watch::Receiver<i64>,
    /// Where people reach this house, without a slash at the end.
    pub base_url: String,
    /// Where the stylesheet and the script are.
    pub assets: Assets,
    /// Ends every stream when the process stops.
    pub stop: CancellationToken,
}

#[derive(Clone)]
struct Site {
    shelf: Arc<Shelf>,
    blanked: watch::Receiver<i64>,
    news: Arc<News>,
    places: Arc<Semaphore>,
    stop: CancellationToken,
}

/// The routes below `/status`, with what they share: clone the router rather than make two. Needs a running runtime.
pub fn router(public: Public) -> Router {
    let site = site(public, None);
    keep_front(&site);
    routes(site)
}

fn site(public: Public, disk: Option<disk::Disk>) -> Site {
    let news = News::follow(
        Arc::clone(&public.store),
        public.moved.clone(),
        public.stop.clone(),
    );
    let blanked = public.blanked.clone();
    let shelf = Shelf::new(
        public.store,
        public.clock,
        public.moved,
        public.blanked,
        public.base_url,
        public.assets,
        disk,
    );
    Site {
        shelf: Arc::new(shelf),
        blanked,
        news,
        places: Arc::new(Semaphore::new(live::STREAMS)),
        stop: public.stop,
    }
}

/// Has the front page there before anybody asks, and again after a redaction.
fn keep_front(site: &Site) {
    let (first, mut blanked) = (Arc::clone(&site.shelf), site.blanked.clone());
    // There is something to keep showing, should the store fail before anybody has asked.
    tokio::spawn(async move {
        first.page(Page::Front).await;
        while blanked.changed().await.is_ok() {
            first.forget();
            first.page(Page::Front).await;
        }
    });
}

fn routes(site: Site) -> Router {
    let roots = Language::ALL.map(|language| Tongue::fixed(language).root());
    roots
        .iter()
        .fold(pages("/status"), |all, root| all.merge(pages(root)))
        .route("/status/live", get(stream))
        .route("/status/look.css", get(look))
        .route(
            "/status/components/{code}/uptime.csv",
            get(async |s, p, h| uptime(s, p, h, Sheet::Csv).await),
        )
        .route(
            "/status/components/{code}/uptime.json",
            get(async |s, p, h| uptime(s, p, h, Sheet::Json).await),
        )
        .route("/status/embed.js", get(embed::script))
        .merge(tools::routes())
        .route("/status/{*rest}", get(missing))
        .layer(axum::middleware::map_response(with_headers))
        .with_state(site)
}

/// What people read, below `/status` or the root of a language. Every handler hears from [`Tongue`] which that is.
fn pages(root: &str) -> Router<Site> {
    let below = |path: &str| format!("{root}{path}");
    Router::new()
        .merge(with_slash(root, get(front)))
        .merge(with_slash(&below("/incidents/{number}"), get(incident)))
        .merge(with_slash(
            &below("/maintenance/{number}"),
            get(maintenance),
        ))
        .merge(with_slash(&below("/history"), get(history)))
        .merge(with_slash(&below("/history/{month}"), get(month)))
        .merge(with_slash(&below("/components/{code}"), get(component)))
        .merge(embed::spoken(root))
}

/// An address with and without a slash at its end. Hosts of static files send readers from one to the other, for ever as
/// browsers understand it: were we to send them back, a page that moves between such a host and us would never open.
fn with_slash(path: &str, method: MethodRouter<Site>) -> Router<Site> {
    Router::new()
        .route(path, method.clone())
        .route(&format!("{path}/"), method)
}

/// The public side on a listener of its own, where nothing else is.
pub fn alone(public: Router) -> Router {
    let pages = public.clone();
    let missing = move |headers: HeaderMap| async move {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = Uri::from_static("/status/-");
        *request.headers_mut() = headers;
        pages.oneshot(request).await
    };
    let nothing = missing.clone();
    let old_link = |Path(code): Path<String>, headers: HeaderMap| async move {
        match Code::read(&code) {
            Some(code) => Ok(
                Redirect::permanent(&format!("/status/incidents/{}", code.text())).into_response(),
            ),
            None => nothing(headers).await,
        }
    };
    public
        .route("/", get(async || Redirect::temporary("/status")))
        // Where Statuspage has them: old links go on working when a page's name leads here one day.
        .route(
            "/history",
            get(async || Redirect::permanent("/status/history")),
        )
        .route("/incidents/{code}", get(old_link))
        .fallback(missing)
}

async fn front(State(site): State<Site>, tongue: Tongue, headers: HeaderMap) -> Response {
    let page = site.shelf.page_in(Page::Front, tongue).await;
    page.answer(&headers)
}

async fn incident(
    State(site): State<Site>,
    tongue: Tongue,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    // Links to the page that an incident came from name it by its code.
    if let Some(code) = Code::read(&number)
        && let Some(number) = site.shelf.number(code).await
    {
        let root = tongue.root();
        return Redirect::permanent(&format!("{root}/incidents/{number}")).into_response();
    }
    let page = address::number(&number).map_or(Page::Missing, Page::Incident);
    site.shelf.page_in(page, tongue).await.answer(&headers)
}

#[derive(Deserialize)]
struct Which {
    month: Option<String>,
}

async fn history(
    State(site): State<Site>,
    tongue: Tongue,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Response {
    let page = match which.month.as_deref().map(Month::parse) {
        // Where months were before they had files.
        Some(Some(month)) => {
            let root = tongue.root();
            return Redirect::permanent(&format!("{root}/history/{month}")).into_response();
        }
        Some(None) => Page::Missing,
        None => Page::History,
    };
    site.shelf.page_in(page, tongue).await.answer(&headers)
}

async fn month(
    State(site): State<Site>,
    tongue: Tongue,
    Path(month): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = Month::parse(&month).map_or(Page::Missing, Page::Month);
    site.shelf.page_in(page, tongue).await.answer(&headers)
}

async fn maintenance(
    State(site): State<Site>,
    tongue: Tongue,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = address::number(&number).map_or(Page::Missing, |number| {
        Page::Maintenance(MaintenanceNumber(number.0))
    });
    site.shelf.page_in(page, tongue).await.answer(&headers)
}

async fn component(
    State(site): State<Site>,
    tongue: Tongue,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = Code::read(&code).map_or(Page::Missing, Page::Component);
    site.shelf.page_in(page, tongue).await.answer(&headers)
}

async fn uptime(
    State(site): State<Site>,
    Path(code): Path<String>,
    headers: HeaderMap,
    sheet: Sheet,
) -> Response {
    match Code::read(&code) {
        Some(code) => site
            .shelf
            .page(Page::Uptime(code, sheet))
            .await
            .answer(&headers),
        None => shelf::absent().answer(&headers),
    }
}

async fn look(State(site): State<Site>, headers: HeaderMap) -> Response {
    site.shelf.page(Page::Look).await.answer(&headers)
}

async fn missing(State(site): State<Site>, tongue: Tongue, headers: HeaderMap) -> Response {
    let page = site.shelf.page_in(Page::Missing, tongue).await;
    page.answer(&headers)
}

async fn stream(
    State(site): State<Site>,
    Query(after): Query<After>,
    headers: HeaderMap,
) -> Response {
    live::open(site.news, site.places, site.stop, &after, &headers)
}

async fn with_headers(mut response: Response) -> Response {
    let framed = response.extensions().get::<Framed>().is_some();
    let headers = response.headers_mut();
    if !framed {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    for (name, text) in [
        (
            CONTENT_SECURITY_POLICY,
            if framed { FRAMED } else { POLICY },
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(text));
    }
    response
}
