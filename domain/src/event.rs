//! What surrounds an event: when, by whom, where in the one order.

use crate::directory::{Directory, PersonRef};
use crate::id::{Number, PersonId};
use crate::incident::IncidentEvent;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// An event as it stands in the log, and as it travels (`GET …/events`, the live stream, exports).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Place in the order of everything, gapless, from 1.
    pub position: i64,
    /// The incident it belongs to.
    pub incident: Number,
    /// Place in the incident's own order, gapless, from 1.
    pub version: i64,
    /// When it happened; may be earlier than when it was recorded.
    pub occurred_at: Time,
    /// When the server was told.
    pub recorded_at: Time,
    /// Who did it; nobody for what an import brought.
    pub by: Option<PersonRef>,
    /// What happened: `kind` and `data` on the wire.
    #[serde(flatten)]
    pub event: IncidentEvent,
}

/// An event that a decision asks for, before it has a place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// When it happened, if not just now.
    pub occurred_at: Option<Time>,
    /// What happened.
    pub event: IncidentEvent,
}

impl From<IncidentEvent> for Proposed {
    fn from(event: IncidentEvent) -> Self {
        Self {
            occurred_at: None,
            event,
        }
    }
}

/// What a decision may know beside the incident: who acts, when, and what people and components there are.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who acts.
    pub by: &'a PersonId,
    /// The moment of the decision.
    pub now: Time,
    /// People, components, settings.
    pub directory: &'a Directory,
}
