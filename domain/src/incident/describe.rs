//! The one sentence of each event: timeline, e-mail, screen reader.

use super::{IncidentEvent, Role, Severity};
use crate::directory::Directory;
use crate::event::Recorded;
use crate::id::PersonId;
use crate::time::short;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A person's name.
    Name(String),
    /// What matters in the sentence.
    Strong(String),
    /// Everything else.
    Text(String),
}

/// A sentence without its full stop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sentence(pub Vec<Part>);

impl Sentence {
    fn name(mut self, name: impl Into<String>) -> Self {
        self.0.push(Part::Name(name.into()));
        self
    }

    fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Strong(text.into()));
        self
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Text(text.into()));
        self
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Name(text) | Part::Strong(text) | Part::Text(text) => f.write_str(text),
        })
    }
}

/// Says what happened. Free texts (a note, a sitrep's sections) are not in it; the timeline shows them below.
pub fn describe(recorded: &Recorded, directory: &Directory) -> Sentence {
    let who = recorded
        .by
        .as_ref()
        .map_or_else(|| nobody(&recorded.event), |by| by.name.clone());
    let by = |person: &PersonId| recorded.by.as_ref().is_some_and(|by| by.id == *person);
    let name = |person: &PersonId| directory.name(person);
    let now = recorded.recorded_at;
    let said = Sentence::default().name(who);
    match &recorded.event {
        IncidentEvent::Declared { severity, ic, .. } => {
            let said = said.text(" declared the incident").text(match severity {
                Severity::Unset => String::new(),
                Severity::Sev1 | Severity::Sev2 | Severity::Sev3 | Severity::Sev4 => {
                    format!(", {}", severity.label())
                }
            });
            match ic {
                Some(ic) if by(ic) => said.text(" and is in command"),
                Some(ic) => said.text("; ").name(name(ic)).text(" is in command"),
                None => said,
            }
        }
        IncidentEvent::Imported { source, .. } => {
            said.text(format!(" brought in record {}", source.id))
        }
        IncidentEvent::TitleChanged { title } => said.text(" changed the title to ").strong(title),
        IncidentEvent::PublicTitleChanged { title } => {
            said.text(" changed the public title to ").strong(title)
        }
        IncidentEvent::SeverityChanged { from, to } => {
            said.text(" set ").strong(to.label()).text(match from {
                Severity::Unset => String::new(),
                Severity::Sev1 | Severity::Sev2 | Severity::Sev3 | Severity::Sev4 => {
                    format!(", was {}", from.label())
                }
            })
        }
        IncidentEvent::PhaseChanged { to, .. } => said.text(" moved to ").strong(to.label()),
        IncidentEvent::Resolved { resolved_at } => {
            let since = if (now - *resolved_at).num_minutes() > 0 {
                format!(", over since {} UTC", short(*resolved_at, now))
            } else {
                String::new()
            };
            said.strong(" resolved").text(" the incident").text(since)
        }
        IncidentEvent::Closed {} => said.strong(" closed").text(" the incident"),
        IncidentEvent::Cancelled { reason } => said
            .strong(" cancelled")
            .text(format!(" the incident, a false alarm: {reason}")),
        IncidentEvent::Merged { into } => said
            .strong(" merged")
            .text(" the incident into ")
            .strong(directory.tag(*into)),
        IncidentEvent::Reopened { reason, to, .. } => said
            .strong(" reopened")
            .text(format!(" the incident in {}: {reason}", to.label())),
        IncidentEvent::StartedAtChanged { started_at } => said.text(format!(
            " set the beginning to {} UTC",
            short(*started_at, now)
        )),
        IncidentEvent::RoleAssigned { role, person, from } => {
            let said = match role {
                _ if by(person) => said.text(format!(" is {} now", role.noun())),
                Role::Ic
                | Role::Deputy
                | Role::Comms
                | Role::Scribe
                | Role::Liaison
                | Role::Lead(_)
                | Role::Custom(_) => said
                    .text(" made ")
                    .name(name(person))
                    .text(format!(" {}", role.noun())),
            };
            match from {
                Some(from) => said.text(", was ").name(name(from)),
                None => said,
            }
        }
        IncidentEvent::RoleHandedOver {
            role,
            from,
            to,
            reason,
        } => {
            let said = if by(from) {
                said.text(format!(" handed {} to ", role.noun()))
            } else {
                said.text(format!(" moved {} from ", role.noun()))
                    .name(name(from))
                    .text(" to ")
            };
            said.name(name(to)).text(format!(": {reason}"))
        }
        IncidentEvent::CommandTaken { from, reason, .. } => said
            .strong(" took command by force")
            .text(" from ")
            .name(name(from))
            .text(format!(": {reason}")),
        IncidentEvent::RoleReleased { role, person } => {
            if by(person) {
                said.text(format!(" gave back {}", role.noun()))
            } else {
                said.text(" released ")
                    .name(name(person))
                    .text(format!(" as {}", role.noun()))
            }
        }
        IncidentEvent::Joined { person } => {
            if by(person) {
                said.text(" joined")
            } else {
                said.text(" brought in ").name(name(person))
            }
        }
        IncidentEvent::Left { person } => {
            if by(person) {
                said.text(" left")
            } else {
                said.text(" noted that ").name(name(person)).text(" left")
            }
        }
        IncidentEvent::Noted { .. } => said,
        IncidentEvent::UpdateRequested { question: None } => said.text(" asked for an update"),
        IncidentEvent::UpdateRequested { question: Some(_) } => said.text(" asked"),
        IncidentEvent::Linked { title, .. } => said.text(" linked ").strong(title),
        IncidentEvent::ComponentsAffected { components } => {
            let said = said.text(" noted affected components: ");
            if components.is_empty() {
                return said.text("none");
            }
            said.text(list(components, directory))
        }
        IncidentEvent::SilenceDecided { reason } => {
            said.text(format!(" decided not to tell customers for now: {reason}"))
        }
        IncidentEvent::Reminded {
            clock,
            due_at,
            person,
        } => said
            .text(" reminded ")
            .name(name(person))
            .text(": ")
            .strong(clock.duty())
            .text(format!(", due {} UTC", short(*due_at, now))),
        IncidentEvent::Snoozed {
            clock,
            until,
            reason,
        } => said.text(format!(
            " put off “{}” until {} UTC: {reason}",
            clock.duty(),
            short(*until, now)
        )),
        IncidentEvent::SitrepSent { sitrep } => said
            .text(" sent ")
            .strong(format!("sitrep {}", sitrep.version)),
        IncidentEvent::PublicUpdatePublished { update } => {
            let said = said.text(" told customers: ").strong(update.state.label());
            match update.next_update_by {
                Some(by) => said.text(format!(". Next update promised by {} UTC", short(by, now))),
                None => said,
            }
        }
        IncidentEvent::Redacted {
            versions, reason, ..
        } => said.strong(" redacted").text(match versions.len() {
            1 => format!(" one entry: {reason}"),
            many => format!(" {many} entries: {reason}"),
        }),
    }
}

/// Who stands in the sentence when no person acted.
fn nobody(event: &IncidentEvent) -> String {
    match event {
        IncidentEvent::Reminded { .. } => "The clock".to_owned(),
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
        | IncidentEvent::RoleAssigned { .. }
        | IncidentEvent::RoleHandedOver { .. }
        | IncidentEvent::CommandTaken { .. }
        | IncidentEvent::RoleReleased { .. }
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::Noted { .. }
        | IncidentEvent::UpdateRequested { .. }
        | IncidentEvent::Linked { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::SilenceDecided { .. }
        | IncidentEvent::Snoozed { .. }
        | IncidentEvent::SitrepSent { .. }
        | IncidentEvent::PublicUpdatePublished { .. }
        | IncidentEvent::Redacted { .. } => "An import".to_owned(),
    }
}

fn list(components: &[crate::status::Affected], directory: &Directory) -> String {
    let words: Vec<String> = components
        .iter()
        .map(|affected| {
            let name = directory
                .component(&affected.id)
                .map_or("a former component", |c| c.name.as_str());
            format!("{name} {}", affected.status.label().to_lowercase())
        })
        .collect();
    words.join(", ")
}
