//! Everything a person can ask for in an incident, in the imperative. Raw as typed: [`super::decide()`] makes it fit.

use super::{Phase, Role, Severity, SitrepDraft};
use crate::clock::ClockKind;
use crate::id::{Number, PersonId};
use crate::status::{Affected, Impact, PublicState};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What a person wrote in the public half of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicDraft {
    /// A public title, when it is set or changed with this update.
    #[serde(default)]
    pub title: Option<String>,
    /// Where the incident stands for customers.
    pub state: PublicState,
    /// What they read.
    pub message: String,
    /// Components named in this update; one that is not named keeps its status.
    #[serde(default)]
    pub components: Vec<Affected>,
    /// When they hear next.
    #[serde(default)]
    pub next_update_by: Option<Time>,
    /// Set by hand; otherwise derived.
    #[serde(default)]
    pub impact: Option<Impact>,
}

/// The first word about an incident.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Declaration {
    /// The one required field.
    pub title: String,
    /// How bad, if known.
    pub severity: Severity,
    /// Live unless said otherwise.
    pub kind: super::Kind,
    /// A first sentence.
    pub summary: Option<String>,
    /// When it began, if not just now.
    pub started_at: Option<Time>,
    /// Who commands, if not the declarer.
    pub ic: Option<PersonId>,
}

/// Something a person asks for in an incident that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum IncidentCommand {
    /// Change the internal title.
    SetTitle {
        /// The new one.
        title: String,
    },
    /// Change the title that customers read.
    SetPublicTitle {
        /// The new one.
        title: String,
    },
    /// Say how bad it is.
    SetSeverity {
        /// How bad.
        severity: Severity,
    },
    /// Move to another phase.
    ChangePhase {
        /// Which.
        phase: Phase,
    },
    /// Say that customers are well again.
    Resolve {
        /// Since when; now if left out.
        at: Option<Time>,
    },
    /// Finish.
    Close {},
    /// Call it a false alarm.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Make it part of another incident.
    Merge {
        /// The other one.
        into: Number,
    },
    /// Go on after all.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Correct when it began.
    SetStartedAt {
        /// When.
        at: Time,
    },
    /// Give somebody a role that is free, or that its holder does not mind losing; command is handed over instead.
    AssignRole {
        /// Which.
        role: Role,
        /// To whom.
        person: PersonId,
    },
    /// Hand a role to somebody by name.
    HandOver {
        /// Which.
        role: Role,
        /// To whom.
        to: PersonId,
        /// Why.
        reason: String,
    },
    /// Take command without being handed it.
    TakeCommand {
        /// Why.
        reason: String,
    },
    /// Give a role back.
    ReleaseRole {
        /// Which.
        role: Role,
    },
    /// Come in, or bring somebody in.
    Join {
        /// Who.
        person: PersonId,
    },
    /// Go, or say that somebody went.
    Leave {
        /// Who.
        person: PersonId,
    },
    /// Say something.
    Note {
        /// Markdown.
        text: String,
        /// When it happened, if not just now.
        at: Option<Time>,
    },
    /// Ask for an update, or ask a question.
    AskForUpdate {
        /// The question.
        question: Option<String>,
    },
    /// Share a link.
    Link {
        /// http or https.
        url: String,
        /// What it is; the address itself if left out.
        title: Option<String>,
    },
    /// Say which components are affected, inside only.
    AffectComponents {
        /// Components with their status.
        components: Vec<Affected>,
    },
    /// Decide not to tell customers, for now.
    KeepSilent {
        /// Why.
        reason: String,
    },
    /// Hear of an overdue promise later.
    Snooze {
        /// Which clock.
        clock: ClockKind,
        /// For how long.
        minutes: i64,
        /// Why.
        reason: String,
    },
    /// The one form: a sitrep, a public update, or both, in one.
    Update {
        /// The internal half, if it is sent.
        sitrep: Option<SitrepDraft>,
        /// The public half, if it is published.
        public: Option<PublicDraft>,
        /// Also resolve the incident.
        #[serde(default)]
        resolve: bool,
    },
}
