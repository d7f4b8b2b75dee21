//! Incidents as the screens read them: rows that every commit keeps up to date.

use super::StoreError;
use async_trait::async_trait;
use domain::incident::SentSitrep;
use domain::time::Time;
use domain::{Incident, Kind, Number, PersonRef, Phase, Severity, Summary};

/// Which incidents to list. An empty list of values means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// In one of these phases.
    pub phases: Vec<Phase>,
    /// Of one of these severities.
    pub severities: Vec<Severity>,
    /// Of one of these kinds.
    pub kinds: Vec<Kind>,
    /// With words that begin like each of these, anywhere in titles, notes, sitreps and public messages. `#142` is that
    /// number and no longer one: the incident itself, and those that mention it.
    pub q: Option<String>,
    /// Older than this one; `next` of the page before.
    pub before: Option<Number>,
    /// How many at most; 1 to 500.
    pub limit: i64,
}

/// A page of incidents, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The incidents.
    pub incidents: Vec<Summary>,
    /// Where the next page begins ([`Listing::before`]); `None` at the end.
    pub next: Option<Number>,
}

/// A line of the sitrep log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitrepHead {
    /// Its version.
    pub version: i64,
    /// The human one-liner.
    pub headline: Option<String>,
    /// One line from structured facts only.
    pub summary: String,
    /// When it was sent.
    pub sent_at: Time,
    /// Who sent it.
    pub by: Option<PersonRef>,
    /// Words added and removed against the version before, counted when it was sent; `None` for the first.
    pub changes: Option<(usize, usize)>,
}

/// Reading incidents.
#[async_trait]
pub trait Incidents: Send + Sync {
    /// The whole picture of an incident: one row, however long its history.
    async fn incident(&self, number: Number) -> Result<Option<Incident>, StoreError>;

    /// Every incident that is open or being finished, by number.
    async fn summaries(&self) -> Result<Vec<Summary>, StoreError>;

    /// The incident that was resolved last.
    async fn last_resolved(&self) -> Result<Option<Summary>, StoreError>;

    /// A page of incidents, the newest first.
    async fn list(&self, listing: Listing) -> Result<Page, StoreError>;

    /// An incident's sitreps by their heads, the oldest first.
    async fn sitrep_heads(&self, number: Number) -> Result<Vec<SitrepHead>, StoreError>;

    /// One sitrep.
    async fn sitrep(&self, number: Number, version: i64) -> Result<Option<SentSitrep>, StoreError>;

    /// The sitreps of versions `from` to `to`, both included, the oldest first.
    async fn sitreps_between(
        &self,
        number: Number,
        from: i64,
        to: i64,
    ) -> Result<Vec<SentSitrep>, StoreError>;

    /// The incident that an import with this key became.
    async fn imported(&self, key: &str) -> Result<Option<Number>, StoreError>;
}
