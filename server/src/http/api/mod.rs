//! The API under `/api/v1`: thin. It reads what comes in, asks the same services as the screens, and shows what came of it.
//! Tokens, not cookies; JSON, and problem+json for whatever went wrong.

mod call;
mod components;
mod edge;
mod idempotency;
mod if_match;
mod incidents;
mod input;
mod live;
mod look;
mod openapi;
mod people;
pub mod problem;
mod query;
mod settings;
mod shape;

use super::{LARGEST_BODY, Server};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{any, get};
use http::header::CONTENT_TYPE;
use problem::ApiError;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;

/// Every call, with what it says of itself.
fn calls() -> OpenApiRouter<Server> {
    let json = OpenApiRouter::with_openapi(openapi::head())
        .merge(incidents::routes())
        .merge(people::routes())
        .merge(components::routes())
        .merge(settings::routes())
        .merge(look::routes())
        .route_layer(from_fn(edge::speaks_json));
    json.merge(live::routes().route_layer(from_fn(edge::speaks_events)))
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = calls().into_openapi();
    openapi::complete(&mut document);
    document
}

/// The API, ready to be merged.
pub fn router(server: &Server) -> Router {
    let document = serde_json::to_string_pretty(&document()).unwrap_or_default();
    let (calls, _) = calls().split_for_parts();
    let calls = calls
        .route_layer(from_fn(idempotency::once))
        .route_layer(from_fn(edge::whole_body))
        .route_layer(from_fn_with_state(server.clone(), call::authenticate))
        .route(
            "/openapi.json",
            get(async || ([(CONTENT_TYPE, "application/json")], document)),
        )
        .method_not_allowed_fallback(async || ApiError::WrongMethod)
        .fallback(async || ApiError::NoSuchCall.into_response())
        .layer(CatchPanicLayer::custom(edge::after_panic))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(server.clone());
    Router::new()
        .nest("/api/v1", calls)
        // Nesting leaves this one address out.
        .route("/api/v1/", any(async || ApiError::NoSuchCall))
}
