//! The situation report: what the team knows, frozen when sent.

use super::Confidence;
use crate::directory::PersonRef;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// The sections that are filled in for the writer, frozen as text when the sitrep is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Auto {
    /// Who is here and in what role.
    pub people: String,
    /// The last word to customers.
    pub customers: String,
    /// When customers and the team hear next.
    pub promises: String,
    /// Links of the incident.
    pub links: String,
}

/// One version of the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitrep {
    /// 1 for the first of an incident.
    pub version: i64,
    /// The human one-liner, also the e-mail's subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// What we know. Facts only.
    pub situation: String,
    /// What customers notice.
    pub impact: String,
    /// What we think it is.
    pub hypothesis: String,
    /// How sure that is.
    #[serde(default)]
    pub confidence: Confidence,
    /// People, access, decisions that are missing.
    pub needs: String,
    /// When the next one is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_sitrep_by: Option<Time>,
    /// What was filled in for the writer.
    #[serde(default)]
    pub auto: Auto,
    /// One line from structured facts only.
    pub summary: String,
}

impl Sitrep {
    /// Every text with its field name, in reading order; what a diff compares.
    pub fn fields(&self) -> [(&'static str, &str); 10] {
        [
            ("headline", self.headline.as_deref().unwrap_or_default()),
            ("situation", &self.situation),
            ("impact", &self.impact),
            ("hypothesis", &self.hypothesis),
            (
                "confidence",
                if self.hypothesis.is_empty() {
                    ""
                } else {
                    self.confidence.label()
                },
            ),
            ("needs", &self.needs),
            ("people", &self.auto.people),
            ("customers", &self.auto.customers),
            ("promises", &self.auto.promises),
            ("links", &self.auto.links),
        ]
    }
}

/// The heading of a field on screens.
pub fn field_label(field: &str) -> &'static str {
    match field {
        "headline" => "Headline",
        "situation" => "Situation",
        "impact" => "Impact",
        "hypothesis" => "Hypothesis",
        "confidence" => "How sure",
        "needs" => "Needs",
        "people" => "People and roles",
        "customers" => "Customers last told",
        "promises" => "Next promises",
        "links" => "Links",
        "public_title" => "Public title",
        "state" => "State",
        "message" => "Message",
        "components" => "Components",
        "next_update_by" => "Next update by",
        _ => "Other",
    }
}

/// A sitrep with the envelope of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentSitrep {
    /// The report.
    #[serde(flatten)]
    pub sitrep: Sitrep,
    /// When it was sent.
    pub sent_at: Time,
    /// Who sent it.
    pub by: Option<PersonRef>,
}

/// What a person wrote in the sitrep half of the form. A field left out keeps its last text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SitrepDraft {
    /// The human one-liner; it is not carried over from the last sitrep.
    pub headline: Option<String>,
    /// What we know.
    pub situation: Option<String>,
    /// What customers notice.
    pub impact: Option<String>,
    /// What we think it is.
    pub hypothesis: Option<String>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// What is missing.
    pub needs: Option<String>,
    /// When the next one is promised; without it the severity's promise counts.
    pub next_sitrep_by: Option<Time>,
    /// The version the writer saw, 0 for none: should another sitrep have been sent since, this one is refused, so that
    /// nobody's words are overwritten unread. Left out, nothing is checked.
    pub after: Option<i64>,
}
