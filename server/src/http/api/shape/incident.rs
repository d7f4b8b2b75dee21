//! An incident: its head, as lists show it, and the whole.

use super::{ComponentRef, PersonRef, PublicUpdate, Sitrep, View, words};
use chrono::{DateTime, Utc};
use domain::incident::{self, Holder, Progress};
use domain::{Kind, Phase, PublicState, Severity, Summary};
use serde::Serialize;
use utoipa::ToSchema;

/// Who has a role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleHolder {
    /// `ic`, `deputy`, `comms`, `scribe`, `liaison`, `lead:NAME` or a word of your own.
    #[schema(value_type = String, example = "comms")]
    role: String,
    /// Who.
    person: PersonRef,
    /// Since when.
    since: DateTime<Utc>,
}

/// The last sitrep in short; all of it is under `/sitreps/{version}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastSitrep {
    /// Its version.
    version: i64,
    /// The human one-liner.
    #[schema(required)]
    headline: Option<String>,
    /// When it was sent.
    sent_at: DateTime<Utc>,
    /// When the next one is promised.
    #[schema(required)]
    next_sitrep_by: Option<DateTime<Utc>>,
}

/// The last word to customers in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastUpdate {
    /// Where the incident stands for customers: the last state that was not a bare update.
    #[schema(value_type = words::PublicState)]
    state: PublicState,
    /// When it was published.
    published_at: DateTime<Utc>,
    /// When they hear next, as promised.
    #[schema(required)]
    next_update_by: Option<DateTime<Utc>>,
}

/// An incident as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentHead {
    /// What people call it by, and its address.
    #[schema(example = 142)]
    number: i64,
    /// The number as it is shown.
    #[schema(example = "INC-142")]
    tag: String,
    /// Where people look at it.
    url: String,
    /// How many events it has had; the `ETag`, and what `If-Match` is compared with.
    version: i64,
    /// The position of the last of them, for `after`.
    position: i64,
    /// What people inside call it.
    title: String,
    /// What customers read, once set.
    #[schema(required)]
    public_title: Option<String>,
    #[schema(value_type = words::Severity)]
    severity: Severity,
    #[schema(value_type = words::Kind)]
    kind: Kind,
    #[schema(value_type = words::Phase)]
    phase: Phase,
    /// Since when it stands there.
    phase_since: DateTime<Utc>,
    /// When it began; unknown for some that were imported.
    #[schema(required)]
    started_at: Option<DateTime<Utc>>,
    /// When it was declared.
    declared_at: DateTime<Utc>,
    /// When customers were well again.
    #[schema(required)]
    resolved_at: Option<DateTime<Utc>>,
    /// When it was closed.
    #[schema(required)]
    closed_at: Option<DateTime<Utc>>,
    /// Why it was cancelled, when it was.
    #[schema(required)]
    cancel_reason: Option<String>,
    /// The incident that it is part of, when it was merged.
    #[schema(required)]
    merged_into: Option<i64>,
    /// Who commands; nobody for backfilled ones.
    #[schema(required)]
    ic: Option<PersonRef>,
    /// Who does what.
    roles: Vec<RoleHolder>,
    #[schema(required)]
    last_sitrep: Option<LastSitrep>,
    #[schema(required)]
    last_update: Option<LastUpdate>,
    /// Since when the team has decided not to tell customers.
    #[schema(required)]
    silent_since: Option<DateTime<Utc>>,
}

/// A link for everybody in the incident.
#[derive(Debug, Serialize, ToSchema)]
pub struct Link {
    /// http or https.
    url: String,
    /// What it is.
    title: String,
}

/// Where an imported incident comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Source {
    /// The source's own id.
    id: String,
    /// Its page.
    #[schema(required)]
    url: Option<String>,
}

/// An incident, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct Incident {
    #[serde(flatten)]
    head: IncidentHead,
    /// The first sentence, given at declare.
    #[schema(required)]
    summary: Option<String>,
    /// Who is in, in the order they came.
    participants: Vec<PersonRef>,
    /// Links, the oldest first.
    links: Vec<Link>,
    /// Components the team believes are affected, with the status they have.
    components: Vec<ComponentRef>,
    /// The last sitrep, whole.
    #[schema(required)]
    sitrep: Option<Sitrep>,
    /// The last word to customers, whole.
    #[schema(required)]
    public: Option<PublicUpdate>,
    /// How many words customers have had.
    updates: i64,
    /// Where it was imported from.
    #[schema(required)]
    source: Option<Source>,
}

impl Incident {
    /// How many events it has had.
    pub fn version(&self) -> i64 {
        self.head.version
    }
}

impl View<'_> {
    /// An incident as lists show it.
    pub fn head(&self, summary: &Summary) -> IncidentHead {
        let Summary {
            number,
            version,
            position,
            title,
            public_title,
            severity,
            kind,
            progress,
            phase_since,
            started_at,
            declared_at,
            roles,
            last_word,
            silent_since,
            last_sitrep,
            // When it was reopened stands in the events; these two only move the clocks.
            reopened_at: _,
            told_over_at: _,
            // Who was reminded of what stands in the events too.
            reminders: _,
            snoozes: _,
        } = summary;
        let (cancel_reason, merged_into) = ending(progress);
        IncidentHead {
            number: number.0,
            tag: self.directory.tag(*number),
            url: format!("{}/incidents/{number}", self.base_url),
            version: *version,
            position: *position,
            title: title.clone(),
            public_title: public_title.clone(),
            severity: *severity,
            kind: *kind,
            phase: progress.phase(),
            phase_since: *phase_since,
            started_at: *started_at,
            declared_at: *declared_at,
            resolved_at: progress.resolved_at(),
            closed_at: progress.closed_at(),
            cancel_reason,
            merged_into,
            ic: summary.ic().map(|id| self.person(id)),
            roles: roles.iter().map(|holder| self.holder(holder)).collect(),
            last_sitrep: last_sitrep.as_ref().map(|last| LastSitrep {
                version: last.version,
                headline: last.headline.clone(),
                sent_at: last.at,
                next_sitrep_by: last.next_by,
            }),
            last_update: last_word.as_ref().map(|word| LastUpdate {
                state: word.state,
                published_at: word.at,
                next_update_by: word.next_by,
            }),
            silent_since: *silent_since,
        }
    }

    /// An incident, whole.
    pub fn incident(&self, incident: &domain::Incident) -> Incident {
        let domain::Incident {
            summary,
            participants,
            links,
            components,
            sitrep,
            word,
            words,
            first_sentence,
            source,
            // Only for the guard of the form.
            inside: _,
        } = incident;
        let link = |link: &incident::Link| Link {
            url: link.url.clone(),
            title: link.title.clone(),
        };
        let components = components.iter();
        Incident {
            head: self.head(summary),
            summary: first_sentence.clone(),
            participants: participants.iter().map(|id| self.person(id)).collect(),
            links: links.iter().map(link).collect(),
            components: components
                .map(|(id, status)| self.component(id, *status))
                .collect(),
            sitrep: sitrep.as_ref().map(Sitrep::from),
            public: word.as_ref().map(|sent| self.update(sent)),
            updates: *words,
            source: source.as_ref().map(|source| Source {
                id: source.id.clone(),
                url: source.url.clone(),
            }),
        }
    }

    fn holder(&self, holder: &Holder) -> RoleHolder {
        let Holder {
            role,
            person,
            since,
        } = holder;
        RoleHolder {
            role: role.to_string(),
            person: self.person(person),
            since: *since,
        }
    }
}

/// Why it was cancelled, or what it was merged into.
fn ending(progress: &Progress) -> (Option<String>, Option<i64>) {
    match progress {
        Progress::Cancelled { reason } => (Some(reason.clone()), None),
        Progress::Merged { into } => (None, Some(into.0)),
        Progress::Assess {}
        | Progress::Mitigate {}
        | Progress::Watch {}
        | Progress::Cleanup { .. }
        | Progress::Followup { .. }
        | Progress::Closed { .. } => (None, None),
    }
}
