//! Server functions: the app's own calls, answered in the app's own shape whatever happens to them on the way.

use super::body::{self, Unread};
use super::{Server, pages, security, session};
use app::AppError;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER,
};
use http::{HeaderMap, StatusCode};
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};

/// Where they are.
const BELOW: &str = "/fn/";

/// `POST /fn/…`: a server function.
pub async fn call(State(server): State<Server>, request: Request) -> Response {
    let viewer = session::viewer(&request);
    let (parts, body) = request.into_parts();
    match body::whole(&parts.headers, body).await {
        Ok(bytes) => {
            let request = Request::from_parts(parts, Body::from(bytes));
            leptos_axum::handle_server_fns_with_context(pages::inside(&server, viewer), request)
                .await
                .into_response()
        }
        Err(Unread::TooLarge) => security::plain_error(
            StatusCode::PAYLOAD_TOO_LARGE,
            "This is too much at once",
            TOO_LARGE,
        ),
        Err(Unread::CutOff) => security::plain_error(
            StatusCode::SERVICE_UNAVAILABLE,
            "It did not arrive whole",
            "The connection ended too early. Send it again.",
        ),
    }
}

const TOO_LARGE: &str = "This is too much at once: 4 MB can be sent. Your text is still here. Shorten it, or send it in parts.";

/// Puts what was answered before a function was reached (a layer's refusal, a panic, no such function) into the shape of
/// functions, so that the screen that called says what is the matter. Belongs outside of everything that may answer.
pub async fn in_their_shape(request: Request, next: Next) -> Response {
    let function = request.uri().path().starts_with(BELOW);
    let response = next.run(request).await;
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let marked = HeaderName::from_static(SERVER_FN_ERROR_HEADER);
    if !function || !failed || response.headers().contains_key(&marked) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_ENCODING);
    let json = HeaderValue::from_static("application/json");
    let seconds = seconds(&parts.headers);
    parts.headers.insert(CONTENT_TYPE, json);
    parts
        .headers
        .insert(marked, HeaderValue::from_static(BELOW));
    Response::from_parts(parts, Body::from(error(status, seconds).ser()))
}

/// After how many seconds it may be tried again.
fn seconds(headers: &HeaderMap) -> u64 {
    headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or_default()
}

/// What a status of ours means to a screen.
fn error(status: StatusCode, seconds: u64) -> AppError {
    let forbidden = |words: &str| AppError::Forbidden {
        words: words.to_owned(),
    };
    match status {
        // Nothing was done, so what waits may be sent again by itself.
        StatusCode::SERVICE_UNAVAILABLE => AppError::Unreachable {},
        StatusCode::UNAUTHORIZED => AppError::SignIn {},
        StatusCode::TOO_MANY_REQUESTS => AppError::TooOften { seconds },
        StatusCode::PAYLOAD_TOO_LARGE => forbidden(TOO_LARGE),
        StatusCode::FORBIDDEN => forbidden(security::FROM_ELSEWHERE),
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            forbidden("This page is from another version of Muster. Reload it.")
        }
        _ => AppError::Internal {},
    }
}
