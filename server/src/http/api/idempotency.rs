//! `Idempotency-Key`: a call that comes twice happens once and is answered the same. Only what happened is remembered; a
//! refusal gives the key back, because nothing came of it. What changes an incident is known by the key from its own
//! transaction on, as what browsers send is: when a process ends before it answered, the next one that is asked answers in
//! its place. What is kept here is the answer, and that somebody is about to give it.

use super::call::Call;
use super::problem::ApiError;
use crate::ids::hash;
use crate::services::Services;
use crate::store::{Answer, Request as Reservation, Reserved};
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, OriginalUri, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use http::header::{CONTENT_TYPE, ETAG, HeaderName, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};

/// The header that carries the key.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that says that an answer is given again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The headers worth repeating.
const WORTH: [HeaderName; 3] = [CONTENT_TYPE, LOCATION, ETAG];
/// Longest key, in characters.
const LONGEST: usize = 255;
/// A request that took longer than this was cut off by the end of its process, in seconds. Longer than a database that
/// stalls is waited for; should it be alive all the same, one of the two commits and both answer that.
const CUT_OFF: i64 = 20;

/// What whoever comes too early hears.
const PENDING: &str = "The first request with this key is still being carried out, or its process ended. Come back in a moment for \
    its answer; should it have been cut off before anything was kept, it is then carried out.";

/// The body to remember in place of the one that is answered, where that one carries a secret.
#[derive(Clone)]
pub struct Kept(pub String);

/// Marks an answer that is not to be remembered at all: it changed nothing, and what it says is secret.
#[derive(Clone)]
pub struct Unkept;

/// Carries out a call with a key once.
pub async fn once(
    Extension(call): Extension<Call>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let key = match key(request.headers()) {
        Ok(None) => return next.run(request).await,
        Ok(Some(key)) => key,
        Err(error) => return error.into_response(),
    };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return ApiError::TooLarge.into_response();
    };
    let now = call.services.now();
    let reservation = Reservation {
        key,
        person: call.person.id.clone(),
        method: parts.method.to_string(),
        path: uri.path().to_owned(),
        body_hash: hash(&bytes),
        at: now,
    };
    let cut_off = now - Duration::seconds(CUT_OFF);
    let reserved = call.services.store().reserve(&reservation, cut_off).await;
    let replayed = match reserved {
        Ok(Reserved::Fresh) => false,
        Ok(Reserved::Done) => true,
        Ok(Reserved::Answered(answer)) => return again(answer),
        Ok(Reserved::Pending { .. }) => {
            return ApiError::InProgress(PENDING.to_owned()).into_response();
        }
        Ok(Reserved::Redacted) => return ApiError::AnswerRedacted.into_response(),
        Ok(Reserved::Different) => return ApiError::KeyReused.into_response(),
        Err(error) => return ApiError::from(error).into_response(),
    };
    let mut request = Request::from_parts(parts, Body::from(bytes));
    request
        .extensions_mut()
        .insert(call.keyed(reservation.once()));
    // A task of its own: the thing and its answer are finished also when the caller hangs up.
    let task = tokio::spawn(carry_out(call.services, reservation, request, next));
    let mut response = task
        .await
        .unwrap_or_else(|_| ApiError::Internal.into_response());
    if replayed {
        mark_replayed(&mut response);
    }
    response
}

fn key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(KEY) else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > LONGEST {
        let words = format!("A key has 1 to {LONGEST} visible ASCII characters. A UUID does well.");
        return Err(ApiError::invalid("Idempotency-Key", words));
    }
    Ok(Some(key.to_owned()))
}

async fn carry_out(
    services: Services,
    reservation: Reservation,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let keeps = response.extensions().get::<Unkept>().is_none();
    let (kept, response) = if keeps && response.status().is_success() {
        let (answer, response) = taken_down(response).await;
        (
            services.store().complete(&reservation, answer).await,
            response,
        )
    } else {
        (services.store().release(&reservation).await, response)
    };
    if let Err(error) = kept {
        // What was asked for is done; only the memory of it failed.
        tracing::error!(error = %error, "an idempotent answer was not kept");
    }
    response
}

/// What to remember of an answer, and the answer.
async fn taken_down(response: Response) -> (Answer, Response) {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let kept = parts.extensions.get::<Kept>().map(|kept| kept.0.clone());
    let headers = WORTH.iter().filter_map(|name| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    });
    let answer = Answer {
        status: parts.status.as_u16(),
        headers: headers.collect(),
        body: kept.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned()),
    };
    (answer, Response::from_parts(parts, Body::from(bytes)))
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    mark_replayed(&mut response);
    response
}

fn mark_replayed(response: &mut Response) {
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
}
