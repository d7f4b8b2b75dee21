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
mod reader;
mod ready;
mod served;
mod shelf;
mod tools;
mod without_inside;
mod words;

pub use export::{
    Bucket, BucketError, EVERY, Export, ExportError, Exported, FolderError, Target, TargetError,
};
pub use page::Assets;
pub(super) use served::{asked_host, host_of};
pub use without_inside::{Standing, Watch, WithoutInside};

use crate::clock::Clock;
use crate::http::security::Framed;
use crate::store::Store;
use address::{Month, Page};
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use data::{Code, Sheet};
use domain::MaintenanceNumber;
use http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use live::After;
use ready::Dated;
use serde::Deserialize;
use served::{All, Pages, Served};
use shelf::Shelf;
use std::sync::{Arc, Mutex, PoisonError};
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
    pages: Arc<Pages>,
    /// The pages as they were set up when somebody last asked.
    seen: Arc<Mutex<Arc<All>>>,
    shelf: Arc<Shelf>,
    moved: watch::Receiver<i64>,
    blanked: watch::Receiver<i64>,
    places: Arc<Semaphore>,
}

/// What a request works with: the status page that its host name leads to.
struct Here {
    site: Site,
    at: Arc<Served>,
}

impl Here {
    /// The bytes of what has no language.
    async fn page(&self, page: Page) -> Dated {
        self.page_in(page, Tongue::default()).await
    }

    /// The bytes of a page as it stands now.
    async fn page_in(&self, page: Page, tongue: Tongue) -> Dated {
        self.site.shelf.page_in(&self.at, page, tongue).await
    }
}

impl FromRequestParts<Site> for Here {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, StatusCode> {
        let at = parts.extensions.get::<Arc<Served>>().cloned();
        let site = site.clone();
        at.map(|at| Self { site, at })
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The routes below `/status`, with what they share: clone the router rather than make two. Needs a running runtime.
pub fn router(public: Public) -> Router {
    let site = site(public, None);
    keep_front(&site);
    routes(site)
}

fn site(public: Public, disk: Option<disk::Disk>) -> Site {
    let shelf = Shelf::new(
        Arc::clone(&public.clock),
        public.moved.clone(),
        public.blanked.clone(),
        public.assets,
        disk,
    );
    let pages = Pages::new(
        public.store,
        public.clock,
        public.moved.clone(),
        public.base_url,
        public.stop,
    );
    Site {
        pages: Arc::new(pages),
        seen: Arc::default(),
        shelf: Arc::new(shelf),
        moved: public.moved,
        blanked: public.blanked,
        places: Arc::new(Semaphore::new(live::STREAMS)),
    }
}

impl Site {
    /// The pages as they are set up now.
    async fn all(&self) -> Arc<All> {
        let all = self.pages.now().await;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&seen, &all) {
            *seen = Arc::clone(&all);
            self.shelf.keep_only(&all);
            // Followed before anybody listens: whoever comes first and knows nothing is not told of the past as of news.
            all.main().and_then(|main| main.news(&self.moved));
        }
        drop(seen);
        all
    }

    /// The main front page, in English.
    async fn front(&self) -> Option<Dated> {
        let all = self.all().await;
        let page = Page::Front;
        let ready = self.shelf.page_in(all.main()?, page, Tongue::default());
        Some(ready.await)
    }
}

/// Has the front page there before anybody asks, and again after a redaction.
fn keep_front(site: &Site) {
    let (first, mut blanked) = (site.clone(), site.blanked.clone());
    // There is something to keep showing, should the store fail before anybody has asked.
    tokio::spawn(async move {
        first.front().await;
        while blanked.changed().await.is_ok() {
            first.shelf.forget();
            first.front().await;
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
        .layer(from_fn_with_state(site.clone(), choose))
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

async fn front(here: Here, tongue: Tongue, headers: HeaderMap) -> Response {
    let page = here.page_in(Page::Front, tongue).await;
    page.answer(&headers)
}

async fn incident(
    here: Here,
    tongue: Tongue,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    // Links to the page that an incident came from name it by its code.
    if let Some(code) = Code::read(&number)
        && let Some(number) = here.site.shelf.number(here.at.reader.as_ref(), code).await
    {
        let root = tongue.root();
        return Redirect::permanent(&format!("{root}/incidents/{number}")).into_response();
    }
    let page = address::number(&number).map_or(Page::Missing, Page::Incident);
    here.page_in(page, tongue).await.answer(&headers)
}

#[derive(Deserialize)]
struct Which {
    month: Option<String>,
}

async fn history(
    here: Here,
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
    here.page_in(page, tongue).await.answer(&headers)
}

async fn month(
    here: Here,
    tongue: Tongue,
    Path(month): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = Month::parse(&month).map_or(Page::Missing, Page::Month);
    here.page_in(page, tongue).await.answer(&headers)
}

async fn maintenance(
    here: Here,
    tongue: Tongue,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = address::number(&number).map_or(Page::Missing, |number| {
        Page::Maintenance(MaintenanceNumber(number.0))
    });
    here.page_in(page, tongue).await.answer(&headers)
}

async fn component(
    here: Here,
    tongue: Tongue,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = Code::read(&code).map_or(Page::Missing, Page::Component);
    here.page_in(page, tongue).await.answer(&headers)
}

async fn uptime(
    here: Here,
    Path(code): Path<String>,
    headers: HeaderMap,
    sheet: Sheet,
) -> Response {
    match Code::read(&code) {
        Some(code) => here.page(Page::Uptime(code, sheet)).await.answer(&headers),
        None => shelf::absent().answer(&headers),
    }
}

async fn look(here: Here, headers: HeaderMap) -> Response {
    here.page(Page::Look).await.answer(&headers)
}

async fn missing(here: Here, tongue: Tongue, headers: HeaderMap) -> Response {
    let page = here.page_in(Page::Missing, tongue).await;
    page.answer(&headers)
}

async fn stream(here: Here, Query(after): Query<After>, headers: HeaderMap) -> Response {
    let Some(news) = here.at.news(&here.site.moved) else {
        let words = "The status cannot be read right now.\n";
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            [(RETRY_AFTER, "10")],
            words,
        )
            .into_response();
    };
    let (places, stop) = (here.site.places, here.at.stop.clone());
    live::open(news, places, stop, &after, &headers)
}

/// Finds the page that the host name leads to. No other one answers, whatever is asked for.
async fn choose(State(site): State<Site>, mut request: Request<Body>, next: Next) -> Response {
    let all = site.all().await;
    let host = asked_host(request.uri(), request.headers());
    match all.at(host.as_deref(), site.pages.own()) {
        Some(at) => {
            request.extensions_mut().insert(Arc::clone(at));
            next.run(request).await
        }
        None => nowhere(&site, request).await,
    }
}

/// The answer at a host name that leads to no page.
async fn nowhere(site: &Site, request: Request<Body>) -> Response {
    let (mut parts, _) = request.into_parts();
    let Ok(tongue) = Tongue::from_request_parts(&mut parts, site).await;
    site.shelf.nowhere(tongue).answer(&parts.headers)
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
