//! The public side in a process that has nothing else: the edge around it, and what whoever watches the process asks.

use super::status::{Standing, Watch, WithoutInside, alone};
use super::{Edge, assets, metrics, public_assets, security};
use crate::clock::Clock;
use crate::store::Store;
use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use http::StatusCode;
use std::io;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

/// Everything that a process with `--status-only` answers, and who can say how the front page stands.
pub async fn without_inside(
    kept: WithoutInside,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    base_url: String,
    stop: CancellationToken,
) -> io::Result<(Router, Watch)> {
    let edge = Edge::at(&base_url);
    let (pages, watch) = kept
        .serve(store, clock, base_url, public_assets(), stop)
        .await?;
    let health = Router::new()
        .route("/healthz", get(super::health::alive))
        .route("/readyz", get(ready))
        .with_state(watch.clone());
    let router = alone(pages.route("/pkg/{*path}", get(assets::serve)))
        .merge(health)
        .layer(CatchPanicLayer::custom(security::after_panic))
        .layer(from_fn_with_state(edge, security::headers))
        .layer(from_fn(metrics::count));
    Ok((router, watch))
}

/// `GET /readyz`: there is a page to show. An old one is one: whoever shares out requests must not turn away from it.
async fn ready(State(watch): State<Watch>) -> (StatusCode, String) {
    match watch.standing().await {
        Some(standing @ Standing { old: None, .. }) => {
            (StatusCode::OK, format!("ready\n{standing}\n"))
        }
        Some(standing) => (StatusCode::OK, format!("old\n{standing}\n")),
        None => (
            StatusCode::SERVICE_UNAVAILABLE,
            "There is no page to show: the database cannot be read, and nothing was kept.\n"
                .to_owned(),
        ),
    }
}
