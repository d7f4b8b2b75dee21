//! The small picture of an incident: what the board holds of each, and a row of the read model.

use super::{IncidentEvent, Kind, Phase, Progress, Role, Severity};
use crate::clock::ClockKind;
use crate::event::Recorded;
use crate::id::{Number, PersonId};
use crate::status::PublicState;
use crate::time::Time;
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// Who has a role, since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Which role.
    pub role: Role,
    /// Who has it.
    pub person: PersonId,
    /// Since when.
    pub since: Time,
}

/// The last word to customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastWord {
    /// When.
    pub at: Time,
    /// Where the incident stands for customers: the last state that was not a bare update.
    pub state: PublicState,
    /// When they hear next, as promised in that word.
    pub next_by: Option<Time>,
}

/// The last sitrep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSitrep {
    /// Its version.
    pub version: i64,
    /// When.
    pub at: Time,
    /// When the next one is promised.
    pub next_by: Option<Time>,
    /// Its one line.
    pub headline: Option<String>,
}

/// Somebody who was told of an overdue promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Which promise.
    pub clock: ClockKind,
    /// When it ended.
    pub due_at: Time,
    /// Who was told.
    pub person: PersonId,
    /// When.
    pub at: Time,
}

/// An overdue promise that is put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Which promise.
    pub clock: ClockKind,
    /// When reminding goes on.
    pub until: Time,
}

/// The small picture of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its number.
    pub number: Number,
    /// How many events it has had.
    pub version: i64,
    /// The position of the last of them.
    pub position: i64,
    /// What people inside call it.
    pub title: String,
    /// What customers read, once set.
    pub public_title: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// Live, drill or backfilled.
    pub kind: Kind,
    /// Where it stands.
    pub progress: Progress,
    /// Since when it stands there.
    pub phase_since: Time,
    /// When it began; unknown for some imported ones.
    pub started_at: Option<Time>,
    /// When it was declared.
    pub declared_at: Time,
    /// Who does what, in the order of the roles.
    pub roles: Vec<Holder>,
    /// When it was reopened last: promises to a team and to customers count from there again.
    #[serde(default)]
    pub reopened_at: Option<Time>,
    /// The last word to customers.
    pub last_word: Option<LastWord>,
    /// When customers were told that it is over, until another state takes that back. A bare update does not.
    #[serde(default)]
    pub told_over_at: Option<Time>,
    /// Since when the team has decided not to tell them.
    pub silent_since: Option<Time>,
    /// The last sitrep.
    pub last_sitrep: Option<LastSitrep>,
    /// Who was told of what is overdue, of each clock for its last promise only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Reminder>,
    /// What is put off, at most one for each clock.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snoozes: Vec<Snooze>,
}

impl Summary {
    /// Begins with `declared` or `imported`; `None` for any other event.
    pub fn begin(recorded: &Recorded) -> Option<Self> {
        let mut summary = Self {
            number: recorded.incident,
            version: recorded.version,
            position: recorded.position,
            title: String::new(),
            public_title: None,
            severity: Severity::Unset,
            kind: Kind::Backfilled,
            progress: Progress::Closed {
                resolved_at: None,
                closed_at: recorded.recorded_at,
            },
            phase_since: recorded.recorded_at,
            started_at: None,
            declared_at: recorded.occurred_at,
            roles: Vec::new(),
            reopened_at: None,
            last_word: None,
            told_over_at: None,
            silent_since: None,
            last_sitrep: None,
            reminders: Vec::new(),
            snoozes: Vec::new(),
        };
        if let IncidentEvent::Declared {
            title,
            severity,
            kind,
            started_at,
            ic,
            summary: _,
        } = &recorded.event
        {
            title.clone_into(&mut summary.title);
            summary.severity = *severity;
            summary.kind = *kind;
            summary.started_at = Some(*started_at);
            if *kind != Kind::Backfilled {
                summary.progress = Progress::Assess {};
            }
            if let Some(person) = ic {
                summary.give(Role::Ic, person, recorded.occurred_at);
            }
            return Some(summary);
        }
        if let IncidentEvent::Imported {
            title,
            started_at,
            resolved_at,
            ongoing,
            ..
        } = &recorded.event
        {
            title.clone_into(&mut summary.title);
            summary.public_title = Some(title.clone());
            summary.started_at = *started_at;
            if *ongoing {
                summary.kind = Kind::Live;
            }
            summary.progress = if *ongoing {
                Progress::Assess {}
            } else {
                Progress::Closed {
                    resolved_at: *resolved_at,
                    closed_at: recorded.recorded_at,
                }
            };
            return Some(summary);
        }
        None
    }

    /// Moves on by one event. Total: a stored event is a fact.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.version = recorded.version;
        self.position = recorded.position;
        let at = recorded.occurred_at;
        match &recorded.event {
            IncidentEvent::TitleChanged { title } => title.clone_into(&mut self.title),
            IncidentEvent::PublicTitleChanged { title } => self.public_title = Some(title.clone()),
            IncidentEvent::SeverityChanged { to, .. } => self.severity = *to,
            IncidentEvent::PhaseChanged { to, .. } => self.go(*to, at),
            IncidentEvent::Resolved { resolved_at } => {
                self.progress = Progress::Cleanup {
                    resolved_at: *resolved_at,
                };
                self.phase_since = recorded.recorded_at;
            }
            IncidentEvent::Closed {} => {
                self.progress = Progress::Closed {
                    resolved_at: self.progress.resolved_at(),
                    closed_at: at,
                };
                self.phase_since = at;
            }
            IncidentEvent::Cancelled { reason } => {
                self.progress = Progress::Cancelled {
                    reason: reason.clone(),
                };
                self.phase_since = at;
            }
            IncidentEvent::Merged { into } => {
                self.progress = Progress::Merged { into: *into };
                self.phase_since = at;
            }
            IncidentEvent::Reopened { to, .. } => {
                self.go(*to, at);
                self.reopened_at = Some(at);
                // Decided for an incident that was over; now it has to be decided again.
                self.silent_since = None;
            }
            IncidentEvent::StartedAtChanged { started_at } => self.started_at = Some(*started_at),
            IncidentEvent::RoleAssigned { role, person, .. } => self.give(role.clone(), person, at),
            IncidentEvent::RoleHandedOver { role, to, .. } => self.give(role.clone(), to, at),
            IncidentEvent::CommandTaken { to, .. } => self.give(Role::Ic, to, at),
            IncidentEvent::RoleReleased { role, .. } => self.roles.retain(|h| h.role != *role),
            IncidentEvent::Left { person } => self
                .roles
                .retain(|h| h.person != *person || h.role == Role::Ic),
            IncidentEvent::SilenceDecided { .. } => self.silent_since = Some(at),
            IncidentEvent::SitrepSent { sitrep } => {
                self.last_sitrep = Some(LastSitrep {
                    version: sitrep.version,
                    at,
                    next_by: sitrep.next_sitrep_by,
                    headline: sitrep.headline.clone(),
                });
            }
            IncidentEvent::PublicUpdatePublished { update } => {
                let before = self.last_word.as_ref().map(|word| word.state);
                let state = match update.state {
                    PublicState::Update => before.unwrap_or(PublicState::Update),
                    PublicState::Investigating
                    | PublicState::Identified
                    | PublicState::Monitoring
                    | PublicState::Resolved => update.state,
                };
                match update.state {
                    PublicState::Update => {}
                    PublicState::Resolved => self.told_over_at = Some(at),
                    PublicState::Investigating
                    | PublicState::Identified
                    | PublicState::Monitoring => self.told_over_at = None,
                }
                self.last_word = Some(LastWord {
                    at,
                    state,
                    next_by: update.next_update_by,
                });
                self.silent_since = None;
            }
            IncidentEvent::Reminded {
                clock,
                due_at,
                person,
            } => {
                self.reminders
                    .retain(|r| r.clock != *clock || r.due_at == *due_at);
                self.reminders.push(Reminder {
                    clock: *clock,
                    due_at: *due_at,
                    person: person.clone(),
                    at,
                });
            }
            IncidentEvent::Snoozed { clock, until, .. } => {
                self.reminders.retain(|r| r.clock != *clock);
                self.snoozes.retain(|s| s.clock != *clock);
                self.snoozes.push(Snooze {
                    clock: *clock,
                    until: *until,
                });
            }
            IncidentEvent::Declared { .. }
            | IncidentEvent::Imported { .. }
            | IncidentEvent::Joined { .. }
            | IncidentEvent::Noted { .. }
            | IncidentEvent::UpdateRequested { .. }
            | IncidentEvent::Linked { .. }
            | IncidentEvent::ComponentsAffected { .. }
            | IncidentEvent::Redacted { .. } => {}
        }
    }

    /// Since when it goes on: since it was declared, or reopened last.
    pub fn going_since(&self) -> Time {
        self.reopened_at
            .map_or(self.declared_at, |at| at.max(self.declared_at))
    }

    /// True when customers were told that it is over and it has not been reopened since: they wait for nothing more.
    pub fn is_told_over(&self) -> bool {
        let Some(word) = &self.last_word else {
            return false;
        };
        let told = self.told_over_at.unwrap_or(word.at);
        word.state == PublicState::Resolved && self.reopened_at.is_none_or(|at| at <= told)
    }

    /// True when nobody works on it as an incident any more, and customers still read that it goes on. Only for live ones:
    /// what was recorded afterwards or brought in promises nothing.
    pub fn leaves_customers_waiting(&self) -> bool {
        self.kind == Kind::Live
            && !self.progress.phase().is_open()
            && self
                .last_word
                .as_ref()
                .is_some_and(|word| word.state != PublicState::Resolved)
    }

    /// Until when reminding of a clock is put off, if it is.
    pub fn snoozed(&self, clock: ClockKind) -> Option<Time> {
        let snooze = self.snoozes.iter().find(|snooze| snooze.clock == clock);
        snooze.map(|snooze| snooze.until)
    }

    /// Who has a role.
    pub fn role(&self, role: &Role) -> Option<&Holder> {
        self.roles.iter().find(|holder| holder.role == *role)
    }

    /// The commander; nobody for backfilled ones.
    pub fn ic(&self) -> Option<&PersonId> {
        self.role(&Role::Ic).map(|holder| &holder.person)
    }

    /// T+: how long after it was declared a moment is, none before. Every screen that says T+ asks here. It says nothing of
    /// how long customers were affected, which may have begun earlier: that is `started_at` to `resolved_at`.
    pub fn t_plus(&self, at: Time) -> Duration {
        (at - self.declared_at).max(Duration::zero())
    }

    /// The roles that should have somebody.
    pub fn wanted_roles(&self) -> &'static [Role] {
        match self.severity {
            _ if !self.progress.phase().is_open() => &[],
            Severity::Sev1 => &[Role::Deputy, Role::Comms, Role::Scribe],
            Severity::Sev2 | Severity::Unset => &[Role::Comms],
            Severity::Sev3 | Severity::Sev4 => &[],
        }
    }

    /// The roles that should have somebody and have nobody.
    pub fn empty_roles(&self) -> Vec<Role> {
        self.wanted_roles()
            .iter()
            .filter(|role| self.role(role).is_none())
            .cloned()
            .collect()
    }

    fn give(&mut self, role: Role, person: &PersonId, since: Time) {
        self.roles.retain(|holder| holder.role != role);
        self.roles.push(Holder {
            role,
            person: person.clone(),
            since,
        });
        self.roles.sort_by(|a, b| a.role.cmp(&b.role));
    }

    fn go(&mut self, to: Phase, at: Time) {
        let resolved_at = self.progress.resolved_at().unwrap_or(at);
        self.progress = match to {
            Phase::Assess => Progress::Assess {},
            Phase::Watch => Progress::Watch {},
            Phase::Cleanup => Progress::Cleanup { resolved_at },
            Phase::Followup => Progress::Followup { resolved_at },
            // The other ends have events of their own; a stream that says otherwise goes on where people can act.
            Phase::Mitigate | Phase::Closed | Phase::Cancelled | Phase::Merged => {
                Progress::Mitigate {}
            }
        };
        self.phase_since = at;
    }
}
