//! `GET /incidents/{number}/events`: the stream, as recorded.

use super::Numbered;
use crate::http::api::call::Reads;
use crate::http::api::input::Place;
use crate::http::api::problem::Answer;
use crate::http::api::query::{Meta, Paging, Query};
use crate::http::api::shape::Event;
use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Events on a page, unless the caller says otherwise.
const PAGE: i64 = 200;
/// The list's name in its cursors.
const LIST: &str = "events";

/// Events, the oldest first.
#[derive(Serialize, ToSchema)]
pub struct ManyEvents {
    events: Vec<Event>,
    meta: Meta,
}

/// Where to begin.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "only its description is used; Query reads the values"
)]
pub struct After {
    /// Only what has a position above this one; the same number goes on the live stream.
    after: Option<i64>,
}

/// List what happened
///
/// Everything, as it was recorded, the oldest first.
#[utoipa::path(
    get, path = "/incidents/{number}/events", tag = "Timeline", operation_id = "list_events",
    params(Numbered, After, Paging),
    responses((status = 200, description = "A page of events.", body = ManyEvents))
)]
pub async fn list(Reads(call): Reads, place: Place, mut query: Query) -> Answer {
    let after = query.number("after")?.unwrap_or_default();
    let limit = query.limit(PAGE)?;
    let version: i64 = query.cursor(LIST)?.unwrap_or_default();
    query.end()?;
    let incident = call.incident(place.number()?).await?;
    let number = incident.summary.number;
    // One more than is shown says whether there is another page.
    let store = call.services.store();
    let mut page = store.stream_page(number, version, after, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = page.len() > shown;
    page.truncate(shown);
    let next = page
        .last()
        .filter(|_| more)
        .map(|recorded| recorded.version);
    let events = page.iter().map(Event::from).collect();
    Ok(Json(ManyEvents {
        events,
        meta: Meta::next(LIST, next),
    })
    .into_response())
}
