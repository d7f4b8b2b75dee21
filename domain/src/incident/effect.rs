//! What must leave the incident when something happened, as data. Whoever carries it out (the public page, the room of who
//! has a duty now) asks here, so that nothing is sent from anywhere else.

use super::{Incident, IncidentEvent, Kind, Role};
use crate::clock::ClockKind;
use crate::event::Recorded;
use crate::id::PersonId;
use crate::status;
use crate::time::Time;

/// Something to carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// What customers see has changed: the ready pages are made anew and the public stream moves.
    ShowCustomers,
    /// A person has a duty now and must be told loudly.
    TellHolder {
        /// Who.
        person: PersonId,
        /// Which duty.
        role: Role,
    },
    /// A sitrep goes by mail to everybody who joined and to the incident list.
    ShareSitrep {
        /// Its version.
        version: i64,
    },
    /// A person is told of an overdue promise, in the room and by mail.
    Remind {
        /// Who.
        person: PersonId,
        /// Which promise.
        clock: ClockKind,
        /// When it ended.
        due_at: Time,
    },
}

/// What follows from an event, given the incident as it stands after it.
pub fn effects(incident: &Incident, recorded: &Recorded) -> Vec<Effect> {
    let mut effects = Vec::new();
    // A title or a start alone shows nothing before the first word; a drill never does.
    let shown = incident.words > 0 || incident.source.is_some();
    let told = matches!(recorded.event, IncidentEvent::Redacted { public: true, .. })
        || status::fact(recorded).is_some();
    if incident.summary.kind != Kind::Drill && shown && told {
        effects.push(Effect::ShowCustomers);
    }
    match &recorded.event {
        IncidentEvent::Declared {
            ic: Some(person), ..
        } => {
            effects.push(Effect::TellHolder {
                person: person.clone(),
                role: Role::Ic,
            });
        }
        IncidentEvent::RoleAssigned { role, person, .. }
        | IncidentEvent::RoleHandedOver {
            role, to: person, ..
        } => {
            effects.push(Effect::TellHolder {
                person: person.clone(),
                role: role.clone(),
            });
        }
        IncidentEvent::CommandTaken { to, .. } => {
            effects.push(Effect::TellHolder {
                person: to.clone(),
                role: Role::Ic,
            });
        }
        IncidentEvent::SitrepSent { sitrep } => {
            effects.push(Effect::ShareSitrep {
                version: sitrep.version,
            });
        }
        IncidentEvent::Reminded {
            clock,
            due_at,
            person,
        } => effects.push(Effect::Remind {
            person: person.clone(),
            clock: *clock,
            due_at: *due_at,
        }),
        IncidentEvent::Declared { ic: None, .. }
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
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::Noted { .. }
        | IncidentEvent::UpdateRequested { .. }
        | IncidentEvent::Linked { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::SilenceDecided { .. }
        | IncidentEvent::Snoozed { .. }
        | IncidentEvent::PublicUpdatePublished { .. }
        | IncidentEvent::Redacted { .. } => {}
    }
    effects
}
