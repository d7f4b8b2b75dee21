//! `GET /metrics`, and counting and logging every request by its route.

use super::Server;
use super::api::problem::ApiError;
use crate::metrics;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use tokio::time::Instant;

/// `GET /metrics`: figures for Prometheus, for whoever has a token of any scope.
pub async fn show(State(server): State<Server>, headers: HeaderMap) -> Response {
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    match server.services.bearer(token.trim()).await {
        Ok(Some(_)) => {}
        Ok(None) => return ApiError::BadToken.into_response(),
        Err(error) => return ApiError::from(error).into_response(),
    }
    let Some(handle) = metrics::start() else {
        return ApiError::Internal.into_response();
    };
    // What cannot be looked at now keeps its last figure: somebody may be looking because the database is away.
    if let Err(error) = metrics::look(&server.services).await {
        tracing::warn!(error = %error, "some figures are old");
    }
    handle.run_upkeep();
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4")],
        handle.render(),
    )
        .into_response()
}

/// Counts a request, and logs it at `debug`. By its route: an address may be a secret, such as a sign-in link.
pub async fn count(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(a screen)", MatchedPath::as_str)
        .to_owned();
    let begun = Instant::now();
    let response = next.run(request).await;
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    metrics::request(&route, status, took);
    tracing::debug!(%method, route, status, ms = took.as_millis(), "answered");
    response
}
