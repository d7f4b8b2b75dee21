//! What customers may read: rows made from [`domain::status::fact`] alone, so that no internal text can be among them.

use super::StoreError;
use async_trait::async_trait;
use domain::Number;
use domain::status::PublicIncident;
use domain::time::Time;
use serde::{Deserialize, Serialize};

/// A public incident in the history, without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Its place in the history: when it began, or the first time known of it where that is unknown.
    pub at: Time,
    /// The incident; `words` is left empty.
    pub incident: PublicIncident,
}

/// Reading the public side.
#[async_trait]
pub trait PublicSide: Send + Sync {
    /// Incidents that go on for customers, the newest first, with their words.
    async fn public_active(&self) -> Result<Vec<PublicIncident>, StoreError>;

    /// One incident with its words; `None` unless customers may see it.
    async fn public_incident(&self, number: Number) -> Result<Option<PublicIncident>, StoreError>;

    /// The number of the public incident that tools of customers know by a code.
    async fn public_number(&self, code: &str) -> Result<Option<Number>, StoreError>;

    /// At most `limit` public incidents, over or not, the newest first, with their words.
    async fn public_newest(&self, limit: i64) -> Result<Vec<PublicIncident>, StoreError>;

    /// Every public incident that went on at a time or later, with its words, the oldest number first.
    async fn public_since(&self, from: Time) -> Result<Vec<PublicIncident>, StoreError>;

    /// At most `limit` incidents that are over for customers, the newest first, from before a place in the history.
    async fn public_history(
        &self,
        before: Option<(Time, Number)>,
        limit: i64,
    ) -> Result<Vec<Past>, StoreError>;

    /// Every public incident, over or not, with a place in the history from `from` on and before `to`, the newest first.
    async fn public_between(&self, from: Time, to: Time) -> Result<Vec<Past>, StoreError>;

    /// The nearest places in the public history around a span: the newest before `from`, the oldest from `to` on.
    async fn public_around(
        &self,
        from: Time,
        to: Time,
    ) -> Result<(Option<Time>, Option<Time>), StoreError>;

    /// The oldest and the newest place in the public history; `None` while nothing is public.
    async fn public_span(&self) -> Result<Option<(Time, Time)>, StoreError>;
}
