//! What leaves the house: letters, written down in the transaction of what they tell of, and sent at least once.

use super::StoreError;
use async_trait::async_trait;
use domain::clock::ClockKind;
use domain::time::Time;
use domain::{MaintenanceNumber, Number, PersonId};
use serde::{Deserialize, Serialize};

/// What a letter is about. It holds no text of people and no secret: what it says is made when it is sent, so that a
/// redaction reaches every letter that is still here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Letter {
    /// A sitrep, to somebody in the incident or on the incident list.
    Sitrep {
        /// Of which incident.
        incident: Number,
        /// Which one.
        version: i64,
    },
    /// An overdue promise, to whom it was put.
    Reminder {
        /// Of which incident.
        incident: Number,
        /// Which promise.
        clock: ClockKind,
        /// When it ended.
        due_at: Time,
    },
    /// A planned maintenance is about to begin, or late, to its owner.
    Maintenance {
        /// Which.
        maintenance: MaintenanceNumber,
        /// True when it should have begun, or be over.
        overdue: bool,
    },
    /// A one-time sign-in link, made when it is sent.
    SignIn {
        /// Who signs in with it.
        person: PersonId,
    },
    /// Proof that mail goes out.
    Test {},
}

impl Letter {
    /// The incident that it is about.
    pub fn incident(&self) -> Option<Number> {
        match self {
            Self::Sitrep { incident, .. } | Self::Reminder { incident, .. } => Some(*incident),
            Self::Maintenance { .. } | Self::SignIn { .. } | Self::Test {} => None,
        }
    }
}

/// A letter to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// What makes it the same letter: written down twice it goes out once.
    pub key: String,
    /// What it is about.
    pub letter: Letter,
    /// Whose address it is, if somebody's.
    pub person: Option<PersonId>,
    /// Where it goes.
    pub address: String,
}

/// A letter in the hands of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its key.
    pub key: String,
    /// What it is about.
    pub letter: Letter,
    /// Whose address it is, if somebody's.
    pub person: Option<PersonId>,
    /// Where it goes.
    pub address: String,
    /// When it was written down.
    pub created_at: Time,
    /// Which try this is, from 1.
    pub tries: i64,
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// The mail server has it.
    Sent,
    /// It is tried again.
    Again {
        /// When.
        at: Time,
        /// What went wrong, for people.
        trouble: String,
    },
    /// It is not tried again by itself.
    GivenUp {
        /// What went wrong and what to do, for people.
        trouble: String,
    },
}

/// How a letter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It waits; with the time of the next try, and what went wrong before.
    Waiting {
        /// When it is tried next.
        due_at: Time,
        /// What went wrong the last time.
        trouble: Option<String>,
    },
    /// The mail server took it then.
    Sent {
        /// When.
        at: Time,
    },
    /// It was given up.
    Failed {
        /// Why, and what to do.
        trouble: String,
    },
}

/// A letter as screens show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its key.
    pub key: String,
    /// What it is about.
    pub letter: Letter,
    /// Whose address it is, if somebody's.
    pub person: Option<PersonId>,
    /// Where it goes.
    pub address: String,
    /// How often it was tried.
    pub tries: i64,
    /// How it stands.
    pub standing: Standing,
}

/// What has not gone out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// How many wait.
    pub waiting: i64,
    /// Since when the oldest of them does.
    pub oldest: Option<Time>,
    /// How many were given up.
    pub failed: i64,
    /// What waits and was tried, and what was given up: the newest first, a page of it.
    pub troubled: Vec<Posted>,
}

/// The outbox. Sitreps and reminders are written down by [`super::Log::commit`].
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Writes letters down, due at once. One whose key is there already is left as it is.
    async fn post(&self, letters: Vec<NewLetter>, at: Time) -> Result<(), StoreError>;

    /// Takes at most `limit` letters that are due and keeps every other worker from them until `until`; then they are due
    /// again, because whoever took them is gone.
    async fn take_letters(
        &self,
        worker: &str,
        now: Time,
        until: Time,
        limit: i64,
    ) -> Result<Vec<Taken>, StoreError>;

    /// Lets go of letters that this worker holds and does not know of: they are due at once. SQLite is served by one
    /// process, so there it is whatever anybody holds.
    async fn free_letters(&self, worker: &str, now: Time) -> Result<u64, StoreError>;

    /// Says what became of a letter that this worker holds. False when it holds it no more.
    async fn settle_letter(
        &self,
        worker: &str,
        key: &str,
        tried: Tried,
        now: Time,
    ) -> Result<bool, StoreError>;

    /// The letters that carry a sitrep.
    async fn sitrep_letters(&self, number: Number, version: i64)
    -> Result<Vec<Posted>, StoreError>;

    /// Every letter about an incident that is not forgotten yet, the oldest first.
    async fn incident_letters(&self, number: Number) -> Result<Vec<Posted>, StoreError>;

    /// What has not gone out.
    async fn backlog(&self) -> Result<Backlog, StoreError>;

    /// Tries letters that were given up, or wait, again at once: this one, or all. Answers how many.
    async fn retry_letters(&self, key: Option<&str>, now: Time) -> Result<u64, StoreError>;

    /// Forgets letters that were sent or given up before a time. Answers how many.
    async fn purge_letters(&self, before: Time) -> Result<u64, StoreError>;
}
