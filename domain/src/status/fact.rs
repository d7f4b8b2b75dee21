//! The one door from inside to outside: which events customers may learn of, and what of them.

use super::{Affected, Impact, PublicState};
use crate::event::Recorded;
use crate::id::ComponentId;
use crate::incident::{IncidentEvent, Kind, WordSource};
use crate::time::Time;

/// The public part of an event.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicFact {
    /// The incident exists and may one day be public; nothing is shown of it yet.
    Begun {
        /// When it began for customers.
        started_at: Time,
    },
    /// It came from another status page.
    Imported {
        /// Its public title.
        title: String,
        /// How bad the source says it was.
        impact: Option<Impact>,
        /// Components the source names.
        components: Vec<ComponentId>,
        /// When it began; unknown in some sources.
        started_at: Option<Time>,
        /// When it was over; unknown in some sources.
        resolved_at: Option<Time>,
        /// True when it went on there.
        ongoing: bool,
        /// The code that the source's page has for it.
        code: Option<String>,
        /// When the source made it.
        created_at: Option<Time>,
        /// When the source changed it last.
        updated_at: Option<Time>,
    },
    /// The public title was set.
    Titled {
        /// The title.
        title: String,
    },
    /// The time it began was corrected.
    Started {
        /// When.
        at: Time,
    },
    /// Customers were told.
    Said {
        /// The update's id.
        id: String,
        /// Where it stands.
        state: PublicState,
        /// The words.
        message: String,
        /// Components named.
        components: Vec<Affected>,
        /// The promise.
        next_update_by: Option<Time>,
        /// Set by hand.
        impact: Option<Impact>,
        /// Where it came from, if it was imported with an id of its own.
        source: Option<WordSource>,
        /// When.
        at: Time,
    },
}

/// What customers may learn from an event; `None` for everything that stays inside. A drill has no facts at all: its
/// `declared` says so, and what follows without a beginning is nobody's.
pub fn fact(recorded: &Recorded) -> Option<PublicFact> {
    match &recorded.event {
        IncidentEvent::Declared {
            kind: Kind::Drill, ..
        } => None,
        IncidentEvent::Declared { started_at, .. } => Some(PublicFact::Begun {
            started_at: *started_at,
        }),
        IncidentEvent::Imported {
            title,
            impact,
            components,
            started_at,
            resolved_at,
            ongoing,
            source,
        } => Some(PublicFact::Imported {
            title: title.clone(),
            impact: *impact,
            components: components.clone(),
            started_at: *started_at,
            resolved_at: *resolved_at,
            ongoing: *ongoing,
            code: source.code().map(str::to_owned),
            created_at: source.created_at,
            updated_at: source.updated_at,
        }),
        IncidentEvent::PublicTitleChanged { title } => Some(PublicFact::Titled {
            title: title.clone(),
        }),
        IncidentEvent::StartedAtChanged { started_at } => {
            Some(PublicFact::Started { at: *started_at })
        }
        IncidentEvent::PublicUpdatePublished { update } => Some(PublicFact::Said {
            id: update.id.clone(),
            state: update.state,
            message: update.message.clone(),
            components: update.components.clone(),
            next_update_by: update.next_update_by,
            impact: update.impact,
            source: update.source.clone(),
            at: recorded.occurred_at,
        }),
        IncidentEvent::TitleChanged { .. }
        | IncidentEvent::SeverityChanged { .. }
        | IncidentEvent::PhaseChanged { .. }
        | IncidentEvent::Resolved { .. }
        | IncidentEvent::Closed {}
        | IncidentEvent::Cancelled { .. }
        | IncidentEvent::Merged { .. }
        | IncidentEvent::Reopened { .. }
        | IncidentEvent::RoleAssigned { .. }
        | IncidentEvent::RoleHandedOver { .. }
        | IncidentEvent::CommandTaken { .. }
        | IncidentEvent::RoleReleased { .. }
        | IncidentEvent::Reminded { .. }
        | IncidentEvent::Snoozed { .. }
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::Noted { .. }
        | IncidentEvent::UpdateRequested { .. }
        | IncidentEvent::Linked { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::SilenceDecided { .. }
        | IncidentEvent::SitrepSent { .. }
        | IncidentEvent::Redacted { .. } => None,
    }
}
