//! Everything that speaks HTTP. Two routers: the inside, behind a session or a token, and the public side, which needs
//! nothing of the inside and may listen on an address of its own.

pub mod api;
pub mod assets;
mod body;
mod caller;
mod encoding;
mod forms;
mod functions;
mod health;
mod limits;
pub mod live;
mod metrics;
mod pages;
mod redact;
mod security;
mod session;
mod sign_in;
pub mod status;
mod without_inside;

pub use without_inside::without_inside;

use crate::clock::Clock;
use crate::hub::Hub;
use crate::services::Services;
use crate::store::Store;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use ipnet::IpNet;
use limits::Limits;
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// The largest body a request may have, in bytes: the fields of a sitrep at their longest, percent-encoded.
pub const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// What handlers work with.
#[derive(Clone)]
pub struct Server {
    /// What Muster does.
    pub services: Services,
    /// What is new.
    pub hub: Hub,
    /// Proxies whose word counts for where a request comes from.
    trusted_proxies: Arc<[IpNet]>,
    limits: Arc<Limits>,
}

impl Server {
    /// Puts the parts together; no proxy is trusted.
    pub fn new(services: Services, hub: Hub) -> Self {
        Self {
            services,
            hub,
            trusted_proxies: Arc::default(),
            limits: Arc::default(),
        }
    }

    /// Takes the word of these proxies for where a request comes from.
    #[must_use]
    pub fn behind(self, trusted_proxies: Vec<IpNet>) -> Self {
        Self {
            trusted_proxies: trusted_proxies.into(),
            ..self
        }
    }

    /// True when people come by https.
    fn is_https(&self) -> bool {
        Edge::from_ref(self).https
    }
}

/// What the edge must know of a process, whatever is behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    /// True when people come by https.
    https: bool,
}

impl Edge {
    /// The edge of a process that is reached at an address.
    fn at(base_url: &str) -> Self {
        Self {
            https: base_url.starts_with("https://"),
        }
    }
}

impl FromRef<Server> for Edge {
    fn from_ref(server: &Server) -> Self {
        Self::at(server.services.base_url())
    }
}

impl FromRef<Server> for Services {
    fn from_ref(server: &Server) -> Self {
        server.services.clone()
    }
}

/// Every address that takes a plain form, with what it does. A table, so that the test of rights knows all of them.
fn forms() -> Vec<(&'static str, MethodRouter<Server>)> {
    let screen = || get(pages::page);
    vec![
        ("/sign-in", get(sign_in::ask).post(sign_in::enter)),
        ("/sign-in/link", post(sign_in::mail_link)),
        ("/sign-in/{secret}", get(sign_in::show).post(sign_in::spend)),
        ("/sign-out", post(sign_in::leave)),
        ("/incidents", screen().post(forms::declare)),
        ("/incidents/{number}", screen().post(forms::command)),
        ("/incidents/{number}/update", screen().post(forms::command)),
        (
            "/incidents/{number}/handover",
            screen().post(forms::command),
        ),
        ("/incidents/{number}/close", screen().post(forms::command)),
        (
            "/incidents/{number}/redact",
            get(redact::show).post(redact::act),
        ),
        ("/maintenance", screen().post(forms::house)),
        ("/maintenance/{number}", screen().post(forms::house)),
        ("/people", screen().post(forms::house)),
        ("/components", screen().post(forms::house)),
        ("/settings", screen().post(forms::house)),
        ("/devices", screen().post(forms::house)),
    ]
}

/// The addresses that take plain forms.
pub fn form_paths() -> impl Iterator<Item = &'static str> {
    forms().into_iter().map(|(path, _)| path)
}

/// The whole server: screens, server functions, forms, live stream, API, and the public side.
///
/// `public` is what [`public_router`] made: it is cloned rather than made twice, so that two addresses share their bytes.
pub fn router(server: &Server, public: Router) -> Router {
    // Screens spawn onto this runtime; a second router in one process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let sign_ins = from_fn_with_state(server.clone(), limits::sign_ins);
    let mut inside = Router::new()
        .route("/fn/{*path}", post(functions::call))
        .route("/live", get(live::stream));
    for (path, form) in forms() {
        inside = inside.route(
            path,
            if path.starts_with("/sign-in") {
                form.layer(sign_ins.clone())
            } else {
                form
            },
        );
    }
    let inside = inside
        .fallback(pages::page)
        .layer(from_fn_with_state(server.clone(), limits::strangers))
        .layer(from_fn_with_state(server.clone(), session::recognise))
        .layer(security::same_origin())
        .layer(from_fn(security::sign_in_without_origin))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        // A long board shrinks to a tenth. Streams stay as they are: a packed event would arrive late.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(server.clone());
    let elsewhere = status::alone(public.clone());
    let by_host = public
        .merge(inside)
        .merge(api::router(server))
        .layer(from_fn_with_state((server.clone(), elsewhere), pages_alone));
    let whole = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::show))
        .with_state(server.clone())
        .merge(by_host);
    at_the_edge(server, whole)
}

/// At a host name of a status page there is nothing but the page: neither a board nor an API.
async fn pages_alone(
    State((server, public)): State<(Server, Router)>,
    request: Request,
    next: Next,
) -> Response {
    let directory = server.services.directory();
    let mut hosts = directory
        .settings
        .status_pages
        .iter()
        .flat_map(|page| &page.hosts);
    let host = status::asked_host(request.uri(), request.headers());
    let own = status::host_of(server.services.base_url());
    match host.filter(|host| Some(host) != own.as_ref()) {
        Some(host) if hosts.any(|one| *one == host) => match public.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        _ => next.run(request).await,
    }
}

/// The public side for a listener of its own, where nothing else is.
pub fn public_alone(server: &Server, public: Router) -> Router {
    at_the_edge(server, status::alone(public))
}

/// What holds for whatever answers, also when nothing of ours was reached or something broke.
pub fn at_the_edge(server: &Server, router: Router) -> Router {
    router
        .layer(CatchPanicLayer::custom(security::after_panic))
        .layer(from_fn(functions::in_their_shape))
        .layer(from_fn_with_state(server.clone(), security::headers))
        .layer(from_fn_with_state(server.clone(), caller::recognise))
        .layer(from_fn(metrics::count))
}

/// The public side alone.
pub fn public_router(server: &Server) -> Router {
    let pages = status::router(status::Public {
        store: server.services.shared_store(),
        clock: server.services.clock(),
        moved: server.hub.public(),
        blanked: server.hub.blanked(),
        base_url: server.services.base_url().to_owned(),
        assets: public_assets(),
        stop: server.hub.stop().clone(),
    });
    // Stylesheet and script come along: the second address must need nothing of the first.
    pages.route("/pkg/{*path}", get(assets::serve))
}

/// Why nothing can be exported.
pub const NO_SITE: &str =
    "This binary holds no stylesheet and script for the page: build it with `cargo xtask build`.";

/// The public side as files, which need no process. `None` when this binary holds no stylesheet and script for them.
pub fn public_export(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    base_url: String,
) -> Option<status::Export> {
    let built = assets::manifest();
    let files = [&built.status_css, &built.status_js];
    let pkg = files.map(|name| Some((format!("pkg/{name}"), assets::content(name)?)));
    Some(status::Export {
        store,
        clock,
        base_url,
        assets: public_assets(),
        pkg: pkg.into_iter().collect::<Option<_>>()?,
    })
}

fn public_assets() -> status::Assets {
    let built = assets::manifest();
    status::Assets {
        css: format!("/pkg/{}", built.status_css),
        js: format!("/pkg/{}", built.status_js),
    }
}
