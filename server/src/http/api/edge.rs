//! What holds for every call before its handler sees it: the form that is wanted back, and the size of what comes in.

use super::problem::ApiError;
use crate::http::body::{self, Unread};
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::ACCEPT;
use std::any::Any;

/// Refuses callers that want something else than JSON.
pub async fn speaks_json(request: Request, next: Next) -> Response {
    const KINDS: [&str; 4] = [
        "*/*",
        "application/*",
        "application/json",
        "application/problem+json",
    ];
    if accepts(request.headers(), &KINDS) {
        next.run(request).await
    } else {
        ApiError::NotAcceptable {
            speaks: "application/json",
        }
        .into_response()
    }
}

/// Refuses callers that want something else than a stream of events.
pub async fn speaks_events(request: Request, next: Next) -> Response {
    if accepts(request.headers(), &["*/*", "text/*", "text/event-stream"]) {
        next.run(request).await
    } else {
        ApiError::NotAcceptable {
            speaks: "text/event-stream",
        }
        .into_response()
    }
}

/// True when one of the kinds is wanted, or nothing is said.
fn accepts(headers: &HeaderMap, kinds: &[&str]) -> bool {
    let mut wanted = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .peekable();
    if wanted.peek().is_none() {
        return true;
    }
    wanted.flat_map(|value| value.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default();
        let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        !refused && kinds.iter().any(|known| known.eq_ignore_ascii_case(kind))
    })
}

/// Reads the whole body before anything is done, and refuses one that is too large.
pub async fn whole_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match body::whole(&parts.headers, body).await {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(Unread::TooLarge) => ApiError::TooLarge.into_response(),
        Err(Unread::CutOff) => {
            ApiError::Malformed("The body ended too early. Send it again.".to_owned())
                .into_response()
        }
    }
}

/// The answer when a handler panics; what it was is in the log.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the panic over"
)]
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    tracing::error!(panic = words, "a call panicked");
    ApiError::Internal.into_response()
}
