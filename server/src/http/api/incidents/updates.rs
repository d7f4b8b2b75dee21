//! `POST /incidents/{number}/updates`: the one form.

use super::Numbered;
use crate::http::api::call::{Call, Writes};
use crate::http::api::if_match::{Expected, etag};
use crate::http::api::input::{Body, Moment, Place};
use crate::http::api::problem::{Answer, ApiError};
use crate::http::api::shape::{PublicUpdate, Sitrep, words};
use crate::store::Committed;
use axum::Json;
use axum::response::IntoResponse;
use domain::incident::{PublicDraft, SentSitrep, SentUpdate, SitrepDraft};
use domain::status::Affected;
use domain::{
    ComponentStatus, Confidence, Impact, IncidentCommand, IncidentEvent, PublicState, Rejection,
};
use http::StatusCode;
use http::header::ETAG;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to send: the sitrep, the word to customers, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewUpdate {
    /// The internal half.
    sitrep: Option<NewSitrep>,
    /// The public half.
    public: Option<NewPublic>,
    /// Also resolve the incident.
    resolve: Option<bool>,
}

/// The internal half. A text that is left out keeps its last words; the headline is never kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewSitrep {
    /// The human one-liner.
    #[schema(max_length = 300)]
    headline: Option<String>,
    /// What we know. Markdown, as the fields below.
    #[schema(max_length = 200_000)]
    situation: Option<String>,
    /// What customers notice.
    #[schema(max_length = 200_000)]
    impact: Option<String>,
    /// What we think it is.
    #[schema(max_length = 200_000)]
    hypothesis: Option<String>,
    /// How sure that is.
    #[schema(value_type = Option<words::Confidence>)]
    confidence: Option<Confidence>,
    /// People, access, decisions that are missing.
    #[schema(max_length = 200_000)]
    needs: Option<String>,
    /// When the next one is promised; the severity's promise counts if left out.
    next_sitrep_by: Option<Moment>,
    /// The version the writer saw, 0 for none: should another sitrep have been sent since, this one is refused (409).
    after: Option<i64>,
}

/// The public half.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewPublic {
    /// Where the incident stands for customers.
    #[schema(value_type = words::PublicState)]
    state: PublicState,
    /// What they read. Markdown.
    #[schema(max_length = 20_000)]
    message: String,
    /// Components that change; one that is not named keeps its status.
    components: Option<Vec<NewStatus>>,
    /// When they hear next.
    next_update_by: Option<Moment>,
    /// The title that customers read, set or changed with this word.
    #[schema(max_length = 200)]
    title: Option<String>,
    /// Set by hand; otherwise derived from the components.
    #[schema(value_type = Option<words::Impact>)]
    impact: Option<Impact>,
}

/// A component with the status it has.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewStatus {
    /// Its id, or its exact name.
    id: Option<String>,
    /// Its exact name; in place of the id.
    #[schema(example = "API")]
    name: Option<String>,
    /// How it does.
    #[schema(value_type = words::ComponentStatus)]
    status: ComponentStatus,
}

/// What was sent.
#[derive(Serialize, ToSchema)]
pub struct Update {
    /// The sitrep, if one was sent.
    #[schema(required)]
    sitrep: Option<Sitrep>,
    /// The word to customers, if one was published.
    #[schema(required)]
    public: Option<PublicUpdate>,
}

/// One update.
#[derive(Serialize, ToSchema)]
pub struct OneUpdate {
    update: Update,
}

/// Send a sitrep, tell customers, or both
///
/// Both in one transaction: either both went out or neither did. Customers read it when this answers.
#[utoipa::path(
    post, path = "/incidents/{number}/updates", tag = "Updates", operation_id = "send_update",
    params(Numbered), request_body = NewUpdate,
    responses((status = 201, description = "What was sent.", body = OneUpdate))
)]
pub async fn send(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(input): Body<NewUpdate>,
) -> Answer {
    let command = IncidentCommand::Update {
        sitrep: input.sitrep.map(NewSitrep::draft),
        public: input.public.map(|public| public.draft(&call)).transpose()?,
        resolve: input.resolve.unwrap_or_default(),
    };
    let done = call.execute(place.number()?, expected, command).await?;
    let version = etag(done.incident.summary.version);
    let update = what_was_sent(&call, &done);
    Ok((
        StatusCode::CREATED,
        [(ETAG, version)],
        Json(OneUpdate { update }),
    )
        .into_response())
}

impl NewSitrep {
    fn draft(self) -> SitrepDraft {
        SitrepDraft {
            headline: self.headline,
            situation: self.situation,
            impact: self.impact,
            hypothesis: self.hypothesis,
            confidence: self.confidence,
            needs: self.needs,
            next_sitrep_by: self.next_sitrep_by.map(|moment| moment.0),
            after: self.after,
        }
    }
}

impl NewPublic {
    fn draft(self, call: &Call) -> Result<PublicDraft, ApiError> {
        let components = self.components.unwrap_or_default();
        Ok(PublicDraft {
            title: self.title,
            state: self.state,
            message: self.message,
            components: components
                .into_iter()
                .map(|one| one.affected(call))
                .collect::<Result<_, _>>()?,
            next_update_by: self.next_update_by.map(|moment| moment.0),
            impact: self.impact,
        })
    }
}

impl NewStatus {
    fn affected(self, call: &Call) -> Result<Affected, ApiError> {
        let text = self.id.or(self.name).ok_or_else(|| Rejection::Missing {
            field: "id".to_owned(),
        })?;
        Ok(Affected {
            id: call.component(&text)?,
            status: self.status,
        })
    }
}

/// The halves, as their events were recorded.
fn what_was_sent(call: &Call, done: &Committed) -> Update {
    let mut update = Update {
        sitrep: None,
        public: None,
    };
    for recorded in &done.recorded {
        let by = recorded.by.clone();
        if let IncidentEvent::SitrepSent { sitrep } = &recorded.event {
            let sent = SentSitrep {
                sitrep: sitrep.clone(),
                sent_at: recorded.occurred_at,
                by,
            };
            update.sitrep = Some(Sitrep::from(&sent));
        } else if let IncidentEvent::PublicUpdatePublished { update: word } = &recorded.event {
            let sent = SentUpdate {
                update: word.clone(),
                published_at: recorded.occurred_at,
                by,
            };
            update.public = Some(call.view().update(&sent));
        }
    }
    update
}
