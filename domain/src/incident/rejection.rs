//! Why a command was refused: typed, with words that say what would allow it.

use super::{Phase, Role};
use crate::id::Number;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule said no. The words are for people; [`Rejection::field`] names the input to blame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Rejection {
    /// The account's role does not allow it.
    #[error(
        "Your account may read and ask, but not do this. An administrator can make you a responder."
    )]
    ReadersOnlyAsk,
    /// Blanking what others wrote is for administrators.
    #[error(
        "Only an administrator may redact. Ask one, and say where it stands rather than what it is."
    )]
    AdministratorsRedact,
    /// The person is not known or has left.
    #[error("This account is not active any more. Ask an administrator.")]
    NotActive,
    /// Only some may end an incident.
    #[error(
        "Only the incident commander, the deputy or an administrator may {what}. Ask {ic}, or take command."
    )]
    NotInCharge {
        /// "close this incident".
        what: String,
        /// Who commands.
        ic: String,
    },
    /// Command moves by handover or by force.
    #[error(
        "Only {ic}, who is in command, hands command over. If nobody answers, take command by force, with a reason."
    )]
    NotInCommand {
        /// Who commands.
        ic: String,
    },
    /// Nobody may be without a commander.
    #[error(
        "Command cannot be given back, only handed over: an incident always has one commander."
    )]
    CommandStays,
    /// The commander cannot leave.
    #[error("You are in command. Hand over first, then leave.")]
    HandOverFirst,
    /// There is nothing to hand over.
    #[error("Nobody is {role}. Assign the role instead.")]
    RoleIsEmpty {
        /// Which.
        role: String,
    },
    /// The person has the role already.
    #[error("{name} is {role} already.")]
    HasRole {
        /// Who.
        name: String,
        /// Which.
        role: String,
    },
    /// The person is in already.
    #[error("{name} is here already.")]
    IsHere {
        /// Who.
        name: String,
    },
    /// The person is not in.
    #[error("{name} is not in this incident.")]
    IsNotHere {
        /// Who.
        name: String,
    },
    /// No such account.
    #[error("There is nobody called {text}. Use a handle such as @bo, or choose from the list.")]
    UnknownPerson {
        /// What was typed.
        text: String,
    },
    /// The account was closed.
    #[error("{name} has no access any more. Choose somebody else.")]
    PersonLeft {
        /// Who.
        name: String,
    },
    /// The account may only read and ask.
    #[error(
        "{name} may read and ask, but not hold a role. Choose somebody else, or ask an administrator to make {name} a responder."
    )]
    ReadersHoldNoRole {
        /// Who.
        name: String,
    },
    /// No such component.
    #[error(
        "There is no component called {text}. Add it under Components, or choose from the list."
    )]
    UnknownComponent {
        /// What was typed.
        text: String,
    },
    /// A backfilled record has no roles and no phases.
    #[error("This incident was recorded afterwards. It has no roles and no phases.")]
    Backfilled,
    /// A drill stays inside.
    #[error("This is a drill. Customers never hear of a drill; send the sitrep alone.")]
    DrillStaysInside,
    /// The table of phases does not have this step.
    #[error("{}", phase_words(*from, *to))]
    NoSuchStep {
        /// Where it is.
        from: Phase,
        /// Where it should go.
        to: Phase,
    },
    /// It is over.
    #[error("This incident is {}. Reopen it to go on.", phase.label().to_lowercase())]
    IsOver {
        /// Closed, cancelled or merged.
        phase: Phase,
    },
    /// Resolved already.
    #[error("This incident was resolved already. Reopen it if customers are affected again.")]
    IsResolved,
    /// Not over yet.
    #[error("This incident is not over: it is in {}. There is nothing to reopen.", phase.label())]
    NotOver {
        /// Where it is.
        phase: Phase,
    },
    /// It cannot be part of itself.
    #[error("An incident cannot be merged into itself. Give the number of the other one.")]
    MergeIntoItself,
    /// The other incident is over itself.
    #[error(
        "Incident {into} is {}. Choose one that goes on, or reopen it first.",
        phase.label().to_lowercase()
    )]
    MergeIntoOver {
        /// The other one.
        into: Number,
        /// Closed, cancelled or merged.
        phase: Phase,
    },
    /// A drill and something real.
    #[error("A drill and a live incident cannot be merged. Incident {into} is of the other kind.")]
    MergeOfTwoKinds {
        /// The other one.
        into: Number,
    },
    /// The value is what it is already.
    #[error("Nothing would change: {field} is that already.")]
    NoChange {
        /// The field's name on the wire.
        field: String,
    },
    /// A required text is empty.
    #[error("{} is missing. Write a few words.", field_name(field))]
    Missing {
        /// The field's name on the wire.
        field: String,
    },
    /// A text is too long.
    #[error(
        "{} is too long. It may have at most {max} characters.",
        field_name(field)
    )]
    TooLong {
        /// The field's name on the wire.
        field: String,
        /// The most it may have, in characters.
        max: usize,
    },
    /// A time is where it cannot be.
    #[error("{} is in the future. It is {} UTC now.", at.format("%H:%M"), now.format("%H:%M"))]
    InTheFuture {
        /// The time given.
        at: Time,
        /// The time it is.
        now: Time,
    },
    /// A promise for a time that has gone by.
    #[error("{} is in the past. It is {} UTC now. A promise must lie ahead.", at.format("%H:%M"), now.format("%H:%M"))]
    PromiseInThePast {
        /// The time given.
        at: Time,
        /// The time it is.
        now: Time,
        /// `next_update_by` or `next_sitrep_by`.
        field: String,
    },
    /// Two times are the wrong way round.
    #[error("It cannot be over before it began. It began {} UTC.", started_at.format("%-d %b, %H:%M"))]
    OverBeforeBegun {
        /// When it began.
        started_at: Time,
    },
    /// It began after it was over.
    #[error("It cannot have begun after it was over, {} UTC.", resolved_at.format("%-d %b, %H:%M"))]
    BegunAfterOver {
        /// When it was over.
        resolved_at: Time,
    },
    /// A link that is not one.
    #[error("“{url}” is not a link. It begins with http:// or https://.")]
    NotALink {
        /// What was typed.
        url: String,
    },
    /// No promise runs that could be put off.
    #[error("Nothing is promised just now: “{duty}” has no clock that runs.")]
    NothingPromised {
        /// What the clock is about.
        duty: String,
    },
    /// The form with both ticks off.
    #[error("Nothing is ticked. Choose the sitrep, the public update, or both.")]
    NothingToSend,
    /// Somebody was faster.
    #[error(
        "Sitrep {version} was sent by {by} at {} UTC while you wrote. Nothing was sent. See what changed, then send yours as sitrep {}.",
        at.format("%H:%M"),
        version + 1
    )]
    NewerSitrep {
        /// The version that came between.
        version: i64,
        /// Who sent it.
        by: String,
        /// When.
        at: Time,
    },
    /// A sitrep without a word.
    #[error("The sitrep is empty. Write what you know, even if it is little.")]
    EmptySitrep,
    /// Text that could not be understood.
    #[error("{words}")]
    Unreadable {
        /// What is wrong and what would be right.
        words: String,
        /// The field's name on the wire.
        field: String,
    },
}

impl Rejection {
    /// True when the person, not the input, is the reason (403 on the wire, 422 otherwise).
    pub fn is_forbidden(&self) -> bool {
        matches!(
            self,
            Self::ReadersOnlyAsk
                | Self::AdministratorsRedact
                | Self::NotActive
                | Self::NotInCharge { .. }
                | Self::NotInCommand { .. }
        )
    }

    /// True when the input was fine a moment ago (409 on the wire).
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::NewerSitrep { .. })
    }

    /// The input to blame, as it is called on the wire.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Missing { field }
            | Self::TooLong { field, .. }
            | Self::PromiseInThePast { field, .. }
            | Self::NoChange { field }
            | Self::Unreadable { field, .. } => Some(field),
            Self::UnknownPerson { .. }
            | Self::PersonLeft { .. }
            | Self::ReadersHoldNoRole { .. }
            | Self::IsHere { .. }
            | Self::IsNotHere { .. } => Some("person"),
            Self::HasRole { .. } | Self::RoleIsEmpty { .. } => Some("role"),
            Self::UnknownComponent { .. } => Some("components"),
            Self::NoSuchStep { .. } => Some("phase"),
            Self::NothingPromised { .. } => Some("clock"),
            Self::MergeIntoItself | Self::MergeIntoOver { .. } | Self::MergeOfTwoKinds { .. } => {
                Some("into")
            }
            Self::InTheFuture { .. } | Self::OverBeforeBegun { .. } => Some("at"),
            Self::BegunAfterOver { .. } => Some("started_at"),
            Self::NotALink { .. } => Some("url"),
            Self::EmptySitrep => Some("situation"),
            Self::DrillStaysInside => Some("public"),
            Self::ReadersOnlyAsk
            | Self::AdministratorsRedact
            | Self::NotActive
            | Self::NotInCharge { .. }
            | Self::NotInCommand { .. }
            | Self::CommandStays
            | Self::HandOverFirst
            | Self::Backfilled
            | Self::IsOver { .. }
            | Self::IsResolved
            | Self::NotOver { .. }
            | Self::NewerSitrep { .. }
            | Self::NothingToSend => None,
        }
    }
}

fn field_name(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        format!("The {}{}", first.to_lowercase(), chars.as_str())
    })
}

fn phase_words(from: Phase, to: Phase) -> String {
    match to {
        Phase::Cleanup => format!(
            "{} comes with resolving the incident. Resolve it.",
            to.label()
        ),
        Phase::Followup if from.is_open() => {
            "Follow up comes after clean up. Resolve the incident first.".to_owned()
        }
        Phase::Closed => format!(
            "An incident in {} cannot be closed. Resolve it first.",
            from.label()
        ),
        Phase::Cancelled => {
            format!(
                "An incident in {} cannot be cancelled: only one that was never resolved is a false alarm.",
                from.label()
            )
        }
        Phase::Merged => format!(
            "An incident in {} cannot be merged. Reopen it first.",
            from.label()
        ),
        Phase::Assess | Phase::Mitigate | Phase::Watch | Phase::Followup => {
            format!(
                "There is no way from {} to {}. Reopen the incident first.",
                from.label(),
                to.label()
            )
        }
    }
}

/// The role's noun for a sentence; here so that `decide` reads well.
pub(super) fn role_words(role: &Role) -> String {
    match role {
        Role::Ic => "in command".to_owned(),
        Role::Deputy
        | Role::Comms
        | Role::Scribe
        | Role::Liaison
        | Role::Lead(_)
        | Role::Custom(_) => role.noun(),
    }
}
