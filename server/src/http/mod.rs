//! Everything that speaks HTTP. Two routers: the inside, behind a session or a token, and the public side, which needs
//! nothing of the inside and may listen on an address of its own.

pub mod api;
pub mod assets;
mod body;
mod encoding;
mod forms;
mod functions;
mod health;
pub mod live;
mod metrics;
mod pages;
mod redact;
mod security;
mod session;
mod sign_in;
pub mod status;

use crate::hub::Hub;
use crate::services::Services;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::routing::{get, post};
use tower_http::CompressionLevel;
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
}

impl Server {
    /// Puts the parts together.
    pub fn new(services: Services, hub: Hub) -> Self {
        Self { services, hub }
    }
}

impl FromRef<Server> for Services {
    fn from_ref(server: &Server) -> Self {
        server.services.clone()
    }
}

/// The whole server: screens, server functions, forms, live stream, API, and the public side.
///
/// `public` is what [`public_router`] made: it is cloned rather than made twice, so that two addresses share their bytes.
pub fn router(server: &Server, public: Router) -> Router {
    // Screens spawn onto this runtime; a second router in one process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let inside = Router::new()
        .route("/fn/{*path}", post(functions::call))
        .route("/live", get(live::stream))
        .route("/sign-in", get(sign_in::ask))
        .route("/sign-in/{secret}", get(sign_in::show).post(sign_in::spend))
        .route("/sign-out", post(sign_in::leave))
        .route("/incidents", get(pages::page).post(forms::declare))
        .route("/incidents/{number}", get(pages::page).post(forms::command))
        .route(
            "/incidents/{number}/update",
            get(pages::page).post(forms::command),
        )
        .route(
            "/incidents/{number}/handover",
            get(pages::page).post(forms::command),
        )
        .route(
            "/incidents/{number}/close",
            get(pages::page).post(forms::command),
        )
        .route(
            "/incidents/{number}/redact",
            get(redact::show).post(redact::act),
        )
        .route("/people", get(pages::page).post(forms::house))
        .route("/components", get(pages::page).post(forms::house))
        .route("/settings", get(pages::page).post(forms::house))
        .route("/devices", get(pages::page).post(forms::house))
        .fallback(pages::page)
        .layer(axum::middleware::from_fn_with_state(
            server.clone(),
            session::recognise,
        ))
        .layer(security::same_origin())
        .layer(axum::middleware::from_fn(security::sign_in_without_origin))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(axum::middleware::from_fn(security::headers))
        // A long board shrinks to a tenth. Streams stay as they are: a packed event would arrive late.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(server.clone());
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::show))
        .with_state(server.clone())
        .merge(public)
        .merge(inside)
        .merge(api::router(server))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(
            security::after_panic,
        ))
        .layer(axum::middleware::from_fn(functions::in_their_shape))
        .layer(axum::middleware::from_fn(metrics::count))
}

/// The public side alone.
pub fn public_router(server: &Server) -> Router {
    let built = assets::manifest();
    let pages = status::router(status::Public {
        store: server.services.shared_store(),
        clock: server.services.clock(),
        moved: server.hub.public(),
        blanked: server.hub.blanked(),
        assets: status::Assets {
            css: format!("/pkg/{}", built.status_css),
            js: format!("/pkg/{}", built.status_js),
        },
        stop: server.hub.stop().clone(),
    });
    // Stylesheet and script come along: the second address must need nothing of the first.
    pages.route("/pkg/{*path}", get(assets::serve))
}
