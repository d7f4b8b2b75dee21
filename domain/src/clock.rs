//! Promises and the clocks that watch them. A clock is *due* in the last quarter of its promise or in its last five
//! minutes, whichever is longer; then it is overdue.

use crate::incident::{Rejection, Severity, Summary};
use crate::time::{Time, length};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What a promise may be, in minutes: up to seven days.
pub const MINUTES: RangeInclusive<i64> = 1..=10_080;

/// Reads minutes as they were typed. `field` is their name on the wire.
pub fn read_minutes(field: &str, typed: &str) -> Result<i64, Rejection> {
    let typed = typed.trim();
    let minutes = typed.parse().ok().filter(|m| MINUTES.contains(m));
    minutes.ok_or_else(|| not_minutes(field, typed, ""))
}

/// Reads a promise as it was typed; blank is none.
pub fn read_promise(field: &str, typed: &str) -> Result<Option<i64>, Rejection> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    read_minutes(field, typed)
        .map(Some)
        .map_err(|_| not_minutes(field, typed, OR_NONE))
}

const OR_NONE: &str = " Leave it empty for none.";

fn not_minutes(field: &str, typed: &str, or_else: &str) -> Rejection {
    Rejection::Unreadable {
        words: format!("“{typed}” is not a number of minutes from 1 to 10080.{or_else}"),
        field: field.to_owned(),
    }
}

/// How soon people hear, in minutes; `None` is no promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// First word to customers, or a recorded decision not to tell them.
    pub first_word: Option<i64>,
    /// Next word to customers.
    pub next_word: Option<i64>,
    /// Next sitrep.
    pub sitrep: Option<i64>,
    /// Time in command before a warning.
    pub command: Option<i64>,
}

/// The promises of each severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Promises {
    /// SEV 1.
    pub sev1: Promise,
    /// SEV 2.
    pub sev2: Promise,
    /// SEV 3.
    pub sev3: Promise,
    /// SEV 4.
    pub sev4: Promise,
    /// Not set.
    pub unset: Promise,
    /// Minutes until the severity must be set.
    pub severity_within: i64,
}

impl Default for Promises {
    /// The table of the contract.
    fn default() -> Self {
        let promise = |first, next, sitrep, command| Promise {
            first_word: Some(first),
            next_word: Some(next),
            sitrep: Some(sitrep),
            command: Some(command),
        };
        Self {
            sev1: promise(10, 30, 30, 120),
            sev2: promise(20, 60, 60, 180),
            sev3: promise(60, 240, 240, 480),
            sev4: Promise {
                first_word: None,
                next_word: None,
                sitrep: None,
                command: None,
            },
            unset: promise(15, 30, 30, 120),
            severity_within: 5,
        }
    }
}

impl Promises {
    /// The promises of one severity.
    pub fn of(&self, severity: Severity) -> &Promise {
        match severity {
            Severity::Sev1 => &self.sev1,
            Severity::Sev2 => &self.sev2,
            Severity::Sev3 => &self.sev3,
            Severity::Sev4 => &self.sev4,
            Severity::Unset => &self.unset,
        }
    }

    /// Refuses a promise that is none: less than a minute, or more than seven days.
    pub fn check(&self) -> Result<(), Rejection> {
        let within = |field: &str, minutes: i64, or_else: &str| {
            if MINUTES.contains(&minutes) {
                Ok(())
            } else {
                Err(not_minutes(field, &minutes.to_string(), or_else))
            }
        };
        for severity in Severity::ALL {
            let Promise {
                first_word,
                next_word,
                sitrep,
                command,
            } = self.of(severity);
            for (name, minutes) in [
                ("first_word", first_word),
                ("next_word", next_word),
                ("sitrep", sitrep),
                ("command", command),
            ] {
                if let Some(minutes) = minutes {
                    within(&format!("{}.{name}", severity.as_str()), *minutes, OR_NONE)?;
                }
            }
        }
        within("severity_within", self.severity_within, "")
    }

    /// The promises of one severity, to change them.
    pub fn of_mut(&mut self, severity: Severity) -> &mut Promise {
        match severity {
            Severity::Sev1 => &mut self.sev1,
            Severity::Sev2 => &mut self.sev2,
            Severity::Sev3 => &mut self.sev3,
            Severity::Sev4 => &mut self.sev4,
            Severity::Unset => &mut self.unset,
        }
    }
}

/// What a clock watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// How long one person has commanded.
    Command,
    /// The last word to customers.
    Customers,
    /// The last sitrep.
    Sitrep,
    /// A severity that nobody has set.
    Severity,
}

impl ClockKind {
    /// All of them, in the order of the strip.
    pub const ALL: [Self; 4] = [Self::Command, Self::Customers, Self::Sitrep, Self::Severity];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Customers => "customers",
            Self::Sitrep => "sitrep",
            Self::Severity => "severity",
        }
    }

    /// What somebody has to do about it.
    pub fn duty(self) -> &'static str {
        match self {
            Self::Command => "Hand over command",
            Self::Customers => "Tell customers",
            Self::Sitrep => "Send a sitrep",
            Self::Severity => "Set the severity",
        }
    }
}

impl FromStr for ClockKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let kind = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        kind.ok_or_else(|| {
            format!("“{text}” is not a clock. Use command, customers, sitrep or severity.")
        })
    }
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// The promise is past.
    Over,
    /// It runs out soon.
    Due,
    /// There is time.
    Fresh,
    /// Nothing is promised.
    Quiet,
}

/// One clock at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it watches.
    pub kind: ClockKind,
    /// How it stands.
    pub state: ClockState,
    /// Since when it runs.
    pub since: Time,
    /// When its promise ends.
    pub due_at: Option<Time>,
    /// The part of the promise already used, 0 to 100.
    pub used: u8,
}

impl Clock {
    fn new(kind: ClockKind, since: Time, due_at: Option<Time>, now: Time) -> Self {
        let Some(due) = due_at else {
            return Self {
                kind,
                state: ClockState::Quiet,
                since,
                due_at: None,
                used: 0,
            };
        };
        let promise = (due - since).max(Duration::zero());
        let left = due - now;
        let state = if left < Duration::zero() {
            ClockState::Over
        } else if left <= (promise / 4).max(Duration::minutes(5)) {
            ClockState::Due
        } else {
            ClockState::Fresh
        };
        let whole = promise.num_seconds().max(1);
        let used = ((now - since).num_seconds() * 100 / whole).clamp(0, 100);
        Self {
            kind,
            state,
            since,
            due_at,
            used: u8::try_from(used).unwrap_or(100),
        }
    }

    /// "Due in 3 min", "Overdue by 6 min"; `None` when nothing is promised.
    pub fn words(&self, now: Time) -> Option<String> {
        let due = self.due_at?;
        Some(match self.state {
            ClockState::Over => format!("Overdue by {}", length(now - due)),
            ClockState::Due | ClockState::Fresh | ClockState::Quiet => {
                format!("Due in {}", length(due - now))
            }
        })
    }
}

/// The clocks that run for an incident now, in the order of the strip. Resolved ones have none.
pub fn clocks(incident: &Summary, promises: &Promises, now: Time) -> Vec<Clock> {
    if !incident.progress.phase().is_open() {
        return Vec::new();
    }
    let promise = promises.of(incident.severity);
    let minutes = |from: Time, minutes: Option<i64>| minutes.map(|m| after(from, m));
    let mut clocks = Vec::with_capacity(4);
    let going = incident.going_since();
    if let Some(ic) = incident.role(&crate::Role::Ic) {
        let since = ic.since.max(going);
        clocks.push(Clock::new(
            ClockKind::Command,
            since,
            minutes(since, promise.command),
            now,
        ));
    }
    if incident.kind == crate::Kind::Live {
        clocks.push(customers(incident, promise, now));
    }
    // What a sitrep promised before a reopening ended with the incident then.
    let (since, by) = incident
        .last_sitrep
        .as_ref()
        .filter(|sitrep| sitrep.at >= going)
        .map_or((going, None), |s| (s.at, s.next_by));
    clocks.push(Clock::new(
        ClockKind::Sitrep,
        since,
        by.or_else(|| minutes(since, promise.sitrep)),
        now,
    ));
    if incident.severity == Severity::Unset {
        clocks.push(Clock::new(
            ClockKind::Severity,
            going,
            minutes(going, Some(promises.severity_within)),
            now,
        ));
    }
    clocks
}

/// So many minutes after a time. What was kept before it was checked may be any number, and no screen falls over it: then
/// it is as late, or as early, as a time can be.
pub fn after(from: Time, minutes: i64) -> Time {
    let end = if minutes < 0 {
        Time::MIN_UTC
    } else {
        Time::MAX_UTC
    };
    Duration::try_minutes(minutes)
        .and_then(|span| from.checked_add_signed(span))
        .unwrap_or(end)
}

fn customers(incident: &Summary, promise: &Promise, now: Time) -> Clock {
    let minutes = |from: Time, minutes: Option<i64>| minutes.map(|m| after(from, m));
    match (&incident.last_word, incident.silent_since) {
        (Some(word), _) if incident.is_told_over() => {
            Clock::new(ClockKind::Customers, word.at, None, now)
        }
        // They still read that it is over: the next word is due, counted from the reopening.
        (Some(word), _) if word.state == crate::PublicState::Resolved => {
            let since = word.at.max(incident.going_since());
            let by = word.next_by.or_else(|| minutes(since, promise.next_word));
            Clock::new(ClockKind::Customers, since, by, now)
        }
        (Some(word), _) => {
            let by = word.next_by.or_else(|| minutes(word.at, promise.next_word));
            Clock::new(ClockKind::Customers, word.at, by, now)
        }
        (None, Some(since)) => Clock::new(ClockKind::Customers, since, None, now),
        (None, None) => {
            let since = incident.going_since();
            Clock::new(
                ClockKind::Customers,
                since,
                minutes(since, promise.first_word),
                now,
            )
        }
    }
}
