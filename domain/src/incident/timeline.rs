//! The timeline: one entry for each event, placed at the time it happened.

use super::{IncidentEvent, Role, Sentence, describe};
use crate::directory::Directory;
use crate::event::Recorded;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// How loud an entry is, and which filter finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Somebody said something.
    Talk,
    /// Something happened.
    Event,
    /// Customers told, a sitrep, severity, command, an end: what a review looks at first.
    Key,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The position of its event, also its key on screens.
    pub position: i64,
    /// Its place in the incident.
    pub version: i64,
    /// When it happened.
    pub at: Time,
    /// When it was recorded, shown where that differs.
    pub recorded_at: Time,
    /// How loud it is.
    pub kind: EntryKind,
    /// The kind of event, for its icon.
    pub event: String,
    /// Who did it.
    pub by: Option<String>,
    /// The sentence.
    pub sentence: Sentence,
    /// Free text below it, as Markdown.
    pub body: Option<String>,
    /// An address the entry leads to: a link shared, a sitrep.
    pub href: Option<String>,
}

impl Entry {
    /// True when it was put in noticeably after it happened; then it says by whom and when.
    pub fn is_late(&self) -> bool {
        (self.recorded_at - self.at).num_seconds() >= 60
    }
}

/// The timeline's line for an event.
pub fn entry(recorded: &Recorded, directory: &Directory) -> Entry {
    let (kind, body, href) = match &recorded.event {
        IncidentEvent::Noted { text } => (EntryKind::Talk, Some(text.clone()), None),
        IncidentEvent::UpdateRequested { question } => (EntryKind::Talk, question.clone(), None),
        IncidentEvent::Declared { summary, .. } => (EntryKind::Key, summary.clone(), None),
        IncidentEvent::SitrepSent { sitrep } => (
            EntryKind::Key,
            sitrep.headline.clone(),
            Some(format!(
                "/incidents/{}/sitreps/{}",
                recorded.incident, sitrep.version
            )),
        ),
        IncidentEvent::PublicUpdatePublished { update } => {
            (EntryKind::Key, Some(update.message.clone()), None)
        }
        IncidentEvent::Linked { url, .. } => (EntryKind::Event, None, Some(url.clone())),
        IncidentEvent::RoleAssigned { role: Role::Ic, .. }
        | IncidentEvent::RoleHandedOver { role: Role::Ic, .. } => (EntryKind::Key, None, None),
        IncidentEvent::SeverityChanged { .. }
        | IncidentEvent::CommandTaken { .. }
        | IncidentEvent::Resolved { .. }
        | IncidentEvent::Closed {}
        | IncidentEvent::Cancelled { .. }
        | IncidentEvent::Merged { .. }
        | IncidentEvent::Reopened { .. }
        | IncidentEvent::Imported { .. }
        | IncidentEvent::SilenceDecided { .. }
        | IncidentEvent::Redacted { .. } => (EntryKind::Key, None, None),
        IncidentEvent::TitleChanged { .. }
        | IncidentEvent::PublicTitleChanged { .. }
        | IncidentEvent::PhaseChanged { .. }
        | IncidentEvent::StartedAtChanged { .. }
        | IncidentEvent::RoleAssigned { .. }
        | IncidentEvent::RoleHandedOver { .. }
        | IncidentEvent::RoleReleased { .. }
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::Reminded { .. }
        | IncidentEvent::Snoozed { .. } => (EntryKind::Event, None, None),
    };
    Entry {
        position: recorded.position,
        version: recorded.version,
        at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        kind,
        event: recorded.event.kind().to_owned(),
        by: recorded.by.as_ref().map(|by| by.name.clone()),
        sentence: describe(recorded, directory),
        body,
        href,
    }
}
