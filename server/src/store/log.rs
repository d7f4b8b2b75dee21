//! The log: everything that happened, in one order.

use super::{CommitError, StoreError};
use async_trait::async_trait;
use domain::incident::Blanking;
use domain::time::Time;
use domain::{HouseEvent, Incident, Number, PersonId, PersonRef, Proposed, Recorded};
use tokio::sync::watch;

/// What a decision was made about.
#[derive(Debug, Clone)]
pub enum Target {
    /// An incident that is not there yet; it gets the next number.
    New,
    /// The state that the decision was made on; its version is the one expected.
    Incident(Box<Incident>),
}

/// A decision, to be made so.
#[derive(Debug, Clone)]
pub struct Commit {
    /// What it is about.
    pub target: Target,
    /// Who acts; nobody for imports. The person must be known to the store to be shown later.
    pub by: Option<PersonRef>,
    /// Now. Kept to the microsecond, here and in `occurred_at`.
    pub recorded_at: Time,
    /// What happens, in order.
    pub proposed: Vec<Proposed>,
    /// True where mail is set up: what follows is written down as letters. Without it nothing waits for a mail server that
    /// may come in a year.
    pub letters: bool,
    /// Where an import came from; the same key comes in only once.
    pub import_key: Option<String>,
    /// How it is known when it comes again. That is kept in the same transaction, so that it happens once whatever becomes
    /// of the process or of the answer.
    pub once: Option<Once>,
    /// The fields of the incident's draft that it was made of, each at the revision that the writer saw: they are cleared.
    pub drafted: Vec<(String, i64)>,
}

/// What makes a command known when it comes again: its answer was lost, or two tabs sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// What the browser calls it, or who calls the API what: see [`Request::once`](super::Request::once).
    pub key: String,
    /// The hash of what is asked for.
    pub command: String,
}

/// What a command with a key came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedOut {
    /// Who asked for it.
    pub person: Option<PersonId>,
    /// The hash of what was asked for.
    pub command: String,
    /// The incident.
    pub incident: Number,
    /// The version before its events.
    pub from: i64,
    /// The version after them.
    pub to: i64,
}

/// What became of a commit. It is on disk.
#[derive(Debug, Clone)]
pub struct Committed {
    /// The incident after it.
    pub incident: Incident,
    /// The events with their places.
    pub recorded: Vec<Recorded>,
}

/// Texts to blank, decided on an incident as it stood.
#[derive(Debug, Clone)]
pub struct Redact {
    /// Which incident.
    pub number: Number,
    /// The version it was decided on.
    pub expected: i64,
    /// Who acts.
    pub by: Option<PersonRef>,
    /// Now.
    pub recorded_at: Time,
    /// The events as they are to stand from now on, and what is recorded of it.
    pub blanking: Blanking,
    /// What is blanked in the draft too; without it the draft is emptied, because it may have begun with any of the texts.
    /// It is kept nowhere.
    pub secret: Option<String>,
}

/// One entry of the whole log.
#[derive(Debug, Clone, PartialEq)]
pub enum Logged {
    /// Something happened to an incident.
    Incident(Box<Recorded>),
    /// People, components, settings or tokens changed, or who is signed in: a [`HouseEvent`] as it is kept.
    House {
        /// Place in the order of everything.
        position: i64,
        /// When.
        recorded_at: Time,
        /// Who changed it; nobody for the command line.
        by: Option<PersonRef>,
        /// What, in the past tense: `person_added`, `settings_changed`, …
        kind: String,
        /// Which one, by id and name; `shown` says whether customers can see the change. Never a secret.
        data: serde_json::Value,
    },
}

impl Logged {
    /// Place in the order of everything.
    pub fn position(&self) -> i64 {
        match self {
            Self::Incident(recorded) => recorded.position,
            Self::House { position, .. } => *position,
        }
    }

    /// True for what only says who got in and how: no screen shows it.
    pub fn is_access(&self) -> bool {
        match self {
            Self::Incident(_) => false,
            Self::House { kind, data, .. } => {
                HouseEvent::read(kind, data).is_some_and(|event| event.is_access())
            }
        }
    }

    /// True for a change of the house that customers can see. Entries say so themselves; those of older builds do not, and
    /// then whatever could be seen counts.
    pub fn shows_house(&self) -> bool {
        match self {
            Self::Incident(_) => false,
            Self::House { kind, data, .. } => data["shown"]
                .as_bool()
                .unwrap_or_else(|| kind.starts_with("component") || kind == "settings_changed"),
        }
    }
}

/// Appending to the log and reading it.
#[async_trait]
pub trait Log: Send + Sync {
    /// Makes a decision so: in one transaction the expected version is checked, the events take their places and every
    /// read model moves on. Waiting commits share a transaction; one that fails harms no other.
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError>;

    /// What the command with this key came to; `None` when none was carried out.
    async fn carried_out(&self, key: &str) -> Result<Option<CarriedOut>, StoreError>;

    /// Forgets the keys of what was carried out before a time. Answers how many.
    async fn purge_carried_out(&self, before: Time) -> Result<u64, StoreError>;

    /// Blanks texts, the only change ever made to what was recorded: in one transaction the events are overwritten, the
    /// redaction is recorded, every read model of the incident is made anew from what is left, and kept answers to
    /// requests about it are emptied. Afterwards the database is asked to let go of the bytes.
    async fn redact(&self, redact: Redact) -> Result<Committed, CommitError>;

    /// An incident's events after a version (0 for all), the oldest first. Empty when there is no such incident.
    async fn stream(&self, number: Number, after_version: i64)
    -> Result<Vec<Recorded>, StoreError>;

    /// At most `limit` of an incident's events after a version and after a position, the oldest first.
    async fn stream_page(
        &self,
        number: Number,
        after_version: i64,
        after_position: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// The newest `limit` of an incident's events before a version (`None` for the end), the oldest of them first.
    async fn stream_tail(
        &self,
        number: Number,
        before_version: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// An incident's milestones, the oldest first: its beginning, every change of phase (resolved, closed, cancelled,
    /// merged and reopened too), every word to customers. Picked by kind, so that no long text is read for nothing.
    async fn milestones(&self, number: Number) -> Result<Vec<Recorded>, StoreError>;

    /// At most `limit` entries after a position, the oldest first. Complete: nothing turns up below a position later.
    async fn feed(&self, after: i64, limit: i64) -> Result<Vec<Logged>, StoreError>;

    /// The last position, moved after each commit of this process and soon after one of another. It only wakes: read
    /// [`Log::feed`] for what is new.
    fn head(&self) -> watch::Receiver<i64>;
}
