//! Blanking what must not stand in an incident, and finding it first. The text travels in bodies alone: addresses end up in
//! the logs of whatever stands between.

use super::Numbered;
use super::timeline::OneEvent;
use crate::http::api::call::Keeps;
use crate::http::api::idempotency::Unkept;
use crate::http::api::if_match::{Expected, etag};
use crate::http::api::input::{Body, Place};
use crate::http::api::problem::{Answer, ApiError};
use crate::services::{InDraft, Mailed, Places};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::incident::{Found, Hit, Redaction};
use http::StatusCode;
use http::header::ETAG;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to look for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Search {
    /// At least 3 characters. Found in any case, across line breaks, and with the marks of Markdown that nobody sees.
    #[schema(min_length = 3, example = "hunter2")]
    text: String,
}

/// What to blank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewRedaction {
    /// The versions of the events.
    #[schema(example = json!([4, 7]))]
    events: Vec<i64>,
    /// What is blanked in them; left out, every free text of theirs is.
    text: Option<String>,
    /// Why. It stays in the timeline, so it must not say what is blanked.
    #[schema(max_length = 20_000)]
    reason: String,
}

/// A text in which it stands.
#[derive(Serialize, ToSchema)]
struct FoundPlace {
    /// The event's version.
    version: i64,
    /// The event's kind.
    kind: &'static str,
    /// Which of its texts.
    field: &'static str,
    /// When it happened.
    occurred_at: DateTime<Utc>,
    /// Who wrote it; null for what an import brought.
    #[schema(required)]
    by: Option<String>,
    /// How often it stands there.
    times: usize,
    /// What stands before the first place.
    before: String,
    /// The first place, as it is written there.
    hit: String,
    /// What stands after it.
    after: String,
    /// Since when customers could read it; null when they could not.
    #[schema(required)]
    told_at: Option<DateTime<Utc>>,
}

/// A field of the shared draft in which it stands.
#[derive(Serialize, ToSchema)]
struct DraftPlace {
    /// The field, by its name in the form.
    field: String,
    /// Who wrote in it last.
    by: String,
    /// When.
    at: DateTime<Utc>,
    /// How often it stands there.
    times: usize,
    /// What stands before the first place.
    before: String,
    /// The first place, as it is written there.
    hit: String,
    /// What stands after it.
    after: String,
}

/// A mail that left with it. No redaction reaches it.
#[derive(Serialize, ToSchema)]
struct SentMail {
    /// Which sitrep it was; null for a reminder.
    #[schema(required)]
    sitrep: Option<i64>,
    /// Where it went.
    address: String,
    /// When the mail server took it.
    sent_at: DateTime<Utc>,
}

/// Where it stands, and where it went.
#[derive(Serialize, ToSchema)]
struct ManyPlaces {
    /// In what was recorded: name their versions to blank it there.
    places: Vec<FoundPlace>,
    /// In what is being written: blanking it blanks it there too.
    drafts: Vec<DraftPlace>,
    /// Mails that left with it, so far as the outbox remembers.
    mails: Vec<SentMail>,
}

/// Find a text
///
/// Every text of the incident in which it stands, later sitreps that kept it included, and every mail that left with it. Nothing of the question is kept. For
/// administrators.
#[utoipa::path(
    post, path = "/incidents/{number}/redactions/search", tag = "Redaction", operation_id = "find_text",
    params(Numbered), request_body = Search,
    responses((status = 200, description = "The places, the oldest first.", body = ManyPlaces))
)]
pub async fn search(
    Keeps(call): Keeps,
    place: Place,
    Body(Search { text }): Body<Search>,
) -> Answer {
    let number = place.number()?;
    let found = call.services.find_text(&call.person.id, number, &text);
    let found = found.await.map_err(|refusal| call.refused(refusal))?;
    Ok((Extension(Unkept), Json(ManyPlaces::from(found))).into_response())
}

/// Blank texts
///
/// The only change that is ever made to what was recorded: free texts of the named events become `[redacted]`, in the log
/// and in everything that was made from it. Roles, phases, times and order stay. What customers have read, what was sent, and
/// backups made before are out of reach. For administrators.
#[utoipa::path(
    post, path = "/incidents/{number}/redactions", tag = "Redaction", operation_id = "redact",
    params(Numbered), request_body = NewRedaction,
    responses((status = 201, description = "The redaction, as recorded.", body = OneEvent))
)]
pub async fn redact(
    Keeps(call): Keeps,
    place: Place,
    Expected(expected): Expected,
    Body(input): Body<NewRedaction>,
) -> Answer {
    let number = place.number()?;
    let redaction = Redaction {
        versions: input.events,
        secret: input.text,
        reason: input.reason,
    };
    let done = call
        .services
        .redact(&call.person.id, number, expected, redaction)
        .await
        .map_err(|refusal| call.refused(refusal))?
        .committed;
    let event = done.recorded.last().ok_or(ApiError::Internal)?;
    let version = etag(done.incident.summary.version);
    let event = OneEvent::of(event);
    Ok((StatusCode::CREATED, [(ETAG, version)], Json(event)).into_response())
}

impl From<Places> for ManyPlaces {
    fn from(found: Places) -> Self {
        Self {
            places: found.texts.into_iter().map(FoundPlace::from).collect(),
            drafts: found.drafted.into_iter().map(DraftPlace::from).collect(),
            mails: found.mailed.into_iter().map(SentMail::from).collect(),
        }
    }
}

impl From<InDraft> for DraftPlace {
    fn from(drafted: InDraft) -> Self {
        let [before, hit, after] = drafted.hit.snippet;
        Self {
            field: drafted.field,
            by: drafted.by,
            at: drafted.at,
            times: drafted.hit.times,
            before,
            hit,
            after,
        }
    }
}

impl From<Mailed> for SentMail {
    fn from(mailed: Mailed) -> Self {
        Self {
            sitrep: mailed.sitrep,
            address: mailed.address,
            sent_at: mailed.at,
        }
    }
}

impl From<Found> for FoundPlace {
    fn from(found: Found) -> Self {
        let Found {
            version,
            kind,
            field,
            at,
            by,
            hit:
                Hit {
                    times,
                    snippet: [before, hit, after],
                },
            told_at,
        } = found;
        Self {
            version,
            kind,
            field,
            occurred_at: at,
            by,
            times,
            before,
            hit,
            after,
            told_at,
        }
    }
}
