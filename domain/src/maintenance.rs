//! Planned maintenance: told to customers before it happens, begun and ended by the clock or by hand. Everything in it but its
//! owner and its reminders is for customers, from the moment it is scheduled.

mod repeat;
mod steps;

pub use repeat::Repeat;
pub use steps::Step;

use crate::id::{ComponentId, PersonId};
use crate::incident::Rejection;
use crate::status::code;
use crate::text;
use crate::time::Time;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The longest a window may be, in days.
const LONGEST_DAYS: i64 = 31;
/// The most minutes before the beginning that somebody is reminded: a week.
const REMIND_MOST: i64 = 7 * 24 * 60;

/// The number of a maintenance, from 1, in the order in which they were scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MaintenanceNumber(pub i64);

impl fmt::Display for MaintenanceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a maintenance stands. The first four are Statuspage's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaintenanceState {
    /// It lies ahead.
    Scheduled,
    /// It is under way.
    InProgress,
    /// The work is done; somebody looks whether it holds.
    Verifying,
    /// It is over.
    Completed,
    /// It does not take place, or was broken off.
    Cancelled,
}

impl MaintenanceState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Scheduled,
        Self::InProgress,
        Self::Verifying,
        Self::Completed,
        Self::Cancelled,
    ];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::InProgress => "in_progress",
            Self::Verifying => "verifying",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scheduled => "Scheduled",
            Self::InProgress => "In progress",
            Self::Verifying => "Verifying",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
        }
    }

    /// True while its components are taken down on purpose.
    pub fn is_active(self) -> bool {
        matches!(self, Self::InProgress | Self::Verifying)
    }

    /// True when nothing follows any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }

    /// Where it may stand next; staying where it is is always possible until it is over.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Scheduled => &[Self::InProgress, Self::Cancelled],
            Self::InProgress => &[Self::Verifying, Self::Completed, Self::Cancelled],
            Self::Verifying => &[Self::InProgress, Self::Completed],
            Self::Completed | Self::Cancelled => &[],
        }
    }
}

impl FromStr for MaintenanceState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| {
            format!("“{text}” is not a state of a maintenance. Use scheduled, in_progress, verifying, completed or cancelled.")
        })
    }
}

/// A word to customers about a maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceWord {
    /// Where it stood then.
    pub state: MaintenanceState,
    /// What was said.
    pub message: String,
    /// When.
    pub at: Time,
    /// The id under which the page that it came from has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What somebody decides when they schedule a maintenance, or change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is, for customers.
    pub title: String,
    /// Which components it takes down.
    pub components: Vec<ComponentId>,
    /// When it begins.
    pub from: Time,
    /// When it is to be over.
    pub to: Time,
    /// It begins by itself.
    pub starts_itself: bool,
    /// It is completed by itself at its end.
    pub ends_itself: bool,
    /// So many minutes before it begins its owner is reminded.
    pub remind_before: Option<i64>,
    /// It comes again.
    pub repeat: Option<Repeat>,
}

/// A planned maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// Its number.
    pub number: MaintenanceNumber,
    /// How often it was changed, from 1. Whoever changes it names the one that they saw.
    pub revision: i64,
    /// What was decided.
    #[serde(flatten)]
    pub plan: Plan,
    /// The beginning from which repeating ones are counted: the 31st stays the 31st after a short month.
    pub anchor: Time,
    /// Where it stands.
    pub state: MaintenanceState,
    /// What customers were told, the oldest first.
    pub words: Vec<MaintenanceWord>,
    /// Who scheduled it, and is reminded. Not for customers.
    pub owner: Option<PersonId>,
    /// When its owner was reminded that it begins.
    pub reminded_at: Option<Time>,
    /// When its owner was reminded that it should be over.
    pub overdue_at: Option<Time>,
    /// When it really began.
    pub began_at: Option<Time>,
    /// When it was really over, or cancelled.
    pub ended_at: Option<Time>,
    /// When it was scheduled.
    pub created_at: Time,
    /// When anything of it changed last.
    pub updated_at: Time,
    /// The id under which the page that it came from has it.
    pub code: Option<String>,
}

impl Plan {
    /// Takes what was typed as it is to be kept.
    ///
    /// # Errors
    /// What cannot stand, with the field.
    pub fn checked(mut self) -> Result<Self, Rejection> {
        self.title = text::required_line("title", &self.title, text::TITLE)?;
        let wrong = |field: &str, words: &str| {
            Err(Rejection::Unreadable {
                words: words.to_owned(),
                field: field.to_owned(),
            })
        };
        if self.to <= self.from {
            return wrong("to", "It ends before it begins. Choose a later end.");
        }
        if self.to - self.from > TimeDelta::days(LONGEST_DAYS) {
            return wrong(
                "to",
                "A window is at most 31 days long. Choose an earlier end.",
            );
        }
        if self
            .remind_before
            .is_some_and(|minutes| !(1..=REMIND_MOST).contains(&minutes))
        {
            return wrong(
                "remind_before",
                "A reminder comes between a minute and a week before the beginning.",
            );
        }
        let length = self.to - self.from;
        if self.repeat.is_some_and(|repeat| length > repeat.shortest()) {
            return wrong("repeat", "It would begin again before it is over.");
        }
        let mut seen = Vec::new();
        self.components.retain(|id| {
            let new = !seen.contains(id);
            seen.push(id.clone());
            new
        });
        Ok(self)
    }
}

impl Maintenance {
    /// Schedules one. Its number is given out when it is kept.
    ///
    /// # Errors
    /// What cannot stand in the plan or the message, or a beginning that is past.
    pub fn schedule(
        plan: Plan,
        message: &str,
        owner: Option<PersonId>,
        now: Time,
    ) -> Result<Self, Rejection> {
        let plan = plan.checked()?;
        if plan.to <= now {
            return Err(Rejection::Unreadable {
                words: "This window is over already. Choose one that lies ahead.".to_owned(),
                field: "to".to_owned(),
            });
        }
        let message = text::required_text("message", message, text::MESSAGE)?;
        let mut new = Self::new(plan, owner, now);
        new.say(MaintenanceState::Scheduled, message, now);
        Ok(new)
    }

    /// One of which nothing was said yet.
    pub fn new(plan: Plan, owner: Option<PersonId>, now: Time) -> Self {
        Self {
            number: MaintenanceNumber(0),
            revision: 1,
            anchor: plan.from,
            plan,
            state: MaintenanceState::Scheduled,
            words: Vec::new(),
            owner,
            reminded_at: None,
            overdue_at: None,
            began_at: None,
            ended_at: None,
            created_at: now,
            updated_at: now,
            code: None,
        }
    }

    /// Changes the plan. What is under way keeps its beginning. A message, if there is one, tells customers.
    ///
    /// # Errors
    /// When it is over, or what cannot stand in the plan.
    pub fn change(&mut self, mut plan: Plan, message: &str, now: Time) -> Result<(), Rejection> {
        self.open()?;
        if self.state.is_active() {
            plan.from = self.plan.from;
        }
        let plan = plan.checked()?;
        let message = text::optional_text("message", message, text::MESSAGE)?;
        if plan.from != self.plan.from || plan.remind_before != self.plan.remind_before {
            self.reminded_at = None;
        }
        if plan.to != self.plan.to {
            self.overdue_at = None;
        }
        if plan.from != self.plan.from {
            self.anchor = plan.from;
        }
        self.plan = plan;
        if !message.is_empty() {
            self.say(self.state, message, now);
        }
        self.touch(now);
        Ok(())
    }

    /// Tells customers something, and moves it on.
    ///
    /// # Errors
    /// When it is over, or cannot go there from where it stands, or nothing is said.
    pub fn tell(
        &mut self,
        state: MaintenanceState,
        message: &str,
        now: Time,
    ) -> Result<(), Rejection> {
        self.open()?;
        if state != self.state && !self.state.next().contains(&state) {
            return Err(Rejection::Unreadable {
                words: format!(
                    "It cannot go from “{}” to “{}”. Reload the page to see where it stands.",
                    self.state.label(),
                    state.label()
                ),
                field: "state".to_owned(),
            });
        }
        let message = text::required_text("message", message, text::MESSAGE)?;
        self.say(state, message, now);
        self.touch(now);
        Ok(())
    }

    /// The one that follows a repeating one, at the same time of the clock in a zone. The first that is not over yet.
    pub fn follows<Z: chrono::TimeZone>(&self, zone: &Z, now: Time) -> Option<Self> {
        let repeat = self.plan.repeat?;
        let length = self.plan.to - self.plan.from;
        let from = (1..).map_while(|n| repeat.after(self.anchor, n, zone));
        let from = from
            .into_iter()
            .find(|from| *from > self.plan.from && *from + length > now)?;
        let plan = Plan {
            from,
            to: from + length,
            ..self.plan.clone()
        };
        let mut next = Self {
            anchor: self.anchor,
            ..Self::new(plan, self.owner.clone(), now)
        };
        let first = self.words.first()?;
        next.say(MaintenanceState::Scheduled, first.message.clone(), now);
        Some(next)
    }

    /// The id under which tools of customers know it: 12 lower case letters and digits.
    pub fn code(&self) -> String {
        let made = || code("maintenance", &self.number.to_string());
        self.code.clone().unwrap_or_else(made)
    }

    /// The span in which its components were or will be down, as far as it is known.
    pub fn span(&self) -> (Time, Time) {
        let from = self.began_at.unwrap_or(self.plan.from);
        let to = self.ended_at.unwrap_or(self.plan.to);
        (from, to.max(from))
    }

    fn open(&self) -> Result<(), Rejection> {
        if self.state.is_over() {
            return Err(Rejection::Unreadable {
                words: format!(
                    "This maintenance is {}; nothing of it changes any more.",
                    self.state.label().to_lowercase()
                ),
                field: "state".to_owned(),
            });
        }
        Ok(())
    }

    fn say(&mut self, state: MaintenanceState, message: String, at: Time) {
        if state.is_active() && self.began_at.is_none() {
            self.began_at = Some(at);
            // From here on it is the end that somebody may forget.
            self.overdue_at = None;
        }
        if state.is_over() {
            self.ended_at = Some(at);
        }
        self.state = state;
        self.words.push(MaintenanceWord {
            state,
            message,
            at,
            code: None,
        });
    }

    fn touch(&mut self, now: Time) {
        self.revision += 1;
        self.updated_at = now;
    }
}

#[cfg(test)]
mod tests;
