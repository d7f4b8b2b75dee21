//! `Idempotency-Key`: a request that comes twice happens once and is answered the same.

use super::StoreError;
use async_trait::async_trait;
use domain::PersonId;
use domain::time::Time;

/// A request that carries a key. The key is the person's own: two people may use the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What the caller calls it.
    pub key: String,
    /// Who asks.
    pub person: PersonId,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The hash of the body.
    pub body_hash: String,
    /// Now.
    pub at: Time,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers worth repeating, by name.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reserved {
    /// It is new and now reserved: do the thing, then [`Idempotency::complete`] or [`Idempotency::release`].
    Fresh,
    /// The same request is being done.
    Pending {
        /// When it came in.
        since: Time,
    },
    /// The same request was answered.
    Answered(Answer),
    /// The key was used for another request.
    Different,
}

/// Remembering requests for a day.
#[async_trait]
pub trait Idempotency: Send + Sync {
    /// Reserves a key, or says what is known of it. Of two who ask in the same instant one gets [`Reserved::Fresh`].
    async fn reserve(&self, request: &Request) -> Result<Reserved, StoreError>;

    /// Keeps the answer.
    async fn complete(&self, request: &Request, answer: Answer) -> Result<(), StoreError>;

    /// Gives an unanswered key back, after a failure that a second try may get over.
    async fn release(&self, request: &Request) -> Result<(), StoreError>;

    /// Forgets what came in before a time. Answers how many.
    async fn purge_requests(&self, before: Time) -> Result<u64, StoreError>;
}
