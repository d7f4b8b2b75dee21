//! What people add to the timeline: notes, links, joining, asking. Each is one event, and the answer is that event.

use super::Numbered;
use crate::http::api::call::{Call, Writes};
use crate::http::api::if_match::{Expected, etag};
use crate::http::api::input::{Body, Moment, Place};
use crate::http::api::problem::{Answer, ApiError};
use crate::http::api::shape::Event;
use axum::Json;
use axum::response::IntoResponse;
use domain::{IncidentCommand, Recorded};
use http::StatusCode;
use http::header::ETAG;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One event.
#[derive(Serialize, ToSchema)]
pub struct OneEvent {
    event: Event,
}

impl OneEvent {
    /// An event, as it was recorded.
    pub fn of(recorded: &Recorded) -> Self {
        Self {
            event: recorded.into(),
        }
    }
}

/// Something to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewNote {
    /// Markdown.
    #[schema(max_length = 20_000)]
    text: String,
    /// When it happened, if not just now.
    at: Option<Moment>,
}

/// A link to share.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewLink {
    /// http or https.
    #[schema(example = "https://graphs.example.com/api")]
    url: String,
    /// What it is; the address itself if left out.
    title: Option<String>,
}

/// Who comes in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewParticipant {
    /// By id, handle or e-mail; the token's person if left out.
    #[schema(example = "bo")]
    person: Option<String>,
}

/// A wish to hear more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewRequest {
    /// A question, if there is one.
    question: Option<String>,
}

/// Write a note
#[utoipa::path(
    post, path = "/incidents/{number}/notes", tag = "Timeline", operation_id = "write_note",
    params(Numbered), request_body = NewNote,
    responses((status = 201, description = "The note, as recorded.", body = OneEvent))
)]
pub async fn note(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(NewNote { text, at }): Body<NewNote>,
) -> Answer {
    let at = at.map(|moment| moment.0);
    add(&call, &place, expected, IncidentCommand::Note { text, at }).await
}

/// Share a link
#[utoipa::path(
    post, path = "/incidents/{number}/links", tag = "Timeline", operation_id = "share_link",
    params(Numbered), request_body = NewLink,
    responses((status = 201, description = "The link, as recorded.", body = OneEvent))
)]
pub async fn link(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(NewLink { url, title }): Body<NewLink>,
) -> Answer {
    add(
        &call,
        &place,
        expected,
        IncidentCommand::Link { url, title },
    )
    .await
}

/// Join, or bring somebody in
#[utoipa::path(
    post, path = "/incidents/{number}/participants", tag = "Timeline", operation_id = "join_incident",
    params(Numbered), request_body(content = Option<NewParticipant>),
    responses((status = 201, description = "Who came in, as recorded.", body = OneEvent))
)]
pub async fn join(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(input): Body<NewParticipant>,
) -> Answer {
    let person = match input.person {
        Some(text) => call.person("person", &text)?,
        None => call.person.id.clone(),
    };
    add(&call, &place, expected, IncidentCommand::Join { person }).await
}

/// Ask for an update
///
/// Readers may, too.
#[utoipa::path(
    post, path = "/incidents/{number}/requests", tag = "Timeline", operation_id = "ask_for_update",
    params(Numbered), request_body(content = Option<NewRequest>),
    responses((status = 201, description = "The request, as recorded.", body = OneEvent))
)]
pub async fn ask(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(NewRequest { question }): Body<NewRequest>,
) -> Answer {
    add(
        &call,
        &place,
        expected,
        IncidentCommand::AskForUpdate { question },
    )
    .await
}

async fn add(call: &Call, place: &Place, expected: Expected, command: IncidentCommand) -> Answer {
    let done = call.execute(place.number()?, expected, command).await?;
    let event = done.recorded.last().ok_or(ApiError::Internal)?;
    let version = etag(done.incident.summary.version);
    Ok((
        StatusCode::CREATED,
        [(ETAG, version)],
        Json(OneEvent::of(event)),
    )
        .into_response())
}
