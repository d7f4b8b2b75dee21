//! `Idempotency-Key`: a request that comes twice happens once and is answered the same.

use super::{Once, StoreError};
use crate::ids::hash;
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
    /// Now. Also says which try it is: whoever takes a request over has another time, and only the last one gives it back.
    pub at: Time,
}

impl Request {
    /// What makes a change of an incident known when it comes again. Keys of browsers have no space in them, so nobody
    /// meets one of those.
    pub fn once(&self) -> Once {
        let (method, path, body) = (&self.method, &self.path, &self.body_hash);
        Once {
            key: format!("{} {}", self.person, self.key),
            command: hash(format!("{method} {path} {body}")),
        }
    }
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
    /// It was carried out, and nobody lived to answer it: done again, it only finds what it came to.
    Done,
    /// The same request is being done.
    Pending {
        /// When it came in.
        since: Time,
    },
    /// The same request was answered.
    Answered(Answer),
    /// The same request came before; its answer went with what was redacted.
    Redacted,
    /// The key was used for another request.
    Different,
}

/// Remembering requests for a day.
#[async_trait]
pub trait Idempotency: Send + Sync {
    /// Reserves a key, or says what is known of it. Of two who ask in the same instant one gets [`Reserved::Fresh`]. What
    /// was reserved before `cut_off` and never carried out is taken over: its process ended, and should it not have, only
    /// one of the two commits.
    async fn reserve(&self, request: &Request, cut_off: Time) -> Result<Reserved, StoreError>;

    /// Keeps the answer.
    async fn complete(&self, request: &Request, answer: Answer) -> Result<(), StoreError>;

    /// Gives a key back that nothing came of, after a failure that a second try may get over. One that was answered and
    /// one that somebody took over stay; should it have been carried out after all, that is known by [`Request::once`].
    async fn release(&self, request: &Request) -> Result<(), StoreError>;

    /// Forgets what came in before a time. Answers how many.
    async fn purge_requests(&self, before: Time) -> Result<u64, StoreError>;
}
