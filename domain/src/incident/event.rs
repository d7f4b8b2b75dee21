//! Everything that can happen to an incident. These are facts, in the past tense, and their JSON is kept for ever:
//! `domain/tests/golden` holds one file for each kind, and changing one without an upcaster fails a test.

use super::{Kind, Phase, Role, Severity, Sitrep};
use crate::clock::ClockKind;
use crate::id::{ComponentId, Number, PersonId};
use crate::status::{Affected, Impact, PublicState, is_code};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Where an imported incident comes from, as its source names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The source's own id.
    pub id: String,
    /// Its id in the source's feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_id: Option<String>,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the source made it; unknown in most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Time>,
    /// When the source changed it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Time>,
}

impl Source {
    /// A source of which only the id is known.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            entry_id: None,
            url: None,
            created_at: None,
            updated_at: None,
        }
    }

    /// The code that its page has for it, which is the last part of its address there, whichever format told of it.
    pub fn code(&self) -> Option<&str> {
        let last = self.url.as_deref().and_then(|url| url.rsplit('/').next());
        [last, Some(self.id.as_str())]
            .into_iter()
            .flatten()
            .find(|text| is_code(text))
    }
}

/// Where an imported word came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordSource {
    /// The source's own id.
    pub id: String,
    /// When the source made it, which may be later than the time it is shown with.
    pub created_at: Time,
    /// When it was last edited there.
    pub updated_at: Time,
}

/// A word to customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicUpdate {
    /// "142-3": the third public word of incident 142. Empty until the number is known, see [`IncidentEvent::named`].
    pub id: String,
    /// Where the incident stands for customers.
    pub state: PublicState,
    /// What they read.
    pub message: String,
    /// Components named in this update, with their status.
    #[serde(default)]
    pub components: Vec<Affected>,
    /// When they hear next, as a promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_update_by: Option<Time>,
    /// Set by hand; otherwise derived from the components.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// Where it came from, if it was imported with an id of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<WordSource>,
}

/// Something that happened to an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum IncidentEvent {
    /// It was declared; who declared it, or was named, is in command from here on.
    Declared {
        /// What people inside call it.
        title: String,
        /// How bad, if known.
        severity: Severity,
        /// Live, drill or backfilled.
        kind: Kind,
        /// A first sentence, if one was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        summary: Option<String>,
        /// When it began.
        started_at: Time,
        /// In command; nobody for backfilled ones.
        ic: Option<PersonId>,
    },
    /// It came from another system, finished.
    Imported {
        /// Its public title, which is its title here too.
        title: String,
        /// Where it came from.
        source: Source,
        /// How bad it was for customers, as the source says.
        impact: Option<Impact>,
        /// Components the source names.
        components: Vec<ComponentId>,
        /// When it began; unknown in some sources.
        started_at: Option<Time>,
        /// When it was over; unknown in some sources.
        resolved_at: Option<Time>,
        /// True when it still went on there: it goes on here.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ongoing: bool,
    },
    /// The internal title changed.
    TitleChanged {
        /// The new one.
        title: String,
    },
    /// The title that customers read changed.
    PublicTitleChanged {
        /// The new one.
        title: String,
    },
    /// The severity changed.
    SeverityChanged {
        /// What it was.
        from: Severity,
        /// What it is.
        to: Severity,
    },
    /// The incident moved between phases without ending.
    PhaseChanged {
        /// Where it was.
        from: Phase,
        /// Where it is.
        to: Phase,
    },
    /// Customers are well again; clean up begins.
    Resolved {
        /// Since when.
        resolved_at: Time,
    },
    /// Done.
    Closed {},
    /// A false alarm.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// It is part of another incident.
    Merged {
        /// The other one.
        into: Number,
    },
    /// It is not over after all.
    Reopened {
        /// Why.
        reason: String,
        /// The phase it goes on in.
        to: Phase,
        /// The resolution that turned out not to be one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resolved_at: Option<Time>,
    },
    /// The time it began was corrected.
    StartedAtChanged {
        /// When it began.
        started_at: Time,
    },
    /// Somebody was given a role.
    RoleAssigned {
        /// Which.
        role: Role,
        /// To whom.
        person: PersonId,
        /// Who had it before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<PersonId>,
    },
    /// A role went from one person to another, by name and with a reason.
    RoleHandedOver {
        /// Which.
        role: Role,
        /// From whom.
        from: PersonId,
        /// To whom.
        to: PersonId,
        /// Why.
        reason: String,
    },
    /// Somebody took command without being handed it. Loud, and it stays visible.
    CommandTaken {
        /// From whom.
        from: PersonId,
        /// Who took it.
        to: PersonId,
        /// Why.
        reason: String,
    },
    /// Somebody gave a role back.
    RoleReleased {
        /// Which.
        role: Role,
        /// Who had it.
        person: PersonId,
    },
    /// Somebody came in.
    Joined {
        /// Who.
        person: PersonId,
    },
    /// Somebody went.
    Left {
        /// Who.
        person: PersonId,
    },
    /// Somebody said something.
    Noted {
        /// Markdown.
        text: String,
    },
    /// Somebody wants to know more.
    UpdateRequested {
        /// Their question, if they asked one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<String>,
    },
    /// A link for everybody.
    Linked {
        /// http or https.
        url: String,
        /// What it is.
        title: String,
    },
    /// What the team believes is affected; inside only, until a public update says so.
    ComponentsAffected {
        /// Components with the status they have.
        components: Vec<Affected>,
    },
    /// The team decided not to tell customers, for now.
    SilenceDecided {
        /// Why.
        reason: String,
    },
    /// A promise ran out and somebody was told so: its owner first, then the deputy, then the IC.
    Reminded {
        /// Which clock.
        clock: ClockKind,
        /// When the promise ended.
        due_at: Time,
        /// Who was told.
        person: PersonId,
    },
    /// Somebody wants to hear of an overdue promise later, and says why.
    Snoozed {
        /// Which clock.
        clock: ClockKind,
        /// When reminding goes on.
        until: Time,
        /// Why.
        reason: String,
    },
    /// A situation report went out.
    SitrepSent {
        /// The report.
        #[serde(flatten)]
        sitrep: Sitrep,
    },
    /// Customers were told.
    PublicUpdatePublished {
        /// What.
        #[serde(flatten)]
        update: PublicUpdate,
    },
    /// Texts of earlier events were blanked. What stood there is nowhere any more, and not here either.
    Redacted {
        /// The versions of those events.
        versions: Vec<i64>,
        /// Why.
        reason: String,
        /// True when one of the texts was for customers: their pages are made anew.
        public: bool,
    },
}

impl IncidentEvent {
    /// Gives a word to customers the id that it lacks: "142-3" is the third of incident 142. Whoever decides about an
    /// incident that is not there yet cannot know its number; the store does this when it gives the number out.
    #[must_use]
    pub fn named(mut self, number: Number, words_before: i64) -> Self {
        if let Self::PublicUpdatePublished { update } = &mut self
            && update.id.is_empty()
        {
            update.id = format!("{number}-{}", words_before + 1);
        }
        self
    }

    /// The name on the wire, also the `kind` column of the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Declared { .. } => "declared",
            Self::Imported { .. } => "imported",
            Self::TitleChanged { .. } => "title_changed",
            Self::PublicTitleChanged { .. } => "public_title_changed",
            Self::SeverityChanged { .. } => "severity_changed",
            Self::PhaseChanged { .. } => "phase_changed",
            Self::Resolved { .. } => "resolved",
            Self::Closed {} => "closed",
            Self::Cancelled { .. } => "cancelled",
            Self::Merged { .. } => "merged",
            Self::Reopened { .. } => "reopened",
            Self::StartedAtChanged { .. } => "started_at_changed",
            Self::RoleAssigned { .. } => "role_assigned",
            Self::RoleHandedOver { .. } => "role_handed_over",
            Self::CommandTaken { .. } => "command_taken",
            Self::RoleReleased { .. } => "role_released",
            Self::Joined { .. } => "joined",
            Self::Left { .. } => "left",
            Self::Noted { .. } => "noted",
            Self::UpdateRequested { .. } => "update_requested",
            Self::Linked { .. } => "linked",
            Self::ComponentsAffected { .. } => "components_affected",
            Self::SilenceDecided { .. } => "silence_decided",
            Self::Reminded { .. } => "reminded",
            Self::Snoozed { .. } => "snoozed",
            Self::SitrepSent { .. } => "sitrep_sent",
            Self::PublicUpdatePublished { .. } => "public_update_published",
            Self::Redacted { .. } => "redacted",
        }
    }
}
