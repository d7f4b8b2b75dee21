//! The whole picture of an incident: what the war room holds, on the server and in the browser.

use super::{IncidentEvent, PublicUpdate, Role, SentSitrep, Source, Summary};
use crate::directory::{Person, PersonRef};
use crate::event::{Context, Proposed, Recorded};
use crate::guard::Inside;
use crate::id::{ComponentId, PersonId};
use crate::status::{ComponentStatus, PublicState};
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A link of the incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// http or https.
    pub url: String,
    /// What it is.
    pub title: String,
}

/// A public update with the envelope of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentUpdate {
    /// What customers were told.
    #[serde(flatten)]
    pub update: PublicUpdate,
    /// When.
    pub published_at: Time,
    /// By whom; customers never see it.
    pub by: Option<PersonRef>,
}

/// The whole picture of an incident, without its history: small however long the incident lasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// What the board holds too.
    pub summary: Summary,
    /// Who is in, in the order they came.
    pub participants: Vec<PersonId>,
    /// Links, the oldest first.
    pub links: Vec<Link>,
    /// Components the team believes are affected, with the status they have.
    pub components: BTreeMap<ComponentId, ComponentStatus>,
    /// The last sitrep, whole.
    pub sitrep: Option<SentSitrep>,
    /// The last word to customers, whole.
    pub word: Option<SentUpdate>,
    /// How many words customers have had.
    pub words: i64,
    /// The first sentence given at declare.
    pub first_sentence: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// What its internal texts call machines, for the guard.
    #[serde(default)]
    pub inside: Inside,
}

impl Incident {
    /// Begins with `declared` or `imported`; `None` for any other event.
    pub fn begin(recorded: &Recorded) -> Option<Self> {
        let mut incident = Self {
            summary: Summary::begin(recorded)?,
            participants: Vec::new(),
            links: Vec::new(),
            components: BTreeMap::new(),
            sitrep: None,
            word: None,
            words: 0,
            first_sentence: None,
            source: None,
            inside: Inside::default(),
        };
        incident.inside.learn(&recorded.event);
        if let IncidentEvent::Declared { summary, .. } = &recorded.event {
            incident.first_sentence.clone_from(summary);
        }
        if let IncidentEvent::Imported { source, .. } = &recorded.event {
            incident.source = Some(source.clone());
        }
        if let Some(ic) = incident.summary.ic().cloned() {
            incident.participants.push(ic);
        }
        Some(incident)
    }

    /// Folds a whole stream.
    pub fn fold<'a>(stream: impl IntoIterator<Item = &'a Recorded>) -> Option<Self> {
        let mut stream = stream.into_iter();
        let mut incident = Self::begin(stream.next()?)?;
        stream.for_each(|recorded| incident.apply(recorded));
        Some(incident)
    }

    /// Moves on by one event. Total: a stored event is a fact.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.summary.apply(recorded);
        self.inside.learn(&recorded.event);
        match &recorded.event {
            IncidentEvent::RoleAssigned { person, .. }
            | IncidentEvent::Joined { person }
            | IncidentEvent::RoleHandedOver { to: person, .. }
            | IncidentEvent::CommandTaken { to: person, .. } => self.bring_in(person),
            IncidentEvent::Left { person } => self.participants.retain(|p| p != person),
            IncidentEvent::Linked { url, title } => {
                self.links.push(Link {
                    url: url.clone(),
                    title: title.clone(),
                });
            }
            IncidentEvent::ComponentsAffected { components } => {
                self.components = components
                    .iter()
                    .map(|a| (a.id.clone(), a.status))
                    .collect();
            }
            IncidentEvent::SitrepSent { sitrep } => {
                self.sitrep = Some(SentSitrep {
                    sitrep: sitrep.clone(),
                    sent_at: recorded.occurred_at,
                    by: recorded.by.clone(),
                });
            }
            IncidentEvent::PublicUpdatePublished { update } => {
                self.words += 1;
                for affected in &update.components {
                    self.components.insert(affected.id.clone(), affected.status);
                }
                if update.state == PublicState::Resolved {
                    self.components
                        .values_mut()
                        .for_each(|status| *status = ComponentStatus::Operational);
                }
                self.word = Some(SentUpdate {
                    update: update.clone(),
                    published_at: recorded.occurred_at,
                    by: recorded.by.clone(),
                });
            }
            IncidentEvent::Declared { .. }
            | IncidentEvent::Imported { .. }
            | IncidentEvent::TitleChanged { .. }
            | IncidentEvent::PublicTitleChanged { .. }
            | IncidentEvent::SeverityChanged { .. }
            | IncidentEvent::PhaseChanged { .. }
            | IncidentEvent::Resolved { .. }
            | IncidentEvent::Closed {}
            | IncidentEvent::Cancelled { .. }
            | IncidentEvent::Merged { .. }
            | IncidentEvent::Reopened { .. }
            | IncidentEvent::StartedAtChanged { .. }
            | IncidentEvent::RoleReleased { .. }
            | IncidentEvent::Noted { .. }
            | IncidentEvent::UpdateRequested { .. }
            | IncidentEvent::SilenceDecided { .. }
            | IncidentEvent::Reminded { .. }
            | IncidentEvent::Snoozed { .. }
            | IncidentEvent::Redacted { .. } => {}
        }
    }

    /// Moves on by an event that is only proposed yet, as it would be recorded now: for what is decided in one act, where
    /// the later part must know of the earlier.
    pub fn foresee(&mut self, proposed: &Proposed, ctx: &Context) {
        self.apply(&Recorded {
            position: self.summary.position,
            incident: self.summary.number,
            version: self.summary.version + 1,
            occurred_at: proposed.occurred_at.unwrap_or(ctx.now),
            recorded_at: ctx.now,
            by: ctx.directory.person(ctx.by).map(Person::as_ref),
            event: proposed.event.clone(),
        });
    }

    /// True when the person is in.
    pub fn is_in(&self, person: &PersonId) -> bool {
        self.participants.contains(person)
    }

    /// True when the person has the role.
    pub fn has_role(&self, person: &PersonId, role: &Role) -> bool {
        self.summary
            .role(role)
            .is_some_and(|holder| holder.person == *person)
    }

    fn bring_in(&mut self, person: &PersonId) {
        if !self.is_in(person) {
            self.participants.push(person.clone());
        }
    }
}
