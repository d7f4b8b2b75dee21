//! What was sent: situation reports and words to customers.

use super::{ComponentRef, PersonRef, View, words};
use chrono::{DateTime, Utc};
use domain::incident::{self, SentSitrep, SentUpdate};
use domain::{Confidence, Impact, PublicState};
use serde::Serialize;
use utoipa::ToSchema;

/// The sections that were filled in for the writer, frozen when the sitrep was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Auto {
    /// Who was here and in what role.
    people: String,
    /// The last word to customers.
    customers: String,
    /// When customers and the team hear next.
    promises: String,
    /// Links of the incident.
    links: String,
}

/// One version of the situation report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sitrep {
    /// 1 for the first of an incident.
    version: i64,
    /// The human one-liner.
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    /// What we know. Markdown, as the fields below.
    situation: String,
    /// What customers notice.
    impact: String,
    /// What we think it is.
    hypothesis: String,
    /// How sure that is.
    #[schema(value_type = words::Confidence)]
    confidence: Confidence,
    /// People, access, decisions that are missing.
    needs: String,
    /// When the next one is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_sitrep_by: Option<DateTime<Utc>>,
    /// What was filled in for the writer.
    auto: Auto,
    /// When it was sent.
    sent_at: DateTime<Utc>,
    /// Who sent it.
    #[schema(required)]
    by: Option<PersonRef>,
    /// One line from structured facts only.
    summary: String,
}

impl From<&SentSitrep> for Sitrep {
    fn from(sent: &SentSitrep) -> Self {
        let SentSitrep {
            sitrep,
            sent_at,
            by,
        } = sent.clone();
        let incident::Sitrep {
            version,
            headline,
            situation,
            impact,
            hypothesis,
            confidence,
            needs,
            next_sitrep_by,
            auto:
                incident::Auto {
                    people,
                    customers,
                    promises,
                    links,
                },
            summary,
        } = sitrep;
        Self {
            version,
            headline,
            situation,
            impact,
            hypothesis,
            confidence,
            needs,
            next_sitrep_by,
            auto: Auto {
                people,
                customers,
                promises,
                links,
            },
            sent_at,
            by: by.as_ref().map(PersonRef::from),
            summary,
        }
    }
}

/// A word to customers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicUpdate {
    /// "142-3": the third public word of incident 142.
    #[schema(example = "142-3")]
    id: String,
    /// Where the incident stands for customers.
    #[schema(value_type = words::PublicState)]
    state: PublicState,
    /// What they read. Markdown.
    message: String,
    /// Components named in it.
    components: Vec<ComponentRef>,
    /// When they hear next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_update_by: Option<DateTime<Utc>>,
    /// Where it was set by hand; otherwise it is derived from the components.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::Impact>)]
    impact: Option<Impact>,
    /// When it was published.
    published_at: DateTime<Utc>,
    /// Who published it; customers never see it.
    #[schema(required)]
    by: Option<PersonRef>,
}

impl View<'_> {
    /// A word to customers.
    pub fn update(&self, sent: &SentUpdate) -> PublicUpdate {
        let SentUpdate {
            update,
            published_at,
            by,
        } = sent;
        let incident::PublicUpdate {
            id,
            state,
            message,
            components,
            next_update_by,
            impact,
            source: _,
        } = update;
        PublicUpdate {
            id: id.clone(),
            state: *state,
            message: message.clone(),
            components: components
                .iter()
                .map(|one| self.component(&one.id, one.status))
                .collect(),
            next_update_by: *next_update_by,
            impact: *impact,
            published_at: *published_at,
            by: by.as_ref().map(PersonRef::from),
        }
    }
}
