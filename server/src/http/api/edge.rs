//! What holds for every call before its handler sees it: the form that is wanted back, and the size of what comes in.

use super::problem::ApiError;
use crate::http::LARGEST_BODY;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_LENGTH};
use std::any::Any;
use tokio_stream::StreamExt;

/// A body that is too large is still read up to here, and thrown away: a caller that is cut off in the middle of sending
/// sees a broken connection in place of the answer.
const PATIENCE: usize = 32 * 1024 * 1024;

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
    let said = parts
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > PATIENCE) {
        return ApiError::TooLarge.into_response();
    }
    match read(body).await {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(error) => error.into_response(),
    }
}

async fn read(body: Body) -> Result<Bytes, ApiError> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = stream.next().await {
        let cut_off =
            |_| ApiError::Malformed("The body ended too early. Send it again.".to_owned());
        let chunk = chunk.map_err(cut_off)?;
        length += chunk.len();
        if length > PATIENCE {
            break;
        }
        if length > LARGEST_BODY {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if length > LARGEST_BODY {
        Err(ApiError::TooLarge)
    } else {
        Ok(bytes.into())
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
